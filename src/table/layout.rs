//! Rows of one kind as an Arrow record batch, by a list of columns.
//!
//! A column is a name and a function that reads its value from a row; its Arrow type follows from the kind of value. Only types
//! that every reader of Arrow accepts are used: no unsigned integers, no dictionaries, no views.

use std::sync::Arc;

use arrow_array::builder::{LargeStringBuilder, ListBuilder};
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int32Array, Int64Array, LargeStringArray, RecordBatch,
    TimestampMicrosecondArray,
};
use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};

use super::rows::{Date, Document, Report, Timestamp};

/// How to read a column's value from a row and its document; `None` is null.
pub enum Values<R: ?Sized> {
    Text(for<'a> fn(&'a Document, &'a R) -> Option<&'a str>),
    Texts(for<'a> fn(&'a Document, &'a R) -> &'a [String]),
    Int(fn(&Document, &R) -> Option<i32>),
    Long(fn(&Document, &R) -> Option<i64>),
    Real(fn(&Document, &R) -> Option<f64>),
    Flag(fn(&Document, &R) -> Option<bool>),
    Day(fn(&Document, &R) -> Option<Date>),
    Moment(fn(&Document, &R) -> Option<Timestamp>),
}

pub struct Column<R: ?Sized> {
    pub name: &'static str,
    pub required: bool,
    pub values: Values<R>,
}

impl<R: ?Sized> Column<R> {
    pub const fn new(name: &'static str, values: Values<R>) -> Self {
        Column { name, required: false, values }
    }

    /// Marks the column as never null.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    fn field(&self) -> Field {
        let kind = match self.values {
            Values::Text(_) => DataType::LargeUtf8,
            Values::Texts(_) => DataType::List(Arc::new(Field::new_list_field(DataType::LargeUtf8, true))),
            Values::Int(_) => DataType::Int32,
            Values::Long(_) => DataType::Int64,
            Values::Real(_) => DataType::Float64,
            Values::Flag(_) => DataType::Boolean,
            Values::Day(_) => DataType::Date32,
            Values::Moment(_) => DataType::Timestamp(TimeUnit::Microsecond, None),
        };
        Field::new(self.name, kind, !self.required)
    }

    fn array(&self, rows: &[(&Document, &R)]) -> ArrayRef {
        let rows = rows.iter().copied();
        match self.values {
            Values::Text(f) => Arc::new(texts(rows.map(|(d, r)| f(d, r)))),
            Values::Texts(f) => {
                let mut lists = ListBuilder::new(LargeStringBuilder::new());
                for (d, r) in rows {
                    lists.append_value(f(d, r).iter().map(Some));
                }
                Arc::new(lists.finish())
            }
            Values::Int(f) => Arc::new(rows.map(|(d, r)| f(d, r)).collect::<Int32Array>()),
            Values::Long(f) => Arc::new(rows.map(|(d, r)| f(d, r)).collect::<Int64Array>()),
            Values::Real(f) => Arc::new(rows.map(|(d, r)| f(d, r)).collect::<Float64Array>()),
            Values::Flag(f) => Arc::new(rows.map(|(d, r)| f(d, r)).collect::<BooleanArray>()),
            Values::Day(f) => Arc::new(rows.map(|(d, r)| f(d, r)).collect::<Date32Array>()),
            Values::Moment(f) => Arc::new(rows.map(|(d, r)| f(d, r)).collect::<TimestampMicrosecondArray>()),
        }
    }
}

/// A column of texts that takes no more room than they need.
fn texts<'t>(values: impl ExactSizeIterator<Item = Option<&'t str>> + Clone) -> LargeStringArray {
    let bytes = values.clone().flatten().map(str::len).sum();
    let mut out = LargeStringBuilder::with_capacity(values.len(), bytes);
    values.for_each(|value| out.append_option(value));
    out.finish()
}

/// A table: its name, its columns in order, and which rows of a report it holds.
pub struct Layout<R: ?Sized + 'static> {
    name: &'static str,
    columns: Vec<Column<R>>,
    rows: for<'a> fn(&'a Report) -> Vec<&'a R>,
    schema: SchemaRef,
}

impl<R: ?Sized + 'static> Layout<R> {
    pub fn new(name: &'static str, columns: Vec<Column<R>>, rows: for<'a> fn(&'a Report) -> Vec<&'a R>) -> Self {
        let schema = Arc::new(Schema::new(columns.iter().map(Column::field).collect::<Vec<_>>()));
        Layout { name, columns, rows, schema }
    }
}

/// A table of any kind of row.
pub trait Table: Send + Sync {
    fn name(&self) -> &'static str;

    fn schema(&self) -> SchemaRef;

    /// The rows of `reports`, in their order; with no reports, no rows but every column.
    fn batch(&self, reports: &[Report]) -> RecordBatch;
}

impl<R: ?Sized + 'static> Table for Layout<R> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    fn batch(&self, reports: &[Report]) -> RecordBatch {
        let rows: Vec<(&Document, &R)> =
            reports.iter().flat_map(|r| (self.rows)(r).into_iter().map(move |row| (&r.document, row))).collect();
        let arrays = self.columns.iter().map(|c| c.array(&rows)).collect();
        RecordBatch::try_new(self.schema.clone(), arrays).expect("arrays are built by the schema's own columns")
    }
}
