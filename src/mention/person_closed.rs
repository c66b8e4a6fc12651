//! A person's name by where it stands: between what introduces it and what closes it, whatever its words mean elsewhere.

use super::person::{Finder, Title};
use super::person_cue::Cue;
use crate::lexicon::{Facts, Joint, List, Reading, Row};
use crate::segment::Kind;

/// The most words between the two.
const LONGEST: usize = 5;

/// How surely the words behind a name are no part of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Close {
    /// What is said, or whose office it is.
    Sure,
    /// A preposition, a sign, an adverb of time.
    Likely,
}

impl Finder<'_, '_> {
    /// Behind the name that begins here, of two words or more.
    pub(super) fn enclosed_name(&self, i: usize) -> Option<usize> {
        let doc = self.doc;
        if !self.may_be_introduced(i) || !self.stands_in_name(i, i) {
            return None;
        }
        let mut end = i + 1;
        while end < i + LONGEST && self.stands_in_name(end, i) && !(end > i + 1 && self.is_closed(end)) {
            end += 1;
        }
        let last = end - 1;
        if end < i + 2 || self.joint(last) == Joint::Front {
            return None;
        }
        let close = self.close(end)?;
        let cue = self.introduction(i)?;
        let names = (i..end).filter(|t| self.is_name_like(*t)).count();
        // An ordinary word within a name is its last, or its first.
        let ordinary = end - i - names;
        let at_edge = !self.is_name_like(i) || !self.is_name_like(last);
        // "the ruler of the state, the commander"
        let office = self.titles[i] != Title::None;
        if ordinary > 1 || ordinary == 1 && !(close == Close::Sure && at_edge && !office) {
            return None;
        }
        let first = self.is_name_like(i);
        if !(first || self.is_new(i + 1) || self.is_surely_given(i + 1)) {
            return None;
        }
        let titled = cue == Cue::Titled || cue == Cue::Office;
        if doc.is_function_word(i) && !(doc.clitics(i).is_empty() && (titled || self.is_surely_named(i))) {
            return None;
        }
        let owned = |t: usize| doc.previous_word(t).is_some_and(|p| !doc.is_definite(p) && !self.is_somebodys(p));
        let good = match cue {
            // "the governor of": an office without article has something behind it that is no name.
            Cue::Titled => first && (!owned(i) || self.is_given(i)) || !owned(i) && close == Close::Sure,
            Cue::Office | Cue::Speaks => {
                close == Close::Sure && (first || !self.is_source(i)) || ordinary == 0 && self.is_given(i)
            }
            Cue::Owned => ordinary == 0 && first && !(i..end).any(|t| self.is_rare(t)),
            Cue::None => false,
        };
        good.then_some(end)
    }

    /// Whether a name may begin here at all: most words are ruled out by themselves and the one behind.
    fn may_be_introduced(&self, i: usize) -> bool {
        let doc = self.doc;
        let possible =
            |t: usize| doc.may_be(t, Facts::NAME_PART.or(Facts::JOINT_FRONT)) || !doc.may_be(t, Facts::KNOWN);
        let begins = doc.may_be(i, Facts::WHOLE_NAME_PART.or(Facts::JOINT_FRONT)) || self.joint(i + 1) == Joint::Back;
        i > 0
            && doc.is_word(i)
            && doc.is_word(i + 1)
            && (begins || possible(i + 1) || self.is_rare(i + 1))
            && (begins || possible(i) || self.is_rare(i) || self.is_new(i + 1) && !doc.is_definite(i))
            && !self.is_of_other(i)
    }

    /// What introduces a name: as elsewhere, or "according to".
    fn introduction(&self, i: usize) -> Option<Cue> {
        let doc = self.doc;
        let cue = self.cue(i);
        match cue {
            Cue::Titled if self.is_called_after(i) || self.describes(i) => None,
            Cue::Office if !self.is_set_off(i) => None,
            Cue::None => {
                let according =
                    |p: &usize| p + 1 == i && doc.particle(*p, "prep").is_some_and(|row| row.has_role("according_to"));
                doc.previous_word(i).filter(according).map(|_| Cue::Owned)
            }
            _ => Some(cue),
        }
    }

    /// A part of names as it stands, or a word that is none of the language.
    fn is_name_like(&self, t: usize) -> bool {
        self.is_given(t)
            || self.joint(t) != Joint::None
            || self.joint(t + 1) == Joint::Back
            || self.is_new(t)
            || self.is_tribe(t)
            || self.is_family_name(t)
    }

