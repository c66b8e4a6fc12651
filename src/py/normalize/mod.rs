//! Normalization of Python strings, lists of them and Arrow columns.

mod aligned;
mod column;
mod text;

use std::collections::VecDeque;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyInt, PyList, PyString};

use super::column::{Column, import};
use super::extract::without_lock;
use crate::crew::Crew;
use crate::normalize::{self, OptionError, Options};
use crate::pool;
pub use aligned::Normalized;
use text::Held;

/// A batch of a list ends at whichever comes first; between batches Ctrl-C is looked for.
const BATCH_TEXTS: usize = 1024;
const BATCH_BYTES: usize = 1 << 20;

#[pyclass(frozen, module = "khabar._khabar")]
pub struct Normalizer {
    pub(super) inner: Arc<normalize::Normalizer>,
}

#[pymethods]
impl Normalizer {
    #[new]
    #[pyo3(signature = (profile, options))]
    fn new(profile: Option<&str>, options: &Bound<'_, PyDict>) -> PyResult<Self> {
        let base = profile.map_or_else(|| Ok(Options::default()), Options::profile)?;
        let mut changes = Vec::with_capacity(options.len());
        for (name, value) in options {
            let name: String = name.extract()?;
            let value = plain(&name, &value)?;
            changes.push((name, value));
        }
        Ok(Normalizer { inner: Arc::new(normalize::Normalizer::new(base.overlay(changes)?)) })
    }

    #[staticmethod]
    fn profiles() -> Vec<&'static str> {
        Options::profiles().collect()
    }

    /// Every option by name, in the order of the steps.
    #[getter]
    fn options<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let values = self.inner.options().to_table();
        let options = PyDict::new(py);
        for &name in Options::names() {
            match values.get(name) {
                Some(toml::Value::String(s)) => options.set_item(name, s)?,
                Some(toml::Value::Integer(n)) => options.set_item(name, n)?,
                Some(toml::Value::Table(table)) => {
                    let of = PyDict::new(py);
                    for (c, to) in table {
                        of.set_item(c, to.as_str())?;
                    }
                    options.set_item(name, of)?;
                }
                _ if name == "table" => options.set_item(name, PyDict::new(py))?,
                _ => options.set_item(name, py.None())?,
            }
        }
        Ok(options)
    }

    fn one<'py>(&self, text: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyString>> {
        Held::new(text)?.normalized(&self.inner).give(text)
    }

    fn align<'py>(&self, text: &Bound<'py, PyString>) -> PyResult<Normalized> {
        let (made, alignment) = Held::new(text)?.aligned(&self.inner);
        Ok(Normalized { text: made.give(text)?.unbind(), original: text.clone().unbind(), alignment })
    }

    /// Strings and nulls, in parallel and without the interpreter's lock.
    #[pyo3(signature = (texts, is_null, progress))]
    fn many<'py>(
        &self,
        py: Python<'py>,
        texts: &Bound<'py, PyList>,
        is_null: &Bound<'py, PyAny>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyList>> {
        let total = texts.len();
        let normalizer = self.inner.clone();
        let crew =
            Crew::new(&pool::SHARED, move |held: &Option<Held>| held.as_ref().map(|h| h.normalized(&normalizer)))?;
        let done = PyList::empty(py);
        let mut under_way = VecDeque::with_capacity(crew.depth());
        let mut row = 0;
        while row < total || !under_way.is_empty() {
            while row < total && under_way.len() < crew.depth() {
                let (given, held) = Self::batch(texts, is_null, row, total)?;
                row += given.len();
                under_way.push_back((given, crew.start(held), row));
            }
            let Some((given, task, end)) = under_way.pop_front() else { break };
            without_lock(py, || crew.finish(&task))?;
            for (item, (_, made)) in given.iter().zip(task.results()) {
                match made {
                    Some(made) => done.append(made.give(item.cast()?)?)?,
                    None => done.append(item)?,
                }
            }
            py.check_signals()?;
            if let Some(progress) = progress {
                progress.call1((end, total))?;
            }
        }
        Ok(done)
    }

    /// A column of strings, from its buffers to new ones.
    #[pyo3(signature = (column, progress))]
    fn arrow<'py>(
        &self,
        py: Python<'py>,
        column: &Bound<'py, PyAny>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Column> {
        let array = import(column)?;
        let array: ArrayRef = match array.data_type() {
            DataType::Utf8 => Arc::new(column::normalize(py, &self.inner, array.as_string::<i32>(), progress)?),
            DataType::LargeUtf8 => Arc::new(column::normalize(py, &self.inner, array.as_string::<i64>(), progress)?),
            other => return Err(PyTypeError::new_err(format!("a column of strings is needed, not of {other}"))),
        };
        Ok(Column::new(array))
    }
}

impl Normalizer {
    /// The items of a list from `row` on, as many as are done at a time.
    #[allow(clippy::type_complexity)]
    fn batch<'py>(
        texts: &Bound<'py, PyList>,
        is_null: &Bound<'py, PyAny>,
        mut row: usize,
        total: usize,
    ) -> PyResult<(Vec<Bound<'py, PyAny>>, Vec<Option<Held>>)> {
        let (mut given, mut held) = (Vec::new(), Vec::new());
        let mut bytes = 0;
        while row < texts.len().min(total) && given.len() < BATCH_TEXTS && bytes < BATCH_BYTES {
            let item = texts.get_item(row)?;
            let text = match item.cast::<PyString>() {
                Ok(text) => Some(Held::new(text)?),
                Err(_) if item.is_none() || is_null.call1((&item,))?.is_truthy()? => None,
                Err(_) => {
                    let kind = item.get_type().name()?;
                    let message = format!("item {row} is {kind}; a str or None is needed");
                    return Err(PyTypeError::new_err(message));
                }
            };
            bytes += text.as_ref().map_or(0, Held::size);
            given.push(item);
            held.push(text);
            row += 1;
        }
        if given.is_empty() {
            return Err(PyValueError::new_err("the list changed while it was being read"));
        }
        Ok((given, held))
    }
}

/// A Python value as a plain one, for an option.
fn plain(name: &str, value: &Bound<'_, PyAny>) -> PyResult<Option<toml::Value>> {
    if value.is_none() {
        return Ok(None);
    }
    if value.is_instance_of::<PyBool>() {
        return Ok(Some(toml::Value::Boolean(value.extract()?)));
    }
    if let Ok(text) = value.cast::<PyString>() {
        let text: Result<String, PyErr> = text.extract();
        let message = |_| PyValueError::new_err(format!("{name}: half a character (a lone surrogate) cannot be used"));
        return text.map(|t| Some(t.into())).map_err(message);
    }
    if value.is_instance_of::<PyInt>() {
        let number: Result<i64, PyErr> = value.extract();
        return number.map(|n| Some(n.into())).map_err(|_| PyValueError::new_err(format!("{name}: out of range")));
    }
    if let Ok(table) = value.cast::<PyDict>() {
        let mut of = toml::Table::new();
        for (key, to) in table {
            let key = match plain(name, &key)? {
                Some(toml::Value::String(key)) => key,
                _ => return Err(PyValueError::new_err(format!("{name}: each key is one character"))),
            };
            let to = plain(name, &to)?.unwrap_or_else(|| toml::Value::String(String::new()));
            of.insert(key, to);
        }
        return Ok(Some(of.into()));
    }
    // No option has such a value; the message will list those that there are.
    Ok(Some(value.repr()?.to_string().into()))
}

impl From<OptionError> for PyErr {
    fn from(error: OptionError) -> PyErr {
        PyValueError::new_err(error.0)
    }
}
