//! Walks the cases of `normalize.toml`.

use khabar::normalize::{Normalizer, Options};
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// One profile or several; none keeps everything.
    #[serde(default)]
    profiles: Vec<String>,
    #[serde(default)]
    options: toml::Table,
    /// Pairs of what goes in and what comes out.
    pairs: Vec<(String, String)>,
    why: String,
}

#[test]
fn cases() {
    let file: File = toml::from_str(include_str!("normalize.toml")).unwrap();
    let mut wrong = String::new();
    for case in &file.case {
        let bases = match case.profiles.as_slice() {
            [] => vec![Options::default()],
            names => names.iter().map(|p| Options::profile(p).unwrap()).collect(),
        };
        for (at, base) in bases.into_iter().enumerate() {
            let changes = case.options.clone().into_iter().map(|(name, value)| (name, Some(value)));
            let normalizer = Normalizer::new(base.overlay(changes).unwrap());
            for (given, expected) in &case.pairs {
                let found = normalizer.normalize(given);
                let profile = case.profiles.get(at).map_or("", String::as_str);
                if found != *expected {
                    wrong += &format!("{} [{profile}]: {given:?} gave {found:?}, not {expected:?}\n", case.why);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_option_has_a_case() {
    let source = include_str!("normalize.toml");
    for name in Options::names() {
        assert!(source.contains(&format!("{name} = ")), "no case for the option {name}");
    }
    for name in Options::profiles() {
        assert!(source.contains(&format!("\"{name}\"")), "no case for the profile {name}");
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tool {
    tool: String,
    pairs: Vec<(String, String)>,
    except: Vec<Exception>,
}

/// Where a profile parts from its tool on purpose.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    given: String,
    theirs: String,
    ours: String,
    why: String,
}

#[test]
fn parity() {
    let tools: std::collections::BTreeMap<String, Tool> = toml::from_str(include_str!("parity.toml")).unwrap();
    for (profile, tool) in &tools {
        let normalizer = Normalizer::new(Options::profile(profile).unwrap());
        for (given, theirs) in &tool.pairs {
            assert_eq!(normalizer.normalize(given), *theirs, "{profile} ({}): {given:?}", tool.tool);
        }
        for e in &tool.except {
            assert!(!e.why.is_empty() && e.ours != e.theirs);
            assert_eq!(normalizer.normalize(&e.given), e.ours, "{profile}: {:?}", e.given);
        }
    }
}
