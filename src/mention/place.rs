//! Named places: by gazetteer, and by a head word before a name that no list holds.

use rustc_hash::FxHashMap;

use super::{Actor, Extent};
use crate::grammar::{Document, NameMatch};
use crate::lexicon::{List, PlaceRow, Referent, Row};
use crate::segment::Kind;

#[derive(Debug, Clone)]
pub struct Place {
    pub at: Extent,
    /// The number of the gazetteer row.
    pub row: Option<u32>,
    pub kind: String,
    /// `near`, `outskirts`, … from the word before it.
    pub relation: Option<String>,
    pub basis: &'static str,
    /// How many places of that name are left.
    pub candidates: usize,
    /// The token of the head word, in the mention or just before it.
    pub head: Option<usize>,
}

/// Every named place outside the names of parties.
pub fn places(doc: &Document<'_>, taken: &[Actor]) -> Vec<Place> {
    let mut inside = vec![false; doc.len()];
    for actor in taken {
        inside[actor.at.tokens.clone()].fill(true);
    }
    let finder = Finder { doc, inside };
    let mut out: Vec<Place> = Vec::new();
    let mut i = 0;
    while i < doc.len() {
        match finder.at(i) {
            Some(place) => {
                i = place.at.tokens.end;
                out.push(place);
            }
            None => i += 1,
        }
    }
    finder.confirm(&mut out);
    resolve(doc, &mut out);
    out
}

struct Finder<'d, 'a> {
    doc: &'d Document<'a>,
    inside: Vec<bool>,
}

impl Finder<'_, '_> {
    fn at(&self, i: usize) -> Option<Place> {
        if self.inside[i] || !matches!(self.doc.tokens[i].kind, Kind::Word) {
            return None;
        }
        let named = self.gazetteer(i);
        let headed = self.headed(i);
        match (named, headed) {
            (Some(n), Some(h)) if n.at.tokens.end >= h.at.tokens.end && n.at.tokens.start <= h.at.tokens.start => {
                Some(n)
            }
            (_, Some(h)) => Some(h),
            (n, None) => n,
        }
    }

    fn head(&self, i: usize) -> Option<&Row> {
        let doc = self.doc;
        doc.reading(i, |r, row| doc.list(r) == List::Head && row.makes.as_deref() == Some("place")).map(|(_, row)| row)
    }

