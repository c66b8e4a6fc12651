//! The table `agreement`: an extraction's tables in, facts out.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use arrow_array::builder::{LargeStringBuilder, ListBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int32Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{
    Array, ArrayRef, ArrowPrimitiveType, BooleanArray, Float64Array, Int32Array, LargeStringArray, ListArray,
    PrimitiveArray, RecordBatch, StructArray, TimestampMicrosecondArray,
};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};

use crate::agree::sheet::{
    Actor, Attribution, Casualty, Claim, Document, Event, Location, Mention, Party, Quantity, Sheet, Time,
};
use crate::agree::{Fact, Value};

pub const NAME: &str = "agreement";

/// The tables that facts are made of.
pub const SOURCES: [&str; 8] =
    ["documents", "actors", "locations", "times", "quantities", "attributions", "events", "casualties"];

/// A column that is missing or of another type than the contract says.
#[derive(Debug, thiserror::Error)]
#[error("{table}: a column {column} of {expected} is needed")]
pub struct ColumnError {
    table: &'static str,
    column: &'static str,
    expected: &'static str,
}

/// The columns of one batch, by name.
struct Rows<'b> {
    table: &'static str,
    batch: &'b RecordBatch,
}

impl<'b> Rows<'b> {
    fn column(
        &self,
        column: &'static str,
        kind: &DataType,
        expected: &'static str,
    ) -> Result<&'b ArrayRef, ColumnError> {
        let found = self.batch.column_by_name(column).filter(|c| c.data_type() == kind);
        found.ok_or(ColumnError { table: self.table, column, expected })
    }

    fn texts(&self, column: &'static str) -> Result<&'b LargeStringArray, ColumnError> {
        Ok(self.column(column, &DataType::LargeUtf8, "large_string")?.as_string::<i64>())
    }

    fn numbers<T: ArrowPrimitiveType>(&self, column: &'static str) -> Result<&'b PrimitiveArray<T>, ColumnError> {
        let expected = match T::DATA_TYPE {
            DataType::Int32 => "int32",
            DataType::Int64 => "int64",
            DataType::Float64 => "float64",
            DataType::Date32 => "date32",
            _ => "timestamp[us]",
        };
        Ok(self.column(column, &T::DATA_TYPE, expected)?.as_primitive::<T>())
    }

    fn flags(&self, column: &'static str) -> Result<&'b BooleanArray, ColumnError> {
        Ok(self.column(column, &DataType::Boolean, "bool")?.as_boolean())
    }

    fn len(&self) -> usize {
        self.batch.num_rows()
    }
}

fn text(array: &LargeStringArray, row: usize) -> Option<&str> {
    array.is_valid(row).then(|| array.value(row))
}

fn number<T: ArrowPrimitiveType>(array: &PrimitiveArray<T>, row: usize) -> Option<T::Native> {
    array.is_valid(row).then(|| array.value(row))
}

/// The rows of an extraction's tables, each in one or several batches.
///
/// # Errors
/// A column is missing or of the wrong type.
pub fn read<'b>(tables: &'b HashMap<&'static str, Vec<RecordBatch>>) -> Result<Sheet<'b>, ColumnError> {
    let mut sheet = Sheet::default();
    let batches = |table: &'static str| tables.get(table).into_iter().flatten().map(move |batch| Rows { table, batch });
    for rows in batches("documents") {
        let (id, outlet) = (rows.texts("doc_id")?, rows.texts("outlet")?);
        let published = rows.numbers::<Date32Type>("published")?;
        // Archives kept without the reports' texts have none.
        let texts = rows.texts("text").ok();
        sheet.documents.extend((0..rows.len()).map(|n| Document {
            doc_id: id.value(n),
            outlet: text(outlet, n),
            published: number(published, n),
            text: texts.and_then(|t| text(t, n)),
        }));
    }
    for rows in batches("actors") {
        let (at, id, name) = (mentions(&rows)?, rows.texts("actor_id")?, rows.texts("name")?);
        let kind = rows.texts("type")?;
        let row = |(n, at)| Actor { at, actor_id: text(id, n), name: text(name, n), kind: kind.value(n) };
        sheet.actors.extend(at.enumerate().map(row));
    }
    for rows in batches("locations") {
        let at = mentions(&rows)?;
        let (id, name, kind) = (rows.texts("place_id")?, rows.texts("name")?, rows.texts("kind")?);
        let (country, admin1) = (rows.texts("country")?, rows.texts("admin1")?);
        let (lat, lon) = (rows.numbers::<Float64Type>("lat")?, rows.numbers::<Float64Type>("lon")?);
        sheet.locations.extend(at.enumerate().map(|(n, at)| Location {
            at,
            place_id: text(id, n),
            name: text(name, n),
            kind: kind.value(n),
            country: text(country, n),
            admin1: text(admin1, n),
            lat: number(lat, n),
            lon: number(lon, n),
        }));
    }
    for rows in batches("times") {
        let at = mentions(&rows)?;
        let (from, to) = (moments(&rows, "from")?, moments(&rows, "to")?);
        sheet.times.extend(at.enumerate().map(|(n, at)| Time { at, from: number(from, n), to: number(to, n) }));
    }
    for rows in batches("quantities") {
        let at = mentions(&rows)?;
        let [kind, modifier, unit, noun, claim_id] = texts(&rows, ["kind", "modifier", "unit", "noun", "claim_id"])?;
        let value = rows.numbers::<Float64Type>("value")?;
        let (low, high) = (rows.numbers::<Float64Type>("low")?, rows.numbers::<Float64Type>("high")?);
        sheet.quantities.extend(at.enumerate().map(|(n, at)| Quantity {
            at,
            kind: kind.value(n),
            value: number(value, n),
            low: number(low, n),
            high: number(high, n),
            modifier: modifier.value(n),
            unit: text(unit, n),
            noun: text(noun, n),
            claim_id: text(claim_id, n),
        }));
    }
    for rows in batches("attributions") {
        let [id, doc_id, source, source_id, source_kind, cue_class] =
            texts(&rows, ["attribution_id", "doc_id", "source", "source_id", "source_kind", "cue_class"])?;
        let whole = |column| rows.numbers::<Int32Type>(column);
        let (start, end, cue) = (whole("source_start")?, whole("source_end")?, whole("cue_start")?);
        let (from, to) = (whole("content_start")?, whole("content_end")?);
        sheet.attributions.extend((0..rows.len()).map(|n| Attribution {
            attribution_id: id.value(n),
            doc_id: doc_id.value(n),
            source_start: start.value(n),
            source_end: end.value(n),
            cue_start: cue.value(n),
            source_kind: text(source_kind, n),
            content: number(from, n).zip(number(to, n)),
            source: source.value(n),
            source_id: text(source_id, n),
            cue_class: cue_class.value(n),
        }));
    }
    for rows in batches("events") {
        let [agent, agent_id, patient, patient_id] = texts(&rows, ["agent", "agent_id", "patient", "patient_id"])?;
        sheet.events.extend(claims(&rows, "type")?.enumerate().map(|(n, claim)| Event {
            claim,
            agent: Party { text: text(agent, n), id: text(agent_id, n) },
            patient: Party { text: text(patient, n), id: text(patient_id, n) },
        }));
    }
    for rows in batches("casualties") {
        let [victim, victim_id, doer, doer_id] =
            texts(&rows, ["victim_actor", "victim_actor_id", "perpetrator", "perpetrator_id"])?;
        let [modifier, victims, class, cause, subset_of] =
            texts(&rows, ["modifier", "victims", "victim_class", "cause", "subset_of"])?;
        let whole = |column| rows.numbers::<Int64Type>(column);
        let (count, upper, low, high) = (whole("count")?, whole("upper")?, whole("low")?, whole("high")?);
        let cumulative = rows.flags("cumulative")?;
        sheet.casualties.extend(claims(&rows, "kind")?.enumerate().map(|(n, claim)| Casualty {
            claim,
            count: number(count, n),
            upper: number(upper, n),
            low: number(low, n),
            high: number(high, n),
            modifier: modifier.value(n),
            victims: text(victims, n),
            victim_class: class.value(n),
            victim: Party { text: text(victim, n), id: text(victim_id, n) },
            perpetrator: Party { text: text(doer, n), id: text(doer_id, n) },
            cause: text(cause, n),
            cumulative: cumulative.value(n),
            subset_of: text(subset_of, n),
        }));
    }
    Ok(sheet)
}

fn texts<'b, const N: usize>(
    rows: &Rows<'b>,
    columns: [&'static str; N],
) -> Result<[&'b LargeStringArray; N], ColumnError> {
    let found = columns.into_iter().map(|c| rows.texts(c)).collect::<Result<Vec<_>, _>>()?;
    Ok(found.try_into().expect("as many as were asked for"))
}

fn moments<'b>(
    rows: &Rows<'b>,
    column: &'static str,
) -> Result<&'b PrimitiveArray<TimestampMicrosecondType>, ColumnError> {
    rows.numbers::<TimestampMicrosecondType>(column)
}

