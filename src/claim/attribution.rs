//! Attributions: who is said to have said what. In front of the words, behind them or in the middle of them.

use std::ops::Range;

use super::{Filler, Scene};
use crate::lexicon::{List, Reading, Referent, Row};
use crate::mention::Extent;
use crate::morph::{Category, Voice};
use crate::segment::{Gender, Kind};

#[derive(Debug, Clone)]
pub struct Attribution {
    pub source: Filler,
    pub source_kind: Option<String>,
    pub cue: Extent,
    pub cue_class: String,
    pub direct: bool,
    /// The tokens of what is said.
    pub content: Option<Range<usize>>,
    pub parent: Option<usize>,
    pub rule: &'static str,
}

/// How a cue stands to its source.
enum Shape {
    /// A verb that says so; the source is its subject.
    Verb,
    /// "adding", "noting": goes on with the speaker of the sentence.
    Participle,
    /// "his saying": the speaker is the pronoun.
    Masdar,
    /// "according to": the source follows.
    Phrase,
}

struct Cue<'r> {
    tokens: Range<usize>,
    row: &'r Row,
    reading: Option<Reading>,
    shape: Shape,
}

pub fn attributions(scene: &Scene<'_, '_>) -> Vec<Attribution> {
    let finder = Finder { scene };
    let mut out: Vec<Attribution> = Vec::new();
    let mut i = 0;
    while i < scene.doc.len() {
        match finder.cue_at(i) {
            Some(cue) => {
                let next = cue.tokens.end;
                let found = finder.attribution(cue, &out);
                i = found.as_ref().map_or(next, |a| a.cue.tokens.end.max(next));
                out.extend(found);
            }
            None => i += 1,
        }
    }
    finder.nest(&mut out);
    out
}

pub(super) struct Finder<'s, 'd, 'a> {
    pub(super) scene: &'s Scene<'d, 'a>,
}

