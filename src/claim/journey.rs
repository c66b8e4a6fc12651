//! Ways that somebody goes and that are no flight and no return.

use super::Scene;
use super::trigger::{Shape, Trigger};
use crate::lexicon::{Reading, Row};
use crate::morph::Category;

/// How far behind the verb its goal may stand.
const GOAL: usize = 6;

/// "as he left his house", "after his return": a way that somebody goes every day, told only to say when.
pub(super) fn is_outing(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> bool {
    let one = trigger.reading.pronoun.is_some_and(|p| p.number == Some(crate::segment::Number::Singular));
    let travels = trigger.frame.name == "displacement" && !trigger.row.subject_frame.is_empty();
    let timely = |row: &Row| row.has_role("time");
    travels && one && trigger.shape == Shape::Masdar && scene.doc.governed_by(trigger.token).is_some_and(timely)
}

/// "resorted to threats", "came back to arrest five", "dates back to": what it leads to is no place and nobody.
pub(super) fn goes_nowhere(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> bool {
    let doc = scene.doc;
    if trigger.frame.name != "displacement" || !trigger.row.has_role("goes") {
        return false;
    }
    let to = |row: &Row| row.relation.as_deref() == Some("to");
    // "on their return to see their houses": the return was one.
    let verb = trigger.shape.is_verb();
    let glued = |t: usize| verb && doc.clitics(t).preposition.is_some_and(|p| doc.lexicon.is_possessive(p));
    let own = |t: &usize| doc.is_word(*t) && doc.clitics(*t).conjunction.is_none();
    let mut behind = (trigger.token + 1..trigger.token + 1 + GOAL).take_while(own);
    let Some(goal) = behind.find(|t| glued(*t) || doc.particle(*t, "prep").is_some_and(to)) else { return false };
    // "to it": whatever was told before.
    if doc.readings(goal).iter().all(|r| r.pronoun.is_some()) {
        return glued(goal);
    }
    let head = if glued(goal) { goal } else { doc.next_word(goal) };
    let head = if doc.is_particle(head, "dem") { head + 1 } else { head };
    !doc.is_word(head) || !is_goal(scene, trigger.row, head)
}

/// A place or a house, people, or one of the words that the verb itself names.
fn is_goal(scene: &Scene<'_, '_>, verb: &Row, head: usize) -> bool {
    let doc = scene.doc;
    let there = |t: usize| scene.whereabouts(t).is_some() || scene.actor_at(t).is_some();
    let named = verb.object_frame.keys().any(|w| doc.is_lemma(head, w));
    named
        || (head..head + 3).take_while(|t| doc.is_word(*t)).any(there)
        || super::count::people(scene, head).is_some()
        || is_house(scene, head)
}

/// The noun of a place or a building.
fn is_house(scene: &Scene<'_, '_>, token: usize) -> bool {
    let house = |r: &Reading, row: &Row| {
        let noun = !r.features.category.is_finite() && r.features.category != Category::Masdar;
        let place = matches!(row.makes.as_deref(), Some("place" | "locator")) || row.relation.is_some();
        let class = matches!(row.class.as_deref(), Some("building" | "country" | "somewhere" | "ward"));
        noun && (place || class || row.has_role("part"))
    };
    scene.doc.reading(token, house).is_some()
}

/// "hundreds fled from X", "from the shelling": a place, a house or a deed, and none of those counted.
pub(super) fn is_left(scene: &Scene<'_, '_>, token: usize) -> bool {
    let people = scene.actor_at(token).is_some() || super::count::people(scene, token).is_some();
    let deed = || scene.trigger_at(token).is_some_and(|t| t.shape.is_noun() && t.frame.event.is_some());
    // "dozens of the houses": those counted, but "from their houses".
    let several = |r: &Reading| !r.features.category.is_finite() && r.features.is_plural() && r.pronoun.is_none();
    let house = || is_house(scene, token) && !scene.doc.readings(token).iter().any(several);
    !people && (scene.whereabouts(token).is_some() || house() || deed())
}
