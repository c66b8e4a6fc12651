//! Claims into facts, without comparing all with all.
//!
//! A claim is compared only with those of its family of types that lie in the same or a neighbouring square of the map and in the
//! same days, or that stand in the same words ([`index`]). The two that share most are joined first; two groups are joined if
//! every two members fit, and share enough on the mean.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::index::Index;
use super::item::{Item, Sort, scale};
use super::pair::{self, Enemies};
use super::rules::{Points, Rules};
use super::words::hash;

/// Of a large group, so many members are compared with.
const MEMBERS: usize = 12;
/// Of those that share enough with a claim, so many are kept, the nearest.
const NEAREST: usize = 48;
/// So many claims look for others with one memory.
const CLAIMS: usize = 256;
/// Sums of points in another order may differ by this much.
const ROUNDING: f32 = 0.01;

/// Groups of claims, by their numbers in `items`; both in the order of the reports.
pub fn join(items: &[Item<'_>], rules: &Rules) -> Vec<Vec<u32>> {
    let mut families: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    (0..).zip(items).for_each(|(n, item)| families.entry(family(item, rules)).or_default().push(n));
    let mut families: Vec<Vec<u32>> = families.into_values().collect();
    // The largest first, so that no thread is left alone with it.
    families.sort_by_key(|claims| std::cmp::Reverse(claims.len()));
    let enemies = pair::enemies(items);
    let joined = families.into_par_iter().with_max_len(1).flat_map_iter(|mut claims| {
        // What is wide looks for what may lie in it.
        claims.sort_by_key(|n| (scale(&items[*n as usize]), *n));
        let family = Family { items, rules, enemies: &enemies, claims: &claims };
        family.groups()
    });
    let mut groups: Vec<Vec<u32>> = joined.collect();
    groups.sort_unstable();
    groups
}

/// A number for what can be joined at all.
fn family(item: &Item<'_>, rules: &Rules) -> u32 {
    match item.sort {
        Sort::Event => hash(&(0u8, rules.family(item.what))),
        Sort::Casualty => hash(&(1u8, item.what, item.cumulative)),
        Sort::Quantity => hash(&(2u8, item.what, item.noun, item.unit)),
    }
}

/// Claims that can be joined at all, and what they are joined by.
struct Family<'f, 'a> {
    items: &'f [Item<'a>],
    rules: &'f Rules,
    enemies: &'f Enemies,
    claims: &'f [u32],
}

/// Two claims that share enough, by their ranks in the family.
#[derive(Clone, Copy)]
struct Pair {
    points: f32,
    one: u32,
    other: u32,
}

impl Pair {
    /// What shares most is first, of equals what stands first.
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        other.points.total_cmp(&self.points).then((self.one, self.other).cmp(&(other.one, other.other)))
    }
}

impl Family<'_, '_> {
    fn groups(&self) -> Vec<Vec<u32>> {
        let mut of: Vec<u32> = (0..self.claims.len() as u32).collect();
        let mut groups: Vec<Vec<u32>> = of.iter().map(|rank| vec![*rank]).collect();
        // Groups, with how many members, that do not go together.
        let mut apart: FxHashSet<[u32; 4]> = FxHashSet::default();
        for pair in self.pairs() {
            let ends = [of[pair.one as usize], of[pair.other as usize]];
            let [one, other] = ends.map(|group| groups[group as usize].len());
            let [small, large] = if one < other { ends } else { [ends[1], ends[0]] };
            let trial = [small, large, one.min(other) as u32, one.max(other) as u32];
            if small == large || apart.contains(&trial) {
                continue;
            }
            if one + other > 2 && !self.fit(&groups[small as usize], &groups[large as usize], pair.points) {
                apart.insert(trial);
                continue;
            }
            let moved = std::mem::take(&mut groups[small as usize]);
            moved.iter().for_each(|rank| of[*rank as usize] = large);
            groups[large as usize].extend(moved);
        }
        groups.retain(|group| !group.is_empty());
        for group in &mut groups {
            group.iter_mut().for_each(|rank| *rank = self.claims[*rank as usize]);
            group.sort_unstable();
        }
        groups
    }

    /// The pairs that share enough, those that share most first.
    fn pairs(&self) -> Vec<Pair> {
        let index = Index::new(self.claims.iter().map(|n| &self.items[*n as usize]));
        let ranks: Vec<u32> = (0..self.claims.len() as u32).collect();
        let near = |ranks: &[u32]| {
            let (mut out, mut own, mut found) = (Vec::new(), Vec::new(), Vec::new());
            for rank in ranks {
                index.before(*rank, self.item(*rank), &self.rules.time, &mut found);
                let enough = |other: &u32| {
                    let points = self.points(*rank, *other, self.rules.points.enough)?;
                    (points >= self.rules.points.enough).then_some(Pair { points, one: *rank, other: *other })
                };
                own.clear();
                own.extend(found.iter().filter_map(enough));
                if own.len() > NEAREST {
                    own.select_nth_unstable_by(NEAREST, Pair::order);
                    own.truncate(NEAREST);
                }
                out.extend_from_slice(&own);
            }
            out
        };
        let mut pairs: Vec<Pair> = ranks.par_chunks(CLAIMS).flat_map_iter(near).collect();
        pairs.par_sort_unstable_by(Pair::order);
        pairs
    }

    fn item(&self, rank: u32) -> &Item<'_> {
        &self.items[self.claims[rank as usize] as usize]
    }

    fn points(&self, one: u32, other: u32, needed: f32) -> Option<f32> {
        pair::points(self.item(one), self.item(other), self.rules, self.enemies, needed)
    }

    /// Whether no two members of two groups are about different things, and they share enough. `most`: what the nearest share.
    fn fit(&self, small: &[u32], large: &[u32], most: f32) -> bool {
        let (small, large) = (&small[..small.len().min(MEMBERS)], &large[..large.len().min(MEMBERS)]);
        let pairs = small.len() * large.len();
        // What the pairs that are left have to share, and can share at most.
        let Points { enough, nearest, .. } = self.rules.points;
        let mut needed = (enough - nearest * most) / (1.0 - nearest) * pairs as f32;
        let mut left = pairs as f32 * self.rules.most;
        for one in small {
            for other in large {
                left -= self.rules.most;
                match self.points(*one, *other, needed - left) {
                    Some(points) => needed -= points,
                    None => return false,
                }
            }
        }
        needed <= ROUNDING
    }
}
