//! A normalized text with the way back, as Python sees it.

use std::ops::Range;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString, PyTuple};

use crate::text::Alignment;

/// A normalized text with the way back, in code points.
#[pyclass(frozen, module = "khabar._khabar")]
pub struct Normalized {
    pub(super) text: Py<PyString>,
    pub(super) original: Py<PyString>,
    pub(super) alignment: Alignment,
}

#[pymethods]
impl Normalized {
    #[getter]
    fn text<'py>(&self, py: Python<'py>) -> Bound<'py, PyString> {
        self.text.bind(py).clone()
    }

    #[getter]
    fn original<'py>(&self, py: Python<'py>) -> Bound<'py, PyString> {
        self.original.bind(py).clone()
    }

    fn to_original(&self, start: isize, end: isize) -> PyResult<(usize, usize)> {
        let range = self.alignment.to_original(checked(start, end, self.alignment.normalized_len())?);
        Ok((range.start, range.end))
    }

    fn to_normalized(&self, start: isize, end: isize) -> PyResult<(usize, usize)> {
        let range = self.alignment.to_normalized(checked(start, end, self.alignment.original_len())?);
        Ok((range.start, range.end))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Normalized({}, from {})", self.text.bind(py).repr()?, self.original.bind(py).repr()?))
    }

    fn __str__<'py>(&self, py: Python<'py>) -> Bound<'py, PyString> {
        self.text(py)
    }

    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<bool> {
        let Ok(other) = other.cast::<Normalized>() else { return Ok(false) };
        let other = other.get();
        Ok(self.alignment == other.alignment
            && self.text.bind(py).as_any().eq(other.text.bind(py))?
            && self.original.bind(py).as_any().eq(other.original.bind(py))?)
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        (&self.text, &self.original).into_pyobject(py)?.hash()
    }

    /// What the alignment takes beside the two strings.
    fn __sizeof__(&self) -> usize {
        size_of::<Self>() + self.alignment.memory()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let (py, this) = (slf.py(), slf.get());
        let restore = py.get_type::<Normalized>().getattr("_restore")?;
        let runs = PyBytes::new(py, &this.alignment.to_bytes());
        (restore, (&this.text, &this.original, runs)).into_pyobject(py)
    }

    #[staticmethod]
    fn _restore(text: Bound<'_, PyString>, original: Bound<'_, PyString>, runs: &[u8]) -> PyResult<Normalized> {
        let alignment = Alignment::from_bytes(runs, text.len()?, original.len()?);
        let alignment = alignment.ok_or_else(|| PyValueError::new_err("not the alignment of these texts"))?;
        Ok(Normalized { text: text.unbind(), original: original.unbind(), alignment })
    }
}

/// Python's idea of a slice, without its leniency: a span beyond the text is a mistake of whoever asks.
fn checked(start: isize, end: isize, len: usize) -> PyResult<Range<usize>> {
    if 0 <= start && start <= end && end as usize <= len {
        Ok(start as usize..end as usize)
    } else {
        Err(PyValueError::new_err(format!("{start}..{end} is no span of a text of {len} characters")))
    }
}
