//! A text that is edited here and there, with or without its alignment.

use std::ops::Range;

use crate::text::{Runs, Track};

/// What a pass made of a text; the runs are empty when nobody asked for them.
pub(super) struct Edited {
    pub text: String,
    pub runs: Runs,
}

impl Edited {
    /// This edit and then another one of its result.
    pub fn then(self, next: Edited, original: usize, track: bool) -> Edited {
        if !track {
            return next;
        }
        let runs = self.runs.then(&next.runs, original, self.text.len(), next.text.len());
        Edited { text: next.text, runs }
    }
}

/// Collects the edits of a pass from the front to the back.
pub(super) struct Editor<'a> {
    source: &'a str,
    copied: usize,
    out: String,
    runs: Option<Runs>,
}

impl<'a> Editor<'a> {
    pub fn new(source: &'a str, track: bool) -> Self {
        Editor { source, copied: 0, out: String::new(), runs: track.then(Runs::default) }
    }

    /// Puts `to` in the place of `range`, which lies behind every edit so far.
    pub fn replace(&mut self, range: Range<usize>, to: &str) {
        self.edit(range, to, false);
    }

    pub fn drop(&mut self, range: Range<usize>) {
        self.edit(range, "", false);
    }

    /// Drops what belongs to the letter before it.
    pub fn drop_owned(&mut self, range: Range<usize>) {
        self.edit(range, "", true);
    }

    fn edit(&mut self, range: Range<usize>, to: &str, owned: bool) {
        if range.is_empty() || self.source[range.clone()] == *to {
            return;
        }
        if self.out.capacity() == 0 {
            self.out.reserve(self.source.len());
        }
        self.out.push_str(&self.source[self.copied..range.start]);
        if let Some(runs) = self.runs.as_mut().filter(|_| !parallel(&self.source[range.clone()], to)) {
            if to.is_empty() {
                runs.gap(self.out.len(), range.start, range.len(), owned);
            } else if to.len() < range.len() && to.chars().nth(1).is_none() {
                runs.shorten(self.out.len(), range.start, to.len(), range.len());
            } else {
                runs.block(self.out.len(), range.start, to.len(), range.len());
            }
        }
        self.out.push_str(to);
        self.copied = range.end;
    }

    /// `None` when there was no edit.
    pub fn finish(mut self) -> Option<Edited> {
        if self.copied == 0 {
            return None;
        }
        self.out.push_str(&self.source[self.copied..]);
        Some(Edited { text: self.out, runs: self.runs.unwrap_or_default() })
    }
}

/// Whether both have the same boundaries, so that a part of one is the same part of the other.
pub(super) fn parallel(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.chars().map(char::len_utf8).eq(b.chars().map(char::len_utf8))
}
