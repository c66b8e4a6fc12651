//! The noun that a relative clause describes.

use std::ops::Range;

use super::slots::is_noun;
use super::subject::gender_fits;
use super::trigger::Trigger;
use super::{Filler, Scene};
use crate::lexicon::{List, Reading, Row};
use crate::morph::Category;
use crate::segment::{Agreement, Gender, Kind, Number};

/// How many words of a noun phrase may stand before the people whom a relative clause describes.
const WITHIN: usize = 6;

impl Scene<'_, '_> {
    /// The noun that a relative clause describes: the nearest before it that agrees.
    pub(super) fn described_noun(&self, clause: usize) -> Option<Filler> {
        let doc = self.doc;
        let here = self.clauses.get(clause)?;
        let outer = doc.sentence_range(here.start).start;
        let relative = doc.particle(here.start, "rel");
        let wanted = match relative {
            Some(row) => agreement_of(row),
            // "a base that X attacked": the pronoun behind the verb takes the noun up.
            None => {
                let reading = doc.finite(here.verb?)?.0;
                let verb = here.verb?;
                // "a house that a raid destroyed"
                let deed = || self.trigger_at(verb + 1).is_some_and(|t| t.shape.is_noun());
                let said = || self.subject_behind(verb).is_some() || self.mention_end(verb + 1).is_some() || deed();
                let own = reading.pronoun.filter(|p| p.person == 3 && said());
                own.unwrap_or(reading.features.agreement)
            }
        };
        let mut end = here.start;
        for _ in 0..3 {
            while end > outer && !matches!(doc.kind(end - 1), Some(Kind::Word | Kind::Number)) {
                end = match doc.kind(end - 1) {
                    Some(Kind::BracketClose { .. }) => doc.bracket_to(end - 1).unwrap_or(end - 1),
                    Some(Kind::Comma) if relative.is_none() => return None,
                    _ => end - 1,
                };
            }
            // "the attack last Monday, which X claimed": past the time.
            if let Some(time) = end.checked_sub(1).and_then(|t| self.time_at(t)).filter(|_| relative.is_some()) {
                end = self.mentions.times[time].tokens.start.max(outer);
            }
            let start = self.phrase_start(end, outer)?;
            let filler = self.filler_of(start..end);
            // "in the power of its people who" (masculine plural): no thing.
            let many = relative.is_some()
                && wanted.number == Some(Number::Plural)
                && filler.actor.is_none()
                && self.is_thing(start);
            if !many && self.agrees_with(wanted, &filler) && gender_fits(self, wanted, start) {
                return Some(filler);
            }
            // "the arrest of the cell (feminine) that": those of the phrase who alone agree.
            let inner = self.people_of(start..end, relative.is_some(), Some(wanted));
            if inner.is_some() {
                return inner;
            }
            end = start;
            while end > outer && doc.is_preposition(end - 1) {
                end -= 1;
            }
        }
        None
    }

    /// "the arrest of a man who", "the identity of the man who": neither does anything. What kills may be described itself ("the
    /// attack of the militia that"), and so may what is hit.
    pub(super) fn owner_who_acts(&self, described: &Filler, acts: bool, said: bool) -> Option<Filler> {
        let Range { start, end } = described.at.tokens;
        let deed = self.trigger_at(start).is_some_and(Trigger::is_violent);
        let idle = |r: &Reading, row: &Row| {
            r.features.category == Category::Masdar || row.class.as_deref() == Some("abstract")
        };
        // "published the picture of the gunman who attacked X": of what somebody does.
        let idle = |t: usize| acts && self.is_thing(t) || !self.is_somebody(t) && self.doc.reading(t, idle).is_some();
        let idle = described.actor.is_none() && !deed && idle(start);
        self.people_of(start..end, said, None).filter(|_| idle)
    }

    /// The first people of a phrase that begins otherwise who agree; without "who" nobody definite. Of a relative and those whose
    /// he is, they.
    fn people_of(&self, phrase: Range<usize>, said: bool, wanted: Option<Agreement>) -> Option<Filler> {
        let inner = (phrase.start + 1..phrase.end).take(WITHIN);
        let open = |t: &usize| said || !self.doc.is_definite(*t) && self.actor_at(*t).is_none();
        let people = |t: &usize| {
            self.doc.clitics(*t).preposition.is_none() && self.is_somebody(*t) && !self.is_adjective(*t) && open(t)
        };
        let fits = |t: &usize| {
            wanted.is_none_or(|w| gender_fits(self, w, *t) && self.agrees_with(w, &self.filler_of(*t..phrase.end)))
        };
        let kin = |t: &usize| super::count::people(self, *t).is_some_and(|(_, row)| row.has_role("kin"));
        // "the mother of the martyr X who": X.
        let named = self.actor_at(phrase.end - 1).map(|a| &self.mentions.actors[a]).filter(|a| a.kind == "person");
        let named = named.map(|a| a.at.tokens.start).filter(|t| *t > phrase.start && open(t) && fits(t));
        if let Some(name) = named {
            return Some(self.filler_of(name..phrase.end));
        }
        let mut found = inner.filter(people).filter(fits);
        let first = found.next()?;
        let head = if kin(&first) { found.next().unwrap_or(first) } else { first };
        Some(self.filler_of(head..phrase.end))
    }

