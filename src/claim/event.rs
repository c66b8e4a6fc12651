//! Events: a trigger, and who did what to whom, where and when.

use super::blame::same_side;
use super::casualty::names_person;
use super::clause::Link;
use super::control::is_put_down;
use super::place::place_of_event;
use super::polarity::polarity;
use super::roles::{Roles, roles};
use super::told::{agent_beside, agent_of_joined, described_further, is_done_by, is_told_already, share};
use super::trigger::{NEAR, Shape, Trigger, stands_any_near, stands_near};
use super::{Filler, Scene};
use crate::lexicon::{Facts, Reading, Row};
use crate::mention::Extent;
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

pub fn events(scene: &Scene<'_, '_>) -> Vec<Event> {
    let mut out: Vec<Event> = Vec::new();
    for token in 0..scene.doc.len() {
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
            if let Some(last) = out.last_mut().filter(|e| is_done_by(scene, e, &event)) {
                last.agent.clone_from(&event.agent);
            }
            out.push(event);
        }
    }
    name_first(scene, &mut out);
    share(scene, &mut out);
    out
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
            "shelling" => goes_on_from_air(scene, event, earlier),
            _ => trigger.row.has_role("strike") && earlier.iter().any(|e| e.kind == "airstrike"),
        };
        if flown {
            return Some("airstrike".to_owned());
        }
    }
    if trigger.shape.is_noun() && trigger.row.anaphor && trigger.row.frame.as_deref() == Some("attack") && doc.clitics(token).article
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
    row.with.contains_key(super::trigger::AIRCRAFT) && row.frame.as_deref() == Some(trigger.frame.name.as_str())
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
        (Some(here), Some(there)) => same_side(scene, here, there),
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
    let doc = scene.doc;
    let from = cause.trigger.tokens.end;
    let same = doc.sentence_of(from) == doc.sentence_of(effect);
    let results = same
        && (from..effect)
            .filter(|t| doc.may_be(*t, Facts::CARRIER))
            .any(|t| doc.reading(t, |_, r| r.frame.as_deref() == Some("result")).is_some());
    results.then(|| cause.agent.clone()).flatten()
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
    if roles.patient_from.is_some_and(|t| is_one_of_them(scene, t)) {
        roles.patient = None;
    }
    if !is_sure(scene, trigger, &roles) {
        return None;
    }
    // "the occupation", "the truce": a state, if nothing behind it says of what.
    let state = trigger.row.state && trigger.shape.is_noun() && doc.clitics(token).article;
    let object = trigger.row.roles.as_ref().is_some_and(|r| !r.prep.is_empty());
    if state && !object && roles.place.is_none() && roles.patient.is_none() {
        return None;
    }
    // A coalition strikes from the air.
    let allied =
        roles.agent.as_ref().and_then(|f| f.actor).is_some_and(|a| scene.mentions.actors[a].kind == "coalition");
    let allied = allied && !trigger.row.is_weak() && is_told_by_default(trigger);
    let flown = (roles.by_air || allied) && matches!(kind.as_str(), "attack" | "shelling");
    let kind = if flown { "airstrike".to_owned() } else { kind };
    // People are freed and no ground is taken.
    let people = |f: &Filler| f.actor.is_none() && super::count::people(scene, f.at.tokens.start).is_some();
    if kind == "capture" && roles.patient.as_ref().is_some_and(people) {
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
    // What is damaged is no place of the damage.
    let damaged = roles.patient.as_ref().and_then(|f| f.place);
    let place = place_of_event(scene, trigger, roles.place).filter(|p| damaged != Some(*p));
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

/// How far before "any" what denies it may stand.
const ANY: usize = 4;

/// How many words back a definite noun may take violence up.
const RECENT: usize = 80;

/// Violence whose own words may carry a second trigger.
pub(super) const VIOLENCE: [&str; 4] = ["airstrike", "shelling", "explosion", "attack"];

/// A trigger that often means something else counts where a fighting party takes part, or a place is fought for.
fn is_sure(scene: &Scene<'_, '_>, trigger: &Trigger<'_>, roles: &Roles) -> bool {
    let row = trigger.row;
    let participle = trigger.reading.features.category == Category::ActiveParticiple;
    let noun = trigger.shape.is_noun() && row.masdar_strength.as_deref() == Some("weak");
    if !row.is_weak() && !participle && !noun {
        return true;
    }
    let protest = trigger.frame.name == "protest" && trigger.shape.is_noun();
    if (!row.is_weak() && noun || protest) && is_carried(scene, trigger.token) {
        return true;
    }
    // "fell into the hands of": the preposition makes the verb mean what it means, or the subject: "the talks collapsed".
    if row.prep_frame.values().any(|f| *f == trigger.frame.name) {
        return true;
    }
    let own = row.frame.as_deref() != Some(trigger.frame.name.as_str());
    let told = matches!(trigger.frame.name.as_str(), "breakdown" | "protest");
    if own && told && row.subject_frame.values().any(|f| *f == trigger.frame.name) {
        return true;
    }
    // "a force to fight X", "met to discuss": what something else is for.
    if row.is_weak() && trigger.shape == Shape::Masdar && is_aim(scene, trigger, roles) {
        return false;
    }
    // "clashes" are what they are; "the operation" behind an attack is one.
    let clashes = row.is_weak()
        && trigger.shape.is_noun()
        && trigger.frame.name == "clash"
        && trigger.reading.features.is_plural();
    if clashes || row.is_weak() && row.anaphor && takes_up_violence(scene, trigger.token) {
        return true;
    }
    if stands_any_near(scene.doc, trigger.token, &row.strong_with) {
        return true;
    }
    let meet = trigger.frame.name == "talks";
    let fights = |f: &Filler| {
        f.actor.is_some_and(|a| {
            meet || matches!(
                scene.mentions.actors[a].kind.as_str(),
                "armed_group" | "military" | "coalition" | "collective" | "state"
            )
        })
    };
    let needed = trigger.shape.is_verb() && trigger.frame.weak_needs.as_deref() == Some("patient");
    let agent = roles.agent.as_ref().filter(|_| !needed);
    let people = |f: &Filler| super::count::people(scene, f.at.tokens.start).is_some();
    let noun_shape = trigger.shape.is_noun();
    let someone = [agent, roles.patient.as_ref()].into_iter().flatten().any(fights)
        || (matches!(trigger.frame.name.as_str(), "displacement" | "talks") || trigger.frame.name == "protest" && noun_shape)
            && roles.agent.as_ref().is_some_and(people);
    let held = matches!(trigger.frame.event.as_deref(), Some("capture" | "advance" | "siege" | "retreat"))
        && roles.place.is_some();
    // "the control of X over the region" lasts; after it, or as what somebody did or brought about, it was taken.
    if noun && row.state {
        let construct = trigger.shape == Shape::Masdar && !trigger.reading.clitics.article;
        let taken = is_carried(scene, trigger.token) || is_brought_or_timed(scene, trigger.token);
        let object = row.roles.as_ref().is_some_and(|r| !r.prep.is_empty());
        return if construct { someone && taken } else { someone || object && roles.place.is_some() };
    }
    // Whoever puts down a march says that it is one.
    someone || held && !noun || trigger.frame.name == "protest" && noun_shape && is_put_down(scene, trigger)
}

/// A verbal noun of fighting or talking behind "in order to".
fn is_aim(scene: &Scene<'_, '_>, trigger: &Trigger<'_>, roles: &Roles) -> bool {
    let doc = scene.doc;
    let own = trigger.reading.clitics.preposition.map(|p| doc.lexicon.preposition(p));
    let own = own.is_some_and(|p| doc.lexicon.is_subjunctive(p));
    let aim = own || doc.governed_by(trigger.token).is_some_and(|row| row.has_role("purpose"));
    aim && match trigger.frame.event.as_deref() {
        Some("clash") => true,
        // "to meet with X" is a meeting.
        Some("talks") => roles.patient.is_none(),
        _ => false,
    }
}

/// Behind "after", "since", "because of", or behind a verb of result.
fn is_brought_or_timed(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    let timed =
        |row: &Row| ["time", "since", "cause", "topic"].iter().any(|r| row.has_role(r)) && !row.has_role("place");
    let verb = scene.clauses.at(token).and_then(|c| c.verb).filter(|v| *v < token);
    let results = |row: &Row| matches!(row.frame.as_deref(), Some("result"));
    doc.governed_by(token).is_some_and(timed) || verb.is_some_and(|v| doc.reading(v, |_, row| results(row)).is_some())
}

/// "the operation", "this operation" behind violence told of not long before.
fn takes_up_violence(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    let violent = |t: usize| {
        scene
            .trigger_at(t)
            .is_some_and(|x| !x.row.is_weak() && x.frame.event.as_deref().is_some_and(|e| VIOLENCE.contains(&e)))
    };
    doc.clitics(token).article && (token.saturating_sub(RECENT)..token).any(violent)
}

/// A verb of doing, managing or failing in the clause before the noun: it is what they did, and no state.
fn is_carried(scene: &Scene<'_, '_>, token: usize) -> bool {
    let verb = scene.clauses.at(token).and_then(|c| c.verb).filter(|v| *v < token);
    // "a march went out": the subject makes the verb light.
    let lent = |row: &Row| row.subject_frame.iter().any(|(w, f)| f == "light" && scene.doc.is_lemma(token, w));
    let carries = |row: &Row| matches!(row.frame.as_deref(), Some("light" | "manage" | "fail" | "modal")) || lent(row);
    verb.is_some_and(|v| scene.doc.reading(v, |_, row| carries(row)).is_some())
}

/// A weapon is an event where it hurts, hits or goes off; that somebody has, plants, finds or carries it is none.
fn is_idle_weapon(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> bool {
    let doc = scene.doc;
    let weapon = matches!(trigger.row.class.as_deref(), Some("bomb" | "artillery"));
    if !weapon || !trigger.shape.is_noun() {
        return false;
    }
    let falls = |t: usize| {
        doc.may_be(t, Facts::SUBJECT_FRAME)
            && doc.reading(t, |_, r| r.subject_frame.contains_key("@artillery")).is_some()
    };
    // "the fall of more than ten shells"
    let counted = trigger.token.checked_sub(1).and_then(|t| scene.quantity_at(t));
    let first = counted.map_or(trigger.token, |q| scene.mentions.quantities[q].tokens.start);
    let mut near = first.saturating_sub(3)..(trigger.token + NEAR).min(doc.sentence_range(trigger.token).end);
    if near.any(falls) {
        return false;
    }
    let token = trigger.token;
    let clause = scene.clause(token);
    let effect = |t: usize| {
        scene.trigger_at(t).is_some_and(|x| x.frame.harm.is_some())
            || doc.may_be(t, Facts::CARRIER) && doc.reading(t, |_, r| r.frame.as_deref() == Some("result")).is_some()
    };
    // "with splinters of a projectile"
    let inner = |t: usize| doc.continues_phrase(t) && doc.is_nominal(t - 1) && !doc.is_definite(t - 1);
    let deed = |t: usize| doc.is_category(t, Category::Masdar);
    let head = if token > clause.start && inner(token) && !deed(token - 1) { token - 1 } else { token };
    let brought = doc.clitics(head).preposition.is_some() || doc.governed_by(head).is_some();
    let works = brought && (clause.start..token).any(effect) || (token + 1..clause.end).take(NEAR).any(effect);
    !works
}

/// A side that attacks, defends and retreats on a pitch.
fn is_sport(scene: &Scene<'_, '_>, token: usize, kind: &str) -> bool {
    let doc = scene.doc;
    let sport = |t: &usize| {
        doc.may_be(*t, Facts::CLASS) && doc.reading(*t, |_, r| r.class.as_deref() == Some("sport")).is_some()
    };
    let figurative =
        matches!(kind, "attack" | "clash" | "advance" | "retreat" | "capture" | "siege" | "support" | "breakdown");
    figurative && doc.sentence_range(token).any(|t| sport(&t))
}

/// Talk about such events in general: behind a word of crime, law, danger or struggle against.
fn is_general(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> bool {
    let doc = scene.doc;
    if !trigger.shape.is_noun() || trigger.frame.harm.is_some() && names_person(scene, trigger.token) {
        return false;
    }
    let mut at = trigger.token;
    // "any attack": none that has happened.
    let any = |t: usize| doc.particle(t, "neg").is_some_and(|row| row.needs_neg);
    let negated =
        |t: usize| (t.saturating_sub(ANY)..t).any(|n| doc.particle(n, "neg").is_some_and(|row| !row.needs_neg));
    let open = !doc.is_definite(at);
    if open && doc.previous_word(at).is_some_and(|t| any(t) && !negated(t)) {
        return true;
    }
    for _ in 0..3 {
        let Some(previous) = doc.previous_word(at) else { return false };
        if doc.may_be(previous, Facts::GENERAL) && doc.reading(previous, |_, row| row.has_role("general")).is_some() {
            return true;
        }
        let linked = doc.is_preposition(previous) || doc.clitics(at).conjunction.is_some() || doc.is_nominal(previous);
        let occurs = doc.reading(previous, |r, row| {
            row.frame.as_deref() == Some("light") && r.features.category == Category::Masdar
        });
        if !linked || doc.is_nominal(previous) && doc.clitics(at).conjunction.is_none() && occurs.is_none() {
            return false;
        }
        at = previous;
    }
    false
}
