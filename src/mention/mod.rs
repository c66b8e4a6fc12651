//! What a text mentions, as typed values: numbers, quantities and times.
//!
//! A [`Figures`] holds the compiled rules. Ask it for the times of a document first, then for its quantities: a number
//! inside a date is none.

pub mod actor;
pub mod bearing;
mod calendar;
mod examples;
mod family;
mod number;
mod party_described;
mod party_edge;
mod party_head;
mod party_inner;
mod person;
mod person_begin;
mod person_closed;
mod person_cue;
mod person_part;
mod person_word;
pub mod place;
mod place_choice;
mod place_evidence;
mod place_head;
mod place_hint;
mod place_name;
mod quantity;
mod refer;
mod stance;
mod time;

use std::ops::Range;

use crate::error::LexiconError;
use crate::grammar::Document;
use crate::grammar::pattern::{RuleBook, RuleBooks, Sub, Tape, Vocabulary};
use crate::lexicon::{Lexicon, rule_files};
use crate::text::{Normalized, Span};

pub use actor::{Actor, Basis};
pub use examples::PUBLISHED;
pub use number::{NumberKind, NumberPhrase, Numbers};
pub use place::Place;
pub use quantity::{Modifier, Quantity, QuantityKind};
pub use time::{Time, TimeKind, without_ages};

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

/// The rules of numbers and times, compiled for one lexicon.
#[derive(Debug)]
pub struct Figures {
    vocabulary: Vocabulary,
    pub times: RuleBook,
    pub quantities: RuleBook,
}

/// A document with its number phrases, ready for the rules of times and quantities.
pub struct Sheet<'d, 'l> {
    pub tape: Tape<'d, 'l>,
    pub numbers: Numbers,
    /// Tokens inside names of several words.
    names: Vec<bool>,
}

impl Figures {
    /// The built-in rules.
    pub fn new(lexicon: &Lexicon) -> Result<Self, LexiconError> {
        Self::with_rules(lexicon, &[])
    }

    /// The rules of files of one's own, as (name, text), before the built-in ones.
    ///
    /// # Errors
    /// A mistake in a file, with its line.
    pub fn with_rules(lexicon: &Lexicon, own: &[(&str, &str)]) -> Result<Self, LexiconError> {
        let mut vocabulary = Vocabulary::new(lexicon);
        let RuleBooks { times, quantities } = RuleBooks::compile(&rule_files(own), lexicon, &mut vocabulary)?;
        times.rules.iter().try_for_each(time::check)?;
        quantities.rules.iter().try_for_each(quantity::check)?;
        Ok(Figures { vocabulary, times, quantities })
    }

    /// Looks every token up once, for both kinds of rules.
    pub fn sheet<'d, 'l>(&'d self, doc: &'d Document<'l>) -> Sheet<'d, 'l> {
        let mut tape = Tape::new(doc, &self.vocabulary);
        let numbers = Numbers::find(&tape, self.vocabulary.and);
        for (name, phrases) in [("number", &numbers.cardinals), ("ordinal", &numbers.ordinals)] {
            for token in 0..doc.len() {
                if let Some(p) = phrases.get(token) {
                    tape.find(name, token, Sub { end: p.end, skip: p.skip, conjunction: p.conjunction });
                }
            }
        }
        tape.settle();
        Sheet { tape, numbers, names: quantity::names(doc) }
    }
}
