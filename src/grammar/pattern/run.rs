//! Patterns run over the tokens of a document.

use super::needs::{self, Stretch};
use super::{Digits, Node, RuleBook, Sense, Test, Vocabulary, What};
use crate::grammar::{Document, Sparse};
use crate::lexicon::{Facts, Referent};
use crate::morph::{Category, Features};
use crate::segment::{Kind, Number, Proclitics};

/// A thing found before, at a token: where it ends and what stands before it in its first token.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sub {
    pub end: usize,
    /// Bytes of clitics cut from the first token.
    pub skip: u8,
    pub conjunction: bool,
}

/// A literal word of the patterns, behind these clitics, which take so many bytes.
type Literal = (u16, Proclitics, u8);

/// A document prepared for patterns: what each token can be taken for.
pub struct Tape<'d, 'l> {
    pub doc: &'d Document<'l>,
    vocabulary: &'d Vocabulary,
    /// The senses and literals of all tokens, and where those of a token begin.
    senses: Vec<Sense>,
    literals: Vec<Literal>,
    from: Vec<(u32, u32)>,
    found: Vec<Sparse<Sub>>,
    /// What each token may be taken for, things found included when all are.
    kinds: Stretch,
}

/// What a slot caught.
#[derive(Debug, Clone, PartialEq)]
pub struct Capture {
    pub slot: u16,
    pub start: usize,
    pub end: usize,
    pub sense: Option<Sense>,
}

/// A rule that matched.
#[derive(Debug, Clone)]
pub struct Match {
    pub rule: usize,
    pub start: usize,
    pub end: usize,
    /// Bytes of clitics before the first token.
    pub skip: u8,
    pub captures: Vec<Capture>,
}

impl Match {
    pub fn get(&self, vocabulary: &Vocabulary, slot: &str) -> Option<&Capture> {
        let slot = vocabulary.slot(slot)?;
        self.captures.iter().find(|c| c.slot == slot)
    }
}

struct State {
    start: usize,
    skip: u8,
    captures: Vec<Capture>,
    sense: Option<Sense>,
    steps: u32,
}

/// Steps that one rule may take from one token.
const PATIENCE: u32 = 2000;

impl<'d, 'l> Tape<'d, 'l> {
    pub fn new(doc: &'d Document<'l>, vocabulary: &'d Vocabulary) -> Self {
        let (mut senses, mut literals) = (Vec::with_capacity(doc.len()), Vec::new());
        let mut from = Vec::with_capacity(doc.len() + 1);
        let mut kinds = Vec::with_capacity(doc.len());
        for token in 0..doc.len() {
            from.push((senses.len() as u32, literals.len() as u32));
            kinds.push(match doc.tokens[token].kind {
                Kind::Word => needs::WORD,
                Kind::Number => needs::DIGITS,
                _ => needs::SIGN,
            });
            let Some(analysis) = doc.analysis(token) else { continue };
            if analysis.may_have_stem_in(&vocabulary.sieve) {
                let stems = doc.lexicon.stems_in(&vocabulary.sieve, doc.str(token), analysis);
                for (stem, front) in stems.filter(|(_, f)| f.name == f.stem) {
                    if let Some(id) = vocabulary.literal(&stem) {
                        literals.push((id, front.clitics, front.name));
                        kinds[token] |= needs::literal(id);
                    }
                }
            }
            if !doc.may_be(token, vocabulary.taken | Facts::NAME_HERE) {
                continue;
            }
            let named = || doc.names_at(token).iter().flat_map(|m| m.referents);
            let phrase = |r: &Referent| matches!(r, Referent::Phrase(row) if vocabulary.is_used(*row));
            let used = || analysis.readings.iter().any(|r| vocabulary.is_used(r.row));
            // What no rule asks for is nothing to any rule.
            if !used() && !named().any(phrase) {
                continue;
            }
            for m in doc.names_at(token).iter().rev() {
                for referent in m.referents.iter().rev() {
                    if let Referent::Phrase(row) = *referent {
                        let features = Features::of(Category::Particle);
                        let (clitics, end) = (m.clitics, m.end as u32);
                        let start = (m.span.start - doc.tokens[token].span.start) as u8;
                        let class = vocabulary.class_of[row as usize];
                        let list = doc.lexicon.list(row);
                        senses.push(Sense { row, list, class, features, clitics, pronoun: false, start, end });
                    }
                }
            }
            senses.extend(analysis.readings.iter().map(|r| Sense {
                row: r.row,
                list: r.list,
                class: vocabulary.class_of[r.row as usize],
                features: r.features,
                clitics: r.clitics,
                pronoun: r.pronoun.is_some(),
                start: r.start,
                end: token as u32 + 1,
            }));
            let own = &senses[from[token].0 as usize..];
            own.iter().for_each(|s: &Sense| kinds[token] |= vocabulary.kinds[s.class as usize]);
        }
        from.push((senses.len() as u32, literals.len() as u32));
        let found = vec![Sparse::new(doc.len()); vocabulary.found.len()];
        Tape { doc, vocabulary, senses, literals, from, found, kinds: Stretch::new(kinds) }
    }

