//! Parties: known by name, by a head word, by a nationality, as persons, or by description.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::person_cue::names_place;
use super::refer::{acronyms, resolve};
use super::stance::{self, Chain};
use super::{Extent, Quantity, person};
use crate::grammar::{Document, NameMatch};
use crate::lexicon::{Analysis, Facts, List, Reading, Referent, Row};
use crate::morph::Category;
use crate::segment::{Kind, Letter};

/// The tokens at the head of a report among which its agency is named.
const DATELINE: usize = 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    Lexicon,
    Pattern,
    Person,
    Anaphor,
}

impl Basis {
    pub fn name(self) -> &'static str {
        match self {
            Basis::Lexicon => "lexicon",
            Basis::Pattern => "pattern",
            Basis::Person => "person",
            Basis::Anaphor => "anaphor",
        }
    }
}

#[derive(Debug, Clone)]
pub struct Actor {
    pub at: Extent,
    pub kind: String,
    /// The number of the lexicon row.
    pub row: Option<u32>,
    pub name: Option<String>,
    pub country: Option<String>,
    pub basis: Basis,
    /// The mention that a short form or a description stands for.
    pub refers_to: Option<usize>,
    /// The head word's row, for short forms of the same head.
    pub head: Option<u32>,
}

impl Actor {
    /// Under arms.
    pub fn is_force(&self) -> bool {
        matches!(self.kind.as_str(), "military" | "armed_group" | "coalition")
    }

    /// A force, or the state whose force it is.
    pub fn fights(&self) -> bool {
        self.is_force() || self.kind == "state"
    }
}

/// Every party that the report names or describes, persons included.
pub fn actors(doc: &Document<'_>, quantities: &[Quantity]) -> Vec<Actor> {
    let mut counted = vec![false; doc.len()];
    quantities.iter().for_each(|q| counted[q.tokens.clone()].fill(true));
    let mut finder =
        Finder { doc, counted, out: Vec::new(), housed: Vec::new(), last: FxHashMap::default(), chain: None };
    let mut i = 0;
    while i < doc.len() {
        i = finder.step(i);
    }
    let (mut out, housed) = (finder.out, finder.housed);
    acronyms(doc, &mut out);
    person::add(doc, &mut out);
    resolve(doc, &mut out, &housed);
    out
}

/// The actors that a short form may mean.
fn short_rows(found: &NameMatch<'_>) -> Vec<u32> {
    let row = |r: &Referent| if let Referent::ShortActor(a) = r { Some(*a) } else { None };
    found.referents.iter().filter_map(row).collect()
}

/// A word for a building that is named after whom it houses.
pub(super) fn houses(doc: &Document<'_>, i: usize, definite: bool) -> bool {
    if !doc.may_be(i, Facts::list(List::Head)) {
        return false;
    }
    let row = doc.reading(i, |r, row| {
        doc.list(r) == List::Head
            && (definite || !r.clitics.article)
            && r.pronoun.is_none()
            && row.takes.iter().any(|t| t == "party")
    });
    row.is_some()
}

/// Behind the party that begins at the token, if one does.
pub(super) fn party_end(doc: &Document<'_>, i: usize) -> Option<usize> {
    let mut finder = Finder {
        doc,
        counted: Vec::new(),
        out: Vec::new(),
        housed: Vec::new(),
        last: FxHashMap::default(),
        chain: None,
    };
    let short = || doc.names_at(i).iter().find(|m| !short_rows(m).is_empty()).map(|m| m.end);
    finder.party_at(i).map(|actor| actor.at.tokens.end).or_else(short)
}

pub(super) struct Finder<'d, 'a> {
    pub(super) doc: &'d Document<'a>,
    /// Tokens of numbers.
    pub(super) counted: Vec<bool>,
    pub(super) out: Vec<Actor>,
    /// The tokens of parties after whom a building is named.
    housed: Vec<Range<usize>>,
    /// The last mention of each party of the lexicon.
    pub(super) last: FxHashMap<u32, usize>,
    /// The last country, and whether it acted.
    chain: Option<Chain>,
}

