//! Words written alike: which of them stands here.

use super::Scene;
use super::nominal::is_deed_told;
use super::subject::gender_fits;
use crate::grammar::Document;
use crate::lexicon::{List, Reading, Row};
use crate::morph::{Category, Voice};
use crate::segment::{Agreement, Gender, Number};

/// Whether the word is likelier another than the verb that a reading makes of it.
pub(super) fn is_other_verb(scene: &Scene<'_, '_>, token: usize, reading: &Reading) -> bool {
    let doc = scene.doc;
    if !reading.features.category.is_finite() {
        return false;
    }
    if is_noun(doc, token, reading) {
        return true;
    }
    doc.readings(token).iter().any(|r| {
        let row = doc.row(r);
        let tells = row.harm.is_some() || row.frame.as_deref().is_some_and(|f| doc.lexicon.frames.get(f).is_some());
        let verb = doc.list(r) == List::Verb && r.features.category.is_finite();
        if !verb || tells || r.row == reading.row {
            return false;
        }
        is_whole(r, reading) || is_joined(r, reading) || is_of_other_gender(scene, token, r, reading)
    })
}

/// "some people", written like "we flee": a noun, where nothing before it asks for a verb.
fn is_noun(doc: &Document<'_>, token: usize, reading: &Reading) -> bool {
    let who = reading.features.agreement;
    let we = who.person == 1 && reading.features.category == Category::Imperfect;
    let noun = |r: &Reading| {
        let plain = r.features.category == Category::Noun && r.pronoun.is_none() && reading.pronoun.is_none();
        plain && r.clitics == reading.clitics
    };
    let before = token.checked_sub(1).filter(|t| doc.is_word(*t));
    let led = |t: usize| doc.is_any_particle(t, ["neg", "comp", "aux", "rel"]);
    we && !before.is_some_and(led) && doc.readings(token).iter().any(noun)
}

/// "she suffers", written like "they help me": it needs no pronoun.
fn is_whole(other: &Reading, reading: &Reading) -> bool {
    reading.pronoun.is_some() && other.pronoun.is_none() && other.clitics == reading.clitics
}

/// "and he sent", written like "he was faced".
fn is_joined(other: &Reading, reading: &Reading) -> bool {
    let passive = reading.features.category == Category::Perfect && reading.features.voice == Voice::Passive;
    passive && reading.clitics.is_empty() && other.clitics.conjunction.is_some() && other.pronoun == reading.pronoun
}

/// "the air force intervened", written like "she enters": of "he did" and "she does" the one that goes with the subject.
fn is_of_other_gender(scene: &Scene<'_, '_>, token: usize, other: &Reading, reading: &Reading) -> bool {
    let alike = other.clitics == reading.clitics && other.pronoun == reading.pronoun;
    let (past, present) = (Category::Perfect, Category::Imperfect);
    let pair = match (other.features.category, reading.features.category) {
        (o, r) if o == past && r == present => is_he(other) && is_she(reading),
        (o, r) if o == present && r == past => is_she(other) && is_he(reading),
        _ => false,
    };
    if !alike || !pair {
        return false;
    }
    let doc = scene.doc;
    if takes_imperfect(doc, token) {
        return reading.features.category == past;
    }
    let (this, that) = (reading.features.agreement, other.features.agreement);
    // Which of the two the noun goes with, if it goes with one alone.
    let chosen = |noun: usize| match (fits_subject(scene, this, noun), fits_subject(scene, that, noun)) {
        (true, false) => Some(false),
        (false, true) => Some(true),
        _ => None,
    };
    let before = token.checked_sub(1).filter(|t| doc.is_word(*t));
    // "the resistance enters the palace": the subject stands in front.
    let party = before.filter(|_| doc.clitics(token).conjunction.is_none()).and_then(|t| scene.actor_at(t));
    let party = party.map(|a| scene.mentions.actors[a].at.tokens.start);
    if let Some(party) = party.filter(|t| is_subject(scene, *t)) {
        return chosen(party) == Some(true);
    }
    let next = token + 1;
    // "which supplies X": what the clause describes does it, where nothing in the clause takes that up.
    let takes_up = reading.pronoun.is_some() || doc.readings(next).iter().any(|r| r.pronoun.is_some());
    let gender = before.and_then(|t| doc.particle(t, "rel")).and_then(|row| row.gender.as_deref());
    match gender.filter(|_| !takes_up) {
        Some("m") => return this.gender == Some(Gender::Feminine),
        Some("f") => return this.gender == Some(Gender::Masculine),
        _ => {}
    }
    let bare = doc.clitics(next).conjunction.is_none() && !doc.is_preposition(next);
    bare && is_subject(scene, next) && chosen(next) == Some(true)
}

