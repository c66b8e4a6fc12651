//! Places of other deeds: of another time, of what befell the same people before, of what they are charged with.

use super::Scene;
use super::clause::Link;
use super::trigger::Trigger;
use crate::lexicon::{Reading, Row};
use crate::morph::Category;
use crate::segment::Kind;

/// How many clauses may describe one another.
const NESTED: usize = 3;

/// Words before a place among which the deed of a time may stand.
const TIMED: usize = 12;

/// Words between a charge and the place of what somebody is charged with.
const CHARGED: usize = 24;

/// Words behind "links" among which what it links is named.
const LINKED: usize = 6;

/// Words between a measured time and its preposition, and between that and the deed.
const MEASURED: usize = 3;

/// "on the eve of the attack that killed five", "days after they kidnapped eight": told only to say when, and not where the rest
/// of the sentence is.
pub(super) fn is_told_as_time(scene: &Scene<'_, '_>, token: usize) -> bool {
    let mut at = token;
    for _ in 0..NESTED {
        if is_measured(scene, at) {
            return true;
        }
        let clause = scene.clauses.of(at);
        let relative = scene.clauses.get(clause).is_some_and(|c| c.link == Link::Relative);
        let noun = scene.described_noun(clause).filter(|_| relative).map(|f| f.at.tokens);
        let Some(deed) = noun.and_then(|n| n.take(MEASURED).find(|t| scene.trigger_at(*t).is_some())) else {
            return false;
        };
        at = deed;
    }
    false
}

/// A noun of a deed behind "on the eve of" or behind a measured time: "two days after".
fn is_measured(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    if !scene.trigger_at(token).is_some_and(|t| t.shape.is_noun()) {
        return false;
    }
    // "weeks after X launched a campaign": before the noun stands the one that brings it.
    let brings = |row: &Row| row.frame.as_deref() == Some("light") || row.object_frame.values().any(|f| f == "light");
    let light = |t: &usize| doc.reading(*t, |r, row| !r.features.category.is_finite() && brings(row)).is_some();
    let words = (token.saturating_sub(MEASURED)..token).rev();
    let mut words = words.take_while(|t| doc.is_word(*t) && !doc.is_preposition(*t));
    let first = words.find(light).unwrap_or(token);
    let Some(at) = first.checked_sub(1).filter(|t| doc.is_preposition(*t)) else { return false };
    if doc.particle(at, "prep").is_some_and(|row| row.has_role("eve")) {
        return true;
    }
    let Some(time) = at.checked_sub(1).and_then(|t| scene.time_at(t)) else { return false };
    let first = scene.mentions.times[time].tokens.start;
    let timely = |t: usize| doc.particle(t, "prep").is_some_and(|row| row.has_role("time") && !row.has_role("place"));
    timely(first) || first.checked_sub(1).is_some_and(timely)
}

/// "the soldier who was kidnapped in X is still held", "since the kidnapping of two in X", "arrested for an attack in X", "a road that
/// links X with Y": the place of something else.
pub(super) fn is_of_another_deed(scene: &Scene<'_, '_>, place: usize, token: usize) -> bool {
    was_taken(scene, place, token)
        || is_since_deed(scene, place, token)
        || is_charge(scene, place, token)
        || is_of_some(scene, place, token)
        || is_linked(scene, place, token)
        || is_on_the_way(scene, place)
        || is_clock(scene, place)
}

/// In a relative clause that tells of a kidnapping or an arrest which is not the one asked for.
fn was_taken(scene: &Scene<'_, '_>, place: usize, token: usize) -> bool {
    let there = scene.clauses.of(place);
    let Some(clause) = scene.clauses.get(there).filter(|c| c.link == Link::Relative) else { return false };
    let harm = scene.trigger_at(token).filter(|t| t.frame.event.is_none()).and_then(|t| t.frame.harm.as_deref());
    let taken = |v: usize| {
        let trigger = scene.trigger_at(v).filter(|t| t.shape.is_verb() && v != token);
        let same = |t: &Trigger<'_>| t.frame.harm.is_some() && harm == t.frame.harm.as_deref();
        trigger.is_some_and(|t| matches!(t.frame.event.as_deref(), Some("abduction" | "arrest")) && !same(t))
    };
    // "who was kidnapped in X is still": the verb of the clause around, which no sign sets apart.
    let next = || place < token && (place.max(token.saturating_sub(TIMED))..token).any(|t| scene.doc.is_finite(t));
    let apart = !scene.clauses.stands_in(there, scene.clauses.of(token)) || there == scene.clauses.of(token) && next();
    apart && clause.verb.is_some_and(|v| v < place && taken(v))
}

