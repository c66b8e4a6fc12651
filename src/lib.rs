//! Attributed claims from Arabic news.

pub mod batch;
pub mod error;
pub mod grammar;
pub mod lexicon;
pub mod morph;
pub mod pipeline;
pub mod pool;
#[cfg(feature = "python")]
mod py;
pub mod segment;
pub mod table;
pub mod text;
