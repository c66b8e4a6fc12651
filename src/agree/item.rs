//! What is joined: each claim and each measured quantity, with its place, time, parties and number brought to one form.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::figure::Figure;
use super::kin::Kin;
use super::place::{Scale, Spot};
use super::rules::{Rarity, Traits};
use super::sheet::Mention;
use super::time::Window;
use super::words::{Lemma, Runs};

/// What a claim is a claim of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sort {
    Event,
    Casualty,
    Quantity,
}

/// A party in a role.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    pub text: &'a str,
    pub id: Option<&'a str>,
    /// What the one of that id belongs to.
    pub kin: Option<Kin>,
    /// A number for its words.
    pub words: Option<u32>,
    /// Where the sentence names it, in code points.
    pub at: Option<(i32, i32)>,
    /// How much it says that two claims name it: less, the more reports do.
    pub weight: f32,
}

#[derive(Debug)]
pub struct Item<'a> {
    pub sort: Sort,
    /// Its document, by number.
    pub doc: u32,
    pub at: Mention<'a>,
    pub claim_id: Option<&'a str>,
    pub what: &'a str,
    pub traits: Traits,
    pub spot: Option<Spot<'a>>,
    pub place: Option<&'a str>,
    /// Where that stands, in code points.
    pub place_at: Option<(i32, i32)>,
    pub time: Option<&'a str>,
    pub time_at: Option<(i32, i32)>,
    /// The time is not when it happened, but when somebody said that it had.
    pub said: bool,
    pub window: Window,
    pub agent: Option<Side<'a>>,
    pub patient: Option<Side<'a>>,
    pub figure: Figure<'a>,
    pub class: &'a str,
    pub victims: Option<&'a str>,
    /// The words of the name of the one who was harmed.
    pub person: Vec<Lemma>,
    /// The type of the event behind it.
    pub cause: Option<(&'a str, Traits)>,
    pub cumulative: bool,
    pub subset: bool,
    pub noun: Option<Lemma>,
    pub noun_text: Option<&'a str>,
    pub unit: Option<&'a str>,
    /// It measures what is left of a thing.
    pub rest: bool,
    /// The share of a thing that it was done to, in per cent, and where that stands.
    pub share: Option<(Figure<'a>, (i32, i32))>,
    /// It was done to a place, and no share of it is told.
    pub whole: bool,
    pub negated: bool,
    /// The same source tells the same of the same place: what it denies is less than that.
    pub denies_a_part: bool,
    pub realis: &'a str,
    pub source: Option<&'a str>,
    /// Numbers for whoever the claim goes back to: two claims that share one have one source.
    pub sources: Vec<u32>,
    /// The words around it, in order, each with how much it says that two claims share it.
    pub context: Vec<(Lemma, f32)>,
    pub shingles: Runs,
}

impl Item<'_> {
    /// Whether it speaks of what is still to come.
    pub fn is_ahead(&self) -> bool {
        self.realis == "planned" && !self.negated
    }

    /// Whether it says that something is not so.
    pub fn is_denial(&self) -> bool {
        self.negated || self.realis == "denied"
    }
}

/// What many reports share says little about two of them: words, parties, places and long times are weighed by the number of
/// reports that have them.
pub fn weigh(items: &mut [Item<'_>], rarity: &Rarity) {
    let mut words = Reports::default();
    let mut names = Reports::default();
    let mut times = Reports::default();
    for item in items.iter() {
        let named = [&item.agent, &item.patient].into_iter().flatten().filter_map(|s| s.id);
        named.chain(item.spot.as_ref().and_then(|s| s.id)).for_each(|id| names.count(id, item.doc));
        item.context.iter().for_each(|(lemma, _)| words.count(*lemma, item.doc));
        if item.window.is_long() {
            times.count(item.window.from, item.doc);
        }
    }
    let (words, names, times) = (words.weights(rarity), names.weights(rarity), times.weights(rarity));
    items.par_iter_mut().for_each(|item| {
        let of = |id: Option<&str>| id.map_or(1.0, |id| names[id]);
        item.context.iter_mut().for_each(|(lemma, weight)| *weight = words[lemma]);
        [&mut item.agent, &mut item.patient].into_iter().flatten().for_each(|side| side.weight = of(side.id));
        if let Some(spot) = &mut item.spot {
            spot.weight = of(spot.id);
        }
        if item.window.is_long() {
            item.window.weight = times[&item.window.from];
        }
    });
}

/// In how many reports something stands, which come one after the other: the last one that it was seen in, and how many there were.
struct Reports<K>(FxHashMap<K, (u32, u32)>);

impl<K> Default for Reports<K> {
    fn default() -> Self {
        Reports(FxHashMap::default())
    }
}

impl<K: std::hash::Hash + Eq> Reports<K> {
    fn count(&mut self, key: K, report: u32) {
        let (last, reports) = self.0.entry(key).or_insert((u32::MAX, 0));
        if std::mem::replace(last, report) != report {
            *reports += 1;
        }
    }

    fn weights(self, rarity: &Rarity) -> FxHashMap<K, f32> {
        self.0.into_iter().map(|(key, (_, reports))| (key, rarity.weight(reports))).collect()
    }
}

/// How exact a claim's place is: what is exact is joined first.
pub fn scale(item: &Item<'_>) -> Scale {
    item.spot.as_ref().map_or(Scale::Country, |s| s.scale)
}
