//! The way back where letters only stayed or went: a bit for each, with counts on the way.
//!
//! A vocalised text loses a mark behind nearly every letter. A run for each would be longer than the text, and asking
//! after each letter whether one begins is a question whose answer no processor foresees; a bit is written unasked.

use std::ops::Range;

use super::align::{Piece, Runs, Track};

const WORD: usize = 64;
/// The kept ones are counted up to every so many words.
const STEP: usize = 8;

/// Takes note of what a pass over single units does, or does not; nothing is noted of what goes with the letter before.
pub(crate) trait Keep {
    const ON: bool;
    /// The units of word `index` whose bits are set stayed, each as one unit.
    fn stayed(&mut self, index: usize, bits: u64);
    /// So did all of so many units.
    fn all(&mut self, len: usize);
    /// A unit became `out` units.
    fn grew(&mut self, at: usize, out: usize);
    /// A unit went by itself, not with the letter before it.
    fn left(&mut self, at: usize);
}

impl Keep for () {
    const ON: bool = false;
    fn stayed(&mut self, _: usize, _: u64) {}
    fn all(&mut self, _: usize) {}
    fn grew(&mut self, _: usize, _: usize) {}
    fn left(&mut self, _: usize) {}
}

/// What a pass kept of a text, while it goes through it.
pub(crate) struct Sieve {
    words: Vec<u64>,
    len: usize,
    loose: Vec<Range<usize>>,
    /// Places of units that became several, and how many.
    grown: Vec<(usize, usize)>,
}

impl Keep for Sieve {
    const ON: bool = true;

    #[inline(always)]
    fn stayed(&mut self, index: usize, bits: u64) {
        self.words[index] |= bits;
    }

    fn all(&mut self, len: usize) {
        fill(&mut self.words, 0..len);
    }

    fn grew(&mut self, at: usize, out: usize) {
        self.words[at / WORD] |= 1 << (at % WORD);
        self.grown.push((at, out));
    }

    fn left(&mut self, at: usize) {
        match self.loose.last_mut() {
            Some(last) if last.end == at => last.end += 1,
            _ => self.loose.push(at..at + 1),
        }
    }
}

impl Sieve {
    /// For a text of `len` units.
    pub fn new(len: usize) -> Self {
        Sieve { words: vec![0; len.div_ceil(WORD)], len, loose: Vec::new(), grown: Vec::new() }
    }

    /// Does `then` to what was kept (`middle` units, of which `normalized` are left); it only drops.
    pub fn thin(&mut self, then: &Runs, middle: usize, normalized: usize) {
        let mut loose = std::mem::take(&mut self.loose);
        // The next unit that was kept, and how many were before it.
        let (mut at, mut seen) = (next(&self.words, 0, self.len, true), 0);
        let mut piece_start = 0;
        for piece in then.pieces(normalized, middle) {
            let (len, gap) = match piece {
                Piece::Copy(len) => (len, None),
                Piece::Gap { original, owned } => (original, Some(owned)),
                Piece::Block { .. } => unreachable!("a step that only drops"),
            };
            while seen < piece_start {
                let rest = self.words[at / WORD] >> (at % WORD);
                let ones = rest.count_ones() as usize;
                let left = piece_start - seen;
                (at, seen) = match ones <= left {
                    true => ((at | (WORD - 1)) + 1, seen + ones),
                    false => (at + nth(rest, left), piece_start),
                };
            }
            at = next(&self.words, at, self.len, true);
            if let Some(owned) = gap {
                let start = at;
                for _ in 0..len {
                    self.words[at / WORD] &= !(1 << (at % WORD));
                    at = next(&self.words, at + 1, self.len, true);
                }
                seen += len;
                if !owned {
                    // What had gone with these is not left behind.
                    loose.push(start..at);
                }
            }
            piece_start += len;
        }
        loose.sort_by_key(|r| r.start);
        self.loose = loose;
    }

    /// Whether each kept unit is still one.
    pub fn only_drops(&self) -> bool {
        self.grown.is_empty()
    }

    /// The bits, where they are smaller than runs; else runs.
    pub fn finish(self) -> Result<Kept, Runs> {
        let mut before = 1;
        let gaps: usize = self
            .words
            .iter()
            .map(|&w| {
                let begun = !w & (w << 1 | before);
                before = w >> (WORD - 1);
                begun.count_ones() as usize
            })
            .sum();
        match self.only_drops() && Kept::is_smaller(gaps, self.len) {
            true => Ok(Kept::new(self.words, self.len, self.loose)),
            false => Err(self.runs()),
        }
    }

    pub fn runs(&self) -> Runs {
        let mut runs = Runs::default();
        let (mut dropped, mut more) = (0, 0);
        let mut grown = self.grown.iter().peekable();
        let mut loose = self.loose.iter().peekable();
        let mut end = 0;
        while end < self.len {
            let start = next(&self.words, end, self.len, false);
            while let Some(&(at, out)) = grown.next_if(|g| g.0 < start) {
                runs.block(at + more - dropped, at, out, 1);
                more += out - 1;
            }
            end = next(&self.words, start, self.len, true);
            let n = start + more - dropped;
            let mut at = start;
            while at < end {
                while loose.next_if(|l| l.end <= at).is_some() {}
                let (to, owned) = match loose.peek() {
                    Some(l) if l.start <= at => (l.end.min(end), false),
                    Some(l) => (l.start.min(end), true),
                    None => (end, true),
                };
                runs.gap(n, at, to - at, owned);
                at = to;
            }
            dropped += end - start;
        }
        runs
    }
}

