//! What was found, as rows: spans back to the original text, bytes to code points once.

use std::num::NonZeroU32;

use rustc_hash::FxHashMap;

use crate::claim::{Attribution, Casualty, Claims, Event, Filler, singles};
use crate::grammar::Document;
use crate::mention::bearing::shifted;
use crate::mention::{Actor, Basis, Extent, Mentions, Place, Quantity, Time};
use crate::table::rows::{self, Report};
use crate::text::{Aligned, CodePoints, Normalized, Span};

/// Writes one report's rows.
pub struct Writer<'a> {
    original: &'a str,
    /// From the original to what was read, step by step.
    way: &'a [Aligned],
    points: CodePoints<'a>,
    doc: &'a Document<'a>,
    mentions: &'a Mentions,
    /// The longest mention of each party of the lexicon.
    fullest: FxHashMap<u32, usize>,
}

impl<'a> Writer<'a> {
    pub fn new(original: &'a str, way: &'a [Aligned], doc: &'a Document<'a>, mentions: &'a Mentions) -> Self {
        let actors = &mentions.actors;
        let mut fullest: FxHashMap<u32, usize> = FxHashMap::default();
        for (n, actor) in actors.iter().enumerate() {
            if let Some(row) = actor.row {
                let best = fullest.entry(row).or_insert(n);
                if actor.at.span.len() >= actors[*best].at.span.len() {
                    *best = n;
                }
            }
        }
        Writer { original, way, points: CodePoints::new(original), doc, mentions, fullest }
    }

    pub fn report(&self, mut document: rows::Document, claims: &Claims) -> Report {
        document.n_chars = self.points.of(self.original.len()) as i32;
        let id = &document.doc_id;
        let attribution_id = |n: usize| numbered(id, "#s", n);
        let event_id = |n: usize| numbered(id, "#e", n);
        let casualty_id = |n: usize| numbered(id, "#c", n);
        let attributions = claims
            .attributions
            .iter()
            .enumerate()
            .map(|(n, a)| self.attribution(a, attribution_id(n), &attribution_id));
        let events = claims.events.iter().enumerate().map(|(n, e)| self.event(e, event_id(n), claims, &attribution_id));
        let casualties = claims.casualties.iter().enumerate().map(|(n, c)| rows::Casualty {
            event_id: c.cause.map(event_id),
            subset_of: c.subset_of.map(casualty_id),
            ..self.casualty(c, casualty_id(n), claims, &attribution_id)
        });
        Report {
            actors: self.mentions.actors.iter().map(|a| self.actor(a)).collect(),
            locations: self.mentions.places.iter().map(|p| self.location(p)).collect(),
            times: self.times(),
            quantities: self.quantities(claims, &casualty_id),
            attributions: attributions.collect(),
            events: events.collect(),
            casualties: casualties.collect(),
            document,
        }
    }

    /// A span of the normalized text in the original: bytes.
    fn bytes(&self, span: Span<Normalized>) -> std::ops::Range<usize> {
        let range = self.way.iter().rev().fold(span.range(), |range, step| step.to_original(range));
        range.start..range.end.max(range.start)
    }

    fn place(&self, span: Span<Normalized>, token: usize) -> rows::Place {
        let bytes = self.bytes(span);
        rows::Place {
            sentence: self.doc.sentence_of(token) as i32,
            start: self.points.of(bytes.start) as i32,
            end: self.points.of(bytes.end) as i32,
            text: self.original[bytes].to_owned(),
        }
    }

    fn at(&self, extent: &Extent) -> rows::Place {
        self.place(extent.span, extent.tokens.start)
    }

    fn evidence(&self, span: Span<Normalized>) -> rows::Evidence {
        let bytes = self.bytes(span);
        rows::Evidence { start: self.points.of(bytes.start) as i32, end: self.points.of(bytes.end) as i32 }
    }

    /// Where the words stand that fill a role; what they stand for is another matter.
    fn filled(&self, filler: &Option<Filler>) -> Option<rows::Evidence> {
        filler.as_ref().map(|f| self.evidence(f.at.span))
    }

    fn text(&self, span: Span<Normalized>) -> String {
        self.original[self.bytes(span)].to_owned()
    }

