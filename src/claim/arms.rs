//! What wounds and what carries it, by the classes of lexicon/nouns.toml.

use super::Scene;
use crate::lexicon::Row;
use crate::segment::{Kind, Letter};

/// How far behind a verb it may be said what it was done with, and how many words may stand before the number.
const MEANS: usize = 12;
const NUMBER: usize = 3;

/// Shells, bombs, guns of men.
pub(super) fn is_munition(row: &Row) -> bool {
    matches!(row.class.as_deref(), Some("bomb" | "air_bomb" | "artillery" | "small_arms"))
}

/// Munitions, and the aircraft and vehicles that bring them.
pub(super) fn is_weapon(row: &Row) -> bool {
    is_munition(row) || matches!(row.class.as_deref(), Some("air" | "vehicle"))
}

/// "targeted the town of X with more than twenty shells": behind the verb's own phrases, what a preposition of means brings, counted
/// or not.
pub(super) fn is_done_by_means_of(scene: &Scene<'_, '_>, token: usize, wanted: &str) -> bool {
    let doc = scene.doc;
    let goes_on = |t: &usize| {
        matches!(doc.kind(*t), Some(Kind::Word | Kind::Number))
            && !doc.is_any_particle(*t, ["comp", "rel", "subset"])
            && doc.clitics(*t).conjunction.is_none()
            && (scene.trigger_at(*t).is_none() || !doc.is_finite(*t))
    };
    let means = |t: usize| doc.clitics(t).preposition.is_some_and(|p| doc.lexicon.is_place_clitic(p));
    let alone =
        |t: usize| Letter::of(doc.str(t)).is_some_and(|p| doc.lexicon.is_place_clitic(p)) && doc.is_preposition(t);
    let reach = (token + 1..doc.sentence_range(token).end.min(token + MEANS)).take_while(goes_on);
    let noun = |t: usize| {
        let first = if alone(t) { t + 1 } else { t };
        let number = (first..first + NUMBER).find_map(|n| scene.quantity_at(n));
        number.map_or(first, |q| scene.mentions.quantities[q].tokens.end)
    };
    reach.into_iter().filter(|t| means(*t) || alone(*t)).any(|t| doc.is_lemma(noun(t), wanted))
}
