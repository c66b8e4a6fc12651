//! Where people were harmed: what the words behind the harm say, the event that did it, the clause, the sentence.

use std::ops::Range;

use super::casualty::Finder;
use super::cause::{Cause, Link};
use super::elsewhere::{
    is_fired_from, is_home, is_in_other_words, is_later_deed, is_since, is_station, is_topic, is_whence,
};
use super::other_deed::{is_of_another_deed, is_told_as_time, tells_of_party};
use super::place_taken_up::place_then;
use super::topic::{is_dateline, topic};
use super::trigger::{Shape, Trigger};
use super::ward::{is_ward, received_at};
use crate::segment::Kind;

/// How far from people the word may stand that says that they move.
const MOVED: usize = 40;

/// Words behind a group among which its own place may stand.
const REACH: usize = 5;

/// Measures that one place may have: "with 101 dead and 28 wounded".
const LISTED: usize = 3;

impl Finder<'_, '_, '_> {
    /// The place of the harm told at a token, of which its roles may say one already.
    pub(super) fn place_of_harm(&self, token: usize, role: Option<usize>, cause: Option<Cause>) -> Option<usize> {
        let scene = self.scene;
        if let Some(place) = self.place_in_list(token).or_else(|| received_at(scene, token)) {
            return Some(place);
        }
        let own = role.or_else(|| self.place_behind(token));
        if is_told_as_time(scene, token) {
            let tied = cause.filter(|c| matches!(c.link, Link::Same | Link::Behind | Link::Subject));
            return self.narrower(own, tied);
        }
        // The words behind the harm say it as closely as they can, a word of the event's own behind them closer still.
        let behind = |p: &usize| scene.mentions.places[*p].at.tokens.start > token;
        let country = |p: &usize| scene.mentions.places[*p].kind == "country";
        let width = |p: usize| super::place::width(scene, p);
        let at = |p: usize| scene.mentions.places[p].at.tokens.start;
        let closer = |p: usize, q: usize| at(q) > at(p) && width(q) < width(p);
        let nearer = |p: &usize| cause.and_then(|c| self.events[c.event].place).is_some_and(|q| closer(*p, q));
        let told =
            own.filter(|p| behind(p) && !country(p) && cause.is_none_or(|c| c.link == Link::Behind) && !nearer(p));
        // "which forced thousands into flight to X"
        // "thousands fled their villages in X after the shelling of Y": where they were is no part of what drove them out.
        let goal =
            own.filter(|p| behind(p) && !country(p) || scene.mentions.places[*p].relation.as_deref() == Some("to"));
        if goal.filter(behind).is_some() && self.flees(token) {
            return goal;
        }
        // "the soldier who was kidnapped in X is still held"
        let other = |c: &Cause| self.events[c.event].place.is_some_and(|p| self.is_elsewhere(p, token));
        let cause = cause.filter(|c| matches!(c.link, Link::Same | Link::Behind) || !other(c));
        told.or_else(|| self.narrower(own.or_else(|| self.place_around(token)), cause))
    }

    /// "…, then X with 101 dead and 28 wounded, and Y with the death of 26": the place right before the measure, for all that
    /// is joined to it.
    fn place_in_list(&self, token: usize) -> Option<usize> {
        let scene = self.scene;
        let doc = scene.doc;
        let mut at = token;
        for _ in 0..LISTED {
            let number = doc.previous_word(at).and_then(|p| scene.quantity_at(p));
            let first = number.map_or(at, |q| scene.mentions.quantities[q].tokens.start);
            let with = |t: usize| doc.clitics(t).preposition.is_some_and(|p| doc.lexicon.is_place_clitic(p));
            let alone =
                first.checked_sub(1).filter(|t| with(*t) || doc.lexicon.segmenter.clitics.is_preposition(doc.str(*t)));
            if with(first) || alone.is_some() {
                let before = alone.unwrap_or(first).checked_sub(1)?;
                return scene.place_at(before).filter(|p| scene.mentions.places[*p].at.tokens.end == before + 1);
            }
            let joined = doc.clitics(first).conjunction.is_some() || doc.after_and(first.checked_sub(1)?) == first;
            at = (0..first)
                .rev()
                .take(2)
                .find(|t| scene.trigger_at(*t).is_some_and(|x| x.frame.harm.is_some()))
                .filter(|_| joined)?;
        }
        None
    }

    /// The first place behind the harm that says where, before anything else is told: no goal, and no part of a time.
    fn place_behind(&self, token: usize) -> Option<usize> {
        let scene = self.scene;
        let doc = scene.doc;
        let end = doc.sentence_range(token).end;
        // "the bodies of three who were killed in X"
        let noun = scene.trigger_at(token).filter(|x| x.shape.is_noun());
        let same = |x: &Trigger<'_>, t: usize| t - token < REACH && noun.is_some_and(|n| n.frame.harm == x.frame.harm);
        let goes_on = |t: &usize| {
            let trigger = scene.trigger_at(*t);
            let joined = doc.clitics(*t).conjunction.is_some();
            let other = doc.is_finite(*t)
                && joined
                && !doc.could_be_nominal(*t)
                && scene.actor_at(*t).is_none()
                && trigger.is_none_or(|x| x.frame.harm.is_none());
            // "… and the attack on": something else that happened; "who had been kidnapped from": an earlier harm.
            let event = trigger.is_some_and(|x| joined && x.shape.is_noun() && x.frame.harm.is_none())
                || trigger.is_some_and(|x| !joined && x.shape.is_verb() && x.frame.harm.is_some() && !same(x, *t));
            let denies = joined && doc.is_particle(*t, "neg") || doc.is_particle(*t, "opener");
            let clause =
                matches!(doc.kind(*t), Some(Kind::Clause | Kind::Colon | Kind::End | Kind::BracketClose { .. }));
            let opens =
                doc.particle(*t, "conj").is_some_and(|row| matches!(row.joins.as_deref(), Some("clause" | "result")));
            let later = is_later_deed(scene, *t);
            !(other || event || later || denies || clause || opens || scene.is_cue(*t) || doc.is_particle(*t, "comp"))
        };
        let fits = |t: usize| {
            // "in the town"
            let meant = scene.whereabouts(t).filter(|p| scene.mentions.places[*p].kind != "country");
            if scene.place_at(t).is_none() && meant.is_some() && scene.locates(t) && scene.time_at(t).is_none() {
                return meant.filter(|_| !scene.in_source(t));
            }
            scene.place_at(t).filter(|p| self.is_where(*p, token) && scene.locates(t))?;
            // "by a rocket of X, which ended its mission in Y": where X is.
            if tells_of_party(scene, t, token) || is_station(scene, t) {
                return None;
            }
            // "in the south of X in the province of Y": X; "to the hospital of X in Y": neither.
            let first = scene.first_of_chain(t, token + 1)?;
            let at = scene.mentions.places[first].at.tokens.start;
            (self.stays(t, token) && self.stays(at, token)).then_some(first)
        };
        let found: Vec<usize> = (token + 1..end).take_while(goes_on).filter_map(fits).collect();
        let country = |p: &usize| scene.mentions.places[*p].kind == "country";
        found.iter().copied().find(|p| !country(p)).or_else(|| found.first().copied())
    }

    /// The place that follows a group before the list goes on: "five in X and three in Y".
    pub(super) fn place_of_group(&self, end: usize, limit: usize) -> Option<usize> {
        let scene = self.scene;
        let doc = scene.doc;
        let brought = |t: &usize| scene.locates(*t) && scene.place_at(*t).is_some_and(|p| self.is_where(p, end));
        let own = (end..limit).take_while(|t| doc.is_word(*t) && doc.clitics(*t).conjunction.is_none());
        own.into_iter().take(REACH).find(brought).and_then(|t| scene.first_of_chain(t, end))
    }

    /// Where something happened: no part of a source or of a time ("since they entered the town"), and not where people are from.
    fn is_where(&self, place: usize, token: usize) -> bool {
        let start = self.scene.mentions.places[place].at.tokens.start;
        !self.scene.in_source(start)
            && !is_dateline(self.scene, place)
            && !is_fired_from(self.scene, start)
            && !is_topic(self.scene, start)
            && !self.is_elsewhere(place, token)
            && (!is_whence(self.scene, start) || self.scene.trigger_at(token).is_none() || self.flees(token))
            && !is_ward(self.scene, place, token)
            && self.scene.time_at(start).is_none()
            && (!is_home(self.scene, start) || self.flees(token))
    }

    fn is_elsewhere(&self, place: usize, token: usize) -> bool {
        is_of_another_deed(self.scene, self.scene.mentions.places[place].at.tokens.start, token)
    }

    /// No place to which somebody goes, but for those who are counted where they come to: "37 wounded reached the hospital of X".
    fn stays(&self, place: usize, token: usize) -> bool {
        let scene = self.scene;
        let named = scene.place_at(place).map(|p| &scene.mentions.places[p]);
        let goal = named.is_some_and(|p| p.relation.as_deref() == Some("to"));
        let counted = || scene.trigger_at(token).is_some_and(|t| t.shape == Shape::Noun);
        // "one wounded, who was taken to the hospital of X"
        let doc = scene.doc;
        let own = scene.clauses.at(token).and_then(|c| c.verb);
        let verb = |t: usize| doc.is_finite(t) && !doc.could_be_nominal(t) && own != Some(t);
        let taken = |t: usize| verb(t) && scene.mention_end(t).is_none();
        let near = token + 1..place.min(token + MOVED);
        let there = || scene.clauses.of(place) == scene.clauses.of(token) && !near.clone().any(taken);
        // "a million fled, of whom 80 000 crossed into X": where those went.
        let apart = |t: usize| scene.quantity_at(t).is_some() && scene.clauses.of(t) != scene.clauses.of(token);
        let part = || token < place && near.clone().any(apart);
        !goal || self.flees(token) && !part() || counted() && there()
    }

    /// People who leave a place, or come to one.
    fn flees(&self, token: usize) -> bool {
        let displaces = |t: &Trigger<'_>| {
            t.frame.harm.as_deref() == Some("displaced") || t.frame.event.as_deref() == Some("displacement")
        };
        let clause = self.scene.clause(token);
        let other = |t: &Trigger<'_>| t.frame.harm.as_deref().is_some_and(|h| h != "displaced");
        if self.scene.trigger_at(token).is_some_and(other) {
            return false;
        }
        self.scene.trigger_at(token).is_some_and(displaces)
            || clause.start < token
                && (clause.start.max(token.saturating_sub(MOVED))..clause.end.min(token + MOVED))
                    .any(|t| self.scene.trigger_at(t).is_some_and(displaces))
    }

    /// The place of the harm, or that of the event that did it where it says more closely where.
    fn narrower(&self, own: Option<usize>, cause: Option<Cause>) -> Option<usize> {
        let of_cause = cause.and_then(|c| self.events[c.event].place);
        let (Some(place), Some(other)) = (own, of_cause) else { return own.or(of_cause) };
        let width = |p: usize| super::place::width(self.scene, p);
        let tied = cause.is_some_and(|c| matches!(c.link, Link::Behind | Link::Subject));
        Some(if tied && width(other) < width(place) { other } else { place })
    }

    /// The place of what happens around the token: one that a preposition of place brings, in the clause before the rest of
    /// the sentence, behind the token before in front of it; the most specific of a chain.
    pub(super) fn place_around(&self, token: usize) -> Option<usize> {
        let scene = self.scene;
        let (clause, sentence) = (scene.clause(token), scene.doc.sentence_range(token));
        let brought = |p: &usize| {
            let place = &scene.mentions.places[*p];
            let start = place.at.tokens.start;
            scene.locates(start) && self.stays(start, token) && !is_station(scene, start)
        };
        let specific = |p: &usize| {
            self.stays(scene.mentions.places[*p].at.tokens.start, token) && scene.mentions.places[*p].kind != "country"
        };
        self.before_bracket(token)
            .or_else(|| super::place::described(scene, token).filter(|p| self.is_where(*p, token)))
            .or_else(|| self.nearest_place(&clause, token, |p| specific(p) && brought(p)))
            .or_else(|| self.nearest_place(&clause, token, brought))
            .or_else(|| self.nearest_place(&clause, token, specific))
            .or_else(|| place_then(scene, token))
            .or_else(|| self.nearest_place(&sentence, token, |p| specific(p) && brought(p)))
            .or_else(|| self.nearest_place(&sentence, token, brought))
            .or_else(|| self.only_place(&sentence, token))
            .or_else(|| topic(scene, token))
    }

    /// The place of a sentence that names but one.
    fn only_place(&self, sentence: &Range<usize>, token: usize) -> Option<usize> {
        let places = &self.scene.mentions.places;
        let first = places.partition_point(|p| p.at.tokens.start < sentence.start);
        let mut found = (first..places.len()).take_while(|p| places[*p].at.tokens.start < sentence.end);
        let to = |p: usize| !self.stays(places[p].at.tokens.start, token);
        let only = found.next().filter(|p| self.is_where(*p, token) && !to(*p))?;
        let since = places[only].at.tokens.start < token && is_since(self.scene, places[only].at.tokens.start);
        let other = since || is_in_other_words(self.scene, places[only].at.tokens.start, token);
        (found.next().is_none() && !other).then_some(only)
    }

    /// "a station in X (eight dead)": the place that the bracket stands behind.
    fn before_bracket(&self, token: usize) -> Option<usize> {
        let scene = self.scene;
        let doc = scene.doc;
        let start = doc.sentence_range(token).start;
        let open = (start..token).rev().take_while(|t| !matches!(doc.kind(*t), Some(Kind::BracketClose { .. })));
        let open = open.into_iter().find(|t| doc.bracket_from(*t).is_some_and(|close| close > token))?;
        let place = scene.place_at(open.checked_sub(1)?).filter(|p| self.is_where(*p, token))?;
        scene.first_of_chain(scene.mentions.places[place].at.tokens.start, start)
    }

    fn nearest_place(&self, range: &Range<usize>, token: usize, fits: impl Fn(&usize) -> bool) -> Option<usize> {
        let scene = self.scene;
        // "followed by the province of X": of which something else is told.
        let acts = |t: usize| {
            let verb = |v: usize| scene.doc.finite(v).is_some_and(|(r, _)| r.pronoun.is_some());
            t > token
                && scene.doc.previous_word(t).is_some_and(|p| verb(p) || scene.doc.previous_word(p).is_some_and(verb))
        };
        let doc = scene.doc;
        let usable = |t: &usize| {
            if is_in_other_words(scene, *t, token) {
                return false;
            }
            let since = || *t < token && is_since(scene, *t);
            if scene.place_at(*t).is_none() {
                // "in the town", "there"
                let there = doc.is_particle(*t, "dem");
                let meant = scene.whereabouts(*t).filter(|p| there || scene.mentions.places[*p].kind != "country");
                let here = scene.clauses.of(*t) == scene.clauses.of(token) && scene.time_at(*t).is_none();
                return meant.is_some() && here && scene.locates(*t) && !scene.in_source(*t) && !since();
            }
            let chain = || {
                let first =
                    scene.first_of_chain(*t, range.start).map(|p| (p, scene.mentions.places[p].at.tokens.start));
                first.is_none_or(|(p, at)| self.is_where(p, token) && self.stays(at, token))
            };
            scene.place_at(*t).is_some_and(|p| self.is_where(p, token) && fits(&p) && !acts(*t) && !since()) && chain()
        };
        // Up to a sign, a relative clause or the next verb the words behind are the trigger's own.
        let ends = |t: usize| {
            matches!(doc.kind(t), Some(Kind::Comma | Kind::BracketClose { .. }))
                || doc.is_particle(t, "rel")
                || doc.is_finite(t) && doc.clitics(t).conjunction.is_some() && !doc.could_be_nominal(t)
        };
        let own = (token + 1..range.end).find(|t| ends(*t)).unwrap_or(range.end);
        let found = (token..own)
            .find(usable)
            .or_else(|| (range.start..token).rev().find(usable))
            .or_else(|| (own..range.end).find(usable))?;
        scene.first_of_chain(found, range.start)
    }
}
