//! Events: a trigger, and who did what to whom, where and when.

use super::polarity::polarity;
use super::roles::roles;
use super::trigger::{Shape, Trigger};
use super::{Filler, Scene};
use crate::mention::Extent;
use crate::morph::Category;
use crate::segment::Kind;

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
        if let Some(mut event) = event_at(scene, token) {
            if event.agent.is_none() {
                event.agent = out.last().and_then(|cause| agent_of_cause(scene, cause, token));
            }
            out.push(event);
        }
    }
    out
}

/// "strikes by X that led to …": who did the first did the second.
fn agent_of_cause(scene: &Scene<'_, '_>, cause: &Event, effect: usize) -> Option<Filler> {
    let doc = scene.doc;
    let from = cause.trigger.tokens.end;
    let same = doc.sentence_of(from) == doc.sentence_of(effect);
    let results = same && (from..effect).any(|t| doc.reading(t, |_, r| r.frame.as_deref() == Some("result")).is_some());
    results.then(|| cause.agent.clone()).flatten()
}

fn event_at(scene: &Scene<'_, '_>, token: usize) -> Option<Event> {
    let doc = scene.doc;
    let trigger = scene.trigger_at(token)?;
    let kind = trigger.frame.event.clone()?;
    let told = is_told_already(scene, trigger, &kind);
    if told || scene.is_cue(token) || !is_sure(scene, trigger) || is_general(scene, trigger) {
        return None;
    }
    let roles = roles(scene, trigger);
    let place = roles.place.or_else(|| scene.place_of(token));
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
        time: scene.time_of(token),
        attribution: scene.source_of(token),
        negated: polarity.negated,
        realis: polarity.realis,
        polarity: polarity.cue,
    })
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

/// Violence whose own words may carry a second trigger.
const VIOLENCE: [&str; 4] = ["airstrike", "shelling", "explosion", "attack"];

/// The same event told by a second word: its weapon, the verb that its noun is subject of, a noun that only leads to the
/// event's own, a crowd whose protest the sentence names.
fn is_told_already(scene: &Scene<'_, '_>, trigger: &Trigger<'_>, kind: &str) -> bool {
    let doc = scene.doc;
    let token = trigger.token;
    let names = |t: usize, kinds: &[&str]| {
        scene.trigger_at(t).is_some_and(|x| x.frame.event.as_deref().is_some_and(|e| kinds.contains(&e)))
    };
    let within = |words: usize| {
        let mut at = token;
        let mut out = Vec::new();
        while out.len() < words {
            let Some(previous) = at.checked_sub(1) else { break };
            if !doc.is_word(previous) && doc.kind(previous) != Some(Kind::Number)
                || doc.clitics(at).conjunction.is_some()
            {
                break;
            }
            out.push(previous);
            at = previous;
        }
        out
    };
    let weapon = matches!(trigger.row.class.as_deref(), Some("bomb" | "artillery" | "air" | "small_arms"));
    // "with a rocket that X fired": the verb tells it.
    let fired =
        || (token + 1..token + 4).take_while(|t| doc.is_word(*t)).any(|t| doc.is_finite(t) && names(t, &VIOLENCE));
    if weapon && fired() {
        return true;
    }
    if weapon && within(3).iter().any(|t| names(*t, &VIOLENCE)) {
        return true;
    }
    let verb = trigger.shape.is_verb() && kind == "attack";
    if verb && within(4).iter().any(|t| names(*t, &VIOLENCE) && !doc.is_finite(*t)) {
        return true;
    }
    let leads = trigger.row.is_weak() && trigger.shape == Shape::Noun;
    if leads && scene.trigger_at(token + 1).is_some_and(|t| t.frame.event.is_some() && doc.continues_phrase(token + 1))
    {
        return true;
    }
    trigger.row.acting_subject && {
        let sentence = doc.sentence_range(token);
        let acts = doc.previous_word(token).is_some_and(|p| doc.is_finite(p)) || doc.is_finite(token + 1);
        let named = sentence.clone().any(|t| {
            t != token
                && scene.trigger_at(t).is_some_and(|x| x.frame.event.as_deref() == Some(kind) && !x.row.acting_subject)
        });
        let first = (sentence.start..token).any(|t| scene.trigger_at(t).is_some_and(|x| x.row.acting_subject));
        !acts || named || first
    }
}

/// A trigger that often means something else counts where a fighting party or a place stands with it.
fn is_sure(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> bool {
    let participle = trigger.reading.features.category == Category::ActiveParticiple;
    if trigger.row.strength.as_deref() != Some("weak") && !participle {
        return true;
    }
    let clause = scene.clause(trigger.token);
    clause.into_iter().any(|t| {
        scene.actor_at(t).is_some_and(|a| {
            matches!(
                scene.mentions.actors[a].kind.as_str(),
                "armed_group" | "military" | "coalition" | "collective" | "state"
            )
        })
    })
}

/// Talk about such events in general: behind a word of crime, law, danger or struggle against.
fn is_general(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> bool {
    let doc = scene.doc;
    let mut at = trigger.token;
    for _ in 0..2 {
        let Some(previous) = doc.previous_word(at) else { return false };
        if doc.reading(previous, |_, row| row.has_role("general")).is_some() {
            return true;
        }
        if doc.clitics(at).conjunction.is_none() || !doc.is_nominal(previous) {
            return false;
        }
        at = previous;
    }
    false
}
