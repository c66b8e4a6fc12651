//! Attributed claims from Arabic news.

pub mod agree;
pub mod batch;
pub mod claim;
#[cfg(feature = "python")]
mod crew;
pub mod error;
pub mod grammar;
pub mod lexicon;
pub mod mention;
pub mod morph;
pub mod normalize;
pub mod pipeline;
pub mod pool;
#[cfg(feature = "python")]
mod py;
pub mod segment;
pub mod table;
pub mod text;
