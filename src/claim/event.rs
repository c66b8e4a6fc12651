//! Events: a trigger, and who did what to whom, where and when.

use super::arms::is_weapon;
use super::blame::same_side;
use super::clause::Link;
use super::harmed::arrested_in;
use super::near::{AIRCRAFT, stands_near};
use super::place::{place_around, place_of_event};
use super::place_taken_up::place_taken_up;
use super::polarity::polarity;
use super::roles::{Roles, roles};
use super::slots::{Slot, slots};
use super::sure::{is_figurative, is_general, is_idle_weapon, is_nothing, is_sport, is_sure};
use super::told::{agent_beside, agent_of_joined, described_further, hit_before, is_done_by, is_told_already, share};
use super::trigger::{Shape, Trigger};
use super::{Filler, Scene};
use crate::lexicon::{Facts, Reading, Row};
use crate::mention::{Extent, Quantity};
use crate::morph::Category;

#[derive(Debug, Clone)]
pub struct Event {
    pub kind: String,
    pub trigger: Extent,
    /// The words from the first role to the last.
    pub at: Extent,
    pub agent: Option<Filler>,
    pub patient: Option<Filler>,
    pub supporter: Option<Filler>,
    pub weapon: Option<Filler>,
    /// Mentions of place and time.
    pub place: Option<usize>,
    pub time: Option<usize>,
    pub attribution: Option<usize>,
    pub negated: bool,
    pub realis: &'static str,
    /// The word that negates it or keeps it from being actual.
    pub polarity: Option<usize>,
    pub rule: String,
}

/// How far from a march those may be named who march.
const CROWD: usize = 30;

/// Violence whose own words may carry a second trigger.
pub(super) const VIOLENCE: [&str; 4] = ["airstrike", "shelling", "explosion", "attack"];

pub fn events(scene: &Scene<'_, '_>) -> Vec<Event> {
    let mut out: Vec<Event> = Vec::new();
    for token in scene.triggers() {
        described_further(scene, token, &mut out);
        if let Some(mut event) = event_at(scene, token) {
            if let Some(kind) = taken_up(scene, &event, &out) {
                event.kind = kind;
            }
            if event.agent.as_ref().is_some_and(|f| is_bare_air(scene, f)) {
                let named = |e: &Event| e.agent.clone().filter(|f| f.actor.is_some());
                let flown = out.iter().rev().filter(|e| e.kind == "airstrike").find_map(named);
                event.agent = flown.or_else(|| only_coalition(scene)).or(event.agent);
            }
            if event.agent.is_none() {
                let near = out.last();
                event.agent = near.and_then(|e| {
                    let cause = agent_of_cause(scene, e, token);
                    cause.or_else(|| agent_beside(scene, e, token)).or_else(|| agent_of_joined(scene, e, token))
                });
                let blow = out.iter().rev().find(|e| VIOLENCE.contains(&e.kind.as_str()));
                let damage = blow.filter(|e| goes_on_to_damage(scene, e, &event));
                event.agent = event.agent.or_else(|| damage.and_then(|e| e.agent.clone()));
            }
            // "a raid in X that led to the death of ten and the destruction of …"
            let masdar = scene.trigger_at(token).is_some_and(|t| t.shape == Shape::Masdar);
            if event.kind == "destruction" && event.place.is_none() && masdar {
                let blow = out.last().filter(|e| VIOLENCE.contains(&e.kind.as_str()) && leads_to(scene, e, token));
                event.place = blow.and_then(|e| e.place);
            }
            if let Some(hit) = hit_before(scene, &event, &out) {
                event.patient = Some(hit);
            }
            if let Some(last) = out.last_mut().filter(|e| is_done_by(scene, e, &event)) {
                last.agent.clone_from(&event.agent);
            }
            out.push(event);
        }
    }
    drop_struck(scene, &mut out);
    name_first(scene, &mut out);
    share(scene, &mut out);
    out
}

