//! Named places: by gazetteer, and by a head word before a name that no list holds.

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::refer::countries_of;
use super::{Actor, Extent, Quantity, bearing, place_choice};
use crate::grammar::{Document, NameMatch};
use crate::lexicon::{Facts, List, Reading, Referent, Row};

/// The people of a city that the reader knows by its bare name.
pub(super) const WELL_KNOWN: i64 = 50_000;
/// The people of a city that is named without its country all over the world.
pub(super) const FAMOUS: i64 = 1_000_000;
/// The letters of a word too short to be a name by itself if another follows.
pub(super) const SHORT: usize = 4;

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
    /// Kilometres north and east of the name: "75 km west of X".
    pub shift: Option<(f64, f64)>,
}

/// Every named place outside the names of parties.
pub fn places(doc: &Document<'_>, taken: &[Actor], quantities: &[Quantity]) -> Vec<Place> {
    let mut inside = vec![false; doc.len()];
    for actor in taken {
        inside[actor.at.tokens.clone()].fill(true);
    }
    let countries = countries_of(doc);
    let mut finder = Finder { doc, inside, countries: &countries, listed: FxHashMap::default() };
    finder.listed = finder.enumerations();
    let mut out: Vec<Place> = Vec::new();
    let mut i = 0;
    while i < doc.len() {
        match finder.at(i, &out) {
            Some(place) => {
                i = place.at.tokens.end;
                out.push(place);
            }
            None => i += 1,
        }
    }
    finder.confirm(&mut out);
    place_choice::resolve(doc, &mut out, &countries);
    bearing::shift(doc, quantities, &mut out);
    out
}

pub(super) struct Finder<'d, 'a> {
    pub(super) doc: &'d Document<'a>,
    pub(super) inside: Vec<bool>,
    /// How often the report names each country.
    pub(super) countries: &'d FxHashMap<&'a str, usize>,
    /// The names behind heads in the plural, by their first token.
    listed: FxHashMap<usize, Place>,
}

impl Finder<'_, '_> {
    fn at(&self, i: usize, earlier: &[Place]) -> Option<Place> {
        let doc = self.doc;
        if self.inside[i] || !doc.is_word(i) {
            return None;
        }
        if let Some(place) = self.listed.get(&i) {
            return Some(place.clone());
        }
        if doc.names_at(i).is_empty() && !doc.may_be(i, Facts::list(List::Head)) {
            return self.positioned(i).or_else(|| self.hinted(i, earlier));
        }
        let named = self.gazetteer(i, earlier).or_else(|| self.kingdom(i));
        let headed = self.headed(i);
        match (named, headed) {
            (Some(n), Some(h)) if n.at.tokens.end >= h.at.tokens.end && n.at.tokens.start <= h.at.tokens.start => {
                Some(n)
            }
            (_, Some(h)) => Some(h),
            (n, None) => n,
        }
    }

    /// A name that no list holds, right behind a word of position: "near X", "south of X".
    fn positioned(&self, i: usize) -> Option<Place> {
        let doc = self.doc;
        let of_position = |row: &&Row| row.direction.is_some() || row.class.as_deref() == Some("position");
        if doc.previous_word(i)? + 1 != i || doc.governed_by(i).filter(of_position).is_none() {
            return None;
        }
        let word = doc.str(i);
        let construct = doc.is_word(i + 1)
            && !doc.tokens[i + 1].new_line
            && doc.is_definite(i + 1)
            && doc.clitics(i + 1).preposition.is_none()
            && doc.clitics(i + 1).conjunction.is_none();
        let compound = self.compound(i);
        let plain = compound.is_some()
            || self.unknown(i)
                && !construct
                && !doc.is_absorbed(i)
                && !doc.is_definite(i)
                && !self.is_name_part(i)
                && word.chars().count() >= SHORT
                && !doc.lexicon.segmenter.clitics.ends_in_pronoun(word)
                && !doc.lexicon.looks_finite(word)
                && !doc.lexicon.looks_feminine_adjective(word)
                && (!doc.lexicon.looks_related(word) || self.is_near(i));
        let tokens = i..compound.unwrap_or(i + 1);
        plain.then(|| Place {
            at: Extent { span: doc.span(tokens.clone()), tokens },
            row: None,
            kind: "city".to_owned(),
            relation: self.relation(i),
            basis: "pattern",
            candidates: 0,
            head: None,
            shift: None,
        })
    }

