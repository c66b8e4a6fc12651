//! Inflection: from a lemma to the forms it takes in unvowelled writing.
//!
//! Verbs are built from root and form by the templates of `lexicon/morphology.toml`; weak and doubled roots change
//! what stands for a radical, never the template. Nouns take the endings of case, number, gender and construct state.
//! Forms that only stand before a pronoun are marked `bound`.

mod noun;
mod verb;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::error::LexiconError;
use crate::segment::{Agreement, Gender, Number};

pub use noun::NounForms;
pub use verb::VerbRoot;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Category {
    Perfect,
    Imperfect,
    ActiveParticiple,
    PassiveParticiple,
    /// The verbal noun.
    Masdar,
    Noun,
    /// A word that is not inflected.
    Particle,
}

impl Category {
    pub fn is_finite(self) -> bool {
        matches!(self, Category::Perfect | Category::Imperfect)
    }

    pub fn is_participle(self) -> bool {
        matches!(self, Category::ActiveParticiple | Category::PassiveParticiple)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Voice {
    Active,
    Passive,
    /// Written alike without vowels: what stands around the verb decides.
    Either,
}

/// What a written form tells about the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Features {
    pub category: Category,
    pub voice: Voice,
    pub agreement: Agreement,
    /// A construct form (dual or sound plural without its noon): a genitive follows.
    pub construct: bool,
    /// A case ending that shows: the accusative alef.
    pub accusative: bool,
    /// A short form of a weak verb that only stands behind some negations and commands.
    pub jussive: bool,
}

impl Features {
    pub fn of(category: Category) -> Self {
        Features {
            category,
            voice: Voice::Active,
            agreement: Agreement::default(),
            construct: false,
            accusative: false,
            jussive: false,
        }
    }

    pub fn is_dual(&self) -> bool {
        self.agreement.number == Some(Number::Dual)
    }

    pub fn is_plural(&self) -> bool {
        self.agreement.number == Some(Number::Plural)
    }

    /// A dual or sound masculine plural with its noon: no genitive follows.
    pub fn is_absolute(&self) -> bool {
        !self.construct && (self.is_dual() || self.is_plural() && self.agreement.gender == Some(Gender::Masculine))
    }

    /// Two or more.
    pub fn is_several(&self) -> bool {
        self.is_plural() || self.is_dual()
    }
}

/// One written form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Inflected {
    pub form: String,
    pub features: Features,
    /// Stands only before a pronoun.
    pub bound: bool,
}

/// A stem with an ending, or a prefix with a stem.
fn glue(front: &str, back: &str) -> String {
    [front, back].concat()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Letters {
    alef: char,
    waw: char,
    yeh: char,
    hamza: char,
    teh: char,
    heh: char,
    teh_marbuta: char,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FormTemplates {
    number: u8,
    perfect: String,
    imperfect: String,
    active: String,
    passive: String,
    passive_perfect: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Ending {
    #[serde(default)]
    prefix: String,
    ending: String,
    before_pronoun: Option<String>,
    #[serde(default)]
    short: bool,
    person: u8,
    gender: Option<Gender>,
    number: Number,
}

impl Ending {
    fn agreement(&self) -> Agreement {
        Agreement { person: self.person, gender: self.gender, number: Some(self.number) }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NounEndings {
    feminine: String,
    feminine_bound: String,
    accusative: String,
    dual: Vec<String>,
    dual_construct: Vec<String>,
    plural_masculine: Vec<String>,
    plural_masculine_construct: Vec<String>,
    plural_feminine: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Morphology {
    letters: Letters,
    infix: FxHashMap<String, String>,
    form: Vec<FormTemplates>,
    perfect: Vec<Ending>,
    imperfect: Vec<Ending>,
    noun: NounEndings,
}

impl Morphology {
    /// Reads the tables, with every text folded as `fold` folds it.
    pub fn from_toml(file: &str, source: &str) -> Result<Self, LexiconError> {
        toml::from_str(source).map_err(|e| LexiconError::toml(file, source, &e))
    }

    /// Whether a word has the ending of an adjective of relation, in the feminine.
    pub fn looks_feminine_adjective(&self, word: &str) -> bool {
        let mut letters = word.chars().rev();
        letters.next().is_some_and(|l| self.is_feminine_letter(l))
            && letters.next() == Some(self.letters.yeh)
            && letters.count() >= 2
    }

    /// Teh marbuta, or the heh that it is often written as.
    fn is_feminine_letter(&self, letter: char) -> bool {
        letter == self.letters.heh || letter == self.letters.teh_marbuta
    }

    /// Whether a word has the feminine ending.
    pub fn looks_feminine(&self, word: &str) -> bool {
        word.chars().next_back().is_some_and(|l| self.is_feminine_letter(l))
    }

    /// Whether a word ends like an adjective of relation of either gender.
    pub fn looks_related(&self, word: &str) -> bool {
        let last = word.chars().next_back();
        last == Some(self.letters.yeh) && word.chars().count() >= 5 || self.looks_feminine_adjective(word)
    }

    /// Whether a word ends like an indefinite accusative.
    pub fn looks_accusative(&self, word: &str) -> bool {
        word.ends_with(self.letters.alef) && word.chars().count() >= 4
    }

    /// Whether two sound masculine plurals stand in two cases that show: one as subject, the other not.
    pub fn clash_in_case(&self, first: &str, second: &str) -> bool {
        let case = |word: &str| self.noun.plural_masculine.iter().position(|ending| word.ends_with(ending.as_str()));
        matches!((case(first), case(second)), (Some(a), Some(b)) if a != b)
    }

    /// Whether a word ends like a dual or sound masculine plural that is subject.
    pub fn looks_nominative(&self, word: &str) -> bool {
        let ends = |ending: &String| word.ends_with(ending.as_str());
        self.noun.plural_masculine.first().is_some_and(ends) || self.noun.dual.first().is_some_and(ends)
    }

    /// Whether it ends like one that is not.
    pub fn looks_oblique(&self, word: &str) -> bool {
        self.noun.plural_masculine.get(1).is_some_and(|ending| word.ends_with(ending.as_str()))
    }

    /// Whether a word as it is written ends like a feminine adjective of relation.
    pub fn is_written_feminine(&self, word: &str) -> bool {
        let mut letters = word.chars().rev();
        letters.next() == Some(self.letters.teh_marbuta) && letters.next() == Some(self.letters.yeh)
    }

    /// Whether a word is a feminine noun of no list with a pronoun, or two of it: its ending opens before them.
    pub fn is_opened(&self, word: &str, lemma: &str) -> bool {
        let stem = lemma.strip_suffix(|l| self.is_feminine_letter(l)).filter(|s| s.chars().count() >= 3);
        let ending = stem.and_then(|s| word.strip_prefix(s)).and_then(|rest| rest.strip_prefix(self.letters.teh));
        ending.is_some_and(|e| (1..=3).contains(&e.chars().count()))
    }

    /// Whether a word ends like a noun with the pronoun of one.
    pub fn ends_in_heh(&self, word: &str) -> bool {
        word.ends_with(self.letters.heh) && word.chars().count() >= 4
    }

    /// Whether a word has the shape of a third person imperfect: its prefix, and letters enough for a root.
    pub fn looks_imperfect(&self, word: &str) -> bool {
        word.starts_with(self.letters.yeh) && word.chars().count() >= 4
    }
}
