//! What is wrong with a user's files, and what their names would clash with.

use rustc_hash::FxHashMap;
use toml::de::DeTable;

use super::load::Rows;
use super::rows::{ActorRow, PlaceRow};
use super::{Lexicon, Referent};
use crate::error::LexiconError;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file cannot be used so, or does not mean what it says.
    Error,
    /// A name that means something else already, or is not written as in a careful newspaper.
    Warning,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// One thing to look at, with its file and line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub severity: Severity,
    pub at: LexiconError,
}

/// A name shorter than this, in letters, is found everywhere.
const SHORTEST: usize = 3;
const PRESENTATION: &str = "presentation form";
/// How far outside all known places of its country a place may lie, in degrees.
const MARGIN: f64 = 3.0;
/// So many places say where a country is.
const ENOUGH: usize = 10;

/// Whether a file holds rules: frames, times, quantities and what they are made of, not words.
pub fn is_rule_file(name: &str, source: &str) -> bool {
    const SECTIONS: [&str; 4] = ["frame", "fragment", "time", "quantity"];
    name.ends_with(".toml")
        && DeTable::parse(source)
            .is_ok_and(|table| SECTIONS.iter().any(|section| table.get_ref().contains_key(*section)))
}

/// Checks files, given as (name, text), against each other and against the built-in lexicons.
pub fn lint(files: &[(&str, &str)], lexicon: &Lexicon) -> Vec<Finding> {
    let mut linter = Linter { lexicon, out: Vec::new() };
    let mut read: Vec<(&str, Rows)> = Vec::new();
    for (file, source) in files {
        let mut rows = Rows::default();
        rows.read(file, source);
        for problem in rows.problems.drain(..) {
            linter.out.push(Finding { severity: Severity::Error, at: problem });
        }
        linter.letters(file, source);
        read.push((file, rows));
    }
    linter.actors(&read);
    linter.places(&read);
    let order: FxHashMap<&str, usize> = files.iter().enumerate().map(|(n, (file, _))| (*file, n)).collect();
    linter.out.sort_by_key(|f| (order.get(f.at.file.as_str()).copied(), f.at.line, f.severity));
    linter.out.dedup();
    linter.out
}

struct Linter<'l> {
    lexicon: &'l Lexicon,
    out: Vec<Finding>,
}

/// The names of an actor that stand for it by themselves.
fn names(actor: &ActorRow) -> impl Iterator<Item = &String> {
    actor.aliases.iter().chain([&actor.name_ar]).filter(|n| !n.is_empty())
}

