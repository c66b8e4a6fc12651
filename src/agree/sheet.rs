//! The rows of an extraction as agreement reads them: borrowed, and no more of them than it needs.

/// Microseconds since 1970-01-01T00:00:00.
pub type Timestamp = i64;

#[derive(Debug, Clone, Copy, Default)]
pub struct Document<'a> {
    pub doc_id: &'a str,
    pub outlet: Option<&'a str>,
    /// Days since 1970-01-01.
    pub published: Option<i32>,
    pub text: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, Default)]
pub struct Mention<'a> {
    pub doc_id: &'a str,
    pub sentence: i32,
    pub start: i32,
    pub end: i32,
    pub text: &'a str,
}

#[derive(Debug, Clone, Copy, Default)]
pub struct Actor<'a> {
    pub at: Mention<'a>,
    pub actor_id: Option<&'a str>,
    pub name: Option<&'a str>,
    pub kind: &'a str,
}

#[derive(Debug, Clone, Copy, Default)]
pub struct Location<'a> {
    pub at: Mention<'a>,
    pub place_id: Option<&'a str>,
    pub name: Option<&'a str>,
    pub kind: &'a str,
    pub country: Option<&'a str>,
    pub admin1: Option<&'a str>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
}

#[derive(Debug, Clone, Copy, Default)]
pub struct Time<'a> {
    pub at: Mention<'a>,
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, Default)]
pub struct Attribution<'a> {
    pub attribution_id: &'a str,
    pub doc_id: &'a str,
    pub source_start: i32,
    pub source_end: i32,
    pub cue_start: i32,
    pub source_kind: Option<&'a str>,
    pub content: Option<(i32, i32)>,
    pub source: &'a str,
    pub source_id: Option<&'a str>,
    pub cue_class: &'a str,
}

/// What events and casualties share.
#[derive(Debug, Clone, Copy, Default)]
pub struct Claim<'a> {
    pub claim_id: &'a str,
    pub at: Mention<'a>,
    pub kind: &'a str,
    pub place: Option<&'a str>,
    pub place_id: Option<&'a str>,
    pub time: Option<&'a str>,
    pub time_from: Option<Timestamp>,
    pub time_to: Option<Timestamp>,
    pub source: Option<&'a str>,
    pub source_id: Option<&'a str>,
    pub attribution_id: Option<&'a str>,
    pub negated: bool,
    pub realis: &'a str,
}

/// Somebody who fills a role: by id where the lexicon has one, else by the words.
#[derive(Debug, Clone, Copy, Default)]
pub struct Party<'a> {
    pub text: Option<&'a str>,
    pub id: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, Default)]
pub struct Event<'a> {
    pub claim: Claim<'a>,
    pub agent: Party<'a>,
    pub patient: Party<'a>,
}

#[derive(Debug, Clone, Copy, Default)]
pub struct Casualty<'a> {
    pub claim: Claim<'a>,
    pub count: Option<i64>,
    pub upper: Option<i64>,
    pub low: Option<i64>,
    pub high: Option<i64>,
    pub modifier: &'a str,
    pub victims: Option<&'a str>,
    pub victim_class: &'a str,
    pub victim: Party<'a>,
    pub perpetrator: Party<'a>,
    pub cause: Option<&'a str>,
    pub cumulative: bool,
    pub subset_of: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, Default)]
pub struct Quantity<'a> {
    pub at: Mention<'a>,
    pub kind: &'a str,
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub modifier: &'a str,
    pub unit: Option<&'a str>,
    pub noun: Option<&'a str>,
    pub claim_id: Option<&'a str>,
}

/// Everything that several reports say.
#[derive(Debug, Default)]
pub struct Sheet<'a> {
    pub documents: Vec<Document<'a>>,
    pub actors: Vec<Actor<'a>>,
    pub locations: Vec<Location<'a>>,
    pub times: Vec<Time<'a>>,
    pub attributions: Vec<Attribution<'a>>,
    pub events: Vec<Event<'a>>,
    pub casualties: Vec<Casualty<'a>>,
    pub quantities: Vec<Quantity<'a>>,
}
