//! Persons: names behind titles, names of known parts, and a family name that returns.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::Extent;
use super::actor::{Actor, Basis};
use super::person_cue::{Cue, names_place};
use crate::grammar::Document;
use crate::lexicon::{Facts, Joint, List, Referent};
use crate::segment::{Gender, Kind};

/// The most parts of a name.
const LONGEST: usize = 6;
/// Behind so many parts only the name of a tribe goes on.
const LONG: usize = 5;
/// The people of a city that is no part of a person's name.
const WELL_KNOWN: i64 = 50_000;

/// Adds the persons that stand outside the parties already found.
pub(super) fn add(doc: &Document<'_>, out: &mut Vec<Actor>) {
    let mut taken = vec![false; doc.len()];
    for actor in out.iter() {
        taken[actor.at.tokens.clone()].fill(true);
    }
    let titles = titles(doc);
    let parties = out.iter().filter_map(|a| a.row).collect();
    let mut finder = Finder { doc, taken, titles, parties };
    let mut found: Vec<Actor> = Vec::new();
    let mut i = 0;
    while i < doc.len() {
        match finder.name_at(i) {
            Some(end) => {
                finder.taken[i..end].fill(true);
                found.push(finder.person(i..end));
                i = end;
            }
            None => i += 1,
        }
    }
    let known: Vec<Actor> = out.iter().filter(|a| a.kind == "person").chain(&found).cloned().collect();
    found.extend(finder.returning(&known));
    found.extend(finder.nicknames(&known));
    out.extend(found);
    out.sort_by_key(|a| a.at.span.start);
}

pub(super) struct Finder<'d, 'a> {
    pub(super) doc: &'d Document<'a>,
    pub(super) taken: Vec<bool>,
    pub(super) titles: Vec<Title>,
    /// The rows of the parties that the report names.
    parties: FxHashSet<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Title {
    None,
    /// A form of address or an office.
    Full,
    /// A word that also is a given or family name.
    Doubtful,
}

/// The words of a title of several words that are taken for one.
const TITLE: usize = 3;

/// Which tokens are titles, alone or with the words beside them.
fn titles(doc: &Document<'_>) -> Vec<Title> {
    let mut several = vec![false; doc.len()];
    let phrase = |r: &Referent| matches!(r, Referent::Phrase(id) if doc.lexicon.list(*id) == List::Title);
    for m in doc.names().iter().filter(|m| m.end > m.start + 1 && doc.is_word(m.start)) {
        if m.referents.iter().any(phrase) {
            several[m.start..m.end.min(m.start + TITLE)].fill(true);
        }
    }
    let title = |i: usize| {
        let several = several[i] && doc.is_word(i);
        if !several && !doc.may_be(i, Facts::TITLED) {
            return Title::None;
        }
        let part = doc.may_be(i, Facts::NAME_PART);
        if part && !several && !doc.is_definite(i) { Title::Doubtful } else { Title::Full }
    };
    (0..doc.len()).map(title).collect()
}

impl Finder<'_, '_> {
    pub(super) fn person(&self, tokens: Range<usize>) -> Actor {
        let span = self.doc.span_from(tokens.clone(), self.skip(tokens.start));
        Actor {
            at: Extent { tokens, span },
            kind: "person".to_owned(),
            row: None,
            name: None,
            country: None,
            basis: Basis::Person,
            refers_to: None,
            head: None,
        }
    }

    /// The clitics before a name; a name of known parts is not cut.
    pub(super) fn skip(&self, i: usize) -> u8 {
        let doc = self.doc;
        let whole = doc.may_be(i, Facts::WHOLE_NAME_PART);
        if whole {
            return 0;
        }
        // "and Abd al-Rahman": the front part begins behind the conjunction.
        let fronts = doc.analysis(i).map_or(&[][..], |a| &a.fronts);
        let front = |f: &&crate::segment::Front| doc.lexicon.is_front_part(&doc.str(i)[f.name as usize..]);
        match fronts.iter().find(front).filter(|_| self.joint(i) == Joint::Front) {
            Some(front) => front.name,
            None => doc.skip(i),
        }
    }