/// "since the kidnapping of two of its citizens in X": the deed from which a time is counted.
fn is_since_deed(scene: &Scene<'_, '_>, place: usize, token: usize) -> bool {
    let doc = scene.doc;
    let since = |row: &Row| row.has_role("since");
    let words = (place.saturating_sub(TIMED)..place).rev().take_while(|t| *t != token && doc.is_word(*t));
    let deed = words.into_iter().find(|t| scene.trigger_at(*t).is_some_and(|x| x.shape.is_noun()));
    deed.is_some_and(|t| doc.governed_by(t).is_some_and(since))
}

/// "a rocket of X, which ended its mission in Y": a clause behind the token that describes a party, and tells of no deed.
pub(super) fn tells_of_party(scene: &Scene<'_, '_>, place: usize, token: usize) -> bool {
    let clause = scene.clauses.of(place);
    let relative = scene.clauses.get(clause).filter(|c| c.link == Link::Relative && c.start > token);
    let idle = relative.is_some_and(|c| c.verb.is_some_and(|v| scene.trigger_at(v).is_none()));
    idle && scene.doc.is_particle(relative.map_or(0, |c| c.start), "rel")
        && scene
            .described_noun(clause)
            .is_some_and(|f| f.actor.is_some_and(|a| scene.mentions.actors[a].kind != "person"))
}

/// "arrested on suspicion of an attack in X": where he is said to have done it.
fn is_charge(scene: &Scene<'_, '_>, place: usize, token: usize) -> bool {
    let held = |x: &Trigger<'_>| {
        x.frame.event.as_deref() == Some("arrest")
            || x.frame.harm.as_deref() == Some("detained") && x.frame.event.is_none()
    };
    let told = |r: &Reading| r.features.category.is_finite() || r.features.category == Category::Masdar;
    let charges = |r: &Reading, row: &Row| row.has_role("charges") || row.cue.as_deref() == Some("accuse") && told(r);
    let first = (token + 1).max(place.saturating_sub(CHARGED));
    let mut between = (first..place).rev().take_while(|t| scene.doc.kind(*t) != Some(Kind::Comma));
    scene.trigger_at(token).is_some_and(held)
        && between.any(|t| scene.doc.reading(t, charges).is_some() && scene.trigger_at(t).is_none())
}

/// "the pipeline that links X with Y".
fn is_linked(scene: &Scene<'_, '_>, place: usize, token: usize) -> bool {
    let doc = scene.doc;
    let verb = (place.saturating_sub(LINKED)..place).rev().find(|t| doc.is_finite(*t) && !doc.could_be_nominal(*t));
    let links = |r: &Reading, row: &Row| r.features.category.is_finite() && row.has_role("links");
    verb.is_some_and(|v| v != token && doc.reading(v, links).is_some())
}

/// "attacks of late, among them a blast in X": where some of them were.
fn is_of_some(scene: &Scene<'_, '_>, place: usize, token: usize) -> bool {
    let doc = scene.doc;
    let several = |x: &Trigger<'_>| x.shape.is_noun() && x.reading.features.is_plural() && x.frame.event.is_some();
    if place <= token || !scene.trigger_at(token).is_some_and(several) {
        return false;
    }
    let last = |r: &Reading, row: &Row| row.has_role("superlative") && r.pronoun.is_some();
    let deed = |t: usize| scene.trigger_at(t).is_some_and(|x| x.shape.is_noun() && x.frame.event.is_some());
    let some = |t: usize| {
        let marks = doc.particle(t, "subset").is_some_and(|row| row.gender.is_some()) || doc.reading(t, last).is_some();
        let number =
            t.checked_sub(1).and_then(|n| scene.quantity_at(n)).map(|q| scene.mentions.quantities[q].tokens.start);
        let told = |n: usize| n.checked_sub(1).is_some_and(|v| doc.is_finite(v));
        marks && number.map_or_else(|| deed(t + 1), told)
    };
    (token + 1..place.min(token + 1 + CHARGED)).any(some)
}

/// "a bus on its way from X to Y": neither is where something befell it.
fn is_on_the_way(scene: &Scene<'_, '_>, place: usize) -> bool {
    let doc = scene.doc;
    let theirs = |r: &Reading, row: &Row| row.class.as_deref() == Some("road") && r.pronoun.is_some();
    let mut words = (place.saturating_sub(LINKED)..place).rev().take_while(|t| doc.is_word(*t) && !doc.is_finite(*t));
    let way = words.any(|t| doc.reading(t, theirs).is_some());
    way && doc.governed_by(place).is_some_and(|row| matches!(row.relation.as_deref(), Some("from" | "to")))
}

/// "at seven, X time": the clock of a place.
pub(super) fn is_clock(scene: &Scene<'_, '_>, place: usize) -> bool {
    let clock = |_: &Reading, row: &Row| row.has_role("clock");
    place.checked_sub(1).is_some_and(|t| scene.doc.reading(t, clock).is_some())
}