fn mentions<'b>(rows: &Rows<'b>) -> Result<impl Iterator<Item = Mention<'b>> + use<'b>, ColumnError> {
    let [doc_id, words] = texts(rows, ["doc_id", "text"])?;
    let whole = |column| rows.numbers::<Int32Type>(column);
    let (sentence, start, end) = (whole("sentence")?, whole("start")?, whole("end")?);
    Ok((0..rows.len()).map(move |n| Mention {
        doc_id: doc_id.value(n),
        sentence: sentence.value(n),
        start: start.value(n),
        end: end.value(n),
        text: words.value(n),
    }))
}

fn claims<'b>(rows: &Rows<'b>, kind: &'static str) -> Result<impl Iterator<Item = Claim<'b>> + use<'b>, ColumnError> {
    let at = mentions(rows)?;
    let [claim_id, kind, place, place_id] = texts(rows, ["claim_id", kind, "place", "place_id"])?;
    let [time, source, source_id, attribution_id, realis] =
        texts(rows, ["time", "source", "source_id", "attribution_id", "realis"])?;
    let (from, to, negated) = (moments(rows, "time_from")?, moments(rows, "time_to")?, rows.flags("negated")?);
    Ok(at.enumerate().map(move |(n, at)| Claim {
        claim_id: claim_id.value(n),
        at,
        kind: kind.value(n),
        place: text(place, n),
        place_id: text(place_id, n),
        time: text(time, n),
        time_from: number(from, n),
        time_to: number(to, n),
        source: text(source, n),
        source_id: text(source_id, n),
        attribution_id: text(attribution_id, n),
        negated: negated.value(n),
        realis: realis.value(n),
    }))
}

