//! What can go wrong with what a user hands in, each naming its place.

use std::fmt;

/// A mistake in a lexicon or rule file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct LexiconError {
    pub file: String,
    /// 1-based; 0 where the file as a whole is meant.
    pub line: usize,
    pub message: String,
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message),
            n => write!(f, "{}:{n}: {}", self.file, self.message),
        }
    }
}

impl LexiconError {
    pub fn new(file: impl Into<String>, line: usize, message: impl Into<String>) -> Self {
        LexiconError { file: file.into(), line, message: message.into() }
    }

    /// The error of a TOML file, with the line that the parser points at.
    pub fn toml(file: &str, source: &str, error: &toml::de::Error) -> Self {
        let line = error.span().map_or(0, |s| Lines::of(source).at(s.start));
        LexiconError::new(file, line, error.message())
    }
}

/// The bytes of the longest name, id or other value of a lexicon: the tables repeat it in row after row.
pub const LONGEST: usize = 1000;

/// What is said of a value that is longer.
pub fn too_long(value: &str) -> Option<String> {
    (value.len() > LONGEST).then(|| format!("a value of {} bytes: at most {LONGEST}", value.len()))
}

/// Where the lines of a file end: many places are told by their line without counting from the top each time.
pub struct Lines(Vec<usize>);

impl Lines {
    pub fn of(source: &str) -> Self {
        Lines(source.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at).collect())
    }

    /// The line of a byte, from 1.
    pub fn at(&self, byte: usize) -> usize {
        1 + self.0.partition_point(|end| *end < byte)
    }
}
