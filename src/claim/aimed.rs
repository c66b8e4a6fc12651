//! Whom a blow is aimed at, told behind it.

use super::Filler;
use super::phrase::is_aiming;
use super::roles::{Builder, roles};
use super::slots::{Slot, slots};
use super::trigger::Shape;
use crate::segment::Kind;

/// How far behind a blow a participle may stand that says at whom it was aimed.
const AIMED: usize = 16;

impl Builder<'_, '_, '_> {
    /// "fired eight rockets, hitting the troops of X in Y"
    pub(super) fn aimed_by_participle(&mut self) {
        let scene = self.scene;
        let doc = scene.doc;
        let violent = self.trigger.is_violent();
        if !violent || self.roles.patient.is_some() || self.roles.undergone {
            return;
        }
        let token = self.trigger.token;
        let end = doc.sentence_range(token).end;
        let over = |t: &usize| {
            let other = scene.trigger_at(*t).is_some_and(|x| x.frame.event.is_some() || x.frame.harm.is_some());
            matches!(doc.kind(*t), Some(Kind::Clause | Kind::Colon | Kind::End))
                || doc.is_any_particle(*t, ["comp", "rel", "conj"])
                || doc.is_finite(*t) && !doc.could_be_nominal(*t)
                || other && !is_aiming(scene, *t) && !self.is_fired(*t..*t + 1)
        };
        let near = (token + 1..end.min(token + AIMED)).take_while(|t| !over(t));
        let Some(aim) = near.into_iter().find(|t| is_aiming(scene, *t)) else { return };
        let found = slots(scene, aim + 1, end, 1);
        if let Some(slot) = found.first().filter(|s| s.preposition.is_empty()) {
            self.fill("target", slot);
        }
    }

    /// "backed the advance of X": X.
    pub(super) fn supported_in_deed(&mut self, found: &[Slot]) {
        let scene = self.scene;
        let supports = self.trigger.frame.event.as_deref() == Some("support") && self.trigger.shape.is_verb();
        if !supports || self.roles.patient.is_some() {
            return;
        }
        let bare = found.iter().filter(|s| s.preposition.is_empty());
        let next = found.last().map_or(self.trigger.token + 1, |s| s.tokens.end);
        let deed = |t: usize| scene.trigger_at(t).filter(|x| x.shape == Shape::Masdar && x.frame.event.is_some());
        let backed = bare.map(|s| s.tokens.start).chain([next]).find_map(deed).and_then(|t| roles(scene, t).agent);
        let own = |f: &Filler| {
            self.roles.agent.as_ref().is_some_and(|a| a.at == f.at || a.actor.is_some() && a.actor == f.actor)
        };
        self.roles.patient = backed.filter(|f| !own(f));
    }
}
