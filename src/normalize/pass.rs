//! One pass over a text, driven by a table: the steps that look at one character and its marks.
//!
//! The table says for each character of up to two bytes what to write and how many bytes of it, so that nearly all of
//! a text goes through without a branch. Where marks meet letters in a way that matters, the stretch is handed to
//! [`Letters::resolve`]; the pass and the definition must agree on every text, and tests hold them to it.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, is_nfc_quick, is_nfkc_quick};

use super::edit::{Edited, parallel};
use super::letters::{JOINER, Letters, is_vowel};
use super::options::{Options, Unicode};
use crate::text::{Runs, Track};

/// What one character becomes, when no mark is near.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Action {
    Keep,
    Drop {
        owned: bool,
    },
    Text(Box<str>),
    /// Kept, or dropped when it joins nothing.
    Joiner,
    /// Reads the letter before it.
    Mark,
    /// A mark that is written as it is and composes with nothing; only the order of several of them matters.
    Vowel,
}

/// The two bytes to write, their number, and the flags below.
pub(super) type Entry = u32;

pub(super) const LENGTH: u32 = 16;
pub(super) const SLOW: u32 = 1 << 24;
const CHANGED: u32 = 1 << 25;
pub(super) const OWNED: u32 = 1 << 26;
pub(super) const DROPPED: u32 = 1 << 27;
pub(super) const VOWEL: u32 = 1 << 28;
/// How far above [`VOWEL`] and [`DROPPED`] a vowel sign has the two that may not follow it.
pub(super) const AFTER: u32 = 2;
/// The code points that take at most two bytes.
pub(super) const LOW: usize = 0x800;
/// The most that one step of the loop writes beyond its end.
const SLACK: usize = 8;
/// How many bytes are looked at together: as many as a word has bits.
const BLOCK: usize = 64;

pub(super) struct Pass {
    letters: Letters,
    table: Box<[Entry; LOW]>,
    /// The same for 16-bit units; the last entry is for all that are higher.
    pub wide: Box<[Entry; LOW + 1]>,
    pub low: Vec<Action>,
    high: FxHashMap<char, Action>,
}

impl Pass {
    /// The pass for these options; `None` when they leave every character alone.
    pub fn new(options: &Options) -> Option<Pass> {
        let letters = Letters::new(options);
        if letters.is_idle() {
            return None;
        }
        let low: Vec<Action> =
            (0..LOW as u32).map(|c| action(&letters, char::from_u32(c).expect("below the surrogates"))).collect();
        let high = letters.named().into_iter().filter(|&c| c as usize >= LOW);
        let high = high.map(|c| (c, action(&letters, c))).collect();
        let mut table = Box::new([SLOW; LOW]);
        let mut wide = Box::new([SLOW; LOW + 1]);
        for (i, action) in low.iter().enumerate() {
            let c = char::from_u32(i as u32).expect("below the surrogates");
            table[i] = entry(c, action);
            wide[i] = super::wide::entry(c, action);
        }
        Some(Pass { letters, table, wide, low, high })
    }

    pub fn form(&self) -> Unicode {
        self.letters.form
    }

    /// `None` when nothing changes.
    pub fn apply(&self, text: &str, track: bool) -> Option<Edited> {
        let start = self.unchanged(text);
        if start == text.len() {
            return None;
        }
        let mut runs = Runs::default();
        let out = match track {
            true => self.run(text, start, Vec::new(), &mut runs),
            false => self.run(text, start, Vec::new(), &mut ()),
        };
        // SAFETY: `fast` writes whole characters of the table, `slow` whole strings.
        Some(Edited { text: unsafe { String::from_utf8_unchecked(out) }, runs })
    }

    /// Puts what becomes of a text behind `out`.
    pub fn append(&self, text: &str, out: &mut Vec<u8>) {
        *out = self.run(text, 0, std::mem::take(out), &mut ());
    }

    /// The length of the part at the front that stays as it is.
    fn unchanged(&self, text: &str) -> usize {
        let bytes = text.as_bytes();
        let mut at = 0;
        // The last letter is not given away: marks may follow it.
        let mut letter = 0;
        let mut stops = VOWEL;
        while at < bytes.len() {
            let (entry, taken) = self.entry(bytes, at);
            if entry & (SLOW | CHANGED | stops) != 0 {
                if bytes[at] < 0xE0 {
                    return letter;
                }
                let c = text[at..].chars().next().expect("not at the end");
                if *self.high(c) != Action::Keep {
                    return letter;
                }
                (letter, stops) = (at, VOWEL);
                at += c.len_utf8();
                continue;
            }
            letter = if entry & VOWEL != 0 { letter } else { at };
            stops = stops_after(entry);
            at += taken;
        }
        at
    }

