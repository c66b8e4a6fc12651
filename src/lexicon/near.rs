//! Words of long names by what is left of them when one letter is lost: how a typing error finds its name.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};
use smallvec::SmallVec;

/// Shorter words are too near to others.
const SHORTEST: usize = 6;

/// The words of names, each under itself and under all that it may become without one letter.
#[derive(Debug, Default)]
pub struct Near {
    words: FxHashMap<u64, SmallVec<[u32; 4]>>,
    spelled: FxHashMap<u32, Box<str>>,
}

impl Near {
    /// Adds a folded word with its number, if it is long enough.
    pub fn add(&mut self, word: &str, id: u32) {
        if word.chars().count() < SHORTEST || self.spelled.contains_key(&id) {
            return;
        }
        self.spelled.insert(id, word.into());
        each_shorter(word, |hash| {
            let ids = self.words.entry(hash).or_default();
            if ids.last() != Some(&id) {
                ids.push(id);
            }
        });
    }

    /// The words that differ from this one by one letter: lost, added, another, or two in the wrong order.
    pub fn find(&self, word: &str) -> Vec<u32> {
        let mut out = Vec::new();
        if word.chars().count() + 1 < SHORTEST {
            return out;
        }
        each_shorter(word, |hash| {
            for id in self.words.get(&hash).into_iter().flatten() {
                if !out.contains(id) && is_one_off(word, &self.spelled[id]) {
                    out.push(*id);
                }
            }
        });
        out
    }

    /// The word of that number.
    pub fn spelled(&self, id: u32) -> &str {
        self.spelled.get(&id).map_or("", |w| w)
    }
}

/// The hash of a word, and of what is left of it without each of its letters.
fn each_shorter(word: &str, mut then: impl FnMut(u64)) {
    let hash = |front: &str, back: &str| {
        let mut hasher = FxHasher::default();
        front.bytes().chain(back.bytes()).for_each(|b| hasher.write_u8(b));
        hasher.finish()
    };
    then(hash(word, ""));
    for (at, letter) in word.char_indices() {
        then(hash(&word[..at], &word[at + letter.len_utf8()..]));
    }
}

/// Whether one letter lost, added or exchanged, or two neighbours in the other order, make one word of the other.
fn is_one_off(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[front..], &b[front..]);
    let back = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    match (&a[..a.len() - back], &b[..b.len() - back]) {
        ([_], []) | ([], [_]) | ([_], [_]) => true,
        ([x, y], [v, w]) => x == w && y == v,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_one_off;

    #[test]
    fn one_letter() {
        for (a, b, off) in [
            ("التحالف", "التحاف", true),
            ("التحالف", "التحاللف", true),
            ("القوات", "الوقات", true),
            ("بغداد", "بغذاد", true),
            ("بغداد", "بغداد", false),
            ("بغداد", "بغدا", true),
            ("بغداد", "بغضذد", false),
            ("دمشق", "مشدق", false),
        ] {
            assert_eq!(is_one_off(a, b), off, "{a} {b}");
            assert_eq!(is_one_off(b, a), off, "{b} {a}");
        }
    }
}
