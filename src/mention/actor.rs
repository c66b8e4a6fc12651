//! Parties: known by name, by a head word, by a nationality, as persons, or by description.

use super::stance::{self, Chain};
use super::{Extent, Quantity, person};
use crate::grammar::{Document, NameMatch};
use crate::lexicon::{List, Reading, Referent, Row};
use crate::morph::Category;
use crate::segment::Kind;

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

/// Every party that the report names or describes, persons included.
pub fn actors(doc: &Document<'_>, quantities: &[Quantity]) -> Vec<Actor> {
    let mut counted = vec![false; doc.len()];
    quantities.iter().for_each(|q| counted[q.tokens.clone()].fill(true));
    let mut finder = Finder { doc, counted, out: Vec::new(), chain: None };
    let mut i = 0;
    while i < doc.len() {
        i = finder.step(i);
    }
    let mut out = finder.out;
    person::add(doc, &mut out);
    resolve(doc, &mut out);
    out
}

/// The actors that a short form may mean.
fn short_rows(found: &NameMatch<'_>) -> Vec<u32> {
    let row = |r: &Referent| if let Referent::ShortActor(a) = r { Some(*a) } else { None };
    found.referents.iter().filter_map(row).collect()
}

/// A word for a building that is named after whom it houses.
fn houses(doc: &Document<'_>, i: usize, definite: bool) -> bool {
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
    let mut finder = Finder { doc, counted: Vec::new(), out: Vec::new(), chain: None };
    let actor = finder.party_at(i)?;
    Some(actor.at.tokens.end)
}

struct Finder<'d, 'a> {
    doc: &'d Document<'a>,
    /// Tokens of numbers.
    counted: Vec<bool>,
    out: Vec<Actor>,
    /// The last country, and whether it acted.
    chain: Option<Chain>,
}

impl Finder<'_, '_> {
    /// Looks for a party at the token; the token to look at next.
    fn step(&mut self, i: usize) -> usize {
        let Some(actor) = self.party_at(i) else { return i + 1 };
        let end = actor.at.tokens.end;
        if !self.is_housed(i) {
            self.out.push(actor);
        }
        end
    }

    fn party_at(&mut self, i: usize) -> Option<Actor> {
        if !self.doc.is_word(i) {
            return None;
        }
        let named = self.named(i);
        let headed = self.headed(i);
        let described = self.described(i);
        [named, headed, described]
            .into_iter()
            .flatten()
            .reduce(|a, b| if b.at.tokens.end > a.at.tokens.end { b } else { a })
    }

    /// A name of the actor lexicon; a country or a capital only where it acts.
    fn named(&mut self, i: usize) -> Option<Actor> {
        let doc = self.doc;
        for found in doc.names_at(i) {
            for referent in found.referents {
                let actor = match referent {
                    Referent::Actor(row) => self.of_row(found, *row),
                    // An ordinary word that is a party's name too.
                    Referent::DoubtfulActor(row) if self.is_certain(found, *row) => self.of_row(found, *row),
                    Referent::Capital(row) if self.acts(found, true) => Some(self.matched(found, *row, Basis::Lexicon)),
                    Referent::ShortActor(_) if found.end > found.start + 1 => Some(self.of_shorts(&found)),
                    _ => None,
                };
                if actor.is_some() {
                    return actor;
                }
            }
        }
        None
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
        let also_place = actor.place_alias || found.referents.iter().any(|r| matches!(r, Referent::Place(_)));
        if also_place && actor.kind == "state" && !self.acts(found, false) {
            return None;
        }
        // An embassy is a building, unless it speaks.
        if actor.kind == "state" && houses(doc, found.start, true) && !self.is_speaker(found.start) {
            return None;
        }
        let mut actor = self.matched(found, row, Basis::Lexicon);
        self.extend(&mut actor);
        Some(actor)
    }

    /// Right behind a finite verb of saying.
    fn is_speaker(&self, i: usize) -> bool {
        let doc = self.doc;
        doc.previous_word(i)
            .is_some_and(|p| doc.reading(p, |r, row| row.cue.is_some() && r.features.category.is_finite()).is_some())
    }