/// "raids on the columns of the army": columns that are struck are not sent.
fn drop_struck(scene: &Scene<'_, '_>, events: &mut Vec<Event>) {
    let struck = |e: &Event, n: usize, all: &[Event]| {
        let token = e.trigger.tokens.start;
        let near = all[n.saturating_sub(3)..n].iter();
        let violent = |v: &&Event| VIOLENCE.contains(&v.kind.as_str()) || v.kind == "destruction";
        let hit = |v: &Event| v.patient.as_ref().is_some_and(|f| f.at.tokens.contains(&token));
        e.kind == "deployment"
            && scene.trigger_at(token).is_some_and(|t| t.shape.is_noun() && t.row.is_weak())
            && near.filter(violent).any(hit)
    };
    let gone: Vec<bool> = (0..events.len()).map(|n| struck(&events[n], n, events)).collect();
    let mut gone = gone.into_iter();
    events.retain(|_| !gone.next().unwrap_or_default());
}

/// "the aircraft": whose they are was told before.
fn is_bare_air(scene: &Scene<'_, '_>, filler: &Filler) -> bool {
    let head = filler.at.tokens.start;
    filler.at.tokens.len() == 1
        && scene.doc.is_definite(head)
        && scene.doc.reading(head, |_, r| r.class.as_deref() == Some("air")).is_some()
}

/// The coalition of which the report tells, if it is but one.
fn only_coalition(scene: &Scene<'_, '_>) -> Option<Filler> {
    let actors = &scene.mentions.actors;
    let mut of_it = (0..actors.len()).filter(|a| actors[*a].kind == "coalition");
    let first = of_it.next()?;
    of_it.all(|a| same_side(scene, first, a)).then(|| scene.actor_filler(first))
}

/// The kind of what a definite noun takes up ("the attack", behind a suicide bombing), or of the strikes that the report
/// tells of.
fn taken_up(scene: &Scene<'_, '_>, event: &Event, earlier: &[Event]) -> Option<String> {
    let doc = scene.doc;
    let token = event.trigger.tokens.start;
    let trigger = scene.trigger_at(token).filter(|t| event.kind == t.frame.name)?;
    if is_told_by_default(trigger) {
        let flown = match event.kind.as_str() {
            "attack" if trigger.row.has_role("targets") && trigger.shape == Shape::Masdar => {
                event.agent.is_none() && !event.negated && goes_on_from_air(scene, event, earlier)
            }
            "shelling" => goes_on_from_air(scene, event, earlier),
            _ => trigger.row.has_role("strike") && earlier.iter().any(|e| e.kind == "airstrike"),
        };
        if flown {
            return Some("airstrike".to_owned());
        }
    }
    if trigger.shape.is_noun()
        && trigger.row.anaphor
        && trigger.row.frame.as_deref() == Some("attack")
        && doc.clitics(token).article
    {
        let last = earlier.iter().rev().find(|e| VIOLENCE.contains(&e.kind.as_str()))?;
        // "the attack on the consulate": not the strike of which something else was told.
        let aimed = event.patient.is_some() || event.place.is_some();
        let same = match last.kind.as_str() {
            "explosion" => true,
            "airstrike" => !aimed && !trigger.row.is_weak(),
            _ => false,
        };
        return (same && !trigger.reading.features.is_plural()).then(|| last.kind.clone());
    }
    None
}

/// A word that aircraft would make a strike from the air, and nothing beside it makes one of guns, bombs or missiles.
fn is_told_by_default(trigger: &Trigger<'_>) -> bool {
    let row = trigger.row;
    row.with.contains_key(AIRCRAFT) && row.frame.as_deref() == Some(trigger.frame.name.as_str())
}

/// "the bombardment", where strikes from the air were told last, and of nobody else.
fn goes_on_from_air(scene: &Scene<'_, '_>, event: &Event, earlier: &[Event]) -> bool {
    let token = event.trigger.tokens.start;
    let (doc, noun) = (scene.doc, scene.trigger_at(token).is_some_and(|t| t.shape.is_noun()));
    let fire = |e: &&Event| matches!(e.kind.as_str(), "airstrike" | "shelling");
    let both = earlier.iter().any(|e| e.kind == "shelling");
    let known = doc.clitics(token).article && !both;
    let last = earlier.iter().rev().find(|e| if known { fire(e) } else { VIOLENCE.contains(&e.kind.as_str()) });
    let doer = |e: &Event| e.agent.as_ref().and_then(|f| f.actor);
    let guns = stands_near(doc, token, "@artillery") || doc.clitics(token).article && both;
    last.filter(|e| e.kind == "airstrike" && !guns).is_some_and(|e| match (doer(event), doer(e)) {
        (Some(here), Some(there)) => noun && same_side(scene, here, there),
        (Some(_), None) => known,
        _ => event.agent.is_none() && noun,
    })
}

