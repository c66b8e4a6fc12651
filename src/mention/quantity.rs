//! Quantities: numbers with their bounds, units and kinds. A number that is part of a name or a date is none.

mod read;

pub(super) use read::names;

use std::ops::Range;

use super::time::Time;
use super::{Figures, Sheet};
use crate::error::LexiconError;
use crate::grammar::Document;
use crate::grammar::pattern::Rule;
use crate::lexicon::Facts;
use crate::text::{Normalized, Span};
use read::Reader;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuantityKind {
    Count,
    Measure,
    Percent,
    Ordinal,
    Money,
    Fraction,
    Age,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modifier {
    Exact,
    AtLeast,
    MoreThan,
    About,
    AtMost,
    LessThan,
    Range,
    Indefinite,
}

impl QuantityKind {
    pub fn name(self) -> &'static str {
        match self {
            QuantityKind::Count => "count",
            QuantityKind::Measure => "measure",
            QuantityKind::Percent => "percent",
            QuantityKind::Ordinal => "ordinal",
            QuantityKind::Money => "money",
            QuantityKind::Fraction => "fraction",
            QuantityKind::Age => "age",
        }
    }
}

impl Modifier {
    const ALL: [(Modifier, &'static str); 8] = [
        (Modifier::Exact, "exact"),
        (Modifier::AtLeast, "at_least"),
        (Modifier::MoreThan, "more_than"),
        (Modifier::About, "about"),
        (Modifier::AtMost, "at_most"),
        (Modifier::LessThan, "less_than"),
        (Modifier::Range, "range"),
        (Modifier::Indefinite, "indefinite"),
    ];

    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(m, _)| *m == self).map_or("", |(_, n)| n)
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, n)| *n == name).map(|(m, _)| *m)
    }
}

/// A number of the text and what it counts or measures.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// The number with the words that bound it, where they touch it.
    pub span: Span<Normalized>,
    pub tokens: Range<usize>,
    /// The number alone.
    pub number_span: Span<Normalized>,
    pub number_tokens: Range<usize>,
    pub kind: QuantityKind,
    /// As stated: the lower one of a range is `low`, and `value` is `None`.
    pub value: Option<f64>,
    pub upper: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub modifier: Modifier,
    pub magnitude: Option<f64>,
    pub unit: Option<String>,
    /// The token of the unit or of the first word that tells what is counted.
    pub noun: Option<usize>,
    /// The number is in the noun: a dual.
    pub dual: bool,
    /// Behind number, bounds and unit.
    pub end: usize,
    /// The rule of `Figures::quantities` that found it; `None` for a dual.
    pub rule: Option<usize>,
}

impl Quantity {
    /// One or two of a noun, told by its form alone.
    pub fn by_form(
        n: f64,
        span: Span<Normalized>,
        tokens: Range<usize>,
        kind: QuantityKind,
        unit: Option<String>,
    ) -> Self {
        Quantity {
            span,
            number_span: span,
            number_tokens: tokens.clone(),
            kind,
            value: Some(n),
            upper: None,
            low: Some(n),
            high: Some(n),
            modifier: Modifier::Exact,
            magnitude: None,
            unit,
            noun: Some(tokens.start),
            dual: n == 2.0,
            end: tokens.end,
            rule: None,
            tokens,
        }
    }

    /// `low..high`, as the examples of rules write it.
    pub fn bounds(&self) -> String {
        let side = |v: Option<f64>| v.map_or(String::new(), |v| v.to_string());
        format!("{}..{}", side(self.low), side(self.high))
    }
}

/// Whether a rule of quantities says what its words make of the number.
pub(super) fn check(rule: &Rule) -> Result<(), LexiconError> {
    let modifier = rule.set.get("modifier").map_or("", String::as_str);
    if Modifier::named(modifier).is_some() {
        return Ok(());
    }
    let known = Modifier::ALL.map(|(_, name)| name).join(", ");
    let message = format!("rule {}: set.modifier is {modifier:?}, not one of {known}", rule.name);
    Err(LexiconError::new(&*rule.file, rule.line, message))
}

impl Figures {
    /// The quantities of a document in their order, outside of its times.
    pub fn quantities(&self, doc: &Document<'_>, times: &[Time]) -> Vec<Quantity> {
        self.quantities_of(&self.sheet(doc), times)
    }

    pub fn quantities_of(&self, sheet: &Sheet<'_, '_>, times: &[Time]) -> Vec<Quantity> {
        let tape = &sheet.tape;
        let mut dated = vec![false; tape.doc.len() + 1];
        for time in times.iter().filter(|t| !t.counted) {
            let bare = time.value.is_none() && time.since;
            if !bare {
                dated[time.tokens.clone()].fill(true);
            }
        }
        let reader = Reader { figures: self, sheet };
        let mut out = Vec::new();
        let mut token = 0;
        while token < tape.doc.len() {
            let dual = tape.doc.may_be(token, Facts::DUAL);
            let begins = tape.may_begin(&self.quantities, token);
            if dated[token] || !dual && !begins {
                token += 1;
                continue;
            }
            let quantity = {
                let found = if begins { tape.matches(&self.quantities, token) } else { Vec::new() };
                let read = found.iter().find_map(|m| reader.quantity(m, &dated));
                read.or_else(|| if dual { reader.dual(token) } else { None })
            };
            token = match quantity {
                Some(Ok(q)) => {
                    let end = q.end.max(q.tokens.end);
                    // One number is enough for a duration.
                    let near = times.partition_point(|t| t.tokens.end <= token);
                    let time = times[near..].iter().take(4).find(|t| t.counted && t.tokens.contains(&token));
                    out.push(q);
                    time.map_or(end, |t| t.tokens.end.max(end))
                }
                // No quantity, up to there.
                Some(Err(end)) => end.max(token + 1),
                None => token + 1,
            }
        }
        out
    }
}
