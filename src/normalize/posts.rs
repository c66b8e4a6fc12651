//! What people do to words in posts: pictographs, and signs put inside a word to hide it; and the alef of tanween.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::data::data;
use super::edit::{Edited, Editor};
use super::links::{self, Free};

static EMOJI: LazyLock<Regex> = LazyLock::new(|| {
    let picture = r"(?:\p{Emoji_Presentation}|\p{Emoji}\x{FE0F}|[\p{Extended_Pictographic}&&[\x{1F000}-\x{1FAFF}]])";
    let more = r"[\x{FE0F}\p{Emoji_Modifier}\x{E0020}-\x{E007F}]*";
    let one = format!(r"{picture}{more}(?:\x{{200D}}\p{{Extended_Pictographic}}{more})*");
    Regex::new(&format!(r"\p{{Regional_Indicator}}{{1,2}}|[0-9#*]\x{{FE0F}}?\x{{20E3}}|{one}"))
        .expect("a pattern of ours")
});

/// Each pictograph goes as one, with its skin tones and joiners.
pub(super) fn drop_emoji(text: &str, track: bool) -> Option<Edited> {
    // Each holds a character beyond the plane of letters, a symbol from U+20C0 on, or the sign that asks for a picture.
    let symbol = |w: &[u8]| w[0] >= 0xF0 || (w[0] == 0xE2 && w[1] >= 0x83);
    if !text.as_bytes().windows(2).fold(false, |any, w| any | symbol(w)) && !text.contains('\u{FE0F}') {
        return None;
    }
    let mut editor = Editor::new(text, track);
    for emoji in EMOJI.find_iter(text) {
        editor.drop(emoji.range());
    }
    editor.finish()
}

/// The alef that only carries fathatan, with the sign before it or on it, at the end of a word.
pub(super) fn drop_tanween_alef(text: &str, track: bool) -> Option<Edited> {
    let alef = data().fold("tanween_alef", "drop");
    let sign = data().fold("tanween_alef", "sign");
    if !text.contains(|c| sign.contains_key(&c)) {
        return None;
    }
    let mut editor = Editor::new(text, track);
    let mut before: Option<(usize, char)> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|n| n.1);
        let end = at + c.len_utf8();
        match before {
            Some((start, b))
                if alef.contains_key(&b) && sign.contains_key(&c) && ends_word(next) && !starts_word(text, start) =>
            {
                editor.drop_owned(start..end);
            }
            Some((start, b)) if sign.contains_key(&b) && alef.contains_key(&c) && ends_word(next) => {
                editor.drop_owned(start..end);
            }
            _ => {}
        }
        before = Some((at, c));
    }
    editor.finish()
}

fn ends_word(next: Option<char>) -> bool {
    next.is_none_or(|c| !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c))
}

fn starts_word(text: &str, at: usize) -> bool {
    text[..at]
        .chars()
        .next_back()
        .is_none_or(|c| !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c))
}

static STRETCH: LazyLock<String> = LazyLock::new(|| data().fold("tatweel", "drop").keys().collect());
/// What may stand beside a sign in a hidden word: the stretching sign, and what cannot be seen.
static PADS: LazyLock<String> =
    LazyLock::new(|| STRETCH.chars().chain(data().fold("zero_width", "drop").keys().copied()).collect());

/// A sign right before a letter, which in print is rare, or a stretched word that goes on behind a space.
static HINT: LazyLock<Regex> = LazyLock::new(|| {
    let signs = regex::escape(&data().words.hidden_marks);
    let (pad, tatweel) = (one_of(&PADS), one_of(&STRETCH));
    Regex::new(&format!(r"[{signs}](?:\p{{Arabic}}|{pad})|{pad}[{signs}]|{tatweel} {tatweel}"))
        .expect("a pattern of ours")
});

static HIDDEN: LazyLock<Regex> = LazyLock::new(|| {
    let letter = r"[\p{Arabic}&&\p{L}][\p{M}]*";
    let signs = regex::escape(&data().words.hidden_marks);
    let pad = one_of(&PADS);
    // Several signs in a row are as often an ellipsis, unless the word is stretched round them.
    let sign = format!(r"(?:{pad}*[{signs}]{pad}*|{pad}+[{signs}]+{pad}*|[{signs}]+{pad}+)");
    let letters = format!(r"(?:{letter}|{pad})");
    Regex::new(&format!(r"{letter}{letters}*(?:{sign}{letter}{letters}*)+")).expect("a pattern of ours")
});

/// A stretched word in two, with a space in between.
static PARTED: LazyLock<Regex> = LazyLock::new(|| {
    let tatweel = one_of(&STRETCH);
    let letter = r"[\p{Arabic}&&\p{L}]";
    Regex::new(&format!(r"{letter}\p{{M}}*({tatweel}+ {tatweel}+){letter}")).expect("a pattern of ours")
});