    /// A building that is named after whom it houses stands before it.
    fn is_housed(&self, i: usize) -> bool {
        self.doc.previous_word(i).is_some_and(|p| houses(self.doc, p, false))
    }

    /// What says that the word is the party's name: quotation marks, its people before it, a full name before.
    fn is_certain(&self, found: &NameMatch<'_>, row: u32) -> bool {
        let doc = self.doc;
        let people = doc.previous_word(found.start).is_some_and(|p| {
            let people = |r: &Reading, row: &Row| {
                !r.clitics.article
                    && r.pronoun.is_none()
                    && (matches!(doc.list(r), List::Collective | List::Title)
                        || row.victim.is_some() && row.frame.is_none())
            };
            doc.reading(p, people).is_some()
        });
        let spoken = self.is_speaker(found.start) && found.clitics.preposition.is_none();
        self.is_quoted(found) || people || spoken || self.out.iter().any(|a| a.row == Some(row))
    }

    /// A short form of several words that many parties share: one named before, or one of the nationality behind it.
    fn of_shorts(&self, found: &NameMatch<'_>) -> Actor {
        let doc = self.doc;
        let rows = short_rows(found);
        let actors = &doc.lexicon.actors;
        let country = doc.is_demonym(found.end).and_then(|d| d.country.clone());
        let named = self.out.iter().rev().find_map(|a| a.row.filter(|r| rows.contains(r)));
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
        found.start > 0
            && self.doc.tokens[found.start - 1].kind.is_quote()
            && self.doc.kind(found.end).is_some_and(Kind::is_quote)
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
        let adjective = doc.is_demonym(next).is_some() && doc.is_definite(next);
        let clitics = doc.clitics(next);
        if adjective && clitics.conjunction.is_none() && clitics.preposition.is_none() {
            actor.at.tokens.end = next + 1;
            actor.at.span = actor.at.span.cover(doc.tokens[next].span);
        }
    }

    fn head_row(&self, i: usize) -> Option<(u32, &Row)> {
        let doc = self.doc;
        doc.readings(i)
            .iter()
            .filter(|r| doc.list(r) == List::Head && r.pronoun.is_none())
            .find(|r| doc.row(r).makes.as_deref().is_some_and(|m| !matches!(m, "place" | "locator" | "party")))
            .map(|r| (r.row, doc.row(r)))
    }

