//! Where something happens: the place that stands in the clause of the trigger.

use super::Scene;
use super::clause::Link;
use super::elsewhere::{
    is_fired_from, is_home, is_in_other_words, is_later_deed, is_passed, is_since, is_station, is_whence,
};
use super::event::VIOLENCE;
use super::journey::is_outing;
use super::other_deed::{is_of_another_deed, is_told_as_time};
use super::place_lent::{failed_at, gone_to, lent, signed_at};
use super::place_taken_up::place_then;
use super::told::described_violence;
use super::topic::{is_dateline, topic};
use super::trigger::{Shape, Trigger};
use crate::lexicon::{List, Reading, Referent, Row};
use crate::mention::Place;
use crate::segment::Kind;

/// Places that are looked through for the one that a noun means.
const RECENT: usize = 32;

/// What goes somewhere, so that its goal is where it happens.
const MOVES: [&str; 4] = ["advance", "deployment", "displacement", "retreat"];

/// How far before its goal the word for a road may stand.
const ROAD: usize = 5;

/// How far before its goal the word for a movement may stand.
const GOES: usize = 10;

/// Words that may open a clause before its subject.
const OPENS: usize = 4;

/// How far from a deed the only chain of places of its sentence may stand.
const NEAR: usize = 48;

/// Places that one chain may have.
const CHAIN: usize = 4;

/// How far behind the trigger its place may stand.
pub(super) const FAR: usize = 60;

/// The place of an event: one that its own words give, that its clause gives, or the only one of the sentence.
pub fn place_of_event(scene: &Scene<'_, '_>, trigger: &Trigger<'_>, own: Option<usize>) -> Option<usize> {
    // "talks by telephone" are nowhere.
    let remote = |r: &Reading, row: &Row| row.class.as_deref() == Some("remote") && r.pronoun.is_none();
    let nowhere = trigger.shape.is_noun() && scene.doc.reading(trigger.token + 1, remote).is_some();
    if own.is_some() || nowhere || trigger.frame.place.as_deref() == Some("own") {
        return signed_at(scene, trigger).filter(|_| !nowhere).or(own);
    }
    // "days after the kidnapping of X", "in answer to the killing of X": where that was, its own words say.
    if is_told_as_time(scene, trigger.token) {
        return behind(scene, trigger);
    }
    let reason = |row: &Row| row.has_role("cause") && !row.has_role("time") && !row.has_role("place");
    if trigger.shape.is_noun() && scene.doc.governed_by(trigger.token).is_some_and(reason) {
        return behind(scene, trigger);
    }
    besieged(scene, trigger)
        .or_else(|| failed_at(scene, trigger))
        .or_else(|| behind(scene, trigger).filter(|p| !is_of_doers(scene, trigger, *p)))
        .or_else(|| {
            before(scene, trigger.token).filter(|p| !points_back(scene, trigger.token) || is_fronted(scene, *p))
        })
        .or_else(|| described(scene, trigger.token))
        .or_else(|| joined(scene, trigger))
        .or_else(|| lent(scene, trigger))
        .or_else(|| gone_to(scene, trigger))
        .or_else(|| place_then(scene, trigger.token))
        .or_else(|| only_place(scene, trigger.token))
        .or_else(|| topic(scene, trigger.token).filter(|_| !points_back(scene, trigger.token)))
}

/// "the hospital of X in Y": the place right behind a site, by a preposition of place.
pub(super) fn place_around(scene: &Scene<'_, '_>, site: usize) -> Option<usize> {
    let doc = scene.doc;
    let end = scene.mentions.places[site].at.tokens.end;
    let limit = doc.sentence_range(end.min(doc.len() - 1)).end;
    let inside = |row: &Row| row.relation.as_deref() == Some("in");
    let brought = doc.particle(end, "prep").is_some_and(inside) || (end < limit && led(scene, end));
    let next = end + usize::from(doc.is_preposition(end));
    (next..limit.min(next + 2)).find_map(|t| scene.place_at(t)).filter(|p| brought && *p != site)
}

/// A glued preposition of place before the name.
pub(super) fn led(scene: &Scene<'_, '_>, token: usize) -> bool {
    scene.doc.clitics(token).preposition.is_some_and(|p| scene.doc.lexicon.is_place_clitic(p))
}

