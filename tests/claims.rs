//! Whole reports: the cases of `claims.toml` and `reports.toml`, the examples of the frames, and the names of frames in the word lists.

use std::sync::LazyLock;

use khabar::pipeline::{Extractor, Input};
use khabar::table::rows::{Attribution, Report};
use serde::Deserialize;
use toml::{Table, Value};

/// 2017-07-05.
const PUBLISHED: i32 = 17352;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::new(&[], &[]).unwrap());

fn read(text: &str) -> Report {
    EXTRACTOR.extract(&Input { doc_id: "d", text: Some(text), published: Some(PUBLISHED), ..Input::default() })
}

fn file(path: &str) -> String {
    std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    about: String,
    text: String,
    actors: Option<Vec<Table>>,
    places: Option<Vec<Table>>,
    attributions: Option<Vec<Table>>,
    events: Option<Vec<Table>>,
    casualties: Option<Vec<Table>>,
    quantities: Option<Vec<Table>>,
}

macro_rules! row {
    ($($name:literal = $value:expr),* $(,)?) => {{
        let mut row = Table::new();
        $(if let Some(value) = $value { row.insert($name.into(), Value::from(value)); })*
        row
    }};
}

/// The columns that a case may name; absent is null.
fn rows(report: &Report) -> [Vec<Table>; 6] {
    let actors = report.actors.iter().map(|a| {
        row! { "text" = Some(a.at.text.clone()), "id" = a.actor_id.clone(), "type" = Some(a.kind.clone()), "basis" = Some(a.basis.to_owned()) }
    });
    let places = report.locations.iter().map(|l| {
        row! { "text" = Some(l.at.text.clone()), "name" = l.name.clone(), "kind" = Some(l.kind.clone()), "relation" = l.relation.clone() }
    });
    let text = report.document.text.as_deref().unwrap_or_default();
    let content = |a: &Attribution| {
        let (start, end) = (a.content_start? as usize, a.content_end? as usize);
        Some(text.chars().skip(start).take(end - start).collect::<String>())
    };
    let attributions = report.attributions.iter().map(|a| {
        row! { "source" = Some(a.source.clone()), "id" = a.source_id.clone(), "kind" = a.source_kind.clone(), "cue" = Some(a.cue.clone()),
        "class" = Some(a.cue_class.clone()), "direct" = Some(a.direct), "nested" = Some(a.parent.is_some()), "content" = content(a) }
    });

    let events = report.events.iter().map(|e| {
        row! { "type" = Some(e.kind.clone()), "trigger" = Some(e.trigger.clone()), "agent" = e.agent.clone(), "patient" = e.patient.clone(),
        "place" = e.claim.place.clone(), "time" = e.claim.time.clone(), "source" = e.claim.source.clone(), "negated" = Some(e.claim.negated), "realis" = Some(e.claim.realis.to_owned()) }
    });
    let casualties = report.casualties.iter().map(|c| {
        row! { "kind" = Some(c.kind.clone()), "anchor" = Some(c.anchor.clone()), "count" = c.count, "upper" = c.upper, "modifier" = Some(c.modifier.to_owned()),
        "victims" = c.victims.clone(), "class" = Some(c.victim_class.clone()), "victim_actor" = c.victim_actor.clone(), "perpetrator" = c.perpetrator.clone(), "cause" = c.cause.clone(),
        "place" = c.claim.place.clone(), "time" = c.claim.time.clone(), "source" = c.claim.source.clone(), "cumulative" = Some(c.cumulative),
        "subset" = Some(c.subset_of.is_some()), "negated" = Some(c.claim.negated), "realis" = Some(c.claim.realis.to_owned()) }
    });
    let quantities = report.quantities.iter().map(|q| {
        row! { "text" = Some(q.at.text.clone()), "kind" = Some(q.kind.to_owned()), "value" = q.value, "noun" = q.noun.clone(), "claimed" = Some(q.claim_id.is_some()) }
    });
    [
        actors.collect(),
        places.collect(),
        attributions.collect(),
        events.collect(),
        casualties.collect(),
        quantities.collect(),
    ]
}

/// Whether the rows are those wanted, in order: what a wanted row names is the same, and `null` where it says so.
fn same(wanted: &[Table], got: &[Table]) -> bool {
    let null = Value::from("null");
    wanted.len() == got.len()
        && wanted.iter().zip(got).all(|(w, g)| w.iter().all(|(k, v)| g.get(k).map_or(*v == null, |g| g == v)))
}

/// Whether the row has every column that is wanted of it.
fn has(row: &Table, wanted: &Table) -> bool {
    wanted.iter().all(|(k, v)| row.get(k) == Some(v))
}

/// The events and casualties of a report.
fn claims(text: &str) -> Vec<Table> {
    let [_, _, _, events, casualties, _] = rows(&read(text));
    events.into_iter().chain(casualties).collect()
}