    /// The entry of the character at `at`, and its length; slow when it has more than two bytes.
    #[inline(always)]
    fn entry(&self, bytes: &[u8], at: usize) -> (Entry, usize) {
        let b0 = bytes[at];
        let b1 = if at + 1 < bytes.len() { bytes[at + 1] } else { 0 };
        let two = b0 >= 0x80;
        let wide = ((b0 as usize & 0x1f) << 6) | (b1 as usize & 0x3f);
        let code = if two { wide } else { b0 as usize };
        let entry = if b0 >= 0xE0 { SLOW } else { self.table[code & (LOW - 1)] };
        (entry, 1 + two as usize)
    }

    /// Puts what becomes of a text behind `out`, whose alignment (if any) begins there.
    fn run<T: Track>(&self, text: &str, start: usize, out: Vec<u8>, track: &mut T) -> Vec<u8> {
        let bytes = text.as_bytes();
        let front = out.len();
        let mut out = Out { front, len: front, bytes: out };
        out.make_room(bytes.len());
        out.push(&bytes[..start]);
        let mut at = start;
        loop {
            at = self.fast(bytes, at, &mut out, track);
            if at == bytes.len() {
                break;
            }
            let c = text[at..].chars().next().expect("not at the end");
            at = self.slow(text, at, c, &mut out, track);
        }
        out.bytes.truncate(out.len);
        debug_assert!(std::str::from_utf8(&out.bytes[front..]).is_ok());
        out.bytes
    }

