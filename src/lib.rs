//! Attributed claims from Arabic news.

pub mod error;
pub mod pipeline;
pub mod table;
pub mod text;
