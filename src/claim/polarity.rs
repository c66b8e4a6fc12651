//! Whether it happened: negation, failure and denial, plans and possibilities.

use super::Scene;
use super::trigger::Trigger;
use crate::morph::Category;

pub struct Polarity {
    pub negated: bool,
    pub realis: &'static str,
}

/// Negation, failure and denial before the trigger; plans and possibilities.
pub fn polarity(scene: &Scene<'_, '_>, token: usize, trigger: &Trigger<'_>) -> Polarity {
    let doc = scene.doc;
    let start = scene.clause(token).start;
    let mut negated = false;
    let mut realis = match trigger.row.realis.as_deref() {
        Some("planned") => "planned",
        Some("possible") => "possible",
        _ => "actual",
    };
    if trigger.reading.clitics.future {
        realis = "planned";
    }
    let mut distance = 0;
    let mut at = token;
    while let Some(previous) = doc.previous_word(at).filter(|p| *p >= start) {
        at = previous;
        distance += 1;
        if distance > 8 {
            break;
        }
        if doc.is_particle(at, "comp") && distance > 3 {
            break;
        }
        let Some((reading, row)) = doc.reading(at, |r, row| {
            row.pos == "neg"
                || row.realis.is_some()
                || row.pos == "prep" && row.has_role("purpose")
                || matches!(row.frame.as_deref(), Some("fail" | "prevent"))
                    && (r.features.category.is_finite() || r.features.category == Category::Masdar)
        }) else {
            if doc.is_finite(at)
                && distance > 1
                && doc.reading(at, |_, r| matches!(r.frame.as_deref(), Some("light" | "manage" | "result"))).is_none()
            {
                break;
            }
            continue;
        };
        let close = distance <= 2;
        if distance == 1 && row.pos == "prep" && row.has_role("purpose") {
            realis = "planned";
        }
        match row.pos.as_str() {
            "neg" if row.needs_neg => {}
            "neg" if row.aspect.is_some() => {}
            "neg" => {
                negated |= close
                    || row.scope.as_deref() == Some("clause") && distance <= 4
                    || row.scope.as_deref() == Some("phrase") && distance <= 3
            }
            _ if matches!(row.frame.as_deref(), Some("fail" | "prevent")) => negated |= distance <= 4,
            _ => {
                let _ = reading;
                if distance <= 4 {
                    realis = match row.realis.as_deref() {
                        Some("planned") => "planned",
                        Some("possible") => "possible",
                        _ => realis,
                    };
                }
            }
        }
    }
    if let Some(attribution) = scene.source_of(token)
        && scene.attributions[attribution].cue_class == "deny"
    {
        negated = true;
    }
    if negated && realis == "actual" {
        realis = "denied";
    }
    Polarity { negated, realis }
}
