//! Where a pronoun says that something is: "they took it", "clashes in it", "withdrew from it".

use super::Scene;
use super::trigger::Trigger;
use crate::lexicon::{List, Row};
use crate::segment::{Agreement, Gender, Number};

/// Words behind a trigger among which its pronoun may stand.
const NEAR: usize = 5;

/// Clauses around a deed, and places before it, that are looked through.
const NESTED: usize = 4;
const RECENT: usize = 8;

/// What is done to a place.
const GROUND: [&str; 6] = ["capture", "advance", "siege", "attack", "shelling", "airstrike"];

/// The place named before in the sentence that a pronoun behind the trigger takes up; one behind the verb itself only if
/// nobody else is struck.
pub(super) fn place_taken_up(scene: &Scene<'_, '_>, trigger: &Trigger<'_>, unaimed: bool) -> Option<usize> {
    let doc = scene.doc;
    let kind = trigger.frame.event.as_deref()?;
    let object = trigger.reading.pronoun.filter(|_| trigger.shape.is_verb() && unaimed && GROUND.contains(&kind));
    let clause = scene.clauses.of(trigger.token);
    let takes = |row: &Row| match () {
        () if row.has_role("patient") => GROUND.contains(&kind),
        () if row.has_role("goal") => matches!(kind, "advance" | "deployment" | "displacement" | "retreat"),
        () if row.has_role("place") => true,
        () => row.has_role("origin") && matches!(kind, "retreat" | "displacement"),
    };
    let own = |t: &usize| doc.is_word(*t) && scene.clauses.of(*t) == clause && scene.place_at(*t).is_none();
    let behind = || {
        let near = (trigger.token + 1..trigger.token + 1 + NEAR).take_while(own);
        near.into_iter().find_map(|t| {
            let row = doc.particle(t, "prep").filter(|row| takes(row))?;
            Some((doc.readings(t).iter().find_map(|r| r.pronoun)?, row.has_role("patient")))
        })
    };
    let found = object.map(|p| (p, true)).or_else(behind);
    let (pronoun, struck) = found.filter(|(p, _)| p.person == 3 && p.number == Some(Number::Singular))?;
    let named = |t: &usize| scene.place_at(*t).filter(|p| agrees(scene, *p, pronoun) && !scene.in_source(*t));
    let start = doc.sentence_range(trigger.token).start;
    let nearest = (start..trigger.token).rev().find_map(|t| named(&t))?;
    // "the town of X west of Y, from which": X.
    let first = scene.first_of_chain(scene.mentions.places[nearest].at.tokens.start, start);
    let place = first.filter(|p| agrees(scene, *p, pronoun)).unwrap_or(nearest);
    (!struck || is_struck(scene, place) && !another(scene, place, trigger.token)).then_some(place)
}

/// "and ten were killed then": where the sentence before told of what happened.
pub(super) fn place_then(scene: &Scene<'_, '_>, token: usize) -> Option<usize> {
    let doc = scene.doc;
    let then = |t: usize| doc.reading(t, |_, row| row.kind.as_deref() == Some("past_ref")).is_some();
    let outer = |c: &usize| scene.clauses.get(*c).and_then(|c| c.parent);
    let mut around = std::iter::successors(Some(scene.clauses.of(token)), outer).take(NESTED);
    // "the then president" is no time of a deed.
    let told = |c: usize| {
        let clause = scene.clauses.get(c);
        clause.is_some_and(|c| then(c.start) || c.verb.is_some_and(|v| then(v + 1)))
    };
    let start = doc.sentence_range(token).start;
    around.any(told).then_some(())?;
    let before = doc.sentence_range(start.checked_sub(1)?).start;
    let places = &scene.mentions.places;
    let first = |p: usize| places[p].at.tokens.start;
    let earlier = (0..places.partition_point(|p| p.at.tokens.start < start)).rev().take(RECENT);
    let mut near = earlier.take_while(|p| first(*p) >= before);
    let found = near.find(|p| scene.locates(first(*p)) && !scene.in_source(first(*p)))?;
    scene.first_of_chain(first(found), before)
}

/// Not "a convoy in the town": what "it" means is the convoy.
fn is_struck(scene: &Scene<'_, '_>, place: usize) -> bool {
    let doc = scene.doc;
    let place = &scene.mentions.places[place];
    let first = place.head.unwrap_or(place.at.tokens.start).min(place.at.tokens.start);
    let brought = |row: &Row| row.has_role("patient") || row.has_role("goal");
    doc.governed_by(first).is_none_or(brought) && doc.clitics(first).preposition.is_none()
}

/// Another feminine noun stands between, which the pronoun may mean as well.
fn another(scene: &Scene<'_, '_>, place: usize, token: usize) -> bool {
    let doc = scene.doc;
    let thing = |t: usize| {
        let plain = scene.mention_end(t).is_none() && scene.time_at(t).is_none() && scene.trigger_at(t).is_none();
        plain && doc.is_nominal(t) && doc.lexicon.looks_feminine(doc.str(t))
    };
    (scene.mentions.places[place].at.tokens.end..token).any(thing)
}

/// A town is feminine, a state or a region either; else the word for what it is says it.
fn agrees(scene: &Scene<'_, '_>, place: usize, pronoun: Agreement) -> bool {
    let doc = scene.doc;
    let place = &scene.mentions.places[place];
    let first = place.at.tokens.start;
    let gender = match place.kind.as_str() {
        "city" => Some(Gender::Feminine),
        "country" | "region" => None,
        _ => doc.reading(first, |r, _| doc.list(r) == List::Head).and_then(|(r, _)| r.features.agreement.gender),
    };
    gender.is_none_or(|g| pronoun.gender == Some(g))
}
