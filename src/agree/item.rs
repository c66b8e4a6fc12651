//! What is joined: each claim and each measured quantity, with its place, time, parties and number brought to one form.

use rustc_hash::FxHashMap;

use super::figure::Figure;
use super::place::{Scale, Spot};
use super::rules::{Rarity, Rules, Traits};
use super::sheet::{Actor, Attribution, Casualty, Claim, Location, Mention, Party, Quantity, Sheet, Time, Timestamp};
use super::time::Window;
use super::words::{Lemma, Runs, Text, Words, hash};
use crate::lexicon::Lexicon;

/// Code points between a claim and the share that it is of: when it was, and no more.
const BEHIND: i32 = 20;
/// Words before a number that say of what it is.
const NEAR: usize = 4;

/// What a claim is a claim of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sort {
    Event,
    Casualty,
    Quantity,
}

/// A party in a role.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    pub text: &'a str,
    pub id: Option<&'a str>,
    /// A number for its words.
    pub words: Option<u32>,
    /// Where the sentence names it, in code points.
    pub at: Option<(i32, i32)>,
    /// How much it says that two claims name it: less, the more reports do.
    pub weight: f32,
}

#[derive(Debug)]
pub struct Item<'a> {
    pub sort: Sort,
    /// Its document, by number.
    pub doc: u32,
    pub at: Mention<'a>,
    pub claim_id: Option<&'a str>,
    pub what: &'a str,
    pub traits: Traits,
    pub spot: Option<Spot<'a>>,
    pub place: Option<&'a str>,
    /// Where that stands, in code points.
    pub place_at: Option<(i32, i32)>,
    pub time: Option<&'a str>,
    pub time_at: Option<(i32, i32)>,
    /// The time is not when it happened, but when somebody said that it had.
    pub said: bool,
    pub window: Window,
    pub agent: Option<Side<'a>>,
    pub patient: Option<Side<'a>>,
    pub figure: Figure<'a>,
    pub class: &'a str,
    pub victims: Option<&'a str>,
    /// The words of the name of the one who was harmed.
    pub person: Vec<Lemma>,
    pub cause: Option<&'a str>,
    pub cumulative: bool,
    pub subset: bool,
    pub noun: Option<Lemma>,
    pub noun_text: Option<&'a str>,
    pub unit: Option<&'a str>,
    /// It measures what is left of a thing.
    pub rest: bool,
    /// The share of a thing that it was done to, in per cent, and where that stands.
    pub share: Option<(Figure<'a>, (i32, i32))>,
    /// It was done to a place, and no share of it is told.
    pub whole: bool,
    pub negated: bool,
    pub realis: &'a str,
    pub source: Option<&'a str>,
    /// Numbers for whoever the claim goes back to: two claims that share one have one source.
    pub sources: Vec<u32>,
    /// The words around it, in order, each with how much it says that two claims share it.
    pub context: Vec<(Lemma, f32)>,
    pub shingles: Runs,
}

impl Item<'_> {
    /// Whether it says that something is not so.
    pub fn is_denial(&self) -> bool {
        self.negated || self.realis == "denied"
    }
}

/// The rows of one document, in the order of the text.
#[derive(Default)]
struct Rows<'s, 'a> {
    locations: Vec<&'s Location<'a>>,
    actors: Vec<&'s Actor<'a>>,
    times: Vec<&'s Time<'a>>,
    attributions: Vec<&'s Attribution<'a>>,
}

pub struct Reader<'s, 'a> {
    sheet: &'s Sheet<'a>,
    rules: &'s Rules,
    words: Words<'s>,
    docs: FxHashMap<&'a str, u32>,
    rows: Vec<Rows<'s, 'a>>,
    attributions: FxHashMap<&'a str, &'s Attribution<'a>>,
    places: FxHashMap<&'a str, &'s Location<'a>>,
    since: FxHashMap<&'a str, bool>,
    lexicon: &'s Lexicon,
}

/// Everything of a sheet that can be joined.
pub fn items<'a>(sheet: &Sheet<'a>, rules: &Rules, lexicon: &Lexicon) -> Vec<Item<'a>> {
    let mut reader = Reader::new(sheet, rules, lexicon);
    let mut items = Vec::with_capacity(sheet.events.len() + sheet.casualties.len() + sheet.quantities.len() / 2);
    reader.read(&mut items);
    weigh(&mut items, &rules.rarity(sheet.documents.len()));
    items
}