impl Finder<'_, '_> {
    /// Looks for a party at the token; the token to look at next.
    fn step(&mut self, i: usize) -> usize {
        let Some(actor) = self.party_at(i).filter(|_| !self.is_portfolio(i)) else { return i + 1 };
        let end = actor.at.tokens.end;
        if self.is_housed(i) {
            self.housed.push(actor.at.tokens);
        } else {
            if let Some(row) = actor.row {
                self.last.insert(row, self.out.len());
            }
            self.out.push(actor);
        }
        end
    }

    /// "the German minister of defence": the office, and no mention of the ministry.
    fn is_portfolio(&self, i: usize) -> bool {
        let doc = self.doc;
        let minister = |r: &Reading, row: &Row| {
            row.class.as_deref() == Some("minister") && !r.clitics.article && r.pronoun.is_none()
        };
        doc.clitics(i).conjunction.is_none()
            && doc.previous_word(i).is_some_and(|p| p + 1 == i && doc.reading(p, minister).is_some())
    }

    fn party_at(&mut self, i: usize) -> Option<Actor> {
        let doc = self.doc;
        if !doc.is_word(i) {
            return None;
        }
        let has_names = !doc.names_at(i).is_empty();
        let heads = has_names || doc.may_be(i, Facts::list(List::Head));
        let people = doc.may_be(i, Facts::list(List::Collective).or(Facts::list(List::Demonym)))
            || doc.turn_at(i).is_some()
            || i + 1 < doc.len()
                && (doc.is_definite(i) && doc.may_be(i + 1, Facts::list(List::Demonym))
                    || (doc.is_definite(i) || doc.may_be(i + 1, Facts::list(List::Demonym)))
                        && doc.reading(i, |_, row| row.sort.as_deref() == Some("army")).is_some());
        if !heads && !people {
            return self.told(i);
        }
        let named = if has_names { self.named(i) } else { None };
        let headed = if heads { self.headed(i) } else { None };
        let described = if people { self.described(i) } else { None };
        if named.is_none() && headed.is_none() && described.is_none() {
            return self.told(i);
        }
        let several =
            |a: &Actor| a.head.is_some_and(|h| self.doc.lexicon.list(h) == List::Collective) && a.at.tokens.len() > 1;
        let both = described.as_ref().is_some_and(several)
            && headed.as_ref().is_some_and(|h| h.head.is_some())
            && named.is_none();
        let found = if both { [None, described, headed] } else { [named, headed, described] };
        found.into_iter().flatten().map(|a| self.with_owner(a)).reduce(|a, b| {
            let describes = !both && self.only_describes(&a, &b);
            let longer = b.at.tokens.end > a.at.tokens.end && !describes;
            if longer || self.is_of_other_country(&a, &b) { b } else { a }
        })
    }

    /// "the Ethiopian National Defence Forces": not those of the country whose forces are listed by that name.
    fn is_of_other_country(&self, named: &Actor, headed: &Actor) -> bool {
        let own = named.row.and_then(|r| self.doc.lexicon.actors[r as usize].country.as_ref());
        named.kind == "armed_group"
            && headed.kind == "military"
            && named.at.tokens == headed.at.tokens
            && own.zip(headed.country.as_ref()).is_some_and(|(a, b)| a != b)
    }

    /// What the longer mention adds to a party's name are adjectives that tell about it: "the ruling X movement".
    fn only_describes(&self, named: &Actor, longer: &Actor) -> bool {
        let doc = self.doc;
        let added = named.at.tokens.end..longer.at.tokens.end;
        // "the movement X Israel": a state is another party.
        let state = |r: &Referent| matches!(r, Referent::Actor(a) if doc.lexicon.actors[*a as usize].kind == "state");
        let another = |m: &NameMatch<'_>| m.end == added.end && m.referents.iter().any(state);
        if named.basis == Basis::Lexicon && named.at.tokens.len() > 1 && doc.names_at(added.start).iter().any(another) {
            return true;
        }
        let adjective = |t: usize| {
            doc.is_demonym(t).is_none()
                && doc.is_definite(t)
                && doc
                    .reading(t, |r, _| {
                        matches!(doc.list(r), List::Adjective | List::Collective) || r.features.category.is_participle()
                    })
                    .is_some()
        };
        // Of a body an adjective may make another one; a participle tells about it.
        let participle = |t: usize| {
            doc.reading(t, |r, _| doc.list(r) == List::Adjective).is_none()
                && doc.reading(t, |r, _| r.features.category.is_participle()).is_some()
        };
        let proper = named.row.is_some_and(|r| match doc.lexicon.actors[r as usize].kind.as_str() {
            "armed_group" | "military" | "media" => true,
            "organization" | "coalition" => added.clone().all(participle),
            _ => false,
        });
        proper && named.basis == Basis::Lexicon && named.at.tokens.len() > 1 && added.clone().all(adjective)
    }

