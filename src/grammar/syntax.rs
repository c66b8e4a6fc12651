//! What a token can be in a clause: its clitics, its part of speech, where the noun phrase that it heads ends.

use std::ops::Range;

use super::Document;
use crate::lexicon::{List, Reading, Row};
use crate::morph::Category;
use crate::segment::{Kind, Proclitics};

impl<'a> Document<'a> {
    /// The clitics of the likeliest reading; of an unknown word, those that its letters suggest.
    pub fn clitics(&self, token: usize) -> Proclitics {
        let Some(Some(analysis)) = self.words.get(token) else { return Proclitics::default() };
        let reading = analysis.readings.first().map(|r| r.clitics);
        let key = analysis.keys.iter().map(|k| k.clitics).min_by_key(|c| c.count());
        match (reading, key) {
            // A name keeps its article, a reading shows it: the two may say the same.
            (Some(r), Some(k)) => {
                let article = r.article || k.article;
                let (r, k) = (Proclitics { article: false, ..r }, Proclitics { article: false, ..k });
                if r == k || r.count() <= k.count() { Proclitics { article, ..r } } else { k }
            }
            (Some(c), None) => c,
            (None, Some(c)) => {
                let articled = self.lexicon.segmenter.clitics.fronts(self.str(token)).iter().any(|f| {
                    f.clitics.article
                        && Proclitics { article: false, ..f.clitics } == Proclitics { article: false, ..c }
                });
                Proclitics { article: articled, ..c }
            }
            (None, None) if analysis.is_name_part => Proclitics::default(),
            (None, None) => {
                let fronts = self.lexicon.segmenter.clitics.fronts(self.str(token));
                let articled = fronts.iter().filter(|f| f.clitics.article).min_by_key(|f| f.clitics.count());
                let joined = || fronts.iter().find(|f| f.clitics.conjunction.is_some() && f.clitics.count() == 1);
                articled.or_else(joined).map_or(Proclitics::default(), |f| f.clitics)
            }
        }
    }

    /// The byte of the token where its word begins, behind conjunction and preposition.
    pub fn skip(&self, token: usize) -> u8 {
        let clitics = self.clitics(token);
        if clitics.is_empty() || clitics.count() == u8::from(clitics.article) {
            return 0;
        }
        let fronts = self.lexicon.segmenter.clitics.fronts(self.str(token));
        fronts.iter().find(|f| f.clitics == clitics).map_or(0, |f| f.name)
    }

    /// Behind the conjunction alone.
    pub fn skip_conjunction(&self, token: usize) -> u8 {
        let clitics = self.clitics(token);
        let fronts = self.lexicon.segmenter.clitics.fronts(self.str(token));
        let alone = |f: &&crate::segment::Front| f.clitics.count() == 1 && f.clitics.conjunction == clitics.conjunction;
        match clitics.conjunction {
            Some(_) => fronts.iter().find(alone).map_or(0, |f| f.name),
            None => 0,
        }
    }

    /// The function word of this part of speech that stands at the token, alone or as the first of several.
    pub fn particle(&self, token: usize, pos: &str) -> Option<&'a Row> {
        if let Some((row, _)) = self.phrase_at(token) {
            let row = self.lexicon.row(row);
            return (row.pos == pos).then_some(row);
        }
        if self.is_absorbed(token) {
            return None;
        }
        self.reading(token, |_, row| row.pos == pos).map(|(_, row)| row)
    }

    pub fn is_particle(&self, token: usize, pos: &str) -> bool {
        self.particle(token, pos).is_some()
    }

    /// A function word of any kind that cannot stand inside a noun phrase.
    pub fn is_function_word(&self, token: usize) -> bool {
        if self.is_absorbed(token) || self.phrase_at(token).is_some() {
            return true;
        }
        self.readings(token).first().is_some_and(|r| {
            matches!(self.list(r), List::Cue | List::Turn)
                || self.list(r) == List::Word
                    && matches!(
                        self.row(r).pos.as_str(),
                        "prep" | "conj" | "comp" | "rel" | "neg" | "aux" | "subset" | "adv" | "opener" | "pron" | "dem"
                    )
        })
    }

    pub fn is_preposition(&self, token: usize) -> bool {
        if let Some((row, _)) = self.phrase_at(token) {
            return self.lexicon.row(row).pos == "prep";
        }
        !self.is_absorbed(token) && self.readings(token).first().is_some_and(|r| self.row(r).pos == "prep")
    }

    /// Finite verb in its likeliest reading. An unknown word in the shape of an imperfect counts.
    pub fn is_finite(&self, token: usize) -> bool {
        match self.readings(token).first() {
            Some(r) => r.features.category.is_finite(),
            None => false,
        }
    }

    /// The finite readings of a token.
    pub fn finite(&self, token: usize) -> Option<(&Reading, &'a Row)> {
        self.reading(token, |r, _| r.features.category.is_finite())
    }

    pub fn is_definite(&self, token: usize) -> bool {
        self.clitics(token).article || self.readings(token).iter().any(|r| r.clitics.article)
    }

    pub fn is_word(&self, token: usize) -> bool {
        self.kind(token) == Some(Kind::Word)
    }

    pub fn is_demonym(&self, token: usize) -> Option<&'a Row> {
        self.reading(token, |r, _| self.list(r) == List::Demonym).map(|(_, row)| row)
    }

    /// A noun, an adjective or a name: anything that may stand in a noun phrase.
    pub fn is_nominal(&self, token: usize) -> bool {
        self.is_word(token) && !self.is_function_word(token) && !self.is_finite(token)
    }

    /// A noun-like reading even where a verb is written alike.
    pub fn could_be_nominal(&self, token: usize) -> bool {
        self.is_word(token)
            && !self.is_function_word(token)
            && (self.readings(token).is_empty()
                || self.readings(token).iter().any(|r| !r.features.category.is_finite() && self.row(r).pos.is_empty()))
    }

    /// Whether the token goes on with the noun phrase to its left: no conjunction, no preposition.
    pub fn continues_phrase(&self, token: usize) -> bool {
        let clitics = self.clitics(token);
        self.is_nominal(token) && clitics.conjunction.is_none() && clitics.preposition.is_none()
    }

    /// The sentence range that holds the token.
    pub fn sentence_range(&self, token: usize) -> Range<usize> {
        self.sentences.get(self.sentence_of(token)).cloned().unwrap_or(0..self.len())
    }

    /// The next token that is no quotation mark.
    pub fn next_word(&self, token: usize) -> usize {
        let mut i = token + 1;
        while self.kind(i).is_some_and(Kind::is_quote) {
            i += 1;
        }
        i
    }

    pub fn previous_word(&self, token: usize) -> Option<usize> {
        (0..token).rev().find(|i| !self.tokens[*i].kind.is_quote())
    }

    /// A preposition that governs the token: its clitic, or the word before it.
    pub fn governed_by(&self, token: usize) -> Option<&'a Row> {
        let mut previous = self.previous_word(token)?;
        while self.is_absorbed(previous) {
            previous = self.previous_word(previous)?;
        }
        self.particle(previous, "prep").filter(|_| self.is_preposition(previous))
    }

    pub fn has_category(&self, token: usize, category: Category) -> bool {
        self.readings(token).iter().any(|r| r.features.category == category)
    }

    /// A preposition that can say where something is.
    pub fn governs_place(&self, token: usize) -> bool {
        self.particle(token, "prep").is_some_and(|row| row.relation.is_some() || row.has_role("place"))
    }
}
