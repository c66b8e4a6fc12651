//! The columns (the contract): rows to Arrow record batches.

pub mod rows;
