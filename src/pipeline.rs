//! Reports in, rows out: every room in its order, one report at a time, many in parallel.

use crate::error::LexiconError;
use crate::table::rows::{Date, Document, Report};

/// One report as a caller hands it in.
#[derive(Debug, Clone, Default)]
pub struct Input<'a> {
    pub doc_id: &'a str,
    /// `None` is a null row: it keeps its place in `documents` and yields nothing else.
    pub text: Option<&'a str>,
    pub published: Option<Date>,
    pub outlet: Option<&'a str>,
    pub title: Option<&'a str>,
}

/// A lexicon or rule file: its name for messages, and its text.
#[derive(Debug, Clone)]
pub struct LexiconFile {
    pub name: String,
    pub text: String,
}

/// The compiled lexicons and rules, ready to read reports.
pub struct Extractor {}

impl Extractor {
    /// Compiles the built-in lexicons with `extra` files on top of them.
    pub fn new(_extra: &[LexiconFile]) -> Result<Self, LexiconError> {
        Ok(Extractor {})
    }

    /// Every claim of one report.
    pub fn extract(&self, input: &Input<'_>) -> Report {
        let document = Document {
            doc_id: input.doc_id.to_owned(),
            outlet: input.outlet.map(str::to_owned),
            published: input.published,
            title: input.title.map(str::to_owned),
            n_chars: input.text.map_or(0, |t| t.chars().count() as i32),
            ..Document::default()
        };
        Report { document, ..Report::default() }
    }
}
