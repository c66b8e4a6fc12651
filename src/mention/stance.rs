//! Whether a country's or a capital's name stands for its government, or for the place.

use super::actor::Actor;
use crate::grammar::{Document, NameMatch};
use crate::lexicon::{Facts, List, Reading, Referent, Row};
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

/// How many words the subject of a verb of accusing may have.
const ACCUSER: usize = 4;
/// The same with what is set between commas, before what the country is accused of or called to.
const URGER: usize = 16;
/// How many states may be urged at once.
const LISTED: usize = 4;

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
    let party = parties.last().map_or(at, |p| p.at.tokens.start);
    let verb = doc.previous_word(party).filter(|_| object && found.clitics.conjunction.is_none());
    // "X supplied Kyiv with arms": its government.
    if object
        && found.clitics.conjunction.is_none()
        && (!capital || verb.is_some_and(|v| is_of_frame(doc, v, &["support"])))
    {
        // "the forces entered X": ground.
        return !verb.is_some_and(|v| is_of_frame(doc, v, &["advance", "capture"]));
    }
    let next = found.end;
    let verb_after = begins_predicate(doc, next);
    let joined = found.clitics.conjunction.is_some();
    let Some(previous) = doc.previous_word(at).filter(|p| *p >= sentence) else {
        return verb_after || !capital && doc.is_definite(next) && is_apposed(doc, next);
    };
    let before = before(doc, at, sentence);
    // "that X", "but X bombed", "X had bombed"
    let opens = |row: &Row| matches!(&*row.pos, "conj" | "aux" | "opener") && verb_after;
    if before.is_some_and(|(_, row)| row.pos == "comp" || opens(row)) {
        return true;
    }
    // "the city of Baghdad", whose first word looks like "condemning".
    if capital && !doc.is_definite(previous) && is_locator(doc, previous) {
        return false;
    }
    let turn = doc.is_absorbed(previous);
    if !turn && doc.reading(previous, |r, row| row.cue.is_some() && !r.features.category.is_finite()).is_some()
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
        return verb.is_some_and(|v| doc.is_finite(v) && is_subject(doc, v, found, capital));
    }
    if let Some((start, row)) = before.filter(|(_, row)| row.pos == "prep") {
        return is_party_preposition(doc, start, row) || from_a_party(doc, start, sentence);
    }
    // "in each of X and Y"
    let within = |row: &Row| row.relation.as_deref() == Some("in");
    if before.is_some_and(|(start, _)| doc.phrase_at(start).is_some() && doc.governed_by(start).is_some_and(within)) {
        return false;
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
        return said || is_subject(doc, previous, found, capital);
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
    let named = parties.last().is_some_and(|p| p.at.tokens.end == at);
    if is_accused(doc, previous, sentence, named) || is_urged(doc, found, previous, sentence, named) {
        return true;
    }
    let deed = |r: &Reading, row: &Row| {
        r.features.category == Category::Masdar || doc.list(r) == List::Noun && row.masdar_of.is_some()
    };
    if let Some((_, row)) = doc.reading(previous, deed) {
        // The doer of a verbal noun, with what is done behind it; or of a deed that has no place.
        let placeless = row.frame.as_deref().is_some_and(|f| DEEDS.contains(&f));
        // "the arming of Kyiv": a government is given arms.
        let given = row.frame.as_deref() == Some("support") && !row.is_weak();
        return given || !capital && (placeless || takes_object(doc, next) || does_to(doc, row, next));
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
    // What is done by X may be done to a border.
    if !row.has_role("company") && !row.has_role("between") {
        return true;
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
    // "its forces from X": whose they are is told.
    if doc.readings(before).first().is_some_and(|r| r.pronoun.is_some()) {
        return false;
    }
    // "the gunmen from X", written like "those armed by".
    let armed = doc.reading(before, |r, _| doc.list(r) == List::Collective).is_some();
    doc.reading(before, |r, row| {
        row.frame.as_deref() == Some("support") && !armed
            || row.class.as_deref() == Some("of_party")
            || row.source_kind.as_deref().is_some_and(|kind| kind != "witness")
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

/// A finite verb begins behind the name, which so is its subject: "X bombed", "X had bombed", "X did not bomb".
fn begins_predicate(doc: &Document<'_>, next: usize) -> bool {
    let helps = |t: usize| ["neg", "aux"].iter().any(|p| doc.is_particle(t, p)) && doc.clitics(t).conjunction.is_none();
    let next = if helps(next) && !doc.is_finite(next) { next + 1 } else { next };
    doc.is_word(next)
        && !doc.tokens[next].new_line
        && doc.finite(next).is_some()
        && doc.is_finite(next)
        && doc.clitics(next).conjunction.is_none()
        && !only_happens(doc, next)
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

/// Behind the verbal noun of such a deed and its doer, the preposition that brings whom it was done to, or where it went:
/// "the bombing by X of the town", "the withdrawal of X from".
fn does_to(doc: &Document<'_>, row: &Row, next: usize) -> bool {
    let Some(frame) = row.frame.as_deref().and_then(|f| doc.lexicon.frames.get(f)) else { return false };
    if !doc.is_word(next) || doc.clitics(next).conjunction.is_some() {
        return false;
    }
    let own = row.roles.as_ref();
    let genitive = own.and_then(|r| r.masdar.as_deref()).unwrap_or(&frame.genitive);
    let glued = doc.clitics(next).preposition;
    let transitive = matches!(genitive, "target" | "patient" | "victims");
    if glued.is_some_and(|p| doc.lexicon.is_possessive(p)) {
        return transitive;
    }
    let preposition =
        glued.map(|p| doc.lexicon.preposition(p)).or_else(|| doc.particle(next, "prep").map(|r| &*r.folded));
    let Some(preposition) = preposition else {
        let noun = doc.readings(next).iter().all(|r| {
            matches!(r.features.category, Category::Noun | Category::Masdar)
                && !matches!(doc.list(r), List::Demonym | List::Adjective | List::Calendar)
        });
        let named = !doc.names_at(next).is_empty() || !doc.readings(next).is_empty() && noun;
        return transitive && named && doc.is_nominal(next) && doc.is_demonym(next).is_none();
    };
    let role = own.and_then(|r| r.prep.get(preposition)).or_else(|| frame.prep.get(preposition));
    match role.map(String::as_str) {
        Some("target" | "patient") => true,
        Some("place" | "none") => genitive == "agent" && glued.is_none(),
        _ => false,
    }
}

/// "the government accused X of": behind a verb of saying and its subject, whom it is said of.
fn is_accused(doc: &Document<'_>, previous: usize, sentence: usize, named: bool) -> bool {
    let accuses = |t: usize| {
        let whom = |row: &Row| row.roles.as_ref().is_some_and(|r| r.object.as_deref() == Some("agent"));
        doc.reading(t, |r, row| r.features.category.is_finite() && row.cue.is_some() && whom(row)).is_some()
    };
    // "bears the arms of X": behind an indefinite noun it says whose.
    let ends = |r: &Reading| {
        let men =
            r.features.is_plural() && r.features.agreement.gender == Some(Gender::Masculine) && !r.features.construct;
        doc.list(r) == List::Adjective || men
    };
    if !named && !doc.is_definite(previous) && !doc.readings(previous).iter().any(ends) {
        return false;
    }
    let mut at = previous;
    for _ in 0..ACCUSER {
        if !doc.continues_phrase(at) || at == sentence {
            return false;
        }
        at -= 1;
        if accuses(at) {
            return true;
        }
    }
    false
}

/// "the minister, who leads the party, urged X to": far behind the verb and its subject, right before what it is urged to.
fn is_urged(doc: &Document<'_>, found: &NameMatch<'_>, previous: usize, sentence: usize, named: bool) -> bool {
    // "X and Y to": all that are urged.
    let and = |t: usize| {
        let joined = |m: &&NameMatch<'_>| {
            m.clitics.conjunction.is_some() && m.referents.iter().any(|r| matches!(r, Referent::Place(_)))
        };
        doc.names_at(t).iter().find(joined).map(|m| m.end)
    };
    let next = (0..LISTED).try_fold(found.end, |end, _| and(end).ok_or(end)).unwrap_or_else(|end| end);
    let glued = doc.clitics(next).preposition.map(|p| doc.lexicon.preposition(p));
    let Some(preposition) = glued.or_else(|| doc.is_preposition(next).then(|| doc.str(next))) else { return false };
    // "the people of X", "a city, X": what belongs to a noun is no object.
    let noun = |r: &Reading| matches!(doc.list(r), List::Noun | List::Adjective | List::Head | List::Collective);
    let noun =
        !doc.is_definite(previous) && doc.readings(previous).iter().any(noun) && doc.names_at(previous).is_empty();
    if !named && doc.is_word(previous) && noun && !doc.may_be(previous, Facts::NAME_PART) {
        return false;
    }
    let urges = |row: &Row| {
        row.cue.is_some()
            && row.roles.as_ref().is_some_and(|r| {
                matches!(r.object.as_deref(), Some("agent" | "audience"))
                    && r.prep.get(preposition).is_some_and(|role| role == "content")
            })
    };
    let begin = sentence.max(previous.saturating_sub(URGER));
    let clause = (begin..=previous).rev().take_while(|t| !doc.is_particle(*t, "comp") && !doc.is_particle(*t, "rel"));
    let calls = |t: usize| doc.reading(t, |r, row| r.features.category.is_finite() && urges(row)).is_some();
    // "demanded", written like a student and like a name, opens its clause.
    let opens = |t: usize| t == sentence || doc.clitics(t).conjunction.is_some();
    let verb = |t: &usize| {
        doc.is_finite(*t) && !doc.may_be(*t, Facts::WHOLE_NAME_PART) || (doc.is_finite(*t) || opens(*t)) && calls(*t)
    };
    let Some(verb) = clause.into_iter().find(verb) else { return false };
    let placed = doc.is_preposition(verb + 1) || doc.clitics(verb + 1).preposition.is_some();
    calls(verb) && verb < previous && !placed
}

/// How far before its verb what happened may stand.
const DESCRIBED: usize = 6;

/// Frames whose nouns hit somebody.
const BLOWS: [&str; 4] = ["attack", "airstrike", "shelling", "explosion"];

/// The verb before the country agrees with it and is not one that only happens in it.
fn is_subject(doc: &Document<'_>, verb: usize, found: &NameMatch<'_>, capital: bool) -> bool {
    let Some((reading, row)) = doc.finite(verb) else { return false };
    // "the region that comprises X": the verb has its subject before it.
    let relative = verb.checked_sub(1).is_some_and(|p| doc.is_particle(p, "rel"));
    let plain = row.cue.is_none() && row.frame.as_deref().is_none_or(|f| f == "none");
    if relative && plain && reading.pronoun.is_none() {
        return false;
    }
    // "X came under fire": of a state's seat it is told where.
    let suffers = |r: &Reading, row: &Row| {
        r.features.category.is_finite()
            && row.frame.as_deref() == Some("light")
            && row.roles.as_ref().is_some_and(|roles| roles.subject.as_deref() == Some("patient"))
    };
    if only_happens(doc, verb) || capital && doc.reading(verb, suffers).is_some() {
        return false;
    }
    let struck = || row.frame.as_deref().is_some_and(|f| BLOWS.contains(&f)) && is_deed_before(doc, verb);
    if capital && reading.pronoun.is_none() && !takes_object(doc, found.end) && struck() {
        return false;
    }
    let articled = doc.str(found.start)[found.span.start as usize - doc.tokens[found.start].span.start as usize..]
        .starts_with(doc.lexicon.segmenter.clitics.article());
    let single = found.end == found.start + 1;
    match reading.features.agreement.gender {
        // Names of countries are feminine, but for some with the article; those of capitals all are.
        Some(Gender::Masculine) => reading.pronoun.is_some() || articled && single && !capital,
        Some(Gender::Feminine) => true,
        None => reading.pronoun.is_some(),
    }
}

/// "raids that hit Damascus", "attacks with car bombs struck Baghdad": what happened is subject of the verb.
fn is_deed_before(doc: &Document<'_>, verb: usize) -> bool {
    if doc.clitics(verb).conjunction.is_some() {
        return false;
    }
    let start = doc.sentence_range(verb).start.max(verb.saturating_sub(DESCRIBED));
    let goes_on =
        |t: &usize| doc.is_word(*t) && (!doc.is_finite(*t) || doc.could_be_nominal(*t)) && !doc.is_particle(*t, "comp");
    let violent = |t: usize| {
        let harms = |row: &Row| row.frame.as_deref().is_some_and(|f| BLOWS.contains(&f));
        let blow = |r: &Reading, row: &Row| {
            !r.features.category.is_finite() && !r.features.category.is_participle() && harms(row)
        };
        let told = !doc.is_definite(t) || doc.is_particle(verb - 1, "rel");
        doc.clitics(t).conjunction.is_none() && told && doc.reading(t, blow).is_some()
    };
    (start..verb).rev().take_while(goes_on).any(violent)
}

/// A verb of one of these frames.
fn is_of_frame(doc: &Document<'_>, verb: usize, frames: &[&str]) -> bool {
    let own = |row: &Row| row.frame.as_deref().is_some_and(|f| frames.contains(&f));
    doc.reading(verb, |r, row| r.features.category.is_finite() && own(row)).is_some()
}

/// The subject of the verb is the place where something happens: "Turkey saw attacks".
fn only_happens(doc: &Document<'_>, verb: usize) -> bool {
    let happens = |row: &Row| {
        row.class.as_deref() == Some("of_place")
            || row.roles.as_ref().is_some_and(|roles| {
                // "a series of attacks shook X"
                let shaken = roles.subject.as_deref() == Some("event") && roles.object.as_deref() == Some("place");
                shaken || roles.subject.as_deref() == Some("place")
            })
    };
    doc.reading(verb, |r, row| r.features.category.is_finite() && happens(row)).is_some()
}

/// "the support of Turkey", "the bombing by Turkey of", written like "he supported": names of countries are feminine.
fn is_masdar_of_deed(doc: &Document<'_>, i: usize, found: &NameMatch<'_>) -> bool {
    let deed = |r: &Reading, row: &Row| {
        r.features.category == Category::Masdar
            && (row.frame.as_deref().is_some_and(|f| DEEDS.contains(&f)) || does_to(doc, row, found.end))
    };
    doc.reading(i, deed).is_some() && !is_subject(doc, i, found, false)
}

/// What only somebody who wills or speaks can have: "the readiness of Turkey", "the refusal of Iran".
fn is_will(doc: &Document<'_>, i: usize, capital: bool) -> bool {
    let wills = |r: &Reading, row: &Row| {
        let deed = || row.frame.as_deref() == Some("modal") || !capital && row.cue.is_some();
        let masdar = r.features.category == Category::Masdar && deed();
        // "under the control of India"
        let held = r.features.category == Category::Masdar
            && !capital
            && row.roles.as_ref().is_some_and(|roles| roles.masdar.as_deref() == Some("agent"));
        !r.clitics.article && r.pronoun.is_none() && (masdar || held || row.class.as_deref() == Some("of_party"))
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
