//! Rule files: patterns with their names and examples, compiled and indexed by their first tokens.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde::de::IgnoredAny;
use toml::Spanned;

use super::needs::{self, Need};
use super::{Node, Vocabulary, What, parse};
use crate::error::{LexiconError, Lines, too_long};
use crate::lexicon::Lexicon;

/// A rule of a file. `set` holds what the rule says beside what its pattern captures.
#[derive(Debug)]
pub struct Rule {
    pub name: String,
    pub gloss: String,
    pub set: BTreeMap<String, String>,
    pub examples: Vec<Example>,
    pub counter_examples: Vec<String>,
    pub file: Arc<str>,
    /// The line of the file where it begins, from 1.
    pub line: usize,
    pub(crate) node: Node,
    pub(super) needs: Vec<Need>,
}

/// `text [what the rule takes] text => value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    pub text: String,
    pub taken: String,
    pub value: Option<String>,
}

impl Example {
    fn parse(line: &str) -> Option<Self> {
        let (text, value) = match line.rsplit_once("=>") {
            Some((text, value)) => (text.trim(), Some(value.trim().to_owned())),
            None => (line, None),
        };
        let (before, rest) = text.split_once('[')?;
        let (taken, after) = rest.split_once(']')?;
        Some(Example { text: format!("{before}{taken}{after}"), taken: taken.to_owned(), value })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    fragment: Vec<Spanned<FragmentRow>>,
    #[serde(default)]
    time: Vec<Spanned<RuleRow>>,
    #[serde(default)]
    quantity: Vec<Spanned<RuleRow>>,
    /// The lexicon reads it.
    #[serde(default, rename = "frame")]
    _frame: IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FragmentRow {
    name: String,
    #[serde(default)]
    #[allow(dead_code, reason = "for the reader of the file")]
    gloss: String,
    pattern: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleRow {
    name: String,
    gloss: String,
    pattern: String,
    #[serde(default)]
    set: BTreeMap<String, String>,
    examples: Vec<String>,
    #[serde(default)]
    counter_examples: Vec<String>,
}

/// The rules of one book, a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct RuleSet([u64; RuleSet::MOST / 64]);

impl RuleSet {
    /// The rules that a book may have.
    const MOST: usize = 256;

    fn add(&mut self, rule: u16) {
        self.0[rule as usize / 64] |= 1 << (rule % 64);
    }

    #[inline]
    fn and(self, other: &RuleSet) -> RuleSet {
        RuleSet(std::array::from_fn(|n| self.0[n] & other.0[n]))
    }

    #[inline]
    pub(super) fn join(&mut self, other: Option<&RuleSet>) {
        if let Some(other) = other {
            self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a |= b);
        }
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.0 == [0; RuleSet::MOST / 64]
    }

    /// In the order of the book.
    pub(super) fn iter(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(block, mut bits)| {
            std::iter::from_fn(move || {
                let bit = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
                bits &= bits - 1;
                Some(64 * block + bit)
            })
        })
    }
}

fn entry(sets: &mut Vec<RuleSet>, id: u16) -> &mut RuleSet {
    if sets.len() <= id as usize {
        sets.resize(id as usize + 1, RuleSet::default());
    }
    &mut sets[id as usize]
}

/// The rules of one kind, in their order.
#[derive(Debug, Default)]
pub struct RuleBook {
    pub rules: Vec<Rule>,
    /// What any of the rules may begin with.
    pub(super) begins: needs::Kinds,
    by_literal: Vec<RuleSet>,
    by_class: Vec<RuleSet>,
    by_found: Vec<RuleSet>,
    by_sign: Vec<(String, RuleSet)>,
    by_digits: RuleSet,
    by_word: RuleSet,
    /// The rules that may go on with a token of each kind, and those that need none behind their first.
    by_second: Vec<RuleSet>,
    by_nothing: RuleSet,
}

/// The patterns of rule files, by what they find.
#[derive(Debug, Default)]
pub struct RuleBooks {
    pub times: RuleBook,
    pub quantities: RuleBook,
}

impl RuleBooks {
    /// Compiles rule files, as (name, text). Of two rules that match alike, the earlier one is taken; a fragment can be
    /// used by all files before its own, and by what follows it there.
    ///
    /// # Errors
    /// The first mistake, with its file and line.
    pub fn compile(
        files: &[(&str, &str)],
        lexicon: &Lexicon,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, LexiconError> {
        let mut compiler = Compiler { lexicon, vocabulary, fragments: FxHashMap::default() };
        let mut parsed = Vec::with_capacity(files.len());
        for (file, source) in files.iter().rev() {
            let mut rows: File = toml::from_str(source).map_err(|e| LexiconError::toml(file, source, &e))?;
            let lines = Lines::of(source);
            compiler.read_fragments(file, &lines, std::mem::take(&mut rows.fragment))?;
            parsed.push((Arc::<str>::from(*file), lines, rows));
        }
        let mut books = RuleBooks::default();
        for (file, lines, rows) in parsed.into_iter().rev() {
            for (book, rules) in [(&mut books.times, rows.time), (&mut books.quantities, rows.quantity)] {
                for row in rules {
                    let line = lines.at(row.span().start);
                    compiler.read_rule(book, &file, line, row.into_inner())?;
                }
            }
        }
        Ok(books)
    }
}

struct Compiler<'a> {
    lexicon: &'a Lexicon,
    vocabulary: &'a mut Vocabulary,
    fragments: FxHashMap<String, Node>,
}

impl Compiler<'_> {
    fn parse(&mut self, pattern: &str) -> Result<Node, String> {
        parse::parse(pattern, &self.lexicon.fold, self.vocabulary, &self.fragments)
    }

