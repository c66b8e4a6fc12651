//! The shallow parse that all frames share: what follows a trigger, phrase by phrase, each with its preposition.

use std::ops::Range;

use super::Scene;
use super::arms::is_munition;
use super::count::people;
use super::individual::person;
use super::phrase::{is_aiming, is_leaving, leads_to, phrase_end};
use crate::lexicon::{Facts, List, Reading, Row};
use crate::morph::Category;
use crate::segment::Kind;

/// How far behind its verb an object may stand that is written like a verb.
const NEAR_OBJECT: usize = 8;

/// How many words between two commas may say how something was done.
const REMARK: usize = 5;

/// A noun phrase of the clause and the preposition before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The preposition as the lexicon compares words; empty for none.
    pub preposition: String,
    pub tokens: Range<usize>,
    /// Stands behind "and": shares the role of the slot before it.
    pub joined: bool,
}

/// The phrases from a token to the end of the clause, at most `most` of them.
pub fn slots(scene: &Scene<'_, '_>, from: usize, limit: usize, most: usize) -> Vec<Slot> {
    let doc = scene.doc;
    let mut out: Vec<Slot> = Vec::new();
    let mut at = from;
    let mut preposition = String::new();
    let verb = from.checked_sub(1).is_some_and(|t| doc.is_finite(t));
    let mut set_off = false;
    while at < limit && out.len() < most {
        match doc.kind(at) {
            Some(Kind::Word | Kind::Number) => {}
            Some(k) if k.is_quote() => {
                at += 1;
                continue;
            }
            Some(Kind::BracketOpen { .. }) => {
                at = doc.bracket_from(at).map_or(at + 1, |close| close + 1);
                continue;
            }
            Some(Kind::Comma) if parenthesis(scene, at, limit) => {
                set_off = (doc.is_preposition(at + 1) || doc.clitics(at + 1).preposition.is_some()) && verb;
                at += 1;
                continue;
            }
            // "settlers, under the protection of the army, cars": what a pair of commas sets off is past.
            Some(Kind::Comma) if set_off && doc.continues_phrase(at + 1) && scene.trigger_at(at + 1).is_none() => {
                set_off = false;
                preposition.clear();
                at += 1;
                continue;
            }
            Some(Kind::Comma) if verb && behind_remark(scene, at, limit).is_some() => {
                at = behind_remark(scene, at, limit).unwrap_or(limit);
                preposition.clear();
                continue;
            }
            // "X, who …, did": the clause goes on behind what is set off.
            Some(Kind::Comma) if doc.is_particle(at + 1, "rel") => match scene.clauses.behind(at + 1, limit) {
                Some(next) => {
                    at = next;
                    continue;
                }
                None => break,
            },
            Some(Kind::Symbol) => {
                at += 1;
                continue;
            }
            _ => break,
        }
        // A word of the fixed turn that the trigger is part of.
        let turn = from.checked_sub(1).and_then(|t| doc.turn_at(t).filter(|turn| turn.trigger == t));
        if turn.is_some_and(|turn| turn.tokens.contains(&at)) && !doc.is_preposition(at) {
            at += 1;
            continue;
        }
        // "since the killing of": the time that the trigger belongs to holds its phrases too.
        let own_time = from.checked_sub(1).and_then(|t| scene.time_at(t));
        if let Some(time) = scene.time_at(at).filter(|t| Some(*t) != own_time) {
            at = scene.mentions.times[time].tokens.end.max(at + 1);
            preposition.clear();
            continue;
        }
        let mentioned = scene.mention_end(at);
        if mentioned.is_none() && is_glued_pronoun(scene, at) {
            preposition.clear();
            at += 1;
            continue;
        }
        if mentioned.is_none() && scene.quantity_at(at).is_none() {
            // "executed by shooting nine": an adverb of several words.
            if let Some((row, end)) = doc.phrase_at(at)
                && doc.lexicon.row(row).pos == "adv"
            {
                at = end;
                continue;
            }
            let described = || out.last().is_some_and(|s| s.tokens.end == at) && is_adverb(scene, at);
            if verb && (at == from || described()) && is_manner(scene, at, limit) {
                at += 1;
                continue;
            }
            if doc.is_preposition(at) {
                // "in it": the pronoun is the phrase.
                let pronoun = doc.readings(at).first().is_some_and(|r| r.pronoun.is_some());
                preposition = if pronoun { String::new() } else { preposition_of(scene, at) };
                at += 1;
                continue;
            }
            if let Some(next) =
                behind_aside(scene, at, limit, out.last()).or_else(|| behind_circumstance(scene, at, limit, out.last()))
            {
                at = next;
                continue;
            }
            // "arrested one of them": the object of the verb.
            let of_them = |row: &Row| row.count.is_none() && row.share.is_none() && !row.has_role("between");
            if at == from && verb && doc.particle(at, "subset").is_some_and(of_them) && doc.phrase_at(at).is_none() {
                // "half a million fled from it", written like "of them"
                at += 1;
                continue;
            }
            if at == from && verb && doc.is_particle(at, "subset") {
                out.push(Slot { preposition: String::new(), tokens: at..at + 1, joined: false });
                at += 1;
                continue;
            }
            // "the raids of X in most of them hit Y"
            if !preposition.is_empty() && doc.is_particle(at, "subset") && doc.is_preposition(at - 1) {
                preposition.clear();
                at += 1;
                continue;
            }
            // "another raid a motorcycle"
            if at == from && !verb && doc.is_particle(at, "other") && !doc.is_definite(at) {
                at += 1;
                continue;
            }
            let opens = ["comp", "rel", "subset", "opener", "neg", "aux"];
            let verb_next = doc.is_finite(at + 1) || doc.is_word(at + 1) && doc.readings(at + 1).is_empty();
            let then = verb_next && doc.particle(at, "conj").is_some_and(|row| row.joins.as_deref() == Some("clause"));
            if doc.is_function_word(at) && (then || doc.is_any_particle(at, opens)) {
                break;
            }
            let verb_here =
                doc.is_finite(at) && !is_accusative_deed(scene, from, at) && !is_accusative_adjective(scene, from, at);
            if verb_here && (preposition.is_empty() || !doc.could_be_nominal(at)) {
                break;
            }
            if doc.is_function_word(at) {
                at += 1;
                continue;
            }
        }
        if mentioned.is_none() && (leads_to(scene, at) || is_leaving(scene, at) || is_aiming(scene, at)) {
            break;
        }
        let clitics = doc.clitics(at);
        // "And" as a token of its own, before digits.
        at = doc.after_and(at).min(limit - 1);
        if let Some(p) = clitics.preposition {
            doc.lexicon.preposition(p).clone_into(&mut preposition);
        }
        let and = clitics.conjunction.is_some() && clitics.preposition.is_none();
        let joined = and && !out.is_empty();
        let fire = || joined && is_arms(scene, out[out.len() - 1].tokens.start);
        let in_turn = || turn.is_some_and(|turn| turn.tokens.contains(&(at - 1)));
        let fired_too = and && is_arms(scene, at) && (fire() || in_turn());
        if and && mentioned.is_none() && scene.quantity_at(at).is_none() && !fired_too && is_new_event(scene, at)
            || super::elsewhere::is_later_deed(scene, at)
        {
            break;
        }
        let phrase = phrase_end(scene, at, limit);
        let named = name_of_office(scene, at..phrase, limit);
        let whole = || with_place(scene, at, with_name(scene, at, phrase, limit), limit);
        let (start, end) = named.map_or_else(|| (at, whole()), |n| (n.start, n.end));
        let preposition = if joined && preposition.is_empty() {
            out.last().map(|s| s.preposition.clone()).unwrap_or_default()
        } else {
            std::mem::take(&mut preposition)
        };
        out.push(Slot { preposition, tokens: start..end, joined });
        at = office_of_name(scene, start..end, limit).unwrap_or(end);
    }
    out
}