    /// Behind the last word of a person's name that begins here.
    fn name_at(&self, i: usize) -> Option<usize> {
        if !self.can_begin(i) {
            return None;
        }
        let doc = self.doc;
        let cue = self.cue(i);
        if cue == Cue::Titled && self.is_called_after(i) {
            return None;
        }
        let (mut end, mut words, mut parts, mut plain) = (i, 0, 0, 0);
        while words < LONGEST {
            let Some(unit) = self.unit(end, words, cue) else { break };
            let compound = unit.len() > 1;
            if words > 1 && !compound && self.is_closed(end) {
                break;
            }
            let long = words >= LONG && !compound && !self.is_tribe(end);
            if long {
                break;
            }
            let tribe = words > 0 && !compound && self.is_tribe(end) && (words > 1 || self.is_behind_given(end, cue));
            let part = compound || tribe || self.is_part(end);
            if cue == Cue::Owned && words > 0 && !part {
                break;
            }
            words += 1;
            parts += usize::from(part);
            plain += usize::from(
                compound && self.joint(unit.start) != Joint::None
                    || tribe
                    || part && !compound && !self.is_ordinary(end)
                    || compound && self.is_part(end),
            );
            end = unit.end;
        }
        // "al-Qassam said": the brigades that the report has named.
        let party = |r: &Referent| matches!(r, Referent::ShortActor(a) if self.parties.contains(a));
        if words == 0 || words == 1 && doc.names_at(i).iter().any(|m| m.referents.iter().any(party)) {
            return None;
        }
        let foreign = self.unknown(i);
        let compound = end - i > words;
        let suspicious = foreign
            && !self.is_part(i)
            && doc.analysis(i).is_some_and(|a| a.fronts.iter().any(|f| f.clitics.preposition.is_some()));
        let good = match cue {
            Cue::Titled if words >= 2 => parts >= 1 || foreign,
            Cue::Titled if self.describes(i) || self.is_office(i, end) || self.is_town_of_office(i) => false,
            Cue::Titled => {
                let owned = doc.lexicon.looks_owned(doc.str(i));
                let verb = doc.lexicon.looks_finite(doc.str(i));
                // "a former leader of a spot": behind an indefinite title a preposition is likelier than a name.
                let loose = suspicious && doc.previous_word(i).is_some_and(|p| !doc.is_definite(p));
                plain == 1 || foreign && !owned && !verb && !loose && !doc.lexicon.looks_related(doc.str(i))
            }
            Cue::Office if words >= 2 => {
                parts >= 1 && plain >= 1
                    || ((foreign || self.is_given(i)) && self.only_unknown(i..end) || parts == words)
                        && self.is_set_off(i)
            }
            Cue::Speaks if words >= 2 => {
                parts >= 1 && plain >= 1
                    || foreign && (!suspicious || self.only_unknown(i..end) && self.ends_phrase(end))
                    || self.is_given(i) && (self.speech_follows(end) || self.office_follows(end))
            }
            Cue::Speaks => (foreign || plain == 1) && (self.speech_follows(end) || self.office_follows(end)),
            Cue::Owned => {
                parts == words && (plain >= 1 || words >= 2) || foreign && !suspicious && self.ends_phrase(end)
            }
            Cue::Office | Cue::None => false,
        };
        let aged = words <= 3 && (parts >= 1 || foreign && !suspicious) && self.age_follows(end);
        let nicknamed = compound && self.joint(i) == Joint::Front && self.is_nickname(i, end);
        // "Omar Ibrahim - Cairo": who wrote the report.
        let byline = i == 0
            && words >= 2
            && parts >= 1
            && self.is_given(i)
            && matches!(doc.str(end.min(doc.len() - 1)), "-" | "–");
        let tribal = words == 2 && self.is_tribe(end - 1) && self.is_behind_given(end - 1, cue);
        let known = words >= 2 && parts == words && plain >= 1 && (compound || tribal || !self.is_ordinary(i));
        let whole = self.is_part(i) && !self.is_ordinary(i) || self.joint(i + 1) == Joint::Back;
        let half = words >= 2 && plain >= 1 && whole && self.ends_phrase(end);
        (good || byline || known || half || aged || nicknamed).then_some(end)
    }

