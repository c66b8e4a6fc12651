//! Where a noun phrase ends: with its genitive, its adjectives, a mention as a whole.

use super::Scene;
use super::apart::is_apart;
use super::count::people;
use super::slots::is_noun;
use crate::lexicon::{List, Reading, Row};
use crate::mention::QuantityKind;
use crate::morph::Category;
use crate::segment::Kind;

/// An indefinite noun of violence.
fn is_deed(scene: &Scene<'_, '_>, at: usize) -> bool {
    !scene.doc.is_definite(at) && scene.trigger_at(at).is_some_and(|t| t.shape.is_noun() && t.is_violent())
}

/// An adjective of whatever kind, and no noun.
fn is_adjective(scene: &Scene<'_, '_>, at: usize) -> bool {
    let doc = scene.doc;
    let readings = doc.readings(at);
    !readings.is_empty() && readings.iter().all(|r| matches!(doc.list(r), List::Demonym | List::Adjective))
}

/// "and led to", written like a valley.
pub(super) fn leads_to(scene: &Scene<'_, '_>, at: usize) -> bool {
    let results = |r: &Reading, row: &Row| {
        r.features.category.is_finite() && r.clitics.conjunction.is_some() && row.frame.as_deref() == Some("result")
    };
    scene.doc.is_preposition(at + 1) && scene.doc.reading(at, results).is_some()
}

/// "went off, leaving five dead": what came of it, and nothing that is hit.
pub(super) fn is_leaving(scene: &Scene<'_, '_>, at: usize) -> bool {
    let results = |r: &Reading, row: &Row| {
        r.features.category == Category::ActiveParticiple && row.frame.as_deref() == Some("result")
    };
    // "a post" is written like "causing".
    let thing = scene.doc.is_category(at, Category::Noun);
    !thing && scene.doc.clitics(at).is_empty() && scene.doc.reading(at, results).is_some()
}

/// "fired rockets, hitting the troops of X": whom a deed aims at, told by a participle.
pub(super) fn is_aiming(scene: &Scene<'_, '_>, at: usize) -> bool {
    let aims = |r: &Reading, row: &Row| {
        r.features.category == Category::ActiveParticiple && row.has_role("targets") && r.pronoun.is_none()
    };
    let clitics = scene.doc.clitics(at);
    let bare = !clitics.article && clitics.preposition.is_none() && clitics.conjunction.is_none();
    bare && scene.doc.reading(at, aims).is_some()
}

/// A building, a road, a vehicle: no adjective, though one may be written alike.
fn is_thing(scene: &Scene<'_, '_>, at: usize) -> bool {
    let thing = |r: &Reading, row: &Row| {
        r.features.category == Category::Noun && matches!(row.class.as_deref(), Some("building" | "road" | "vehicle"))
    };
    !scene.doc.is_definite(at) && scene.doc.reading(at, thing).is_some()
}

/// "a gunman": described, and of nobody and nothing.
fn is_fighter(scene: &Scene<'_, '_>, at: usize) -> bool {
    let doc = scene.doc;
    !doc.is_definite(at) && doc.readings(at).iter().any(|r| doc.list(r) == List::Collective)
}

/// The holder of an office, told with what it is of.
fn is_office(scene: &Scene<'_, '_>, at: usize) -> bool {
    let doc = scene.doc;
    let one = |r: &Reading, _: &Row| doc.list(r) == List::Title && !r.features.is_several();
    doc.continues_phrase(at + 1) && doc.reading(at, one).is_some()
}

/// An indefinite adjective, though a participle is written alike.
fn is_told_of(scene: &Scene<'_, '_>, at: usize) -> bool {
    let doc = scene.doc;
    let adjective = |r: &Reading| matches!(doc.list(r), List::Demonym | List::Adjective);
    let readings = doc.readings(at);
    readings.iter().any(adjective)
        && readings.iter().all(|r| adjective(r) || r.features.category.is_participle())
        && !doc.is_definite(at)
}

/// A dual or sound masculine plural with its noon.
pub(super) fn is_absolute(scene: &Scene<'_, '_>, at: usize) -> bool {
    let readings = scene.doc.readings(at);
    !readings.is_empty() && readings.iter().all(|r| r.features.is_absolute() && r.pronoun.is_none())
}

