//! Texts and their spans: what was given, what was made of it, and the way back.

mod align;
mod kept;
mod points;
mod span;

pub use align::{Aligned, Alignment};
pub(crate) use align::{Runs, Track};
pub(crate) use kept::{Keep, Sieve};
pub use points::CodePoints;
pub use span::{Normalized, Original, Span};
