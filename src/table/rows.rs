//! The rows of every table, as plain values. `design: TABLES` gives the meaning of each column.
//!
//! Offsets are code points of the report as given. `None` is null.

/// A day and time without zone, in microseconds since 1970-01-01T00:00:00.
pub type Timestamp = i64;
/// Days since 1970-01-01.
pub type Date = i32;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    pub doc_id: String,
    /// The report as it was read, so that every span of the other tables can be looked up; null where the one handed in was,
    /// and then `n_chars` and `n_sentences` are too.
    pub text: Option<String>,
    pub outlet: Option<String>,
    pub published: Option<Date>,
    pub title: Option<String>,
    pub n_chars: i32,
    pub n_sentences: i32,
    pub warnings: Vec<String>,
}

/// Where a mention stands: sentence number from 0, code-point offsets and the text between them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Place {
    pub sentence: i32,
    pub start: i32,
    pub end: i32,
    pub text: String,
}

/// Where the words stand that a value was read from: code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    pub start: i32,
    pub end: i32,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Actor {
    pub at: Place,
    pub actor_id: Option<String>,
    pub name: Option<String>,
    pub name_ar: Option<String>,
    pub kind: String,
    pub country: Option<String>,
    pub basis: &'static str,
    pub refers_to: Option<i32>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Location {
    pub at: Place,
    pub place_id: Option<String>,
    pub name: Option<String>,
    pub name_ar: Option<String>,
    pub kind: String,
    pub country: Option<String>,
    pub admin1: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub geo_precision: Option<i32>,
    pub relation: Option<String>,
    pub basis: &'static str,
    pub ambiguous: i32,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Time {
    pub at: Place,
    pub kind: &'static str,
    pub value: Option<String>,
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
    pub resolved: bool,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Quantity {
    pub at: Place,
    pub kind: &'static str,
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub modifier: &'static str,
    pub magnitude: Option<i64>,
    pub unit: Option<String>,
    pub noun: Option<String>,
    pub claim_id: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Attribution {
    pub attribution_id: String,
    pub sentence: i32,
    pub source_start: i32,
    pub source_end: i32,
    pub source: String,
    pub source_id: Option<String>,
    pub source_kind: Option<String>,
    pub cue_start: i32,
    pub cue_end: i32,
    pub cue: String,
    pub cue_class: String,
    pub direct: bool,
    pub content_start: Option<i32>,
    pub content_end: Option<i32>,
    pub parent: Option<String>,
    pub stands_for: Option<String>,
    pub stands_for_at: Option<Evidence>,
    pub rule: &'static str,
}

/// The columns that events and casualties share, and that `claims` holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Claim {
    pub claim_id: String,
    pub at: Place,
    pub place: Option<String>,
    pub place_id: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub geo_precision: Option<i32>,
    pub time: Option<String>,
    pub time_from: Option<Timestamp>,
    pub time_to: Option<Timestamp>,
    pub time_precision: Option<i32>,
    pub source: Option<String>,
    pub source_id: Option<String>,
    pub attribution_id: Option<String>,
    pub negated: bool,
    pub realis: &'static str,
    pub rule: String,
    pub confidence: f64,
    pub place_at: Option<Evidence>,
    pub time_at: Option<Evidence>,
    pub polarity_at: Option<Evidence>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Event {
    pub claim: Claim,
    pub kind: String,
    pub subtype: Option<String>,
    pub trigger_start: i32,
    pub trigger_end: i32,
    pub trigger: String,
    pub agent: Option<String>,
    pub agent_id: Option<String>,
    pub patient: Option<String>,
    pub patient_id: Option<String>,
    pub supporter: Option<String>,
    pub weapon: Option<String>,
    pub agent_at: Option<Evidence>,
    pub patient_at: Option<Evidence>,
    pub supporter_at: Option<Evidence>,
    pub weapon_at: Option<Evidence>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Casualty {
    pub claim: Claim,
    pub kind: String,
    pub anchor_start: i32,
    pub anchor_end: i32,
    pub anchor: String,
    pub count: Option<i64>,
    pub upper: Option<i64>,
    pub modifier: &'static str,
    pub magnitude: Option<i64>,
    pub low: Option<i64>,
    pub high: Option<i64>,
    pub victims: Option<String>,
    pub victim_class: String,
    pub victim_actor: Option<String>,
    pub victim_actor_id: Option<String>,
    pub perpetrator: Option<String>,
    pub perpetrator_id: Option<String>,
    pub cause: Option<String>,
    pub event_id: Option<String>,
    pub cumulative: bool,
    pub since: Option<String>,
    pub subset_of: Option<String>,
    pub victims_at: Option<Evidence>,
    pub victim_actor_at: Option<Evidence>,
    pub perpetrator_at: Option<Evidence>,
}

/// Everything found in one report.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    pub document: Document,
    pub actors: Vec<Actor>,
    pub locations: Vec<Location>,
    pub times: Vec<Time>,
    pub quantities: Vec<Quantity>,
    pub attributions: Vec<Attribution>,
    pub events: Vec<Event>,
    pub casualties: Vec<Casualty>,
}
