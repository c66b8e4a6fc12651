//! Cues: the words that say that something was said. A verb, its participle or verbal noun, "according to".

use std::ops::Range;

use super::Filler;
use super::attribution::Finder;
use crate::lexicon::{Facts, List, Reading, Referent, Row};
use crate::morph::{Category, Voice};
use crate::segment::{Gender, Kind};

/// How a cue stands to its source.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    /// A verb that says so; the source is its subject.
    Verb,
    /// "adding", "noting": goes on with the speaker of the sentence.
    Participle,
    /// "his saying": the speaker is the pronoun.
    Masdar,
    /// "according to": the source follows.
    Phrase,
}

pub(super) struct Cue<'r> {
    pub tokens: Range<usize>,
    pub row: &'r Row,
    pub reading: Option<Reading>,
    pub shape: Shape,
}

impl Cue<'_> {
    /// A verb that may only describe the source of another; "saying" behind another's verb.
    pub fn describes(&self) -> bool {
        match self.shape {
            Shape::Verb => self.row.is_weak() || self.row.needs_content,
            Shape::Participle => self.row.class.as_deref() == Some("saying"),
            Shape::Masdar | Shape::Phrase => false,
        }
    }
}

impl<'a> Finder<'_, '_, 'a> {
    /// "a man called X": behind an indefinite noun of people, the verb that brings his name.
    pub(super) fn is_called(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let before = |t: usize| doc.is_word(t) && !doc.is_definite(t) && (self.names_speaker(t) || doc.is_nominal(t));
        self.is_title(token)
            && doc.is_finite(token)
            && doc.clitics(token).conjunction.is_none()
            && token.checked_sub(1).is_some_and(before)
    }