    /// "told «The City» that": a name in quotation marks, with a preposition of its own before them, is a paper's.
    #[inline]
    fn told(&self, i: usize) -> Option<Actor> {
        let open = i.checked_sub(1).filter(|q| self.doc.tokens[*q].kind.is_quote())?;
        self.told_in(open, i)
    }

    fn told_in(&self, open: usize, i: usize) -> Option<Actor> {
        let doc = self.doc;
        let close = (i + 1..i + 4).find(|t| doc.kind(*t).is_some_and(Kind::is_quote))?;
        let to = open
            .checked_sub(1)
            .filter(|t| doc.is_word(*t) && doc.lexicon.segmenter.clitics.is_preposition(doc.str(*t)))?;
        let possessive = Letter::of(doc.str(to)).is_some_and(|p| doc.lexicon.is_possessive(p));
        let inside = i..close;
        let plain = inside.clone().all(|t| doc.is_word(t)) && doc.is_definite(i);
        let says = |r: &Reading, row: &Row| {
            row.cue.is_some() || row.source_kind.as_deref() == Some("document") && !r.clitics.article
        };
        let sentence = doc.sentence_range(i).start;
        let said = (sentence.max(to.saturating_sub(16))..to).any(|t| doc.is_word(t) && doc.reading(t, says).is_some());
        (possessive && plain && said).then(|| Actor {
            at: Extent { tokens: inside.clone(), span: doc.span(inside) },
            kind: "media".to_owned(),
            row: None,
            name: None,
            country: None,
            basis: Basis::Pattern,
            refers_to: None,
            head: None,
        })
    }

    /// A name of the actor lexicon; a country or a capital only where it acts.
    fn named(&mut self, i: usize) -> Option<Actor> {
        let doc = self.doc;
        let names = doc.names_at(i);
        for (n, found) in names.iter().enumerate() {
            if self.is_other_word(found) {
                continue;
            }
            // "the agency (AG)": the name in brackets is a mention of its own.
            let media =
                |r: &Referent| matches!(r, Referent::Actor(a) if doc.lexicon.actors[*a as usize].kind == "media");
            let media = found.referents.iter().any(media);
            let sign = |t: usize| doc.tokens[t].kind.is_bracket() || media && doc.tokens[t].kind.is_quote();
            let bracketed = (found.start..found.end).any(sign);
            if bracketed && names[n + 1..].iter().any(|m| m.referents.iter().any(|r| found.referents.contains(r))) {
                continue;
            }
            for referent in found.referents {
                let actor = match referent {
                    Referent::Actor(row) => self.of_row(found, *row),
                    // An ordinary word that is a party's name too.
                    Referent::DoubtfulActor(row) if self.is_certain(found, *row) => self.of_row(found, *row),
                    // "how", written like Kyiv.
                    Referent::Capital(row) if !doc.is_function_word(found.start) && self.acts(found, true) => {
                        Some(self.matched(found, *row, Basis::Lexicon))
                    }
                    Referent::ShortActor(_) if found.end > found.start + 1 => Some(self.of_shorts(found)),
                    _ => None,
                };
                if actor.is_some() {
                    return actor;
                }
            }
        }
        None
    }

