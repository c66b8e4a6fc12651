//! Places that a clause names and that are not where its deed is: where people come from, where a party stands.

use super::Scene;
use super::count::people;
use super::place::place_around;
use crate::lexicon::{List, Row};
use crate::segment::Kind;

/// Words between a party and the place where it stands: "the forces stationed in the camp of X".
const STATION: usize = 6;

/// How far before "from his house" the deed may stand.
const TAKEN: usize = 8;

/// How many sources may quote one another.
const NESTED: usize = 8;

/// How close behind the name of a speaker the place of his office may stand.
const OFFICE: usize = 6;

/// Words before the place of a time that "since" tells, and behind it up to the comma.
const SINCE: usize = 40;

/// How far before "about" the word for the talks may stand.
const TALK: usize = 5;

/// How many words a phrase may have at whose end stands where its people are from.
const HOME: usize = 4;

/// "a girl from X", "one of the sons of X": where people are from.
pub(super) fn is_home(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    let mut first = scene.place_at(token).map_or(token, |p| scene.mentions.places[p].at.tokens.start);
    let people = |t: usize| people(scene, t).is_some() && doc.clitics(t).preposition.is_none();
    while first > 0 && doc.continues_phrase(first) && doc.is_nominal(first - 1) {
        first -= 1;
        if people(first) {
            return doc.governed_by(first).is_some_and(|row| row.has_role("partitive"));
        }
    }
    let from = doc.governed_by(first).is_some_and(|row| row.has_role("origin"));
    // "ten soldiers", "one of the soldiers", "the killing of soldiers": a number or a deed before them is no noun of theirs.
    let number = |t: usize| doc.readings(t).iter().any(|r| doc.list(r) == List::Number);
    let other = |t: usize| !number(t) && scene.trigger_at(t).is_none() && !doc.is_particle(t, "one");
    let owned = |t: usize| doc.continues_phrase(t) && t > 0 && doc.is_nominal(t - 1) && other(t - 1);
    let noun = |t: usize| people(t) && !doc.is_definite(t) && !owned(t);
    // "soldiers of the mission from X": past what the noun has behind it.
    let back = |t: &usize| t.checked_sub(1).filter(|_| doc.continues_phrase(*t) && !people(*t));
    let heads = std::iter::successors(first.checked_sub(2), back).take(HOME);
    from && heads.into_iter().any(noun)
}

/// Behind "from": where something comes from, and not where it is. "In parts of X" and "in each of X and Y" is where it is.
pub(super) fn is_whence(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    let first = scene.place_at(token).map_or(token, |p| scene.mentions.places[p].at.tokens.start);
    let from = |t: usize| doc.governed_by(t).is_some_and(|row| row.has_role("origin")) && !is_part_of(scene, t);
    // "from the south of X"
    let side = || {
        let near = doc.governed_by(first).is_some_and(|row| row.has_role("place") && row.direction.is_some());
        near && doc.previous_word(first).is_some_and(from)
    };
    from(first) || side()
}

/// A place from which something comes.
pub(super) fn is_origin(scene: &Scene<'_, '_>, place: usize) -> bool {
    is_whence(scene, scene.mentions.places[place].at.tokens.start)
}

/// "in many parts of X": before "of" stands what a preposition of place brings.
fn is_part_of(scene: &Scene<'_, '_>, first: usize) -> bool {
    let doc = scene.doc;
    let of = (0..first).rev().find(|t| doc.is_particle(*t, "prep"));
    let Some(mut part) = of.and_then(|t| t.checked_sub(1)) else { return false };
    for _ in 0..3 {
        if !doc.is_word(part) || scene.place_at(part).is_some() {
            return false;
        }
        let clitic = doc.clitics(part).preposition.is_some_and(|p| doc.lexicon.is_place_clitic(p));
        if clitic || doc.governed_by(part).is_some_and(|row| row.relation.is_some() && row.has_role("place")) {
            return true;
        }
        match part.checked_sub(1) {
            Some(before) if doc.could_be_nominal(part) || doc.is_nominal(part) => part = before,
            _ => return false,
        }
    }
    false
}

/// "talks about X", "fears over X": what something is about; "fighting around X" says where.
pub(super) fn is_topic(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    let first = scene.place_at(token).map_or(token, |p| scene.mentions.places[p].at.tokens.start);
    let Some(row) = doc.governed_by(first).filter(|row| row.has_role("topic")) else { return false };
    if !row.has_role("place") {
        return row.relation.is_none() && !row.has_role("goal");
    }
    let words = |t: &usize| doc.is_word(*t) && !doc.is_finite(*t);
    let speaks = |t: usize| {
        let event = scene.trigger_at(t).and_then(|x| x.frame.event.as_deref());
        matches!(event, Some("talks" | "agreement" | "breakdown"))
    };
    (first.saturating_sub(TALK)..first).rev().skip(1).take_while(words).any(speaks)
}

/// "across the border in X": what is passed, where X is named right behind it.
pub(super) fn is_passed(scene: &Scene<'_, '_>, token: usize) -> bool {
    let Some(place) = scene.place_at(token) else { return false };
    let path = |row: &Row| row.has_role("path");
    let first = scene.mentions.places[place].at.tokens.start;
    scene.doc.governed_by(first).is_some_and(path) && place_around(scene, place).is_some()
}

