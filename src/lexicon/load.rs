//! Files to rows, each mistake with its file and line.

use serde::Deserialize;
use toml::Spanned;
use toml::de::DeTable;

use super::rows::{ActorRow, List, PhraseRow, PlaceRow, Row};
use crate::error::LexiconError;

/// The rows of all files, in the order given.
#[derive(Debug, Default)]
pub struct Rows {
    pub words: Vec<(List, Row)>,
    pub actors: Vec<ActorRow>,
    pub places: Vec<PlaceRow>,
    pub name_parts: Vec<(String, NamePart)>,
    pub phrases: Vec<(Turn, PhraseRow)>,
}

/// How a part of a personal name stands to its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Joint {
    #[default]
    None,
    /// Makes one part with the word behind it: "servant of", "father of".
    Front,
    /// Makes one part with the word before it: "of the faith".
    Back,
}

/// What is known of a part of personal names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NamePart {
    pub common: bool,
    pub joint: Joint,
}

/// What words together do: make a trigger or a cue, mean something else, or deny.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    Phrase,
    Idiom,
    Negation,
}

const ACTOR_TYPES: [&str; 8] =
    ["state", "military", "armed_group", "coalition", "organization", "media", "person", "collective"];
const PLACE_KINDS: [&str; 6] = ["country", "region", "city", "district", "site", "natural"];
const PLACE_COLUMNS: [&str; 11] =
    ["name_ar", "name_en", "kind", "country", "admin1", "lat", "lon", "population", "place_id", "source", "common"];

pub fn line_of(source: &str, byte: usize) -> usize {
    1 + source.as_bytes()[..byte.min(source.len())].iter().filter(|b| **b == b'\n').count()
}

impl Rows {
    /// Reads one file by its suffix: TOML word lists and actors, TSV gazetteers and name parts.
    pub fn read(&mut self, file: &str, source: &str) -> Result<(), LexiconError> {
        if file.ends_with(".toml") {
            self.read_toml(file, source)
        } else if file.ends_with(".tsv") {
            self.read_tsv(file, source)
        } else {
            Err(LexiconError::new(file, 0, "a lexicon file ends in .toml or .tsv"))
        }
    }

    fn read_toml(&mut self, file: &str, source: &str) -> Result<(), LexiconError> {
        let bad = |e: &toml::de::Error| LexiconError::toml(file, source, e);
        let table = DeTable::parse(source).map_err(|e| bad(&e))?;
        for (name, value) in table.get_ref() {
            let at = |message| Err(LexiconError::new(file, line_of(source, name.span().start), message));
            let name = name.get_ref().as_ref();
            let known = matches!(name, "actor" | "phrase" | "idiom" | "negation");
            if !known && List::named(name).is_none() {
                return at(format!("no such list: {name} (known: {})", List::NAMES));
            }
            if !value.get_ref().is_array() {
                return at(format!("{name} is written [[{name}]]"));
            }
        }
        #[derive(Deserialize)]
        struct File {
            #[serde(default)]
            actor: Vec<Spanned<ActorRow>>,
            #[serde(default)]
            verb: Vec<Spanned<Row>>,
            #[serde(default)]
            noun: Vec<Spanned<Row>>,
            #[serde(default)]
            word: Vec<Spanned<Row>>,
            #[serde(default)]
            cue: Vec<Spanned<Row>>,
            #[serde(default)]
            turn: Vec<Spanned<Row>>,
            #[serde(default)]
            adj: Vec<Spanned<Row>>,
            #[serde(default)]
            phrase: Vec<Spanned<PhraseRow>>,
            #[serde(default)]
            idiom: Vec<Spanned<PhraseRow>>,
            #[serde(default)]
            negation: Vec<Spanned<PhraseRow>>,
            #[serde(default)]
            head: Vec<Spanned<Row>>,
            #[serde(default)]
            collective: Vec<Spanned<Row>>,
            #[serde(default)]
            demonym: Vec<Spanned<Row>>,
            #[serde(default)]
            title: Vec<Spanned<Row>>,
            #[serde(default)]
            number: Vec<Spanned<Row>>,
            #[serde(default)]
            unit: Vec<Spanned<Row>>,
            #[serde(default)]
            calendar: Vec<Spanned<Row>>,
        }
        let parsed = File::deserialize(toml::Deserializer::from(table)).map_err(|e| bad(&e))?;
        for actor in parsed.actor {
            let start = actor.span().start;
            let wrong = |message| LexiconError::new(file, line_of(source, start), message);
            self.actors.push(check_actor(actor.into_inner()).map_err(wrong)?);
        }
        for (turn, rows) in
            [(Turn::Phrase, parsed.phrase), (Turn::Idiom, parsed.idiom), (Turn::Negation, parsed.negation)]
        {
            for row in rows {
                let start = row.span().start;
                let row = row.into_inner();
                if row.words.is_empty() || row.trigger >= row.words.len() {
                    let line = line_of(source, start);
                    return Err(LexiconError::new(file, line, "words is missing, or trigger counts past it"));
                }
                self.phrases.push((turn, row));
            }
        }
        let lists = [
            (List::Verb, parsed.verb),
            (List::Noun, parsed.noun),
            (List::Word, parsed.word),
            (List::Cue, parsed.cue),
            (List::Turn, parsed.turn),
            (List::Adjective, parsed.adj),
            (List::Head, parsed.head),
            (List::Collective, parsed.collective),
            (List::Demonym, parsed.demonym),
            (List::Title, parsed.title),
            (List::Number, parsed.number),
            (List::Unit, parsed.unit),
            (List::Calendar, parsed.calendar),
        ];
        for (list, rows) in lists {
            for row in rows {
                let start = row.span().start;
                let wrong = |what| LexiconError::new(file, line_of(source, start), format!("{what} is missing"));
                self.words.push((list, check_word(list, row.into_inner()).map_err(wrong)?));
            }
        }
        Ok(())
    }

