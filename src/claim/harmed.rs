//! Whom a blow hit, where only the harm that it did says so.

use super::roles::{Builder, Roles, roles};
use super::slots::slots;
use super::trigger::{Shape, Trigger};
use super::{Filler, Scene};
use crate::lexicon::Row;

/// How far before a blow the harm may be told that it did.
const HARM: usize = 24;

/// "arrested twenty in a campaign of arrests": the twenty, who are counted once.
pub(super) fn arrested_in(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> Option<Filler> {
    let clitics = trigger.reading.clitics;
    let bare = trigger.shape.is_noun() && !clitics.article && trigger.reading.pronoun.is_none();
    let builder = Builder { scene, trigger, roles: Roles::default() };
    if !bare || trigger.frame.event.as_deref() != Some("arrest") || !builder.is_brought_in() {
        return None;
    }
    let head = builder.phrase_head();
    let start = scene.clause(trigger.token).start.max(head.saturating_sub(HARM));
    let near = (start..head).rev().filter_map(|t| scene.trigger_at(t));
    let other = near.into_iter().find(|t| t.frame.event == trigger.frame.event)?;
    roles(scene, other).patient
}

impl Builder<'_, '_, '_> {
    /// "X was killed in a blast", "shot X in an attempt on his life": X. The counted dead of a blow are not its patient.
    pub(super) fn harmed_by_it(&mut self) {
        let clitics = self.trigger.reading.clitics;
        let violent = self.trigger.is_violent();
        let open = !clitics.article && self.trigger.reading.pronoun.is_none();
        if !open || !violent || !self.is_brought_in() {
            return;
        }
        let scene = self.scene;
        let start = scene.clause(self.trigger.token).start;
        let head = self.phrase_head();
        let told = |t: &Trigger<'_>| {
            let hurt = matches!(t.frame.harm.as_deref(), Some("killed" | "injured"));
            let event = t.is_violent();
            hurt || event
        };
        let near = (start.max(head.saturating_sub(HARM))..head).rev();
        let Some(other) = near.filter_map(|t| scene.trigger_at(t)).find(|t| told(t)) else { return };
        self.roles.patient = match other.shape {
            Shape::Masdar | Shape::Noun => self.in_genitive(other, head),
            _ if other.frame.harm.is_none() && self.trigger.frame.name == "assassinate" => roles(scene, other).patient,
            _ if other.frame.harm.is_some() => self.one_harmed(other),
            _ => None,
        };
    }

    /// "X repelled an attack": on X, where nothing else is said to be attacked.
    pub(super) fn repelled(&mut self) {
        let scene = self.scene;
        let violent = self.trigger.is_violent();
        if !violent || self.roles.place.is_some() || self.trigger.reading.pronoun.is_some() {
            return;
        }
        let head = self.phrase_head();
        let start = scene.clause(self.trigger.token).start.max(head.saturating_sub(HARM));
        let near = (start..head).rev().filter_map(|t| scene.trigger_at(t));
        let repels = near.into_iter().next().filter(|t| t.frame.name == "repel");
        let by = repels.filter(|t| !t.shape.is_verb() || self.is_met(t)).and_then(|t| roles(scene, t).agent);
        self.roles.patient = by.filter(|f| f.at.tokens.end <= head);
    }

    /// Behind "in", "by", "as a result of".
    fn is_brought_in(&self) -> bool {
        let doc = self.scene.doc;
        let head = self.phrase_head();
        let cause = |row: &Row| ["instrument", "cause"].iter().any(|role| row.has_role(role)) && !row.has_role("time");
        let ties = |row: &Row| row.relation.as_deref() == Some("in") && !row.has_role("patient") || cause(row);
        let clitic = doc.clitics(head).preposition;
        clitic.is_some_and(|p| doc.lexicon.is_place_clitic(p)) || doc.governed_by(head).is_some_and(ties)
    }

    /// "the killing of X"
    fn in_genitive(&self, harm: &Trigger<'_>, limit: usize) -> Option<Filler> {
        let slot = slots(self.scene, harm.token + 1, limit, 1).into_iter().next()?;
        let own = harm.shape == Shape::Masdar && harm.frame.harm.is_some() && slot.preposition.is_empty();
        self.named(slot.tokens).filter(|_| own)
    }

    fn one_harmed(&self, harm: &Trigger<'_>) -> Option<Filler> {
        let found = roles(self.scene, harm);
        let victim = found.victims.first().and_then(|s| self.named(s.tokens.clone()));
        victim.or_else(|| found.patient.and_then(|f| self.named(f.at.tokens)))
    }

    /// A person by name, and no number.
    fn named(&self, tokens: std::ops::Range<usize>) -> Option<Filler> {
        let scene = self.scene;
        if scene.quantity_at(tokens.start).is_some() {
            return None;
        }
        let person = |t: usize| scene.actor_at(t).filter(|a| scene.mentions.actors[*a].kind == "person");
        tokens.into_iter().find_map(person).map(|a| scene.actor_filler(a))
    }
}
