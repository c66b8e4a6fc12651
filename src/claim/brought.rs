//! What prepositions bring to a trigger: its doer, whom it is done to, the means of the verb before it.

use super::filling::scene_actor;
use super::roles::{Builder, roles};
use super::slots::Slot;
use super::told::told_by_means;
use super::trigger::Trigger;
use crate::lexicon::{Reading, Row};
use crate::morph::Category;

impl Builder<'_, '_, '_> {
    /// "the forces loyal to X": what the participle at the end of a phrase takes.
    fn is_of_participle(&self, phrase: &Slot, slot: &Slot) -> bool {
        let doc = self.scene.doc;
        let before = slot.tokens.start - usize::from(doc.clitics(slot.tokens.start).preposition.is_none());
        let last = phrase.tokens.end.wrapping_sub(1);
        let belongs = |row: &Row| matches!(row.class.as_deref(), Some("belonging" | "loyal"));
        if phrase.tokens.end == before && doc.reading(last, |_, row| belongs(row)).is_some() {
            return true;
        }
        let participle = |r: &Reading| r.features.category.is_participle();
        phrase.tokens.len() > 1
            && phrase.tokens.end == before
            && !doc.readings(last).is_empty()
            && doc.readings(last).iter().all(participle)
    }

    /// "X targeted houses with heavy shelling": whom and what the verb names.
    pub(super) fn means_of_verb(&mut self) {
        let scene = self.scene;
        let verb = scene.clauses.at(self.trigger.token).and_then(|c| c.verb).filter(|v| *v < self.trigger.token);
        let told = verb.and_then(|v| scene.trigger_at(v));
        if let Some(verb) = told.filter(|v| told_by_means(scene, v) == Some(self.trigger.token)) {
            let named = roles(scene, verb);
            self.roles.agent = self.roles.agent.take().or(named.agent);
            self.roles.patient = named.patient.or(self.roles.patient.take());
            self.roles.place = named.place.or(self.roles.place);
        }
    }

    /// "took the town with the support of X": what stands behind is the support's.
    fn is_means_of(&self, slot: &Slot) -> bool {
        let scene = self.scene;
        let clitic = scene.doc.clitics(slot.tokens.start).preposition;
        let support = |x: &Trigger<'_>| x.shape.is_noun() && x.frame.event.as_deref() == Some("support");
        clitic.is_some_and(|p| scene.doc.lexicon.is_place_clitic(p))
            && scene.trigger_at(slot.tokens.start).is_some_and(support)
    }

    /// A verb of doing before the noun, with its subject, brings an attack.
    pub(super) fn is_set_up(&self) -> bool {
        let scene = self.scene;
        let token = self.trigger.token;
        let clause = scene.clauses.of(token);
        let verb = scene.clauses.get(clause).and_then(|c| c.verb).filter(|v| *v < token);
        let sets = |row: &Row| row.object_frame.iter().any(|(w, f)| f == "light" && scene.doc.is_lemma(token, w));
        self.trigger.frame.name == "attack"
            && verb.is_some_and(|v| {
                let said = scene.subject_in_front(clause).is_some() || scene.subject_behind(v).is_some();
                said && scene.doc.reading(v, |r, row| r.features.category.is_finite() && sets(row)).is_some()
            })
    }

    /// Indefinite people: "of X" behind them says whose.
    fn is_some_of(&self, slot: &Slot) -> bool {
        let scene = self.scene;
        slot.preposition.is_empty()
            && !self.qualifies(slot)
            && scene_actor(scene, slot).is_none()
            && !scene.doc.is_definite(slot.tokens.start)
            && scene.names_somebody(slot)
    }

    /// "attacked on motorcycles a village": what they came on, where what they hit stands behind it.
    fn is_mount(&self, slot: &Slot, found: &[Slot]) -> bool {
        let doc = self.scene.doc;
        let head = slot.tokens.start;
        let vehicle = |row: &Row| row.class.as_deref() == Some("vehicle");
        let noun = |r: &Reading, row: &Row| r.features.category == Category::Noun && vehicle(row);
        // "motorcycles", of two words
        let whole = || doc.turn_at(head).is_some_and(|t| t.tokens[0] == head && vehicle(doc.lexicon.row(t.row)));
        let on = doc.governed_by(head).is_some_and(|row| row.has_role("patient"));
        let bare = found.iter().filter(|s| s.preposition.is_empty()).count();
        self.trigger.shape.is_verb()
            && on
            && bare > 1
            && !doc.is_definite(head)
            && (doc.reading(head, noun).is_some() || whole())
    }

    pub(super) fn prepositions(&mut self, found: &[Slot]) {
        // A doer who owns the deed stands next to it: behind another noun he owns that.
        let mut other = self.trigger.shape.is_verb();
        for slot in found {
            if slot.tokens.start > self.trigger.token + 1 && self.is_other_event(slot) || self.is_means_of(slot) {
                break;
            }
            let own = !slot.preposition.is_empty();
            let governed = self.scene.doc.governed_by(slot.tokens.start);
            if governed.is_some_and(|row| row.has_role("supporter")) && slot.tokens.start > self.trigger.token + 2 {
                break;
            }
            let role = self.prep_role(&slot.preposition).filter(|_| own);
            // "a force belonging to X": whose it is, and nobody whom it does it to.
            if governed.is_some_and(|row| row.has_role("affiliation")) {
                continue;
            }
            if role.is_none() && own && self.is_locative(slot) {
                self.fill("place", slot);
            }
            let Some(role) = role else {
                other |= slot.tokens.start > self.trigger.token + 1 || !self.qualifies(slot);
                continue;
            };
            // "the outskirts of X"
            let owns = found.iter().any(|f| f.tokens.end == slot.tokens.start && self.is_part(f));
            if self.is_mount(slot, found) || owns {
                continue;
            }
            // "fighters of X": part of the phrase before.
            let of = |p: &usize| self.scene.doc.particle(*p, "prep").is_some_and(|row| row.has_role("partitive"));
            let part = slot.tokens.start.checked_sub(1).filter(of);
            if part.is_some_and(|p| found.iter().any(|f| f.tokens.end == p && self.is_some_of(f))) {
                continue;
            }
            if found.iter().any(|f| self.is_of_participle(f, slot)) {
                continue;
            }
            // "a campaign to bomb posts of X": what it is for, and whose that is.
            if role == "agent" && self.is_deed(slot) && self.is_owned_by(slot.tokens.start) {
                break;
            }
            // "set an ambush for a convoy": whoever set it is said.
            let role = if role == "agent" && self.is_owned_by(slot.tokens.start) && self.is_set_up() {
                "target".to_owned()
            } else {
                role
            };
            if role == "agent" && self.is_given_leave(slot) {
                continue;
            }
            let by = self.scene.doc.lexicon.is_by(&slot.preposition);
            // "an attack from the north": no doer.
            let whence = |row: &Row| row.has_role("origin");
            let from = role == "agent" && self.scene.doc.governed_by(slot.tokens.start).is_some_and(whence);
            if from && scene_actor(self.scene, slot).is_none() && !self.is_armed(slot.tokens.start) {
                continue;
            }
            // "a barracks of the army was attacked": nobody does a verb's deed by owning it.
            let verb = self.trigger.shape.is_verb() && !self.scene.doc.could_be_nominal(self.trigger.token);
            let damaged = self.trigger.frame.event.as_deref() == Some("destruction") && role == "patient";
            if (role == "agent" || damaged) && verb && self.is_owned_by(slot.tokens.start) {
                continue;
            }
            let owned = role == "agent" || self.is_owned_by(slot.tokens.start) && role == "target";
            if owned && other && !by && self.trigger.shape.is_noun() {
                continue;
            }
            other |= role != "agent";
            if role == "sides" {
                self.sides(slot);
            } else {
                self.fill(&role, slot);
            }
        }
    }
}
