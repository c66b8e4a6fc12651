//! Who a short form, a bare head or a description stands for, and short names learnt from brackets.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::{SmallVec, smallvec};

use super::Extent;
use super::actor::{Actor, Basis, houses};
use super::stance::is_locator;
use crate::grammar::Document;
use crate::lexicon::{Facts, List, PlaceRow, Referent};
use crate::segment::Kind;

/// The people of a city that says which country a report is about.
const WELL_KNOWN: i64 = 50_000;

/// Short forms and bare heads stand for the last earlier party that could bear them.
pub(super) fn resolve(doc: &Document<'_>, out: &mut Vec<Actor>, housed: &[Range<usize>]) {
    let countries = countries_of(doc);
    let short = short_forms(doc, out, housed, &countries);
    out.extend(short);
    out.sort_by_key(|a| a.at.span.start);
    let mut last = Last::default();
    for i in 0..out.len() {
        if let Some(j) = last.antecedent(doc, &out[i]) {
            let (before, rest) = out.split_at_mut(i);
            let (earlier, this) = (&before[j], &mut rest[0]);
            this.refers_to = Some(j);
            this.basis = Basis::Anaphor;
            this.row = earlier.row;
            this.name = earlier.name.clone().or(this.name.take());
            this.country = earlier.country.clone();
            // "the militias" are those named before.
            let group = |h: u32| {
                let row = doc.lexicon.row(h);
                row.sort.as_deref() == Some("group")
                    && doc
                        .reading(this.at.tokens.start, |r, other| {
                            doc.list(r) == List::Head && other.folded == row.folded
                        })
                        .is_some()
            };
            if this.kind != "collective" || earlier.kind == "armed_group" && this.head.is_some_and(group) {
                this.kind = earlier.kind.clone();
            }
        }
        if out[i].kind == "collective" && out[i].row.is_none() {
            of_this_war(doc, &mut out[i], &countries);
        }
        last.enter(doc, i, &out[i]);
    }
    drop_bare(doc, out);
    for actor in out.iter_mut().filter(|a| a.basis == Basis::Lexicon) {
        settle(doc, actor, &countries);
    }
}

/// "the militias", "the resistance" of a report about the one country where a party is so called for short.
fn of_this_war(doc: &Document<'_>, actor: &mut Actor, countries: &FxHashMap<&str, usize>) {
    let tokens = actor.at.tokens.clone();
    let group = actor.head.is_some_and(|h| doc.lexicon.row(h).sort.as_deref() == Some("group"));
    let many = doc.reading(tokens.start, |r, _| r.features.is_plural() || doc.list(r) == List::Collective).is_some();
    if !group || !many || !doc.is_definite(tokens.start) || tokens.clone().any(|t| doc.is_demonym(t).is_some()) {
        return;
    }
    let short = |r: &Referent| if let Referent::ShortActor(a) = r { Some(*a) } else { None };
    let found = doc.names_at(tokens.start).iter().find(|m| m.end == tokens.start + 1);
    let rows: Vec<u32> = found.map_or(&[][..], |m| m.referents).iter().filter_map(short).collect();
    let rows = all_at_home(doc, &rows, countries);
    let Some(known) = rows.first().map(|row| &doc.lexicon.actors[*row as usize]) else { return };
    let armed = rows.iter().all(|row| doc.lexicon.actors[*row as usize].kind == "armed_group");
    let here = known.country.as_deref().and_then(|c| countries.get(c)).copied().unwrap_or(0);
    let most = countries.values().copied().max().unwrap_or(0);
    if armed && 2 * here >= most {
        (actor.kind, actor.country) = (known.kind.clone(), known.country.clone());
        if let [row] = rows[..] {
            (actor.row, actor.name, actor.basis) = (Some(row), Some(known.name.clone()), Basis::Anaphor);
        }
    }
}

