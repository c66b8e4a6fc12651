//! The tokens of a report, and what stands behind the last.

use std::ops::{Deref, Index};

use crate::segment::{Kind, Token};
use crate::text::Span;

/// A report's tokens. Whoever looks on behind the last finds an empty one that ends the sentence and begins a line.
pub struct Tokens {
    list: Vec<Token>,
    behind: Token,
}

impl Tokens {
    pub(super) fn new(list: Vec<Token>, text: &str) -> Self {
        let span = Span::new(text.len(), text.len());
        Self { list, behind: Token { span, kind: Kind::End, spaced: true, new_line: true } }
    }
}

impl Deref for Tokens {
    type Target = [Token];

    fn deref(&self) -> &[Token] {
        &self.list
    }
}

impl Index<usize> for Tokens {
    type Output = Token;

    fn index(&self, token: usize) -> &Token {
        self.list.get(token).unwrap_or(&self.behind)
    }
}
