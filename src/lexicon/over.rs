//! A user's rows before the built-in ones: what has the same id is the same thing, told better.

use rustc_hash::{FxHashMap, FxHashSet};

use super::load::Rows;
use super::rows::{ActorRow, PlaceRow};

/// How many rows a user's files have given.
#[derive(Debug, Clone, Copy)]
pub struct Own {
    actors: usize,
    places: usize,
}

impl Rows {
    /// Marks all rows read so far as the user's.
    pub(super) fn own(&mut self) -> Own {
        self.actors.iter_mut().for_each(|a| a.own = true);
        self.places.iter_mut().for_each(|p| p.own = true);
        Own { actors: self.actors.len(), places: self.places.len() }
    }

    /// A built-in actor with the id of a user's gives it its other names; a name that the user gives to another actor is
    /// no longer its own. A built-in place with the id of a user's lies where the user says.
    pub(super) fn override_by(&mut self, own: Own) {
        if own.actors > 0 {
            let built_in = self.actors.split_off(own.actors);
            let ids: FxHashMap<String, usize> =
                self.actors.iter().enumerate().map(|(n, a)| (a.id.clone(), n)).collect();
            let taken: FxHashSet<String> = self.actors.iter().flat_map(names).cloned().collect();
            for mut actor in built_in {
                for list in [&mut actor.aliases, &mut actor.cue] {
                    list.retain(|name| !taken.contains(name));
                }
                match ids.get(&actor.id) {
                    Some(n) => merge(&mut self.actors[*n], actor, &taken),
                    None => self.actors.push(actor),
                }
            }
        }
        if own.places > 0 {
            let (users, built_in) = self.places.split_at_mut(own.places);
            let ids: FxHashMap<&str, &PlaceRow> =
                users.iter().filter(|p| !p.place_id.is_empty()).map(|p| (p.place_id.as_str(), p)).collect();
            for place in built_in {
                if let Some(user) = ids.get(place.place_id.as_str()) {
                    *place = PlaceRow {
                        name_ar: std::mem::take(&mut place.name_ar),
                        common: place.common,
                        admin1: user.admin1.clone().or(place.admin1.take()),
                        country: user.country.clone().or(place.country.take()),
                        lat: user.lat.or(place.lat),
                        lon: user.lon.or(place.lon),
                        population: if user.population > 0 { user.population } else { place.population },
                        ..(*user).clone()
                    };
                }
            }
        }
    }
}

fn names(actor: &ActorRow) -> impl Iterator<Item = &String> {
    actor.aliases.iter().chain(&actor.cue).chain([&actor.name_ar]).filter(|n| !n.is_empty())
}

/// What the user's row leaves open is as it was.
fn merge(user: &mut ActorRow, mut built_in: ActorRow, taken: &FxHashSet<String>) {
    let old = std::mem::take(&mut built_in.name_ar);
    if user.name_ar.is_empty() {
        user.name_ar = old;
    } else if !old.is_empty() && !taken.contains(&old) {
        user.aliases.push(old);
    }
    user.aliases.extend(built_in.aliases);
    user.cue.extend(built_in.cue);
    user.short.extend(built_in.short);
    user.country = user.country.take().or(built_in.country);
    user.parent = user.parent.take().or(built_in.parent);
    user.capital = user.capital.take().or(built_in.capital);
    user.capital_aliases.extend(built_in.capital_aliases);
    user.place_alias |= built_in.place_alias;
}