    /// Of several rows of one word the one that takes what follows.
    fn head_for<'r>(&'r self, i: usize, id: u32, head: &'r Row) -> (u32, &'r Row) {
        let doc = self.doc;
        if head.takes.iter().any(|t| t == "any") {
            return (id, head);
        }
        let national = (i + 1..(i + 5).min(doc.len()))
            .take_while(|t| doc.is_word(*t) && doc.could_be_nominal(*t) && !doc.tokens[*t].new_line)
            .take_while(|t| doc.clitics(*t).preposition.is_none() && (*t == i + 1 || doc.clitics(*t).article))
            .any(|t| {
                doc.is_demonym(t).is_some_and(|d| d.country.is_some())
                    || t == i + 1
                        && doc.names_at(t).iter().any(|m| {
                            m.referents.iter().any(
                            |r| matches!(r, Referent::Place(p) if doc.lexicon.places[*p as usize].kind == "country"),
                        )
                        })
            });
        let bare = doc.is_definite(i) && !doc.kind(i + 1).is_some_and(Kind::is_quote);
        let wanted = if national || bare { "nationality" } else { "name" };
        let fits = |r: &Reading, row: &Row| {
            doc.list(r) == List::Head
                && r.pronoun.is_none()
                && row.makes.as_deref().is_some_and(|m| !matches!(m, "place" | "locator" | "party"))
                && row.lemma == head.lemma
                && row.takes.iter().any(|t| t == wanted)
        };
        doc.reading(i, fits).map_or((id, head), |(r, row)| (r.row, row))
    }

    /// A head word that makes a party of what follows: an army, a brigade, a ministry.
    fn headed(&self, i: usize) -> Option<Actor> {
        let doc = self.doc;
        let (last, (id, head)) = match self.head_phrase(i) {
            Some((last, id)) => (last, (id, doc.lexicon.row(id))),
            None => {
                let (id, head) = self.head_row(i)?;
                (i, self.head_for(i, id, head))
            }
        };
        // Written like a head of places too: a party only if its name stands in quotation marks.
        let place =
            doc.reading(i, |r, row| doc.list(r) == List::Head && row.makes.as_deref() == Some("place")).is_some();
        if place && !doc.kind(i + 1).is_some_and(Kind::is_quote) {
            return None;
        }
        let (end, country, kind) = if doc.is_definite(last) {
            self.definite_edge(last, head)?
        } else if last > i {
            self.construct_edge(last, head).unwrap_or((last + 1, None, None))
        } else {
            self.construct_edge(last, head)?
        };
        // A bare short form is taken up later, with all that it may stand for.
        let short =
            |m: &NameMatch<'_>| m.end == end && m.referents.iter().any(|r| matches!(r, Referent::ShortActor(_)));
        if end == i + 1 && doc.names_at(i).iter().any(short) {
            return None;
        }
        let kind = kind.unwrap_or_else(|| head.makes.clone().unwrap_or_default());
        Some(Actor {
            at: Extent { tokens: i..end, span: doc.span_from(i..end, self.skip_of(i, id)) },
            kind,
            row: None,
            name: None,
            country,
            basis: Basis::Pattern,
            refers_to: None,
            head: Some(id),
        })
    }

    /// Behind conjunction and preposition; behind the article's lam where it is written as one with a preposition.
    fn skip_of(&self, i: usize, row: u32) -> u8 {
        self.doc.reading(i, |r, _| r.row == row).map_or(self.doc.skip(i), |(r, _)| r.start)
    }

    /// A head of several words that begins here: its last token and its row.
    fn head_phrase(&self, i: usize) -> Option<(usize, u32)> {
        let lexicon = self.doc.lexicon;
        self.doc.names_at(i).iter().find_map(|m| {
            let row = m.referents.iter().find_map(|r| match r {
                Referent::Phrase(id) if lexicon.list(*id) == List::Head => Some(*id),
                _ => None,
            })?;
            let party = lexicon.row(row).makes.as_deref() != Some("place");
            (party && m.end > i + 1).then_some((m.end - 1, row))
        })
    }

    /// The head with its article: adjectives follow, or nothing.
    fn definite_edge(&self, i: usize, head: &Row) -> Option<(usize, Option<String>, Option<String>)> {
        let doc = self.doc;
        let mut end = i + 1;
        let mut country = None;
        while end < doc.len() && !doc.tokens[end].new_line && end - i < 5 {
            let clitics = doc.clitics(end);
            let adjective = doc.is_word(end) && doc.is_definite(end) && clitics.preposition.is_none();
            let joined = clitics.conjunction.is_some();
            if !adjective || !doc.could_be_nominal(end) || joined && doc.is_demonym(end).is_none() {
                break;
            }
            if let Some(demonym) = doc.is_demonym(end) {
                country = country.or_else(|| demonym.country.clone());
            } else if joined || !self.is_adjective(end) || self.has_complement(end) || self.takes_up(i) {
                break;
            }
            end += 1;
        }
        if end == i + 1 && head.strip {
            return None;
        }
        Some((end, country, None))
    }

    /// The short form of a party that the report has named: what follows describes it and is no name.
    fn takes_up(&self, i: usize) -> bool {
        let doc = self.doc;
        doc.names_at(i).iter().filter(|m| m.end == i + 1).any(|m| {
            m.referents
                .iter()
                .any(|r| matches!(r, Referent::ShortActor(a) if self.out.iter().any(|o| o.row == Some(*a) && o.kind == "armed_group")))
        })
    }

    /// A participle with its preposition: "consisting of", "backed by". It tells about the party.
    fn has_complement(&self, i: usize) -> bool {
        let doc = self.doc;
        let next = i + 1;
        let known = doc.reading(i, |r, _| doc.list(r) == List::Adjective).is_some();
        let verbal = doc.reading(i, |r, _| r.features.category.is_participle()).is_some();
        let place = doc.is_word(next) && doc.governs_place(next);
        doc.is_word(next)
            && !known
            && (doc.is_preposition(next) && (verbal || !place)
                || doc.clitics(next).preposition.is_some() && doc.clitics(next).conjunction.is_none())
    }

    /// Adjectives known to the lexicon, and unknown words with the ending of one.
    fn is_adjective(&self, i: usize) -> bool {
        let doc = self.doc;
        if doc.reading(i, |r, _| doc.list(r) == List::Collective).is_some_and(|(r, _)| r.features.is_plural()) {
            return false;
        }
        doc.readings(i).is_empty() && doc.names_at(i).is_empty() && doc.lexicon.looks_related(doc.str(i))
            || doc.reading(i, |r, _| doc.list(r) == List::Adjective || r.features.category.is_participle()).is_some()
    }

    /// The head without article: what it is head of follows, up to its right edge.
    fn construct_edge(&self, i: usize, head: &Row) -> Option<(usize, Option<String>, Option<String>)> {
        let doc = self.doc;
        let next = i + 1;
        let token = doc.tokens.get(next).filter(|t| !t.new_line)?;
        let mut kind = None;
        if token.kind.is_quote() {
            let quotation = doc.quotations.iter().find(|q| q.open == next && q.closed && q.close - q.open <= 5)?;
            return Some((quotation.close + 1, None, None));
        }
        if token.kind == Kind::Symbol && doc.str(next) != "_" || token.kind != Kind::Word && token.kind != Kind::Symbol
        {
            return None;
        }
        let mut end = next;
        let mut country = None;
        let mut closed = false;
        while end < doc.len() && !doc.tokens[end].new_line && end - i < 6 {
            if doc.kind(end) == Some(Kind::Symbol) && doc.str(end) == "_" {
                end += 1;
                continue;
            }
            if !doc.is_word(end) || !doc.could_be_nominal(end) {
                break;
            }
            let clitics = doc.clitics(end);
            if clitics.preposition.is_some()
                || clitics.conjunction.is_some() && !(closed && doc.is_demonym(end).is_some())
            {
                break;
            }
            let demonym = doc.is_demonym(end);
            let adjective =
                doc.is_definite(end) && (demonym.is_some() || self.is_adjective(end) && !self.has_complement(end));
            if closed && !adjective {
                break;
            }
            let person = doc.words[end].as_ref().is_some_and(|a| a.is_whole_name_part && a.readings.is_empty());
            if !closed && end > next && !doc.is_definite(end) && demonym.is_none() && !self.may_follow(end) {
                break;
            }
            if let Some(by) = head.by.iter().find(|(word, _)| self.is_lemma(end, word)) {
                kind = Some(by.1.clone());
            }
            if let Some(d) = demonym {
                country = country.or_else(|| d.country.clone());
            }
            if doc
                .names_at(end)
                .iter()
                .any(|m| m.referents.iter().any(|r| matches!(r, Referent::Place(_) | Referent::Actor(_))))
            {
                end = doc.names_at(end)[0].end - 1;
                closed = true;
            }
            closed |= doc.is_definite(end) || demonym.is_some() || person;
            end += 1;
        }
        if end == next
            || !self.names_something(next..end, head)
            || head.not_before.iter().any(|w| doc.is_lemma(next, w))
        {
            return None;
        }
        if !self.takes(next..end, head) {
            return None;
        }
        Some((end, country, kind))
    }

    /// Whether what follows is of the sort that the head asks for.
    fn takes(&self, behind: std::ops::Range<usize>, head: &Row) -> bool {
        let doc = self.doc;
        let first = behind.start;
        let state = |r: &Referent| match r {
            Referent::Place(p) => doc.lexicon.places[*p as usize].kind == "country",
            Referent::Actor(a) => doc.lexicon.actors[*a as usize].kind == "state",
            _ => false,
        };
        let national =
            behind.clone().any(|t| doc.is_demonym(t).is_some_and(|d| d.country.is_some() || d.group.is_some()))
                || doc.names_at(first).iter().any(|m| m.referents.iter().any(state));
        // "centres of the army", "sites of the group": the party is named behind the head.
        let of_party = head.makes.as_deref() != Some("armed_group")
            && doc.names_at(first).iter().any(|m| {
                m.end == behind.end
                    && m.referents.iter().any(|r| matches!(r, Referent::Actor(_) | Referent::ShortActor(_)))
            });
        let deed = doc.has_category(first, Category::Masdar)
            || doc.reading(first, |_, row| row.frame.is_some() || row.harm.is_some()).is_some();
        let adjective = !doc.is_definite(first)
            && (self.is_adjective(first) || doc.lexicon.looks_feminine_adjective(doc.str(first)))
            && doc.is_demonym(first).is_none();
        let only_place = doc.names_at(first).iter().any(|m| m.end == behind.end)
            && doc
                .names_at(first)
                .iter()
                .filter(|m| m.end == behind.end)
                .all(|m| m.referents.iter().all(|r| matches!(r, Referent::Place(_))))
            && !doc.words[first].as_ref().is_some_and(|a| a.is_name_part);
        head.takes.iter().any(|t| match t.as_str() {
            "any" => !adjective,
            "nationality" => national,
            "name" => !deed && !adjective && !only_place && !of_party,
            _ => false,
        }) || head.takes.is_empty()
    }

    /// An indefinite word may go on with the name while nothing definite closed it.
    fn may_follow(&self, i: usize) -> bool {
        self.doc.readings(i).iter().all(|r| !matches!(self.doc.list(r), List::Word | List::Cue))
            && !self.doc.is_finite(i)
    }

    /// What stands behind an indefinite head must name: something definite, a nationality, a place or an unknown word.
    fn names_something(&self, tokens: std::ops::Range<usize>, head: &Row) -> bool {
        let doc = self.doc;
        tokens.clone().any(|t| {
            doc.is_definite(t)
                || doc.is_demonym(t).is_some()
                || !doc.names_at(t).is_empty()
                || head.by.keys().any(|w| self.is_lemma(t, w))
        }) || (!head.strip && doc.readings(tokens.start).is_empty())
    }

    fn is_lemma(&self, i: usize, lemma: &str) -> bool {
        let doc = self.doc;
        doc.analysis(i).is_some_and(|a| doc.lexicon.any_stem(doc.str(i), a, |stem, _| stem == lemma))
    }

    /// A party's name follows, alone or behind "of".
    fn is_of_party(&self, i: usize) -> bool {
        let doc = self.doc;
        let of = doc.is_word(i) && doc.particle(i, "prep").is_some_and(|r| r.has_role("partitive"));
        let start = if of { doc.next_word(i) } else { i };
        let start = if doc.kind(start).is_some_and(Kind::is_quote) { start + 1 } else { start };
        if !doc.is_word(start) || doc.tokens[start].new_line {
            return false;
        }
        // "Kurdish rebels" are no party called the Kurds.
        if !of && doc.is_definite(start) && doc.is_demonym(start).is_some_and(|d| d.kind.as_deref() != Some("actor")) {
            return false;
        }
        let named = doc.names_at(start).iter().any(|m| {
            m.clitics.preposition.is_none()
                && m.clitics.conjunction.is_none()
                && m.referents.iter().any(|r| matches!(r, Referent::Actor(_) | Referent::ShortActor(_)))
        });
        let clitics = doc.clitics(start);
        named
            || clitics.conjunction.is_none()
                && clitics.preposition.is_none()
                && (of || !doc.is_definite(start))
                && self.headed(start).is_some()
    }

    /// A party described and not named: gunmen, rebels, the opposition.
    fn described(&self, i: usize) -> Option<Actor> {
        let doc = self.doc;
        let collective = |r: &Reading| doc.list(r) == List::Collective;
        let (reading, row) = doc
            .reading(i, |r, _| collective(r) && !r.features.is_dual())
            .or_else(|| doc.reading(i, |r, _| collective(r)))?;
        // "fighters of the group": the group is the party.
        if self.is_of_party(i + 1) {
            return None;
        }
        // Counted people are victims or crowds, and "the gunman" is one man.
        let previous = doc.previous_word(i);
        let counted = previous
            .is_some_and(|p| doc.kind(p) == Some(Kind::Number) || self.counted.get(p).copied().unwrap_or(false));
        if counted || reading.pronoun.is_some() || reading.features.is_dual() {
            return None;
        }
        let group = row.collective || row.sort.as_deref() == Some("group");
        if reading.features.agreement.number == Some(crate::segment::Number::Singular) && !group {
            return None;
        }
        // "wanted people": an adjective of the people before it.
        let people_before = previous.is_some_and(|p| {
            let people = |r: &Reading, row: &Row| {
                row.victim.is_some()
                    && !r.features.category.is_finite()
                    && r.clitics.article == reading.clitics.article
                    && r.pronoun.is_none()
            };
            !doc.tokens[i].new_line
                && reading.clitics.count() == u8::from(reading.clitics.article)
                && doc.reading(p, people).is_some()
        });
        if people_before || row.class_of_group && !reading.clitics.article {
            return None;
        }
        let definite = reading.clitics.article;
        let mut end = i + 1;
        let mut country = None;
        while end < doc.len() && !doc.tokens[end].new_line && end - i < 4 {
            let clitics = doc.clitics(end);
            let fits = doc.is_definite(end) == definite && clitics.preposition.is_none();
            let demonym = doc.is_demonym(end);
            let joined = clitics.conjunction.is_some();
            if !fits || !(demonym.is_some() || !joined && definite && self.is_adjective(end)) {
                break;
            }
            country = country.or_else(|| demonym.and_then(|d| d.country.clone()));
            end += 1;
        }
        // "captors of the hostages": the construct form takes its genitive in.
        let next = i + 1;
        if end == next
            && reading.features.construct
            && doc.is_word(next)
            && !doc.tokens[next].new_line
            && doc.continues_phrase(next)
        {
            end = next + 1;
        }
        if row.strip && end == i + 1 {
            return None;
        }
        let start = reading.start;
        Some(Actor {
            at: Extent { tokens: i..end, span: doc.span_from(i..end, start) },
            kind: "collective".to_owned(),
            row: None,
            name: row.name.clone(),
            country,
            basis: Basis::Pattern,
            refers_to: None,
            head: Some(reading.row),
        })
    }
}