/// "killed in an attack … a bomber blew himself up": the first violence told is the blast that the report goes on to tell.
fn name_first(scene: &Scene<'_, '_>, events: &mut [Event]) {
    let doc = scene.doc;
    let violent = |e: &Event| VIOLENCE.contains(&e.kind.as_str());
    let Some(first) = events.iter().position(violent) else { return };
    let token = events[first].trigger.tokens.start;
    let bare = |t: &Trigger<'_>| t.shape.is_noun() && t.row.anaphor && !t.reading.features.is_plural();
    if events[first].kind != "attack" || !scene.trigger_at(token).is_some_and(bare) {
        return;
    }
    let here = doc.sentence_of(token);
    let next = events[first + 1..].iter().find(|e| violent(e));
    let blast = next.is_some_and(|e| {
        e.kind == "explosion" && doc.sentence_of(e.trigger.tokens.start) <= here + 1 && e.realis == "actual"
    });
    if blast {
        "explosion".clone_into(&mut events[first].kind);
    }
}

/// "the raids of X hit a base, and destroyed …": the verb goes on with the raids, and X destroyed.
fn goes_on_to_damage(scene: &Scene<'_, '_>, blow: &Event, damage: &Event) -> bool {
    let doc = scene.doc;
    let (noun, verb) = (blow.trigger.tokens.start, damage.trigger.tokens.start);
    let Some((reading, _)) = doc.finite(verb).filter(|(r, _)| r.pronoun.is_none()) else { return false };
    let named = scene.trigger_at(noun).is_some_and(|t| t.shape.is_noun());
    named
        && damage.kind == "destruction"
        && damage.patient.as_ref().is_some_and(|f| f.at.tokens.start > verb)
        && doc.sentence_of(noun) == doc.sentence_of(verb)
        && reading.features.agreement.gender == Some(crate::segment::Gender::Feminine)
        && scene.agrees_with(reading.features.agreement, &scene.phrase(noun..noun + 1))
}

/// "strikes by X that led to …": who did the first did the second.
fn agent_of_cause(scene: &Scene<'_, '_>, cause: &Event, effect: usize) -> Option<Filler> {
    leads_to(scene, cause, effect).then(|| cause.agent.clone()).flatten()
}

fn leads_to(scene: &Scene<'_, '_>, cause: &Event, effect: usize) -> bool {
    let doc = scene.doc;
    let from = cause.trigger.tokens.end;
    let same = doc.sentence_of(from) == doc.sentence_of(effect);
    same && (from..effect)
        .filter(|t| doc.may_be(*t, Facts::CARRIER))
        .any(|t| doc.reading(t, |_, r| r.frame.as_deref() == Some("result")).is_some())
}

