//! Claims and quantities out of the rows of a sheet.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::figure::Figure;
use super::ground::Ground;
use super::item::{Item, Side, Sort, weigh};
use super::place::Spot;
use super::rules::Rules;
use super::sheet::{Actor, Attribution, Casualty, Claim, Location, Mention, Party, Quantity, Sheet, Timestamp};
use super::time::Window;
use super::words::{Lemma, Text, Words, hash, shared};
use crate::lexicon::Lexicon;

/// Code points between a claim and the share that it is of: when it was, and no more.
const BEHIND: i32 = 20;
/// Words before a number that say of what it is.
const NEAR: usize = 4;
/// Documents that a thread reads at a time, with its memory of words.
const DOCUMENTS: usize = 256;

/// Everything of a sheet that can be joined, in the order of its documents.
pub fn items<'a>(sheet: &Sheet<'a>, rules: &Rules, lexicon: &Lexicon) -> Vec<Item<'a>> {
    let ground = Ground::new(sheet, rules, lexicon);
    let documents: Vec<u32> = (0..ground.rows.len() as u32).collect();
    let reader = || Reader { ground: &ground, words: Words::new(lexicon), since: FxHashMap::default() };
    let read = |reader: &mut Reader<'_, '_, 'a>, some: &[u32]| {
        let mut items = Vec::new();
        some.iter().for_each(|doc| reader.read(*doc, &mut items));
        items
    };
    let read: Vec<Vec<Item>> = documents.par_chunks(DOCUMENTS).map_init(reader, read).collect();
    let mut items: Vec<Item> = read.into_iter().flatten().collect();
    weigh(&mut items, &rules.rarity(sheet.documents.len()));
    items
}

/// "There are clashes in the east of the town; reports that they reached its centre are untrue": whoever tells the same of
/// the same place denies a part of it only.
fn denies_a_part(report: &mut [Item<'_>]) {
    fn place<'a>(item: &Item<'a>) -> Option<(Option<&'a str>, Option<u32>)> {
        item.spot.as_ref().map(|s| (s.id, s.words))
    }
    for n in 0..report.len() {
        let denial = &report[n];
        let affirms = |i: &Item| {
            i.sort == denial.sort
                && i.what == denial.what
                && !i.is_denial()
                && place(i).is_some()
                && place(i) == place(denial)
                && shared(&i.sources, &denial.sources) > 0
        };
        report[n].denies_a_part = denial.is_denial() && report.iter().any(affirms);
    }
}

struct Reader<'g, 's, 'a> {
    ground: &'g Ground<'s, 'a>,
    words: Words<'g>,
    since: FxHashMap<&'a str, bool>,
}