    /// A short name behind a preposition that the whole word explains better; a number that belongs to a date.
    fn is_other_word(&self, found: &NameMatch<'_>) -> bool {
        let doc = self.doc;
        let (first, last) = (found.start, found.end - 1);
        let cut = first == last && found.clitics.preposition.is_some();
        let whole = |a: &Analysis| {
            a.is_whole_name_part() || a.readings.iter().any(|r| r.clitics.preposition.is_none() && r.pronoun.is_none())
        };
        let dated =
            doc.kind(last) == Some(Kind::Number) && doc.reading(found.end, |_, row| row.month.is_some()).is_some();
        // "Jalaa al-Abadi" is another Abadi, "Muhammad Idris Déby" another Déby.
        let single = |r: &Referent| matches!(r, Referent::Actor(a) if doc.lexicon.actors[*a as usize].kind == "person");
        let namesake = found.clitics.preposition.is_none()
            && found.clitics.conjunction.is_none()
            && found.referents.iter().any(single)
            && first > 0
            && !doc.tokens[first].new_line
            && doc.may_be(first - 1, Facts::WHOLE_NAME_PART)
            && (first == last || doc.readings(first - 1).is_empty() && !doc.may_be(first - 1, Facts::COMMON_NAME))
            && !doc.is_finite(first - 1)
            && !doc.may_be(first - 1, Facts::TITLED);
        namesake || cut && !doc.clitics(first).article && doc.analysis(first).is_some_and(whole) || dated
    }

    /// "Muhammad bin Nayef bin Abdulaziz Al Saud": behind a name with his father's, those of his house.
    fn take_fathers(&self, actor: &mut Actor) {
        let doc = self.doc;
        let tokens = actor.at.tokens.clone();
        let front = |t: usize| doc.may_be(t, Facts::JOINT_FRONT);
        let mut end = tokens.end;
        while tokens.clone().any(front)
            && doc.is_word(end + 1)
            && front(end)
            && doc.clitics(end).is_empty()
            && !doc.tokens[end].new_line
        {
            end += 2;
        }
        if end > tokens.end {
            let span = doc.span_from(tokens.start..end, doc.skip(tokens.start));
            actor.at = Extent { tokens: tokens.start..end, span };
        }
    }

    /// Whether the country or capital acts; what was decided stands for those joined to it.
    fn acts(&mut self, found: &NameMatch<'_>, capital: bool) -> bool {
        let acts = stance::acts(self.doc, found, &self.out, self.chain, capital);
        self.chain = Some(Chain { end: found.end, acts });
        acts
    }

    fn of_row(&mut self, found: &NameMatch<'_>, row: u32) -> Option<Actor> {
        let doc = self.doc;
        let actor = &doc.lexicon.actors[row as usize];
        // "the occupation" is a name of the state and of no place.
        let also_place = found.referents.iter().any(|r| matches!(r, Referent::Place(_)));
        if also_place && actor.kind == "state" && !self.acts(found, false) {
            return None;
        }
        // "twelve Syrians", written like the country.
        let people = also_place && actor.kind == "state" && doc.is_demonym(found.start).is_some();
        let counted = |p: usize| doc.kind(p) == Some(Kind::Number) || self.counted.get(p).copied().unwrap_or(false);
        if people && doc.previous_word(found.start).is_some_and(counted) {
            return None;
        }
        // "the leader Abu Sayyaf", who is no group.
        let title = |p: usize| doc.reading(p, |r, _| doc.list(r) == List::Title && r.clitics.article).is_some();
        if actor.kind == "armed_group"
            && doc.may_be(found.start, Facts::JOINT_FRONT)
            && doc.previous_word(found.start).is_some_and(title)
        {
            return None;
        }
        // "Hamid Karzai airport"
        if actor.kind == "person" && doc.previous_word(found.start).is_some_and(|p| names_place(doc, p)) {
            return None;
        }
        // An embassy is a building, unless it speaks.
        if actor.kind == "state" && houses(doc, found.start, true) && !self.is_speaker(found.start) {
            return None;
        }
        let mut actor = self.matched(found, row, Basis::Lexicon);
        if actor.kind == "person" {
            self.take_fathers(&mut actor);
        }
        // "the forces of the council"
        let forces = |(_, head): (u32, &Row)| {
            head.alone != Some(false)
                && matches!(head.makes.as_deref(), Some("armed_group" | "military"))
                && !doc.lexicon.actors[row as usize].name_ar.starts_with(head.lemma.as_str())
        };
        if actor.kind == "organization" && found.end > found.start + 1 && self.head_row(found.start).is_some_and(forces)
        {
            actor.kind = "armed_group".to_owned();
        }
        self.extend(&mut actor);
        Some(actor)
    }

