//! What is joined: each claim and each measured quantity, with its place, time, parties and number brought to one form.

use rustc_hash::FxHashMap;

use super::figure::Figure;
use super::place::{Scale, Spot};
use super::rules::{Rarity, Traits};
use super::sheet::{Mention, Timestamp};
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
    pub cause: Option<&'a str>,
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
    pub realis: &'a str,
    pub source: Option<&'a str>,
    /// Numbers for whoever the claim goes back to: two claims that share one have one source.
    pub sources: Vec<u32>,
    /// The words around it, in order, each with how much it says that two claims share it.
    pub context: Vec<(Lemma, f32)>,
    pub shingles: Runs,
}

impl Item<'_> {
    /// Whether it says that something is not so.
    pub fn is_denial(&self) -> bool {
        self.negated || self.realis == "denied"
    }
}

/// What many reports share says little about two of them: words, parties, places and long times are weighed by the number of
/// reports that have them.
pub fn weigh(items: &mut [Item<'_>], rarity: &Rarity) {
    #[derive(PartialEq, Eq, Hash)]
    enum Key<'a> {
        Word(Lemma),
        Party(&'a str),
        Place(&'a str),
        Time(Timestamp),
    }
    fn sides<'i, 'a>(item: &'i mut Item<'a>) -> impl Iterator<Item = &'i mut Side<'a>> {
        [&mut item.agent, &mut item.patient].into_iter().flatten()
    }
    // The reports come one after the other: the last one that a key was seen in, and how many there were.
    let mut seen: FxHashMap<Key<'_>, (u32, u32)> = FxHashMap::default();
    for item in items.iter() {
        let parties = [&item.agent, &item.patient].into_iter().flatten().filter_map(|s| s.id).map(Key::Party);
        let place = item.spot.as_ref().and_then(|s| s.id).map(Key::Place);
        let time = item.window.is_long().then_some(Key::Time(item.window.from));
        for key in item.context.iter().map(|(l, _)| Key::Word(*l)).chain(parties).chain(place).chain(time) {
            let (last, reports) = seen.entry(key).or_insert((u32::MAX, 0));
            if std::mem::replace(last, item.doc) != item.doc {
                *reports += 1;
            }
        }
    }
    let weight = |key: Key<'_>| rarity.weight(seen.get(&key).map_or(1, |(_, reports)| *reports));
    for item in items {
        item.context.iter_mut().for_each(|(lemma, w)| *w = weight(Key::Word(*lemma)));
        sides(item).for_each(|side| side.weight = side.id.map_or(1.0, |id| weight(Key::Party(id))));
        if item.window.is_long() {
            item.window.weight = weight(Key::Time(item.window.from));
        }
        if let Some(spot) = &mut item.spot {
            spot.weight = spot.id.map_or(1.0, |id| weight(Key::Place(id)));
        }
    }
}

/// How exact a claim's place is: what is exact is joined first.
pub fn scale(item: &Item<'_>) -> Scale {
    item.spot.as_ref().map_or(Scale::Country, |s| s.scale)
}