/// "a group of gunmen", with numbers also "hundreds of the fighters of X", which are two phrases to the parse, as the one that
/// they are.
pub fn counted_whole(scene: &Scene<'_, '_>, found: &mut Vec<Slot>, numbers: bool) {
    let body = |s: &Slot| {
        let group = |r: &Reading, row: &Row| {
            let sort = scene.doc.list(r) == List::Collective && row.sort.as_deref() == Some("group");
            let unit = matches!(row.makes.as_deref(), Some("military" | "armed_group"));
            (sort || unit || row.class.as_deref() == Some("force")) && !r.clitics.article
        };
        s.tokens.len() == 1
            && scene.actor_at(s.tokens.start).is_none()
            && scene.doc.reading(s.tokens.start, group).is_some()
    };
    let counts = |s: &Slot| {
        numbers && s.preposition.is_empty() && scene.number_end(s.tokens.start) == Some(s.tokens.end) || body(s)
    };
    let of = |s: &Slot, before: &Slot| {
        s.tokens.start <= before.tokens.end + 1
            && scene.doc.governed_by(s.tokens.start).is_some_and(|row| row.has_role("partitive"))
            && scene.names_somebody(s)
            && (numbers || scene.quantity_at(s.tokens.start).is_none())
    };
    let pair = |n: &usize| counts(&found[*n]) && of(&found[n + 1], &found[*n]);
    if let Some(n) = (0..found.len().saturating_sub(1)).find(pair) {
        let people = found.remove(n + 1);
        found[n].tokens.end = people.tokens.end;
    }
}