    fn read_tsv(&mut self, file: &str, source: &str) -> Result<(), LexiconError> {
        let mut lines = source.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#'));
        let Some((at, header)) = lines.next() else {
            return Err(LexiconError::new(file, 0, "no header row"));
        };
        let columns: Vec<&str> = header.trim_start_matches('\u{feff}').split('\t').collect();
        if columns.contains(&"part") {
            return self.read_name_parts(file, &columns, lines);
        }
        if let Some(unknown) = columns.iter().find(|c| !PLACE_COLUMNS.contains(c)) {
            let message = format!("no such column: {unknown} (known: {})", PLACE_COLUMNS.join(", "));
            return Err(LexiconError::new(file, at + 1, message));
        }
        for needed in ["name_ar", "kind"] {
            if !columns.contains(&needed) {
                return Err(LexiconError::new(file, at + 1, format!("column {needed} is missing")));
            }
        }
        let at: Vec<Option<usize>> = PLACE_COLUMNS.iter().map(|c| columns.iter().position(|k| k == c)).collect();
        for (n, line) in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() != columns.len() {
                let message = format!("{} columns where the header has {}", cells.len(), columns.len());
                return Err(LexiconError::new(file, n + 1, message));
            }
            let cell = |i: usize| at[i].map(|c| cells[c].trim()).filter(|c| !c.is_empty());
            let number = |i: usize| -> Result<Option<f64>, LexiconError> {
                let bad = |c| LexiconError::new(file, n + 1, format!("{}: not a number: {c}", PLACE_COLUMNS[i]));
                cell(i).map(|c| c.parse().map_err(|_| bad(c))).transpose()
            };
            let kind = cell(2).unwrap_or_default();
            if !PLACE_KINDS.contains(&kind) {
                let message = format!("unknown kind: {kind:?} (known: {})", PLACE_KINDS.join(", "));
                return Err(LexiconError::new(file, n + 1, message));
            }
            let name_ar = cell(0).ok_or_else(|| LexiconError::new(file, n + 1, "name_ar is empty"))?;
            let owned = |i: usize| cell(i).map(str::to_owned);
            self.places.push(PlaceRow {
                name_ar: name_ar.to_owned(),
                name_en: owned(1).unwrap_or_default(),
                kind: kind.to_owned(),
                country: owned(3),
                admin1: owned(4),
                lat: number(5)?,
                lon: number(6)?,
                population: number(7)?.unwrap_or(0.0) as i64,
                place_id: owned(8).unwrap_or_default(),
                common: cell(10) == Some("1"),
            });
        }
        Ok(())
    }

    fn read_name_parts<'a>(
        &mut self,
        file: &str,
        columns: &[&str],
        lines: impl Iterator<Item = (usize, &'a str)>,
    ) -> Result<(), LexiconError> {
        let token = columns.iter().position(|c| *c == "name_ar").unwrap_or(0);
        let common = columns.iter().position(|c| *c == "common");
        let part = columns.iter().position(|c| *c == "part");
        for (n, line) in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            let Some(text) = cells.get(token).filter(|t| !t.is_empty()) else {
                return Err(LexiconError::new(file, n + 1, "name_ar is empty"));
            };
            let joint = match part.and_then(|c| cells.get(c)).copied() {
                Some("front") => Joint::Front,
                Some("back") => Joint::Back,
                Some("given" | "family" | "") | None => Joint::None,
                Some(other) => {
                    let message = format!("unknown part: {other:?} (known: given, family, front, back)");
                    return Err(LexiconError::new(file, n + 1, message));
                }
            };
            let common = common.and_then(|c| cells.get(c)) == Some(&"1");
            self.name_parts.push(((*text).to_owned(), NamePart { common, joint }));
        }
        Ok(())
    }
}

fn check_actor(row: ActorRow) -> Result<ActorRow, String> {
    if row.id.is_empty() || row.name.is_empty() {
        return Err("an actor needs id and name".into());
    }
    if row.name_ar.is_empty() && row.aliases.is_empty() {
        return Err(format!("actor {}: name_ar or aliases is needed", row.id));
    }
    if !ACTOR_TYPES.contains(&row.kind.as_str()) {
        return Err(format!("actor {}: unknown type: {:?} (known: {})", row.id, row.kind, ACTOR_TYPES.join(", ")));
    }
    Ok(row)
}

/// The row, or the field that its list cannot do without.
fn check_word(list: List, row: Row) -> Result<Row, &'static str> {
    match list {
        List::Word | List::Cue | List::Turn if row.text.is_empty() && row.texts.is_empty() => Err("text"),
        List::Verb if row.lemma.is_empty() => Err("lemma"),
        List::Verb if row.root.is_empty() => Err("root"),
        List::Verb if row.form == 0 => Err("form"),
        List::Noun | List::Adjective | List::Head | List::Collective if row.lemma.is_empty() => Err("lemma"),
        List::Number | List::Calendar if row.text.is_empty() && row.texts.is_empty() => Err("text or texts"),
        List::Number | List::Calendar if row.kind.is_none() => Err("kind"),
        List::Unit if row.lemma.is_empty() && row.texts.is_empty() => Err("lemma or texts"),
        List::Title if row.lemma.is_empty() && row.text.is_empty() => Err("lemma or text"),
        List::Demonym if row.masc.is_none() => Err("masc"),
        _ => Ok(row),
    }
}
