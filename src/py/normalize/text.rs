//! Strings on their way to the threads and back.

use std::borrow::Cow;
use std::collections::HashSet;

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyString};

use crate::normalize::{Normalizer, Options};
use crate::py::cpython::{self, CodePoints, InPlace};
use crate::text::Alignment;

/// A string as what can be read without the interpreter's lock.
pub enum Held {
    InPlace(InPlace),
    /// 16-bit units, as Python encodes them.
    Utf16(PyBackedBytes),
    /// Code points, as Python encodes them where lone surrogates are among them.
    Utf32(PyBackedBytes),
}

/// What was made of a text; nothing where it stayed as it was.
pub enum Made {
    Same,
    /// Each a character.
    Units(Vec<u16>),
    Points(Vec<u32>),
    Utf8(String),
}

/// What a normalizer can take.
enum View<'a> {
    Units(Cow<'a, [u16]>),
    /// With lone surrogates, which neither UTF-8 nor UTF-16 can hold.
    Points(Cow<'a, [u32]>),
}

impl Held {
    pub fn new(string: &Bound<'_, PyString>) -> PyResult<Self> {
        if let Some(own) = InPlace::new(string) {
            return Ok(Held::InPlace(own));
        }
        // SAFETY: a string and the lock are at hand; the result is a new reference or none.
        let units = unsafe { Bound::from_owned_ptr_or_err(string.py(), ffi::PyUnicode_AsUTF16String(string.as_ptr())) };
        match units {
            Ok(units) => Ok(Held::Utf16(units.cast_into::<PyBytes>()?.into())),
            Err(_) => {
                let points = string.call_method1("encode", ("utf-32", "surrogatepass"))?;
                Ok(Held::Utf32(points.cast_into::<PyBytes>()?.into()))
            }
        }
    }

    /// In bytes.
    pub fn size(&self) -> usize {
        match self {
            Held::InPlace(own) => own.size(),
            Held::Utf16(bytes) | Held::Utf32(bytes) => bytes.len(),
        }
    }

    /// Units rather than UTF-8: that is how CPython stores Arabic.
    fn view(&self) -> View<'_> {
        match self {
            Held::Utf16(bytes) => View::Units(behind_mark(bytes).into()),
            Held::Utf32(bytes) => View::Points(behind_mark(bytes).into()),
            Held::InPlace(own) => match own.code_points() {
                CodePoints::One(own) => View::Units(own.iter().map(|&c| c.into()).collect()),
                CodePoints::Two(own) if has_surrogates(own) => View::Points(own.iter().map(|&c| c.into()).collect()),
                CodePoints::Two(own) => View::Units(own.into()),
                CodePoints::Four(own) => match own.iter().map(|&c| char::from_u32(c)).collect::<Option<String>>() {
                    Some(text) => View::Units(text.encode_utf16().collect()),
                    None => View::Points(own.into()),
                },
            },
        }
    }

    pub fn normalized(&self, normalizer: &Normalizer) -> Made {
        match self.view() {
            View::Units(units) => match normalizer.normalize_units(&units) {
                Some(to) if *to == *units => Made::Same,
                Some(to) => Made::units(to),
                None => match normalizer.normalize(&utf8(&units)) {
                    Cow::Owned(to) => Made::Utf8(to),
                    Cow::Borrowed(_) => Made::Same,
                },
            },
            View::Points(points) => {
                let (text, stand_ins) = stand_in(&points, normalizer.options());
                match normalizer.normalize(&text) {
                    Cow::Owned(to) => Made::Points(stand_ins.put_back(&to)),
                    Cow::Borrowed(_) => Made::Same,
                }
            }
        }
    }

    pub fn aligned(&self, normalizer: &Normalizer) -> (Made, Alignment) {
        let aligned = |text: &str| {
            let aligned = normalizer.align(text);
            let alignment = aligned.in_code_points(text);
            (aligned.text, alignment)
        };
        match self.view() {
            View::Units(units) => match normalizer.align_units(&units) {
                Some((to, alignment)) => (Made::units(to), alignment),
                None => {
                    let (to, alignment) = aligned(&utf8(&units));
                    (Made::Utf8(to), alignment)
                }
            },
            View::Points(points) => {
                let (text, stand_ins) = stand_in(&points, normalizer.options());
                let (to, alignment) = aligned(&text);
                (Made::Points(stand_ins.put_back(&to)), alignment)
            }
        }
    }
}

impl Made {
    fn units(units: Vec<u16>) -> Self {
        if has_surrogates(&units) {
            let points = char::decode_utf16(units).map(|c| c.map_or_else(|e| e.unpaired_surrogate().into(), u32::from));
            Made::Points(points.collect())
        } else {
            Made::Units(units)
        }
    }

    /// As a Python string; `string` is what it was made of.
    pub fn give<'py>(&self, string: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyString>> {
        let py = string.py();
        match self {
            Made::Same => Ok(string.clone()),
            Made::Units(units) => cpython::make(py, CodePoints::Two(units)),
            Made::Points(points) => cpython::make(py, CodePoints::Four(points)),
            Made::Utf8(text) => Ok(PyString::new(py, text)),
        }
    }
}

/// What Python's codecs wrote behind the mark of the order of bytes, which is the machine's.
fn behind_mark<T: Unit>(bytes: &[u8]) -> &[T] {
    // SAFETY: any bytes are a number.
    let (before, units, _) = unsafe { bytes.align_to::<T>() };
    assert!(before.is_empty(), "bytes of Python begin where a word does");
    &units[1..]
}

/// Numbers without bytes between or values that they must not have.
trait Unit {}
impl Unit for u16 {}
impl Unit for u32 {}

/// Whether half characters are among the units, in pairs or not.
fn has_surrogates(units: &[u16]) -> bool {
    // Without a branch for each of them.
    units.chunks(256).any(|some| some.iter().fold(false, |any, unit| any | (unit & 0xF800 == 0xD800)))
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

/// Each stand-in and the lone surrogate that it stands for.
struct StandIns(Vec<(char, u32)>);

/// Text with private characters, which neither it nor the table names, for lone surrogates.
fn stand_in(points: &[u32], options: &Options) -> (String, StandIns) {
    let used: HashSet<char> = points.iter().filter_map(|&p| char::from_u32(p)).filter(|&c| c >= '\u{F0000}').collect();
    let mut free = ('\u{F0000}'..='\u{FFFFD}').chain('\u{100000}'..='\u{10FFFD}');
    let mut stand_ins: Vec<(char, u32)> = Vec::new();
    let text = points.iter().map(|&point| {
        if let Some(c) = char::from_u32(point) {
            return c;
        }
        let known = stand_ins.iter().find(|s| s.1 == point).map(|s| s.0);
        known.unwrap_or_else(|| {
            let c = free.find(|c| !used.contains(c) && !options.table.contains_key(c)).unwrap_or('\u{FFFD}');
            stand_ins.push((c, point));
            c
        })
    });
    (text.collect(), StandIns(stand_ins))
}

impl StandIns {
    fn put_back(&self, text: &str) -> Vec<u32> {
        let surrogate = |c| self.0.iter().find(|(stand_in, _)| *stand_in == c).map(|s| s.1);
        text.chars().map(|c| surrogate(c).unwrap_or(c.into())).collect()
    }
}
