//! The lexicon files that ship with the crate.

pub const SEGMENTATION: &str = include_str!("../../lexicon/segmentation.toml");
pub const MORPHOLOGY: &str = include_str!("../../lexicon/morphology.toml");
pub const SPELLING: &str = include_str!("../../lexicon/spelling.toml");

pub const FILES: &[(&str, &str)] = &[];