    /// Behind a family name with its article nothing without one belongs to the name.
    fn is_closed(&self, i: usize) -> bool {
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

    /// "the governor of Tulkarm": a place right behind an office that has no article.
    fn is_town_of_office(&self, i: usize) -> bool {
        let doc = self.doc;
        let place = |r: &Referent| matches!(r, Referent::Place(p) if !doc.lexicon.places[*p as usize].common);
        !self.is_part(i)
            && doc.previous_word(i).is_some_and(|p| !doc.is_definite(p))
            && doc.names_at(i).iter().any(|m| m.referents.iter().any(place))
    }

    /// A town that is called after somebody, with his title.
    fn is_called_after(&self, i: usize) -> bool {
        let doc = self.doc;
        let Some(title) = doc.previous_word(i) else { return false };
        let place = |r: &Referent| matches!(r, Referent::Place(_));
        let town = doc.names_at(title).iter().any(|m| m.end > i && m.referents.iter().any(place));
        let at = |t: usize| {
            doc.clitics(t).preposition.is_some_and(|p| doc.lexicon.is_place_clitic(p))
                || doc.governed_by(t).is_some_and(|row| row.relation.is_some() || row.has_role("place"))
                || doc.previous_word(t).is_some_and(|p| super::stance::is_locator(doc, p))
        };
        town && at(title)
    }

    /// "the minister of human rights": the word belongs to the office.
    fn is_office(&self, i: usize, end: usize) -> bool {
        let doc = self.doc;
        doc.previous_word(i).is_some_and(|p| !doc.is_definite(p))
            && doc.is_word(end)
            && !doc.tokens[end].new_line
            && doc.is_definite(end)
            && doc.continues_phrase(end)
            && !doc.readings(end).is_empty()
            && doc.is_demonym(end).is_none()
    }

    /// The title before the name is an adjective of the noun before it: "the press work".
    fn describes(&self, i: usize) -> bool {
        let doc = self.doc;
        let Some(title) = doc.previous_word(i) else { return false };
        let adjective = doc.is_definite(title) && doc.clitics(title).count() == 1;
        adjective
            && doc.previous_word(title).is_some_and(|p| {
                let people = |_: &crate::lexicon::Reading, row: &crate::lexicon::Row| row.victim.is_some();
                doc.is_definite(p)
                    && doc.is_nominal(p)
                    && self.titles[p] == Title::None
                    && doc.reading(p, people).is_none()
                    && !doc.tokens[title].new_line
            })
    }

    /// One part of a name: a word, or a compound like "servant of the Merciful", "sword of the faith".
    fn unit(&self, t: usize, words: usize, cue: Cue) -> Option<Range<usize>> {
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
            if fits && !function && !self.is_office_word(next) {
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
        let counts = !tribe && doc.reading(t, |r, _| matches!(doc.list(r), List::Number | List::Calendar)).is_some();
        let fits = if begins { self.can_begin_word(t) } else { self.can_go_on(t, words, cue) && !counts };
        fits.then_some(t..t + 1)
    }

    /// A noun as it stands: what somebody is called the father of.
    fn is_plain_noun(&self, i: usize) -> bool {
        let doc = self.doc;
        doc.clitics(i).is_empty() && doc.is_nominal(i) && !doc.is_finite(i)
    }

    /// "the spokesman", behind a name: no part of it.
    pub(super) fn is_office_word(&self, i: usize) -> bool {
        let doc = self.doc;
        let office = |kind: &str| matches!(kind, "office_holder" | "spokesperson");
        self.titles[i] == Title::Full
            && doc.reading(i, |r, row| doc.list(r) == List::Title && row.kind.as_deref().is_some_and(office)).is_some()
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
    fn asks(&self, i: usize) -> bool {
        let doc = self.doc;
        doc.lexicon.looks_accusative(doc.str(i))
            || doc.reading(i, |r, _| r.features.category.is_participle() && r.features.is_plural()).is_some()
    }

    pub(super) fn joint(&self, i: usize) -> Joint {
        match () {
            () if self.doc.may_be(i, Facts::JOINT_FRONT) => Joint::Front,
            () if self.doc.may_be(i, Facts::JOINT_BACK) => Joint::Back,
            () => Joint::None,
        }
    }

    fn is_part(&self, i: usize) -> bool {
        self.doc.may_be(i, Facts::NAME_PART)
    }

    /// An ordinary word, too; not one that only cut into its clitics looks like another.
    pub(super) fn is_ordinary(&self, i: usize) -> bool {
        let doc = self.doc;
        let whole = || doc.readings(i).is_empty() || doc.readings(i).iter().any(|r| r.clitics.conjunction.is_none());
        doc.may_be(i, Facts::COMMON_NAME) || doc.may_be(i, Facts::KNOWN) && whole()
    }

    /// A word that no lexicon knows, without clitics of its own: a foreign name.
    fn unknown(&self, i: usize) -> bool {
        let doc = self.doc;
        let clitics = doc.clitics(i);
        doc.is_word(i)
            && !doc.may_be(i, Facts::KNOWN)
            && clitics.preposition.is_none()
            // "Elsa": what is left without the article would be no word.
            && (!clitics.article || self.joint(i) == Joint::None && doc.str(i).chars().count() <= 4)
            && !self.is_place(i)
            && !doc.lexicon.segmenter.clitics.is_bound_pronoun(doc.str(i))
    }

    fn only_unknown(&self, tokens: Range<usize>) -> bool {
        tokens.clone().all(|t| self.unknown(t) || self.is_part(t) || t > tokens.start && self.is_tribe(t))
            && tokens.skip(1).all(|t| !self.doc.lexicon.looks_feminine_adjective(self.doc.str(t)))
    }

    /// "Abu" and a given name, or alone in quotation marks.
    fn is_nickname(&self, i: usize, end: usize) -> bool {
        let doc = self.doc;
        let quoted = i > 0 && doc.quotation_from(i - 1).is_some_and(|q| q.closed && q.close == end);
        let given = self.is_given(i + 1) && !self.is_ordinary(i + 1) && doc.readings(i).is_empty();
        let place = |m: &crate::grammar::NameMatch<'_>| m.referents.iter().any(|r| matches!(r, Referent::Place(_)));
        let headed = doc.previous_word(i).is_some_and(|p| super::stance::is_locator(doc, p));
        quoted || given && !headed && !doc.names_at(i).iter().any(|m| m.end > i + 1 && place(m))
    }

    fn can_begin(&self, i: usize) -> bool {
        // Most words are no part of a name.
        let possible = self.doc.is_word(i) && (self.is_part(i) || !self.doc.may_be(i, Facts::KNOWN))
            || self.joint(i) == Joint::Front
            || self.joint(i + 1) == Joint::Back;
        possible
            && self.doc.is_word(i)
            && !self.is_of_other(i)
            && !self.taken[i]
            && self.titles[i] != Title::Full
            && self.doc.str(i).chars().nth(1).is_some()
            && (!self.doc.is_function_word(i) || self.is_part(i) && self.is_surely_named(i))
            && !self.is_title_adjective(i)
            && (self.can_begin_word(i) || self.joint(i) == Joint::Front || self.joint(i + 1) == Joint::Back)
    }

    /// A street or an airport is called after the person, with a title or without; a family is.
    fn is_of_other(&self, i: usize) -> bool {
        let doc = self.doc;
        let family = |r: &crate::lexicon::Reading, row: &crate::lexicon::Row| {
            row.unit.as_deref() == Some("family") && !r.clitics.article && r.pronoun.is_none()
        };
        doc.previous_word(i).is_some_and(|p| {
            names_place(doc, p)
                || doc.reading(p, family).is_some()
                || self.titles[p] == Title::Full
                    && doc.previous_word(p).is_some_and(|q| q + 1 == p && names_place(doc, q))
        })
    }

    /// "said Ali al-Ghazzi, who is": a family name written like a people's.
    fn is_named_before_comma(&self, i: usize) -> bool {
        let doc = self.doc;
        let next = i + 1;
        doc.is_word(next)
            && doc.clitics(next).article
            && doc.clitics(next).count() == 1
            && doc.lexicon.looks_related(doc.str(next))
            && doc.kind(next + 1) == Some(Kind::Comma)
    }

    /// A given name that is written like a function word, behind a title or a verb of saying, with a family name behind it.
    fn is_surely_named(&self, i: usize) -> bool {
        let doc = self.doc;
        let family = || {
            doc.is_word(i + 1)
                && !doc.tokens[i + 1].new_line
                && doc.readings(i + 1).is_empty()
                && doc.clitics(i + 1).article
                && doc.lexicon.looks_related(doc.str(i + 1))
        };
        match self.cue(i) {
            Cue::Titled => self.is_given(i + 1) || self.joint(i + 1) == Joint::Front || family(),
            Cue::Speaks => {
                family() || self.is_given(i + 1) && !self.is_ordinary(i + 1) || self.is_named_before_comma(i)
            }
            Cue::Office => (family() || self.unknown(i + 1)) && self.is_set_off(i),
            _ => false,
        }
    }

    fn can_begin_word(&self, i: usize) -> bool {
        let doc = self.doc;
        let clitics = doc.clitics(i);
        let part = self.is_part(i);
        (part || clitics.preposition.is_none() && self.unknown(i) && clitics.conjunction.is_none())
            && (doc.is_demonym(i).is_none() || self.is_one_called(i))
            && !self.is_place_of_several(i)
            && !self.is_inside_place(i)
            && !self.is_title_adjective(i)
    }

    /// "Prince Turki al-Faisal", "mayor of Kharkiv Igor Terekhov": a given name written like a people's, behind an office that has ended.
    fn is_one_called(&self, i: usize) -> bool {
        let doc = self.doc;
        let next = i + 1;
        let family = doc.is_word(next)
            && !doc.tokens[next].new_line
            && doc.is_demonym(next).is_none()
            && (self.unknown(next) || self.is_part(next) || doc.readings(next).is_empty() && doc.clitics(next).article);
        family
            && self.is_given(i)
            && !doc.is_definite(i)
            && match self.cue(i) {
                Cue::Titled => doc.previous_word(i).is_some_and(|p| doc.is_definite(p)),
                Cue::Office => self.is_set_off(i),
                _ => false,
            }
    }

    /// The second word of a town's name: "Bint Jbeil".
    pub(super) fn is_inside_place(&self, i: usize) -> bool {
        let doc = self.doc;
        let known = |r: &Referent| matches!(r, Referent::Place(p) if !doc.lexicon.places[*p as usize].common);
        i > 0
            && !doc.tokens[i].new_line
            && !self.taken[i - 1]
            && doc.names_at(i - 1).iter().any(|m| m.end > i && m.referents.iter().any(known))
    }

    fn can_go_on(&self, i: usize, words: usize, cue: Cue) -> bool {
        let doc = self.doc;
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
            || part && cue == Cue::Titled && self.is_given(i) && !doc.is_word(i + 1);
        doc.str(i).chars().nth(1).is_some()
            && (!doc.is_function_word(i) || inside)
            // "Abu Yahya the Tunisian"
            && (doc.is_demonym(i).is_none()
                || part && words > 1 && clitics.count() == 1 && doc.is_definite(i) && self.is_given(i - 1)
                || words == 1 && i > 1 && self.joint(i - 2) == Joint::Front && doc.is_definite(i) && clitics.count() == 1
                || words == 1 && self.is_of_people(i, cue))
            && self.titles[i] == Title::None
            && (clitics.conjunction.is_none() || doc.may_be(i, Facts::WHOLE_NAME_PART))
            && (clitics.preposition.is_none() || part)
            && (part && (!doc.is_finite(i) || cue == Cue::Titled && self.is_given(i) && (words == 1 || !self.has_complement(i)))
                || self.unknown(i) && (!doc.lexicon.looks_finite(doc.str(i)) || words == 1 && self.is_behind_foreign(i, cue))
                || inside
                || self.is_family_of(i, words, cue)
                || doc.is_demonym(i).is_some()
                || words == 1 && (self.is_family(i, cue) || self.is_town(i) || self.is_spoken(i, cue))
                || words > 1 && self.is_tribe(i))
            && !self.is_title_adjective(i)
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
        let one = |r: &crate::lexicon::Reading, _: &crate::lexicon::Row| {
            doc.list(r) == List::Demonym
                && r.features.agreement.gender != Some(Gender::Feminine)
                && !r.features.is_plural()
        };
        cue == Cue::Titled
            && i > 0
            && self.is_given(i - 1)
            && doc.clitics(i).article
            && doc.clitics(i).count() == 1
            && doc.reading(i, one).is_some()
            && doc.is_demonym(i + 1).is_none()
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
        let country = |m: &crate::grammar::NameMatch<'_>| {
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

    /// A part of names as it stands, with no clitic cut.
    fn is_given(&self, i: usize) -> bool {
        self.doc.may_be(i, Facts::WHOLE_NAME_PART)
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
    fn is_behind_given(&self, i: usize, cue: Cue) -> bool {
        let doc = self.doc;
        let given = i > 0 && doc.may_be(i - 1, Facts::WHOLE_NAME_PART) && !doc.is_function_word(i - 1);
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

    pub(super) fn is_title_adjective(&self, i: usize) -> bool {
        self.doc.may_be(i, Facts::CLASS)
            && self.doc.reading(i, |_, row| row.class.as_deref() == Some("of_title")).is_some()
    }

    /// A country, a region or a large city that no person is called after.
    pub(super) fn is_place(&self, i: usize) -> bool {
        let doc = self.doc;
        !self.is_part(i)
            && doc.names_at(i).iter().any(|m| {
                m.referents.iter().any(|r| match r {
                    Referent::Place(p) => {
                        let row = &doc.lexicon.places[*p as usize];
                        matches!(row.kind.as_str(), "country" | "region") || row.population >= WELL_KNOWN
                    }
                    _ => false,
                })
            })
    }

    fn is_place_of_several(&self, i: usize) -> bool {
        let doc = self.doc;
        self.is_place(i)
            || doc
                .names_at(i)
                .iter()
                .any(|m| m.end > i + 1 && m.referents.iter().any(|r| matches!(r, Referent::Place(_))))
    }
}