    /// Goes on until something slow, or the end; gives the place reached.
    #[inline]
    fn fast<T: Track>(&self, bytes: &[u8], mut at: usize, out: &mut Out, track: &mut T) -> usize {
        // A step writes no more than it reads, or runs over by a byte that the next one writes again.
        out.make_room(bytes.len() - at);
        let mut n = out.len;
        let written = &mut out.bytes[..];
        // A vowel sign goes straight through when it is the only one on its letter; what may not come next stops it.
        let start = at;
        let mut stops = VOWEL;
        'text: while at < bytes.len() {
            let block = Block::new(&bytes[at..]);
            let mut starts = block.starts;
            while starts != 0 {
                let i = starts.trailing_zeros() as usize % BLOCK;
                starts &= starts - 1;
                let (b0, b1) = (block.bytes[i], block.bytes[i + 1]);
                let two = b0 >= 0x80;
                let wide = (b0 as usize & 0x1f) << 6 | b1 as usize & 0x3f;
                let entry = self.table[if two { wide } else { b0 as usize } & (LOW - 1)];
                if entry & (SLOW | stops) != 0 {
                    at += i;
                    break 'text;
                }
                stops = stops_after(entry);
                let (len, taken) = ((entry >> LENGTH & 3) as usize, 1 + two as usize);
                written[n..n + 2].copy_from_slice(&(entry as u16).to_le_bytes());
                if T::ON && len != taken {
                    shorter(track, n, at + i, entry, taken);
                }
                n += len;
            }
            at += block.len;
            if block.len < BLOCK {
                break;
            }
        }
        if stops != 0 && at < bytes.len() && at > start {
            // A vowel sign that is looked at together with what follows.
            n -= 2;
            at -= 2;
        }
        out.len = n;
        at
    }

    /// One character that the table cannot do, with its letter and marks if need be; gives the place after it.
    fn slow<T: Track>(&self, text: &str, at: usize, c: char, out: &mut Out, track: &mut T) -> usize {
        let len = c.len_utf8();
        let high;
        let action = match self.low.get(c as usize) {
            Some(action) => action,
            None => {
                high = self.high(c);
                &*high
            }
        };
        match action {
            Action::Keep => out.push(&text.as_bytes()[at..at + len]),
            Action::Joiner if self.letters.joins(text, at) => out.push(&text.as_bytes()[at..at + len]),
            Action::Joiner => track.gap(out.len, at, len, false),
            Action::Drop { owned } => track.gap(out.len, at, len, *owned),
            Action::Text(to) => {
                if T::ON && to.len() < len && to.chars().nth(1).is_none() {
                    track.shorten(out.len, at, to.len(), len);
                } else if T::ON && !parallel(&text[at..at + len], to) {
                    track.block(out.len, at, to.len(), len);
                }
                out.push(to.as_bytes());
            }
            Action::Mark => return self.cluster(text, at, out, track),
            Action::Vowel => match self.vowels(text, at, out) {
                Some(end) => return end,
                None => return self.cluster(text, at, out, track),
            },
        }
        at + len
    }

    /// Writes vowel signs that follow a letter, in their order; `None` where anything else is among them.
    fn vowels(&self, text: &str, at: usize, out: &mut Out) -> Option<usize> {
        let before = text[..at].chars().next_back()?;
        let plain = match self.low.get(before as usize)? {
            Action::Keep => true,
            Action::Text(to) => to.len() <= 2,
            _ => false,
        };
        if !plain {
            return None;
        }
        let mut marks: SmallVec<[char; 4]> = SmallVec::new();
        let mut end = at;
        for c in text[at..].chars() {
            match self.low.get(c as usize) {
                Some(Action::Vowel) if marks.len() < 4 => marks.push(c),
                Some(Action::Keep | Action::Text(_)) => break,
                Some(Action::Drop { .. }) if self.before_letter(&text[end..]) => break,
                Some(_) => return None,
                None if self.high(c).is_letter() => break,
                None => return None,
            }
            end += c.len_utf8();
        }
        if self.letters.form != Unicode::None {
            marks.sort_by_key(|&c| canonical_combining_class(c));
        }
        for c in marks {
            out.push(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
        Some(end)
    }

    /// Whether a letter follows what is dropped.
    fn before_letter(&self, text: &str) -> bool {
        let mut actions = text.chars().map(|c| self.low.get(c as usize));
        let kept = actions.find(|action| !matches!(action, Some(Action::Drop { .. })));
        matches!(kept, None | Some(Some(Action::Keep | Action::Text(_))))
    }

    /// Resolves the mark at `at` together with the letter before it and all the marks after it.
    fn cluster<T: Track>(&self, text: &str, at: usize, out: &mut Out, track: &mut T) -> usize {
        let mut start = at;
        let mut base = 0;
        for (i, c) in text[..at].char_indices().rev() {
            match &*self.look(text, i, c) {
                Action::Keep => base = c.len_utf8(),
                Action::Text(to) => base = to.len(),
                Action::Joiner => base = c.len_utf8(),
                // These are dropped, or the cluster has begun with them, at the front of the text.
                Action::Drop { .. } | Action::Mark | Action::Vowel => continue,
            }
            start = i;
            break;
        }
        if base == 0 {
            // No letter: everything from the front of the text.
            start = 0;
            out.len = out.front;
        } else {
            // What follows the letter has written nothing yet: a mark takes all marks after it along.
            out.len -= base;
        }
        track.rewind(start);
        let mut end = at;
        for (i, c) in text[at..].char_indices() {
            match &*self.look(text, at + i, c) {
                Action::Drop { .. } | Action::Mark | Action::Vowel => end = at + i + c.len_utf8(),
                _ => break,
            }
        }
        let source = &text[start..end];
        let to = self.letters.resolve(source);
        if T::ON && source != to {
            track.block(out.len, start, to.len(), source.len());
        }
        out.push(to.as_bytes());
        end
    }

    /// The action of a character where it stands.
    fn look(&self, text: &str, at: usize, c: char) -> std::borrow::Cow<'_, Action> {
        use std::borrow::Cow;
        let action = match self.low.get(c as usize) {
            Some(action) => Cow::Borrowed(action),
            None => self.high(c),
        };
        match *action {
            Action::Joiner if !self.letters.joins(text, at) => Cow::Owned(Action::Drop { owned: false }),
            _ => action,
        }
    }

    pub fn high(&self, c: char) -> std::borrow::Cow<'_, Action> {
        use std::borrow::Cow;
        match self.high.get(&c) {
            Some(action) => Cow::Borrowed(action),
            None if is_plain(&self.letters, c) => Cow::Borrowed(&Action::Keep),
            None => Cow::Owned(action(&self.letters, c)),
        }
    }
}

/// What may not follow without a closer look: behind a vowel sign another one, or a gap that may hide one.
#[inline(always)]
pub(super) fn stops_after(entry: Entry) -> u32 {
    entry >> AFTER & (VOWEL | DROPPED)
}

/// Takes note of a character that became shorter, or nothing. Not inlined: few are, and the loop needs its registers.
#[inline(never)]
fn shorter<T: Track>(track: &mut T, out: usize, at: usize, entry: Entry, taken: usize) {
    match (entry >> LENGTH & 3) as usize {
        0 => track.gap(out, at, taken, entry & OWNED != 0),
        len => track.shorten(out, at, len, taken),
    }
}