fn one_of(characters: &str) -> String {
    format!("[{}]", regex::escape(characters))
}

fn is_pad(c: char) -> bool {
    PADS.contains(c)
}

/// Takes the signs out of words that were hidden with them.
///
/// A dot between two letters is as often the end of a sentence or of a title. A word was hidden when the sign stands
/// on a stretched letter, or when it cuts single letters off: after the first part, or before it when they are no title.
pub(super) fn join_hidden(text: &str, track: bool) -> Option<Edited> {
    if !HINT.is_match(text) {
        return None;
    }
    let links = links::find(text);
    let free = Free::new(&links);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(hint) = HINT.find_at(text, at) {
        // The word that the sign stands in, from white space to white space.
        let start = text[at..hint.start()].rfind(char::is_whitespace).map_or(at, |i| at + i);
        let end = text[hint.end()..].find(char::is_whitespace).map_or(text.len(), |i| hint.end() + i);
        at = end;
        join_words(text, start..end, &free, &mut found);
    }
    let mut at = 0;
    while let Some(parted) = PARTED.captures_at(text, at).and_then(|c| c.get(1)) {
        // The letter behind may be the one before the next space.
        at = parted.end();
        if free.holds(&parted.range()) {
            found.push(parted.range());
        }
    }
    found.sort_by_key(|sign| sign.start);
    let mut editor = Editor::new(text, track);
    let mut done = 0;
    for sign in found {
        if sign.start >= done {
            done = sign.end;
            editor.drop(sign);
        }
    }
    editor.finish()
}

fn join_words(text: &str, within: Range<usize>, free: &Free<'_>, found: &mut Vec<Range<usize>>) {
    for word in HIDDEN.find_iter(&text[within.clone()]) {
        let range = within.start + word.start()..within.start + word.end();
        if !free.holds(&range) {
            continue;
        }
        let (parts, signs) = cut(word.as_str());
        let padded = signs.iter().any(|s| word.as_str()[s.clone()].contains(is_pad));
        let marks: Vec<char> = signs.iter().filter_map(|s| word.as_str()[s.clone()].chars().find(is_mark)).collect();
        // Less than three letters are the name of an era or a page: no word that anybody hides.
        let enough = parts.iter().map(|p| letters(p)).sum::<usize>() > 2;
        if enough && (padded || cuts_letters_off(&parts, &marks)) {
            found.extend(signs.into_iter().map(|s| range.start + s.start..range.start + s.end));
        }
    }
}

fn is_mark(c: &char) -> bool {
    data().words.hidden_marks.contains(*c)
}

/// The parts of a word and the places of the signs between them.
fn cut(word: &str) -> (Vec<&str>, Vec<Range<usize>>) {
    let sign = |c: char| is_pad(c) || is_mark(&c);
    let (mut parts, mut signs) = (Vec::new(), Vec::new());
    let (mut part, mut at) = (0, 0);
    while let Some(found) = word[at..].find(sign) {
        let start = at + found;
        at = word[start..].find(|c| !sign(c)).map_or(word.len(), |len| start + len);
        if word[start..at].contains(|c| is_mark(&c)) {
            parts.push(&word[part..start]);
            signs.push(start..at);
            part = at;
        }
    }
    parts.push(&word[part..]);
    (parts, signs)
}

fn letters(part: &str) -> usize {
    part.chars().filter(|&c| c.is_alphabetic() && !is_pad(c)).count()
}

/// Whether single letters are cut off that no title, unit, label or abbreviation has; `marks` stand between the parts.
fn cuts_letters_off(parts: &[&str], marks: &[char]) -> bool {
    /// No abbreviation has more letters.
    const ABBREVIATION: usize = 4;
    let words = &data().words;
    let Some(first) = parts.iter().position(|p| letters(p) > 1) else { return parts.len() > ABBREVIATION };
    let is_one_of = |p: &str, list: &str| p.chars().next().is_some_and(|c| list.contains(c));
    let label = |at: usize| {
        is_one_of(parts[at], &words.hidden_titles)
            || (first == 1 && parts[1].starts_with(&words.hidden_article))
            || (marks[at] != '.' && is_one_of(parts[at], &words.hidden_conjunction))
    };
    let cut_off = |at: usize| {
        let last = at + 1 == parts.len();
        letters(parts[at]) == 1
            && !is_one_of(parts[at], &words.hidden_conjunction)
            && match marks[at - 1] {
                '-' if last => false,
                '/' if last => {
                    let unit = words.hidden_units.split(' ').any(|unit| unit == parts[at - 1]);
                    !unit && !is_one_of(parts[at], &words.hidden_labels)
                }
                _ => true,
            }
    };
    !(0..first).all(label) || (first + 1..parts.len()).any(cut_off)
}
