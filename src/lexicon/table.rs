//! Tables of places, actors and parts of names, as CSV or TSV: the columns say which.

use csv::StringRecord;

use super::load::{Joint, NamePart, Rows};
use super::rows::{ActorRow, PlaceRow};
use crate::error::{LONGEST, LexiconError, too_long};

const PLACE_KINDS: [&str; 6] = ["country", "region", "city", "district", "site", "natural"];
const PLACE_COLUMNS: [&str; 11] =
    ["name_ar", "name_en", "kind", "country", "admin1", "lat", "lon", "population", "place_id", "source", "common"];
const ACTOR_COLUMNS: [&str; 13] = [
    "id",
    "name",
    "name_ar",
    "type",
    "country",
    "parent",
    "aliases",
    "short",
    "cue",
    "capital",
    "capital_aliases",
    "place_alias",
    "source",
];
const PART_COLUMNS: [&str; 6] = ["name_ar", "name_en", "sex", "part", "source", "common"];
/// What separates the names in one cell.
const BETWEEN: char = '|';

/// What a table's header says.
struct Table {
    /// The columns that such a table may have.
    columns: &'static [&'static str],
    /// Where each of them stands in a row.
    at: Vec<Option<usize>>,
    /// How many there are in a row.
    width: usize,
}

impl Table {
    fn of(header: &[&str]) -> Result<Self, String> {
        let names: Vec<&str> = header.iter().map(|c| c.trim()).collect();
        let (columns, needed): (&[&'static str], &[&str]) = match () {
            () if names.contains(&"part") => (&PART_COLUMNS, &["name_ar"]),
            () if names.contains(&"type") => (&ACTOR_COLUMNS, &["id", "name"]),
            () => (&PLACE_COLUMNS, &["name_ar", "kind"]),
        };
        if let Some(unknown) = names.iter().find(|c| !columns.contains(c)) {
            return Err(format!("no such column: {unknown} (known: {})", columns.join(", ")));
        }
        if let Some(missing) = needed.iter().find(|c| !names.contains(c)) {
            return Err(format!("column {missing} is missing"));
        }
        let at = columns.iter().map(|c| names.iter().position(|n| n == c)).collect();
        Ok(Table { columns, at, width: header.len() })
    }
}

/// The cells of a row by the names of their columns.
struct Cells<'r> {
    columns: &'r [&'static str],
    /// Where each known column stands in the row.
    at: &'r [Option<usize>],
    row: &'r [&'r str],
}

impl<'r> Cells<'r> {
    fn get(&self, column: &str) -> Option<&'r str> {
        let known = self.columns.iter().position(|c| *c == column)?;
        self.row.get(self.at[known]?).map(|c| c.trim()).filter(|c| !c.is_empty())
    }

    fn owned(&self, column: &str) -> Option<String> {
        self.get(column).map(str::to_owned)
    }

    fn text(&self, column: &str) -> String {
        self.owned(column).unwrap_or_default()
    }

    fn list(&self, column: &str) -> Vec<String> {
        let names = self.get(column).unwrap_or_default().split(BETWEEN).map(str::trim);
        names.filter(|n| !n.is_empty()).map(str::to_owned).collect()
    }

    fn is_set(&self, column: &str) -> bool {
        matches!(self.get(column), Some("1" | "true"))
    }

    fn number(&self, column: &str) -> Result<Option<f64>, String> {
        let bad = |c| format!("{column}: not a number: {c}");
        self.get(column).map(|c| c.parse().map_err(|_| bad(c))).transpose()
    }

    /// Degrees, up to so many to either side.
    fn degrees(&self, column: &str, most: f64) -> Result<Option<f64>, String> {
        match self.number(column)? {
            Some(d) if !(-most..=most).contains(&d) => Err(format!("{column}: {d} is not between -{most} and {most}")),
            degrees => Ok(degrees),
        }
    }
}

impl Rows {
    pub(super) fn read_table(&mut self, file: &str, source: &str, delimiter: u8) -> Result<(), LexiconError> {
        let mut table: Option<Table> = None;
        let read = each_row(source, delimiter, |line, row| {
            let Some(Table { columns, at, width }) = &table else {
                table = Some(Table::of(row).map_err(|message| LexiconError::new(file, line, message))?);
                return Ok(());
            };
            if row.len() != *width {
                let message = format!("{} columns where the header has {width}", row.len());
                self.problems.push(LexiconError::new(file, line, message));
                return Ok(());
            }
            let long = row.iter().filter(|cell| cell.len() > LONGEST);
            if let Some(message) = long.flat_map(|cell| cell.split(BETWEEN)).find_map(too_long) {
                self.problems.push(LexiconError::new(file, line, message));
                return Ok(());
            }
            let cells = Cells { columns, at, row };
            let read = match columns.len() {
                n if n == PART_COLUMNS.len() => self.add_part(&cells),
                n if n == PLACE_COLUMNS.len() => self.add_place(&cells, line),
                _ => {
                    self.add_actor(file, line, actor(&cells));
                    Ok(())
                }
            };
            self.problems.extend(read.err().map(|message| LexiconError::new(file, line, message)));
            Ok(())
        });
        read.map_err(|e| match e {
            Unread::Csv(e) => LexiconError::new(file, e.position().map_or(0, |p| p.line() as usize), e.to_string()),
            Unread::Header(e) => e,
        })?;
        table.map(|_| ()).ok_or_else(|| LexiconError::new(file, 0, "no header row"))
    }

