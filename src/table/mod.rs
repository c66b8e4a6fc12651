//! What was found, as tables: [`rows`] are plain values, [`columns`] says which columns each table has, [`layout`] writes the one as the other.

pub mod agreement;
pub mod columns;
pub mod layout;
pub mod rows;
pub mod write;

pub use columns::{NAMES, all, named};
