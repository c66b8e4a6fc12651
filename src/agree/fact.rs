//! Facts out of joined claims: what each report says of them, whether they agree, and how many sources stand behind it.

use std::collections::BTreeMap;
use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::figure::Figure;
use super::item::{Item, Side, Sort};
use super::pair::{are_one, is_one_text};
use super::rules::Rules;
use super::sheet::{Sheet, Timestamp};

/// Which number stands for a fact that reports count differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Policy {
    /// The smallest, as ACLED counts.
    Conservative,
    /// The one that most independent sources give, of equals the latest, as UCDP's best estimate.
    #[default]
    Best,
    /// None: the range stands for itself, as Airwars counts.
    MinMax,
}

impl Policy {
    pub const NAMES: [&'static str; 3] = ["conservative", "best", "minmax"];

    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "conservative" => Policy::Conservative,
            "best" => Policy::Best,
            "minmax" => Policy::MinMax,
            _ => return None,
        })
    }
}

/// What one claim says of a fact.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Value {
    pub doc_id: String,
    pub outlet: Option<String>,
    pub source: Option<String>,
    /// In the words of the report, or the type of event.
    pub value: String,
    pub number: Option<f64>,
    pub modifier: Option<String>,
    pub denied: bool,
    /// A later report of the same count gives a higher number.
    pub superseded: bool,
    pub claim_id: Option<String>,
    pub start: i32,
    pub end: i32,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fact {
    pub fact_id: String,
    pub what: String,
    pub aspect: &'static str,
    pub counted: Option<String>,
    pub unit: Option<String>,
    pub place: Option<String>,
    pub place_id: Option<String>,
    pub time_from: Option<Timestamp>,
    pub time_to: Option<Timestamp>,
    pub parties: Vec<String>,
    pub cumulative: bool,
    pub values: Vec<Value>,
    pub relation: &'static str,
    pub best: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub n_claims: i32,
    pub n_documents: i32,
    pub n_outlets: i32,
    pub n_sources: i32,
    pub claim_ids: Vec<String>,
    pub denied_by: Vec<String>,
    /// Document, start and end, in code points.
    pub evidence: Vec<(String, i32, i32)>,
    pub grading: &'static str,
}

pub struct Writer<'s, 'a> {
    pub sheet: &'s Sheet<'a>,
    pub items: &'s [Item<'a>],
    pub rules: &'s Rules,
    pub policy: Policy,
}

/// What is compared between the reports of one fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aspect {
    /// Whether it happened.
    Event,
    /// How many.
    Count,
    Agent,
    Patient,
    Place,
    Time,
    /// How much of the place or thing.
    Share,
}

impl Aspect {
    fn name(self) -> &'static str {
        match self {
            Aspect::Event => "event",
            Aspect::Count => "count",
            Aspect::Agent => "agent",
            Aspect::Patient => "patient",
            Aspect::Place => "place",
            Aspect::Time => "time",
            Aspect::Share => "share",
        }
    }
}

