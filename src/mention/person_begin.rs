//! Where a person's name may begin, and what looks like one there and is a place, an office or a street.

use super::person::{Finder, Title};
use super::person_cue::{Cue, names_place};
use crate::grammar::NameMatch;
use crate::lexicon::{Facts, Joint, Reading, Referent, Row};
use crate::segment::Kind;

impl Finder<'_, '_> {
    pub(super) fn can_begin(&self, i: usize) -> bool {
        // Most words are no part of a name.
        let possible = self.doc.may_be(i, Facts::NAME_PART.or(Facts::JOINT_FRONT))
            || !self.doc.may_be(i, Facts::KNOWN)
            || self.joint(i + 1) == Joint::Back;
        possible
            && self.doc.is_word(i)
            && !self.taken[i]
            && self.titles[i] != Title::Full
            && !self.is_of_other(i)
            && !self.is_somebodys(i)
            && self.doc.str(i).chars().nth(1).is_some()
            && (!self.doc.is_function_word(i)
                || self.is_part(i) && (self.is_surely_named(i) || self.doc.is_name_apart(i)))
            && !self.is_title_adjective(i)
            && (self.can_begin_word(i) || self.joint(i) == Joint::Front || self.joint(i + 1) == Joint::Back)
    }

    /// A street or an airport is called after the person, with a title or without; a family is.
    pub(super) fn is_of_other(&self, i: usize) -> bool {
        let doc = self.doc;
        let family =
            |r: &Reading, row: &Row| row.unit.as_deref() == Some("family") && !r.clitics.article && r.pronoun.is_none();
        doc.previous_word(i).is_some_and(|p| {
            names_place(doc, p)
                || doc.reading(p, family).is_some()
                || self.titles[p] == Title::Full
                    && doc.previous_word(p).is_some_and(|q| q + 1 == p && names_place(doc, q))
        })
    }

    /// "said Ali al-Ghazzi, who is": a family name written like a people's.
    fn is_named_before_comma(&self, i: usize) -> bool {
        let doc = self.doc;
        let next = i + 1;
        doc.is_word(next)
            && doc.clitics(next).article
            && doc.clitics(next).count() == 1
            && doc.lexicon.looks_related(doc.str(next))
            && doc.kind(next + 1) == Some(Kind::Comma)
    }

    /// A given name that is written like a function word, behind a title or a verb of saying, with a family name behind it.
    pub(super) fn is_surely_named(&self, i: usize) -> bool {
        let doc = self.doc;
        let family = || {
            doc.is_word(i + 1)
                && !doc.tokens[i + 1].new_line
                && doc.readings(i + 1).is_empty()
                && doc.clitics(i + 1).article
                && doc.lexicon.looks_related(doc.str(i + 1))
        };
        match self.cue(i) {
            Cue::Titled => self.is_given(i + 1) || self.joint(i + 1) == Joint::Front || family(),
            Cue::Speaks => {
                family() || self.is_given(i + 1) && !self.is_ordinary(i + 1) || self.is_named_before_comma(i)
            }
            Cue::Office => (family() || self.unknown(i + 1)) && self.is_set_off(i),
            _ => false,
        }
    }

    pub(super) fn can_begin_word(&self, i: usize) -> bool {
        let doc = self.doc;
        let clitics = doc.clitics(i);
        let part = self.is_part(i);
        (part || clitics.preposition.is_none() && self.unknown(i) && clitics.conjunction.is_none())
            && (doc.is_demonym(i).is_none() || self.is_one_called(i))
            && !self.is_place_of_several(i)
            && !self.is_inside_place(i)
            && !self.is_title_adjective(i)
    }

    /// "Prince Turki al-Faisal", "mayor of Kharkiv Igor Terekhov": a given name written like a people's, behind an office that has ended.
    pub(super) fn is_one_called(&self, i: usize) -> bool {
        let doc = self.doc;
        let next = i + 1;
        let family = doc.is_word(next)
            && !doc.tokens[next].new_line
            && doc.is_demonym(next).is_none()
            && (self.unknown(next) || self.is_part(next) || doc.readings(next).is_empty() && doc.clitics(next).article);
        family
            && self.is_given(i)
            && !doc.is_definite(i)
            && match self.cue(i) {
                Cue::Titled => doc.previous_word(i).is_some_and(|p| doc.is_definite(p)),
                Cue::Office => self.is_set_off(i),
                Cue::Speaks => true,
                _ => false,
            }
    }