fn event_at(scene: &Scene<'_, '_>, token: usize) -> Option<Event> {
    let doc = scene.doc;
    let trigger = scene.trigger_at(token)?;
    let kind = trigger.frame.event.clone()?;
    let told = is_told_already(scene, trigger, &kind);
    if told
        || is_sport(scene, token, &kind)
        || scene.is_cue(token)
        || is_general(scene, trigger)
        || is_idle_weapon(scene, trigger)
    {
        return None;
    }
    let mut roles = roles(scene, trigger);
    roles.patient = roles.patient.take().or_else(|| arrested_in(scene, trigger));
    if roles.patient_from.is_some_and(|t| is_one_of_them(scene, t)) {
        roles.patient = None;
    }
    // "the kidnappers of the tourists": those in the genitive, and nobody else.
    if scene.actor_at(token).is_some() && trigger.reading.pronoun.is_none() {
        let of = token + 1;
        roles.patient = doc.continues_phrase(of).then(|| scene.phrase(of..of + 1));
    }
    // "the arrest of dozens": nobody who is told.
    let alone = |f: &Filler| {
        let quantity = scene.quantity_at(f.at.tokens.start).map(|q| &scene.mentions.quantities[q]);
        let bare = |q: &Quantity| q.noun.is_none_or(|n| !f.at.tokens.contains(&n)) && q.tokens.end >= f.at.tokens.end;
        f.actor.is_none() && quantity.is_some_and(bare)
    };
    if roles.patient.as_ref().is_some_and(alone) {
        roles.patient = None;
    }
    // "arrested one of them": nobody who is told either.
    roles.patient = roles.patient.take().filter(|f| !doc.is_particle(f.at.tokens.start, "subset"));
    // "took one of the towns": which, nobody says.
    let ground = |f: &Filler| kind == "capture" && doc.is_particle(f.at.tokens.start, "one");
    roles.patient = roles.patient.take().filter(|f| !ground(f));
    // "one of which goes back to X": a thing.
    roles.agent = roles.agent.take().filter(|f| f.actor.is_some() || !doc.is_particle(f.at.tokens.start, "subset"));
    // Whoever flees does it to nobody, though those counted stand behind the verb.
    if trigger.row.has_role("intransitive") && trigger.shape.is_verb() && kind == "displacement" {
        let counted = roles.patient.take();
        roles.agent = roles.agent.take().or(counted);
    }
    if is_figurative(scene, trigger, &roles) {
        return None;
    }
    let violent = trigger.is_violent();
    roles.patient = roles.patient.take().filter(|f| !is_nothing(scene, f) && !scene.suffers_nothing(f, violent));
    if !is_sure(scene, trigger, &roles) {
        return None;
    }
    // "stood up to an attack": what was met is no party.
    let blow = |f: &Filler| {
        let deed = scene.trigger_at(f.at.tokens.start);
        deed.is_some_and(|t| t.shape.is_noun() && t.is_violent())
    };
    roles.patient = roles.patient.take().filter(|f| kind != "clash" || !blow(f));
    // A government protests in words.
    let governs = |f: &Filler| f.actor.is_some_and(|a| scene.mentions.actors[a].kind == "state");
    if kind == "protest" && roles.agent.as_ref().is_some_and(governs) {
        return None;
    }
    // "in an interview with the newspaper": who speaks to it holds no talks.
    let hears = |f: &Filler| {
        let noun = || doc.reading(f.at.tokens.start, |_, row| row.source_kind.as_deref() == Some("media")).is_some();
        f.actor.map_or_else(noun, |a| scene.mentions.actors[a].kind == "media")
    };
    if kind == "talks" && [&roles.agent, &roles.patient].into_iter().flatten().any(hears) {
        return None;
    }
    if kind == "protest" && roles.agent.is_none() {
        roles.agent = crowd(scene, token);
    }
    // "the occupation", "the truce": a state, if nothing behind it says of what.
    let state = trigger.row.state && trigger.shape.is_noun() && doc.clitics(token).article;
    let object = trigger.row.roles.as_ref().is_some_and(|r| !r.prep.is_empty());
    let told = kind == "agreement" && is_told_of(scene, token);
    if state && !object && roles.place.is_none() && roles.patient.is_none() && !told {
        return None;
    }
    // A coalition strikes from the air.
    let allied = roles.agent.as_ref().and_then(|f| f.actor).map(|a| &scene.mentions.actors[a]);
    // A band that calls itself a coalition has no aircraft.
    let allied =
        allied.is_some_and(|a| a.kind == "coalition" && (a.row.is_some() || doc.is_definite(a.at.tokens.start)));
    let allied = allied && !trigger.row.is_weak() && is_told_by_default(trigger);
    let thrown = trigger.shape.is_verb() && kind == "explosion" && !trigger.row.needs.is_empty();
    let flown = (roles.by_air || allied) && matches!(kind.as_str(), "attack" | "shelling") || roles.by_air && thrown;
    let kind = if flown { "airstrike".to_owned() } else { kind };
    if kind == "retreat" && trigger.shape.is_verb() && leaves_body(scene, token) {
        return None;
    }
    if kind == "capture" && takes_no_ground(scene, trigger, &roles) {
        return None;
    }
    // "it crashed": of an intransitive verb what suffers is its subject.
    let falls = || trigger.row.roles.as_ref().and_then(|r| r.subject.as_deref()) == Some("patient");
    if kind == "destruction" && trigger.shape.is_verb() && roles.patient.is_none() && falls() {
        return None;
    }
    // A party that collapses is not damaged.
    if kind == "destruction" && trigger.shape.is_verb() && roles.agent.is_none() && trigger.row.is_weak() {
        let falls = trigger.row.roles.as_ref().and_then(|r| r.subject.as_deref()) == Some("patient");
        let party = |f: &Filler| f.actor.is_some_and(|a| scene.mentions.actors[a].at.tokens == f.at.tokens);
        if falls && roles.patient.as_ref().is_some_and(party) {
            return None;
        }
    }
    // Talks that break down are no one's loss.
    let talks = |f: &Filler| doc.reading(f.at.tokens.start, |_, row| row.frame.as_deref() == Some("talks")).is_some();
    roles.patient = roles.patient.take().filter(|f| kind != "breakdown" || f.actor.is_some() || !talks(f));
    // What is damaged is no place of the damage.
    let damaged = roles.patient.as_ref().and_then(|f| f.place);
    let own = roles.place.or_else(|| place_taken_up(scene, trigger, roles.patient.is_none()));
    let place = place_of_event(scene, trigger, own).filter(|p| damaged != Some(*p));
    let place = place.or_else(|| damaged.and_then(|site| place_around(scene, site)));
    let polarity = polarity(scene, token, trigger);
    let span = doc.span_from(token..token + 1, trigger.reading.start);
    let at = Extent { tokens: token..token + 1, span };
    let mut whole = span;
    for filler in [&roles.agent, &roles.patient].into_iter().flatten() {
        if doc.sentence_of(filler.at.tokens.start) == doc.sentence_of(token) {
            whole = whole.cover(filler.at.span);
        }
    }
    Some(Event {
        rule: format!("{}.{}", trigger.frame.name, shape_name(trigger.shape)),
        kind,
        trigger: at.clone(),
        at: Extent { tokens: at.tokens, span: whole },
        agent: roles.agent,
        patient: roles.patient,
        supporter: roles.supporter,
        weapon: roles.weapon,
        place,
        time: scene.time_of(token).filter(|_| !is_state(scene, trigger)),
        attribution: scene.source_of(token),
        negated: polarity.negated,
        realis: polarity.realis,
        polarity: polarity.cue,
    })
}

