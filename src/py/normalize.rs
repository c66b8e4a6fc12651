//! Normalization of Python strings, lists of them and Arrow columns.

use std::borrow::Cow;
use std::collections::{HashSet, VecDeque};
use std::ops::Range;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, GenericStringArray, OffsetSizeTrait};
use arrow_buffer::{Buffer, OffsetBuffer, ScalarBuffer};
use arrow_schema::DataType;
use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBool, PyBytes, PyDict, PyInt, PyList, PyString, PyTuple};
use rayon::prelude::*;
use simdutf8::basic;

use super::column::{self, Column};
use super::extract::without_lock;
use crate::crew::Crew;
use crate::normalize::{self, OptionError, Options};
use crate::pool;
use crate::text::Alignment;

/// A batch of a list ends at whichever comes first; between batches Ctrl-C is looked for.
const BATCH_TEXTS: usize = 1024;
const BATCH_BYTES: usize = 1 << 20;
/// Arrow columns are cut into parts of this size, each for one thread.
const PART_BYTES: usize = 1 << 17;
const PARTS: usize = 16;

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
        let held = self.hold(text)?;
        held.give(text, &held.normalized(&self.inner))
    }

    fn align<'py>(&self, text: &Bound<'py, PyString>) -> PyResult<Normalized> {
        let held = self.hold(text)?;
        let (made, alignment) = held.aligned(&self.inner);
        Ok(Normalized { text: held.give(text, &made)?.unbind(), original: text.clone().unbind(), alignment })
    }

    /// Strings and nulls, in parallel and without the interpreter's lock.
    #[pyo3(signature = (texts, progress))]
    fn many<'py>(
        &self,
        py: Python<'py>,
        texts: &Bound<'py, PyList>,
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
                let (given, held) = self.batch(texts, row, total)?;
                row += given.len();
                under_way.push_back((given, crew.start(held), row));
            }
            let Some((given, task, end)) = under_way.pop_front() else { break };
            without_lock(py, || crew.finish(&task))?;
            for (item, (held, made)) in given.iter().zip(task.results()) {
                match (held, made) {
                    (Some(held), Some(to)) => done.append(held.give(item.cast()?, to)?)?,
                    _ => done.append(item)?,
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
        let array = column::import(column)?;
        let array: ArrayRef = match array.data_type() {
            DataType::Utf8 => Arc::new(self.strings(py, array.as_string::<i32>(), progress)?),
            DataType::LargeUtf8 => Arc::new(self.strings(py, array.as_string::<i64>(), progress)?),
            other => return Err(PyTypeError::new_err(format!("a column of strings is needed, not of {other}"))),
        };
        Ok(Column::new(array))
    }
}

impl Normalizer {
    fn hold(&self, text: &Bound<'_, PyString>) -> PyResult<Held> {
        Held::new(text, self.inner.options())
    }

