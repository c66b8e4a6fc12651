//! What one word is to a person's name: a part of one, an ordinary word, a place, an office.

use std::ops::Range;

use super::person::{Finder, Title};
use super::person_cue::Cue;
use crate::lexicon::{Facts, Joint, List, Reading, Referent};

/// The people of a city that is no part of a person's name.
const WELL_KNOWN: i64 = 50_000;

impl Finder<'_, '_> {
    pub(super) fn joint(&self, i: usize) -> Joint {
        match () {
            () if self.doc.may_be(i, Facts::JOINT_FRONT) => Joint::Front,
            () if self.doc.may_be(i, Facts::JOINT_BACK) => Joint::Back,
            () => Joint::None,
        }
    }

    pub(super) fn is_part(&self, i: usize) -> bool {
        self.doc.may_be(i, Facts::NAME_PART)
    }

    /// An ordinary word, too; not one that only cut into its clitics looks like another.
    pub(super) fn is_ordinary(&self, i: usize) -> bool {
        let doc = self.doc;
        let whole = || doc.readings(i).is_empty() || doc.readings(i).iter().any(|r| r.clitics.conjunction.is_none());
        doc.may_be(i, Facts::COMMON_NAME) || doc.may_be(i, Facts::KNOWN) && whole() && self.is_word(i)
    }

    /// A word that no lexicon knows, without clitics of its own: a foreign name.
    pub(super) fn unknown(&self, i: usize) -> bool {
        let doc = self.doc;
        let clitics = doc.clitics(i);
        doc.is_word(i)
            && !doc.may_be(i, Facts::KNOWN)
            && clitics.preposition.is_none()
            // "Elsa": what is left without the article would be no word.
            && (!clitics.article || self.joint(i) == Joint::None && doc.str(i).chars().count() <= 4)
            && !self.is_place(i)
            && !doc.may_be(i, Facts::BOUND_PRONOUN)
    }

    pub(super) fn only_unknown(&self, tokens: Range<usize>) -> bool {
        tokens.clone().all(|t| self.unknown(t) || self.is_part(t) || t > tokens.start && self.is_tribe(t))
            && tokens.skip(1).all(|t| !self.doc.lexicon.looks_feminine_adjective(self.doc.str(t)))
    }

    /// A part of names as it stands, with no clitic cut.
    pub(super) fn is_given(&self, i: usize) -> bool {
        self.doc.may_be(i, Facts::WHOLE_NAME_PART)
    }

    /// "and Asim": a name behind a conjunction.
    pub(super) fn is_joined(&self, i: usize) -> bool {
        let and = |f: &crate::segment::Front| f.clitics.conjunction.is_some() && f.clitics.preposition.is_none();
        self.is_part(i) && !self.is_given(i) && self.doc.analysis(i).is_some_and(|a| a.fronts.iter().any(and))
    }

    /// What the lexicon knows as a word; of a name, as it stands: "Mark" is not "your saint".
    fn is_word(&self, i: usize) -> bool {
        let owned = |r: &Reading| r.pronoun.is_some() && !r.features.category.is_finite();
        let whole = |r: &Reading| !owned(r) && r.clitics.conjunction.is_none() && r.clitics.preposition.is_none();
        let readings = self.doc.readings(i);
        if self.is_given(i) { readings.iter().any(whole) } else { !readings.is_empty() }
    }

    /// A given name that is no word of the lexicon.
    pub(super) fn is_surely_given(&self, i: usize) -> bool {
        self.is_given(i) && !self.doc.may_be(i, Facts::COMMON_NAME) && !self.is_word(i) && !self.is_place(i)
    }

    /// Names, or words that look like no word of the language: the rest of a name that nothing introduces.
    pub(super) fn are_foreign(&self, tokens: Range<usize>) -> bool {
        let doc = self.doc;
        let foreign = |t: usize| {
            let word = doc.str(t);
            self.unknown(t)
                && doc.clitics(t).is_empty()
                && !doc.lexicon.looks_finite(word)
                && !doc.lexicon.looks_owned(word)
                && !doc.lexicon.looks_accusative(word)
                && !doc.lexicon.looks_feminine_adjective(word)
                && doc.names_at(t).iter().all(|m| m.clitics.is_empty())
        };
        tokens.clone().all(|t| self.is_part(t) || self.joint(t) != Joint::None || self.is_tribe(t) || foreign(t))
    }

    /// "his counterpart", written like a woman's name.
    pub(super) fn is_somebodys(&self, i: usize) -> bool {
        let doc = self.doc;
        let owned = |r: &Reading, row: &crate::lexicon::Row| {
            row.source_kind.as_deref() == Some("office_holder")
                && r.pronoun.is_some_and(|p| p.person == 3)
                && !r.features.category.is_finite()
                && r.clitics.conjunction.is_none()
        };
        doc.may_be(i, Facts::SOURCE) && doc.reading(i, owned).is_some()
    }

    pub(super) fn is_title_adjective(&self, i: usize) -> bool {
        self.doc.may_be(i, Facts::CLASS)
            && self.doc.reading(i, |_, row| row.class.as_deref() == Some("of_title")).is_some()
    }

    /// A country, a region or a large city that no person is called after.
    pub(super) fn is_place(&self, i: usize) -> bool {
        let doc = self.doc;
        !self.is_part(i)
            && doc.names_at(i).iter().any(|m| {
                m.referents.iter().any(|r| match r {
                    Referent::Place(p) => {
                        let row = &doc.lexicon.places[*p as usize];
                        matches!(row.kind.as_str(), "country" | "region") || row.population >= WELL_KNOWN
                    }
                    _ => false,
                })
            })
    }

    /// "the spokesman", behind a name: no part of it.
    pub(super) fn is_office_word(&self, i: usize) -> bool {
        let doc = self.doc;
        let office = |kind: &str| matches!(kind, "office_holder" | "spokesperson");
        self.titles[i] == Title::Full
            && doc.reading(i, |r, row| doc.list(r) == List::Title && row.kind.as_deref().is_some_and(office)).is_some()
    }

    /// The clitics before a name; a name of known parts is not cut.
    pub(super) fn skip(&self, i: usize) -> u8 {
        let doc = self.doc;
        let whole = doc.may_be(i, Facts::WHOLE_NAME_PART);
        // "the inspector Vijay": right behind a title or a verb of saying no conjunction stands.
        if whole
            || self.is_new(i)
                && !self.is_part(i)
                && self.joint(i) == Joint::None
                && matches!(self.cue(i), Cue::Titled | Cue::Speaks)
        {
            return 0;
        }
        // "and Abd al-Rahman": the front part begins behind the conjunction.
        let fronts = doc.analysis(i).map_or(&[][..], |a| &a.fronts);
        let front = |f: &&crate::segment::Front| doc.lexicon.is_front_part(&doc.str(i)[f.name as usize..]);
        match fronts.iter().find(front).filter(|_| self.joint(i) == Joint::Front) {
            Some(front) => front.name,
            None => doc.skip(i),
        }
    }
}
