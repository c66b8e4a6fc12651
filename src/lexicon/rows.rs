//! The rows of the lexicon files, as a linguist writes them. `lexicon/README.md` explains each field.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Which list of a file a row stands in: `[[verb]]`, `[[noun]]`, …
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum List {
    Verb,
    Noun,
    /// A word or phrase that is not inflected.
    Word,
    /// A phrase that introduces a source.
    Cue,
    Head,
    Collective,
    Demonym,
    Title,
    /// Number words.
    Number,
    /// Units of measure, money and time.
    Unit,
    /// Months, weekdays, parts of the day and words that place a time.
    Calendar,
}

impl List {
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "verb" => List::Verb,
            "noun" => List::Noun,
            "word" => List::Word,
            "cue" => List::Cue,
            "head" => List::Head,
            "collective" => List::Collective,
            "demonym" => List::Demonym,
            "title" => List::Title,
            "number" => List::Number,
            "unit" => List::Unit,
            "calendar" => List::Calendar,
            _ => return None,
        })
    }

    pub const NAMES: &'static str =
        "verb, noun, word, cue, head, collective, demonym, title, number, unit, calendar, actor";
}

/// What the slots of a trigger hold, where it differs from its frame.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Roles {
    pub subject: Option<String>,
    pub object: Option<String>,
    pub genitive: Option<String>,
    pub prep: BTreeMap<String, String>,
}

/// One word. Which fields mean something depends on the list.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Row {
    // the word and its forms
    pub lemma: String,
    pub text: String,
    pub texts: Vec<String>,
    pub gloss: String,
    pub root: String,
    pub form: u8,
    pub imperfect: Option<String>,
    pub masdar: Vec<String>,
    pub masdar_plural: Vec<String>,
    pub active: Vec<String>,
    pub passive: Vec<String>,
    pub plural: Vec<String>,
    pub feminine: Option<String>,
    pub pos: String,
    pub role: Option<String>,
    pub relation: Option<String>,
    // events and casualties
    pub frame: Option<String>,
    pub harm: Option<String>,
    pub toll: bool,
    pub roles: Option<Roles>,
    pub needs: Vec<String>,
    pub not_with: Vec<String>,
    pub needs_next: Vec<String>,
    pub not_next: Vec<String>,
    pub object_frame: BTreeMap<String, String>,
    pub with: BTreeMap<String, String>,
    pub strength: Option<String>,
    pub realis: Option<String>,
    pub negated: bool,
    // speech
    pub cue: Option<String>,
    pub source: Option<String>,
    pub source_kind: Option<String>,
    // people and parties
    pub victim: Option<String>,
    pub collective: bool,
    pub name: Option<String>,
    pub makes: Option<String>,
    pub kind: Option<String>,
    pub strip: bool,
    pub refers: bool,
    pub country: Option<String>,
    pub group: Option<String>,
    pub by: BTreeMap<String, String>,
    // demonyms
    pub masc: Option<String>,
    pub masc_plural: Option<String>,
    pub fem: Option<String>,
    pub fem_plural: Option<String>,
    pub broken_plural: Vec<String>,
    pub variants: Vec<String>,
    // numbers, units and the calendar
    pub value: Option<f64>,
    pub unit: Option<String>,
    pub month: Option<u8>,
    pub weekday: Option<u8>,
    /// What the word contributes to a value: a TIMEX3 code, `dual`, `plural`…
    pub code: Option<String>,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// A party with a name.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ActorRow {
    pub id: String,
    pub name: String,
    pub name_ar: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub country: Option<String>,
    pub parent: Option<String>,
    pub aliases: Vec<String>,
    /// Definite short forms, which need an earlier full mention or nothing that contradicts them.
    pub short: Vec<String>,
    /// The capital that stands for the government.
    pub capital: Option<String>,
    /// The name is a place's name too.
    pub place_alias: bool,
}

/// A name of a place: one row of a gazetteer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlaceRow {
    pub name_ar: String,
    pub name_en: String,
    pub kind: String,
    pub country: Option<String>,
    pub admin1: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub population: i64,
    pub place_id: String,
    /// Also an ordinary word or a person's name: needs a cue.
    pub common: bool,
}
