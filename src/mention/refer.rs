//! Who a short form, a bare head or a description stands for, and short names learnt from brackets.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Extent;
use super::actor::{Actor, Basis, houses};
use super::stance::is_locator;
use crate::grammar::Document;
use crate::lexicon::{List, Referent};
use crate::segment::Kind;

/// Short forms and bare heads stand for the last earlier party that could bear them.
pub(super) fn resolve(doc: &Document<'_>, out: &mut Vec<Actor>) {
    let short = short_forms(doc, out);
    out.extend(short);
    out.sort_by_key(|a| a.at.span.start);
    for i in 0..out.len() {
        let antecedent = antecedent(doc, &out[..i], &out[i]);
        if let Some(j) = antecedent {
            let (before, rest) = out.split_at_mut(i);
            let (earlier, this) = (&before[j], &mut rest[0]);
            this.refers_to = Some(j);
            this.basis = Basis::Anaphor;
            this.row = earlier.row;
            this.name = earlier.name.clone().or(this.name.take());
            this.country = earlier.country.clone();
            if this.kind != "collective" {
                this.kind = earlier.kind.clone();
            }
        }
    }
    drop_bare(doc, out);
}

/// Takes back bare heads that name nobody alone and stand for nobody named before.
fn drop_bare(doc: &Document<'_>, out: &mut Vec<Actor>) {
    let mut moved = Vec::with_capacity(out.len());
    let mut kept = 0;
    for actor in out.iter() {
        let bare = actor.basis == Basis::Pattern
            && actor.at.tokens.len() == 1
            && actor.refers_to.is_none()
            && actor.head.is_some_and(|h| doc.lexicon.row(h).alone == Some(false));
        moved.push((!bare).then_some(kept));
        kept += usize::from(!bare);
    }
    let mut n = 0;
    out.retain(|_| {
        n += 1;
        moved[n - 1].is_some()
    });
    for actor in out {
        actor.refers_to = actor.refers_to.and_then(|j| moved[j]);
    }
}

/// Short names in brackets right behind a party: a mention each, and each later one of the same letters.
pub(super) fn acronyms(doc: &Document<'_>, out: &mut Vec<Actor>) {
    let mut taken = vec![false; doc.len()];
    out.iter().for_each(|a| taken[a.at.tokens.clone()].fill(true));
    let mut more: Vec<Actor> = Vec::new();
    let mut known: Vec<(Vec<&str>, Actor)> = Vec::new();
    let mut learnt: FxHashSet<Vec<&str>> = FxHashSet::default();
    let named = out.iter().enumerate().filter(|(_, a)| a.kind != "person");
    let owners: FxHashMap<usize, usize> = named.map(|(n, a)| (a.at.tokens.end, n)).collect();
    for bracket in &doc.brackets {
        let inside = bracket.open + 1..bracket.close;
        let fits = !inside.is_empty()
            && inside.len() <= 7
            && !taken[inside.clone()].iter().any(|t| *t)
            && inside.clone().all(|t| {
                doc.is_word(t) && doc.readings(t).is_empty() && !doc.is_definite(t) || doc.kind(t) == Some(Kind::End)
            })
            && (inside.len() == 1
                || inside.clone().filter(|t| doc.is_word(*t)).all(|t| doc.str(t).chars().count() <= 4));
        let Some(owner) = owners.get(&bracket.open).filter(|_| fits).map(|n| &out[*n]) else { continue };
        let letters: Vec<&str> = inside.clone().map(|t| doc.str(t)).collect();
        if !learnt.insert(letters.clone()) {
            continue;
        }
        let actor = |tokens: std::ops::Range<usize>| Actor {
            at: Extent { span: doc.span(tokens.clone()), tokens },
            refers_to: None,
            basis: Basis::Pattern,
            head: None,
            ..owner.clone()
        };
        known.push((letters, actor(inside)));
    }
    let first: FxHashSet<&str> = known.iter().map(|(letters, _)| letters[0]).collect();
    let mut places: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    if !first.is_empty() {
        (0..doc.len())
            .filter(|t| first.contains(doc.str(*t)))
            .for_each(|t| places.entry(doc.str(t)).or_default().push(t));
    }
    for (letters, actor) in &known {
        for i in places[letters[0]].iter().copied().skip_while(|i| *i < actor.at.tokens.start) {
            let range = i..i + letters.len();
            if range.end <= doc.len()
                && range.clone().all(|t| !taken[t])
                && letters.iter().zip(range.clone()).all(|(l, t)| doc.str(t) == *l)
            {
                taken[range.clone()].fill(true);
                more.push(Actor { at: Extent { span: doc.span(range.clone()), tokens: range }, ..actor.clone() });
            }
        }
    }
    out.extend(more);
    out.sort_by_key(|a| a.at.span.start);
}

