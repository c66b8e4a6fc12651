//! Agreement over the tables of an extraction, wherever they come from: fresh, unpickled or read from files.

use std::collections::HashMap;
use std::ffi::CStr;

use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{Array, RecordBatch};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};

use super::capsule::Table;
use super::extract::{compile, files, without_lock};
use crate::agree::{self, Policy, Rules};
use crate::pool::SHARED;
use crate::table::agreement as facts;

const STREAM: &CStr = c"arrow_array_stream";

#[pyfunction]
#[pyo3(signature = (tables, policy, rules, lexicons))]
pub fn agreement(
    py: Python<'_>,
    tables: &Bound<'_, PyDict>,
    policy: &str,
    rules: Option<(String, String)>,
    lexicons: Vec<(String, String)>,
) -> PyResult<Table> {
    let policy = Policy::named(policy).ok_or_else(|| {
        PyValueError::new_err(format!("policy={policy:?}: one of {} is needed", Policy::NAMES.join(", ")))
    })?;
    let mut read: HashMap<&'static str, Vec<RecordBatch>> = HashMap::new();
    for name in facts::SOURCES {
        let table = tables.get_item(name)?.ok_or_else(|| PyValueError::new_err(format!("no table {name}")))?;
        read.insert(name, batches(name, &table)?);
    }
    let batch = without_lock(py, || {
        let extractor = compile(&files(lexicons), &[], None)?;
        let rules = match &rules {
            Some((file, source)) => Rules::from_toml(file, source, extractor.lexicon())?,
            None => Rules::new(extractor.lexicon())?,
        };
        let sheet = facts::read(&read).map_err(|e| PyValueError::new_err(e.to_string()))?;
        let found = || agree::agree(&sheet, &rules, extractor.lexicon(), policy);
        let found = SHARED.run(found)?;
        Ok::<_, PyErr>(facts::batch(&found))
    })??;
    Ok(Table::new(facts::schema(), vec![batch]))
}

/// The rows behind anything that has `__arrow_c_stream__`. Tables may come from files of strangers, and a reader of Parquet
/// hands on bytes that are no text: they are looked at before they are taken for strings.
fn batches(name: &str, table: &Bound<'_, PyAny>) -> PyResult<Vec<RecordBatch>> {
    let capsule = table.call_method0("__arrow_c_stream__")?.cast_into::<PyCapsule>()?;
    let stream = capsule.pointer_checked(Some(STREAM))?.cast::<FFI_ArrowArrayStream>();
    let wrong = |e: arrow_schema::ArrowError| PyValueError::new_err(e.to_string());
    // SAFETY: a capsule of this name holds this structure; the stream is moved out, as the interface asks of consumers.
    let reader = unsafe { RecordBatchStreamReader::from_raw(stream.as_ptr()) }.map_err(wrong)?;
    let sound = |batch: RecordBatch| {
        for (column, field) in batch.columns().iter().zip(batch.schema_ref().fields()) {
            let broken = |e| PyValueError::new_err(format!("{name}: column {}: {e}", field.name()));
            column.to_data().validate_full().map_err(broken)?;
        }
        Ok(batch)
    };
    reader.map(|batch| batch.map_err(wrong).and_then(sound)).collect()
}
