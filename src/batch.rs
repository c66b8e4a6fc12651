//! Many reports in parallel, where one that fails takes no other down.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use arrow_array::RecordBatch;
use rayon::prelude::*;

use crate::pipeline::{Extractor, Input};
use crate::pool::{Pool, PoolError};
use crate::table;
use crate::table::rows::{Document, Report};

/// Reports that are read and written down together, whichever comes first: so few that what is made of them is still near the
/// processor when it is written and given back, and so many that the arrays' own room does not count.
const PART_REPORTS: usize = 32;
const PART_BYTES: usize = 1 << 17;
/// The last parts are smaller, so that no thread waits long for another one's last.
const LAST_BYTES: usize = 1 << 13;
const LEFT: usize = 8;

/// The nine tables of the inputs, in the order of [`table::NAMES`], part by part; `look` sees each report, with the number of its
/// input, before it is written down. A part is read, written and given back by one thread. A report that cannot be read stays,
/// with a warning that says what happened.
pub fn tables(
    extractor: &Extractor,
    inputs: &[Input<'_>],
    pool: &Pool,
    look: impl Fn(usize, &mut Report) + Sync,
) -> Result<Vec<Vec<RecordBatch>>, PoolError> {
    let part = |range: Range<usize>| {
        let read = |n: usize| {
            let mut report = read_one(&inputs[n], |i| extractor.extract(i));
            look(n, &mut report);
            report
        };
        let reports: Vec<Report> = range.map(read).collect();
        table::all().map(|t| t.batch(&reports)).collect()
    };
    let parts = parts(inputs);
    // One thread is the caller's own: several that share an extractor do not wait for each other.
    if pool.threads()? == 1 {
        return Ok(parts.into_iter().map(part).collect());
    }
    let mut done: Vec<_> = pool.run(|| {
        // One after the other, whoever is free: threads that begin with halves of the whole meet at large parts.
        parts.into_iter().enumerate().par_bridge().map(|(n, range)| (n, part(range))).collect()
    })?;
    done.sort_unstable_by_key(|(n, _)| *n);
    Ok(done.into_iter().map(|(_, tables)| tables).collect())
}

fn parts(inputs: &[Input<'_>]) -> Vec<Range<usize>> {
    let size = |input: &Input<'_>| input.text.map_or(0, str::len);
    let mut left: usize = inputs.iter().map(size).sum();
    let mut out = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (n, input) in inputs.iter().enumerate() {
        bytes += size(input);
        if n + 1 - start == PART_REPORTS || bytes >= (left / LEFT).clamp(LAST_BYTES, PART_BYTES) {
            out.push(start..n + 1);
            left -= bytes;
            (start, bytes) = (n + 1, 0);
        }
    }
    if start < inputs.len() {
        out.push(start..inputs.len());
    }
    out
}

fn read_one(input: &Input<'_>, extract: impl FnOnce(&Input<'_>) -> Report) -> Report {
    let Some(text) = input.text else {
        return Report { document: bare(input), ..Report::default() };
    };
    let mut report = match guarded(|| extract(input)) {
        Ok(report) => report,
        Err(reason) => {
            let mut document = Document { n_chars: text.chars().count() as i32, ..bare(input) };
            document.warnings.push(format!("extraction failed: {reason}"));
            Report { document, ..Report::default() }
        }
    };
    report.document.warnings.extend(doubts(text).map(str::to_owned));
    report
}

fn bare(input: &Input<'_>) -> Document {
    Document {
        doc_id: input.doc_id.to_owned(),
        outlet: input.outlet.map(str::to_owned),
        published: input.published,
        title: input.title.map(str::to_owned),
        text: input.text.map(str::to_owned),
        ..Document::default()
    }
}

/// What is odd about a text as a whole, for whoever wonders why it yields nothing.
fn doubts(text: &str) -> Option<&'static str> {
    if text.trim().is_empty() {
        Some("empty text")
    } else if !text.chars().any(|c| is_arabic(c) && c.is_alphabetic()) {
        Some("no Arabic letters")
    } else {
        None
    }
}

/// The Arabic blocks, presentation forms included.
fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{870}'..='\u{8FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
}

thread_local! {
    /// Whether a panic on this thread is caught and told in a warning, so that the hook need not print it.
    static CAUGHT: Cell<bool> = const { Cell::new(false) };
    static WHERE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `work`; a panic comes back as its message and the line it came from.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    hook();
    let before = CAUGHT.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    CAUGHT.set(before);
    outcome.map_err(|payload| match WHERE.take() {
        Some(place) => format!("{} ({place})", message(&*payload)),
        None => message(&*payload).to_owned(),
    })
}

fn hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| match CAUGHT.get() {
            true => WHERE.set(info.location().map(|l| format!("{}:{}", l.file(), l.line()))),
            false => previous(info),
        }));
    });
}

fn message(payload: &(dyn Any + Send)) -> &str {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(text: Option<&str>) -> Input<'_> {
        Input { doc_id: "d", text, outlet: Some("o"), ..Input::default() }
    }

    #[test]
    fn a_report_that_panics_stays_with_a_warning() {
        let report = read_one(&input(Some("خبر")), |_| panic!("on purpose"));
        assert_eq!((report.document.doc_id.as_str(), report.document.n_chars), ("d", 3));
        assert_eq!(report.document.outlet.as_deref(), Some("o"));
        let warning = &report.document.warnings[0];
        assert!(warning.starts_with("extraction failed: on purpose (src"), "{warning}");
    }

    #[test]
    fn a_null_report_is_not_read() {
        let report = read_one(&input(None), |_| unreachable!());
        assert!(report.document.text.is_none() && report.document.warnings.is_empty());
    }

    #[test]
    fn a_text_with_nothing_to_read_says_so() {
        let warned = |text| read_one(&input(Some(text)), |_| Report::default()).document.warnings;
        assert_eq!(warned(" \n\u{a0}"), ["empty text"]);
        assert_eq!(warned("Reuters 2017 ٢"), ["no Arabic letters"]);
        assert!(warned("Reuters: خبر").is_empty());
    }
}
