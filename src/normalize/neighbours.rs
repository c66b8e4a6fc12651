//! Steps that look at what stands beside a character: punctuation of numbers and sentences, repeats.

use std::sync::LazyLock;

use regex::Regex;

use super::data::data;
use super::edit::{Edited, Editor};
use super::links::{self, Free};
use super::options::{Options, Punctuation};

/// Which characters of the basic plane are punctuation, a bit each.
static MARKS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let marks = Regex::new(r"\p{P}").expect("a pattern of ours");
    let mut bits = vec![0; 0x10000 / 64];
    for c in (0..0x10000).filter_map(char::from_u32) {
        if marks.is_match(c.encode_utf8(&mut [0; 4])) {
            bits[c as usize / 64] |= 1 << (c as usize % 64);
        }
    }
    bits
});

fn is_mark(c: char) -> bool {
    MARKS.get(c as usize / 64).is_some_and(|bits| bits >> (c as usize % 64) & 1 != 0)
}

/// The place of the next mark from `at` on.
fn next_mark(text: &str, mut at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let marks: &[u64] = &MARKS;
    while let Some(&first) = bytes.get(at) {
        let (c, len) = match first {
            0..0x80 => (first as usize, 1),
            0x80..0xE0 => ((first as usize & 0x1F) << 6 | bytes[at + 1] as usize & 0x3F, 2),
            _ => {
                let c = text[at..].chars().next().expect("not at the end");
                (c as usize, c.len_utf8())
            }
        };
        if marks.get(c / 64).is_some_and(|bits| bits >> (c % 64) & 1 != 0) {
            return Some(at);
        }
        at += len;
    }
    None
}

pub(super) fn punctuation(text: &str, choice: Punctuation, track: bool) -> Option<Edited> {
    match choice {
        Punctuation::Keep | Punctuation::Western => None,
        Punctuation::Arabic => to_arabic(text, track),
        Punctuation::Drop => drop_marks(text, track),
    }
}

/// Western marks to Arabic ones, but not inside a number, a link or Latin text.
fn to_arabic(text: &str, track: bool) -> Option<Edited> {
    let fold = data().fold("punctuation", "arabic");
    let links = links::find(text);
    let free = Free::new(&links);
    let mut editor = Editor::new(text, track);
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_ascii_punctuation()) {
        let Some(to) = fold.get(&c) else { continue };
        let before = text[..at].chars().next_back();
        let after = text[at + 1..].chars().next();
        let number = before.is_some_and(char::is_numeric) && after.is_some_and(char::is_numeric);
        let latin = before.is_some_and(|c| c.is_ascii_alphanumeric());
        let entity = c == ';' && latin;
        let percent = c == '%' && latin;
        let inside = latin && after.is_some_and(|c| c.is_ascii_alphanumeric());
        if !number && !inside && !entity && !percent && free.holds(&(at..at + 1)) {
            editor.replace(at..at + 1, to);
        }
    }
    editor.finish()
}

/// No marks, but for those that hold a number together; a space where they stood between two words.
fn drop_marks(text: &str, track: bool) -> Option<Edited> {
    let links = links::find(text);
    let free = Free::new(&links);
    let mut editor = Editor::new(text, track);
    let mut at = 0;
    while let Some(start) = next_mark(text, at) {
        let end = text[start..].find(|c| !is_mark(c)).map_or(text.len(), |len| start + len);
        at = end;
        let marks = &text[start..end];
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
        let mut range = start..end;
        let percent = |c: char| matches!(c, '%' | '\u{66A}');
        if digit(before) {
            let first = marks.chars().next().expect("not empty");
            if percent(first) {
                range.start += first.len_utf8();
            } else if digit(after)
                && first.len_utf8() == marks.len()
                && matches!(first, '.' | ',' | ':' | '/' | '-' | '\u{66B}' | '\u{66C}')
            {
                continue;
            }
        } else if digit(after) {
            // A percent sign that was typed before its number, and a minus; a dash between a word and a number is none.
            let mut back = marks.chars().rev();
            let (last, front) = (back.next().expect("not empty"), back.next());
            let alone = front.map_or(before.is_none_or(char::is_whitespace), |c| c != '-');
            if percent(last) || (last == '-' && alone) {
                range.end -= last.len_utf8();
            }
        }
        if range.is_empty() || !free.holds(&range) {
            continue;
        }
        let beside = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        let to = if beside(before) && beside(after) { " " } else { "" };
        editor.replace(range, to);
    }
    editor.finish()
}