    /// Behind "near", which no adjective follows as it follows "south".
    fn is_near(&self, i: usize) -> bool {
        self.doc.governed_by(i).is_some_and(|row| row.direction.is_none())
    }

    /// The word as a head of places, outside fixed turns and without a pronoun.
    #[inline]
    pub(super) fn head(&self, i: usize) -> Option<(&Reading, &Row)> {
        if self.doc.may_be(i, Facts::list(List::Head)) { self.head_of(i) } else { None }
    }

    fn head_of(&self, i: usize) -> Option<(&Reading, &Row)> {
        let doc = self.doc;
        // "near the walls of" still names the walls; "by way of" names no way.
        let placed = |id| doc.lexicon.row(id).relation.is_some();
        let absorbed = doc.is_absorbed(i)
            && !(i.saturating_sub(2)..i).any(|s| doc.phrase_at(s).is_some_and(|(id, end)| end == i + 1 && placed(id)));
        if absorbed || doc.phrase_at(i).is_some() {
            return None;
        }
        let place = |r: &Reading, row: &Row| {
            doc.list(r) == List::Head
                && row.makes.as_deref() == Some("place")
                && (r.pronoun.is_none() || is_two(r) && !r.clitics.article)
        };
        doc.reading(i, place)
    }

    pub(super) fn place_match(&self, i: usize) -> Option<&NameMatch<'_>> {
        self.doc.names_at(i).iter().find(|m| {
            m.referents.iter().any(|r| matches!(r, Referent::Place(_)))
                && !self.inside[m.start..m.end].iter().any(|x| *x)
        })
    }

    /// "in the kingdom": the short form of a state's name, where it is a place.
    fn kingdom(&self, i: usize) -> Option<Place> {
        let doc = self.doc;
        let found = doc.names_at(i).iter().find(|m| m.end == i + 1 && !self.inside[m.start])?;
        let rows: Vec<u32> = found
            .referents
            .iter()
            .filter_map(|r| if let Referent::ShortActor(a) = r { Some(*a) } else { None })
            .filter(|a| doc.lexicon.actors[*a as usize].place_alias)
            .collect();
        if rows.is_empty() || !self.has_cue(i) {
            return None;
        }
        // The only one of those that the report names, if no other country is nearer.
        let country = |a: u32| doc.lexicon.actors[a as usize].country.as_deref();
        let weight = |a: u32| country(a).and_then(|c| self.countries.get(c)).copied().unwrap_or(0);
        let best = rows.iter().copied().max_by_key(|a| weight(*a)).filter(|a| weight(*a) > 0)?;
        if rows.iter().any(|a| country(*a) != country(best) && weight(*a) == weight(best)) {
            return None;
        }
        let country = country(best)?;
        let places = &doc.lexicon.places;
        let row = places.iter().position(|p| p.kind == "country" && p.country.as_deref() == Some(country))?;
        Some(Place {
            at: Extent { tokens: i..i + 1, span: found.span },
            row: Some(row as u32),
            kind: "country".to_owned(),
            relation: self.relation(i),
            basis: "lexicon",
            candidates: 1,
            head: None,
            shift: None,
        })
    }

    /// A name of the gazetteer; ordinary words and persons' names need evidence.
    fn gazetteer(&self, i: usize, earlier: &[Place]) -> Option<Place> {
        let found = self.place_match(i)?;
        let rows = places_of(found.referents);
        let construct = || {
            let head = |p: usize| p + 1 == i && self.head(p).is_some_and(|(r, h)| h.strip && !r.clitics.article);
            self.doc.previous_word(i).is_some_and(head) && self.begins_like_preposition(i)
        };
        // "the governorate of X", listed with its head: the head makes a region of X.
        let headed = || {
            let listed = |t: usize| self.place_match(t).is_some_and(|m| m.clitics.is_empty() && m.end == found.end);
            found.end > i + 1
                && self
                    .head(i)
                    .is_some_and(|(r, h)| h.strip && !r.clitics.article && h.kind.as_deref() == Some("region"))
                && listed(i + 1)
        };
        if construct() || headed() || !self.is_evident(found, &rows, earlier) {
            return None;
        }
        let row = rows[0];
        // "the subdistrict of X", listed with its head as if it were a town.
        let area = |(r, h): &(&Reading, &Row)| {
            !h.strip && !r.clitics.article && h.kind.as_deref() == Some("region") && found.end > i + 1
        };
        let town = self.doc.lexicon.places[row as usize].kind == "city";
        let kind = self.head(i).filter(|_| town).filter(area).and_then(|(_, h)| h.kind.clone());
        Some(Place {
            at: Extent { tokens: found.start..found.end, span: found.span },
            row: Some(row),
            head: kind.is_some().then_some(i),
            kind: kind.unwrap_or_else(|| self.doc.lexicon.places[row as usize].kind.clone()),
            relation: self.relation(i),
            basis: "lexicon",
            candidates: rows.len(),
            shift: None,
        })
    }

    pub(super) fn unknown(&self, i: usize) -> bool {
        self.doc.is_word(i) && self.doc.readings(i).is_empty() && self.doc.clitics(i).is_empty()
    }

    pub(super) fn relation(&self, i: usize) -> Option<String> {
        let doc = self.doc;
        if doc.clitics(i).preposition.is_some() {
            return Some("in".to_owned());
        }
        let mut at = i;
        for _ in 0..2 {
            at = doc.previous_word(at)?;
            while doc.is_absorbed(at) {
                at = doc.previous_word(at)?;
            }
            if let Some(row) = doc.particle(at, "prep").filter(|row| row.relation.is_some()) {
                return row.relation.clone();
            }
            self.head(at)?;
        }
        None
    }

    pub(super) fn is_name_part(&self, i: usize) -> bool {
        self.doc.may_be(i, Facts::NAME_PART)
    }

    /// A name in no list that a head word has shown to be a place, met again.
    fn unlisted(&self, i: usize, names: &FxHashSet<&str>) -> Option<Extent> {
        let doc = self.doc;
        if names.is_empty() || !doc.readings(i).is_empty() || !doc.names_at(i).is_empty() {
            return None;
        }
        let fronts = &doc.analysis(i)?.fronts;
        let skip = fronts.iter().map(|f| f.name).find(|skip| names.contains(&doc.str(i)[*skip as usize..]))?;
        Some(Extent { tokens: i..i + 1, span: doc.span_from(i..i + 1, skip) })
    }

    /// A name that a head word or a cue has shown to be a place is one in the rest of the report.
    fn confirm(&self, out: &mut Vec<Place>) {
        let doc = self.doc;
        let mut known: FxHashMap<&str, (Option<u32>, String)> = FxHashMap::default();
        for place in out.iter() {
            let text = &doc.text[place.at.span.range()];
            known.entry(text).or_insert_with(|| (place.row, place.kind.clone()));
        }
        let listed = |t: usize| self.place_match(t).is_some();
        let new = |p: &&Place| p.basis == "pattern" && p.at.tokens.len() == 1 && p.head != Some(p.at.tokens.start);
        let unlisted: FxHashSet<&str> = out
            .iter()
            .filter(new)
            .filter(|p| doc.readings(p.at.tokens.start).is_empty() && !listed(p.at.tokens.start))
            .map(|p| &doc.text[p.at.span.range()])
            .collect();
        let mut taken = vec![false; doc.len()];
        out.iter().for_each(|p| taken[p.at.tokens.clone()].fill(true));
        let mut more = Vec::new();
        for i in 0..doc.len() {
            if taken[i] || self.inside[i] || !doc.is_word(i) {
                continue;
            }
            let Some(found) = self.place_match(i) else {
                if let Some(at) = self.unlisted(i, &unlisted) {
                    let (row, kind) = known[&doc.text[at.span.range()]].clone();
                    let relation = self.relation(i);
                    more.push(Place {
                        at,
                        row,
                        kind,
                        relation,
                        basis: "pattern",
                        candidates: 0,
                        head: None,
                        shift: None,
                    });
                }
                continue;
            };
            if taken[found.start..found.end].iter().any(|t| *t) || doc.is_absorbed(i) {
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
                    shift: None,
                });
            }
        }
        out.extend(more);
        out.sort_by_key(|p| p.at.span.start);
    }
}

/// Two of it, with or without the letter that "my" is written with.
pub(super) fn is_two(reading: &Reading) -> bool {
    let mine = reading.pronoun.is_some_and(|p| p.person == 1);
    reading.features.is_dual() || mine && !reading.features.is_plural()
}

pub(super) fn places_of(referents: &[Referent]) -> SmallVec<[u32; 8]> {
    referents
        .iter()
        .filter_map(|r| match r {
            Referent::Place(p) => Some(*p),
            _ => None,
        })
        .collect()
}
