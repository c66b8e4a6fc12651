//! What stands behind a head word and is a party of its own, or the letters of its name.

use super::actor::Finder;
use crate::lexicon::{Reading, Referent, Row};
use crate::segment::Kind;

impl Finder<'_, '_> {
    /// The network's initials with their points, and a word of its name behind them: "A.B.C News".
    pub(super) fn initials(&self, i: usize) -> Option<usize> {
        let doc = self.doc;
        let short = |t: usize| doc.is_word(t) && !doc.tokens[t].new_line && doc.str(t).chars().count() <= 3;
        let point = |t: usize| doc.kind(t) == Some(Kind::End) && !doc.tokens[t].spaced && !doc.tokens[t + 1].spaced;
        let mut end = i;
        while short(end) && end + 1 < doc.len() && point(end + 1) && short(end + 2) {
            end += 2;
        }
        let more = doc.is_word(end + 1) && doc.readings(end + 1).is_empty() && doc.clitics(end + 1).is_empty();
        (end > i).then(|| end + 1 + usize::from(more && !doc.tokens[end + 1].new_line))
    }

    pub(super) fn holds_party_of_any(&self, i: usize) -> bool {
        self.head_row(i).is_some_and(|(_, head)| self.holds_party(i, head))
    }

    /// "units of the army", "remnants of the gangs": the party is the army.
    pub(super) fn holds_party(&self, i: usize, head: &Row) -> bool {
        let doc = self.doc;
        let many = doc.reading(i, |r, row| row.lemma == head.lemma && r.features.is_plural()).is_some()
            || head.plural.is_empty();
        let next = i + 1;
        let groups = head.makes.as_deref() == Some("armed_group") && head.alone == Some(false) && many;
        if !groups || doc.is_definite(i) || !doc.is_word(next) || doc.tokens[next].new_line {
            return false;
        }
        let fights = |kind: &str| matches!(kind, "armed_group" | "military" | "coalition" | "collective");
        let short = |r: &Referent| match r {
            Referent::Actor(a) | Referent::ShortActor(a) => fights(&doc.lexicon.actors[*a as usize].kind),
            _ => false,
        };
        let named =
            || doc.names_at(next).iter().any(|m| m.clitics.preposition.is_none() && m.referents.iter().any(short));
        // "teams of the security" are a name.
        let whole = self.head_row(next).is_some_and(|(_, inner)| inner.alone != Some(false));
        let described = |end: usize| end > next + 1;
        doc.is_definite(next)
            && doc.clitics(next).conjunction.is_none()
            && (whole && named()
                || self.headed(next).is_some_and(|a| fights(&a.kind) && (whole || described(a.at.tokens.end))))
    }

    /// "a coalition that X leads", "a coalition led by X": who leads it says which it is.
    pub(super) fn is_led(&self, i: usize) -> bool {
        let doc = self.doc;
        let next = i + 1;
        let party = |t: usize| {
            doc.names_at(t).iter().any(|m| {
                m.referents.iter().any(|r| match r {
                    Referent::Actor(_) | Referent::Capital(_) => true,
                    Referent::Place(p) => doc.lexicon.places[*p as usize].kind == "country",
                    _ => false,
                })
            })
        };
        let verb = |r: &Reading| r.features.category.is_finite() && r.pronoun.is_some_and(|p| p.person == 3);
        let led = doc.is_word(next)
            && (doc.readings(next).iter().any(verb)
                || doc.particle(next, "prep").is_some_and(|row| row.has_role("leader")));
        !doc.is_definite(i) && led && !doc.tokens[next].new_line && party(next + 1)
    }
}
