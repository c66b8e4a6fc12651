//! Counted people: a number, the noun that it counts, and what the noun says of them.

use std::ops::Range;

use super::groups::is_one_of;
use super::individual::{is_minor, is_person, national, party_class, person};
use super::journey::is_left;
use super::phrase::phrase_end;
use super::slots::is_noun;
use super::{Casualty, Scene};
use crate::grammar::Document;
use crate::lexicon::{Facts, List, Reading, Row};
use crate::mention::{Mentions, Modifier, Quantity, QuantityKind};
use crate::morph::Category;
use crate::segment::{Gender, Kind, Number};

/// How many, as the words say it.
#[derive(Debug, Clone, PartialEq)]
pub struct Count {
    pub value: Option<i64>,
    pub upper: Option<i64>,
    pub modifier: &'static str,
    pub magnitude: Option<i64>,
    pub low: Option<i64>,
    pub high: Option<i64>,
}

impl Count {
    pub fn exactly(n: i64) -> Self {
        Count { value: Some(n), upper: None, modifier: "exact", magnitude: None, low: Some(n), high: Some(n) }
    }

    pub fn indefinite() -> Self {
        Count { value: None, upper: None, modifier: "indefinite", magnitude: None, low: None, high: None }
    }
}

/// The people counted by a bare singular ("a soldier was killed") where no number of the text covers them, each with
/// the casualty that counts it.
pub fn singles(doc: &Document<'_>, mentions: &Mentions, casualties: &[Casualty]) -> Vec<(Quantity, usize)> {
    let mut taken = vec![false; doc.len()];
    for quantity in &mentions.quantities {
        taken[quantity.tokens.clone()].fill(true);
        if let Some(noun) = quantity.noun {
            taken[noun] = true;
        }
    }
    let mut found = Vec::new();
    for (n, casualty) in casualties.iter().enumerate() {
        let Some(victims) = casualty.victims.as_ref().filter(|v| v.actor.is_none()) else { continue };
        let noun = victims.at.tokens.start;
        let single = casualty.count == Count::exactly(1) && !casualty.negated && !taken[noun];
        if single && doc.reading(noun, |_, row| row.victim.is_some()).is_some() && !doc.is_definite(noun) {
            taken[noun] = true;
            let span = doc.span_from(noun..noun + 1, doc.skip(noun));
            found.push((Quantity::by_form(1.0, span, noun..noun + 1, QuantityKind::Count, None), n));
        }
    }
    found
}

/// People counted together.
#[derive(Debug, Clone)]
pub struct Group {
    /// The number phrase, or the dual noun; `None` where only the trigger can be pointed at.
    pub anchor: Option<Range<usize>>,
    pub count: Count,
    /// The noun phrase of those counted.
    pub victims: Option<Range<usize>>,
    pub class: Option<String>,
    /// "others": of the same class as the group before.
    pub others: bool,
    pub end: usize,
    /// A party stands for its people, without a noun of people.
    pub party_only: bool,
}

impl Group {
    /// So many people, of whom nothing else is said up to the token `end`.
    pub fn new(count: Count, end: usize) -> Self {
        Group { anchor: None, count, victims: None, class: None, others: false, end, party_only: false }
    }
}

/// One way to read the people named at a token, up to a limit.
type Way = fn(&Scene<'_, '_>, usize, usize) -> Option<Group>;

/// The people named at a token, with or without a number before them.
pub fn group_at(scene: &Scene<'_, '_>, at: usize, limit: usize) -> Option<Group> {
    if at >= limit {
        return None;
    }
    // "one of" is a number by itself, but part of "eleven".
    let several = scene.quantity_at(at).is_some_and(|q| {
        let quantity = &scene.mentions.quantities[q];
        quantity.tokens.start == at && quantity.tokens.len() > 1 && quantity.value.is_some_and(|v| v > 1.0)
    });
    if let Some(group) = if several { None } else { one_of(scene, at, limit) } {
        return Some(bounded(scene, group, limit));
    }
    // Each way by itself: a group is large, and most words are none.
    let ways: [Way; 6] =
        [numbered, |scene, at, _| one_more(scene, at), band, described, |scene, at, _| person(scene, at), share];
    for way in ways {
        if let Some(group) = way(scene, at, limit) {
            return Some(bounded(scene, group, limit));
        }
    }
    None
}

