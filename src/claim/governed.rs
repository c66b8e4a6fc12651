//! The preposition in whose phrase a trigger stands, past the numbers, the words for several in a row and the deeds that it is joined to.

use super::roles::Builder;
use crate::lexicon::{List, Reading, Row};
use crate::morph::Category;

/// How far before a joined verbal noun the first may stand.
const JOINED: usize = 8;

/// How many adjectives may describe a word for several in a row.
const QUALIFIED: usize = 2;

impl Builder<'_, '_, '_> {
    /// The preposition before the noun phrase in which the trigger stands.
    pub(super) fn governor(&self) -> Option<String> {
        self.governor_behind(0)
    }

    /// The same, if it stands behind a token.
    pub(super) fn governor_behind(&self, first: usize) -> Option<String> {
        let doc = self.scene.doc;
        let at = self.trigger.token;
        // "with the support of" is written like a preposition.
        if let Some(p) = self.trigger.reading.clitics.preposition.filter(|_| at > first) {
            return Some(doc.lexicon.fold.word(&p.to_string()));
        }
        self.governor_from(at, first)
    }

    /// The preposition before the noun phrase in which a token stands.
    pub(super) fn governor_from(&self, mut at: usize, first: usize) -> Option<String> {
        let doc = self.scene.doc;
        loop {
            if at <= first && first > 0 {
                return None;
            }
            at = self.joined_to(at).filter(|t| *t >= first).unwrap_or(at);
            if let Some(p) = doc.clitics(at).preposition {
                return Some(doc.lexicon.fold.word(&p.to_string()));
            }
            if let Some(row) = doc.governed_by(at) {
                // "a number of strikes", "a new wave of strikes": the number is governed.
                match self.measure_before(at).filter(|_| row.has_role("partitive")) {
                    Some(number) => {
                        at = number;
                        continue;
                    }
                    None => return Some(row.folded.clone()),
                }
            }
            if doc.opener_before(at).is_some() {
                return None;
            }
            let previous = doc.previous_word(at)?;
            // "carried out in the middle region an attack": behind a definite noun an indefinite one stands apart.
            let apart = doc.clitics(previous).article && !doc.clitics(at).article;
            // "the halting of the raids", "the beginning of talks", written like a verb.
            let noun = || {
                doc.is_nominal(previous) || doc.governed_by(previous).is_some() || self.joined_to(previous).is_some()
            };
            if apart
                || !doc.continues_phrase(at)
                || !noun()
                || self.scene.mention_end(previous).is_some()
                || self.scene.time_at(previous).is_some() && self.scene.time_at(at).is_none()
            {
                return None;
            }
            at = previous;
        }
    }

    /// The number or the word for several in a row that stands before "of" and a token, past what describes it.
    pub(super) fn measure_before(&self, token: usize) -> Option<usize> {
        let doc = self.scene.doc;
        let last = token.checked_sub(2)?;
        let describes = |t: &usize| doc.readings(*t).iter().any(|r| doc.list(r) == List::Adjective);
        let measure = |t: &usize| {
            self.scene.quantity_at(*t).is_some() || doc.reading(*t, |_, row| row.has_role("series")).is_some()
        };
        let qualified = (last.saturating_sub(QUALIFIED)..=last).rev().take_while(|t| describes(t)).count();
        last.checked_sub(qualified).filter(measure).or_else(|| Some(last).filter(measure))
    }

    /// "accused X of killing civilians and looting houses", "called on X to halt the fighting and begin talks": the verbal noun
    /// behind a preposition that one is joined to.
    fn joined_to(&self, token: usize) -> Option<usize> {
        let scene = self.scene;
        let doc = scene.doc;
        let clitics = doc.clitics(token);
        let verbal = |r: &Reading, row: &Row| r.features.category == Category::Masdar || row.has_role("verbal");
        let masdar = |t: usize| doc.reading(t, verbal).is_some() && scene.mention_end(t).is_none();
        if clitics.conjunction.is_none() || clitics.preposition.is_some() || !masdar(token) {
            return None;
        }
        let ends = |t: &usize| !doc.is_word(*t) || doc.is_finite(*t) && !doc.could_be_nominal(*t);
        let led = |t: &usize| masdar(*t) && (doc.clitics(*t).preposition.is_some() || doc.governed_by(*t).is_some());
        let near = (token.saturating_sub(JOINED)..token).rev().take_while(|t| !ends(t));
        near.into_iter().find(led)
    }
}
