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
        // "he went on saying": the verb before it has the same subject.
        let goes_on_with = i > sentence.start
            && doc.clitics(i - 1).conjunction.is_some()
            && doc.is_finite(i - 1)
            && !doc.could_be_nominal(i - 1);
        let impersonal = reading.features.category == Category::Imperfect
            && (nobody || reading.clitics.conjunction.is_none() && !goes_on_with);
        let after_pronoun = i > sentence.start && doc.reading(i - 1, |r, _| r.pronoun.is_some()).is_some();
        if impersonal && !after_pronoun && !reading.features.is_plural() {
            return None;
        }
        // "X said that …, and confirmed the death of": his next verb.
        // ", where he pointed to"
        let where_he = i > sentence.start + 1
            && doc.particle(i - 1, "conj").is_some_and(|row| row.place)
            && doc.kind(i - 2) == Some(Kind::Comma);
        // "condemned the attack and called for a truce": what was said ends before it.
        let ended = earlier.last().is_some_and(|a| a.content.as_ref().is_some_and(|c| c.end == i));
        let goes_on = i > sentence.start
            && (where_he || doc.kind(i - 1) == Some(Kind::Comma) || ended)
            && earlier.last().is_some_and(|a| a.cue.tokens.start >= sentence.start);
        // A word that often means something else says something where it opens its sentence, or goes on behind a comma, and what is said
        // follows.
        let doubtful = cue.row.is_weak() || cue.row.needs_content;
        let brought = goes_on && opening == i + 1 && (where_he || reading.clitics.conjunction.is_some());
        if doubtful && !(leads && opening <= i + 4 || after_pronoun || brought) {
            return None;
        }
        // "and declared the founding of the “X”": what is declared is no quotation.
        let joined = !leads && reading.clitics.conjunction.is_some() && !reading.features.is_plural();
        if joined && doc.tokens[opening].kind.is_quote() && opening > i + 1 {
            return None;
        }
        let spoken = doc.is_particle(opening, "comp") || !doc.is_word(opening);
        // "but he pointed to"
        let at_once = after_pronoun && opening == i + 1;
        if !spoken && !leads && !goes_on && !at_once && !reading.features.is_plural() {
            return None;
        }
        if reading.features.is_plural() {
            // "residents said that …, and they added": those who have spoken in the sentence, before those whom they spoke of.
            let mut here = earlier.iter().rev().take_while(|a| a.cue.tokens.start >= sentence.start);
            if let Some(speaker) = here.find(|a| self.is_several(&a.source)) {
                return Some(speaker.source.clone());
            }
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
        let wanted = reading.features.agreement.gender;
        let fits = |source: &Filler| agree(wanted, self.gender(source));
        // "X said that …, but Y refused, saying": Y.
        let doc = self.scene.doc;
        let breaks = |t: &usize| doc.particle(*t, "conj").is_some_and(|row| row.breaks_scope) && !doc.is_absorbed(*t);
        let clause =
            (sentence_start..i).rev().take(FRONT).find(breaks).filter(|_| self.acting(sentence_start, i).is_some());
        let from = clause.unwrap_or(sentence_start);
        let same = earlier.iter().rev().take(BACK).take_while(|a| a.cue.tokens.start >= from);
        let mut same = same.filter(|a| agree(wanted, self.gender_shown(a)));
        // "the court said that the inquiry would show the parts, adding": who speaks in the words of another does not go on.
        let nearest = same.next();
        let holds = |a: &&Attribution| {
            let inner = nearest.map(|n| n.cue.tokens.start);
            inner.is_some_and(|cue| a.content.as_ref().is_some_and(|c| c.contains(&cue)))
        };
        let speaker = same.find(holds).or(nearest).map(|a| a.source.clone());
        let counted = |s: &Filler| self.scene.quantity_at(s.at.tokens.start).is_some();
        let first = || self.subject_of_first(sentence_start, i).filter(|_| reading.clitics.article);
        let actor = || self.acting(sentence_start, i).or_else(first).filter(|s| fits(s) && !counted(s));
        speaker.or_else(actor).or_else(|| {
            let apart = self.opening_of(i, doc.sentence_range(i).end).is_some();
            let spoke =
                |from: usize| earlier.last().is_some_and(|a| a.cue.tokens.start >= doc.sentence_range(from).start);
            let goes_on = i == sentence_start && i > 0 && spoke(i - 1);
            self.last_speaker(earlier, &reading, i).filter(|_| apart || goes_on)
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

    /// The speaker right behind the first word of the sentence, which is written like a noun or in no list, and must be its verb.
    pub(super) fn subject_of_first(&self, sentence_start: usize, before: usize) -> Option<Filler> {
        let doc = self.scene.doc;
        let first = (sentence_start..before).find(|t| doc.is_word(*t))?;
        let verb = doc.clitics(first).preposition.is_none()
            && !doc.clitics(first).article
            && self.scene.actor_at(first).is_none();
        let verb = verb && (doc.finite(first).is_some() || doc.readings(first).is_empty());
        let subject = self.subject(first + 1, before).filter(|s| verb && s.at.tokens.start == first + 1)?;
        (doc.is_definite(first + 1) && self.can_speak(&subject)).then_some(subject)
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
                && (plural || agree(reading.features.agreement.gender, self.gender_shown(a)))
                && match reading.features.agreement.gender {
                    _ if plural => self.is_several(&a.source),
                    Some(Gender::Masculine) => !self.is_several(&a.source),
                    _ => true,
                }
        };
        earlier.iter().rev().take(BACK).find(fits).map(|a| a.source.clone())
    }

    /// A plural of people, or one and another.
    pub(super) fn is_several(&self, source: &Filler) -> bool {
        let head = source.at.tokens.start;
        let doc = self.scene.doc;
        let joined = |t: usize| {
            let (clitics, actor) = (doc.clitics(t), self.scene.actor_at(t));
            let inside = actor.is_some_and(|a| self.scene.mentions.actors[a].at.tokens.start < t);
            clitics.conjunction.is_some() && !clitics.article && !inside && self.names_speaker(t)
        };
        if (head + 1..source.at.tokens.end).any(joined) {
            return true;
        }
        // A family name that looks like a dual is one man's.
        let kind = source.actor.map(|a| &self.scene.mentions.actors[a]);
        if kind.is_some_and(|a| a.kind == "person" && a.at.tokens.start == head) {
            return false;
        }
        let several = |r: &Reading, _: &Row| r.features.is_several() && !r.features.category.is_finite();
        doc.reading(head, several).is_some() || self.scene.quantity_at(head).is_some()
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
        let fits = agree(reading.features.agreement.gender, self.gender_shown(last))
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
        if let Some(latter) = self.named_last(tokens.start) {
            return Some(latter);
        }
        // "the latest toll of the ministry": behind what tells which.
        let document = |t: usize| doc.reading(t, |_, row| row.source_kind.as_deref() == Some("document")).is_some();
        let latest = doc.reading(tokens.start, |r, _| doc.list(r) == List::Calendar).is_some();
        let which = latest && tokens.len() > 1 && !document(tokens.start) && document(tokens.start + 1);
        let start = tokens.start + usize::from(which);
        let (reading, row) = doc.reading(start, |_, row| row.source_kind.is_some())?;
        let is = |kind: &str| row.source_kind.as_deref() == Some(kind);
        if is("document") {
            let within = (start + 1..tokens.end).find(|t| {
                // "a count that X published", written like his bulletin.
                let publishes = doc.is_finite(*t) && doc.readings(*t).iter().any(|r| r.pronoun.is_some());
                scene.actor_at(*t).is_some()
                    || self.names_speaker(*t) && !publishes && {
                        let led = doc.clitics(*t).preposition;
                        led.is_none_or(|p| doc.lexicon.is_possessive(p))
                    }
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
        let told = earlier.iter().rev().take(BACK).find(same).map(|a| a.source.clone());
        // "according to the same source": whoever spoke last, where nobody was called so.
        let itself = is("unnamed_official") && tokens.len() == 2 && self.is_itself(tokens.end - 1);
        let last = || earlier.last().map(|a| a.stands_for.clone().unwrap_or_else(|| a.source.clone()));
        told.or_else(|| last().filter(|_| itself))
    }

    /// "the latter": the person or body named last that has its gender.
    pub(super) fn named_last(&self, token: usize) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let latter = |r: &Reading, row: &Row| doc.list(r) == List::Calendar && row.code.as_deref() == Some("latest");
        if token == 0 || doc.governed_by(token).is_some() || doc.reading(token, latter).is_none() {
            return None;
        }
        // Behind a noun it is an adjective, but for "the announcement of the latter".
        let announces = |p: usize| {
            let masdar = |r: &Reading, row: &Row| row.cue.is_some() && r.features.category == Category::Masdar;
            !doc.is_definite(p) && doc.reading(p, masdar).is_some()
        };
        let follows = |p: &usize| doc.is_finite(*p) || doc.is_particle(*p, "conj") || announces(*p);
        let verb = doc.previous_word(token).filter(follows)?;
        let wanted = if doc.lexicon.looks_feminine(doc.str(token)) { Gender::Feminine } else { Gender::Masculine };
        let first = doc.sentence_range(verb).start;
        let from = first.checked_sub(1).map_or(first, |t| doc.sentence_range(t).start);
        let unnamed = |_: &Reading, row: &Row| {
            matches!(
                row.source_kind.as_deref(),
                Some("unnamed_official" | "office_holder" | "spokesperson" | "witness")
            )
        };
        let mut at = verb;
        while at > from {
            at -= 1;
            let found = if let Some(actor) = scene.actor_at(at) {
                at = scene.mentions.actors[actor].at.tokens.start;
                scene.actor_filler(actor)
            } else if doc.reading(at, unnamed).is_some() && !self.is_adjective(at) {
                self.speaker(at, verb)
            } else {
                continue;
            };
            if self.gender(&found) == Some(wanted) && !self.is_several(&found) {
                return Some(found);
            }
        }
        None
    }

    fn opens_sentence(&self, token: usize) -> bool {
        token == self.scene.doc.sentence_range(token).start
            || self.scene.doc.previous_word(token).is_none_or(|p| self.scene.doc.kind(p) == Some(Kind::Clause))
    }
}
