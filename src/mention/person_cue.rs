//! What introduces a person's name, and what may stand behind it.

use super::person::{Finder, Title};
use crate::grammar::Document;
use crate::lexicon::{Facts, Joint, List};
use crate::segment::Kind;

/// How far before a name its office may stand.
const REACH: usize = 8;

/// How a name is introduced.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// A title right before it.
    Titled,
    /// An office, with words between.
    Office,
    /// A verb of saying right before it.
    Speaks,
    /// A noun that a person's name follows: the murder of, the resignation of.
    Owned,
    None,
}

impl Finder<'_, '_> {
    /// What introduces the name.
    pub(super) fn cue(&self, i: usize) -> Cue {
        let doc = self.doc;
        let sentence = doc.sentence_range(i).start;
        let mut at = i;
        let mut near = true;
        for distance in 0..REACH {
            let Some(previous) = doc.previous_word(at).filter(|p| *p >= sentence) else { return Cue::None };
            at = previous;
            match doc.kind(at) {
                Some(Kind::Word) => {}
                Some(Kind::Comma | Kind::Colon) if distance == 0 => continue,
                // "the person called / X"
                Some(Kind::Symbol) if distance == 0 && doc.str(at) == "/" => continue,
                _ => return Cue::None,
            }
            // "Abd al-Malik and": the king is a part of the name.
            let inside = self.taken[at] && at > 0 && self.joint(at - 1) == Joint::Front;
            if self.titles[at] != Title::None && !inside {
                // "Sheikh Radwan quarter" is called after him.
                if near && doc.previous_word(at).is_some_and(|p| names_place(doc, p)) {
                    return Cue::None;
                }
                let several = |r: &crate::lexicon::Reading, _: &crate::lexicon::Row| {
                    doc.list(r) == List::Title && r.features.is_plural() && !r.clitics.article
                };
                if near && doc.reading(at, several).is_some() {
                    return Cue::None;
                }
                let row = doc.reading(at, |r, _| doc.list(r) == List::Title).map(|(_, row)| row);
                let address = row.is_some_and(|row| row.kind.as_deref() == Some("title"));
                return match (near, address) {
                    (true, _) => Cue::Titled,
                    (false, true) => Cue::None,
                    (false, false) => Cue::Office,
                };
            }
            // A city that is written like a verb is none, nor is a word of a party's name.
            let named = self.is_place(at) || self.taken[at] || self.is_inside_place(at);
            if doc.is_finite(at) && !named || doc.is_particle(at, "comp") {
                let speaks = doc
                    .reading(at, |r, row| {
                        row.cue.is_some() && r.features.category.is_finite() && !r.features.is_plural()
                    })
                    .is_some();
                return if speaks && distance == 0 { Cue::Speaks } else { Cue::None };
            }
            let led = doc.particle(at, "prep").is_some_and(|row| row.has_role("leader"));
            if self.is_somebodys(at) {
                return if near { Cue::Titled } else { Cue::Office };
            }
            if distance == 0 && (led || doc.reading(at, |r, row| !r.clitics.article && row.of_person).is_some()) {
                return Cue::Owned;
            }
            near &= self.is_title_adjective(at) || self.describes_title(at);
        }
        Cue::None
    }

    /// "the Jordanian artist X", "the rights activist X": an adjective behind a definite form of address.
    pub(super) fn describes_title(&self, i: usize) -> bool {
        let doc = self.doc;
        let adjective = |r: &crate::lexicon::Reading, _: &crate::lexicon::Row| {
            r.clitics.article && matches!(doc.list(r), List::Adjective | List::Demonym)
        };
        doc.clitics(i).count() == 1
            && doc.reading(i, adjective).is_some()
            && doc.previous_word(i).is_some_and(|p| self.titles[p] == Title::Full && doc.is_definite(p))
    }

    /// The office's phrase ended before the name: with an adjective of nationality, a place, a party or a definite noun.
    pub(super) fn is_set_off(&self, i: usize) -> bool {
        let doc = self.doc;
        let Some(mut p) = doc.previous_word(i) else { return false };
        while p > 0 && doc.is_particle(p, "adv") {
            p -= 1;
        }
        doc.kind(p) == Some(Kind::Comma)
            || self.taken[p]
            || doc.is_demonym(p).is_some()
            || doc.is_definite(p)
            || self.is_place(p)
            || (0..=p).rev().take(3).any(|s| doc.is_word(s) && doc.names_at(s).iter().any(|m| m.end == p + 1))
    }

    /// A comma, a title or a bracket closes the name.
    pub(super) fn ends_phrase(&self, end: usize) -> bool {
        let doc = self.doc;
        match doc.kind(end) {
            None | Some(Kind::Comma | Kind::BracketOpen { .. }) => true,
            Some(Kind::Word) => {
                self.titles[end] == Title::Full || doc.is_particle(end, "comp") || doc.is_particle(end, "rel")
            }
            _ => false,
        }
    }

    /// "Iman X, director of the festival": behind the name stands whose office it is.
    pub(super) fn office_follows(&self, end: usize) -> bool {
        let doc = self.doc;
        doc.is_word(end) && !doc.tokens[end].new_line && self.is_office_word(end) && doc.skip(end) == 0
    }

    /// "…, 38 years old", "(38 years)".
    pub(super) fn age_follows(&self, end: usize) -> bool {
        let doc = self.doc;
        matches!(doc.kind(end), Some(Kind::Comma | Kind::BracketOpen { .. }))
            && doc.kind(end + 1) == Some(Kind::Number)
            && doc.reading(end + 2, |r, row| doc.list(r) == List::Unit && row.unit.as_deref() == Some("year")).is_some()
    }

    /// What is said begins: "that", a quotation, a colon.
    pub(super) fn speech_follows(&self, end: usize) -> bool {
        let doc = self.doc;
        doc.kind(end).is_some_and(|k| k.is_quote() || matches!(k, Kind::Colon | Kind::Comma))
            || doc.is_particle(end, "comp")
            || doc.is_particle(end, "rel")
    }
}

/// A word for a street or a quarter, of which a name follows.
pub(super) fn names_place(doc: &Document<'_>, i: usize) -> bool {
    let head = |r: &crate::lexicon::Reading, row: &crate::lexicon::Row| {
        doc.list(r) == List::Head
            && !r.clitics.article
            && r.pronoun.is_none()
            && match row.kind.as_deref() {
                Some("district" | "region" | "city") => true,
                // Somebody's house is his; an airport is called after him.
                Some("site") => {
                    !row.strip && row.takes.iter().any(|t| t == "any") && !row.takes.iter().any(|t| t == "party")
                }
                _ => false,
            }
    };
    doc.may_be(i, Facts::list(List::Head)) && doc.reading(i, head).is_some()
}