/// "gunmen riding a motorcycle killed an officer", with the riding told by a verb right behind them: past that verb and
/// what it takes.
fn behind_aside(scene: &Scene<'_, '_>, at: usize, limit: usize, before: Option<&Slot>) -> Option<usize> {
    let doc = scene.doc;
    let verb = if doc.is_particle(at, "aux") { at + 1 } else { at };
    let somebody = before.filter(|s| s.preposition.is_empty() && s.tokens.end == at);
    let many = somebody.and_then(|s| people(scene, s.tokens.start)).is_some_and(|(r, _)| r.features.is_several());
    let goes_on = doc
        .finite(verb)
        .is_some_and(|(r, _)| r.features.category == Category::Imperfect && r.features.is_several() == many);
    let open = |s: &Slot| !doc.is_definite(s.tokens.start) && people(scene, s.tokens.start).is_some();
    let idle = scene.trigger_at(verb).is_none() && doc.clitics(verb).is_empty();
    let object = verb + 1;
    let taken =
        object < limit && doc.is_nominal(object) && doc.clitics(object).is_empty() && !doc.is_preposition(object);
    (goes_on && idle && taken && somebody.is_some_and(open)).then(|| phrase_end(scene, object, limit))
}

/// "the army, backed by X, took Y": past the participle that tells how a definite party does it, and its preposition's phrase.
fn behind_circumstance(scene: &Scene<'_, '_>, at: usize, limit: usize, before: Option<&Slot>) -> Option<usize> {
    let doc = scene.doc;
    let party = before.filter(|s| s.preposition.is_empty() && s.tokens.end == at)?;
    let known = scene.mention_end(party.tokens.start).is_some() || doc.is_definite(party.tokens.start);
    // "a house" is written like "brought down".
    let thing = doc.is_category(at, Category::Noun);
    let participle = doc.is_category(at, Category::PassiveParticiple) && doc.clitics(at).is_empty() && !thing;
    let led = at + 1 < limit && (doc.is_preposition(at + 1) || doc.clitics(at + 1).preposition.is_some());
    let noun = at + 1 + usize::from(doc.is_preposition(at + 1));
    (known && participle && led && noun < limit).then(|| {
        let end = phrase_end(scene, noun, limit);
        // "backed by fighters of X"
        let of = doc.particle(end, "prep").is_some_and(|row| row.has_role("partitive")) && end + 1 < limit;
        if of { phrase_end(scene, end + 1, limit) } else { end }
    })
}

/// "the citizen X": the name goes on with the phrase of one definite person.
fn with_name(scene: &Scene<'_, '_>, start: usize, end: usize, limit: usize) -> usize {
    let doc = scene.doc;
    // "the former official X": past what says that he is no more.
    let former = |r: &Reading, row: &Row| {
        doc.list(r) == List::Adjective || doc.list(r) == List::Calendar && row.kind.as_deref() != Some("weekday")
    };
    let past = end + 1 < limit && doc.is_definite(end) && doc.reading(end, former).is_some();
    let named = |t: usize| scene.actor_at(t).is_some_and(|a| scene.mentions.actors[a].kind == "person");
    let end = if past && scene.mention_end(end).is_none() && named(end + 1) { end + 1 } else { end };
    let clitics = doc.clitics(end);
    let name = scene.actor_at(end).filter(|a| end < limit && scene.mentions.actors[*a].kind == "person");
    // "the minister his colleague": another.
    let his = doc.readings(end).first().is_some_and(|r| r.pronoun.is_some());
    let apart = his || doc.is_preposition(end) || clitics.conjunction.is_some() || clitics.preposition.is_some();
    let one = || people(scene, start).is_some_and(|(r, _)| !r.features.is_several());
    // "the president of X": an office whose phrase is definite as a whole.
    let office = || {
        let title = |r: &crate::lexicon::Reading| doc.list(r) == List::Title && !r.features.is_plural();
        doc.readings(start).iter().any(title)
            && (start..end).any(|t| doc.is_definite(t) || scene.mention_end(t).is_some())
    };
    match name {
        Some(a) if !apart && (doc.is_definite(start) && one() || office()) => scene.mentions.actors[a].at.tokens.end,
        _ => end,
    }
}

