//! What a verb brings by its preposition and was not reached: "no agreement was reached", "failed in reaching a truce".

use super::Scene;
use super::sure::is_ordinal;
use crate::lexicon::{Reading, Row};
use crate::morph::Category;
use crate::segment::Kind;

/// How far before what it brings the word may stand.
const FAR: usize = 24;

/// How far behind its verb, with nothing but a time between, the reaching may stand.
const NEAR: usize = 5;

/// The negation, or the word of failing, under which the noun at the token stands.
pub(super) fn unreached(scene: &Scene<'_, '_>, token: usize) -> Option<usize> {
    let first = bringer(scene, token)?;
    if let Some(cue) = undone(scene, first) {
        return Some(cue);
    }
    // "failed in the reaching of": the reaching is brought in its turn.
    let reaching = !scene.doc.is_finite(first) || scene.doc.could_be_nominal(first);
    if !reaching {
        return None;
    }
    match bringer(scene, first) {
        Some(verb) => undone(scene, verb),
        None => {
            let verb = (first.saturating_sub(NEAR)..first)
                .rev()
                .find(|t| scene.time_at(*t).is_none() && carries(scene, *t))?;
            undone(scene, verb)
        }
    }
}

/// The word that brings the noun, by the preposition before it or as its own object or subject.
fn bringer(scene: &Scene<'_, '_>, token: usize) -> Option<usize> {
    let doc = scene.doc;
    // "to any agreement"
    let any = |t: &usize| doc.particle(*t, "neg").is_some_and(|row| row.needs_neg);
    let head = token.checked_sub(1).filter(any).unwrap_or(token);
    let glued = doc.clitics(head).preposition.map(|p| doc.lexicon.fold.word(&p.to_string()));
    let preposition = doc.governed_by(head).map(|row| row.folded.clone()).or(glued);
    let known = is_known(scene, token);
    let brings = |r: &Reading, row: &Row| match &preposition {
        // Whoever has no part in what happened denies not that it did.
        _ if row.has_role("by_preposition") => false,
        Some(p) => {
            matches!(row.frame.as_deref(), Some("light" | "manage" | "fail"))
                && row.roles.as_ref().is_some_and(|r| r.prep.get(p).is_some_and(|role| role == "event"))
        }
        None => r.features.category.is_finite() && carries_bare(row) && !(known && joins_events(row)),
    };
    let clause = scene.clauses.of(head);
    let start = doc.sentence_range(token).start.max(head.saturating_sub(FAR));
    let before = (start..head).rev().filter(|t| scene.clauses.of(*t) == clause && scene.actor_at(*t).is_none());
    let mut before = before.take_while(|t| !doc.is_particle(*t, "comp"));
    let found = before.find(|t| doc.reading(*t, brings).is_some() || doc.is_finite(*t) && !doc.could_be_nominal(*t))?;
    // "the culprits of the attack were not reached"
    let led = |t: usize| doc.clitics(t).preposition.is_some() || doc.is_preposition(t);
    let parts = |t: usize| doc.kind(t) == Some(Kind::Comma) || known && led(t);
    let apart = preposition.is_none() && (found + 1..head).any(parts);
    (!apart && doc.reading(found, brings).is_some()).then_some(found)
}

/// "launched a raid", "a raid took place": the event is the object or the subject of the verb.
fn carries_bare(row: &Row) -> bool {
    let event = |role: &Option<String>| role.as_deref() == Some("event");
    row.frame.as_deref() == Some("light")
        && !row.has_role("ends")
        && row.roles.as_ref().is_none_or(|r| {
            event(&r.subject) && r.object.is_none() || event(&r.object) || r.object.is_none() && r.prep.is_empty()
        })
}

/// "the raid", "the storming of the prison".
fn is_known(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    let next = token + 1;
    let owner = || doc.continues_phrase(next) && doc.is_definite(next) || scene.mention_end(next).is_some();
    doc.is_definite(token) || owner() && doc.clitics(next).preposition.is_none()
}

/// "the raid preceded the attack": two events.
fn joins_events(row: &Row) -> bool {
    let event = |role: &Option<String>| role.as_deref() == Some("event");
    row.roles.as_ref().is_some_and(|r| event(&r.subject) && event(&r.object))
}

fn carries(scene: &Scene<'_, '_>, token: usize) -> bool {
    let light = |r: &Reading, row: &Row| r.features.category.is_finite() && row.frame.as_deref() == Some("light");
    scene.doc.reading(token, light).is_some()
}

/// The word itself if it says failure; the negation right before it.
fn undone(scene: &Scene<'_, '_>, token: usize) -> Option<usize> {
    let doc = scene.doc;
    let fails = |r: &Reading, row: &Row| {
        let says = r.features.category.is_finite() || r.features.category == Category::Masdar;
        row.frame.as_deref() == Some("fail") && says
    };
    let before = doc.previous_word(token);
    let none = before.filter(|p| doc.particle(*p, "neg").is_some_and(|row| !row.is_weak() && row.aspect.is_none()));
    match doc.reading(token, fails) {
        // "did not fail"
        Some(_) => none.is_none().then_some(token),
        None => none,
    }
}

/// "did not end", "was not the first", "no threat preceded it": the word before the noun that the negation is about.
pub(super) fn only_described(scene: &Scene<'_, '_>, token: usize, negation: usize) -> bool {
    let doc = scene.doc;
    let verb = negation + 1;
    if verb + 1 != token || !is_known(scene, token) {
        return false;
    }
    let aside = |_: &Reading, row: &Row| row.has_role("ends") || joins_events(row);
    let ordinal = scene.quantity_at(token + 1).is_some_and(|q| is_ordinal(scene, q));
    let first = doc.is_particle(verb, "aux") && ordinal;
    // "the accord does not provide for": what a verb that carries no event says nothing of.
    let carries = |_: &Reading, row: &Row| {
        matches!(row.frame.as_deref(), Some("light" | "manage" | "fail" | "prevent" | "result" | "modal" | "rise"))
    };
    let idle = doc.clitics(token).preposition.is_none()
        && doc.is_finite(verb)
        && !doc.is_particle(verb, "aux")
        && doc.reading(verb, carries).is_none();
    doc.reading(verb, aside).is_some() || first || idle
}
