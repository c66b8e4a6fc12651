//! The rows of a sheet by document, as claims are read with them.

use rustc_hash::FxHashMap;

use super::rules::Rules;
use super::sheet::{Actor, Attribution, Casualty, Event, Location, Quantity, Sheet, Time};
use crate::lexicon::Lexicon;

/// The rows of one document, in the order of the text.
#[derive(Default)]
pub struct Rows<'s, 'a> {
    pub locations: Vec<&'s Location<'a>>,
    pub actors: Vec<&'s Actor<'a>>,
    pub times: Vec<&'s Time<'a>>,
    pub attributions: Vec<&'s Attribution<'a>>,
    pub events: Vec<&'s Event<'a>>,
    pub casualties: Vec<&'s Casualty<'a>>,
    pub quantities: Vec<&'s Quantity<'a>>,
}

/// What claims are read with; the same for all threads.
pub struct Ground<'s, 'a> {
    pub sheet: &'s Sheet<'a>,
    pub rules: &'s Rules,
    pub lexicon: &'s Lexicon,
    /// One for each document.
    pub rows: Vec<Rows<'s, 'a>>,
    pub attributions: FxHashMap<&'a str, &'s Attribution<'a>>,
    pub places: FxHashMap<&'a str, &'s Location<'a>>,
}

impl<'s, 'a> Ground<'s, 'a> {
    pub fn new(sheet: &'s Sheet<'a>, rules: &'s Rules, lexicon: &'s Lexicon) -> Self {
        let mut sorter = Sorter {
            docs: (0..).zip(&sheet.documents).map(|(n, d)| (d.doc_id, n)).collect(),
            rows: sheet.documents.iter().map(|_| Rows::default()).collect(),
        };
        sorter.sort(&sheet.locations, |l| l.at.doc_id, |rows| &mut rows.locations);
        sorter.sort(&sheet.actors, |a| a.at.doc_id, |rows| &mut rows.actors);
        sorter.sort(&sheet.times, |t| t.at.doc_id, |rows| &mut rows.times);
        sorter.sort(&sheet.attributions, |a| a.doc_id, |rows| &mut rows.attributions);
        sorter.sort(&sheet.events, |e| e.claim.at.doc_id, |rows| &mut rows.events);
        sorter.sort(&sheet.casualties, |c| c.claim.at.doc_id, |rows| &mut rows.casualties);
        sorter.sort(&sheet.quantities, |q| q.at.doc_id, |rows| &mut rows.quantities);
        let mut rows = sorter.rows;
        rows.iter_mut().for_each(|row| row.locations.sort_by_key(|l| l.at.start));
        Ground {
            attributions: sheet.attributions.iter().map(|a| (a.attribution_id, a)).collect(),
            places: sheet.locations.iter().filter_map(|l| Some((l.place_id?, l))).collect(),
            sheet,
            rules,
            lexicon,
            rows,
        }
    }
}

/// Puts each row to its document; one of a document that is not there, nowhere.
struct Sorter<'s, 'a> {
    docs: FxHashMap<&'a str, usize>,
    rows: Vec<Rows<'s, 'a>>,
}

impl<'s, 'a> Sorter<'s, 'a> {
    fn sort<T>(
        &mut self,
        all: &'s [T],
        doc_id: impl Fn(&T) -> &'a str,
        rows: impl for<'r> Fn(&'r mut Rows<'s, 'a>) -> &'r mut Vec<&'s T>,
    ) {
        for one in all {
            if let Some(doc) = self.docs.get(doc_id(one)) {
                rows(&mut self.rows[*doc]).push(one);
            }
        }
    }
}
