//! The lexicon files that ship with the crate.

pub const SEGMENTATION: &str = include_str!("../../lexicon/segmentation.toml");
pub const MORPHOLOGY: &str = include_str!("../../lexicon/morphology.toml");
pub const SPELLING: &str = include_str!("../../lexicon/spelling.toml");
pub const CONFIDENCE: &str = include_str!("../../lexicon/confidence.toml");

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../lexicon/", $name)))),*]
    };
}

/// Read in this order; of two words written alike the earlier comes first.
pub const FILES: &[(&str, &str)] = files![
    "function.toml",
    "verbs.toml",
    "nouns.toml",
    "speech.toml",
    "people.toml",
    "phrases.toml",
    "heads.toml",
    "collectives.toml",
    "demonyms.toml",
    "numbers.toml",
    "units.toml",
    "counted.toml",
    "whole.toml",
    "ordinary.toml",
    "everyday.toml",
    "calendar.toml",
    "titles.toml",
    "names.tsv",
    "actors.toml",
    "places/countries.tsv",
    "places/regions.tsv",
    "places/geonames.tsv",
    "places/syria.tsv",
    "places/iraq.tsv",
    "places/yemen.tsv",
    "places/sudan.tsv",
    "places/algeria.tsv",
    "places/egypt.tsv",
    "places/libya_osm.tsv",
    "places/natural.tsv",
    "places/sites.tsv",
    "places/cities.tsv",
];

/// Of two rules that match alike the earlier is taken.
pub const RULES: &[(&str, &str)] = files!["rules/frames.toml", "rules/times.toml", "rules/quantities.toml"];
