//! The words that a thread has looked up. Most words of a report were met before.

use std::cell::RefCell;
use std::hash::Hasher;
use std::rc::Rc;

use rustc_hash::FxHasher;

use super::Lexicon;
use super::analysis::{Analysis, LONGEST, SHORT, Seen};

/// The places for words. A word may stand in any of a few, side by side: a new one comes to the last of them, and each time that it is
/// met again it goes one place forward. So what is common stays, and words met once are forgotten for each other (of news, a sixth
/// to a fifth fewer are looked up afresh than where the oldest is forgotten).
const PLACES: usize = 1 << 15;
const CHOICE: usize = 4;

/// What is known of a word where it is looked up, in one line of memory.
#[repr(align(64))]
struct Place {
    key: u128,
    len: u8,
    seen: Seen,
    analysis: Option<Rc<Analysis>>,
}

const EMPTY: Place = Place { key: 0, len: 0, seen: Seen::NOTHING, analysis: None };

#[derive(Default)]
struct Memory {
    /// The number of the lexicon that the words were looked up in.
    lexicon: u64,
    places: Vec<Place>,
}

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// The bytes of a word that lies in a text, if it is short; else two hashes of it.
#[inline]
fn key(text: &str, start: usize, end: usize) -> u128 {
    let bytes = text.as_bytes();
    let len = end - start;
    if len > SHORT {
        return long_key(&bytes[start..end]);
    }
    match bytes.get(start..start + 16).and_then(|b| b.try_into().ok()) {
        Some(all) => u128::from_le_bytes(all) & (u128::MAX >> (8 * (16 - len).min(15))),
        None => {
            let mut out = [0; 16];
            out[..len].copy_from_slice(&bytes[start..end]);
            u128::from_le_bytes(out)
        }
    }
}

fn long_key(bytes: &[u8]) -> u128 {
    let half = |seed: u64| {
        let mut hasher = FxHasher::default();
        hasher.write_u64(seed);
        hasher.write(bytes);
        u128::from(hasher.finish())
    };
    half(1) << 64 | half(2)
}

/// The first of the places of a word.
#[inline]
fn first(key: u128) -> usize {
    let mixed = (key as u64 ^ ((key >> 64) as u64).rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    CHOICE * ((mixed >> 40) as usize % (PLACES / CHOICE))
}

impl Place {
    #[inline]
    fn holds(&self, key: u128, word: &str) -> Option<&Rc<Analysis>> {
        let same = self.key == key && self.len as usize == word.len();
        let analysis = self.analysis.as_ref().filter(|_| same)?;
        // Two long words may have the same hashes.
        (word.len() <= SHORT || analysis.is_of_long(word)).then_some(analysis)
    }
}

impl Memory {
    #[inline]
    fn look_up(&mut self, lexicon: &Lexicon, text: &str, start: usize, end: usize) -> (Seen, Rc<Analysis>) {
        let word = &text[start..end];
        if word.len() > LONGEST {
            let analysis = lexicon.analyse_afresh(word);
            return (analysis.seen, Rc::new(analysis));
        }
        let key = key(text, start, end);
        let at = first(key);
        let places = &mut self.places[at..at + CHOICE];
        for (i, place) in places.iter().enumerate() {
            if let Some(analysis) = place.holds(key, word) {
                let found = (place.seen, analysis.clone());
                if i > 0 {
                    places.swap(i - 1, i);
                }
                return found;
            }
        }
        let analysis = Rc::new(lexicon.analyse_afresh(word));
        let free = places.iter().position(|place| place.analysis.is_none()).unwrap_or(CHOICE - 1);
        places[free] = Place { key, len: word.len() as u8, seen: analysis.seen, analysis: Some(analysis.clone()) };
        (analysis.seen, analysis)
    }
}

impl Lexicon {
    /// Everything known about a folded word.
    pub fn analyse(&self, word: &str) -> Rc<Analysis> {
        self.remembering(|memory| memory.look_up(self, word, 0, word.len()).1)
    }

    /// The same of many words of a text, as the bytes where they stand.
    pub(crate) fn analyse_all(
        &self,
        text: &str,
        words: impl Iterator<Item = Option<(usize, usize)>>,
        mut each: impl FnMut(Option<(Seen, Rc<Analysis>)>),
    ) {
        self.remembering(|memory| {
            words.for_each(|word| each(word.map(|(start, end)| memory.look_up(self, text, start, end))));
        });
    }

    fn remembering<T>(&self, work: impl FnOnce(&mut Memory) -> T) -> T {
        MEMORY.with(|memory| {
            let memory = &mut *memory.borrow_mut();
            if memory.lexicon != self.id {
                memory.lexicon = self.id;
                memory.places.clear();
                memory.places.resize_with(PLACES, || EMPTY);
            }
            work(memory)
        })
    }
}