    /// A word that no lexicon knows, though its first letter may look like a conjunction or a preposition.
    pub(super) fn is_new(&self, t: usize) -> bool {
        let doc = self.doc;
        let known = doc.may_be(t, Facts::KNOWN) && !self.is_rare(t);
        // "in the island": a noun that the lexicon lacks, behind a letter of its own.
        let noun = doc.clitics(t).count() > 0 && doc.lexicon.looks_feminine(doc.str(t));
        let adjective = doc.lexicon.looks_feminine_adjective(doc.str(t));
        doc.is_word(t) && !(known || noun || adjective || doc.clitics(t).article)
    }

    /// What could only be read as said by "me" or to "you", in a report.
    fn is_rare(&self, t: usize) -> bool {
        let doc = self.doc;
        let rare = |r: &Reading| {
            r.pronoun.is_some_and(|p| p.person != 3)
                || r.features.category.is_finite() && r.features.agreement.person != 3
        };
        doc.may_be(t, Facts::KNOWN) && !doc.readings(t).is_empty() && doc.readings(t).iter().all(rare)
    }

    /// An unknown word with the article, behind a given name.
    fn is_family_name(&self, t: usize) -> bool {
        let doc = self.doc;
        let clitics = doc.clitics(t);
        t > 0
            && clitics.article
            && clitics.count() == 1
            && doc.readings(t).is_empty()
            && (self.is_given(t - 1) || self.joint(t - 1) == Joint::Back)
            && !doc.lexicon.looks_feminine_adjective(doc.str(t))
    }

    /// Whether the word may be one of a name that began at `first`.
    fn stands_in_name(&self, t: usize, first: usize) -> bool {
        let doc = self.doc;
        if t >= doc.len() || !doc.is_word(t) || self.taken[t] || t > first && doc.tokens[t].new_line {
            return false;
        }
        let first_word = t == first;
        let owned = |r: &Reading, _: &Row| r.pronoun.is_some_and(|p| p.person == 3) && !r.features.category.is_finite();
        if doc.str(t).chars().nth(1).is_none() || doc.reading(t, owned).is_some() {
            return false;
        }
        let last = || !first_word && self.close(t + 1) == Some(Close::Sure);
        if self.is_title_adjective(t) && !(last() && self.is_given(t - 1)) {
            return false;
        }
        if self.titles[t] == Title::Full {
            return last() && self.is_given(t - 1) && self.is_closing_title(t);
        }
        if self.is_given(t) || self.joint(t) != Joint::None || self.joint(t + 1) == Joint::Back {
            return if first_word { self.may_be_first(t) } else { self.may_follow(t) };
        }
        let listed = doc.names_at(t).iter().any(|m| !m.clitics.is_empty() || m.end > t + 1) || self.is_place(t);
        if doc.is_function_word(t) || listed || self.is_counted(t) {
            return false;
        }
        if self.is_new(t) {
            // "and Omar", "by Omar": a name behind a letter of its own.
            let owned = !first_word && doc.lexicon.looks_owned(doc.str(t)) && !last();
            return !self.is_part(t) && !doc.lexicon.looks_accusative(doc.str(t)) && !owned;
        }
        if doc.readings(t).is_empty() {
            return !first_word && doc.names_at(t).is_empty() && (self.is_tribe(t) || self.is_family_name(t));
        }
        if first_word { self.may_be_plain_first(t) } else { last() && self.may_be_plain_last(t) }
    }

    /// "Hussein al-Sheikh that", and not "Hussein, adviser of the president".
    fn is_closing_title(&self, t: usize) -> bool {
        let doc = self.doc;
        doc.clitics(t).article || !self.office_follows(t + 1)
    }

    fn may_be_first(&self, t: usize) -> bool {
        let doc = self.doc;
        let people = doc.is_demonym(t).is_some() && !self.is_one_called(t);
        // "the infant", "the power"
        let noun = doc.clitics(t).article && (self.is_ordinary(t) || !self.is_given(t));
        let back = self.joint(t) == Joint::Back;
        // "on", written like a name that a family's follows.
        let function = doc.is_function_word(t) && !self.is_family_like(t + 1);
        !(people || noun || back || function || self.is_counted(t))
    }

    fn may_follow(&self, t: usize) -> bool {
        let doc = self.doc;
        let joined = self.is_joined(t)
            || !self.is_given(t) && self.joint(t) != Joint::None && doc.clitics(t).conjunction.is_some();
        let function = doc.is_function_word(t) && !self.is_family_like(t + 1);
        // "Ahmed, ruler of the state"
        let office = self.titles[t] == Title::Doubtful && !doc.is_definite(t) && self.close(t + 1).is_none();
        !(joined || function || office || self.is_counted(t))
    }

