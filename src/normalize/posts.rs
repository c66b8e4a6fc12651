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

/// A sign right before a letter, which in print is rare.
static HINT: LazyLock<Regex> = LazyLock::new(|| {
    let signs = regex::escape(&data().words.hidden_marks);
    Regex::new(&format!(r"[{signs}]\p{{Arabic}}|{}[{signs}]", tatweel())).expect("a pattern of ours")
});

static HIDDEN: LazyLock<Regex> = LazyLock::new(|| {
    let letter = r"[\p{Arabic}&&\p{L}][\p{M}]*";
    let tatweel = tatweel();
    let signs = regex::escape(&data().words.hidden_marks);
    let sign = format!(r"{tatweel}*[{signs}]{tatweel}*");
    let letters = format!(r"(?:{letter}|{tatweel})");
    Regex::new(&format!(r"{letters}+(?:{sign}{letter}{letters}*)+")).expect("a pattern of ours")
});

fn tatweel() -> String {
    let signs: String = data().fold("tatweel", "drop").keys().collect();
    format!("[{}]", regex::escape(&signs))
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
    let mut editor = Editor::new(text, track);
    let mut at = 0;
    while let Some(hint) = HINT.find_at(text, at) {
        // The word that the sign stands in, from white space to white space.
        let start = text[at..hint.start()].rfind(char::is_whitespace).map_or(at, |i| at + i);
        let end = text[hint.end()..].find(char::is_whitespace).map_or(text.len(), |i| hint.end() + i);
        at = end;
        join_words(text, start..end, &free, &mut editor);
    }
    editor.finish()
}

fn join_words(text: &str, within: Range<usize>, free: &Free<'_>, editor: &mut Editor<'_>) {
    let words = &data().words;
    let stretch = data().fold("tatweel", "drop");
    for word in HIDDEN.find_iter(&text[within.clone()]) {
        let range = within.start + word.start()..within.start + word.end();
        if !free.holds(&range) {
            continue;
        }
        let (parts, signs) =
            cut(word.as_str(), range.start, |c| stretch.contains_key(&c) || words.hidden_marks.contains(c));
        let stretched = signs.iter().any(|s| text[s.clone()].contains(|c| stretch.contains_key(&c)));
        if stretched || cuts_letters_off(&parts) {
            for sign in signs {
                editor.drop(sign);
            }
        }
    }
}

/// The parts of a word and the places of the signs between them.
fn cut(word: &str, at: usize, sign: impl Fn(char) -> bool) -> (Vec<&str>, Vec<Range<usize>>) {
    let (mut parts, mut signs) = (Vec::new(), Vec::new());
    let mut begin = 0;
    while begin < word.len() {
        let part = word[begin..].find(&sign).map_or(word.len(), |i| begin + i);
        let next = word[part..].find(|c| !sign(c)).map_or(word.len(), |i| part + i);
        if part > begin {
            parts.push(&word[begin..part]);
        }
        if next > part && data().words.hidden_marks.chars().any(|c| word[part..next].contains(c)) {
            signs.push(at + part..at + next);
        }
        begin = next;
    }
    (parts, signs)
}

fn cuts_letters_off(parts: &[&str]) -> bool {
    let words = &data().words;
    let letters = |p: &str| p.chars().filter(|c| c.is_alphabetic()).count();
    let first = parts.iter().position(|p| letters(p) > 1);
    let Some(first) = first else { return false };
    let titles = parts[..first].iter().all(|p| p.chars().next().is_some_and(|c| words.hidden_titles.contains(c)));
    let rest = &parts[first + 1..];
    let single = |p: &&str| letters(p) == 1 && !words.hidden_conjunction.contains(*p);
    !titles || rest.iter().any(single)
}
