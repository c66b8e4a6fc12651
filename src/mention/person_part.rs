//! The parts of a person's name: what may stand behind the first, and where the name is over.

use std::ops::Range;

use super::person::{Finder, Title};
use super::person_cue::Cue;
use crate::grammar::NameMatch;
use crate::lexicon::{Facts, Joint, List, Reading, Referent, Row};
use crate::segment::{Gender, Kind};

impl Finder<'_, '_> {
    /// One part of a name: a word, or a compound like "servant of the Merciful", "sword of the faith".
    pub(super) fn unit(&self, t: usize, words: usize, cue: Cue) -> Option<Range<usize>> {
        let doc = self.doc;
        if t >= doc.len() || !doc.is_word(t) || self.taken[t] || words > 0 && doc.tokens[t].new_line {
            return None;
        }
        let follows = |n: usize| n < doc.len() && doc.is_word(n) && !self.taken[n] && !doc.tokens[n].new_line;
        let begins = words == 0;
        let own = doc.clitics(t).preposition.is_none() && doc.clitics(t).conjunction.is_none();
        if self.joint(t) == Joint::Front && follows(t + 1) && (begins || own) {
            if self.joint(t + 1) == Joint::Front && follows(t + 2) {
                return Some(t..t + 3);
            }
            let next = t + 1;
            let articled = doc.str(next).starts_with(doc.lexicon.segmenter.clitics.article());
            let fits = self.is_part(next)
                || self.joint(next) == Joint::Back
                || !doc.may_be(next, Facts::KNOWN)
                || articled
                || doc.is_definite(next)
                || (!begins || cue == Cue::Titled) && self.is_plain_noun(next);
            let function =
                doc.is_function_word(next) && !self.is_given(next) && !articled || doc.is_particle(next, "rel");
            // "servant of the Prince" is a name as well.
            let office = self.is_office_word(next) && !self.is_given(next);
            if fits && !function && !office {
                return Some(t..next + 1);
            }
        }
        if follows(t + 1)
            && self.joint(t + 1) == Joint::Back
            && doc.clitics(t + 1).conjunction.is_none()
            && (begins || own)
            && !doc.is_function_word(t)
            && !(self.has_object(t) && (cue == Cue::None || !self.is_given(t)))
            && (self.is_part(t) || !self.asks(t))
        {
            return Some(t..t + 2);
        }
        // "al-Omari", written like "of age".
        let tribe = self.is_given(t) && doc.lexicon.looks_related(doc.str(t));
        // "Ahmed Omar", written like "age".
        let own = begins || doc.may_be(t, Facts::COMMON_NAME) || !self.is_given(t) || !self.is_surely_given(t - 1);
        let counted =
            |r: &Reading, _: &Row| matches!(doc.list(r), List::Number | List::Calendar) && (own || r.clitics.article);
        let counts = !tribe && doc.reading(t, counted).is_some();
        let fits = if begins { self.can_begin_word(t) } else { self.can_go_on(t, words, cue) && !counts };
        fits.then_some(t..t + 1)
    }

    /// Behind what a hyphen joins to a foreign name: "Goldberg-Polin".
    pub(super) fn past_hyphen(&self, end: usize) -> usize {
        let doc = self.doc;
        let next = end + 1;
        let joins = matches!(doc.kind(end), Some(Kind::Symbol | Kind::Clause))
            && doc.str(end) == "-"
            && doc.is_word(next)
            && !doc.tokens[end].spaced
            && !doc.tokens[next].spaced;
        let names = |t: usize| self.unknown(t) || self.is_given(t);
        if joins && names(end - 1) && names(next) && !self.taken[next] { next + 1 } else { end }
    }

    /// Behind a family name with its article nothing without one belongs to the name.
    pub(super) fn is_closed(&self, i: usize) -> bool {
        let doc = self.doc;
        let article = |t: usize| doc.clitics(t).article;
        article(i - 1)
            && !article(i)
            && self.joint(i) != Joint::Back
            && (i < 2 || self.joint(i - 2) != Joint::Front)
            && self.joint(i - 1) != Joint::Back
    }

