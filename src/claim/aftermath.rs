//! Who did a harm that is told away from the blow: the same dead counted twice, a part of them, those whom the next sentence counts.

use rustc_hash::FxHashMap;

use super::blame::{BLOWS, FAR, same_side};
use super::casualty::{Casualty, is_bodily};
use super::count::people;
use super::event::Event;
use super::incident::{one_doer, one_ground};
use super::{Filler, Scene};

/// How many sentences behind a blow the claim may stand.
const CLAIMED: usize = 3;

/// How many sentences behind the first dead the toll of the same blow may be told to have risen.
const RISEN: usize = 12;

/// Words before a number among which the noun of the toll stands.
const TOLL: usize = 8;

/// A toll so many times as high counts other dead too.
const MANY: i64 = 20;

/// How far behind a man told of first he may be called so again.
const AGAIN: usize = 512;

/// One harm told twice, in the headline and behind it, has one doer; a part of a group has that of the whole.
pub(super) fn share_doer(scene: &Scene<'_, '_>, events: &[Event], rows: &mut [Casualty]) {
    told_twice(scene, rows);
    party_told_again(scene, rows);
    for row in rows.iter_mut() {
        row.perpetrator = row.perpetrator.take().or_else(|| struck_before(scene, events, row));
        row.perpetrator = row.perpetrator.take().or_else(|| struck_here(scene, events, row));
    }
    for row in rows.iter_mut() {
        row.perpetrator = row.perpetrator.take().or_else(|| struck_in_vain(scene, events, row));
    }
    risen(scene, events, rows);
    of_whole(scene, rows);
    one_doer(scene, rows);
    called_again(scene, rows);
}

/// "X shelled the plant, and nobody was hurt": the last blow told before, in the sentence or the one before it.
fn struck_in_vain(scene: &Scene<'_, '_>, events: &[Event], row: &Casualty) -> Option<Filler> {
    let doc = scene.doc;
    let token = row.anchor.tokens.start;
    if !row.negated || !is_bodily(&row.kind) || row.perpetrator.is_some() {
        return None;
    }
    let sentence = doc.sentence_range(token);
    // "the pilot was not hurt": of him more is told in his own sentence.
    let before = if row.victims.is_none() { sentence.start.saturating_sub(1) } else { sentence.start };
    let start = doc.sentence_range(before).start;
    let at = |e: &Event| e.trigger.tokens.start;
    let last = events.partition_point(|e| at(e) < token);
    let violent = |e: &&Event| BLOWS.contains(&e.kind.as_str()) || e.kind == "clash";
    let blow = events[..last].iter().rev().take(FAR).take_while(|e| at(e) >= start).find(violent)?;
    let sure = BLOWS.contains(&blow.kind.as_str()) && blow.realis == "actual" && !blow.negated;
    blow.agent.clone().filter(|f| sure && (f.actor.is_some() || f.place.is_some()))
}

/// "nine were killed in a raid by X. … The toll rose to sixteen": those who did it are still the same.
fn risen(scene: &Scene<'_, '_>, events: &[Event], rows: &mut [Casualty]) {
    let doc = scene.doc;
    // "the toll rose", in a sentence that tells of no blow of its own.
    let counts = |t: usize| {
        let sentence = doc.sentence_range(t);
        let toll = (sentence.start..t).rev().take(TOLL).any(|t| doc.reading(t, |_, row| row.toll).is_some());
        let first = events.partition_point(|e| e.trigger.tokens.start < sentence.start);
        let mut here = events[first..].iter().take(FAR).take_while(|e| e.trigger.tokens.start < sentence.end);
        toll && !here.any(|e| BLOWS.contains(&e.kind.as_str()) || e.kind == "clash")
    };
    let alike = |x: &str, y: &str| x == y || x == "unknown" || y == "unknown";
    for n in 1..rows.len() {
        let row = &rows[n];
        let runs_on = row.cumulative && row.since.is_none() && !row.tied && !row.negated && row.subset_of.is_none();
        let civil = row.victim_class != "combatant" && is_bodily(&row.kind);
        if !runs_on || row.perpetrator.is_some() || !civil || !counts(row.anchor.tokens.start) {
            continue;
        }
        let here = doc.sentence_of(row.anchor.tokens.start);
        let near = |r: &&Casualty| doc.sentence_of(r.anchor.tokens.start) + RISEN >= here;
        let first = |r: &&Casualty| {
            let fewer = r.count.value.zip(row.count.value).is_some_and(|(a, b)| a < b && b < a * MANY);
            r.kind == row.kind && !r.negated && r.subset_of.is_none() && r.since.is_none() && fewer
        };
        let told = rows[..n].iter().rev().take(FAR).take_while(near).find(first);
        let told = told.filter(|r| r.victim_class != "combatant" && alike(&r.victim_class, &row.victim_class));
        let theirs = |f: &Filler| row.victim_actor.zip(f.actor).is_some_and(|(v, a)| same_side(scene, v, a));
        let doer = told.and_then(|r| r.perpetrator.clone()).filter(|f| !theirs(f));
        rows[n].perpetrator = doer;
    }
}

