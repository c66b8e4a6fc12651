//! How far a name reaches that no list of places holds.

use super::place::Finder;
use crate::lexicon::{Facts, Reading, Row};
use crate::morph::Category;
use crate::segment::Kind;

impl Finder<'_, '_> {
    /// Behind the last word of a name that no list holds: quoted words, words that nothing else explains, or one
    /// definite noun.
    pub(super) fn name_end(&self, first: usize, head: &Row, quoted: bool) -> Option<usize> {
        let doc = self.doc;
        if quoted && doc.tokens[first - 1].kind.is_quote() {
            let q = doc.quotation_from(first - 1).filter(|q| q.closed && q.close - q.open <= 5)?;
            return Some(q.close);
        }
        let own = |t: usize| {
            let c = doc.clitics(t);
            let glued = !self.is_name_part(t)
                && !doc.readings(t).is_empty()
                && doc.readings(t).iter().all(|r| r.clitics.preposition.is_some());
            let part = t == first && self.begins_like_preposition(t);
            !glued && (c.preposition.is_none() || part) && c.conjunction.is_none() && !doc.is_function_word(t)
        };
        // "a crowded station": what ends like its feminine head is an adjective, not a name.
        let crowd = head.kind.as_deref() == Some("site")
            && !doc.is_definite(first)
            && doc.lexicon.looks_feminine(&doc.lexicon.fold.word(&head.lemma))
            && doc.lexicon.looks_feminine(doc.str(first));
        // "the quarter of the teachers", "of progress": whatever is definite behind the indefinite word is what it is called.
        let road = head.class.as_deref() == Some("road");
        let housing = head.strip || head.kind.as_deref() == Some("district") && !road;
        let quarter = housing && doc.is_definite(first) && doc.is_demonym(first).is_none();
        if !own(first)
            || crowd
            || self.head(first).is_some_and(|(_, h)| h.strip)
            || self.is_adjective(first) && !quarter
            || head.not_before.iter().any(|w| doc.is_lemma(first, w))
        {
            return None;
        }
        let named = |t: usize| {
            // Behind its head no noun is accusative: it is a name that looks like one.
            let accusative = head.strip && t == first && doc.readings(t).iter().all(|r| r.features.accusative);
            let plain = (doc.readings(t).is_empty() || accusative)
                && !doc.lexicon.looks_finite(doc.str(t))
                && !doc.may_be(t, Facts::BOUND_PRONOUN)
                && (!doc.lexicon.segmenter.clitics.ends_in_pronoun(doc.str(t)) || head.strip && t == first);
            own(t) && (plain || self.is_name_part(t) && !doc.is_finite(t))
        };
        let hashtag = |t: usize| doc.kind(t) == Some(Kind::Symbol) && !doc.tokens[t].spaced;
        let step = |t: usize| if hashtag(t) { t + 1 } else { t };
        // "the quarter of Sheikh Radwan"
        let parts = |from: usize| (from..from + 3).take_while(|t| self.is_person_part(*t)).last().map(|t| t + 1);
        if doc.may_be(first, Facts::TITLED)
            && let Some(end) = parts(first + 1)
        {
            return Some(end);
        }
        if doc.is_definite(first) {
            let noun =
                doc.readings(first).is_empty() || doc.reading(first, |r, row| quarter || is_thing(r, row)).is_some();
            let enough = head.takes.iter().any(|t| t == "any");
            return (noun && enough && (quarter || !self.is_adjective(first))).then_some(first + 1);
        }
        // What follows a head in construct is no accusative: it only ends like one.
        let foreign = || {
            head.strip
                && own(first)
                && doc.lexicon.looks_accusative(doc.str(first))
                && doc.is_nominal(first)
                && !doc.lexicon.segmenter.clitics.ends_in_pronoun(doc.str(first))
        };
        // A masculine head has no feminine adjective, and a town hardly one that no list holds.
        let agrees = doc.lexicon.looks_feminine(&doc.lexicon.fold.word(&head.lemma)) && !head.strip;
        if (named(first) || foreign()) && !(agrees && doc.lexicon.looks_feminine_adjective(doc.str(first))) {
            let next = step(first + 1);
            let more = doc.is_word(next)
                && !doc.tokens[next].new_line
                && !self.inside[next]
                && named(next)
                && !self.is_adjective(next)
                && (self.is_name_part(next) || !self.may_be_cut(next));
            return Some(if more { next + 1 } else { first + 1 });
        }
        // An ordinary indefinite noun: a name only if a definite one follows.
        let next = step(first + 1);
        let noun = doc.reading(first, |r, row| is_thing(r, row) && r.pronoun.is_none()).is_some();
        let closes =
            doc.is_word(next) && !self.inside[next] && doc.is_definite(next) && own(next) && !self.is_adjective(next);
        (noun && closes && head.takes.iter().any(|t| t == "any")).then_some(next + 1)
    }

    /// "the well of Salih", "the sons of Musa": behind a word that names of places begin with, whatever name follows.
    pub(super) fn compound(&self, first: usize) -> Option<usize> {
        let doc = self.doc;
        let begins = |r: &Reading, row: &Row| {
            let bare = !r.clitics.article && r.pronoun.is_none() && !r.features.accusative && !r.features.is_several();
            row.class.as_deref() == Some("begins_place") && bare
        };
        let clitics = doc.clitics(first);
        let next = first + 1;
        let usable = |t: usize| {
            let c = doc.clitics(t);
            doc.is_word(t)
                && !doc.tokens[t].new_line
                && !self.inside[t]
                && !doc.is_function_word(t)
                && (c.preposition.is_none() || self.is_name_part(t))
                && c.conjunction.is_none()
                && (!doc.is_finite(t) || doc.could_be_nominal(t) || self.is_name_part(t))
        };
        if doc.reading(first, begins).is_none() || clitics.preposition.is_some() || clitics.article || !usable(next) {
            return None;
        }
        Some(self.compound(next).unwrap_or(next + 1))
    }
}

/// A noun for a thing, not for what happens.
pub(super) fn is_thing(reading: &Reading, row: &Row) -> bool {
    !reading.features.category.is_finite()
        && reading.features.category != Category::Masdar
        && row.pos.is_empty()
        && row.frame.is_none()
        && row.harm.is_none()
}