    pub(super) fn cue_at(&self, i: usize) -> Option<Cue<'a>> {
        let doc = self.scene.doc;
        let may_be = doc.may_be(i, Facts::CUE.or(Facts::CUE_HERE));
        if !may_be || !doc.is_word(i) || self.scene.actor_at(i).is_some() {
            return None;
        }
        // "it is recalled that": nobody says it.
        if doc.is_absorbed(i) || doc.phrase_at(i).is_some_and(|(row, _)| doc.lexicon.row(row).pos == "opener") {
            return None;
        }
        if let Some(cue) = self.phrase_cue(i) {
            return Some(cue);
        }
        // "among them", written like "made them plain".
        if doc.is_particle(i, "subset") {
            return None;
        }
        // "a woman called X", written like "she claims".
        if self.is_called(i) {
            return None;
        }
        // "Ali ibn Abi Talib": what stands behind "father of" is a name.
        let named = i > 0 && doc.may_be(i - 1, Facts::JOINT_FRONT) && doc.clitics(i).conjunction.is_none();
        if !doc.may_be(i, Facts::CUE) || named {
            return None;
        }
        for reading in doc.readings(i) {
            let row = doc.row(reading);
            // What somebody will say has not been said.
            let unsaid = reading.features.jussive || reading.clitics.future;
            if row.cue.is_none() || unsaid || !self.is_meant(i, reading, row) {
                continue;
            }
            // A likelier word, with fewer letters taken for clitics or no verb's at all.
            let participle = reading.features.category == Category::ActiveParticiple;
            let first = doc.readings(i).first();
            let usual =
                reading.clitics.conjunction.is_none_or(|c| doc.lexicon.segmenter.clitics.is_usual_conjunction(c));
            let likelier = !usual
                && first.is_some_and(|f| doc.list(f) != List::Word && f.clitics.count() < reading.clitics.count())
                || participle && doc.reading(i, |r, _| doc.list(r) == List::Head).is_some();
            // "asking not to be named": how he speaks.
            let asks = (participle || reading.features.is_dual())
                && doc.is_word(i + 1)
                && doc.particle(i + 1, "neg").is_some();
            if likelier || asks || self.is_first_person(i, reading) {
                continue;
            }
            let agreement = reading.features.agreement;
            let shape = match (doc.list(reading), reading.features.category) {
                (List::Cue, _) => Shape::Phrase,
                (_, Category::Perfect | Category::Imperfect)
                    if reading.features.voice != Voice::Passive && agreement.person == 3 =>
                {
                    Shape::Verb
                }
                (_, Category::ActiveParticiple) if self.is_adverbial(i, reading, row) => Shape::Participle,
                (_, Category::Masdar) if !row.is_weak() && self.is_saying(i, reading) => Shape::Masdar,
                (_, Category::Masdar) if self.told_by(i, reading, row).is_some() => Shape::Masdar,
                _ => continue,
            };
            if matches!(shape, Shape::Verb) && (self.is_noun_here(i, reading) || !self.takes_object(reading, row)) {
                continue;
            }
            return Some(Cue { tokens: i..i + 1, row, reading: Some(*reading), shape });
        }
        None
    }

    /// "I believe", written like "he believed", inside a quotation: the speaker himself.
    fn is_first_person(&self, i: usize, reading: &Reading) -> bool {
        let doc = self.scene.doc;
        let alike =
            |r: &Reading| r.row == reading.row && r.clitics == reading.clitics && r.features.agreement.person == 1;
        let named = i + 1 < doc.len() && (self.names_speaker(i + 1) || self.scene.actor_at(i + 1).is_some());
        !named && doc.readings(i).iter().any(alike) && doc.quotations_over(i..i + 1).any(|q| q.open < i && i < q.close)
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
        // No preposition stands before "that".
        let that = self.is_complementizer(i + 1);
        let that = that || self.speaks_behind(i, reading);
        let function_word = doc.readings(i).first().is_some_and(|first| {
            !that
                && doc.list(first) == List::Word
                && first.clitics.count() <= reading.clitics.count()
                && first.row != reading.row
                // "belonging to" is one only before its preposition, and no function word has an object.
                && (!doc.row(first).folded.contains(' ') || doc.clitics(i + 1).preposition.is_some())
                && (reading.pronoun.is_none() || first.pronoun.is_some() || doc.row(first).pos == "subset")
        });
        let has_prep = |wanted: &String| {
            // Not the preposition of another verb: "across the line, which led to".
            let own = |t: &usize| !doc.is_finite(*t) || doc.could_be_nominal(*t);
            (i + 1..sentence.end.min(i + 16)).take_while(own).any(|t| {
                doc.particle(t, "prep").is_some_and(|p| p.folded == *wanted)
                    || doc.clitics(t).preposition.is_some_and(|p| wanted.chars().eq([p]))
            })
        };
        // "from" behind its verb, and no other "from" between.
        let before = |wanted: &String| {
            let near = (sentence.start..i).rev().take(16);
            near.take_while(|t| doc.reading(*t, |r, _| r.row == reading.row).is_none())
                .any(|t| doc.is_lemma(t, wanted) && doc.finite(t).is_some())
        };
        let needs = row.needs.is_empty()
            || (i + 1..sentence.end.min(i + 10)).any(|t| row.needs.iter().any(|w| doc.is_lemma(t, w)));
        let excluded = |w: &String| match doc.list(reading) {
            // The word that "according to" governs.
            List::Cue => doc.readings(doc.next_word(i)).first().is_some_and(|r| doc.row(r).folded == *w),
            _ => super::near::stands_near(doc, i, w),
        };
        let needs_next = row.needs_next.is_empty() || row.needs_next.iter().any(|w| doc.is_lemma(doc.next_word(i), w));
        (!function_word || row.needs_prep.is_some() || doc.list(reading) == List::Cue)
            && (row.needs_prep.as_ref().is_none_or(has_prep) || self.is_carried(i, reading))
            && row.needs_before.as_ref().is_none_or(before)
            && needs_next
            && needs
            && !row.not_with.iter().any(excluded)
            && (row.alone != Some(false) || !sentence.clone().any(|t| t != i && self.is_cue_verb(t)))
    }

    /// "the station carried that": a verb of quoting, and a paper or a station whose words they are.
    fn is_carried(&self, i: usize, reading: &Reading) -> bool {
        let media = |a: usize| self.scene.mentions.actors[a].kind == "media";
        let end = self.scene.doc.sentence_range(i).end;
        let outlets = || self.source_kind(&self.speaker(i + 1, end)).as_deref() == Some("media");
        reading.features.category.is_finite()
            && (self.scene.actor_at(i + 1).is_some_and(media) || i + 1 < end && outlets())
            && self.speaks_behind(i, reading)
    }

    /// "and X made plain that", written like "between X": who speaks, and what opens his words right behind him.
    fn speaks_behind(&self, i: usize, reading: &Reading) -> bool {
        let doc = self.scene.doc;
        let next = i + 1;
        let speaker = || self.names_speaker(next) || self.scene.actor_at(next).is_some();
        if !reading.features.category.is_finite() || reading.pronoun.is_some() || !doc.is_word(next) || !speaker() {
            return false;
        }
        let end = doc.sentence_range(i).end;
        let source = self.speaker(next, end);
        self.can_speak(&source) && self.is_complementizer(self.past_hearer(source.at.tokens.end, end))
    }

    pub(super) fn is_cue_verb(&self, t: usize) -> bool {
        let doc = self.scene.doc;
        doc.may_be(t, Facts::CUE)
            && doc.reading(t, |r, row| row.cue.is_some() && r.features.category.is_finite()).is_some()
    }

    /// A verb of nothing but speech, where no noun is written alike.
    pub(super) fn is_plain_cue_verb(&self, t: usize) -> bool {
        let doc = self.scene.doc;
        doc.may_be(t, Facts::CUE)
            && doc
                .reading(t, |r, row| {
                    row.cue.is_some()
                        && !row.is_weak()
                        && !row.needs_content
                        && r.features.agreement.person == 3
                        && r.features.category == Category::Perfect
                        && !self.is_noun_here(t, r)
                })
                .is_some()
    }

    /// "reminds us", "told us": only verbs that take a hearer have "us" and "you" as object.
    fn takes_object(&self, reading: &Reading, row: &Row) -> bool {
        let hearer = row.roles.as_ref().is_some_and(|r| r.object.as_deref() == Some("audience"));
        reading.pronoun.is_none_or(|p| p.person == 3) || hearer
    }

    /// "his saying that", "the saying that": a verbal noun of speech and what is said behind it.
    pub(super) fn is_saying(&self, i: usize, reading: &Reading) -> bool {
        let doc = self.scene.doc;
        let own = reading.pronoun.is_some_and(|p| p.person == 3);
        let plain = reading.clitics.article && reading.clitics.preposition.is_none() && reading.pronoun.is_none();
        let opening = self.opening_of(i, doc.sentence_range(i).end);
        // "he went on with the saying that"
        let with = reading.clitics.article && reading.pronoun.is_none();
        // "by saying, that"
        let next = i + 1 + usize::from(doc.kind(i + 1) == Some(Kind::Comma));
        own && opening.is_some() || (plain || with) && opening == Some(next)
    }

    /// "the announcement by X of the death of": the speaker in the genitive, and where what is said begins right behind him.
    pub(super) fn told_by(&self, i: usize, reading: &Reading, row: &Row) -> Option<(Filler, usize)> {
        let scene = self.scene;
        let doc = scene.doc;
        let end = doc.sentence_range(i).end;
        let plain = reading.pronoun.is_none() && !reading.clitics.article && !row.is_weak() && !row.needs_content;
        // "the accusation of X" may be one against him, and who condemns a deed has not done it.
        let accuses = row.cue.as_deref() == Some("accuse");
        // "to demand of X that": X is asked.
        let purpose =
            reading.clitics.preposition.is_some_and(|p| doc.lexicon.is_subjunctive(doc.lexicon.preposition(p)));
        let plain = plain && !purpose;
        let next = i + 1;
        let party = scene.actor_at(next).is_some()
            || self.names_speaker(next) && doc.is_definite(next)
            || self.named_last(next).is_some();
        if !plain || accuses || next >= end || !party || doc.clitics(next).preposition.is_some() {
            return None;
        }
        let source = self.subject(next, end).filter(|s| s.at.tokens.start == next && self.can_speak(s))?;
        let mut at = source.at.tokens.end;
        while let Some(time) = scene.time_at(at) {
            at = scene.mentions.times[time].tokens.end;
        }
        let brings = |p: &str| row.roles.as_ref().is_some_and(|r| r.prep.get(p).is_some_and(|role| role == "content"));
        let glued = doc.clitics(at).preposition.is_some_and(|p| brings(&doc.lexicon.fold.word(&p.to_string())));
        let apart = doc.particle(at, "prep").is_some_and(|row| brings(&row.folded));
        let follows = at < end && (self.is_complementizer(at) || glued || apart || self.is_deed(at));
        follows.then_some((source, at))
    }

    pub(super) fn phrase_cue(&self, i: usize) -> Option<Cue<'a>> {
        let doc = self.scene.doc;
        if !doc.may_be(i, Facts::CUE_HERE) {
            return None;
        }
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

    /// A participle that goes on with a sentence: no article, no preposition, behind its verb, and what is said behind it.
    pub(super) fn is_adverbial(&self, i: usize, reading: &Reading, row: &Row) -> bool {
        let doc = self.scene.doc;
        let c = reading.clitics;
        let sentence = doc.sentence_range(i);
        // A sentence of its own where what is said follows: "Adding that".
        let inside =
            i > sentence.start || i > 0 && (self.opening_of(i, sentence.end).is_some() || self.goes_on_alone(i, row));
        let whole = reading.pronoun.is_none() && !reading.features.construct;
        let bare = !c.article && c.preposition.is_none() && whole && inside;
        let masculine = reading.features.accusative;
        let feminine = reading.features.agreement.gender == Some(Gender::Feminine);
        let plural = reading.features.is_plural() && doc.lexicon.looks_oblique(doc.str(i));
        // "and she is a spokeswoman of": what somebody is.
        let predicate = i > 0 && doc.is_particle(i - 1, "pron");
        if !bare || predicate || !(masculine || feminine || plural) {
            return false;
        }
        // Behind a comma "confirming" may have a noun for its object; without one an adjective is written alike.
        let apart = i == sentence.start || doc.kind(i - 1) == Some(Kind::Comma);
        let adjective = !masculine && self.names_speaker(i - 1);
        // "Confirming that", of several: the first word, and what is said follows.
        apart && (!plural || i == sentence.start) && !row.needs_content
            || (apart || !adjective) && self.opening_of(i, sentence.end).is_some()
    }

    /// "Confirming the death of", a sentence of its own: what is said stands right behind it, or behind the preposition that brings it.
    pub(super) fn goes_on_alone(&self, i: usize, row: &Row) -> bool {
        let doc = self.scene.doc;
        let next = i + 1;
        let roles = row.roles.as_ref();
        let brings = |p: &str| roles.is_some_and(|r| r.prep.get(p).is_some_and(|role| role == "content"));
        let glued = doc.clitics(next).preposition.is_some_and(|p| brings(&doc.lexicon.fold.word(&p.to_string())));
        let led = glued || doc.particle(next, "prep").is_some_and(|row| brings(&row.folded));
        let plain = !row.is_weak() && !row.needs_content;
        let owned = |r: &Reading, _: &Row| r.pronoun.is_some_and(|p| p.person == 3) && !r.features.category.is_finite();
        let known = doc.is_definite(next) || doc.reading(next, owned).is_some();
        let set = doc.is_preposition(next) || self.is_cue_word(next);
        doc.is_word(next) && (led || plain && (self.is_deed(next) || known || set))
    }

    /// What opens the words said behind a participle or verbal noun of saying: only time, place and hearer may stand between.
    pub(super) fn opening_of(&self, i: usize, end: usize) -> Option<usize> {
        self.complementizer(i + 1, end.min(i + 14)).filter(|o| !self.is_cut_off(i + 1, *o))
    }

    /// A word written like the verb that stands where only a noun can.
    pub(super) fn is_noun_here(&self, i: usize, reading: &Reading) -> bool {
        let doc = self.scene.doc;
        if !doc.readings(i).iter().any(|r| !r.features.category.is_finite() && r.clitics == reading.clitics) {
            return false;
        }
        let Some(previous) = doc.previous_word(i) else { return false };
        // "to raise his capability": a noun with its owner behind another.
        // "a toll that X called", whose verb has its subject behind it.
        let told = doc.is_word(i + 1) && (self.names_speaker(i + 1) || self.scene.actor_at(i + 1).is_some());
        let owned = reading.pronoun.is_some()
            && !told
            && reading.clitics.is_empty()
            && doc.could_be_nominal(previous)
            && !doc.is_definite(previous)
            && !doc.readings(previous).is_empty();
        // "making a survey": the noun in the genitive of another.
        let genitive = doc.is_category(previous, Category::Masdar)
            && !doc.is_definite(previous)
            && doc.clitics(previous).conjunction.is_none()
            && reading.clitics.is_empty();
        doc.is_preposition(previous)
            || owned
            || genitive
            || doc.clitics(i).preposition.is_some()
            || reading.clitics.is_empty() && self.is_plain_verb(previous)
    }

    fn is_plain_verb(&self, i: usize) -> bool {
        let doc = self.scene.doc;
        self.is_cue_verb(i) && !doc.could_be_nominal(i)
    }
}
