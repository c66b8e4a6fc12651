//! The lexicons: loaded, checked, compiled. Built-in and user files go the same way.

mod analysis;
mod beginnings;
mod builtin;
mod compile;
mod confidence;
mod facts;
mod fold;
mod frames;
mod inflect;
pub mod lint;
mod load;
mod memory;
mod names;
mod near;
mod over;
mod rows;
mod sieve;
mod table;

use rustc_hash::FxHashMap;

use crate::morph::{Features, Morphology};
use crate::segment::{Letter, Segmenter};

pub use analysis::{Analysis, Key, Mark, Reading, Seen, Traces};
pub use beginnings::Beginnings;
pub use confidence::{Confidence, Weights};
pub use facts::Facts;
pub use fold::Fold;
pub use frames::{Frame, Frames};
pub use load::{Joint, NamePart, Turn};
pub use names::{Names, Referent};
pub use rows::{ActorRow, List, PhraseRow, PlaceRow, Roles, Row};
pub use sieve::{Sieve, bit};

/// The number of a word's row.
pub type RowId = u32;

/// One form of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Form {
    pub row: RowId,
    pub features: Features,
    pub bound: bool,
}

/// Compiled lexicons, shared by all threads.
#[derive(Debug)]
pub struct Lexicon {
    id: u64,
    pub segmenter: Segmenter,
    morphology: Morphology,
    pub fold: Fold,
    words: Vec<(List, Box<Row>)>,
    /// What each row may be.
    facts: Vec<Facts>,
    /// The glued prepositions as words are compared.
    prepositions: Vec<(Letter, String)>,
    pub actors: Vec<ActorRow>,
    pub places: Vec<PlaceRow>,
    forms: inflect::Forms,
    pub names: Names,
    /// The long words of the names of parties and large places.
    near: near::Near,
    pub frames: Frames,
    pub confidence: Confidence,
    pub phrases: Vec<Phrase>,
    /// The phrases that may begin with a word of a row.
    phrases_by_row: FxHashMap<RowId, Vec<Start>>,
    name_parts: FxHashMap<String, NamePart>,
    /// Prepositions that name the doer.
    by: Vec<String>,
}

/// Words that only together mean something.
#[derive(Debug)]
pub struct Phrase {
    pub turn: Turn,
    pub words: Vec<String>,
    /// What tells of most words of a text that they are none of these.
    pub marks: Vec<Mark>,
    pub gap: usize,
    pub trigger: usize,
    /// The row of a noun of several words, or one made of the phrase's own fields.
    pub row: RowId,
    pub of: Option<String>,
    pub harm_ok: bool,
}

/// Where a phrase begins, and what tells of most words that it does not go on with them.
#[derive(Debug, Clone, Copy)]
pub struct Start {
    pub phrase: u32,
    /// What its second word leaves, where it stands right behind the first.
    pub second: Option<Mark>,
}

/// Rule files of one's own, as (name, text), and behind them the built-in ones.
pub fn rule_files<'a>(own: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    own.iter().chain(builtin::RULES).copied().collect()
}

impl Lexicon {
    /// A glued preposition as words are compared.
    pub fn preposition(&self, clitic: Letter) -> &str {
        self.prepositions.iter().find(|(p, _)| *p == clitic).map_or("", |(_, word)| word)
    }

    /// What a row may be.
    pub fn facts(&self, id: RowId) -> Facts {
        self.facts[id as usize]
    }

    pub fn row(&self, id: RowId) -> &Row {
        &self.words[id as usize].1
    }

    /// Whether a word as it is written ends like a feminine adjective of relation.
    pub fn is_written_feminine(&self, word: &str) -> bool {
        self.morphology.is_written_feminine(word)
    }

    /// Whether a word ends like an indefinite accusative.
    pub fn looks_accusative(&self, word: &str) -> bool {
        self.morphology.looks_accusative(word)
    }

    /// The dual ending of a word that has the form of a feminine dual.
    pub fn feminine_dual<'w>(&self, word: &'w str) -> Option<&'w str> {
        self.morphology.feminine_dual(word)
    }

    /// Whether an unknown word has the shape of an imperfect verb.
    pub fn looks_finite(&self, word: &str) -> bool {
        self.morphology.looks_imperfect(word)
    }

    /// Whether a preposition can stand before a verb: "in order to".
    pub fn is_subjunctive(&self, preposition: &str) -> bool {
        let one = preposition.chars().nth(1).is_none();
        one && Letter::of(preposition).is_some_and(|p| self.segmenter.clitics.is_subjunctive(p))
    }

    /// Whether an unknown word ends like a feminine adjective of relation.
    pub fn looks_feminine_adjective(&self, word: &str) -> bool {
        self.morphology.looks_feminine_adjective(word)
    }

    /// Whether a word makes one part of a name with the word behind it.
    pub fn is_front_part(&self, word: &str) -> bool {
        self.name_parts.get(self.fold.respell(word).as_ref()).is_some_and(|p| p.joint == Joint::Front)
    }

    /// Whether two sound masculine plurals stand in two cases that show.
    pub fn clash_in_case(&self, first: &str, second: &str) -> bool {
        self.morphology.clash_in_case(first, second)
    }

    /// Whether a word ends like a dual or sound masculine plural that is subject.
    pub fn looks_nominative(&self, word: &str) -> bool {
        self.morphology.looks_nominative(word)
    }

    /// Whether it ends like one that is not.
    pub fn looks_oblique(&self, word: &str) -> bool {
        self.morphology.looks_oblique(word)
    }

    /// Whether a word has the feminine ending.
    pub fn looks_feminine(&self, word: &str) -> bool {
        self.morphology.looks_feminine(word)
    }

    /// Whether a word of no list is a feminine noun with a pronoun behind it: "its health".
    pub fn is_opened(&self, word: &str, lemma: &str) -> bool {
        self.morphology.is_opened(word, lemma)
    }

    /// Whether an unknown word ends like a noun with a pronoun: "his grace".
    pub fn looks_owned(&self, word: &str) -> bool {
        self.segmenter.clitics.ends_in_pronoun(word) || self.morphology.ends_in_heh(word)
    }

    /// Whether an unknown word ends like an adjective of relation.
    pub fn looks_related(&self, word: &str) -> bool {
        self.morphology.looks_related(word)
    }

    /// Whether a glued preposition can say where something is.
    pub fn is_place_clitic(&self, preposition: Letter) -> bool {
        self.segmenter.clitics.is_place(preposition)
    }

    /// Whether a glued preposition names an owner: the one that also means "in order to".
    pub fn is_possessive(&self, preposition: Letter) -> bool {
        self.segmenter.clitics.is_subjunctive(preposition)
    }

    /// Whether a preposition names the doer: "by", "at the hands of".
    pub fn is_by(&self, preposition: &str) -> bool {
        self.by.iter().any(|p| p == preposition)
    }

    /// Every row with its list, in the order of their numbers.
    pub fn rows(&self) -> impl Iterator<Item = (List, &Row)> {
        self.words.iter().map(|(list, row)| (*list, &**row))
    }

    pub fn list(&self, id: RowId) -> List {
        self.words[id as usize].0
    }

    /// The phrases that may begin with a word of this row.
    pub fn phrases_of(&self, row: RowId) -> &[Start] {
        self.phrases_by_row.get(&row).map_or(&[], |p| p.as_slice())
    }
}
