//! A normalized text cut into tokens, sentences and quotations.
//!
//! Nothing here knows a word: which signs end a sentence or open a quotation, and which letters may be glued to a
//! stem, is read from `lexicon/segmentation.toml`.

mod clitics;
mod quotes;
mod tokens;

use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::error::LexiconError;

pub use clitics::{Agreement, Back, CliticTable, Front, Gender, Letter, Number, Proclitics};
pub use quotes::{Bracket, Quotation};
pub use tokens::{Kind, Token};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    sentence_end: Vec<String>,
    clause: Vec<String>,
    colon: Vec<String>,
    comma: Vec<String>,
    quotes: Vec<(String, String)>,
    brackets: Vec<(String, String)>,
    clitics: CliticTable,
}

/// The compiled table: what each sign does.
#[derive(Debug)]
pub struct Segmenter {
    signs: FxHashMap<char, Kind>,
    double: Vec<(String, Kind)>,
    pub clitics: CliticTable,
}

/// A text in tokens. Ranges of sentences, quotations and brackets count tokens.
#[derive(Debug, Default)]
pub struct Segments {
    pub tokens: Vec<Token>,
    pub sentences: Vec<Range<usize>>,
    pub quotations: Vec<Quotation>,
    pub brackets: Vec<Bracket>,
}

impl Segmenter {
    pub fn from_toml(file: &str, source: &str) -> Result<Self, LexiconError> {
        let table: Table = toml::from_str(source).map_err(|e| LexiconError::toml(file, source, &e))?;
        let mut signs = FxHashMap::default();
        let mut double = Vec::new();
        let mut add = |sign: &str, kind: Kind| {
            let mut chars = sign.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => {
                    signs.entry(c).or_insert(kind);
                }
                _ => double.push((sign.to_owned(), kind)),
            }
        };
        for (i, (open, close)) in table.quotes.iter().enumerate() {
            let pair = i as u8;
            if open == close {
                add(open, Kind::Quote { pair });
            } else {
                add(open, Kind::Open { pair });
                add(close, Kind::Close { pair });
            }
        }
        for (i, (open, close)) in table.brackets.iter().enumerate() {
            add(open, Kind::BracketOpen { pair: i as u8 });
            add(close, Kind::BracketClose { pair: i as u8 });
        }
        table.sentence_end.iter().for_each(|s| add(s, Kind::End));
        table.colon.iter().for_each(|s| add(s, Kind::Colon));
        table.comma.iter().for_each(|s| add(s, Kind::Comma));
        table.clause.iter().for_each(|s| add(s, Kind::Clause));
        Ok(Segmenter { signs, double, clitics: table.clitics })
    }

    pub fn segment(&self, text: &str) -> Segments {
        let tokens = tokens::tokenize(text, &self.signs, &self.double);
        let sentences = tokens::sentences(text, &tokens);
        let (quotations, brackets) = quotes::pair(text, &tokens);
        Segments { tokens, sentences, quotations, brackets }
    }
}

impl Segments {
    /// The number of the sentence that holds a token.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences.partition_point(|s| s.end <= token).min(self.sentences.len().saturating_sub(1))
    }
}