/// "the forces stationed in X shelled …": where a party stands, and not what happens.
pub(super) fn is_station(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    let first = scene.place_at(token).map_or(token, |p| scene.mentions.places[p].at.tokens.start);
    let stationed = |t: usize| {
        doc.reading(t, |r, row| r.clitics.article && row.class.as_deref() == Some("stationed")).is_some()
            && doc.clitics(t).conjunction.is_none()
    };
    let within = (first.saturating_sub(STATION)..first).rev();
    let mut within = within.take_while(|t| doc.is_word(*t) && doc.clitics(*t).conjunction.is_none());
    let Some(verbal) = within.find(|t| stationed(*t) || doc.is_finite(*t)) else { return false };
    let force = |t: usize| {
        doc.reading(t, |_, row| row.class.as_deref() == Some("force")).is_some() || people(scene, t).is_some()
    };
    let party = |t: usize| scene.place_at(t).is_none() && (scene.mention_end(t) == Some(verbal) || force(t));
    stationed(verbal) && verbal.checked_sub(1).is_some_and(party)
}

/// "shelled it from its positions in X": whence somebody strikes, and not what is struck.
pub(super) fn is_fired_from(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    let first = scene.place_at(token).map_or(token, |p| scene.mentions.places[p].at.tokens.start);
    let own = |t: &usize| doc.is_word(*t) && !doc.is_finite(*t) && scene.place_at(*t).is_none();
    let within = (first.saturating_sub(STATION)..first).rev().take_while(own);
    let from = within.into_iter().find(|t| doc.particle(*t, "prep").is_some_and(|row| row.has_role("origin")));
    let Some(post) = from.map(|t| t + 1).filter(|t| *t + 1 < first) else { return false };
    // "kidnapped from his house in X", "as he left his house in X": where that was.
    let nearest = (post.saturating_sub(TAKEN)..post).rev().find_map(|t| scene.trigger_at(t));
    let leaves = |e: &str| matches!(e, "abduction" | "arrest" | "displacement" | "retreat");
    if nearest.and_then(|t| t.frame.event.as_deref()).is_some_and(leaves) {
        return false;
    }
    let theirs = doc.readings(post).iter().any(|r| r.pronoun.is_some());
    let held = doc.reading(post, |_, row| row.class.as_deref() == Some("building")).is_some();
    held && (theirs || scene.actor_at(post + 1).is_some())
}

/// "Since the attack on X, …": a place of the time that is told, before the comma that ends it.
pub(super) fn is_since(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    let start = doc.sentence_range(token).start;
    let words =
        (start..token).rev().take(SINCE).take_while(|t| doc.is_word(*t) || doc.kind(*t).is_some_and(Kind::is_quote));
    let since = |row: &Row| row.has_role("since");
    let opens = words.into_iter().find(|t| doc.particle(*t, "prep").is_some_and(since));
    let comma =
        || (token..doc.sentence_range(token).end).take(SINCE).find(|t| !doc.is_word(*t) && scene.time_at(*t).is_none());
    opens.is_some_and(|t| t <= start + 1) && comma().is_some_and(|t| doc.kind(t) == Some(Kind::Comma))
}

/// "a day after the retreat of X from Y": a deed of another time, measured from this one.
pub(super) fn is_later_deed(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    let deed = scene.trigger_at(token).is_some_and(|t| t.shape.is_noun() && t.frame.event.is_some());
    let measured = |t: usize| doc.is_preposition(t) && t.checked_sub(1).is_some_and(|p| scene.time_at(p).is_some());
    let timed = || {
        let time = token.checked_sub(2).and_then(|t| scene.time_at(t))?;
        let first = scene.mentions.times[time].tokens.start;
        let timely =
            |t: usize| doc.particle(t, "prep").is_some_and(|row| row.has_role("time") && !row.has_role("place"));
        Some(timely(first) || first.checked_sub(1).is_some_and(timely))
    };
    deed && token.checked_sub(1).is_some_and(measured) && timed() == Some(true)
}

/// Told by somebody else, or about the telling: the place stands in other words than the deed. What the words of an outer source
/// name holds for those that they quote, and so does what stands before all of it or behind the name of who says it.
pub(super) fn is_in_other_words(scene: &Scene<'_, '_>, place: usize, deed: usize) -> bool {
    let (there, here) = (scene.source_of(place), scene.source_of(deed));
    let speaker = |a: usize| &scene.attributions[a].source;
    let one = |a: usize, b: usize| {
        speaker(a).at == speaker(b).at || speaker(a).actor.is_some_and(|x| speaker(b).actor == Some(x))
    };
    let Some(mut told) = here else { return there.is_some() };
    if there.is_some_and(|t| one(t, told)) {
        return false;
    }
    let mut outer = Some(told);
    for _ in 0..NESTED {
        if outer == there {
            break;
        }
        let Some(by) = outer else { return true };
        told = by;
        outer = scene.attributions[by].parent;
    }
    // "In X, officials said that …"
    there.is_none() && place > scene.attributions[told].cue.tokens.start && !is_office(scene, told, place)
}

/// "said the chief of police in X that": where the speaker holds office, right behind his name.
fn is_office(scene: &Scene<'_, '_>, attribution: usize, place: usize) -> bool {
    let doc = scene.doc;
    let end = scene.attributions[attribution].source.at.tokens.end;
    let first = scene.place_at(place).map_or(place, |p| scene.mentions.places[p].at.tokens.start);
    let prepositions = (end..first).filter(|t| doc.is_preposition(*t)).count();
    let words = |t: usize| doc.is_word(t) && (doc.is_preposition(t) || !doc.is_finite(t) || doc.could_be_nominal(t));
    (end..end + OFFICE).contains(&first) && prepositions <= 1 && (end..first).all(words)
}
