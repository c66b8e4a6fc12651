//! Two sides named together: "between A and B", "between it and B", "between the two sides".

use super::blame::same_side;
use super::casualty::{Casualty, is_bodily};
use super::event::Event;
use super::phrase::phrase_end;
use super::roles::Builder;
use super::slots::Slot;
use super::{Filler, Scene};
use crate::segment::Kind;

/// "ten rebels were killed in clashes with the army": those who fell there fought it.
pub(super) fn fallen(scene: &Scene<'_, '_>, events: &mut [Event], rows: &[Casualty]) {
    let fights = |row: &Casualty| row.victim_class == "combatant" && is_bodily(&row.kind) && !row.negated;
    for row in rows.iter().filter(|row| fights(row)) {
        let (Some(clash), Some(party)) = (row.cause, row.victim_actor) else { continue };
        let event = &mut events[clash];
        let other = event.patient.as_ref().and_then(|f| f.actor);
        let open = event.kind == "clash" && event.agent.is_none();
        if open && other.is_some_and(|a| !same_side(scene, a, party)) {
            event.agent = Some(scene.actor_filler(party));
        }
    }
}

/// How far behind "between" the other side may stand.
const SIDES: usize = 30;

/// How far behind the noun "between it and B" may begin.
const NEAR: usize = 4;

