//! shim
use std::ops::Range;
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeKind { Date, Time, Duration, Set }
#[derive(Debug, Clone)]
pub struct Time { pub tokens: Range<usize>, pub kind: TimeKind, pub since: bool }