impl<'s, 'a> Reader<'_, 's, 'a> {
    fn read(&mut self, doc: u32, out: &mut Vec<Item<'a>>) {
        let ground = self.ground;
        let rows = &ground.rows[doc as usize];
        if rows.events.is_empty() && rows.casualties.is_empty() && rows.quantities.is_empty() {
            return;
        }
        let text = ground.sheet.documents[doc as usize].text.map(|t| self.words.read(t, 0));
        let first = out.len();
        for event in &rows.events {
            let mut item = self.claim(Sort::Event, doc, &event.claim, text.as_ref());
            item.agent = self.side(doc, &event.claim.at, event.agent);
            item.patient = self.side(doc, &event.claim.at, event.patient);
            if self.ground.rules.is_partial(event.claim.kind) {
                item.share = self.share(&event.claim.at, &rows.quantities);
                item.whole = item.share.is_none() && item.place.is_some();
            }
            out.push(item);
        }
        for c in &rows.casualties {
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
            item.cause = c.cause.map(|kind| (kind, ground.rules.traits(kind)));
            item.cumulative = c.cumulative;
            item.subset = c.subset_of.is_some();
            out.push(item);
        }
        for q in &rows.quantities {
            out.extend(self.quantity(doc, q, text.as_ref()));
        }
        denies_a_part(&mut out[first..]);
    }

    fn claim(&mut self, sort: Sort, doc: u32, claim: &Claim<'a>, text: Option<&Text>) -> Item<'a> {
        let published = self.ground.sheet.documents[doc as usize].published;
        let times = self.ground.rows[doc as usize].times.iter().filter(|t| Some(t.at.text) == claim.time);
        let nearest = times.min_by_key(|t| (t.at.sentence != claim.at.sentence, (t.at.start - claim.at.start).abs()));
        let time_at = nearest.map(|t| (t.at.start, t.at.end));
        // "since the battle began in June": the battle began then, and lasts no longer than is told.
        let begins = time_at.is_some_and(|(start, end)| start <= claim.at.start && claim.at.end <= end);
        let since = !begins && claim.time.is_some_and(|t| self.is_since(t));
        // What is denied others have told before.
        let days_back = match claim.negated || claim.realis == "denied" {
            true => self.ground.rules.time.lasting_days_back,
            false => self.ground.rules.days_back(claim.kind),
        };
        let attribution = claim.attribution_id.and_then(|a| self.ground.attributions.get(a).copied());
        let said = attribution
            .filter(|_| claim.time_from.is_none() && claim.realis == "actual")
            // What goes on is no matter of the day on which it was said.
            .filter(|_| !self.ground.rules.is_lasting(claim.kind));
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
        item.time_at = time_at.filter(|_| item.time.is_some());
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
        let times = self.ground.rows[doc as usize].times.iter();
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
        let reach = self.ground.rules.passage.words;
        Item {
            sort,
            doc,
            at,
            claim_id: None,
            what,
            traits: self.ground.rules.traits(what),
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
            denies_a_part: false,
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
        match self.ground.rows[doc as usize].actors.iter().find(within) {
            Some(m) => self.words.read(m.at.text, 0).sorted(),
            None => Vec::new(),
        }
    }

    /// The share in words of a claim or right behind it, of the quantities of its document.
    fn share(&self, at: &Mention, quantities: &[&Quantity<'a>]) -> Option<(Figure<'a>, (i32, i32))> {
        let own = |q: &&Quantity| {
            matches!(q.kind, "percent" | "fraction")
                && q.at.sentence == at.sentence
                && (at.start..=at.end + BEHIND).contains(&q.at.start)
        };
        let q = quantities.iter().copied().find(own)?;
        let parts = if q.kind == "fraction" { 100.0 } else { 1.0 };
        let [value, low, high] = [q.value, q.low, q.high].map(|n| n.map(|n| n * parts));
        Some((Figure { value, upper: None, low, high, modifier: q.modifier }, (q.at.start, q.at.end)))
    }

    /// A number that counts no casualty; `None` where it is no fact of its own.
    fn quantity(&mut self, doc: u32, q: &Quantity<'a>, text: Option<&Text>) -> Option<Item<'a>> {
        let noun = q.noun.and_then(|noun| self.words.noun(noun)).map(|n| self.ground.rules.noun(n));
        let in_order = |n: &Lemma| self.ground.rules.is_in_order(*n);
        let before = || text.and_then(|t| t.before(q.at.start)).map(|n| self.ground.rules.noun(n)).filter(in_order);
        let noun = if q.kind == "ordinal" { noun.filter(in_order).or_else(before) } else { noun };
        let bare_count = matches!(q.kind, "count" | "ordinal") && noun.is_none_or(|n| self.ground.rules.is_no_fact(n));
        let first = q.kind == "ordinal" && q.value == Some(1.0);
        // "Several" says no more than that there were some.
        let vague = q.value.is_none() && q.low.is_none_or(|n| n < 10.0);
        if q.claim_id.is_some() || bare_count || first || q.kind == "age" || vague {
            return None;
        }
        let published = self.ground.sheet.documents[doc as usize].published;
        let window = Window::new(None, false, published, self.ground.rules.time.lasting_days_back);
        let mut item = self.bare(Sort::Quantity, doc, q.at, q.kind, window, text);
        item.spot = self.place_before(doc, &q.at);
        item.figure = Figure { value: q.value, upper: None, low: q.low, high: q.high, modifier: q.modifier };
        item.noun = if q.kind == "measure" { None } else { noun };
        item.noun_text = q.noun;
        item.unit = q.unit;
        item.rest =
            text.is_some_and(|t| t.has_near(q.at.start, q.at.end, NEAR, 1, |word| self.ground.rules.is_rest(word)));
        let attribution = self.attribution_over(doc, &q.at);
        item.source = attribution.map(|a| a.source);
        item.sources = self.sources(doc, item.source, attribution.and_then(|a| a.source_id), attribution);
        Some(item)
    }

    /// Of the statements that hold a stretch of text, the innermost.
    fn attribution_over(&self, doc: u32, at: &Mention<'a>) -> Option<&'s Attribution<'a>> {
        let holds = |a: &&Attribution| a.content.is_some_and(|(start, end)| start <= at.start && at.end <= end);
        let length = |a: &&Attribution| a.content.map(|(start, end)| end - start);
        self.ground.rows[doc as usize].attributions.iter().copied().filter(holds).min_by_key(length)
    }

    fn side(&mut self, doc: u32, at: &Mention<'a>, party: Party<'a>) -> Option<Side<'a>> {
        let text = party.text.or(party.id)?;
        let named = |m: &&&Actor| match party.id {
            Some(id) => m.actor_id == Some(id),
            None => m.at.text == text,
        };
        let here = self.ground.rows[doc as usize].actors.iter().filter(|m| m.at.sentence == at.sentence).filter(named);
        let nearest = here.min_by_key(|m| (m.at.start - at.start).abs());
        Some(Side {
            text,
            id: party.id,
            kin: party.id.map(|id| self.ground.rules.kin(id)),
            words: self.words.phrase(text),
            at: nearest.map(|m| (m.at.start, m.at.end)),
            weight: 1.0,
        })
    }

    fn is_since(&mut self, time: &'a str) -> bool {
        let (lexicon, rules) = (self.ground.lexicon, self.ground.rules);
        *self.since.entry(time).or_insert_with(|| rules.is_since(&lexicon.fold.word(time)))
    }

    fn spot(&mut self, location: &Location<'a>, doc: u32) -> Spot<'a> {
        let words = self.words.phrase(location.at.text);
        let around = match location.lat {
            Some(_) => None,
            None => self.nearest(doc, &location.at, |l| l.lat.is_some() && l.kind != "country"),
        };
        let mut spot = Spot::new(location, words, around);
        spot.lies_in(self.ground.rows[doc as usize].locations.iter().copied(), &self.ground.rules.near);
        spot
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
        let found = found.or_else(|| self.ground.places.get(id?).copied())?;
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
        let all = self.ground.rows[doc as usize].locations.iter().copied().filter(|l| wanted(l));
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
        let document = &self.ground.sheet.documents[doc as usize];
        let mut names: Vec<(u8, &str)> = id.map(|id| (0, id)).into_iter().collect();
        if let Some(a) = attribution {
            let actors = self.ground.rows[doc as usize].actors.iter();
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
