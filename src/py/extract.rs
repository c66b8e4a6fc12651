//! Extraction over lists of reports: batch by batch, without the interpreter's lock, and never deaf to Ctrl-C.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};

use arrow_array::RecordBatch;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};

use super::capsule::Table;
use super::normalize::Normalizer;
use super::strings::Utf8;
use super::thread_count;
use crate::batch;
use crate::error::LexiconError;
use crate::normalize;
use crate::pipeline::{self, Input, LexiconFile};
use crate::pool::{self, Pool};
use crate::table;
use crate::table::rows::{Date, Report};

/// A batch ends at whichever comes first, for each thread: between batches Python is asked whether to go on, and threads that are
/// done wait for the others.
const BATCH_REPORTS: usize = 256;
const BATCH_BYTES: usize = 1 << 20;

#[pyclass(frozen, module = "khabar._khabar")]
pub struct Extractor {
    inner: Arc<pipeline::Extractor>,
    /// Its own pool, where a number of threads was asked for.
    pool: Option<Pool>,
}

#[pymethods]
impl Extractor {
    #[new]
    #[pyo3(signature = (lexicons, rules, normalizer, threads))]
    fn new(
        py: Python<'_>,
        lexicons: Vec<(String, String)>,
        rules: Vec<(String, String)>,
        normalizer: Option<&Normalizer>,
        threads: Option<isize>,
    ) -> PyResult<Self> {
        let threads = thread_count(threads)?;
        let normalizer = normalizer.map(|n| normalize::Normalizer::new(n.inner.options().clone()));
        let inner = without_lock(py, || compile(&files(lexicons), &files(rules), normalizer))??;
        Ok(Extractor { inner, pool: threads.map(|n| Pool::new(Some(n))) })
    }

    /// The same lexicons, read on another number of threads.
    #[pyo3(signature = (threads))]
    fn with_threads(&self, threads: Option<isize>) -> PyResult<Self> {
        let threads = thread_count(threads)?;
        Ok(Extractor { inner: self.inner.clone(), pool: threads.map(|n| Pool::new(Some(n))) })
    }

    /// The nine tables by name. A row is (id, text, published in days since 1970-01-01, outlet, title).
    #[pyo3(signature = (rows, progress))]
    fn extract<'py>(
        &self,
        py: Python<'py>,
        rows: &Bound<'py, PyList>,
        progress: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let total = rows.len();
        let mut batches: Vec<Vec<RecordBatch>> = table::all().map(|_| Vec::new()).collect();
        let mut row = 0;
        let threads = self.pool().threads()?;
        while row < total {
            let mut held = Vec::new();
            let mut bytes = 0;
            while row < total && held.len() < threads * BATCH_REPORTS && bytes < threads * BATCH_BYTES {
                let report = Held::new(&rows.get_item(row)?)?;
                bytes += report.text.as_ref().map_or(0, |t| t.as_str().len());
                held.push(report);
                row += 1;
            }
            for part in without_lock(py, || self.read(&held))?? {
                batches.iter_mut().zip(part).for_each(|(all, one)| all.push(one));
            }
            py.check_signals()?;
            if let Some(progress) = progress {
                progress.call1((row, total))?;
            }
        }
        let tables = PyDict::new(py);
        for (layout, batches) in table::all().zip(batches) {
            tables.set_item(layout.name(), Table::new(layout.schema(), batches))?;
        }
        Ok(tables)
    }
}

impl Extractor {
    fn pool(&self) -> &Pool {
        self.pool.as_ref().unwrap_or(&pool::SHARED)
    }

    /// The nine tables, part by part.
    fn read(&self, held: &[Held]) -> PyResult<Vec<Vec<RecordBatch>>> {
        let inputs: Vec<_> = held.iter().map(Held::input).collect();
        let warn = |n: usize, report: &mut Report| match held[n].text.as_ref().map_or(0, |t| t.surrogates) {
            0 => {}
            1 => report.document.warnings.push("1 lone surrogate read as U+FFFD".into()),
            n => report.document.warnings.push(format!("{n} lone surrogates read as U+FFFD")),
        };
        Ok(batch::tables(&self.inner, &inputs, self.pool(), warn)?)
    }
}

/// The nine tables without a row: their columns, and nothing compiled.
#[pyfunction]
pub fn empty(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let tables = PyDict::new(py);
    for layout in table::all() {
        tables.set_item(layout.name(), Table::new(layout.schema(), Vec::new()))?;
    }
    Ok(tables)
}

struct Held {
    id: Utf8,
    text: Option<Utf8>,
    published: Option<Date>,
    outlet: Option<Utf8>,
    title: Option<Utf8>,
}

type Row<'py> = (
    Bound<'py, PyString>,
    Option<Bound<'py, PyString>>,
    Option<Date>,
    Option<Bound<'py, PyString>>,
    Option<Bound<'py, PyString>>,
);

impl Held {
    fn new(row: &Bound<'_, PyAny>) -> PyResult<Self> {
        let (id, text, published, outlet, title): Row<'_> = row.extract()?;
        let optional = |s: Option<Bound<'_, PyString>>| s.as_ref().map(Utf8::new).transpose();
        Ok(Held {
            id: Utf8::new(&id)?,
            text: optional(text)?,
            published,
            outlet: optional(outlet)?,
            title: optional(title)?,
        })
    }

    fn input(&self) -> Input<'_> {
        Input {
            doc_id: self.id.as_str(),
            text: self.text.as_ref().map(Utf8::as_str),
            published: self.published,
            outlet: self.outlet.as_ref().map(Utf8::as_str),
            title: self.title.as_ref().map(Utf8::as_str),
        }
    }
}

/// The one door to long work: the interpreter goes on meanwhile, and a panic becomes an exception.
pub fn without_lock<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    py.detach(|| catch_unwind(AssertUnwindSafe(work)))
        .map_err(|_| PyRuntimeError::new_err("khabar failed inside; the lines above say where"))
}

/// Checks lexicon files, given as (name, text), beside the built-in ones: (severity, file, line, message) of each finding.
#[pyfunction]
pub fn lint(py: Python<'_>, lexicons: Vec<(String, String)>) -> PyResult<Vec<(&'static str, String, usize, String)>> {
    let files = files(lexicons);
    let found = without_lock(py, || compile(&[], &[], None).map(|built_in| built_in.lint(&files)))??;
    Ok(found.into_iter().map(|f| (f.severity.name(), f.at.file, f.at.line, f.at.message)).collect())
}

pub fn files(named: Vec<(String, String)>) -> Vec<LexiconFile> {
    named.into_iter().map(|(name, text)| LexiconFile { name, text }).collect()
}

/// The built-in lexicons alone are compiled once for all extractors.
pub fn compile(
    lexicons: &[LexiconFile],
    rules: &[LexiconFile],
    normalizer: Option<normalize::Normalizer>,
) -> Result<Arc<pipeline::Extractor>, LexiconError> {
    static BUILT_IN: OnceLock<Result<Arc<pipeline::Extractor>, LexiconError>> = OnceLock::new();
    if lexicons.is_empty() && rules.is_empty() && normalizer.is_none() {
        BUILT_IN.get_or_init(|| pipeline::Extractor::new(&[], &[]).map(Arc::new)).clone()
    } else {
        pipeline::Extractor::new(lexicons, rules).map(|own| Arc::new(own.normalizing(normalizer)))
    }
}
