//! The Python face: the one room that knows of Python. Everything here is private to the package `khabar`.

mod agree;
mod capsule;
mod column;
mod cpython;
mod extract;
mod memory;
mod normalize;
mod strings;

use std::num::NonZeroUsize;

use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;

use crate::error::LexiconError;
use crate::pool::{self, PoolError};

#[pymodule(gil_used = false)]
mod _khabar {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::agree::agreement;
    #[pymodule_export]
    use super::capsule::Table;
    #[pymodule_export]
    use super::column::Column;
    #[pymodule_export]
    use super::cpython::own_strings;
    #[pymodule_export]
    use super::extract::empty;
    #[pymodule_export]
    use super::extract::{Extractor, lint};
    #[pymodule_export]
    use super::normalize::{Normalized, Normalizer};
    #[pymodule_export]
    use super::set_threads;

    #[pymodule_export]
    #[allow(non_upper_case_globals)]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_init]
    fn init(_module: &Bound<'_, PyModule>) -> PyResult<()> {
        super::memory::keep();
        Ok(())
    }
}

#[pyfunction]
#[pyo3(signature = (threads))]
fn set_threads(threads: Option<isize>) -> PyResult<()> {
    pool::SHARED.set_threads(thread_count(threads)?);
    Ok(())
}

fn thread_count(threads: Option<isize>) -> PyResult<Option<NonZeroUsize>> {
    let positive = |n| usize::try_from(n).ok().and_then(NonZeroUsize::new);
    threads
        .map(|n| positive(n).ok_or_else(|| PyValueError::new_err(format!("threads={n}: a number above 0 is needed"))))
        .transpose()
}

impl From<PoolError> for PyErr {
    fn from(error: PoolError) -> PyErr {
        match error {
            PoolError::Variable(_) => PyValueError::new_err(error.to_string()),
            PoolError::Start(_) => PyRuntimeError::new_err(error.to_string()),
        }
    }
}

impl From<LexiconError> for PyErr {
    fn from(error: LexiconError) -> PyErr {
        Python::attach(|py| {
            let class = py.import("khabar._errors").and_then(|m| m.getattr("LexiconError"));
            match class.and_then(|c| c.call1((error.message, error.file, error.line))) {
                Ok(value) => PyErr::from_value(value),
                Err(e) => e,
            }
        })
    }
}
