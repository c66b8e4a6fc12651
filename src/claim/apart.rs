//! Where one noun phrase ends and another begins with nothing between them.

use super::Scene;
use super::count::people;
use crate::lexicon::{List, Reading, Row};
use crate::morph::Category;
use crate::segment::{Gender, Number};

/// "the army the civilians", "the regime the governorate", "the factions the position": two definite words side by side of which
/// the second is no adjective of the first, though it is written like one.
pub(super) fn is_apart(scene: &Scene<'_, '_>, first: usize, second: usize) -> bool {
    let doc = scene.doc;
    let readings = |t: usize| doc.readings(t).iter();
    let listed = |r: &Reading| matches!(doc.list(r), List::Demonym | List::Adjective);
    let thing = readings(second).any(|r| r.features.category == Category::Noun && !listed(r));
    if thing && !readings(second).any(listed) && people(scene, second).is_none() {
        return true;
    }
    let plural = |t: usize| readings(t).any(|r| r.features.is_plural());
    if plural(first) && plural(second) && doc.lexicon.clash_in_case(doc.str(first), doc.str(second)) {
        return true;
    }
    let party = |_: &Reading, row: &Row| row.makes.as_deref().is_some_and(|m| !matches!(m, "place" | "locator"));
    let body = scene.actor_at(first).is_some() || doc.reading(first, party).is_some();
    let masculine = |r: &Reading| r.features.agreement.gender == Some(Gender::Masculine);
    let men = |r: &Reading, row: &Row| {
        doc.list(r) == List::Demonym || row.sort.as_deref() == Some("people") && masculine(r) && r.features.is_several()
    };
    let some_men = people(scene, first).is_some() && readings(first).any(|r| r.features.is_several());
    if doc.are_people(second) && body && !some_men && doc.reading(first, men).is_none() {
        return true;
    }
    let one_man = |r: &Reading| masculine(r) && r.features.agreement.number == Some(Number::Singular);
    let feminine = |t: usize| doc.lexicon.looks_feminine(doc.str(t));
    feminine(second) && !feminine(first) && readings(first).next().is_some_and(one_man)
}