/// What many reports share says little about two of them: words, parties, places and long times are weighed by the number of
/// reports that have them.
fn weigh(items: &mut [Item<'_>], rarity: &Rarity) {
    #[derive(PartialEq, Eq, Hash)]
    enum Key<'a> {
        Word(Lemma),
        Party(&'a str),
        Place(&'a str),
        Time(Timestamp),
    }
    fn sides<'i, 'a>(item: &'i mut Item<'a>) -> impl Iterator<Item = &'i mut Side<'a>> {
        [&mut item.agent, &mut item.patient].into_iter().flatten()
    }
    // The reports come one after the other: the last one that a key was seen in, and how many there were.
    let mut seen: FxHashMap<Key<'_>, (u32, u32)> = FxHashMap::default();
    for item in items.iter() {
        let parties = [&item.agent, &item.patient].into_iter().flatten().filter_map(|s| s.id).map(Key::Party);
        let place = item.spot.as_ref().and_then(|s| s.id).map(Key::Place);
        let time = item.window.is_long().then_some(Key::Time(item.window.from));
        for key in item.context.iter().map(|(l, _)| Key::Word(*l)).chain(parties).chain(place).chain(time) {
            let (last, reports) = seen.entry(key).or_insert((u32::MAX, 0));
            if std::mem::replace(last, item.doc) != item.doc {
                *reports += 1;
            }
        }
    }
    let weight = |key: Key<'_>| rarity.weight(seen.get(&key).map_or(1, |(_, reports)| *reports));
    for item in items {
        item.context.iter_mut().for_each(|(lemma, w)| *w = weight(Key::Word(*lemma)));
        sides(item).for_each(|side| side.weight = side.id.map_or(1.0, |id| weight(Key::Party(id))));
        if item.window.is_long() {
            item.window.weight = weight(Key::Time(item.window.from));
        }
        if let Some(spot) = &mut item.spot {
            spot.weight = spot.id.map_or(1.0, |id| weight(Key::Place(id)));
        }
    }
}

impl<'s, 'a> Reader<'s, 'a> {
    fn new(sheet: &'s Sheet<'a>, rules: &'s Rules, lexicon: &'s Lexicon) -> Self {
        let docs: FxHashMap<&str, u32> = (0u32..).zip(&sheet.documents).map(|(n, d)| (d.doc_id, n)).collect();
        let mut rows: Vec<Rows> = sheet.documents.iter().map(|_| Rows::default()).collect();
        for location in &sheet.locations {
            if let Some(doc) = docs.get(location.at.doc_id) {
                rows[*doc as usize].locations.push(location);
            }
        }
        for actor in &sheet.actors {
            if let Some(doc) = docs.get(actor.at.doc_id) {
                rows[*doc as usize].actors.push(actor);
            }
        }
        for time in &sheet.times {
            if let Some(doc) = docs.get(time.at.doc_id) {
                rows[*doc as usize].times.push(time);
            }
        }
        for attribution in &sheet.attributions {
            if let Some(doc) = docs.get(attribution.doc_id) {
                rows[*doc as usize].attributions.push(attribution);
            }
        }
        for row in &mut rows {
            row.locations.sort_by_key(|l| l.at.start);
        }
        Reader {
            attributions: sheet.attributions.iter().map(|a| (a.attribution_id, a)).collect(),
            places: sheet.locations.iter().filter_map(|l| Some((l.place_id?, l))).collect(),
            words: Words::new(lexicon),
            since: FxHashMap::default(),
            sheet,
            rules,
            docs,
            rows,
            lexicon,
        }
    }

    fn read(&mut self, out: &mut Vec<Item<'a>>) {
        let sheet = self.sheet;
        let mut by_doc: Vec<[Vec<usize>; 3]> = sheet.documents.iter().map(|_| Default::default()).collect();
        let mut note = |doc_id: &str, sort: Sort, row: usize| {
            if let Some(doc) = self.docs.get(doc_id) {
                by_doc[*doc as usize][sort as usize].push(row);
            }
        };
        sheet.events.iter().enumerate().for_each(|(n, e)| note(e.claim.at.doc_id, Sort::Event, n));
        sheet.casualties.iter().enumerate().for_each(|(n, c)| note(c.claim.at.doc_id, Sort::Casualty, n));
        sheet.quantities.iter().enumerate().for_each(|(n, q)| note(q.at.doc_id, Sort::Quantity, n));
        for (doc, [events, casualties, quantities]) in (0u32..).zip(by_doc) {
            if events.is_empty() && casualties.is_empty() && quantities.is_empty() {
                continue;
            }
            let text = sheet.documents[doc as usize].text.map(|t| self.words.read(t, 0));
            for n in events {
                let event = &sheet.events[n];
                let mut item = self.claim(Sort::Event, doc, &event.claim, text.as_ref());
                item.agent = self.side(doc, &event.claim.at, event.agent);
                item.patient = self.side(doc, &event.claim.at, event.patient);
                if self.rules.is_partial(event.claim.kind) {
                    item.share = self.share(&event.claim.at, &quantities);
                    item.whole = item.share.is_none() && item.place.is_some();
                }
                out.push(item);
            }
            for n in casualties {
                let c = &sheet.casualties[n];
                let mut item = self.claim(Sort::Casualty, doc, &c.claim, text.as_ref());
                let real = |n: Option<i64>| n.map(|n| n as f64);
                item.agent = self.side(doc, &c.claim.at, c.perpetrator);
                item.patient = self.side(doc, &c.claim.at, c.victim);
                item.figure = Figure {
                    value: real(c.count),
                    upper: real(c.upper),
                    low: real(c.low),
                    high: real(c.high),
                    modifier: c.modifier,
                };
                item.class = c.victim_class;
                item.victims = c.victims;
                item.person = self.person(doc, c);
                item.cause = c.cause;
                item.cumulative = c.cumulative;
                item.subset = c.subset_of.is_some();
                out.push(item);
            }
            for n in quantities {
                out.extend(self.quantity(doc, n, text.as_ref()));
            }
        }
    }

    fn claim(&mut self, sort: Sort, doc: u32, claim: &Claim<'a>, text: Option<&Text>) -> Item<'a> {
        let published = self.sheet.documents[doc as usize].published;
        let since = claim.time.is_some_and(|t| self.is_since(t));
        // What is denied others have told before.
        let days_back = match claim.negated || claim.realis == "denied" {
            true => self.rules.time.lasting_days_back,
            false => self.rules.days_back(claim.kind),
        };
        let attribution = claim.attribution_id.and_then(|a| self.attributions.get(a).copied());
        let said = attribution
            .filter(|_| claim.time_from.is_none() && claim.realis == "actual")
            // What goes on is no matter of the day on which it was said.
            .filter(|_| !self.rules.is_lasting(claim.kind));
        let said = said.and_then(|a| self.time_said(doc, a));
        let window = match said {
            Some((_, Some(at))) => Window::said(at, days_back),
            _ => Window::new(claim.time_from.zip(claim.time_to), since, published, days_back),
        };
        let mut item = self.bare(sort, doc, claim.at, claim.kind, window, text);
        item.claim_id = Some(claim.claim_id);
        match claim.place.and_then(|place| self.told_place(doc, &claim.at, place, claim.place_id)) {
            Some((spot, at)) => (item.spot, item.place_at) = (Some(spot), at),
            None => item.spot = self.place_before(doc, &claim.at),
        }
        item.place = claim.place;
        item.time = claim.time.filter(|_| claim.time_from.is_some());
        let times = self.rows[doc as usize].times.iter().filter(|t| Some(t.at.text) == item.time);
        let nearest = times.min_by_key(|t| (t.at.sentence != claim.at.sentence, (t.at.start - claim.at.start).abs()));
        item.time_at = nearest.map(|t| (t.at.start, t.at.end));
        if let Some((when, _)) = said {
            (item.time, item.time_at, item.said) = (Some(when.text), Some((when.start, when.end)), true);
        }
        item.negated = claim.negated;
        item.realis = claim.realis;
        item.source = claim.source;
        item.sources = self.sources(doc, claim.source, claim.source_id, attribution);
        item
    }

    /// When a source spoke: the time between its cue and its words; "hours ago" is not known more closely.
    fn time_said(&self, doc: u32, by: &Attribution) -> Option<(Mention<'a>, Option<(Timestamp, Timestamp)>)> {
        let (content, _) = by.content?;
        let times = self.rows[doc as usize].times.iter();
        let mut between = times.filter(|t| by.cue_start <= t.at.start && t.at.end <= content);
        between.next().map(|t| (t.at, t.from.zip(t.to)))
    }

    fn bare(
        &mut self,
        sort: Sort,
        doc: u32,
        at: Mention<'a>,
        what: &'a str,
        window: Window,
        text: Option<&Text>,
    ) -> Item<'a> {
        let own;
        let text = match text {
            Some(text) => text,
            None => {
                own = self.words.read(at.text, at.start);
                &own
            }
        };
        let reach = self.rules.passage.words;
        Item {
            sort,
            doc,
            at,
            claim_id: None,
            what,
            traits: self.rules.traits(what),
            spot: None,
            place: None,
            place_at: None,
            time: None,
            time_at: None,
            said: false,
            window,
            agent: None,
            patient: None,
            figure: Figure::default(),
            class: "",
            victims: None,
            person: Vec::new(),
            cause: None,
            cumulative: false,
            subset: false,
            noun: None,
            noun_text: None,
            unit: None,
            rest: false,
            share: None,
            whole: false,
            negated: false,
            realis: "actual",
            source: None,
            sources: Vec::new(),
            context: text.context(at.start, at.end, reach).into_iter().map(|l| (l, 1.0)).collect(),
            shingles: text.shingles(at.start, at.end, reach),
        }
    }

    /// The words of the name of the one person harmed.
    fn person(&mut self, doc: u32, c: &Casualty) -> Vec<Lemma> {
        let Some(victims) = c.victims.filter(|_| c.count == Some(1)) else { return Vec::new() };
        let within = |m: &&&Actor| {
            m.kind == "person"
                && m.at.start >= c.claim.at.start
                && m.at.end <= c.claim.at.end
                && victims.contains(m.at.text)
        };
        match self.rows[doc as usize].actors.iter().find(within) {
            Some(m) => self.words.read(m.at.text, 0).sorted(),
            None => Vec::new(),
        }
    }

    /// The share in words of a claim or right behind it, of the quantities of its document.
    fn share(&self, at: &Mention, quantities: &[usize]) -> Option<(Figure<'a>, (i32, i32))> {
        let own = |q: &&Quantity| {
            matches!(q.kind, "percent" | "fraction")
                && q.at.sentence == at.sentence
                && (at.start..=at.end + BEHIND).contains(&q.at.start)
        };
        let q = quantities.iter().map(|n| &self.sheet.quantities[*n]).find(own)?;
        let parts = if q.kind == "fraction" { 100.0 } else { 1.0 };
        let [value, low, high] = [q.value, q.low, q.high].map(|n| n.map(|n| n * parts));
        Some((Figure { value, upper: None, low, high, modifier: q.modifier }, (q.at.start, q.at.end)))
    }

    /// A number that counts no casualty; `None` where it is no fact of its own.
    fn quantity(&mut self, doc: u32, n: usize, text: Option<&Text>) -> Option<Item<'a>> {
        let q = &self.sheet.quantities[n];
        let noun = q.noun.and_then(|noun| self.words.noun(noun)).map(|n| self.rules.noun(n));
        let in_order = |n: &Lemma| self.rules.is_in_order(*n);
        let before = || text.and_then(|t| t.before(q.at.start)).map(|n| self.rules.noun(n)).filter(in_order);
        let noun = if q.kind == "ordinal" { noun.filter(in_order).or_else(before) } else { noun };
        let bare_count = matches!(q.kind, "count" | "ordinal") && noun.is_none_or(|n| self.rules.is_no_fact(n));
        let first = q.kind == "ordinal" && q.value == Some(1.0);
        // "Several" says no more than that there were some.
        let vague = q.value.is_none() && q.low.is_none_or(|n| n < 10.0);
        if q.claim_id.is_some() || bare_count || first || q.kind == "age" || vague {
            return None;
        }
        let published = self.sheet.documents[doc as usize].published;
        let window = Window::new(None, false, published, self.rules.time.lasting_days_back);
        let mut item = self.bare(Sort::Quantity, doc, q.at, q.kind, window, text);
        item.spot = self.place_before(doc, &q.at);
        item.figure = Figure { value: q.value, upper: None, low: q.low, high: q.high, modifier: q.modifier };
        item.noun = if q.kind == "measure" { None } else { noun };
        item.noun_text = q.noun;
        item.unit = q.unit;
        item.rest = text.is_some_and(|t| t.has_near(q.at.start, q.at.end, NEAR, 1, |word| self.rules.is_rest(word)));
        let attribution = self.attribution_over(doc, &q.at);
        item.source = attribution.map(|a| a.source);
        item.sources = self.sources(doc, item.source, attribution.and_then(|a| a.source_id), attribution);
        Some(item)
    }

    /// Of the statements that hold a stretch of text, the innermost.
    fn attribution_over(&self, doc: u32, at: &Mention<'a>) -> Option<&'s Attribution<'a>> {
        let holds = |a: &&Attribution| a.content.is_some_and(|(start, end)| start <= at.start && at.end <= end);
        let length = |a: &&Attribution| a.content.map(|(start, end)| end - start);
        self.rows[doc as usize].attributions.iter().copied().filter(holds).min_by_key(length)
    }

    fn side(&mut self, doc: u32, at: &Mention<'a>, party: Party<'a>) -> Option<Side<'a>> {
        let text = party.text.or(party.id)?;
        let named = |m: &&&Actor| match party.id {
            Some(id) => m.actor_id == Some(id),
            None => m.at.text == text,
        };
        let here = self.rows[doc as usize].actors.iter().filter(|m| m.at.sentence == at.sentence).filter(named);
        let nearest = here.min_by_key(|m| (m.at.start - at.start).abs());
        Some(Side {
            text,
            id: party.id,
            words: self.words.phrase(text),
            at: nearest.map(|m| (m.at.start, m.at.end)),
            weight: 1.0,
        })
    }

    fn is_since(&mut self, time: &'a str) -> bool {
        let (lexicon, rules) = (self.lexicon, self.rules);
        *self.since.entry(time).or_insert_with(|| rules.is_since(&lexicon.fold.word(time)))
    }

    fn spot(&mut self, location: &Location<'a>, doc: u32) -> Spot<'a> {
        let words = self.words.phrase(location.at.text);
        let around = match location.lat {
            Some(_) => None,
            None => self.nearest(doc, &location.at, |l| l.lat.is_some() && l.kind != "country"),
        };
        Spot::new(location, words, around)
    }

    /// The place that the claim names, and where its sentence does.
    fn told_place(
        &mut self,
        doc: u32,
        at: &Mention<'a>,
        place: &str,
        id: Option<&'a str>,
    ) -> Option<(Spot<'a>, Option<(i32, i32)>)> {
        let found = self.nearest(doc, at, |l| l.at.text == place && (id.is_none() || l.place_id == id));
        let here = found.filter(|l| l.at.sentence == at.sentence).map(|l| (l.at.start, l.at.end));
        let found = found.or_else(|| self.places.get(id?).copied())?;
        Some((self.spot(found, doc), here))
    }

    /// The place spoken of last before the claim, or next in its sentence; of those, one below a country if there is one.
    fn place_before(&mut self, doc: u32, at: &Mention<'a>) -> Option<Spot<'a>> {
        let precise = |l: &Location| l.kind != "country";
        let found = self.nearest(doc, at, precise).or_else(|| self.nearest(doc, at, |_| true))?;
        Some(Spot { assumed: true, ..self.spot(found, doc) })
    }

    /// The mention that a reader would take: of the same sentence the nearest, else the last one before, else the first after.
    fn nearest(&self, doc: u32, at: &Mention, wanted: impl Fn(&Location) -> bool) -> Option<&'s Location<'a>> {
        let all = self.rows[doc as usize].locations.iter().copied().filter(|l| wanted(l));
        all.min_by_key(|l| {
            let behind = l.at.start >= at.end;
            (l.at.sentence != at.sentence, behind && l.at.sentence != at.sentence, (l.at.start - at.start).abs())
        })
    }

    /// Whoever the claim goes back to; the report itself where it names nobody.
    fn sources(
        &mut self,
        doc: u32,
        source: Option<&'a str>,
        id: Option<&'a str>,
        attribution: Option<&Attribution<'a>>,
    ) -> Vec<u32> {
        let document = &self.sheet.documents[doc as usize];
        let mut names: Vec<(u8, &str)> = id.map(|id| (0, id)).into_iter().collect();
        if let Some(a) = attribution {
            let actors = self.rows[doc as usize].actors.iter();
            let within = actors.filter(|m| m.at.start >= a.source_start && m.at.end <= a.source_end);
            names.extend(within.filter_map(|m| Some((0, m.actor_id?))));
        }
        let mut keys: Vec<u32> = names.iter().map(hash).collect();
        let named =
            !matches!(attribution.and_then(|a| a.source_kind), Some("unnamed_official" | "witness" | "medical"));
        if keys.is_empty()
            && let Some(words) = source.filter(|_| named).and_then(|s| self.words.phrase(s))
        {
            keys.push(hash(&(1u8, words)));
        }
        if keys.is_empty() {
            keys.push(hash(&(2u8, document.outlet.unwrap_or(document.doc_id), source)));
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

/// How exact a claim's place is: what is exact is joined first.
pub fn scale(item: &Item<'_>) -> Scale {
    item.spot.as_ref().map_or(Scale::Country, |s| s.scale)
}
