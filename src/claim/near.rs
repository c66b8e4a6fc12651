//! What stands around a word: before it, behind it, in its phrase, in its clause, as its means.

use crate::grammar::Document;
use crate::lexicon::{Reading, Row};
use crate::segment::Kind;

/// The class of aircraft.
pub(super) const AIRCRAFT: &str = "@air";

/// How far behind a word its companions may stand.
pub const NEAR: usize = 4;

/// How far behind a verb its definite object may stand.
const APART: usize = 14;

/// Whether a preposition of the clause, a word or a clitic, stands close behind the token.
pub(super) fn has_preposition(doc: &Document<'_>, token: usize, wanted: &str) -> bool {
    let near = (token + 1..token + 1 + NEAR).take_while(|t| doc.is_word(*t) && !doc.is_particle(*t, "comp"));
    let clitic = |t: usize| doc.clitics(t).preposition.is_some_and(|p| wanted.chars().eq([p]));
    near.into_iter().any(|t| clitic(t) || doc.particle(t, "prep").is_some_and(|row| row.folded == wanted))
}

/// Whether a lemma or a word of a class stands close before a verb: its subject, or the noun of its relative clause.
pub(super) fn stands_before(doc: &Document<'_>, token: usize, wanted: &str) -> bool {
    let mut at = token;
    for _ in 0..3 {
        let Some(previous) = at.checked_sub(1).filter(|p| doc.is_word(*p)) else { return false };
        if doc.is_lemma(previous, wanted) {
            return true;
        }
        if doc.is_finite(previous) || doc.is_particle(previous, "comp") || doc.clitics(at).conjunction.is_some() {
            return false;
        }
        at = previous;
    }
    false
}

/// "the talks between X and Y had broken down": the definite noun that the clause begins with, past all that is said of it.
pub(super) fn stands_as_subject(doc: &Document<'_>, token: usize, wanted: &str) -> bool {
    let start = doc.sentence_range(token).start;
    let own = |t: &usize| {
        doc.is_word(*t)
            && !["comp", "rel"].iter().any(|p| doc.is_particle(*t, p))
            && (!doc.is_finite(*t) || doc.could_be_nominal(*t) || doc.is_particle(*t, "aux"))
    };
    let subject =
        |t: &usize| doc.is_lemma(*t, wanted) && doc.clitics(*t).article && doc.clitics(*t).preposition.is_none();
    let found = (start..token).rev().take(APART).take_while(own).find(subject);
    found.is_some_and(|t| {
        doc.governed_by(t).is_none() && (t == start || doc.is_particle(t - 1, "aux") || !doc.is_word(t - 1))
    })
}

/// "opened, from a car, fire on …": a definite object behind the subject and all that is said of it.
pub(super) fn stands_apart(doc: &Document<'_>, token: usize, wanted: &str) -> Option<usize> {
    let goes_on = |t: &usize| {
        doc.kind(*t).is_some_and(|k| matches!(k, Kind::Word | Kind::Number) || k.is_quote() || k.is_bracket())
            && !doc.is_any_particle(*t, ["comp", "rel", "conj"])
            && !(doc.is_finite(*t) && doc.clitics(*t).conjunction.is_some())
    };
    let bare = |t: usize| doc.clitics(t).preposition.is_none() && doc.governed_by(t).is_none();
    let mut behind = (token + 1..(token + 1 + APART).min(doc.len())).take_while(goes_on);
    behind.find(|t| doc.clitics(*t).article && bare(*t) && doc.is_lemma(*t, wanted))
}

/// "the raid that hit the market took the lives of": the word that the verb needs, behind its preposition and behind all that is
/// said of the subject.
pub(super) fn brought_apart(doc: &Document<'_>, token: usize, preposition: &str, wanted: &str) -> Option<usize> {
    let goes_on = |t: &usize| !matches!(doc.kind(*t), None | Some(Kind::End | Kind::Clause | Kind::Colon));
    let mut behind = (token + 1..(token + 1 + APART).min(doc.len())).take_while(goes_on);
    let led = |t: usize| doc.clitics(t).preposition.is_some_and(|p| preposition.chars().eq([p]));
    behind.find(|t| led(*t) && doc.is_lemma(*t, wanted))
}

/// The same without leaving the words that no preposition parts from the token: its subject and object.
pub(super) fn stands_in_phrase(doc: &Document<'_>, token: usize, wanted: &str) -> bool {
    // "hundreds of fighters"
    let people = wanted == "@harm" || wanted == "@person";
    let of =
        |t: usize| !people && t == token + 2 && doc.particle(t, "prep").is_some_and(|row| row.has_role("partitive"));
    let own = (token + 1..token + 1 + NEAR).take_while(|t| {
        doc.kind(*t).is_some_and(|k| matches!(k, Kind::Word | Kind::Number) || k.is_quote())
            && (!doc.is_preposition(*t) || of(*t))
            && doc.clitics(*t).preposition.is_none()
            && (*t == token + 1 || doc.clitics(*t).conjunction.is_none())
            && !doc.is_particle(*t, "comp")
            && !doc.is_particle(*t, "rel")
    });
    own.into_iter().any(|t| doc.is_lemma(t, wanted))
}

