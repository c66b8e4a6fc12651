//! Whether a word tells that something happened: a trigger that often means something else, a weapon that lies idle, a
//! match, talk about such events in general.

use super::control::{is_put_down, takes_event};
use super::event::VIOLENCE;
use super::journey::{goes_nowhere, is_outing};
use super::near::{NEAR, stands_any_near};
use super::roles::Roles;
use super::talk::names_person;
use super::trigger::{Shape, Trigger};
use super::{Filler, Scene};
use crate::lexicon::{Facts, List, Reading, Row};
use crate::morph::Category;

/// How many words may stand between a verb and the weapon that somebody was exposed to.
const EXPOSED: usize = 12;

/// How far before "any" what denies it may stand.
const ANY: usize = 4;

/// How many words back a definite noun may take violence up.
const RECENT: usize = 80;

/// A trigger that often means something else counts where a fighting party takes part, or a place is fought for.
pub(super) fn is_sure(scene: &Scene<'_, '_>, trigger: &Trigger<'_>, roles: &Roles) -> bool {
    let row = trigger.row;
    let participle = trigger.reading.features.category == Category::ActiveParticiple;
    let noun = trigger.shape.is_noun() && row.masdar_strength.as_deref() == Some("weak");
    if !row.is_weak() && !participle && !noun {
        return true;
    }
    if names_ground(scene, trigger.token) || is_outing(scene, trigger) || goes_nowhere(scene, trigger) {
        return false;
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
    let told = matches!(trigger.frame.name.as_str(), "breakdown" | "protest" | "shelling" | "airstrike");
    // "a drone struck": what it is done with makes the verb mean what it means.
    if own && trigger.shape.is_verb() && row.with.values().any(|f| *f == trigger.frame.name) {
        return true;
    }
    if own && told && row.subject_frame.values().any(|f| *f == trigger.frame.name) {
        return true;
    }
    let weapon = trigger.shape.is_noun() && super::arms::is_munition(row);
    if weapon && (roles.patient.is_some() || roles.place.is_some()) && hits_something(scene, trigger.token) {
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
    // "the toll of the aggression"
    let toll = |t: usize| scene.doc.reading(t, |r, row| row.toll && !r.features.category.is_finite()).is_some();
    if row.is_weak() && trigger.shape.is_noun() && trigger.token.checked_sub(1).is_some_and(toll) {
        return true;
    }
    let meet = trigger.frame.name == "talks";
    // An army that comes back or leaves does not flee, by a verb of which the subject says whether it tells of that.
    let travels = trigger.frame.name == "displacement" && !row.subject_frame.is_empty();
    let fights = |f: &Filler| {
        f.actor.is_some_and(|a| match scene.mentions.actors[a].kind.as_str() {
            "armed_group" | "collective" => true,
            "military" | "coalition" | "state" => !travels,
            _ => meet,
        })
    };
    let needed = trigger.shape.is_verb() && trigger.frame.weak_needs.as_deref() == Some("patient");
    let agent = roles.agent.as_ref().filter(|_| !needed);
    // "hundreds returned"
    let number = |f: &Filler| {
        let several = scene.quantity_at(f.at.tokens.start).map(|q| &scene.mentions.quantities[q]);
        several.is_some_and(|q| q.value.is_none() && q.unit.is_none() && q.number_tokens.end >= f.at.tokens.end)
    };
    let people = |f: &Filler| {
        super::count::people(scene, f.at.tokens.start).is_some() || number(f) && trigger.frame.name == "displacement"
    };
    // A minister travels, and does not flee.
    let office = |f: &Filler| {
        let doc = scene.doc;
        let official = |r: &Reading, row: &Row| doc.list(r) == List::Title && row.victim.as_deref() == Some("official");
        doc.reading(f.at.tokens.start, official).is_some()
    };
    let noun_shape = trigger.shape.is_noun();
    let someone = [agent, roles.patient.as_ref()].into_iter().flatten().any(fights)
        || trigger.frame.name == "protest" && noun_shape && roles.agent.as_ref().is_some_and(people)
        || trigger.frame.name == "displacement" && roles.agent.as_ref().is_some_and(|f| people(f) && !office(f))
        || trigger.frame.name == "displacement" && noun_shape && roles.patient.as_ref().is_some_and(people);
    // A meeting of some with others; vehicles that are sent.
    let met = meet && noun_shape && (agent.is_some() || roles.patient.is_some());
    let several = trigger.reading.features.is_dual() || trigger.reading.features.is_plural();
    let offices =
        |f: &Filler| office(f) && scene.doc.readings(f.at.tokens.start).iter().any(|r| r.features.is_several());
    let met = met || meet && agent.is_some_and(offices);
    let met =
        met || meet && (several && agent.is_some_and(people) || roles.patient.is_some() && agent.is_some_and(office));
    let sent = |f: &Filler| {
        if scene.trigger_at(f.at.tokens.start).is_some_and(|t| t.frame.name == trigger.frame.name) {
            return false;
        }
        let class = |row: &Row| matches!(row.class.as_deref(), Some("air" | "artillery" | "vehicle" | "force"));
        scene.doc.reading(f.at.tokens.start, |_, row| class(row)).is_some()
    };
    // "the arrest of eleven policemen": whoever they are, they were arrested.
    let arrests = trigger.frame.event.as_deref() == Some("arrest") && trigger.frame.harm.is_some();
    let met = met || arrests && roles.patient.as_ref().is_some_and(people);
    // "masked soldiers were deployed"
    let troops = |f: &Filler| {
        let row = super::count::people(scene, f.at.tokens.start);
        sent(f) || row.is_some_and(|(_, row)| row.victim.as_deref() == Some("combatant"))
    };
    let sends = trigger.frame.event.as_deref() == Some("deployment")
        && (roles.patient.as_ref().is_some_and(sent)
            || trigger.shape.is_verb() && roles.agent.as_ref().is_some_and(troops));
    let someone = someone || met || sends;
    // "those who fight beside X": against whom, or where, is not said.
    if row.is_weak()
        && trigger.shape.is_verb()
        && trigger.frame.name == "clash"
        && roles.patient.is_none()
        && roles.place.is_none()
    {
        return false;
    }
    let held = matches!(trigger.frame.event.as_deref(), Some("capture" | "advance" | "siege" | "retreat"))
        && roles.place.is_some();
    // "the control of X over the region" lasts; after it, or as what somebody did or brought about, it was taken.
    if noun && row.state {
        let construct = trigger.shape == Shape::Masdar && !trigger.reading.clitics.article;
        let told = |t: usize| scene.attributions.iter().any(|a| a.content.as_ref().is_some_and(|c| c.start == t));
        let taken = is_carried(scene, trigger.token)
            || is_brought_or_timed(scene, trigger.token)
            || told(trigger.token) && roles.agent.is_some();
        let object = row.roles.as_ref().is_some_and(|r| !r.prep.is_empty());
        return if construct { someone && taken } else { someone || object && roles.place.is_some() };
    }
    // Whoever puts down a march says that it is one.
    someone || held && !noun || trigger.frame.name == "protest" && noun_shape && is_put_down(scene, trigger)
}

/// "in the county of X", written like a boycott.
fn names_ground(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    let head = scene.place_at(token + 1).is_some_and(|p| scene.mentions.places[p].head == Some(token));
    let glued = || doc.clitics(token).preposition.is_some_and(|p| doc.lexicon.is_place_clitic(p));
    let inside = |row: &Row| row.relation.as_deref().is_some_and(|r| r != "to" && r != "from");
    head && (glued() || doc.governed_by(token).is_some_and(inside))
}

/// "to strike at stability", "it undermines the freedoms": nothing that can be hit, so that the deed is a manner of speaking.
pub(super) fn is_figurative(scene: &Scene<'_, '_>, trigger: &Trigger<'_>, roles: &Roles) -> bool {
    let violent = |e: &str| VIOLENCE.contains(&e) || matches!(e, "destruction" | "capture" | "advance" | "siege");
    trigger.shape != Shape::Noun
        && trigger.frame.event.as_deref().is_some_and(violent)
        && roles.patient.as_ref().is_some_and(|f| is_abstract(scene, f))
}

/// Terror, freedom, stability: nobody and nothing.
fn is_abstract(scene: &Scene<'_, '_>, filler: &Filler) -> bool {
    let doc = scene.doc;
    let head = filler.at.tokens.start;
    let owned = || !doc.clitics(head).article && doc.is_definite(head + 1) && doc.continues_phrase(head + 1);
    has_class(scene, filler, "abstract") || has_class(scene, filler, "abstract_of") && owned()
}

/// What is no patient of anything: the abstract, and "several places".
pub(super) fn is_nothing(scene: &Scene<'_, '_>, filler: &Filler) -> bool {
    is_abstract(scene, filler) || filler.at.tokens.len() == 1 && has_class(scene, filler, "somewhere")
}

fn has_class(scene: &Scene<'_, '_>, filler: &Filler, class: &str) -> bool {
    let named = |row: &Row| row.class.as_deref() == Some(class);
    filler.actor.is_none() && scene.doc.reading(filler.at.tokens.start, |_, row| named(row)).is_some()
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
    let violent = |t: usize| scene.trigger_at(t).is_some_and(|x| !x.row.is_weak() && x.is_violent());
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
pub(super) fn is_idle_weapon(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> bool {
    let doc = scene.doc;
    if trigger.row.class.as_deref() == Some("small_arms") {
        let with = trigger.reading.clitics.preposition.is_some_and(|p| doc.lexicon.is_place_clitic(p));
        return !with || doc.is_definite(trigger.token);
    }
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
    let own = |t: &usize| doc.clitics(*t).conjunction.is_none();
    if hits_something(scene, token) || is_undergone(scene, head) {
        return false;
    }
    let works =
        brought && (clause.start..token).any(effect) || (token + 1..clause.end).take(NEAR).take_while(own).any(effect);
    !works
}

/// "the post was exposed to shells": the preposition before the weapon brings what somebody underwent.
fn is_undergone(scene: &Scene<'_, '_>, weapon: usize) -> bool {
    let doc = scene.doc;
    let Some(preposition) = doc.clitics(weapon).preposition else { return false };
    let preposition = doc.lexicon.fold.word(&preposition.to_string());
    let exposed = |row: &Row| row.frame.as_deref() == Some("light") && takes_event(row, &preposition);
    let start = scene.clause(weapon).start.max(weapon.saturating_sub(EXPOSED));
    (start..weapon).rev().any(|t| doc.may_be(t, Facts::CARRIER) && doc.reading(t, |_, row| exposed(row)).is_some())
}

/// Where the phrase of a trigger begins: a noun of several words, or counted.
pub(super) fn first_word(scene: &Scene<'_, '_>, token: usize) -> usize {
    let first = scene.doc.turn_at(token).map_or(token, |turn| turn.tokens[0]);
    let counted = first.checked_sub(1).and_then(|t| scene.quantity_at(t));
    counted.map_or(first, |q| scene.mentions.quantities[q].tokens.start)
}

/// "a bomb hit a patrol": a weapon right behind or close before the verb that says what it hit.
fn hits_something(scene: &Scene<'_, '_>, weapon: usize) -> bool {
    let doc = scene.doc;
    let hits = |t: usize| {
        doc.may_be(t, Facts::SUBJECT_FRAME)
            && doc.reading(t, |r, row| r.features.category.is_finite() && row.has_role("targets")).is_some()
    };
    let first = first_word(scene, weapon);
    let subject = doc.clitics(first).preposition.is_none() && first.checked_sub(1).is_some_and(hits);
    subject || (weapon + 1..weapon + NEAR).take_while(|t| doc.is_word(*t)).any(hits)
}

/// A side that attacks, defends and retreats on a pitch.
pub(super) fn is_sport(scene: &Scene<'_, '_>, token: usize, kind: &str) -> bool {
    let doc = scene.doc;
    let sport = |t: &usize| {
        doc.may_be(*t, Facts::CLASS) && doc.reading(*t, |_, r| r.class.as_deref() == Some("sport")).is_some()
    };
    let figurative =
        matches!(kind, "attack" | "clash" | "advance" | "retreat" | "capture" | "siege" | "support" | "breakdown");
    figurative && doc.sentence_range(token).any(|t| sport(&t))
}

pub(super) fn is_ordinal(scene: &Scene<'_, '_>, quantity: usize) -> bool {
    scene.mentions.quantities[quantity].kind == crate::mention::QuantityKind::Ordinal
}

/// "the crime of the terrorist bombing in the mosque of X": of one whose place is told no more is said in general.
fn is_located(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    let own = |t: &usize| doc.is_word(*t) && doc.clitics(*t).conjunction.is_none() && !doc.is_finite(*t);
    let led = |t: usize| doc.governs_place(t) || scene.locates(t);
    let mut behind = (token + 1..token + 1 + LOCATED).take_while(own);
    let there = |t: &usize| led(*t) && (*t..*t + 2).any(|p| scene.place_at(p).is_some());
    doc.clitics(token).article && behind.any(|t| there(&t))
}

/// How far behind an event its place may stand that makes it one of its own.
const LOCATED: usize = 4;

/// Talk about such events in general: behind a word of crime, law, danger or struggle against.
pub(super) fn is_general(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> bool {
    let doc = scene.doc;
    let named = trigger.frame.harm.is_some() && names_person(scene, trigger.token);
    if !trigger.shape.is_noun() || named || is_located(scene, trigger.token) {
        return false;
    }
    let mut at = trigger.token;
    // "which they call a terrorist act": of what kind it was.
    if trigger.row.has_role("kind") && !doc.is_definite(at) && !trigger.reading.features.is_plural() {
        return true;
    }
    // "on the third day of the war": how long it has lasted.
    let dated = |t: usize| scene.time_at(t).is_some() || scene.quantity_at(t).is_some_and(|q| is_ordinal(scene, q));
    let owned = trigger.reading.clitics.preposition.is_some_and(|p| doc.lexicon.is_possessive(p));
    if owned && trigger.row.has_role("lasts") && at.checked_sub(1).is_some_and(dated) {
        return true;
    }
    // "any attack": none that has happened.
    let any = |t: usize| doc.particle(t, "neg").is_some_and(|row| row.needs_neg);
    let negated =
        |t: usize| (t.saturating_sub(ANY)..t).any(|n| doc.particle(n, "neg").is_some_and(|row| !row.needs_neg));
    let open = !doc.is_definite(at);
    let kept = |p: usize| doc.reading(p, |_, row| row.frame.as_deref() == Some("prevent")).is_some();
    let prevented = || at.checked_sub(2).is_some_and(kept);
    let unreached = || prevented() || super::unreached::unreached(scene, at).is_some();
    if open && doc.previous_word(at).is_some_and(|t| any(t) && !negated(t)) && !unreached() {
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