/// What was kept of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    words: Box<[u64]>,
    /// How many were kept before each [`STEP`] words.
    counts: Box<[u32]>,
    /// What did not go with the letter before it, each up to the next letter.
    loose: Box<[(u32, u32)]>,
    len: usize,
}

impl Kept {
    fn new(words: Vec<u64>, len: usize, loose: Vec<Range<usize>>) -> Self {
        assert!(len < 1 << 31, "a text of 2 GiB or more cannot be aligned");
        let mut kept = 0;
        let counts = words.chunks(STEP).map(|chunk| {
            let before = kept;
            kept += chunk.iter().map(|w| w.count_ones()).sum::<u32>();
            before
        });
        let counts = counts.collect();
        let first = next(&words, 0, len, true);
        let mut ends: Vec<(u32, u32)> = Vec::new();
        for range in loose {
            match ends.last_mut() {
                Some(last) if range.start <= last.1 as usize => last.1 = last.1.max(range.end as u32),
                _ => ends.push((range.start as u32, range.end as u32)),
            }
        }
        // What a mark of a letter follows went with that letter too.
        ends.retain(|r| r.0 as usize > first && next(&words, r.1 as usize, len, true) == r.1 as usize);
        Kept { words: words.into(), counts, loose: ends.into(), len }
    }

    /// The bits of an edit that only drops.
    pub fn of(runs: &Runs, normalized: usize, original: usize) -> Option<Kept> {
        if !Kept::is_smaller(runs.len(), original) {
            return None;
        }
        let mut words = vec![0; original.div_ceil(WORD)];
        let (mut at, mut loose) = (0, Vec::new());
        for piece in runs.pieces(normalized, original) {
            match piece {
                Piece::Copy(len) => {
                    fill(&mut words, at..at + len);
                    at += len;
                }
                Piece::Gap { original, owned } => {
                    if !owned {
                        loose.push(at..at + original);
                    }
                    at += original;
                }
                Piece::Block { .. } => return None,
            }
        }
        Some(Kept::new(words, original, loose))
    }

    /// Whether the bits of a text of `len` units take less than so many runs.
    fn is_smaller(runs: usize, len: usize) -> bool {
        runs * Runs::EACH > len.div_ceil(WORD) * 8 + len.div_ceil(WORD * STEP) * 4
    }

    pub fn memory(&self) -> usize {
        size_of_val(&*self.words) + size_of_val(&*self.counts) + size_of_val(&*self.loose)
    }

    pub fn runs(&self) -> Runs {
        let loose = self.loose.iter().map(|r| r.0 as usize..r.1 as usize).collect();
        Sieve { words: self.words.to_vec(), len: self.len, loose, grown: Vec::new() }.runs()
    }

    pub fn to_original(&self, range: Range<usize>) -> Range<usize> {
        let start = self.select(range.start);
        if range.is_empty() {
            return start..start;
        }
        let last = self.select(range.end - 1);
        let end = next(&self.words, last + 1, self.len, true);
        let loose = self.loose.partition_point(|r| (r.1 as usize) < end);
        match self.loose.get(loose) {
            Some(&(from, to)) if to as usize == end && from as usize > last => start..from as usize,
            _ => start..end,
        }
    }

    pub fn to_normalized(&self, range: Range<usize>) -> Range<usize> {
        let start = self.rank(range.start);
        if range.is_empty() {
            return start..start;
        }
        start..self.rank(range.end)
    }

    /// How many were kept before `at`.
    fn rank(&self, at: usize) -> usize {
        let (word, bit) = (at / WORD, at % WORD);
        let Some(&within) = self.words.get(word) else {
            return self.rank(self.len - 1)
                + (self.words[(self.len - 1) / WORD] >> ((self.len - 1) % WORD) & 1) as usize;
        };
        let whole = word / STEP * STEP..word;
        let before: u32 = self.words[whole].iter().map(|w| w.count_ones()).sum();
        (self.counts[word / STEP] + before + (within & ((1 << bit) - 1)).count_ones()) as usize
    }

    /// The place of the kept one that has so many `before` it; the end of the text if there is none.
    fn select(&self, before: usize) -> usize {
        let step = self.counts.partition_point(|&c| c as usize <= before).saturating_sub(1);
        let Some(&counted) = self.counts.get(step) else { return self.len };
        let mut left = before - counted as usize;
        for (i, &word) in self.words.iter().enumerate().skip(step * STEP) {
            let ones = word.count_ones() as usize;
            if left < ones {
                return i * WORD + nth(word, left);
            }
            left -= ones;
        }
        self.len
    }
}