    fn place_match(&self, i: usize) -> Option<&NameMatch<'_>> {
        self.doc.names_at(i).iter().find(|m| {
            m.referents.iter().any(|r| matches!(r, Referent::Place(_)))
                && !self.inside[m.start..m.end].iter().any(|x| *x)
        })
    }

    /// A name of the gazetteer; ordinary words and persons' names need a cue.
    fn gazetteer(&self, i: usize) -> Option<Place> {
        let found = self.place_match(i)?;
        let rows: Vec<u32> = places_of(found.referents);
        let lexicon = self.doc.lexicon;
        let common = rows.iter().all(|r| lexicon.places[*r as usize].common);
        let single = found.end == found.start + 1;
        if (common || single && self.looks_like_word(i)) && !self.has_cue(i) {
            return None;
        }
        let row = rows[0];
        Some(Place {
            at: Extent { tokens: found.start..found.end, span: found.span },
            row: Some(row),
            kind: lexicon.places[row as usize].kind.clone(),
            relation: self.relation(i),
            basis: "lexicon",
            candidates: rows.len(),
            head: None,
        })
    }

    /// The token reads as an ordinary word of the lexicon with no more clitics than the name.
    fn looks_like_word(&self, i: usize) -> bool {
        self.doc.readings(i).first().is_some_and(|r| {
            let list = self.doc.list(r);
            !matches!(list, List::Demonym | List::Title) || r.clitics.article
        })
    }

    /// A word that says a place follows: a preposition of place, a head word, a clitic of place.
    fn has_cue(&self, i: usize) -> bool {
        let doc = self.doc;
        let Some(previous) = doc.previous_word(i) else { return false };
        let place_preposition = |row: &Row| row.relation.is_some() || row.has_role("place");
        self.head(previous).is_some()
            || doc.governed_by(i).is_some_and(place_preposition)
            || doc.clitics(i).preposition.is_some_and(|p| doc.lexicon.is_place_clitic(p))
    }

    fn relation(&self, i: usize) -> Option<String> {
        let doc = self.doc;
        if doc.clitics(i).preposition.is_some() {
            return Some("in".to_owned());
        }
        let mut at = i;
        for _ in 0..2 {
            at = doc.previous_word(at)?;
            if let Some(row) = doc.particle(at, "prep").filter(|row| row.relation.is_some()) {
                return row.relation.clone();
            }
            self.head(at)?;
        }
        None
    }

    /// A head word with the name behind it: a quarter, a village, a river, a wall.
    fn headed(&self, i: usize) -> Option<Place> {
        let doc = self.doc;
        let head = self.head(i)?;
        if doc.is_definite(i) {
            return self.described(i, head);
        }
        let first = self.next_in_name(i + 1)?;
        let (end, row) = match self.place_match(first).filter(|m| m.clitics.preposition.is_none()) {
            Some(m) if m.clitics.conjunction.is_none() => (m.end, Some(places_of(m.referents)[0])),
            _ => (self.name_end(first)?, None),
        };
        let start = if head.strip { first } else { i };
        let skip = if head.strip { 0 } else { doc.skip(i) };
        Some(Place {
            at: Extent { tokens: start..end, span: doc.span_from(start..end, skip) },
            row,
            kind: head.kind.clone().unwrap_or_else(|| "site".to_owned()),
            relation: self.relation(i),
            basis: if row.is_some() { "lexicon" } else { "pattern" },
            candidates: usize::from(row.is_some()),
            head: Some(i),
        })
    }

    /// The first word of a name, behind a quotation mark or the sign of a hashtag.
    fn next_in_name(&self, mut i: usize) -> Option<usize> {
        while self.doc.kind(i).is_some_and(|k| k.is_quote() || k == Kind::Symbol) && i < self.doc.len() {
            if self.doc.kind(i) == Some(Kind::Symbol) && !matches!(self.doc.str(i), "_" | "#") {
                return None;
            }
            i += 1;
        }
        (self.doc.is_word(i) && !self.doc.tokens[i].new_line && !self.inside[i]).then_some(i)
    }

    /// A definite head with the adjective that makes it a name: the old city.
    fn described(&self, i: usize, head: &Row) -> Option<Place> {
        let doc = self.doc;
        let next = self.next_in_name(i + 1)?;
        let (_, _) = doc.reading(next, |r, row| r.clitics.article && row.class.as_deref() == Some("names_place"))?;
        Some(Place {
            at: Extent { tokens: i..next + 1, span: doc.span_from(i..next + 1, doc.skip(i)) },
            row: None,
            kind: match head.kind.as_deref() {
                Some("city" | "region") | None => "district".to_owned(),
                Some(kind) => kind.to_owned(),
            },
            relation: self.relation(i),
            basis: "pattern",
            candidates: 0,
            head: Some(i),
        })
    }

    /// Behind the last word of a name that no list holds: up to the first definite word.
    fn name_end(&self, first: usize) -> Option<usize> {
        let doc = self.doc;
        let generic = |t: usize| {
            doc.is_demonym(t).is_some()
                || doc
                    .reading(t, |r, _| r.features.category.is_participle() || doc.list(r) == List::Adjective)
                    .is_some()
        };
        if !doc.continues_phrase(first) || generic(first) {
            return None;
        }
        let mut end = first + 1;
        if !doc.is_definite(first) {
            if !doc.readings(first).is_empty() && !self.is_name_part(first) {
                // An ordinary indefinite noun: a name only if a definite one follows.
                let next = self.next_in_name(end)?;
                if !doc.is_definite(next) || !doc.continues_phrase(next) {
                    return None;
                }
                end = next + 1;
            } else if let Some(next) = self.next_in_name(end).filter(|n| *n == end) {
                let goes_on = doc.continues_phrase(next) && !generic(next);
                if goes_on && (doc.is_definite(next) || doc.readings(next).is_empty()) {
                    end = next + 1;
                }
            }
        } else if let Some(next) = self.next_in_name(end).filter(|n| *n == end) {
            // A definite adjective that belongs to the name.
            if doc.reading(next, |r, row| r.clitics.article && row.class.as_deref() == Some("names_place")).is_some() {
                end = next + 1;
            }
        }
        Some(end)
    }

    fn is_name_part(&self, i: usize) -> bool {
        self.doc.words[i].as_ref().is_some_and(|a| a.is_name_part)
    }

    /// A name that a head word or a cue has shown to be a place is one in the rest of the report.
    fn confirm(&self, out: &mut Vec<Place>) {
        let doc = self.doc;
        let mut known: FxHashMap<&str, (Option<u32>, String)> = FxHashMap::default();
        for place in out.iter() {
            let text = &doc.text[place.at.span.range()];
            known.entry(text).or_insert_with(|| (place.row, place.kind.clone()));
        }
        let mut taken = vec![false; doc.len()];
        out.iter().for_each(|p| taken[p.at.tokens.clone()].fill(true));
        let mut more = Vec::new();
        for i in 0..doc.len() {
            if taken[i] || self.inside[i] || !doc.is_word(i) {
                continue;
            }
            let Some(found) = self.place_match(i) else { continue };
            if taken[found.start..found.end].iter().any(|t| *t) {
                continue;
            }
            if let Some((row, kind)) = known.get(&doc.text[found.span.range()])
                && (doc.readings(i).is_empty() || self.has_cue(i))
            {
                more.push(Place {
                    at: Extent { tokens: found.start..found.end, span: found.span },
                    row: *row,
                    kind: kind.clone(),
                    relation: self.relation(i),
                    basis: "lexicon",
                    candidates: 1,
                    head: None,
                });
            }
        }
        out.extend(more);
        out.sort_by_key(|p| p.at.span.start);
    }
}

