//! Parties: known by name, by a head word, by a nationality, as persons, or by description.

use super::{Extent, Quantity, person};
use crate::grammar::{Document, NameMatch};
use crate::lexicon::{List, Reading, Referent, Row};
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

/// What a preposition before a country says of it: it acts, and is no place.
const PARTY_ROLES: [&str; 9] =
    ["patient", "company", "between", "supporter", "leader", "sponsor", "agent", "beneficiary", "on_behalf"];

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
    let mut finder = Finder { doc, counted, out: Vec::new() };
    let mut i = 0;
    while i < doc.len() {
        i = finder.step(i);
    }
    let mut out = finder.out;
    person::add(doc, &mut out);
    resolve(doc, &mut out);
    out
}

struct Finder<'d, 'a> {
    doc: &'d Document<'a>,
    /// Tokens of numbers.
    counted: Vec<bool>,
    out: Vec<Actor>,
}

impl Finder<'_, '_> {
    /// Looks for a party at the token; the token to look at next.
    fn step(&mut self, i: usize) -> usize {
        if !self.doc.is_word(i) {
            return i + 1;
        }
        let named = self.named(i);
        let headed = self.headed(i);
        let described = self.described(i);
        let Some(actor) = [named, headed, described]
            .into_iter()
            .flatten()
            .reduce(|a, b| if b.at.tokens.end > a.at.tokens.end { b } else { a })
        else {
            return i + 1;
        };
        let end = actor.at.tokens.end;
        self.out.push(actor);
        end
    }

    /// A name of the actor lexicon; a country or a capital only where it acts.
    fn named(&self, i: usize) -> Option<Actor> {
        let doc = self.doc;
        for found in doc.names_at(i) {
            for referent in found.referents {
                let actor = match referent {
                    Referent::Actor(row) => self.of_row(found, *row),
                    // An ordinary word that is a party's name too: only in quotation marks.
                    Referent::DoubtfulActor(row) if self.is_quoted(found) => self.of_row(found, *row),
                    Referent::Capital(row) if self.acts(found) => Some(self.matched(found, *row, Basis::Lexicon)),
                    Referent::ShortActor(row) if found.end > found.start + 1 => {
                        Some(self.matched(found, *row, Basis::Lexicon))
                    }
                    _ => None,
                };
                if actor.is_some() {
                    return actor;
                }
            }
        }
        None
    }

    fn of_row(&self, found: &NameMatch<'_>, row: u32) -> Option<Actor> {
        let doc = self.doc;
        let actor = &doc.lexicon.actors[row as usize];
        let also_place = actor.place_alias || found.referents.iter().any(|r| matches!(r, Referent::Place(_)));
        if also_place && actor.kind == "state" && !self.acts(found) {
            return None;
        }
        let mut actor = self.matched(found, row, Basis::Lexicon);
        self.extend(&mut actor);
        Some(actor)
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
        if matches!(actor.kind.as_str(), "state" | "person") || doc.tokens.get(next).is_none_or(|t| t.new_line) {
            return;
        }
        let adjective = doc.is_demonym(next).is_some() && doc.is_definite(next);
        let clitics = doc.clitics(next);
        if adjective && clitics.conjunction.is_none() && clitics.preposition.is_none() {
            actor.at.tokens.end = next + 1;
            actor.at.span = actor.at.span.cover(doc.tokens[next].span);
        }
    }

    /// Whether a country's name stands for its government: it acts, or is acted with.
    fn acts(&self, found: &NameMatch<'_>) -> bool {
        let doc = self.doc;
        let lexicon = doc.lexicon;
        if let Some(p) = found.clitics.preposition {
            // "by Turkey", "to Turkey" of a support; "in" is a place.
            if lexicon.is_place_clitic(p) {
                return false;
            }
        }
        if let Some(conjunction) = found.clitics.conjunction.filter(|_| found.clitics.preposition.is_none()) {
            let _ = conjunction;
            if let Some(last) = self.out.last() {
                let adjacent = last.at.tokens.end == found.start
                    || last.at.tokens.end + 1 == found.start && doc.kind(found.start - 1) == Some(Kind::Comma);
                if adjacent && last.kind == "state" {
                    return true;
                }
                if adjacent && last.kind != "state" && last.kind != "person" {
                    return true;
                }
            }
        }
        let next = found.end;
        let verb_after = doc.finite(next).is_some() && doc.is_finite(next) && doc.clitics(next).conjunction.is_none();
        let Some(previous) = doc.previous_word(found.start).filter(|p| *p >= doc.sentence_range(found.start).start)
        else {
            return verb_after;
        };
        if doc.is_preposition(previous) {
            return doc.governed_by(found.start).is_some_and(|row| PARTY_ROLES.iter().any(|r| row.has_role(r)));
        }
        if found.clitics.preposition.is_some() {
            return doc
                .reading(previous, |_, row| row.cue.is_some() || row.frame.as_deref() == Some("support"))
                .is_some();
        }
        if let Some((reading, _)) = doc.finite(previous).filter(|_| doc.is_finite(previous)) {
            // Verb before subject: they must agree, and it must not be a verb of motion with its goal.
            return reading.pronoun.is_some() || reading.features.agreement.gender.is_some();
        }
        if doc.is_particle(previous, "comp") {
            return true;
        }
        let starts = !doc.is_nominal(previous) && !doc.is_function_word(previous);
        starts && verb_after
    }

