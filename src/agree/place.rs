//! Whether two places can be one event's: the same, one in the other, or near.

use super::rules::{Near, Points};
use super::sheet::Location;

/// How exact a kind of place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scale {
    /// A quarter, a building, a gate.
    Part,
    City,
    /// A river or a desert: its coordinates are one point of many.
    Natural,
    Region,
    Country,
}

impl Scale {
    fn of(kind: &str) -> Self {
        match kind {
            "country" => Scale::Country,
            "region" => Scale::Region,
            "natural" => Scale::Natural,
            "city" => Scale::City,
            _ => Scale::Part,
        }
    }
}

/// A place as places are compared.
#[derive(Debug, Clone, Copy)]
pub struct Spot<'a> {
    pub id: Option<&'a str>,
    /// A number for its words, where it has no id.
    pub words: Option<u32>,
    pub scale: Scale,
    /// A quarter or a camp, in which sites may lie.
    pub district: bool,
    pub country: Option<&'a str>,
    pub admin1: Option<&'a str>,
    pub point: Option<(f64, f64)>,
    /// Of a part: the town that its report names nearest to it.
    pub town: Option<&'a str>,
    /// The claim itself names no place: this one stood before it.
    pub assumed: bool,
    /// How much it says that two claims are here: less, the more reports are.
    pub weight: f32,
}

impl<'a> Spot<'a> {
    /// `around`: a located place of the same passage, in which one without coordinates lies.
    pub fn new(location: &Location<'a>, words: Option<u32>, around: Option<&Location<'a>>) -> Self {
        let point = |l: &Location<'a>| l.lat.zip(l.lon);
        let scale = Scale::of(location.kind);
        let country = location.country.or(around.and_then(|a| a.country));
        let admin1 = location.admin1.or(around.and_then(|a| a.admin1));
        Spot {
            id: location.place_id,
            words: if location.place_id.is_none() { words } else { None },
            scale,
            district: location.kind == "district",
            country,
            admin1,
            point: point(location).or_else(|| around.filter(|_| scale <= Scale::City).and_then(point)),
            town: None,
            assumed: false,
            weight: 1.0,
        }
    }

    /// A quarter lies in the town that its report names nearest to it, and in no other, however near.
    pub fn lies_in<'l>(&mut self, locations: impl Iterator<Item = &'l Location<'a>>, near: &Near)
    where
        'a: 'l,
    {
        let Some(here) = self.point.filter(|_| self.scale == Scale::Part) else { return };
        let towns = locations.filter(|l| Scale::of(l.kind) == Scale::City && l.place_id.is_some());
        let far = |l: &Location| l.lat.zip(l.lon).map(|there| kilometres(here, there)).filter(|km| *km <= near.city);
        let nearest = towns.filter_map(|l| Some((far(l)?, l.place_id))).min_by(|a, b| a.0.total_cmp(&b.0));
        self.town = nearest.and_then(|(_, id)| id);
    }

    /// Whether a town is known to be another than the one that a part lies in.
    fn lies_elsewhere(&self, town: &Self) -> bool {
        self.town.is_some() && town.id.is_some() && self.town != town.id
    }

    /// Points for what two places have to do with each other; `None` if one event cannot be at both.
    pub fn compare(&self, other: &Self, points: &Points, near: &Near) -> Option<f32> {
        let assumed = self.assumed || other.assumed;
        self.distance(other, points, near).map(|p| if assumed { (p + points.assumed).max(0.0) } else { p })
    }

    /// Whether one lies in the other, as far as the two reports tell.
    pub fn goes_with(&self, other: &Self, near: &Near) -> bool {
        if self.id.is_some() && self.id == other.id || self.words.is_some() && self.words == other.words {
            return true;
        }
        let (fine, wide) = if self.scale <= other.scale { (self, other) } else { (other, self) };
        let km = fine.point.zip(wide.point).map(|(a, b)| kilometres(a, b));
        match (fine.scale, wide.scale) {
            (Scale::Part, Scale::Part) => fine.id.is_none() || wide.id.is_none(),
            (Scale::City, Scale::City) => false,
            (_, Scale::Country) => fine.country.is_none() || fine.country == wide.country,
            (Scale::Region, Scale::Region) => false,
            (_, Scale::Region) => fine.admin1.is_none() || fine.admin1 == wide.admin1,
            (Scale::Part, Scale::City) => !fine.lies_elsewhere(wide) && km.is_none_or(|km| km <= near.city),
            (_, _) => km.is_none_or(|km| km <= near.natural),
        }
    }

