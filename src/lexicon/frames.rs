//! Frames: what a trigger says happened, and which role sits in which slot.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde::de::IgnoredAny;
use toml::Spanned;

use super::Fold;
use crate::error::{LexiconError, Lines, too_long};

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    pub name: String,
    /// The event type that a trigger of this frame is a claim of.
    pub event: Option<String>,
    /// The kind of casualty that it counts.
    pub harm: Option<String>,
    #[serde(default)]
    pub subject: String,
    #[serde(default)]
    pub object: String,
    #[serde(default)]
    pub genitive: String,
    #[serde(default)]
    pub adjective: String,
    #[serde(default)]
    pub prep: BTreeMap<String, String>,
    /// `party` where only a party can be the patient: a place is entered, not done something to.
    pub patient: Option<String>,
    /// A word that often means something else (`strength = "weak"`) needs a party as this role: `patient`; else any role.
    pub weak_needs: Option<String>,
    /// `own` where only a place in the trigger's own words is its place.
    pub place: Option<String>,
    /// Which participles are triggers too: `active`, `passive`.
    #[serde(default)]
    pub participles: Vec<String>,
    /// The harm counts only where people are counted: a town that is besieged is no row.
    #[serde(default)]
    pub counted: bool,
    pub example: String,
}

impl Frame {
    /// What its slots are filled with.
    fn fillers(&self) -> impl Iterator<Item = &str> {
        let slots = [&self.subject, &self.object, &self.genitive, &self.adjective];
        slots.into_iter().chain(self.prep.values()).map(String::as_str)
    }
}

/// The frames by name, their prepositions folded.
#[derive(Debug, Default)]
pub struct Frames {
    list: Vec<Frame>,
    by_name: FxHashMap<String, usize>,
}

/// What a slot can be filled with: a role, the two sides of a clash, or nothing.
const ROLES: [&str; 13] = [
    "agent",
    "patient",
    "place",
    "victims",
    "supporter",
    "weapon",
    "from",
    "target",
    "near",
    "sides",
    "loser",
    "none",
    "",
];

impl Frames {
    /// Reads rule files, as (name, text); of two frames of one name the earlier is taken.
    ///
    /// # Errors
    /// The first mistake, with its file and line.
    pub fn from_toml(files: &[(&str, &str)], fold: &Fold) -> Result<Self, LexiconError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            #[serde(default)]
            frame: Vec<Spanned<Frame>>,
            /// The grammar reads the others.
            #[serde(default, rename = "fragment")]
            _fragment: IgnoredAny,
            #[serde(default, rename = "time")]
            _time: IgnoredAny,
            #[serde(default, rename = "quantity")]
            _quantity: IgnoredAny,
        }
        let mut frames = Frames::default();
        for (file, source) in files {
            let parsed: File = toml::from_str(source).map_err(|e| LexiconError::toml(file, source, &e))?;
            let lines = Lines::of(source);
            for frame in parsed.frame {
                let line = lines.at(frame.span().start);
                let mut frame = frame.into_inner();
                if let Some(message) = [Some(&frame.name), frame.event.as_ref(), frame.harm.as_ref()]
                    .into_iter()
                    .flatten()
                    .find_map(|v| too_long(v))
                {
                    return Err(LexiconError::new(*file, line, message));
                }
                if let Some(role) = frame.fillers().find(|role| !ROLES.contains(role)) {
                    let known = ROLES[..ROLES.len() - 1].join(", ");
                    let message = format!("frame {}: no such role: {role} (known: {known})", frame.name);
                    return Err(LexiconError::new(*file, line, message));
                }
                frame.prep = frame.prep.into_iter().map(|(p, role)| (fold.word(&p), role)).collect();
                if !frames.by_name.contains_key(&frame.name) {
                    frames.by_name.insert(frame.name.clone(), frames.list.len());
                    frames.list.push(frame);
                }
            }
        }
        Ok(frames)
    }

    /// The frame of nouns that count people so harmed; the built-in one, which is read last.
    pub fn of_harm(&self, harm: &str) -> Option<&Frame> {
        self.list.iter().rev().find(|f| f.subject.is_empty() && f.harm.as_deref() == Some(harm))
    }

    pub fn get(&self, name: &str) -> Option<&Frame> {
        self.by_name.get(name).map(|&n| &self.list[n])
    }
}