    /// The second word of a town's name: "Bint Jbeil".
    pub(super) fn is_inside_place(&self, i: usize) -> bool {
        let doc = self.doc;
        let known = |r: &Referent| matches!(r, Referent::Place(p) if !doc.lexicon.places[*p as usize].common);
        i > 0
            && !doc.tokens[i].new_line
            && !self.taken[i - 1]
            && doc.names_at(i - 1).iter().any(|m| m.end > i && m.referents.iter().any(known))
    }

    /// A town that is called after somebody, with his title.
    pub(super) fn is_called_after(&self, i: usize) -> bool {
        let doc = self.doc;
        let Some(title) = doc.previous_word(i) else { return false };
        let place = |r: &Referent| matches!(r, Referent::Place(_));
        let town = doc.names_at(title).iter().any(|m| m.end > i && m.referents.iter().any(place));
        let at = |t: usize| {
            doc.clitics(t).preposition.is_some_and(|p| doc.lexicon.is_place_clitic(p))
                || doc.governed_by(t).is_some_and(|row| row.relation.is_some() || row.has_role("place"))
                || doc.previous_word(t).is_some_and(|p| super::stance::is_locator(doc, p))
        };
        town && at(title)
    }

    /// "the governor of Tulkarm": a place right behind an office that has no article.
    pub(super) fn is_town_of_office(&self, i: usize) -> bool {
        let doc = self.doc;
        let place = |r: &Referent| matches!(r, Referent::Place(p) if !doc.lexicon.places[*p as usize].common);
        !self.is_part(i)
            && doc.previous_word(i).is_some_and(|p| !doc.is_definite(p))
            && doc.names_at(i).iter().any(|m| m.referents.iter().any(place))
    }

    /// "the minister of human rights": the word belongs to the office.
    pub(super) fn is_office(&self, i: usize, end: usize) -> bool {
        let doc = self.doc;
        doc.previous_word(i).is_some_and(|p| !doc.is_definite(p))
            && doc.is_word(end)
            && !doc.tokens[end].new_line
            && doc.is_definite(end)
            && doc.continues_phrase(end)
            && !doc.readings(end).is_empty()
            && doc.is_demonym(end).is_none()
    }

    /// The title before the name is an adjective of the noun before it: "the press work".
    pub(super) fn describes(&self, i: usize) -> bool {
        let doc = self.doc;
        let Some(title) = doc.previous_word(i) else { return false };
        let adjective = doc.is_definite(title) && doc.clitics(title).count() == 1;
        adjective
            && doc.previous_word(title).is_some_and(|p| {
                let people = |_: &Reading, row: &Row| row.victim.is_some();
                doc.is_definite(p)
                    && doc.is_nominal(p)
                    && self.titles[p] == Title::None
                    && doc.reading(p, people).is_none()
                    && !doc.tokens[title].new_line
            })
    }

    fn is_place_of_several(&self, i: usize) -> bool {
        let doc = self.doc;
        self.is_place(i)
            || doc
                .names_at(i)
                .iter()
                .any(|m| m.end > i + 1 && m.referents.iter().any(|r| matches!(r, Referent::Place(_))))
    }

    /// "Abu" and a given name, or alone in quotation marks.
    pub(super) fn is_nickname(&self, i: usize, end: usize) -> bool {
        let doc = self.doc;
        let quoted = i > 0 && doc.quotation_from(i - 1).is_some_and(|q| q.closed && q.close == end);
        let given = self.is_given(i + 1) && !self.is_ordinary(i + 1) && doc.readings(i).is_empty();
        let place = |m: &NameMatch<'_>| m.referents.iter().any(|r| matches!(r, Referent::Place(_)));
        let headed = doc.previous_word(i).is_some_and(|p| super::stance::is_locator(doc, p));
        quoted || given && !headed && !doc.names_at(i).iter().any(|m| m.end > i + 1 && place(m))
    }
}