/// Behind the noun phrase that begins at the token: iḍāfa and adjectives, a mention as a whole.
pub fn phrase_end(scene: &Scene<'_, '_>, start: usize, limit: usize) -> usize {
    let doc = scene.doc;
    let mut end = scene.mention_end(start).unwrap_or(start + 1).max(start + 1);
    if let Some(q) = scene.quantity_at(start) {
        end = end.max(scene.mentions.quantities[q].tokens.end);
    }
    let mut closed = scene.mention_end(start).is_some() || doc.is_definite(start);
    // "a drone", of two words
    let whole = doc.turn_at(start).filter(|t| t.tokens[0] == start).map(|t| t.tokens[t.tokens.len() - 1] + 1);
    let ending = |t: usize| {
        let word = doc.tokens.get(t).filter(|w| w.kind == Kind::Word).map(|_| doc.str(t))?;
        word.char_indices().rev().nth(1).map(|(at, _)| &word[at..])
    };
    // "unknown gunmen": an indefinite plural and the adjective that ends like it.
    let plural = end == start + 1 && !doc.is_definite(start) && is_absolute(scene, start);
    if plural && end < limit && doc.clitics(end).is_empty() && !doc.is_finite(end) && ending(end) == ending(start) {
        end += 1;
    }
    while end < limit {
        let Some(token) = doc.tokens.get(end).filter(|t| !t.new_line) else { break };
        if token.kind.is_quote() {
            // A name in quotation marks goes on with the phrase.
            let named = scene.mention_end(end + 1).filter(|m| doc.kind(*m).is_some_and(Kind::is_quote));
            match named {
                Some(m) if !closed => {
                    end = m + 1;
                    closed = true;
                    continue;
                }
                _ => break,
            }
        }
        let other_time = scene.time_at(end).is_some_and(|t| Some(t) != scene.time_at(start));
        // "for the second time": an adjective.
        let ordinal = |q: usize| scene.mentions.quantities[q].kind == QuantityKind::Ordinal;
        // "on the twentieth day", written like "the twenty"
        let day = || scene.time_at(start).is_some() && doc.is_definite(end);
        // "the three soldiers", with the number behind those who are named
        let several = |r: &Reading, _: &Row| r.features.is_several() && r.clitics.article;
        let many =
            || scene.actor_at(start).is_some() && doc.reading(start, several).is_some() && doc.clitics(end).article;
        // "one of the two women"
        let both = |q: usize| scene.mentions.quantities[q].dual && doc.is_particle(start, "one") && end == start + 1;
        let nth = |q: usize| doc.is_definite(start) && (ordinal(q) || day() || many()) || both(q);
        let quantity = scene.quantity_at(end);
        if token.kind != Kind::Word || other_time || quantity.is_some_and(|q| !nth(q)) {
            break;
        }
        if let Some(q) = quantity.filter(|_| doc.is_definite(end)) {
            end = scene.mentions.quantities[q].tokens.end.max(end + 1);
            continue;
        }
        let clitics = doc.clitics(end);
        let led = scene.actor_at(end).is_some_and(|a| {
            let at = &scene.mentions.actors[a].at;
            at.tokens.start == end && at.span.start > token.span.start
        });
        // "met, fourteen migrants, their death": the turn that tells it goes on.
        let turn = doc.turn_at(end).is_some_and(|t| t.tokens[0] < start);
        let small = doc.is_function_word(end) && scene.place_at(end).is_none();
        if led || turn || clitics.conjunction.is_some() || clitics.preposition.is_some() || small {
            break;
        }
        if let Some(m) = scene.mention_end(end) {
            // "a rights group X": behind an indefinite adjective or an absolute plural nobody is its genitive.
            let described = end > start + 1 && is_adjective(scene, end - 1) && !doc.is_definite(end - 1);
            let apart = described || is_absolute(scene, end - 1);
            // "the rebels the Houthis": those who are described and those who are named are the same.
            let alike = end == start + 1
                && doc.is_definite(start)
                && scene.mention_end(start).is_none()
                && people(scene, start).is_some();
            let both = || ending(start) == ending(end) && doc.is_definite(end);
            if alike && scene.actor_at(end).is_some() && both() {
                end = m;
                break;
            }
            if closed || apart {
                break;
            }
            end = m;
            closed = true;
            continue;
        }
        // "a man who attacked the embassy", said without "who": a verb behind one indefinite person.
        let person = || people(scene, start).is_some_and(|(r, _)| !r.features.is_several());
        let tells = || {
            let alone = end == start + 1 && !doc.is_definite(start) && doc.is_definite(end + 1);
            alone && scene.quantity_at(start).is_none() && scene.trigger_at(end).is_some_and(|t| t.shape.is_verb())
        };
        if doc.is_finite(end) && (closed || !doc.could_be_nominal(end) || person() && tells()) {
            break;
        }
        // A person in the accusative is no genitive, and no adjective of what happened: "a raid killed a leader".
        let accusative =
            || people(scene, end).is_some_and(|(r, _)| r.features.accusative) && people(scene, start).is_none();
        if !closed && scene.quantity_at(start).is_none() && accusative() {
            break;
        }
        // "a driver soldiers": the accusative shows that he does it to them.
        let nominative = |t: usize| doc.readings(t).iter().all(|r| !r.features.accusative);
        let one = || people(scene, start).is_some_and(|(r, _)| !r.features.is_several()) && nominative(start);
        let verb = start.checked_sub(1).is_some_and(|v| doc.is_finite(v) && !doc.could_be_nominal(v));
        let them = || people(scene, end).is_some_and(|(r, _)| r.features.accusative);
        if !closed && verb && end == start + 1 && scene.quantity_at(start).is_none() && one() && them() {
            break;
        }
        // "a drone a market": a thing in the accusative is what it is done to.
        let thing = !is_adjective(scene, end) && !is_told_of(scene, end);
        let object = thing && is_accusative(scene, end) && !is_accusative(scene, end - 1);
        if !closed && scene.quantity_at(start).is_none() && object {
            break;
        }
        // An absolute dual or sound plural has no genitive: a noun behind it is another phrase.
        let deed = || scene.trigger_at(end).is_some_and(|t| t.shape.is_noun());
        let unlike = || doc.readings(end).is_empty() && ending(end) != ending(end - 1);
        if !closed && is_absolute(scene, end - 1) && (is_noun(scene, end) || is_thing(scene, end) || deed() || unlike())
        {
            break;
        }
        // Behind an indefinite adjective a noun begins another phrase: "other aircraft a strike".
        let own = end > start + 1 || !doc.is_definite(end);
        let one_of_many = end == start + 1 && is_fighter(scene, start);
        let own = own
            && ((is_adjective(scene, end - 1) || Some(end) == whole) && (is_noun(scene, end) || is_thing(scene, end))
                || (is_told_of(scene, end - 1) || one_of_many) && is_thing(scene, end)
                || one_of_many && (is_office(scene, end) || is_force(scene, end)));
        if !closed && own {
            break;
        }
        // "Kurdish forces the control": behind an indefinite adjective; "a minister of foreign affairs" is written like one.
        let listed = |r: &Reading| matches!(doc.list(r), List::Demonym | List::Adjective) && !r.clitics.article;
        let described = || doc.clitics(start + 1).is_empty() && doc.readings(start + 1).iter().any(listed);
        let titled = || doc.readings(start).iter().any(|r| doc.list(r) == List::Title);
        if !closed && end == start + 2 && clitics.article && described() && !titled() {
            break;
        }
        // "a drone a motorcycle", where a march would be of those who march.
        // "a rocket a ship"
        let flies = |r: &Reading, row: &Row| {
            (row.has_role("flies") || row.class.as_deref() == Some("artillery")) && r.clitics.is_empty()
        };
        let hit = || people(scene, end).is_some() || is_thing(scene, end) || scene.quantity_at(end).is_some();
        if !closed && end == start + 1 && doc.reading(start, flies).is_some() && hit() {
            break;
        }
        // "a masked group a barracks": an unknown word that agrees with the group is its adjective.
        let group = || is_force(scene, start) || doc.readings(start).iter().any(|r| doc.list(r) == List::Collective);
        let unknown = end == start + 2
            && doc.readings(start + 1).iter().all(|r| {
                let features = &r.features;
                features.category.is_participle()
                    || features.category.is_finite()
                    || matches!(doc.list(r), List::Collective | List::Adjective | List::Demonym)
                    || doc.row(r).victim.is_some() && !features.is_plural()
            })
            && doc.lexicon.looks_feminine(doc.str(start))
            && doc.lexicon.looks_feminine(doc.str(start + 1));
        if !closed && unknown && group() && (is_noun(scene, end) || is_thing(scene, end)) {
            break;
        }
        // "a security force a gang": whom it does something to, and no part of its name.
        let other = || people(scene, end).is_some_and(|(r, _)| r.features.is_several());
        let gang = || doc.readings(end).iter().any(|r| doc.list(r) == List::Collective && !r.features.is_plural());
        if !closed && end > start + 1 && is_force(scene, start) && (other() || gang()) {
            break;
        }
        // "on a motorcycle the judge X": behind an indefinite adjective nobody definite goes on.
        let described =
            end > start + 1 && !doc.is_definite(end - 1) && (is_adjective(scene, end - 1) || Some(end) == whole);
        let office = || doc.readings(end).iter().any(|r| doc.list(r) == List::Title);
        let somebody = || office() || people(scene, end).is_some_and(|(_, row)| row.victim.is_some());
        if !closed && described && doc.is_definite(end) && somebody() {
            break;
        }
        // "destroyed a raid a hospital": a building flies no raid.
        let led = || start.checked_sub(1).is_some_and(|v| doc.is_finite(v));
        if !closed && end == start + 1 && is_thing(scene, end) && led() && is_deed(scene, start) {
            break;
        }
        // "aircraft raids": they fly what the verb says they fly.
        let doer = || people(scene, start).is_some_and(|(_, row)| row.has_role("doer"));
        if !closed && is_deed(scene, end) && scene.is_somebody(start) && !doer() {
            break;
        }
        if leads_to(scene, end) || is_aiming(scene, end) {
            break;
        }
        // A verb that shows a dual or plural subject: that of the phrase before it. "25 students" are counted.
        let counted =
            scene.quantity_at(start).is_some() && scene.number_end(start) == Some(end) && accusative_person(scene, end);
        if !counted && doc.finite(end).is_some_and(|(r, _)| r.features.is_several()) {
            break;
        }
        // Behind a definite noun only definite adjectives go on.
        // "the police the gunmen": many are no adjective of a party that is one.
        let one = || doc.readings(start).iter().any(|r| !r.features.category.is_finite() && !r.features.is_several());
        let many = || scene.actor_at(start).is_some() && one() && other();
        let noun = || is_noun(scene, end) && !scene.is_epithet(end);
        if closed && (!clitics.article || noun() || many()) {
            break;
        }
        // "the relatives of the victim a station": a title that is listed with its article ends the phrase as well.
        let article = |t: usize| doc.readings(t).iter().any(|r| r.clitics.article);
        let title = |t: usize| article(t) && doc.readings(t).iter().any(|r| doc.list(r) == List::Title);
        if !closed && end > start + 1 && title(end - 1) && !article(end) && doc.is_category(end, Category::Noun) {
            break;
        }
        // Who is named behind those who are described is sought as a phrase of his own.
        let named = || scene.actor_at(end + 1).is_some() && ending(end + 1) == ending(end);
        // "the backs of motorcycles": an adjective of the genitive.
        let last = || end == start + 1 || doc.is_definite(start) || is_apart(scene, end - 1, end);
        if closed && ending(start) != ending(end) && is_apart(scene, start, end) && last() && !named() {
            break;
        }
        closed |= clitics.article;
        end += 1;
    }
    end.min(limit.max(start + 1))
}

/// A word that by its ending can be nothing but accusative.
fn is_accusative(scene: &Scene<'_, '_>, at: usize) -> bool {
    let nouns = || scene.doc.readings(at).iter().filter(|r| !r.features.category.is_finite());
    // The dual written alike is the subject's.
    nouns().any(|r| r.features.accusative)
        && nouns().all(|r| r.features.is_dual() || r.features.accusative && !r.features.is_plural())
}

/// One person in the accusative, as a number takes him.
fn accusative_person(scene: &Scene<'_, '_>, at: usize) -> bool {
    people(scene, at).is_some_and(|(r, _)| r.features.accusative && !r.features.is_several())
}

/// One body of troops.
pub(super) fn is_force(scene: &Scene<'_, '_>, at: usize) -> bool {
    let body = |r: &Reading, row: &Row| row.class.as_deref() == Some("force") && !r.features.is_plural();
    scene.doc.reading(at, body).is_some()
}
