//! Which of several places of one name the report means.

use rustc_hash::{FxHashMap, FxHashSet};

use super::place::{Place, WELL_KNOWN, places_of};
use crate::grammar::Document;
use crate::lexicon::{List, PlaceRow, Reading, Row};

/// How many times more of a report another country has than one of which it is not.
const FAR: f64 = 3.0;

/// The people of a city that a report on another country means by a name which that has too.
const WELL_KNOWN_ABROAD: i64 = 1_000_000;

/// Degrees between two points that lists give for one quarter.
const QUARTER: f64 = 0.1;

/// Among places of one name: the kind that the head word says, the countries of the report, then population.
pub(super) fn resolve(doc: &Document<'_>, out: &mut [Place], countries: &FxHashMap<&str, usize>) {
    let lexicon = doc.lexicon;
    let all: usize = countries.values().sum();
    let share = |country: &Option<String>| {
        let named = country.as_deref().and_then(|c| countries.get(c)).copied().unwrap_or(0);
        named as f64 / all.max(1) as f64
    };
    // The governorates that the report names.
    let provinces: FxHashSet<&str> = out
        .iter()
        .filter(|p| p.kind == "region")
        .filter_map(|p| p.row.map(|r| &lexicon.places[r as usize]))
        .flat_map(|row| [row.admin1.as_deref(), Some(row.name_en.as_str())])
        .flatten()
        .collect();
    // "the quarter of X" earlier or later says what X alone is.
    let mut quarters: FxHashMap<String, String> = FxHashMap::default();
    // What a road is called after is no quarter.
    let road = |h: usize| doc.reading(h, |_, row| row.class.as_deref() == Some("road")).is_some();
    for place in out.iter().filter(|p| p.kind == "district" && p.head.is_some_and(|h| !road(h))) {
        if let Some(m) = (place.at.tokens.start..place.at.tokens.end).find_map(|t| doc.names_at(t).iter().next()) {
            quarters.insert(doc.text[m.span.range()].to_owned(), place.kind.clone());
        }
    }
    // "the governorate of X", and never the town: X alone is the governorate.
    let named = |p: &Place| doc.text[p.at.span.range()].to_owned();
    let stripped = |p: &Place| p.head.is_some_and(|h| h < p.at.tokens.start);
    let of_kind =
        |kind: &str| -> FxHashSet<String> { out.iter().filter(|p| p.kind == kind && stripped(p)).map(named).collect() };
    let (provinces_named, towns) = (of_kind("region"), of_kind("city"));
    for place in out.iter_mut() {
        // A name that no list holds stands for nothing listed inside it.
        if place.row.is_none() && place.basis == "pattern" {
            continue;
        }
        let tokens = place.at.tokens.clone();
        let whole = |t: usize| place.head != Some(t) || doc.names_at(t).iter().any(|m| m.end == tokens.end);
        let matched = tokens
            .clone()
            .filter(|t| doc.is_word(*t) && whole(*t))
            .find_map(|t| doc.names_at(t).iter().find(|m| m.end <= tokens.end && !places_of(m.referents).is_empty()));
        let Some(matched) = matched else { continue };
        let rows = places_of(matched.referents);
        let headed = place.head.is_some().then_some(place.kind.as_str());
        let home = rows.iter().map(|r| share(&lexicon.places[*r as usize].country)).fold(0.0, f64::max);
        let score = |row: &PlaceRow| {
            let fits = match headed {
                Some(kind) => row.kind == kind,
                None => false,
            };
            let inside = row.admin1.as_deref().is_some_and(|a| provinces.contains(a));
            // A country named in the report outweighs some ten thousand people, all of it a million.
            let people = (row.population as f64 + 10.0).log10();
            // Of a country that the report hardly names, where another of the name lies in one that it is about.
            let abroad = home > 0.0 && FAR * share(&row.country) <= home && row.population < WELL_KNOWN_ABROAD;
            let people = if abroad { people - 3.0 } else { people };
            let weight = people + 5.0 * (1.5 * share(&row.country)).min(1.0) + if inside { 1.5 } else { 0.0 };
            (row.own, row.kind == "country", fits, weight, headed.is_none() && row.kind == "city")
        };
        let better = |a: &u32, b: &u32| {
            let (a, b) = (score(&lexicon.places[*a as usize]), score(&lexicon.places[*b as usize]));
            (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)).then(a.3.total_cmp(&b.3)).then(a.4.cmp(&b.4))
        };
        let Some(best) = rows.iter().copied().max_by(better) else { continue };
        // A name that a province shares with its town is the town's, unless the report says what it is.
        let town = |r: &&u32| {
            let (row, province) = (&lexicon.places[**r as usize], &lexicon.places[best as usize]);
            row.kind == "city" && row.country == province.country && row.admin1.as_deref() == Some(&*province.name_en)
        };
        let shared = headed.is_none() && lexicon.places[best as usize].kind == "region";
        let best = rows.iter().find(town).copied().filter(|_| shared).unwrap_or(best);
        let mut ids: Vec<&str> = rows.iter().map(|r| lexicon.places[*r as usize].place_id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        place.candidates = ids.len();
        let row = &lexicon.places[best as usize];
        // A small place far from all that the report is about is another one, which no list holds.
        let far = all > 1 && !row.own && share(&row.country) == 0.0 && row.country.is_some();
        if far && row.population < WELL_KNOWN && row.kind != "country" {
            (place.row, place.candidates, place.basis) = (None, 0, "pattern");
            let head = |r: &Reading, row: &Row| doc.list(r) == List::Head && row.makes.as_deref() == Some("place");
            if let Some((_, head)) = doc.reading(place.at.tokens.start, head) {
                place.kind = head.kind.clone().unwrap_or_default();
            }
            continue;
        }
        place.row = Some(best);
        // "the area of X", a quarter of one of the report's towns.
        let quarter = |r: &&u32| {
            let row = &lexicon.places[**r as usize];
            row.kind == "district" && share(&row.country) > 0.0
        };
        // One list has for a town what another knows as a quarter of the city around it.
        let alike = |r: &&u32| {
            let other = &lexicon.places[**r as usize];
            let near = |a: Option<f64>, b: Option<f64>| a.zip(b).is_some_and(|(a, b)| (a - b).abs() < QUARTER);
            other.kind == "district"
                && other.country == row.country
                && near(other.lat, row.lat)
                && near(other.lon, row.lon)
        };
        let small = matches!(row.kind.as_str(), "city" | "region") && row.population < WELL_KNOWN && !row.own;
        let plain = headed.is_none_or(|kind| kind == "region");
        if small
            && plain
            && let Some(quarter) = rows.iter().find(alike)
        {
            (place.row, place.kind) = (Some(*quarter), "district".to_owned());
            continue;
        }
        if headed == Some("region")
            && row.kind != "region"
            && let Some(quarter) = rows.iter().find(quarter)
        {
            (place.row, place.kind) = (Some(*quarter), "district".to_owned());
        }
        let text = &doc.text[place.at.span.range()];
        let province = provinces_named.contains(text) && !towns.contains(text) && row.population < WELL_KNOWN;
        if place.head.is_none() && row.kind == "city" && province {
            place.kind = "region".to_owned();
        } else if place.head.is_none() {
            let quarter = quarters.get(&doc.text[place.at.span.range()]).filter(|_| row.population < WELL_KNOWN);
            place.kind = quarter.unwrap_or(&row.kind).clone();
        }
    }
}