/// Definite short forms in the text, each with the rows that it may mean.
fn short_forms(doc: &Document<'_>, out: &[Actor]) -> Vec<Actor> {
    let mut taken = vec![false; doc.len()];
    for actor in out {
        taken[actor.at.tokens.clone()].fill(true);
    }
    let mut found = Vec::new();
    for i in 0..doc.len() {
        let short = |r: &Referent| matches!(r, Referent::ShortActor(_));
        if taken[i]
            || !doc.is_word(i)
            || !doc.names_at(i).iter().any(|m| m.referents.iter().any(short))
            || houses(doc, i, true)
            || doc.previous_word(i).is_some_and(|p| houses(doc, p, false) || is_locator(doc, p) && !doc.is_definite(p))
        {
            continue;
        }
        for m in doc.names_at(i) {
            let rows: Vec<u32> = m
                .referents
                .iter()
                .filter_map(|r| if let Referent::ShortActor(a) = r { Some(*a) } else { None })
                .collect();
            let Some(first) = rows.first() else { continue };
            let earlier =
                out.iter().rev().find(|a| a.at.span.start < m.span.start && a.row.is_some_and(|r| rows.contains(&r)));
            let row = earlier.and_then(|a| a.row).unwrap_or(*first);
            let actor = &doc.lexicon.actors[row as usize];
            // "the minister of defence": the office, and no party of its own.
            let office = m.end == m.start + 1
                && doc.reading(i, |r, _| doc.list(r) == List::Head).is_none()
                && matches!(actor.kind.as_str(), "state" | "military")
                && doc
                    .previous_word(i)
                    .is_some_and(|p| doc.reading(p, |r, _| doc.list(r) == List::Title && !r.clitics.article).is_some());
            if office {
                continue;
            }
            let sure = earlier.is_some() || rows.len() == 1;
            let one_kind = rows.iter().all(|r| doc.lexicon.actors[*r as usize].kind == actor.kind);
            if !sure && !one_kind {
                continue;
            }
            found.push(Actor {
                at: Extent { tokens: m.start..m.end, span: m.span },
                kind: actor.kind.clone(),
                row: sure.then_some(row),
                name: sure.then(|| actor.name.clone()),
                country: if sure { actor.country.clone() } else { None },
                basis: Basis::Anaphor,
                refers_to: None,
                head: None,
            });
            taken[m.start..m.end].fill(true);
            break;
        }
    }
    found
}

/// The earlier mention that a bare definite head, a short form or a description takes up.
fn antecedent(doc: &Document<'_>, earlier: &[Actor], this: &Actor) -> Option<usize> {
    let single = this.at.tokens.len() == 1;
    match (this.basis, this.head) {
        (Basis::Anaphor, _) => earlier.iter().rposition(|a| a.row.is_some() && a.row == this.row),
        (Basis::Pattern, Some(head)) if single && doc.is_definite(this.at.tokens.start) => {
            let same_head = |a: &Actor| {
                a.at.tokens.len() > 1
                    && doc.readings(a.at.tokens.start).iter().any(|r| r.row == head)
                    && a.kind != "collective"
            };
            earlier.iter().rposition(same_head)
        }
        _ => None,
    }
}