/// Behind the words "at least", where they stand at the token.
pub(super) fn past_bound(doc: &Document<'_>, at: usize) -> usize {
    let bound = doc.is_preposition(at) && doc.reading(at + 1, |_, row| row.modifier.is_some()).is_some();
    at + if bound { 2 } else { 0 }
}

/// "two soldiers at least", "a soldier at least": the bound behind a dual or one; that of a number is part of the quantity.
fn bounded(scene: &Scene<'_, '_>, group: Group, limit: usize) -> Group {
    let doc = scene.doc;
    let end = group.end;
    let past = past_bound(doc, end);
    let dual = |t: usize| doc.readings(t).iter().any(|r| r.features.is_dual()) && people(scene, t).is_some();
    let two = group.anchor.clone().filter(|a| group.count == Count::exactly(2) && dual(a.start));
    let one = group.anchor.is_none() && group.count == Count::exactly(1);
    if past == end || past > limit || two.is_none() && !one {
        return group;
    }
    let least = doc.reading(end + 1, |_, row| row.modifier.as_deref() == Some("at_least")).is_some();
    let count = match least {
        true => Count { modifier: "at_least", high: None, ..group.count },
        false => Count { modifier: "at_most", low: None, ..group.count },
    };
    Group { anchor: two.map(|a| a.start..past), count, end: past, ..group }
}

/// A count or an indefinite number that begins at the token, with its bounds.
pub fn count_at(scene: &Scene<'_, '_>, at: usize) -> Option<(Range<usize>, Count)> {
    let quantity = &scene.mentions.quantities[scene.quantity_at(at)?];
    if quantity.tokens.start > at || !matches!(quantity.kind, QuantityKind::Count) {
        return None;
    }
    let whole = |v: Option<f64>| v.map(|v| v.round() as i64);
    let range = quantity.modifier == Modifier::Range;
    let count = Count {
        value: if range { whole(quantity.value).or(whole(quantity.low)) } else { whole(quantity.value) },
        upper: if range { whole(quantity.upper).or(whole(quantity.high)) } else { None },
        modifier: quantity.modifier.name(),
        magnitude: whole(quantity.magnitude),
        low: whole(quantity.low),
        high: whole(quantity.high),
    };
    Some((quantity.tokens.clone(), count))
}

fn numbered(scene: &Scene<'_, '_>, at: usize, limit: usize) -> Option<Group> {
    let doc = scene.doc;
    let (anchor, count) = count_at(scene, at)?;
    let quantity = &scene.mentions.quantities[scene.quantity_at(at)?];
    // "from distance zero": no people.
    if quantity.unit.is_some() || count.value == Some(0) && people(scene, anchor.end).is_none() {
        return None;
    }
    // The bound may follow the noun, and then the quantity holds the noun too.
    // "eleven", whose first word is also "one of".
    let number = |t: usize| t == anchor.start && anchor.len() > 1 && doc.is_particle(t, "one");
    let inner = anchor.clone().find(|t| !number(*t) && people(scene, *t).is_some());
    // "the two sides": no people of whom a number tells.
    if quantity.dual && inner.is_none() && doc.is_demonym(anchor.start).is_none() {
        return None;
    }
    let mut noun = inner.unwrap_or(anchor.end);
    while doc.kind(noun).is_some_and(|k| k.is_quote()) {
        noun += 1;
    }
    let partitive = noun < limit
        && doc.is_word(noun)
        && !doc.is_particle(noun, "subset")
        && (doc.particle(noun, "prep").is_some_and(|r| r.has_role("partitive")))
        && !is_left(scene, doc.next_word(noun));
    if partitive {
        noun = doc.next_word(noun);
    }
    let partitive = partitive && doc.is_word(noun);
    let base = Group { anchor: Some(anchor.clone()), ..Group::new(count, anchor.end) };
    if noun >= limit || !doc.is_word(noun) || inner.is_none() && doc.clitics(noun).conjunction.is_some() {
        return Some(base);
    }
    if doc.is_particle(noun, "other") {
        return Some(Group { victims: Some(noun..noun + 1), others: true, end: anchor.end.max(noun + 1), ..base });
    }
    // Written like a noun of people: "hundreds before the embassy".
    let leads = !partitive && doc.is_preposition(noun);
    if let Some((_, row)) = people(scene, noun).filter(|_| !leads) {
        let end = phrase_end(scene, noun, limit);
        let class = class_of(scene, noun..end, row);
        let (end, class) = both_counted(scene, &base.count, noun..end, limit, class);
        return Some(Group { victims: Some(noun..end), class, end: anchor.end.max(end), ..base });
    }
    if partitive {
        let end = phrase_end(scene, noun, limit);
        let class = scene.mention_end(noun).map(|_| party_class(scene, noun));
        // "of its senior officers"
        let inner = || (noun + 1..end).find_map(|t| people(scene, t)).and_then(|(_, row)| row.victim.clone());
        let class = class.flatten().or_else(inner).filter(|c| c != "same");
        return Some(Group { victims: Some(noun..end), class, end: anchor.end.max(end), ..base });
    }
    // An adjective or a demonym as noun: "ten Iraqis".
    if doc.is_word(noun) && doc.is_demonym(noun).is_some() && scene.actor_at(noun).is_none() {
        let end = phrase_end(scene, noun, limit);
        return Some(Group {
            victims: Some(noun..end),
            class: Some("unknown".to_owned()),
            end: anchor.end.max(end),
            ..base
        });
    }
    Some(base)
}