/// "the march ended where the demonstrators …": those whom the sentence says to demonstrate, the nearest.
fn crowd(scene: &Scene<'_, '_>, token: usize) -> Option<Filler> {
    let doc = scene.doc;
    let sentence = doc.sentence_range(token);
    let near = sentence.start.max(token.saturating_sub(CROWD))..sentence.end.min(token + CROWD);
    let marches = |t: &usize| {
        doc.may_be(*t, Facts::FRAME) && doc.reading(*t, |_, row| row.acting_subject).is_some() && doc.is_definite(*t)
    };
    let Some(found) = near.filter(marches).min_by_key(|t| t.abs_diff(token)) else {
        return counted_crowd(scene, token);
    };
    Some(scene.phrase(found..found + 1))
}

/// "hundreds went out in a march": those whom the verb counts.
fn counted_crowd(scene: &Scene<'_, '_>, token: usize) -> Option<Filler> {
    let doc = scene.doc;
    let verb = scene.clauses.at(token)?.verb.filter(|v| *v < token && token - *v < CROWD)?;
    let harms = scene.trigger_at(verb).is_some_and(|t| t.frame.harm.is_some());
    let slot = slots(scene, verb + 1, token, 1).into_iter().next().filter(|s| s.preposition.is_empty() && !harms)?;
    let number = scene.quantity_at(slot.tokens.start).map(|q| &scene.mentions.quantities[q])?;
    let people = number.noun.is_none_or(|n| super::count::people(scene, n).is_some());
    let in_it = doc.clitics(token).preposition.is_some() || doc.governed_by(token).is_some();
    (people && number.unit.is_none() && in_it).then(|| scene.filler_of(slot.tokens))
}

