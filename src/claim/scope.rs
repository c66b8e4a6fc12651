//! What surrounds a trigger: mentions by token, the source whose words it stands in, its place and its time.

use std::cell::RefCell;
use std::num::NonZeroU32;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::clause::Clauses;
use super::elsewhere::{is_fired_from, is_home, is_passed, is_topic, is_whence};
use super::nominal::stands_as_noun;
use super::place::{place_meant, there_meant};
use super::roles::Roles;
use super::trigger::{Trigger, find_trigger};
use super::{Attribution, Filler};
use crate::grammar::{Document, Sparse};
use crate::lexicon::{Facts, List, Reading, Row};
use crate::mention::{Extent, Mentions};
use crate::segment::Kind;

/// How many words may link two places of a chain.
const LINKED: usize = 6;

/// A report with its mentions by token, and the sources once they are known.
pub struct Scene<'d, 'a> {
    pub doc: &'d Document<'a>,
    pub mentions: &'d Mentions,
    pub attributions: Vec<Attribution>,
    actor: Vec<Mention>,
    place: Vec<Mention>,
    time: Vec<Mention>,
    quantity: Vec<Mention>,
    trigger: Sparse<Trigger<'a>>,
    pub clauses: Clauses,
    /// The place that a definite noun stands for: "the town".
    meant: Sparse<usize>,
    /// The innermost source in whose words a token stands.
    source: Vec<Mention>,
    /// What a token is to the attributions: in a source, in a cue, between a cue and its content.
    pub(super) part: Vec<Part>,
    /// The parties of each country by their kind.
    national: National<'d>,
    /// The clause around each token.
    clause: Vec<(u32, u32)>,
    /// The roles found of triggers that are asked for them again, by their token.
    pub(super) roles: RefCell<FxHashMap<usize, Roles>>,
    /// The triggers whose roles are being found: one asks for those of another.
    pub(super) under_way: RefCell<Vec<usize>>,
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Part {
    source: bool,
    cue: bool,
    pub(super) announced: bool,
}

/// The number of what holds a token.
#[derive(Debug, Clone, Copy, Default)]
struct Mention(Option<NonZeroU32>);

impl Mention {
    fn of(n: usize) -> Self {
        Mention(NonZeroU32::new(n as u32 + 1))
    }

    #[inline]
    fn number(self) -> Option<usize> {
        self.0.map(|n| n.get() as usize - 1)
    }

    #[inline]
    fn is_some(self) -> bool {
        self.0.is_some()
    }
}

fn by_token<'e>(len: usize, extents: impl Iterator<Item = &'e Range<usize>>) -> Vec<Mention> {
    let mut out = vec![Mention::default(); len];
    for (n, tokens) in extents.enumerate() {
        for slot in out[tokens.clone()].iter_mut().filter(|slot| !slot.is_some()) {
            *slot = Mention::of(n);
        }
    }
    out
}

type National<'d> = FxHashMap<&'d str, FxHashMap<&'d str, Vec<usize>>>;

fn national(mentions: &Mentions) -> National<'_> {
    let mut out = National::default();
    for (n, actor) in mentions.actors.iter().enumerate() {
        if let Some(country) = actor.country.as_deref() {
            out.entry(country).or_default().entry(actor.kind.as_str()).or_default().push(n);
        }
    }
    out
}

/// "at an earlier time", which begins like "at a time when": a time, and no conjunction.
fn is_timed(doc: &Document<'_>, time: &[Mention], token: usize) -> bool {
    let whole = doc.phrase_at(token).map_or(token + 1, |(_, end)| end);
    whole > token + 1 && time[token..whole].iter().any(|t| t.is_some())
}

