//! Who the doer of a deed is said to be: "the perpetrator of the attack is a man of twenty", "X, who carried it out".

use super::Filler;
use super::count::people;
use super::phrase::phrase_end;
use super::roles::Builder;
use super::slots::Slot;
use crate::lexicon::List;
use crate::segment::Kind;

/// How far behind a deed the words may stand that say who did it.
const SAID: usize = 14;

impl Builder<'_, '_, '_> {
    /// Whom the noun for the doer, right before the trigger, stands for.
    pub(super) fn culprit(&self, doer: usize) -> Option<Filler> {
        let found = self.culprit_before(doer).or_else(|| self.culprit_behind(doer));
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
            let slot = Slot { preposition: String::new(), tokens: head..phrase_end(scene, head, end), joined: false };
            return (head < end && scene.names_somebody(&slot)).then(|| scene.filler_of(slot.tokens));
        }
        let comma = doc.kind(end) == Some(Kind::Comma);
        let name = scene.actor_at(if comma { end.checked_sub(1)? } else { end })?;
        let person = &scene.mentions.actors[name];
        // "the officer X killed the perpetrator"
        let acts = person.at.tokens.start.checked_sub(1).is_some_and(|t| doc.is_finite(t));
        (person.kind == "person" && !acts).then(|| scene.actor_filler(name))
    }

    /// "the perpetrator of the attack in X is a man of twenty", "the perpetrator of the attack, Y".
    fn culprit_behind(&self, doer: usize) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let limit = doc.sentence_range(self.trigger.token).end.min(self.trigger.token + SAID);
        let at = self.behind_deed(limit);
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
    fn behind_deed(&self, limit: usize) -> usize {
        let scene = self.scene;
        let doc = scene.doc;
        let mut at = self.trigger.token + 1;
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
        let adjective = doc.readings(at).iter().any(|r| {
            matches!(doc.list(r), List::Adjective | List::Demonym) || r.features.category.is_participle()
        });
        // "the suicide attack", by a word that names who does so
        let bomber = at == self.trigger.token + 1 && people(self.scene, at).is_some_and(|(r, _)| !r.features.is_several());
        (adjective || bomber) && doc.clitics(at).article && self.trigger.reading.clitics.article
    }
}
