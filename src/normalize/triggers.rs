//! A first look at a text: whether it has anything at all that the rarer steps look for.
//!
//! Most texts have not, and then letters and white space are all there is to do. A look may say yes for nothing.

use super::data::data;
use super::neighbours;
use super::options::*;
use super::wide::decode;

const TATWEEL: u16 = 0x640;

pub(super) struct Triggers {
    /// There is no telling without doing it.
    always: bool,
    /// Characters that begin something.
    signs: Vec<u8>,
    urls: bool,
    emoji: bool,
    /// Signs that words are hidden with.
    hidden: Vec<u16>,
    /// How many of one letter, or of one mark, may stand in a row.
    letters: Option<usize>,
    marks: Option<usize>,
}

impl Triggers {
    pub fn new(o: &Options) -> Triggers {
        let mut signs = Vec::new();
        if o.html == Html::Decode {
            signs.extend(b"&<");
        }
        if o.hashtags == Hashtags::Words {
            signs.push(b'#');
        }
        if o.emails != Links::Keep || o.mentions != Links::Keep {
            signs.push(b'@');
        }
        let hides = o.hidden == Hidden::Join;
        let most = |n: Option<u32>| n.map(|n| n.max(1) as usize);
        Triggers {
            always: o.tanween_alef == TanweenAlef::Drop
                || matches!(o.punctuation, Punctuation::Arabic | Punctuation::Drop),
            signs,
            urls: o.urls != Links::Keep,
            emoji: o.emoji == Emoji::Drop,
            hidden: data().words.hidden_marks.encode_utf16().filter(|_| hides).collect(),
            letters: most(o.max_repeat),
            marks: most(o.max_repeat_punctuation),
        }
    }

    pub fn in_text(&self, text: &str, options: &Options) -> bool {
        let bytes = text.as_bytes();
        self.always
            || self.signs.iter().any(|&s| pairs(bytes, |b, _| b == s))
            || (self.urls
                && pairs(bytes, |a, b| ((a == b':') & (b == b'/')) | ((a | 0x20 == b'w') & (b | 0x20 == b'w'))))
            || (self.emoji
                && pairs(bytes, |a, b| (a >= 0xF0) | ((a == 0xE2) & (b >= 0x83)) | ((a == 0xEF) & (b == 0xB8)))
                && text.contains(|c| matches!(c, '\u{20C0}'..='\u{2FFF}' | '\u{FE0F}' | '\u{10000}'..)))
            || (!self.hidden.is_empty()
                && text
                    .match_indices('\u{640}')
                    .any(|(at, s)| may_be_space(text[at + s.len()..].chars().next().map_or(0, u32::from))))
            || self.hidden.iter().filter_map(|&sign| char::from_u32(sign.into())).any(|sign| {
                let likely = !sign.is_ascii() || {
                    let sign = sign as u8;
                    pairs(bytes, |a, b| ((a == sign) & (b >= 0xD8)) | ((a == 0x80) & (b == sign)))
                };
                likely && hides(text, sign)
            })
            || neighbours::repeats(text, options, false).is_some()
    }

    pub fn in_units(&self, units: &[u16]) -> bool {
        let w = b'w' as u16;
        self.always
            || self.signs.iter().any(|&s| pairs(units, |u, _| u == s as u16))
            || (self.urls && pairs(units, |a, b| ((a == 0x3A) & (b == 0x2F)) | ((a | 0x20 == w) & (b | 0x20 == w))))
            || (self.emoji
                && pairs(units, |u, _| (u.wrapping_sub(0x20C0) < 0xF40) | (u & 0xF800 == 0xD800) | (u == 0xFE0F)))
            || (!self.hidden.is_empty() && pairs(units, |a, b| (a == TATWEEL) & may_be_space(b.into())))
            || self
                .hidden
                .iter()
                .any(|&sign| pairs(units, |a, b| ((a == sign) & (b >= 0x600)) | ((a == TATWEEL) & (b == sign))))
            || self.repeated(units)
    }

    fn repeated(&self, units: &[u16]) -> bool {
        const STEP: usize = 64;
        let Some(least) = self.letters.into_iter().chain(self.marks).min() else { return false };
        // Two of a letter are common, two of a mark are not.
        let twice = self.letters == Some(1);
        let likely = |a: u16, b: u16, c: u16| {
            let letter = a.wrapping_sub(0x620) <= 0x2A;
            ((a == b) & (twice | (b == c) | ((least == 1) & !letter))) | ((a == c) & (a & 0xFC00 == 0xD800))
        };
        let longer = |at: usize| {
            let Some((c, len)) = decode(units, at) else { return false };
            let first = &units[at..at + len];
            if units.get(at + len..at + 2 * len) != Some(first) {
                return false;
            }
            let most = match c {
                c if c.is_alphabetic() => self.letters,
                c if len > 1 || c.is_alphanumeric() || c.is_whitespace() || c.is_control() => None,
                _ => self.marks,
            };
            most.is_some_and(|most| units[at..].chunks_exact(len).take(most + 1).filter(|&u| u == first).count() > most)
        };
        (0..units.len()).step_by(STEP).any(|start| {
            let end = (start + STEP).min(units.len());
            let within = &units[start..(end + 2).min(units.len())];
            let any = if within.len() < 3 {
                true
            } else {
                let (a, b, c) = (&within[..within.len() - 2], &within[1..], &within[2..]);
                let last = within.len() < STEP + 2;
                a.iter().zip(b).zip(c).fold(last, |any, ((&a, &b), &c)| any | likely(a, b, c))
            };
            any && (start..end).any(longer)
        })
    }
}

/// Whether the sign stands before an Arabic letter (or what lies behind the block), or after a tatweel: what `in_units` asks,
/// for both must take the same way.
fn hides(text: &str, sign: char) -> bool {
    text.match_indices(sign).any(|(at, sign)| {
        let next = text[at + sign.len()..].chars().next();
        next.is_some_and(|c| c >= '\u{600}') || text[..at].ends_with('\u{640}')
    })
}

/// White space, and a little more: behind a stretching sign it may part a word in two.
fn may_be_space(c: u32) -> bool {
    (c <= 0x20) | (c.wrapping_sub(0x80) <= 0x20) | (c == 0x1680) | (c.wrapping_sub(0x2000) <= 0x5F) | (c == 0x3000)
}

/// Whether the test holds for any unit and the one after it (0 after the last one).
pub(super) fn pairs<T: Copy + Default>(units: &[T], test: impl Fn(T, T) -> bool) -> bool {
    const STEP: usize = 64;
    let Some((&last, _)) = units.split_last() else { return false };
    let mut pairs = units.chunks(STEP).zip(units[1..].chunks(STEP));
    test(last, T::default()) || pairs.any(|(a, b)| a.iter().zip(b).fold(false, |any, (&a, &b)| any | test(a, b)))
}
