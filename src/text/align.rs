//! The way back from a normalized text to the text it was made of.
//!
//! Most of a text is copied, letter for letter; so the alignment stores one entry where the distance between the two
//! texts changes and nothing where it stays, or where these are too many a bit for each letter ([`super::kept`]). Both questions, [`Aligned::to_original`] and [`Aligned::to_normalized`],
//! are a binary search.

use std::borrow::Cow;
use std::ops::Range;

use super::kept::{Kept, Sieve};

const FLAG: u32 = 1 << 31;

/// From `(normalized, original)` on, the texts run in parallel until the next entry. The top bits are flags.
///
/// `original` carries *block*: the stretch up to the next entry was replaced as one. `normalized` carries *owned*: what
/// was dropped just before this entry belongs to the letter before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    normalized: u32,
    original: u32,
}

impl Run {
    fn new(normalized: usize, original: usize) -> Self {
        assert!(normalized | original < FLAG as usize, "a text of 2 GiB or more cannot be aligned");
        Run { normalized: normalized as u32, original: original as u32 }
    }

    #[inline]
    fn n(self) -> usize {
        (self.normalized & !FLAG) as usize
    }

    #[inline]
    fn o(self) -> usize {
        (self.original & !FLAG) as usize
    }

    fn is_block(self) -> bool {
        self.original & FLAG != 0
    }

    fn is_owned(self) -> bool {
        self.normalized & FLAG != 0
    }

    fn set_original(&mut self, o: usize) {
        *self = Run { normalized: self.normalized, original: Run::new(0, o).original | self.original & FLAG };
    }
}

/// The runs of one edit, in order; empty while the two texts are the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Runs(Vec<Run>);

/// What happened to one stretch of the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    /// Copied, or replaced letter for letter by letters of the same length.
    Copy(usize),
    /// `original` bytes became `normalized` bytes, as one.
    Block { original: usize, normalized: usize },
    /// Dropped; with the letter before it, or by itself.
    Gap { original: usize, owned: bool },
}

/// Takes note of edits, or does not: a pass that needs no alignment pays nothing for it.
pub(crate) trait Track {
    const ON: bool;
    /// `len` bytes at `o` became `out` bytes at `n`.
    fn block(&mut self, n: usize, o: usize, out: usize, len: usize);
    /// `len` bytes at `o` became one character of `out` bytes, fewer than `len`: half the entries of a block.
    fn shorten(&mut self, n: usize, o: usize, out: usize, len: usize) {
        self.gap(n + out, o + out, len - out, true);
    }
    /// `len` bytes at `o` were dropped when `n` bytes had been written.
    fn gap(&mut self, n: usize, o: usize, len: usize, owned: bool);
    /// Forgets everything from the original offset `o` on.
    fn rewind(&mut self, o: usize);
}

impl Track for () {
    const ON: bool = false;
    fn block(&mut self, _: usize, _: usize, _: usize, _: usize) {}
    fn gap(&mut self, _: usize, _: usize, _: usize, _: bool) {}
    fn rewind(&mut self, _: usize) {}
}

impl Track for Runs {
    const ON: bool = true;

    fn block(&mut self, n: usize, o: usize, out: usize, len: usize) {
        if out == 0 {
            return self.gap(n, o, len, false);
        }
        match self.0.last_mut() {
            Some(last) if last.n() == n && last.o() == o => last.original |= FLAG,
            _ => {
                self.begin();
                if (n, o) != (0, 0) {
                    self.0.push(Run::new(n, o));
                }
                self.0.last_mut().expect("begun").original |= FLAG;
            }
        }
        self.0.push(Run::new(n + out, o + len));
    }

    #[inline]
    fn gap(&mut self, n: usize, o: usize, len: usize, owned: bool) {
        match self.0.last() {
            Some(last) if last.n() != n || last.is_block() => {
                let mut run = Run::new(n, o + len);
                run.normalized |= if owned { FLAG } else { 0 };
                self.0.push(run);
            }
            _ => self.widen(n, o, len, owned),
        }
    }

    fn rewind(&mut self, o: usize) {
        while self.0.last().is_some_and(|last| last.o() > o) {
            self.0.pop();
        }
        if let Some(last) = self.0.last_mut().filter(|last| last.o() == o) {
            last.original &= !FLAG;
        }
    }
}

