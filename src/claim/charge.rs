//! Who is accused of a deed by a noun: "faces charges of", "was arrested on suspicion of", "is accused of".

use super::clause::Clause;
use super::control::lends;
use super::count::people;
use super::phrase::phrase_end;
use super::roles::roles;
use super::slots::{Slot, is_goal, slots};
use super::{Filler, Scene};
use crate::lexicon::{Reading, Row};
use crate::morph::Category;

/// How far before a deed the word for the charge may stand.
const CHARGE: usize = 5;

/// Among how many of a speaker's words his party may be named.
const SPEAKER: usize = 24;

/// How far before a joined deed the first may stand.
const JOINED: usize = 20;

/// Whom a charge right before the deed is against; nobody, where there is such a charge and nothing says against whom.
pub(super) fn charged_with(scene: &Scene<'_, '_>, token: usize) -> Option<Option<Filler>> {
    let deed = first_charged(scene, token)?;
    let word = deed.checked_sub(1)?;
    if scene.doc.reading(word, |r, row| r.clitics.conjunction.is_none() && row.has_role("charged")).is_some() {
        return Some(is_accused(scene, word));
    }
    if let Some(taken) = taken_part(scene, deed) {
        return Some(Some(taken));
    }
    let charge = charge_before(scene, deed)?;
    Some(against(scene, charge, deed).or_else(|| faces(scene, charge)))
}

/// "the arrest of a man suspected of his part in": whoever was arrested or is suspected, if the pronoun means him.
fn taken_part(scene: &Scene<'_, '_>, deed: usize) -> Option<Filler> {
    let doc = scene.doc;
    let part = deed.checked_sub(1 + usize::from(doc.is_preposition(deed - 1)))?;
    let takes = |r: &Reading, row: &Row| {
        let lent = row.frame.as_deref() == Some("light") && row.has_role("by_preposition");
        let noun = row.has_role("part_in") || row.has_role("charges") || lent;
        !r.features.category.is_finite() && noun && r.pronoun.is_some_and(|p| p.person == 3)
    };
    let whose = doc.reading(part, takes)?.0.pronoun?;
    let first = doc.sentence_range(part).start.max(part.saturating_sub(JOINED));
    let means = |f: &Filler| scene.agrees_with(whose, f);
    let held = (first..part).rev().filter_map(|t| scene.trigger_at(t));
    if let Some(held) = held.into_iter().find(|t| t.frame.event.as_deref() == Some("arrest")) {
        let found = roles(scene, held);
        let victims = || found.victims.first().map(|s| scene.filler_of(s.tokens.clone()));
        return found.patient.clone().or_else(victims).filter(means);
    }
    let suspects = |r: &Reading, row: &Row| row.class.as_deref() == Some("impersonal") && r.pronoun.is_none();
    let suspicion = (first..part).rev().take(CHARGE).find(|t| doc.reading(*t, suspects).is_some())?;
    let somebody = (first..suspicion).rev().take(CHARGE).filter(|t| scene.is_somebody(*t));
    somebody.map(|t| scene.filler_of(t..phrase_end(scene, t, suspicion))).find(means)
}

/// The first of the deeds that somebody is charged with: the one that a preposition brings, or that the charge governs.
fn first_charged(scene: &Scene<'_, '_>, token: usize) -> Option<usize> {
    let doc = scene.doc;
    let clitics = doc.clitics(token);
    let brought = |t: usize| doc.clitics(t).preposition.is_some_and(|p| doc.lexicon.is_place_clitic(p));
    let led = |t: usize| brought(t) || t > 0 && (doc.is_preposition(t - 1) || is_charge(scene, t - 1));
    if clitics.conjunction.is_none() {
        return led(token).then_some(token);
    }
    let ends =
        |t: &usize| !doc.is_word(*t) || doc.is_particle(*t, "comp") || doc.is_finite(*t) && !doc.could_be_nominal(*t);
    let near = (token.saturating_sub(JOINED)..token).rev().take_while(|t| !ends(t));
    let deed = |t: &usize| led(*t) && doc.is_category(*t, Category::Masdar) && scene.trigger_at(*t).is_some();
    near.into_iter().find(deed)
}

fn is_charge(scene: &Scene<'_, '_>, token: usize) -> bool {
    let charge = |r: &Reading, row: &Row| {
        let accuses = row.cue.as_deref() == Some("accuse") && r.features.category == Category::Masdar;
        !r.features.category.is_finite() && (accuses || row.has_role("charges"))
    };
    // "the attacking forces", by a word that may mean attacking in words
    let deed = || scene.doc.reading(token, |_, row| row.frame.is_some() && row.cue.is_none()).is_some();
    scene.doc.reading(token, charge).is_some() && !deed()
}

