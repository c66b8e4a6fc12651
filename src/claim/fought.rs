//! Who did a harm where only the fighting around it says so: whoever repelled, struck or went on and inflicted it.

use super::Filler;
use super::blame::{BESIDE, BLOWS, RELATIVE, Victims};
use super::casualty::{Finder, Harm, is_bodily};
use super::event::Event;
use super::trigger::Shape;
use crate::lexicon::{Reading, Row};
use crate::morph::Category;

/// How far before the dead the verb may stand that brings them about.
const RESULT: usize = 8;

impl Finder<'_, '_, '_> {
    /// "X repelled the attack, and six of the attackers were killed": whoever repels in the sentence, where its enemies are harmed.
    pub(super) fn repeller(&self, harm: &Harm<'_, '_>, victims: &Victims) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let token = harm.trigger.token;
        let enemies = victims.actor.is_some() || victims.head.is_some_and(|t| self.are_irregular(t));
        if !enemies || victims.class != "combatant" || !is_bodily(&harm.kind) {
            return None;
        }
        // "X foiled an attack of Y. Twenty of Y were killed": in the sentence before only where their party is known.
        let sentence = doc.sentence_range(token).start;
        let last = if victims.actor.is_some() { sentence.saturating_sub(1) } else { sentence };
        let start = doc.sentence_range(last).start.max(token.saturating_sub(RELATIVE));
        let repels = |t: &usize| {
            let verb = doc.finite(*t).filter(|(r, _)| r.features.category == Category::Perfect);
            let blow =
                |at: usize| self.scene.trigger_at(at).is_some_and(|x| x.shape.is_noun() && x.frame.event.is_some());
            verb.is_some_and(|(_, row)| match row.frame.as_deref() {
                Some("repel") => true,
                Some("prevent") => (*t + 1..token.min(*t + RELATIVE)).any(blow),
                _ => false,
            })
        };
        let verb = (start..token).rev().find(repels)?;
        let force = |f: &Filler| f.actor.is_some_and(|a| scene.mentions.actors[a].is_force());
        let before = || {
            let end = verb.checked_sub(1)?;
            scene.actor_at(end).or_else(|| (start..verb).rev().take(BESIDE + 2).find_map(|t| scene.actor_at(t)))
        };
        let subject = scene.subject_behind(verb).filter(force).or_else(|| before().map(|a| scene.actor_filler(a)));
        // Attackers may be of any kind.
        let attackers = victims.head.is_some_and(|t| self.are_attackers(t));
        let kind = |f: &Filler| !attackers && self.is_of_their_kind(f, victims);
        subject.filter(|f| force(f) && !self.is_theirs(f, victims) && !kind(f))
    }

    /// "repelled the attack and inflicted hundreds of dead on the attackers": the force that is subject of the verb of result.
    pub(super) fn inflictor(&self, token: usize) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        scene.trigger_at(token).filter(|t| t.shape == Shape::Noun)?;
        let start = doc.sentence_range(token).start.max(token.saturating_sub(RESULT));
        let inflicts = |r: &Reading, row: &Row| {
            let effect = |role: Option<&String>| role.is_some_and(|role| role == "effect");
            let roles = row.roles.as_ref().filter(|x| x.subject.as_deref() == Some("cause"));
            let lost = roles.is_some_and(|x| effect(x.object.as_ref()) || effect(x.second_object.as_ref()));
            lost && r.features.category == Category::Perfect && r.clitics.conjunction.is_some()
        };
        let words = (start..token).rev().take_while(|t| doc.is_word(*t) && !doc.is_particle(*t, "comp"));
        let verb = words.into_iter().find(|t| doc.is_finite(*t) && doc.reading(*t, inflicts).is_some())?;
        let force = |f: &Filler| f.actor.is_some_and(|a| scene.mentions.actors[a].is_force());
        let oblique = |f: &Filler| doc.lexicon.looks_oblique(doc.str(f.at.tokens.end - 1));
        if scene.subject_behind(verb).is_some_and(|f| f.at.tokens.end <= token && !oblique(&f)) {
            return None;
        }
        let subject = scene.subject_around(scene.clauses.of(verb)).filter(force);
        subject.filter(|f| doc.finite(verb).is_some_and(|(r, _)| scene.agrees_with(r.features.agreement, f)))
    }

    /// Who struck the party of the victims: in the sentence or the one before.
    pub(super) fn attacker(&self, token: usize, victims: &Victims) -> Option<Filler> {
        let doc = self.scene.doc;
        let party = victims.actor?;
        let here = doc.sentence_of(token);
        let end = self.events.partition_point(|e| e.trigger.tokens.start < doc.sentence_range(token).end);
        let near = |e: &&Event| doc.sentence_of(e.trigger.tokens.start) + 1 >= here;
        let strikes = |e: &Event| {
            let hit = e.patient.as_ref().and_then(|f| f.actor).is_some_and(|p| self.same_side(p, party));
            let agent =
                e.agent.clone().filter(|f| f.actor.is_some_and(|a| self.is_known(a)) && !self.is_theirs(f, victims));
            agent.filter(|_| hit && BLOWS.contains(&e.kind.as_str()) && e.realis == "actual" && !e.negated)
        };
        self.events[..end].iter().rev().take_while(near).find_map(strikes)
    }

    /// "took the village and killed": the force that the sentence goes on about, where its enemies are harmed.
    pub(super) fn fighter(&self, harm: &Harm<'_, '_>, victims: &Victims) -> Option<Filler> {
        let scene = self.scene;
        let token = harm.trigger.token;
        let enemies = victims.actor.is_some() || victims.head.is_some_and(|t| self.are_irregular(t));
        if !enemies || !self.goes_on(token) {
            return None;
        }
        let start = scene.doc.sentence_range(token).start;
        let before = self.events.partition_point(|e| e.trigger.tokens.start < token);
        let told = self.events[..before].iter().rev().take_while(|e| e.trigger.tokens.start >= start);
        let other = |f: &Filler| !self.is_theirs(f, victims);
        // "foiled an attack and killed": the subject that does it.
        let subject = || scene.subject_around(scene.clauses.of(token)).filter(other);
        let agent = told.filter_map(|e| e.agent.clone()).next().filter(other).or_else(subject)?;
        scene.mentions.actors[agent.actor?].is_force().then_some(agent)
    }
}
