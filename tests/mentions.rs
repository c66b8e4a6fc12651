//! The cases of `actors.toml` and `places.toml`.

use std::sync::LazyLock;

use khabar::pipeline::{Extractor, Input};
use serde::Deserialize;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::new(&[]).unwrap());

#[derive(Deserialize)]
struct Cases<T> {
    case: Vec<T>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActorCase {
    text: String,
    actors: Option<Vec<String>>,
    #[serde(default)]
    not: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceCase {
    text: String,
    places: Vec<String>,
    at: Option<(f64, f64)>,
    relation: Option<String>,
}

fn report(text: &str) -> khabar::table::rows::Report {
    EXTRACTOR.extract(&Input { doc_id: "case", text: Some(text), ..Input::default() })
}

#[test]
fn actors() {
    let cases: Cases<ActorCase> = toml::from_str(include_str!("actors.toml")).unwrap();
    let mut wrong = Vec::new();
    for case in cases.case {
        let found: Vec<(String, String)> =
            report(&case.text).actors.into_iter().map(|a| (a.kind, a.at.text.to_string())).collect();
        let shown: Vec<String> = found.iter().map(|(kind, text)| format!("{kind}: {text}")).collect();
        let spurious = found.iter().any(|(_, text)| case.not.contains(text));
        if spurious || case.actors.is_some_and(|wanted| wanted != shown) {
            wrong.push(format!("{}\n    {shown:?}", case.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn places() {
    let cases: Cases<PlaceCase> = toml::from_str(include_str!("places.toml")).unwrap();
    let mut wrong = Vec::new();
    for case in cases.case {
        let found = report(&case.text).locations;
        let shown: Vec<String> = found.iter().map(|l| format!("{}: {}", l.kind, l.at.text)).collect();
        let far = case.at.is_some_and(|at| {
            let first = found.first().and_then(|l| Some((l.lat?, l.lon?)));
            first.is_none_or(|first| kilometres(at, first) > 15.0)
        });
        let related = case.relation.is_none() || found.first().and_then(|l| l.relation.clone()) == case.relation;
        if shown != case.places || far || !related {
            let first = found.first().map(|l| (l.lat, l.lon, l.relation.clone()));
            wrong.push(format!("{}\n    {shown:?} {first:?}", case.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The distance of two points given in degrees, near enough for towns.
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let degree = 111.2;
    let x = (a.1 - b.1) * ((a.0 + b.0) / 2.0).to_radians().cos();
    (x * x + (a.0 - b.0) * (a.0 - b.0)).sqrt() * degree
}
