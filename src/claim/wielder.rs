//! Who did a harm by its own words: whose weapon it was, with whom those held are, who claims it, who is accused of it.

use super::arms::is_munition;
use super::casualty::{Finder, Harm, is_bodily};
use super::slots::slots;
use super::trigger::Shape;
use super::{Filler, count};
use crate::lexicon::{List, Reading, Row};
use crate::morph::Category;
use crate::segment::Letter;

/// How far behind a harm another may be told that is done in the same breath.
const TOLD_BOTH: usize = 8;

/// How far behind those held the words may stand that say with whom they are.
const HELD: usize = 5;

/// How far before a harm the words may stand that accuse somebody of it.
const RELATIVE: usize = 24;

impl Finder<'_, '_, '_> {
    /// "by the fire of X", "by mines that X had laid": whose weapon it was.
    pub(super) fn shooter(&self, token: usize) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let end = doc.sentence_range(token).end;
        let weapon = |t: usize| doc.reading(t, |_, row| is_munition(row)).is_some();
        // "a girl was killed and her sister wounded by the fire of X": both were.
        let limit = end.min(token + TOLD_BOTH);
        let same = |t: &usize| {
            let next = scene.trigger_at(*t).filter(|x| x.frame.harm.as_deref().is_some_and(is_bodily));
            next.is_some_and(|x| !x.shape.is_noun() || x.shape == Shape::Masdar)
                && doc.clitics(*t).conjunction.is_some()
        };
        let plain = |t: &usize| doc.is_word(*t) && !doc.is_preposition(*t) && doc.clitics(*t).preposition.is_none();
        let both = (token + 1..limit).take_while(plain).find(same);
        if let Some(next) =
            both.filter(|_| scene.trigger_at(token).is_some_and(|x| x.frame.harm.as_deref().is_some_and(is_bodily)))
        {
            return self.shooter(next);
        }
        let by = |p: &str| Letter::of(p).is_some_and(|l| p.chars().nth(1).is_none() && doc.lexicon.is_place_clitic(l));
        let slot =
            slots(scene, token + 1, end, 4).into_iter().find(|s| by(&s.preposition) && weapon(s.tokens.start))?;
        let named = slot.tokens.clone().find_map(|t| scene.actor_at(t)).map(|a| scene.actor_filler(a));
        // "by the bullets of a soldier"
        let head = slot.tokens.start + 1;
        let somebody = || {
            // "by military projectiles": what they are, and nobody.
            let whose =
                doc.continues_phrase(head) && doc.reading(head, |r, _| doc.list(r) == List::Adjective).is_some();
            let known = !doc.is_definite(head) && count::people(scene, head).is_some();
            let alone = slot.tokens.contains(&head) && known && !whose;
            alone.then(|| scene.phrase(head..slot.tokens.end))
        };
        let next = slot.tokens.end;
        let laid = || {
            doc.finite(next).filter(|(r, _)| r.pronoun.is_some_and(|p| p.person == 3))?;
            scene.subject_behind(next).filter(|f| f.actor.is_some())
        };
        // "that the forces opened fire and that three died by their fire"
        let theirs = || {
            let pronoun = doc.readings(slot.tokens.start).iter().find_map(|r| r.pronoun).filter(|p| p.person == 3)?;
            scene.carried(scene.clauses.of(token), Some(pronoun)).filter(|f| f.actor.is_some())
        };
        named.or_else(somebody).or_else(laid).or_else(theirs)
    }

    /// "held by X": those with whom the people of a participle are.
    pub(super) fn holder(&self, harm: &Harm<'_, '_>) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let token = harm.trigger.token;
        let held = matches!(harm.kind.as_str(), "detained" | "abducted")
            && matches!(harm.trigger.shape, Shape::PassiveParticiple | Shape::Noun);
        let end = doc.sentence_range(token).end;
        let with = |t: &usize| doc.particle(*t, "prep").is_some_and(|row| row.has_role("holder"));
        let prep = (token + 1..end.min(token + HELD)).take_while(|t| doc.is_word(*t)).find(with).filter(|_| held)?;
        let noun = doc.next_word(prep);
        // "with his kidnappers"
        let somebody = || {
            let people = doc
                .reading(noun, |r, row| r.features.category.is_participle() && row.frame.as_deref() == Some("abduct"));
            people.map(|_| scene.phrase(noun..noun + 1))
        };
        scene.actor_at(noun).map(|a| scene.actor_filler(a)).or_else(somebody)
    }

    /// "the claim by X of the killing of two": X.
    pub(super) fn claims(&self, token: usize) -> Option<Filler> {
        let scene = self.scene;
        let actor =
            token.checked_sub(1).and_then(|t| (t.saturating_sub(2)..=t).rev().find_map(|t| scene.actor_at(t)))?;
        let before = scene.mentions.actors[actor].at.tokens.start.checked_sub(1)?;
        let claim = |r: &Reading, row: &Row| row.claims_responsibility && r.features.category == Category::Masdar;
        scene.doc.reading(before, claim).is_some().then(|| scene.actor_filler(actor))
    }

    /// "accused X of killing": whoever stands between the accusation and what it is about.
    pub(super) fn accused(&self, token: usize) -> Option<Filler> {
        let scene = self.scene;
        let told = scene.source_of(token).filter(|a| scene.attributions[*a].cue_class == "accuse");
        let Some(told) = told else { return self.accused_by_people(token) };
        let accusation = &scene.attributions[told];
        let source = &accusation.source.at.tokens;
        // "condemned the blast that hit X": what is condemned, and not who.
        let object = (accusation.cue.tokens.end..token).find(|t| !source.contains(t) && scene.doc.is_nominal(*t));
        if object.is_some_and(|t| scene.trigger_at(t).is_some_and(|x| x.shape.is_noun() && x.frame.event.is_some())) {
            return None;
        }
        // "accused the group backed by X of": the group.
        let mut said = (accusation.cue.tokens.end..token).filter(|t| !source.contains(t)).take(RELATIVE);
        said.find_map(|t| scene.actor_at(t)).map(|a| scene.actor_filler(a))
    }

    /// "X is responsible for the killing of": X.
    pub(super) fn responsible(&self, token: usize) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        doc.governed_by(token)?;
        let word = token.checked_sub(2)?;
        let says = |r: &Reading, row: &Row| !r.clitics.article && row.has_role("responsible");
        doc.reading(word, says)?;
        let subject = doc.previous_word(word).and_then(|t| scene.actor_at(t))?;
        (scene.mentions.actors[subject].at.tokens.end == word).then(|| scene.actor_filler(subject))
    }

    /// "the inhabitants accused X of killing": where those who accuse are nobody's source.
    pub(super) fn accused_by_people(&self, token: usize) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let led = doc.clitics(token).preposition.is_some() || doc.is_preposition(token.checked_sub(1)?);
        let accuses = |t: &usize| {
            let cue = |r: &Reading, row: &Row| r.features.category.is_finite() && row.cue.as_deref() == Some("accuse");
            doc.reading(*t, cue).is_some()
        };
        let near = (token.saturating_sub(RELATIVE)..token).rev().take_while(|t| doc.is_word(*t));
        let verb = near.into_iter().find(accuses).filter(|_| led)?;
        // Behind the people who accuse stands whom they accuse.
        let people = count::people(scene, verb + 1).is_some() && scene.actor_at(verb + 1).is_none();
        let accused = (verb + 2..token).find_map(|t| scene.actor_at(t)).filter(|_| people)?;
        Some(scene.actor_filler(accused))
    }
}
