//! A source behind the words or in the middle of them: how far it vouches back, and whether they go on behind it.

use std::ops::Range;

use super::Attribution;
use super::attribution::Finder;
use super::speech_end::ANOTHER;
use crate::lexicon::{Reading, Row};
use crate::morph::Category;
use crate::segment::Kind;

/// Within how many words of a clause its first verb stands: behind a date, perhaps.
const OPENING: usize = 8;

/// How many words before a source another's part of the sentence may end.
const BACK: usize = 64;

impl Finder<'_, '_, '_> {
    /// What a source named behind the words vouches for: what stands behind the source named before it; of "fighting goes on that has
    /// killed nine, according to X" the toll alone, for what goes on is known without him.
    pub(super) fn told_last(&self, before: Range<usize>, earlier: &[Attribution]) -> Range<usize> {
        let scene = self.scene;
        let doc = scene.doc;
        let last = earlier.iter().rev().take_while(|a| a.cue.tokens.start >= before.start);
        let others = |a: &Attribution| {
            matches!(a.rule, "according_to" | "as_said")
                && a.content.as_ref().is_some_and(|c| c.end <= a.cue.tokens.start)
        };
        let behind = last.filter(|a| others(a)).map(|a| a.source.at.tokens.end).max();
        let joined = |t: usize| doc.kind(t) == Some(Kind::Comma) && doc.clitics(t + 1).conjunction.is_some();
        let start = behind.filter(|t| *t < before.end && joined(*t)).unwrap_or(before.start);
        let start = self.own_part(start..before.end, earlier);
        let apart = |t: usize| t > start && doc.kind(t - 1) == Some(Kind::Comma) && doc.finite(t).is_some();
        let verb = |t: usize| apart(t) || doc.is_finite(t) && !doc.could_be_nominal(t);
        let verbs = || (start..before.end).filter(|t| verb(*t) && !doc.is_particle(*t, "aux"));
        let lasts = |r: &Reading, row: &Row| {
            r.features.category == Category::Imperfect && r.features.agreement.person == 3 && row.cue.is_none()
        };
        let goes_on = |t: usize| doc.reading(t, lasts).is_some();
        let result = |t: &usize| {
            let perfect = doc
                .finite(*t)
                .is_some_and(|(r, _)| r.features.category == Category::Perfect && r.clitics.conjunction.is_none());
            perfect && scene.trigger_at(*t).is_none_or(|x| x.frame.event.is_none())
        };
        let counted = |t: usize| (t..before.end).any(|t| scene.quantity_at(t).is_some());
        let first = verbs().next().filter(|t| *t < start + OPENING && goes_on(*t));
        let toll = first.and_then(|_| verbs().skip(1).find(result)).filter(|t| counted(*t));
        toll.unwrap_or(start)..before.end
    }

    /// What a cue behind or in the middle of the words covers: the quotation right before it; the words before it; the
    /// whole sentence where it goes on behind the source without a sign.
    pub(super) fn around(&self, before: Range<usize>, behind: usize, sentence_end: usize) -> Range<usize> {
        let scene = self.scene;
        let doc = scene.doc;
        let apart = doc.kind(before.end) == Some(Kind::Comma);
        let quotation = before
            .end
            .checked_sub(1)
            .filter(|_| !apart)
            .and_then(|t| doc.quotation_to(t))
            .filter(|q| self.opens_speech(*q));
        if let Some(open) = quotation {
            return open..before.end;
        }
        let mut next = self.past_told(behind, sentence_end);
        // "killed, according to X, five soldiers": the clause goes on behind the second comma.
        let set_off = apart && doc.kind(next) == Some(Kind::Comma);
        next += usize::from(set_off);
        while let Some(time) = scene.time_at(next).filter(|_| next < sentence_end) {
            next = scene.mentions.times[time].tokens.end.max(next + 1);
        }
        if doc.is_preposition(next) && self.is_setting(next + 1) {
            next = self.phrase_end(next, sentence_end);
        }
        let governs = doc.is_preposition(next) || doc.clitics(next).preposition.is_some();
        let noun = if doc.is_preposition(next) { next + 1 } else { next };
        let setting = doc.reading(noun, |_, r| r.source_kind.is_some()).is_some()
            || scene.actor_at(noun).is_some_and(|a| scene.mentions.actors[a].kind == "media");
        let inserted = set_off && self.resumes(next, sentence_end);
        let joined = doc.clitics(next).conjunction.is_some() || doc.is_particle(next, "conj");
        let own = scene.quantity_at(next).is_some() || inserted || governs && !setting && doc.is_word(next);
        let result = set_off && self.leads_to(next, sentence_end);
        let goes_on = next < sentence_end && (result || !joined && own);
        if !goes_on {
            return before;
        }
        let start = if inserted { self.reported_clause(&before) } else { before.start };
        start..self.content_from(next, sentence_end).end
    }

    /// Behind the last semicolon, or behind the words of another, in quotation marks or ended by another clause, and their comma.
    fn own_part(&self, before: Range<usize>, earlier: &[Attribution]) -> usize {
        let doc = self.scene.doc;
        let dash = |t: usize| matches!(doc.str(t), "-" | "–" | "—" | "/");
        let semicolon = |t: &usize| doc.kind(*t) == Some(Kind::Clause) && !dash(*t);
        let quoted = earlier.last().and_then(|a| a.content.as_ref()).map(|c| c.end).filter(|end| {
            let closed = (*end..before.end).take(2).find(|t| doc.kind(*t) == Some(Kind::Comma));
            let joined = closed.is_some_and(|t| {
                let next = t + 1;
                doc.is_particle(next, "conj") || doc.clitics(next).conjunction.is_some()
            });
            before.contains(end) && closed.is_some() && (doc.quotation_to(*end).is_some() || joined)
        });
        let behind = (before.start..before.end).rev().take(BACK).find(semicolon).or(quoted).map(|t| t + 1);
        let counted = behind.filter(|t| (*t..before.end).any(|t| doc.is_word(t)));
        counted.unwrap_or(before.start)
    }

    /// "shelled the town, according to X, which led to the death of three": the result is X's too.
    fn leads_to(&self, next: usize, sentence_end: usize) -> bool {
        let doc = self.scene.doc;
        let leads = |r: &Reading, row: &Row| r.features.category.is_finite() && row.frame.as_deref() == Some("result");
        next + 1 < sentence_end && doc.is_function_word(next) && doc.reading(next + 1, leads).is_some()
    }

    /// Behind the media right behind the source that he spoke to.
    fn past_told(&self, at: usize, end: usize) -> usize {
        let told = self.scene.actor_at(at).map(|a| &self.scene.mentions.actors[a]);
        let told = told.filter(|a| a.kind == "media" && at < end && self.scene.doc.clitics(at).preposition.is_some());
        told.map_or(at, |a| a.at.tokens.end)
    }

    /// Behind the second comma the clause goes on that the source was inserted into, and nobody else's words begin.
    fn resumes(&self, next: usize, sentence_end: usize) -> bool {
        let doc = self.scene.doc;
        let opens = matches!(doc.kind(next), Some(Kind::Word | Kind::Number)) || doc.tokens[next].kind.is_quote();
        opens && next < sentence_end && !doc.is_particle(next, "rel") && !self.ends_speech(next, sentence_end)
    }

    /// "he said that the attack, according to X, displaced": where the clause begins that another's "that" opened and no verb has
    /// closed before the source.
    fn reported_clause(&self, before: &Range<usize>) -> usize {
        let doc = self.scene.doc;
        let near = (before.start..before.end).rev().take(ANOTHER);
        let near = near.take_while(|t| !doc.is_finite(*t) || doc.could_be_nominal(*t));
        near.filter(|t| doc.is_word(*t)).find(|t| self.is_complementizer(*t)).map_or(before.start, |t| {
            let pronoun = doc.readings(t).first().is_some_and(|r| r.pronoun.is_some());
            t + usize::from(!pronoun)
        })
    }
}
