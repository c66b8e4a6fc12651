//! When something happened: of the times around a trigger, the one that is its own.

use super::clause::{Clause, Link};
use super::count::people;
use super::scope::Scene;
use crate::lexicon::{List, Reading, Row};
use crate::mention::{QuantityKind, TimeKind};
use crate::morph::Category;

/// How far behind a superlative its "since" may stand.
const COMPARED: usize = 14;

impl Scene<'_, '_> {
    /// "the fiercest attack since 2014", "for the first time since March": with what it is compared, and not when it happened.
    pub(super) fn is_compared(&self, time: usize) -> bool {
        let time = &self.mentions.times[time];
        let start = time.tokens.start;
        let reach = self.clause(start).start.max(start.saturating_sub(COMPARED))..start;
        time.since && reach.rev().any(|t| self.is_superlative(t))
    }

    /// "the gravest", "the third": it says how a thing stands to others, and is no part of a name or of a number.
    fn is_superlative(&self, token: usize) -> bool {
        let doc = self.doc;
        let most = |_: &Reading, row: &Row| row.has_role("superlative");
        let ordinal = |r: &Reading, row: &Row| doc.list(r) == List::Number && row.kind.as_deref() == Some("ordinal");
        if doc.reading(token, most).is_none() && doc.reading(token, ordinal).is_none() {
            return false;
        }
        let named = self.actor_at(token).is_some() || self.place_at(token).is_some() || self.time_at(token).is_some();
        // "more than 200", "the foremost leaders": it weighs no event.
        let counts = self.quantity_at(token).is_some_and(|q| self.mentions.quantities[q].kind != QuantityKind::Ordinal);
        !named && !counts && people(self, token + 1).is_none()
    }

    /// The time of what happens at the token: in its clause, and not the announcing verb's.
    pub fn time_of(&self, token: usize) -> Option<usize> {
        let clause = self.clause(token);
        let inside = |t: usize| self.mentions.times[t].tokens.contains(&token);
        let usable =
            |t: &usize| self.mentions.times[*t].kind != TimeKind::Duration && (inside(*t) || !self.is_compared(*t));
        let own = |t: usize| {
            let elsewhere =
                |n: &usize| self.is_announcement(*n) || self.is_told_aside(*n, token) || self.is_of_others(*n, token);
            self.time_at(t).filter(usable).filter(|n| !elsewhere(n))
        };
        (token..clause.end).find_map(own).or_else(|| (clause.start..token).rev().find_map(own))
    }

    /// "the quarter that they had taken on Friday": the time of what is told of a noun behind the token, and not of what happens there.
    fn is_told_aside(&self, time: usize, token: usize) -> bool {
        let start = self.mentions.times[time].tokens.start;
        let past = |verb: usize| self.doc.finite(verb).is_some_and(|(r, _)| r.features.category == Category::Perfect);
        // "the talks that were held yesterday": of the noun itself no more is told than when it was.
        let is_held = |aside: &Clause, verb: usize| {
            self.doc.reading(verb, |_, row| row.frame.as_deref() == Some("light")).is_some()
                && (token + 1..aside.start).all(|t| self.trigger_at(t).is_none())
        };
        let (here, there) = (self.clauses.of(token), self.clauses.of(start));
        self.clauses.get(there).is_some_and(|aside| {
            aside.link == Link::Relative
                && here != there
                && aside.start > token
                && self.doc.is_particle(aside.start, "rel")
                && aside.verb.is_some_and(|verb| verb < start && past(verb) && !is_held(aside, verb))
        })
    }

    /// A time in words that the one who speaks of the token did not say with it.
    fn is_of_others(&self, time: usize, token: usize) -> bool {
        let said = self.source_of(self.mentions.times[time].tokens.start);
        let content = said.and_then(|a| self.attributions.get(a)?.content.as_ref());
        content.is_some_and(|words| !words.contains(&token))
    }

    /// Whether a time stands between a verb of speech and its content.
    fn is_announcement(&self, time: usize) -> bool {
        self.part.get(self.mentions.times[time].tokens.start).is_some_and(|p| p.announced)
    }
}
