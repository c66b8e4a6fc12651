//! Whether a country's or a capital's name stands for its government, or for the place.

use super::actor::Actor;
use crate::grammar::{Document, NameMatch};
use crate::lexicon::{Facts, List, Reading, Row};
use crate::morph::Category;
use crate::segment::{Gender, Kind};

/// What a preposition before a country says of it: it acts, and is no place.
const PARTY_ROLES: [&str; 10] = [
    "patient",
    "company",
    "between",
    "supporter",
    "leader",
    "sponsor",
    "agent",
    "beneficiary",
    "on_behalf",
    "according_to",
];
/// Frames whose verbal noun has a doer behind it and no place.
const DEEDS: [&str; 4] = ["support", "talks", "agreement", "breakdown"];

/// What the last country of the report was taken for, and where it ended.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chain {
    pub end: usize,
    pub acts: bool,
}

/// Whether the country acts or is acted with.
pub(super) fn acts(
    doc: &Document<'_>,
    found: &NameMatch<'_>,
    parties: &[Actor],
    chain: Option<Chain>,
    capital: bool,
) -> bool {
    let at = found.start;
    let sentence = doc.sentence_range(at).start;
    if let Some(p) = found.clitics.preposition {
        return !doc.lexicon.is_place_clitic(p) && is_given(doc, at, sentence);
    }
    if let Some(same) = coordinated(doc, found, parties, chain) {
        return same;
    }
    // Right behind a party: what is done is done to it.
    let object = parties.last().is_some_and(|p| p.at.tokens.end == at && p.kind != "media");
    if object && found.clitics.conjunction.is_none() && !capital {
        return true;
    }
    let next = found.end;
    let verb_after = begins_predicate(doc, next);
    let joined = found.clitics.conjunction.is_some();
    let Some(previous) = doc.previous_word(at).filter(|p| *p >= sentence) else {
        return verb_after || !capital && doc.is_definite(next) && is_apposed(doc, next);
    };
    let before = before(doc, at, sentence);
    // "that X", "but X bombed"
    if before.is_some_and(|(_, row)| row.pos == "comp" || row.pos == "conj" && verb_after) {
        return true;
    }
    if doc.reading(previous, |r, row| row.cue.is_some() && !r.features.category.is_finite()).is_some()
        || before.is_some_and(|(_, row)| row.cue.is_some())
    {
        return true;
    }
    if joined {
        return verb_after || !capital && is_apposed(doc, next) && !doc.is_nominal(previous);
    }
    // "an operation that X carries out": the pronoun behind the verb takes up what it is done to.
    if doc.may_be(previous, Facts::BOUND_PRONOUN) {
        let verb = doc.previous_word(previous).filter(|v| *v >= sentence);
        return verb.is_some_and(|v| doc.is_finite(v) && is_subject(doc, v, found));
    }
    if let Some((start, row)) = before.filter(|(_, row)| row.pos == "prep") {
        return is_party_preposition(doc, start, row) || from_a_party(doc, start, sentence);
    }
    if before.is_some_and(|(start, _)| doc.phrase_at(start).is_some()) {
        return from_a_party(doc, previous, sentence);
    }
    if is_will(doc, previous, capital) {
        return true;
    }
    if doc.is_finite(previous) && !is_masdar_of_deed(doc, previous, found) {
        // "described Israel as": whoever is spoken of by a verb of saying acts, or is acted on.
        let said = !capital
            && !only_happens(doc, previous)
            && doc.reading(previous, |r, row| row.cue.is_some() && r.features.category.is_finite()).is_some();
        return said || is_subject(doc, previous, found);
    }
    // "their rival Iran"
    if !capital && found.start == previous + 1 && doc.is_nominal(previous) && has_owner(doc, previous) {
        return true;
    }
    if opens_speech(doc, at) {
        // "Yemen.. the fighters": the place that a headline is about.
        let label = !doc.is_word(next) && doc.kind(next).is_none_or(|k| !k.is_quote());
        return !label && (!capital || verb_after);
    }
    // "whom X trained": an unknown word with a pronoun, of the gender of a country's name or of none.
    let unknown = doc.is_word(previous) && doc.readings(previous).is_empty() && doc.names_at(previous).is_empty();
    if unknown && !doc.is_definite(previous) && doc.lexicon.segmenter.clitics.ends_in_pronoun(doc.str(previous)) {
        return true;
    }
    // An unknown word that opens the sentence before a country is its verb.
    let opens = previous == sentence || doc.kind(previous - 1).is_some_and(|k| k == Kind::Comma || k.is_quote());
    if opens && !capital && unknown {
        return !doc.is_definite(previous);
    }
    if let Some((_, row)) = doc.reading(previous, |r, _| r.features.category == Category::Masdar) {
        // The doer of a verbal noun, with what is done behind it; or of a deed that has no place.
        return !capital && (row.frame.as_deref().is_some_and(|f| DEEDS.contains(&f)) || takes_object(doc, next));
    }
    !doc.is_nominal(previous) && !doc.is_function_word(previous) && verb_after
}