/// The place of the set bit that has `before` set bits before it.
fn nth(mut word: u64, mut before: usize) -> usize {
    let mut at = 0;
    loop {
        let ones = (word as u8).count_ones() as usize;
        if before < ones {
            break;
        }
        (before, at, word) = (before - ones, at + 8, word >> 8);
    }
    for _ in 0..before {
        word &= word - 1;
    }
    at + word.trailing_zeros() as usize
}

/// The first place from `at` on whose bit is as asked; `len` if there is none.
fn next(words: &[u64], at: usize, len: usize, one: bool) -> usize {
    let flip = if one { 0 } else { !0 };
    let Some(&word) = words.get(at / WORD) else { return len };
    let first = (word ^ flip) >> (at % WORD);
    if first != 0 {
        return (at + first.trailing_zeros() as usize).min(len);
    }
    let rest = at / WORD + 1;
    match words[rest..].iter().position(|w| w ^ flip != 0) {
        Some(i) => ((rest + i) * WORD + (words[rest + i] ^ flip).trailing_zeros() as usize).min(len),
        None => len,
    }
}

fn fill(words: &mut [u64], range: Range<usize>) {
    let mut at = range.start;
    while at < range.end {
        let end = ((at | (WORD - 1)) + 1).min(range.end);
        words[at / WORD] |= !0 >> (WORD - (end - at)) << (at % WORD);
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What becomes of each unit: it stays, goes with the letter before it, goes by itself, or becomes several.
    fn fates() -> impl Strategy<Value = Vec<u8>> {
        let stretch = |fate: BoxedStrategy<u8>| proptest::collection::vec(fate, 0..200);
        let mixed = prop_oneof![Just(0u8), 0..3u8].boxed();
        let dense = prop_oneof![3 => Just(0u8), 3 => Just(1u8), 1 => Just(2u8)].boxed();
        (stretch(mixed), stretch(Just(0).boxed()), stretch(dense)).prop_map(|(a, b, c)| [a, b, c].concat())
    }

    fn sieve(fates: &[u8]) -> Sieve {
        let mut sieve = Sieve::new(fates.len());
        for (at, fate) in fates.iter().enumerate() {
            match fate {
                0 => sieve.stayed(at / WORD, 1 << (at % WORD)),
                1 => {}
                2 => sieve.left(at),
                more => sieve.grew(at, *more as usize - 1),
            }
        }
        sieve
    }

    /// The same, run by run; and the length of what is left.
    fn runs(fates: &[u8]) -> (Runs, usize) {
        let (mut runs, mut n) = (Runs::default(), 0);
        for (at, fate) in fates.iter().enumerate() {
            match fate {
                0 => n += 1,
                1 | 2 => runs.gap(n, at, 1, *fate == 1),
                more => {
                    runs.block(n, at, *more as usize - 1, 1);
                    n += *more as usize - 1;
                }
            }
        }
        (runs, n)
    }

    proptest! {
        #[test]
        fn bits_answer_as_runs_do(fates in fates()) {
            let (runs, normalized) = runs(&fates);
            let sieve = sieve(&fates);
            prop_assert_eq!(&sieve.runs(), &runs);
            let kept = Kept::new(sieve.words, sieve.len, sieve.loose);
            for len in [0, 1, 65] {
                for start in 0..(normalized + 1).saturating_sub(len) {
                    let range = start..start + len;
                    prop_assert_eq!(kept.to_original(range.clone()), runs.to_original(range, fates.len()));
                }
                for start in 0..(fates.len() + 1).saturating_sub(len) {
                    let range = start..start + len;
                    prop_assert_eq!(kept.to_normalized(range.clone()), runs.to_normalized(range, normalized));
                }
            }
            if let Some(again) = Kept::of(&runs, normalized, fates.len()) {
                prop_assert_eq!(&again, &kept);
            }
        }

        #[test]
        fn units_that_grow_are_runs(fates in fates(), grown in proptest::collection::vec((any::<prop::sample::Index>(), 3..6u8), 1..5)) {
            let mut fates = [fates, vec![0]].concat();
            for (at, fate) in grown {
                let at = at.index(fates.len());
                fates[at] = fate;
            }
            prop_assert_eq!(sieve(&fates).finish().unwrap_err(), runs(&fates).0);
        }

        #[test]
        fn thinner_is_one_after_the_other(first in fates(), second in fates()) {
            let (before, middle) = runs(&first);
            let second: Vec<u8> = second.into_iter().chain(std::iter::repeat(0)).take(middle).collect();
            let (after, normalized) = runs(&second);
            let mut sieve = sieve(&first);
            sieve.thin(&after, middle, normalized);
            let then = before.then(&after, first.len(), middle, normalized);
            let kept = Kept::new(sieve.words, sieve.len, sieve.loose);
            for start in 0..normalized {
                let range = start..start + 1;
                prop_assert_eq!(kept.to_original(range.clone()), then.to_original(range, first.len()));
            }
            for start in 0..first.len() {
                let range = start..start + 1;
                prop_assert_eq!(kept.to_normalized(range.clone()), then.to_normalized(range, normalized));
            }
        }
    }
}