/// Takes back who a common name means where the report is about other countries than the party's, and finds out who
/// a short form of several words means.
fn settle(doc: &Document<'_>, actor: &mut Actor, countries: &FxHashMap<&str, usize>) {
    let tokens = actor.at.tokens.clone();
    if tokens.len() < 2 {
        return;
    }
    match actor.row {
        Some(row) => {
            let row = &doc.lexicon.actors[row as usize];
            let head = |r: &crate::lexicon::Reading, row: &crate::lexicon::Row| {
                doc.list(r) == List::Head && row.makes.as_deref().is_some_and(|m| !matches!(m, "place" | "locator"))
            };
            let phrase = |m: &crate::grammar::NameMatch<'_>| {
                m.referents.iter().any(|r| matches!(r, Referent::Phrase(id) if doc.lexicon.list(*id) == List::Head))
            };
            let generic = matches!(row.kind.as_str(), "state" | "military" | "organization")
                && (doc.reading(tokens.start, head).is_some() || doc.names_at(tokens.start).iter().any(phrase))
                && tokens.clone().all(|t| !doc.readings(t).is_empty());
            let home = row.country.as_deref().map_or(1, |c| countries.get(c).copied().unwrap_or(0));
            if generic && home == 0 && !countries.is_empty() {
                (actor.row, actor.name, actor.country) = (None, None, None);
            }
        }
        None => {
            let short = |r: &Referent| if let Referent::ShortActor(a) = r { Some(*a) } else { None };
            let found = doc.names_at(tokens.start).iter().find(|m| m.end == tokens.end);
            let rows: Vec<u32> = found.map_or(&[][..], |m| m.referents).iter().filter_map(short).collect();
            if let Some(row) = at_home(doc, &rows, countries) {
                let known = &doc.lexicon.actors[row as usize];
                (actor.row, actor.name, actor.country) = (Some(row), Some(known.name.clone()), known.country.clone());
                actor.kind = known.kind.clone();
            }
        }
    }
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
    // A single foreign word in quotation marks right behind a body's name is another name of it.
    let quoted = doc.quotations.iter().filter(|q| q.closed && q.close == q.open + 2);
    let brackets = doc.brackets.iter().map(|b| (b.open, b.close)).chain(quoted.map(|q| (q.open, q.close)));
    for (open, close) in brackets {
        let inside = open + 1..close;
        if inside.len() > 7 {
            continue;
        }
        let dotted = inside.clone().any(|t| doc.kind(t) == Some(Kind::End));
        let fits = inside.clone().any(|t| doc.is_word(t))
            && !taken[inside.clone()].iter().any(|t| *t)
            && inside.clone().all(|t| {
                doc.is_word(t) && (dotted || doc.readings(t).is_empty()) && !doc.is_definite(t)
                    || doc.kind(t) == Some(Kind::End)
            })
            && (inside.len() == 1
                || inside.clone().filter(|t| doc.is_word(*t)).all(|t| doc.str(t).chars().count() <= 4));
        let Some(owner) = owners.get(&open).filter(|_| fits).map(|n| &out[*n]) else { continue };
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
fn short_forms(
    doc: &Document<'_>,
    out: &[Actor],
    housed: &[Range<usize>],
    countries: &FxHashMap<&str, usize>,
) -> Vec<Actor> {
    let mut taken = vec![false; doc.len()];
    for tokens in out.iter().map(|a| &a.at.tokens).chain(housed) {
        taken[tokens.clone()].fill(true);
    }
    // Where each party is named: its starts in the text and its numbers.
    let mut named: FxHashMap<u32, Vec<(u32, usize)>> = FxHashMap::default();
    for (n, actor) in out.iter().enumerate() {
        if let Some(row) = actor.row {
            named.entry(row).or_default().push((actor.at.span.start, n));
        }
    }
    let last_before = |row: &u32, start: u32| {
        let all = named.get(row)?;
        all[..all.partition_point(|(s, _)| *s < start)].last().map(|(_, n)| *n)
    };
    let mut found = Vec::new();
    for i in 0..doc.len() {
        let short = |r: &Referent| matches!(r, Referent::ShortActor(_));
        if taken[i]
            || !doc.is_word(i)
            || !doc.names_at(i).iter().any(|m| m.referents.iter().any(short))
            || houses(doc, i, true)
            || doc.clitics(i).preposition.is_none()
                && doc
                    .previous_word(i)
                    .is_some_and(|p| houses(doc, p, false) || is_locator(doc, p) && !doc.is_definite(p))
            || doc.is_function_word(i)
            || describes_name(doc, i)
            || is_ordinary_behind(doc, i)
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
            let earlier = rows.iter().filter_map(|row| last_before(row, m.span.start)).max();
            // "the site" is no paper's of the country.
            // "the group" is that of the report, whichever the country has.
            let many = || doc.reading(i, |r, _| r.features.is_plural()).is_some();
            let generic = || doc.reading(i, |r, row| doc.list(r) == List::Head && row.alone == Some(false)).is_some();
            let home = || {
                at_home(doc, &rows, countries).filter(|row| match doc.lexicon.actors[*row as usize].kind.as_str() {
                    "media" => false,
                    "armed_group" => many() || !generic(),
                    _ => true,
                })
            };
            // "the aggression" is what happened, unless a party is called so before.
            let deed = || doc.reading(i, |r, row| doc.list(r) == List::Noun && row.frame.is_some()).is_some();
            let earlier = earlier.and_then(|n| out[n].row).or_else(|| home().filter(|_| !deed()));
            let row = earlier.unwrap_or(*first);
            let actor = &doc.lexicon.actors[row as usize];
            // "in the kingdom": the country is a place there.
            let placed = doc.clitics(i).preposition.is_some_and(|p| doc.lexicon.is_place_clitic(p))
                || doc.governed_by(i).is_some_and(|row| row.relation.is_some() || row.has_role("place"));
            if actor.place_alias && placed {
                continue;
            }
            let ordinary = doc.readings(i).iter().any(|r| r.clitics.article);
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
            // "the cultural centre" is another one.
            let next = m.end;
            let other = earlier.is_none()
                && doc.is_word(next)
                && !doc.tokens[next].new_line
                && doc.is_definite(next)
                && doc.continues_phrase(next)
                && doc.is_demonym(next).is_none()
                && !doc.are_people(next)
                && doc.reading(next, |r, _| doc.list(r) == List::Adjective).is_some();
            if other {
                continue;
            }
            let sure = earlier.is_some() || rows.len() == 1 && !ordinary && actor.country.is_none();
            let one_kind =
                rows.iter().all(|r| doc.lexicon.actors[*r as usize].kind == actor.kind) && actor.kind != "media";
            // "the forces" of nobody named before are a state's, whoever else is called so.
            let party = |m: &str| !matches!(m, "place" | "locator" | "party");
            let head = || {
                doc.reading(i, |r, row| {
                    doc.list(r) == List::Head && row.alone != Some(false) && row.makes.as_deref().is_some_and(party)
                })
            };
            let kind = match (sure || one_kind && rows.len() > 1, head()) {
                (true, _) => actor.kind.clone(),
                (false, Some((_, row))) if m.end == i + 1 && rows.len() > 1 => row.makes.clone().unwrap_or_default(),
                _ => continue,
            };
            found.push(Actor {
                at: Extent { tokens: m.start..m.end, span: m.span },
                kind,
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

/// Right behind the name that it belongs to: a definite noun or another name of the same noun phrase.
fn describes_name(doc: &Document<'_>, i: usize) -> bool {
    let clitics = doc.clitics(i);
    let adjective = doc.reading(i, |r, _| matches!(doc.list(r), List::Adjective | List::Demonym)).is_some()
        || doc.lexicon.looks_related(doc.str(i));
    let own = clitics.conjunction.is_none() && clitics.preposition.is_none() && !doc.tokens[i].new_line;
    let Some(p) = i.checked_sub(1).filter(|p| own && doc.is_word(*p)) else { return false };
    adjective && !doc.is_finite(p) && (doc.is_definite(p) || !doc.names_at(p).is_empty() && doc.is_nominal(p))
        || doc.may_be(p, Facts::NAME_PART) && doc.may_be(i, Facts::JOINT_BACK)
}

/// A word before it makes an ordinary noun of it: a ban on flying.
fn is_ordinary_behind(doc: &Document<'_>, i: usize) -> bool {
    let Some(p) = doc.previous_word(i) else { return false };
    let next = i + 1;
    let follows = doc.is_word(next) && !doc.tokens[next].new_line && doc.is_definite(next);
    let excluded = |row: &crate::lexicon::Row| {
        row.not_after.iter().any(|w| doc.is_lemma(p, w))
            || follows && row.not_before.iter().any(|w| doc.is_lemma(next, w))
    };
    doc.reading(i, |r, row| doc.list(r) == List::Head && excluded(row)).is_some()
}

/// How often the report names each country: its people, its towns or itself.
pub(super) fn countries_of<'l>(doc: &Document<'l>) -> FxHashMap<&'l str, usize> {
    let lexicon = doc.lexicon;
    let mut countries: FxHashMap<&str, usize> = FxHashMap::default();
    let mut count = |country: Option<&'l String>| {
        if let Some(country) = country {
            *countries.entry(country.as_str()).or_default() += 1;
        }
    };
    for i in 0..doc.len() {
        if !doc.may_be(i, Facts::list(List::Demonym) | Facts::NAME_HERE) {
            continue;
        }
        if let Some(demonym) = doc.is_demonym(i) {
            count(demonym.country.as_ref());
        } else if let Some(m) = doc.names_at(i).first() {
            let place = |r: &Referent| match r {
                Referent::Place(p) => Some(&lexicon.places[*p as usize])
                    .filter(|row| !row.common && (row.kind == "country" || row.population >= WELL_KNOWN)),
                _ => None,
            };
            let party = |r: &Referent| match r {
                Referent::Actor(a) => Some(&lexicon.actors[*a as usize])
                    .filter(|row| matches!(row.kind.as_str(), "armed_group" | "person" | "state")),
                _ => None,
            };
            let known = m.referents.iter().filter_map(place).max_by_key(|row| row.population);
            // Tripoli says nothing of whether a report is about Lebanon or Libya.
            let elsewhere = |row: &PlaceRow| {
                let other = |r: &PlaceRow| r.country != row.country;
                row.kind != "country" && m.referents.iter().filter_map(place).any(other)
            };
            if known.is_some_and(elsewhere) {
                continue;
            }
            let known = known.map(|row| row.country.as_ref());
            count(known.or_else(|| m.referents.iter().find_map(party).map(|row| row.country.as_ref())).flatten());
        }
    }
    countries
}

/// Of those that a short form may mean, the only one of the country that the report is about.
fn at_home(doc: &Document<'_>, rows: &[u32], countries: &FxHashMap<&str, usize>) -> Option<u32> {
    let home = all_at_home(doc, rows, countries);
    if let [only] = home[..] { Some(only) } else { None }
}

/// All parties of the country that the report is mostly about, if one of those that share a short form is at home there.
fn all_at_home(doc: &Document<'_>, rows: &[u32], countries: &FxHashMap<&str, usize>) -> SmallVec<[u32; 2]> {
    let country = |r: u32| doc.lexicon.actors[r as usize].country.as_deref();
    let weight = |r: u32| country(r).and_then(|c| countries.get(c)).copied().unwrap_or(0);
    if let [only] = rows {
        return if weight(*only) > 0 { smallvec![*only] } else { SmallVec::new() };
    }
    let Some(best) = rows.iter().copied().max_by_key(|r| weight(*r)).filter(|r| weight(*r) > 1) else {
        return SmallVec::new();
    };
    let rival = countries.iter().filter(|(c, _)| Some(**c) != country(best)).map(|(_, n)| *n).max().unwrap_or(0);
    let home = weight(best) >= 2 * rival;
    rows.iter().copied().filter(|r| home && country(*r) == country(best)).collect()
}

/// The last mentions so far of each party, and of those with each head word in the singular or the plural.
#[derive(Default)]
struct Last {
    by_row: FxHashMap<u32, usize>,
    by_head: FxHashMap<(u32, bool), usize>,
}

impl Last {
    /// The earlier mention that a bare definite head, a short form or a description takes up.
    fn antecedent(&self, doc: &Document<'_>, this: &Actor) -> Option<usize> {
        let at = this.at.tokens.start;
        match (this.basis, this.head) {
            (Basis::Anaphor, _) => self.by_row.get(&this.row?).copied(),
            (Basis::Pattern, Some(head)) if this.at.tokens.len() == 1 && doc.is_definite(at) => {
                let many = doc.reading(at, |r, _| r.row == head && r.features.is_plural()).is_some();
                let two = doc.reading(at, |r, _| r.row == head && r.features.is_dual()).is_some();
                self.by_head.get(&(head, many)).copied().filter(|_| !two)
            }
            _ => None,
        }
    }

    fn enter(&mut self, doc: &Document<'_>, n: usize, actor: &Actor) {
        if let Some(row) = actor.row {
            self.by_row.insert(row, n);
        }
        if actor.at.tokens.len() > 1 && actor.kind != "collective" {
            let readings = doc.readings(actor.at.tokens.start);
            for reading in readings {
                let many = readings.iter().any(|r| r.row == reading.row && r.features.is_plural());
                self.by_head.insert((reading.row, many), n);
            }
        }
    }
}
