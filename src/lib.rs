//! Attributed claims from Arabic news.

pub mod batch;
pub mod error;
pub mod pipeline;
pub mod pool;
#[cfg(feature = "python")]
mod py;
pub mod table;
pub mod text;