fn places_of(referents: &[Referent]) -> Vec<u32> {
    referents
        .iter()
        .filter_map(|r| match r {
            Referent::Place(p) => Some(*p),
            _ => None,
        })
        .collect()
}

/// Among places of one name: the kind that the head word says, the countries of the report, then population.
fn resolve(doc: &Document<'_>, out: &mut [Place]) {
    let lexicon = doc.lexicon;
    let mut countries: FxHashMap<&str, usize> = FxHashMap::default();
    for place in out.iter().filter(|p| p.candidates == 1 && p.row.is_some()) {
        if let Some(country) = place.row.and_then(|r| lexicon.places[r as usize].country.as_deref()) {
            *countries.entry(country).or_default() += 1;
        }
    }
    for i in 0..doc.len() {
        if let Some(country) = doc.is_demonym(i).and_then(|d| d.country.as_deref()) {
            *countries.entry(country).or_default() += 1;
        }
    }
    for place in out.iter_mut() {
        let name_start = (place.at.tokens.start..place.at.tokens.end).find(|t| !doc.names_at(*t).is_empty());
        let Some(matched) = name_start.and_then(|t| {
            doc.names_at(t).iter().find(|m| m.end <= place.at.tokens.end && !places_of(m.referents).is_empty())
        }) else {
            continue;
        };
        let rows = places_of(matched.referents);
        let headed = place.head.is_some().then_some(place.kind.as_str());
        let score = |row: &PlaceRow| {
            let fits = match headed {
                Some(kind) => row.kind == kind,
                None => false,
            };
            let country = row.country.as_deref().and_then(|c| countries.get(c)).copied().unwrap_or(0);
            (row.kind == "country", fits, country, headed.is_none() && row.kind == "city", row.population)
        };
        let Some(best) = rows.iter().copied().max_by_key(|r| score(&lexicon.places[*r as usize])) else { continue };
        let mut ids: Vec<&str> = rows.iter().map(|r| lexicon.places[*r as usize].place_id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        place.candidates = ids.len();
        let row = &lexicon.places[best as usize];
        place.row = Some(best);
        if place.head.is_none() {
            place.kind = row.kind.clone();
        }
    }
}
