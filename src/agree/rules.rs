//! What `lexicon/agreement.toml` says: when two reports speak of one thing.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::kin::{self, Kin, States};
use super::words::{Lemma, Words};
use crate::error::LexiconError;
use crate::lexicon::Lexicon;

const FILE: &str = "agreement.toml";
const BUILT_IN: &str = include_str!("../../lexicon/agreement.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    points: Points,
    near: Near,
    time: Times,
    number: Numbers,
    passage: Passage,
    rare: Rare,
    alike: Vec<Alike>,
    symmetric: Types,
    hostile: Types,
    lasting: Types,
    placeless: Types,
    exclusive: Types,
    partial: Types,
    state: State,
    alliance: Vec<Alliance>,
    noun: Vec<Nouns>,
    no_fact: Nouns,
    in_order: Nouns,
    rest: Nouns,
}

/// What each thing that two claims share counts for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Points {
    pub enough: f32,
    /// How much of what two groups share is what their nearest members do; the rest is what all do on the mean.
    pub nearest: f32,
    pub same_type: f32,
    pub alike_type: f32,
    pub same_place: f32,
    /// Of a place that very many reports name; as many as name it, `same_place` falls to this.
    pub common_place: f32,
    pub nested_place: f32,
    pub near_place: f32,
    pub wide_place: f32,
    pub same_time: f32,
    pub next_time: f32,
    pub assumed_time: f32,
    pub same_party: f32,
    pub common_party: f32,
    pub other_party: f32,
    pub same_number: f32,
    /// More for one of three digits or more.
    pub long_number: f32,
    pub near_number: f32,
    pub other_number: f32,
    pub same_noun: f32,
    pub shared_word: f32,
    pub most_words: f32,
    pub same_text: f32,
    pub assumed: f32,
}

impl Points {
    /// No two claims share more.
    fn most(&self) -> f32 {
        let place = [self.same_place, self.common_place, self.nested_place, self.near_place, self.wide_place];
        let best: [&[f32]; 10] = [
            &place,
            &[self.assumed],
            &[self.same_time, self.next_time, self.assumed_time],
            &[self.same_type, self.alike_type],
            &[self.same_number, self.near_number, self.other_number],
            &[self.long_number],
            &[self.same_noun],
            &[self.most_words],
            &[self.same_text],
            &[self.same_party, self.common_party, self.other_party],
        ];
        let most = |points: &[f32]| points.iter().fold(0.0, |a: f32, b| a.max(*b));
        // Agent, patient and cause.
        best.into_iter().map(most).sum::<f32>() + 2.0 * most(best[9])
    }
}