    fn actor(&self, actor: &Actor) -> rows::Actor {
        let row = actor.row.map(|r| &self.doc.lexicon.actors[r as usize]);
        let refers_to = actor.refers_to.map(|r| self.at(&self.mentions.actors[r].at).start);
        rows::Actor {
            at: self.at(&actor.at),
            actor_id: row.map(|r| r.id.clone()),
            name: actor.name.clone(),
            name_ar: row.map(|r| r.name_ar.clone()).filter(|n| !n.is_empty()),
            kind: actor.kind.clone(),
            country: actor.country.clone(),
            basis: match (actor.basis, row) {
                (Basis::Lexicon, Some(row)) if row.own => "user",
                (basis, _) => basis.name(),
            },
            refers_to,
        }
    }

    fn location(&self, place: &Place) -> rows::Location {
        let row = place.row.map(|r| &self.doc.lexicon.places[r as usize]);
        let point = row.and_then(|r| r.lat.zip(r.lon));
        let point = point.map(|p| place.shift.map_or(p, |shift| shifted(p, shift)));
        rows::Location {
            at: self.at(&place.at),
            place_id: row.map(|r| r.place_id.clone()).filter(|i| !i.is_empty()),
            name: row.map(|r| r.name_en.clone()).filter(|n| !n.is_empty()),
            name_ar: row.map(|r| r.name_ar.clone()),
            kind: place.kind.clone(),
            country: row.and_then(|r| r.country.clone()),
            admin1: row.and_then(|r| r.admin1.clone()),
            lat: point.map(|p| p.0),
            lon: point.map(|p| p.1),
            geo_precision: row.and_then(|_| precision(place)),
            relation: place.relation.clone(),
            basis: if row.is_some_and(|r| r.own) { "user" } else { place.basis },
            ambiguous: place.candidates as i32,
        }
    }

    fn attribution(&self, a: &Attribution, id: String, ids: &impl Fn(usize) -> String) -> rows::Attribution {
        let (source, cue) = (self.at(&a.source.at), self.at(&a.cue));
        let content = a.content.as_ref().map(|c| {
            let first = c.start;
            self.place(self.doc.span_from(c.clone(), self.doc.skip_conjunction(first)), first)
        });
        rows::Attribution {
            attribution_id: id,
            sentence: cue.sentence,
            source_start: source.start,
            source_end: source.end,
            source: source.text,
            source_id: self.actor_id(a.source.actor),
            source_kind: a.source_kind.clone(),
            cue_start: cue.start,
            cue_end: cue.end,
            cue: cue.text,
            cue_class: a.cue_class.clone(),
            direct: a.direct,
            content_start: content.as_ref().map(|c| c.start),
            content_end: content.map(|c| c.end),
            parent: a.parent.map(ids),
            stands_for: a.stands_for.as_ref().map(|s| self.text(s.at.span)),
            stands_for_at: self.filled(&a.stands_for),
            rule: a.rule,
        }
    }

    fn actor_id(&self, actor: Option<usize>) -> Option<String> {
        let row = self.mentions.actors[actor?].row?;
        Some(self.doc.lexicon.actors[row as usize].id.clone())
    }

    /// The fullest name in the report of what fills a role.
    fn filler(&self, filler: &Option<Filler>) -> Option<String> {
        let filler = filler.as_ref()?;
        // A thing that belongs to a party is more than the party.
        let own = |a: &usize| self.mentions.actors[*a].at.tokens.start <= filler.at.tokens.start;
        let span = match filler.actor.filter(own) {
            Some(a) => self.fullest(a),
            None => filler.at.span,
        };
        Some(self.text(span))
    }

    /// The longest mention of the same party.
    fn fullest(&self, actor: usize) -> Span<Normalized> {
        let actors = &self.mentions.actors;
        let this = &actors[actor];
        let anaphor = this.refers_to.is_some();
        match this.row.filter(|_| anaphor) {
            Some(row) => self.fullest.get(&row).map_or(this.at.span, |a| actors[*a].at.span),
            None => this.refers_to.map_or(this.at.span, |r| actors[r].at.span),
        }
    }

