//! Megabytes a second of extraction on one thread, and what each room takes of it.
//!
//! `cargo bench --bench extract -- FILE…` takes reports as JSON lines with `text` and perhaps `published`; without files
//! a built-in sample is used.

use std::hint::black_box;
use std::time::{Duration, Instant};

use khabar::claim::{self, Claims, Scene, attribution};
use khabar::grammar::Document;
use khabar::lexicon::Lexicon;
use khabar::mention::{self, Figures, Mentions};
use khabar::table::rows;
use khabar::table::write::Writer;

const SAMPLE: &str = "أعلنت قوات سوريا الديمقراطية، الأربعاء، السيطرة على 3 أحياء في مدينة الرقة، وقال المتحدث باسمها «إن الاشتباكات أدت إلى مقتل خمسة مدنيين على الأقل وإصابة 12 آخرين منذ أمس».\n";

const ROOMS: [&str; 10] = [
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

struct Rooms {
    lexicon: Lexicon,
    figures: Figures,
    spent: [Duration; ROOMS.len()],
}

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let mut texts: Vec<(String, Option<rows::Date>)> = Vec::new();
    for file in &files {
        let content = std::fs::read_to_string(file).expect("a file of reports");
        texts.extend(content.lines().map(report));
    }
    if texts.is_empty() {
        texts = vec![(SAMPLE.repeat(20), Some(17_000)); 200];
    }
    let bytes: usize = texts.iter().map(|t| t.0.len()).sum();
    println!("{} reports, {:.1} MB", texts.len(), bytes as f64 / 1e6);
    let lexicon = Lexicon::compile(&[]).expect("the built-in lexicon");
    let figures = Figures::new(&lexicon).expect("the built-in rules");
    let mut rooms = Rooms { lexicon, figures, spent: Default::default() };
    let read = best(|| texts.iter().map(|t| t.0.chars().map(|c| c as usize).fold(0, |a, c| a ^ c)).sum());
    let mut shares = rooms.spent;
    let whole = best(|| {
        rooms.spent = Default::default();
        let claims = texts.iter().map(|(text, published)| rooms.extract(text, *published)).sum();
        if shares[0].is_zero() || rooms.spent.iter().sum::<Duration>() < shares.iter().sum() {
            shares = rooms.spent;
        }
        claims
    });
    let sum: f64 = shares.iter().map(Duration::as_secs_f64).sum();
    for (room, spent) in ROOMS.iter().zip(&shares) {
        println!("  {room:<16} {:5.1} %", spent.as_secs_f64() / sum * 100.0);
    }
    println!("  extraction       {:5.1} MB/s", bytes as f64 / 1e6 / whole);
    println!("  bare read        {:5.1} MB/s, {:.0} times as fast", bytes as f64 / 1e6 / read, whole / read);
}

/// The text of a line, and its day of publication as days since 1970-01-01.
fn report(line: &str) -> (String, Option<rows::Date>) {
    let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
    let day = value["published"].as_str().and_then(|p| p.get(..10)?.parse::<jiff::civil::Date>().ok());
    let epoch = jiff::civil::date(1970, 1, 1);
    (value["text"].as_str().expect("a text").to_owned(), day.map(|d| (d - epoch).get_days()))
}

/// The seconds of the best of a few runs.
fn best(mut run: impl FnMut() -> usize) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        let start = Instant::now();
        black_box(run());
        best = best.min(start.elapsed().as_secs_f64());
    }
    best
}

impl Rooms {
    /// What `Extractor::extract` does, with a clock at every door.
    fn extract(&mut self, text: &str, published: Option<rows::Date>) -> usize {
        let Rooms { lexicon, figures, spent } = self;
        let mut start = Instant::now();
        let mut done = |room: usize| {
            let now = Instant::now();
            spent[room] += now - start;
            start = now;
        };
        let aligned = lexicon.fold.align(text);
        done(0);
        let doc = Document::read(&aligned.text, lexicon);
        done(1);
        let sheet = figures.sheet(&doc);
        let times = figures.times_of(&sheet, published);
        done(2);
        let quantities = figures.quantities_of(&sheet, &times);
        let times = mention::without_ages(times, &quantities);
        drop(sheet);
        done(3);
        let actors = mention::actor::actors(&doc, &quantities);
        done(4);
        let places = mention::place::places(&doc, &actors, &quantities);
        done(5);
        let mentions = Mentions { actors, places, times, quantities };
        let mut scene = Scene::new(&doc, &mentions);
        let attributions = attribution::attributions(&scene);
        scene.attribute(attributions);
        done(6);
        let events = claim::events(&scene);
        done(7);
        let casualties = claim::casualties(&scene, &events);
        done(8);
        let claims = Claims { attributions: scene.attributions, events, casualties };
        let report = Writer::new(text, std::slice::from_ref(&aligned), &doc, &mentions)
            .report(rows::Document::default(), &claims);
        let rows = report.events.len() + report.casualties.len();
        drop((report, claims));
        done(9);
        rows
    }
}