/// Kilometres between two places that may be one event's.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Near {
    pub city: f64,
    pub part: f64,
    pub natural: f64,
    pub region: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Times {
    pub days_back: i64,
    pub lasting_days_back: i64,
    pub days_apart: i64,
    since: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbers {
    pub factor: f64,
    pub above: f64,
    pub about: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passage {
    /// How many words on either side of a claim belong to its passage.
    pub words: usize,
    pub shared: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rare {
    reports: f32,
    share: f32,
}

/// How much it says that two reports share something.
#[derive(Debug, Clone, Copy)]
pub struct Rarity {
    reports: f32,
    few: f32,
}

impl Rarity {
    /// From 1, for what few reports have, down to 0 for what all have.
    pub fn weight(&self, reports: u32) -> f32 {
        let reports = reports as f32;
        if reports <= self.few { 1.0 } else { (self.reports / reports).ln() / (self.reports / self.few).ln() }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Alike {
    types: [String; 2],
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Types {
    types: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct State {
    types: Vec<String>,
    but: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Alliance {
    whole: String,
    members: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nouns {
    words: Vec<String>,
}

/// What the rules say of a type of claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Traits {
    /// Either party may be named first.
    pub symmetric: bool,
    pub hostile: bool,
    /// It goes on for days: a siege, a round of talks, people who are trapped.
    pub lasting: bool,
    /// Who does it to whom is all that it is: it happens in no one place.
    pub placeless: bool,
    /// Only one of two enemies can have done it.
    pub exclusive: bool,
    /// A bit for the type, and those of the types that may name the same.
    own: u64,
    alike: u64,
}

impl Traits {
    /// Whether two types may name one event, and be it under another name.
    pub fn are_alike(&self, other: &Self) -> bool {
        self.alike & other.own != 0
    }
}

/// The rules, ready to be asked.
#[derive(Debug)]
pub struct Rules {
    pub points: Points,
    /// No two claims share more points.
    pub most: f32,
    pub near: Near,
    pub time: Times,
    pub number: Numbers,
    pub passage: Passage,
    rare: Rare,
    since: Vec<String>,
    /// Of a type that may have another name: a bit for itself, and those of its names.
    bits: FxHashMap<String, (u64, u64)>,
    /// Types that may be joined, one way or another, have one name here.
    family: FxHashMap<String, String>,
    symmetric: FxHashSet<String>,
    hostile: FxHashSet<String>,
    lasting: FxHashSet<String>,
    placeless: FxHashSet<String>,
    exclusive: FxHashSet<String>,
    partial: FxHashSet<String>,
    nouns: FxHashMap<Lemma, Lemma>,
    no_fact: FxHashSet<Lemma>,
    in_order: FxHashSet<Lemma>,
    rest: FxHashSet<Lemma>,
    kin: FxHashMap<String, Kin>,
}

impl Rules {
    /// The built-in rules, in the spelling that `lexicon` compares.
    ///
    /// # Errors
    /// None, unless the file that the crate was built with has a mistake.
    pub fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        Rules::from_toml(FILE, BUILT_IN, lexicon)
    }

    /// The rules of a file in the form of `lexicon/agreement.toml`.
    ///
    /// # Errors
    /// It is no TOML, or a field is missing or unknown; with the line.
    pub fn from_toml(file: &str, source: &str, lexicon: &Lexicon) -> Result<Self, LexiconError> {
        let file: File = toml::from_str(source).map_err(|e| LexiconError::toml(file, source, &e))?;
        let mut words = Words::new(lexicon);
        let mut lemmas = |list: &[String]| -> Vec<Lemma> { list.iter().filter_map(|w| words.noun(w)).collect() };
        let mut nouns = FxHashMap::default();
        for group in &file.noun {
            let lemmas = lemmas(&group.words);
            nouns.extend(lemmas.iter().map(|l| (*l, lemmas[0])));
        }
        let [no_fact, in_order, rest] =
            [&file.no_fact, &file.in_order, &file.rest].map(|list| lemmas(&list.words).into_iter().collect());
        let mut family: FxHashMap<String, String> = FxHashMap::default();
        for Alike { types: [a, b] } in &file.alike {
            let name = |t: &String| family.get(t).unwrap_or(t).clone();
            let (one, other) = (name(a), name(b));
            family.entry(a.clone()).or_insert_with(|| one.clone());
            family.entry(b.clone()).or_insert_with(|| one.clone());
            family.values_mut().filter(|f| **f == other).for_each(|f| f.clone_from(&one));
        }
        let mut bits: FxHashMap<String, (u64, u64)> = FxHashMap::default();
        for Alike { types: [a, b] } in file.alike {
            let [one, other] = [&a, &b].map(|kind| {
                // A bit that two types share is for a file of a hundred types; it joins no other families.
                let next = 1 << (bits.len() % 64);
                bits.entry(kind.clone()).or_insert((next, 0)).0
            });
            bits.entry(a).and_modify(|(_, alike)| *alike |= other);
            bits.entry(b).and_modify(|(_, alike)| *alike |= one);
        }
        let states =
            States { types: file.state.types.into_iter().collect(), but: file.state.but.into_iter().collect() };
        let alliances: Vec<_> = file.alliance.into_iter().map(|a| (a.whole, a.members)).collect();
        Ok(Rules {
            most: file.points.most(),
            points: file.points,
            near: file.near,
            since: file.time.since.iter().map(|w| lexicon.fold.word(w)).collect(),
            time: file.time,
            number: file.number,
            passage: file.passage,
            rare: file.rare,
            bits,
            family,
            symmetric: file.symmetric.types.into_iter().collect(),
            hostile: file.hostile.types.into_iter().collect(),
            lasting: file.lasting.types.into_iter().collect(),
            placeless: file.placeless.types.into_iter().collect(),
            exclusive: file.exclusive.types.into_iter().collect(),
            partial: file.partial.types.into_iter().collect(),
            nouns,
            no_fact,
            in_order,
            rest,
            kin: kin::kin(lexicon, &states, &alliances),
        })
    }

    pub fn rarity(&self, reports: usize) -> Rarity {
        let reports = reports as f32;
        Rarity { reports, few: self.rare.reports.max(self.rare.share * reports) }
    }

    /// One name for all types that may be joined with this one.
    pub fn family<'a>(&'a self, kind: &'a str) -> &'a str {
        self.family.get(kind).map_or(kind, String::as_str)
    }

    /// What the rules say of a type.
    pub fn traits(&self, kind: &str) -> Traits {
        Traits {
            symmetric: self.symmetric.contains(kind),
            hostile: self.hostile.contains(kind),
            lasting: self.is_lasting(kind),
            placeless: self.placeless.contains(kind),
            exclusive: self.exclusive.contains(kind),
            own: self.bits.get(kind).map_or(0, |(own, _)| *own),
            alike: self.bits.get(kind).map_or(0, |(_, alike)| *alike),
        }
    }

    /// Whether it goes on for days: a siege, a round of talks, people who are trapped.
    pub fn is_lasting(&self, kind: &str) -> bool {
        self.lasting.contains(kind)
    }

    /// How many days before its report a claim without a time may lie.
    pub fn days_back(&self, kind: &str) -> i64 {
        if self.is_lasting(kind) { self.time.lasting_days_back } else { self.time.days_back }
    }

    /// One lemma for all nouns that are counted alike.
    pub fn noun(&self, lemma: Lemma) -> Lemma {
        self.nouns.get(&lemma).copied().unwrap_or(lemma)
    }

    pub fn is_no_fact(&self, noun: Lemma) -> bool {
        self.no_fact.contains(&noun)
    }

    /// Whether it is counted through: the fifth round, and not the second minister.
    pub fn is_in_order(&self, noun: Lemma) -> bool {
        self.in_order.contains(&noun)
    }

    /// A word for what is left of a thing.
    pub fn is_rest(&self, word: Lemma) -> bool {
        self.rest.contains(&word)
    }

    /// Whether it may be done to a share of a thing.
    pub fn is_partial(&self, kind: &str) -> bool {
        self.partial.contains(kind)
    }

    /// Whether a folded time begins a period that lasts until the report.
    pub fn is_since(&self, folded: &str) -> bool {
        self.since.iter().any(|s| folded.split_whitespace().next() == Some(s))
    }

    /// What a party belongs to.
    pub fn kin(&self, id: &str) -> Kin {
        self.kin.get(id).copied().unwrap_or_else(|| Kin::alone(id))
    }
}