/// The function word before the name, of one word or several: where it begins, and its row.
fn before<'a>(doc: &Document<'a>, at: usize, sentence: usize) -> Option<(usize, &'a Row)> {
    let mut start = doc.previous_word(at).filter(|p| *p >= sentence)?;
    while doc.is_absorbed(start) {
        start = doc.previous_word(start).filter(|p| *p >= sentence)?;
    }
    if let Some((row, _)) = doc.phrase_at(start) {
        return Some((start, doc.lexicon.row(row)));
    }
    let first = doc.readings(start).first().filter(|r| !doc.row(r).pos.is_empty())?;
    Some((start, doc.row(first)))
}

/// A comma or "and" joins it to a country or party already decided.
fn coordinated(doc: &Document<'_>, found: &NameMatch<'_>, parties: &[Actor], chain: Option<Chain>) -> Option<bool> {
    found.clitics.conjunction?;
    let reaches = |end: usize| {
        let between = end..found.start;
        let adjacent = between.is_empty() || between.len() == 1 && doc.kind(end) == Some(Kind::Comma);
        // "Russia and Iran, allies of the government, and Turkey".
        let apposed = between.len() <= 5
            && doc.kind(end) == Some(Kind::Comma)
            && doc.kind(found.start - 1) == Some(Kind::Comma)
            && !between.clone().any(|t| doc.is_finite(t));
        let adjective = between.len() <= 2 && between.clone().all(|t| doc.is_demonym(t).is_some());
        adjacent || apposed || adjective
    };
    if let Some(chain) = chain.filter(|c| reaches(c.end)) {
        return Some(chain.acts);
    }
    let last = parties.last()?;
    (last.kind != "person" && last.at.tokens.end <= found.start && reaches(last.at.tokens.end)).then_some(true)
}

/// Behind "to" or "for": a gift or a word said to the party.
fn is_given(doc: &Document<'_>, at: usize, sentence: usize) -> bool {
    let Some(previous) = doc.previous_word(at).filter(|p| *p >= sentence) else { return false };
    doc.reading(previous, |_, row| row.cue.is_some() || row.frame.as_deref() == Some("support")).is_some()
        || doc.reading(previous, |r, row| doc.list(r) == List::Title || row.source_kind.is_some()).is_some()
}

/// A preposition of company or opposition, unless a border is drawn with it.
fn is_party_preposition(doc: &Document<'_>, start: usize, row: &Row) -> bool {
    if !PARTY_ROLES.iter().any(|r| row.has_role(r)) || row.has_role("place") {
        return false;
    }
    // "the Israeli border with X", "the border of Turkey with X"
    let mut before = doc.previous_word(start);
    for _ in 0..2 {
        match before {
            Some(t) if is_locator(doc, t) => return false,
            Some(t) if doc.is_demonym(t).is_some() || !doc.names_at(t).is_empty() => before = doc.previous_word(t),
            _ => break,
        }
    }
    true
}

/// "each of", "supported by", "delegates of": what stands before "from" makes a party of what follows.
fn from_a_party(doc: &Document<'_>, previous: usize, sentence: usize) -> bool {
    if doc.reading(previous, |_, row| row.pos == "prep" && row.has_role("partitive")).is_none() {
        return false;
    }
    let Some(before) = doc.previous_word(previous).filter(|p| *p >= sentence) else { return false };
    doc.reading(before, |r, row| {
        row.frame.as_deref() == Some("support")
            || row.class.as_deref() == Some("of_party")
            || row.source_kind.is_some()
            || row.makes.as_deref() == Some("party")
            || doc.list(r) == List::Title && row.kind.as_deref() != Some("title")
    })
    .is_some()
}

/// A word before which a country's name is only a place: its border, its north.
pub(super) fn is_locator(doc: &Document<'_>, i: usize) -> bool {
    doc.may_be(i, Facts::list(List::Head))
        && doc
            .reading(i, |r, row| doc.list(r) == List::Head && matches!(row.makes.as_deref(), Some("locator" | "place")))
            .is_some()
}