    pub fn senses(&self, token: usize) -> &[Sense] {
        match self.from.get(token..token + 2) {
            Some(&[from, to]) => &self.senses[from.0 as usize..to.0 as usize],
            _ => &[],
        }
    }

    fn literals(&self, token: usize) -> &[Literal] {
        match self.from.get(token..token + 2) {
            Some(&[from, to]) => &self.literals[from.1 as usize..to.1 as usize],
            _ => &[],
        }
    }

    /// Whether the token has a sense of that class.
    pub fn is_class(&self, token: usize, class: Option<u16>) -> bool {
        self.senses(token).iter().any(|s| Some(s.class) == class)
    }

    /// The number of a class of the calendar.
    pub fn calendar(&self, kind: &str) -> Option<u16> {
        self.vocabulary.calendar.get(kind).copied()
    }

    /// Enters a thing found, for `@name`.
    pub fn find(&mut self, name: &str, token: usize, sub: Sub) {
        if let Some(name) = self.vocabulary.found(name) {
            self.found[name as usize].set(token, sub);
        }
    }

    /// Notes what each token may be taken for, when all things are found.
    pub fn settle(&mut self) {
        let mut kinds = std::mem::take(&mut self.kinds).tokens;
        for (name, found) in self.found.iter().enumerate() {
            found.tokens().for_each(|token| kinds[token] |= needs::found(name as u16));
        }
        self.kinds = Stretch::new(kinds);
    }

    /// Whether a rule of the book may begin at a token; a no is sure.
    #[inline]
    pub fn may_begin(&self, book: &RuleBook, token: usize) -> bool {
        self.kinds.tokens.get(token).is_some_and(|kinds| kinds.any(book.begins))
    }

    /// The matches of a book at a token: the longest first, then in the order of the rules.
    pub fn matches(&self, book: &RuleBook, token: usize) -> Vec<Match> {
        let mut out = Vec::new();
        let Some(kind) = self.doc.kind(token) else { return out };
        let (senses, literals) = (self.senses(token), self.literals(token));
        let candidates = book.candidates(
            literals.iter().map(|l| l.0),
            senses.iter().map(|s| s.class),
            (0..self.found.len() as u16).filter(|f| self.found[*f as usize].get(token).is_some()),
            kind == Kind::Number,
            (!matches!(kind, Kind::Word | Kind::Number)).then(|| self.doc.str(token)),
        );
        let candidates = book.going_on(candidates, self.kinds.tokens.get(token + 1));
        if candidates.is_empty() {
            return out;
        }
        let tried =
            candidates.iter().filter(|rule| book.rules[*rule].needs.iter().all(|n| n.is_met(&self.kinds, token)));
        let mut state = State { start: token, skip: 0, captures: Vec::new(), sense: None, steps: 0 };
        out.extend(tried.filter_map(|rule| self.run(book, rule, &mut state)));
        if out.len() > 1 {
            out.sort_by_key(|m: &Match| std::cmp::Reverse(m.end));
        }
        out
    }

    /// Tries one rule; what `state` held of another is forgotten.
    fn run(&self, book: &RuleBook, rule: usize, state: &mut State) -> Option<Match> {
        let start = state.start;
        (state.skip, state.sense, state.steps) = (0, None, 0);
        state.captures.clear();
        let mut end = None;
        self.walk(&book.rules[rule].node, start, state, &mut |at, _| {
            end = Some(at);
            at > start
        });
        let end = end.filter(|e| *e > start)?;
        Some(Match { rule, start, end, skip: state.skip, captures: std::mem::take(&mut state.captures) })
    }

