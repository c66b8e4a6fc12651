//! Who can do or suffer something: people, crowds, those counted, and no deed.

use super::Filler;
use super::filling::scene_actor;
use super::roles::Builder;
use super::slots::Slot;
use super::trigger::Shape;
use crate::lexicon::{List, Reading, Row};
use crate::morph::Category;
use crate::segment::Gender;

impl Builder<'_, '_, '_> {
    /// A verbal noun: what is done, and nobody who does it.
    pub(super) fn is_deed(&self, slot: &Slot) -> bool {
        let scene = self.scene;
        let head = slot.tokens.start;
        scene.actor_at(head).is_none()
            && super::count::people(scene, head).is_none()
            && scene.quantity_at(head).is_none()
            && scene.doc.reading(head, |r, _| r.features.category == Category::Masdar).is_some()
    }

    /// "on suspicion of": a verbal noun of accusing.
    pub(super) fn is_suspicion(&self, slot: &Slot) -> bool {
        let accuses =
            |r: &Reading, row: &Row| r.features.category == Category::Masdar && row.cue.as_deref() == Some("accuse");
        self.scene.doc.reading(slot.tokens.start, accuses).is_some()
    }

    /// An indefinite participle of many, of a verb of saying, behind something else than the verb.
    pub(super) fn is_circumstance(&self, slot: &Slot) -> bool {
        let doc = self.scene.doc;
        let head = slot.tokens.start;
        let says = |r: &Reading, row: &Row| {
            r.features.category == Category::ActiveParticiple && r.features.is_plural() && row.cue.is_some()
        };
        slot.preposition.is_empty()
            && head > self.trigger.token + 1
            && !doc.is_definite(head)
            && doc.reading(head, says).is_some()
            && doc.readings(head).iter().all(|r| r.features.category.is_participle())
    }

    /// A verbal noun that tells of an event, where violence is told.
    pub(super) fn is_told_deed(&self, slot: &Slot) -> bool {
        let violent = self.trigger.is_violent();
        let told = |t: &super::trigger::Trigger<'_>| t.shape == Shape::Masdar && t.frame.event.is_some();
        violent && self.is_deed(slot) && self.scene.trigger_at(slot.tokens.start).is_some_and(told)
    }

    /// "arrest or capture of X": another word for the deed, and nobody who suffers it.
    pub(super) fn is_other_deed(&self, slot: &Slot) -> bool {
        self.is_deed(slot)
            && self.scene.trigger_at(slot.tokens.start).is_some_and(|t| t.frame.event == self.trigger.frame.event)
    }

    /// Somebody: a noun of people that is no adjective of the trigger, or a name in no list.
    pub(super) fn can_act(&self, slot: &Slot) -> bool {
        let doc = self.scene.doc;
        let head = slot.tokens.start;
        // "Umm Durman", written like a mother.
        if self.scene.place_at(head).is_some() && self.scene.actor_at(head).is_none() {
            return false;
        }
        // "thousands of civilians": the number is no adjective.
        if self.scene.quantity_at(head).is_some() {
            let named = self.scene.filler_of(slot.tokens.clone());
            if named.actor.is_some() || self.are_people(named.at.tokens) {
                return true;
            }
        }
        if self.is_crowd(slot.tokens.clone()) {
            return true;
        }
        if self.scene.is_nobody(&self.scene.phrase(slot.tokens.clone())) {
            return false;
        }
        let adjective = head == self.trigger.token + 1
            && !self.trigger.shape.is_verb()
            && doc.reading(head, |r, _| !r.features.is_plural() && !r.clitics.article).is_some();
        !adjective && self.are_people(slot.tokens.clone())
    }

    /// "thousands" who march or flee.
    pub(super) fn is_crowd(&self, tokens: std::ops::Range<usize>) -> bool {
        let moves = matches!(self.trigger.frame.event.as_deref(), Some("displacement" | "protest"));
        let number = self.scene.quantity_at(tokens.start).map(|q| &self.scene.mentions.quantities[q]);
        moves && number.is_some_and(|q| q.unit.is_none() && q.noun.is_none() && q.tokens.end >= tokens.end)
    }

    pub(super) fn are_people(&self, mut tokens: std::ops::Range<usize>) -> bool {
        let doc = self.scene.doc;
        let rule = |r: &Reading, row: &Row| {
            doc.list(r) == List::Head && matches!(row.makes.as_deref(), Some("state" | "military" | "armed_group"))
        };
        if doc.reading(tokens.start, rule).is_some() {
            return true;
        }
        let start = tokens.start;
        // "another face": nobody.
        let other = |r: &Reading, t: usize| doc.is_particle(t, "other") && !r.features.is_plural();
        tokens.any(|t| {
            // "military posts": an adjective that may name a soldier too.
            let adjective = |r: &Reading| {
                t > start && !r.features.is_plural() && r.features.agreement.gender == Some(Gender::Feminine)
            };
            super::count::people(self.scene, t).is_some_and(|(r, _)| !other(&r, t) && !adjective(&r))
                || doc
                    .reading(t, |r, row| doc.list(r) == List::Collective || row.class.as_deref() == Some("force"))
                    .is_some()
        })
    }

    /// Somebody who does things: a party, or a definite person.
    pub(super) fn is_doer(&self, slot: &Slot) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        let head = slot.tokens.start;
        if scene.quantity_at(head).is_some() {
            return false;
        }
        match scene_actor(scene, slot) {
            Some(a) => scene.mentions.actors[a].kind != "person" || self.trigger.frame.harm.is_none(),
            None => {
                doc.is_definite(head) && doc.reading(head, |_, r| r.victim.is_some() || r.class.is_some()).is_some()
            }
        }
    }

    pub(super) fn is_counted(&self, filler: &Filler) -> bool {
        self.counts(filler.at.tokens.clone())
    }

    pub(super) fn is_counted_slot(&self, slot: &Slot) -> bool {
        self.counts(slot.tokens.clone())
    }

    pub(super) fn names_people(&self, slot: &Slot) -> bool {
        let scene = self.scene;
        slot.tokens.clone().any(|t| super::count::people(scene, t).is_some() || scene.actor_at(t).is_some())
    }

    fn counts(&self, mut tokens: std::ops::Range<usize>) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        tokens.any(|t| {
            // A name may sound like people: the Taliban are no "two students".
            let named = || scene.actor_at(t).is_some_and(|a| scene.mentions.actors[a].kind != "collective");
            let people = || doc.reading(t, |_, r| r.victim.is_some()).is_some() && !doc.is_definite(t);
            // "the two sides": nobody is counted.
            let both = || doc.reading(t, |r, row| r.features.is_dual() && row.has_role("both")).is_some();
            scene.quantity_at(t).is_some() && !both() || people() && !named()
        })
    }

    /// "hundreds of fighters": the number stands first.
    pub(super) fn counts_people(&self, slot: &Slot) -> bool {
        let people = |f: &Filler| f.actor.is_some() || self.are_people(f.at.tokens.clone());
        self.scene.quantity_at(slot.tokens.start).is_some() && people(&self.scene.filler_of(slot.tokens.clone()))
    }

    /// Whether verb and following noun agree in gender: before its subject a verb is singular.
    pub(super) fn agrees(&self, slot: &Slot) -> bool {
        let doc = self.scene.doc;
        let Some(verb) = self.trigger.reading.features.agreement.gender else { return true };
        if self.trigger.reading.features.is_plural() {
            return false;
        }
        let Some(noun) = doc.readings(slot.tokens.start).iter().find(|r| !r.features.category.is_finite()) else {
            return true;
        };
        let plural_thing = noun.features.is_plural() && noun.features.agreement.gender.is_none();
        let noun_gender = if plural_thing { return true } else { noun.features.agreement.gender };
        noun_gender.is_none_or(|g| g == verb) || scene_actor(self.scene, slot).is_some() && verb == Gender::Feminine
    }
}
