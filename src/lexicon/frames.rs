//! Frames: what a trigger says happened, and which role sits in which slot.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::Fold;
use crate::error::LexiconError;

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

/// The frames by name, their prepositions folded.
#[derive(Debug, Default)]
pub struct Frames(FxHashMap<String, Frame>);

impl Frames {
    pub fn from_toml(file: &str, source: &str, fold: &Fold) -> Result<Self, LexiconError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            frame: Vec<Frame>,
        }
        let parsed: File = toml::from_str(source).map_err(|e| LexiconError::toml(file, source, &e))?;
        let folded = parsed.frame.into_iter().map(|mut frame| {
            frame.prep = frame.prep.into_iter().map(|(p, role)| (fold.word(&p), role)).collect();
            (frame.name.clone(), frame)
        });
        Ok(Frames(folded.collect()))
    }

    /// The frame of nouns that count people so harmed.
    pub fn of_harm(&self, harm: &str) -> Option<&Frame> {
        self.0.values().find(|f| f.subject.is_empty() && f.harm.as_deref() == Some(harm))
    }

    pub fn get(&self, name: &str) -> Option<&Frame> {
        self.0.get(name)
    }
}