/// A column of facts: its name, whether it is never null, and its values.
struct Column {
    name: &'static str,
    required: bool,
    array: fn(&[Fact]) -> ArrayRef,
}

static COLUMNS: &[Column] = {
    const fn column(name: &'static str, required: bool, array: fn(&[Fact]) -> ArrayRef) -> Column {
        Column { name, required, array }
    }
    &[
        column("fact_id", true, |f| told(f, |f| Some(&f.fact_id))),
        column("what", true, |f| told(f, |f| Some(&f.what))),
        column("aspect", true, |f| told(f, |f| Some(f.aspect))),
        column("counted", false, |f| told(f, |f| f.counted.as_deref())),
        column("unit", false, |f| told(f, |f| f.unit.as_deref())),
        column("place", false, |f| told(f, |f| f.place.as_deref())),
        column("place_id", false, |f| told(f, |f| f.place_id.as_deref())),
        column("time_from", false, |f| moment(f, |f| f.time_from)),
        column("time_to", false, |f| moment(f, |f| f.time_to)),
        column("parties", true, |f| lists(f, |f| &f.parties)),
        column("cumulative", true, |f| Arc::new(f.iter().map(|f| Some(f.cumulative)).collect::<BooleanArray>())),
        column("values", true, values),
        column("relation", true, |f| told(f, |f| Some(f.relation))),
        column("best", false, |f| real(f, |f| f.best)),
        column("low", false, |f| real(f, |f| f.low)),
        column("high", false, |f| real(f, |f| f.high)),
        column("n_claims", true, |f| whole(f, |f| f.n_claims)),
        column("n_documents", true, |f| whole(f, |f| f.n_documents)),
        column("n_outlets", true, |f| whole(f, |f| f.n_outlets)),
        column("n_sources", true, |f| whole(f, |f| f.n_sources)),
        column("claim_ids", true, |f| lists(f, |f| &f.claim_ids)),
        column("denied_by", true, |f| lists(f, |f| &f.denied_by)),
        column("evidence", true, evidence),
        column("grading", true, |f| told(f, |f| Some(f.grading))),
    ]
};

static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    let field = |c: &Column| Field::new(c.name, (c.array)(&[]).data_type().clone(), !c.required);
    Arc::new(Schema::new(COLUMNS.iter().map(field).collect::<Vec<_>>()))
});

pub fn schema() -> SchemaRef {
    SCHEMA.clone()
}

/// Facts as a table.
pub fn batch(facts: &[Fact]) -> RecordBatch {
    let arrays = COLUMNS.iter().map(|c| (c.array)(facts)).collect();
    RecordBatch::try_new(schema(), arrays).expect("arrays are built by the schema's own columns")
}

