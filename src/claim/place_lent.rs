//! Places that other words of the clause lend an event: the verb that brings it, the talks that fail, the journey made for it.

use super::Scene;
use super::place::{FAR, is_other_deed, led};
use super::trigger::Trigger;
use crate::lexicon::{Reading, Row};
use crate::segment::Kind;

/// Words between a journey's goal and what it is made for.
const ERRAND: usize = 6;

/// Words between a failure and the talks that fail.
const FAILED: usize = 4;

/// "signed in X an agreement": the place between the verb that brings an agreement and its noun.
pub(super) fn signed_at(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> Option<usize> {
    let doc = scene.doc;
    let clause = scene.clauses.of(trigger.token);
    let agreed = trigger.shape.is_noun() && trigger.frame.event.as_deref() == Some("agreement");
    let verb = scene.clauses.get(clause)?.verb.filter(|v| agreed && *v < trigger.token && trigger.token - *v < FAR)?;
    let brings = |row: &Row| {
        let light = matches!(row.frame.as_deref(), Some("light" | "manage"));
        light && super::control::lends(row) == "agent"
            || row.object_frame.iter().any(|(w, f)| f == "light" && doc.is_lemma(trigger.token, w))
    };
    doc.reading(verb, |r, row| r.features.category.is_finite() && brings(row))?;
    let inside =
        |t: &usize| doc.governed_by(*t).is_some_and(|row| row.relation.as_deref() == Some("in")) || led(scene, *t);
    // "at the talks in X": where those are.
    let other = |t: &usize| is_other_deed(scene, *t);
    let mut own = (verb + 1..trigger.token).take_while(|t| !other(t));
    let found = own.find(|t| scene.whereabouts(*t).is_some() && inside(t) && !scene.in_source(*t))?;
    scene.first_of_chain(found, verb + 1)
}

/// "X has seen protests since …", "a blast shook X": the place that a verb which only lends its event a place has as subject or object.
pub(super) fn lent(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> Option<usize> {
    let doc = scene.doc;
    let clause = scene.clauses.of(trigger.token);
    let verb = scene.clauses.get(clause)?.verb.filter(|_| trigger.shape.is_noun())?;
    let lends = |r: &Reading, row: &Row| {
        let roles = row.roles.as_ref();
        let (subject, object) = (roles.and_then(|r| r.subject.as_deref()), roles.and_then(|r| r.object.as_deref()));
        let light = row.frame.as_deref() == Some("light")
            && (matches!(subject, Some("place" | "patient")) || object == Some("place"));
        r.features.category.is_finite() && (light || row.has_role("targets") && trigger.is_violent())
    };
    doc.reading(verb, lends)?;
    let sentence = doc.sentence_range(verb);
    let bare = |t: &usize| {
        scene.clauses.of(*t) == clause
            && scene.place_at(*t).is_some_and(|p| {
                let first = scene.mentions.places[p].at.tokens.start;
                let head =
                    (verb.min(first)..first).rev().take_while(|h| doc.continues_phrase(*h)).last().unwrap_or(first);
                doc.clitics(head).preposition.is_none() && doc.governed_by(head).is_none()
            })
    };
    let end = sentence.end.min(verb + FAR);
    let stop = (verb + 1..end).find(|t| doc.kind(*t) == Some(Kind::Comma)).unwrap_or(end);
    let found = (verb + 1..stop).find(bare)?;
    scene.first_of_chain(found, verb + 1).filter(|_| !scene.in_source(found))
}

/// "the talks of X failed to …", "the failure of the conference of X": where the talks are.
pub(super) fn failed_at(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> Option<usize> {
    let doc = scene.doc;
    if trigger.frame.event.as_deref() != Some("breakdown") {
        return None;
    }
    let talks = |_: &Reading, row: &Row| matches!(row.frame.as_deref(), Some("talks" | "agreement"));
    let mut words =
        (trigger.token + 1..trigger.token + 1 + FAILED).take_while(|t| doc.is_word(*t) && !doc.is_preposition(*t));
    let noun = words.find(|t| doc.is_nominal(*t) && doc.reading(*t, talks).is_some())?;
    scene.place_at(noun + 1).filter(|_| doc.clitics(noun + 1).preposition.is_none())
}

/// "went to X for talks", "to X to fight": the goal of the journey.
pub(super) fn gone_to(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> Option<usize> {
    let doc = scene.doc;
    let errand = matches!(trigger.frame.event.as_deref(), Some("talks" | "clash" | "agreement"));
    if !errand || !trigger.shape.is_noun() {
        return None;
    }
    let aim = |t: usize| {
        doc.clitics(t).preposition.is_some_and(|p| doc.lexicon.is_possessive(p))
            || doc.particle(t, "prep").is_some_and(|row| row.has_role("purpose"))
    };
    let near = trigger.token.saturating_sub(ERRAND)..trigger.token + 1;
    let own = |t: &usize| doc.is_word(*t) && !doc.is_finite(*t) && scene.place_at(*t).is_none();
    let first = near.rev().take_while(own).find(|t| aim(*t))?;
    let mut end = first.checked_sub(1)?;
    if let Some(time) = scene.time_at(end) {
        end = scene.mentions.times[time].tokens.start.checked_sub(1)?;
    }
    let found = scene.place_at(end)?;
    let place = scene.first_of_chain(end, doc.sentence_range(end).start)?;
    let to = |p: usize| scene.mentions.places[p].relation.as_deref() == Some("to");
    (to(place) || to(found)).then_some(place)
}
