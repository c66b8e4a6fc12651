//! Tokens: runs of letters, numbers with their separators, and single signs.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::text::{Normalized, Span};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Word,
    /// Digits, with separators between digits.
    Number,
    Open {
        pair: u8,
    },
    Close {
        pair: u8,
    },
    /// A quotation mark that does not say whether it opens or closes.
    Quote {
        pair: u8,
    },
    BracketOpen {
        pair: u8,
    },
    BracketClose {
        pair: u8,
    },
    /// May end a sentence.
    End,
    Comma,
    Colon,
    /// Another sign between clauses.
    Clause,
    Symbol,
}

impl Kind {
    pub fn is_quote(self) -> bool {
        matches!(self, Kind::Open { .. } | Kind::Close { .. } | Kind::Quote { .. })
    }

    pub fn is_bracket(self) -> bool {
        matches!(self, Kind::BracketOpen { .. } | Kind::BracketClose { .. })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub span: Span<Normalized>,
    pub kind: Kind,
    /// White space stands before it.
    pub spaced: bool,
    /// A line break stands before it.
    pub new_line: bool,
}

pub(super) fn tokenize(text: &str, signs: &FxHashMap<char, Kind>, double: &[(String, Kind)]) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 8 + 1);
    let (mut spaced, mut new_line) = (true, true);
    let mut at = 0;
    while at < text.len() {
        if text.as_bytes()[at] == b' ' {
            spaced = true;
            at += 1;
            continue;
        }
        let (kind, len) = match plain_word(&text.as_bytes()[at..]) {
            0 => {
                let Some(c) = text[at..].chars().next() else { break };
                if c.is_whitespace() {
                    spaced = true;
                    new_line |= c == '\n' || c == '\r' || c == '\u{2028}' || c == '\u{2029}';
                    at += c.len_utf8();
                    continue;
                }
                let (kind, len) = token_at(&text[at..], c, signs, double);
                // "F-16": no sign between clauses.
                let digit = || text[at + len..].starts_with(|c: char| c.is_ascii_digit());
                let named = || !spaced && digit() && out.last().is_some_and(|t: &Token| t.kind == Kind::Word);
                if c == '-' && kind == Kind::Clause && named() { (Kind::Symbol, len) } else { (kind, len) }
            }
            len => (Kind::Word, len),
        };
        out.push(Token { span: Span::new(at, at + len), kind, spaced, new_line });
        (spaced, new_line) = (false, false);
        at += len;
    }
    out
}

/// The length of a word of plain Arabic letters that a sign of ASCII or the end closes; 0 if the text begins with nothing so plain.
#[inline]
fn plain_word(bytes: &[u8]) -> usize {
    let len = plain_letters(bytes);
    match bytes.get(len) {
        Some(next) if !next.is_ascii() || next.is_ascii_alphabetic() => 0,
        _ => len,
    }
}

fn token_at(rest: &str, c: char, signs: &FxHashMap<char, Kind>, double: &[(String, Kind)]) -> (Kind, usize) {
    if c.is_ascii_digit() {
        return (Kind::Number, number_len(rest));
    }
    if is_letter(c) {
        let plain = plain_letters(rest.as_bytes());
        let more = rest[plain..].find(|c: char| !is_letter(c) && !is_joining_mark(c));
        return (Kind::Word, more.map_or(rest.len(), |more| plain + more));
    }
    if let Some((sign, kind)) = double.iter().find(|(sign, _)| rest.starts_with(sign.as_str())) {
        return (*kind, sign.len());
    }
    (signs.get(&c).copied().unwrap_or(Kind::Symbol), c.len_utf8())
}

/// Alphabetic; the letters of nearly every text are told from its signs by their range.
fn is_letter(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '\u{620}'..='\u{657}' => true,
        '\0'..='\x7f' | '\u{660}'..='\u{66D}' => false,
        // The signs of nearly every text.
        '«' | '»' | '\u{60C}' | '\u{61B}' | '\u{61F}' | '\u{2010}'..='\u{2027}' => false,
        _ => c.is_alphabetic(),
    }
}

/// The bytes of the plain Arabic letters that a text begins with: the letters of nearly every word, U+0620 to U+0657.
#[inline]
fn plain_letters(bytes: &[u8]) -> usize {
    let (fours, _) = bytes.as_chunks::<8>();
    let mut len = 0;
    for four in fours {
        let others = others_of_four(u64::from_le_bytes(*four));
        if others != 0 {
            return len + 2 * (others.trailing_zeros() / 16) as usize;
        }
        len += 8;
    }
    let letter = |pair: &[u8; 2]| matches!(pair, [0xD8, 0xA0..=0xBF] | [0xD9, 0x80..=0x97]);
    let (pairs, _) = bytes[len..].as_chunks::<2>();
    len + 2 * pairs.iter().position(|pair| !letter(pair)).unwrap_or(pairs.len())
}