    /// "Abdullah bin Muhammad al-Suwaid": behind a man's and his father's name a definite word that ends the phrase.
    fn is_family_of(&self, i: usize, words: usize, cue: Cue) -> bool {
        let doc = self.doc;
        let calendar = |t: usize| doc.reading(t, |r, _| doc.list(r) == List::Calendar).is_some();
        words > 1
            && cue != Cue::None
            && self.joint(i - 2) == Joint::Front
            && doc.readings(i).is_empty()
            && (doc.clitics(i).article && doc.clitics(i).count() == 1
                || doc.clitics(i).is_empty()
                    && doc.kind(i + 1) == Some(Kind::Comma)
                    && !doc.lexicon.looks_accusative(doc.str(i)))
            && !calendar(i)
            && self.titles[i] == Title::None
            && (self.ends_phrase(i + 1) || doc.is_word(i + 1) && (calendar(i + 1) || doc.is_finite(i + 1)))
    }

    /// A preposition, alone or with its noun, that can be nothing else.
    fn is_led(&self, i: usize) -> bool {
        let doc = self.doc;
        let noun = |r: &Reading, row: &Row| r.clitics.preposition.is_none() && row.pos.is_empty();
        doc.is_word(i)
            && !doc.tokens[i].new_line
            && (doc.is_preposition(i) || doc.clitics(i).preposition.is_some())
            && doc.reading(i, noun).is_none()
    }

    fn can_go_on(&self, i: usize, words: usize, cue: Cue) -> bool {
        let doc = self.doc;
        if self.is_enclosed(i, cue) {
            return true;
        }
        let clitics = doc.clitics(i);
        let part = self.is_part(i);
        // A given name that is written like a preposition: a family name must follow.
        let inside = part
            && self.is_given(i)
            && doc.is_word(i + 1)
            && !doc.tokens[i + 1].new_line
            && (doc.readings(i + 1).is_empty() || cue == Cue::Titled && (self.is_given(i + 1) || self.unknown(i + 1)))
            && (self.is_given(i + 1)
                || doc.clitics(i + 1).article && !self.is_place(i + 1)
                || cue == Cue::Titled && self.unknown(i + 1) && !doc.lexicon.looks_finite(doc.str(i + 1)))
            // "General Abd al-Karim Khalaf", written like "behind"
            || part && cue == Cue::Titled && self.is_given(i) && !doc.is_word(i + 1)
            // "Muhammad Ali in": no preposition stands before another.
            || part && self.is_given(i) && self.is_surely_given(i - 1) && self.is_led(i + 1)
            || part && doc.is_name_apart(i);
        // "Amadou Koufa", written like a rare form of a verb.
        let listed =
            words == 1 && self.is_given(i) && !doc.may_be(i, Facts::COMMON_NAME) && self.is_surely_given(i - 1);
        doc.str(i).chars().nth(1).is_some()
            && (!doc.is_function_word(i) || inside)
            // "Abu Yahya the Tunisian"
            && (doc.is_demonym(i).is_none()
                || part && words > 1 && clitics.count() == 1 && doc.is_definite(i) && self.is_given(i - 1)
                || words == 1 && i > 1 && self.joint(i - 2) == Joint::Front && doc.is_definite(i) && clitics.count() == 1 && !doc.lexicon.looks_feminine(doc.str(i))
                || words == 1 && (self.is_of_people(i, cue) || self.is_called_like_people(i)))
            // "Ahmed Sheikh Mohammed"
            && (self.titles[i] == Title::None || self.titles[i] == Title::Doubtful && self.is_given(i + 1))
            // "Rifai Taha and Asim": another's name.
            && !self.is_joined(i)
            && !self.is_somebodys(i)
            && (clitics.conjunction.is_none() || doc.may_be(i, Facts::WHOLE_NAME_PART))
            && (clitics.preposition.is_none() || doc.may_be(i, Facts::WHOLE_NAME_PART))
            && (part && (!doc.is_finite(i) || listed || cue == Cue::Titled && self.is_given(i) && (words == 1 || !self.has_complement(i)))
                || self.unknown(i) && (!doc.lexicon.looks_finite(doc.str(i)) || words == 1 && self.is_behind_foreign(i, cue))
                || inside
                || self.is_family_of(i, words, cue)
                || doc.is_demonym(i).is_some()
                || words == 1 && (self.is_family(i, cue) || self.is_town(i) || self.is_spoken(i, cue))
                || words > 1 && self.is_tribe(i))
            && !self.is_title_adjective(i)
    }