    fn add_place(&mut self, cells: &Cells<'_>, line: usize) -> Result<(), String> {
        let kind = cells.get("kind").unwrap_or_default();
        if !PLACE_KINDS.contains(&kind) {
            return Err(format!("unknown kind: {kind:?} (known: {})", PLACE_KINDS.join(", ")));
        }
        let name_ar = cells.owned("name_ar").ok_or("name_ar is empty")?;
        let (lat, lon) = (cells.degrees("lat", 90.0)?, cells.degrees("lon", 180.0)?);
        if lat.is_some() != lon.is_some() {
            return Err("lat and lon stand together or not at all".to_owned());
        }
        self.places.push(PlaceRow {
            name_ar,
            name_en: cells.text("name_en"),
            kind: kind.to_owned(),
            country: cells.owned("country"),
            admin1: cells.owned("admin1"),
            lat,
            lon,
            population: cells.number("population")?.unwrap_or(0.0) as i64,
            place_id: cells.text("place_id"),
            common: cells.is_set("common"),
            own: false,
            line: line as u32,
        });
        Ok(())
    }

    fn add_part(&mut self, cells: &Cells<'_>) -> Result<(), String> {
        let text = cells.owned("name_ar").ok_or("name_ar is empty")?;
        let joint = match cells.get("part") {
            Some("front") => Joint::Front,
            Some("back") => Joint::Back,
            Some("given" | "family") | None => Joint::None,
            Some(other) => return Err(format!("unknown part: {other:?} (known: given, family, front, back)")),
        };
        self.name_parts.push((text, NamePart { common: cells.is_set("common"), joint }));
        Ok(())
    }
}

/// Why a table could not be read.
enum Unread {
    Csv(csv::Error),
    Header(LexiconError),
}

/// Gives every row with its line. A table without quotation marks is cut at its separators, which is all that a reader would do.
fn each_row(
    source: &str,
    delimiter: u8,
    mut then: impl FnMut(usize, &[&str]) -> Result<(), LexiconError>,
) -> Result<(), Unread> {
    let mut then = |line: usize, cells: &[&str]| then(line, cells).map_err(Unread::Header);
    if !source.as_bytes().contains(&b'"') && !source.as_bytes().contains(&b'\r') {
        let mut cells = Vec::new();
        for (n, line) in source.split('\n').enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
            cells.clear();
            cells.extend(cut(line, delimiter));
            then(n + 1, &cells)?;
        }
        return Ok(());
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .comment(Some(b'#'))
        .flexible(true)
        .has_headers(false)
        .from_reader(source.as_bytes());
    let mut row = StringRecord::new();
    while reader.read_record(&mut row).map_err(Unread::Csv)? {
        let line = row.position().map_or(0, |p| line_of_row(source, p));
        then(line, &row.iter().collect::<Vec<_>>())?;
    }
    Ok(())
}

/// The cells of a line. They are short: looking at each byte is less than searching from one separator to the next.
fn cut(line: &str, delimiter: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let cells = rest?;
        let end = cells.bytes().position(|b| b == delimiter);
        rest = end.map(|end| &cells[end + 1..]);
        Some(&cells[..end.unwrap_or(cells.len())])
    })
}

/// The line of a row; the reader points at the empty lines and comments before it.
fn line_of_row(source: &str, position: &csv::Position) -> usize {
    let mut line = position.line() as usize;
    for before in source[position.byte() as usize..].lines() {
        if !before.is_empty() && !before.starts_with('#') {
            break;
        }
        line += 1;
    }
    line
}

fn actor(cells: &Cells<'_>) -> ActorRow {
    ActorRow {
        id: cells.text("id"),
        name: cells.text("name"),
        name_ar: cells.text("name_ar"),
        kind: cells.text("type"),
        country: cells.owned("country"),
        parent: cells.owned("parent"),
        aliases: cells.list("aliases"),
        short: cells.list("short"),
        cue: cells.list("cue"),
        capital: cells.owned("capital"),
        capital_aliases: cells.list("capital_aliases"),
        place_alias: cells.is_set("place_alias"),
        ..ActorRow::default()
    }
}
