//! CPython's own strings: read where they lie, and made with one copy.
//!
//! The stable interface, by which one wheel serves all versions, gives and takes strings only encoded, one after the other under
//! the interpreter's lock; that took longer than to normalize them. A string's characters do not change, so whoever holds it
//! may read them without the lock, if it is known where they lie. That is no part of the stable interface: it is believed of the versions
//! named below, and of those only once strings of every kind have been found to lie so. Wherever it is not so, the stable interface is used.

use std::ffi::{c_int, c_void};
use std::mem::offset_of;
use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString, PyTuple, PyType};

/// The versions whose sources say that strings lie like this.
const KNOWN: RangeInclusive<(u8, u8)> = (3, 11)..=(3, 13);

/// How every string begins (`PyASCIIObject`), but in builds without the interpreter's lock.
#[repr(C)]
struct Head {
    references: isize,
    class: *const c_void,
    length: isize,
    hash: isize,
    state: u32,
}

/// What `state` says from the bit behind `interned` on: three bits of bytes for each character, then whether these follow the head
/// in one piece, then whether all are ASCII, for which a shorter head will do.
const INTERNED_BITS: u32 = 2;
const BYTES: u32 = 0b111;
const COMPACT: u32 = 0b1000;
const ASCII: u32 = 0b10000;

/// How far from a string's beginning its characters are.
#[derive(Clone, Copy, PartialEq)]
struct Layout {
    ascii: usize,
    others: usize,
}

/// A string held, whose characters can be read with or without the lock.
pub struct InPlace {
    _held: Py<PyString>,
    start: *const u8,
    length: usize,
    bytes: u32,
}

// SAFETY: what the pointer leads to does not change, and lives as long as the string, of which this holds a reference of its own.
unsafe impl Send for InPlace {}
// SAFETY: as above; there is only reading.
unsafe impl Sync for InPlace {}

/// The code points of a string, in the least bytes that hold all of them.
#[derive(Debug, PartialEq)]
pub enum CodePoints<'a> {
    One(&'a [u8]),
    Two(&'a [u16]),
    Four(&'a [u32]),
}

impl InPlace {
    /// `None` where it is not known where this string's characters are: those of subclasses are in a place of their own.
    pub fn new(string: &Bound<'_, PyString>) -> Option<Self> {
        let layout = layout(string.py())?;
        // SAFETY: the layout was found to hold.
        unsafe { InPlace::by(layout, string) }
    }

    pub fn code_points(&self) -> CodePoints<'_> {
        // SAFETY: so many characters of so many bytes are there, and are aligned: heads are of whole words.
        unsafe {
            match self.bytes {
                1 => CodePoints::One(std::slice::from_raw_parts(self.start, self.length)),
                2 => CodePoints::Two(std::slice::from_raw_parts(self.start.cast(), self.length)),
                _ => CodePoints::Four(std::slice::from_raw_parts(self.start.cast(), self.length)),
            }
        }
    }

    /// In bytes.
    pub fn size(&self) -> usize {
        self.length * self.bytes as usize
    }

    /// # Safety
    /// If the string's state says that it is compact, its characters must be where the layout says.
    unsafe fn by(layout: Layout, string: &Bound<'_, PyString>) -> Option<Self> {
        let head = string.as_ptr().cast::<Head>();
        // SAFETY: a string is at least as long as its head; other threads, which might write the bits of `interned`, wait for the lock.
        let (length, state) = unsafe { ((*head).length, (*head).state >> INTERNED_BITS) };
        let bytes = state & BYTES;
        if state & COMPACT == 0 || !matches!(bytes, 1 | 2 | 4) {
            return None;
        }
        let front = if state & ASCII == 0 { layout.others } else { layout.ascii };
        // SAFETY: within the string, or just behind an empty one's head.
        let start = unsafe { head.cast::<u8>().add(front) };
        Some(InPlace { _held: string.clone().unbind(), start, length: usize::try_from(length).ok()?, bytes })
    }
}

/// Turned off by the tests of the stable interface.
static WANTED: AtomicBool = AtomicBool::new(true);

/// Whether strings are read where they lie, and made with one copy; with an argument, whether they may be.
#[pyfunction]
#[pyo3(signature = (wanted=None))]
pub fn own_strings(py: Python<'_>, wanted: Option<bool>) -> (bool, bool) {
    if let Some(wanted) = wanted {
        WANTED.store(wanted, Ordering::Relaxed);
    }
    (layout(py).is_some(), maker(py).is_some())
}

fn layout(py: Python<'_>) -> Option<Layout> {
    static FOUND: PyOnceLock<Option<Layout>> = PyOnceLock::new();
    let found = *FOUND.get_or_init(py, || find(py).ok().flatten());
    found.filter(|_| WANTED.load(Ordering::Relaxed))
}

/// The layout, if all kinds of strings are found to have it.
fn find(py: Python<'_>) -> PyResult<Option<Layout>> {
    let version = py.version_info();
    let name: String = py.import("sys")?.getattr("implementation")?.getattr("name")?.extract()?;
    if name != "cpython" || !KNOWN.contains(&(version.major, version.minor)) {
        return Ok(None);
    }
    // A string takes its head, its characters and a zero behind them.
    let size = |text: &str| PyString::new(py, text).call_method0("__sizeof__")?.extract::<usize>();
    let behind = |size: usize, rest: usize| size.checked_sub(rest).ok_or_else(|| PyTypeError::new_err("too small"));
    let layout = Layout { ascii: behind(size("")?, 1)?, others: behind(size("\u{3b1}")?, 4)? };
    let fits = |front: usize| front >= offset_of!(Head, state) + 4 && front.is_multiple_of(align_of::<usize>());
    if !fits(layout.ascii) || !fits(layout.others) {
        return Ok(None);
    }
    for sample in ["", "a", "\u{7f}", "\u{80}", "\u{ff}", "\u{100}", "\u{d7ff}", "\u{ffff}", "\u{10000}", "\u{10ffff}"]
    {
        for text in [sample.to_owned(), format!("{}{sample}", "abc \n".repeat(50))] {
            let string = PyString::new(py, &text);
            let points: Vec<u32> = text.chars().map(u32::from).collect();
            // SAFETY: whatever its state says, nothing is read before the size that the string itself tells has been compared.
            let Some(found) = (unsafe { InPlace::by(layout, &string) }) else { return Ok(None) };
            let whole = found.start as usize - string.as_ptr() as usize + found.size() + found.bytes as usize;
            if whole != size(&text)? || found.code_points() != points[..] {
                return Ok(None);
            }
        }
    }
    let base = py.get_type::<PyString>();
    let subclass = py.get_type::<PyType>().call1(("subclass", PyTuple::new(py, [base])?, PyDict::new(py)))?;
    let string = subclass.call1(("\u{3b1}",))?.cast_into::<PyString>()?;
    // SAFETY: nothing is read if it says to be compact, which it must not.
    let told_apart = unsafe { InPlace::by(layout, &string) }.is_none();
    Ok(told_apart.then_some(layout))
}

impl PartialEq<[u32]> for CodePoints<'_> {
    fn eq(&self, points: &[u32]) -> bool {
        match self {
            CodePoints::One(own) => own.iter().map(|&c| u32::from(c)).eq(points.iter().copied()),
            CodePoints::Two(own) => own.iter().map(|&c| u32::from(c)).eq(points.iter().copied()),
            CodePoints::Four(own) => *own == points,
        }
    }
}

