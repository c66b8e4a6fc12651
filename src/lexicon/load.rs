//! Files to rows, each mistake with its file and line.

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Fold;
use super::rows::{ActorRow, List, PhraseRow, PlaceRow, Row};
use crate::error::{self, LexiconError, Lines};
use crate::pool::at_once;

/// The rows of all files, in the order given, and what is wrong with them.
#[derive(Debug, Default)]
pub struct Rows {
    pub problems: Vec<LexiconError>,
    pub words: Vec<(List, Box<Row>)>,
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

/// The first value in here that is too long, and where it begins.
fn too_long(value: &Spanned<DeValue<'_>>) -> Option<(usize, String)> {
    match value.get_ref() {
        DeValue::String(text) => Some((value.span().start, error::too_long(text)?)),
        DeValue::Array(all) => all.iter().find_map(too_long),
        DeValue::Table(table) => table.values().find_map(too_long),
        _ => None,
    }
}

const ACTOR_TYPES: [&str; 8] =
    ["state", "military", "armed_group", "coalition", "organization", "media", "person", "collective"];

impl Rows {
    /// Reads one file by its suffix: TOML word lists and actors; tables of actors, places or name parts as CSV or TSV.
    /// What is wrong goes to `problems`, and the rest of the file is read.
    pub fn read(&mut self, file: &str, source: &str) {
        let source = source.trim_start_matches('\u{feff}');
        let suffix = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let read = match suffix.as_str() {
            "toml" => self.read_toml(file, source),
            "tsv" => self.read_table(file, source, b'\t'),
            "csv" => self.read_table(file, source, b','),
            _ => Err(LexiconError::new(file, 0, "a lexicon file ends in .toml, .tsv or .csv")),
        };
        self.problems.extend(read.err());
    }

    /// Reads files, several at a time, and folds their words; what is given is the first mistake or the rows in the order of the files.
    pub fn read_all(files: &[(&str, &str)], fold: &Fold) -> Result<Self, LexiconError> {
        let mut all = Rows::default();
        let read = at_once(
            files,
            |(_, source)| source.len(),
            |(file, source)| {
                let mut rows = Rows::default();
                rows.read(file, source);
                rows.words.iter_mut().for_each(|(_, row)| row.fold(fold));
                rows
            },
        );
        for mut rows in read {
            if !rows.problems.is_empty() {
                return Err(rows.problems.swap_remove(0));
            }
            all.append(rows);
        }
        Ok(all)
    }

    /// Puts the rows of another file behind these.
    pub fn append(&mut self, mut other: Rows) {
        self.problems.append(&mut other.problems);
        self.words.append(&mut other.words);
        self.actors.append(&mut other.actors);
        self.places.append(&mut other.places);
        self.name_parts.append(&mut other.name_parts);
        self.phrases.append(&mut other.phrases);
    }

    fn read_toml(&mut self, file: &str, source: &str) -> Result<(), LexiconError> {
        let bad = |e: &toml::de::Error| LexiconError::toml(file, source, e);
        let table = DeTable::parse(source).map_err(|e| bad(&e))?;
        let lines = Lines::of(source);
        for (name, value) in table.get_ref() {
            let at = |message| Err(LexiconError::new(file, lines.at(name.span().start), message));
            let name = name.get_ref().as_ref();
            let known = matches!(name, "actor" | "phrase" | "idiom" | "negation");
            if !known && List::named(name).is_none() {
                return at(format!("no such list: {name} (known: {})", List::NAMES));
            }
            if !value.get_ref().is_array() {
                return at(format!("{name} is written [[{name}]]"));
            }
            if let Some((start, message)) = too_long(value) {
                return Err(LexiconError::new(file, lines.at(start), message));
            }
        }
        #[derive(Deserialize)]
        struct File {
            #[serde(default)]
            actor: Vec<Spanned<ActorRow>>,
            #[serde(default)]
            verb: Vec<Spanned<Box<Row>>>,
            #[serde(default)]
            noun: Vec<Spanned<Box<Row>>>,
            #[serde(default)]
            word: Vec<Spanned<Box<Row>>>,
            #[serde(default)]
            cue: Vec<Spanned<Box<Row>>>,
            #[serde(default)]
            turn: Vec<Spanned<Box<Row>>>,
            #[serde(default)]
            adj: Vec<Spanned<Box<Row>>>,
            #[serde(default)]
            phrase: Vec<Spanned<PhraseRow>>,
            #[serde(default)]
            idiom: Vec<Spanned<PhraseRow>>,
            #[serde(default)]
            negation: Vec<Spanned<PhraseRow>>,
            #[serde(default)]
            head: Vec<Spanned<Box<Row>>>,
            #[serde(default)]
            collective: Vec<Spanned<Box<Row>>>,
            #[serde(default)]
            demonym: Vec<Spanned<Box<Row>>>,
            #[serde(default)]
            title: Vec<Spanned<Box<Row>>>,
            #[serde(default)]
            number: Vec<Spanned<Box<Row>>>,
            #[serde(default)]
            unit: Vec<Spanned<Box<Row>>>,
            #[serde(default)]
            calendar: Vec<Spanned<Box<Row>>>,
        }
        let parsed = File::deserialize(toml::Deserializer::from(table)).map_err(|e| bad(&e))?;
        for actor in parsed.actor {
            self.add_actor(file, lines.at(actor.span().start), actor.into_inner());
        }
        for (turn, rows) in
            [(Turn::Phrase, parsed.phrase), (Turn::Idiom, parsed.idiom), (Turn::Negation, parsed.negation)]
        {
            for row in rows {
                let start = row.span().start;
                let row = row.into_inner();
                if row.words.is_empty() || row.trigger >= row.words.len() {
                    let line = lines.at(start);
                    self.problems.push(LexiconError::new(file, line, "words is missing, or trigger counts past it"));
                    continue;
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
                match check_word(list, row.into_inner()) {
                    Ok(row) => self.words.push((list, row)),
                    Err(what) => {
                        let message = format!("{what} is missing");
                        self.problems.push(LexiconError::new(file, lines.at(start), message));
                    }
                }
            }
        }
        Ok(())
    }
}

impl Rows {
    pub(super) fn add_actor(&mut self, file: &str, line: usize, row: ActorRow) {
        match check_actor(row) {
            Ok(row) => self.actors.push(ActorRow { line: line as u32, ..row }),
            Err(message) => self.problems.push(LexiconError::new(file, line, message)),
        }
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
fn check_word(list: List, row: Box<Row>) -> Result<Box<Row>, &'static str> {
    match list {
        List::Word | List::Cue | List::Turn if row.text.is_empty() && row.texts.is_empty() => Err("text"),
        List::Verb if row.lemma.is_empty() => Err("lemma"),
        List::Verb if row.root.is_empty() => Err("root"),
        List::Verb if row.form == 0 => Err("form"),
        List::Noun | List::Adjective if row.lemma.is_empty() && row.texts.is_empty() => Err("lemma or texts"),
        List::Head | List::Collective if row.lemma.is_empty() => Err("lemma"),
        List::Number | List::Calendar if row.text.is_empty() && row.texts.is_empty() => Err("text or texts"),
        List::Number | List::Calendar if row.kind.is_none() => Err("kind"),
        List::Unit if row.lemma.is_empty() && row.texts.is_empty() => Err("lemma or texts"),
        List::Title if row.lemma.is_empty() && row.text.is_empty() => Err("lemma or text"),
        List::Demonym if row.masc.is_none() => Err("masc"),
        _ => Ok(row),
    }
}