/// "the capital X": the town's name goes on with the definite noun that says what it is.
fn with_place(scene: &Scene<'_, '_>, start: usize, end: usize, limit: usize) -> usize {
    let doc = scene.doc;
    let name = scene.place_at(end).filter(|_| end < limit).map(|p| &scene.mentions.places[p].at.tokens);
    let head = |r: &Reading, row: &Row| doc.list(r) == List::Head && row.makes.as_deref() == Some("place");
    let ground = || doc.clitics(start).article && doc.reading(start, head).is_some();
    let nation = || (start + 1..end).all(|t| doc.is_demonym(t).is_some());
    match name {
        Some(name) if name.start == end && doc.clitics(end).is_empty() && ground() && nation() => name.end,
        _ => end,
    }
}

/// "the leader in X, Y": the name behind an office that is told with its party or its place.
fn name_of_office(scene: &Scene<'_, '_>, office: Range<usize>, limit: usize) -> Option<Range<usize>> {
    let doc = scene.doc;
    let (reading, _) = people(scene, office.start)?;
    let one = doc.is_definite(office.start) && !reading.features.is_plural() && !reading.features.is_dual();
    let led = doc.clitics(office.end).preposition.is_some();
    let of = if doc.is_preposition(office.end) { office.end + 1 } else { office.end };
    let name = scene.mention_end(of).filter(|name| one && *name < limit && (led || of > office.end))?;
    let person = person(scene, name).filter(|g| !g.party_only)?.victims?;
    (person.start == name && doc.clitics(name).is_empty()).then_some(person)
}

/// "X, leader of Y" without a comma: behind the office that follows a name.
fn office_of_name(scene: &Scene<'_, '_>, slot: Range<usize>, limit: usize) -> Option<usize> {
    let doc = scene.doc;
    let at = slot.end;
    let last = scene.actor_at(at.checked_sub(1)?).filter(|a| scene.mentions.actors[*a].kind == "person")?;
    let apart = at >= limit || !doc.is_word(at) || !doc.clitics(at).is_empty() && !doc.clitics(at).article;
    let (reading, row) = people(scene, at).filter(|_| !apart && scene.mentions.actors[last].at.tokens.end == at)?;
    let office = matches!(row.victim.as_deref(), Some("combatant" | "official")) && !reading.features.is_plural();
    let definite = doc.is_definite(at) || doc.continues_phrase(at + 1) || scene.mention_end(at + 1).is_some();
    (office && definite).then(|| phrase_end(scene, at, limit))
}

/// "executed in the field eleven people": an indefinite accusative between a verb and those counted behind it tells how.
pub(super) fn is_manner(scene: &Scene<'_, '_>, at: usize, limit: usize) -> bool {
    let doc = scene.doc;
    let counted = at + 1 < limit
        && scene.quantity_at(at + 1).is_some_and(|q| scene.mentions.quantities[q].tokens.start == at + 1)
        && doc.clitics(at + 1).is_empty();
    let bare = doc.clitics(at).is_empty() && (!doc.is_function_word(at) || doc.is_any_particle(at, ["adv", "opener"]));
    let accusative = || bare && doc.lexicon.looks_accusative(doc.str(at));
    counted && people(scene, at).is_none() && scene.whereabouts(at).is_none() && accusative()
}

/// An adjective that stands for no noun.
fn is_adverb(scene: &Scene<'_, '_>, at: usize) -> bool {
    scene.doc.readings(at).iter().all(|r| matches!(scene.doc.list(r), List::Adjective | List::Word))
}

fn preposition_of(scene: &Scene<'_, '_>, at: usize) -> String {
    let doc = scene.doc;
    doc.particle(at, "prep").map(|row| row.folded.clone()).unwrap_or_default()
}

