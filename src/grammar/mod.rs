//! A text as rules see it: tokens with their readings, sentences, quotations. Knows tokens and features, no Arabic.

mod matcher;
pub mod pattern;
mod sparse;
mod syntax;
mod turns;

use std::ops::Range;
use std::rc::Rc;

use crate::lexicon::{Analysis, Lexicon, List, Reading, Row, RowId};
use crate::morph::Category;
use crate::segment::{Bracket, Kind, Quotation, Segments, Token};
use crate::text::{Normalized, Span};

pub use matcher::NameMatch;
pub use sparse::Sparse;
pub use turns::TurnMatch;

/// A report's text, cut into tokens and looked up.
pub struct Document<'a> {
    pub lexicon: &'a Lexicon,
    pub text: &'a str,
    pub tokens: Vec<Token>,
    pub words: Vec<Option<Rc<Analysis>>>,
    /// Token ranges.
    pub sentences: Vec<Range<usize>>,
    pub quotations: Vec<Quotation>,
    pub brackets: Vec<Bracket>,
    sentence_of: Vec<u32>,
    /// Function words of several words: the row at the first token, and where it ends.
    phrases: Vec<Option<(RowId, u32)>>,
    /// Inside such a phrase, behind its first token.
    absorbed: Vec<bool>,
    pub turns: Vec<TurnMatch>,
    /// The turn that holds a token, by its number; the first of several.
    turn_of: Vec<Option<u32>>,
    /// The names of all tokens, and where those of a token begin.
    names: Vec<NameMatch<'a>>,
    names_from: Vec<u32>,
}

impl<'a> Document<'a> {
    /// Reads a normalized text.
    pub fn read(text: &'a str, lexicon: &'a Lexicon) -> Self {
        let Segments { tokens, sentences, quotations, brackets } = lexicon.segmenter.segment(text);
        let words =
            tokens.iter().map(|t| (t.kind == Kind::Word).then(|| lexicon.analyse(&text[t.span.range()]))).collect();
        let mut sentence_of = vec![0; tokens.len()];
        for (n, sentence) in sentences.iter().enumerate() {
            sentence_of[sentence.clone()].fill(n as u32);
        }
        let len = tokens.len();
        let mut document = Document {
            lexicon,
            text,
            tokens,
            words,
            sentences,
            quotations,
            brackets,
            sentence_of,
            phrases: vec![None; len],
            absorbed: vec![false; len],
            turns: Vec::new(),
            turn_of: vec![None; len],
            names: Vec::new(),
            names_from: Vec::with_capacity(len + 1),
        };
        document.find_names();
        document.find_phrases();
        document.find_turns();
        document
    }

    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The token's letters.
    pub fn str(&self, token: usize) -> &'a str {
        &self.text[self.tokens[token].span.range()]
    }

    pub fn kind(&self, token: usize) -> Option<Kind> {
        self.tokens.get(token).map(|t| t.kind)
    }

    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentence_of.get(token).map_or(0, |s| *s as usize)
    }

    /// Every reading of a token, best first; empty for signs, numbers and unknown words.
    pub fn readings(&self, token: usize) -> &[Reading] {
        match self.words.get(token) {
            Some(Some(a)) => &a.readings,
            _ => &[],
        }
    }

    pub fn row(&self, reading: &Reading) -> &'a Row {
        self.lexicon.row(reading.row)
    }

    pub fn list(&self, reading: &Reading) -> List {
        reading.list
    }

    /// The first reading that `wanted` accepts.
    pub fn reading(&self, token: usize, wanted: impl Fn(&Reading, &Row) -> bool) -> Option<(&Reading, &'a Row)> {
        self.readings(token).iter().map(|r| (r, self.lexicon.row(r.row))).find(|(r, row)| wanted(r, row))
    }

    /// Whether some reading is of this category.
    pub fn is_category(&self, token: usize, category: Category) -> bool {
        self.readings(token).iter().any(|r| r.features.category == category)
    }

    /// From the first to the last of some tokens.
    pub fn span(&self, tokens: Range<usize>) -> Span<Normalized> {
        if tokens.is_empty() {
            let at = self.tokens.get(tokens.start).map_or(self.text.len(), |t| t.span.start as usize);
            return Span::new(at, at);
        }
        self.tokens[tokens.start].span.cover(self.tokens[tokens.end - 1].span)
    }

    /// Like `span`, beginning `skip` bytes into the first token: behind its clitics.
    pub fn span_from(&self, tokens: Range<usize>, skip: u8) -> Span<Normalized> {
        let span = self.span(tokens);
        Span::new((span.start as usize + skip as usize).min(span.end as usize), span.end as usize)
    }
}
