//! The letters of `lexicon/chars.toml`, read once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::options::Options;
use crate::error::LexiconError;

const FILE: &str = "lexicon/chars.toml";
const SOURCE: &str = include_str!("../../lexicon/chars.toml");

/// What each character becomes under one value of one option; an empty string where it is dropped.
pub(super) type Fold = FxHashMap<char, String>;

pub(super) struct Data {
    folds: BTreeMap<(String, String), Fold>,
    pub profiles: BTreeMap<String, Options>,
    pub entities: FxHashMap<String, String>,
    pub words: Words,
}

/// The strings that the rarer steps go by.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub url_stop: String,
    pub url_token: String,
    pub email_token: String,
    pub mention_token: String,
    pub hidden_marks: String,
    pub hidden_titles: String,
    pub hidden_conjunction: String,
    pub hidden_article: String,
    pub hidden_units: String,
    pub hidden_labels: String,
    pub block_tags: String,
    pub inline_tags: String,
    pub tag_prefixes: String,
}

#[derive(Deserialize)]
struct File {
    profiles: BTreeMap<String, Options>,
    entities: Entities,
    words: Words,
    #[serde(flatten)]
    folds: BTreeMap<String, BTreeMap<String, BTreeMap<String, Line>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entities {
    /// A name and its character, and so on.
    seen: String,
    unseen: FxHashMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    to: String,
    why: String,
}

impl Data {
    fn parse(source: &str) -> Result<Data, LexiconError> {
        let file: File = toml::from_str(source).map_err(|e| LexiconError::toml(FILE, source, &e))?;
        let mut folds = BTreeMap::new();
        for (option, values) in file.folds {
            for (value, lines) in values {
                let mut fold = Fold::default();
                for (key, line) in lines {
                    let wrong = |what: &str| {
                        let at = source.lines().position(|l| l.starts_with(&format!("\"{key}\""))).map_or(0, |n| n + 1);
                        LexiconError::new(FILE, at, format!("[{option}.{value}] \"{key}\": {what}"))
                    };
                    if line.why.is_empty() {
                        return Err(wrong("no reason given"));
                    }
                    let (first, last) = range(&key).ok_or_else(|| wrong("not a character, nor U+…, nor U+…-U+…"))?;
                    let target = range(&line.to).filter(|(a, b)| a != b);
                    for (i, c) in (first..=last).enumerate() {
                        let to = match target {
                            Some((a, _)) => char::from_u32(a as u32 + i as u32).map(String::from),
                            None => Some(line.to.clone()),
                        };
                        if fold.insert(c, to.ok_or_else(|| wrong("no such character"))?).is_some() {
                            return Err(wrong("named twice"));
                        }
                    }
                }
                folds.insert((option.clone(), value), fold);
            }
        }
        let mut entities = file.entities.unseen;
        let seen: Vec<&str> = file.entities.seen.split_ascii_whitespace().collect();
        entities.extend(seen.chunks_exact(2).map(|pair| (pair[0].to_owned(), pair[1].to_owned())));
        Ok(Data { folds, profiles: file.profiles, entities, words: file.words })
    }

    /// The table of one value of one option.
    pub fn fold(&self, option: &str, value: &str) -> &Fold {
        match self.folds.get(&(option.to_owned(), value.to_owned())) {
            Some(fold) => fold,
            None => panic!("{FILE} has no [{option}.{value}]"),
        }
    }
}

/// `"U+064B-U+0652"`, `"U+0640"` or one character, as a range.
fn range(key: &str) -> Option<(char, char)> {
    let mut chars = key.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return Some((c, c));
    }
    let (first, last) = key.split_once('-').unwrap_or((key, key));
    let code = |s: &str| char::from_u32(u32::from_str_radix(s.strip_prefix("U+")?, 16).ok()?);
    Some((code(first)?, code(last)?))
}

pub(super) fn data() -> &'static Data {
    static DATA: LazyLock<Data> = LazyLock::new(|| Data::parse(SOURCE).unwrap_or_else(|e| panic!("{e}")));
    &DATA
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_run_in_parallel() {
        let digits = data().fold("digits", "western");
        assert_eq!(digits[&'\u{0665}'], "5");
        assert_eq!(digits[&'\u{06F9}'], "9");
    }

    #[test]
    fn a_mistake_names_its_line() {
        let source = SOURCE.replace("\"U+0640\" =", "\"U+064\u{6F0}\" =");
        let error = Data::parse(&source).err().unwrap();
        assert!(error.line > 0 && error.message.contains("tatweel"), "{error}");
    }
}
