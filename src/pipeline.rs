//! Reports in, rows out: every room in its order, one report at a time.

use crate::claim::claims;
use crate::error::LexiconError;
use crate::grammar::Document;
use crate::lexicon::Lexicon;
use crate::lexicon::lint::{self, Finding};
use crate::mention::{self, Figures, Mentions};
use crate::table::rows::{self, Date, Report};
use crate::table::write::Writer;

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

/// The compiled lexicons and rules, ready to read reports from many threads at once.
#[derive(Debug)]
pub struct Extractor {
    lexicon: Lexicon,
    figures: Figures,
}

impl Extractor {
    /// Compiles the built-in lexicons with `extra` files on top of them.
    ///
    /// # Errors
    /// A file that cannot be read as a lexicon, with the line.
    pub fn new(extra: &[LexiconFile]) -> Result<Self, LexiconError> {
        let extra: Vec<(&str, &str)> = extra.iter().map(|f| (f.name.as_str(), f.text.as_str())).collect();
        let lexicon = Lexicon::compile(&extra)?;
        let figures = Figures::new(&lexicon)?;
        Ok(Extractor { lexicon, figures })
    }

    /// What is wrong with these files beside the lexicons of this extractor, and what their names would clash with.
    pub fn lint(&self, files: &[LexiconFile]) -> Vec<Finding> {
        let files: Vec<(&str, &str)> = files.iter().map(|f| (f.name.as_str(), f.text.as_str())).collect();
        lint::lint(&files, &self.lexicon)
    }

    /// The words, parties and places that reports are read with.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Every claim of one report.
    pub fn extract(&self, input: &Input<'_>) -> Report {
        let text = input.text.unwrap_or_default();
        let aligned = self.lexicon.fold.align(text);
        let doc = Document::read(&aligned.text, &self.lexicon);
        let document = rows::Document {
            doc_id: input.doc_id.to_owned(),
            outlet: input.outlet.map(str::to_owned),
            published: input.published,
            title: input.title.map(str::to_owned),
            text: input.text.map(str::to_owned),
            n_sentences: doc.sentences.len() as i32,
            ..rows::Document::default()
        };
        let mentions = self.mentions(&doc, input.published);
        let claims = claims(&doc, &mentions);
        Writer::new(text, &aligned, &doc, &mentions).report(document, &claims)
    }

    fn mentions(&self, doc: &Document<'_>, published: Option<Date>) -> Mentions {
        let sheet = self.figures.sheet(doc);
        let times = self.figures.times_of(&sheet, published);
        let quantities = self.figures.quantities_of(&sheet, &times);
        let times = mention::without_ages(times, &quantities);
        let actors = mention::actor::actors(doc, &quantities);
        let places = mention::place::places(doc, &actors, &quantities);
        Mentions { actors, places, times, quantities }
    }
}
