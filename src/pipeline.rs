//! Reports in, rows out: every room in its order, one report at a time.

use smallvec::SmallVec;

use crate::claim::claims;
use crate::error::LexiconError;
use crate::grammar::Document;
use crate::lexicon::Lexicon;
use crate::lexicon::lint::{self, Finding, Severity};
use crate::mention::{self, Figures, Mentions};
use crate::normalize::Normalizer;
use crate::table::rows::{self, Date, Report};
use crate::table::write::Writer;
use crate::text::Aligned;

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

impl LexiconFile {
    fn pairs(files: &[Self]) -> Vec<(&str, &str)> {
        files.iter().map(|f| (f.name.as_str(), f.text.as_str())).collect()
    }
}

/// The compiled lexicons and rules, ready to read reports from many threads at once.
#[derive(Debug)]
pub struct Extractor {
    lexicon: Lexicon,
    figures: Figures,
    /// What a report is brought to before it is read.
    normalizer: Option<Normalizer>,
}

impl Extractor {
    /// Compiles the built-in lexicons and rules with files of one's own, which go before them.
    ///
    /// # Errors
    /// A file that cannot be read as a lexicon or as rules, with the line.
    pub fn new(lexicons: &[LexiconFile], rules: &[LexiconFile]) -> Result<Self, LexiconError> {
        let rules = LexiconFile::pairs(rules);
        let lexicon = Lexicon::with_rules(&LexiconFile::pairs(lexicons), &rules)?;
        let figures = Figures::with_rules(&lexicon, &rules)?;
        Ok(Extractor { lexicon, figures, normalizer: None })
    }

    /// Reads reports as this normalizer leaves them; offsets are those of the report as it was given.
    pub fn normalizing(self, normalizer: Option<Normalizer>) -> Self {
        Extractor { normalizer, ..self }
    }

    /// What is wrong with these files beside the lexicons of this extractor, and what their names would clash with.
    pub fn lint(&self, files: &[LexiconFile]) -> Vec<Finding> {
        let (rules, lexicons): (Vec<_>, Vec<_>) =
            LexiconFile::pairs(files).into_iter().partition(|(name, text)| lint::is_rule_file(name, text));
        let mut findings = lint::lint(&lexicons, &self.lexicon);
        if !rules.is_empty() {
            let broken = match Self::broken_rules(&lexicons, &rules) {
                // The lexicons' own mistakes are told already.
                Err(error) if lexicons.iter().any(|(name, _)| *name == error.file) => Vec::new(),
                Err(error) => vec![error],
                Ok(broken) => broken,
            };
            findings.extend(broken.into_iter().map(|at| Finding { severity: Severity::Error, at }));
        }
        findings
    }

    /// What goes against the rules' own examples.
    fn broken_rules(lexicons: &[(&str, &str)], rules: &[(&str, &str)]) -> Result<Vec<LexiconError>, LexiconError> {
        let lexicon = Lexicon::with_rules(lexicons, rules)?;
        let figures = Figures::with_rules(&lexicon, rules)?;
        Ok(figures.broken_examples(&lexicon, |file| rules.iter().any(|(name, _)| *name == file)))
    }

    /// The words, parties and places that reports are read with.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Every claim of one report.
    pub fn extract(&self, input: &Input<'_>) -> Report {
        let text = input.text.unwrap_or_default();
        let way = self.read(text);
        let written = |range| way.iter().rev().fold(range, |range, step| step.to_original(range));
        let read = way.last().map_or("", |step| &step.text);
        let doc = Document::read_as_written(read, &self.lexicon, text, written);
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
        Writer::new(text, &way, &doc, &mentions).report(document, &claims)
    }

    /// The text step by step: as the normalizer leaves it, and as words are compared.
    fn read(&self, text: &str) -> SmallVec<[Aligned; 2]> {
        let normalized = self.normalizer.as_ref().map(|n| n.align(text));
        let folded = self.lexicon.fold.align(normalized.as_ref().map_or(text, |n| &n.text));
        normalized.into_iter().chain([folded]).collect()
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