#[test]
fn reports_give_their_claims() {
    let cases = |path| toml::from_str::<Cases>(&file(path)).unwrap().case;
    let mut wrong = Vec::new();
    for case in cases("tests/claims.toml").into_iter().chain(cases("tests/reports.toml")) {
        let [actors, places, attributions, events, casualties, quantities] = rows(&read(&case.text));
        for (name, wanted, got) in [
            ("actors", &case.actors, actors),
            ("places", &case.places, places),
            ("attributions", &case.attributions, attributions),
            ("events", &case.events, events),
            ("casualties", &case.casualties, casualties),
            ("quantities", &case.quantities, quantities),
        ] {
            let Some(wanted) = wanted else { continue };
            if !same(wanted, &got) {
                let lines = |rows: &[Table]| {
                    rows.iter().map(|r| format!("    {}", Value::from(r.clone()))).collect::<Vec<_>>().join("\n")
                };
                let (got, wanted) = (lines(&got), lines(wanted));
                wrong.push(format!("{}: {}\n  {name}\n{got}\n  wanted\n{wanted}", case.about, case.text));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}

/// What helps another word to mean something, and is no claim of its own.
const HELPING: [&str; 8] = ["light", "result", "rise", "manage", "fail", "prevent", "modal", "none"];

fn frames() -> Vec<Table> {
    let frames: Table = toml::from_str(&file("lexicon/rules/frames.toml")).unwrap();
    frames["frame"].as_array().unwrap().iter().map(|f| f.as_table().unwrap().clone()).collect()
}

/// Frames whose example is still misread (docs/quality.md).
const MISREAD: [&str; 1] = ["assassinate"];

#[test]
fn the_example_of_a_frame_is_a_claim_of_it() {
    let mut wrong = Vec::new();
    for frame in frames() {
        let of = |key: &str| frame.get(key).map(|v| v.as_str().unwrap().to_owned());
        let report = read(&of("example").unwrap());
        let counted = frame.get("counted").is_some();
        let event = of("event").is_none_or(|kind| report.events.iter().any(|e| e.kind == kind));
        let harm = counted || of("harm").is_none_or(|kind| report.casualties.iter().any(|c| c.kind == kind));
        if (!event || !harm) && !MISREAD.contains(&frame["name"].as_str().unwrap()) {
            wrong.push(format!("{}: {}", of("name").unwrap(), of("example").unwrap()));
        }
    }
    assert!(wrong.is_empty(), "no claim of the frame in its example:\n{}", wrong.join("\n"));
}

#[test]
fn every_frame_that_a_word_names_exists() {
    let known: Vec<String> = frames().iter().map(|f| f["name"].as_str().unwrap().to_owned()).collect();
    let exists = |name: &str| HELPING.contains(&name) || known.iter().any(|k| k == name);
    let mut wrong = Vec::new();
    for name in ["verbs.toml", "nouns.toml", "people.toml", "phrases.toml", "heads.toml", "collectives.toml"] {
        let lists: Table = toml::from_str(&file(&format!("lexicon/{name}"))).unwrap();
        for row in lists.values().flat_map(|rows| rows.as_array().unwrap()) {
            let maps =
                ["object_frame", "subject_frame", "prep_frame", "with"].into_iter().filter_map(|key| row.get(key));
            let several = maps.flat_map(|map| map.as_table().unwrap().values());
            for frame in row.get("frame").into_iter().chain(several).filter_map(Value::as_str) {
                if !exists(frame) {
                    let word = row.get("lemma").or(row.get("words")).map(Value::to_string);
                    wrong.push(format!("{name}: {}: {frame}", word.unwrap_or_default()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "no such frame:\n{}", wrong.join("\n"));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Embeddings {
    verb_first: Vec<String>,
    subject_first: Vec<String>,
    clause: Vec<Embedded>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Embedded {
    verb_first: String,
    subject_first: String,
    event: Option<Table>,
    casualty: Option<Table>,
}

#[test]
fn a_clause_tells_the_same_wherever_it_stands() {
    let all: Embeddings = toml::from_str(&file("tests/embeddings.toml")).unwrap();
    let mut wrong = Vec::new();
    for clause in &all.clause {
        assert!(clause.event.is_some() || clause.casualty.is_some(), "{}: nothing is wanted", clause.verb_first);
        let orders = [(&all.verb_first, &clause.verb_first), (&all.subject_first, &clause.subject_first)];
        for text in orders.into_iter().flat_map(|(frames, clause)| frames.iter().map(|f| f.replace("{}", clause))) {
            let [_, _, _, events, casualties, _] = rows(&read(&text));
            for (wanted, got) in [(&clause.event, events), (&clause.casualty, casualties)] {
                if wanted.as_ref().is_some_and(|w| !got.iter().any(|row| has(row, w))) {
                    wrong.push(format!("{text}\n    {got:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Whereabouts {
    phrase: Vec<Phrase>,
    clause: Vec<Somewhere>,
    frame: Vec<Somewhere>,
    told: Vec<Somewhere>,
    nowhere: Vec<Somewhere>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrase {
    text: String,
    place: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Somewhere {
    text: String,
    #[serde(default)]
    row: Table,
    place: Option<String>,
}

#[test]
fn a_claim_is_where_its_clause_says_it_is() {
    let all: Whereabouts = toml::from_str(&file("tests/whereabouts.toml")).unwrap();
    let mut cases: Vec<(String, &Table, Option<&str>)> = Vec::new();
    for (p, phrase) in all.phrase.iter().enumerate() {
        let place = Some(phrase.place.as_str());
        for clause in &all.clause {
            cases.push((clause.text.replace("{}", &phrase.text) + ".", &clause.row, place));
        }
        for (f, frame) in all.frame.iter().enumerate() {
            let clause = &all.clause[(p + f) % all.clause.len()];
            cases.push((frame.text.replace("{}", &clause.text.replace("{}", &phrase.text)), &clause.row, place));
        }
    }
    let alone = |s: &'_ Somewhere| assert!(!s.row.is_empty(), "{}: nothing is wanted", s.text);
    all.told.iter().chain(&all.nowhere).for_each(alone);
    cases.extend(all.told.iter().chain(&all.nowhere).map(|s| (s.text.clone(), &s.row, s.place.as_deref())));
    let mut wrong = Vec::new();
    for (text, wanted, place) in cases {
        let told = claims(&text);
        let first = told.iter().find(|row| has(row, wanted));
        let found = first.map(|row| row.get("place").and_then(Value::as_str));
        if found != Some(place) {
            wrong.push(format!("{text}\n    {place:?}: {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Blame {
    frames: Vec<String>,
    party: Vec<Party>,
    victims: Vec<Victims>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Party {
    name: String,
    of: String,
    to: String,
    gender: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Victims {
    who: String,
    whom: String,
    count: i64,
}

#[test]
fn whoever_did_it_is_to_blame_however_it_is_told() {
    let all: Blame = toml::from_str(&file("tests/blame.toml")).unwrap();
    let mut wrong = Vec::new();
    for (frame, party) in all.frames.iter().flat_map(|f| all.party.iter().map(move |p| (f, p))) {
        let speaker = Speaker { name: party.name.clone(), gender: party.gender.clone() };
        let told = spoken(frame, &speaker).replace("{of}", &party.of).replace("{to}", &party.to);
        for victims in &all.victims {
            let text = told.replace("{whom}", &victims.whom).replace("{who}", &victims.who);
            let [_, _, _, _, casualties, _] = rows(&read(&text));
            let by = |g: &Table| {
                let name = g.get("perpetrator").and_then(Value::as_str);
                g.get("count").and_then(Value::as_integer) == Some(victims.count)
                    && name.is_some_and(|n| n == party.name || n == party.of || party.to.ends_with(n))
            };
            if !casualties.iter().any(by) {
                wrong.push(format!("{text}\n    {casualties:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sources {
    speaker: Vec<Speaker>,
    frame: Vec<Frame>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Speaker {
    name: String,
    gender: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Frame {
    text: String,
    #[serde(default)]
    said: Vec<String>,
    #[serde(default)]
    own: Vec<String>,
}

/// The frame with the speaker in it, and the form of each "[he|she|they]" that goes with him.
fn spoken(frame: &str, speaker: &Speaker) -> String {
    let form = match speaker.gender.as_deref() {
        None => 0,
        Some("f") => 1,
        Some("several") => 2,
        Some(other) => panic!("{}: {other}", speaker.name),
    };
    let mut parts = frame.split('[');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (forms, rest) = part.split_once(']').unwrap_or_else(|| panic!("no ] in {frame}"));
        text += forms.split('|').nth(form).unwrap_or_else(|| panic!("three forms in {frame}"));
        text += rest;
    }
    text.replace("{}", &speaker.name)
}

#[test]
fn what_is_said_has_its_source_whoever_says_it() {
    let all: Sources = toml::from_str(&file("tests/sources.toml")).unwrap();
    let mut wrong = Vec::new();
    for (frame, speaker) in all.frame.iter().flat_map(|f| all.speaker.iter().map(move |s| (f, s))) {
        assert!(!frame.said.is_empty() || !frame.own.is_empty(), "{}: nothing is wanted", frame.text);
        let text = spoken(&frame.text, speaker);
        let told = claims(&text);
        let said = frame.said.iter().map(|word| (word, Some(speaker.name.as_str())));
        for (word, source) in said.chain(frame.own.iter().map(|word| (word, None))) {
            let is =
                |row: &&Table| [row.get("trigger"), row.get("anchor")].contains(&Some(&Value::from(word.as_str())));
            let mut found = told.iter().filter(is).peekable();
            if found.peek().is_none() || !found.all(|row| row.get("source").and_then(Value::as_str) == source) {
                wrong.push(format!("{text}\n    {word}: {told:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
