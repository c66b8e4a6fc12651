//! The lexicon files that ship with the crate.

pub const SEGMENTATION: &str = include_str!("../../lexicon/segmentation.toml");
pub const MORPHOLOGY: &str = include_str!("../../lexicon/morphology.toml");
pub const SPELLING: &str = include_str!("../../lexicon/spelling.toml");

pub const FILES: &[(&str, &str)] = &[
    ("numbers.toml", include_str!("../../lexicon/numbers.toml")),
    ("units.toml", include_str!("../../lexicon/units.toml")),
    ("counted.toml", include_str!("../../lexicon/counted.toml")),
    ("calendar.toml", include_str!("../../lexicon/calendar.toml")),
];
