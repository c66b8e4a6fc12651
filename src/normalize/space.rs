//! White space: runs of it to one, none at the ends.

use super::edit::{Edited, Editor};
use super::options::Whitespace;

pub(super) fn apply(text: &str, choice: Whitespace, track: bool) -> Option<Edited> {
    if choice == Whitespace::Keep {
        return None;
    }
    let lines = choice == Whitespace::Lines;
    let bytes = text.as_bytes();
    let mut editor = Editor::new(text, track);
    let mut at = 0;
    while at < bytes.len() {
        let b = bytes[at];
        let next = bytes.get(at + 1).copied();
        // A letter, or a single space between two of them.
        if b > b' ' && !matches!(b, 0xC2 | 0xE1..=0xE3) {
            at += 1;
            continue;
        }
        if b == b' ' && at > 0 && next.is_some_and(|n| n > b' ' && !matches!(n, 0xC2 | 0xE1..=0xE3)) {
            at += 2;
            continue;
        }
        let end = text[at..].find(|c: char| !c.is_whitespace()).map_or(bytes.len(), |len| at + len);
        if end == at {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let to = if at == 0 || end == bytes.len() {
            ""
        } else if lines && text[at..end].contains(breaks) {
            "\n"
        } else {
            " "
        };
        editor.replace(at..end, to);
        at = end;
    }
    editor.finish()
}

fn breaks(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