/// Short forms and bare heads stand for the last earlier party that could bear them.
fn resolve(doc: &Document<'_>, out: &mut Vec<Actor>) {
    let short = short_forms(doc, out);
    out.extend(short);
    out.sort_by_key(|a| a.at.span.start);
    acronyms(doc, out);
    for i in 0..out.len() {
        let antecedent = antecedent(doc, &out[..i], &out[i]);
        if let Some(j) = antecedent {
            let (before, rest) = out.split_at_mut(i);
            let (earlier, this) = (&before[j], &mut rest[0]);
            this.refers_to = Some(j);
            this.basis = Basis::Anaphor;
            this.row = earlier.row;
            this.name = earlier.name.clone().or(this.name.take());
            this.country = earlier.country.clone();
            if this.kind != "collective" {
                this.kind = earlier.kind.clone();
            }
        }
    }
    drop_bare(doc, out);
}

/// Takes back bare heads that name nobody alone and stand for nobody named before.
fn drop_bare(doc: &Document<'_>, out: &mut Vec<Actor>) {
    let mut moved = Vec::with_capacity(out.len());
    let mut kept = 0;
    for actor in out.iter() {
        let bare = actor.basis == Basis::Pattern
            && actor.at.tokens.len() == 1
            && actor.refers_to.is_none()
            && actor.head.is_some_and(|h| doc.lexicon.row(h).alone == Some(false));
        moved.push((!bare).then_some(kept));
        kept += usize::from(!bare);
    }
    let mut n = 0;
    out.retain(|_| {
        n += 1;
        moved[n - 1].is_some()
    });
    for actor in out {
        actor.refers_to = actor.refers_to.and_then(|j| moved[j]);
    }
}