/// A comma inside the clause: one of a pair around a time or a source, or before a place.
fn parenthesis(scene: &Scene<'_, '_>, comma: usize, limit: usize) -> bool {
    let doc = scene.doc;
    let next = comma + 1;
    if next >= limit {
        return false;
    }
    if scene.time_at(next).is_some() {
        return true;
    }
    if comma > 0 && scene.time_at(comma - 1).is_some() {
        let clitics = doc.clitics(next);
        let bare = clitics.conjunction.is_none() && clitics.preposition.is_none() && doc.is_nominal(next);
        // "arrested, since Friday, 320": behind a time between two commas the clause goes on.
        let time = &scene.mentions.times[scene.time_at(comma - 1).unwrap_or_default()].tokens;
        let pair = time.start > 0 && doc.kind(time.start - 1) == Some(Kind::Comma);
        return doc.is_preposition(next)
            || scene.mention_end(next).is_some()
            || bare && !doc.is_finite(next + 1)
            || pair && scene.quantity_at(next).is_some();
    }
    doc.is_preposition(next) && doc.clitics(next).conjunction.is_none()
}

/// "the aircraft bombed, by mistake, a column": behind what a pair of commas sets off before the object.
fn behind_remark(scene: &Scene<'_, '_>, comma: usize, limit: usize) -> Option<usize> {
    let doc = scene.doc;
    let first = comma + 1;
    let brought = first < limit && doc.clitics(first).preposition.is_some() && doc.clitics(first).conjunction.is_none();
    let mut within = first..limit.min(first + REMARK);
    let close = within.find(|t| !doc.is_word(*t) || scene.mention_end(*t).is_some()).filter(|_| brought)?;
    let next = close + 1;
    let comma_again = doc.kind(close) == Some(Kind::Comma) && next < limit;
    let object = comma_again && doc.clitics(next).is_empty() && doc.is_nominal(next) && !doc.is_preposition(next);
    object.then_some(next)
}

/// "bombed a gathering": an accusative written like the perfect of two, where the verb has nobody of two before it.
fn is_accusative_deed(scene: &Scene<'_, '_>, from: usize, at: usize) -> bool {
    let doc = scene.doc;
    let two = |r: &Reading| r.features.category == Category::Perfect && r.features.is_dual() && r.pronoun.is_none();
    let deed = |r: &Reading| !r.features.category.is_finite() && r.features.accusative;
    let dual = |t: usize| doc.readings(t).iter().any(|r| r.features.is_dual());
    let verbs = || doc.readings(at).iter().filter(|r| r.features.category.is_finite());
    let led = from.checked_sub(1).is_some_and(|t| doc.is_finite(t));
    led && at < from + NEAR_OBJECT
        && doc.clitics(at).is_empty()
        && verbs().all(two)
        && doc.readings(at).iter().any(deed)
        && !(from.saturating_sub(2)..at).any(dual)
}

/// Munitions: "live rounds and tear gas" are fired together.
fn is_arms(scene: &Scene<'_, '_>, at: usize) -> bool {
    let doc = scene.doc;
    let named = doc.reading(at, |r, row| !r.features.category.is_finite() && is_munition(row)).is_some();
    named || doc.turn_at(at).is_some_and(|turn| is_munition(doc.lexicon.row(turn.row)))
}

/// "a security cordon": an adjective in the accusative like its noun, written like a verb.
fn is_accusative_adjective(scene: &Scene<'_, '_>, from: usize, at: usize) -> bool {
    let doc = scene.doc;
    let open = |t: usize| doc.lexicon.looks_accusative(doc.str(t));
    let adjective = |r: &Reading| matches!(doc.list(r), List::Adjective | List::Demonym);
    let noun = from.checked_sub(1).is_some_and(|t| at == from && doc.could_be_nominal(t) && open(t));
    noun && doc.clitics(at).is_empty() && open(at) && doc.readings(at).iter().any(adjective)
}

/// "and" before a word that names another event: a new clause.
fn is_new_event(scene: &Scene<'_, '_>, at: usize) -> bool {
    scene.trigger_at(at).is_some() || scene.doc.turn_at(at).is_some_and(|turn| scene.trigger_at(turn.trigger).is_some())
}

/// Nothing but a noun: no adjective, participle or nationality.
pub(super) fn is_noun(scene: &Scene<'_, '_>, at: usize) -> bool {
    let doc = scene.doc;
    let readings = doc.readings(at);
    !readings.is_empty()
        && readings.iter().all(|r| {
            matches!(r.features.category, Category::Noun | Category::Masdar)
                && !matches!(doc.list(r), List::Demonym | List::Adjective)
        })
}