    /// Right behind a finite verb of saying.
    fn is_speaker(&self, i: usize) -> bool {
        let doc = self.doc;
        let says =
            |r: &Reading, row: &Row| row.cue.is_some() && row.needs_prep.is_none() && r.features.category.is_finite();
        doc.previous_word(i).is_some_and(|p| !doc.is_function_word(p) && doc.reading(p, says).is_some())
    }

    /// A building that is named after whom it houses stands before it.
    fn is_housed(&self, i: usize) -> bool {
        self.doc.previous_word(i).is_some_and(|p| houses(self.doc, p, false))
    }

    /// What says that the word is the party's name: quotation marks, its people before it, a full name before.
    fn is_certain(&self, found: &NameMatch<'_>, row: u32) -> bool {
        let doc = self.doc;
        let owned = |article: bool| {
            move |r: &Reading, row: &Row| {
                r.clitics.article == article
                    && r.pronoun.is_none()
                    && (article || !r.features.accusative && !r.features.is_absolute())
                    && (matches!(doc.list(r), List::Collective | List::Title)
                        || row.victim.is_some() && row.frame.is_none())
            }
        };
        let before = doc.previous_word(found.start);
        let media = doc.lexicon.actors[row as usize].kind == "media";
        let people = !media && before.is_some_and(|p| doc.reading(p, owned(false)).is_some());
        // "the two leading figures in X", behind their adjectives
        let people = people
            || !media
                && found.clitics.preposition.is_some()
                && (1..3).filter_map(|n| found.start.checked_sub(n)).any(|p| doc.reading(p, owned(true)).is_some())
            || !media && self.has_member(found);
        let spoken = self.is_speaker(found.start) && found.clitics.preposition.is_none();
        let verb = found.end == found.start + 1 && doc.finite(found.start).is_some();
        // "asked to open an inquiry": a verbal noun with its object.
        let next = found.end;
        let deed = found.end == found.start + 1
            && doc.has_category(found.start, Category::Masdar)
            && doc.is_word(next)
            && doc.clitics(next).is_empty()
            && doc.is_nominal(next)
            && !doc.is_function_word(next);
        let reports = media && (self.is_reported(found) || self.is_dateline(found));
        let named = || people && !verb && !deed || spoken || reports || self.last.contains_key(&row);
        self.is_quoted(found) || !self.is_kind_of_ground(found) && named()
    }

    /// "a leading figure in X", "two members of X": whoever belongs to something, a preposition away.
    fn has_member(&self, found: &NameMatch<'_>) -> bool {
        let doc = self.doc;
        let apart = found.start.checked_sub(1).filter(|p| found.clitics.is_empty() && doc.is_preposition(*p));
        let Some(preposition) = apart else { return false };
        let member = |r: &Reading, row: &Row| {
            r.clitics.preposition.is_none()
                && (row.class_of_group || doc.list(r) == List::Title && row.victim.is_some())
        };
        doc.previous_word(preposition).is_some_and(|p| doc.reading(p, member).is_some())
    }

    /// "the naval base": a name that is also the head of a site, with an adjective that tells which.
    fn is_kind_of_ground(&self, found: &NameMatch<'_>) -> bool {
        let doc = self.doc;
        let ground = |r: &Reading, row: &Row| doc.list(r) == List::Head && row.makes.as_deref() == Some("place");
        let named = |r: &Reading, _: &Row| doc.list(r) == List::Collective;
        found.end == found.start + 1
            && doc.reading(found.start, ground).is_some()
            && doc.is_word(found.end)
            && doc.is_definite(found.end)
            && doc.clitics(found.end).count() == 1
            && self.is_adjective(found.end)
            && doc.reading(found.end, named).is_none()
    }

