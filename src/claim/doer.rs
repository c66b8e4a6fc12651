//! Who a phrase of means stands for, and who only tells of what happened: aircraft act for their owner, a speaker does
//! not do what he reports.

use std::ops::Range;

use super::Filler;
use super::roles::Builder;
use super::slots::is_noun;
use crate::lexicon::{List, Reading, Row};
use crate::segment::{Gender, Number};

/// How many words behind a phrase may say whose it is.
const OWNED: usize = 5;

/// Kinds of party that an adjective of nationality names, the first that the report has.
const NATIONAL: [[&str; 2]; 2] = [["state", "coalition"], ["military", "collective"]];

impl Builder<'_, '_, '_> {
    /// The party that an adjective of nationality among the words means, and the word.
    pub(super) fn nation(&self, tokens: Range<usize>, forces: bool) -> Option<(usize, Option<Filler>)> {
        let scene = self.scene;
        let doc = scene.doc;
        let start = doc.sentence_range(self.trigger.token).start;
        for t in tokens {
            let led = doc.clitics(t).preposition.is_some() || doc.clitics(t).conjunction.is_some();
            if !doc.is_word(t) || led || doc.is_preposition(t) {
                return None;
            }
            let Some(demonym) = doc.is_demonym(t).filter(|_| scene.actor_at(t).is_none()) else {
                // "an attack on American targets" is not American.
                if !forces && is_noun(scene, t) {
                    return None;
                }
                continue;
            };
            let Some(country) = demonym.country.as_deref() else {
                // "Houthi reinforcements": the party itself, if the report names it.
                let id = demonym.group.as_deref();
                let own = |a: &crate::mention::Actor| {
                    a.row.is_some_and(|r| Some(doc.lexicon.actors[r as usize].id.as_str()) == id)
                };
                let party = id.and_then(|_| scene.mentions.actors.iter().position(own));
                return Some((t, party.map(|a| scene.actor_filler(a))));
            };
            // The one that the sentence has named, if it does more than tell; the country itself; its name as a place; its forces.
            let named = |kinds: [&'static str; 2]| kinds.into_iter().flat_map(|k| scene.actors_of(k, country)).copied();
            let itself = |a: &usize| {
                let row = scene.mentions.actors[*a].row;
                row.is_some_and(|r| doc.lexicon.actors[r as usize].place_alias)
            };
            let here = |a: &usize| {
                let actor = &scene.mentions.actors[*a];
                let at = actor.at.tokens.start;
                let tells = actor.kind == "state" && scene.in_source(at) && !itself(a);
                at >= start && at < self.trigger.token && !tells
            };
            let [first, second] = if forces { [NATIONAL[1], NATIONAL[0]] } else { NATIONAL };
            let near = named(first).chain(named(second)).filter(here).max();
            // A strike is its army's, if the report names that.
            let violent = self.trigger.is_violent();
            let army = || named(NATIONAL[1]).filter(|a| self.is_army(*a)).min().filter(|_| violent);
            let party = near.or_else(army).or_else(|| named(NATIONAL[0]).filter(itself).min());
            // "said the ministry of health that the shelling by X": it tells.
            let acts = |a: &usize| {
                scene.mentions.actors[*a].kind != "state" || !scene.in_source(scene.mentions.actors[*a].at.tokens.start)
            };
            let telling = || self.army_of(country).filter(|_| violent);
            let any = || named(first).filter(acts).min().or_else(|| named(second).min()).map(|a| scene.actor_filler(a));
            let place = || scene.country_named(country).map(|p| scene.place_filler(p));
            let force = || named(NATIONAL[1]).filter(|_| forces).min().map(|a| scene.actor_filler(a));
            let party = party.map(|a| scene.actor_filler(a));
            return Some((t, party.or_else(place).or_else(force).or_else(telling).or_else(any)));
        }
        None
    }

    /// "the army of X", by that word.
    fn is_army(&self, actor: usize) -> bool {
        let doc = self.scene.doc;
        let actor = &self.scene.mentions.actors[actor];
        let tokens = &actor.at.tokens;
        let called = |r: &Reading, row: &Row| doc.list(r) == List::Head && row.sort.as_deref() == Some("army");
        actor.kind == "military" && tokens.len() > 1 && doc.reading(tokens.start, called).is_some()
    }

    /// The army of a country, if the report names it; else its forces.
    fn army_of(&self, country: &str) -> Option<Filler> {
        let scene = self.scene;
        let forces = || scene.actors_of("military", country).iter().copied();
        let craft = |a: usize| {
            let head = scene.mentions.actors[a].at.tokens.start;
            scene.doc.reading(head, |_, r| r.class.as_deref() == Some("air")).is_some()
        };
        let force = |a: &usize| scene.mentions.actors[*a].is_force() && !craft(*a);
        let army = forces().filter(|a| self.is_army(*a)).min();
        army.or_else(|| forces().filter(force).min()).map(|a| scene.actor_filler(a))
    }

    /// "the president of X said that his forces": those of the country that the speaker's title names.
    fn forces_of_speaker(&self) -> Option<Filler> {
        let scene = self.scene;
        let source = scene.source_of(self.trigger.token).map(|a| &scene.attributions[a].source)?;
        let country = source.at.tokens.clone().find_map(|t| scene.doc.is_demonym(t)?.country.as_deref())?;
        self.army_of(country)
    }

    /// An adjective of nationality behind the noun: the doer, if the report names such a party.
    pub(super) fn nationality(&mut self) {
        let scene = self.scene;
        let doc = scene.doc;
        if self.trigger.frame.adjective != "agent" || self.roles.agent.is_some() {
            return;
        }
        let behind = self.trigger.token + 1..(self.trigger.token + 4).min(doc.len());
        if let Some((t, named)) = self.nation(behind, false) {
            let bare = || (self.trigger.frame.event.as_deref() == Some("airstrike")).then(|| scene.phrase(t..t + 1));
            self.roles.agent = named.or_else(bare);
        }
    }

    /// Whose aircraft or guns a phrase names: its party, the one behind it ("belonging to X"), that of its nationality.
    pub(super) fn owner(&self, filler: Filler) -> Filler {
        let scene = self.scene;
        let doc = scene.doc;
        let tokens = filler.at.tokens.clone();
        let means = |t: usize| {
            doc.reading(t, |_, r| matches!(r.class.as_deref(), Some("air" | "artillery" | "vehicle"))).is_some()
        };
        // "the aviation of X": the army of X, where the report names it.
        if let Some(actor) = filler.actor {
            let craft = doc.reading(tokens.start, |_, r| r.class.as_deref() == Some("air")).is_some();
            // Not that of the country which an alliance or a group fights in.
            let own = matches!(scene.mentions.actors[actor].kind.as_str(), "state" | "military");
            let army = || self.army_of(scene.mentions.actors[actor].country.as_deref()?);
            return (craft && own).then(army).flatten().unwrap_or(filler);
        }
        if !tokens.clone().any(means) {
            return filler;
        }
        if let Some((_, Some(nation))) = self.nation(tokens.start + 1..tokens.end + 1, true) {
            return nation;
        }
        // "the aircraft of the Emirates"
        let country = |p: &usize| scene.mentions.places[*p].kind == "country";
        if let Some(country) = tokens.clone().find_map(|t| scene.place_at(t)).filter(country) {
            return scene.place_filler(country);
        }
        let end = doc.sentence_range(tokens.start).end.min(tokens.end + OWNED);
        let mut t = tokens.end;
        while t < end && doc.is_word(t) && !doc.is_particle(t, "rel") && doc.clitics(t).conjunction.is_none() {
            // "aircraft believed to belong to X"
            let believed = |t: usize| {
                doc.is_particle(t, "comp") && doc.readings(t).iter().any(|r| r.pronoun.is_some_and(|p| p.person == 3))
            };
            if doc.is_finite(t) && believed(t + 1) {
                t += 2;
                continue;
            }
            // "a car at a checkpoint of X"
            let elsewhere = |row: &Row| row.has_role("place") && !row.has_role("partitive");
            if doc.is_finite(t) && !doc.could_be_nominal(t) || doc.particle(t, "prep").is_some_and(elsewhere) {
                break;
            }
            let owned = ["partitive", "affiliation", "possessor"];
            let of = doc.governed_by(t).is_some_and(|row| owned.iter().any(|r| row.has_role(r)))
                || doc.clitics(t).preposition.is_some_and(|p| doc.lexicon.is_possessive(p));
            if let Some(actor) = scene.actor_at(t).filter(|_| of) {
                return scene.actor_filler(actor);
            }
            // Another noun: whose that is says nothing of the aircraft.
            let without = doc.previous_word(t).is_some_and(|p| doc.is_particle(p, "neg"));
            if scene.place_at(t).is_some() || is_noun(scene, t) && doc.governed_by(t).is_none() && !without {
                break;
            }
            t += 1;
        }
        filler
    }

    /// The owner of the means that a phrase names; aircraft make what they do a strike from the air.
    pub(super) fn flown_by(&mut self, filler: Filler) -> Filler {
        let doc = self.scene.doc;
        let first = filler.at.tokens.start;
        let noun = |t: &usize| {
            let clitics = doc.clitics(*t + 1);
            doc.is_nominal(*t)
                && clitics.conjunction.is_none()
                && clitics.preposition.is_none_or(|p| doc.lexicon.is_possessive(p))
        };
        let flies = |row: &Row| row.class.as_deref() == Some("air") || row.has_role("flies");
        let air = |t: usize| doc.reading(t, |_, row| flies(row)).is_some();
        if self.roles.agent.is_none() {
            // "the air force"
            let arm = filler.actor.is_some() && filler.at.tokens.clone().any(air);
            self.roles.by_air |= arm || air(first) || (0..first).rev().take(OWNED).take_while(noun).any(air);
        }
        self.owner(filler)
    }

    /// "extremists who belong to X": X.
    pub(super) fn member_of(&self, filler: Filler) -> Filler {
        let scene = self.scene;
        let doc = scene.doc;
        let named = filler.actor.is_some_and(|a| scene.mentions.actors[a].kind != "collective");
        let end = filler.at.tokens.end;
        if named || doc.is_definite(filler.at.tokens.start) {
            return filler;
        }
        let belongs = |t: &usize| doc.reading(*t, |_, row| row.has_role("belongs")).is_some();
        let own =
            |t: &usize| doc.is_word(*t) && doc.clitics(*t).conjunction.is_none() && scene.mention_end(*t).is_none();
        let word = (end..end + OWNED).take_while(own).find(belongs);
        let party = word.and_then(|t| (t + 1..t + 4).find_map(|t| scene.actor_at(t)));
        party.map_or(filler, |a| scene.actor_filler(a))
    }

    /// Aircraft, guns, vehicles: what is meant is who has them.
    pub(super) fn is_armed(&self, token: usize) -> bool {
        let means = |class: &str| matches!(class, "air" | "artillery" | "vehicle");
        self.scene.doc.reading(token, |_, r| r.class.as_deref().is_some_and(means)).is_some()
    }

    /// The party in whose words the trigger stands, or for which its speaker speaks.
    pub(super) fn party_speaking(&self) -> Option<Filler> {
        let scene = self.scene;
        let source = scene.source_of(self.trigger.token).map(|a| &scene.attributions[a].source)?;
        let named = source.at.tokens.clone().filter_map(|t| scene.actor_at(t));
        let party = source.actor.into_iter().chain(named).find(|a| scene.mentions.actors[*a].kind != "person");
        party.map(|a| scene.actor_filler(a))
    }

    /// "our forces", "its aircraft": those of the speaker, or of whom the clause is about.
    pub(super) fn possessor(&self, filler: &Filler) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let head = filler.at.tokens.start;
        if filler.at.tokens.len() != 1 || doc.clitics(head + 1).conjunction.is_some() {
            return None;
        }
        let forces = |r: &Reading, row: &Row| {
            let body =
                matches!(row.class.as_deref(), Some("air" | "force")) || row.makes.as_deref() == Some("military");
            // "its fighters", "his group"
            let fighters = row.victim.as_deref() == Some("combatant") && r.features.is_plural();
            let group = doc.list(r) == List::Collective && row.sort.as_deref() == Some("group");
            r.pronoun.is_some() && (body || fighters || group)
        };
        let (reading, _) = doc.reading(head, forces)?;
        let pronoun = reading.pronoun?;
        let party = self.party_speaking();
        if pronoun.person == 1 {
            return party.or_else(|| self.forces_of_speaker());
        }
        let masculine = pronoun.gender == Some(Gender::Masculine) && pronoun.number == Some(Number::Singular);
        let around = scene
            .carried(scene.clauses.of(self.trigger.token), Some(pronoun))
            .filter(|f| f.actor.is_some_and(|a| scene.mentions.actors[a].kind != "person"));
        // "Its aircraft also struck": the force that the sentence before goes on about.
        let before = || {
            let start = doc.sentence_range(self.trigger.token).start;
            let from = doc.sentence_range(start.checked_sub(1)?).start;
            let actors = &scene.mentions.actors;
            let (first, last) = (
                actors.partition_point(|a| a.at.tokens.start < from),
                actors.partition_point(|a| a.at.tokens.start < start),
            );
            let fits = |n: &usize| actors[*n].fights() && scene.agrees_with(pronoun, &scene.actor_filler(*n));
            (first..last).find(fits).map(|n| scene.actor_filler(n))
        };
        let his = || self.forces_of_speaker().filter(|_| masculine);
        around.or(party.filter(|f| scene.agrees_with(pronoun, f))).or_else(his).or_else(before)
    }

    /// Whether the filler only tells of the event: an official, an outlet or a monitor in whose words it stands.
    pub(super) fn only_tells(&self, filler: &Filler) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        let token = self.trigger.token;
        let first = filler.at.tokens.start;
        if filler.actor.is_some_and(|a| scene.mentions.actors[a].kind == "media") {
            return true;
        }
        if !scene.in_source(first) {
            return false;
        }
        let told = scene
            .attributions
            .iter()
            .find(|a| a.source.at.tokens.contains(&first) && a.content.as_ref().is_some_and(|c| c.contains(&token)));
        let Some(told) = told else { return false };
        // "said that he …", "announced its advance": a pronoun takes the speaker up.
        let from = told.cue.tokens.end.min(token);
        let own = self.trigger.reading.pronoun.filter(|_| self.trigger.shape.is_noun());
        let taken_up = own.is_some_and(|p| scene.agrees_with(p, filler))
            || (from..token).any(|t| {
                doc.is_particle(t, "comp")
                    && doc.readings(t).iter().any(|r| r.pronoun.is_some_and(|p| scene.agrees_with(p, filler)))
            });
        let fights = filler.actor.is_some_and(|a| {
            let actor = &scene.mentions.actors[a];
            // An officer of the army is not the army.
            let first = told.source.at.tokens.start;
            let all = doc.reading(first, |r, row| r.features.is_plural() && row.victim.as_deref() == Some("combatant"));
            let branch = || scene.has_branch(first) == Some(a);
            let whole = actor.at.tokens.start == first || all.is_some() || branch();
            whole && matches!(actor.kind.as_str(), "military" | "armed_group" | "coalition" | "state" | "collective")
        });
        // "X called for a strike": it is X's.
        let calls = |r: &Reading, row: &Row| {
            let audience = row.roles.as_ref().and_then(|r| r.object.as_deref()) == Some("audience");
            r.features.category.is_finite() && row.cue.is_some() && audience
        };
        let called = self.trigger.frame.event.as_deref() == Some("protest")
            && told.source.at.tokens.start == first
            && doc.reading(told.cue.tokens.start, calls).is_some();
        // "the ministry recorded the abduction of": who counts has not done it.
        let counts = |r: &Reading, row: &Row| {
            r.features.category.is_finite() && row.cue.as_deref() == Some("report") && row.is_weak()
        };
        let counted = doc.reading(told.cue.tokens.start, counts).is_some();
        !taken_up && (!fights || counted) && !called
    }
}
