//! What is nobody, though a word of its phrase names people: things and deeds with people in their genitive, adjectives of
//! the noun before, adverbs, numbers that count nobody told.

use super::{Filler, Scene};
use crate::lexicon::{List, Reading, Row};
use crate::morph::Category;
use crate::segment::Gender;

impl Scene<'_, '_> {
    /// No party, and nobody described.
    pub(super) fn is_nobody(&self, filler: &Filler) -> bool {
        let tokens = filler.at.tokens.clone();
        if filler.actor.is_some() || tokens.is_empty() {
            return false;
        }
        let head = self.number_end(tokens.start).filter(|end| *end < tokens.end).unwrap_or(tokens.start);
        let alone = tokens.end == head + 1;
        self.is_thing(head)
            || self.is_epithet(head)
            || alone && (self.is_manner_word(head) || self.is_bare_number(head))
    }

    /// "the identity of the attacker", "the arrest of fighters": a noun that every list knows as no people.
    pub(super) fn is_thing(&self, token: usize) -> bool {
        let doc = self.doc;
        let thing = |r: &Reading| {
            let row = doc.row(r);
            let noun = matches!(r.features.category, Category::Noun | Category::Masdar);
            let listed = matches!(doc.list(r), List::Noun | List::Word | List::Verb);
            noun && listed
                && row.victim.is_none()
                && row.source_kind.as_deref().is_none_or(|k| k == "document")
                && row.class.as_deref().is_none_or(|c| c == "abstract")
        };
        // "most of the fighters", "the remnants of the rebels": those in the genitive are meant.
        let portion = |_: &Reading, row: &Row| row.has_role("share") || row.has_role("portion");
        let readings = doc.readings(token);
        readings.iter().any(thing)
            && readings
                .iter()
                .all(|r| thing(r) || r.features.category.is_finite() || r.features.category.is_participle())
            && doc.reading(token, portion).is_none()
            && !self.is_somebody(token)
    }

    /// "the terrorist operations urged X": a definite feminine adjective of the noun before, and no woman.
    pub(super) fn is_epithet(&self, token: usize) -> bool {
        let doc = self.doc;
        let feminine = |r: &Reading| {
            r.features.agreement.gender == Some(Gender::Feminine) && !r.features.is_several() && r.clitics.article
        };
        let Some(before) = token.checked_sub(1) else { return false };
        let clitics = doc.clitics(token);
        let bare = clitics.article && clitics.preposition.is_none() && clitics.conjunction.is_none();
        let described = || self.is_definite_noun(before);
        let named = || self.actor_at(token + 1).is_some_and(|a| self.mentions.actors[a].kind == "person");
        // "the police the accused": a woman, unless what she is called is said of things too.
        let adjective = |r: &Reading| match doc.row(r).victim.as_deref() {
            Some("combatant" | "official") => true,
            Some("woman" | "child") => false,
            Some(_) => doc.lexicon.looks_related(doc.str(token)),
            None => {
                r.features.category.is_participle()
                    || matches!(doc.list(r), List::Adjective | List::Demonym | List::Collective)
            }
        };
        let idle = |r: &Reading| r.features.category.is_finite() || doc.list(r) == List::Title;
        let readings = doc.readings(token);
        bare && self.actor_at(token).is_none()
            && !readings.is_empty()
            && readings.iter().any(feminine)
            && readings.iter().all(|r| feminine(r) && adjective(r) || idle(r))
            && described()
            && !named()
    }

    /// Nothing that a deed is done to: an adjective, a word of quantity, or where violence is told another deed.
    pub(super) fn suffers_nothing(&self, filler: &Filler, violent: bool) -> bool {
        let doc = self.doc;
        let head = filler.at.tokens.start;
        if filler.actor.is_some() || filler.place.is_some() || self.quantity_at(head).is_some() {
            return false;
        }
        let bare = |r: &Reading| matches!(doc.list(r), List::Adjective | List::Word);
        let readings = doc.readings(head);
        let adjective = !readings.is_empty() && readings.iter().all(|r| bare(r) || r.features.category.is_finite());
        let alone = filler.at.tokens.len() == 1;
        let before = head.checked_sub(1);
        let adjective = adjective && (!doc.is_definite(head) || before.is_some_and(|t| self.is_definite_noun(t)));
        alone && (self.is_epithet(head) || adjective) || violent && self.is_pure_deed(head)
    }

    /// Whether a noun stands here that is definite, or somebody's.
    fn is_definite_noun(&self, token: usize) -> bool {
        let doc = self.doc;
        let owned = || doc.readings(token).iter().any(|r| r.pronoun.is_some() && !r.features.category.is_finite());
        let nominal = doc.could_be_nominal(token) && (doc.is_definite(token) || owned());
        nominal || self.mention_end(token).is_some()
    }

    /// "the attack aims at the capture of", "trying to rescue him": a verbal noun of one deed, and no crowd or troops.
    fn is_pure_deed(&self, token: usize) -> bool {
        let doc = self.doc;
        let crowd = |event: &str| matches!(event, "protest" | "talks" | "deployment" | "support");
        let told = self.trigger_at(token).and_then(|t| t.frame.event.as_deref());
        let masdar = |r: &Reading| r.features.category == Category::Masdar && !r.features.is_several();
        let readings = doc.readings(token);
        !readings.is_empty()
            && readings.iter().all(|r| masdar(r) || r.features.category.is_finite())
            && !told.is_some_and(crowd)
    }

    /// "soon", "often": an adjective in the accusative that stands alone, written like a relative or like many.
    fn is_manner_word(&self, token: usize) -> bool {
        let doc = self.doc;
        let adverb = |r: &Reading, _: &Row| doc.list(r) == List::Adjective && r.features.accusative;
        let people = super::count::people(self, token);
        let other = people.is_none_or(|(_, row)| row.has_role("kin") || row.victim.as_deref() == Some("same"));
        other && doc.clitics(token).is_empty() && doc.reading(token, adverb).is_some()
    }

    /// "one", "a number": of whom, nobody says.
    fn is_bare_number(&self, token: usize) -> bool {
        let same = |r: &Reading, row: &Row| {
            row.victim.as_deref() == Some("same") && !row.collective && r.pronoun.is_none() && !r.features.is_several()
        };
        self.doc.reading(token, same).is_some() && !self.doc.clitics(token).article
    }
}
