//! One deed, told in every way in which a report tells it: `tellings.toml`.

use khabar::pipeline::{Extractor, Input};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tellings {
    ways: Vec<String>,
    doer: Vec<Doer>,
    deed: Vec<Deed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Doer {
    name: String,
    oblique: Option<String>,
    #[serde(default)]
    feminine: bool,
    #[serde(default)]
    plural: bool,
}

/// The verb is given as masculine, feminine and plural; one of the spellings of the patient is wanted, or the place.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Deed {
    r#type: String,
    verb: [String; 3],
    noun: String,
    target: String,
    behind: String,
    #[serde(default)]
    patient: Vec<String>,
    place: Option<String>,
}

impl Deed {
    fn told(&self, way: &str, doer: &Doer) -> String {
        let [man, woman, several] = &self.verb;
        let verb = if doer.feminine { woman } else { man };
        let oblique = doer.oblique.as_ref().unwrap_or(&doer.name);
        let mut text = way
            .replace("{v}", verb)
            .replace("{s}", if doer.plural { several } else { verb })
            .replace("{a}", &doer.name)
            .replace("{o}", oblique)
            .replace("{m}", &self.noun)
            .replace("{p}", &self.target)
            .replace("{l}", &self.behind)
            .replace("{was}", if doer.feminine { "وكانت" } else { "وكان" });
        while let Some((before, (man, (woman, behind)))) = text
            .split_once("{did:")
            .and_then(|(b, rest)| Some((b, rest.split_once('|').and_then(|(m, r)| Some((m, r.split_once('}')?)))?)))
        {
            text = format!("{before}{}{behind}", if doer.feminine { woman } else { man });
        }
        text
    }
}

#[test]
fn a_deed_is_the_same_however_it_is_told() {
    let all: Tellings = toml::from_str(include_str!("tellings.toml")).unwrap();
    let extractor = Extractor::new(&[], &[]).unwrap();
    // 2017-07-05.
    let read = |text: &str| extractor.extract(&Input { text: Some(text), published: Some(17352), ..Input::default() });
    let mut wrong = Vec::new();
    for deed in &all.deed {
        assert!(!deed.patient.is_empty() || deed.place.is_some(), "{}: nobody and nowhere", deed.target);
        for doer in &all.doer {
            let names = [&doer.name, doer.oblique.as_ref().unwrap_or(&doer.name)];
            for text in all.ways.iter().map(|way| deed.told(way, doer)) {
                let report = read(&text);
                let told = report.events.iter().any(|e| {
                    e.kind == deed.r#type
                        && e.agent.as_ref().is_some_and(|a| names.contains(&a))
                        && e.patient.as_ref().map_or(deed.patient.is_empty(), |p| deed.patient.contains(p))
                        && deed.place.as_ref().is_none_or(|p| e.claim.place.as_ref() == Some(p))
                });
                if !told {
                    wrong.push(text);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{} misread\n{}", wrong.len(), wrong.join("\n"));
}