/// A finite verb begins behind the name, which so is its subject.
fn begins_predicate(doc: &Document<'_>, next: usize) -> bool {
    doc.is_word(next)
        && !doc.tokens[next].new_line
        && doc.finite(next).is_some()
        && doc.is_finite(next)
        && doc.clitics(next).conjunction.is_none()
}

/// A definite noun or an indefinite one that says what the country is or does.
fn is_apposed(doc: &Document<'_>, next: usize) -> bool {
    doc.is_word(next)
        && !doc.tokens[next].new_line
        && doc.is_nominal(next)
        && doc.clitics(next).preposition.is_none()
        && doc.clitics(next).conjunction.is_none()
        && doc.reading(next, |r, _| matches!(doc.list(r), List::Calendar)).is_none()
}

/// After a verbal noun and its doer, the thing done: an indefinite noun without preposition.
fn takes_object(doc: &Document<'_>, next: usize) -> bool {
    is_apposed(doc, next) && !doc.is_definite(next) && doc.is_demonym(next).is_none()
}

/// The verb before the country agrees with it and is not one that only happens in it.
fn is_subject(doc: &Document<'_>, verb: usize, found: &NameMatch<'_>) -> bool {
    let Some((reading, row)) = doc.finite(verb) else { return false };
    // "the region that comprises X": the verb has its subject before it.
    let relative = verb.checked_sub(1).is_some_and(|p| doc.is_particle(p, "rel"));
    let plain = row.cue.is_none() && row.frame.as_deref().is_none_or(|f| f == "none");
    if relative && plain && reading.pronoun.is_none() {
        return false;
    }
    if only_happens(doc, verb) {
        return false;
    }
    let articled = doc.str(found.start)[found.span.start as usize - doc.tokens[found.start].span.start as usize..]
        .starts_with(doc.lexicon.segmenter.clitics.article());
    let single = found.end == found.start + 1;
    match reading.features.agreement.gender {
        // Names of countries are feminine, but for some with the article.
        Some(Gender::Masculine) => reading.pronoun.is_some() || articled && single,
        Some(Gender::Feminine) => true,
        None => reading.pronoun.is_some(),
    }
}

/// The subject of the verb is the place where something happens: "Turkey saw attacks".
fn only_happens(doc: &Document<'_>, verb: usize) -> bool {
    let happens = |row: &Row| {
        row.class.as_deref() == Some("of_place")
            || row.roles.as_ref().is_some_and(|roles| roles.subject.as_deref() == Some("place"))
    };
    doc.reading(verb, |r, row| r.features.category.is_finite() && happens(row)).is_some()
}

/// "the support of Turkey", written like "he supported": names of countries are feminine.
fn is_masdar_of_deed(doc: &Document<'_>, i: usize, found: &NameMatch<'_>) -> bool {
    let deed = |r: &Reading, row: &Row| {
        r.features.category == Category::Masdar && row.frame.as_deref().is_some_and(|f| DEEDS.contains(&f))
    };
    doc.reading(i, deed).is_some() && !is_subject(doc, i, found)
}

/// What only somebody who wills or speaks can have: "the readiness of Turkey", "the refusal of Iran".
fn is_will(doc: &Document<'_>, i: usize, capital: bool) -> bool {
    let wills = |r: &Reading, row: &Row| {
        let deed = || row.frame.as_deref() == Some("modal") || !capital && row.cue.is_some();
        let masdar = r.features.category == Category::Masdar && deed();
        !r.clitics.article && r.pronoun.is_none() && (masdar || row.class.as_deref() == Some("of_party"))
    };
    doc.reading(i, wills).is_some()
}

/// A noun with a pronoun that says whose it is.
fn has_owner(doc: &Document<'_>, i: usize) -> bool {
    doc.readings(i)
        .first()
        .is_some_and(|r| r.pronoun.is_some_and(|p| p.person == 3) && !r.features.category.is_finite())
        || doc.readings(i).is_empty() && doc.lexicon.segmenter.clitics.ends_in_pronoun(doc.str(i))
}

/// A colon or an opening quotation mark stands before it.
fn opens_speech(doc: &Document<'_>, at: usize) -> bool {
    at > 0 && (doc.kind(at - 1) == Some(Kind::Colon) || doc.quotation_from(at - 1).is_some_and(|q| q.close > at + 3))
}
