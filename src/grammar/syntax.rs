//! What a token can be in a clause: its clitics, its part of speech, where the noun phrase that it heads ends.

use std::ops::Range;

use super::Document;
use crate::lexicon::{Analysis, Facts, List, Reading, Row, Seen, bit};
use crate::morph::Category;
use crate::segment::{Gender, Kind, Proclitics};

/// How far before "or" the word may stand that asks.
const QUESTION: usize = 16;

/// How many quotation marks in a row a word is looked for behind.
const QUOTES: usize = 8;

impl<'a> Document<'a> {
    /// What is known about the word at the token.
    pub fn analysis(&self, token: usize) -> Option<&Analysis> {
        self.words.get(token)?.as_deref()
    }

    /// A word of a phrase is what the phrase is, or nothing by itself.
    pub(super) fn look_at_phrases(&mut self) {
        for token in 0..self.len() {
            let row = self.phrases[token].map(|(row, _)| self.lexicon.row(row));
            if row.is_none() && !self.absorbed[token] {
                continue;
            }
            let pos = row.map_or("", |row| row.pos.as_str());
            let seen = &mut self.seen[token];
            seen.pos = bit(pos);
            seen.facts = seen.facts.without(Facts::PREPOSITION)
                | Facts::PHRASE_HERE
                | Facts::FUNCTION
                | Facts::PREPOSITION.when(pos == "prep");
        }
    }

    /// "or" of a question is written like "mother": with no question before it, it is the noun.
    pub(super) fn look_at_choices(&mut self) {
        for token in 0..self.len() {
            let chooses = |d: &Self| d.particle(token, "conj").is_some_and(|row| row.has_role("chooses"));
            if !self.may_be_particle(token, "conj") || !self.may_be(token, Facts::NOMINAL) || !chooses(self) {
                continue;
            }
            let start = self.sentence_range(token).start;
            let asks = |t: usize| {
                let open = |row: &Row| row.alternative || row.realis.as_deref() == Some("possible");
                ["comp", "conj"].iter().any(|pos| self.particle(t, pos).is_some_and(open))
            };
            let glued = self.clitics(token).conjunction.is_some() || self.clitics(token).preposition.is_some();
            if glued || !(start..token).rev().take(QUESTION).any(asks) {
                let seen = &mut self.seen[token];
                seen.pos &= !bit("conj");
                seen.facts = seen.facts.without(Facts::FUNCTION);
            }
        }
    }

    #[inline]
    fn seen(&self, token: usize) -> &Seen {
        self.seen.get(token).unwrap_or(&Seen::NOTHING)
    }

    /// Whether some reading may be one of these; a no is sure.
    #[inline]
    pub fn may_be(&self, token: usize, facts: Facts) -> bool {
        self.seen.get(token).is_some_and(|s| s.facts.any(facts))
    }

    /// The clitics of the likeliest reading; of an unknown word, those that its letters suggest.
    #[inline]
    pub fn clitics(&self, token: usize) -> Proclitics {
        self.seen(token).clitics
    }

    /// The byte of the token where its word begins, behind conjunction and preposition.
    pub fn skip(&self, token: usize) -> u8 {
        self.seen(token).skip
    }

    /// Behind the conjunction alone.
    pub fn skip_conjunction(&self, token: usize) -> u8 {
        self.seen(token).skip_conjunction
    }

    /// Behind a conjunction that is a token of its own; else the token itself.
    pub fn after_and(&self, token: usize) -> usize {
        let alone = self.is_word(token) && self.lexicon.segmenter.clitics.conjunction(self.str(token)).is_some();
        token + usize::from(alone)
    }