/// To or for whom or what: behind the preposition of owners or one of goals.
pub(super) fn is_goal(scene: &Scene<'_, '_>, at: usize) -> bool {
    let doc = scene.doc;
    let to = doc.clitics(at).preposition.is_some_and(|p| doc.lexicon.is_possessive(p));
    to || doc.governed_by(at).is_some_and(|row| row.has_role("goal"))
}

/// "by it", "to them": a glued preposition with nothing but a pronoun.
pub(super) fn is_glued_pronoun(scene: &Scene<'_, '_>, at: usize) -> bool {
    scene.doc.may_be(at, Facts::BOUND_PRONOUN)
}

/// How far behind a verb its object may stand.
const FAR: usize = 20;

/// Words of a definite person before his name: "the former leader X".
const TITLED: usize = 3;

/// "assassinated with a pistol with a silencer the lawyer X": one definite person with a name, behind phrases that say how and
/// when, and in the genitive of none of their nouns.
pub(super) fn far_person(scene: &Scene<'_, '_>, verb: usize) -> Option<Range<usize>> {
    let doc = scene.doc;
    let limit = doc.sentence_range(verb).end.min(verb + FAR);
    let ends = |t: &usize| {
        !matches!(doc.kind(*t), Some(Kind::Word | Kind::Number))
            || doc.clitics(*t).conjunction.is_some()
            || doc.is_any_particle(*t, ["comp", "rel", "neg"])
            || doc.is_finite(*t) && !doc.could_be_nominal(*t) && scene.mention_end(*t).is_none()
    };
    let silencer = |r: &Reading, row: &Row| r.clitics.is_empty() && row.class.as_deref() == Some("small_arms");
    let apart = |t: usize| {
        let adjective = doc.is_demonym(t).is_some() || is_adverb(scene, t) && !doc.readings(t).is_empty();
        scene.time_at(t).is_some()
            || people(scene, t).is_none() && (doc.clitics(t).article || adjective || doc.reading(t, silencer).is_some())
    };
    let named = |t: &usize| {
        let article = doc.is_definite(*t) && doc.clitics(*t).preposition.is_none();
        let one = people(scene, *t).is_some_and(|(r, _)| !r.features.is_several());
        if !article || !one || !apart(*t - 1) || doc.is_preposition(*t - 1) {
            return None;
        }
        let title = (*t + 1..(*t + 1 + TITLED).min(limit)).take_while(|n| *n == *t + 1 || doc.is_definite(*n - 1));
        let name = title.filter_map(|n| scene.actor_at(n)).next().map(|a| &scene.mentions.actors[a])?;
        (name.kind == "person").then_some(*t..name.at.tokens.end)
    };
    (verb + 3..limit).take_while(|t| !ends(t)).find_map(|t| named(&t))
}

/// "freed, in an operation that it carried out in the north, ten people": the counted that no preposition brings, behind
/// phrases that say how and where.
pub(super) fn far_counted(scene: &Scene<'_, '_>, verb: usize) -> Option<usize> {
    let doc = scene.doc;
    let limit = doc.sentence_range(verb).end;
    if verb + 1 >= limit || !doc.is_preposition(verb + 1) {
        return None;
    }
    let ends = |t: &usize| {
        !matches!(doc.kind(*t), Some(Kind::Word | Kind::Number))
            || doc.clitics(*t).conjunction.is_some()
            || doc.is_particle(*t, "comp")
            || doc.is_particle(*t, "conj")
    };
    let bound = |t: usize| doc.clitics(t).preposition.is_some() || doc.is_preposition(t - 1);
    let counted = |t: &usize| {
        let quantity = scene.quantity_at(*t).map(|q| &scene.mentions.quantities[q]);
        let of_people = |q: &crate::mention::Quantity| {
            let noun = if doc.is_preposition(q.tokens.end) { q.tokens.end + 1 } else { q.tokens.end };
            q.noun.into_iter().chain([noun]).any(|n| n < limit && people(scene, n).is_some())
        };
        quantity.is_some_and(|q| q.tokens.start == *t && of_people(q)) && !bound(*t) && scene.time_at(*t).is_none()
    };
    (verb + 1..limit.min(verb + FAR)).take_while(|t| !ends(t)).find(counted)
}
