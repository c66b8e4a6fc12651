//! Towns that no list holds, by what stands beside them: a place they are joined to, or the larger one they lie in.

use super::Extent;
use super::place::{Finder, Place, SHORT};
use crate::lexicon::{Facts, List, Row};
use crate::segment::Kind;

/// How many names of a list are looked at.
const LISTED: usize = 8;

impl Finder<'_, '_> {
    /// "in X, of the district of Y"; "near A and X", where A is known.
    pub(super) fn hinted(&self, i: usize, earlier: &[Place]) -> Option<Place> {
        let doc = self.doc;
        if doc.may_be(i, Facts::KNOWN.or(Facts::NAME_PART)) || doc.tokens[i].new_line {
            return None;
        }
        let (kind, relation) = match self.joined_to(i, earlier) {
            Some(place) => (place.kind.clone(), place.relation.clone()),
            None if self.lies_in(i) => ("city".to_owned(), self.relation(i)),
            None => return None,
        };
        let mut end = i + 1;
        while end < i + 3 && self.unknown(end) && doc.names_at(end).is_empty() && !doc.tokens[end].new_line {
            end += 1;
        }
        let at = Extent { tokens: i..end, span: doc.span_from(i..end, doc.skip(i)) };
        let basis = "pattern";
        Some(Place { at, row: None, kind, relation, basis, candidates: 0, head: None, shift: None })
    }

    /// "A and X": the town before it, which says where something is, with nothing behind X that would be its subject.
    fn joined_to<'p>(&self, i: usize, earlier: &'p [Place]) -> Option<&'p Place> {
        let doc = self.doc;
        let last = earlier.last().filter(|p| p.at.tokens.end == i)?;
        let clitics = doc.clitics(i);
        let and = clitics.conjunction.is_some_and(|c| doc.lexicon.segmenter.clitics.is_usual_conjunction(c));
        let town = matches!(last.kind.as_str(), "city" | "district") && self.is_told_where(earlier);
        if !and || clitics.preposition.is_some() || !town || !self.is_new_name(i) || !self.is_over(i + 1) {
            return None;
        }
        let accusative = doc.lexicon.looks_accusative(doc.str(i));
        (!accusative).then_some(last)
    }

    /// The last of the places, or one that it is joined to, says where something is.
    fn is_told_where(&self, earlier: &[Place]) -> bool {
        let mut begin = usize::MAX;
        let joined = |p: &&Place| {
            let near = begin == usize::MAX || p.at.tokens.end + 1 >= begin;
            begin = p.at.tokens.start;
            near
        };
        earlier.iter().rev().take(LISTED).take_while(joined).any(|p| p.relation.is_some())
    }

    /// "in X in the district of Y", "in X (Y)".
    fn lies_in(&self, i: usize) -> bool {
        let doc = self.doc;
        let at = |row: &Row| matches!(row.relation.as_deref(), Some("in" | "near" | "outskirts" | "to"));
        let glued = doc.clitics(i).preposition.is_some_and(|p| doc.lexicon.is_place_clitic(p));
        let placed = glued || doc.governed_by(i).is_some_and(at);
        if doc.clitics(i).conjunction.is_some() || !placed || !self.is_new_name(i) {
            return false;
        }
        let next = i + 1;
        let place = |t: usize| {
            doc.is_word(t)
                && (self.place_match(t).is_some()
                    || self.head(t).is_some_and(|(r, h)| h.kind.is_some() && !r.clitics.article))
        };
        let glued = doc.is_word(next) && doc.clitics(next).preposition.is_some_and(|p| doc.lexicon.is_place_clitic(p));
        let bracket = matches!(doc.kind(next), Some(Kind::BracketOpen { .. }));
        let within = doc.particle(next, "prep").is_some_and(|row| row.relation.as_deref() == Some("in"));
        if doc.tokens.get(next).is_none_or(|t| t.new_line) {
            return false;
        }
        // Many a word with the article is only missing from the lexicon.
        let article = doc.clitics(i).article;
        glued && !article && place(next)
            || (bracket || within && !article && doc.is_preposition(next)) && place(next + 1)
    }

    /// A word of no list that looks like no verb, no adjective and nobody's own.
    fn is_new_name(&self, i: usize) -> bool {
        let doc = self.doc;
        let word = &doc.str(i)[doc.skip(i) as usize..];
        let article = doc.clitics(i).article;
        word.chars().count() >= SHORT
            && doc.names_at(i).is_empty()
            && !doc.is_absorbed(i)
            && !doc.lexicon.looks_finite(word)
            && !doc.lexicon.looks_owned(word)
            && (article || !doc.lexicon.looks_feminine_adjective(word))
            && (article || !doc.lexicon.looks_related(word))
    }

    /// Nothing follows that a verb would have: a sign, a preposition, another name that is joined, a time.
    fn is_over(&self, next: usize) -> bool {
        let doc = self.doc;
        if !doc.is_word(next) || doc.tokens[next].new_line {
            return true;
        }
        let clitics = doc.clitics(next);
        clitics.preposition.is_some()
            || clitics.conjunction.is_some()
            || doc.is_function_word(next)
            || doc.reading(next, |r, _| doc.list(r) == List::Calendar).is_some()
    }
}
