//! Texts and their spans: what was given, what was made of it, and the way back.

mod span;

pub use span::{Normalized, Original, Span};