/// "seven killed in a bombardment … seven were killed in a bombardment by X"
fn told_twice(scene: &Scene<'_, '_>, rows: &mut [Casualty]) {
    let mut told: FxHashMap<(String, i64), Vec<usize>> = FxHashMap::default();
    let key = |row: &Casualty| {
        let value = row.count.value.filter(|v| *v > 1 && !row.negated && row.subset_of.is_none())?;
        is_bodily(&row.kind).then(|| (row.kind.clone(), value))
    };
    for (n, row) in rows.iter().enumerate() {
        if let Some(key) = key(row).filter(|_| row.perpetrator.is_some()) {
            told.entry(key).or_default().push(n);
        }
    }
    for n in 0..rows.len() {
        let Some(others) = key(&rows[n]).filter(|_| rows[n].perpetrator.is_none()).and_then(|k| told.get(&k)) else {
            continue;
        };
        let doer = |o: usize| rows[o].perpetrator.clone().filter(|_| is_one(scene, &rows[n], &rows[o]));
        rows[n].perpetrator = others.iter().take(FAR).find_map(|o| doer(*o));
    }
}

/// "three gunmen were killed … three of X were killed": so many fighters of one harm, told twice, are of one party.
fn party_told_again(scene: &Scene<'_, '_>, rows: &mut [Casualty]) {
    let key = |row: &Casualty| {
        let value = row.count.value.filter(|v| *v > 1 && !row.negated && row.subset_of.is_none())?;
        (is_bodily(&row.kind) && row.victim_class == "combatant").then(|| (row.kind.clone(), value))
    };
    // Two of different parties are two harms.
    let mut told: FxHashMap<(String, i64), Option<usize>> = FxHashMap::default();
    for (n, row) in rows.iter().enumerate() {
        if let Some((key, party)) = key(row).zip(row.victim_actor) {
            let one = |m: &mut Option<usize>| {
                *m = m.filter(|m| rows[*m].victim_actor.is_some_and(|a| same_side(scene, a, party)));
            };
            told.entry(key).and_modify(one).or_insert(Some(n));
        }
    }
    for n in 0..rows.len() {
        let open = rows[n].victim_actor.is_none();
        let other = key(&rows[n]).filter(|_| open).and_then(|k| told.get(&k).copied().flatten());
        if let Some(other) = other.filter(|o| is_one(scene, &rows[n], &rows[*o])) {
            rows[n].victim_actor = rows[other].victim_actor;
        }
    }
}

/// The same people in the same place, as far as both rows say.
fn is_one(scene: &Scene<'_, '_>, a: &Casualty, b: &Casualty) -> bool {
    let alike = |x: &str, y: &str| x == y || x == "unknown" || y == "unknown";
    let ground = a.place.zip(b.place).is_none_or(|(p, q)| one_ground(scene, p, q));
    let party = a.victim_actor.zip(b.victim_actor).is_none_or(|(p, q)| same_side(scene, p, q));
    alike(&a.victim_class, &b.victim_class) && ground && party && a.count.modifier == b.count.modifier
}

/// "X shelled the town. Nine civilians were killed": no other violence is told with the harm, and that of the sentence before is X's.
fn struck_before(scene: &Scene<'_, '_>, events: &[Event], row: &Casualty) -> Option<Filler> {
    let doc = scene.doc;
    let token = row.anchor.tokens.start;
    let open =
        row.perpetrator.is_none() && is_bodily(&row.kind) && !row.negated && !row.cumulative && row.subset_of.is_none();
    if !open || row.realis != "actual" {
        return None;
    }
    let sentence = doc.sentence_range(token);
    let before = doc.sentence_range(sentence.start.checked_sub(1)?);
    let at = |e: &Event| e.trigger.tokens.start;
    let violent = |e: &&Event| BLOWS.contains(&e.kind.as_str());
    let last = events.partition_point(|e| at(e) < sentence.start);
    if events[last..].iter().take(FAR).take_while(|e| at(e) < sentence.end).any(|e| violent(&e)) {
        return None;
    }
    let blow = events[..last].iter().rev().take(FAR).take_while(|e| at(e) >= before.start).find(violent)?;
    let sure = blow.realis == "actual" && !blow.negated;
    let ground = row.place.zip(blow.place).is_none_or(|(p, q)| one_ground(scene, p, q));
    // A party by name, or aircraft of which the report says no more.
    let air = |t: usize| doc.reading(t, |_, row| row.class.as_deref() == Some("air")).is_some();
    let known = |f: &Filler| match f.actor {
        Some(a) => scene.mentions.actors[a].kind != "collective",
        None => air(f.at.tokens.start),
    };
    let said = || blow.agent.clone().filter(known);
    let doer = said().or_else(|| claimed_after(scene, events, last, &blow.kind))?;
    let theirs = row.victim_actor.zip(doer.actor).is_some_and(|(v, a)| same_side(scene, v, a));
    (sure && ground && !theirs).then_some(doer)
}

