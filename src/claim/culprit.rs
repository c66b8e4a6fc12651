//! Who the doer of a deed is said to be: "the perpetrator of the attack is a man of twenty", "X, who carried it out".

use super::Filler;
use super::control::lends;
use super::count::people;
use super::phrase::phrase_end;
use super::roles::Builder;
use super::slots::{Slot, is_glued_pronoun, is_goal, slots};
use crate::lexicon::{List, Reading, Row};
use crate::morph::Category;
use crate::segment::Kind;

/// How far behind a deed the words may stand that say who did it.
const SAID: usize = 14;

/// How far behind a verb the word for the responsibility may stand that it lays on somebody.
const BLAMED: usize = 6;

/// How far behind that word those may stand on whom it is laid.
const LAID: usize = 2;

/// How far behind a verb of thinking what is thought may begin.
const THOUGHT: usize = 4;

impl Builder<'_, '_, '_> {
    /// Whom the noun for the doer, right before the trigger, stands for.
    pub(super) fn culprit(&self, doer: usize) -> Option<Filler> {
        let found = self.culprit_before(doer).or_else(|| self.culprit_behind(doer, self.trigger.token));
        found.filter(|f| self.is_agent(f))
    }

    /// "X, the perpetrator of", "X is the perpetrator of": a person by name, or whoever the clause is about.
    fn culprit_before(&self, doer: usize) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        if !doc.clitics(doer).is_empty() {
            return None;
        }
        let end = doer.checked_sub(1)?;
        if doc.is_particle(end, "pron") {
            let start = scene.clause(doer).start;
            let head = start + usize::from(doc.is_particle(start, "comp"));
            if head >= end || end - head > SAID {
                return None;
            }
            return self.somebody_at(head, end);
        }
        let comma = doc.kind(end) == Some(Kind::Comma);
        let name = scene.actor_at(if comma { end.checked_sub(1)? } else { end })?;
        let person = &scene.mentions.actors[name];
        // "the officer X killed the perpetrator"
        let acts = person.at.tokens.start.checked_sub(1).is_some_and(|t| doc.is_finite(t));
        (person.kind == "person" && !acts).then(|| scene.actor_filler(name))
    }

    /// "an attack whose perpetrators are thought to be settlers"
    pub(super) fn its_culprit(&self, verb: usize, end: usize) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let that = |t: &usize| doc.is_particle(*t, "comp");
        let near = (verb + 1..end.min(verb + THOUGHT)).take_while(|t| doc.is_word(*t));
        let doer = near.into_iter().find(that).filter(|t| doc.is_finite(verb) && t + 1 < end)? + 1;
        let does = |r: &Reading, row: &Row| r.features.category == Category::ActiveParticiple && is_doing(row);
        let (reading, _) = doc.reading(doer, does)?;
        let deed = scene.phrase(self.trigger.token..self.trigger.token + 1);
        let its = reading.pronoun.is_some_and(|p| p.person == 3 && scene.agrees_with(p, &deed));
        its.then(|| self.culprit_behind(doer, doer)).flatten()
    }

    /// "an attack for which they hold X responsible", "whose responsibility was laid on X": X.
    pub(super) fn blamed(&self, verb: usize, end: usize) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        if !doc.is_finite(verb) || scene.mention_end(verb).is_some() {
            return None;
        }
        let burden = |t: &usize| doc.reading(*t, |_, row| row.class.as_deref() == Some("responsibility")).is_some();
        let near = (verb + 1..end.min(verb + BLAMED)).take_while(|t| doc.is_word(*t) && !doc.is_particle(*t, "comp"));
        let burden = near.into_iter().find(burden)?;
        let about = doc.is_preposition(burden + 1) && self.is_of_it(burden + 1);
        let own = doc.reading(burden, |r, _| r.pronoun.is_some()).is_some();
        // "claimed its responsibility for it": whoever claims; and nobody who denies it.
        if about && own {
            let denies = doc.reading(verb, |_, row| row.cue.as_deref() == Some("deny")).is_some();
            return scene.subject(scene.clauses.of(verb)).filter(|f| !denies && self.is_agent(f));
        }
        let its = own && self.is_of_it(burden);
        if !(about || its) {
            return None;
        }
        let from = burden + 1 + usize::from(about);
        let laid =
            |t: &usize| is_goal(self.scene, *t) || doc.governed_by(*t).is_some_and(|row| row.has_role("patient"));
        let behind = (from..end.min(from + LAID)).find(laid).and_then(|t| self.somebody_at(t, end));
        behind.or_else(|| self.accused(burden).flatten()).filter(|f| self.is_agent(f))
    }

    /// "the attack that X plans to carry out", "the killings that X meant to do": X.
    pub(super) fn planned_by(&self, verb: usize, end: usize) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let agent = |row: &Row| row.roles.as_ref().is_some_and(|r| r.subject.as_deref() == Some("agent"));
        let wants = |r: &Reading, row: &Row| {
            r.features.category.is_finite() && row.frame.as_deref() == Some("modal") && agent(row)
        };
        doc.reading(verb, wants).filter(|_| scene.mention_end(verb).is_none())?;
        let carries_out = |r: &Reading, row: &Row| r.features.category == Category::Masdar && is_doing(row);
        let does = |t: &usize| {
            let of_it = || self.is_of_it(*t) || is_glued_pronoun(scene, t + 1) && self.is_of_it(t + 1);
            doc.reading(*t, carries_out).is_some() && of_it()
        };
        let near = (verb + 1..end.min(verb + SAID)).take_while(|t| doc.is_word(*t));
        near.into_iter().find(does)?;
        let around = || scene.subject(scene.clauses.of(verb));
        scene
            .subject_behind(verb)
            .or_else(around)
            .filter(|f| self.is_agent(f) && f.at.tokens.start != self.trigger.token)
    }

    /// Somebody whose phrase begins there.
    fn somebody_at(&self, token: usize, end: usize) -> Option<Filler> {
        let scene = self.scene;
        let tokens = token..phrase_end(scene, token, end);
        let slot = Slot { preposition: String::new(), tokens, joined: false };
        scene.names_somebody(&slot).then(|| scene.filler_of(slot.tokens))
    }

    /// A pronoun that may stand for the deed: "of it".
    fn is_of_it(&self, token: usize) -> bool {
        let deed = self.scene.phrase(self.trigger.token..self.trigger.token + 1);
        let mut meant = self.scene.doc.readings(token).iter().filter_map(|r| r.pronoun).filter(|p| p.person == 3);
        meant.any(|p| self.scene.agrees_with(p, &deed))
    }

    /// "laid the responsibility for the attack on X": X, behind the word for it or behind the deed.
    pub(super) fn laid_on(&self, burden: usize) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let token = self.trigger.token;
        let verb = scene.clauses.at(token).and_then(|c| c.verb).filter(|v| *v < burden)?;
        doc.reading(verb, |_, row| row.has_role("lays"))?;
        let on = |s: &Slot| doc.governed_by(s.tokens.start).is_some_and(|row| row.has_role("patient"));
        let whom = |s: &Slot| on(s) && (scene.names_somebody(s) || scene.place_at(s.tokens.start).is_some());
        let before = slots(scene, burden + 1, token, 2).into_iter().find(whom);
        let behind = || slots(scene, token + 1, doc.sentence_range(token).end, 3).into_iter().find(whom);
        let found = before.or_else(behind)?;
        Some(scene.filler_of(found.tokens)).filter(|f| self.is_agent(f))
    }

    /// "the perpetrator of the attack in X is a man of twenty", "the perpetrator of the attack, Y".
    fn culprit_behind(&self, doer: usize, deed: usize) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let limit = doc.sentence_range(deed).end.min(deed + SAID);
        let at = self.behind_deed(deed, limit);
        let linked = at < limit && (doc.is_particle(at, "pron") || doc.is_particle(at, "aux"));
        let head = at + usize::from(linked);
        let clitics = doc.clitics(head);
        if head >= limit || doc.is_preposition(head) || clitics.preposition.is_some() || clitics.conjunction.is_some() {
            return None;
        }
        // "three young men"
        let counted = scene.quantity_at(head).and_then(|q| scene.mentions.quantities[q].noun);
        let noun = counted.filter(|n| (head..limit).contains(n)).unwrap_or(head);
        let tokens = noun..phrase_end(scene, noun, limit);
        let named = scene.actor_at(head).is_some_and(|a| scene.mentions.actors[a].kind == "person");
        let one = !doc.is_definite(noun) && people(scene, noun).is_some();
        let about = doer == doc.sentence_range(doer).start || doc.is_any_particle(doer - 1, ["comp", "aux"]);
        let said = named || one && (about || linked);
        said.then(|| if named { scene.filler_of(tokens) } else { scene.phrase(tokens) })
    }

    /// Past the adjectives, places and times of the deed.
    fn behind_deed(&self, deed: usize, limit: usize) -> usize {
        let scene = self.scene;
        let doc = scene.doc;
        let mut at = deed + 1;
        while at < limit {
            let clitics = doc.clitics(at);
            if let Some(time) = scene.time_at(at) {
                at = scene.mentions.times[time].tokens.end.max(at + 1);
            } else if let Some(place) = scene.place_at(at) {
                at = scene.mentions.places[place].at.tokens.end.max(at + 1);
            } else if doc.kind(at) == Some(Kind::Comma) {
                at += 1;
            } else if !doc.is_word(at) || clitics.conjunction.is_some() {
                break;
            } else if doc.is_preposition(at) || clitics.preposition.is_some() {
                at = phrase_end(scene, (at + usize::from(doc.is_preposition(at))).min(limit), limit).max(at + 1);
            } else if self.describes_deed(at) {
                at += 1;
            } else {
                break;
            }
        }
        at
    }

    fn describes_deed(&self, at: usize) -> bool {
        let doc = self.scene.doc;
        let adjective = doc
            .readings(at)
            .iter()
            .any(|r| matches!(doc.list(r), List::Adjective | List::Demonym) || r.features.category.is_participle());
        // "the suicide attack", by a word that names who does so
        let bomber =
            at == self.trigger.token + 1 && people(self.scene, at).is_some_and(|(r, _)| !r.features.is_several());
        (adjective || bomber) && doc.clitics(at).article && self.trigger.reading.clitics.article
    }
}

/// A verb of carrying out: its subject does what its object tells.
fn is_doing(row: &Row) -> bool {
    row.frame.as_deref() == Some("light") && lends(row) == "agent"
}
