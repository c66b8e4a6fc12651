//! How lexicon words and texts are brought to one spelling before they are compared.

use aho_corasick::AhoCorasick;
use serde::Deserialize;
use std::borrow::Cow;

use crate::error::LexiconError;

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
    variants: AhoCorasick,
    plain: Vec<String>,
}

impl Fold {
    pub fn from_toml(file: &str, source: &str) -> Result<Self, LexiconError> {
        let table: Table = toml::from_str(source).map_err(|e| LexiconError::toml(file, source, &e))?;
        let from: Vec<String> = table.rewrite.iter().map(|r| analysis(&r.from)).collect();
        let plain = table.rewrite.iter().map(|r| analysis(&r.to)).collect();
        let variants = AhoCorasick::builder()
            .match_kind(aho_corasick::MatchKind::LeftmostLongest)
            .build(from)
            .map_err(|e| LexiconError::new(file, 0, e.to_string()))?;
        Ok(Fold { variants, plain })
    }

    /// Letters folded as in every text that is read.
    pub fn text(&self, text: &str) -> String {
        analysis(text)
    }

    /// A folded word in the spelling that the lexicons compare.
    pub fn respell<'a>(&self, word: &'a str) -> Cow<'a, str> {
        if self.variants.is_match(word) {
            Cow::Owned(self.variants.replace_all(word, &self.plain))
        } else {
            Cow::Borrowed(word)
        }
    }

    /// A lexicon word, folded and respelled.
    pub fn word(&self, word: &str) -> String {
        let folded = analysis(word);
        self.respell(&folded).into_owned()
    }
}

fn analysis(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(*c as u32, 0x640 | 0x64B..=0x65F | 0x670))
        .map(|c| match c as u32 {
            0x622 | 0x623 | 0x625 | 0x671 => '\u{627}',
            0x624 | 0x626 => '\u{621}',
            0x649 => '\u{64A}',
            _ => c,
        })
        .collect()
}
