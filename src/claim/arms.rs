//! What wounds and what carries it, by the classes of lexicon/nouns.toml.

use crate::lexicon::Row;

/// Shells, bombs, guns of men.
pub(super) fn is_munition(row: &Row) -> bool {
    matches!(row.class.as_deref(), Some("bomb" | "air_bomb" | "artillery" | "small_arms"))
}

/// Munitions, and the aircraft and vehicles that bring them.
pub(super) fn is_weapon(row: &Row) -> bool {
    is_munition(row) || matches!(row.class.as_deref(), Some("air" | "vehicle"))
}