/// "two soldiers were killed and a third wounded": one more of those before.
fn one_more(scene: &Scene<'_, '_>, at: usize) -> Option<Group> {
    let doc = scene.doc;
    let quantity = &scene.mentions.quantities[scene.quantity_at(at)?];
    let in_order = quantity.kind == QuantityKind::Ordinal && quantity.tokens == (at..at + 1);
    let alone = quantity.noun.is_none() && !doc.is_definite(at) && !doc.continues_phrase(at + 1);
    let group = Group { victims: Some(at..at + 1), others: true, ..Group::new(Count::exactly(1), at + 1) };
    (in_order && alone && quantity.value.is_some_and(|v| v > 1.0)).then_some(group)
}

/// "all of the passengers", "most of the gunmen": those behind the word, of whom there are several.
fn share(scene: &Scene<'_, '_>, at: usize, limit: usize) -> Option<Group> {
    let doc = scene.doc;
    doc.reading(at, |r, row| !r.clitics.article && (row.has_role("share") || row.has_role("portion")))?;
    let (reading, row) = people(scene, at + 1)?;
    let led = doc.clitics(at + 1).preposition.is_some() || doc.clitics(at + 1).conjunction.is_some();
    let several = doc.readings(at + 1).iter().any(|r| r.features.is_plural()) || reading.features.is_several();
    let known = doc.is_definite(at + 1) || doc.continues_phrase(at + 2) && doc.is_definite(at + 2);
    let told = several && row.harm.is_none() && !led && known;
    described(scene, at + 1, limit).filter(|_| told)
}

/// Words between a band and the number of its people.
const BAND: usize = 4;

/// "a gang of four people", "a cell made up of six": as many as it has.
fn band(scene: &Scene<'_, '_>, at: usize, limit: usize) -> Option<Group> {
    let doc = scene.doc;
    let bands = |r: &Reading, row: &Row| {
        let head = doc.list(r) == List::Head && matches!(row.makes.as_deref(), Some("armed_group" | "collective"));
        // "a family of five", "its crew of four"
        let family = row.collective && row.victim.as_deref().is_some_and(|v| v != "same");
        (head || family || row.class.as_deref() == Some("force"))
            && !r.features.is_plural()
            && !r.features.category.is_finite()
    };
    if doc.clitics(at).article || scene.mention_end(at).is_some() || doc.reading(at, bands).is_none() {
        return None;
    }
    let of = |t: &usize| doc.particle(*t, "prep").is_some_and(|r| r.has_role("partitive"));
    let own = |t: &usize| doc.is_word(*t) && doc.clitics(*t).conjunction.is_none() && scene.mention_end(*t).is_none();
    let of = (at + 1..limit.min(at + BAND)).take_while(own).find(of)?;
    numbered(scene, of + 1, limit).filter(|g| g.victims.is_some() && g.count.value.is_some())
}