    /// "Moussa Faki said that", "Joachim Brady, who": between a name that was introduced and what ends its phrase stands its last part,
    /// though its first letter is written like a preposition, or all of it like a verb.
    fn is_enclosed(&self, i: usize, cue: Cue) -> bool {
        let doc = self.doc;
        let introduced = cue == Cue::Titled || cue == Cue::Speaks || cue == Cue::Office;
        if !introduced || self.titles[i] != Title::None || self.is_title_adjective(i) || !doc.names_at(i).is_empty() {
            return false;
        }
        let office = doc.kind(i + 1) == Some(Kind::Comma) && self.office_follows(i + 2);
        let who = |t: usize| doc.is_particle(t, "rel");
        let whose = doc.kind(i + 1) == Some(Kind::Comma) && who(i + 2);
        let that = doc.is_particle(i + 1, "comp") || office || whose || who(i + 1);
        let ends = doc.kind(i + 1).is_none_or(|k| matches!(k, Kind::Comma | Kind::BracketOpen { .. } | Kind::End));
        let closed = that || ends;
        let named = self.is_surely_given(i - 1) || that && (self.is_given(i - 1) || self.unknown(i - 1));
        let clitics = doc.clitics(i);
        // "told Politico"
        let told = clitics.preposition.is_some_and(|p| doc.lexicon.is_possessive(p)) && !self.is_given(i - 1);
        let joined = clitics.conjunction.is_some_and(|c| doc.lexicon.segmenter.clitics.is_usual_conjunction(c));
        let particle = clitics.is_empty() && doc.is_function_word(i);
        // "Muhammad Ali", written like "on".
        let given = self.is_given(i) && self.is_surely_given(i - 1) && doc.is_function_word(i);
        closed
            && named
            && !told
            && !joined
            && (given || doc.readings(i).iter().all(|r| that && self.may_be_family(r)) && !particle)
            && !doc.lexicon.looks_accusative(doc.str(i))
    }

    /// No adverb, nor what a preposition brings, nor somebody's own.
    fn may_be_family(&self, reading: &Reading) -> bool {
        let (clitics, finite) = (reading.clitics, reading.features.category.is_finite());
        let list = self.doc.list(reading);
        let whole = clitics.is_empty() && list != List::Calendar;
        let owned = reading.pronoun.is_some_and(|p| p.person != 1) && !finite;
        let verb = finite && clitics.conjunction.is_none() && self.doc.row(reading).cue.is_none();
        let cut = list == List::Word && clitics.conjunction.is_some() || list == List::Calendar && clitics.count() > 1;
        !reading.features.accusative && !owned && (whole || verb || cut)
    }

    /// "Andriy Yermak", written like a verb: behind a given name that is no word, where a person is introduced.
    fn is_behind_foreign(&self, i: usize, cue: Cue) -> bool {
        let doc = self.doc;
        let new = || !self.is_ordinary(i - 1) && doc.readings(i - 1).is_empty();
        let given = i > 0 && self.is_given(i - 1) && (new() || cue == Cue::Office && self.is_set_off(i - 1));
        given && matches!(cue, Cue::Titled | Cue::Office | Cue::Speaks) && !doc.is_finite(i) && !self.has_complement(i)
    }

    /// "General Mansour the Turk": one man of a people, behind a title and a given name.
    fn is_of_people(&self, i: usize, cue: Cue) -> bool {
        let doc = self.doc;
        let one = |r: &Reading, _: &Row| {
            doc.list(r) == List::Demonym
                && r.features.agreement.gender != Some(Gender::Feminine)
                && !r.features.is_plural()
        };
        cue == Cue::Titled
            && i > 0
            && (self.is_given(i - 1) || self.joint(i - 1) == Joint::Back)
            && doc.clitics(i).article
            && doc.clitics(i).count() == 1
            && doc.reading(i, one).is_some()
            && doc.is_demonym(i + 1).is_none()
    }

    /// "Farhad Shami": a family name written like a people's, without article.
    fn is_called_like_people(&self, i: usize) -> bool {
        let article = self.doc.lexicon.segmenter.clitics.article();
        self.is_given(i)
            && self.doc.clitics(i).is_empty()
            && self.is_surely_given(i - 1)
            && !self.doc.str(i - 1).starts_with(article)
    }

    /// "Turki the Muslim says that": an ordinary word between a given name and what he says.
    fn is_spoken(&self, i: usize, cue: Cue) -> bool {
        let doc = self.doc;
        let clitics = doc.clitics(i);
        cue == Cue::Speaks
            && i > 0
            && self.is_given(i - 1)
            && clitics.article
            && clitics.count() == 1
            && !doc.lexicon.looks_feminine(doc.str(i))
            && self.speech_follows(i + 1)
    }