/// The place that the clause describes: "the town that they stormed", "the town, where …".
pub(super) fn described(scene: &Scene<'_, '_>, token: usize) -> Option<usize> {
    let clause = scene.clauses.at(token)?;
    let before = scene.doc.previous_word(clause.start)?;
    let doc = scene.doc;
    let comma = doc.kind(before) == Some(Kind::Comma);
    let mut head = if comma { before.checked_sub(1)? } else { before };
    // "the two northern villages of X, where"
    while scene.whereabouts(head).is_none() && doc.clitics(head).article && doc.continues_phrase(head) {
        head = head.checked_sub(1)?;
    }
    // "X and Y, where": both, of which the first stands for them.
    while let Some(before) = head.checked_sub(1) {
        let first = scene.place_at(head).map_or(head, |p| scene.mentions.places[p].at.tokens.start);
        if doc.clitics(first).conjunction.is_none() || scene.place_at(before).is_none() {
            break;
        }
        head = before;
    }
    let describes = matches!(clause.link, Link::Where | Link::Relative);
    // "Moscow, which denies": the state, and not where.
    let says = |row: &Row| row.cue.is_some();
    let speaks = |v: usize| doc.reading(v, |r, row| r.features.category.is_finite() && says(row)).is_some();
    let speaks = clause.verb.is_some_and(|v| speaks(v) && scene.subject_behind(v).is_none());
    if describes && !(speaks && clause.link == Link::Relative) {
        let found = scene.first_of_chain(head, doc.sentence_range(token).start);
        found.or_else(|| counted_in(scene, clause.link, clause.parent, clause.verb))
    } else {
        None
    }
}

/// "X was hit worst, where it recorded five dead": the place that is the subject of both.
fn counted_in(scene: &Scene<'_, '_>, link: Link, outer: Option<usize>, verb: Option<usize>) -> Option<usize> {
    let doc = scene.doc;
    let outer = outer.filter(|_| link == Link::Where)?;
    let light = |r: &Reading, row: &Row| r.features.category.is_finite() && row.frame.as_deref() == Some("light");
    let verb = verb.filter(|v| doc.reading(*v, light).is_some() && scene.subject_behind(*v).is_none())?;
    let start = scene.clauses.get(outer)?.start;
    let mut first = (start..verb.min(start + OPENS)).filter_map(|t| scene.place_at(t));
    let place = first.next()?;
    let at = scene.mentions.places[place].head.unwrap_or(scene.mentions.places[place].at.tokens.start);
    (doc.clitics(at).preposition.is_none() && doc.governed_by(at).is_none()).then_some(place)
}

