//! Parts of a whole told place by place: "twelve of them in X and eight in Y".

use super::casualty::{Casualty, Finder, RECENT};
use super::count::{Group, group_at};
use crate::segment::Kind;

impl Finder<'_, '_, '_> {
    /// Behind the last part counted: where it lies, and the parts joined to it with places of their own. The whole lies in none
    /// of them.
    pub(super) fn parts_by_place(&mut self, whole: &(usize, Casualty), end: usize, limit: usize) {
        let Some(place) = self.place_of_group(end, limit) else { return };
        let mut told = self.out.last().and_then(|r| r.2.count.value).unwrap_or(0);
        let mut parts = Vec::new();
        let mut at = end;
        while let Some((group, place)) = self.placed(at, limit) {
            told += group.count.value.unwrap_or(0);
            if whole.1.count.value.is_none_or(|n| told > n) {
                return;
            }
            at = group.end;
            parts.push((group, place));
        }
        if parts.is_empty() {
            return;
        }
        if let Some(first) = self.out.last_mut() {
            first.2.place = Some(place);
        }
        if let Some(row) = self.out.iter_mut().rev().take(RECENT).find(|r| r.1 == whole.0) {
            row.2.place = row.2.place.filter(|p| *p != place);
        }
        for (group, place) in parts {
            self.push_subset(whole, &group);
            if let Some(row) = self.out.last_mut() {
                row.2.place = Some(place);
            }
        }
    }

    /// The next group of a list, counted and with a place right behind it.
    fn placed(&self, end: usize, limit: usize) -> Option<(Group, usize)> {
        let at = self.next_group(end, limit)?;
        let group = group_at(self.scene, at, limit).filter(|g| g.count.value.is_some() && !g.party_only)?;
        let free = group.anchor.clone().is_some_and(|mut a| !a.any(|t| self.used[t]));
        let place = self.place_of_group(group.end, limit).filter(|_| free)?;
        Some((group, place))
    }

    /// "twelve people: seven in X and five in Y".
    pub(super) fn listed_by_place(&mut self, colon: usize) {
        let scene = self.scene;
        if scene.doc.kind(colon) != Some(Kind::Colon) {
            return;
        }
        let limit = scene.doc.sentence_range(colon).end;
        let ends = |r: &&super::casualty::Row| {
            let end = r.2.victims.as_ref().map_or(r.2.anchor.tokens.end, |v| v.at.tokens.end);
            r.2.subset_of.is_none() && end.max(r.2.anchor.tokens.end) == colon
        };
        let whole = self.out.iter().rev().take(RECENT).find(ends).map(|r| (r.1, r.2.clone()));
        let Some(whole) = whole else { return };
        let first = group_at(scene, colon + 1, limit).filter(|g| g.count.value.is_some() && !g.party_only);
        let Some(group) = first.filter(|g| self.placed(g.end, limit).is_some()) else { return };
        let counted = group.anchor.clone().is_some_and(|mut a| a.any(|t| self.used[t]));
        if counted || self.place_of_group(group.end, limit).is_none() || group.count.value > whole.1.count.value {
            return;
        }
        let end = group.end;
        self.push_subset(&whole, &group);
        self.parts_by_place(&whole, end, limit);
    }
}
