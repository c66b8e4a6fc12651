//! Rule files: patterns with their names and examples, compiled and indexed by their first tokens.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use toml::Spanned;

use super::needs::{self, Need};
use super::{Node, Vocabulary, What, parse};
use crate::error::LexiconError;
use crate::lexicon::Lexicon;

/// Rules are tried one by one where their first tokens are alike.
const MOST_RULES: usize = 10_000;

/// A rule of a file. `set` holds what the rule says beside what its pattern captures.
#[derive(Debug)]
pub struct Rule {
    pub name: String,
    pub gloss: String,
    pub set: BTreeMap<String, String>,
    pub examples: Vec<Example>,
    pub counter_examples: Vec<String>,
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
    rule: Vec<Spanned<RuleRow>>,
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

fn entry(lists: &mut Vec<Vec<u16>>, id: u16) -> &mut Vec<u16> {
    if lists.len() <= id as usize {
        lists.resize_with(id as usize + 1, Vec::new);
    }
    &mut lists[id as usize]
}

/// The rules of one file, in its order.
#[derive(Debug, Default)]
pub struct RuleBook {
    pub rules: Vec<Rule>,
    by_literal: Vec<Vec<u16>>,
    by_class: Vec<Vec<u16>>,
    by_found: Vec<Vec<u16>>,
    by_sign: Vec<(String, Vec<u16>)>,
    by_digits: Vec<u16>,
    by_anything: Vec<u16>,
}

impl RuleBook {
    pub fn compile(
        file: &str,
        source: &str,
        lexicon: &Lexicon,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, LexiconError> {
        let parsed: File = toml::from_str(source).map_err(|e| LexiconError::toml(file, source, &e))?;
        let line_of = |at: usize| 1 + source.as_bytes()[..at].iter().filter(|b| **b == b'\n').count();
        let mut fragments = FxHashMap::default();
        for row in parsed.fragment {
            let line = line_of(row.span().start);
            let row = row.into_inner();
            let node = parse::parse(&row.pattern, &lexicon.fold, vocabulary, &fragments)
                .map_err(|m| LexiconError::new(file, line, format!("fragment {}: {m}", row.name)))?;
            fragments.insert(row.name, node);
        }
        let mut book = RuleBook::default();
        for row in parsed.rule {
            let line = line_of(row.span().start);
            let row = row.into_inner();
            let bad = |m: String| LexiconError::new(file, line, format!("rule {}: {m}", row.name));
            let node = parse::parse(&row.pattern, &lexicon.fold, vocabulary, &fragments).map_err(bad)?;
            let examples = row
                .examples
                .iter()
                .map(|e| Example::parse(e).ok_or_else(|| bad(format!("an example marks what is taken by [ ]: {e}"))))
                .collect::<Result<Vec<_>, _>>()?;
            if book.rules.len() == MOST_RULES {
                return Err(bad(format!("more than {MOST_RULES} rules in one file")));
            }
            if examples.is_empty() {
                return Err(bad("an example is needed".to_owned()));
            }
            if book.first(&node, book.rules.len() as u16) {
                return Err(bad("the pattern matches nothing at all".to_owned()));
            }
            let RuleRow { name, gloss, set, counter_examples, .. } = row;
            let needs = needs::of(&node);
            book.rules.push(Rule { name, gloss, set, examples, counter_examples, node, needs });
        }
        Ok(book)
    }

    /// Enters the rule under all that its first token may be; true if the node may take no token.
    fn first(&mut self, node: &Node, rule: u16) -> bool {
        let add = |list: &mut Vec<u16>| {
            if list.last() != Some(&rule) {
                list.push(rule);
            }
        };
        match node {
            Node::Token(test) => {
                match &test.what {
                    What::Literal(id) => add(entry(&mut self.by_literal, *id)),
                    What::Classes(all) => all.iter().for_each(|c| add(entry(&mut self.by_class, *c))),
                    What::Digits(_) => add(&mut self.by_digits),
                    What::Sign(sign) => {
                        let at = self.by_sign.iter().position(|(s, _)| s == sign).unwrap_or_else(|| {
                            self.by_sign.push((sign.clone(), Vec::new()));
                            self.by_sign.len() - 1
                        });
                        add(&mut self.by_sign[at].1);
                    }
                    What::Word => add(&mut self.by_anything),
                }
                false
            }
            Node::Found { name, .. } => {
                add(entry(&mut self.by_found, *name));
                false
            }
            Node::Sequence(all) => all.iter().all(|n| self.first(n, rule)),
            Node::Choice(all) => all.iter().fold(false, |empty, n| self.first(n, rule) | empty),
            Node::Repeat { node, min, .. } => self.first(node, rule) | (*min == 0),
            Node::Capture(_, node) => self.first(node, rule),
            Node::Look { .. } => true,
        }
    }

    /// No rule begins with just any word.
    pub(super) fn needs_known_words(&self) -> bool {
        self.by_anything.is_empty()
    }

    pub(super) fn candidates(
        &self,
        literals: impl Iterator<Item = u16>,
        classes: impl Iterator<Item = u16>,
        found: impl Iterator<Item = u16>,
        digits: bool,
        sign: Option<&str>,
        out: &mut Vec<u16>,
    ) {
        out.clear();
        out.extend(&self.by_anything);
        for l in literals {
            out.extend(self.by_literal.get(l as usize).into_iter().flatten());
        }
        for c in classes {
            out.extend(self.by_class.get(c as usize).into_iter().flatten());
        }
        for f in found {
            out.extend(self.by_found.get(f as usize).into_iter().flatten());
        }
        if let Some(sign) = sign {
            out.extend(self.by_sign.iter().filter(|(s, _)| s == sign).flat_map(|(_, rules)| rules));
        }
        if digits {
            out.extend(&self.by_digits);
        }
        if out.len() > 1 {
            out.sort_unstable();
            out.dedup();
        }
    }
}
