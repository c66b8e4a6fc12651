//! A text as rules see it: tokens with their readings, sentences, quotations. Knows tokens and features, no Arabic.

mod matcher;
pub mod pattern;
mod sparse;
mod syntax;
mod tokens;
mod turns;

use std::ops::Range;
use std::rc::Rc;

use crate::lexicon::{Analysis, Lexicon, List, Reading, Row, RowId, Seen, Traces};
use crate::morph::Category;
use crate::segment::{Bracket, Kind, Quotation, Segments, Token};
use crate::text::{Normalized, Span};

pub use matcher::NameMatch;
pub use sparse::Sparse;
pub use tokens::Tokens;
pub use turns::TurnMatch;

/// A report's text, cut into tokens and looked up.
pub struct Document<'a> {
    pub lexicon: &'a Lexicon,
    pub text: &'a str,
    pub tokens: Tokens,
    pub words: Vec<Option<Rc<Analysis>>>,
    /// Token ranges.
    pub sentences: Vec<Range<usize>>,
    pub quotations: Vec<Quotation>,
    pub brackets: Vec<Bracket>,
    sentence_of: Vec<u32>,
    /// Where quotations and brackets close and open, in the order of their closing.
    quotations_by_close: Vec<(u32, u32)>,
    brackets_by_close: Vec<(u32, u32)>,
    /// How far the quotations up to each one reach.
    reach: Vec<usize>,
    /// Function words of several words: the row at the first token, and where it ends.
    phrases: Vec<Option<(RowId, u32)>>,
    /// Inside such a phrase, behind its first token.
    absorbed: Vec<bool>,
    /// What is known of each token, phrases included.
    seen: Vec<Seen>,
    /// What tells of most lemmas that a token is none of them; of a sign, of all.
    traces: Vec<Traces>,
    pub turns: Vec<TurnMatch>,
    /// The turn that holds a token, by its number; the first of several.
    turn_of: Vec<Option<u32>>,
    /// Names that differ from a function word by a letter which the report sets apart.
    names_apart: Vec<usize>,
    /// The names of all tokens, and where those of a token begin.
    names: Vec<NameMatch<'a>>,
    names_from: Vec<u32>,
}

impl<'a> Document<'a> {
    /// Reads a normalized text.
    pub fn read(text: &'a str, lexicon: &'a Lexicon) -> Self {
        Self::read_as_written(text, lexicon, text, |range| range)
    }

    /// Reads a normalized text whose parts were written so in the report.
    pub fn read_as_written(
        text: &'a str,
        lexicon: &'a Lexicon,
        report: &str,
        written: impl Fn(Range<usize>) -> Range<usize>,
    ) -> Self {
        let Segments { tokens, sentences, quotations, brackets } = lexicon.segmenter.segment(text);
        let (mut words, mut seen) = (Vec::with_capacity(tokens.len()), Vec::with_capacity(tokens.len()));
        let mut traces = Vec::with_capacity(tokens.len());
        let bytes = |t: &Token| (t.kind == Kind::Word).then_some((t.span.start as usize, t.span.end as usize));
        lexicon.analyse_all(text, tokens.iter().map(bytes), |found| match found {
            Some((known, analysis)) => {
                traces.push(analysis.traces);
                words.push(Some(analysis));
                seen.push(known);
            }
            None => {
                traces.push(Traces::default());
                words.push(None);
                seen.push(Seen::NOTHING);
            }
        });
        let mut sentence_of = vec![0; tokens.len()];
        for (n, sentence) in sentences.iter().enumerate() {
            sentence_of[sentence.clone()].fill(n as u32);
        }
        let len = tokens.len();
        let by_close = |pairs: &mut dyn Iterator<Item = (usize, usize)>| {
            let mut out: Vec<(u32, u32)> = pairs.map(|(open, close)| (close as u32, open as u32)).collect();
            out.sort_unstable();
            out
        };
        let quotations_by_close = by_close(&mut quotations.iter().map(|q| (q.open, q.close)));
        let brackets_by_close = by_close(&mut brackets.iter().map(|b| (b.open, b.close)));
        let reach = quotations.iter().scan(0, |far, q| {
            *far = q.close.max(*far);
            Some(*far)
        });
        let reach = reach.collect();
        let mut document = Document {
            lexicon,
            text,
            tokens: Tokens::new(tokens, text),
            words,
            sentences,
            quotations,
            brackets,
            sentence_of,
            quotations_by_close,
            brackets_by_close,
            reach,
            phrases: vec![None; len],
            absorbed: vec![false; len],
            seen,
            traces,
            turns: Vec::new(),
            turn_of: vec![None; len],
            names_apart: Vec::new(),
            names: Vec::new(),
            names_from: Vec::with_capacity(len + 1),
        };
        document.find_names();
        document.find_names_apart(report, written);
        document.find_phrases();
        document.look_at_phrases();
        document.look_at_choices();
        document.find_turns();
        document
    }

    /// The quotation that the token opens.
    pub fn quotation_from(&self, open: usize) -> Option<&Quotation> {
        self.quotations.binary_search_by_key(&open, |q| q.open).ok().map(|n| &self.quotations[n])
    }

    /// Where the quotation opens that the token closes: the widest of several.
    pub fn quotation_to(&self, close: usize) -> Option<usize> {
        opening(&self.quotations_by_close, close)
    }

    /// The quotations that share words with a range, or touch it.
    pub fn quotations_over(&self, tokens: Range<usize>) -> impl Iterator<Item = &Quotation> {
        let first = self.reach.partition_point(|close| *close <= tokens.start);
        let near = self.quotations[first..].iter().take_while(move |q| q.open + 1 < tokens.end);
        near.filter(move |q| q.close > tokens.start)
    }

    /// Where the bracket closes that the token opens.
    pub fn bracket_from(&self, open: usize) -> Option<usize> {
        self.brackets.binary_search_by_key(&open, |b| b.open).ok().map(|n| self.brackets[n].close)
    }

    /// Where the bracket opens that the token closes.
    pub fn bracket_to(&self, close: usize) -> Option<usize> {
        opening(&self.brackets_by_close, close)
    }

    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The token's letters; none behind the last.
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

fn opening(by_close: &[(u32, u32)], close: usize) -> Option<usize> {
    let first = by_close.partition_point(|pair| (pair.0 as usize) < close);
    by_close.get(first).filter(|pair| pair.0 as usize == close).map(|pair| pair.1 as usize)
}