/// Short names in brackets right behind a party: a mention each, and each later one of the same letters.
fn acronyms(doc: &Document<'_>, out: &mut Vec<Actor>) {
    let mut taken = vec![false; doc.len()];
    out.iter().for_each(|a| taken[a.at.tokens.clone()].fill(true));
    let mut more: Vec<Actor> = Vec::new();
    let mut known: Vec<(Vec<&str>, Actor)> = Vec::new();
    for bracket in &doc.brackets {
        let inside = bracket.open + 1..bracket.close;
        let fits = !inside.is_empty()
            && inside.len() <= 7
            && !taken[inside.clone()].iter().any(|t| *t)
            && inside.clone().all(|t| {
                doc.is_word(t) && doc.readings(t).is_empty() && !doc.is_definite(t) || doc.kind(t) == Some(Kind::End)
            })
            && (inside.len() == 1
                || inside.clone().filter(|t| doc.is_word(*t)).all(|t| doc.str(t).chars().count() <= 4));
        let Some(owner) = out.iter().rfind(|a| a.at.tokens.end == bracket.open && a.kind != "person").filter(|_| fits)
        else {
            continue;
        };
        let actor = |tokens: std::ops::Range<usize>| Actor {
            at: Extent { span: doc.span(tokens.clone()), tokens },
            refers_to: None,
            basis: Basis::Pattern,
            head: None,
            ..owner.clone()
        };
        known.push((inside.clone().map(|t| doc.str(t)).collect(), actor(inside)));
    }
    for (letters, actor) in &known {
        let mut i = actor.at.tokens.start;
        while i + letters.len() <= doc.len() {
            let range = i..i + letters.len();
            if range.clone().all(|t| !taken[t]) && letters.iter().zip(range.clone()).all(|(l, t)| doc.str(t) == *l) {
                taken[range.clone()].fill(true);
                more.push(Actor { at: Extent { span: doc.span(range.clone()), tokens: range }, ..actor.clone() });
                i += letters.len();
            } else {
                i += 1;
            }
        }
    }
    out.extend(more);
    out.sort_by_key(|a| a.at.span.start);
}