/// No more of one letter, or of one mark, in a row than the options allow.
pub(super) fn repeats(text: &str, options: &Options, track: bool) -> Option<Edited> {
    let (letters, marks) = (options.max_repeat, options.max_repeat_punctuation);
    if letters.is_none() && marks.is_none() {
        return None;
    }
    let most = |c: char| {
        if c.is_alphabetic() {
            letters
        } else if c.is_alphanumeric() || c.is_whitespace() || c.is_control() {
            None
        } else if c.is_ascii() || matches!(c, '\u{A1}'..='\u{BF}' | '\u{600}'..='\u{6FF}' | '\u{2010}'..='\u{205E}') {
            marks.filter(|_| !unicode_normalization::char::is_combining_mark(c))
        } else {
            None
        }
    };
    let least = letters.into_iter().chain(marks).min().map_or(1, |m| m.max(1) as usize);
    let mut links = None;
    let mut editor = Editor::new(text, track);
    let mut at = 0;
    while let Some(found) = next_repeat(text.as_bytes(), at, least) {
        at = found;
        let c = text[at..].chars().next().expect("not at the end");
        let end = text[at..].find(|n| n != c).map_or(text.len(), |len| at + len);
        let count = (end - at) / c.len_utf8();
        let range = at..end;
        at = end;
        let Some(most) = most(c).map(|m| m.max(1) as usize).filter(|&m| m < count) else { continue };
        let links = links.get_or_insert_with(|| links::find(text));
        if Free::new(links).holds(&range) {
            editor.drop_owned(range.start + most * c.len_utf8()..range.end);
        }
    }
    editor.finish()
}

/// The next place from which on more than `least` (or than two) times the same character may stand.
fn next_repeat(bytes: &[u8], mut at: usize, least: usize) -> Option<usize> {
    const STEP: usize = 32;
    // Bytes that come again after as many bytes as a character may have.
    fn again<const N: usize>(b: &[u8], i: usize) -> bool {
        (0..N).fold(true, |all, k| all & (b[i + k] == b[i + k + N]))
    }
    let twice = |b: &[u8], i: usize| again::<1>(b, i) | again::<2>(b, i) | again::<3>(b, i) | again::<4>(b, i);
    let thrice = |b: &[u8], i: usize| {
        (again::<1>(b, i) & again::<1>(b, i + 1))
            | (again::<2>(b, i) & again::<2>(b, i + 2))
            | (again::<3>(b, i) & again::<3>(b, i + 3))
            | (again::<4>(b, i) & again::<4>(b, i + 4))
    };
    while at + STEP + 12 <= bytes.len() {
        let window = &bytes[at..at + STEP + 12];
        let any = match least {
            1 => (0..STEP).fold(false, |any, i| any | twice(window, i)),
            _ => (0..STEP).fold(false, |any, i| any | thrice(window, i)),
        };
        if any {
            break;
        }
        at += STEP;
    }
    // From here on character by character, up to the first that comes again.
    (at..bytes.len()).find(|&i| {
        let len = match bytes[i] {
            0x80..0xC0 => return false,
            0..0x80 => 1,
            0xC0..0xE0 => 2,
            0xE0..0xF0 => 3,
            _ => 4,
        };
        bytes.get(i + len..i + 2 * len).is_some_and(|next| *next == bytes[i..i + len])
    })
}
