//! Steps that look at what stands beside a character: punctuation of numbers and sentences, repeats.

use std::sync::LazyLock;

use regex::Regex;

use super::data::data;
use super::edit::{Edited, Editor};
use super::links::{self, Free};
use super::options::{Options, Punctuation};

static MARKS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\p{P}+").expect("a pattern of ours"));

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
    for marks in MARKS.find_iter(text) {
        let before = text[..marks.start()].chars().next_back();
        let after = text[marks.end()..].chars().next();
        let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
        let mut range = marks.range();
        if digit(before) {
            let first = marks.as_str().chars().next().expect("not empty");
            if matches!(first, '%' | '\u{66A}') {
                range.start += first.len_utf8();
            } else if digit(after)
                && first.len_utf8() == marks.len()
                && matches!(first, '.' | ',' | ':' | '/' | '-' | '\u{66B}' | '\u{66C}')
            {
                continue;
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
    let mut links = None;
    let mut editor = Editor::new(text, track);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let (mut count, mut end) = (1, at + c.len_utf8());
        while chars.next_if(|n| n.1 == c).is_some() {
            count += 1;
            end += c.len_utf8();
        }
        let Some(most) = most(c).map(|m| m.max(1) as usize).filter(|&m| m < count) else { continue };
        let links = links.get_or_insert_with(|| links::find(text));
        if Free::new(links).holds(&(at..end)) {
            editor.drop_owned(at + most * c.len_utf8()..end);
        }
    }
    editor.finish()
}