    /// The function word of this part of speech that stands at the token, alone or as the first of several.
    #[inline]
    pub fn particle(&self, token: usize, pos: &str) -> Option<&'a Row> {
        if self.may_be_particle(token, pos) { self.particle_of(token, pos) } else { None }
    }

    /// Whether some reading, or the phrase that begins here, may be a function word of this part of speech; a no is sure.
    #[inline]
    pub fn may_be_particle(&self, token: usize, pos: &str) -> bool {
        self.seen(token).pos & bit(pos) != 0
    }

    fn particle_of(&self, token: usize, pos: &str) -> Option<&'a Row> {
        if let Some((row, _)) = self.phrase_at(token) {
            let row = self.lexicon.row(row);
            return (row.pos == pos).then_some(row);
        }
        self.reading(token, |_, row| row.pos == pos).map(|(_, row)| row)
    }

    #[inline]
    pub fn is_particle(&self, token: usize, pos: &str) -> bool {
        self.particle(token, pos).is_some()
    }

    /// The same of any of some parts of speech.
    #[inline(always)]
    pub fn is_any_particle<const N: usize>(&self, token: usize, pos: [&str; N]) -> bool {
        self.may_be_any_particle(token, pos) && pos.iter().any(|pos| self.is_particle(token, pos))
    }

    /// Whether it may be one of them; a no is sure.
    #[inline(always)]
    pub fn may_be_any_particle<const N: usize>(&self, token: usize, pos: [&str; N]) -> bool {
        self.seen(token).pos & pos.iter().fold(0, |any, pos| any | bit(pos)) != 0
    }

    /// A function word of any kind that cannot stand inside a noun phrase.
    #[inline]
    pub fn is_function_word(&self, token: usize) -> bool {
        self.may_be(token, Facts::FUNCTION)
    }

    #[inline]
    pub fn is_preposition(&self, token: usize) -> bool {
        self.may_be(token, Facts::PREPOSITION)
    }

    /// Finite verb in its likeliest reading.
    #[inline]
    pub fn is_finite(&self, token: usize) -> bool {
        self.may_be(token, Facts::FINITE)
    }

    /// The finite readings of a token.
    #[inline]
    pub fn finite(&self, token: usize) -> Option<(&Reading, &'a Row)> {
        if !self.may_be(token, Facts::VERB) {
            return None;
        }
        self.reading(token, |r, _| r.features.category.is_finite())
    }

    /// The article stands on it, by any reading.
    #[inline]
    pub fn is_definite(&self, token: usize) -> bool {
        self.may_be(token, Facts::DEFINITE)
    }

    #[inline]
    pub fn is_word(&self, token: usize) -> bool {
        self.kind(token) == Some(Kind::Word)
    }

    #[inline]
    pub fn is_demonym(&self, token: usize) -> Option<&'a Row> {
        if !self.may_be(token, Facts::list(List::Demonym)) {
            return None;
        }
        self.reading(token, |r, _| self.list(r) == List::Demonym).map(|(_, row)| row)
    }

    /// A noun, an adjective or a name: anything that may stand in a noun phrase.
    pub fn is_nominal(&self, token: usize) -> bool {
        self.is_word(token) && !self.is_function_word(token) && !self.is_finite(token)
    }

    /// A noun-like reading even where a verb is written alike.
    pub fn could_be_nominal(&self, token: usize) -> bool {
        self.is_word(token) && self.may_be(token, Facts::NOMINAL) && !self.is_function_word(token)
    }

    /// Whether the token goes on with the noun phrase to its left: no conjunction, no preposition.
    pub fn continues_phrase(&self, token: usize) -> bool {
        let clitics = self.clitics(token);
        self.is_nominal(token) && clitics.conjunction.is_none() && clitics.preposition.is_none()
    }

    /// Many people, by every reading: no adjective of one group ("the army the civilians", "the Iraqis").
    pub fn are_people(&self, token: usize) -> bool {
        let readings = self.readings(token);
        let masculine = |r: &Reading| r.features.agreement.gender == Some(Gender::Masculine);
        readings.iter().any(|r| r.features.is_plural())
            && readings.iter().all(|r| masculine(r) && r.features.is_several())
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

    #[inline]
    pub fn previous_word(&self, token: usize) -> Option<usize> {
        let before = token.checked_sub(1)?;
        if self.tokens[before].kind.is_quote() { self.word_before(before) } else { Some(before) }
    }

    fn word_before(&self, token: usize) -> Option<usize> {
        (token.saturating_sub(QUOTES)..token).rev().find(|i| !self.tokens[*i].kind.is_quote())
    }

    /// A preposition that governs the token: its clitic, or the word before it.
    #[inline]
    pub fn governed_by(&self, token: usize) -> Option<&'a Row> {
        let before = token.checked_sub(1)?;
        // Most words stand behind another that is neither a preposition nor a part of one.
        let may_govern = self.may_be(before, Facts::PREPOSITION.or(Facts::PHRASE_HERE));
        if may_govern || self.tokens[before].kind.is_quote() { self.governor(token) } else { None }
    }

    /// "X for its part …", "on the other hand": where the fixed phrase begins that ends right before the token and only sets
    /// the clause apart from another.
    pub fn opener_before(&self, token: usize) -> Option<usize> {
        let last = token.checked_sub(1).filter(|t| self.is_absorbed(*t))?;
        let mut first = last;
        while self.is_absorbed(first) {
            first = first.checked_sub(1)?;
        }
        self.is_any_particle(first, ["opener", "conj"]).then_some(first)
    }

    fn governor(&self, token: usize) -> Option<&'a Row> {
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