    /// Walks a node from a token on, and what comes behind it by `next`; true when all matched.
    fn walk(&self, node: &Node, at: usize, state: &mut State, next: &mut dyn FnMut(usize, &mut State) -> bool) -> bool {
        if let Node::Guard(kinds, node) = node {
            return self.kinds.tokens.get(at).is_some_and(|here| here.any(*kinds)) && self.walk(node, at, state, next);
        }
        state.steps += 1;
        if state.steps > PATIENCE {
            return false;
        }
        match node {
            Node::Guard(..) => false,
            Node::Token(test) => self.token(test, at, state, next),
            Node::Sequence(all) => self.sequence(all, at, state, next),
            Node::Choice(all) => all.iter().any(|n| self.walk(n, at, state, next)),
            Node::Repeat { node, min, max } => self.repeat(node, *min, *max, at, state, next),
            Node::Capture(slot, node) => {
                let mark = state.captures.len();
                let done = self.walk(node, at, state, &mut |end, state| {
                    let capture = Capture { slot: *slot, start: at, end, sense: state.sense };
                    state.captures.push(capture);
                    let here = state.captures.len();
                    next(end, state) || {
                        state.captures.truncate(here - 1);
                        false
                    }
                });
                if !done {
                    state.captures.truncate(mark);
                }
                done
            }
            Node::Found { name, conjunction } => {
                let Some(sub) = self.found[*name as usize].get(at) else { return false };
                let first = at == state.start;
                if !first && (self.doc.tokens[at].new_line || sub.conjunction != *conjunction) {
                    return false;
                }
                if first {
                    // "And" as a token of its own is no part of what follows it.
                    if sub.conjunction && sub.skip == 0 {
                        return false;
                    }
                    state.skip = sub.skip;
                }
                state.sense = None;
                next(sub.end, state)
            }
            Node::Look { node, behind, wanted } => {
                let from = if *behind { at.checked_sub(1) } else { Some(at) };
                let mut inner =
                    State { start: usize::MAX, skip: 0, captures: Vec::new(), sense: None, steps: state.steps };
                let found = from.is_some_and(|from| {
                    let same = !*behind || !self.doc.tokens.get(at).is_none_or(|t| t.new_line);
                    same && self.walk(node, from, &mut inner, &mut |end, _| !*behind || end == at)
                });
                // A look takes of the same patience: looks within looks would take its square.
                state.steps = inner.steps;
                if found != *wanted {
                    return false;
                }
                // What is named ahead is known to what is taken here.
                let mark = state.captures.len();
                state.captures.append(&mut inner.captures);
                next(at, state) || {
                    state.captures.truncate(mark);
                    false
                }
            }
        }
    }

    fn sequence(
        &self,
        all: &[Node],
        at: usize,
        state: &mut State,
        next: &mut dyn FnMut(usize, &mut State) -> bool,
    ) -> bool {
        match all {
            [] => next(at, state),
            [first, rest @ ..] => self.walk(first, at, state, &mut |end, state| self.sequence(rest, end, state, next)),
        }
    }

    fn repeat(
        &self,
        node: &Node,
        min: u8,
        max: u8,
        at: usize,
        state: &mut State,
        next: &mut dyn FnMut(usize, &mut State) -> bool,
    ) -> bool {
        if max > 0 {
            let more = self.walk(node, at, state, &mut |end, state| {
                end > at && self.repeat(node, min.saturating_sub(1), max - 1, end, state, next)
            });
            if more {
                return true;
            }
        }
        min == 0 && next(at, state)
    }

    fn token(
        &self,
        test: &Test,
        at: usize,
        state: &mut State,
        next: &mut dyn FnMut(usize, &mut State) -> bool,
    ) -> bool {
        let Some(token) = self.doc.tokens.get(at) else { return false };
        let first = at == state.start;
        if !first && token.new_line && state.start != usize::MAX || test.glued && token.spaced {
            return false;
        }
        let fits = |c: &Proclitics| {
            // What begins a rule may be joined to what stands before; the span then begins behind it.
            let fits = |wanted: Option<bool>, has: bool| wanted.is_none_or(|w| w == has || first && has);
            fits(test.conjunction, c.conjunction.is_some()) && fits(test.preposition, c.preposition.is_some())
        };
        let mut go = |end: usize, skip: u8, sense: Option<Sense>, state: &mut State| {
            let before = state.skip;
            if first {
                state.skip = skip;
            }
            state.sense = sense;
            next(end, state) || {
                state.skip = before;
                false
            }
        };
        match &test.what {
            What::Literal(id) => self
                .literals(at)
                .iter()
                .filter(|(l, c, _)| l == id && fits(c))
                .any(|(_, _, skip)| go(at + 1, *skip, None, state)),
            What::Classes(classes) => self
                .senses(at)
                .iter()
                .filter(|s| {
                    classes.contains(&s.class)
                        && fits(&s.clitics)
                        && test.article.is_none_or(|w| s.clitics.article == w)
                        && test.pronoun.is_none_or(|w| s.pronoun == w)
                        // The dual in construct is written like the accusative of one.
                        && test.number.is_none_or(|n| {
                            s.features.agreement.number == Some(n) && !(n == Number::Dual && s.features.construct)
                        })
                })
                .any(|s| go(s.end as usize, s.start, Some(*s), state)),
            What::Digits(kind) => {
                token.kind == Kind::Number && digits(*kind, self.doc.str(at)) && go(at + 1, 0, None, state)
            }
            What::Sign(sign) => {
                !matches!(token.kind, Kind::Word | Kind::Number)
                    && self.doc.str(at) == sign
                    && go(at + 1, 0, None, state)
            }
            What::Word => token.kind == Kind::Word && go(at + 1, 0, None, state),
        }
    }
}

fn digits(kind: Digits, text: &str) -> bool {
    let Ok(n) = text.parse::<u32>() else { return kind == Digits::Any };
    match kind {
        Digits::Any => true,
        Digits::Day => (1..=31).contains(&n) && text.len() <= 2,
        Digits::Month => (1..=12).contains(&n) && text.len() <= 2,
        Digits::Hour => n <= 24 && text.len() <= 2,
        Digits::Year => (1000..=2100).contains(&n) && text.len() == 4,
    }
}