    /// Whether one report may mean one place by both: the same name, or one that lies in the other.
    pub fn is_or_holds(&self, other: &Self, near: &Near) -> bool {
        let same = self.id.is_some() && self.id == other.id || self.words.is_some() && self.words == other.words;
        same || self.scale != other.scale && self.goes_with(other, near)
    }

    fn distance(&self, other: &Self, points: &Points, near: &Near) -> Option<f32> {
        let exact = |p: f32| if self.scale >= Scale::Region { points.wide_place } else { p };
        let same = || Some(exact(points.common_place + (points.same_place - points.common_place) * self.weight));
        if self.id.is_some() && self.id == other.id {
            return same();
        }
        if self.country.is_some() && other.country.is_some() && self.country != other.country {
            return None;
        }
        let (fine, wide) = if self.scale <= other.scale { (self, other) } else { (other, self) };
        let within = |limit: f64, points: f32| {
            let (a, b) = fine.point.zip(wide.point)?;
            // No way along the sphere is shorter than that to the other's latitude; the rest is for the rounding.
            let north = EARTH * (a.0 - b.0).abs().to_radians();
            (north <= limit + 0.001 && kilometres(a, b) <= limit).then_some(points)
        };
        // "The camp" of two towns is two camps.
        let apart = || fine.point.is_some() && wide.point.is_some() && within(near.natural, 0.0).is_none();
        if self.words.is_some() && self.words == other.words && !apart() {
            return same();
        }
        match (fine.scale, wide.scale) {
            // Two quarters of one city are two places; of one without coordinates nothing is known.
            (Scale::Part, Scale::Part) if fine.id.is_some() && wide.id.is_some() && !self.assumed && !other.assumed => {
                let named_apart = fine.district && wide.district || fine.point.is_none() || wide.point.is_none();
                if named_apart { None } else { within(near.part, points.near_place) }
            }
            (Scale::Part, Scale::Part) => within(near.city, points.near_place),
            (Scale::Part, Scale::City) if fine.lies_elsewhere(wide) => within(near.city, points.near_place),
            (Scale::Part, Scale::City) => within(near.city, points.nested_place),
            (Scale::City, Scale::City) => within(near.city, points.near_place),
            (_, Scale::Natural) => within(near.natural, points.wide_place),
            (_, Scale::Country) if wide.country.is_some() && fine.country == wide.country => Some(points.wide_place),
            (Scale::Part | Scale::City | Scale::Natural, Scale::Region) => match (fine.admin1, wide.admin1) {
                (Some(a), Some(b)) if a == b => Some(points.wide_place),
                (Some(_), Some(_)) => None,
                _ => within(near.region, points.wide_place),
            },
            _ => None,
        }
    }
}

/// The radius of the earth taken as a sphere, in kilometres.
const EARTH: f64 = 6371.0;

/// Along a great circle.
fn kilometres((lat_a, lon_a): (f64, f64), (lat_b, lon_b): (f64, f64)) -> f64 {
    let [lat_a, lon_a, lat_b, lon_b] = [lat_a, lon_a, lat_b, lon_b].map(f64::to_radians);
    let h = ((lat_b - lat_a) / 2.0).sin().powi(2) + lat_a.cos() * lat_b.cos() * ((lon_b - lon_a) / 2.0).sin().powi(2);
    2.0 * EARTH * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude_is_111_km() {
        assert!((kilometres((35.0, 39.0), (36.0, 39.0)) - 111.2).abs() < 0.1);
        assert!(kilometres((35.95, 39.01), (35.95, 39.01)) < 1e-9);
    }
}