/// Of four pairs of bytes, the highest bit of each that is no plain Arabic letter.
#[inline]
fn others_of_four(pairs: u64) -> u64 {
    const EACH: u64 = 0x0001_0001_0001_0001;
    const HIGHEST: u64 = EACH << 15;
    // The code point less 0x600; of a pair that is no letter of that block, 0x80 or more.
    let (first, second) = (pairs & (EACH * 0xFF), pairs >> 8 & (EACH * 0xFF));
    let point = (first ^ (EACH * 0xD8)) << 6 | (second ^ (EACH * 0x80));
    let (below, above) = (!((point | HIGHEST) - EACH * 0x20), point + EACH * (0x7FFF - 0x57));
    (below | above) & HIGHEST
}

/// A mark that stays inside a word of another script.
fn is_joining_mark(c: char) -> bool {
    !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}

fn number_len(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut end = 0;
    while end < bytes.len() {
        let separator = matches!(bytes[end], b'.' | b',') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if bytes[end].is_ascii_digit() || separator {
            end += 1;
        } else {
            break;
        }
    }
    end
}

/// A sentence of more tokens is cut: what looks for its words all over a sentence must not look for ever.
const LONGEST: usize = 1024;

/// Sentences end at a line break, and at an end sign that closes: one followed by space, a sign or nothing.
pub(super) fn sentences(text: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for i in 0..tokens.len() {
        if i > start && (tokens[i].new_line || i - start >= LONGEST) {
            out.push(start..i);
            start = i;
        }
        if i >= start && tokens[i].kind == Kind::End && ends_here(text, tokens, i) {
            let mut end = i + 1;
            while end < tokens.len() && !tokens[end].new_line && is_closing(text, tokens, end) {
                end += 1;
            }
            if end > start {
                out.push(start..end);
                start = end;
            }
        }
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out.retain(|s| !s.is_empty());
    out
}

fn ends_here(text: &str, tokens: &[Token], i: usize) -> bool {
    let Some(next) = tokens.get(i + 1) else { return true };
    if is_alone_in_brackets(tokens, i) {
        return false;
    }
    if next.spaced {
        return !is_initial(text, tokens, i);
    }
    is_unspaced_end(text, tokens, i)
        || !matches!(next.kind, Kind::Word | Kind::Number | Kind::Comma)
        || next.kind == Kind::Comma && tokens.get(i + 2).is_none_or(|t| t.spaced)
}

/// So many letters a word has, at least, that is no part of an acronym or of an address.
const WHOLE_WORD: usize = 4;

/// "the attack.And he said": no space behind the sign, between two words that are no Latin.
fn is_unspaced_end(text: &str, tokens: &[Token], i: usize) -> bool {
    let whole = |t: &Token| {
        let word = &text[t.span.range()];
        t.kind == Kind::Word && !word.is_ascii() && word.chars().nth(WHOLE_WORD - 1).is_some()
    };
    i > 0 && !tokens[i].spaced && whole(&tokens[i - 1]) && tokens.get(i + 1).is_some_and(whole)
}

/// So many dots stand for words left out, at most.
const DOTS: usize = 8;

/// "(…)", "[..]", "(!)": words left out, or a remark; the sentence goes on.
fn is_alone_in_brackets(tokens: &[Token], i: usize) -> bool {
    let sign = |t: &&Token| t.kind == Kind::End;
    let before = tokens[..i].iter().rev().take(DOTS).find(|t| !sign(t));
    let behind = tokens[i..].iter().take(DOTS).find(|t| !sign(t));
    before.is_some_and(|t| matches!(t.kind, Kind::BracketOpen { .. }))
        && behind.is_some_and(|t| matches!(t.kind, Kind::BracketClose { .. }))
}

/// `A.` of a name or an acronym: a single letter before the sign, itself after a sign or a space.
fn is_initial(text: &str, tokens: &[Token], i: usize) -> bool {
    i > 0
        && tokens[i - 1].kind == Kind::Word
        && !tokens[i].spaced
        && text[tokens[i - 1].span.range()].chars().nth(1).is_none()
        && (i < 2 || tokens[i - 1].spaced)
}

fn is_closing(text: &str, tokens: &[Token], i: usize) -> bool {
    match tokens[i].kind {
        Kind::Close { .. } | Kind::BracketClose { .. } | Kind::End => true,
        Kind::Comma => !tokens[i].spaced,
        Kind::Quote { .. } => {
            !tokens[i].spaced && tokens.get(i + 1).is_none_or(|t| t.spaced || !matches!(t.kind, Kind::Word))
        }
        _ => text[tokens[i].span.range()].chars().all(|c| c == '\u{200F}'),
    }
}

#[cfg(test)]
mod tests {
    use super::plain_letters;

    #[test]
    fn letters_are_told_four_at_a_time_as_one_by_one() {
        for other in (0..0x800).filter_map(char::from_u32) {
            for before in 0..9 {
                let word: String =
                    "مسلحون".chars().cycle().take(before).chain([other]).chain("مدنيون".chars()).collect();
                let plain = |c: &char| ('\u{620}'..='\u{657}').contains(c);
                let letters = word.chars().take_while(plain).count();
                assert_eq!(plain_letters(word.as_bytes()), 2 * letters, "{word:?}");
            }
        }
    }
}