impl Runs {
    /// A gap where there is one already, or at the front.
    #[cold]
    fn widen(&mut self, n: usize, o: usize, len: usize, owned: bool) {
        self.begin();
        let end = o + len;
        let count = self.0.len();
        let last = self.0[count - 1];
        if last.n() != n || last.is_block() {
            let mut run = Run::new(n, end);
            run.normalized |= if owned { FLAG } else { 0 };
            self.0.push(run);
            return;
        }
        let before = count.checked_sub(2).map(|i| self.0[i]);
        match (owned, before) {
            // Nothing before the text can own what was dropped.
            (_, None) => self.0[count - 1].set_original(end),
            // A block reaches up to the next entry: it takes its marks in.
            (true, Some(b)) if b.is_block() => self.0[count - 1].set_original(end),
            // What was dropped in between goes along.
            (true, Some(b)) if b.n() == n && count > 2 => {
                self.0.pop();
                self.0[count - 2].set_original(end);
                if !self.0.get(count.wrapping_sub(3)).is_some_and(|b| b.is_block()) {
                    self.0[count - 2].normalized |= FLAG;
                }
            }
            (true, Some(_)) => {
                self.0[count - 1].set_original(end);
                self.0[count - 1].normalized |= FLAG;
            }
            (false, Some(b)) if last.is_owned() || b.is_block() => self.0.push(Run::new(n, end)),
            (false, Some(_)) => self.0[count - 1].set_original(end),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn begin(&mut self) {
        if self.0.is_empty() {
            self.0.push(Run::new(0, 0));
        }
    }

    /// The bytes that each of them takes.
    pub(super) const EACH: usize = size_of::<Run>();

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The pieces, in order, for texts of these lengths.
    pub(super) fn pieces(&self, normalized: usize, original: usize) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(2 * self.0.len() + 1);
        let Some(first) = self.0.first() else {
            if original > 0 {
                pieces.push(Piece::Copy(original));
            }
            return pieces;
        };
        if first.o() > 0 {
            pieces.push(Piece::Gap { original: first.o(), owned: false });
        }
        for (i, run) in self.0.iter().enumerate() {
            let next = self.0.get(i + 1);
            let (n, o, owned) = next.map_or((normalized, original, false), |r| (r.n(), r.o(), r.is_owned()));
            let (dn, d_o) = (n - run.n(), o - run.o());
            if run.is_block() {
                pieces.push(Piece::Block { original: d_o, normalized: dn });
                continue;
            }
            if dn > 0 {
                pieces.push(Piece::Copy(dn));
            }
            if d_o > dn {
                pieces.push(Piece::Gap { original: d_o - dn, owned });
            }
        }
        pieces
    }

    fn push(&mut self, piece: Piece, n: &mut usize, o: &mut usize) {
        match piece {
            Piece::Copy(len) => {
                *n += len;
                *o += len;
            }
            Piece::Block { original, normalized } => {
                self.block(*n, *o, normalized, original);
                *n += normalized;
                *o += original;
            }
            Piece::Gap { original, owned } => {
                self.gap(*n, *o, original, owned);
                *o += original;
            }
        }
    }

    pub(super) fn to_original(&self, range: Range<usize>, original: usize) -> Range<usize> {
        let runs = &self.0;
        let start = match runs[..runs.partition_point(|r| r.n() <= range.start)].last() {
            Some(run) if run.is_block() => run.o(),
            Some(run) => run.o() + (range.start - run.n()),
            None => range.start,
        };
        if range.is_empty() {
            return start..start;
        }
        let mut next = runs.partition_point(|r| r.n() < range.end);
        let mut end = match runs[..next].last() {
            Some(run) if run.is_block() => runs.get(next).map_or(original, |r| r.o()),
            Some(run) => run.o() + (range.end - run.n()),
            None => range.end,
        };
        while let Some(run) = runs.get(next).filter(|r| r.n() == range.end && r.is_owned()) {
            end = run.o();
            next += 1;
        }
        start..end.max(start)
    }

    pub(super) fn to_normalized(&self, range: Range<usize>, normalized: usize) -> Range<usize> {
        let runs = &self.0;
        let limit = |next: usize| runs.get(next).map_or(normalized, |r| r.n());
        let next = runs.partition_point(|r| r.o() <= range.start);
        let start = match runs[..next].last() {
            Some(run) if run.is_block() => run.n(),
            Some(run) => (run.n() + (range.start - run.o())).min(limit(next)),
            None if runs.is_empty() => range.start,
            None => 0,
        };
        if range.is_empty() {
            return start..start;
        }
        let next = runs.partition_point(|r| r.o() < range.end);
        let end = match runs[..next].last() {
            Some(run) if run.is_block() => limit(next),
            Some(run) => (run.n() + (range.end - run.o())).min(limit(next)),
            None if runs.is_empty() => range.end,
            None => 0,
        };
        start.min(end)..end
    }

    /// The runs of doing `self` first (`original` bytes to `middle` bytes) and then `then` (to `normalized` bytes).
    pub(crate) fn then(&self, then: &Runs, original: usize, middle: usize, normalized: usize) -> Runs {
        if self.0.is_empty() {
            return then.clone();
        }
        if then.0.is_empty() {
            return self.clone();
        }
        let mut first = Cutter::new(self.pieces(middle, original));
        let mut second = Cutter::new(then.pieces(normalized, middle));
        let (mut runs, mut n, mut o) = (Runs::default(), 0, 0);
        // Whether the second edit has just dropped something, and whether that belongs to the letter before.
        let mut dropped = None;
        while let Some(a) = first.head() {
            // What the first edit dropped is in no text that the second one saw; it shares the fate of its letter.
            if let Piece::Gap { original, owned } = a {
                first.next();
                let owned = if owned { dropped.unwrap_or(true) } else { false };
                runs.push(Piece::Gap { original, owned }, &mut n, &mut o);
                continue;
            }
            dropped = None;
            let Some(b) = second.head() else { break };
            match (a, b) {
                (Piece::Copy(x), Piece::Copy(y)) => {
                    let len = x.min(y);
                    first.cut(len);
                    second.cut(len);
                    runs.push(Piece::Copy(len), &mut n, &mut o);
                }
                (Piece::Copy(x), Piece::Gap { original: y, owned }) => {
                    let len = x.min(y);
                    first.cut(len);
                    second.cut(len);
                    dropped = Some(owned);
                    runs.push(Piece::Gap { original: len, owned }, &mut n, &mut o);
                }
                // One of them replaced a stretch as one: take both on until they meet again.
                _ => {
                    let (mut done, mut seen) = (0, 0);
                    let (mut block, mut out, mut owned) = (0, 0, false);
                    let mut from_first = matches!(a, Piece::Block { .. });
                    loop {
                        if from_first {
                            match first.next().expect("both edits speak of the same middle text") {
                                Piece::Copy(len) => {
                                    let take = len.min(seen - done);
                                    first.unread(len - take);
                                    done += take;
                                    block += take;
                                }
                                Piece::Block { original, normalized } => {
                                    done += normalized;
                                    block += original;
                                }
                                Piece::Gap { original, .. } => block += original,
                            }
                        } else {
                            match second.next().expect("both edits speak of the same middle text") {
                                Piece::Copy(len) => {
                                    let take = len.min(done - seen);
                                    second.unread(len - take);
                                    seen += take;
                                    out += take;
                                }
                                Piece::Block { original, normalized } => {
                                    seen += original;
                                    out += normalized;
                                }
                                Piece::Gap { original, owned: with } => {
                                    seen += original;
                                    owned = with;
                                }
                            }
                        }
                        if done == seen {
                            break;
                        }
                        from_first = done < seen;
                    }
                    dropped = (out == 0).then_some(owned);
                    let piece = match out {
                        0 => Piece::Gap { original: block, owned },
                        _ => Piece::Block { original: block, normalized: out },
                    };
                    runs.push(piece, &mut n, &mut o);
                }
            }
        }
        runs
    }
}

/// Pieces taken one by one, or in parts.
struct Cutter(Vec<Piece>);

impl Cutter {
    fn new(mut pieces: Vec<Piece>) -> Self {
        pieces.reverse();
        Cutter(pieces)
    }