    fn head_row(&self, i: usize) -> Option<(u32, &Row)> {
        let doc = self.doc;
        doc.readings(i)
            .iter()
            .filter(|r| doc.list(r) == List::Head && r.pronoun.is_none())
            .find(|r| doc.row(r).makes.as_deref().is_some_and(|m| m != "place"))
            .map(|r| (r.row, doc.row(r)))
    }

    /// A head word that makes a party of what follows: an army, a brigade, a ministry.
    fn headed(&self, i: usize) -> Option<Actor> {
        let doc = self.doc;
        let (id, head) = self.head_row(i)?;
        // Written like a head of places too: a party only if its name stands in quotation marks.
        let place =
            doc.reading(i, |r, row| doc.list(r) == List::Head && row.makes.as_deref() == Some("place")).is_some();
        if place && !doc.kind(i + 1).is_some_and(Kind::is_quote) {
            return None;
        }
        let definite = doc.is_definite(i);
        let (end, country, kind) = if definite { self.definite_edge(i, head)? } else { self.construct_edge(i, head)? };
        let kind = kind.unwrap_or_else(|| head.makes.clone().unwrap_or_default());
        Some(Actor {
            at: Extent { tokens: i..end, span: doc.span_from(i..end, self.skip_article(i)) },
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
    fn skip_article(&self, i: usize) -> u8 {
        self.doc.skip(i)
    }

    /// The head with its article: adjectives follow, or nothing.
    fn definite_edge(&self, i: usize, head: &Row) -> Option<(usize, Option<String>, Option<String>)> {
        let doc = self.doc;
        let mut end = i + 1;
        let mut country = None;
        while end < doc.len() && !doc.tokens[end].new_line && end - i < 5 {
            let clitics = doc.clitics(end);
            let adjective = doc.is_word(end) && clitics.article && clitics.preposition.is_none();
            let joined = clitics.conjunction.is_some();
            if !adjective || !doc.could_be_nominal(end) || joined && doc.is_demonym(end).is_none() {
                break;
            }
            if let Some(demonym) = doc.is_demonym(end) {
                country = country.or_else(|| demonym.country.clone());
            } else if joined || !self.is_adjective(end) {
                break;
            }
            end += 1;
        }
        if end == i + 1 && head.strip {
            return None;
        }
        Some((end, country, None))
    }

    /// Adjectives known to the lexicon, and unknown words in the place of one.
    fn is_adjective(&self, i: usize) -> bool {
        let doc = self.doc;
        doc.readings(i).is_empty() && doc.names_at(i).is_empty()
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
            if closed && !(clitics.article && (demonym.is_some() || self.is_adjective(end))) {
                break;
            }
            if !closed && end > next && !clitics.article && demonym.is_none() && !self.may_follow(end) {
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
            closed |= clitics.article || demonym.is_some();
            end += 1;
        }
        if end == next || !self.names_something(next..end, head) {
            return None;
        }
        Some((end, country, kind))
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
        if reading.features.agreement.number == Some(crate::segment::Number::Singular) && !row.collective {
            return None;
        }
        let definite = reading.clitics.article;
        let mut end = i + 1;
        let mut country = None;
        while end < doc.len() && !doc.tokens[end].new_line && end - i < 4 {
            let clitics = doc.clitics(end);
            let fits = clitics.article == definite && clitics.preposition.is_none();
            let demonym = doc.is_demonym(end);
            let joined = clitics.conjunction.is_some();
            if !fits || !(demonym.is_some() || !joined && definite && self.is_adjective(end)) {
                break;
            }
            country = country.or_else(|| demonym.and_then(|d| d.country.clone()));
            end += 1;
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
}

/// Definite short forms in the text, each with the rows that it may mean.
fn short_forms(doc: &Document<'_>, out: &[Actor]) -> Vec<Actor> {
    let mut taken = vec![false; doc.len()];
    for actor in out {
        taken[actor.at.tokens.clone()].fill(true);
    }
    let mut found = Vec::new();
    for i in 0..doc.len() {
        if taken[i] || !doc.is_word(i) {
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
