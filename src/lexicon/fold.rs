//! How lexicon words and texts are brought to one spelling before they are compared.

use aho_corasick::AhoCorasick;
use serde::Deserialize;
use std::borrow::Cow;

use crate::error::LexiconError;
use crate::normalize::{Normalizer, Options};
use crate::text::Aligned;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    rewrite: Vec<Rewrite>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rewrite {
    from: String,
    to: String,
    #[serde(default)]
    #[allow(dead_code, reason = "for the reader of the file")]
    why: String,
}

/// The letter folding of the extractor, and the spelling variants of `lexicon/spelling.toml`.
#[derive(Debug)]
pub struct Fold {
    normalizer: Normalizer,
    variants: AhoCorasick,
    plain: Vec<String>,
}

impl Fold {
    pub fn from_toml(file: &str, source: &str) -> Result<Self, LexiconError> {
        let table: Table = toml::from_str(source).map_err(|e| LexiconError::toml(file, source, &e))?;
        let options = Options::profile("analysis").map_err(|e| LexiconError::new("chars.toml", 0, e.to_string()))?;
        let normalizer = Normalizer::new(options);
        let letters = |text: &str| normalizer.normalize(text).into_owned();
        let from: Vec<String> = table.rewrite.iter().map(|r| letters(&r.from)).collect();
        let plain = table.rewrite.iter().map(|r| letters(&r.to)).collect();
        let variants = AhoCorasick::builder()
            .match_kind(aho_corasick::MatchKind::LeftmostLongest)
            // What it is asked is a word long: going through it letter by letter is less than looking ahead.
            .kind(Some(aho_corasick::AhoCorasickKind::DFA))
            .prefilter(false)
            .build(from)
            .map_err(|e| LexiconError::new(file, 0, e.to_string()))?;
        Ok(Fold { normalizer, variants, plain })
    }

    /// Letters folded as in every text that is read.
    pub fn text(&self, text: &str) -> String {
        self.normalizer.normalize(text).into_owned()
    }

    /// The same, with the way back to the text as given.
    pub fn align(&self, text: &str) -> Aligned {
        self.normalizer.align(text)
    }

    /// Whether no part of a folded word has another spelling.
    pub fn is_plain(&self, word: &str) -> bool {
        !self.variants.is_match(word)
    }

    /// A folded word in the spelling that the lexicons compare.
    pub fn respell<'a>(&self, word: &'a str) -> Cow<'a, str> {
        if self.variants.is_match(word) {
            Cow::Owned(self.variants.replace_all(word, &self.plain))
        } else {
            Cow::Borrowed(word)
        }
    }

    /// The same of a word of one's own.
    pub fn respelled(&self, word: String) -> String {
        match self.respell(&word) {
            Cow::Owned(other) => other,
            Cow::Borrowed(_) => word,
        }
    }

    /// A lexicon word as it is compared; the name of a class of words, which begins with `@`, as it is.
    pub fn term(&self, word: &str) -> String {
        if word.starts_with('@') { word.to_owned() } else { self.word(word) }
    }

    /// A lexicon word, folded and respelled.
    pub fn word(&self, word: &str) -> String {
        let folded = self.normalizer.normalize(word);
        self.respell(&folded).into_owned()
    }
}
