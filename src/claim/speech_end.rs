//! Where what a source said ends inside its sentence: another speaks, somebody else is named for the words, or something new is told.

use std::ops::Range;

use super::Filler;
use super::attribution::Finder;
use super::cue::{Cue, Shape};
use crate::lexicon::{List, Reading, Referent, Row, RowId};
use crate::morph::Category;
use crate::segment::Kind;

/// How many words on, at most, another speaker has his verb and what opens his words.
pub(super) const ANOTHER: usize = 24;

/// How many words the clause that describes a speaker has before his verb.
const DESCRIBED: usize = 12;

/// How far into what is said without a clause the same speaker's next verb may stand.
const SAID: usize = 24;

impl Finder<'_, '_, '_> {
    /// Another speaker's words begin at the token, or the one who quotes these is named.
    pub(super) fn ends_speech(&self, t: usize, sentence_end: usize) -> bool {
        let doc = self.scene.doc;
        let comma = || doc.kind(t - 1) == Some(Kind::Comma);
        // "while Y said".
        let other = doc.particle(t, "conj").is_some_and(|row| row.new_frame) && !doc.is_absorbed(t);
        let breaks = doc.particle(t, "conj").is_some_and(|row| row.breaks_scope) && !doc.is_absorbed(t);
        if (other || breaks) && (t + 1..sentence_end.min(t + 3)).any(|n| self.is_plain_cue_verb(n)) {
            return true;
        }
        // ", where he pointed to"
        let where_he = comma() && doc.particle(t, "conj").is_some_and(|row| row.place) && !doc.is_absorbed(t);
        let says = |c: Cue<'_>| matches!(c.shape, Shape::Verb) && self.opening(&c, sentence_end) == Some(t + 2);
        if where_he && self.cue_at(t + 1).is_some_and(says) {
            return true;
        }
        if comma() && self.tells_no_answer(t) {
            return true;
        }
        let where_it = doc.particle(t, "conj").is_some_and(|row| row.place) && !doc.is_absorbed(t);
        if comma() && (other || where_it) && self.is_vouched_for(t, sentence_end) {
            return true;
        }
        // "on the other hand, X launched": the outlet goes on.
        if self.turns_away(t) {
            return true;
        }
        // "but he pointed to": the same speaker's next verb.
        if breaks
            && doc.readings(t).iter().any(|r| r.pronoun.is_some_and(|p| p.person == 3))
            && self.brings_at_once(t + 1, false)
        {
            return true;
        }
        if (other || breaks) && self.another_speaks(doc.phrase_at(t).map_or(t + 1, |(_, end)| end), sentence_end) {
            return true;
        }
        // "…, and that was two days after": when it happened is told by the outlet.
        if comma() && doc.clitics(t).conjunction.is_some() && self.sets_in_time(t) {
            return true;
        }
        // ", and he added", ", according to Y", ", as Y reported".
        if comma() && doc.clitics(t).conjunction.is_some() && self.is_plain_cue_verb(t) && !self.ascribes(t) {
            return true;
        }
        if comma() && self.brings_source(t, sentence_end) {
            return true;
        }
        doc.reading(t, |r, row| {
            row.cue.is_some() && r.features.category == Category::ActiveParticiple && self.is_adverbial(t, r, row)
        })
        .is_some()
    }

    /// ", and was ascribed to X": nobody else speaks.
    fn ascribes(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let deed = |_: &Reading, row: &Row| row.has_role("ascribes");
        doc.reading(token, deed).is_some() && doc.particle(token + 1, "prep").is_some()
    }

    /// "on the other hand, …": words that turn to something else, set off, and a verb.
    fn turns_away(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let end = doc.phrase_at(token).map_or(token + 1, |(_, end)| end);
        let turn = |r: &Referent| {
            let row = |id: &RowId| doc.lexicon.row(*id);
            matches!(r, Referent::Phrase(id) if row(id).pos == "opener" && row(id).new_frame)
        };
        let turns = || doc.names_at(token).iter().any(|m| m.end == end && m.referents.iter().any(turn));
        doc.phrase_at(token).is_some()
            && turns()
            && doc.kind(end) == Some(Kind::Comma)
            && doc.is_word(end + 1)
            && doc.is_finite(end + 1)
            && !self.is_cue_verb(end + 1)
    }

    /// "…, while shells fell on the market, according to Y": the clause has a source of its own behind it.
    fn is_vouched_for(&self, token: usize, sentence_end: usize) -> bool {
        let doc = self.scene.doc;
        let other = |t: usize| doc.particle(t, "conj").is_some_and(|row| row.new_frame) && !doc.is_absorbed(t);
        let clause = (token + 1..sentence_end.min(token + ANOTHER)).take_while(|t| !other(*t));
        clause.into_iter().any(|t| self.brings_source(t, sentence_end))
    }

    /// "pointed to": a verb of saying, and the preposition or the "that" that brings what is said right behind it.
    fn brings_at_once(&self, token: usize, joined: bool) -> bool {
        let end = token + 2;
        let and = |c: &Cue<'_>| c.reading.is_some_and(|r| r.clitics.conjunction.is_some());
        self.is_cue_verb(token)
            && self.cue_at(token).is_some_and(|c| {
                matches!(c.shape, Shape::Verb)
                    && (!joined || and(&c))
                    && (self.is_complementizer(token + 1) || self.content_preposition(&c, end) == Some(token + 1))
            })
    }

    /// "denied the charges and said that", "and called for": the same speaker's next verb, and what it opens right behind it.
    fn goes_on_to_say(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        if !doc.is_finite(token) {
            return false;
        }
        let opens = |c: Cue<'_>| {
            let said = self.complementizer(token + 1, token + 2).is_some();
            matches!(c.shape, Shape::Verb) && !c.row.is_weak() && said
        };
        let plain = doc.clitics(token).conjunction.is_some() && self.is_plain_cue_verb(token);
        plain && self.cue_at(token).is_some_and(opens) || self.brings_at_once(token, true)
    }

    /// "accused X of", "warned of": a verb of saying with the preposition that brings what it says.
    fn brings_content(&self, token: usize) -> bool {
        let end = self.scene.doc.sentence_range(token).end;
        self.cue_at(token)
            .is_some_and(|c| matches!(c.shape, Shape::Verb) && self.content_preposition(&c, end).is_some())
    }

    /// ", and no comment came from": the outlet says so.
    fn tells_no_answer(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let answer = |_: &Reading, row: &Row| row.has_role("answer");
        doc.clitics(token).conjunction.is_some()
            && doc.is_particle(token, "neg")
            && doc.is_word(token + 1)
            && doc.reading(token + 1, answer).is_some()
    }

    /// "and that was two days after a raid": a demonstrative and what sets the clause before it in time.
    fn sets_in_time(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let after = |row: &Row| row.has_role("time") && !row.has_role("place") && !row.has_role("event");
        doc.is_particle(token, "dem") && doc.particle(token + 1, "prep").is_some_and(after)
    }

    /// "but an official denied", "while X thinks that": who speaks and his verb, in either order.
    fn another_speaks(&self, from: usize, sentence_end: usize) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        let limit = sentence_end.min(from + ANOTHER);
        let verb = |mut at: usize| {
            while at < limit && (doc.is_particle(at, "aux") || scene.time_at(at).is_some()) {
                at = scene.time_at(at).map_or(at + 1, |t| scene.mentions.times[t].tokens.end.max(at + 1));
            }
            let cue = self.cue_at(at).filter(|c| at < limit && matches!(c.shape, Shape::Verb))?;
            let says = self.opening(&cue, limit).is_some() || !cue.row.is_weak() && !cue.row.needs_content;
            says.then_some(at)
        };
        if let Some(verb) = verb(from) {
            return self.subject(verb + 1, limit).is_some_and(|s| self.can_speak(&s));
        }
        let speaker = self.subject(from, limit).filter(|s| s.at.tokens.start == from && self.can_speak(s));
        // "but residents whom X reached confirmed that": past what describes them.
        let described = |s: &Filler| {
            let end = s.at.tokens.end;
            let tells = |t: &usize| self.is_plain_cue_verb(*t) && doc.clitics(*t).conjunction.is_none();
            let plain = |t: &usize| doc.is_word(*t) && !doc.is_any_particle(*t, ["comp", "rel", "conj"]);
            let indefinite = !doc.is_definite(s.at.tokens.start) && s.actor.is_none();
            indefinite
                && doc.is_finite(end)
                && (end + 1..limit.min(end + DESCRIBED))
                    .take_while(plain)
                    .find(tells)
                    .is_some_and(|t| verb(t).is_some())
        };
        speaker.is_some_and(|s| verb(s.at.tokens.end).is_some() || described(&s))
    }

    /// "announced the fall of the town, and sent aid": the verb of what the speaker did next, where what he said is no clause.
    /// Behind what is demanded of somebody, or called something, any other verb tells something new.
    pub(super) fn before_next_deed(&self, content: Range<usize>, reading: &Reading, row: &Row) -> Range<usize> {
        let scene = self.scene;
        let doc = scene.doc;
        let said = reading.features.agreement;
        let object = row.roles.as_ref().and_then(|r| r.object.as_deref());
        let phrase = matches!(object, Some("audience" | "topic"));
        let deed = |t: &usize| {
            let Some((verb, _)) = doc.finite(*t) else { return false };
            let does = verb.features.agreement;
            let apart = doc.kind(*t - 1) == Some(Kind::Comma) && verb.clitics.conjunction.is_some();
            if apart && phrase && verb.clitics.preposition.is_none() && doc.is_finite(*t) {
                return true;
            }
            apart
                && !doc.could_be_nominal(*t)
                && verb.features.category == Category::Perfect
                && (does.gender, does.number, does.person) == (said.gender, said.number, said.person)
                && scene.trigger_at(*t).is_none_or(|x| x.frame.harm.is_none())
        };
        let quoted =
            |t: usize| doc.quotations_over(t..t + 1).any(|q| q.open >= content.start && q.open < t && t < q.close);
        // "denied the attack and accused Y of": the same speaker's next verb, where no clause is told of what he said.
        let plain = |t: &usize| !doc.is_particle(*t, "rel") && !doc.is_particle(*t, "comp");
        let nominal = (content.start..content.end.min(content.start + SAID)).take_while(plain).last();
        let says = |t: usize| {
            let agrees = doc.finite(t).is_some_and(|(verb, _)| {
                let does = verb.features.agreement;
                verb.clitics.conjunction.is_some() && (does.gender, does.number) == (said.gender, said.number)
            });
            agrees && nominal.is_some_and(|last| t <= last) && self.is_plain_cue_verb(t) && self.brings_content(t)
        };
        let end = (content.start + 1..content.end)
            .find(|t| (*t > content.start + 1 && deed(t) || self.goes_on_to_say(*t) || says(*t)) && !quoted(*t));
        content.start..end.unwrap_or(content.end)
    }

    /// "according to", "as … said" at the token.
    fn brings_source(&self, t: usize, sentence_end: usize) -> bool {
        let doc = self.scene.doc;
        let cue = doc.reading(t, |r, _| doc.list(r) == List::Cue).map(|(_, row)| row);
        let cue = cue.or_else(|| self.phrase_cue(t).map(|c| c.row));
        cue.is_some_and(|row| match row.source.as_deref() {
            Some("verb") => (t + 1..sentence_end.min(t + 3)).any(|n| self.is_cue_verb(n)),
            Some("after") => !row.is_weak() && row.needs_before.is_none(),
            _ => false,
        })
    }
}
