//! Whether a toll runs up to the report: "since", "so far".

use std::ops::Range;

use super::casualty::Finder;
use super::clause::Link;
use super::count::count_at;
use super::trigger::Shape;
use crate::lexicon::{List, Reading, Referent, Row};
use crate::mention::TimeKind;

/// How far behind the harm its number may stand.
const NEAR: usize = 4;

/// Hours that are told as a period.
const DAY: u32 = 24;

/// How far from a harm the period may stand that is told of what brought it, or of the harm joined to it.
const PERIOD: usize = 24;

/// Words between what lasts and the verb that says when it began.
const BEGUN: usize = 4;

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
        let up_to_now = |mut words: Range<usize>| {
            words.any(|t| self.scene.time_at(t).is_some_and(|time| self.is_period_up_to_now(time)))
        };
        if clause.clone().filter(own).any(|t| up_to_now(t..t + 1)) {
            return true;
        }
        // "committed in the last 24 hours 22 massacres that killed 195", "made 41 raids in 24 hours that led to the death of 218".
        let around =
            clauses.get(here).filter(|c| matches!(c.link, Link::Relative | Link::Result)).and_then(|c| c.parent);
        let led = self.scene.trigger_at(token).is_some_and(|t| t.shape != Shape::PassiveParticiple);
        let before = sentence.start.max(token.saturating_sub(PERIOD))..token;
        let of_around = |t: &usize| around.is_some_and(|c| clauses.of(*t) == c);
        if led && before.filter(of_around).any(|t| up_to_now(t..t + 1)) {
            return true;
        }
        // "572 were killed and 309 wounded in the last 24 hours": the verb joined to it.
        let next = clauses.get(here + 1).filter(|c| c.link == Link::Joined && c.parent == Some(here));
        let harms = |t: usize| self.scene.trigger_at(t).is_some_and(|t| t.frame.harm.is_some());
        let joined = next.filter(|c| c.verb.is_some_and(harms)).map(|c| c.start);
        let joined = joined.filter(|start| *start < token + PERIOD);
        if joined.is_some_and(|start| up_to_now(start..sentence.end.min(start + PERIOD))) {
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
        let led = |t: usize| t > 0 && doc.is_preposition(t - 1);
        // "in the 48 hours", whose article stands before the digits.
        let alone = |r: &Reading, row: &Row| doc.list(r) == List::Number && row.kind.as_deref() == Some("article");
        let article = start > 0 && doc.reading(start - 1, alone).is_some();
        let brought = doc.is_preposition(start) || led(start) || article && led(start - 1);
        // "in 24 hours": the last.
        let day = value.strip_prefix("PT").and_then(|v| v.strip_suffix('H')).and_then(|h| h.parse().ok());
        let hours = day.is_some_and(|h: u32| h >= DAY);
        let days = self.is_whole_period(time.tokens.clone()) && !self.is_dated(time.tokens.start);
        let days = days && value.ends_with(['D', 'W']);
        let long = brought && (hours || days || value.ends_with('Y') || value.ends_with('M') && !value.contains('T'));
        if time.kind == TimeKind::Duration {
            return open && (long || time.tokens.clone().any(last));
        }
        // "this year": of which the report is told.
        let this =
            |t: usize| doc.reading(t, |r, row| doc.list(r) == List::Calendar && row.value == Some(0.0)).is_some();
        open && time.kind == TimeKind::Date && matches!(value.len(), 4 | 7) && time.tokens.clone().any(this)
    }

    /// "in a week", but not "in two weeks of raids".
    fn is_whole_period(&self, period: Range<usize>) -> bool {
        let doc = self.scene.doc;
        let over = |t: usize| doc.particle(t, "prep").is_some_and(|row| row.has_role("period"));
        let led = period.start > 0 && over(period.start - 1) || over(period.start);
        let of = doc.particle(period.end, "prep").is_some_and(|row| row.has_role("partitive"));
        led && !of
    }

    /// A date stands in the clause: the period is that of another time.
    fn is_dated(&self, token: usize) -> bool {
        let scene = self.scene;
        let clause = scene.clause(token);
        let near = clause.start.max(token.saturating_sub(PERIOD))..clause.end.min(token + PERIOD);
        near.filter_map(|t| scene.time_at(t)).any(|t| scene.mentions.times[t].kind == TimeKind::Date)
    }

    /// "the war that broke out in April left 15 thousand dead": so many fell since it began.
    pub(super) fn is_of_war(&self, token: usize, count: Option<i64>) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        if count.is_none_or(|n| n < WAR) {
            return false;
        }
        let start = doc.sentence_range(token).start.max(token.saturating_sub(PERIOD));
        let began = |t: &usize| {
            let verb = doc.is_finite(*t) && doc.reading(*t, |_, row| row.has_role("begins")).is_some();
            verb && *t > start && doc.is_particle(t - 1, "rel") && doc.clitics(t - 1).conjunction.is_none()
        };
        // Not today, nor on Friday: what goes on for long.
        let of_day = |t: usize| {
            let day = |row: &Row| row.weekday.is_some() || row.kind.as_deref() == Some("deictic");
            doc.reading(t, |r, row| doc.list(r) == List::Calendar && day(row)).is_some()
        };
        let dated = |t: usize| {
            let time = (t + 1..token.min(t + 1 + BEGUN)).find_map(|t| scene.time_at(t));
            time.is_some_and(|n| !scene.mentions.times[n].tokens.clone().any(of_day))
        };
        (start..token).rev().find(began).is_some_and(dated)
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
            // "the collapse of a truce that had held for two years": since when something else was.
            let aside = scene.clauses.of(t);
            let inner = scene.clauses.get(aside).is_some_and(|c| matches!(c.link, Link::Relative | Link::Where));
            let dated = dated && (!inner || scene.clauses.stands_in(aside, scene.clauses.of(token)));
            (dated && !found.tokens.contains(&token) && !scene.is_compared(time)).then_some(time)
        };
        let ends = |t: usize| {
            if doc.is_particle(t, "rel") || doc.is_particle(t, "comp") {
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