/// A definite noun or a party that no preposition brings.
fn is_subject(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    let named = doc.is_definite(token) && doc.is_nominal(token) || scene.actor_at(token).is_some();
    let brought = doc.clitics(token).preposition.is_some() || doc.governed_by(token).is_some();
    doc.is_word(token) && !brought && named
}

/// "which offers", "what she offers", "did not offer": a verb, whatever verbal noun is written like it. So is "the company offers",
/// but "the advance of the army" may be one.
pub(super) fn stands_as_verb(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    let before = token.checked_sub(1).filter(|t| doc.is_word(*t));
    let undone = |row: &Row| row.scope.as_deref() == Some("verb") && !row.needs_neg;
    let led = |t: usize| doc.is_particle(t, "rel") || doc.particle(t, "neg").is_some_and(undone);
    let army = |a: usize| scene.mentions.actors[a].fights() && scene.mentions.actors[a].kind != "state";
    let fights = |t: usize| scene.actor_at(t).is_some_and(army);
    let owned = doc.readings(token).iter().any(|r| r.pronoun.is_some());
    // "the resistance went on with its advance"
    let carries = |row: &Row| matches!(row.frame.as_deref(), Some("light" | "manage"));
    let carried =
        |t: usize| t > 0 && doc.reading(t - 1, |r, row| r.features.category.is_finite() && carries(row)).is_some();
    let noun = if owned { before.is_some_and(|t| fights(t) || carried(t)) } else { fights(token + 1) };
    before.is_some_and(led) || !noun
}

/// Behind "did not", "will not", "that": no perfect.
fn takes_imperfect(doc: &Document<'_>, token: usize) -> bool {
    let Some(before) = token.checked_sub(1).filter(|t| doc.is_word(*t)) else { return false };
    undoes_verb(doc, before)
        || doc.is_particle(before, "comp") && doc.readings(before).iter().all(|r| r.pronoun.is_none())
}

/// "not" that only an imperfect follows.
pub(super) fn undoes_verb(doc: &Document<'_>, token: usize) -> bool {
    let verb = |row: &Row| row.scope.as_deref() == Some("verb") && !row.is_weak();
    doc.particle(token, "neg").is_some_and(verb)
}

fn fits_subject(scene: &Scene<'_, '_>, wanted: Agreement, token: usize) -> bool {
    match scene.actor_at(token).filter(|a| scene.mentions.actors[*a].kind == "person") {
        Some(_) => wanted.gender != Some(Gender::Feminine),
        None => gender_fits(scene, wanted, token),
    }
}

fn is_he(reading: &Reading) -> bool {
    is_one(reading, Gender::Masculine)
}

fn is_she(reading: &Reading) -> bool {
    is_one(reading, Gender::Feminine)
}

fn is_one(reading: &Reading, gender: Gender) -> bool {
    let who = reading.features.agreement;
    who.person == 3 && who.gender == Some(gender) && !matches!(who.number, Some(Number::Plural | Number::Dual))
}