/// Bytes that are looked at together, so that no character waits for the length of the one before it.
struct Block {
    /// And the one behind them, where the last character may end.
    bytes: [u8; BLOCK + 1],
    /// A bit for each byte that begins a character.
    starts: u64,
    /// So many are before the end, or before a character of more than two bytes.
    len: usize,
}

impl Block {
    #[inline(always)]
    fn new(rest: &[u8]) -> Block {
        let bytes = rest.first_chunk().copied().unwrap_or_else(|| {
            let mut last = [0; BLOCK + 1];
            last[..rest.len()].copy_from_slice(rest);
            last
        });
        let (mut starts, mut long) = (0, 0);
        for i in 0..BLOCK / 8 {
            let eight = u64::from_le_bytes(bytes[8 * i..8 * i + 8].try_into().expect("eight"));
            starts |= gathered(!eight | eight << 1) << (8 * i);
            long |= gathered(eight & eight << 1 & eight << 2) << (8 * i);
        }
        let len = rest.len().min(long.trailing_zeros() as usize).min(BLOCK);
        Block { bytes, starts: starts & u64::MAX.checked_shr((BLOCK - len) as u32).unwrap_or(0), len }
    }
}

/// The highest bit of each byte.
#[inline(always)]
fn gathered(eight: u64) -> u64 {
    (eight >> 7 & 0x0101_0101_0101_0101).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// What was written, with room behind it.
struct Out {
    bytes: Vec<u8>,
    len: usize,
    /// Where the text begins.
    front: usize,
}

impl Out {
    fn push(&mut self, more: &[u8]) {
        let end = self.len + more.len();
        if end > self.bytes.len() {
            self.bytes.resize(end + end / 8, 0);
        }
        self.bytes[self.len..end].copy_from_slice(more);
        self.len = end;
    }

    fn make_room(&mut self, more: usize) {
        let end = self.len + more + SLACK;
        if end > self.bytes.len() {
            self.bytes.resize(end, 0);
        }
    }
}

impl Action {
    pub fn is_letter(&self) -> bool {
        matches!(self, Action::Keep | Action::Text(_))
    }
}

/// Whether Unicode's forms leave `c` alone wherever it stands.
fn is_plain(letters: &Letters, c: char) -> bool {
    let quick = match letters.form {
        Unicode::None => return !letters.minds_marks() || canonical_combining_class(c) == 0,
        Unicode::Nfc => is_nfc_quick(std::iter::once(c)),
        Unicode::Nfkc => is_nfkc_quick(std::iter::once(c)),
    };
    quick == IsNormalized::Yes && canonical_combining_class(c) == 0
}

fn action(letters: &Letters, c: char) -> Action {
    let form = letters.form;
    if letters.dropped(c).is_some() && c == JOINER {
        return Action::Joiner;
    }
    if let Some(owned) = letters.dropped(c) {
        return Action::Drop { owned };
    }
    let itself = c.encode_utf8(&mut [0; 4]).to_owned();
    let to = letters.resolve(&itself);
    let hangs = |c: char| {
        let joins = || form != Unicode::None && is_nfc_quick(std::iter::once(c)) == IsNormalized::Maybe;
        letters.minds_marks() && (canonical_combining_class(c) != 0 || joins())
    };
    let first = to.chars().next();
    if letters.needs_base(c) || hangs(c) || first.is_some_and(hangs) {
        return if is_vowel(c) && to == itself { Action::Vowel } else { Action::Mark };
    }
    match first {
        None => Action::Drop { owned: true },
        Some(_) if to == itself => Action::Keep,
        Some(_) => Action::Text(to.into_boxed_str()),
    }
}

fn entry(c: char, action: &Action) -> Entry {
    let mut own = [0; 4];
    let itself = &*c.encode_utf8(&mut own);
    let bytes = |s: &str| {
        let mut pair = [0; 2];
        pair[..s.len()].copy_from_slice(s.as_bytes());
        u16::from_le_bytes(pair) as u32 | (s.len() as u32) << LENGTH
    };
    match action {
        Action::Keep => bytes(itself),
        Action::Vowel => bytes(itself) | VOWEL | (VOWEL | DROPPED) << AFTER,
        Action::Drop { owned } => CHANGED | DROPPED | if *owned { OWNED } else { 0 },
        Action::Text(to) if to.len() <= 2 && (to.len() < itself.len() || parallel(itself, to)) => bytes(to) | CHANGED,
        _ => SLOW,
    }
}
