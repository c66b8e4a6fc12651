//! Parts of a toll that later sentences tell: by province, class or side, or as so many "of the dead".

use rustc_hash::FxHashMap;

use super::blame::same_side;
use super::casualty::Casualty;
use super::incident::one_ground;
use super::trigger::Shape;
use super::{Filler, Scene};
use crate::lexicon::{List, Row};
use crate::mention::{Time, TimeKind};

/// How many sentences behind a toll its parts may stand.
const PARTS: usize = 8;

/// Words before a month that bring it as a period.
const BROUGHT: usize = 2;

/// The toll of a period and what the same source counts behind it; so many "of the dead" and the dead of whom the report told.
pub(super) fn break_down(scene: &Scene<'_, '_>, rows: &mut [Casualty]) {
    let mut tolls: FxHashMap<String, usize> = FxHashMap::default();
    let mut told: FxHashMap<String, usize> = FxHashMap::default();
    for n in 0..rows.len() {
        let row = &rows[n];
        if row.negated || row.subset_of.is_some() {
            continue;
        }
        // The victims are those killed, where the report told of such.
        let harm = share(scene, row).filter(|harm| *harm == row.kind);
        let killed = || told.get("killed").filter(|_| harm.as_deref() == Some("casualty"));
        let of_those = harm.as_ref().and_then(|h| told.get(h)).or_else(killed).copied();
        let of_toll = || tolls.get(&row.kind).copied().filter(|w| is_counted_in(scene, &rows[*w], row));
        if let Some(whole) = of_those.filter(|w| is_larger(&rows[*w], row)).or_else(of_toll) {
            rows[n].subset_of = Some(whole);
            rows[n].kind = rows[whole].kind.clone();
            continue;
        }
        if row.count.value.is_some_and(|n| n > 1) {
            told.insert(row.kind.clone(), n);
        }
        if row.count.value.is_some_and(|n| n > 1) && period(scene, row).is_some() {
            tolls.insert(row.kind.clone(), n);
        }
    }
}

fn is_larger(whole: &Casualty, part: &Casualty) -> bool {
    whole.count.value.zip(part.count.value).is_none_or(|(w, p)| w > p)
}

/// "1531 of the dead were civilians", "many of the victims": a number of those told before, who are called by what befell them.
/// It gives that harm.
fn share(scene: &Scene<'_, '_>, row: &Casualty) -> Option<String> {
    let doc = scene.doc;
    let anchor = row.anchor.tokens.clone();
    let of = |t: usize| doc.particle(t, "prep").is_some_and(|word| word.has_role("partitive"));
    let noun = if of(anchor.end - 1) { anchor.end } else { Some(anchor.end).filter(|t| of(*t))? + 1 };
    // "twenty of those arrested"
    let held = || {
        let trigger = scene.trigger_at(noun).filter(|t| t.shape == Shape::PassiveParticiple)?;
        let (r, row) = (trigger.reading, trigger.row);
        let several = r.clitics.article && r.features.is_plural();
        several.then(|| row.passive_harm.clone().or_else(|| trigger.frame.harm.clone())).flatten()
    };
    let told = doc.reading(noun, |r, word| r.clitics.article && r.features.is_plural() && word.harm.is_some());
    told.and_then(|(_, word)| word.harm.clone()).or_else(held)
}

/// What the source of the toll counts next, fewer, of the same party and class, on the same ground and at no other time.
fn is_counted_in(scene: &Scene<'_, '_>, whole: &Casualty, part: &Casualty) -> bool {
    let doc = scene.doc;
    let (first, here) = (whole.anchor.tokens.start, part.anchor.tokens.start);
    let apart = doc.sentence_of(here) - doc.sentence_of(first);
    if apart == 0 || apart > PARTS || part.count.value.is_none() || !is_larger(whole, part) {
        return false;
    }
    let source = speaker(scene, whole).zip(speaker(scene, part)).is_some_and(|(a, b)| is_one(scene, a, b));
    let party = |a: Option<usize>, b: Option<usize>| a.zip(b).is_none_or(|(a, b)| same_side(scene, a, b));
    let doer = |row: &Casualty| row.perpetrator.as_ref().and_then(|f| f.actor);
    let known = |p: &usize| scene.mentions.places[*p].row.is_some();
    let (there, inside) = (whole.place.filter(known), part.place.filter(known));
    let ground = there.zip(inside).is_none_or(|(a, b)| one_ground(scene, a, b));
    // "it killed 500 soldiers, and three of its own fell": of the other side.
    let own =
        speaker(scene, part).and_then(|f| f.actor).zip(part.victim_actor).is_some_and(|(s, v)| same_side(scene, s, v));
    if own && whole.victim_actor.is_none() {
        return false;
    }
    let sides = party(whole.victim_actor, part.victim_actor) && party(doer(whole), doer(part));
    source && sides && ground && are_alike(&whole.victim_class, &part.victim_class) && is_of_time(scene, whole, part)
}

