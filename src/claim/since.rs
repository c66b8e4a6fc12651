//! Whether a toll runs up to the report: "since", "so far".

use super::casualty::Finder;
use super::clause::Link;
use super::count::count_at;
use super::trigger::Shape;
use crate::lexicon::{List, Referent};
use crate::mention::TimeKind;

/// How far behind the harm its number may stand.
const NEAR: usize = 4;

/// Hours that are told as a period.
const DAY: u32 = 24;

/// So many dead are those of a war, and not of one blow.
const WAR: i64 = 100;

impl Finder<'_, '_, '_> {
    /// "so far", "in the same period": the toll runs up to the report.
    pub(super) fn runs_on(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let row = |t: usize| {
            let phrases = doc.names_at(t).iter().flat_map(|m| m.referents);
            let rows =
                phrases.filter_map(|r| if let Referent::Phrase(id) = r { Some(doc.lexicon.row(*id)) } else { None });
            rows.into_iter().find(|row| row.cumulative)
        };
        let (clause, sentence) = (self.scene.clause(token), doc.sentence_range(token));
        // "led to the death of 80 and wounded 120": what goes on is of the same time.
        let clauses = &self.scene.clauses;
        let here = clauses.of(token);
        let goes_on = clauses.get(here).filter(|c| c.link == Link::Joined).and_then(|c| c.parent);
        let own = |t: &usize| [Some(here), goes_on].into_iter().flatten().any(|c| clauses.holds(c, clauses.of(*t)));
        if clause.clone().filter(own).filter_map(|t| self.scene.time_at(t)).any(|time| self.is_period_up_to_now(time)) {
            return true;
        }
        sentence.into_iter().filter_map(|t| row(t).map(|row| (t, row))).any(|(t, row)| {
            if !row.has_role("same_period") {
                return clause.contains(&t);
            }
            let times = &self.scene.mentions.times;
            let before = times.partition_point(|time| time.tokens.start < t);
            times[..before].iter().any(|time| time.since || time.until)
        })
    }

    /// "in the last two days": a period of several units that ends with the report.
    fn is_period_up_to_now(&self, time: usize) -> bool {
        let doc = self.scene.doc;
        let time = &self.scene.mentions.times[time];
        let last =
            |t: usize| doc.reading(t, |r, row| doc.list(r) == List::Calendar && row.value == Some(-1.0)).is_some();
        let open = !time.since && !time.until;
        // "in five years": so long that it runs up to the report.
        let value = time.value.as_deref().unwrap_or_default();
        let start = time.tokens.start;
        let brought = doc.is_preposition(start) || start > 0 && doc.is_preposition(start - 1);
        // "in 24 hours": the last.
        let day = value.strip_prefix("PT").and_then(|v| v.strip_suffix('H')).and_then(|h| h.parse().ok());
        let hours = day.is_some_and(|h: u32| h >= DAY);
        let long = brought && (hours || value.ends_with('Y') || value.ends_with('M') && !value.contains('T'));
        if time.kind == TimeKind::Duration {
            return open && (long || time.tokens.clone().any(last));
        }
        // "this year": of which the report is told.
        let this =
            |t: usize| doc.reading(t, |r, row| doc.list(r) == List::Calendar && row.value == Some(0.0)).is_some();
        open && time.kind == TimeKind::Date && matches!(value.len(), 4 | 7) && time.tokens.clone().any(this)
    }

    /// The "since" that makes a toll run up to the report: behind the harm in its clause, or before all else in it.
    pub(super) fn since(&self, token: usize) -> Option<usize> {
        let scene = self.scene;
        let doc = scene.doc;
        let clause = scene.clause(token);
        let since = |t: usize| {
            let time = scene.time_at(t)?;
            let found = &scene.mentions.times[time];
            let dated = found.since && found.kind != TimeKind::Duration;
            (dated && !found.tokens.contains(&token) && !scene.is_compared(time)).then_some(time)
        };
        let ends = |t: usize| {
            if doc.is_particle(t, "rel") {
                return true;
            }
            let clitics = doc.clitics(t);
            let other = doc.is_finite(t) && !doc.could_be_nominal(t) && scene.actor_at(t).is_none();
            other && (clitics.conjunction.is_some() || clitics.preposition.is_some())
        };
        let behind = (token + 1..clause.end).take_while(|t| !ends(*t)).find_map(since);
        behind
            .or_else(|| {
                let first = (clause.start..token).take(2).find_map(since)?;
                let verb = scene.trigger_at(token).is_some_and(|t| t.shape.is_verb());
                (verb && scene.mentions.times[first].tokens.end < token + 1).then_some(first)
            })
            .or_else(|| {
                // "the fighting has since April left 739 dead": behind the verb that brings them.
                let noun = scene.trigger_at(token).is_some_and(|t| t.shape == Shape::Noun);
                let verb = (clause.start..token).rev().find(|t| doc.is_finite(*t) && !doc.could_be_nominal(*t));
                (verb?..token).rev().filter(|_| noun).find_map(since)
            })
            .or_else(|| {
                // "the war that began in protests has since 2011 cost the lives of a hundred thousand": so many fall in no one blow.
                let many = (clause.start.max(token.saturating_sub(NEAR))..clause.end.min(token + NEAR))
                    .find_map(|t| count_at(scene, t));
                let war = many.is_some_and(|(_, c)| c.value.is_some_and(|n| n >= WAR));
                let start = doc.sentence_range(token).start;
                (start..token).rev().filter(|_| war).find_map(since)
            })
    }
}