/// "thirty policemen and civilians" is one number of both: behind eleven to ninety-nine both stand in the accusative.
fn both_counted(
    scene: &Scene<'_, '_>,
    count: &Count,
    noun: Range<usize>,
    limit: usize,
    class: Option<String>,
) -> (usize, Option<String>) {
    let doc = scene.doc;
    let end = noun.end;
    let accusative = |t: usize| {
        let fits = |r: &Reading, _: &Row| r.features.accusative && !r.features.is_several();
        !doc.is_definite(t) && doc.reading(t, fits).is_some()
    };
    let takes = count.value.is_some_and(|n| (11..100).contains(&(n % 100)));
    let joined = end < limit && doc.is_word(end) && doc.clitics(end).conjunction.is_some();
    // A feminine noun shows no case.
    let first =
        accusative(noun.start) || !doc.is_definite(noun.start) && doc.lexicon.looks_feminine(doc.str(noun.start));
    let more = people(scene, end).filter(|_| takes && joined && first && accusative(end));
    let Some((_, row)) = more.filter(|_| !doc.is_particle(end + 1, "one")) else { return (end, class) };
    let other = class_of(scene, end..end + 1, row);
    // Women and children are civilians.
    let weak = |c: &Option<String>| matches!(c.as_deref(), Some("woman" | "child"));
    let mixed = if weak(&class) && weak(&other) { "civilian" } else { "unknown" };
    let class = if class == other { class } else { Some(mixed.to_owned()) };
    (end + 1, class)
}

/// "one of", "two of them": a word that counts those behind it.
fn one_of(scene: &Scene<'_, '_>, at: usize, limit: usize) -> Option<Group> {
    let doc = scene.doc;
    let counting = doc.particle(at, "subset").or_else(|| doc.particle(at, "one"));
    let row = counting.filter(|row| row.count.is_some())?;
    let count = row.count.map_or_else(Count::indefinite, |n| Count::exactly(n as i64));
    let noun = doc.next_word(at);
    if row.pos == "one" && (noun >= limit || !doc.is_word(noun)) {
        return None;
    }
    let class = people(scene, noun).and_then(|(_, r)| class_of(scene, noun..phrase_end(scene, noun, limit), r));
    let victims = people(scene, noun).map(|_| noun..phrase_end(scene, noun, limit));
    let end = victims.as_ref().map_or(at + 1, |v| v.end);
    Some(Group { anchor: Some(at..at + 1), victims, class, ..Group::new(count, end) })
}

