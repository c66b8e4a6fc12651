//! Names of several words found in the tokens, through quotation marks, brackets and hashtags inside them.

use std::cell::LazyCell;

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::Document;
use crate::lexicon::{Facts, Key, List, Referent};
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

/// How many tokens behind the first a misspelled word of its name may stand.
const REACH: usize = 5;
/// A name of so many letters is known by itself, whatever letter is wrong.
const LONG: usize = 9;

/// Whose name it is, whatever sort of name.
fn identity(referent: Referent) -> Option<(bool, u32)> {
    match referent {
        Referent::Actor(row) | Referent::ShortActor(row) | Referent::DoubtfulActor(row) | Referent::Capital(row) => {
            Some((true, row))
        }
        Referent::Place(row) => Some((false, row)),
        Referent::Phrase(_) => None,
    }
}

impl<'a> Document<'a> {
    /// Every name that begins at the token, the longest first.
    #[inline]
    pub fn names_at(&self, start: usize) -> &[NameMatch<'a>] {
        if self.may_be(start, Facts::NAME_HERE) { self.found_at(start) } else { &[] }
    }

    fn found_at(&self, start: usize) -> &[NameMatch<'a>] {
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
            if self.tokens[token].kind == Kind::Word && !self.may_be(token, Facts::NAMED) {
                continue;
            }
            self.find_names_at(token, &|_| false, &mut out);
            if out.len() > from + 1 {
                out[from..].sort_by_key(|m| std::cmp::Reverse((m.end, std::cmp::Reverse(m.clitics.count()))));
            }
        }
        self.names_from.push(out.len() as u32);
        self.names = out;
        self.mark_names();
        if self.seen.iter().any(|s| s.facts.any(Facts::NEAR)) {
            self.find_misspelled();
            self.mark_names();
        }
    }

    fn mark_names(&mut self) {
        let lexicon = self.lexicon;
        let cue = |r: &Referent| matches!(r, Referent::Phrase(row) if lexicon.list(*row) == List::Cue);
        for name in &self.names {
            let cues = Facts::CUE_HERE.when(name.referents.iter().any(cue));
            self.seen[name.start].facts |= Facts::NAME_HERE | cues;
        }
    }

    /// Once more, where an unknown word is one letter off a word of a long name. One of several words is taken if all the
    /// others are right, a single one if the report names the same elsewhere or it is very long.
    fn find_misspelled(&mut self) {
        let exact = LazyCell::new(|| -> FxHashSet<(bool, u32)> {
            self.names.iter().flat_map(|m| m.referents).filter_map(|r| identity(*r)).collect()
        });
        let near = |t: usize| self.may_be(t, Facts::NEAR);
        let mut names: Vec<NameMatch<'a>> = Vec::with_capacity(self.names.len());
        let mut names_from = Vec::with_capacity(self.names_from.len());
        let mut found = Vec::new();
        let next_from = |token: usize| (token..self.len()).find(|t| near(*t)).unwrap_or(self.len() + REACH);
        let mut next = next_from(0);
        for token in 0..self.len() {
            let from = names.len();
            names_from.push(from as u32);
            if self.may_be(token, Facts::NAME_HERE) {
                names.extend_from_slice(self.found_at(token));
            }
            if next < token {
                next = next_from(token);
            }
            if next >= token + REACH {
                continue;
            }
            found.clear();
            self.find_names_at(token, &near, &mut found);
            found.retain(|m: &NameMatch<'a>| {
                let new = !names[from..].iter().any(|n| n.end == m.end && n.referents == m.referents);
                let known = || m.referents.iter().any(|r| identity(*r).is_some_and(|id| exact.contains(&id)));
                let single = m.end == token + 1;
                new && (!single || m.span.len() >= 2 * LONG || known())
            });
            names.append(&mut found);
            names[from..].sort_by_key(|m| std::cmp::Reverse((m.end, std::cmp::Reverse(m.clitics.count()))));
        }
        names_from.push(names.len() as u32);
        (self.names, self.names_from) = (names, names_from);
    }

    /// `misspelled`: tokens that may be read as the words that they are one letter off.
    fn find_names_at(&self, start: usize, misspelled: &dyn Fn(usize) -> bool, out: &mut Vec<NameMatch<'a>>) {
        match self.tokens[start].kind {
            Kind::Word if !self.may_be(start, Facts::NAMED | Facts::NEAR) => {}
            Kind::Word => {
                let Some(analysis) = &self.words[start] else { return };
                let near = analysis.near().iter().filter(|_| misspelled(start));
                for key in analysis.keys.iter().chain(near).filter(|k| k.node != 0) {
                    self.walk(start, start + 1, *key, misspelled, out);
                }
            }
            Kind::Number => {
                let names = &self.lexicon.names;
                if let Some(node) = names.word(self.str(start)).and_then(|w| names.step(0, w)) {
                    let key = Key { word: 0, node, clitics: Proclitics::default(), start: 0 };
                    self.walk(start, start + 1, key, misspelled, out);
                }
            }
            _ => {}
        }
    }

    fn walk(
        &self,
        start: usize,
        mut end: usize,
        Key { mut node, start: skip, clitics, .. }: Key,
        misspelled: &dyn Fn(usize) -> bool,
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
                    // "A.F.P."
                    Kind::End => !token.spaced && self.str(next - 1).chars().nth(1).is_none(),
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
                    let near = a.near().iter().filter(|k| k.start == 0 && misspelled(next));
                    let whole = a.keys.iter().filter(|k| k.start == 0 && k.clitics.preposition.is_none());
                    whole.take(1).chain(near).find_map(|k| names.step(node, k.word))
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