    /// Every number, with the casualty that counts it, and those that a bare singular counts.
    fn quantities(&self, claims: &Claims, id: &impl Fn(usize) -> String) -> Vec<rows::Quantity> {
        let mut counted: Vec<Option<NonZeroU32>> = vec![None; self.doc.len()];
        let mut named: Vec<Option<NonZeroU32>> = vec![None; self.doc.len()];
        for (n, casualty) in (1..).filter_map(NonZeroU32::new).zip(&claims.casualties) {
            counted[casualty.anchor.tokens.clone()].iter_mut().for_each(|c| {
                c.get_or_insert(n);
            });
            if let Some(victims) = &casualty.victims {
                named[victims.at.tokens.start].get_or_insert(n);
            }
        }
        // "a soldier, one": the number stands behind its noun.
        let noun_before = |q: &Quantity| q.noun.filter(|n| *n < q.tokens.start);
        let claim_of =
            |q: &Quantity| counted[q.tokens.clone()].iter().flatten().min().copied().or_else(|| named[noun_before(q)?]);
        let claim_of = |q: &Quantity| claim_of(q).map(|n| n.get() as usize - 1);
        let row = |q: &Quantity, claim: Option<usize>| rows::Quantity {
            at: self.place(q.span, q.tokens.start),
            kind: q.kind.name(),
            value: q.value,
            low: q.low,
            high: q.high,
            modifier: q.modifier.name(),
            magnitude: q.magnitude.map(|m| m as i64),
            unit: q.unit.clone(),
            noun: q.noun.map(|n| self.text(self.doc.span_from(n..n + 1, self.doc.skip(n)))),
            claim_id: claim.map(id),
        };
        let mut rows: Vec<rows::Quantity> = self.mentions.quantities.iter().map(|q| row(q, claim_of(q))).collect();
        let singles = singles(self.doc, self.mentions, &claims.casualties);
        rows.extend(singles.iter().map(|(q, claim)| row(q, Some(*claim))));
        rows.sort_by_key(|r| r.at.start);
        rows
    }

    fn times(&self) -> Vec<rows::Time> {
        let row = |t: &Time| rows::Time {
            at: self.place(t.span, t.tokens.start),
            kind: t.kind.name(),
            value: t.value.clone(),
            from: t.from,
            to: t.to,
            resolved: t.resolved,
        };
        self.mentions.times.iter().map(row).collect()
    }

    fn claim(&self, common: Common<'_>, claims: &Claims, ids: &impl Fn(usize) -> String) -> rows::Claim {
        let place = common.place.map(|p| &self.mentions.places[p]);
        let row = place.and_then(|p| p.row).map(|r| &self.doc.lexicon.places[r as usize]);
        let time = common.time.map(|t| &self.mentions.times[t]);
        let source = common.attribution.map(|a| &claims.attributions[a]);
        rows::Claim {
            claim_id: common.id,
            at: self.at(common.at),
            place: place.map(|p| self.text(p.at.span)),
            place_id: row.map(|r| r.place_id.clone()).filter(|i| !i.is_empty()),
            lat: row.and_then(|r| r.lat),
            lon: row.and_then(|r| r.lon),
            geo_precision: row.and(place).and_then(precision),
            time: time.map(|t| self.text(t.span)),
            time_from: time.and_then(|t| t.from),
            time_to: time.and_then(|t| t.to),
            time_precision: time.and_then(time_precision),
            source: source.map(|s| self.source_text(s)),
            source_id: source.and_then(|s| self.actor_id(s.stands_for.as_ref().unwrap_or(&s.source).actor)),
            attribution_id: common.attribution.map(ids),
            negated: common.negated,
            realis: common.realis,
            rule: common.rule.to_owned(),
            confidence: 0.0,
            place_at: common.place.map(|p| self.evidence(self.mentions.places[p].at.span)),
            time_at: time.map(|t| self.evidence(t.span)),
            polarity_at: common.polarity.map(|t| self.evidence(self.doc.span(t..t + 1))),
        }
    }

    /// A source as it stands; one that is nothing but a short form, by its full name.
    fn source_text(&self, attribution: &Attribution) -> String {
        let source = attribution.stands_for.as_ref().unwrap_or(&attribution.source);
        match source.actor.map(|a| &self.mentions.actors[a]) {
            Some(actor) if actor.at.tokens == source.at.tokens => {
                self.filler(&Some(source.clone())).unwrap_or_default()
            }
            _ => self.text(source.at.span),
        }
    }

    fn event(&self, e: &Event, id: String, claims: &Claims, ids: &impl Fn(usize) -> String) -> rows::Event {
        let trigger = self.at(&e.trigger);
        let common = Common {
            id,
            at: &e.at,
            place: e.place,
            time: e.time,
            attribution: e.attribution,
            negated: e.negated,
            realis: e.realis,
            polarity: e.polarity,
            rule: &e.rule,
        };
        let mut claim = self.claim(common, claims, ids);
        let filled = [
            ("agent", e.agent.is_some()),
            ("patient", e.patient.is_some()),
            ("weapon", e.weapon.is_some()),
            ("place", e.place.is_some()),
            ("time", e.time.is_some()),
            ("source", e.attribution.is_some()),
            ("actual", e.realis == "actual"),
        ];
        claim.confidence = self.doc.lexicon.confidence.events.of(&e.kind, &e.rule, &filled);
        rows::Event {
            claim,
            kind: e.kind.clone(),
            subtype: None,
            trigger_start: trigger.start,
            trigger_end: trigger.end,
            trigger: trigger.text,
            agent: self.filler(&e.agent),
            agent_id: self.actor_id(e.agent.as_ref().and_then(|f| f.actor)),
            patient: self.filler(&e.patient),
            patient_id: self.actor_id(e.patient.as_ref().and_then(|f| f.actor)),
            supporter: self.filler(&e.supporter),
            weapon: self.filler(&e.weapon),
            agent_at: self.filled(&e.agent),
            patient_at: self.filled(&e.patient),
            supporter_at: self.filled(&e.supporter),
            weapon_at: self.filled(&e.weapon),
        }
    }

