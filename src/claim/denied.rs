//! Harm that was not ("without casualties", "nobody was hurt"), and harm that nobody knows of yet.

use std::ops::Range;

use super::casualty::{Casualty, Finder, is_bodily};
use super::count::{Count, Group};
use crate::grammar::TurnMatch;
use crate::lexicon::{Row, Turn};
use crate::mention::Extent;
use crate::segment::Kind;

/// Words behind a negation that it may speak of.
const REACH: usize = 8;

impl Finder<'_, '_, '_> {
    /// Rows for the harm that a negation of harm speaks of; a harm that is only not known loses its row.
    pub(super) fn denied(&mut self) {
        let doc = self.scene.doc;
        let mut none = vec![false; doc.len()];
        let mut unknown = vec![false; doc.len()];
        let mut denials = Vec::new();
        for turn in &doc.turns {
            let phrase = &doc.lexicon.phrases[turn.phrase];
            let first = turn.tokens[0];
            let negative = doc.particle(first, "neg").is_some() || doc.is_absorbed(first);
            if phrase.turn != Turn::Negation || !negative {
                continue;
            }
            let reach = self.reach(turn);
            match phrase.of.as_deref() {
                Some("harm") => {
                    none[reach.clone()].fill(true);
                    denials.push(reach);
                }
                Some("unknown") => unknown[reach].fill(true),
                _ => {}
            }
        }
        self.out.retain(|(at, _, row)| !unknown[*at] || none[*at] || row.count.value.is_some());
        for (_, _, row) in self.out.iter_mut().filter(|(at, _, _)| none[*at]) {
            row.negated = true;
            row.realis = "denied";
            row.count = Count { low: Some(0), high: Some(0), ..row.count.clone() };
        }
        denials.into_iter().for_each(|reach| self.deny(reach));
    }

    /// From the negation to the end of its clause.
    fn reach(&self, turn: &TurnMatch) -> Range<usize> {
        let doc = self.scene.doc;
        let (first, last) = (turn.tokens[0], turn.tokens[turn.tokens.len() - 1]);
        let limit = doc.sentence_range(first).end.min(last + 1 + REACH);
        let ends = |t: usize| {
            matches!(doc.kind(t), Some(Kind::Comma | Kind::Clause | Kind::End))
                || doc.is_finite(t) && doc.clitics(t).conjunction.is_some()
        };
        first..(last + 1..limit).find(|t| ends(*t)).unwrap_or(limit)
    }

    fn deny(&mut self, reach: Range<usize>) {
        let nobody = reach.clone().find(|t| self.scene.doc.is_particle(*t, "one"));
        for token in reach {
            let Some(kind) = self.harm_at(token).filter(|kind| is_bodily(kind)) else { continue };
            let anchor = if self.scene.doc.is_finite(token) { nobody } else { Some(token) };
            if let Some(anchor) = anchor.filter(|a| !self.used[*a]) {
                self.push_denied(kind, anchor);
            }
        }
    }

    /// The kind of harm that a word names, whatever stands around it.
    fn harm_at(&self, token: usize) -> Option<String> {
        let doc = self.scene.doc;
        let kind = |row: &Row| {
            let of_frame = || doc.lexicon.frames.get(row.frame.as_deref()?)?.harm.clone();
            row.harm.clone().or_else(of_frame)
        };
        let (_, row) = doc.reading(token, |_, row| kind(row).is_some())?;
        let other = row.not_with.iter().any(|w| doc.is_lemma(token + 1, w));
        if other { None } else { kind(row) }
    }

    fn push_denied(&mut self, kind: String, at: usize) {
        let scene = self.scene;
        let one = scene.doc.is_particle(at, "one");
        let anchor = Extent { tokens: at..at + 1, span: scene.doc.span(at..at + 1) };
        let base = if one { Count::exactly(0) } else { Count::indefinite() };
        let count = Count { low: Some(0), high: Some(0), ..base };
        let cause = self.cause_of(at, false);
        let row = Casualty {
            kind,
            anchor: anchor.clone(),
            at: anchor,
            count: count.clone(),
            victims: None,
            victim_class: "unknown".to_owned(),
            victim_actor: None,
            perpetrator: None,
            cause: cause.map(|c| c.event),
            tied: false,
            place: self.place_around(at),
            time: scene.time_of(at),
            attribution: scene.source_of(at),
            cumulative: false,
            since: None,
            subset_of: None,
            negated: true,
            realis: "denied",
            polarity: None,
            rule: "denied".to_owned(),
        };
        let group = Group::new(count, at + 1);
        self.place_row(row, at..at + 1, &group);
    }
}