/// People without a number: two by the dual, one by the singular, some by the plural.
fn described(scene: &Scene<'_, '_>, at: usize, limit: usize) -> Option<Group> {
    let doc = scene.doc;
    if doc.is_particle(at, "other") {
        let (anchor, count) = match doc.particle(at, "other").and_then(|r| r.number.as_deref()) {
            Some("s") => (None, Count::exactly(1)),
            Some("d") => (Some(at..at + 1), Count::exactly(2)),
            _ => (None, Count::indefinite()),
        };
        return Some(Group { anchor, victims: Some(at..at + 1), others: true, ..Group::new(count, at + 1) });
    }
    let (reading, row) = people(scene, at)?;
    // "another number": of those before.
    if row.collective && row.victim.as_deref() == Some("same") && at + 1 < limit && doc.is_particle(at + 1, "other") {
        let base = Group::new(Count::indefinite(), at + 2);
        return Some(Group { anchor: Some(at..at + 1), victims: Some(at..at + 2), others: true, ..base });
    }
    let mut end = phrase_end(scene, at, limit);
    let class = class_of(scene, at..end, row);
    let mut number = reading.features.agreement.number;
    // "those suspected": the last word of a plural of several words shows the number.
    let mut as_listed = false;
    if let Some(turn) = doc.turn_at(at).filter(|t| t.tokens[0] == at) {
        // Written as the list has it: one, whatever else the first word alone could be.
        let first = row.lemma.split(' ').next().map(|w| doc.lexicon.fold.word(w));
        as_listed = first.is_some_and(|w| doc.lexicon.fold.word(doc.str(at)).ends_with(&w));
        let last = turn.tokens[turn.tokens.len() - 1];
        let word = doc.lexicon.fold.word(doc.str(last));
        let ends = |p: &str| p.rsplit(' ').next().is_some_and(|w| doc.lexicon.fold.word(w) == word);
        if !ends(&row.lemma) && row.plural.iter().any(|p| ends(p)) {
            number = Some(Number::Plural);
        }
        end = end.max(last + 1);
    }
    let number_of = number;
    // "the three soldiers": the number behind its definite noun.
    let first = (at + 1..end).rev().take(2).find(|t| scene.quantity_at(*t).is_some()).unwrap_or(end);
    let behind = count_at(scene, first).filter(|(number, count)| {
        let several = matches!(number_of, Some(Number::Plural | Number::Dual));
        let known = doc.is_definite(at) || reading.pronoun.is_some();
        several && first < limit && known && doc.clitics(number.start).article && count.value.is_some()
    });
    if let Some((number, count)) = behind {
        let end = number.end;
        return Some(Group { anchor: Some(number), victims: Some(at..end), class, ..Group::new(count, end) });
    }
    // "two": said again behind the dual.
    let two_behind = scene.quantity_at(end).map(|q| &scene.mentions.quantities[q]);
    let two_behind = two_behind.filter(|q| {
        let own = !q.dual && doc.clitics(end).conjunction.is_none();
        own && q.value == Some(2.0) && q.tokens.start == end && doc.readings(at).iter().any(|r| r.features.is_dual())
    });
    let two = !as_listed && governing_dual(scene, at, &reading) || two_behind.is_some();
    // "one person": the number behind its noun.
    let one = scene.quantity_at(end).map(|q| &scene.mentions.quantities[q]);
    let one = one.filter(|q| q.value == Some(1.0) && q.tokens.start == end && q.kind == QuantityKind::Count);
    let one = one.filter(|_| !is_one_of(scene, end));
    let number = if as_listed && number == Some(Number::Dual) { Some(Number::Singular) } else { number };
    let (anchor, count) = match number {
        _ if row.collective => (None, Count::indefinite()),
        _ if two => (Some(at..two_behind.map_or(at + 1, |q| q.tokens.end)), Count::exactly(2)),
        Some(Number::Dual) if !ambiguous_dual(scene, at, &reading) => (Some(at..at + 1), Count::exactly(2)),
        Some(Number::Plural | Number::Dual) => (None, Count::indefinite()),
        _ => (one.map(|q| q.tokens.clone()), Count::exactly(1)),
    };
    let mut end = anchor.as_ref().map_or(end, |a| a.end.max(end));
    // "the commander X": the name goes on with the phrase.
    if count == Count::exactly(1) && doc.is_word(end) && is_person(scene, end) {
        let free = doc.clitics(end).conjunction.is_none() && doc.clitics(end).preposition.is_none();
        end = person(scene, end).filter(|g| free && g.end <= limit).map_or(end, |g| g.end);
    }
    let minor = count == Count::exactly(1) && class.as_deref() == Some("unknown") && is_minor(scene, end);
    let class = if minor { Some("child".to_owned()) } else { class };
    Some(Group { anchor, victims: Some(at..end), class, ..Group::new(count, end) })
}

/// "two officers of the police": before a genitive what looks like "my" is the ending of a dual.
fn governing_dual(scene: &Scene<'_, '_>, at: usize, reading: &Reading) -> bool {
    let doc = scene.doc;
    let mine = reading.pronoun.is_some_and(|p| p.person == 1 && p.number == Some(Number::Singular));
    mine && doc.is_word(at + 1)
        && doc.continues_phrase(at + 1)
        && (is_noun(scene, at + 1) || scene.actor_at(at + 1).is_some_and(|a| scene.mentions.actors[a].kind != "person"))
}

/// A form that is also the oblique sound plural is a plural where the word is definite or nothing says two.
fn ambiguous_dual(scene: &Scene<'_, '_>, at: usize, reading: &Reading) -> bool {
    let doc = scene.doc;
    // Of two plurals the sound one is rare without a number.
    if doc.row(reading).plural.len() > 1 && !reading.clitics.article {
        return false;
    }
    doc.readings(at)
        .iter()
        .any(|r| r.row == reading.row && r.features.is_plural() && r.features.construct == reading.features.construct)
}