/// The clause around each token: what breaks one is in the clause before it and the one behind it.
fn clauses(doc: &Document<'_>, time: &[Mention], place: &[Mention]) -> Vec<(u32, u32)> {
    let joins = |row: &Row| matches!(row.joins.as_deref(), Some("clause" | "result"));
    // "Umm Durman", whose first word is written like "or".
    let breaks = |t: usize| {
        // "on Friday – Saturday night": the dash of a time parts nothing.
        matches!(doc.kind(t), Some(Kind::Clause | Kind::Colon | Kind::End)) && !time[t].is_some()
            || !place[t].is_some() && doc.particle(t, "conj").is_some_and(joins) && !is_timed(doc, time, t)
    };
    let mut out = vec![(0, 0); doc.len()];
    for sentence in &doc.sentences {
        let (mut start, mut open) = (sentence.start, sentence.start);
        for t in sentence.clone() {
            out[t].0 = start as u32;
            if breaks(t) {
                out[open..t].iter_mut().for_each(|clause| clause.1 = t as u32);
                (start, open) = (t + 1, t);
            }
        }
        out[open..sentence.end].iter_mut().for_each(|clause| clause.1 = sentence.end as u32);
    }
    out
}

impl<'d, 'a> Scene<'d, 'a> {
    pub fn new(doc: &'d Document<'a>, mentions: &'d Mentions) -> Self {
        let len = doc.len();
        let mut actor = by_token(len, mentions.actors.iter().map(|m| &m.at.tokens));
        let place = by_token(len, mentions.places.iter().map(|m| &m.at.tokens));
        // A party's name inside a place's name is the place.
        for at in mentions.places.iter().map(|m| &m.at.tokens) {
            let inner = |a: &Mention| a.number().is_some_and(|a| mentions.actors[a].at.tokens.len() < at.len());
            actor[at.clone()].iter_mut().filter(|a| inner(a)).for_each(|a| *a = Mention::default());
        }
        let time = by_token(len, mentions.times.iter().map(|m| &m.tokens));
        let clause = clauses(doc, &time, &place);
        let mut scene = Scene {
            doc,
            mentions,
            attributions: Vec::new(),
            actor,
            place,
            time,
            quantity: by_token(len, mentions.quantities.iter().map(|m| &m.tokens)),
            trigger: Sparse::new(len),
            clauses: Clauses::default(),
            meant: Sparse::new(len),
            source: vec![Mention::default(); len],
            part: vec![Part::default(); len],
            national: national(mentions),
            clause,
            roles: RefCell::default(),
            under_way: RefCell::default(),
        };
        for token in 0..len {
            let may_mean = doc.is_definite(token) && doc.may_be(token, Facts::list(List::Head).or(Facts::CLASS));
            let meant = if may_mean { place_meant(&scene, token) } else { there_meant(&scene, token) };
            if let Some(place) = meant {
                scene.meant.set(token, place);
            }
        }
        let timed = |t: usize| is_timed(doc, &scene.time, t);
        let dash = |t: usize| doc.kind(t) == Some(Kind::Clause) && scene.time[t].is_some();
        let mentioned =
            |t: usize| scene.mention_end(t).is_some() || scene.quantity_at(t).is_some() || timed(t) || dash(t);
        scene.clauses = Clauses::find(doc, mentioned, |t| stands_as_noun(&scene, t));
        for token in 0..len {
            if let Some(trigger) = find_trigger(&scene, token) {
                scene.trigger.set(token, trigger);
            }
        }
        scene
    }

    /// Enters the sources, once they are known.
    pub fn attribute(&mut self, attributions: Vec<Attribution>) {
        let len = self.doc.len();
        for a in &attributions {
            // Who acts in a clause of his own, and is taken up by what he says in another, is there no source.
            if a.rule != "same_speaker" {
                self.part[a.source.at.tokens.clone()].iter_mut().for_each(|p| p.source = true);
            }
            self.part[a.cue.tokens.clone()].iter_mut().for_each(|p| p.cue = true);
            if let Some(content) = &a.content {
                let between = a.cue.tokens.start + 1..content.start.min(len);
                self.part.get_mut(between).into_iter().flatten().for_each(|p| p.announced = true);
            }
        }
        // The longest first: what is inside another is painted over it, the second of two alike over the first: it is the one quoted.
        // "X denied what Y spread of it": the words are Y's, and the claim is that of X.
        let denied = |a: &Attribution| {
            let of_it = |r: &Reading| r.features.category.is_finite() && r.pronoun.is_some_and(|p| p.person == 3);
            a.parent.is_some_and(|p| attributions[p].cue_class == "deny")
                && self.doc.readings(a.cue.tokens.start).iter().any(of_it)
        };
        let paints = |a: &Attribution| a.content.is_some() && a.rule != super::attribution::CLAIMED && !denied(a);
        let mut order: Vec<usize> = (0..attributions.len()).filter(|n| paints(&attributions[*n])).collect();
        order.sort_by_key(|n| (std::cmp::Reverse(attributions[*n].content.as_ref().map_or(0, Range::len)), *n));
        for n in order {
            let a = &attributions[n];
            for token in a.content.clone().into_iter().flatten().filter(|t| !a.source.at.tokens.contains(t)) {
                self.source[token] = Mention::of(n);
            }
        }
        self.attributions = attributions;
        self.roles.get_mut().clear();
    }

