//! Attributed claims from Arabic news.

pub mod error;
pub mod grammar;
pub mod lexicon;
pub mod mention;
pub mod morph;
pub mod pipeline;
pub mod segment;
pub mod table;
pub mod text;