/// A function word or a clitic-free ordinary reading that is likelier than one that needs clitics.
pub(super) fn first_reading_excludes(scene: &Scene<'_, '_>, token: usize, reading: &Reading) -> bool {
    let doc = scene.doc;
    // "dawn" is no time without its day, and then "blew up".
    let timed = !reading.features.category.is_finite() || scene.time_at(token).is_some();
    let cost = |r: &Reading| r.clitics.count() + u8::from(r.pronoun.is_some()) * 2;
    // "provided" is no "and fled".
    let finite = |r: &Reading| r.features.category == Category::Perfect && r.pronoun == reading.pronoun;
    if finite(reading) && reading.clitics.conjunction.is_some() {
        let whole = |r: &Reading| finite(r) && r.clitics.is_empty() && doc.list(r) == List::Verb;
        if doc.readings(token).iter().any(whole) && !could_be_joined(doc, token) {
            return true;
        }
    }
    let participle = reading.features.category.is_participle();
    if reading.features.category == Category::Masdar && is_deed_told(scene, token) {
        return false;
    }
    doc.readings(token).iter().any(|r| {
        let row = doc.row(r);
        let other = row.frame.is_none() && row.harm.is_none();
        let list = doc.list(r);
        // "that it" is written like "he ended"; "social" like "my meeting".
        if row.pos == "comp" || list == List::Adjective && reading.pronoun.is_some() && cost(r) < cost(reading) {
            return true;
        }
        // "with the support of X" is a preposition, and tells of the support.
        let function_word = !row.pos.is_empty() && !row.is_weak() && !row.has_role("supporter")
            || list == List::Cue
            // "rocket 7" is no date, which says nothing of rockets.
            || list == List::Calendar && timed && row.kind.as_deref() != Some("labelled");
        let noun = matches!(list, List::Noun | List::Collective | List::Title | List::Head)
            && !r.features.category.is_finite();
        // A word of the clause's frame, or a noun of its own where a participle is written alike.
        other && (function_word || participle && noun) && cost(r) <= cost(reading)
            || other && noun && r.features.category == Category::Noun && cost(r) < cost(reading)
    })
}

/// Whether something is told before the token that "and" could go on with: "that the resistance provided" has no verb before it.
fn could_be_joined(doc: &Document<'_>, token: usize) -> bool {
    let start = doc.sentence_range(token).start;
    let verb = |t: usize| doc.is_finite(t) && !doc.could_be_nominal(t);
    let ends = |t: &usize| !doc.is_word(*t) || doc.is_particle(*t, "comp") || verb(*t);
    match (start..token).rev().find(ends) {
        Some(t) => verb(t) || t + 1 == token && !doc.is_word(t),
        None => start == token,
    }
}

/// "the families of the dead": a plural of groups of people that is written like a verbal noun, before whose they are.
pub(super) fn is_families(scene: &Scene<'_, '_>, token: usize, reading: &Reading) -> bool {
    let doc = scene.doc;
    // "his family", "their families", written like "he captured him".
    let own = |r: &Reading, row: &Row| row.collective && row.victim.is_some() && r.pronoun == reading.pronoun;
    let next = token + 1;
    // "its capture of two soldiers", with the preposition of owners
    let led = doc.clitics(next).preposition.is_some_and(|p| doc.lexicon.is_possessive(p));
    let captives = led && super::count::people(scene, next).is_some_and(|(_, row)| row.victim.is_some());
    let captor = scene.is_somebody(next) && doc.is_definite(next) || captives;
    if reading.pronoun.is_some() && doc.reading(token, own).is_some() && !captor && !is_brought(doc, token) {
        return true;
    }
    let groups = |r: &Reading, row: &Row| row.collective && row.victim.is_some() && r.features.is_plural();
    if doc.reading(token, groups).is_none() {
        return false;
    }
    // "the families and relatives of the martyrs"
    let kin = |t: usize| {
        super::count::people(scene, t)
            .is_some_and(|(r, row)| r.features.is_plural() && row.collective || row.has_role("kin"))
    };
    if doc.clitics(next).conjunction.is_some() && kin(next) {
        return true;
    }
    let next = token + 1;
    let of_others = (doc.is_definite(next) || doc.is_definite(next + 1) && doc.continues_phrase(next + 1))
        && doc.readings(next).iter().any(|r| r.features.is_plural());
    let number = |t: usize| doc.is_category(t, Category::Noun) && is_number(doc, t) && !doc.is_preposition(t);
    let counted = token.checked_sub(1).is_some_and(number);
    // "the families of the martyrs", whoever stands before them.
    let harmed = |r: &Reading, row: &Row| row.harm.is_some() && r.features.is_plural();
    let of_harmed = of_others && doc.reading(next, harmed).is_some() && doc.clitics(token).conjunction.is_none();
    of_harmed || reading.features.category == Category::Masdar && (of_others || counted)
}

/// Behind a verb of doing: "their capture took place".
fn is_brought(doc: &Document<'_>, token: usize) -> bool {
    let light = |_: &Reading, row: &Row| row.frame.as_deref() == Some("light");
    token.checked_sub(1).is_some_and(|t| doc.reading(t, light).is_some())
}

/// A word of number: "thousands of".
fn is_number(doc: &Document<'_>, token: usize) -> bool {
    doc.readings(token).iter().any(|r| doc.list(r) == List::Number)
}