    /// The tokens that have a trigger, in their order.
    pub(super) fn triggers(&self) -> impl Iterator<Item = usize> {
        self.trigger.tokens()
    }

    /// The trigger at a token, if the word names something that happens here.
    pub fn trigger_at(&self, token: usize) -> Option<&Trigger<'a>> {
        self.trigger.get(token)
    }

    /// The cue of an attribution stands at the token: it says that something was said, and is no event.
    pub fn is_cue(&self, token: usize) -> bool {
        self.part.get(token).is_some_and(|p| p.cue)
    }

    #[inline]
    pub fn actor_at(&self, token: usize) -> Option<usize> {
        self.actor.get(token).and_then(|n| n.number())
    }

    /// The parties of that kind and country, in the order of the text.
    pub fn actors_of(&self, kind: &str, country: &str) -> &[usize] {
        self.national.get(country).and_then(|kinds| kinds.get(kind)).map_or(&[], Vec::as_slice)
    }

    /// The first mention of a country as a place.
    pub(super) fn country_named(&self, code: &str) -> Option<usize> {
        let lexicon = self.doc.lexicon;
        self.mentions.places.iter().position(|p| {
            p.kind == "country"
                && p.row.is_some_and(|row| lexicon.places[row as usize].country.as_deref() == Some(code))
        })
    }

    #[inline]
    pub fn place_at(&self, token: usize) -> Option<usize> {
        self.place.get(token).and_then(|n| n.number())
    }

    /// The place at a token, named or meant by a definite noun.
    pub fn whereabouts(&self, token: usize) -> Option<usize> {
        self.place_at(token).or_else(|| self.meant.get(token).copied())
    }

    #[inline]
    pub fn time_at(&self, token: usize) -> Option<usize> {
        self.time.get(token).and_then(|n| n.number())
    }

    #[inline]
    pub fn quantity_at(&self, token: usize) -> Option<usize> {
        self.quantity.get(token).and_then(|n| n.number())
    }

    /// Behind the number that stands before what it counts; a dual has none.
    pub(super) fn number_end(&self, token: usize) -> Option<usize> {
        let quantity = &self.mentions.quantities[self.quantity_at(token)?];
        (!quantity.dual).then_some(quantity.tokens.end)
    }

    /// The token after the mention that holds this one.
    pub fn mention_end(&self, token: usize) -> Option<usize> {
        let actor = self.actor_at(token).map(|a| self.mentions.actors[a].at.tokens.end);
        let place = self.place_at(token).map(|p| self.mentions.places[p].at.tokens.end);
        actor.or(place)
    }

    pub fn actor_filler(&self, actor: usize) -> Filler {
        Filler { at: self.mentions.actors[actor].at.clone(), actor: Some(actor), place: None }
    }

    pub fn place_filler(&self, place: usize) -> Filler {
        Filler { at: self.mentions.places[place].at.clone(), actor: None, place: Some(place) }
    }

    /// The words as they stand, without the clitics of the first and without signs around them.
    pub fn phrase(&self, tokens: Range<usize>) -> Filler {
        let doc = self.doc;
        let is_sign = |t: usize| !matches!(doc.kind(t), Some(Kind::Word | Kind::Number));
        let (mut start, mut end) = (tokens.start, tokens.end);
        while start < end && is_sign(start) {
            start += 1;
        }
        while start < end && is_sign(end - 1) && !doc.tokens[end - 1].kind.is_quote() {
            end -= 1;
        }
        if start >= end {
            // Nothing but signs: they stand for themselves.
            (start, end) = (tokens.start, tokens.end);
        }
        let skip = if start < end { doc.skip(start) } else { 0 };
        let tokens = start..end;
        Filler { at: Extent { span: doc.span_from(tokens.clone(), skip), tokens }, actor: None, place: None }
    }

    /// The innermost source in whose words the token stands.
    #[inline]
    pub fn source_of(&self, token: usize) -> Option<usize> {
        self.source.get(token).and_then(|n| n.number())
    }

    /// The clause around a token: between the signs and conjunctions that part clauses, inside its sentence.
    pub fn clause(&self, token: usize) -> Range<usize> {
        self.clause.get(token).map_or(token..token, |(start, end)| *start as usize..*end as usize)
    }

    /// "in the town, in the province": the town.
    pub(super) fn first_of_chain(&self, token: usize, start: usize) -> Option<usize> {
        let mut place = self.whereabouts(token)?;
        let mut from = self.place_at(token).map_or(token, |p| self.mentions.places[p].at.tokens.start);
        loop {
            let mut at = from;
            let mut passed = 0;
            let (before, previous) = loop {
                let Some(previous) = at.checked_sub(1).filter(|p| *p >= start && passed < LINKED) else {
                    return Some(place);
                };
                if let Some(p) = self.place_at(previous) {
                    break (p, previous);
                }
                let doc = self.doc;
                // "X, 60 km north of Y", "X, which lies east of Y"
                let links = doc.is_preposition(previous)
                    || doc.is_absorbed(previous)
                    || self.quantity_at(previous).is_some()
                    || doc.kind(previous) == Some(Kind::Number)
                    || doc.reading(previous, |r, _| doc.list(r) == List::Unit).is_some()
                    || doc.clitics(previous).article && doc.is_nominal(previous)
                    || doc.clitics(at).preposition.is_some() && doc.is_nominal(previous)
                    || doc.reading(previous, |r, _| doc.list(r) == List::Head).is_some()
                    || doc.kind(previous).is_some_and(|k| k.is_bracket() || k.is_quote());
                if !links || doc.clitics(at).conjunction.is_some() {
                    return Some(place);
                }
                at = previous;
                passed += 1;
            };
            let inside = self.mentions.places[place].relation.as_deref() == Some("in");
            let home = |t: usize| inside && is_home(self, t);
            // "fired from X at Y"
            let head = self.mentions.places[place].head.map_or(from, |h| h.min(from));
            let aimed = self.doc.governed_by(head).is_some_and(|row| row.has_role("patient"));
            let apart = |t: usize| home(t) || aimed && is_whence(self, t);
            let aside = |t: usize| is_fired_from(self, t) || is_topic(self, t) || is_passed(self, t) || apart(t);
            if before == place || aside(previous) {
                return Some(place);
            }
            place = before;
            from = self.mentions.places[place].at.tokens.start;
        }
    }

    /// Inside the name of a source: where an official holds office is not where things happen.
    pub fn in_source(&self, token: usize) -> bool {
        self.part.get(token).is_some_and(|p| p.source)
    }

    /// A place behind a preposition of place, or next to a word of place.
    pub(super) fn locates(&self, token: usize) -> bool {
        let doc = self.doc;
        let there = || doc.particle(token, "dem").is_some_and(|row| row.place);
        if doc.clitics(token).preposition.is_some() || there() {
            return true;
        }
        let mut at = token;
        for _ in 0..3 {
            let Some(mut previous) = doc.previous_word(at) else { return false };
            // "in each of X and Y"
            while doc.is_absorbed(previous) && previous > 0 {
                previous -= 1;
            }
            if doc.phrase_at(previous).is_some_and(|(row, _)| doc.lexicon.row(row).pos == "adv") {
                at = previous;
                if doc.clitics(at).preposition.is_some() {
                    return true;
                }
                continue;
            }
            if doc.clitics(previous).preposition.is_some() || doc.governed_by(at).is_some() {
                return !is_topic(self, token);
            }
            // "in several towns, among them X"
            if doc.is_particle(previous, "subset") {
                let named = previous.checked_sub(1).map(|t| if doc.kind(t) == Some(Kind::Comma) { t - 1 } else { t });
                return named.is_some_and(|t| doc.is_nominal(t) && self.locates(t));
            }
            if !doc.is_nominal(previous) {
                return false;
            }
            at = previous;
        }
        false
    }
}