    fn head(&self) -> Option<Piece> {
        self.0.last().copied()
    }

    fn next(&mut self) -> Option<Piece> {
        self.0.pop()
    }

    /// Gives back the end of a copied stretch.
    fn unread(&mut self, len: usize) {
        if len > 0 {
            self.0.push(Piece::Copy(len));
        }
    }

    fn cut(&mut self, len: usize) {
        match self.0.pop() {
            Some(Piece::Copy(all)) if all > len => self.0.push(Piece::Copy(all - len)),
            Some(Piece::Gap { original, owned }) if original > len => {
                self.0.push(Piece::Gap { original: original - len, owned });
            }
            _ => {}
        }
    }
}

/// Where each part of a normalized text came from, apart from the texts: in bytes, or in code points.
#[derive(Debug, Clone)]
pub struct Alignment {
    way: Way,
    normalized: usize,
    original: usize,
}

/// Two ways to write down one thing; the shorter one is taken.
#[derive(Debug, Clone)]
enum Way {
    Runs(Runs),
    Kept(Kept),
}

impl PartialEq for Alignment {
    fn eq(&self, other: &Alignment) -> bool {
        let same = match (&self.way, &other.way) {
            (Way::Runs(a), Way::Runs(b)) => a == b,
            (Way::Kept(a), Way::Kept(b)) => a == b,
            _ => *self.runs() == *other.runs(),
        };
        same && (self.normalized, self.original) == (other.normalized, other.original)
    }
}

impl Eq for Alignment {}

impl Alignment {
    /// The alignment of texts of these lengths.
    pub(crate) fn new(mut runs: Runs, normalized: usize, original: usize) -> Self {
        let way = match Kept::of(&runs, normalized, original) {
            Some(kept) => Way::Kept(kept),
            None => {
                runs.0.shrink_to_fit();
                Way::Runs(runs)
            }
        };
        Alignment { way, normalized, original }
    }