/// The harm that a noun names in those whom it stands for: the dead, the wounded, bodies.
pub(super) fn harm_of(scene: &Scene<'_, '_>, at: usize) -> Option<String> {
    let noun =
        |r: &Reading, row: &Row| row.harm.is_some() && !r.features.category.is_finite() && row.masdar_of.is_none();
    scene.doc.reading(at, noun).and_then(|(_, row)| row.harm.clone())
}

/// A noun of people or of people harmed.
pub fn people<'a>(scene: &Scene<'_, 'a>, at: usize) -> Option<(Reading, &'a Row)> {
    let doc = scene.doc;
    // "man of religion": a noun of several words.
    let turn = doc.turn_at(at).filter(|t| t.tokens[0] == at).map(|t| doc.lexicon.row(t.row));
    if let Some(row) = turn.filter(|row| row.victim.is_some())
        && let Some(reading) = doc.readings(at).iter().find(|r| !r.features.category.is_finite())
    {
        return Some((*reading, row));
    }
    if !doc.may_be(at, Facts::VICTIM | Facts::HARM | Facts::list(List::Title)) {
        return national(scene, at);
    }
    let names = |r: &Reading, row: &Row| {
        !r.features.category.is_finite()
            && (row.victim.is_some()
                || row.harm.is_some() && r.features.category != Category::Masdar && row.masdar_of.is_none()
                || doc.list(r) == List::Title && row.kind.as_deref() != Some("title"))
    };
    // A word that is both people and harm ("captive") is of the class that it has as people.
    let named = doc.reading(at, |r, row| row.victim.is_some() && names(r, row));
    // A town that is written like "a foetus".
    if scene.place_at(at).is_some_and(|p| scene.mentions.places[p].at.tokens.start == at) {
        return None;
    }
    let (reading, row) = named.or_else(|| doc.reading(at, names))?;
    // "the events", written like juveniles: people where they are counted.
    let counted = || scene.quantity_at(at).is_some() || at > 0 && scene.quantity_at(at - 1).is_some();
    let own = row.has_role("body") && reading.pronoun.is_some();
    // "the one who carried out the attack", written like a crossing
    let idle =
        row.has_role("doer") && !scene.trigger_at(at + 1).is_some_and(|t| t.shape.is_noun() && t.frame.event.is_some());
    if idle || (row.has_role("homonym") || own) && !counted() {
        return None;
    }
    // "and he has", written like "his two sons".
    if reading.features.is_dual() && reading.pronoun.is_some() && doc.is_preposition(at) {
        return None;
    }
    // "his father" and "mother" are one word where heh stands for teh marbuta: as it is written, it is his.
    let feminine = reading.pronoun.is_none() && reading.features.agreement.gender == Some(Gender::Feminine);
    let ends_alike = || doc.str(at).chars().last() == row.lemma.chars().last();
    let his = || doc.reading(at, |r, row| r.pronoun.is_some() && names(r, row));
    let other = if feminine && !reading.features.is_plural() && !ends_alike() { his() } else { None };
    Some(other.map_or((*reading, row), |(r, row)| (*r, row)))
}

/// The most specific class that the words give.
fn class_of(scene: &Scene<'_, '_>, tokens: Range<usize>, head: &Row) -> Option<String> {
    let doc = scene.doc;
    let own = head.victim.clone().filter(|v| v != "same");
    if own.as_deref().is_some_and(|c| c != "unknown") {
        return own;
    }
    // "the brother of the governor": no governor.
    if head.has_role("kin") {
        return own;
    }
    let inside = tokens
        .clone()
        .skip(1)
        .filter_map(|t| people(scene, t))
        .filter_map(|(_, r)| r.victim.clone())
        .find(|c| !matches!(c.as_str(), "unknown" | "same"));
    if inside.is_some() {
        return inside;
    }
    // "of the civilians" behind the phrase.
    let next = tokens.end;
    let partitive =
        doc.kind(next) == Some(Kind::Word) && doc.particle(next, "prep").is_some_and(|r| r.has_role("partitive"));
    let behind = if partitive { people(scene, doc.next_word(next)).and_then(|(_, r)| r.victim.clone()) } else { None };
    behind.filter(|c| !matches!(c.as_str(), "unknown" | "same")).or(own)
}
