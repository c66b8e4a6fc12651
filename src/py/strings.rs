//! Python strings as UTF-8.

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyString};

/// A string's UTF-8, held without the interpreter's lock.
pub struct Utf8 {
    bytes: PyBackedBytes,
    /// How many lone surrogates stood in it; each is U+FFFD here, one code point for one, so that offsets still hold.
    pub surrogates: usize,
}

impl Utf8 {
    /// Encodes anew rather than asking for the string's own UTF-8, which Python would keep as long as the string lives.
    pub fn new(string: &Bound<'_, PyString>) -> PyResult<Self> {
        match string.encode_utf8() {
            Ok(bytes) => Ok(Utf8 { bytes: bytes.into(), surrogates: 0 }),
            Err(_) => {
                let bytes = string.call_method1("encode", ("utf-8", "surrogatepass"))?.cast_into::<PyBytes>()?;
                let mut fixed = bytes.as_bytes().to_vec();
                let surrogates = replace_surrogates(&mut fixed);
                Ok(Utf8 { bytes: PyBytes::new(string.py(), &fixed).into(), surrogates })
            }
        }
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes).expect("Python encodes UTF-8, and surrogates are replaced")
    }
}

/// Writes U+FFFD over every surrogate of generalized UTF-8; both are three bytes long.
fn replace_surrogates(bytes: &mut [u8]) -> usize {
    let mut count = 0;
    for i in 0..bytes.len().saturating_sub(2) {
        // 0xED begins U+D000..U+DFFF and is never a continuation byte.
        if bytes[i] == 0xED && bytes[i + 1] >= 0xA0 {
            bytes[i..i + 3].copy_from_slice("\u{FFFD}".as_bytes());
            count += 1;
        }
    }
    count
}
