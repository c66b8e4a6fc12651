//! One person: by name, by age, by nation; and a party that stands for its people.

use std::ops::Range;

use super::Scene;
use super::count::{Count, Group};
use super::trigger::{Shape, Trigger};
use crate::lexicon::{Facts, List, Reading, Row};
use crate::mention::QuantityKind;
use crate::segment::{Gender, Kind};

/// Under age, by the years told right behind.
pub(super) fn is_minor(scene: &Scene<'_, '_>, end: usize) -> bool {
    let years =
        (end..end + AGE).take_while(|t| scene.doc.kind(*t) != Some(Kind::Comma)).find_map(|t| scene.quantity_at(t));
    years
        .map(|q| &scene.mentions.quantities[q])
        .is_some_and(|q| matches!(q.kind, QuantityKind::Age) && q.value.is_some_and(|v| v < ADULT))
}

/// Tokens behind a person within which an age is his.
const AGE: usize = 4;
const ADULT: f64 = 18.0;
/// Words of a name that nothing knows, at most.
const NAME: usize = 10;

/// A person by name.
pub(super) fn is_person(scene: &Scene<'_, '_>, at: usize) -> bool {
    scene.actor_at(at).map_or_else(|| named(scene, at).is_some(), |a| scene.mentions.actors[a].kind == "person")
}

/// A single name of a person, or unknown words that can only be one: where no list of parties or places knows them.
fn named(scene: &Scene<'_, '_>, at: usize) -> Option<Range<usize>> {
    let doc = scene.doc;
    let free = |t: usize| doc.is_word(t) && scene.mention_end(t).is_none() && scene.time_at(t).is_none();
    let unknown =
        |t: usize| free(t) && doc.readings(t).is_empty() && doc.clitics(t).is_empty() && doc.str(t).chars().count() > 2;
    // "the wounding of Smith": words that nothing knows, behind a word of harm.
    let harmed = |t: usize| {
        let before = t.checked_sub(1).and_then(|p| scene.trigger_at(p));
        let bodily = before.is_some_and(|x| !x.row.is_weak() && x.shape != Shape::Noun && is_harm_of_one(x));
        bodily && doc.str(t).chars().count() > 3 && !doc.lexicon.looks_accusative(doc.str(t))
    };
    let given = |t: usize| unknown(t) && doc.may_be(t, Facts::WHOLE_NAME_PART) && !doc.may_be(t, Facts::COMMON_NAME);
    if !free(at) || !doc.readings(at).is_empty() || doc.clitics(at).article || doc.clitics(at).preposition.is_some() {
        return None;
    }
    let limit = doc.len().min(at + NAME);
    let end = (at + 1..limit).find(|t| !unknown(*t)).unwrap_or(limit);
    let part = |t: usize| doc.may_be(t, Facts::WHOLE_NAME_PART);
    (given(at) || unknown(at) && (end - at > 1 && (at..end).any(part) || harmed(at))).then_some(at..end)
}

/// A person by name, or a party that stands for its people.
pub(super) fn person(scene: &Scene<'_, '_>, at: usize) -> Option<Group> {
    let Some(actor) = scene.actor_at(at) else {
        let tokens = named(scene, at)?;
        let end = tokens.end;
        let count = Count::exactly(1);
        return Some(Group { victims: Some(tokens), ..Group::new(count, end) });
    };
    let mention = &scene.mentions.actors[actor];
    let tokens = mention.at.tokens.clone();
    match mention.kind.as_str() {
        "person" => Some(Group { victims: Some(tokens.clone()), ..Group::new(Count::exactly(1), tokens.end) }),
        _ => Some(Group {
            victims: Some(tokens.clone()),
            class: party_class(scene, at),
            party_only: true,
            ..Group::new(Count::indefinite(), tokens.end)
        }),
    }
}

/// A word that tells of harm to one or more, each of whom may be named.
fn is_harm_of_one(trigger: &Trigger<'_>) -> bool {
    let harm = trigger.frame.harm.as_deref();
    harm.is_some_and(|h| matches!(h, "killed" | "injured" | "detained" | "abducted")) && !trigger.frame.counted
}

/// "a Palestinian was killed", "the wounding of two Syrians": behind a verb or a noun of harm an adjective of nation is a person.
pub(super) fn national<'a>(scene: &Scene<'_, 'a>, at: usize) -> Option<(Reading, &'a Row)> {
    let doc = scene.doc;
    let clitics = doc.clitics(at);
    let joined = clitics.conjunction.is_some() || clitics.preposition.is_some();
    if !doc.may_be(at, Facts::list(List::Demonym)) || scene.actor_at(at).is_some() || joined {
        return None;
    }
    let before = at.checked_sub(1).filter(|p| doc.is_word(*p))?;
    let harm = || scene.trigger_at(before).is_some_and(|t| t.frame.harm.is_some());
    let (reading, row) = doc.reading(at, |r, _| doc.list(r) == List::Demonym)?;
    // "the killing of the Saudi": him, who was told of before.
    let definite = doc.clitics(at).article;
    let masdar = || scene.trigger_at(before).is_some_and(|t| t.shape == Shape::Masdar && is_harm_of_one(t));
    let one = !reading.features.is_several() && reading.features.agreement.gender != Some(Gender::Feminine);
    (harm() && (!definite || one && masdar())).then_some((*reading, row))
}

/// Fighters of an armed party are combatants.
pub(super) fn party_class(scene: &Scene<'_, '_>, at: usize) -> Option<String> {
    let kind = scene.mentions.actors[scene.actor_at(at)?].kind.as_str();
    // A people fights no more than a nation does.
    if kind == "collective" && scene.doc.is_demonym(at).is_some() {
        return None;
    }
    matches!(kind, "armed_group" | "military" | "coalition" | "collective").then(|| "combatant".to_owned())
}