    /// What follows a verb and no name: a noun without preposition.
    fn has_complement(&self, i: usize) -> bool {
        let doc = self.doc;
        let next = i + 1;
        doc.is_word(next)
            && !doc.tokens[next].new_line
            && doc.is_nominal(next)
            && !doc.is_finite(next)
            && !self.unknown(next)
            && (!self.is_given(next) || !doc.readings(next).is_empty())
            && doc.clitics(next).preposition.is_none()
            && doc.clitics(next).conjunction.is_none()
    }

    /// A town that is called like the family: behind a word that no lexicon knows.
    fn is_town(&self, i: usize) -> bool {
        let doc = self.doc;
        let country = |m: &NameMatch<'_>| {
            m.referents.iter().any(|r| {
                matches!(r, Referent::Place(p) if matches!(doc.lexicon.places[*p as usize].kind.as_str(), "country" | "region"))
            })
        };
        i > 0
            && doc.readings(i).is_empty()
            && doc.clitics(i).is_empty()
            && self.unknown(i - 1)
            && self.is_place(i)
            && !doc.names_at(i).iter().any(country)
    }

    /// An unknown word with the article, behind a given name that nothing else explains.
    fn is_family(&self, i: usize, cue: Cue) -> bool {
        let doc = self.doc;
        let clitics = doc.clitics(i);
        let listed = i > 0
            && doc.may_be(i - 1, Facts::WHOLE_NAME_PART)
            && (cue != Cue::None || !doc.may_be(i - 1, Facts::COMMON_NAME));
        // "Jabbar al-Maamouri": a foreign word with the name of a tribe, behind an office or a verb of saying.
        let new = i > 0 && cue != Cue::None && self.unknown(i - 1) && doc.lexicon.looks_related(doc.str(i));
        // "Mohsen al-Fadhli": what ends like the name of a tribe makes a name of an ordinary word before it, too.
        let tribe = self.is_behind_given(i, cue) && doc.lexicon.looks_related(doc.str(i));
        let compound = i > 1 && cue != Cue::None && self.joint(i - 2) == Joint::Front;
        let given = listed || new || tribe || compound;
        given
            && clitics.article
            && clitics.count() == 1
            && doc.readings(i).is_empty()
            && !doc.lexicon.looks_feminine_adjective(doc.str(i))
    }

    /// Behind a given name as it stands; one that is a verb, too, needs to be introduced.
    pub(super) fn is_behind_given(&self, i: usize, cue: Cue) -> bool {
        let doc = self.doc;
        let part = |t: usize| doc.may_be(t, Facts::WHOLE_NAME_PART) || self.joint(t) == Joint::Back;
        let given = i > 0 && part(i - 1) && !doc.is_function_word(i - 1);
        given && (cue != Cue::None || !doc.is_finite(i - 1))
    }

    /// Behind a whole name, one more that ends like those of tribes: "Salim al-Jahrabi al-Yafii".
    pub(super) fn is_tribe(&self, i: usize) -> bool {
        let doc = self.doc;
        let clitics = doc.clitics(i);
        clitics.article
            && clitics.count() == 1
            && doc.readings(i).is_empty()
            && doc.lexicon.looks_related(doc.str(i))
            && !doc.lexicon.looks_feminine_adjective(doc.str(i))
            && doc.is_demonym(i).is_none()
    }

    /// "may He keep them": a pronoun or the form of a verb, and no servant or sword.
    fn has_object(&self, i: usize) -> bool {
        let doc = self.doc;
        doc.readings(i).iter().any(|r| r.pronoun.is_some() || r.features.category.is_finite())
            || doc.readings(i).is_empty()
                && !self.is_part(i)
                && (doc.lexicon.segmenter.clitics.ends_in_pronoun(doc.str(i)) || doc.lexicon.looks_finite(doc.str(i)))
    }

    /// "asking God": a participle, and no part of a name.
    pub(super) fn asks(&self, i: usize) -> bool {
        let doc = self.doc;
        doc.lexicon.looks_accusative(doc.str(i))
            || doc.reading(i, |r, _| r.features.category.is_participle() && r.features.is_plural()).is_some()
    }

    /// A noun as it stands: what somebody is called the father of.
    fn is_plain_noun(&self, i: usize) -> bool {
        let doc = self.doc;
        doc.clitics(i).is_empty() && doc.is_nominal(i) && !doc.is_finite(i)
    }
}
