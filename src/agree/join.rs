//! Claims into facts, without comparing all with all.
//!
//! A claim is compared only with those of its family of types that lie in the same or a neighbouring square of the map and in the
//! same days. It joins the group with which it shares most, if it fits every member and shares enough; else it begins its own.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::item::{Item, Sort, scale};
use super::pair::{self, Enemies};
use super::place::{Scale, Spot};
use super::rules::Rules;
use super::time::Bucket;
use super::words::hash;

/// Degrees of a square of the map: more than the farthest that two places of one event may lie apart.
const SQUARE: f64 = 0.3;
/// Of a large group, so many members are compared with.
const MEMBERS: usize = 12;
/// Of a crowded bucket, so many groups, the latest first.
const GROUPS: usize = 256;

/// Groups of claims, by their numbers in `items`; both in the order of the reports.
pub fn join(items: &[Item<'_>], rules: &Rules) -> Vec<Vec<u32>> {
    let mut order: Vec<u32> = (0..items.len() as u32).collect();
    // What is exact is joined first, so that what is vague finds it.
    order.sort_by_key(|n| {
        let item = &items[*n as usize];
        let assumed = item.spot.as_ref().is_none_or(|s| s.assumed);
        (!item.window.is_precise(), assumed, scale(item), *n)
    });
    let mut families: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    order.iter().for_each(|n| families.entry(family(&items[*n as usize], rules)).or_default().push(*n));
    let mut families: Vec<Vec<u32>> = families.into_values().collect();
    // The largest first, so that no thread is left alone with it.
    families.sort_by_key(|claims| std::cmp::Reverse(claims.len()));
    let enemies = pair::enemies(items, rules);
    let joined =
        families.par_iter().with_max_len(1).flat_map_iter(|claims| join_family(claims, items, rules, &enemies));
    let mut groups: Vec<Vec<u32>> = joined.collect();
    groups.sort_unstable();
    groups
}

/// Groups of the claims of one family, of which the first are the most exact.
fn join_family(claims: &[u32], items: &[Item<'_>], rules: &Rules, enemies: &Enemies<'_>) -> Vec<Vec<u32>> {
    let each = claims.iter().map(|n| vec![*n]).collect();
    // One text in several papers tells of one thing, whatever else is joined.
    let mut groups = gather(each, items, rules, enemies, |item, _| passages(item));
    let rank: FxHashMap<u32, usize> = claims.iter().enumerate().map(|(rank, n)| (*n, rank)).collect();
    groups.sort_by_key(|g| g.iter().map(|n| rank[n]).min());
    let mut groups = gather(groups, items, rules, enemies, |item, kept| keys(item, rules, kept));
    // A claim joins what is there when it comes; what began apart may by now be one.
    groups.sort_by_key(|g| std::cmp::Reverse(g.len()));
    let mut groups = gather(groups, items, rules, enemies, |item, kept| keys(item, rules, kept));
    groups.iter_mut().for_each(|g| g.sort_unstable());
    groups
}

/// Puts each group to the one before it with which it shares most, of those that lie in one of its buckets.
fn gather(
    parts: Vec<Vec<u32>>,
    items: &[Item<'_>],
    rules: &Rules,
    enemies: &Enemies<'_>,
    keys: impl Fn(&Item<'_>, bool) -> Vec<u64>,
) -> Vec<Vec<u32>> {
    let mut groups: Vec<Vec<u32>> = Vec::new();
    let mut buckets: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    // The last part that a group was compared with.
    let mut seen: Vec<u32> = Vec::new();
    for (turn, part) in (1u32..).zip(parts) {
        let mut best: Option<(f32, u32)> = None;
        for key in part.iter().take(MEMBERS).flat_map(|n| keys(&items[*n as usize], false)) {
            for group in buckets.get(&key).into_iter().flatten().rev().take(GROUPS) {
                if std::mem::replace(&mut seen[*group as usize], turn) == turn {
                    continue;
                }
                let enough = best.map_or(rules.points.enough, |(most, _)| most);
                if let Some(points) = fit(&part, &groups[*group as usize], items, rules, enemies, enough)
                    && points >= rules.points.enough
                    && best.is_none_or(|(most, _)| points > most)
                {
                    best = Some((points, *group));
                }
            }
        }
        let group = best.map_or(groups.len() as u32, |(_, group)| group);
        for key in part.iter().flat_map(|n| keys(&items[*n as usize], true)) {
            let bucket = buckets.entry(key).or_default();
            if bucket.last() != Some(&group) {
                bucket.push(group);
            }
        }
        match groups.get_mut(group as usize) {
            Some(members) => members.extend(part),
            None => {
                groups.push(part);
                seen.push(0);
            }
        }
    }
    groups
}

/// The mean points that the members of two groups share; `None` if two of them are about different things, or if the mean cannot
/// be `enough`.
fn fit(
    part: &[u32],
    group: &[u32],
    items: &[Item<'_>],
    rules: &Rules,
    enemies: &Enemies<'_>,
    enough: f32,
) -> Option<f32> {
    let (part, group) = (&part[..part.len().min(MEMBERS)], &group[..group.len().min(MEMBERS)]);
    let pairs = part.len() * group.len();
    let mut sum = 0.0;
    // What the pairs that are left can add at most.
    let mut left = (pairs - 1) as f32 * rules.most;
    for one in part {
        for other in group {
            let needed = enough * pairs as f32 - sum - left;
            sum += pair::points(&items[*one as usize], &items[*other as usize], rules, enemies, needed)?;
            left -= rules.most;
        }
    }
    Some(sum / pairs as f32)
}

/// The buckets of a claim's passage: the least of its runs of words by several orders. Two passages that share half of their runs
/// share one of the four fifteen times out of sixteen.
fn passages(item: &Item<'_>) -> Vec<u64> {
    let least = |order: u8| item.shingles.sorted.iter().map(|run| hash(&(order, *run))).min();
    (0..4).filter_map(|order| Some((u64::from(order) << 32) | u64::from(least(order)?))).collect()
}

/// A number for what can be joined at all.
fn family(item: &Item<'_>, rules: &Rules) -> u32 {
    match item.sort {
        Sort::Event => hash(&(0u8, rules.family(item.what))),
        Sort::Casualty => hash(&(1u8, item.what, item.cumulative)),
        Sort::Quantity => hash(&(2u8, item.what, item.noun, item.unit)),
    }
}

/// The buckets of a claim: where it is `kept`, or where those may be that it can join.
fn keys(item: &Item<'_>, rules: &Rules, kept: bool) -> Vec<u64> {
    let days: Vec<Bucket> = if kept { item.window.kept() } else { item.window.looked_up(&rules.time) };
    let places = places(item.spot.as_ref(), kept);
    let key = |place: u32, day: &Bucket| (u64::from(place) << 32) | u64::from(hash(day));
    places.iter().flat_map(|place| days.iter().map(move |day| key(*place, day))).collect()
}

fn places(spot: Option<&Spot<'_>>, kept: bool) -> Vec<u32> {
    let Some(spot) = spot else { return vec![0] };
    let country = hash(&(0u8, spot.country));
    let region = hash(&(1u8, spot.country, spot.admin1));
    let own = hash(&(2u8, spot.id, spot.words));
    let mut out = Vec::new();
    if spot.scale < Scale::Region
        && let Some((lat, lon)) = spot.point
    {
        let square = |d: f64| (d / SQUARE).floor() as i32;
        let (row, column) = (square(lat), square(lon));
        let near = if kept { 0..=0 } else { -1..=1 };
        out.extend(near.clone().flat_map(|r| near.clone().map(move |c| hash(&(3u8, row + r, column + c)))));
    } else {
        out.push(own);
    }
    if kept || spot.scale == Scale::Country {
        out.push(country);
    }
    if spot.admin1.is_some() && (kept || spot.scale == Scale::Region) {
        out.push(region);
    }
    out
}
