//! Distances and directions from a place: "75 km west of X" is not at X.

use super::{Place, Quantity};
use crate::grammar::Document;

/// Kilometres of a degree of latitude.
const DEGREE: f64 = 111.195;
/// Nothing is told by its distance from so far away.
const FARTHEST: f64 = 1000.0;

/// Sets the shift of the places before which a distance and a direction stand.
pub(super) fn shift(doc: &Document<'_>, quantities: &[Quantity], places: &mut [Place]) {
    let lengths: Vec<(usize, f64)> = quantities.iter().filter_map(|q| Some((q.end, kilometres(q)?))).collect();
    if lengths.is_empty() {
        return;
    }
    for place in places {
        let first = place.head.map_or(place.at.tokens.start, |h| h.min(place.at.tokens.start));
        let Some((start, (north, east))) = direction(doc, first) else { continue };
        let Some((_, km)) = lengths.iter().find(|(end, _)| *end == start) else { continue };
        place.shift = Some((north * km, east * km));
        place.relation = Some("near".to_owned());
    }
}

/// The point so many kilometres north and east of a point, in degrees.
pub fn shifted((lat, lon): (f64, f64), (north, east): (f64, f64)) -> (f64, f64) {
    let round = |degrees: f64| (degrees * 1e4).round() / 1e4;
    (round(lat + north / DEGREE), round(lon + east / (DEGREE * lat.to_radians().cos())))
}

fn kilometres(quantity: &Quantity) -> Option<f64> {
    let unit = match quantity.unit.as_deref()? {
        "km" => 1.0,
        "m" => 0.001,
        "mi" => 1.609_344,
        _ => return None,
    };
    quantity.value.map(|v| v * unit).filter(|km| *km <= FARTHEST)
}

/// The preposition of direction before the token: where it begins, and its unit vector north and east.
fn direction(doc: &Document<'_>, at: usize) -> Option<(usize, (f64, f64))> {
    let mut start = doc.previous_word(at)?;
    while doc.is_absorbed(start) {
        start = doc.previous_word(start)?;
    }
    let row = doc.particle(start, "prep")?;
    let code = row.direction.as_ref()?.as_str()?;
    let one = |positive: char, negative: char| match (code.contains(positive), code.contains(negative)) {
        (true, _) => 1.0,
        (_, true) => -1.0,
        _ => 0.0,
    };
    let (north, east): (f64, f64) = (one('N', 'S'), one('E', 'W'));
    let length = north.hypot(east);
    (length > 0.0).then(|| (start, (north / length, east / length)))
}
