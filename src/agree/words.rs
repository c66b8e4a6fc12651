//! Words as two reports are compared by them: lemmas for what a passage is about, runs of words for whose text it is.

use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher;

use crate::lexicon::{Facts, Lexicon};

/// A number that all forms of a word share.
pub type Lemma = u32;

/// The words of one text in their order.
#[derive(Debug, Default)]
pub struct Text {
    /// Code points.
    starts: Vec<i32>,
    ends: Vec<i32>,
    /// The written words, folded.
    written: Vec<u32>,
    /// 0: a word that says nothing of its own.
    lemmas: Vec<Lemma>,
}

/// Looks words up, each once.
pub struct Words<'l> {
    lexicon: &'l Lexicon,
    known: FxHashMap<String, (u32, Lemma)>,
}

impl<'l> Words<'l> {
    pub fn new(lexicon: &'l Lexicon) -> Self {
        Words { lexicon, known: FxHashMap::default() }
    }

    /// Cuts a text into words. `first` is the code point at which it begins.
    pub fn read(&mut self, text: &str, first: i32) -> Text {
        let mut out = Text::default();
        let mut begin: Option<(usize, i32)> = None;
        let letters = text.char_indices().chain([(text.len(), ' ')]);
        for (at, (byte, letter)) in (first..).zip(letters) {
            // Marks of vowels stand inside words and are no letters.
            let inside = is_letter(letter) || begin.is_some() && is_mark(letter);
            match begin {
                None if inside => begin = Some((byte, at)),
                Some((from, start)) if !inside => {
                    let (written, lemma) = self.look_up(&text[from..byte]);
                    out.starts.push(start);
                    out.ends.push(at);
                    out.written.push(written);
                    out.lemmas.push(lemma);
                    begin = None;
                }
                _ => {}
            }
        }
        out
    }

    /// The lemma of a counted noun: of its first word that has one.
    pub fn noun(&mut self, text: &str) -> Option<Lemma> {
        self.read(text, 0).lemmas.into_iter().find(|l| *l != 0)
    }

    /// A number for a phrase: that of its words' lemmas, whatever their clitics.
    pub fn phrase(&mut self, text: &str) -> Option<u32> {
        let lemmas: Vec<Lemma> = self.read(text, 0).lemmas.into_iter().filter(|l| *l != 0).collect();
        (!lemmas.is_empty()).then(|| hash(&lemmas))
    }

    fn look_up(&mut self, word: &str) -> (u32, Lemma) {
        if let Some(known) = self.known.get(word) {
            return *known;
        }
        let folded = self.lexicon.fold.word(word);
        let analysis = self.lexicon.analyse(&folded);
        let lemma = match analysis.readings.first() {
            _ if analysis.seen.facts.any(Facts::FUNCTION | Facts::CUE) => 0,
            Some(reading) => match self.lexicon.row(reading.row).folded.as_str() {
                // A row of many words: each is one of its own.
                "" => hash(&folded[reading.stem as usize..reading.end as usize]),
                lemma => hash(lemma),
            },
            None => {
                let front = analysis.fronts.iter().find(|f| f.clitics == analysis.seen.clitics);
                let stem = front.map_or(0, |f| f.stem as usize);
                if folded.chars().count() < 3 { 0 } else { hash(&folded[stem..]) }
            }
        };
        let found = (hash(folded.as_str()), lemma);
        self.known.insert(word.to_owned(), found);
        found
    }
}

impl Text {
    /// The words around a stretch of code points: so many on either side.
    fn around(&self, start: i32, end: i32, words: usize) -> std::ops::Range<usize> {
        let from = self.ends.partition_point(|e| *e <= start);
        let to = self.starts.partition_point(|s| *s < end);
        from.saturating_sub(words)..(to.max(from) + words).min(self.starts.len())
    }

    /// The lemmas near a stretch, in order and without repetition; those of the stretch itself are left out.
    pub fn context(&self, start: i32, end: i32, words: usize) -> Vec<Lemma> {
        let near = self.around(start, end, words);
        let own = |i: usize| self.starts[i] < end && self.ends[i] > start;
        let mut lemmas: Vec<Lemma> = near.filter(|i| !own(*i)).map(|i| self.lemmas[i]).filter(|l| *l != 0).collect();
        lemmas.sort_unstable();
        lemmas.dedup();
        lemmas
    }

    /// Its lemmas, each once.
    pub fn sorted(self) -> Vec<Lemma> {
        let mut lemmas: Vec<Lemma> = self.lemmas.into_iter().filter(|l| *l != 0).collect();
        lemmas.sort_unstable();
        lemmas.dedup();
        lemmas
    }

    /// The word before a stretch.
    pub fn before(&self, start: i32) -> Option<Lemma> {
        let from = self.ends.partition_point(|e| *e <= start);
        self.lemmas.get(from.checked_sub(1)?).copied().filter(|l| *l != 0)
    }

    /// Whether one of so many words before a stretch, or behind it, is such a word.
    pub fn has_near(&self, start: i32, end: i32, before: usize, behind: usize, such: impl Fn(Lemma) -> bool) -> bool {
        let from = self.ends.partition_point(|e| *e <= start);
        let to = self.starts.partition_point(|s| *s < end);
        (from.saturating_sub(before)..from)
            .chain(to..(to + behind).min(self.lemmas.len()))
            .any(|i| such(self.lemmas[i]))
    }

    /// The runs of three words near a stretch.
    pub fn shingles(&self, start: i32, end: i32, words: usize) -> Runs {
        let near = self.around(start, end, words);
        let mut sorted: Vec<u32> = self.written[near].windows(3).map(hash).collect();
        sorted.sort_unstable();
        sorted.dedup();
        let mut trace = [0; 4];
        sorted.iter().for_each(|run| trace[(run >> 6 & 3) as usize] |= 1u64 << (run & 63));
        Runs { sorted, trace }
    }
}

/// The runs of words of a passage.
#[derive(Debug, Default)]
pub struct Runs {
    pub sorted: Vec<u32>,
    /// A bit for each; several may share one.
    trace: [u64; 4],
}

impl Runs {
    pub fn len(&self) -> usize {
        self.sorted.len()
    }

    /// Whether two passages share so many; most share none, and their bits say so.
    pub fn share(&self, other: &Runs, least: f64) -> bool {
        // Each bit that the other has not is at least one run that it has not.
        let own = self.trace.iter().zip(other.trace).map(|(own, others)| (own & !others).count_ones() as usize).sum();
        (self.len().saturating_sub(own)) as f64 >= least && shared(&self.sorted, &other.sorted) as f64 >= least
    }
}

/// How many values two sorted lists share.
pub fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                n += 1;
                i += 1;
                j += 1;
            }
        }
    }
    n
}

/// The weight of what two sorted lists share.
pub fn weight_shared(a: &[(Lemma, f32)], b: &[(Lemma, f32)]) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1;
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

/// A letter or a digit; those of nearly every text are told from its signs by their range.
fn is_letter(letter: char) -> bool {
    match letter {
        '\0'..='\x7f' => letter.is_ascii_alphanumeric(),
        '\u{620}'..='\u{657}' => true,
        _ => letter.is_alphanumeric(),
    }
}

fn is_mark(letter: char) -> bool {
    !letter.is_ascii() && unicode_normalization::char::is_combining_mark(letter) || letter == '\u{640}'
}

pub fn hash<T: std::hash::Hash + ?Sized>(value: &T) -> u32 {
    let long = FxBuildHasher.hash_one(value);
    // 0 stands for none.
    ((long >> 32) as u32 ^ long as u32).max(1)
}
