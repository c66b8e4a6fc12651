//! Normalization of Arrow columns, from their buffers to new ones.

use std::ops::Range;

use arrow_array::{Array, GenericStringArray, OffsetSizeTrait};
use arrow_buffer::{Buffer, OffsetBuffer, ScalarBuffer};
use pyo3::exceptions::{PyOverflowError, PyValueError};
use pyo3::prelude::*;
use rayon::prelude::*;
use simdutf8::basic;

use crate::normalize::Normalizer;
use crate::pool;
use crate::py::extract::without_lock;

/// Columns are cut into parts of this size, each for one thread.
const PART_BYTES: usize = 1 << 17;
const PARTS: usize = 16;

/// Normalizes a column batch by batch; each part of a batch is written by one thread.
pub fn normalize<O: OffsetSizeTrait>(
    py: Python<'_>,
    normalizer: &Normalizer,
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
                return Ok(parts.into_iter().try_for_each(|rows| out.fill(normalizer, array, rows))?);
            }
            spare.resize_with(parts.len(), Part::default);
            let filled: Result<(), NotUtf8> = pool::SHARED.run(|| {
                let fill = |(part, rows): (&mut Part, _)| {
                    part.clear();
                    part.fill(normalizer, array, rows)
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
        normalizer: &Normalizer,
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