/// The word for the charge, with nothing but those whom it is against and what describes it up to the deed.
fn charge_before(scene: &Scene<'_, '_>, deed: usize) -> Option<usize> {
    let doc = scene.doc;
    let own = |t: &usize| {
        let and = doc.clitics(*t).conjunction.is_some();
        let deed = scene.trigger_at(*t).is_some_and(|x| x.frame.event.is_some()) && !is_charge(scene, *t);
        doc.is_word(*t)
            && !and
            && !deed
            && (!doc.is_finite(*t) || doc.could_be_nominal(*t) || scene.mention_end(*t).is_some())
    };
    let first = deed.saturating_sub(CHARGE);
    let mut at = deed;
    while at > first {
        at -= 1;
        if is_charge(scene, at) {
            return Some(at);
        }
        if !own(&at) {
            return None;
        }
    }
    None
}

/// "the charges against X of", "X being accused of": between the charge and the deed.
fn against(scene: &Scene<'_, '_>, charge: usize, deed: usize) -> Option<Filler> {
    let doc = scene.doc;
    let aimed = |s: &Slot| {
        let at = s.tokens.start;
        is_goal(scene, at) || doc.governed_by(at).is_some_and(|row| row.has_role("patient"))
    };
    let one = doc.reading(charge, |r, _| !r.features.is_plural()).is_some();
    let named = |s: &Slot| scene.names_somebody(s);
    let between = slots(scene, charge + 1, deed, 3);
    let whose = between.first().filter(|s| one && s.preposition.is_empty() && s.tokens.start == charge + 1);
    let found = between.iter().find(|s| aimed(s)).or(whose).filter(|s| named(s));
    found.map(|s| scene.filler_of(s.tokens.clone()))
}

/// Whom the verb of the charge says that it is against: who faces or denies it, to whom it is put, who is held for it.
fn faces(scene: &Scene<'_, '_>, charge: usize) -> Option<Filler> {
    let doc = scene.doc;
    let clause = scene.clauses.of(charge);
    let Clause { verb, .. } = scene.clauses.get(clause)?;
    let verb = verb.filter(|v| *v < charge)?;
    if let Some(held) = scene.trigger_at(verb).filter(|t| matches!(t.frame.event.as_deref(), Some("arrest"))) {
        return roles(scene, held).patient;
    }
    let aimed = |s: &Slot| is_goal(scene, s.tokens.start) && scene.names_somebody(s);
    let put_to = slots(scene, verb + 1, charge, 4).into_iter().find(aimed);
    if let Some(slot) = put_to {
        return Some(scene.filler_of(slot.tokens));
    }
    let undergoes = |r: &Reading, row: &Row| {
        let meets = row.has_role("faces") || row.cue.as_deref() == Some("deny");
        r.features.category.is_finite() && (meets || row.frame.as_deref() == Some("light") && lends(row) == "patient")
    };
    doc.reading(verb, undergoes)?;
    let subject = scene.subject(clause)?;
    // "the spokesman of X denied the charges of": X.
    let speaks = doc.reading(subject.at.tokens.start, |_, row| row.source_kind.is_some()).is_some();
    let party = |a: &usize| scene.mentions.actors[*a].kind != "person";
    let person = speaks || subject.actor.is_some_and(|a| !party(&a));
    if !person {
        return Some(subject);
    }
    let end = scene.source_of(charge).map_or(subject.at.tokens.end, |a| scene.attributions[a].source.at.tokens.end);
    let named = (subject.at.tokens.start..end.min(charge)).take(SPEAKER).filter_map(|t| scene.actor_at(t)).find(party);
    named.map(|a| scene.actor_filler(a))
}

/// "X is accused of", "an officer accused of".
fn is_accused(scene: &Scene<'_, '_>, word: usize) -> Option<Filler> {
    let doc = scene.doc;
    let before = doc.previous_word(word)?;
    if let Some(actor) = scene.actor_at(before) {
        return Some(scene.actor_filler(actor));
    }
    let noun = people(scene, before).filter(|_| doc.continues_phrase(word)).map(|_| before);
    // "the accused of"
    let whole = noun.or_else(|| people(scene, word).map(|_| word))?;
    Some(scene.phrase(whole..phrase_end(scene, whole, word + 1)))
}