/// "said that X had shelled the town and that five were killed", "after X shelled the town the ministry told of five killed":
/// the one blow of the sentence, told before the harm and on the same ground.
fn struck_here(scene: &Scene<'_, '_>, events: &[Event], row: &Casualty) -> Option<Filler> {
    let doc = scene.doc;
    let token = row.anchor.tokens.start;
    let open =
        row.perpetrator.is_none() && is_bodily(&row.kind) && !row.negated && !row.cumulative && row.subset_of.is_none();
    if !open || row.tied || row.realis != "actual" {
        return None;
    }
    let sentence = doc.sentence_range(token);
    let at = |e: &Event| e.trigger.tokens.start;
    let first = events.partition_point(|e| at(e) < sentence.start);
    let violent = |e: &&Event| BLOWS.contains(&e.kind.as_str()) || e.kind == "clash";
    let mut blows = events[first..].iter().take(FAR).take_while(|e| at(e) < sentence.end).filter(violent);
    let blow = blows.next().filter(|e| at(e) < token && e.kind != "clash")?;
    let sure = blow.realis == "actual" && !blow.negated;
    let ground = row.place.zip(blow.place).is_some_and(|(p, q)| one_ground(scene, p, q));
    let doer = blow.agent.clone().filter(|f| f.actor.is_some())?;
    let theirs = row.victim_actor.zip(doer.actor).is_some_and(|(v, a)| same_side(scene, v, a));
    (blows.next().is_none() && sure && ground && !theirs).then_some(doer)
}

/// "a bomber struck a base. Five soldiers were killed. X claimed the attack": whoever says so in one of the next sentences.
fn claimed_after(scene: &Scene<'_, '_>, events: &[Event], from: usize, kind: &str) -> Option<Filler> {
    let doc = scene.doc;
    let here = doc.sentence_of(events.get(from.checked_sub(1)?)?.trigger.tokens.start);
    let near = |e: &&Event| doc.sentence_of(e.trigger.tokens.start) <= here + CLAIMED;
    let claim = |e: &&Event| {
        let trigger = scene.trigger_at(e.trigger.tokens.start);
        let taken_up = trigger.is_some_and(|t| t.shape.is_noun() && t.reading.clitics.article);
        let source = e.attribution.and_then(|a| scene.attributions[a].source.actor);
        let own = source.zip(e.agent.as_ref().and_then(|f| f.actor)).is_some_and(|(s, a)| same_side(scene, s, a));
        taken_up && own && !e.negated
    };
    let next = events[from..].iter().take(FAR).take_while(near).find(|e| BLOWS.contains(&e.kind.as_str()))?;
    let alike = next.kind == kind || next.kind == "attack";
    Some(next).filter(claim).filter(|_| alike)?.agent.clone()
}

/// "nine were killed, two of them children"
fn of_whole(scene: &Scene<'_, '_>, rows: &mut [Casualty]) {
    for n in 0..rows.len() {
        let whole = rows[n].subset_of.filter(|w| rows[n].perpetrator.is_none() && !rows[n].negated && *w != n);
        let Some(whole) = whole.filter(|w| is_bodily(&rows[*w].kind) && is_bodily(&rows[n].kind)) else { continue };
        let theirs = |f: &Filler| rows[n].victim_actor.zip(f.actor).is_some_and(|(v, a)| same_side(scene, v, a));
        rows[n].perpetrator = rows[whole].perpetrator.clone().filter(|f| !theirs(f));
    }
}

/// "a gunman opened fire … seven were wounded": in another sentence he is the gunman, if the report calls him so.
fn called_again(scene: &Scene<'_, '_>, rows: &mut [Casualty]) {
    let doc = scene.doc;
    let word = |t: usize| people(scene, t).filter(|(r, _)| !r.features.is_several()).map(|(r, _)| r.row);
    let first = |row: &Casualty| {
        let doer = &row.perpetrator.as_ref().filter(|f| f.actor.is_none())?.at.tokens;
        let apart = doc.sentence_of(doer.start) != doc.sentence_of(row.anchor.tokens.start);
        (apart && doer.len() == 1 && !doc.is_definite(doer.start)).then_some(doer.start)
    };
    let mut again: FxHashMap<usize, Option<usize>> = FxHashMap::default();
    for row in rows.iter_mut() {
        let Some(doer) = first(row) else { continue };
        let named = *again.entry(doer).or_insert_with(|| {
            let same = |t: &usize| doc.clitics(*t).article && !doc.continues_phrase(t + 1) && word(*t) == word(doer);
            word(doer).and_then(|_| (doer + 1..doc.len().min(doer + AGAIN)).find(same))
        });
        if let Some(t) = named {
            row.perpetrator = Some(scene.phrase(t..t + 1));
        }
    }
}
