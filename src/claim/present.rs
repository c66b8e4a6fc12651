//! Fighters and crowds that are counted and not harmed.

use std::ops::Range;

use super::Filler;
use super::casualty::{Casualty, Finder};
use super::count::{Group, group_at, people};
use super::event::Event;
use crate::lexicon::Row as LexiconRow;
use crate::mention::Extent;

/// How far behind a crowd the verb may stand that says it gathered.
const GATHERING: usize = 5;

/// What a crowd may do together.
const DEEDS: [&str; 5] = ["attack", "advance", "capture", "protest", "siege"];

impl Finder<'_, '_, '_> {
    /// Whoever gathers is a crowd, and so is whoever together does what the verb before or behind tells.
    fn is_crowd(&self, counted: Range<usize>, limit: usize) -> bool {
        let scene = self.scene;
        let gathers = |t: usize| {
            let trigger = scene.trigger_at(t).filter(|t| t.shape.is_verb());
            trigger.is_some_and(|t| t.frame.event.as_deref() == Some("protest"))
        };
        let near = |mut tokens: Range<usize>| tokens.any(gathers);
        let start = counted.start.saturating_sub(2);
        if near(start..counted.start) || near(counted.end..limit.min(counted.end + GATHERING)) {
            return true;
        }
        let from = self.events.partition_point(|e| e.trigger.tokens.start < start);
        let told = self.events[from..].iter().take_while(|e| e.trigger.tokens.start < counted.end + GATHERING);
        let among = |f: &Filler| f.at.tokens.start < counted.end && counted.start < f.at.tokens.end;
        let behind = |e: &Event| e.trigger.tokens.end == counted.start && !e.patient.as_ref().is_some_and(among);
        told.filter(|e| DEEDS.contains(&e.kind.as_str())).any(|e| e.agent.as_ref().map_or_else(|| behind(e), among))
    }

    /// Fighters and crowds that are counted and not harmed.
    pub(super) fn present(&mut self) {
        let scene = self.scene;
        let doc = scene.doc;
        for q in 0..scene.mentions.quantities.len() {
            let quantity = &scene.mentions.quantities[q];
            let start = quantity.tokens.start;
            if quantity.tokens.clone().any(|t| self.used[t] || self.planned[t]) || quantity.dual {
                continue;
            }
            let limit = doc.sentence_range(start).end;
            let Some(group) = group_at(scene, start, limit).filter(|g| g.anchor.is_some()) else { continue };
            let crowd = self.is_crowd(start..group.end, limit);
            let definite = quantity.tokens.clone().any(|t| doc.clitics(t).article);
            let Some(victims) = group.victims.clone() else {
                // "the thousands demonstrated": whoever they are.
                if crowd
                    && group.count.value.is_none()
                    && definite
                    && doc.clitics(start).preposition.is_none()
                    && !doc.is_preposition(start.saturating_sub(1))
                {
                    self.push_present(start, &Group { class: Some("civilian".to_owned()), ..group });
                }
                continue;
            };
            let fights = |r: &LexiconRow| r.present.unwrap_or(r.victim.as_deref() == Some("combatant"));
            let counted = match people(scene, victims.start) {
                // "a council made up of 15 members": how many it has.
                Some((_, r)) if r.class_of_group && doc.is_preposition(start.saturating_sub(1)) => false,
                Some((_, r)) => crowd || fights(r),
                None => crowd && doc.is_demonym(victims.start).is_some(),
            };
            let one = group.count.value == Some(1) && !people(scene, victims.start).is_some_and(|(_, r)| fights(r));
            if !counted || one || group.others || scene.time_at(start).is_some() {
                continue;
            }
            self.push_present(start, &group);
        }
    }

    /// "X deployed six thousand policemen": who sends them.
    fn sender_of(&self, counted: usize) -> Option<usize> {
        let end = self.events.partition_point(|e| e.trigger.tokens.start < counted);
        let event = self.events[..end].last().filter(|e| e.kind == "deployment" && e.trigger.tokens.end == counted)?;
        event.agent.as_ref()?.actor.filter(|a| self.scene.mentions.actors[*a].fights())
    }

    fn push_present(&mut self, start: usize, group: &Group) {
        let scene = self.scene;
        let doc = scene.doc;
        let victims = group.victims.clone();
        let party = victims.clone().and_then(|v| self.party_in(v.clone()).or_else(|| self.party_of_pronoun(v, None)));
        let party = party.or_else(|| self.sender_of(start));
        let at = Extent { tokens: start..start, span: doc.span(start..start) };
        let row = Casualty {
            kind: "present".to_owned(),
            anchor: at.clone(),
            at,
            count: group.count.clone(),
            victim_actor: party,
            victims: victims.map(|v| scene.phrase(v)),
            victim_class: group.class.clone().unwrap_or_else(|| "unknown".to_owned()),
            perpetrator: None,
            cause: None,
            tied: false,
            place: self.place_around(start),
            time: scene.time_of(start),
            attribution: scene.source_of(start),
            cumulative: false,
            since: None,
            subset_of: None,
            negated: false,
            realis: "actual",
            polarity: None,
            rule: "present".to_owned(),
        };
        let anchor = group.anchor.clone().unwrap_or(start..start + 1);
        self.place_row(row, anchor, group);
    }
}
