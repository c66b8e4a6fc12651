//! The cases of `numbers.toml` and `times.toml`, and every example inside the rules.

use khabar::grammar::Document;
use khabar::lexicon::Lexicon;
use khabar::mention::{Figures, Quantity, Time};
use serde::Deserialize;

/// 2017-07-05.
const PUBLISHED: i32 = 17352;

struct Desk {
    lexicon: Lexicon,
    figures: Figures,
}

impl Desk {
    fn new() -> Self {
        let lexicon = Lexicon::compile(&[]).unwrap();
        let figures = Figures::new(&lexicon).unwrap();
        Desk { lexicon, figures }
    }

    fn read<T>(&self, text: &str, published: Option<i32>, see: impl FnOnce(&str, &[Quantity], &[Time]) -> T) -> T {
        let text = self.lexicon.fold.text(text);
        let doc = Document::read(&text, &self.lexicon);
        let times = self.figures.times(&doc, published);
        let quantities = self.figures.quantities(&doc, &times);
        see(&text, &quantities, &times)
    }
}

fn bounds(q: &Quantity) -> String {
    let side = |v: Option<f64>| v.map_or(String::new(), |v| v.to_string());
    format!("{}..{}", side(q.low), side(q.high))
}

#[test]
fn every_rule_keeps_its_examples() {
    let desk = Desk::new();
    let mut wrong = Vec::new();
    for (at, rule) in desk.figures.times.rules.iter().enumerate() {
        for example in &rule.examples {
            let taken = desk.lexicon.fold.text(&example.taken);
            let value = example.value.as_deref().filter(|v| *v != "null").map(str::to_owned);
            desk.read(&example.text, Some(PUBLISHED), |text, _, times| {
                if !times
                    .iter()
                    .any(|t| t.rule == Some(at) && text[t.span.range()].ends_with(&taken) && t.value == value)
                {
                    wrong.push(format!("{}: {}: {times:?}", rule.name, example.text));
                }
            });
        }
        for text in &rule.counter_examples {
            desk.read(text, Some(PUBLISHED), |_, _, times| {
                if times.iter().any(|t| t.rule == Some(at)) {
                    wrong.push(format!("{} took: {text}", rule.name));
                }
            });
        }
    }
    for (at, rule) in desk.figures.quantities.rules.iter().enumerate() {
        for example in &rule.examples {
            let taken = desk.lexicon.fold.text(&example.taken);
            desk.read(&example.text, Some(PUBLISHED), |text, quantities, _| {
                let same = |q: &Quantity| {
                    q.rule == Some(at)
                        && text[q.span.range()] == taken
                        && example.value.as_ref().is_none_or(|v| *v == bounds(q))
                };
                if !quantities.iter().any(same) {
                    wrong.push(format!("{}: {}: {quantities:?}", rule.name, example.text));
                }
            });
        }
        for text in &rule.counter_examples {
            desk.read(text, Some(PUBLISHED), |_, quantities, _| {
                if quantities.iter().any(|q| q.rule == Some(at)) {
                    wrong.push(format!("{} took: {text}", rule.name));
                }
            });
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[derive(Deserialize)]
struct Cases<T> {
    case: Vec<T>,
}

/// A sentence and all its quantities: `text | kind | value or low..high | modifier | unit`.
#[derive(Deserialize)]
struct NumberCase {
    text: String,
    quantities: Vec<String>,
}

/// A sentence and all its times: `text | kind | value`.
#[derive(Deserialize)]
struct TimeCase {
    text: String,
    #[serde(default)]
    unpublished: bool,
    times: Vec<String>,
}

fn cases<T: for<'a> Deserialize<'a>>(file: &str) -> Vec<T> {
    let path = format!("{}/tests/{file}", env!("CARGO_MANIFEST_DIR"));
    toml::from_str::<Cases<T>>(&std::fs::read_to_string(path).unwrap()).unwrap().case
}

#[test]
fn numbers() {
    let desk = Desk::new();
    let mut wrong = Vec::new();
    for case in cases::<NumberCase>("numbers.toml") {
        desk.read(&case.text, None, |text, quantities, _| {
            let line = |q: &Quantity| {
                let value =
                    q.value.filter(|v| bounds(q) == format!("{v}..{v}")).map_or_else(|| bounds(q), |v| v.to_string());
                let value = if q.low.or(q.high).is_none() { q.value.map_or(value, |v| format!("{v}?")) } else { value };
                let mut line = format!("{} | {} | {value}", &text[q.span.range()], q.kind.name());
                if q.modifier.name() != "exact" {
                    line.push_str(&format!(" | {}", q.modifier.name()));
                }
                if let Some(unit) = &q.unit {
                    line.push_str(&format!(" | {unit}"));
                }
                line
            };
            let got: Vec<String> = quantities.iter().map(line).collect();
            let wanted: Vec<String> = case.quantities.iter().map(|q| desk.lexicon.fold.text(q)).collect();
            if got != wanted {
                wrong.push(format!("{}\n  got    {got:?}\n  wanted {wanted:?}", case.text));
            }
        });
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn times() {
    let desk = Desk::new();
    let mut wrong = Vec::new();
    for case in cases::<TimeCase>("times.toml") {
        desk.read(&case.text, (!case.unpublished).then_some(PUBLISHED), |text, _, times| {
            let line = |t: &Time| {
                format!("{} | {} | {}", &text[t.span.range()], t.kind.name(), t.value.as_deref().unwrap_or("null"))
            };
            let got: Vec<String> = times.iter().map(line).collect();
            let wanted: Vec<String> = case.times.iter().map(|t| desk.lexicon.fold.text(t)).collect();
            if got != wanted {
                wrong.push(format!("{}\n  got    {got:?}\n  wanted {wanted:?}", case.text));
            }
        });
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn intervals_are_half_open() {
    let desk = Desk::new();
    const DAY: i64 = 86_400_000_000;
    desk.read("قتل ثلاثة أمس", Some(PUBLISHED), |_, _, times| {
        let from = i64::from(PUBLISHED - 1) * DAY;
        assert_eq!((times[0].from, times[0].to), (Some(from), Some(from + DAY)));
        assert!(times[0].resolved);
    });
    desk.read("قتل ثلاثة أمس", None, |_, _, times| {
        assert_eq!((times[0].from, times[0].resolved), (None, false));
    });
}