/// The same for what it is done with: no word that another noun or another preposition takes ("an attack on a base").
pub(super) fn is_done_with(doc: &Document<'_>, token: usize, wanted: &str, own: impl Fn(usize) -> bool) -> bool {
    if !wanted.starts_with('@') {
        return stands_near(doc, token, wanted);
    }
    let other = |t: usize| {
        let clitics = doc.clitics(t);
        // "a bombardment by aircraft": they own it.
        let adjectives = || (token + 1..t).all(|n| doc.continues_phrase(n) && !doc.is_definite(n));
        let owns = wanted == AIRCRAFT
            && t <= token + 3
            && clitics.preposition.is_some_and(|p| doc.lexicon.is_possessive(p))
            && adjectives();
        if owns {
            return false;
        }
        let instrument = |row: &Row| row.has_role("instrument") || row.has_role("agent");
        // "an operation that a raid followed": a clause of its own.
        let followed = |r: &Reading, row: &Row| {
            let event = row.roles.as_ref().is_some_and(|r| r.subject.as_deref() == Some("event"));
            r.features.category.is_finite() && r.pronoun.is_some() && event && row.frame.as_deref() == Some("light")
        };
        clitics.conjunction.is_some()
            || clitics.preposition.is_some_and(|p| !doc.lexicon.is_place_clitic(p))
            || doc.particle(t, "prep").is_some_and(|row| !instrument(row))
            || doc.reading(t, followed).is_some()
    };
    // "after the attack aircraft struck X": behind a definite noun that a preposition brings the clause begins anew.
    let brought =
        doc.clitics(token).article && (doc.clitics(token).preposition.is_some() || doc.governed_by(token).is_some());
    let verb = |t: &usize| doc.is_finite(*t) && !doc.could_be_nominal(*t) || doc.is_particle(*t, "rel");
    let anew = (token + 1..token + 1 + NEAR).find(verb).filter(|t| brought && !doc.is_particle(*t, "rel"));
    let words = (token + 1..anew.unwrap_or(doc.len())).take_while(|t| !other(*t)).take(NEAR);
    words
        .take_while(|t| doc.kind(*t).is_some_and(|k| matches!(k, Kind::Word | Kind::Number) || k.is_quote()))
        .any(|t| doc.is_lemma(t, wanted) && own(t))
        || (token + 1..token + 1 + NEAR).any(|t| {
            doc.clitics(t).preposition.is_some_and(|p| doc.lexicon.is_place_clitic(p))
                && doc.is_lemma(t, wanted)
                && stands_near(doc, token, wanted)
        })
}

/// "the attack that was carried out by means of a car bomb": what its relative clause says that it was done with.
pub(super) fn is_described_with(doc: &Document<'_>, token: usize, wanted: &str) -> bool {
    let relative = (token + 1..token + 3).find(|t| doc.is_particle(*t, "rel"));
    let Some(relative) = relative.filter(|r| (token + 1..*r).all(|t| doc.continues_phrase(t))) else { return false };
    let means =
        |t: &usize| doc.particle(*t, "prep").is_some_and(|row| row.has_role("instrument") && !row.has_role("place"));
    let by = (relative + 1..relative + 1 + NEAR).take_while(|t| doc.is_word(*t)).find(means);
    by.is_some_and(|by| (by + 1..by + NEAR).take_while(|t| doc.is_word(*t)).any(|t| doc.is_lemma(t, wanted)))
}

/// Whether a lemma, or a word of a class (`@air`), stands close behind the token in its clause.
pub fn stands_near(doc: &Document<'_>, token: usize, wanted: &str) -> bool {
    is_near(doc, token, |at| doc.is_lemma(at, wanted))
}

/// The same of any of some lemmas and classes.
pub fn stands_any_near(doc: &Document<'_>, token: usize, wanted: &[String]) -> bool {
    stands_any_near_but(doc, token, wanted, |_| false)
}

/// The same, but for words that are part of something else, as of a party's name.
pub fn stands_any_near_but(doc: &Document<'_>, token: usize, wanted: &[String], other: impl Fn(usize) -> bool) -> bool {
    !wanted.is_empty() && is_near(doc, token, |at| wanted.iter().any(|w| doc.is_lemma(at, w)) && !other(at))
}

fn is_near(doc: &Document<'_>, token: usize, wanted: impl Fn(usize) -> bool) -> bool {
    let mut seen = 0;
    let mut at = token + 1;
    while seen < NEAR {
        match doc.kind(at) {
            Some(Kind::Word) => {
                if wanted(at) {
                    return true;
                }
                if doc.is_any_particle(at, ["comp", "rel", "subset"]) {
                    return false;
                }
                seen += 1;
                // A long name is one word.
                let name = doc.names_at(at).first().map_or(at + 1, |n| n.end);
                if (at + 1..name).any(&wanted) {
                    return true;
                }
                at = name.max(at + 1) - 1;
            }
            Some(Kind::Number) => seen += 1,
            Some(k) if k.is_quote() || k.is_bracket() => {}
            _ => return false,
        }
        at += 1;
    }
    false
}
