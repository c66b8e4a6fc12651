//! Names of several words: a trie over words, matched from any token on.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::fold::Fold;

/// What a name stands for. The number counts rows of that list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Referent {
    Actor(u32),
    /// A short form of an actor's name.
    ShortActor(u32),
    /// A name that is an ordinary word too.
    DoubtfulActor(u32),
    /// A capital that may stand for the government.
    Capital(u32),
    Place(u32),
    /// A phrase of a word list.
    Phrase(u32),
}

/// Interned words and the trie of their sequences.
#[derive(Debug, Default)]
pub struct Names {
    words: FxHashMap<Box<str>, u32>,
    next: FxHashMap<(u32, u32), u32>,
    referents: Vec<SmallVec<[Referent; 1]>>,
}

impl Names {
    /// Makes room for so many names.
    pub fn reserve(&mut self, names: usize) {
        self.words.reserve(names);
        self.next.reserve(2 * names);
        self.referents.reserve(2 * names);
    }

    pub fn word(&self, key: &str) -> Option<u32> {
        self.words.get(key).copied()
    }

    fn intern(&mut self, key: &str) -> u32 {
        if let Some(id) = self.words.get(key) {
            return *id;
        }
        let id = self.words.len() as u32;
        self.words.insert(key.into(), id);
        id
    }

    /// Adds a name as it is written in a lexicon; words are what `fold` leaves between spaces and signs.
    pub fn add(&mut self, name: &str, referent: Referent, fold: &Fold) {
        if self.referents.is_empty() {
            self.referents.push(SmallVec::new());
        }
        let folded = fold.text(name);
        let mut node = 0;
        let mut any = false;
        for word in words_of(&folded) {
            any = true;
            let word = self.intern(&fold.respell(word));
            let fresh = self.referents.len() as u32;
            node = *self.next.entry((node, word)).or_insert(fresh);
            if node == fresh {
                self.referents.push(SmallVec::new());
            }
        }
        let here = &mut self.referents[node as usize];
        if any && !here.contains(&referent) {
            here.push(referent);
        }
    }

    /// What a folded name stands for, all of it.
    pub fn find(&self, folded: &str) -> &[Referent] {
        let node = words_of(folded).try_fold(0, |node, word| self.step(node, self.word(word)?));
        node.map_or(&[], |node| self.referents(node))
    }

    pub fn step(&self, node: u32, word: u32) -> Option<u32> {
        self.next.get(&(node, word)).copied()
    }

    pub fn referents(&self, node: u32) -> &[Referent] {
        self.referents.get(node as usize).map_or(&[], |r| r.as_slice())
    }
}

/// The tokens of a name: runs of letters or of digits, as the segmenter cuts them.
fn words_of(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| !is_part(c));
        let first = rest.chars().next()?;
        let digits = first.is_ascii_digit();
        let end = rest.find(|c: char| !is_part(c) || c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(end);
        rest = tail;
        Some(word)
    })
}

/// Letters and digits. The plain Arabic letters first: they are nearly all of a name, and the general table is slow.
fn is_part(c: char) -> bool {
    matches!(c, '\u{621}'..='\u{63A}' | '\u{641}'..='\u{64A}') || c != ' ' && c.is_alphanumeric()
}
