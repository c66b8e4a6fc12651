//! Names of several words found in the tokens, through quotation marks, brackets and hashtags inside them.

use smallvec::SmallVec;

use super::Document;
use crate::lexicon::Referent;
use crate::segment::{Kind, Proclitics};
use crate::text::{Normalized, Span};

/// A name that begins at a token, with all that it may stand for.
#[derive(Debug, Clone)]
pub struct NameMatch<'a> {
    pub start: usize,
    /// Behind its last token.
    pub end: usize,
    pub span: Span<Normalized>,
    pub clitics: Proclitics,
    pub referents: &'a [Referent],
}

impl<'a> Document<'a> {
    /// Every name that begins at the token, the longest first.
    pub fn names_at(&self, start: usize) -> &[NameMatch<'a>] {
        match self.names_from.get(start..start + 2) {
            Some(&[from, to]) => &self.names[from as usize..to as usize],
            _ => &[],
        }
    }

    /// Every name of the text, in the order of its first token.
    pub fn names(&self) -> &[NameMatch<'a>] {
        &self.names
    }

    pub(super) fn find_names(&mut self) {
        let mut out: Vec<NameMatch<'a>> = Vec::new();
        for token in 0..self.len() {
            let from = out.len();
            self.names_from.push(from as u32);
            self.find_names_at(token, &mut out);
            if out.len() > from + 1 {
                out[from..].sort_by_key(|m| std::cmp::Reverse((m.end, std::cmp::Reverse(m.clitics.count()))));
            }
        }
        self.names_from.push(out.len() as u32);
        self.names = out;
    }

    fn find_names_at(&self, start: usize, out: &mut Vec<NameMatch<'a>>) {
        match self.tokens[start].kind {
            Kind::Word => {
                let Some(analysis) = &self.words[start] else { return };
                for key in analysis.keys.iter().filter(|k| k.node != 0) {
                    self.walk(start, start + 1, key.node, key.start, key.clitics, out);
                }
            }
            Kind::Number => {
                let names = &self.lexicon.names;
                if let Some(node) = names.word(self.str(start)).and_then(|w| names.step(0, w)) {
                    self.walk(start, start + 1, node, 0, Proclitics::default(), out);
                }
            }
            _ => {}
        }
    }

    fn walk(
        &self,
        start: usize,
        mut end: usize,
        mut node: u32,
        skip: u8,
        clitics: Proclitics,
        out: &mut Vec<NameMatch<'a>>,
    ) {
        let names = &self.lexicon.names;
        let mut opened: SmallVec<[Kind; 2]> = SmallVec::new();
        loop {
            let referents = names.referents(node);
            if !referents.is_empty() {
                let closed = self.close(end, &opened);
                out.push(NameMatch {
                    start,
                    end: closed,
                    span: self.span_from(start..closed, skip),
                    clitics,
                    referents,
                });
            }
            let mut next = end;
            while let Some(token) = self.tokens.get(next) {
                let passes = match token.kind {
                    Kind::Open { .. } | Kind::Quote { .. } | Kind::BracketOpen { .. } => {
                        opened.push(token.kind);
                        !token.new_line
                    }
                    Kind::Close { .. } | Kind::BracketClose { .. } => opened.pop().is_some(),
                    Kind::Symbol => matches!(self.str(next), "_" | "#"),
                    Kind::Clause => !token.spaced && self.str(next) == "-",
                    _ => false,
                };
                if !passes || next - end > 2 {
                    break;
                }
                next += 1;
            }
            let Some(token) = self.tokens.get(next).filter(|t| !t.new_line) else { return };
            let step = match token.kind {
                Kind::Word => self.words[next].as_ref().and_then(|a| {
                    let whole = a.keys.iter().find(|k| k.start == 0)?;
                    names.step(node, whole.word)
                }),
                Kind::Number => names.word(self.str(next)).and_then(|w| names.step(node, w)),
                _ => None,
            };
            let Some(step) = step else { return };
            node = step;
            end = next + 1;
        }
    }

    /// Takes the sign in that closes what was opened inside the name.
    fn close(&self, end: usize, opened: &[Kind]) -> usize {
        let closes = opened.last().is_some_and(|open| match (open, self.kind(end)) {
            (Kind::Open { .. }, Some(Kind::Close { .. } | Kind::Quote { .. })) => true,
            (Kind::Quote { pair }, Some(Kind::Quote { pair: other })) => *pair == other,
            (Kind::Quote { .. }, Some(Kind::Close { .. })) => true,
            (Kind::BracketOpen { .. }, Some(Kind::BracketClose { .. })) => true,
            _ => false,
        });
        if closes { end + 1 } else { end }
    }
}
