//! Harm of which nobody is told that it happened: crime and law spoken of in general, a sentence that nobody carried out.

use super::Scene;
use super::trigger::{Shape, Trigger};
use crate::lexicon::{Reading, Row};

/// Words behind a verbal noun among which the name may stand of whom it befell.
const NAMED: usize = 5;

/// "the crime of the killing of X": of one who is named no more is said in general.
pub(super) fn names_person(scene: &Scene<'_, '_>, masdar: usize) -> bool {
    let doc = scene.doc;
    let led = |t: usize| {
        doc.is_preposition(t) || doc.clitics(t).preposition.is_some() || doc.clitics(t).conjunction.is_some()
    };
    let own = (masdar + 1..masdar + NAMED).take_while(|t| doc.is_word(*t) && !led(*t));
    own.into_iter().any(|t| scene.actor_at(t).is_some_and(|a| scene.mentions.actors[a].kind == "person"))
}

/// How far before an execution the court or its judgement may stand.
const JUDGED: usize = 8;

/// "the court sentenced five to execution", "upheld the execution of": no death yet, unless it was carried out.
pub(super) fn is_sentence(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> bool {
    let doc = scene.doc;
    let token = trigger.token;
    if trigger.frame.name != "execute" || trigger.shape != Shape::Masdar {
        return false;
    }
    let start = doc.sentence_range(token).start.max(token.saturating_sub(JUDGED));
    let judged = |t: usize| doc.reading(t, |_, row| row.has_role("judges")).is_some();
    let carries = |r: &Reading, row: &Row| row.frame.as_deref() == Some("light") && !r.clitics.article;
    let done = |t: usize| doc.reading(t, carries).is_some();
    (start..token).any(judged) && !(start..token).any(done)
}

/// Crime, law and danger spoken of in general: behind such a word, or behind "and" and what stands behind it.
pub(super) fn is_talk(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    let mut at = token;
    if names_person(scene, token) {
        return false;
    }
    for _ in 0..3 {
        let Some(previous) = doc.previous_word(at).filter(|p| doc.is_word(*p)) else { return false };
        if doc.reading(previous, |_, r| r.has_role("general")).is_some() {
            return true;
        }
        if doc.clitics(at).conjunction.is_none() || !doc.is_nominal(previous) {
            return false;
        }
        at = previous;
    }
    false
}