    /// The same from what a pass kept.
    pub(crate) fn sieved(sieve: Sieve, normalized: usize, original: usize) -> Self {
        let way = match sieve.finish() {
            Ok(kept) => Way::Kept(kept),
            Err(mut runs) => {
                runs.0.shrink_to_fit();
                Way::Runs(runs)
            }
        };
        Alignment { way, normalized, original }
    }

    fn runs(&self) -> Cow<'_, Runs> {
        match &self.way {
            Way::Runs(runs) => Cow::Borrowed(runs),
            Way::Kept(kept) => Cow::Owned(kept.runs()),
        }
    }

    /// The length of the original text.
    pub fn original_len(&self) -> usize {
        self.original
    }

    /// The length of the normalized text.
    pub fn normalized_len(&self) -> usize {
        self.normalized
    }

    /// The bytes that it takes.
    pub fn memory(&self) -> usize {
        match &self.way {
            Way::Runs(runs) => runs.0.capacity() * Runs::EACH,
            Way::Kept(kept) => kept.memory(),
        }
    }

    /// What `range` of the normalized text was made of; see [`Aligned::to_original`].
    pub fn to_original(&self, range: Range<usize>) -> Range<usize> {
        match &self.way {
            Way::Runs(runs) => runs.to_original(range, self.original),
            Way::Kept(kept) => kept.to_original(range),
        }
    }

    /// What became of `range` of the original; see [`Aligned::to_normalized`].
    pub fn to_normalized(&self, range: Range<usize>) -> Range<usize> {
        match &self.way {
            Way::Runs(runs) => runs.to_normalized(range, self.normalized),
            Way::Kept(kept) => kept.to_normalized(range),
        }
    }

    /// From bytes to code points: letters that only changed their length are letters that stayed.
    fn in_code_points(&self, normalized: &str, original: &str) -> Alignment {
        let points =
            |text: &str, range: Range<usize>| text.as_bytes()[range].iter().filter(|&&b| (b as i8) >= -0x40).count();
        let mut runs = Runs::default();
        let (mut n, mut o) = (0, 0);
        let (mut to_n, mut to_o) = (0, 0);
        for piece in self.runs().pieces(self.normalized, self.original) {
            let (dn, d_o) = match piece {
                Piece::Copy(len) => (len, len),
                Piece::Block { original, normalized } => (normalized, original),
                Piece::Gap { original, .. } => (0, original),
            };
            let (pn, po) = (points(normalized, n..n + dn), points(original, o..o + d_o));
            (n, o) = (n + dn, o + d_o);
            let piece = match piece {
                // A letter that became shorter is counted where it begins.
                Piece::Copy(_) => Piece::Copy(pn),
                Piece::Block { .. } if (pn, po) == (1, 1) => Piece::Copy(1),
                Piece::Block { .. } => Piece::Block { original: po, normalized: pn },
                Piece::Gap { .. } if po == 0 => continue,
                Piece::Gap { owned, .. } => Piece::Gap { original: po, owned },
            };
            runs.push(piece, &mut to_n, &mut to_o);
        }
        Alignment::new(runs, to_n, to_o)
    }