impl<'s, 'a> Writer<'s, 'a> {
    pub fn new(sheet: &'s Sheet<'a>, items: &'s [Item<'a>], rules: &'s Rules, policy: Policy) -> Self {
        Writer { sheet, items, rules, policy }
    }

    /// The facts of one group: what happened or how many, and where several reports say so, by whom, to whom, where and when.
    pub fn facts(&self, group: &[u32], out: &mut Vec<Fact>) {
        let mut members: Vec<&Item> = group.iter().map(|n| &self.items[*n as usize]).collect();
        members.sort_by_key(|i| (self.sheet.documents[i.doc as usize].published, i.doc, i.at.start));
        let event = members[0].sort == Sort::Event;
        out.push(self.fact(&members, if event { Aspect::Event } else { Aspect::Count }));
        for aspect in [Aspect::Agent, Aspect::Patient, Aspect::Place, Aspect::Time, Aspect::Share] {
            if !event {
                break;
            }
            let told: Vec<&Item> = members.iter().copied().filter(|i| tells(i, aspect) && !i.is_denial()).collect();
            let is_told = |i: &&Item| match aspect {
                Aspect::Share => i.share.is_some(),
                Aspect::Time => !i.said,
                _ => true,
            };
            if !told.iter().any(is_told) {
                continue;
            }
            if told.iter().any(|i| i.doc != told[0].doc) {
                let fact = self.fact(&told, aspect);
                // That the places go together is why the claims were joined.
                if aspect != Aspect::Place || fact.relation == "differ" {
                    out.push(fact);
                }
            }
        }
    }

    fn fact(&self, members: &[&Item<'a>], aspect: Aspect) -> Fact {
        let first = members[0];
        let claim_ids: Vec<String> = members.iter().filter_map(|i| i.claim_id).map(str::to_owned).collect();
        let superseded = self.superseded(members);
        let standing: Vec<&Item> = members.iter().zip(&superseded).filter(|(_, s)| !**s).map(|(i, _)| *i).collect();
        let n_sources = self.sources(members);
        let documents: FxHashSet<u32> = members.iter().map(|i| i.doc).collect();
        let outlets: FxHashSet<&str> = documents.iter().map(|d| self.outlet(*d)).collect();
        let relation = if documents.len() < 2 { "single" } else { self.relation(&standing, aspect) };
        let denials: Vec<&&Item> = members.iter().filter(|i| i.is_denial()).collect();
        let contradicted = !denials.is_empty() && denials.len() < members.len();
        let id = match first.claim_id {
            Some(id) => id.to_owned(),
            None => format!("{}#q{}", first.at.doc_id, first.at.start),
        };
        let spot = members.iter().filter_map(|i| i.spot.as_ref().map(|s| (s.assumed, s.scale, s, *i)));
        let spot = spot.filter(|(assumed, ..)| !assumed).min_by_key(|(_, scale, ..)| *scale);
        let told = members.iter().filter(|i| i.time.is_some() && !i.said).min_by_key(|i| i.window.to - i.window.from);
        let (best, low, high) = self.numbers(&standing, aspect);
        Fact {
            fact_id: if matches!(aspect, Aspect::Event | Aspect::Count) {
                id
            } else {
                format!("{id}/{}", aspect.name())
            },
            what: most_common(members.iter().map(|i| i.what)).to_owned(),
            aspect: aspect.name(),
            counted: match first.sort {
                Sort::Event => None,
                Sort::Casualty => members.iter().map(|i| i.class).find(|c| *c != "unknown").map(str::to_owned),
                Sort::Quantity => first.noun_text.map(str::to_owned),
            },
            unit: if aspect == Aspect::Share { Some("%") } else { first.unit }.map(str::to_owned),
            place: spot.and_then(|(.., item)| item.place).map(str::to_owned),
            place_id: spot.and_then(|(_, _, s, _)| s.id).map(str::to_owned),
            time_from: told.map(|i| i.window.from),
            time_to: told.map(|i| i.window.to),
            parties: parties(members),
            cumulative: first.cumulative,
            values: members.iter().zip(&superseded).map(|(i, s)| self.value(i, aspect, *s)).collect(),
            relation,
            best,
            low,
            high,
            n_claims: members.len() as i32,
            n_documents: documents.len() as i32,
            n_outlets: outlets.len() as i32,
            n_sources: n_sources as i32,
            denied_by: if contradicted {
                denials.iter().filter_map(|i| i.claim_id).map(str::to_owned).collect()
            } else {
                Vec::new()
            },
            evidence: members.iter().flat_map(|i| self.evidence(i, aspect)).collect(),
            grading: match (contradicted, relation, n_sources) {
                (true, ..) => "denied",
                (_, "differ", _) => "contested",
                (.., 0..=1) => "single_source",
                _ => "corroborated",
            },
            claim_ids,
        }
    }

    /// A report without an outlet stands for itself.
    fn outlet(&self, doc: u32) -> &'a str {
        let document = &self.sheet.documents[doc as usize];
        document.outlet.unwrap_or(document.doc_id)
    }

    fn value(&self, item: &Item<'a>, aspect: Aspect, superseded: bool) -> Value {
        let value = match aspect {
            Aspect::Event => item.what.to_owned(),
            Aspect::Count => item.at.text.to_owned(),
            Aspect::Agent => item.agent.map_or_else(String::new, |s| s.text.to_owned()),
            Aspect::Patient => item.patient.map_or_else(String::new, |s| s.text.to_owned()),
            Aspect::Place => item.place.unwrap_or_default().to_owned(),
            Aspect::Time => item.time.unwrap_or_default().to_owned(),
            Aspect::Share => {
                item.share.map_or(item.place, |(_, at)| self.words(item.doc, at)).unwrap_or_default().to_owned()
            }
        };
        let count = aspect == Aspect::Count;
        Value {
            doc_id: item.at.doc_id.to_owned(),
            outlet: self.sheet.documents[item.doc as usize].outlet.map(str::to_owned),
            source: item.source.map(str::to_owned),
            value,
            number: match aspect {
                Aspect::Share => item.share.and_then(|(figure, _)| figure.least()),
                _ => item.figure.least().filter(|_| count),
            },
            modifier: match aspect {
                Aspect::Count => Some(item.figure.modifier.to_owned()),
                Aspect::Share => item.share.map(|(figure, _)| figure.modifier.to_owned()),
                // It was not later than when it was said.
                Aspect::Time if item.said => Some("at_most".to_owned()),
                _ => None,
            },
            denied: item.is_denial(),
            superseded,
            claim_id: item.claim_id.map(str::to_owned),
            start: item.at.start,
            end: item.at.end,
        }
    }

    /// The words of a report between two code points.
    fn words(&self, doc: u32, (start, end): (i32, i32)) -> Option<&'a str> {
        let text = self.sheet.documents[doc as usize].text?;
        let byte = |n: i32| text.char_indices().nth(n as usize).map_or(text.len(), |(at, _)| at);
        Some(&text[byte(start)..byte(end)])
    }

    /// The claim, and the words that give what is compared.
    fn evidence(&self, item: &Item<'a>, aspect: Aspect) -> Vec<(String, i32, i32)> {
        let words = match aspect {
            Aspect::Event | Aspect::Count => None,
            Aspect::Agent => item.agent.and_then(|s| s.at),
            Aspect::Patient => item.patient.and_then(|s| s.at),
            Aspect::Place => item.place_at,
            Aspect::Time => item.time_at,
            Aspect::Share => item.share.map(|(_, at)| at),
        };
        let spans = [Some((item.at.start, item.at.end)), words];
        spans.into_iter().flatten().map(|(start, end)| (item.at.doc_id.to_owned(), start, end)).collect()
    }

    /// Which of the claims a later one outdoes with a higher number: a toll that grew is no contradiction. That is so of running
    /// tolls, and of what one outlet or one source says again.
    fn superseded(&self, members: &[&Item<'a>]) -> Vec<bool> {
        let mut out = vec![false; members.len()];
        if members[0].sort != Sort::Casualty {
            return out;
        }
        // From the last claim to the first: the highest number further on in the report, and of all reports of later days, and
        // of each voice in them.
        let (mut further, mut here) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        let mut of_all = f64::NEG_INFINITY;
        let mut of_voice: FxHashMap<(bool, u64), f64> = FxHashMap::default();
        let published = |i: &Item| self.sheet.documents[i.doc as usize].published;
        let mut end = members.len();
        for day in members.chunk_by(|a, b| published(a) == published(b)).rev() {
            let first = end - day.len();
            for (n, claim) in day.iter().enumerate().rev() {
                match day.get(n + 1).filter(|next| next.doc == claim.doc) {
                    Some(next) if next.at.start > claim.at.start => {
                        (further, here) = (further.max(here), f64::NEG_INFINITY);
                    }
                    Some(_) => {}
                    None => (further, here) = (f64::NEG_INFINITY, f64::NEG_INFINITY),
                }
                here = claim.figure.least().map_or(here, |least| here.max(least));
                let Some(most) = claim.figure.most() else { continue };
                let voice = || self.voices(claim).filter_map(|v| of_voice.get(&v)).any(|n| most < *n);
                out[first + n] = most < further || claim.cumulative && most < of_all || voice();
            }
            // What has no date is not known to be later than anything.
            for late in day.iter().filter(|late| published(late).is_some()) {
                let Some(least) = late.figure.least() else { continue };
                of_all = of_all.max(least);
                for voice in self.voices(late) {
                    let highest = of_voice.entry(voice).or_insert(least);
                    *highest = highest.max(least);
                }
            }
            end = first;
        }
        out
    }

    /// Who speaks: an outlet, and the sources that it names.
    fn voices<'i>(&self, item: &'i Item<'a>) -> impl Iterator<Item = (bool, u64)> + use<'i, 'a, 's> {
        let outlet = FxBuildHasher.hash_one(self.outlet(item.doc));
        std::iter::once((true, outlet)).chain(item.sources.iter().map(|s| (false, u64::from(*s))))
    }

    /// Whether what the reports say goes together.
    fn relation(&self, members: &[&Item<'a>], aspect: Aspect) -> &'static str {
        let docs = apart(members, aspect);
        let together = |x: &Item<'a>, y: &Item<'a>| match aspect {
            Aspect::Event => x.is_denial() == y.is_denial(),
            Aspect::Count => x.rest == y.rest && x.figure.agrees(&y.figure, &self.rules.number) != Some(false),
            // What is told without a share is told of the whole.
            Aspect::Share => match (x.share, y.share) {
                (Some((one, _)), Some((other, _))) => one.agrees(&other, &self.rules.number) != Some(false),
                (one, other) => one.is_none() && other.is_none(),
            },
            Aspect::Agent => one_party(x.agent, y.agent),
            Aspect::Patient => one_party(x.patient, y.patient),
            Aspect::Place => {
                x.spot.as_ref().zip(y.spot.as_ref()).is_some_and(|(x, y)| x.goes_with(y, &self.rules.near))
            }
            Aspect::Time => {
                let days = if x.traits.lasting { self.rules.time.days_apart } else { 0 };
                x.window.is_within(&y.window, days)
            }
        };
        // A report that tells two things agrees with one that tells both.
        let found = |a: &[&Item<'a>], b: &[&Item<'a>]| a.iter().all(|x| b.iter().any(|y| together(x, y)));
        let agree = docs.iter().enumerate().all(|(n, a)| docs[n + 1..].iter().all(|b| found(a, b) && found(b, a)));
        if agree { "agree" } else { "differ" }
    }

    /// Independent sources: claims that share a source, or whose passages are one text, count once.
    fn sources(&self, members: &[&Item<'a>]) -> usize {
        let mut root: Vec<usize> = (0..members.len()).collect();
        fn find(root: &mut [usize], mut n: usize) -> usize {
            while root[n] != n {
                root[n] = root[root[n]];
                n = root[n];
            }
            n
        }
        let mut by_key: FxHashMap<u32, usize> = FxHashMap::default();
        for (n, item) in members.iter().enumerate() {
            for key in &item.sources {
                let other = *by_key.entry(*key).or_insert(n);
                let (a, b) = (find(&mut root, n), find(&mut root, other));
                root[a] = b;
            }
        }
        // In a group of thousands, one text lies near itself in time.
        const NEAR: usize = 64;
        for (n, item) in members.iter().enumerate() {
            for other in members[..n].iter().enumerate().rev().take(NEAR) {
                if item.doc != other.1.doc && is_one_text(item, other.1, self.rules) {
                    let (a, b) = (find(&mut root, n), find(&mut root, other.0));
                    root[a] = b;
                }
            }
        }
        (0..members.len()).filter(|n| find(&mut root, *n) == *n).count()
    }

    /// Best, low and high of the numbers that stand.
    fn numbers(&self, members: &[&Item<'a>], aspect: Aspect) -> (Option<f64>, Option<f64>, Option<f64>) {
        let figures = || members.iter().filter(|i| aspect == Aspect::Count && !i.is_denial()).map(|i| &i.figure);
        let least = |a: f64, b: f64| a.min(b);
        let low = figures().filter_map(Figure::least).reduce(least);
        let high = figures().filter_map(Figure::most).reduce(f64::max);
        let best = match self.policy {
            Policy::Conservative => low,
            Policy::MinMax => None,
            Policy::Best => {
                let told: Vec<&&Item> = members
                    .iter()
                    .filter(|i| aspect == Aspect::Count && !i.is_denial() && i.figure.value.is_some())
                    .collect();
                let mut by_value: FxHashMap<u64, (usize, Vec<&Item>)> = FxHashMap::default();
                for (n, item) in told.into_iter().enumerate() {
                    let same = by_value.entry(item.figure.value.map_or(0, f64::to_bits)).or_default();
                    same.0 = n;
                    same.1.push(item);
                }
                let latest = by_value.values().max_by_key(|(last, same)| (self.sources(same), *last));
                latest.and_then(|(_, same)| same[0].figure.value).or(low)
            }
        };
        (best, low, high)
    }
}

/// What the reports of a fact tell, to be compared each with each. What one tells twice stands there once; of reports that tell
/// the same, two stand for all; of a great crowd the first are compared, which by then differ if any do.
fn apart<'i, 'a>(members: &[&'i Item<'a>], aspect: Aspect) -> Vec<Vec<&'i Item<'a>>> {
    const MOST: usize = 256;
    let mut by_doc: BTreeMap<u32, (Vec<u64>, Vec<&Item>)> = BTreeMap::new();
    let mut met: FxHashSet<(u32, u64)> = FxHashSet::default();
    for item in members {
        let number = telling(item, aspect);
        if met.insert((item.doc, number)) {
            let (numbers, items) = by_doc.entry(item.doc).or_default();
            numbers.push(number);
            items.push(item);
        }
    }
    let mut times: FxHashMap<Vec<u64>, u8> = FxHashMap::default();
    let told = by_doc.into_values().filter_map(|(numbers, items)| {
        let times = times.entry(numbers).or_default();
        *times = times.saturating_add(1);
        (*times <= 2).then_some(items)
    });
    told.take(MOST).collect()
}

/// A number for all that is compared of an item.
fn telling(item: &Item<'_>, aspect: Aspect) -> u64 {
    let bits = |n: Option<f64>| n.map(f64::to_bits);
    let party = |side: Option<Side<'_>>| FxBuildHasher.hash_one(side.map(|s| (s.id, s.words)));
    match aspect {
        Aspect::Event => item.is_denial().into(),
        Aspect::Count => {
            let f = &item.figure;
            FxBuildHasher.hash_one((bits(f.value), bits(f.upper), bits(f.low), bits(f.high), f.modifier, item.rest))
        }
        Aspect::Share => {
            FxBuildHasher.hash_one(item.share.map(|(f, _)| (bits(f.value), bits(f.low), bits(f.high), f.modifier)))
        }
        Aspect::Agent => party(item.agent),
        Aspect::Patient => party(item.patient),
        Aspect::Place => FxBuildHasher.hash_one(item.spot.map(|s| {
            let point = s.point.map(|(lat, lon)| (lat.to_bits(), lon.to_bits()));
            (s.id, s.words, s.scale as u8, s.country, s.admin1, point, s.assumed)
        })),
        Aspect::Time => FxBuildHasher.hash_one((item.what, item.window.from, item.window.to)),
    }
}

fn tells(item: &Item<'_>, aspect: Aspect) -> bool {
    match aspect {
        Aspect::Event | Aspect::Count => true,
        Aspect::Agent => item.agent.is_some(),
        Aspect::Patient => item.patient.is_some(),
        Aspect::Place => item.place.is_some() && item.spot.is_some(),
        Aspect::Time => item.time.is_some(),
        Aspect::Share => item.share.is_some() || item.whole,
    }
}

/// Names that only describe ("the attackers") contradict nobody.
fn one_party(a: Option<Side<'_>>, b: Option<Side<'_>>) -> bool {
    a.zip(b).is_some_and(|(a, b)| are_one(&a, &b) != Some(false))
}

/// Parties of all claims, named once each, in the order of their first mention.
fn parties(members: &[&Item<'_>]) -> Vec<String> {
    let sides = members.iter().flat_map(|i| [i.agent, i.patient]).flatten();
    let mut named = FxHashSet::default();
    sides.map(|s| s.id.unwrap_or(s.text)).filter(|name| named.insert(*name)).map(str::to_owned).collect()
}

/// The value that comes most often, of equals the first.
fn most_common<'a>(values: impl Iterator<Item = &'a str>) -> &'a str {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for value in values {
        match counts.iter_mut().find(|(v, _)| *v == value) {
            Some((_, n)) => *n += 1,
            None => counts.push((value, 1)),
        }
    }
    let most = counts.iter().map(|(_, n)| *n).max().unwrap_or(0);
    counts.into_iter().find(|(_, n)| *n == most).map_or("", |(v, _)| v)
}