/// Definite short forms in the text, each with the rows that it may mean.
fn short_forms(doc: &Document<'_>, out: &[Actor]) -> Vec<Actor> {
    let mut taken = vec![false; doc.len()];
    for actor in out {
        taken[actor.at.tokens.clone()].fill(true);
    }
    let mut found = Vec::new();
    for i in 0..doc.len() {
        if taken[i] || !doc.is_word(i) || houses(doc, i, true) {
            continue;
        }
        for m in doc.names_at(i) {
            let rows: Vec<u32> = m
                .referents
                .iter()
                .filter_map(|r| if let Referent::ShortActor(a) = r { Some(*a) } else { None })
                .collect();
            let Some(first) = rows.first() else { continue };
            let earlier =
                out.iter().rev().find(|a| a.at.span.start < m.span.start && a.row.is_some_and(|r| rows.contains(&r)));
            let row = earlier.and_then(|a| a.row).unwrap_or(*first);
            let actor = &doc.lexicon.actors[row as usize];
            // "the minister of defence": the office, and no party of its own.
            let office = m.end == m.start + 1
                && doc.reading(i, |r, _| doc.list(r) == List::Head).is_none()
                && matches!(actor.kind.as_str(), "state" | "military")
                && doc
                    .previous_word(i)
                    .is_some_and(|p| doc.reading(p, |r, _| doc.list(r) == List::Title && !r.clitics.article).is_some());
            if office {
                continue;
            }
            let sure = earlier.is_some() || rows.len() == 1;
            let one_kind = rows.iter().all(|r| doc.lexicon.actors[*r as usize].kind == actor.kind);
            if !sure && !one_kind {
                continue;
            }
            found.push(Actor {
                at: Extent { tokens: m.start..m.end, span: m.span },
                kind: actor.kind.clone(),
                row: sure.then_some(row),
                name: sure.then(|| actor.name.clone()),
                country: if sure { actor.country.clone() } else { None },
                basis: Basis::Anaphor,
                refers_to: None,
                head: None,
            });
            taken[m.start..m.end].fill(true);
            break;
        }
    }
    found
}

/// The earlier mention that a bare definite head, a short form or a description takes up.
fn antecedent(doc: &Document<'_>, earlier: &[Actor], this: &Actor) -> Option<usize> {
    let single = this.at.tokens.len() == 1;
    match (this.basis, this.head) {
        (Basis::Anaphor, _) => earlier.iter().rposition(|a| a.row.is_some() && a.row == this.row),
        (Basis::Pattern, Some(head)) if single && doc.is_definite(this.at.tokens.start) => {
            let same_head = |a: &Actor| {
                a.at.tokens.len() > 1
                    && doc.readings(a.at.tokens.start).iter().any(|r| r.row == head)
                    && a.kind != "collective"
            };
            earlier.iter().rposition(same_head)
        }
        _ => None,
    }
}
