//! Claims of several reports brought together: where they agree, where they differ, and who their sources really are.
//!
//! Each claim becomes an [`item::Item`], with its place, time and parties in a form that compares ([`reader`]). [`join`] groups those that are
//! about one thing. [`fact`] says of each group what every report tells, and whether that goes together. What "about one thing"
//! means stands in `lexicon/agreement.toml`.

pub mod fact;
mod figure;
mod ground;
mod index;
mod item;
mod join;
mod kin;
mod pair;
mod place;
mod reader;
mod rules;
pub mod sheet;
mod time;
mod words;

pub use fact::{Fact, Policy, Value};
pub use rules::Rules;
pub use sheet::Sheet;

use rayon::prelude::*;

use crate::lexicon::Lexicon;

/// The facts of a sheet, in the order in which its reports first tell them.
pub fn agree(sheet: &Sheet<'_>, rules: &Rules, lexicon: &Lexicon, policy: Policy) -> Vec<Fact> {
    let items = reader::items(sheet, rules, lexicon);
    let groups = join::join(&items, rules);
    let writer = fact::Writer::new(sheet, &items, rules, policy);
    let facts = |group: &Vec<u32>| {
        let mut facts = Vec::new();
        writer.facts(group, &mut facts);
        facts
    };
    groups.par_iter().flat_map_iter(facts).collect()
}
