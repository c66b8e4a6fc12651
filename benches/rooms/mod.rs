//! What `Extractor::extract` does, room by room, for whoever counts what a room takes: by the clock (`rooms.rs`, `extract.rs`), by
//! instructions (`instructions.rs`) or by steps (`tests/linear.rs`). No room is inlined, so that a profiler sees it by its name.

#![allow(dead_code, reason = "each user takes what it needs")]

use khabar::claim::{self, Attribution, Casualty, Claims, Event, Scene, attribution};
use khabar::grammar::Document;
use khabar::lexicon::Lexicon;
use khabar::mention::{self, Actor, Figures, Mentions, Place, Quantity, Time};
use khabar::table::rows::{self, Report};
use khabar::table::write::Writer;
use khabar::text::Aligned;

pub const ROOMS: [&str; 10] = [
    "normalize",
    "segment, look up",
    "numbers, times",
    "quantities",
    "actors",
    "places",
    "attributions",
    "events",
    "casualties",
    "rows",
];

/// A report's text, and its day of publication as days since 1970-01-01.
pub type Given = (String, Option<rows::Date>);

pub struct House {
    pub lexicon: Lexicon,
    pub figures: Figures,
}

impl House {
    pub fn new() -> Self {
        let lexicon = Lexicon::compile(&[]).expect("the built-in lexicon");
        let figures = Figures::new(&lexicon).expect("the built-in rules");
        House { lexicon, figures }
    }

    /// Takes a text through all rooms; `done` is told when it has left the room of that number.
    pub fn walk(&self, text: &str, published: Option<rows::Date>, mut done: impl FnMut(usize)) -> Report {
        let aligned = normalize(self, text);
        done(0);
        let doc = look_up(self, &aligned);
        done(1);
        let (sheet, times) = times(self, &doc, published);
        done(2);
        let (times, quantities) = quantities(self, sheet, times);
        done(3);
        let actors = actors(&doc, &quantities);
        done(4);
        let places = places(&doc, &actors, &quantities);
        let mentions = Mentions { actors, places, times, quantities };
        done(5);
        let mut scene = Scene::new(&doc, &mentions);
        attributions(&mut scene);
        done(6);
        let events = events(&scene);
        done(7);
        let casualties = casualties(&scene, &events);
        done(8);
        let claims = Claims { attributions: scene.attributions, events, casualties };
        let report = rows(text, &aligned, &doc, &mentions, &claims);
        done(9);
        report
    }
}

#[inline(never)]
pub fn normalize(house: &House, text: &str) -> Aligned {
    house.lexicon.fold.align(text)
}

#[inline(never)]
pub fn look_up<'a>(house: &'a House, aligned: &'a Aligned) -> Document<'a> {
    Document::read(&aligned.text, &house.lexicon)
}

#[inline(never)]
pub fn times<'d, 'l>(
    house: &'d House,
    doc: &'d Document<'l>,
    published: Option<rows::Date>,
) -> (mention::Sheet<'d, 'l>, Vec<Time>) {
    let sheet = house.figures.sheet(doc);
    let times = house.figures.times_of(&sheet, published);
    (sheet, times)
}

#[inline(never)]
pub fn quantities(house: &House, sheet: mention::Sheet<'_, '_>, times: Vec<Time>) -> (Vec<Time>, Vec<Quantity>) {
    let quantities = house.figures.quantities_of(&sheet, &times);
    (mention::without_ages(times, &quantities), quantities)
}

#[inline(never)]
pub fn actors(doc: &Document<'_>, quantities: &[Quantity]) -> Vec<Actor> {
    mention::actor::actors(doc, quantities)
}

#[inline(never)]
pub fn places(doc: &Document<'_>, actors: &[Actor], quantities: &[Quantity]) -> Vec<Place> {
    mention::place::places(doc, actors, quantities)
}

#[inline(never)]
pub fn attributions(scene: &mut Scene<'_, '_>) {
    let attributions: Vec<Attribution> = attribution::attributions(scene);
    scene.attribute(attributions);
}

#[inline(never)]
pub fn events(scene: &Scene<'_, '_>) -> Vec<Event> {
    claim::events(scene)
}

#[inline(never)]
pub fn casualties(scene: &Scene<'_, '_>, events: &[Event]) -> Vec<Casualty> {
    claim::casualties(scene, events)
}

#[inline(never)]
pub fn rows(text: &str, aligned: &Aligned, doc: &Document<'_>, mentions: &Mentions, claims: &Claims) -> Report {
    Writer::new(text, std::slice::from_ref(aligned), doc, mentions).report(rows::Document::default(), claims)
}

/// The reports of files of JSON lines with `text` and perhaps `published`; of no files, those of the demonstration.
pub fn reports(files: &[String]) -> Vec<Given> {
    let mut out = Vec::new();
    for file in files {
        let content = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{file}: {e}"));
        out.extend(content.lines().map(report));
    }
    if out.is_empty() {
        let demo = [
            include_str!("../../python/khabar/demo/1.txt"),
            include_str!("../../python/khabar/demo/2.txt"),
            include_str!("../../python/khabar/demo/3.txt"),
            include_str!("../../python/khabar/demo/4.txt"),
            include_str!("../../python/khabar/demo/5.txt"),
        ];
        out = demo.iter().map(|text| ((*text).to_owned(), Some(17_359))).collect();
    }
    out
}

fn report(line: &str) -> Given {
    let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
    let day = value["published"].as_str().and_then(|p| p.get(..10)?.parse::<jiff::civil::Date>().ok());
    let epoch = jiff::civil::date(1970, 1, 1);
    (value["text"].as_str().expect("a text").to_owned(), day.map(|d| (d - epoch).get_days()))
}
