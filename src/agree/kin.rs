//! What two parties are to each other: one belongs to the other, both are of one state, or one is a member of the other.

use rustc_hash::{FxHashMap, FxHashSet};

use super::words::hash;
use crate::lexicon::Lexicon;

/// How far a party's wholes are followed: a chain of parents is short, and a file may have two that are each other's.
const DEPTH: usize = 6;
/// Of how many alliances a party may be a member.
const ALLIANCES: usize = 6;

/// A party as two are compared: numbers, 0 for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kin {
    /// Itself, and what it belongs to.
    wholes: [u32; DEPTH],
    state: u32,
    alliances: [u32; ALLIANCES],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// One party, or a part of the other.
    One,
    /// Of one state: its army and its police.
    State,
    /// One is a member of the other.
    Ally,
    Apart,
}

impl Kin {
    /// A party of which the lexicon says nothing.
    pub fn alone(id: &str) -> Self {
        let mut kin = Kin::default();
        kin.wholes[0] = hash(id);
        kin
    }

    pub fn number(&self) -> u32 {
        self.wholes[0]
    }

    /// The whole that it belongs to at last.
    pub fn whole(&self) -> u32 {
        self.wholes.iter().rev().copied().find(|n| *n != 0).unwrap_or(0)
    }

    pub fn tie(&self, other: &Self) -> Tie {
        if self.wholes.contains(&other.wholes[0]) || other.wholes.contains(&self.wholes[0]) {
            Tie::One
        } else if self.state != 0 && self.state == other.state {
            Tie::State
        } else if self.alliances.contains(&other.wholes[0]) || other.alliances.contains(&self.wholes[0]) {
            Tie::Ally
        } else {
            Tie::Apart
        }
    }
}

/// Whose forces are a state's.
pub struct States {
    /// Of these types, with a country.
    pub types: FxHashSet<String>,
    /// They are none of its forces, or claim to be the state themselves.
    pub but: FxHashSet<String>,
}

/// The parties of a lexicon, by id. `alliances`: each with its members.
pub fn kin(lexicon: &Lexicon, states: &States, alliances: &[(String, Vec<String>)]) -> FxHashMap<String, Kin> {
    let rows: FxHashMap<&str, _> = lexicon.actors.iter().map(|a| (a.id.as_str(), a)).collect();
    let mut member: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for (whole, members) in alliances {
        members.iter().for_each(|m| member.entry(m).or_default().push(whole));
    }
    // The forces of a member state are a member's.
    let mut national: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for (id, wholes) in &member {
        if let Some(country) = rows.get(id).and_then(|a| a.country.as_deref()) {
            national.entry(country).or_default().extend(wholes);
        }
    }
    let of = |id: &str| {
        let mut kin = Kin::default();
        let chain = std::iter::successors(rows.get(id).copied(), |a| rows.get(a.parent.as_deref()?).copied());
        let chain: Vec<_> = chain.take(DEPTH).collect();
        kin.wholes.iter_mut().zip(&chain).for_each(|(n, a)| *n = hash(a.id.as_str()));
        let root = chain.last().filter(|a| states.types.contains(&a.kind));
        let own = !chain.iter().any(|a| states.but.contains(&a.id));
        let country = root.filter(|_| own).and_then(|a| a.country.as_deref());
        kin.state = country.map_or(0, hash);
        let own = chain.iter().filter_map(|a| member.get(a.id.as_str()));
        let mut wholes: Vec<&str> =
            own.chain(country.and_then(|country| national.get(country))).flatten().copied().collect();
        wholes.sort_unstable();
        wholes.dedup();
        kin.alliances.iter_mut().zip(wholes).for_each(|(n, id)| *n = hash(id));
        kin
    };
    lexicon.actors.iter().map(|a| (a.id.clone(), of(&a.id))).collect()
}
