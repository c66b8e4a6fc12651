//! Text out of markup: entities decoded, tags, comments, scripts and styles gone.
//!
//! Only names that HTML has make a tag, so that `a < b` and `<قسد>` stay what they are.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::data::data;
use super::edit::{Edited, Editor};

/// No name or number of an entity, and no name of a tag, is longer.
const ENTITY: usize = 12;
/// What browsers read where a page of Windows gives the numbers 128 to 159 of its own letters (HTML Standard 13.2.5.80).
const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ";
/// A value in quotes that holds signs of tags is no longer.
const VALUE: usize = 500;
const CDATA: &str = "<![CDATA[";

static BLOCK: LazyLock<FxHashSet<&str>> = LazyLock::new(|| data().words.block_tags.split(' ').collect());
static INLINE: LazyLock<FxHashSet<&str>> = LazyLock::new(|| data().words.inline_tags.split(' ').collect());

static PREFIXES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| data().words.tag_prefixes.split(' ').collect());

pub(super) fn apply(text: &str, track: bool) -> Option<Edited> {
    if !text.contains('&') && !text.contains('<') {
        return None;
    }
    let mut editor = Editor::new(text, track);
    let bytes = text.as_bytes();
    // Once an end was looked for in vain there is none further on either.
    let mut ends = Ends { left: 4 * text.len(), ..Ends::default() };
    // Where the part ends whose markup a feed has wrapped.
    let mut wrapped = None;
    let mut at = 0;
    while let Some(found) = text[at..].find(['&', '<', ']']) {
        at += found;
        if bytes[at] == b']' {
            at += 1;
            if wrapped == Some(at - 1) {
                editor.drop(at - 1..at + 2);
                (at, wrapped) = (at + 2, None);
            }
            continue;
        }
        if wrapped.is_none() && !ends.cdata && text[at..].starts_with(CDATA) {
            let end = text[at..].find("]]>");
            ends.cdata = end.is_none();
            if let Some(end) = end {
                wrapped = Some(at + end);
                editor.drop(at..at + CDATA.len());
                at += CDATA.len();
                continue;
            }
        }
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
    let code = code.ok()?;
    let windows = (0x80..0xA0).contains(&code).then(|| WINDOWS.chars().nth(code as usize - 0x80)).flatten();
    windows.or_else(|| char::from_u32(code)).filter(|&c| c != '\0').map(String::from)
}

#[derive(Default)]
struct Ends {
    comment: bool,
    cdata: bool,
    script: bool,
    style: bool,
    /// How many bytes of attributes are still looked at: a value in quotes may hold what looks like another tag.
    left: usize,
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
        return close(rest, ends).map(|e| (at + 1 + e, true));
    }
    if rest.starts_with("?xml") {
        return rest.find(['<', '>']).filter(|&e| rest[..e + 1].ends_with("?>")).map(|e| (at + 1 + e + 1, false));
    }
    let closing = rest.starts_with('/');
    let body = if closing { &rest[1..] } else { rest };
    let len = body.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if len == 0 || len > ENTITY {
        return None;
    }
    let name = body[..len].to_ascii_lowercase();
    let block = BLOCK.contains(name.as_str());
    // Word writes tags of its own: <o:p>.
    let own = PREFIXES.contains(name.as_str()).then(|| body[len..].strip_prefix(':')).flatten();
    let own = own.map_or(0, |rest| 1 + rest.bytes().take_while(u8::is_ascii_alphanumeric).count());
    if !block && !INLINE.contains(name.as_str()) && own < 2 {
        return None;
    }
    let len = len + own;
    if !body[len..].starts_with(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/') {
        return None;
    }
    let end = at + 1 + close(rest, ends)?;
    let (missing, last) = match name.as_str() {
        "script" => (&mut ends.script, "</script"),
        "style" => (&mut ends.style, "</style"),
        _ => return Some((end, block)),
    };
    if closing || *missing {
        return Some((end, block));
    }
    match find_ignore_case(&text[end..], last).and_then(|e| Some(end + e + simple_close(&text[end + e + 1..])? + 1)) {
        Some(end) => Some((end, true)),
        None => {
            *missing = true;
            Some((end, block))
        }
    }
}

/// The place after the first `>` that is in no value in quotes, unless another tag begins before it.
fn close(text: &str, ends: &mut Ends) -> Option<usize> {
    let bytes = text.as_bytes();
    if ends.left == 0 {
        return simple_close(text);
    }
    let mut at = 0;
    let mut end = None;
    while let Some(found) = text[at..].find(['<', '>', '=']) {
        let sign = at + found;
        at = sign + 1;
        if bytes[sign] != b'=' {
            end = (bytes[sign] == b'>').then_some(at);
            break;
        }
        let value = text.len() - text[at..].trim_ascii_start().len();
        let Some(&quote) = bytes.get(value).filter(|b| matches!(b, b'"' | b'\'')) else { continue };
        let rest = &bytes[value + 1..];
        let Some(len) = rest.iter().take(ends.left).position(|&b| b == quote) else {
            ends.left = ends.left.saturating_sub(rest.len());
            continue;
        };
        // A quote that was never closed would take the text up to the next one along.
        if len <= VALUE || !rest[..len].iter().any(|b| matches!(b, b'<' | b'>')) {
            at = value + 1 + len + 1;
        }
    }
    ends.left = ends.left.saturating_sub(at);
    end
}

/// The place after the first `>`, unless another tag begins before it.
fn simple_close(text: &str) -> Option<usize> {
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
