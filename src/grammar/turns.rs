//! Words that only together mean something: function words of several words, and fixed turns with gaps.

use smallvec::SmallVec;

use super::Document;
use std::ops::Range;

use crate::lexicon::{Facts, List, Phrase, Reading, Referent, Row, RowId};
use crate::morph::Category;
use crate::segment::Kind;

/// A fixed turn found: its number in the lexicon, its tokens in order, and the one that is its trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnMatch {
    pub phrase: usize,
    pub row: RowId,
    pub tokens: Vec<usize>,
    pub trigger: usize,
}

impl Document<'_> {
    /// "Ali", where the report writes "on" with another letter.
    pub(super) fn find_names_apart(&mut self, report: &str, written: impl Fn(Range<usize>) -> Range<usize>) {
        // A report is searched for each function word but once.
        let mut asked: SmallVec<[(RowId, bool); 2]> = SmallVec::new();
        let mut writes = |id: RowId, row: &Row| {
            let known = asked.iter().find(|(known, _)| *known == id).map(|(_, found)| *found);
            known.unwrap_or_else(|| {
                let found = report.contains(&row.text);
                asked.push((id, found));
                found
            })
        };
        let mut apart = Vec::new();
        for t in 0..self.len() {
            if !self.may_be(t, Facts::WHOLE_NAME_PART) || !self.is_function_word(t) {
                continue;
            }
            let word = report.get(written(self.tokens[t].span.range())).unwrap_or_default();
            let other = |r: &&Reading| {
                let row = self.row(r);
                r.clitics.is_empty() && !row.pos.is_empty() && row.text.len() == word.len() && row.text != word
            };
            let like = self.readings(t).iter().find(other);
            if like.is_some_and(|r| writes(r.row, self.row(r))) {
                apart.push(t);
            }
        }
        self.names_apart = apart;
    }

    /// A name that a function word is written like, but for a letter that this report sets apart.
    pub fn is_name_apart(&self, token: usize) -> bool {
        self.names_apart.binary_search(&token).is_ok()
    }

    pub(super) fn find_phrases(&mut self) {
        let mut at = 0;
        while at < self.len() {
            let mut end = at + 1;
            let found = self.names_at(at).iter().find_map(|m| {
                let row = m.referents.iter().find_map(|r| match r {
                    Referent::Phrase(id) if matches!(self.lexicon.list(*id), List::Word | List::Cue | List::Turn) => {
                        Some(*id)
                    }
                    _ => None,
                });
                // "on what is no less than": a bound, and nobody's words.
                let other = |row: &RowId| self.lexicon.row(*row).not_before.iter().any(|w| self.is_lemma(m.end, w));
                row.filter(|row| m.end > m.start + 1 && !other(row) && !self.is_name_apart(at)).map(|row| (row, m.end))
            });
            if let Some((row, until)) = found {
                self.phrases[at] = Some((row, until as u32));
                self.absorbed[at + 1..until].fill(true);
                end = until;
            }
            at = end;
        }
    }

    /// The function word of several words that begins at the token: its row and the token behind it.
    #[inline]
    pub fn phrase_at(&self, token: usize) -> Option<(RowId, usize)> {
        if !self.may_be(token, Facts::PHRASE_HERE) {
            return None;
        }
        self.phrases.get(token).copied().flatten().map(|(row, end)| (row, end as usize))
    }

    #[inline]
    pub fn is_absorbed(&self, token: usize) -> bool {
        self.may_be(token, Facts::PHRASE_HERE) && self.absorbed.get(token).copied().unwrap_or(false)
    }

    /// The fixed turn that holds the token.
    pub fn turn_at(&self, token: usize) -> Option<&TurnMatch> {
        self.turn_of.get(token).copied().flatten().map(|n| &self.turns[n as usize])
    }

    pub(super) fn find_turns(&mut self) {
        let mut out: Vec<TurnMatch> = Vec::new();
        for at in 0..self.len() {
            if !self.may_be(at, Facts::TURN) {
                continue;
            }
            let mut tried: SmallVec<[RowId; 4]> = SmallVec::new();
            for reading in self.readings(at).iter().filter(|r| self.lexicon.facts(r.row).any(Facts::TURN)) {
                if tried.contains(&reading.row) {
                    continue;
                }
                let next = self.traces.get(at + 1).filter(|_| self.is_word(at + 1));
                for begun in self.lexicon.phrases_of(reading.row) {
                    // Right behind the first word of a turn without gaps stands a word that cannot be its second.
                    let other = next.zip(begun.second).is_some_and(|(next, second)| !next.may_be(second));
                    let same = |row: &RowId| self.lexicon.phrases_of(*row).iter().any(|b| b.phrase == begun.phrase);
                    if other || tried.iter().any(same) {
                        continue;
                    }
                    let phrase = &self.lexicon.phrases[begun.phrase as usize];
                    if let Some(tokens) = self.turn_from(at, phrase) {
                        let trigger = tokens[phrase.trigger];
                        out.push(TurnMatch { phrase: begun.phrase as usize, row: phrase.row, tokens, trigger });
                    }
                }
                tried.push(reading.row);
            }
        }
        for (n, turn) in out.iter().enumerate() {
            turn.tokens.iter().for_each(|t| {
                self.turn_of[*t].get_or_insert(n as u32);
            });
        }
        self.turns = out;
    }

    fn turn_from(&self, at: usize, phrase: &Phrase) -> Option<Vec<usize>> {
        let mut tokens: SmallVec<[usize; 8]> = SmallVec::new();
        tokens.push(at);
        for (word, mark) in phrase.words.iter().zip(&phrase.marks).skip(1) {
            let last = *tokens.last()?;
            let mut next = last + 1;
            let mut passed = 0;
            loop {
                match self.kind(next)? {
                    Kind::Word if self.traces[next].may_be(*mark) && self.is_lemma(next, word) => break,
                    Kind::Word | Kind::Number => passed += 1,
                    k if k.is_quote() || k.is_bracket() => {}
                    // "met, six soldiers and a child, their death"
                    Kind::Comma if passed > 0 && self.clitics(next + 1).conjunction.is_some() => {}
                    _ => return None,
                }
                if passed > phrase.gap {
                    return None;
                }
                next += 1;
            }
            tokens.push(next);
        }
        // The first word is why the phrase is tried at all, so that it is looked at last.
        let first = &phrase.words[0];
        (first.starts_with('@') || self.is_lemma(at, first)).then(|| tokens.into_vec())
    }

    /// Whether the token is a form of the folded lemma, or of a word of the class `@…`.
    #[inline]
    pub fn is_lemma(&self, token: usize, wanted: &str) -> bool {
        let Some(traces) = self.traces.get(token) else { return false };
        if wanted.as_bytes().first() == Some(&b'@') {
            return traces.may_be_class(&wanted[1..]) && self.is_of_class(token, &wanted[1..]);
        }
        let (read, begun) = (traces.may_have_lemma(wanted), traces.may_begin(wanted));
        (read || begun) && self.is_of_lemma(token, wanted, read, begun)
    }

    /// `read`: some reading may be of the lemma; `begun`: some stem may begin with it.
    fn is_of_lemma(&self, token: usize, wanted: &str, read: bool, begun: bool) -> bool {
        if read && self.reading(token, |_, row| row.folded == wanted).is_some() {
            return true;
        }
        let Some(analysis) = self.analysis(token).filter(|_| begun) else { return false };
        // "fiery" is listed, and is no fire.
        let derived =
            |r: &Reading, row: &Row| self.list(r) == List::Adjective && row.folded.strip_prefix(wanted).is_some();
        if self.reading(token, derived).is_some() {
            return false;
        }
        // A word in no list, such as an adjective: its stem with an ending of gender, number or case.
        let ends = |stem: &str| stem.strip_prefix(wanted).is_some_and(|ending| ending.chars().nth(2).is_none());
        // "its control" is a verbal noun of its own.
        let verbal = self.readings(token).iter().any(|r| r.features.category == Category::Masdar);
        let mut stems = self.lexicon.stems(self.str(token), analysis);
        stems.any(|(stem, _)| ends(&stem) || !verbal && self.lexicon.is_opened(&stem, wanted))
    }

    fn is_of_class(&self, token: usize, class: &str) -> bool {
        // "Syrian" is written like "my wall".
        let nation = self.may_be(token, Facts::list(List::Demonym));
        let mine = |r: &Reading| nation && r.pronoun.is_some_and(|p| p.person == 1);
        self.reading(token, |r, row| !mine(r) && row.is_of_class(class, r.features.category)).is_some()
    }
}