    fn read_fragments(
        &mut self,
        file: &str,
        lines: &Lines,
        rows: Vec<Spanned<FragmentRow>>,
    ) -> Result<(), LexiconError> {
        for row in rows {
            let line = lines.at(row.span().start);
            let FragmentRow { name, pattern, .. } = row.into_inner();
            if let Some(message) = too_long(&name) {
                return Err(LexiconError::new(file, line, message));
            }
            let bad = |m: &str| LexiconError::new(file, line, format!("fragment {name}: {m}"));
            let node = self.parse(&pattern).map_err(|m| bad(&m))?;
            if self.fragments.contains_key(&name) {
                return Err(bad("there is one of this name already"));
            }
            self.fragments.insert(name, node);
        }
        Ok(())
    }

    fn read_rule(
        &mut self,
        book: &mut RuleBook,
        file: &Arc<str>,
        line: usize,
        row: RuleRow,
    ) -> Result<(), LexiconError> {
        if let Some(message) = too_long(&row.name) {
            return Err(LexiconError::new(&**file, line, message));
        }
        let bad = |m: String| LexiconError::new(&**file, line, format!("rule {}: {m}", row.name));
        let node = self.parse(&row.pattern).map_err(bad)?;
        let examples = row
            .examples
            .iter()
            .map(|e| Example::parse(e).ok_or_else(|| bad(format!("an example marks what is taken by [ ]: {e}"))))
            .collect::<Result<Vec<_>, _>>()?;
        if examples.is_empty() {
            return Err(bad("an example is needed".to_owned()));
        }
        if book.rules.len() == RuleSet::MOST {
            return Err(bad(format!(
                "there are at most {} rules of a kind, the built-in ones included",
                RuleSet::MOST
            )));
        }
        if book.first(&node, book.rules.len() as u16) {
            return Err(bad("the pattern matches nothing at all".to_owned()));
        }
        let RuleRow { name, gloss, set, counter_examples, .. } = row;
        let needs = needs::of(&node, &self.vocabulary.several);
        book.begins |= needs::first(&node).0;
        book.goes_on(&node, &self.vocabulary.several, book.rules.len() as u16);
        let node = needs::guarded(node);
        book.rules.push(Rule { name, gloss, set, examples, counter_examples, file: file.clone(), line, node, needs });
        Ok(())
    }
}

impl RuleBook {
    /// Enters the rule under all that its first token may be; true if the node may take no token.
    fn first(&mut self, node: &Node, rule: u16) -> bool {
        match node {
            Node::Token(test) => {
                match &test.what {
                    What::Literal(id) => entry(&mut self.by_literal, *id).add(rule),
                    What::Classes(all) => all.iter().for_each(|c| entry(&mut self.by_class, *c).add(rule)),
                    What::Digits(_) => self.by_digits.add(rule),
                    What::Sign(sign) => {
                        let at = self.by_sign.iter().position(|(s, _)| s == sign).unwrap_or_else(|| {
                            self.by_sign.push((sign.clone(), RuleSet::default()));
                            self.by_sign.len() - 1
                        });
                        self.by_sign[at].1.add(rule);
                    }
                    What::Word => self.by_word.add(rule),
                }
                false
            }
            Node::Found { name, .. } => {
                entry(&mut self.by_found, *name).add(rule);
                false
            }
            Node::Sequence(all) => all.iter().all(|n| self.first(n, rule)),
            Node::Choice(all) => all.iter().fold(false, |empty, n| self.first(n, rule) | empty),
            Node::Repeat { node, min, .. } => self.first(node, rule) | (*min == 0),
            Node::Capture(_, node) | Node::Guard(_, node) => self.first(node, rule),
            Node::Look { .. } => true,
        }
    }

    /// Enters the rule under all that its second token may be.
    fn goes_on(&mut self, node: &Node, several: &[bool], rule: u16) {
        self.by_second.resize(needs::KINDS, RuleSet::default());
        match needs::second(node, several) {
            Some((kinds, false)) => kinds.numbers().for_each(|kind| self.by_second[kind].add(rule)),
            _ => self.by_nothing.add(rule),
        }
    }

    /// Those of some rules that may go on with what stands behind their first token.
    pub(super) fn going_on(&self, rules: RuleSet, behind: Option<&needs::Kinds>) -> RuleSet {
        let mut out = self.by_nothing;
        let kinds = behind.copied().unwrap_or_default();
        if rules.and(&self.by_nothing) != rules {
            kinds.numbers().for_each(|kind| out.join(self.by_second.get(kind)));
        }
        rules.and(&out)
    }

    /// The rules that may begin with a token that is all this.
    pub(super) fn candidates(
        &self,
        literals: impl Iterator<Item = u16>,
        classes: impl Iterator<Item = u16>,
        found: impl Iterator<Item = u16>,
        digits: bool,
        sign: Option<&str>,
    ) -> RuleSet {
        let mut out = self.by_word;
        literals.for_each(|l| out.join(self.by_literal.get(l as usize)));
        classes.for_each(|c| out.join(self.by_class.get(c as usize)));
        found.for_each(|f| out.join(self.by_found.get(f as usize)));
        if let Some(sign) = sign {
            out.join(self.by_sign.iter().find(|(s, _)| s == sign).map(|(_, rules)| rules));
        }
        if digits {
            out.join(Some(&self.by_digits));
        }
        out
    }
}