fn told(facts: &[Fact], get: fn(&Fact) -> Option<&str>) -> ArrayRef {
    Arc::new(facts.iter().map(get).collect::<LargeStringArray>())
}

fn real(facts: &[Fact], get: fn(&Fact) -> Option<f64>) -> ArrayRef {
    Arc::new(facts.iter().map(get).collect::<Float64Array>())
}

fn whole(facts: &[Fact], get: fn(&Fact) -> i32) -> ArrayRef {
    Arc::new(facts.iter().map(|f| Some(get(f))).collect::<Int32Array>())
}

fn moment(facts: &[Fact], get: fn(&Fact) -> Option<i64>) -> ArrayRef {
    Arc::new(facts.iter().map(get).collect::<TimestampMicrosecondArray>())
}

fn lists(facts: &[Fact], get: fn(&Fact) -> &[String]) -> ArrayRef {
    let mut lists = ListBuilder::new(LargeStringBuilder::new());
    facts.iter().for_each(|f| lists.append_value(get(f).iter().map(Some)));
    Arc::new(lists.finish())
}

/// A list of structs, so many for each fact.
fn structs(lengths: impl Iterator<Item = usize>, fields: Vec<(&'static str, bool, ArrayRef)>) -> ArrayRef {
    let (fields, arrays): (Vec<Field>, Vec<ArrayRef>) = fields
        .into_iter()
        .map(|(name, required, array)| (Field::new(name, array.data_type().clone(), !required), array))
        .unzip();
    let structs = StructArray::new(Fields::from(fields), arrays, None);
    let item = Arc::new(Field::new_list_field(structs.data_type().clone(), true));
    Arc::new(ListArray::new(item, OffsetBuffer::from_lengths(lengths), Arc::new(structs), None))
}

fn values(facts: &[Fact]) -> ArrayRef {
    let all = || facts.iter().flat_map(|f| &f.values);
    let told = |get: fn(&Value) -> Option<&str>| -> ArrayRef { Arc::new(all().map(get).collect::<LargeStringArray>()) };
    let flag =
        |get: fn(&Value) -> bool| -> ArrayRef { Arc::new(all().map(|v| Some(get(v))).collect::<BooleanArray>()) };
    let whole = |get: fn(&Value) -> i32| -> ArrayRef { Arc::new(all().map(|v| Some(get(v))).collect::<Int32Array>()) };
    structs(
        facts.iter().map(|f| f.values.len()),
        vec![
            ("doc_id", true, told(|v| Some(&v.doc_id))),
            ("outlet", false, told(|v| v.outlet.as_deref())),
            ("source", false, told(|v| v.source.as_deref())),
            ("value", true, told(|v| Some(&v.value))),
            ("number", false, Arc::new(all().map(|v| v.number).collect::<Float64Array>())),
            ("modifier", false, told(|v| v.modifier.as_deref())),
            ("denied", true, flag(|v| v.denied)),
            ("superseded", true, flag(|v| v.superseded)),
            ("claim_id", false, told(|v| v.claim_id.as_deref())),
            ("start", true, whole(|v| v.start)),
            ("end", true, whole(|v| v.end)),
        ],
    )
}

fn evidence(facts: &[Fact]) -> ArrayRef {
    let all = || facts.iter().flat_map(|f| &f.evidence);
    let ids: LargeStringArray = all().map(|(id, ..)| Some(id.as_str())).collect();
    let starts: Int32Array = all().map(|(_, start, _)| Some(*start)).collect();
    let ends: Int32Array = all().map(|(.., end)| Some(*end)).collect();
    structs(
        facts.iter().map(|f| f.evidence.len()),
        vec![("doc_id", true, Arc::new(ids)), ("start", true, Arc::new(starts)), ("end", true, Arc::new(ends))],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_facts_have_every_column() {
        let empty = batch(&[]);
        assert_eq!((empty.num_rows(), empty.num_columns()), (0, COLUMNS.len()));
        let one = batch(&[Fact { values: vec![Value::default(); 2], ..Fact::default() }]);
        assert_eq!(one.schema(), empty.schema());
        assert_eq!(one["values"].as_list::<i32>().value(0).len(), 2);
    }

    #[test]
    fn a_missing_column_is_named() {
        let batch = RecordBatch::new_empty(Arc::new(Schema::empty()));
        let error = read(&HashMap::from([("times", vec![batch])])).unwrap_err();
        assert_eq!(error.to_string(), "times: a column doc_id of large_string is needed");
    }
}