fn speaker<'s>(scene: &'s Scene<'_, '_>, row: &Casualty) -> Option<&'s Filler> {
    let said = &scene.attributions[row.attribution?];
    Some(said.stands_for.as_ref().unwrap_or(&said.source))
}

fn is_one(scene: &Scene<'_, '_>, a: &Filler, b: &Filler) -> bool {
    let doc = scene.doc;
    let parties = a.actor.zip(b.actor).is_some_and(|(a, b)| same_side(scene, a, b));
    parties || doc.text[a.at.span.range()] == doc.text[b.at.span.range()]
}

/// Fighters are no part of civilians, nor the other way round.
fn are_alike(whole: &str, part: &str) -> bool {
    let civil = |class: &str| matches!(class, "civilian" | "child" | "woman" | "medic" | "journalist");
    match whole {
        "unknown" => true,
        "civilian" => part == "unknown" || civil(part),
        "combatant" => !civil(part) || part == "woman" || part == "child",
        class => part == class,
    }
}

/// The part tells no time of its own, or the period of the whole.
fn is_of_time(scene: &Scene<'_, '_>, whole: &Casualty, part: &Casualty) -> bool {
    let times = &scene.mentions.times;
    let Some(own) = part.time.map(|t| &times[t]) else { return true };
    let text = |t: &Time| &scene.doc.text[t.span.range()];
    let month = |t: &Time| t.tokens.clone().find_map(|at| scene.doc.reading(at, |_, row| row.month.is_some())?.1.month);
    let same = |t: &Time| own.value.is_some() && own.value == t.value || text(own) == text(t);
    let named = |t: &Time| is_long(scene, own) && month(own).is_some() && month(own) == month(t);
    period(scene, whole).is_some_and(|t| same(t) || named(t))
}

/// The period over which a toll runs: "in July", "in the last 48 hours", "in two weeks".
fn period<'s>(scene: &'s Scene<'_, '_>, row: &Casualty) -> Option<&'s Time> {
    let token = row.anchor.tokens.start;
    let times = &scene.mentions.times;
    let sentence = scene.doc.sentence_range(token);
    let first = times.partition_point(|t| t.tokens.start < token);
    let behind = times[first..].iter().take(BROUGHT).take_while(|t| t.tokens.start < sentence.end);
    let before = times[..first].iter().rev().take(BROUGHT).take_while(|t| t.tokens.start >= sentence.start);
    behind.chain(before).find(|t| is_long(scene, t))
}

/// Days and more, or a month, with no day of it.
fn is_long(scene: &Scene<'_, '_>, time: &Time) -> bool {
    let doc = scene.doc;
    let start = time.tokens.start;
    let over = |t: usize| doc.particle(t, "prep").is_some_and(|row| row.has_role("period"));
    let led = start > 0 && over(start - 1) || over(start);
    let calendar = |wanted: &dyn Fn(&Row) -> bool| {
        let read = |t: usize| doc.reading(t, |r, row| doc.list(r) == List::Calendar && wanted(row)).is_some();
        time.tokens.clone().any(read)
    };
    let numbered = || time.tokens.clone().any(|t| scene.quantity_at(t).is_some());
    // "in the month of July", "in the last week", but "on the 5th of July", "today".
    let day = || {
        let kind = |row: &Row| matches!(row.kind.as_deref(), Some("deictic" | "part"));
        calendar(&|row| row.weekday.is_some() || kind(row)) || numbered() && calendar(&|row| row.month.is_some())
    };
    match time.kind {
        TimeKind::Duration => led && !time.since && !time.until,
        TimeKind::Date => led && !time.since && !day(),
        _ => false,
    }
}