/// "in X they …, and fought …": the place of the clause that a verb goes on with.
fn joined(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> Option<usize> {
    let mut clause = scene.clauses.of(trigger.token);
    if scene.clauses.get(clause)?.verb != Some(trigger.token) {
        return None;
    }
    for _ in 0..3 {
        let here = scene.clauses.get(clause)?;
        let outer = here.parent.filter(|_| here.link == Link::Joined)?;
        let start = scene.clauses.get(outer)?.start;
        let usable = |t: &usize| {
            scene.clauses.of(*t) == outer
                && scene.whereabouts(*t).is_some()
                && !is_in_other_words(scene, *t, trigger.token)
                && !scene.in_source(*t)
                && scene.locates(*t)
        };
        if let Some(found) = (start..here.start).rev().find(usable) {
            return scene.first_of_chain(found, start);
        }
        // "the hospital, which they stormed, and arrested": the place that both describe.
        if let Some(place) = described(scene, scene.clauses.get(outer)?.verb?) {
            return Some(place);
        }
        clause = outer;
    }
    None
}

/// The place of the sentence, if it has but one: named, or meant by a noun ("the camp") where none is named.
fn only_place(scene: &Scene<'_, '_>, token: usize) -> Option<usize> {
    if points_back(scene, token) {
        return None;
    }
    let sentence = scene.doc.sentence_range(token);
    let places = &scene.mentions.places;
    let first = places.partition_point(|p| p.at.tokens.start < sentence.start);
    let mut found = (first..places.len()).take_while(|p| places[*p].at.tokens.start < sentence.end);
    let Some(only) = found.next() else {
        let country = |p: &usize| places[*p].kind == "country";
        let meant = sentence.filter_map(|t| Some((t, scene.whereabouts(t)?)));
        let own = meant.filter(|(t, _)| !scene.in_source(*t) && !is_in_other_words(scene, *t, token));
        let mut meant = own.map(|(_, p)| p).filter(|p| !country(p));
        let only = meant.next()?;
        return meant.all(|p| p == only).then_some(only);
    };
    let start = places[only].at.tokens.start;
    // "the raids of X since the entry of Y into Z": where the other was.
    let violent = |t: &Trigger<'_>| t.shape.is_noun() && t.is_violent();
    let fired = is_fired_from(scene, start) && scene.trigger_at(token).is_some_and(Trigger::is_violent);
    let earlier = |t: usize| is_behind(scene, t, &["since", "until", "cause"]) && is_other_deed(scene, t);
    let other = scene.trigger_at(token).is_some_and(violent) && (token + 1..start).any(earlier);
    // "no word came from X, which denies …": where other words come from.
    let leaving = scene.trigger_at(token).is_some_and(leaves) && scene.clauses.of(start) == scene.clauses.of(token);
    let whence = is_whence(scene, start) && !leaving;
    let whither = scene.trigger_at(token).is_some_and(|t| is_whither(scene, t, start));
    let elsewhere = whence
        || whither
        || fired
        || is_dateline(scene, only)
        || is_in_other_words(scene, start, token)
        || is_home(scene, start)
        || is_of_another_deed(scene, start, token)
        || start < token && is_since(scene, start);
    // "in the province of X in the middle of Y": one.
    let deed = scene.trigger_at(token).and_then(|t| t.frame.event.as_deref());
    let done = deed.is_some_and(|e| {
        VIOLENCE.contains(&e) || matches!(e, "arrest" | "abduction" | "clash" | "protest" | "displacement")
    });
    let near = done && start.abs_diff(token) < NEAR;
    let chained = |p: usize| near && scene.first_of_chain(places[p].at.tokens.start, sentence.start) == Some(only);
    (found.take(CHAIN).all(chained) && !other && !elsewhere && !scene.in_source(start) && scene.locates(start))
        .then_some(only)
}

/// "the besieged X": the place that the participle describes.
fn besieged(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> Option<usize> {
    let before = trigger.token.checked_sub(1).filter(|_| trigger.shape == Shape::PassiveParticiple)?;
    let place = scene.place_at(before).filter(|_| trigger.reading.clitics.article)?;
    (scene.mentions.places[place].at.tokens.end == trigger.token).then_some(place)
}

/// "the perpetrators of the attack south of X": where they are, and not where it was.
fn is_of_doers(scene: &Scene<'_, '_>, trigger: &Trigger<'_>, place: usize) -> bool {
    let doc = scene.doc;
    // "the man behind the attack that killed ten in X": where it was.
    if scene.clauses.of(scene.mentions.places[place].at.tokens.start) != scene.clauses.of(trigger.token) {
        return false;
    }
    let known = trigger.shape.is_noun() && trigger.reading.clitics.article;
    let doer = |r: &Reading, _: &Row| {
        r.features.category == crate::morph::Category::ActiveParticiple && !r.clitics.article && r.pronoun.is_none()
    };
    let before = trigger.token.checked_sub(1).filter(|t| known && doc.is_word(*t));
    before.is_some_and(|t| doc.continues_phrase(trigger.token) && doc.reading(t, doer).is_some())
}

/// "captured the only road to X", "which went on to X": where somebody goes, and nothing that happens. "The fighting reached X"
/// and "on the road to X" say where.
fn is_whither(scene: &Scene<'_, '_>, trigger: &Trigger<'_>, token: usize) -> bool {
    let doc = scene.doc;
    let moves = trigger.frame.event.as_deref().is_some_and(|e| MOVES.contains(&e));
    let to = |p: usize| scene.mentions.places[p].relation.as_deref() == Some("to");
    if moves || !scene.place_at(token).is_some_and(to) {
        return false;
    }
    let verb = doc.previous_word(trigger.token).filter(|v| doc.is_finite(*v) && !doc.could_be_nominal(*v));
    let reaches = trigger.shape.is_noun() && token > trigger.token && verb.is_some();
    let taken = trigger.frame.event.as_deref() == Some("capture");
    let road = |t: usize| {
        let led = doc.governed_by(t).is_some_and(|row| row.has_role("place") && row.relation.as_deref() != Some("to"));
        led && doc.reading(t, |r, row| r.clitics.article && row.class.as_deref() == Some("road")).is_some()
    };
    !reaches && (taken || !(token.saturating_sub(ROAD)..token).any(road))
}

/// Whence somebody goes is where it happens.
fn leaves(trigger: &Trigger<'_>) -> bool {
    matches!(trigger.frame.event.as_deref(), Some("displacement" | "retreat"))
}

/// The first place behind the trigger, before anything else that happens.
fn behind(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> Option<usize> {
    let doc = scene.doc;
    let clause = scene.clauses.of(trigger.token);
    let end = doc.sentence_range(trigger.token).end.min(trigger.token + FAR);
    let known = trigger.is_violent() && points_back(scene, trigger.token);
    let mut t = trigger.token + 1;
    while t < end {
        let here = scene.clauses.of(t);
        if !scene.clauses.holds(clause, here) && !tells_outcome(scene, trigger, here) {
            return None;
        }
        // "and killed ten in X": what came of it.
        let outcome = scene.clauses.get(here).and_then(|c| c.verb) == Some(t) && tells_outcome(scene, trigger, here);
        let opens = here != clause && !outcome && scene.clauses.at(t).is_some_and(|c| c.start == t);
        if opens && !describes(scene, trigger, t) {
            // Describes another noun: past it, if the clause goes on.
            t = (t + 1..end).find(|n| scene.clauses.of(*n) == clause)?;
            continue;
        }
        if scene.whereabouts(t).is_some() {
            let genitive = t == trigger.token + 1 && trigger.shape.is_noun();
            let flees = trigger.frame.event.as_deref() == Some("displacement");
            let whence = !flees && is_home(scene, t) || !leaves(trigger) && is_whence(scene, t);
            let elsewhere = whence
                || is_station(scene, t)
                || is_passed(scene, t)
                || is_of_another_deed(scene, t, trigger.token)
                || trigger.is_violent() && is_fired_from(scene, t)
                || is_whither(scene, trigger, t);
            if !elsewhere && !scene.in_source(t) && (genitive || scene.locates(t)) {
                return scene.first_of_chain(t, trigger.token + 1);
            }
        }
        let next = t == trigger.token + 1;
        let follows = !outcome && (!next || takes_place(scene, trigger, t));
        if follows && is_apart(scene, t) && !is_alike(scene, trigger, t) {
            return None;
        }
        if known && !next && is_other_deed(scene, t) && !is_alike(scene, trigger, t) {
            return None;
        }
        t += 1;
    }
    None
}

/// "the attack that X claimed and that killed ten in Y": what describes the noun goes on with what came of it.
fn tells_outcome(scene: &Scene<'_, '_>, trigger: &Trigger<'_>, clause: usize) -> bool {
    let Some(here) = scene.clauses.get(clause).filter(|c| c.link == Link::Joined) else { return false };
    let results = |verb: usize| {
        let result = scene.doc.reading(verb, |_, row| row.frame.as_deref() == Some("result")).is_some();
        result || scene.trigger_at(verb).is_some_and(|t| t.frame.harm.is_some() && t.frame.event.is_none())
    };
    let relative = here.parent.filter(|p| scene.clauses.get(*p).is_some_and(|c| c.link == Link::Relative));
    trigger.shape.is_noun()
        && here.verb.is_some_and(results)
        && relative.and_then(|p| scene.described_noun(p)).is_some_and(|f| f.at.tokens.contains(&trigger.token))
}

/// A relative clause that describes the trigger: no other mention stands between.
fn describes(scene: &Scene<'_, '_>, trigger: &Trigger<'_>, start: usize) -> bool {
    let clause = scene.clauses.of(start);
    let own = || scene.described_noun(clause).is_some_and(|f| f.at.tokens.contains(&trigger.token));
    let tells = || {
        let verb = scene.clauses.get(clause).and_then(|c| c.verb);
        verb.and_then(|v| described_violence(scene, v)) == Some(trigger.token)
    };
    let bare = || (trigger.token + 1..start).all(|t| scene.mention_end(t).is_none());
    trigger.shape.is_noun() && (bare() || own() || tells())
}

/// "an attack and strikes in X": violence told in one breath is in one place.
fn is_alike(scene: &Scene<'_, '_>, trigger: &Trigger<'_>, t: usize) -> bool {
    let violent = |x: &Trigger<'_>| x.shape.is_noun() && x.is_violent();
    let joined = scene.doc.clitics(t).conjunction.is_some();
    joined && violent(trigger) && scene.trigger_at(t).is_some_and(violent)
}

/// Something else that happens begins here: joined by "and", or told as before or after.
fn is_apart(scene: &Scene<'_, '_>, t: usize) -> bool {
    let doc = scene.doc;
    // "dozens of dead and wounded": people, and nothing that happens.
    let happens = |x: &Trigger<'_>| x.frame.event.is_some() || x.frame.harm.is_some() && x.shape != Shape::Noun;
    if !scene.trigger_at(t).is_some_and(|x| happens(x) && !is_outing(scene, x)) {
        return false;
    }
    doc.clitics(t).conjunction.is_some()
        || is_behind(scene, t, &["time", "since", "until", "cause"])
        || is_later_deed(scene, t)
}

/// Behind a preposition of one of these roles that is none of place.
fn is_behind(scene: &Scene<'_, '_>, t: usize, roles: &[&str]) -> bool {
    let other = |row: &Row| roles.iter().any(|r| row.has_role(r)) && !row.has_role("place");
    scene.doc.governed_by(t).is_some_and(other)
}

/// "advance and the capture of X": the place is what the second deed takes.
fn takes_place(scene: &Scene<'_, '_>, trigger: &Trigger<'_>, t: usize) -> bool {
    let taking = |x: &Trigger<'_>| matches!(x.frame.event.as_deref(), Some("capture" | "advance" | "siege"));
    scene.trigger_at(t).is_some_and(|x| taking(x) && x.frame.event != trigger.frame.event)
}

/// "the attack came on the eve of the arrival of …": a noun of another deed, whose place is its own.
pub(super) fn is_other_deed(scene: &Scene<'_, '_>, t: usize) -> bool {
    scene.trigger_at(t).is_some_and(|x| x.shape.is_noun() && x.frame.event.is_some())
}

/// The nearest place before a token in its clause that a preposition of place brings.
fn before(scene: &Scene<'_, '_>, token: usize) -> Option<usize> {
    let clause = scene.clauses.of(token);
    let start = scene.clauses.get(clause)?.start;
    let found = (start..token).rev().filter(|t| scene.clauses.of(*t) == clause).find(|t| {
        let elsewhere = is_whence(scene, *t)
            || is_fired_from(scene, *t)
            || is_since(scene, *t)
            || is_of_another_deed(scene, *t, token)
            || is_errand(scene, token, *t)
            || is_in_other_words(scene, *t, token);
        scene.whereabouts(*t).is_some() && !scene.in_source(*t) && scene.locates(*t) && !elsewhere
    })?;
    scene.first_of_chain(found, start)
}

/// "stopped its flights to X after an attack": where a journey goes that is not made; where troops go there is fighting.
fn is_errand(scene: &Scene<'_, '_>, token: usize, place: usize) -> bool {
    let after = is_behind(scene, token, &["time", "since", "until", "cause"]);
    let noun = |x: &Trigger<'_>| x.shape.is_noun() && x.reading.pronoun.is_none() && is_whither(scene, x, place);
    let mover = (place.saturating_sub(GOES)..place).rev().find_map(|t| {
        let event = scene.trigger_at(t).and_then(|x| x.frame.event.as_deref());
        event.filter(|e| MOVES.contains(e))
    });
    // "fled to X, and ten were taken": where they went.
    let elsewhere = match mover {
        Some(event) => matches!(event, "displacement" | "retreat"),
        None => after,
    };
    elsewhere && scene.trigger_at(token).is_some_and(noun)
}

/// "the protest": told of before, and not where the rest of the sentence is.
fn points_back(scene: &Scene<'_, '_>, token: usize) -> bool {
    // "their attack": whose, and not where; "its" may be the place's.
    let theirs = |t: &Trigger<'_>| t.reading.pronoun.is_some_and(|p| p.number == Some(crate::segment::Number::Plural));
    let known = |t: &Trigger<'_>| t.shape.is_noun() && (t.reading.clitics.article || theirs(t));
    scene.trigger_at(token).is_some_and(known)
}

/// "In X, …": a place before all else in its sentence.
fn is_fronted(scene: &Scene<'_, '_>, place: usize) -> bool {
    let doc = scene.doc;
    let tokens = &scene.mentions.places[place].at.tokens;
    let start = doc.sentence_range(tokens.start).start;
    let led = doc.is_preposition(start) || doc.clitics(start).preposition.is_some();
    led && tokens.start <= start + 2 && doc.kind(tokens.end) == Some(Kind::Comma)
}

/// The place that a definite noun alone stands for: the last one named before that the noun could be said of.
pub(super) fn place_meant(scene: &Scene<'_, '_>, token: usize) -> Option<usize> {
    let doc = scene.doc;
    if !doc.is_word(token) || !doc.clitics(token).article || scene.mention_end(token).is_some() {
        return None;
    }
    let (reading, head) = doc.reading(token, |r, row| {
        r.clitics.article
            && (doc.list(r) == List::Head && row.kind.is_some() && row.alone != Some(false)
                || matches!(row.class.as_deref(), Some("country" | "capital")))
    })?;
    let places = &scene.mentions.places;
    let earlier = &places[..places.partition_point(|p| p.at.tokens.start < token)];
    if head.class.as_deref() == Some("country") {
        // "abroad"
        if doc.governed_by(token).is_some_and(|row| row.has_role("outside")) {
            return None;
        }
        return country_meant(scene, earlier.len());
    }
    if head.class.as_deref() == Some("capital") {
        return capital_meant(scene, token, earlier);
    }
    if reading.features.is_several() {
        return None;
    }
    let kind = head.kind.as_deref()?;
    let head_of = |t: usize| doc.readings(t).iter().any(|r| r.row == reading.row);
    // "the old city" is a part of the city, and called so by all its words.
    let called = |p: &Place| head_of(p.at.tokens.start) && p.kind == kind || p.head.is_some_and(head_of);
    let fits = |p: &Place| called(p) || head.strip && p.kind == kind;
    // A governorate that the sentence names has a city of its name.
    let start = doc.sentence_range(token).start;
    let here = |p: &Place| p.at.tokens.start >= start;
    let seat = |p: &Place| {
        p.kind == "region"
            && p.head.is_some_and(|h| doc.reading(h, |_, row| row.kind.as_deref() == Some("region")).is_some())
    };
    let unnamed = head.strip && kind == "city" && !earlier.iter().any(|p| here(p) && fits(p));
    if unnamed && let Some(n) = earlier.iter().rposition(|p| here(p) && seat(p)) {
        return Some(n);
    }
    // The one that the report is about: named most often of late, the last of several.
    let recent = earlier.len().saturating_sub(RECENT)..earlier.len();
    let words = |p: &Place| &doc.text[p.at.span.range()];
    let same = |a: &Place, b: &Place| if a.row.is_some() { a.row == b.row } else { words(a) == words(b) };
    let times = |p: &Place| earlier[recent.clone()].iter().filter(|e| same(e, p)).count();
    // "the police of the governorate of X …, in parts of the governorate": the one that the sentence names.
    let mut near = recent.clone().filter(|n| kind == "region" && here(&earlier[*n]) && fits(&earlier[*n]));
    if let Some(own) = near.next().filter(|n| near.all(|m| same(&earlier[m], &earlier[*n]))) {
        return Some(own);
    }
    // One that the report calls so goes before one that only could be.
    recent.clone().filter(|n| fits(&earlier[*n])).max_by_key(|n| (called(&earlier[*n]), times(&earlier[*n])))
}

/// "the capital", "the Syrian capital": the last one named before, of the country that its adjective says.
fn capital_meant(scene: &Scene<'_, '_>, token: usize, earlier: &[Place]) -> Option<usize> {
    let doc = scene.doc;
    let of = doc.is_demonym(token + 1).and_then(|d| d.country.clone());
    let capital = |r: &Referent| matches!(r, Referent::Capital(_));
    let named = |p: &Place| doc.names_at(p.at.tokens.start).iter().any(|n| n.referents.iter().any(capital));
    let country = |p: &Place| p.row.and_then(|row| doc.lexicon.places[row as usize].country.clone());
    let recent = earlier.len().saturating_sub(RECENT)..earlier.len();
    let fits = |n: &usize| named(&earlier[*n]) && (of.is_none() || of == country(&earlier[*n]));
    // "the capital X": X.
    let follows = scene.place_at(token + 1).or_else(|| scene.place_at(token + 2)).is_some();
    recent.rev().find(fits).filter(|_| !follows)
}

/// "the clashes there": the last place told of before, in this sentence or the one before it. Where it is said that there is
/// something, no place is meant.
pub(super) fn there_meant(scene: &Scene<'_, '_>, token: usize) -> Option<usize> {
    let doc = scene.doc;
    let there = doc.particle(token, "dem").is_some_and(|row| row.place && row.has_role("exists"));
    let next = token + 1;
    let over =
        !doc.is_word(next) || doc.is_function_word(next) || !doc.clitics(next).is_empty() && !doc.clitics(next).article;
    let before = doc.previous_word(token)?;
    let copula =
        doc.is_any_particle(before, ["comp", "neg", "aux", "conj"]) || doc.clitics(token).conjunction.is_some();
    // "and ten were killed there"
    let happens = doc.is_finite(before);
    if !there || !(over || happens) || copula || before + 1 != token {
        return None;
    }
    let here = doc.sentence_of(token);
    let places = &scene.mentions.places;
    let earlier = (0..places.partition_point(|p| p.at.tokens.start < token)).rev();
    let start = |p: usize| places[p].at.tokens.start;
    let mut near = earlier.take(RECENT).take_while(|p| doc.sentence_of(start(*p)) + 1 >= here);
    let found = near.find(|p| scene.locates(start(*p)))?;
    scene.first_of_chain(start(found), doc.sentence_range(start(found)).start)
}

/// How much ground a place covers, by its kind; a quarter or a named area is less than a city.
pub(super) fn width(scene: &Scene<'_, '_>, place: usize) -> u8 {
    let place = &scene.mentions.places[place];
    match place.kind.as_str() {
        "region" if place.head == Some(place.at.tokens.start) => 0,
        "country" => 3,
        "region" | "natural" => 2,
        "city" => 1,
        _ => 0,
    }
}

/// The more specific of two places.
pub(super) fn narrower(scene: &Scene<'_, '_>, a: Option<usize>, b: Option<usize>) -> Option<usize> {
    match (a, b) {
        (Some(x), Some(y)) => Some(if width(scene, y) < width(scene, x) { y } else { x }),
        _ => a.or(b),
    }
}

/// "the country": of those named, the one in which most of the places around lie.
fn country_meant(scene: &Scene<'_, '_>, before: usize) -> Option<usize> {
    let lexicon = scene.doc.lexicon;
    let places = &scene.mentions.places;
    let around = before.saturating_sub(RECENT)..places.len().min(before + RECENT);
    let code = |n: usize| places[n].row.and_then(|row| lexicon.places[row as usize].country.as_deref());
    let lie = |country: &str| around.clone().filter(|n| code(*n) == Some(country)).count();
    let country = |n: &usize| places[*n].kind == "country";
    // The last of those that are named as often.
    let earlier = around.start..before.min(around.end);
    let best = |range: std::ops::Range<usize>| range.filter(country).max_by_key(|n| code(*n).map_or(0, lie));
    best(earlier).or_else(|| best(before..around.end).or_else(|| places.iter().position(|p| p.kind == "country")))
}