impl<'s, 'd, 'a> Finder<'s, 'd, 'a> {
    fn cue_at(&self, i: usize) -> Option<Cue<'a>> {
        let doc = self.scene.doc;
        if !doc.is_word(i) || self.scene.actor_at(i).is_some() {
            return None;
        }
        if let Some(cue) = self.phrase_cue(i) {
            return Some(cue);
        }
        if !doc.traits(i).cue {
            return None;
        }
        for reading in doc.readings(i) {
            let row = doc.row(reading);
            if row.cue.is_none() || reading.features.jussive || !self.is_meant(i, reading, row) {
                continue;
            }
            let shape = match (doc.list(reading), reading.features.category) {
                (List::Cue, _) => Shape::Phrase,
                (_, Category::Perfect | Category::Imperfect)
                    if reading.features.voice != Voice::Passive && reading.features.agreement.person == 3 =>
                {
                    Shape::Verb
                }
                (_, Category::ActiveParticiple) if self.is_adverbial(i, reading) => Shape::Participle,
                (_, Category::Masdar) if self.is_saying(i, reading) => Shape::Masdar,
                _ => continue,
            };
            if matches!(shape, Shape::Verb) && self.is_noun_here(i, reading) {
                continue;
            }
            return Some(Cue { tokens: i..i + 1, row, reading: Some(*reading), shape });
        }
        None
    }

    /// A word that only brings a source: "as", "according to".
    pub(super) fn is_cue_word(&self, i: usize) -> bool {
        let doc = self.scene.doc;
        doc.phrase_at(i).is_some_and(|(row, _)| doc.lexicon.list(row) == List::Cue)
            || doc.reading(i, |r, _| doc.list(r) == List::Cue).is_some()
    }

    /// Whether the words around leave the cue its meaning.
    fn is_meant(&self, i: usize, reading: &Reading, row: &Row) -> bool {
        let doc = self.scene.doc;
        let sentence = doc.sentence_range(i);
        let function_word = doc.readings(i).first().is_some_and(|first| {
            doc.list(first) == List::Word
                && first.clitics.count() <= reading.clitics.count()
                && first.row != reading.row
        });
        let has_prep = |wanted: &String| {
            (i + 1..sentence.end.min(i + 9)).any(|t| {
                doc.particle(t, "prep").is_some_and(|p| p.folded == *wanted)
                    || doc.clitics(t).preposition.is_some_and(|p| wanted.chars().eq([p]))
            })
        };
        let before = |wanted: &String| (sentence.start..i).rev().take(12).any(|t| doc.is_lemma(t, wanted));
        let needs_next = row.needs_next.is_empty() || row.needs_next.iter().any(|w| doc.is_lemma(doc.next_word(i), w));
        (!function_word || row.needs_prep.is_some() || doc.list(reading) == List::Cue)
            && row.needs_prep.as_ref().is_none_or(has_prep)
            && row.needs_before.as_ref().is_none_or(before)
            && needs_next
            && !row.not_with.iter().any(|w| super::trigger::stands_near(doc, i, w))
            && (row.alone != Some(false) || !sentence.clone().any(|t| t != i && self.is_cue_verb(t)))
    }

    fn is_cue_verb(&self, t: usize) -> bool {
        let doc = self.scene.doc;
        doc.traits(t).cue && doc.reading(t, |r, row| row.cue.is_some() && r.features.category.is_finite()).is_some()
    }

    /// "his saying that": a verbal noun of speech with its speaker as pronoun, and what is said behind it.
    fn is_saying(&self, i: usize, reading: &Reading) -> bool {
        let doc = self.scene.doc;
        let opens = self.complementizer(i + 1, (i + 9).min(doc.sentence_range(i).end)).is_some();
        reading.pronoun.is_some_and(|p| p.person == 3) && opens
    }

    fn phrase_cue(&self, i: usize) -> Option<Cue<'a>> {
        let doc = self.scene.doc;
        for found in doc.names_at(i) {
            for referent in found.referents {
                if let Referent::Phrase(id) = referent {
                    let row = doc.lexicon.row(*id);
                    let alone = row.alone != Some(false) || !doc.sentence_range(i).any(|t| self.is_cue_verb(t));
                    if doc.lexicon.list(*id) == List::Cue && row.cue.is_some() && alone {
                        return Some(Cue { tokens: found.start..found.end, row, reading: None, shape: Shape::Phrase });
                    }
                }
            }
        }
        None
    }

    /// A participle that goes on with a sentence: no article, no preposition, behind its verb.
    fn is_adverbial(&self, i: usize, reading: &Reading) -> bool {
        let doc = self.scene.doc;
        let c = reading.clitics;
        let start = doc.sentence_range(i).start;
        let bare = !c.article && c.preposition.is_none() && reading.pronoun.is_none() && i > start;
        let feminine = reading.features.agreement.gender == Some(Gender::Feminine);
        let plural = reading.features.is_plural();
        bare && (reading.features.accusative || feminine || plural)
            && self.complementizer(i + 1, (i + 6).min(doc.sentence_range(i).end)).is_some()
    }

    /// A word written like the verb that stands where only a noun can.
    fn is_noun_here(&self, i: usize, reading: &Reading) -> bool {
        let doc = self.scene.doc;
        if !doc.readings(i).iter().any(|r| !r.features.category.is_finite() && r.clitics == reading.clitics) {
            return false;
        }
        doc.previous_word(i).is_some_and(|p| doc.is_preposition(p) || doc.clitics(i).preposition.is_some())
    }

    /// The word or sign that opens what is said, in the range: a complementizer, a colon, a quotation mark.
    fn complementizer(&self, from: usize, to: usize) -> Option<usize> {
        let doc = self.scene.doc;
        (from..to.min(doc.len())).find(|t| {
            doc.kind(*t) == Some(Kind::Colon)
                || doc.is_particle(*t, "comp")
                || doc.tokens[*t].kind.is_quote() && self.opens_speech(*t)
        })
    }

    /// A quotation of several words that is no quoted name.
    pub(super) fn opens_speech(&self, token: usize) -> bool {
        let scene = self.scene;
        scene
            .doc
            .quotation_from(token)
            .is_some_and(|q| q.close > token + 2 && scene.mention_end(token + 1).is_none_or(|end| end + 1 < q.close))
            && scene.actor_at(token).is_none()
    }

    fn attribution(&self, cue: Cue<'_>, earlier: &[Attribution]) -> Option<Attribution> {
        match cue.shape {
            Shape::Phrase => self.by_phrase(cue),
            Shape::Verb => self.by_verb(cue, earlier),
            Shape::Participle | Shape::Masdar => self.by_speaker(cue, earlier),
        }
    }

    fn make(&self, source: Filler, cue: &Cue<'_>, content: Option<Range<usize>>, rule: &'static str) -> Attribution {
        let doc = self.scene.doc;
        let skip = if cue.tokens.len() == 1 {
            cue.reading.map_or_else(|| doc.skip(cue.tokens.start), |r| r.start)
        } else {
            doc.skip(cue.tokens.start)
        };
        let content = content.and_then(|c| self.trim(c));
        let direct = content.as_ref().is_some_and(|c| self.is_direct(c));
        Attribution {
            source_kind: self.source_kind(&source),
            source,
            cue: Extent { tokens: cue.tokens.clone(), span: doc.span_from(cue.tokens.clone(), skip) },
            cue_class: cue.row.cue.clone().unwrap_or_default(),
            direct,
            content,
            parent: None,
            rule,
        }
    }

    fn by_phrase(&self, cue: Cue<'_>) -> Option<Attribution> {
        let doc = self.scene.doc;
        let sentence = doc.sentence_range(cue.tokens.start);
        let mut at = cue.tokens.end;
        // "according to what X said": the verb is the cue, and X follows it.
        let mut verb = None;
        let takes_verb = cue.row.source.as_deref() == Some("verb") || !cue.row.then.is_empty();
        for t in at..(at + 3).min(sentence.end) {
            if !takes_verb {
                break;
            }
            if let Some((reading, row)) = doc.reading(t, |r, row| row.cue.is_some() && r.features.category.is_finite())
            {
                verb = Some(Cue { tokens: t..t + 1, row, reading: Some(*reading), shape: Shape::Verb });
                at = t + 1;
                break;
            }
            if !doc.is_function_word(t) && !doc.readings(t).is_empty() {
                break;
            }
        }
        if verb.is_none() && cue.row.source.as_deref() != Some("after") {
            return None;
        }
        let source = self.subject(at, sentence.end)?;
        // "from B, his saying": the saying is the cue.
        let behind = source.at.tokens.end;
        let saying = |t: usize| {
            doc.reading(t, |r, row| {
                row.cue.is_some() && r.features.category == Category::Masdar && self.is_saying(t, r)
            })
        };
        if cue.row.needs_before.is_some() && (at..sentence.end.min(behind + 6)).any(|t| saying(t).is_some()) {
            return None;
        }
        if cue.row.is_weak() && !self.can_speak(&source) {
            return None;
        }
        let cue = verb.unwrap_or(cue);
        let before = sentence.start..self.cue_front(&cue, sentence.start);
        let leads = before.clone().all(|t| {
            !matches!(doc.kind(t), Some(Kind::Word | Kind::Number))
                || doc.is_particle(t, "opener")
                || doc.is_particle(t, "conj")
        });
        let content = if leads {
            let start = (source.at.tokens.end..sentence.end)
                .find(|t| doc.is_word(*t) || doc.kind(*t) == Some(Kind::Number) || doc.tokens[*t].kind.is_quote())?;
            self.content_from(start, sentence.end)
        } else {
            before
        };
        Some(self.make(source, &cue, Some(content), "according_to"))
    }

    /// Where the cue's own phrase begins, its comma and its "as" included.
    fn cue_front(&self, cue: &Cue<'_>, start: usize) -> usize {
        let doc = self.scene.doc;
        let mut at = cue.tokens.start;
        // "according to what": the pronoun between the preposition and the verb goes with them.
        if at > start + 1 && self.is_cue_word(at - 2) && doc.is_function_word(at - 1) {
            at -= 1;
        }
        while at > start
            && (doc.kind(at - 1) == Some(Kind::Comma) || self.is_cue_word(at - 1) || doc.is_particle(at - 1, "rel"))
        {
            at -= 1;
        }
        at
    }

    fn by_verb(&self, cue: Cue<'_>, earlier: &[Attribution]) -> Option<Attribution> {
        let doc = self.scene.doc;
        let i = cue.tokens.start;
        let sentence = doc.sentence_range(i);
        if i > sentence.start && doc.is_particle(i - 1, "neg") {
            // Nothing was said.
            return None;
        }
        let opening = self.complementizer(i + 1, sentence.end);
        let as_before = i > sentence.start && self.is_cue_word(i - 1);
        let weak = cue.row.is_weak() || cue.row.needs_content;
        let opening = opening.filter(|o| !self.is_cut_off(i, *o));
        if weak && !as_before && opening.is_none() {
            return None;
        }
        // "it is said that": nobody says it.
        let impersonal =
            cue.reading.is_some_and(|r| r.features.category == Category::Imperfect && r.clitics.conjunction.is_none());
        if impersonal && opening == Some(i + 1) && i == sentence.start {
            return None;
        }
        let limit = opening.unwrap_or(sentence.end);
        let behind = self.subject(i + 1, limit);
        if as_before {
            let source = behind?;
            let front = self.cue_front(&cue, sentence.start);
            return Some(self.make(source, &cue, Some(sentence.start..front), "as_said"));
        }
        let (source, rule) = match behind {
            Some(source) if self.can_speak(&source) => (source, "verb_subject"),
            // A name that no list holds, right behind a verb that is nothing but speech.
            Some(source) if !weak && source.at.tokens.start == i + 1 && doc.readings(i + 1).is_empty() => {
                (source, "verb_subject")
            }
            _ => match self.subject_before(i, sentence.start) {
                Some(source) => (source, "subject_verb"),
                None if weak => return None,
                None => match self.last_speaker(earlier, cue.reading.as_ref(), i) {
                    Some(source) if opening.is_some() => (source, "elided_speaker"),
                    _ => return None,
                },
            },
        };
        let content = match opening {
            Some(at) => {
                let start = if doc.tokens[at].kind.is_quote() { at } else { at + 1 };
                let pronoun = doc.reading(at, |r, _| r.pronoun.is_some()).is_some();
                self.content_from(if pronoun { at } else { start }, sentence.end)
            }
            None => {
                let start = source.at.tokens.end.max(i + 1);
                self.content_from(start, sentence.end)
            }
        };
        Some(self.make(source, &cue, Some(content), rule))
    }

    /// Another finite verb stands between the cue and the word that opens what is said.
    fn is_cut_off(&self, cue: usize, opening: usize) -> bool {
        let doc = self.scene.doc;
        let leaves_quotation = |t: usize| doc.quotation_to(t).is_some_and(|open| open < cue);
        let other_speech = |t: usize| {
            doc.reading(t, |r, row| {
                row.cue.is_some() && r.features.category == Category::ActiveParticiple && self.is_adverbial(t, r)
            })
            .is_some()
        };
        (cue + 1..opening).any(|t| {
            leaves_quotation(t)
                || other_speech(t)
                || doc.is_finite(t)
                    && !doc.could_be_nominal(t)
                    && self.scene.actor_at(t).is_none()
                    && !(cue..t).rev().take(4).any(|r| doc.is_particle(r, "rel"))
        })
    }

    fn by_speaker(&self, cue: Cue<'_>, earlier: &[Attribution]) -> Option<Attribution> {
        let doc = self.scene.doc;
        let i = cue.tokens.start;
        let sentence = doc.sentence_range(i);
        let last = earlier.last().filter(|a| a.cue.tokens.start >= sentence.start)?;
        // "A reported from B his saying": the speaker stands behind the last "from".
        let source = match cue.shape {
            Shape::Masdar => self.quoted_source(last, i).unwrap_or_else(|| last.source.clone()),
            _ => last.source.clone(),
        };
        let start = match self.complementizer(i + 1, (i + 12).min(sentence.end)) {
            Some(at) if doc.tokens[at].kind.is_quote() => at,
            Some(at) if doc.reading(at, |r, _| r.pronoun.is_some()).is_some() => at,
            Some(at) => at + 1,
            None => i + 1,
        };
        let rule = if matches!(cue.shape, Shape::Masdar) { "quoted_saying" } else { "same_speaker" };
        Some(self.make(source, &cue, Some(self.content_from(start, sentence.end)), rule))
    }

    fn quoted_source(&self, outer: &Attribution, before: usize) -> Option<Filler> {
        let doc = self.scene.doc;
        let from = outer.source.at.tokens.end;
        let at = (from..before)
            .find(|t| doc.is_preposition(*t) && doc.particle(*t, "prep").is_some_and(|r| r.has_role("source")))?;
        self.subject(at + 1, before)
    }

    /// Where what is said ends: at its sentence, at its closing quotation mark if that is later, or at the next speaker.
    fn content_from(&self, start: usize, sentence_end: usize) -> Range<usize> {
        let doc = self.scene.doc;
        let mut end = sentence_end;
        if let Some(q) = doc.quotation_from(start).filter(|q| q.closed) {
            end = end.max(q.close + 1);
        }
        for t in start + 1..sentence_end {
            // "while Y said": another speaker's clause.
            let other = doc.particle(t, "conj").is_some_and(|row| row.new_frame) && !doc.is_absorbed(t);
            if other && (t + 1..sentence_end.min(t + 4)).any(|n| self.is_cue_verb(n)) {
                end = t;
                break;
            }
            let Some((reading, _)) =
                doc.reading(t, |r, row| row.cue.is_some() && r.features.category == Category::ActiveParticiple)
            else {
                continue;
            };
            if self.is_adverbial(t, reading) {
                end = t;
                break;
            }
        }
        start..end
    }

    /// Without signs at its ends; `None` if nothing is left.
    fn trim(&self, content: Range<usize>) -> Option<Range<usize>> {
        let doc = self.scene.doc;
        let is_sign = |t: usize| !matches!(doc.kind(t), Some(Kind::Word | Kind::Number));
        let (mut start, mut end) = (content.start, content.end);
        while start < end && is_sign(start) {
            start += 1;
        }
        while start < end && is_sign(end - 1) {
            end -= 1;
        }
        (start < end).then_some(start..end)
    }

    fn is_direct(&self, content: &Range<usize>) -> bool {
        let scene = self.scene;
        scene.doc.quotations_over(content.clone()).any(|q| {
            q.close - q.open > 2
                && scene.actor_at(q.open + 1).is_none_or(|a| scene.mentions.actors[a].at.tokens.end < q.close)
        })
    }

    /// A source inside another's words is quoted by that one.
    fn nest(&self, out: &mut [Attribution]) {
        let mut by_start: Vec<(Range<usize>, usize)> =
            out.iter().enumerate().filter_map(|(n, a)| Some((a.content.clone()?, n))).collect();
        by_start.sort_by_key(|(content, n)| (content.start, *n));
        let reach = by_start.iter().scan(0, |far, (content, _)| {
            *far = content.end.max(*far);
            Some(*far)
        });
        let reach: Vec<usize> = reach.collect();
        for i in 0..out.len() {
            let cue = out[i].cue.tokens.start;
            let first = reach.partition_point(|end| *end <= cue);
            let around = by_start[first..].iter().take_while(|(content, _)| content.start <= cue);
            let parent = around
                .filter(|(content, j)| {
                    let other = out[*j].cue.tokens.start;
                    *j != i
                        && content.contains(&cue)
                        && other != cue
                        && out[i].content.as_ref().is_none_or(|c| !c.contains(&other))
                })
                .min_by_key(|(content, j)| (content.len(), *j))
                .map(|(_, j)| *j);
            out[i].parent = parent;
        }
    }
}
