//! Persons: names behind titles, names of known parts, and a family name that returns.

use rustc_hash::FxHashMap;

use super::Extent;
use super::actor::{Actor, Basis};
use crate::grammar::Document;
use crate::lexicon::{List, Referent};
use crate::segment::Kind;

/// The most words of a name.
const LONGEST: usize = 5;

/// Adds the persons that stand outside the parties already found.
pub(super) fn add(doc: &Document<'_>, out: &mut Vec<Actor>) {
    let mut taken = vec![false; doc.len()];
    for actor in out.iter() {
        taken[actor.at.tokens.clone()].fill(true);
    }
    let mut found: Vec<Actor> = Vec::new();
    let mut i = 0;
    while i < doc.len() {
        match name_at(doc, &taken, i) {
            Some(end) => {
                taken[i..end].fill(true);
                found.push(person(doc, i..end));
                i = end;
            }
            None => i += 1,
        }
    }
    found.extend(returning(doc, &mut taken, &found));
    out.extend(found);
    out.sort_by_key(|a| a.at.span.start);
}

fn person(doc: &Document<'_>, tokens: std::ops::Range<usize>) -> Actor {
    let span = doc.span_from(tokens.clone(), name_skip(doc, tokens.start));
    Actor {
        at: Extent { tokens, span },
        kind: "person".to_owned(),
        row: None,
        name: None,
        country: None,
        basis: Basis::Person,
        refers_to: None,
        head: None,
    }
}

/// The clitics before a name; a name of known parts is not cut.
fn name_skip(doc: &Document<'_>, i: usize) -> u8 {
    if doc.words[i].as_ref().is_some_and(|a| a.is_name_part && a.readings.is_empty()) {
        return 0;
    }
    doc.skip(i)
}

/// Behind the last word of a person's name that begins here.
fn name_at(doc: &Document<'_>, taken: &[bool], i: usize) -> Option<usize> {
    if !can_name(doc, taken, i) {
        return None;
    }
    let titled = title_before(doc, i);
    let mut end = i + 1;
    while end < doc.len() && end - i < LONGEST && !doc.tokens[end].new_line && can_go_on(doc, taken, end) {
        end += 1;
    }
    let words = end - i;
    let parts = (i..end).filter(|t| is_part(doc, *t)).count();
    let plain = (i..end).filter(|t| is_part(doc, *t) && !is_ordinary(doc, *t)).count();
    match titled {
        Some(_) if words >= 2 && (parts >= 1 || plain_unknown(doc, i)) => Some(end),
        Some(true) if words == 1 && (plain == 1 || plain_unknown(doc, i)) => Some(end),
        _ if words >= 2 && parts == words && plain >= 1 && !is_ordinary(doc, i) => Some(end),
        _ => None,
    }
}

fn is_part(doc: &Document<'_>, i: usize) -> bool {
    doc.words[i].as_ref().is_some_and(|a| a.is_name_part)
}

fn is_ordinary(doc: &Document<'_>, i: usize) -> bool {
    doc.words[i].as_ref().is_some_and(|a| a.is_common_name || !a.readings.is_empty())
}

/// A word that no lexicon knows, without clitics of its own: a foreign name.
fn plain_unknown(doc: &Document<'_>, i: usize) -> bool {
    doc.words[i].as_ref().is_some_and(|a| a.readings.is_empty()) && doc.clitics(i).preposition.is_none()
}

fn can_name(doc: &Document<'_>, taken: &[bool], i: usize) -> bool {
    let clitics = doc.clitics(i);
    doc.is_word(i)
        && !taken[i]
        && !doc.is_function_word(i)
        && (clitics.preposition.is_none() || is_part(doc, i))
        && (is_part(doc, i) || plain_unknown(doc, i) && !clitics.article && clitics.conjunction.is_none())
        && !is_demonym_or_place(doc, i)
}

fn can_go_on(doc: &Document<'_>, taken: &[bool], i: usize) -> bool {
    let clitics = doc.clitics(i);
    doc.is_word(i)
        && !taken[i]
        && !doc.is_function_word(i)
        && clitics.conjunction.is_none_or(|_| is_part(doc, i))
        && clitics.preposition.is_none_or(|_| is_part(doc, i))
        && (is_part(doc, i) && !doc.is_finite(i) || plain_unknown(doc, i) && !looks_finite(doc, i))
        && doc.is_demonym(i).is_none()
}

/// An unknown word with an imperfect's first letter and length is more likely a verb than a name.
fn looks_finite(doc: &Document<'_>, i: usize) -> bool {
    doc.lexicon.looks_finite(doc.str(i))
}

fn is_demonym_or_place(doc: &Document<'_>, i: usize) -> bool {
    doc.is_demonym(i).is_some()
        || doc.names_at(i).iter().any(|m| m.end > i + 1 && m.referents.iter().any(|r| matches!(r, Referent::Place(_))))
}

/// Whether a title or an office stands before the name: `Some(true)` right before it, `Some(false)` with words between.
fn title_before(doc: &Document<'_>, i: usize) -> Option<bool> {
    let sentence = doc.sentence_range(i).start;
    let mut at = i;
    for distance in 0..8 {
        at = doc.previous_word(at).filter(|p| *p >= sentence)?;
        match doc.kind(at)? {
            Kind::Word => {}
            Kind::Comma | Kind::Colon if distance == 0 => continue,
            _ => return None,
        }
        let title =
            doc.reading(at, |r, row| doc.list(r) == List::Title || row.source_kind.is_some() && row.victim.is_some());
        if let Some((_, row)) = title {
            let near = distance == 0;
            return (near || row.kind.as_deref() != Some("title")).then_some(near);
        }
        if doc.is_finite(at) || doc.is_particle(at, "comp") {
            // A verb of speech names its speaker.
            let speaks = doc.reading(at, |r, row| row.cue.is_some() && r.features.category.is_finite()).is_some();
            return (speaks && distance == 0).then_some(false);
        }
    }
    None
}

/// The last word of a full name, alone, later on.
fn returning(doc: &Document<'_>, taken: &mut [bool], found: &[Actor]) -> Vec<Actor> {
    let mut family: FxHashMap<&str, usize> = FxHashMap::default();
    for (n, actor) in found.iter().enumerate() {
        if actor.at.tokens.len() >= 2 {
            family.entry(doc.str(actor.at.tokens.end - 1)).or_insert(n);
        }
    }
    let mut out = Vec::new();
    for (i, taken) in taken.iter_mut().enumerate() {
        if *taken || !doc.is_word(i) {
            continue;
        }
        let word = &doc.str(i)[doc.skip(i) as usize..];
        let Some(n) = family.get(word).or_else(|| family.get(doc.str(i))) else { continue };
        if found[*n].at.tokens.start < i && !doc.readings(i).iter().any(|r| doc.list(r) == List::Word) {
            let whole = family.contains_key(doc.str(i));
            let mut actor = person(doc, i..i + 1);
            actor.at.span = doc.span_from(i..i + 1, if whole { 0 } else { doc.skip(i) });
            *taken = true;
            out.push(actor);
        }
    }
    out
}