    /// An ordinary word that a name begins with: no noun for people, deeds or documents.
    fn may_be_plain_first(&self, t: usize) -> bool {
        let doc = self.doc;
        let plain =
            |r: &Reading| r.clitics.preposition.is_none() && r.clitics.conjunction.is_none() && r.pronoun.is_none();
        let noun = |r: &Reading| match doc.list(r) {
            List::Noun => {
                let row = doc.row(r);
                r.features.is_plural() || row.frame.is_some() || row.class.is_some() || !row.role.is_empty()
            }
            List::Collective | List::Demonym | List::Adjective => true,
            _ => false,
        };
        let readings = doc.readings(t);
        readings.iter().any(plain)
            && !readings.iter().any(noun)
            && !doc.is_definite(t)
            && !doc.is_finite(t)
            && !self.is_source(t)
    }

    /// "Khalil al-Hayya", "Wafiq Safa": an ordinary word, behind a given name and before what is said.
    fn may_be_plain_last(&self, t: usize) -> bool {
        let doc = self.doc;
        let behind = self.is_given(t - 1) && doc.readings(t - 1).is_empty() || self.joint(t - 1) == Joint::Back;
        let says = doc.may_be(t, Facts::CUE) && doc.reading(t, |_, row| row.cue.is_some()).is_some();
        let clitics = doc.clitics(t);
        behind && !says && clitics.preposition.is_none() && clitics.conjunction.is_none() && !self.asks(t)
    }

    /// What can only be the rest of a name behind one that is written like a function word.
    fn is_family_like(&self, t: usize) -> bool {
        let doc = self.doc;
        doc.is_word(t) && !self.taken[t] && (self.is_given(t) || self.is_new(t)) && !doc.tokens[t].new_line
    }

    fn is_counted(&self, t: usize) -> bool {
        let doc = self.doc;
        let counted = |r: &Reading, _: &Row| matches!(doc.list(r), List::Number | List::Calendar);
        !self.is_given(t) && doc.reading(t, counted).is_some()
    }

    /// Somebody without a name: an official, a report, residents.
    fn is_source(&self, t: usize) -> bool {
        self.doc.may_be(t, Facts::SOURCE.or(Facts::VICTIM).or(Facts::TITLED).or(Facts::HARM))
    }

    fn close(&self, end: usize) -> Option<Close> {
        let doc = self.doc;
        let who = |t: usize| doc.is_particle(t, "rel") && doc.clitics(t).preposition.is_none();
        let that = |t: usize| doc.is_particle(t, "comp") && doc.clitics(t).is_empty();
        match doc.kind(end) {
            None | Some(Kind::End | Kind::BracketClose { .. }) => Some(Close::Likely),
            Some(Kind::Comma) => {
                let next = end + 1;
                let he = || doc.is_particle(next, "pron") && doc.clitics(next).conjunction.is_some();
                let sure = that(next) || who(next) || he() || self.office_follows(next) || self.age_follows(end);
                Some(if sure { Close::Sure } else { Close::Likely })
            }
            Some(Kind::Colon) => Some(Close::Sure),
            Some(Kind::BracketOpen { .. }) => Some(if self.age_follows(end) { Close::Sure } else { Close::Likely }),
            Some(Kind::Word) => {
                if doc.str(end).chars().nth(1).is_none() {
                    return Some(Close::Likely);
                }
                let told = |r: &Reading, row: &Row| {
                    row.cue.is_some() && r.pronoun.is_some_and(|p| p.person == 3) && !r.features.category.is_finite()
                };
                if that(end) || who(end) || self.office_follows(end) || doc.reading(end, told).is_some() {
                    return Some(Close::Sure);
                }
                let day = |r: &Reading, row: &Row| {
                    doc.list(r) == List::Calendar && (row.weekday.is_some() || row.value.is_some())
                };
                let adverb = doc.reading(end, day).is_some() && !self.is_part(end);
                let preposition = doc.is_preposition(end) && doc.clitics(end).count() == 0 && !self.is_part(end);
                let bound = doc.clitics(end).preposition.is_some_and(|p| doc.lexicon.is_possessive(p))
                    && doc.may_be(end, Facts::KNOWN)
                    && !self.is_part(end);
                (adverb || preposition || bound).then_some(Close::Likely)
            }
            Some(k) if k.is_quote() => Some(Close::Likely),
            _ => None,
        }
    }
}