    /// The runs as bytes, for [`Alignment::from_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        self.runs().0.iter().flat_map(|r| [r.normalized, r.original]).flat_map(u32::to_le_bytes).collect()
    }

    /// The alignment of texts of these lengths from its runs; `None` if they do not fit.
    pub fn from_bytes(bytes: &[u8], normalized: usize, original: usize) -> Option<Alignment> {
        let word = |b: &[u8]| u32::from_le_bytes(b.try_into().expect("four bytes"));
        let runs =
            bytes.chunks(8).map(|b| (b.len() == 8).then(|| Run { normalized: word(&b[..4]), original: word(&b[4..]) }));
        let runs: Vec<Run> = runs.collect::<Option<_>>()?;
        let apart = |n: usize, o: usize, r: &Run| Some((n.checked_sub(r.n())?, o.checked_sub(r.o())?));
        let fits = |n, o, r: &Run| apart(n, o, r).is_some_and(|(dn, d_o)| dn <= d_o || r.is_block());
        let ordered =
            runs.first().is_none_or(|r| r.n() == 0) && runs.windows(2).all(|w| fits(w[1].n(), w[1].o(), &w[0]));
        let fits = runs.last().is_none_or(|r| fits(normalized, original, r));
        (ordered && fits).then(|| Alignment::new(Runs(runs), normalized, original))
    }
}

/// A normalized text that knows where each part of it came from.
///
/// ```
/// use khabar::normalize::{Normalizer, Options};
///
/// let original = "قُصِفَت الرَّقّة";
/// let aligned = Normalizer::new(Options::profile("search").unwrap()).align(original);
/// let found = aligned.text.find("الرقه").unwrap();
/// assert_eq!(&original[aligned.to_original(found..aligned.text.len())], "الرَّقّة");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aligned {
    pub text: String,
    alignment: Alignment,
}

impl Aligned {
    pub(crate) fn new(text: String, original_len: usize, runs: Runs) -> Self {
        let alignment = Alignment::new(runs, text.len(), original_len);
        Aligned { text, alignment }
    }

    /// A text that was not changed.
    pub fn identity(text: &str) -> Self {
        Aligned::new(text.to_owned(), text.len(), Runs::default())
    }

    /// The length in bytes of the text that was given.
    pub fn original_len(&self) -> usize {
        self.alignment.original
    }

    /// The bytes that the alignment takes beside the text.
    pub fn memory(&self) -> usize {
        self.alignment.memory()
    }

    /// The bytes of the original that `range` of the normalized text was made of.
    ///
    /// A letter has its marks with it: those dropped after the last letter are covered, those dropped before the first
    /// one belong to the letter before. A part of something replaced as one (a ligature, a link) stands for all of it.
    pub fn to_original(&self, range: Range<usize>) -> Range<usize> {
        self.alignment.to_original(range)
    }

    /// What became of the bytes `range` of the original, in bytes of the normalized text.
    ///
    /// ```
    /// use khabar::normalize::{Normalizer, Options};
    ///
    /// let original = "عــام ٢٠١٧";
    /// let aligned = Normalizer::new(Options::profile("search").unwrap()).align(original);
    /// let year = original.find("٢٠١٧").unwrap();
    /// assert_eq!(&aligned.text[aligned.to_normalized(year..original.len())], "2017");
    /// ```
    pub fn to_normalized(&self, range: Range<usize>) -> Range<usize> {
        self.alignment.to_normalized(range)
    }

    /// The alignment in code points, the index of a Python string.
    ///
    /// ```
    /// use khabar::normalize::Normalizer;
    ///
    /// let original = "قصـف ٢٠١٧";
    /// let points = Normalizer::default().align(original).in_code_points(original);
    /// assert_eq!(points.to_original(4..8), 5..9);
    /// ```
    pub fn in_code_points(&self, original: &str) -> Alignment {
        self.alignment.in_code_points(&self.text, original)
    }
}
