//! Attributed claims from Arabic news.

pub mod error;
pub mod normalize;
pub mod pipeline;
pub mod table;
pub mod text;
