//! Persons: names behind titles, names of known parts, and a family name that returns.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::Extent;
use super::actor::{Actor, Basis};
use super::person_cue::Cue;
use crate::grammar::Document;
use crate::lexicon::{Facts, Joint, List, Reading, Referent};

/// The most parts of a name.
const LONGEST: usize = 6;
/// Behind so many parts only the name of a tribe goes on.
const LONG: usize = 5;

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
        // "before a challenge", written like "imam".
        let before = !several && doc.is_preposition(i) && doc.clitics(i).is_empty();
        // "the royal", written like "my king".
        let mine = |r: &Reading| r.pronoun.is_some_and(|p| p.person == 1);
        let titled = || {
            let mut titles = doc.readings(i).iter().filter(|r| doc.list(r) == List::Title).peekable();
            doc.may_be(i, Facts::TITLED) && (titles.peek().is_none() || !titles.all(mine))
        };
        if before || !several && !titled() {
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

    /// Behind the last word of a person's name that begins here.
    fn name_at(&self, i: usize) -> Option<usize> {
        let enclosed = if self.taken[i] { None } else { self.enclosed_name(i) };
        enclosed.max(self.open_name(i))
    }

    /// The same by the words of the name alone.
    fn open_name(&self, i: usize) -> Option<usize> {
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
            end = self.past_hyphen(unit.end);
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
                let loose =
                    suspicious && (doc.previous_word(i).is_some_and(|p| !doc.is_definite(p)) || !self.ends_phrase(end));
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
            // "the spokesman of the Afghan ministry, Fuad": a name that is no word, where the office has ended.
            Cue::Office => self.is_surely_given(i) && self.is_set_off(i),
            Cue::None => false,
        };
        let aged = words <= 3 && (parts >= 1 || foreign && !suspicious) && self.age_follows(end);
        let nicknamed = compound && self.joint(i) == Joint::Front && self.is_nickname(i, end);
        // "Omar Ibrahim - Cairo": who wrote the report.
        let byline = i == 0
            && words >= 2
            && parts >= 1
            && self.is_given(i)
            && matches!(doc.str(end.min(doc.len() - 1)), "-" | "–");
        // "the back door"
        let noun = cue == Cue::None && doc.is_definite(i) && self.is_ordinary(i);
        let tribal = !noun && words == 2 && self.is_tribe(end - 1) && self.is_behind_given(end - 1, cue);
        let known = words >= 2 && parts == words && plain >= 1 && (compound || tribal || !self.is_ordinary(i));
        let whole = self.is_part(i) && !self.is_ordinary(i) || self.joint(i + 1) == Joint::Back;
        let half = words >= 2 && plain >= 1 && whole && self.ends_phrase(end);
        let mixed = words >= 2 && self.is_surely_given(i) && self.are_foreign(i + 1..end);
        (good || byline || known || half || mixed || aged || nicknamed).then_some(end)
    }
}
