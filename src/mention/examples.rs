//! Whether rules keep what their examples and counter-examples say.

use super::{Figures, Quantity, Time};
use crate::error::LexiconError;
use crate::grammar::Document;
use crate::grammar::pattern::{Example, Rule};
use crate::lexicon::Lexicon;

/// Examples are read as published on 2017-07-05.
pub const PUBLISHED: i32 = 17352;

/// The figures of one text.
struct Sample<'a> {
    text: &'a str,
    quantities: &'a [Quantity],
    times: &'a [Time],
}

impl Figures {
    /// What goes against the examples of rules whose file this is said of: each with its file and line.
    pub fn broken_examples(&self, lexicon: &Lexicon, in_file: impl Fn(&str) -> bool) -> Vec<LexiconError> {
        let mut out = Vec::new();
        for (n, rule) in self.times.rules.iter().enumerate().filter(|(_, r)| in_file(&r.file)) {
            let by_rule = |sample: &Sample<'_>| sample.times.iter().any(|t| t.rule == Some(n));
            let keeps = |sample: &Sample<'_>, taken: &str, example: &Example| {
                let value = example.value.as_deref().filter(|v| *v != "null");
                let is = |t: &Time| sample.text[t.span.range()].ends_with(taken) && t.value.as_deref() == value;
                sample.times.iter().any(|t| t.rule == Some(n) && is(t))
            };
            self.check(lexicon, rule, keeps, by_rule, &mut out);
        }
        for (n, rule) in self.quantities.rules.iter().enumerate().filter(|(_, r)| in_file(&r.file)) {
            let by_rule = |sample: &Sample<'_>| sample.quantities.iter().any(|q| q.rule == Some(n));
            let keeps = |sample: &Sample<'_>, taken: &str, example: &Example| {
                let bounds = |q: &Quantity| example.value.as_ref().is_none_or(|v| *v == q.bounds());
                let is = |q: &Quantity| sample.text[q.span.range()] == *taken && bounds(q);
                sample.quantities.iter().any(|q| q.rule == Some(n) && is(q))
            };
            self.check(lexicon, rule, keeps, by_rule, &mut out);
        }
        out
    }

    fn check(
        &self,
        lexicon: &Lexicon,
        rule: &Rule,
        keeps: impl Fn(&Sample<'_>, &str, &Example) -> bool,
        by_rule: impl Fn(&Sample<'_>) -> bool,
        out: &mut Vec<LexiconError>,
    ) {
        let mut tell = |message: String| {
            out.push(LexiconError::new(&*rule.file, rule.line, format!("rule {}: {message}", rule.name)))
        };
        for example in &rule.examples {
            let taken = lexicon.fold.text(&example.taken);
            if !self.read(lexicon, &example.text, |sample| keeps(sample, &taken, example)) {
                let value = example.value.as_ref().map_or(String::new(), |v| format!(" => {v}"));
                tell(format!("does not take [{}]{value} in: {}", example.taken, example.text));
            }
        }
        for text in &rule.counter_examples {
            if self.read(lexicon, text, &by_rule) {
                tell(format!("takes its counter-example: {text}"));
            }
        }
    }

    fn read<T>(&self, lexicon: &Lexicon, text: &str, see: impl FnOnce(&Sample<'_>) -> T) -> T {
        let text = lexicon.fold.text(text);
        let doc = Document::read(&text, lexicon);
        let times = self.times(&doc, Some(PUBLISHED));
        let quantities = self.quantities(&doc, &times);
        see(&Sample { text: &text, quantities: &quantities, times: &times })
    }
}
