//! Places by a head word: a quarter, a village, a river, a wall, with the name behind it.

use rustc_hash::FxHashMap;

use super::Extent;
use super::actor::party_end;
use super::place::{Finder, Place, WELL_KNOWN, is_two, places_of};
use super::place_name::is_thing;
use crate::grammar::NameMatch;
use crate::lexicon::{Facts, List, Reading, Referent, Row};
use crate::segment::{Kind, Letter, Number};

impl Finder<'_, '_> {
    /// A head word with the name behind it: a quarter, a village, a river, a wall.
    pub(super) fn headed(&self, i: usize) -> Option<Place> {
        let doc = self.doc;
        let (reading, head) = self.head(i)?;
        if reading.clitics.article {
            return self.described(i, head);
        }
        // "a mountain pass", an object or a predicate: a head has lost that ending.
        if reading.features.accusative
            && reading.features.agreement.number == Some(Number::Singular)
            && (doc.is_word(i + 1) || doc.kind(i + 1).is_some_and(Kind::is_quote))
        {
            return None;
        }
        // "the airports of Aden and": each is named by its town alone.
        if reading.pronoun.is_some() && head.kind.as_deref() == Some("site") {
            return None;
        }
        let several = reading.features.is_plural() || self.is_broken_plural(i, head);
        if let Some(place) = self.bracketed(i, reading, head) {
            return Some(place);
        }
        let first = self.next_in_name(i + 1)?;
        // "the capital", and no headland at the village of that name.
        if first == i + 1 && head.not_before.iter().any(|w| doc.is_lemma(first, w)) {
            return None;
        }
        // "the front at X", of whatever kind X is; at a building the building is named.
        let front = head.class.as_deref() == Some("front");
        if front && self.head(first).is_some() {
            return None;
        }
        let only_listed = head.takes.iter().any(|t| t == "listed");
        let articled = self.with_article(first);
        let place = head.strip || matches!(head.kind.as_deref(), Some("region" | "district"));
        let compound = self.compound(first).filter(|_| place && !only_listed);
        let listed = self
            .place_match(first)
            .or(articled.as_ref())
            .filter(|m| m.clitics.preposition.is_none() && m.clitics.conjunction.is_none())
            .filter(|m| m.end > first + 1 || !self.is_adjective(first))
            .filter(|m| m.end > first + 1 || !self.is_called_after(first))
            .filter(|m| !only_listed || self.is_known_name(m))
            .filter(|m| m.end > first + 1 || compound.is_none());
        // "the quarters of Baghdad": only Baghdad is named.
        let dual = is_two(reading);
        let house = head.takes.iter().any(|t| t == "party");
        if several {
            let inner = self.head(first).filter(|(r, _)| r.clitics.article)?;
            let whole = self.described(first, inner.1)?;
            let at =
                Extent { tokens: i..whole.at.tokens.end, span: doc.span_from(i..whole.at.tokens.end, doc.skip(i)) };
            return Some(Place {
                at,
                kind: head.kind.clone().unwrap_or_default(),
                relation: self.relation(i),
                ..whole
            });
        }
        // "the town of Bulo Marer": no other Bulo, but a name that no list holds. A province known by its name has no longer one.
        let region = |row: &u32| doc.lexicon.places[*row as usize].kind == "region";
        let known =
            |m: &NameMatch<'_>| head.kind.as_deref() == Some("region") && places_of(m.referents).iter().any(region);
        // "the mayor of the city of X, Y": behind an office its holder is named.
        let office = |r: &Reading, row: &Row| doc.list(r) == List::Title || row.victim.as_deref() == Some("official");
        let held = i.checked_sub(1).is_some_and(|t| doc.is_word(t) && doc.reading(t, office).is_some());
        let longer = |m: &NameMatch<'_>| {
            m.end == first + 1
                && !held
                && !known(m)
                && !doc.is_definite(first)
                && self.unknown(m.end)
                && !self.may_be_cut(m.end)
                && !doc.tokens[m.end].new_line
                && doc.names_at(m.end).is_empty()
                && !doc.lexicon.looks_finite(doc.str(m.end))
        };
        // A name in quotation marks is all that they hold.
        let quoted = (first > i + 1)
            .then(|| doc.quotation_from(first - 1).filter(|q| q.closed && q.close - q.open <= 5))
            .flatten()
            .filter(|q| listed.is_some_and(|m| m.end < q.close));
        let (end, row) = match listed {
            Some(_) if quoted.is_some() => (quoted?.close, None),
            Some(m) if longer(m) => (m.end + 1, None),
            Some(m) => (m.end, Some(places_of(m.referents)[0])),
            None if dual || only_listed => return None,
            None if compound.is_some() => (compound?, None),
            // "the village of Hill Barley": its name begins with another head.
            None if head.strip && self.inner(first).is_some() => (self.inner(first)?, None),
            None if house && party_end(doc, first).is_some() => (party_end(doc, first)?, None),
            // "37 villages were evacuated": what is counted has no name.
            None if i > 0 && doc.kind(i - 1) == Some(Kind::Number) => return None,
            None => (self.name_end(first, head, i + 1 < first).or_else(|| self.dedicated(first, head))?, None),
        };
        let end = if head.strip || dual { end } else { self.adjectives(self.road_end(end, head), head, i) };
        let strip = head.strip || dual;
        let start = if strip { first } else { i };
        let skip = if strip { 0 } else { reading.start };
        let mut span = doc.span_from(start..end, skip);
        if doc.kind(end).is_some_and(|k| k.is_quote() && matches!(k, Kind::Close { .. } | Kind::Quote { .. }))
            && !strip
            && (i + 1..first).any(|t| doc.tokens[t].kind.is_quote())
        {
            span = span.cover(doc.tokens[end].span);
        }
        // The capital of a country says of the country that it is none of its kind; a district is one of those called areas.
        let own = || row.map(|r| doc.lexicon.places[r as usize].kind.clone());
        // A republic, like a district, is of the kind of whatever bears its name.
        let republic = head.class.as_deref() == Some("republic");
        let listed = |kind: &String| kind == "district" || republic && kind == "country";
        let quarter = own().filter(|kind| head.kind.as_deref() == Some("region") && listed(kind));
        Some(Place {
            at: Extent { tokens: start..end, span },
            row,
            kind: quarter.or_else(|| own().filter(|_| front)).or_else(|| head.kind.clone()).or_else(own)?,
            relation: self.relation(i),
            basis: if row.is_some() { "lexicon" } else { "pattern" },
            candidates: usize::from(row.is_some()),
            head: head.kind.is_some().then_some(i),
            shift: None,
        })
    }

    /// "the mosque of Faith": a house of prayer is called after what is definite, and no town or quarter has it.
    fn dedicated(&self, first: usize, head: &Row) -> Option<usize> {
        let doc = self.doc;
        let prayer = head.class.as_deref() == Some("prayer");
        let ground = |r: &Reading, row: &Row| doc.list(r) == List::Head && row.makes.as_deref() == Some("place");
        let own = doc.clitics(first).article && doc.clitics(first).preposition.is_none();
        (prayer && own && doc.reading(first, ground).is_none() && !self.is_adjective(first)).then_some(first + 1)
    }

    /// "the village of Lhaiban": right behind its head a name that no word explains begins with the letter of "to".
    pub(super) fn begins_like_preposition(&self, t: usize) -> bool {
        let doc = self.doc;
        doc.readings(t).is_empty()
            && doc.clitics(t).conjunction.is_none()
            && !doc.clitics(t).article
            && doc.clitics(t).preposition.is_some_and(|p| !doc.lexicon.is_place_clitic(p))
    }

    /// "barracks X with salvos": an unknown word that may begin with a preposition of place.
    pub(super) fn may_be_cut(&self, t: usize) -> bool {
        let doc = self.doc;
        let first = doc.str(t).char_indices().nth(1).map(|(end, _)| &doc.str(t)[..end]);
        first.and_then(Letter::of).is_some_and(|p| doc.lexicon.is_place_clitic(p))
    }

    /// "the hospital of the martyr X": a form of address with a person's name behind it.
    fn is_called_after(&self, first: usize) -> bool {
        let doc = self.doc;
        doc.may_be(first, Facts::TITLED) && doc.is_definite(first) && self.is_person_part(first + 1)
    }

    pub(super) fn is_person_part(&self, t: usize) -> bool {
        let doc = self.doc;
        doc.is_word(t)
            && !doc.tokens[t].new_line
            && !self.inside[t]
            && self.is_name_part(t)
            && !doc.is_finite(t)
            && !doc.is_function_word(t)
            && doc.clitics(t).preposition.is_none()
            && doc.clitics(t).conjunction.is_none()
    }

    /// "the road A - B": behind both towns.
    fn road_end(&self, end: usize, head: &Row) -> usize {
        let doc = self.doc;
        let dash = matches!(doc.kind(end).map(|_| doc.str(end)), Some("-" | "–"));
        if head.class.as_deref() != Some("road") || !dash {
            return end;
        }
        self.place_match(end + 1).filter(|m| m.clitics.is_empty()).map_or(end, |m| m.end)
    }

    /// A name that is nothing else, and does not go on.
    fn is_known_name(&self, found: &NameMatch<'_>) -> bool {
        let doc = self.doc;
        let own = |r: &u32| !doc.lexicon.places[*r as usize].common;
        let goes_on = doc.is_word(found.end) && !doc.tokens[found.end].new_line && doc.continues_phrase(found.end);
        places_of(found.referents).iter().any(own) && doc.readings(found.start).is_empty() && !goes_on
    }

    /// "the site (X)": a name in brackets right behind its head, with the sign that closes it.
    fn bracketed(&self, i: usize, reading: &Reading, head: &Row) -> Option<Place> {
        let doc = self.doc;
        let close = doc.bracket_from(i + 1).filter(|close| *close <= i + 4)?;
        let inside = i + 2..close;
        let site = head.kind.as_deref() == Some("site") && !head.strip;
        let plain = |t: usize| {
            doc.is_word(t) && !doc.is_function_word(t) && !doc.is_finite(t) && doc.clitics(t).conjunction.is_none()
        };
        let acronym = self.inside[i + 1..close].iter().any(|x| *x);
        let single = !reading.features.is_several();
        (site && single && !acronym && !inside.is_empty() && inside.clone().all(plain)).then(|| Place {
            at: Extent { tokens: i..close + 1, span: doc.span_from(i..close + 1, reading.start) },
            row: None,
            kind: "site".to_owned(),
            relation: self.relation(i),
            basis: "pattern",
            candidates: 0,
            head: Some(i),
            shift: None,
        })
    }

    /// "the areas of A, B and C": each name behind a head in the plural is one of its kind, listed or not.
    pub(super) fn enumerations(&self) -> FxHashMap<usize, Place> {
        let doc = self.doc;
        let mut out = FxHashMap::default();
        for i in (0..doc.len()).filter(|i| doc.is_word(*i) && !self.inside[*i]) {
            let Some((reading, head)) = self.head(i) else { continue };
            let several = reading.features.is_several() || is_two(reading) || self.is_broken_plural(i, head);
            let Some(kind) = head.kind.as_ref().filter(|kind| {
                several && !reading.clitics.article && matches!(kind.as_str(), "region" | "city" | "district")
            }) else {
                continue;
            };
            let mut found = Vec::new();
            let mut at = i + 1;
            while let Some(place) = self.enumerated(at, i, kind, found.is_empty()) {
                at = place.at.tokens.end;
                found.push(place);
                if doc.kind(at) == Some(Kind::Comma) {
                    at += 1;
                }
            }
            if found.len() > 1 {
                out.extend(found.into_iter().map(|p| (p.at.tokens.start, p)));
            }
        }
        out
    }

    /// One of the names behind a head in the plural; those behind the first are joined to it.
    fn enumerated(&self, t: usize, head: usize, kind: &str, first: bool) -> Option<Place> {
        let doc = self.doc;
        if !doc.is_word(t) || doc.tokens[t].new_line || self.inside[t] || doc.is_absorbed(t) {
            return None;
        }
        let clitics = doc.clitics(t);
        let dual = self.head(head).is_some_and(|(r, _)| is_two(r));
        let joined = clitics.conjunction.is_some() || doc.kind(t - 1) == Some(Kind::Comma);
        if clitics.preposition.is_some() || first == joined {
            return None;
        }
        let listed = self.place_match(t).filter(|m| m.clitics.preposition.is_none());
        let (end, row) = match listed {
            Some(m) => (m.end, Some(places_of(m.referents)[0])),
            None if doc.readings(t).is_empty() && !doc.lexicon.looks_finite(doc.str(t)) => (self.new_name_end(t), None),
            // "the two streets of victory and unity"
            None if dual && doc.is_definite(t) && self.head(t).is_none() && doc.reading(t, is_thing).is_some() => {
                (t + 1, None)
            }
            None => return None,
        };
        let end = self.head(head).map_or(end, |(_, row)| if row.strip { end } else { self.adjectives(end, row, head) });
        // A city that everybody knows is one, and a country too.
        let front = self.head(head).is_some_and(|(_, row)| row.class.as_deref() == Some("front"));
        let known = row.map(|r| &doc.lexicon.places[r as usize]).filter(|r| {
            front
                || r.kind == "country"
                || r.kind == "city" && r.population >= WELL_KNOWN && kind == "region" && !self.has_region(t)
        });
        Some(Place {
            at: Extent { tokens: t..end, span: doc.span_from(t..end, doc.skip(t)) },
            row,
            kind: known.map_or(kind, |r| &r.kind).to_owned(),
            relation: self.relation(head),
            basis: if row.is_some() { "lexicon" } else { "pattern" },
            candidates: usize::from(row.is_some()),
            head: Some(head),
            shift: None,
        })
    }

    /// "the towns of Adan Yabal and": behind the words that no lexicon knows.
    fn new_name_end(&self, t: usize) -> usize {
        let doc = self.doc;
        let more = |n: &usize| {
            self.unknown(*n)
                && !doc.tokens[*n].new_line
                && !self.inside[*n]
                && doc.names_at(*n).is_empty()
                && !doc.lexicon.looks_finite(doc.str(*n))
                && !self.is_name_part(*n)
        };
        let end = (t + 1..t + 3).take_while(more).last().map_or(t + 1, |n| n + 1);
        // "of Buq Aqable and": a word that could only be said to somebody.
        let rare = |r: &Reading| r.pronoun.is_some_and(|p| p.person != 3) && r.clitics.count() == 0;
        let odd = doc.is_word(end)
            && !self.inside[end]
            && !doc.readings(end).is_empty()
            && doc.readings(end).iter().all(rare)
            && !doc.is_function_word(end);
        end + usize::from(odd)
    }

    /// Behind a name that begins with a head of its own.
    fn inner(&self, first: usize) -> Option<usize> {
        self.head(first).filter(|(r, head)| !head.strip && !r.clitics.article && !r.features.accusative)?;
        self.headed(first).map(|place| place.at.tokens.end)
    }

    /// The name at the token is that of a region, too.
    fn has_region(&self, t: usize) -> bool {
        let region = |r: &u32| self.doc.lexicon.places[*r as usize].kind == "region";
        self.place_match(t).is_some_and(|m| places_of(m.referents).iter().any(region))
    }

    /// A name that the gazetteer has with the article only.
    fn with_article(&self, i: usize) -> Option<NameMatch<'_>> {
        let doc = self.doc;
        let names = &doc.lexicon.names;
        if !doc.readings(i).is_empty() || !doc.names_at(i).is_empty() || doc.is_definite(i) {
            return None;
        }
        let word = doc.lexicon.fold.respell(doc.str(i));
        let word = names.word(&format!("{}{word}", doc.lexicon.segmenter.clitics.article()))?;
        let referents = names.referents(names.step(0, word)?);
        let found = referents.iter().any(|r| matches!(r, Referent::Place(_)));
        found.then(|| NameMatch {
            start: i,
            end: i + 1,
            span: doc.span(i..i + 1),
            clitics: Default::default(),
            referents,
        })
    }

    /// One of the plurals that the head's row gives.
    pub(super) fn is_broken_plural(&self, i: usize, head: &Row) -> bool {
        let fold = &self.doc.lexicon.fold;
        let stem = self.doc.str(i);
        head.lemma != stem
            && head.plural.iter().any(|p| {
                let plural = fold.word(p);
                self.doc.lexicon.segmenter.clitics.fronts(stem).iter().any(|f| stem[f.stem as usize..] == plural)
            })
    }

    /// Articled adjectives that belong to the name, behind its noun and its closing quotation mark.
    fn adjectives(&self, mut end: usize, head: &Row, i: usize) -> usize {
        let doc = self.doc;
        let building = head.kind.as_deref() == Some("site");
        for _ in 0..2 {
            let next = if doc.kind(end).is_some_and(Kind::is_quote) && end > i + 2 { end + 1 } else { end };
            if !doc.is_word(next) || doc.tokens[next].new_line {
                break;
            }
            let naming = |r: &Reading, row: &Row| r.clitics.article && row.class.as_deref() == Some("names_place");
            let nationality = building && doc.is_demonym(next).is_some() && doc.is_definite(next);
            let clitics = doc.clitics(next);
            let plain = clitics.preposition.is_none() && clitics.conjunction.is_none();
            if !plain || doc.reading(next, naming).is_none() && !nationality {
                break;
            }
            end = next + 1;
        }
        end
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
        // "the eastern quarters" are not one.
        let towns = matches!(head.kind.as_deref(), Some("city" | "district"));
        if towns
            && (self.is_broken_plural(i, head)
                || doc.reading(i, |r, row| row.lemma == head.lemma && r.features.is_plural()).is_some())
        {
            return None;
        }
        if !head.takes.iter().any(|t| t != "name") {
            return None;
        }
        let next = self.next_in_name(i + 1)?;
        let naming = |r: &Reading, row: &Row| r.clitics.article && row.class.as_deref() == Some("names_place");
        let embassy =
            head.takes.iter().any(|t| t == "nationality") && doc.is_demonym(next).is_some() && doc.is_definite(next);
        let clitics = doc.clitics(next);
        let own = clitics.preposition.is_none() && clitics.conjunction.is_none();
        let other = head.not_before.iter().any(|w| doc.is_lemma(next, w));
        if !own || other || doc.reading(next, naming).is_none() && !embassy {
            return None;
        }
        let end = self.adjectives(next + 1, head, i);
        if doc.is_demonym(next).is_some() && head.kind.as_deref() != Some("site") && embassy {
            return None;
        }
        Some(Place {
            at: Extent { tokens: i..end, span: doc.span_from(i..end, doc.skip(i)) },
            row: None,
            kind: match head.kind.as_deref() {
                Some("city") | None => "district".to_owned(),
                Some(kind) => kind.to_owned(),
            },
            relation: self.relation(i),
            basis: "pattern",
            candidates: 0,
            head: Some(i),
            shift: None,
        })
    }

    pub(super) fn is_adjective(&self, i: usize) -> bool {
        let doc = self.doc;
        doc.is_demonym(i).is_some()
            || doc.reading(i, |r, _| r.features.category.is_participle() || doc.list(r) == List::Adjective).is_some()
    }
}