    /// "the reporter of X", "witnesses told X that": a paper's name beside those who report.
    fn is_reported(&self, found: &NameMatch<'_>) -> bool {
        let doc = self.doc;
        let reporter = |_: &Reading, row: &Row| {
            row.source_kind.as_deref() == Some("media") || row.victim.as_deref() == Some("journalist")
        };
        let own = found.clitics.preposition.is_none() && found.clitics.conjunction.is_none();
        let before = doc.previous_word(found.start);
        if own && before.is_some_and(|p| !doc.is_definite(p) && doc.reading(p, reporter).is_some()) {
            return true;
        }
        let says = |r: &Reading, row: &Row| row.cue.is_some() && r.features.category.is_finite();
        let start = doc.sentence_range(found.start).start.max(found.start.saturating_sub(4));
        found.clitics.preposition.is_some_and(|p| doc.lexicon.is_possessive(p))
            && doc.is_particle(found.end, "comp")
            && (start..found.start).any(|t| doc.is_word(t) && doc.reading(t, says).is_some())
    }

    /// The agency at the head of its report: "Ramallah 29-8-2024 X - ".
    fn is_dateline(&self, found: &NameMatch<'_>) -> bool {
        let doc = self.doc;
        let next = found.end;
        let closes = doc.tokens.get(next).is_some_and(|t| t.new_line)
            || doc.kind(next) == Some(Kind::Colon)
            || next < doc.len() && matches!(doc.str(next), "-" | "–");
        found.start < DATELINE && closes && found.clitics.is_empty()
    }

    /// A short form of several words that many parties share: one named before, or one of the nationality behind it.
    fn of_shorts(&self, found: &NameMatch<'_>) -> Actor {
        let doc = self.doc;
        let rows = short_rows(found);
        let actors = &doc.lexicon.actors;
        let country = doc.is_demonym(found.end).and_then(|d| d.country.clone());
        let named = rows.iter().filter(|r| self.last.contains_key(r)).max_by_key(|r| self.last[r]).copied();
        let fits = |r: &&u32| country.is_some() && actors[**r as usize].country == country;
        let sure = named.or_else(|| rows.iter().find(fits).copied()).or((rows.len() == 1).then_some(rows[0]));
        let mut actor = self.matched(found, sure.unwrap_or(rows[0]), Basis::Lexicon);
        if sure.is_none() {
            (actor.row, actor.name, actor.country) = (None, None, country);
        }
        self.extend(&mut actor);
        actor
    }

    fn is_quoted(&self, found: &NameMatch<'_>) -> bool {
        let doc = self.doc;
        let sign = |k: Kind| k.is_quote() || k.is_bracket();
        found.start > 0 && sign(doc.tokens[found.start - 1].kind) && doc.kind(found.end).is_some_and(sign)
    }

    fn matched(&self, found: &NameMatch<'_>, row: u32, basis: Basis) -> Actor {
        let actor = &self.doc.lexicon.actors[row as usize];
        Actor {
            at: Extent { tokens: found.start..found.end, span: found.span },
            kind: actor.kind.clone(),
            row: Some(row),
            name: Some(actor.name.clone()),
            country: actor.country.clone(),
            basis,
            refers_to: None,
            head: None,
        }
    }

    /// A definite adjective of nationality behind a definite name belongs to it.
    fn extend(&self, actor: &mut Actor) {
        let doc = self.doc;
        let next = actor.at.tokens.end;
        if matches!(actor.kind.as_str(), "state" | "person" | "media")
            || doc.tokens.get(next).is_none_or(|t| t.new_line)
        {
            return;
        }
        // "the Kurdistan Workers' Party, a Turkish one": a name that ends with a people's has no second.
        let last = next - 1;
        let whole = doc.tokens[last].kind.is_quote()
            || actor.at.tokens.len() > 1
                && matches!(actor.kind.as_str(), "armed_group" | "organization")
                && doc.is_definite(last)
                && doc.is_demonym(last).is_some();
        if whole {
            return;
        }
        // "the Houthis, who are Shiites": a religion tells about them.
        let adjective =
            doc.is_definite(next) && doc.is_demonym(next).is_some_and(|d| d.kind.as_deref() != Some("religion"));
        let clitics = doc.clitics(next);
        // "the settlers the Palestinians": one does it, the other suffers it.
        let suffer = doc.lexicon.clash_in_case(doc.str(last), doc.str(next));
        if adjective && !suffer && clitics.conjunction.is_none() && clitics.preposition.is_none() {
            actor.at.tokens.end = next + 1;
            actor.at.span = actor.at.span.cover(doc.tokens[next].span);
        }
    }
}
