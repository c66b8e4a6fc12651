//! Text out of markup: entities decoded, tags, comments, scripts and styles gone.
//!
//! Only names that HTML has make a tag, so that `a < b` and `<قسد>` stay what they are.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::data::data;
use super::edit::{Edited, Editor};

/// Longer than the name or number of any entity.
const ENTITY: usize = 12;

static BLOCK: LazyLock<FxHashSet<&str>> = LazyLock::new(|| data().words.block_tags.split(' ').collect());
static INLINE: LazyLock<FxHashSet<&str>> = LazyLock::new(|| data().words.inline_tags.split(' ').collect());

pub(super) fn apply(text: &str, track: bool) -> Option<Edited> {
    if !text.contains('&') && !text.contains('<') {
        return None;
    }
    let mut editor = Editor::new(text, track);
    let bytes = text.as_bytes();
    // Once an end was looked for in vain there is none further on either.
    let mut ends = Ends::default();
    let mut at = 0;
    while let Some(found) = text[at..].find(['&', '<']) {
        at += found;
        if bytes[at] == b'&' {
            match entity(&text[at..]) {
                Some((to, len)) => {
                    editor.replace(at..at + len, &to);
                    at += len;
                }
                None => at += 1,
            }
            continue;
        }
        match tag(text, at, &mut ends) {
            Some((end, block)) => {
                if block {
                    editor.replace(at..end, "\n");
                } else {
                    editor.drop(at..end);
                }
                at = end;
            }
            None => at += 1,
        }
    }
    editor.finish()
}

/// The text of the entity at the front of `text`, and its length; an ampersand that was itself escaped is taken along.
fn entity(text: &str) -> Option<(String, usize)> {
    let mut len = 1;
    let mut name = name(&text[len..])?;
    let mut decoded = decode(name)?;
    len += name.len() + 1;
    while decoded == "&" {
        let Some(inner) = self::name(&text[len..]).and_then(|n| Some((n, decode(n)?))) else { break };
        (name, decoded) = inner;
        len += name.len() + 1;
    }
    Some((decoded, len))
}

/// The name before the semicolon, the ampersand being taken off.
fn name(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let len = bytes.iter().take(ENTITY).position(|&b| b == b';')?;
    let ok = len > 0 && bytes[..len].iter().all(|b| b.is_ascii_alphanumeric() || *b == b'#');
    ok.then(|| &text[..len])
}

fn decode(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else { return data().entities.get(name).cloned() };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?).filter(|&c| c != '\0').map(String::from)
}

#[derive(Default)]
struct Ends {
    comment: bool,
    script: bool,
    style: bool,
}

/// The end of the tag at `at`, and whether it parts what stands before and after it.
fn tag(text: &str, at: usize, ends: &mut Ends) -> Option<(usize, bool)> {
    let rest = &text[at + 1..];
    if let Some(comment) = rest.strip_prefix("!--") {
        if ends.comment {
            return None;
        }
        let end = comment.find("-->");
        ends.comment = end.is_none();
        return end.map(|e| (at + 4 + e + 3, false));
    }
    if rest.get(..8).is_some_and(|s| s.eq_ignore_ascii_case("!doctype")) {
        return close(rest).map(|e| (at + 1 + e, true));
    }
    let closing = rest.starts_with('/');
    let body = if closing { &rest[1..] } else { rest };
    let len = body.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if len == 0 || len > ENTITY {
        return None;
    }
    let name = body[..len].to_ascii_lowercase();
    let block = BLOCK.contains(name.as_str());
    if !block && !INLINE.contains(name.as_str()) {
        return None;
    }
    if !body[len..].starts_with(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/') {
        return None;
    }
    let end = at + 1 + close(rest)?;
    let (missing, last) = match name.as_str() {
        "script" => (&mut ends.script, "</script"),
        "style" => (&mut ends.style, "</style"),
        _ => return Some((end, block)),
    };
    if closing || *missing {
        return Some((end, block));
    }
    match find_ignore_case(&text[end..], last).and_then(|e| Some(end + e + close(&text[end + e + 1..])? + 1)) {
        Some(end) => Some((end, true)),
        None => {
            *missing = true;
            Some((end, block))
        }
    }
}

/// The place after the first `>`, unless another tag begins before it.
fn close(text: &str) -> Option<usize> {
    text.find(['<', '>']).filter(|&e| text.as_bytes()[e] == b'>').map(|e| e + 1)
}

fn find_ignore_case(text: &str, needle: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text[at..].find('<') {
        at += found;
        if text.as_bytes()[at..].get(..needle.len()).is_some_and(|s| s.eq_ignore_ascii_case(needle.as_bytes())) {
            return Some(at);
        }
        at += 1;
    }
    None
}