    /// The items of a list from `row` on, as many as are done at a time.
    #[allow(clippy::type_complexity)]
    fn batch<'py>(
        &self,
        texts: &Bound<'py, PyList>,
        mut row: usize,
        total: usize,
    ) -> PyResult<(Vec<Bound<'py, PyAny>>, Vec<Option<Held>>)> {
        let (mut given, mut held) = (Vec::new(), Vec::new());
        let mut bytes = 0;
        while row < texts.len().min(total) && given.len() < BATCH_TEXTS && bytes < BATCH_BYTES {
            let item = texts.get_item(row)?;
            let text = match item.cast::<PyString>() {
                Ok(text) => Some(self.hold(text)?),
                Err(_) if item.is_none() => None,
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

    /// Normalizes a column batch by batch; each part of a batch is written by one thread.
    fn strings<O: OffsetSizeTrait>(
        &self,
        py: Python<'_>,
        array: &GenericStringArray<O>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<GenericStringArray<O>> {
        let total = array.len();
        let offsets = array.value_offsets();
        let one_thread = pool::SHARED.threads()? == 1;
        // What the threads write into, again and again.
        let mut spare: Vec<Part> = Vec::new();
        let mut out = Part::default();
        out.values.reserve(offsets[total].as_usize() - offsets[0].as_usize());
        let mut row = 0;
        while row < total {
            let mut parts = Vec::with_capacity(PARTS);
            while row < total && parts.len() < PARTS {
                let limit = offsets[row].as_usize() + PART_BYTES;
                let rows = offsets[row + 1..=total].partition_point(|end| end.as_usize() < limit) + 1;
                let end = (row + rows).min(total);
                parts.push(row..end);
                row = end;
            }
            without_lock(py, || -> PyResult<()> {
                if one_thread || parts.len() == 1 {
                    return Ok(parts.into_iter().try_for_each(|rows| out.fill(&self.inner, array, rows))?);
                }
                spare.resize_with(parts.len(), Part::default);
                let filled: Result<(), NotUtf8> = pool::SHARED.run(|| {
                    let fill = |(part, rows): (&mut Part, _)| {
                        part.clear();
                        part.fill(&self.inner, array, rows)
                    };
                    spare.par_iter_mut().zip(parts).try_for_each(fill)
                })?;
                filled?;
                Ok(pool::SHARED.run(|| out.append(&spare))?)
            })??;
            py.check_signals()?;
            if let Some(progress) = progress {
                progress.call1((row, total))?;
            }
        }
        let end = |end: usize| {
            let message = "2 GiB or more of text: a column of large strings is needed";
            O::from_usize(end).ok_or_else(|| PyOverflowError::new_err(message))
        };
        end(out.values.len())?;
        let ends = std::iter::once(0).chain(out.ends).map(end).collect::<PyResult<Vec<O>>>()?;
        let offsets = OffsetBuffer::new(ScalarBuffer::from(ends));
        // SAFETY: the offsets are the ends of whole strings, in order.
        Ok(unsafe { GenericStringArray::new_unchecked(offsets, Buffer::from_vec(out.values), array.nulls().cloned()) })
    }
}

/// Strings on end.
#[derive(Default)]
struct Part {
    values: Vec<u8>,
    ends: Vec<usize>,
}

impl Part {
    fn clear(&mut self) {
        self.values.clear();
        self.ends.clear();
    }

    /// Puts the parts behind what there is, side by side.
    fn append(&mut self, parts: &[Part]) {
        let before = self.values.len();
        let more = parts.iter().map(|part| part.values.len()).sum();
        self.values.reserve(more);
        let mut room = &mut self.values.spare_capacity_mut()[..more];
        let mut end = before;
        let mut copies = Vec::with_capacity(parts.len());
        for part in parts {
            let to;
            (to, room) = room.split_at_mut(part.values.len());
            copies.push((to, part));
            self.ends.extend(part.ends.iter().map(|&e| end + e));
            end += part.values.len();
        }
        copies.into_par_iter().for_each(|(to, part)| {
            // SAFETY: the two are of one length and apart from each other.
            unsafe { part.values.as_ptr().copy_to_nonoverlapping(to.as_mut_ptr().cast(), to.len()) }
        });
        // SAFETY: each of the bytes was written just now.
        unsafe { self.values.set_len(before + more) }
    }

    fn fill<O: OffsetSizeTrait>(
        &mut self,
        normalizer: &normalize::Normalizer,
        array: &GenericStringArray<O>,
        rows: Range<usize>,
    ) -> Result<(), NotUtf8> {
        let (bytes, offsets) = (array.value_data(), array.value_offsets());
        let first = offsets[rows.start].as_usize();
        // Readers of files, Parquet's among them, hand on as text whatever bytes they find.
        let sound = basic::from_utf8(&bytes[first..offsets[rows.end].as_usize()]).is_ok_and(|text| {
            offsets[rows.start..rows.end].iter().all(|start| text.is_char_boundary(start.as_usize() - first))
        });
        for row in rows {
            if array.is_valid(row) {
                let bytes = &bytes[offsets[row].as_usize()..offsets[row + 1].as_usize()];
                if !sound && let Err(error) = std::str::from_utf8(bytes) {
                    let offset = error.valid_up_to();
                    return Err(NotUtf8 { row, offset, byte: bytes[offset] });
                }
                normalizer.normalize_into(array.value(row), &mut self.values);
            }
            self.ends.push(self.values.len());
        }
        Ok(())
    }
}

/// A row of a column of strings that is none.
struct NotUtf8 {
    row: usize,
    offset: usize,
    byte: u8,
}

impl From<NotUtf8> for PyErr {
    fn from(NotUtf8 { row, offset, byte }: NotUtf8) -> PyErr {
        PyValueError::new_err(format!("row {row}: not UTF-8: byte {byte:#04x} at offset {offset}"))
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

/// A string as what can be read without the interpreter's lock.
struct Held {
    text: Text,
    /// Each stand-in and the lone surrogate that it stands for, which UTF-8 cannot hold.
    stand_ins: Vec<(char, u16)>,
}

enum Text {
    /// 16-bit units in the machine's order, after a mark of that order.
    Units(PyBackedBytes),
    Utf8(String),
}

/// What was made of a text; nothing where it stayed as it was.
enum Made {
    Same,
    Units(Vec<u16>),
    Utf8(String),
}

impl Held {
    /// Units rather than UTF-8: that is how CPython stores Arabic, so it has only to copy them, here and on the way back.
    fn new(string: &Bound<'_, PyString>, options: &Options) -> PyResult<Self> {
        let py = string.py();
        // SAFETY: a string and the lock are at hand; the result is a new reference or none.
        let units = unsafe { Bound::from_owned_ptr_or_err(py, ffi::PyUnicode_AsUTF16String(string.as_ptr())) };
        match units {
            Ok(units) => {
                let units: PyBackedBytes = units.cast_into::<PyBytes>()?.into();
                Ok(Held { text: Text::Units(units), stand_ins: Vec::new() })
            }
            Err(_) => {
                let bytes = string.call_method1("encode", ("utf-8", "surrogatepass"))?.cast_into::<PyBytes>()?;
                let (text, stand_ins) = stand_in(bytes.as_bytes(), options);
                Ok(Held { text: Text::Utf8(text), stand_ins })
            }
        }
    }

    fn size(&self) -> usize {
        match &self.text {
            Text::Units(bytes) => bytes.len(),
            Text::Utf8(text) => text.len(),
        }
    }

    fn normalized(&self, normalizer: &normalize::Normalizer) -> Made {
        let made = |text: &str| match normalizer.normalize(text) {
            Cow::Owned(to) => Made::Utf8(to),
            Cow::Borrowed(_) => Made::Same,
        };
        match &self.text {
            Text::Units(bytes) => {
                let units = units(bytes);
                match normalizer.normalize_units(units) {
                    Some(to) if to == units => Made::Same,
                    Some(to) => Made::Units(to),
                    None => made(&utf8(units)),
                }
            }
            Text::Utf8(text) => made(text),
        }
    }

    fn aligned(&self, normalizer: &normalize::Normalizer) -> (Made, Alignment) {
        let aligned = |text: &str| {
            let aligned = normalizer.align(text);
            let alignment = aligned.in_code_points(text);
            (Made::Utf8(aligned.text), alignment)
        };
        match &self.text {
            Text::Units(bytes) => match normalizer.align_units(units(bytes)) {
                Some((to, alignment)) => (Made::Units(to), alignment),
                None => aligned(&utf8(units(bytes))),
            },
            Text::Utf8(text) => aligned(text),
        }
    }

    /// What was made of the string, as a Python string.
    fn give<'py>(&self, string: &Bound<'py, PyString>, made: &Made) -> PyResult<Bound<'py, PyString>> {
        let py = string.py();
        let to = match made {
            Made::Same => return Ok(string.clone()),
            Made::Units(units) => {
                let mut order = if cfg!(target_endian = "little") { -1 } else { 1 };
                // SAFETY: the pointer and the length are those of a live slice; the result is a new reference or none.
                let text = unsafe {
                    let (start, len) = (units.as_ptr().cast(), 2 * units.len() as ffi::Py_ssize_t);
                    let text = ffi::PyUnicode_DecodeUTF16(start, len, std::ptr::null(), &mut order);
                    Bound::from_owned_ptr_or_err(py, text)?
                };
                return Ok(text.cast_into()?);
            }
            Made::Utf8(to) => to,
        };
        if self.stand_ins.is_empty() {
            return Ok(PyString::new(py, to));
        }
        let mut bytes = Vec::with_capacity(to.len());
        for c in to.chars() {
            match self.stand_ins.iter().find(|(stand_in, _)| *stand_in == c) {
                Some(&(_, unit)) => bytes.extend([0xE0 | (unit >> 12) as u8, continued(unit >> 6), continued(unit)]),
                None => bytes.extend(c.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
        let text = PyBytes::new(py, &bytes).call_method1("decode", ("utf-8", "surrogatepass"))?;
        Ok(text.cast_into()?)
    }
}

/// The units behind the mark of their order.
fn units(bytes: &[u8]) -> &[u16] {
    // SAFETY: any two bytes are a unit.
    let (before, units, _) = unsafe { bytes.align_to::<u16>() };
    assert!(before.is_empty(), "bytes of Python begin at an even address");
    &units[1..]
}

/// Text of units that are sound.
fn utf8(units: &[u16]) -> String {
    let mut bytes = Vec::with_capacity(3 * units.len());
    for &unit in units {
        match unit {
            0..0x80 => bytes.push(unit as u8),
            0x80..0x800 => bytes.extend([0xC0 | (unit >> 6) as u8, continued(unit)]),
            // Half a character: seldom enough to begin anew.
            0xD800..0xE000 => return String::from_utf16_lossy(units),
            _ => bytes.extend([0xE0 | (unit >> 12) as u8, continued(unit >> 6), continued(unit)]),
        }
    }
    // SAFETY: each unit was written as UTF-8 writes it.
    unsafe { String::from_utf8_unchecked(bytes) }
}

fn continued(bits: u16) -> u8 {
    0x80 | (bits & 0x3F) as u8
}

/// Reads UTF-8 that may hold surrogates. The stand-ins are private characters that neither the text nor the table names.
fn stand_in(bytes: &[u8], options: &Options) -> (String, Vec<(char, u16)>) {
    let surrogate = |at: usize| bytes[at] == 0xED && bytes.get(at + 1).is_some_and(|&b| b >= 0xA0);
    let mut pieces = Vec::new();
    let (mut from, mut at) = (0, 0);
    while at < bytes.len() {
        if surrogate(at) {
            let unit = 0xD000 | (bytes[at + 1] as u16 & 0x3F) << 6 | (bytes[at + 2] as u16 & 0x3F);
            pieces.push((&bytes[from..at], Some(unit)));
            (from, at) = (at + 3, at + 3);
        } else {
            at += 1;
        }
    }
    pieces.push((&bytes[from..], None));
    let pieces: Vec<_> = pieces.iter().map(|(b, u)| (String::from_utf8_lossy(b), u)).collect();
    let used: HashSet<char> = pieces.iter().flat_map(|p| p.0.chars()).filter(|&c| c >= '\u{F0000}').collect();
    let mut free = ('\u{F0000}'..='\u{FFFFD}').chain('\u{100000}'..='\u{10FFFD}');
    let mut stand_ins: Vec<(char, u16)> = Vec::new();
    let mut text = String::with_capacity(bytes.len());
    for (piece, unit) in pieces {
        text.push_str(&piece);
        let Some(unit) = *unit else { continue };
        let known = stand_ins.iter().find(|s| s.1 == unit).map(|s| s.0);
        let c = known.unwrap_or_else(|| {
            let c = free.find(|c| !used.contains(c) && !options.table.contains_key(c)).unwrap_or('\u{FFFD}');
            stand_ins.push((c, unit));
            c
        });
        text.push(c);
    }
    (text, stand_ins)
}

/// A normalized text with the way back, in code points.
#[pyclass(frozen, module = "khabar._khabar")]
pub struct Normalized {
    text: Py<PyString>,
    original: Py<PyString>,
    alignment: Alignment,
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
