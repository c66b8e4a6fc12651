//! shim
use std::ops::Range;
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modifier { Exact, AtLeast, MoreThan, About, AtMost, LessThan, Range, Indefinite }
impl Modifier { pub fn name(self) -> &'static str { "exact" } }
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuantityKind { Count, Measure }
#[derive(Debug, Clone)]
pub struct Quantity { pub tokens: Range<usize>, pub kind: QuantityKind, pub value: Option<f64>, pub low: Option<f64>, pub high: Option<f64>, pub modifier: Modifier, pub magnitude: Option<i64>, pub unit: Option<String> }
