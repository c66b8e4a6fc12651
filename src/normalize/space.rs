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
    let mut done = 0;
    let mut at = 0;
    if text.starts_with(char::is_whitespace) {
        done = text.len() - text.trim_start().len();
        editor.drop(0..done);
        at = done;
    }
    let last = text.trim_end().len().max(done);
    while let Some(found) = next_irregular(bytes, at, last) {
        // A single space may stand before what was found.
        let start = done + text[done..found].trim_end().len();
        let end = text[found..].find(|c: char| !c.is_whitespace()).map_or(bytes.len(), |len| found + len);
        at = end.max(found + 1);
        if end > found {
            let to = if lines && text[start..end].contains(breaks) { "\n" } else { " " };
            editor.replace(start..end, to);
            done = end;
        }
    }
    editor.drop(last..bytes.len());
    editor.finish()
}

/// Whether [`apply`] would find nothing to do.
pub(super) fn is_regular(text: &str, choice: Whitespace) -> bool {
    choice == Whitespace::Keep
        || (!text.starts_with(char::is_whitespace)
            && !text.ends_with(char::is_whitespace)
            && next_irregular(text.as_bytes(), 0, text.len()).is_none())
}

/// The next place before `end` that may be white space other than a single space.
fn next_irregular(bytes: &[u8], mut at: usize, end: usize) -> Option<usize> {
    const STEP: usize = 32;
    let irregular = |b: u8, next: u8| {
        (b < b' ')
            | ((b == b' ') & (next <= b' '))
            | ((b == 0xC2) & ((next == 0xA0) | (next == 0x85)))
            | ((b == 0xE1) & (next == 0x9A))
            | ((b == 0xE2) & (next <= 0x81))
            | ((b == 0xE3) & (next == 0x80))
    };
    while at + STEP < end {
        let (now, next) = (&bytes[at..at + STEP], &bytes[at + 1..at + STEP + 1]);
        let any = now.iter().zip(next).fold(false, |any, (&b, &n)| any | irregular(b, n));
        if any {
            break;
        }
        at += STEP;
    }
    // The stretch may hold no more than the front of a character: going byte by byte sorts that out.
    (at..end).find(|&i| irregular(bytes[i], bytes.get(i + 1).copied().unwrap_or(b'.')))
}

fn breaks(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