/// "the truce that came into force": something is told of it.
fn is_told_of(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    let past = |t: &usize| !doc.continues_phrase(*t) || doc.is_particle(*t, "rel");
    (token + 1..token + 4).find(past).is_some_and(|t| doc.is_word(t) && doc.is_particle(t, "rel"))
}

/// "withdrew from the union": no ground is given up.
fn leaves_body(scene: &Scene<'_, '_>, verb: usize) -> bool {
    let doc = scene.doc;
    let body = |s: &Slot| {
        let actor = scene.actor_at(s.tokens.start).map(|a| scene.mentions.actors[a].kind.as_str());
        !s.preposition.is_empty() && matches!(actor, Some("organization" | "coalition"))
    };
    let from = |s: &Slot| doc.governed_by(s.tokens.start).is_some_and(|row| row.relation.as_deref() == Some("from"));
    slots(scene, verb + 1, doc.sentence_range(verb).end, 4).iter().any(|s| body(s) && from(s))
}

/// People are freed, arms and vehicles are booty, and a text is edited: no ground is taken.
fn takes_no_ground(scene: &Scene<'_, '_>, trigger: &Trigger<'_>, roles: &Roles) -> bool {
    let doc = scene.doc;
    let arms = |row: &Row| is_weapon(row) || row.class.as_deref() == Some("arms");
    let taken = |f: &Filler| {
        let head = f.at.tokens.start;
        let named = f.actor.is_some_and(|a| scene.mentions.actors[a].kind == "person");
        let people = f.actor.is_none() && super::count::people(scene, head).is_some();
        people || trigger.shape.is_noun() && named || doc.reading(head, |_, row| arms(row)).is_some()
    };
    let brought = |s: &Slot| {
        if trigger.frame.prep.get(&s.preposition).is_none_or(|r| r != "target") {
            return false;
        }
        let head = scene.number_end(s.tokens.start).unwrap_or(s.tokens.start);
        doc.reading(head, |_, row| arms(row)).is_some()
    };
    let end = doc.sentence_range(trigger.token).end;
    match &roles.patient {
        Some(patient) => taken(patient),
        None if roles.place.is_some() => false,
        None => {
            let bare = trigger.shape == Shape::Masdar && !trigger.reading.clitics.article;
            let idle = bare && roles.agent.is_none() && trigger.reading.pronoun.is_none();
            idle && !doc.is_word(trigger.token + 1) || slots(scene, trigger.token + 1, end, 2).iter().any(brought)
        }
    }
}

/// "one of the leaders of X": nobody who is told.
fn is_one_of_them(scene: &Scene<'_, '_>, head: usize) -> bool {
    let doc = scene.doc;
    let one =
        |r: &Reading, row: &Row| row.victim.as_deref() == Some("same") && !row.collective && !r.features.is_plural();
    doc.reading(head, one).is_some()
        && !doc.is_definite(head)
        && super::count::people(scene, head + 1).is_some_and(|(r, _)| r.features.is_plural())
}

/// "those backed by", "which X backs": it goes on, whenever the rest of the sentence happens.
fn is_state(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> bool {
    let describes = match trigger.reading.features.category {
        Category::ActiveParticiple | Category::PassiveParticiple => true,
        Category::Imperfect => scene.clauses.at(trigger.token).is_some_and(|c| c.link == Link::Relative),
        _ => false,
    };
    describes && trigger.frame.place.as_deref() == Some("own")
}

pub fn shape_name(shape: Shape) -> &'static str {
    match shape {
        Shape::Active => "active",
        Shape::Passive => "passive",
        Shape::Open => "verb",
        Shape::Masdar => "masdar",
        Shape::Noun => "noun",
        Shape::ActiveParticiple => "active_participle",
        Shape::PassiveParticiple => "passive_participle",
    }
}
