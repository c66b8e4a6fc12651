//! People who are held, driven out or missing by what describes them: a participle, a noun before the verb of another harm.

use super::casualty::{Finder, Harm};
use super::count::{Count, Group, group_at, people};
use super::trigger::{Shape, Trigger};
use crate::segment::Kind;

/// Words between a helping verb and what it says of its subject.
const HELPED: usize = 5;

/// Words that say "still".
const STILL: usize = 3;

impl Finder<'_, '_, '_> {
    /// "freed ten people whom X held hostage": those freed were held.
    pub(super) fn held_before(&mut self, harm: &Harm<'_, '_>) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        let trigger = harm.trigger;
        let plural = trigger.reading.features.is_plural();
        let whom = trigger.shape.is_verb() && trigger.reading.pronoun.is_some_and(|p| p.person == 3);
        let were = matches!(trigger.shape, Shape::PassiveParticiple | Shape::Noun)
            && (plural || trigger.reading.features.is_dual())
            && !trigger.reading.clitics.article
            && doc.previous_word(trigger.token).is_some_and(|p| doc.is_finite(p) || doc.is_particle(p, "aux"));
        if !matches!(harm.kind.as_str(), "abducted" | "detained") || !(whom || were) {
            return false;
        }
        let sentence = doc.sentence_range(trigger.token);
        let freed = self.rows_of(sentence).filter(|r| r.2.subset_of.is_none()).find(|r| r.2.kind == "freed");
        let Some((anchor, count, class, party)) =
            freed.map(|r| (r.2.anchor.tokens.clone(), r.2.count.clone(), r.2.victim_class.clone(), r.2.victim_actor))
        else {
            return false;
        };
        let next = trigger.token + 1;
        let hostage = doc.reading(next, |_, row| row.harm.as_deref() == Some("abducted")).is_some();
        let kind = if hostage { "abducted".to_owned() } else { harm.kind.clone() };
        let end = anchor.end;
        self.push(
            &Harm { kind, ..harm.clone() },
            &Group { anchor: Some(anchor), ..Group::new(count, end) },
            Some(class),
            None,
        );
        if let Some(row) = self.out.last_mut() {
            row.2.victim_actor = row.2.victim_actor.or(party);
        }
        if hostage {
            self.used[next] = true;
        }
        true
    }

    /// "besieged", "kidnapped": said of the people before it, or by itself of people.
    pub(super) fn held(&mut self, harm: &Harm<'_, '_>) {
        let scene = self.scene;
        let token = harm.trigger.token;
        let limit = scene.doc.sentence_range(token).end;
        if self.befalls_behind(harm, token + 1) {
            return;
        }
        // "the number of those besieged": the toll counts them.
        let toll = |t: usize| scene.doc.reading(t, |r, row| row.toll && !r.features.category.is_finite()).is_some();
        if scene.doc.previous_word(token).is_some_and(toll) {
            return;
        }
        if let Some(start) = self.described_people(token) {
            if !self.used[start] {
                self.groups(harm, start);
            }
            return;
        }
        let features = harm.trigger.reading.features;
        if harm.trigger.frame.counted && harm.trigger.row.passive_harm.is_none() || !features.is_plural() {
            return;
        }
        let behind = self.those_behind(token, limit);
        let group = Group {
            anchor: Some(token..token + 1),
            victims: behind.or(Some(token..token + 1)),
            ..Group::new(Count::indefinite(), token + 1)
        };
        self.push(harm, &group, None, None);
    }

    /// "16 displaced people were killed": what they are, where the verb right behind them tells what befell them now.
    pub(super) fn befalls_behind(&self, harm: &Harm<'_, '_>, behind: usize) -> bool {
        let scene = self.scene;
        let shows = |t: &Trigger<'_>| {
            let several = t.reading.features.is_several() || self.resumes_by_preposition(t).is_some();
            t.shape.is_verb() && several && t.reading.clitics == Default::default()
        };
        let other = scene.trigger_at(behind).filter(|t| t.frame.harm.is_some() && shows(t));
        other.is_some() && harm.trigger.token < behind
    }

    /// The people whom a participle right behind them describes.
    pub(super) fn described_people(&self, token: usize) -> Option<usize> {
        let scene = self.scene;
        let doc = scene.doc;
        let start = doc.sentence_range(token).start;
        let mut at = token;
        let joins = |t: usize| doc.continues_phrase(t) || doc.kind(t).is_some_and(Kind::is_bracket);
        while at > start
            && (joins(at)
                || at == token && doc.clitics(at).preposition.is_none() && doc.clitics(at).conjunction.is_none())
        {
            at -= 1;
            if let Some(open) = doc.bracket_to(at).filter(|o| *o > start) {
                at = open;
                continue;
            }
            if scene.quantity_at(at).is_some()
                || people(scene, at).is_some()
                || scene.actor_at(at).is_some_and(|a| scene.mentions.actors[a].kind == "person")
            {
                // "two officers of the police": the first of the phrase.
                let construct = |t: usize| {
                    t > start && doc.continues_phrase(t) && !doc.is_definite(t - 1) && people(scene, t - 1).is_some()
                };
                // "the lawyer of the detained journalist": one man, and one of whom it is said.
                let one = |t: usize| doc.readings(t).first().is_some_and(|r| !r.features.is_several());
                let own = doc.is_definite(at) && doc.is_definite(token) && one(at) && one(token);
                while !own && construct(at) {
                    at -= 1;
                }
                // "12 of the workers of relief are besieged": past "of".
                let of = at > start && doc.particle(at - 1, "prep").is_some_and(|r| r.has_role("partitive"));
                let number = at.saturating_sub(1 + usize::from(of));
                let counted = scene.quantity_at(number).or(scene.quantity_at(at));
                return Some(counted.map_or(at, |q| scene.mentions.quantities[q].tokens.start));
            }
            if !doc.is_nominal(at) {
                return None;
            }
        }
        None
    }

    /// "many of the inhabitants are still under the rubble": before the words for "still".
    pub(super) fn before_still(&self, turn: usize) -> usize {
        let doc = self.scene.doc;
        let still = |t: usize| {
            let row = doc.phrase_at(t).map(|(row, _)| doc.lexicon.row(row)).or_else(|| doc.particle(t, "aux"));
            row.is_some_and(|row| row.aspect.is_some())
        };
        (turn.saturating_sub(STILL)..turn).find(|t| still(*t)).unwrap_or(turn)
    }

    /// "the soldier is still held": the one of whom the accusative behind the verb's subject is said.
    pub(super) fn said_of(&self, harm: &Harm<'_, '_>) -> Option<usize> {
        let scene = self.scene;
        let reading = harm.trigger.reading;
        let held = matches!(harm.kind.as_str(), "detained" | "abducted" | "trapped" | "missing");
        let one =
            reading.features.accusative && !reading.features.is_several() && reading.clitics.preposition.is_none();
        if !held || !one {
            return None;
        }
        let token = harm.trigger.token;
        let subject = scene.subject(scene.clauses.of(token)).map(|f| f.at.tokens).filter(|t| t.end <= token);
        // "is still": the helping verb has its subject behind it.
        let helped = || {
            let aux = |t: &usize| scene.doc.is_particle(*t, "aux") || scene.doc.phrase_at(*t).is_some();
            let verb = (token.saturating_sub(HELPED)..token).rev().take_while(|t| scene.doc.is_word(*t)).find(aux)?;
            let first = scene.doc.phrase_at(verb).map_or(verb + 1, |(_, end)| end);
            (first < token).then_some(first..token)
        };
        let start = subject.or_else(helped)?.start;
        let group = group_at(scene, start, token)?;
        let person = group.count == Count::exactly(1) && !group.party_only && !group.others && group.end <= token;
        person.then_some(start)
    }

    pub(super) fn push_said(&mut self, harm: &Harm<'_, '_>, start: usize) {
        let token = harm.trigger.token;
        if let Some(group) = group_at(self.scene, start, token) {
            let class = group.class.clone();
            self.push(harm, &Group { anchor: Some(token..token + 1), ..group }, class, None);
        }
    }
}
