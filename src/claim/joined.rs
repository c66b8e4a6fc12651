//! Deeds that "and" joins before one object: "the abduction and killing of two officers".

use super::Scene;
use super::trigger::{Shape, Trigger};
use crate::lexicon::{List, Reading};
use crate::morph::Category;

/// How many verbal nouns may be joined to the first.
const JOINED: usize = 3;

/// Behind a second word for the same support ("with the support and the backing of X"), and behind the verbal nouns that share
/// the object of the trigger.
pub(super) fn behind_joined(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> usize {
    let doc = scene.doc;
    let next = trigger.token + 1;
    let same = |x: &Trigger<'_>| x.frame.event == trigger.frame.event && !x.shape.is_verb();
    let support = trigger.frame.event.as_deref() == Some("support") && trigger.shape.is_noun();
    if support && is_joined(scene, next) && scene.trigger_at(next).is_some_and(same) {
        return next + 1;
    }
    if trigger.shape != Shape::Masdar || !takes_object(trigger) {
        return next;
    }
    let limit = scene.doc.sentence_range(trigger.token).end;
    let more = (next..limit).take(JOINED).take_while(|t| is_joined_deed(scene, *t)).count();
    let object = next + more;
    let bare = object < limit && doc.continues_phrase(object) && !doc.is_preposition(object);
    let told =
        bare && doc.clitics(object).preposition.is_none() && !doc.is_any_particle(object, ["rel", "comp", "conj"]);
    if told { object } else { next }
}

/// A deed whose genitive is whom or what it is done to.
fn takes_object(trigger: &Trigger<'_>) -> bool {
    let own = trigger.row.roles.as_ref().and_then(|r| r.masdar.as_deref());
    let genitive = own.unwrap_or(&trigger.frame.genitive);
    let bare = trigger.reading.pronoun.is_none() && !trigger.reading.clitics.article;
    bare && trigger.frame.event.is_some() && matches!(genitive, "target" | "patient" | "victims")
}

/// Behind "and", and without an article or a preposition.
fn is_joined(scene: &Scene<'_, '_>, token: usize) -> bool {
    let clitics = scene.doc.clitics(token);
    clitics.conjunction.is_some() && clitics.preposition.is_none() && !clitics.article
}

/// A verbal noun of one deed, which nothing between it and the first parts from it.
pub(super) fn is_joined_deed(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    let deed = |r: &Reading| {
        r.features.category == Category::Masdar
            && r.pronoun.is_none()
            && !r.features.is_plural()
            && !r.features.is_dual()
            && doc.list(r) == List::Verb
    };
    is_joined(scene, token) && scene.mention_end(token).is_none() && doc.readings(token).iter().any(deed)
}

/// "the abduction and killing of two officers": whose number the last of the deeds counts.
pub(super) fn is_counted_by_next(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> bool {
    let harm = |t: usize| scene.trigger_at(t).is_some_and(|x| x.frame.harm.is_some());
    trigger.shape == Shape::Masdar && (trigger.token + 1..behind_joined(scene, trigger)).any(harm)
}
