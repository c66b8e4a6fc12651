//! How likely a claim is right, by what is known about it: weights measured on annotated reports (`confidence.toml`).

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::error::LexiconError;

/// The weights of both tables of claims.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confidence {
    pub events: Weights,
    pub casualties: Weights,
}

/// Log odds that add up. A type or shape that has no weight of its own adds none.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    base: f64,
    /// By what happened: the type of an event, the kind of a casualty.
    kind: BTreeMap<String, f64>,
    /// By the rule's second half: how the trigger stands in its clause.
    shape: BTreeMap<String, f64>,
    /// For each column that is filled. None is below zero: what is told more fully is no less sure.
    has: BTreeMap<String, f64>,
}

impl Confidence {
    pub fn from_toml(file: &str, source: &str) -> Result<Self, LexiconError> {
        toml::from_str(source).map_err(|e| LexiconError::toml(file, source, &e))
    }
}

impl Weights {
    /// The share of such claims that a careful reader finds too: above 0, below 1.
    pub fn of(&self, kind: &str, rule: &str, filled: &[(&str, bool)]) -> f64 {
        let weight = |map: &BTreeMap<String, f64>, key: &str| map.get(key).copied().unwrap_or(0.0);
        let shape = rule.rsplit('.').next().unwrap_or(rule);
        let roles: f64 = filled.iter().filter(|(_, is)| *is).map(|(name, _)| weight(&self.has, name)).sum();
        let odds = self.base + weight(&self.kind, kind) + weight(&self.shape, shape) + roles;
        let share = 1.0 / (1.0 + (-odds).exp());
        (share.clamp(0.01, 0.99) * 1000.0).round() / 1000.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::builtin;

    fn each() -> Vec<Weights> {
        let both = Confidence::from_toml("confidence.toml", builtin::CONFIDENCE).unwrap();
        vec![both.events, both.casualties]
    }

    #[test]
    fn a_role_more_makes_no_claim_less_sure() {
        for weights in each() {
            assert!(!weights.has.is_empty());
            for kind in weights.kind.keys() {
                for shape in weights.shape.keys() {
                    let names: Vec<&str> = weights.has.keys().map(String::as_str).collect();
                    let mut last = 0.0;
                    for filled in 0..=names.len() {
                        let roles: Vec<(&str, bool)> =
                            names.iter().enumerate().map(|(n, name)| (*name, n < filled)).collect();
                        let sure = weights.of(kind, shape, &roles);
                        assert!(sure >= last && sure > 0.0 && sure < 1.0, "{kind} {shape} {roles:?}: {sure}");
                        last = sure;
                    }
                }
            }
        }
    }

    #[test]
    fn kinds_differ_and_what_is_not_known_is_taken_as_the_rest() {
        for weights in each() {
            let sure: Vec<f64> = weights.kind.keys().map(|k| weights.of(k, "noun", &[])).collect();
            assert!(sure.iter().any(|s| (s - sure[0]).abs() > 0.02));
            assert_eq!(weights.of("no such kind", "x.no such shape", &[("nothing", true)]), weights.of("", "", &[]));
        }
    }
}
