//! Quotations and brackets: pairs of signs, nested, and what to do with one that is never closed.

use super::tokens::{Kind, Token};

/// Tokens `open` and `close` are the signs; the quoted words stand between. An unclosed quotation ends before `close`
/// at the end of its paragraph, and `closed` is false.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotation {
    pub open: usize,
    pub close: usize,
    pub closed: bool,
}

impl Quotation {
    pub fn holds(&self, token: usize) -> bool {
        self.open < token && token < self.close
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bracket {
    pub open: usize,
    pub close: usize,
}

/// Quotations inside one another; of more the outermost is taken for one that is never closed.
const DEEPEST: usize = 32;

/// Pairs the signs in one pass. Quotations do not cross a paragraph except where the next one closes them.
pub(super) fn pair(_text: &str, tokens: &[Token]) -> (Vec<Quotation>, Vec<Bracket>) {
    let (mut quotations, mut brackets) = (Vec::new(), Vec::new());
    let mut open_quotes: Vec<(usize, u8)> = Vec::new();
    let mut open_brackets: Vec<(usize, u8)> = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        if token.new_line {
            open_brackets.clear();
            for (open, _) in open_quotes.drain(..) {
                quotations.push(Quotation { open, close: i, closed: false });
            }
        }
        if open_quotes.len() > DEEPEST {
            let (open, _) = open_quotes.remove(0);
            quotations.push(Quotation { open, close: i, closed: false });
        }
        match token.kind {
            Kind::Open { pair } => open_quotes.push((i, pair)),
            Kind::Close { .. } => {
                // Typists mix the systems: a closing sign closes the last one opened, whichever it is.
                if let Some((open, _)) = open_quotes.pop() {
                    quotations.push(Quotation { open, close: i, closed: true });
                }
            }
            Kind::Quote { pair } => match open_quotes.iter().rposition(|q| q.1 == pair) {
                Some(at) if !opens(tokens, i) || open_quotes.len() > at + 1 || !token.spaced => {
                    let (open, _) = open_quotes[at];
                    open_quotes.truncate(at);
                    quotations.push(Quotation { open, close: i, closed: true });
                }
                Some(at) => {
                    // Opened twice: the first was never closed.
                    let (open, _) = open_quotes.remove(at);
                    quotations.push(Quotation { open, close: i, closed: false });
                    open_quotes.push((i, pair));
                }
                None => open_quotes.push((i, pair)),
            },
            Kind::BracketOpen { pair } => open_brackets.push((i, pair)),
            Kind::BracketClose { .. } => {
                if let Some((open, _)) = open_brackets.pop() {
                    brackets.push(Bracket { open, close: i });
                }
            }
            _ => {}
        }
    }
    for (open, _) in open_quotes {
        quotations.push(Quotation { open, close: tokens.len(), closed: false });
    }
    quotations.sort_by_key(|q| q.open);
    brackets.sort_by_key(|b| b.open);
    (quotations, brackets)
}

/// A straight mark that stands before its word: space before, none after.
fn opens(tokens: &[Token], i: usize) -> bool {
    tokens[i].spaced && tokens.get(i + 1).is_some_and(|next| !next.spaced)
}
