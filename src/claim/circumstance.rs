//! How a noun that tells of an event stands to the verb of its clause: as what the verb is done to, as its means, as what
//! somebody feels or answers.

use super::Scene;
use super::roles::Builder;
use super::slots::Slot;
use super::trigger::Trigger;
use crate::lexicon::Row;
use crate::segment::Letter;

/// How many words before "to" may hold the reply.
const ANSWER: usize = 3;

impl Builder<'_, '_, '_> {
    /// "they repelled the attack": what the verb is done to.
    pub(super) fn is_met(&self, verb: &Trigger<'_>) -> bool {
        let role = |p: &String| {
            let own = verb.row.roles.as_ref().and_then(|r| r.prep.get(p));
            // "shelled the town to support": a verb has its object without the preposition of owners.
            let owner = Letter::of(p).is_some_and(|l| self.scene.doc.lexicon.is_possessive(l));
            let frame = verb.frame.prep.get(p).filter(|_| !(owner && verb.shape.is_verb()));
            own.or(frame).is_some_and(|role| matches!(role.as_str(), "patient" | "target"))
        };
        let object = || {
            let own = verb.row.roles.as_ref().and_then(|r| r.object.as_ref());
            matches!(own.unwrap_or(&verb.frame.object).as_str(), "patient" | "target")
        };
        // "bombed it a heavy bombing": the deed itself.
        let inner = std::ptr::eq(self.trigger.row, verb.row);
        let stands = || self.trigger.reading.features.accusative || self.scene.doc.is_definite(self.trigger.token);
        self.governor().map_or_else(|| verb.shape.is_verb() && object() && !inner && stands(), |p| role(&p))
    }

    /// The verb of the clause is done to the event.
    pub(super) fn is_undergone(&self) -> bool {
        let verb = self.scene.clauses.at(self.trigger.token).and_then(|c| c.verb).filter(|v| *v < self.trigger.token);
        verb.and_then(|v| self.scene.trigger_at(v)).is_some_and(|t| self.is_met(t))
    }

    /// The first word of the noun phrase that the trigger ends.
    pub(super) fn phrase_head(&self) -> usize {
        let doc = self.scene.doc;
        let mut head = self.trigger.token;
        if self.trigger.reading.clitics.preposition.is_some() {
            return head;
        }
        let apart = |t: usize| doc.clitics(t - 1).article && !doc.clitics(t).article;
        // A party is another phrase, whatever case the verbal noun behind it has.
        let party = |t: usize| self.scene.actor_at(t - 1).is_some() && self.scene.actor_at(t).is_none();
        // So is a time: "announced at an earlier time the shelling of".
        let timed = |t: usize| self.scene.time_at(t - 1).is_some() && self.scene.time_at(t).is_none();
        let ends = |t: usize| apart(t) || party(t) || timed(t) || doc.opener_before(t).is_some();
        // A verbal noun may be written like a verb.
        let own = |t: usize| {
            let (clitics, noun) = (doc.clitics(t), t == self.trigger.token && self.trigger.shape.is_noun());
            noun && clitics.conjunction.is_none() && clitics.preposition.is_none()
        };
        let goes_on = |t: usize| (doc.continues_phrase(t) || own(t)) && doc.is_nominal(t - 1) && !ends(t);
        while head > 0 && goes_on(head) {
            head -= 1;
        }
        head
    }

    /// Behind "in", "by", "during", alone or at the end of a phrase: a circumstance of what the clause tells.
    pub(super) fn is_means(&self) -> bool {
        let doc = self.scene.doc;
        if doc.phrase_at(self.trigger.token).is_some() {
            return true;
        }
        let head = self.phrase_head();
        let means = |row: &Row| ["place", "instrument", "event"].iter().any(|r| row.has_role(r));
        let own = self.trigger.reading.clitics.preposition.filter(|_| head == self.trigger.token);
        match own.or(doc.clitics(head).preposition) {
            Some(p) => doc.lexicon.is_place_clitic(p),
            None => {
                let counted = || self.governor().and_then(|p| Letter::of(&p).filter(|_| p.chars().nth(1).is_none()));
                doc.governed_by(head).is_some_and(means) || counted().is_some_and(|p| doc.lexicon.is_place_clitic(p))
            }
        }
    }

    /// "took the town with the backing of X", in one word: X backs whoever does what the clause tells.
    pub(super) fn is_supporting(&self, found: &[Slot]) -> bool {
        let scene = self.scene;
        let token = self.trigger.token;
        let with = scene.doc.particle(token, "prep").is_some_and(|row| row.has_role("supporter"));
        let verb = scene.clauses.at(token).and_then(|c| c.verb).filter(|v| with && *v < token);
        let deed = verb.and_then(|v| scene.trigger_at(v)).and_then(|t| t.frame.event.as_deref());
        let backer = |s: &Slot| {
            let next = s.preposition.is_empty() && s.tokens.start == token + 1;
            next && (scene.names_somebody(s) || self.is_armed(s.tokens.start))
        };
        deed.is_some_and(|e| e != "support") && found.first().is_some_and(backer)
    }

    /// "their regret at the attack", "condemned the attack" with the preposition of purpose: no purpose of whoever feels or says so.
    pub(super) fn is_complement(&self) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        let token = self.trigger.token;
        let clitics = self.trigger.reading.clitics;
        let known = clitics.article && clitics.preposition.is_some_and(|p| doc.lexicon.is_possessive(p));
        let owned = |t: usize| doc.readings(t).first().is_some_and(|r| r.pronoun.is_some_and(|p| p.person == 3));
        let says = || {
            let verb = scene.clauses.at(token).and_then(|c| c.verb)?;
            doc.reading(verb, |r, row| r.features.category.is_finite() && row.cue.is_some())
        };
        known && (doc.previous_word(token).is_some_and(owned) || says().is_some())
    }

    /// Behind "on", "from", "about": somebody else's deed.
    pub(super) fn is_answered(&self) -> bool {
        let others =
            |row: &Row| ["patient", "source", "topic"].iter().any(|r| row.has_role(r)) && !row.has_role("event");
        self.scene.doc.governed_by(self.phrase_head()).is_some_and(others)
    }

    /// Behind "since", "because of": something else that happened.
    pub(super) fn is_other_time(&self) -> bool {
        let other = |row: &Row| {
            ["since", "cause", "until", "concession"].iter().any(|r| row.has_role(r))
                || row.has_role("time") && !row.has_role("place") && !row.has_role("event")
        };
        // "after a series of kidnappings": what governs the word for several in a row.
        let head = self.phrase_head();
        let measured = self.measure_before(head);
        measured.into_iter().chain([head]).any(|t| self.scene.doc.governed_by(t).is_some_and(other))
    }
}

/// "vowed a harsh reply to the killing of X": it happened, and others did it.
pub(super) fn is_paid_back(scene: &Scene<'_, '_>, deed: usize) -> bool {
    let doc = scene.doc;
    let aimed = |row: &Row| row.has_role("patient") && !row.has_role("event");
    let Some(preposition) = deed.checked_sub(1).filter(|t| doc.particle(*t, "prep").is_some_and(aimed)) else {
        return false;
    };
    let answer = |t: usize| doc.reading(t, |_, row| row.has_role("answer")).is_some();
    let near = (preposition.saturating_sub(ANSWER)..preposition).rev().take_while(|t| doc.is_word(*t));
    near.into_iter().any(answer)
}
