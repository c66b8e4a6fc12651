//! Persons met again: a family name that returns, a nickname behind the name.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::actor::Actor;
use super::person::Finder;
use super::person_cue::Cue;
use crate::lexicon::{Beginnings, Joint, List};
use crate::segment::Gender;

/// The letters by which a name that returns is looked for before it is compared.
const BEGINNING: usize = 5;
/// The most words of a nickname.
const NICKNAME: usize = 3;

impl Finder<'_, '_> {
    /// A full name, or the last part of one alone, later on.
    pub(super) fn returning(&mut self, found: &[Actor]) -> Vec<Actor> {
        let doc = self.doc;
        let mut family: FxHashMap<String, usize> = FxHashMap::default();
        for (n, actor) in found.iter().enumerate() {
            let tokens = actor.at.tokens.clone();
            if tokens.len() < 2 && (self.is_ordinary(tokens.start) || self.is_place(tokens.start)) {
                continue;
            }
            let surname =
                |t: usize| doc.clitics(t).article && self.joint(t) != Joint::Back && self.joint(t - 1) != Joint::Front;
            let tribe = Some(tokens.end - 1).filter(|t| tokens.len() > 2 && (self.is_tribe(*t) || surname(*t)));
            let joint = (tokens.start..tokens.end)
                .rev()
                .skip(1)
                .take(2)
                .find(|t| self.joint(*t) == Joint::Front || self.joint(t + 1) == Joint::Back)
                .filter(|t| *t > tokens.start);
            let last = tribe.or(joint).unwrap_or(tokens.end - 1);
            if self.joint(last) == Joint::Back {
                continue;
            }
            let skip = if last == tokens.start { self.skip(last) } else { 0 };
            family.entry(self.joined(last..tokens.end, skip)).or_insert(n);
            // The whole name, where nothing introduces it again.
            if last > tokens.start {
                family.entry(self.joined(tokens.clone(), self.skip(tokens.start))).or_insert(n);
            }
        }
        let mut out = Vec::new();
        if family.is_empty() {
            return out;
        }
        let first =
            Beginnings::of(family.keys().flat_map(|name| (1..=BEGINNING).map(|letters| beginning(name, letters))));
        let begun: FxHashSet<&str> = family.keys().map(|name| beginning(name, BEGINNING)).collect();
        let mut names: Vec<&str> = family.keys().map(String::as_str).collect();
        names.sort_unstable();
        let leads = |start: &str| {
            let near = names.get(names.partition_point(|name| *name < start));
            near.is_some_and(|name| name.starts_with(start))
        };
        for i in 0..doc.len() {
            if self.taken[i] || !doc.is_word(i) {
                continue;
            }
            let word = doc.str(i);
            let begins = |skip: u8| {
                let start = beginning(&word[skip as usize..], BEGINNING);
                // A shorter word may be the front of a name.
                begun.contains(start) || start.len() < 2 * BEGINNING && leads(start)
            };
            let Some(analysis) = doc.analysis(i) else { continue };
            let fronts = || analysis.fronts.iter().map(|f| f.name);
            let near = analysis.begun.iter().zip(fronts()).filter(|(begun, _)| first.may_begin(**begun));
            if !near.map(|(_, skip)| skip).any(begins) || self.is_of_other(i) {
                continue;
            }
            let mut name = String::new();
            let hit = (1..=3usize).rev().find_map(|words| {
                let end = i + words;
                if end > doc.len() || (i..end).any(|t| !doc.is_word(t) || self.taken[t]) {
                    return None;
                }
                [0, doc.skip(i)].into_iter().chain(fronts()).find_map(|skip| {
                    name.clear();
                    self.join(i..end, skip, &mut name);
                    family.get(&name).map(|n| (*n, end, skip))
                })
            });
            let Some((n, end, skip)) = hit else { continue };
            let introduced = || matches!(self.cue(i), Cue::Titled | Cue::Speaks);
            let word = end == i + 1
                && (doc.readings(i).iter().any(|r| doc.list(r) == List::Word)
                    || doc.is_demonym(i).is_some() && !introduced() && !self.is_one_man(i));
            if found[n].at.tokens.start < i && !word {
                let mut actor = Actor { row: found[n].row, name: found[n].name.clone(), ..self.person(i..end) };
                actor.at.span = doc.span_from(i..end, skip);
                self.taken[i..end].fill(true);
                out.push(actor);
            }
        }
        out
    }

    /// "that the Sudanese": one of a people as the subject behind a conjunction, and no adjective.
    fn is_one_man(&self, i: usize) -> bool {
        let doc = self.doc;
        let one = |r: &crate::lexicon::Reading, _: &crate::lexicon::Row| {
            doc.list(r) == List::Demonym
                && r.clitics.article
                && !r.features.is_plural()
                && r.features.agreement.gender != Some(Gender::Feminine)
        };
        doc.clitics(i).count() == 1
            && doc.reading(i, one).is_some()
            && doc.previous_word(i).is_some_and(|p| doc.is_particle(p, "comp"))
    }

    /// A name in quotation marks or brackets right behind a person's: what the person is called.
    pub(super) fn nicknames(&mut self, known: &[Actor]) -> Vec<Actor> {
        let doc = self.doc;
        let quoted = doc.quotations.iter().filter(|q| q.closed).map(|q| (q.open, q.close, false));
        let bracketed = doc.brackets.iter().map(|b| (b.open, b.close, true));
        let behind: FxHashMap<usize, usize> = known.iter().enumerate().map(|(n, a)| (a.at.tokens.end, n)).collect();
        let mut out = Vec::new();
        for (open, close, bracket) in quoted.chain(bracketed) {
            let inside = open + 1..close;
            let Some(n) = behind.get(&open).filter(|_| !inside.is_empty() && inside.len() <= NICKNAME) else {
                continue;
            };
            let plain = |t: usize| doc.is_word(t) && !self.taken[t] && !doc.is_function_word(t);
            let father = self.joint(open + 1) == Joint::Front && inside.len() > 1;
            let new = inside.len() == 1 && !bracket && doc.readings(open + 1).is_empty() && doc.skip(open + 1) == 0;
            if inside.clone().all(plain) && (father || new) {
                let actor = Actor { row: known[*n].row, name: known[*n].name.clone(), ..self.person(inside.clone()) };
                self.taken[inside].fill(true);
                out.push(actor);
            }
        }
        out
    }

    /// The words written as one, so that a compound is the same joined or apart.
    fn joined(&self, tokens: Range<usize>, skip: u8) -> String {
        let mut out = String::new();
        self.join(tokens, skip, &mut out);
        out
    }

    fn join(&self, tokens: Range<usize>, skip: u8, out: &mut String) {
        for (n, t) in tokens.enumerate() {
            let word = self.doc.str(t);
            out.push_str(if n == 0 { word.get(skip as usize..).unwrap_or(word) } else { word });
        }
    }
}

/// The first letters of a word, or all if there are fewer.
fn beginning(word: &str, letters: usize) -> &str {
    // Nearly all letters take two bytes.
    match word.as_bytes().get(..2 * letters) {
        Some(plain) if plain.iter().step_by(2).all(|first| matches!(first, 0xC0..=0xDF)) => &word[..2 * letters],
        _ => word.char_indices().nth(letters).map_or(word, |(end, _)| &word[..end]),
    }
}