impl Linter<'_> {
    fn error(&mut self, file: &str, line: u32, message: String) {
        self.out.push(Finding { severity: Severity::Error, at: LexiconError::new(file, line as usize, message) });
    }

    fn warn(&mut self, file: &str, line: u32, message: String) {
        self.out.push(Finding { severity: Severity::Warning, at: LexiconError::new(file, line as usize, message) });
    }

    /// Letters that careful writing does not have: presentation forms, vowel marks, lengthening, hidden signs.
    fn letters(&mut self, file: &str, source: &str) {
        for (n, line) in source.lines().enumerate().filter(|(_, l)| !l.trim_start().starts_with('#')) {
            let mut told: Vec<&str> = Vec::new();
            for c in line.trim_start_matches('\u{feff}').chars() {
                let Some(what) = odd(c).filter(|what| !told.contains(what)) else { continue };
                told.push(what);
                let plain = self.lexicon.fold.text(&c.to_string());
                let advice = if plain.is_empty() { "leave it out".to_owned() } else { format!("write {plain}") };
                let message = format!("{what}: U+{:04X}; {advice}", c as u32);
                if what == PRESENTATION {
                    self.error(file, n as u32 + 1, message);
                } else {
                    self.warn(file, n as u32 + 1, message);
                }
            }
        }
    }

    fn actors(&mut self, read: &[(&str, Rows)]) {
        let lexicon = self.lexicon;
        let all = || read.iter().flat_map(|(file, rows)| rows.actors.iter().map(move |a| (*file, a)));
        let built_in: FxHashMap<&str, &ActorRow> = lexicon.actors.iter().map(|a| (a.id.as_str(), a)).collect();
        let mut ids: FxHashMap<&str, (&str, u32)> = FxHashMap::default();
        let mut owners: FxHashMap<String, (&str, &str, u32)> = FxHashMap::default();
        for (file, actor) in all() {
            if let Some((other, line)) = ids.insert(&actor.id, (file, actor.line)) {
                self.error(file, actor.line, format!("id {} stands twice, first at {other}:{line}", actor.id));
            }
            for name in names(actor) {
                let key = lexicon.fold.word(name);
                match owners.get(&key) {
                    Some((id, other, line)) if *id != actor.id => {
                        let message = format!("{name} is a name of {} and of {id} ({other}:{line})", actor.id);
                        self.error(file, actor.line, message);
                    }
                    _ => {
                        owners.insert(key, (&actor.id, file, actor.line));
                    }
                }
            }
        }
        for (file, actor) in all() {
            self.country(file, actor.line, actor.country.as_deref());
            let known = |id: &str| built_in.contains_key(id) || ids.contains_key(id);
            if let Some(parent) = actor.parent.as_deref().filter(|p| !known(p)) {
                self.error(file, actor.line, format!("parent: no actor has the id {parent}"));
            }
            for name in names(actor) {
                let doubtful = actor.cue.contains(name);
                self.name(file, actor.line, name, doubtful, "list it under cue", |referent| match referent {
                    Referent::Actor(row) | Referent::DoubtfulActor(row) => {
                        let other = &lexicon.actors[row as usize];
                        (other.id != actor.id).then(|| format!("names {} too, which is yours from now on", other.id))
                    }
                    Referent::Place(row) if !actor.place_alias => Some(is_place(&lexicon.places[row as usize])),
                    _ => None,
                });
            }
        }
    }

    fn places(&mut self, read: &[(&str, Rows)]) {
        let lexicon = self.lexicon;
        let mut boxes: FxHashMap<&str, (usize, [f64; 4])> = FxHashMap::default();
        for place in &lexicon.places {
            if let (Some(country), Some(lat), Some(lon)) = (place.country.as_deref(), place.lat, place.lon) {
                let (n, b) = boxes.entry(country).or_insert((0, [lat, lat, lon, lon]));
                *n += 1;
                *b = [b[0].min(lat), b[1].max(lat), b[2].min(lon), b[3].max(lon)];
            }
        }
        let mut seen: FxHashMap<(String, &str), (&str, u32)> = FxHashMap::default();
        for (file, place) in read.iter().flat_map(|(file, rows)| rows.places.iter().map(move |p| (*file, p))) {
            self.country(file, place.line, place.country.as_deref());
            if !place.place_id.is_empty() {
                let key = (self.lexicon.fold.word(&place.name_ar), place.place_id.as_str());
                if let Some((other, line)) = seen.insert(key, (file, place.line)) {
                    let message =
                        format!("{} ({}) stands twice, first at {other}:{line}", place.name_ar, place.place_id);
                    self.error(file, place.line, message);
                }
            }
            self.position(file, place, &boxes);
            let same = |row: u32| {
                let other = &lexicon.places[row as usize];
                !place.place_id.is_empty() && other.place_id == place.place_id
            };
            self.name(file, place.line, &place.name_ar, place.common, "set common to 1", |referent| match referent {
                Referent::Actor(row) => {
                    let other = &lexicon.actors[row as usize];
                    (!other.place_alias).then(|| format!("is a name of the actor {}", other.id))
                }
                Referent::Place(row) if !same(row) => Some(is_place(&lexicon.places[row as usize])),
                _ => None,
            });
        }
    }

    /// Far outside all that is known of its country: another country, or the two numbers the wrong way round.
    fn position(&mut self, file: &str, place: &PlaceRow, boxes: &FxHashMap<&str, (usize, [f64; 4])>) {
        let (Some(lat), Some(lon), Some(country)) = (place.lat, place.lon, place.country.as_deref()) else { return };
        let Some((_, [south, north, west, east])) = boxes.get(country).filter(|(n, _)| *n >= ENOUGH) else { return };
        let inside = |lat: f64, lon: f64| {
            (south - MARGIN..=north + MARGIN).contains(&lat) && (west - MARGIN..=east + MARGIN).contains(&lon)
        };
        if !inside(lat, lon) {
            let swapped = if inside(lon, lat) { "; lat and lon are the wrong way round" } else { "" };
            self.error(file, place.line, format!("{lat}, {lon} is not in {country}{swapped}"));
        }
    }

    fn country(&mut self, file: &str, line: u32, country: Option<&str>) {
        let code = |c: &str| c.len() == 2 && c.bytes().all(|b| b.is_ascii_uppercase());
        if let Some(country) = country.filter(|c| !code(c)) {
            self.error(file, line, format!("country: {country} is no ISO 3166-1 code of two capital letters"));
        }
    }

    /// What else a name means: one built-in thing, and an ordinary word.
    fn name(
        &mut self,
        file: &str,
        line: u32,
        name: &str,
        doubtful: bool,
        advice: &str,
        meaning: impl Fn(Referent) -> Option<String>,
    ) {
        let lexicon = self.lexicon;
        let folded = lexicon.fold.word(name);
        if folded.chars().filter(|c| c.is_alphanumeric()).count() < SHORTEST {
            self.warn(file, line, format!("{name} is short enough to be found everywhere"));
        }
        let others: Vec<String> = lexicon.names.find(&folded).iter().filter_map(|r| meaning(*r)).collect();
        if let Some(first) = others.first() {
            let more = if others.len() > 1 { format!(" (and {} more)", others.len() - 1) } else { String::new() };
            self.warn(file, line, format!("{name} {first}{more}"));
        }
        if doubtful || folded.split_whitespace().nth(1).is_some() {
            return;
        }
        let analysis = lexicon.analyse(&folded);
        let whole =
            analysis.readings.iter().find(|r| r.clitics.conjunction.is_none() && r.clitics.preposition.is_none());
        if let Some(reading) = whole {
            let row = lexicon.row(reading.row);
            let lemma = [&row.lemma, &row.text].into_iter().find(|t| !t.is_empty()).unwrap_or(&row.folded);
            let gloss = if row.gloss.is_empty() { String::new() } else { format!(", {}", row.gloss) };
            self.warn(file, line, format!("{name} is an ordinary word ({lemma}{gloss}): {advice}"));
        } else if analysis.is_whole_name_part() {
            self.warn(file, line, format!("{name} is a part of personal names: {advice}"));
        }
    }
}

fn is_place(place: &PlaceRow) -> String {
    let country = place.country.as_deref().unwrap_or("several countries");
    format!("is a {} in {country} too ({})", place.kind, place.place_id)
}

fn odd(c: char) -> Option<&'static str> {
    match c {
        '\u{FD3E}' | '\u{FD3F}' => None,
        '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => Some(PRESENTATION),
        '\u{64B}'..='\u{65F}' | '\u{670}' => Some("vowel mark"),
        '\u{640}' => Some("tatweel"),
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => Some("hidden sign"),
        _ => None,
    }
}
