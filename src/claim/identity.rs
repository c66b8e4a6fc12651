//! Who somebody by name was: his office before or behind the name, and what another row says of him.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::casualty::{Casualty, Finder, is_bodily};
use super::count::{Count, people};
use super::individual::is_person;
use super::slots::phrase_end;
use super::{Filler, Scene};
use crate::segment::Kind;

/// Words before a name among which an office may stand.
const TITLE: usize = 3;

/// What the words beside a name say: the class of him who bears it, and his party.
#[derive(Debug, Clone, Default)]
pub(super) struct Office {
    pub class: Option<String>,
    pub party: Option<usize>,
}

impl Finder<'_, '_, '_> {
    /// "the late minister X", "X, the leader of Y": what the words before and behind the name say that he was.
    pub(super) fn office(&self, victims: &Range<usize>) -> Office {
        let before = self.office_before(victims.start).unwrap_or_default();
        let behind = self.office_behind(victims).unwrap_or_default();
        Office { class: before.class.or(behind.class), party: before.party.or(behind.party) }
    }

    /// "the late minister X", "the leader in Y, X".
    fn office_before(&self, name: usize) -> Option<Office> {
        let scene = self.scene;
        let doc = scene.doc;
        if !(name..name + 2).any(|t| is_person(scene, t)) {
            return None;
        }
        let led = |t: usize| doc.is_preposition(t) || doc.clitics(t).preposition.is_some();
        let party = name.checked_sub(1).and_then(|t| scene.actor_at(t));
        let party = party.filter(|a| scene.mentions.actors[*a].kind != "person");
        let first = party.map_or(name, |a| scene.mentions.actors[a].at.tokens.start);
        let brought = party.is_some() && (led(first) || first > 0 && led(first - 1));
        // "the police arrested X": who did it. "The head of the police X": his office governs the party.
        if party.is_some() && !brought {
            let head = first.checked_sub(1).filter(|t| doc.is_word(*t) && !doc.is_finite(*t) && !doc.is_definite(*t));
            let class = head.and_then(|t| self.class_said(t).filter(|_| !led(t)))?;
            return Some(Office { class: Some(class), party });
        }
        let end = if brought && !led(first) {
            first - 1
        } else if brought {
            first
        } else {
            name
        };
        let mut before = (end.saturating_sub(TITLE)..end).rev().take_while(|t| doc.is_word(*t) && doc.is_definite(*t));
        let class = before.find_map(|t| self.class_said(t).filter(|_| !led(t)))?;
        Some(Office { class: Some(class), party: party.filter(|_| brought) })
    }

    /// "X, the leader of Y", "X (a commander in Y)", "X, one of the leaders of Y".
    fn office_behind(&self, victims: &Range<usize>) -> Option<Office> {
        let scene = self.scene;
        let doc = scene.doc;
        let limit = doc.sentence_range(victims.start).end;
        let name = victims.clone().rev().find(|t| is_person(scene, *t))?;
        let mut at = scene.mention_end(name).unwrap_or(name + 1).max(victims.end);
        // A nickname in quotation marks right behind the name.
        if let Some(quoted) = doc.quotation_from(at) {
            at = quoted.close + 1;
        }
        if matches!(doc.kind(at), Some(Kind::Comma | Kind::BracketOpen { .. })) {
            at += 1;
        }
        if doc.is_particle(at, "one") {
            at = doc.next_word(at);
        }
        let clitics = doc.clitics(at);
        if at >= limit || !doc.is_word(at) || clitics.conjunction.is_some() || clitics.preposition.is_some() {
            return None;
        }
        let words = at..phrase_end(scene, at, limit);
        let class = self.class_said(at)?;
        // "…, gunmen": somebody else, of whom more is told.
        let one = doc.is_definite(at) || doc.continues_phrase(at + 1) || doc.is_preposition(at + 1);
        one.then(|| Office { class: Some(class), party: self.party_in(words) })
    }

    fn class_said(&self, token: usize) -> Option<String> {
        let class = people(self.scene, token)?.1.victim.clone();
        class.filter(|c| !matches!(c.as_str(), "unknown" | "same"))
    }
}

/// What the rows of one man say of him.
#[derive(Debug, Clone, Default)]
struct Known {
    office: Office,
    doer: Option<Filler>,
}

/// The same man told twice: what one row knows of him holds for the others.
pub(super) fn share(scene: &Scene<'_, '_>, rows: &mut [Casualty]) {
    let keys: Vec<Option<String>> = rows.iter().map(|row| name_of(scene, row)).collect();
    let mut known: FxHashMap<&str, Known> = FxHashMap::default();
    // By the last word of a full name, if only one man bears it.
    let mut called: FxHashMap<&str, Option<&str>> = FxHashMap::default();
    for (row, key) in rows.iter().zip(&keys) {
        let Some(key) = key.as_deref() else { continue };
        let man = known.entry(key).or_default();
        let class = Some(&row.victim_class).filter(|c| *c != "unknown");
        man.office.class = man.office.class.take().or_else(|| class.cloned());
        man.office.party = man.office.party.or(row.victim_actor);
        man.doer = man.doer.take().or_else(|| row.perpetrator.clone().filter(|_| is_bodily(&row.kind)));
        if let Some((_, last)) = key.rsplit_once(' ') {
            called.entry(last).and_modify(|other| *other = other.filter(|k| *k == key)).or_insert(Some(key));
        }
    }
    for (row, key) in rows.iter_mut().zip(&keys) {
        let Some(key) = key.as_deref() else { continue };
        let full = called.get(key).copied().flatten().unwrap_or(key);
        let Some(man) = known.get(full) else { continue };
        if row.victim_class == "unknown" {
            row.victim_class = man.office.class.clone().unwrap_or_else(|| row.victim_class.clone());
        }
        row.victim_actor = row.victim_actor.or(man.office.party);
        if row.perpetrator.is_none() && is_bodily(&row.kind) {
            row.perpetrator.clone_from(&man.doer);
        }
    }
}

/// The name of the one man of a row, as full as the report has it.
fn name_of(scene: &Scene<'_, '_>, row: &Casualty) -> Option<String> {
    let one = row.count == Count::exactly(1) && !row.negated;
    let words = row.victims.as_ref().filter(|_| one)?.at.tokens.clone();
    let actors = &scene.mentions.actors;
    let person = words.clone().filter_map(|t| scene.actor_at(t)).find(|a| actors[*a].kind == "person");
    let span = match person {
        Some(a) => actors[actors[a].refers_to.unwrap_or(a)].at.span,
        None => scene.doc.span(words.into_iter().find(|w| is_person(scene, *w)).map(|t| t..t + 1)?),
    };
    Some(scene.doc.lexicon.fold.word(&scene.doc.text[span.range()]))
}
