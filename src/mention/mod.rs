//! Mentions: typed values found in the text. Parties, places, numbers and times.

pub mod actor;
mod person;
pub mod place;
mod quantity;
mod time;

use std::ops::Range;

use crate::text::{Normalized, Span};

pub use actor::{Actor, Basis};
pub use place::Place;
pub use quantity::{Modifier, Quantity, QuantityKind};
pub use time::{Time, TimeKind};

/// The tokens and the exact span of a mention; the span begins behind the clitics of the first token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extent {
    pub tokens: Range<usize>,
    pub span: Span<Normalized>,
}

/// What was found, by kind, each in the order of the text.
#[derive(Debug, Default)]
pub struct Mentions {
    pub actors: Vec<Actor>,
    pub places: Vec<Place>,
    pub times: Vec<Time>,
    pub quantities: Vec<Quantity>,
}

pub fn times(_doc: &crate::grammar::Document<'_>, _published: Option<i32>) -> Vec<Time> { Vec::new() }
pub fn quantities(_doc: &crate::grammar::Document<'_>, _times: &[Time]) -> Vec<Quantity> { Vec::new() }
