//! Hospitals: where people were brought, and where they are counted.

use super::Scene;
use super::clause::Link;
use super::trigger::Shape;
use crate::lexicon::{Reading, Row};

/// Words between a verb that brings people and the ward.
const BROUGHT: usize = 12;

/// Words between the word that receives people and their number, and behind a part of them.
const RECEIVED: usize = 8;

/// How far behind the name of a speaker the ward may stand where he works.
const OFFICE: usize = 6;

/// "ten were wounded, three of whom were taken to the hospital of X": where they were brought, and not where they were harmed. "They
/// were wounded and brought to X" is told of all of them.
pub(super) fn is_ward(scene: &Scene<'_, '_>, place: usize, token: usize) -> bool {
    let doc = scene.doc;
    let first = scene.mentions.places[place].at.tokens.start;
    let there = scene.clauses.of(first);
    let apart = is_hospital(scene, place) && first > token && there != scene.clauses.of(token);
    let Some(clause) = scene.clauses.get(there).filter(|_| apart) else { return false };
    let Some(verb) = clause.verb.filter(|v| *v < first) else { return false };
    let deed = |t: usize| scene.trigger_at(t).is_some_and(|x| x.frame.event.is_some() || x.frame.harm.is_some());
    let all = clause.link == Link::Joined
        && clause.parent == Some(scene.clauses.of(token))
        && (verb + 1..first).all(|t| doc.is_preposition(t));
    !all && !(verb.max(first.saturating_sub(BROUGHT))..first).any(deed)
}

/// "the hospital took in nine dead", "a doctor at the hospital of X spoke of 13 bodies received", "26 wounded were brought to it".
pub(super) fn received_at(scene: &Scene<'_, '_>, token: usize) -> Option<usize> {
    let doc = scene.doc;
    scene.trigger_at(token).filter(|t| t.shape == Shape::Noun)?;
    let clause = scene.clauses.of(token);
    let near = token.saturating_sub(RECEIVED)..(token + RECEIVED).min(doc.sentence_range(token).end);
    let takes = |_: &Reading, row: &Row| row.has_role("receives");
    let before = near.clone().take_while(|t| *t < token).filter(|t| scene.clauses.of(*t) == clause);
    let receives = before.into_iter().find(|t| doc.reading(*t, takes).is_some());
    let subject = |verb: usize| {
        let words = (verb.saturating_sub(1)..token).filter_map(|t| scene.whereabouts(t));
        words.into_iter().find(|p| is_hospital(scene, *p))
    };
    // "were brought to it"
    let to_it = |t: usize| {
        let goal = doc.particle(t, "prep").is_some_and(|row| row.has_role("goal"));
        goal && doc.readings(t).iter().any(|r| r.pronoun.is_some())
    };
    let brought = || near.clone().any(|t| t > token && to_it(t));
    match receives {
        Some(verb) => subject(verb).or_else(|| ward_of_source(scene, token)),
        None => ward_of_source(scene, token).filter(|_| brought()),
    }
}

/// "three of them were taken to the hospital of X": the ward of a part told with a verb of its own.
pub(super) fn ward_of_part(scene: &Scene<'_, '_>, end: usize, whole: usize) -> Option<usize> {
    let doc = scene.doc;
    let limit = doc.sentence_range(end.min(doc.len() - 1)).end.min(end + RECEIVED);
    let words = (end..limit).take_while(|t| doc.is_word(*t) && doc.clitics(*t).conjunction.is_none());
    let found = words.into_iter().find_map(|t| scene.place_at(t)).filter(|p| is_hospital(scene, *p))?;
    is_ward(scene, found, whole).then_some(found)
}

/// "a doctor at the hospital of X": where the speaker works.
fn ward_of_source(scene: &Scene<'_, '_>, token: usize) -> Option<usize> {
    let source = scene.attributions[scene.source_of(token)?].source.at.tokens.clone();
    let near = source.start..(source.end + OFFICE).min(scene.doc.len());
    near.take_while(|t| *t < token).filter_map(|t| scene.place_at(t)).find(|p| is_hospital(scene, *p))
}

fn is_hospital(scene: &Scene<'_, '_>, place: usize) -> bool {
    let first = scene.mentions.places[place].at.tokens.start;
    scene.doc.reading(first, |_, row| row.class.as_deref() == Some("ward")).is_some()
}