    fn casualty(&self, c: &Casualty, id: String, claims: &Claims, ids: &impl Fn(usize) -> String) -> rows::Casualty {
        let anchor = self.at(&c.anchor);
        let common = Common {
            id,
            at: &c.at,
            place: c.place,
            time: c.time,
            attribution: c.attribution,
            negated: c.negated,
            realis: c.realis,
            polarity: c.polarity,
            rule: &c.rule,
        };
        let mut claim = self.claim(common, claims, ids);
        let filled = [
            ("count", c.count.value.is_some()),
            ("victim_actor", c.victim_actor.is_some()),
            ("perpetrator", c.perpetrator.is_some()),
            ("cause", c.cause.is_some()),
            ("place", c.place.is_some()),
            ("time", c.time.is_some()),
            ("source", c.attribution.is_some()),
        ];
        claim.confidence = self.doc.lexicon.confidence.casualties.of(&c.kind, &c.rule, &filled);
        rows::Casualty {
            claim,
            kind: c.kind.clone(),
            anchor_start: anchor.start,
            anchor_end: anchor.end,
            anchor: anchor.text,
            count: c.count.value,
            upper: c.count.upper,
            modifier: c.count.modifier,
            magnitude: c.count.magnitude,
            low: c.count.low,
            high: c.count.high,
            victims: self.filler(&c.victims.as_ref().map(|v| Filler { actor: None, ..v.clone() })),
            victim_class: c.victim_class.clone(),
            victim_actor: c.victim_actor.map(|a| self.text(self.fullest(a))),
            victim_actor_id: self.actor_id(c.victim_actor),
            perpetrator: self.filler(&c.perpetrator),
            perpetrator_id: self.actor_id(c.perpetrator.as_ref().and_then(|f| f.actor)),
            cause: c.cause.map(|e| claims.events[e].kind.clone()),
            event_id: None,
            victims_at: self.filled(&c.victims),
            victim_actor_at: c.victim_actor.map(|a| self.evidence(self.mentions.actors[a].at.span)),
            perpetrator_at: self.filled(&c.perpetrator),
            cumulative: c.cumulative,
            since: c.since.map(|t| self.text(self.mentions.times[t].span)),
            subset_of: None,
        }
    }
}

/// The number of a row behind its document and its kind.
fn numbered(document: &str, kind: &str, n: usize) -> String {
    let mut digits = [0; 20];
    let (mut first, mut rest) = (digits.len(), n);
    loop {
        first -= 1;
        digits[first] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    let mut out = String::with_capacity(document.len() + kind.len() + digits.len() - first);
    out.push_str(document);
    out.push_str(kind);
    out.extend(digits[first..].iter().map(|digit| char::from(*digit)));
    out
}

/// What events and casualties share.
struct Common<'c> {
    id: String,
    at: &'c Extent,
    place: Option<usize>,
    time: Option<usize>,
    attribution: Option<usize>,
    negated: bool,
    realis: &'static str,
    polarity: Option<usize>,
    rule: &'c str,
}

/// ACLED's precision: 1 a day or less, 2 a week, 3 longer.
fn time_precision(time: &Time) -> Option<i32> {
    const DAY: i64 = 86_400_000_000;
    let days = (time.to? - time.from?) / DAY;
    Some(match days {
        ..=1 => 1,
        2..=7 => 2,
        _ => 3,
    })
}

/// ACLED's precision: 1 exact, 2 near or part of a region, 3 a region or wider.
fn precision(place: &Place) -> Option<i32> {
    Some(match place.kind.as_str() {
        _ if place.shift.is_some() => 2,
        "country" | "region" | "natural" => 3,
        _ if matches!(place.relation.as_deref(), Some("near" | "outskirts" | "between")) => 2,
        _ => 1,
    })
}