impl Builder<'_, '_, '_> {
    /// "the army and the rebels clashed": the second of two that "and" joins is who the first fights.
    pub(super) fn other_side(&mut self, found: &[Slot]) {
        if self.trigger.frame.name != "clash" || self.roles.patient.is_some() {
            return;
        }
        let Some(agent) = self.roles.agent.as_ref().map(|f| f.at.tokens.start) else { return };
        let first = found.iter().position(|s| s.preposition.is_empty() && !s.joined && s.tokens.end > agent);
        let other = first.and_then(|n| found.get(n + 1)).filter(|s| s.joined && s.preposition.is_empty());
        if let Some(slot) = other.filter(|s| self.is_party(s)).cloned() {
            self.fill("patient", &slot);
        }
    }

    /// "clashes between it and B": whom the pronoun means, and B.
    pub(super) fn pronoun_side(&mut self) {
        let scene = self.scene;
        let doc = scene.doc;
        let token = self.trigger.token;
        let end = doc.sentence_range(token).end;
        let between = |t: usize| {
            let row = doc
                .particle(t, "prep")
                .filter(|row| self.trigger.frame.prep.get(&row.folded).is_some_and(|r| r == "sides"));
            row.and_then(|_| doc.readings(t).iter().find_map(|r| r.pronoun))
        };
        let near = (token + 1..end.min(token + 1 + NEAR)).take_while(|t| doc.is_word(*t));
        let Some((at, pronoun)) = near.into_iter().find_map(|t| Some((t, between(t)?))) else { return };
        let again = doc.clitics(at + 1).conjunction.is_some() && doc.particle(at + 1, "prep").is_some();
        if !again || at + 2 >= end {
            return;
        }
        let other = Slot { preposition: String::new(), tokens: at + 2..phrase_end(scene, at + 2, end), joined: false };
        if !scene.names_somebody(&other) {
            return;
        }
        let clause = scene.clauses.of(token);
        let subject = scene.subject(clause).filter(|f| scene.agrees_with(pronoun, f) && self.is_agent(f));
        let around = |wanted| scene.carried(clause, wanted).filter(|f| self.is_agent(f));
        // A party may be called by a noun of another gender ("a unit of the army").
        let first = subject.or_else(|| around(Some(pronoun))).or_else(|| around(None));
        if let Some(first) = first {
            self.roles.agent = Some(first);
            self.roles.patient = Some(scene.filler_of(other.tokens));
            self.roles.between = true;
        }
    }

    /// "between the two sides": the two that fight in the sentence before the noun.
    fn both(&mut self) {
        let scene = self.scene;
        let actors = &scene.mentions.actors;
        let start = scene.doc.sentence_range(self.trigger.token).start;
        let fights = |a: &usize| {
            matches!(actors[*a].kind.as_str(), "armed_group" | "military" | "coalition" | "collective" | "state")
                && !scene.in_source(actors[*a].at.tokens.start)
        };
        let from = actors.partition_point(|a| a.at.tokens.start < start);
        let to = actors.partition_point(|a| a.at.tokens.start < self.trigger.token);
        let here: Vec<usize> = (from..to).filter(fights).collect();
        // "X and Y": two of one side.
        let alone = |n: &usize| {
            let start = actors[here[*n]].at.tokens.start;
            let joined = scene.doc.clitics(start).conjunction.is_some();
            !(joined && n.checked_sub(1).is_some_and(|p| actors[here[p]].at.tokens.end == start))
        };
        let pair = |last: usize| {
            let second = here[last];
            let other = |a: &&usize| actors[**a].row.is_none() || actors[**a].row != actors[second].row;
            here[..last].iter().rev().find(other).map(|first| (*first, second))
        };
        let named = (0..here.len()).rev().find(alone).and_then(pair);
        if let Some((first, second)) = named.or_else(|| pair(here.len().checked_sub(1)?)) {
            self.roles.agent = Some(scene.actor_filler(first));
            self.roles.patient = Some(scene.actor_filler(second));
            self.roles.between = true;
        }
    }

    /// "between A and B", "between A and B on one side and C on the other".
    pub(super) fn sides(&mut self, slot: &Slot) {
        let scene = self.scene;
        let doc = scene.doc;
        if self.roles.agent.is_some() {
            return;
        }
        let end = doc.sentence_range(slot.tokens.start).end;
        if doc.reading(slot.tokens.start, |r, row| r.features.is_dual() && row.has_role("both")).is_some() {
            self.both();
            return;
        }
        let first = scene.filler_of(slot.tokens.clone());
        let mut second: Option<Filler> = None;
        let mut apart = false;
        let mut t = slot.tokens.end;
        while t < end && t < slot.tokens.end + SIDES {
            let side = doc.particle(t, "prep").is_some_and(|r| r.has_role("side"));
            let over = doc.is_particle(t, "comp") || doc.is_particle(t, "conj") && second.is_some();
            if over || doc.kind(t) == Some(Kind::Clause) {
                break;
            }
            if side && apart && second.is_some() {
                break;
            }
            if side {
                apart = true;
                second = None;
            }
            // "and between B"
            let between =
                |row: &crate::lexicon::Row| self.trigger.frame.prep.get(&row.folded).is_some_and(|r| r == "sides");
            if second.is_none() && doc.clitics(t).conjunction.is_some() && doc.particle(t, "prep").is_some_and(between)
            {
                let named = t + 1..phrase_end(scene, t + 1, end);
                if t + 1 < end && named.clone().any(|t| scene.actor_at(t).is_some()) {
                    second = Some(scene.filler_of(named.clone()));
                    t = named.end;
                    continue;
                }
            }
            let and = doc.clitics(t).conjunction.is_some() && !doc.is_function_word(t);
            if second.is_none() && (and || apart && scene.actor_at(t).is_some()) {
                let mut other = phrase_end(scene, t, end);
                // "and a checkpoint of the army"
                if let Some(owner) = scene.actor_at(other).filter(|_| self.is_owned_by(other)) {
                    other = scene.mentions.actors[owner].at.tokens.end;
                }
                let other = Slot { preposition: String::new(), tokens: t..other, joined: true };
                if scene.names_somebody(&other) || other.tokens.clone().any(|t| scene.actor_at(t).is_some()) {
                    second = Some(scene.filler_of(other.tokens.clone()));
                    t = other.tokens.end;
                    continue;
                }
            }
            t += 1;
        }
        let head = Slot { joined: false, ..slot.clone() };
        // "between Palestinians and": a people.
        let people = |r: &crate::lexicon::Reading, _: &crate::lexicon::Row| {
            doc.list(r) == crate::lexicon::List::Demonym && r.features.is_plural()
        };
        let people = doc.reading(slot.tokens.start, people).is_some();
        if let Some(second) = second
            && (first.actor.is_some() || people || scene.names_somebody(&head))
        {
            self.roles.agent = Some(first);
            self.roles.patient = Some(second);
            self.roles.between = true;
        }
    }
}