/// `PyUnicode_FromKindAndData`, which has been in every CPython since 3.3, but is no part of the stable interface: looked up by name,
/// so that nothing breaks should it ever go.
type Maker = unsafe extern "C" fn(c_int, *const c_void, ffi::Py_ssize_t) -> *mut ffi::PyObject;

fn maker(py: Python<'_>) -> Option<Maker> {
    static FOUND: PyOnceLock<Option<Maker>> = PyOnceLock::new();
    let found = *FOUND.get_or_init(py, || {
        #[cfg(unix)]
        {
            // SAFETY: a name that ends in zero, sought in what the process has loaded.
            let found = unsafe { libc::dlsym(libc::RTLD_DEFAULT, c"PyUnicode_FromKindAndData".as_ptr()) };
            // SAFETY: a function of this name has this signature; none is a null pointer, as in an `Option`.
            unsafe { std::mem::transmute::<*mut c_void, Option<Maker>>(found) }
        }
        #[cfg(not(unix))]
        None
    });
    found.filter(|_| WANTED.load(Ordering::Relaxed))
}

/// A string of these code points. Lone surrogates may be among those of four bytes only: two of them side by side would be read as one
/// character.
pub fn make<'py>(py: Python<'py>, points: CodePoints<'_>) -> PyResult<Bound<'py, PyString>> {
    let (bytes, start, length) = match points {
        CodePoints::One(own) => (1, own.as_ptr().cast::<c_void>(), own.len()),
        CodePoints::Two(own) => (2, own.as_ptr().cast(), own.len()),
        CodePoints::Four(own) => (4, own.as_ptr().cast(), own.len()),
    };
    let length = length as ffi::Py_ssize_t;
    let mut order = if cfg!(target_endian = "little") { -1 } else { 1 };
    // SAFETY: the pointer and the length are those of a live slice; the result is a new reference or none.
    let made = unsafe {
        let made = match (maker(py), bytes) {
            (Some(maker), _) => maker(bytes, start, length),
            (None, 1) => ffi::PyUnicode_DecodeLatin1(start.cast(), length, std::ptr::null()),
            (None, 2) => ffi::PyUnicode_DecodeUTF16(start.cast(), 2 * length, std::ptr::null(), &mut order),
            (None, _) => ffi::PyUnicode_DecodeUTF32(start.cast(), 4 * length, c"surrogatepass".as_ptr(), &mut order),
        };
        Bound::from_owned_ptr_or_err(py, made)?
    };
    Ok(made.cast_into()?)
}
