//! What of a place a slot names: the place itself, a part of it, a building or a road in it, ground that is taken.

use super::Filler;
use super::filling::scene_actor;
use super::roles::Builder;
use super::slots::{Slot, slots};
use crate::lexicon::{List, Reading, Row};

/// How many words a phrase may need to come to its noun.
const QUANTIFIED: usize = 2;

impl Builder<'_, '_, '_> {
    /// A phrase that is nothing but a place.
    pub(super) fn is_place_slot(&self, slot: &Slot) -> bool {
        let scene = self.scene;
        scene_actor(scene, slot).is_none()
            && slot.tokens.clone().any(|t| scene.whereabouts(t).is_some())
            && slot.tokens.clone().all(|t| {
                let head = || scene.doc.readings(t).iter().any(|r| scene.doc.list(r) == List::Head);
                // "the governor of X" is no place.
                let office = || scene.doc.readings(t).iter().any(|r| scene.doc.list(r) == List::Title);
                // "the Yemeni capital X"
                let nation = || t > slot.tokens.start && scene.doc.is_demonym(t).is_some();
                scene.place_at(t).is_some() || head() && !office() || nation()
            })
    }

    /// "the governor of X", "the convoy of the mayor of X": people, troops, vehicles, told with the name of a place.
    pub(super) fn is_of_place(&self, slot: &Slot) -> bool {
        let doc = self.scene.doc;
        let head = slot.tokens.start;
        let office = |r: &Reading| doc.list(r) == List::Title && !r.features.is_several();
        let moves = |row: &Row| matches!(row.class.as_deref(), Some("vehicle" | "force"));
        let noun = |r: &Reading, row: &Row| !r.features.category.is_finite() && (office(r) || moves(row));
        let phrase = slot.tokens.len() > 1 && doc.clitics(head).preposition.is_none();
        phrase && self.scene.place_at(head).is_none() && doc.reading(head, noun).is_some()
    }

    /// A road, a border, a quarter without a name: where it is, and nothing that is hit.
    pub(super) fn is_way(&self, slot: &Slot) -> bool {
        let doc = self.scene.doc;
        let area = |row: &Row| {
            row.makes.as_deref() == Some("locator")
                || row.makes.as_deref() == Some("place")
                    && matches!(row.kind.as_deref(), Some("natural" | "district" | "region"))
        };
        let violent = self.trigger.is_violent();
        // "on a residential quarter": told of itself.
        let quarter = |r: &Reading, row: &Row| {
            row.makes.as_deref() == Some("place") && row.kind.as_deref() == Some("district") && !r.clitics.article
        };
        if violent && slot.tokens.len() > 1 && doc.reading(slot.tokens.start, quarter).is_some() {
            return false;
        }
        // "places in X": nothing in particular is hit.
        let vague = |r: &Reading| r.features.is_plural() && !r.clitics.article;
        let struck = violent && doc.readings(slot.tokens.start).iter().any(vague) && slot.tokens.len() == 1;
        (!slot.preposition.is_empty() || struck)
            && super::count::people(self.scene, slot.tokens.start).is_none_or(|(_, row)| row.victim.is_none())
            && !doc.readings(slot.tokens.start).is_empty()
            && doc.readings(slot.tokens.start).iter().all(|r| doc.list(r) != List::Collective)
            && doc.reading(slot.tokens.start, |r, row| doc.list(r) == List::Head && area(row)).is_some()
    }

    /// Posts, buildings, roads without a name: they are taken and closed.
    pub(super) fn is_held(&self, slot: &Slot) -> bool {
        let doc = self.scene.doc;
        let event = self.trigger.frame.event.as_deref();
        // A truce is broken, and a quarter is cordoned off.
        let held = |row: &Row| match event {
            Some("breakdown") => [&row.frame, &row.class].into_iter().any(|f| f.as_deref() == Some("agreement")),
            Some("siege") if matches!(row.makes.as_deref(), Some("place" | "locator")) => true,
            _ => matches!(row.class.as_deref(), Some("building" | "road")),
        };
        // "several districts", "ten villages": ground without a name is taken, as far as it is told which.
        let one_of = doc.is_particle(slot.tokens.start, "one");
        let several = self.scene.quantity_at(slot.tokens.start).is_some();
        let ground = |r: &Reading, row: &Row| {
            let area =
                matches!(row.makes.as_deref(), Some("place" | "locator")) && row.class.as_deref() != Some("capital");
            event == Some("capture") && area && !one_of && (several || r.features.is_plural() || !r.clitics.article)
        };
        let held = |r: &Reading, row: &Row| held(row) || ground(r, row);
        // "all the posts", "several posts"
        let mut head = slot.tokens.clone().take(QUANTIFIED);
        matches!(event, Some("capture" | "siege" | "breakdown"))
            && !slot.joined
            && (event != Some("breakdown") || self.is_part_of_trigger(slot))
            && head.any(|t| doc.reading(t, |r, row| !r.features.category.is_finite() && held(r, row)).is_some())
    }

    /// "blew up residential blocks": what is damaged, though nobody is in it by name.
    pub(super) fn is_destroyed(&self, slot: &Slot) -> bool {
        self.trigger.frame.event.as_deref() == Some("destruction") && slot.preposition.is_empty()
    }

    /// A side or an end of something, told with where it is or with what it is of.
    pub(super) fn is_part(&self, slot: &Slot) -> bool {
        let doc = self.scene.doc;
        let part = |r: &Reading, row: &Row| !r.features.category.is_finite() && row.has_role("part");
        let side = |row: &Row| row.class.as_deref() == Some("names_place");
        let counted = self.scene.number_end(slot.tokens.start).filter(|t| slot.tokens.contains(t));
        let head = counted.unwrap_or(slot.tokens.start);
        let sided = || slot.tokens.clone().any(|t| doc.reading(t, |_, row| side(row)).is_some());
        self.scene.mention_end(head).is_none()
            && doc.reading(head, part).is_some()
            && (sided() || self.owner_of_part(slot).is_some())
    }

    /// "of X" behind it: a place, or somebody.
    pub(super) fn owner_of_part(&self, slot: &Slot) -> Option<Slot> {
        let scene = self.scene;
        let doc = scene.doc;
        let end = slot.tokens.end;
        let of = doc.particle(end, "prep").is_some_and(|row| row.has_role("partitive"));
        if !of && !self.is_owned_by(end) {
            return None;
        }
        let limit = doc.sentence_range(end).end;
        let owner = slots(scene, end, limit, 1).into_iter().next()?;
        let named = owner.tokens.clone().any(|t| scene.whereabouts(t).is_some());
        (named || scene.is_somebody(owner.tokens.start)).then(|| Slot { preposition: String::new(), ..owner })
    }

    /// The place or the people that something is a part of.
    pub(super) fn fill_part(&mut self, owner: &Slot) {
        let scene = self.scene;
        let head = owner.tokens.start;
        let place = owner.tokens.clone().find_map(|t| scene.whereabouts(t));
        let ground = |r: &Reading, row: &Row| scene.doc.list(r) == List::Head && row.makes.as_deref() == Some("place");
        if place.is_some() {
            self.roles.place = self.roles.place.or(place);
        } else if scene.doc.reading(head, ground).is_none() {
            self.fill("patient", owner);
        }
    }

    /// "the far" of a place.
    pub(super) fn is_extreme(&self, token: usize) -> bool {
        let extreme = |_: &Reading, row: &Row| row.has_role("superlative");
        self.scene.doc.is_preposition(token + 1) && self.scene.doc.reading(token, extreme).is_some()
    }

    /// "the first lines of X", with the preposition of owners: what is broken through is theirs.
    pub(super) fn owner_of_lines(&self, slot: &Slot) -> Option<Filler> {
        let scene = self.scene;
        // "the first lines of X"
        let end = slot.tokens.end;
        let past = scene.doc.is_definite(end) && scene.actor_at(end).is_none() && self.is_owned_by(end + 1);
        let end = end + usize::from(past);
        let through = self.trigger.frame.event.as_deref() == Some("advance") && slot.preposition.is_empty();
        let behind = scene.actor_at(end).filter(|_| self.is_owned_by(end));
        let party = scene_actor(scene, slot).or(behind).filter(|_| through);
        let party = party.filter(|a| scene.mentions.actors[*a].kind != "person")?;
        Some(scene.actor_filler(party))
    }
}
