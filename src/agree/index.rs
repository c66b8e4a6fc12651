//! Where the claims of a family are found: by place and day, and by the words that they stand in.

use rustc_hash::FxHashMap;

use super::item::Item;
use super::place::{Scale, Spot};
use super::rules::Times;
use super::words::hash;

/// Degrees of a square of the map: more than the farthest that two places of one event may lie apart.
const SQUARE: f64 = 0.3;
/// Of a crowded place and day, or of a text that many print, so many claims are found, the latest.
const CROWD: usize = 128;
/// A window of more days is found whatever the day on which it begins.
const LONG: i64 = 10;
/// Where long windows stand.
const ANY_DAY: i64 = i64::MAX;
/// Where those stand of which nothing is known.
const NO_DAY: i64 = i64::MIN;

/// The claims of a family, by their ranks.
pub struct Index {
    /// A place, the day on which a window begins, a rank; in order.
    entries: Vec<(u32, i64, u32)>,
    /// Where the entries of a place begin and end.
    places: FxHashMap<u32, (u32, u32)>,
    /// Ranks by one of the least runs of words of a passage.
    passages: FxHashMap<u64, Vec<u32>>,
}

impl Index {
    /// Of claims in the order of their ranks.
    pub fn new<'i, 'a: 'i>(claims: impl Iterator<Item = &'i Item<'a>>) -> Self {
        let mut index = Index { entries: Vec::new(), places: FxHashMap::default(), passages: FxHashMap::default() };
        for (rank, item) in (0..).zip(claims) {
            let day = match item.window.days() {
                None => NO_DAY,
                Some((first, last)) if last - first >= LONG => ANY_DAY,
                Some((first, _)) => first,
            };
            let mut keep = |place| index.entries.push((place, day, rank));
            match &item.spot {
                None => keep(NOWHERE),
                Some(spot) => {
                    keep(square(spot, 0, 0).unwrap_or_else(|| own(spot)));
                    keep(country(spot));
                    if spot.admin1.is_some() {
                        keep(region(spot));
                    }
                }
            }
            parties(item).for_each(&mut keep);
            for run in passage(item) {
                index.passages.entry(run).or_default().push(rank);
            }
        }
        index.entries.sort_unstable();
        let mut at = 0;
        for entries in index.entries.chunk_by(|a, b| a.0 == b.0) {
            index.places.insert(entries[0].0, (at, at + entries.len() as u32));
            at += entries.len() as u32;
        }
        index
    }

    /// The claims of lower rank that a claim may be joined with, in the order of their ranks.
    pub fn before(&self, rank: u32, item: &Item<'_>, times: &Times, found: &mut Vec<u32>) {
        found.clear();
        let days = item.window.days().map(|(first, last)| (first - LONG - times.days_apart, last + times.days_apart));
        let mut look = |place| self.at(place, days, rank, found);
        match &item.spot {
            None => look(NOWHERE),
            Some(spot) => {
                match square(spot, 0, 0) {
                    Some(_) => around().filter_map(|(north, east)| square(spot, north, east)).for_each(&mut look),
                    None => look(own(spot)),
                }
                match spot.scale {
                    Scale::Country => look(country(spot)),
                    Scale::Region if spot.admin1.is_some() => look(region(spot)),
                    _ => {}
                }
            }
        }
        parties(item).for_each(&mut look);
        for run in passage(item) {
            found.extend(latest(self.passages.get(&run).map_or(&[], Vec::as_slice), |other| *other, rank));
        }
        found.sort_unstable();
        found.dedup();
    }

    /// Those of a place whose windows may meet one.
    fn at(&self, place: u32, days: Option<(i64, i64)>, rank: u32, found: &mut Vec<u32>) {
        let Some((start, end)) = self.places.get(&place) else { return };
        let all = &self.entries[*start as usize..*end as usize];
        let within = |from: i64, to: i64| {
            &all[all.partition_point(|(_, day, _)| *day < from)..all.partition_point(|(_, day, _)| *day <= to)]
        };
        match days {
            None => found.extend(latest(within(NO_DAY, NO_DAY), |(.., other)| *other, rank)),
            Some((from, to)) => {
                for mut entries in [within(from, to), within(ANY_DAY, ANY_DAY)] {
                    while let [(_, first, _), ..] = entries {
                        let (day, rest) = entries.split_at(entries.partition_point(|(_, day, _)| day == first));
                        found.extend(latest(day, |(.., other)| *other, rank));
                        entries = rest;
                    }
                }
            }
        }
    }
}

/// Of ranks in order, the last ones below one.
fn latest<T>(entries: &[T], rank: impl Fn(&T) -> u32 + Copy, below: u32) -> impl Iterator<Item = u32> {
    let end = entries.partition_point(|entry| rank(entry) < below);
    entries[end.saturating_sub(CROWD)..end].iter().map(rank)
}

/// Where claims stand that no place is known of.
const NOWHERE: u32 = 0;

fn own(spot: &Spot<'_>) -> u32 {
    hash(&(2u8, spot.id, spot.words))
}

fn country(spot: &Spot<'_>) -> u32 {
    hash(&(0u8, spot.country))
}

fn region(spot: &Spot<'_>) -> u32 {
    hash(&(1u8, spot.country, spot.admin1))
}

/// Who is party to what happens in no one place: the wholes that they belong to.
fn parties<'i>(item: &'i Item<'_>) -> impl Iterator<Item = u32> + use<'i> {
    let sides = [&item.agent, &item.patient].into_iter().filter(|_| item.traits.placeless);
    sides.filter_map(|side| Some(hash(&(4u8, side.as_ref()?.kin?.whole()))))
}

/// The square of the map in which a place lies, or one so many to the north and to the east of it.
fn square(spot: &Spot<'_>, north: i32, east: i32) -> Option<u32> {
    let (lat, lon) = spot.point.filter(|_| spot.scale < Scale::Region)?;
    let square = |degrees: f64| (degrees / SQUARE).floor() as i32;
    Some(hash(&(3u8, square(lat) + north, square(lon) + east)))
}

fn around() -> impl Iterator<Item = (i32, i32)> {
    (-1..=1).flat_map(|north| (-1..=1).map(move |east| (north, east)))
}

/// The least of a passage's runs of words by several orders. Two passages that share half of their runs share one of the four
/// fifteen times out of sixteen.
fn passage(item: &Item<'_>) -> impl Iterator<Item = u64> {
    let least = |order: u8| item.shingles.sorted.iter().map(|run| hash(&(order, *run))).min();
    (0..4u8).filter_map(move |order| Some((u64::from(order) << 32) | u64::from(least(order)?)))
}
