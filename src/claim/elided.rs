//! A speaker who is not named again: carried on from the sentence or the last one who spoke, and whom a word stands for.

use super::attribution::Finder;
use super::cue::Cue;
use super::speaker::{FRONT, agree};
use super::{Attribution, Filler};
use crate::lexicon::{List, Reading, Row};
use crate::morph::Category;
use crate::segment::{Gender, Kind};

/// Among how many of the sources before is one looked for that a word stands for.
const BACK: usize = 256;

impl Finder<'_, '_, '_> {
    /// Nobody is named: the last speaker whose gender and number the verb's ending allows.
    pub(super) fn elided(&self, cue: &Cue<'_>, opening: usize, earlier: &[Attribution]) -> Option<Filler> {
        let doc = self.scene.doc;
        let i = cue.tokens.start;
        let reading = cue.reading?;
        let sentence = doc.sentence_range(i);
        let leads = reading.clitics.conjunction.is_some() && i == sentence.start;
        // "it is feared that": nobody says it.
        let nobody = cue.row.class.as_deref() == Some("impersonal");
        let impersonal =
            reading.features.category == Category::Imperfect && (nobody || reading.clitics.conjunction.is_none());
        let after_pronoun = i > sentence.start && doc.reading(i - 1, |r, _| r.pronoun.is_some()).is_some();
        if impersonal && !after_pronoun && !reading.features.is_plural() {
            return None;
        }
        // A word that often means something else says something where it opens its sentence and what is said follows.
        if (cue.row.is_weak() || cue.row.needs_content) && !(leads && opening <= i + 4 || after_pronoun) {
            return None;
        }
        // "and declared the founding of the “X”": what is declared is no quotation.
        let joined = !leads && reading.clitics.conjunction.is_some() && !reading.features.is_plural();
        if joined && doc.tokens[opening].kind.is_quote() && opening > i + 1 {
            return None;
        }
        let spoken = doc.is_particle(opening, "comp") || !doc.is_word(opening);
        // "X said that …, and confirmed the death of": his next verb.
        let goes_on = i > sentence.start
            && doc.kind(i - 1) == Some(Kind::Comma)
            && earlier.last().is_some_and(|a| a.cue.tokens.start >= sentence.start);
        if !spoken && !leads && !goes_on && !reading.features.is_plural() {
            return None;
        }
        if reading.features.is_plural() {
            let acting = self.acting(sentence.start, i).filter(|s| self.is_several(s));
            return acting.or_else(|| self.last_speaker(earlier, &reading, i));
        }
        // "the spokesman rejected the offer and told the press that": who acts in the sentence, where nobody has spoken in it.
        let silent = earlier.last().is_none_or(|a| a.cue.tokens.start < sentence.start);
        if joined && silent {
            let fits = |s: &Filler| agree(reading.features.agreement.gender, self.gender(s)) && !self.is_several(s);
            if let Some(acting) = self.acting(sentence.start, i).filter(fits) {
                return Some(acting);
            }
        }
        let fresh = || self.new_person(&reading, i, earlier).filter(|_| leads);
        fresh().or_else(|| self.last_speaker(earlier, &reading, i))
    }

    /// The person whom the sentence before is about, where nobody has spoken since.
    pub(super) fn new_person(&self, reading: &Reading, i: usize, earlier: &[Attribution]) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let end = doc.sentence_range(i).start;
        let before = doc.sentence_range(end.checked_sub(1)?);
        if earlier.last().is_some_and(|a| a.cue.tokens.start >= before.start) {
            return None;
        }
        let verb =
            before.clone().take(3).find(|t| doc.is_finite(*t) || doc.readings(*t).is_empty() && doc.is_word(*t))?;
        let person = self.subject(verb + 1, end)?;
        let is_person = person.actor.is_some_and(|a| {
            let actor = &scene.mentions.actors[a];
            actor.kind == "person" && actor.at.tokens.len() > 1
        });
        (is_person && agree(reading.features.agreement.gender, Some(Gender::Masculine))).then_some(person)
    }

    /// The speaker of "adding", "noting": that of the sentence, or who acts in it.
    pub(super) fn participle_speaker(
        &self,
        cue: &Cue<'_>,
        earlier: &[Attribution],
        sentence_start: usize,
    ) -> Option<Filler> {
        let reading = cue.reading?;
        let i = cue.tokens.start;
        let fits = |source: &Filler| agree(reading.features.agreement.gender, self.gender(source));
        let mut same = earlier.iter().rev().take_while(|a| a.cue.tokens.start >= sentence_start);
        let speaker = same.find(|a| fits(&a.source)).map(|a| a.source.clone());
        let counted = |s: &Filler| self.scene.quantity_at(s.at.tokens.start).is_some();
        let actor = || self.acting(sentence_start, i).filter(|s| fits(s) && !counted(s));
        speaker.or_else(actor).or_else(|| {
            let apart = self.opening_of(i, self.scene.doc.sentence_range(i).end).is_some();
            self.last_speaker(earlier, &reading, i).filter(|_| apart)
        })
    }

    /// Who acts before the token in its sentence: the nearest subject of a verb that can speak.
    pub(super) fn acting(&self, sentence_start: usize, before: usize) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let verbs = (sentence_start..before)
            .rev()
            .take(FRONT)
            .filter(|t| doc.is_finite(*t) && !doc.is_particle(*t, "aux") && scene.actor_at(*t).is_none());
        let mut subjects = verbs.map(|verb| {
            let behind = self.subject(verb + 1, before).filter(|s| self.can_speak(s));
            behind.or_else(|| self.subject_before(verb, sentence_start))
        });
        subjects.find_map(|s| s)
    }

    /// The last source before the token whose gender and number the verb's ending allows.
    pub(super) fn last_speaker(&self, earlier: &[Attribution], reading: &Reading, at: usize) -> Option<Filler> {
        let doc = self.scene.doc;
        let plural = reading.features.is_plural();
        // Who speaks inside a quotation is not who goes on behind it.
        let quoted = |cue: usize| doc.quotations_over(cue..cue + 1).any(|q| q.closed && q.open < cue && q.close < at);
        let fits = |a: &&Attribution| {
            a.cue.tokens.start < at
                && !quoted(a.cue.tokens.start)
                && !a.source.at.tokens.is_empty()
                && agree(reading.features.agreement.gender, self.gender(&a.source))
                && match reading.features.agreement.gender {
                    _ if plural => self.is_several(&a.source),
                    Some(Gender::Masculine) => !self.is_several(&a.source),
                    _ => true,
                }
        };
        earlier.iter().rev().take(BACK).find(fits).map(|a| a.source.clone())
    }

    /// A plural of people.
    pub(super) fn is_several(&self, source: &Filler) -> bool {
        let head = source.at.tokens.start;
        // A family name that looks like a dual is one man's.
        let kind = source.actor.map(|a| &self.scene.mentions.actors[a]);
        if kind.is_some_and(|a| a.kind == "person" && a.at.tokens.start == head) {
            return false;
        }
        self.scene.doc.reading(head, |r, _| r.features.is_several()).is_some() || self.scene.quantity_at(head).is_some()
    }

    /// "His Excellency": the person who spoke last; nobody where none has.
    pub(super) fn honoured(&self, source: &Filler, earlier: &[Attribution]) -> Option<Filler> {
        let doc = self.scene.doc;
        let honour = |r: &Reading, row: &Row| row.has_role("honour") && r.pronoun.is_some_and(|p| p.person == 3);
        doc.reading(source.at.tokens.start, honour)?;
        let person = |f: &Filler| f.actor.is_some_and(|a| self.scene.mentions.actors[a].kind == "person");
        let title = |r: &Reading, _: &Row| doc.list(r) == List::Title;
        let office = |f: &Filler| doc.reading(f.at.tokens.start, title).is_some();
        let mut sources = earlier.iter().rev().take(BACK).map(|a| &a.source);
        let spoke = sources.find(|s| person(s) || office(s)).cloned();
        // Nobody has spoken: the person named last.
        let actors = &self.scene.mentions.actors;
        let before = actors.partition_point(|a| a.at.tokens.end <= source.at.tokens.start);
        let named = || (0..before).rev().find(|a| actors[*a].kind == "person" && actors[*a].at.tokens.len() > 1);
        spoke.or_else(|| named().map(|a| self.scene.actor_filler(a)))
    }

    /// "X condemned the attack, and vowed to", "and denied knowing of": who has spoken in the sentence goes on.
    pub(super) fn goes_on_saying(&self, cue: &Cue<'_>, earlier: &[Attribution]) -> Option<Filler> {
        let doc = self.scene.doc;
        let i = cue.tokens.start;
        let reading = cue.reading?;
        let last = earlier.last().filter(|a| a.cue.tokens.start >= doc.sentence_range(i).start)?;
        let inside = last.content.as_ref().is_some_and(|c| c.contains(&i));
        let joined = reading.clitics.conjunction.is_some() && !self.opens_sentence(i) && !inside;
        let plain = !cue.row.is_weak() && !cue.row.needs_content;
        let fits = agree(reading.features.agreement.gender, self.gender(&last.source))
            && reading.features.is_plural() == self.is_several(&last.source);
        let brought = self.content_preposition(cue, i + 2) == Some(i + 1);
        let denied = cue.row.cue.as_deref() == Some("deny")
            && !doc.clitics(i + 1).article
            && doc.is_category(i + 1, Category::Masdar);
        (joined && plain && fits && (brought || denied)).then(|| last.source.clone())
    }

    /// Whom a source stands for: "the statement" for who issued it, "the official" for the one named before.
    pub(super) fn stands_for(&self, source: &Filler, earlier: &[Attribution]) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let tokens = &source.at.tokens;
        let (reading, row) = doc.reading(tokens.start, |_, row| row.source_kind.is_some())?;
        let is = |kind: &str| row.source_kind.as_deref() == Some(kind);
        if is("document") {
            let within = (tokens.start + 1..tokens.end).find(|t| {
                scene.actor_at(*t).is_some() || self.names_speaker(*t) && doc.clitics(*t).preposition.is_none()
            });
            if let Some(issuer) = within {
                return Some(self.speaker(issuer, tokens.end));
            }
            if !reading.clitics.article && reading.pronoun.is_none() {
                return None;
            }
            let issuer = earlier
                .iter()
                .rev()
                .take(BACK)
                .find(|a| a.stands_for.is_some() || a.source_kind.as_deref() != Some("document"))?;
            return Some(issuer.stands_for.clone().unwrap_or_else(|| issuer.source.clone()));
        }
        let unnamed = is("unnamed_official") || is("spokesperson") || is("witness");
        if !unnamed || !reading.clitics.article || source.actor.is_some() {
            return None;
        }
        let same = |a: &&Attribution| {
            let head = a.source.at.tokens.start;
            head < tokens.start && !doc.is_definite(head) && doc.reading(head, |_, r| r.folded == row.folded).is_some()
        };
        earlier.iter().rev().take(BACK).find(same).map(|a| a.source.clone())
    }

    fn opens_sentence(&self, token: usize) -> bool {
        token == self.scene.doc.sentence_range(token).start
            || self.scene.doc.previous_word(token).is_none_or(|p| self.scene.doc.kind(p) == Some(Kind::Clause))
    }
}