    fn is_adjective(&self, t: usize) -> bool {
        let doc = self.doc;
        let adjective = |r: &Reading, _: &Row| matches!(doc.list(r), List::Adjective | List::Demonym);
        // A title is listed with its article.
        let article = |t: usize| doc.clitics(t).article || doc.readings(t).iter().any(|r| r.clitics.article);
        // "the terrorist incident", "a terrorist plan": behind an article nothing is a genitive.
        let people = || super::count::people(self, t).is_some() && self.is_thing(t - 1);
        let related = || doc.lexicon.looks_related(doc.str(t)) && people();
        let listed = || doc.reading(t, adjective).is_some() || !article(t) && related();
        article(t) && article(t - 1) || article(t) == article(t - 1) && listed()
    }

    /// Where the noun phrase begins that ends before a token.
    fn phrase_start(&self, end: usize, outer: usize) -> Option<usize> {
        let doc = self.doc;
        let last = end.checked_sub(1).filter(|t| *t >= outer)?;
        let mut start = self.actor_at(last).map_or(last, |a| self.mentions.actors[a].at.tokens.start);
        // A name that begins inside its token: a preposition is glued to it.
        let glued = |t: usize| {
            self.actor_at(t).is_some_and(|a| self.mentions.actors[a].at.span.start > doc.tokens[t].span.start)
        };
        // "visited the minister the hospital": behind a definite noun another noun is another phrase.
        let apart = |t: usize| {
            doc.is_definite(t - 1)
                && is_noun(self, t)
                && self.mention_end(t).is_none()
                && self.mention_end(t - 1).is_none()
                && super::count::people(self, t).is_none()
        };
        // "the network of physicians mourned the physician X who", "the police arrested the gunmen who": behind a party's name
        // people who are no adjective of it are another phrase.
        let beside = |t: usize| {
            let party = self.actor_at(t - 1).map(|a| &self.mentions.actors[a]).filter(|a| a.kind != "person");
            party.is_some_and(|party| {
                let plural = |r: &Reading| r.features.is_several() || r.features.category.is_finite();
                let several = |t: usize| doc.readings(t).iter().all(plural);
                let people = super::count::people(self, t).map(|(r, _)| r.features.is_several());
                let many = people.unwrap_or(false) && several(party.at.tokens.start);
                let other = people.is_some() || is_noun(self, t);
                doc.is_definite(t) && other && !many && !self.is_epithet(t)
            })
        };
        // "the army killed a man who", "the leader of X who": what has an article owns nobody.
        let begins = |t: usize| {
            // Those who are described are no name.
            let called = self.actor_at(t).is_none_or(|a| self.mentions.actors[a].kind == "collective");
            let known = called
                && self.place_at(t).is_none()
                && doc.readings(t).iter().any(|r| !r.features.category.is_finite());
            let article = doc.readings(t).iter().any(|r| r.clitics.article);
            let name = doc.words[t].as_ref().is_some_and(|w| w.is_name_part());
            doc.clitics(t - 1).article
                && doc.clitics(t).is_empty()
                && !article
                && known
                && !name
                && !doc.is_function_word(t)
        };
        while start > outer
            && !glued(start)
            && !apart(start)
            && !beside(start)
            && !begins(start)
            && doc.clitics(start).preposition.is_none()
            && doc.clitics(start).conjunction.is_none()
            && (doc.is_nominal(start - 1) || self.quantity_at(start - 1).is_some() || self.is_epithet(start))
            && self.time_at(start - 1).is_none()
        {
            start = self.actor_at(start - 1).map_or(start - 1, |a| self.mentions.actors[a].at.tokens.start);
        }
        (doc.is_nominal(start) || self.mention_end(start).is_some() || self.quantity_at(start).is_some())
            .then_some(start)
    }
}

fn agreement_of(row: &Row) -> Agreement {
    let gender = match row.gender.as_deref() {
        Some("m") => Some(Gender::Masculine),
        Some("f") => Some(Gender::Feminine),
        _ => None,
    };
    let number = match row.number.as_deref() {
        Some("s") => Some(Number::Singular),
        Some("d") => Some(Number::Dual),
        Some("p") => Some(Number::Plural),
        _ => None,
    };
    Agreement { person: 3, gender, number }
}
