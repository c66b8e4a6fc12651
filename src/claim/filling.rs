//! What a slot of the clause may fill: a role is taken by the phrase that can have it.

use super::arms::{is_munition, is_weapon};
use super::count::group_at;
use super::elsewhere::{is_fired_from, is_origin, is_station};
use super::journey::is_left;
use super::other_deed::is_clock;
use super::phrase::phrase_end;
use super::roles::Builder;
use super::slots::Slot;
use super::sure::is_nothing;
use super::{Filler, Scene};
use crate::lexicon::{List, Reading, Row};
use crate::morph::Category;
use crate::segment::{Kind, Letter};

/// How many adjectives may stand before another.
const QUALIFIED: usize = 2;

impl Builder<'_, '_, '_> {
    pub(super) fn fill(&mut self, role: &str, slot: &Slot) {
        let scene = self.scene;
        // "in the south of X in the province of Y": X.
        // "a security source in X": no word of the deed, unless the source is what tells of it.
        let violent = self.trigger.is_violent();
        let seat = |t: usize| {
            let office = scene.in_source(t) && !scene.in_source(self.trigger.token);
            office || is_station(scene, t) || violent && is_fired_from(scene, t)
        };
        let place = slot.tokens.clone().find(|t| scene.whereabouts(*t).is_some() && !seat(*t) && !is_clock(scene, *t));
        let place = place.and_then(|t| scene.first_of_chain(t, self.trigger.token + 1));
        let actor = slot.tokens.clone().find_map(|t| scene.actor_at(t));
        // "a bombardment by the air force": nobody bombards it.
        let flies = |t: usize| scene.doc.reading(t, |_, r| r.class.as_deref() == Some("air")).is_some();
        let strikes = matches!(self.trigger.frame.event.as_deref(), Some("airstrike" | "shelling"));
        let by_air = role == "target" && strikes && self.is_owned_by(slot.tokens.start) && flies(slot.tokens.start);
        // "the raids on posts of X", said with the preposition of owners: a post does nothing.
        let post = |row: &Row| row.class.as_deref() == Some("building");
        let hit = role == "agent"
            && strikes
            && self.is_owned_by(slot.tokens.start)
            && scene.actor_at(slot.tokens.start).is_none()
            && scene.doc.reading(slot.tokens.start, |_, row| post(row)).is_some();
        // "a shelling with rockets", said the same way: they are what is fired.
        let fired = role == "target"
            && strikes
            && self.is_owned_by(slot.tokens.start)
            && scene.doc.reading(slot.tokens.start, |_, row| is_munition(row)).is_some();
        let role = match role {
            _ if by_air => "agent",
            _ if hit => "target",
            _ if fired => "weapon",
            role => role,
        };
        match role {
            // "set off a bomb in a force of X": who stands there is hit.
            "place"
                if place.is_none()
                    && self.trigger.frame.name == "explosion"
                    && self.trigger.shape.is_verb()
                    && (actor.is_some_and(|a| scene.mentions.actors[a].is_force())
                        || scene
                            .doc
                            .reading(slot.tokens.start, |_, row| row.class.as_deref() == Some("vehicle"))
                            .is_some()) =>
            {
                self.fill("patient", slot);
            }
            "place" => {
                if self.roles.place.is_none() {
                    self.roles.place = place;
                }
            }
            // "hit the governor of X": him.
            "target" if place.is_some() && actor.is_none() && self.is_of_place(slot) => {
                self.roles.patient.get_or_insert(scene.phrase(slot.tokens.clone()));
            }
            "target" => match (place, actor) {
                // "fired from X at Y": Y.
                (Some(p), None) if self.roles.place.is_none_or(|q| is_origin(scene, q)) => self.roles.place = Some(p),
                (Some(_), None) => {}
                _ => self.fill("patient", slot),
            },
            // "under a bus", "near a patrol", "when a convoy came by": they are hit. Behind a building it is where.
            "near" => match (place, self.passing(slot)) {
                (Some(p), None) if actor.is_none() => {
                    self.roles.place.get_or_insert(p);
                }
                (_, Some(slot)) => self.fill("patient", &slot),
                _ => {}
            },
            "victims" => self.roles.victims.push(slot.clone()),
            // "a mine went off in a patrol"
            "weapon"
                if self.trigger.frame.name == "explosion"
                    && (self.trigger.shape.is_verb() || self.roles.weapon.is_some())
                    && self.passing(slot).is_some() =>
            {
                self.fill("patient", slot);
            }
            "weapon" if self.is_place_slot(slot) => self.roles.place = self.roles.place.or(place),
            "none" | "" => {}
            // "the far north of X": where.
            "patient" if slot.tokens.len() == 1 && self.is_extreme(slot.tokens.start) => {}
            // "at least": how many, and nobody.
            "patient" if self.is_degree(slot) => {}
            // "fired a rocket": what is fired is not hit.
            "patient" if self.is_fired(slot.tokens.clone()) => {
                self.fill_with("weapon", scene.phrase(slot.tokens.clone()))
            }
            "patient" if self.is_part_of_trigger(slot) || self.is_other_deed(slot) => {
                if let Some(owner) = self.owner_of_lines(slot) {
                    self.fill_with("patient", owner);
                }
            }
            // "the outskirts of X", "the legs of the suspects": what they are parts of.
            "patient" if self.is_part(slot) => {
                if let Some(owner) = self.owner_of_part(slot) {
                    self.fill_part(&owner);
                }
            }
            // "set fire before the embassy, demanding": how they did it.
            "patient" if self.is_circumstance(slot) => {}
            // "the shelling forced them into flight": no deed is hit.
            "patient" if !slot.preposition.is_empty() && self.is_told_deed(slot) => {}
            // The damaged thing is the patient, also where it has a place's name.
            "patient" if self.trigger.frame.event.as_deref() == Some("destruction") && place.is_some() => {
                self.roles.patient.get_or_insert(scene.place_filler(place.unwrap_or_default()));
            }
            _ => {
                if matches!(role, "agent" | "patient") && actor.is_none() && self.is_place_slot(slot) {
                    if let Some(p) = place {
                        self.roles.place.get_or_insert(p);
                    }
                    return;
                }
                if role == "agent"
                    && (actor.is_none() && !self.can_act(slot) && !self.is_armed(slot.tokens.start)
                        || self.is_deed(slot))
                {
                    return;
                }
                if let Some(owner) = self.owner_of_lines(slot).filter(|_| role == "patient") {
                    self.fill_with(role, owner);
                    return;
                }
                let party = self.trigger.frame.patient.as_deref() == Some("party");
                if role == "patient"
                    && actor.is_none()
                    && (party
                        && !self.can_act(slot)
                        && !self.is_sent(slot)
                        && !self.is_held(slot)
                        && !self.counts_people(slot)
                        || self.qualifies(slot)
                        || self.is_way(slot) && !self.is_held(slot) && !self.is_destroyed(slot))
                {
                    return;
                }
                let filler = if role == "patient" { self.whole(slot) } else { scene.filler_of(slot.tokens.clone()) };
                // "a war on terror, against X": X.
                if role == "patient" && self.roles.patient.as_ref().is_some_and(|f| is_nothing(scene, f)) {
                    self.roles.patient = None;
                }
                if role == "patient" && self.roles.patient.is_none() {
                    self.roles.patient_from = Some(slot.tokens.start);
                }
                self.fill_with(role, filler);
            }
        }
    }

    /// Who or what moves, and is no bomb: troops, people, vehicles; also behind a word for its coming by.
    fn passing(&self, slot: &Slot) -> Option<Slot> {
        let scene = self.scene;
        let doc = scene.doc;
        let head = slot.tokens.start;
        let passes = doc.reading(head, |r, row| !r.features.category.is_finite() && row.has_role("passes")).is_some();
        let start = head + usize::from(passes && slot.tokens.len() > 1);
        let moves = |row: &Row| row.class.as_deref() == Some("vehicle");
        let bomb = slot.tokens.clone().take(2).any(|t| doc.is_lemma(t, "@bomb"));
        let fires = bomb || self.is_fired(start..slot.tokens.end);
        let found = !fires && (scene.is_somebody(start) || doc.reading(start, |_, row| moves(row)).is_some());
        found.then(|| Slot { tokens: start..slot.tokens.end, ..slot.clone() })
    }

    /// What it is done to: the party that a phrase of people names, else the thing with whose it is ("posts of X").
    fn whole(&self, slot: &Slot) -> Filler {
        let scene = self.scene;
        let doc = scene.doc;
        let mut tokens = slot.tokens.clone();
        // "twelve of the protesters": the protesters.
        let number = scene.number_end(tokens.start).is_some_and(|end| end >= tokens.end);
        if number || tokens.clone().all(|t| doc.kind(t) == Some(Kind::Number)) {
            tokens = self.counted_behind(tokens.clone()).unwrap_or(tokens);
        }
        // "seven other soldiers": the soldiers.
        while tokens.len() > 1 && doc.is_particle(tokens.end - 1, "other") {
            tokens.end -= 1;
        }
        let owner = scene.actor_at(tokens.end).filter(|a| {
            let at = &scene.mentions.actors[*a].at;
            at.tokens.start == tokens.end && self.is_owned_by(tokens.end)
        });
        if let Some(owner) = owner {
            tokens.end = scene.mentions.actors[owner].at.tokens.end;
        }
        let named = scene.filler_of(tokens.clone());
        let counted = scene.number_end(tokens.start);
        let head = counted.filter(|end| *end < tokens.end).unwrap_or(tokens.start);
        let harmed = |row: &Row| row.victim.is_some();
        let people = super::count::people(scene, head).is_some_and(|(_, row)| harmed(row))
            || doc.reading(head, |r, _| doc.list(r) == List::Collective).is_some();
        if named.actor.is_none() || scene.actor_at(head).is_some() || people {
            return named;
        }
        let party = self.trigger.frame.patient.as_deref() == Some("party") && !self.is_held(slot);
        if party || doc.is_particle(head, "prep") {
            return named;
        }
        Filler { actor: named.actor, ..scene.phrase(head..tokens.end) }
    }

    /// The token begins with the preposition of owners, and nothing before it.
    pub(super) fn is_owned_by(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let inside = self
            .scene
            .actor_at(token)
            .is_none_or(|a| self.scene.mentions.actors[a].at.span.start > doc.tokens[token].span.start);
        inside && Letter::of(doc.str(token)).is_some_and(|p| doc.lexicon.is_possessive(p))
    }

    /// Behind a preposition that says where, and neither whence nor whither.
    pub(super) fn is_locative(&self, slot: &Slot) -> bool {
        let row = self.scene.doc.governed_by(slot.tokens.start);
        self.trigger.frame.place.as_deref() != Some("own")
            && row.is_some_and(|row| {
                row.has_role("place")
                    && !row.has_role("topic")
                    && !matches!(row.relation.as_deref(), None | Some("from" | "to" | "between"))
            })
    }

    /// An adjective right behind the trigger that says what kind it is: "heavy shelling", "their wide attack".
    pub(super) fn qualifies(&self, slot: &Slot) -> bool {
        let doc = self.scene.doc;
        let at = slot.tokens.start;
        // "their annual wide attack": past another.
        let adjective = |t: usize| {
            let yearly = self.scene.time_at(t).is_some() && doc.is_definite(t);
            yearly || doc.reading(t, |r, _| doc.list(r) == List::Adjective).is_some()
        };
        let first = (self.trigger.token + 1..at).take(QUALIFIED).take_while(|t| adjective(*t)).count();
        let next = at == self.trigger.token + 1 + first && self.scene.quantity_at(at).is_none();
        if !next || !self.trigger.shape.is_noun() || !slot.preposition.is_empty() {
            return false;
        }
        // "the targeting of civilians": an adjective has an article if its noun has one.
        let known = self.trigger.reading.clitics.article || self.trigger.reading.pronoun.is_some();
        if doc.clitics(at).article && !known || self.trigger.reading.clitics.article && !doc.is_definite(at) {
            return false;
        }
        let several = self.trigger.reading.features.is_plural();
        // "a bomb (feminine) a commander": an adjective of one has its gender.
        let gender = |r: &Reading| r.features.agreement.gender.filter(|_| !r.features.is_several());
        let own = gender(&self.trigger.reading).filter(|_| self.trigger.shape == super::trigger::Shape::Noun);
        let nouns = || doc.readings(at).iter().filter(|r| !r.features.category.is_finite());
        if own.is_some() && nouns().next().is_some() && nouns().all(|r| gender(r).is_some() && gender(r) != own) {
            return false;
        }
        // "the targeting of a checkpoint", written like a participle.
        let held = |row: &Row| matches!(row.class.as_deref(), Some("building" | "road" | "vehicle" | "air"));
        let thing = doc.readings(at).iter().any(|r| r.features.category == Category::Noun && held(doc.row(r)));
        let adjective = |r: &Reading| {
            matches!(doc.list(r), List::Adjective | List::Demonym)
                && (several || !r.features.is_plural() && !r.features.is_dual())
                || r.features.category.is_participle() && !r.features.is_plural() && !thing
        };
        // "the targeting of a house": a thing, though a participle is written alike.
        let thing = |r: &Reading, row: &Row| {
            r.features.category == Category::Noun
                && doc.list(r) != List::Adjective
                && row.class.as_deref() == Some("building")
        };
        // "the arrest of a leader": whoever is harmed is no adjective, though a participle is written alike.
        let adjective_too = |r: &Reading, _: &Row| matches!(doc.list(r), List::Adjective | List::Demonym);
        let person = || {
            self.trigger.frame.harm.is_some()
                && super::count::people(self.scene, at).is_some()
                && doc.reading(at, adjective_too).is_none()
        };
        if doc.reading(at, thing).is_some() || person() {
            return false;
        }
        let definite = self.trigger.reading.pronoun.is_some() && doc.is_definite(at);
        let unknown = doc.readings(at).is_empty() && self.scene.mention_end(at).is_none();
        doc.readings(at).iter().any(adjective) || unknown && (slot.tokens.len() == 1 || definite)
    }

    /// The word by which the trigger means what it means: the fire of "opened fire".
    pub(super) fn is_part_of_trigger(&self, slot: &Slot) -> bool {
        let doc = self.scene.doc;
        let row = self.trigger.row;
        let counted = self.behind_number(slot.tokens.clone());
        let people = super::count::people(self.scene, counted).is_some();
        let head = if people { slot.tokens.start } else { counted };
        // "dispersed demonstrators": people whom the verb needs are whom it is done to.
        let needs = row.needs.iter().filter(|_| !people);
        row.object_frame.keys().chain(needs).any(|w| !w.starts_with('@') && doc.is_lemma(head, w))
    }

    /// The first word of a phrase behind its number.
    fn behind_number(&self, tokens: std::ops::Range<usize>) -> usize {
        let end = self.scene.number_end(tokens.start);
        end.filter(|end| tokens.contains(end)).unwrap_or(tokens.start)
    }

    /// Arms whose firing is the event.
    pub(super) fn is_fired(&self, tokens: std::ops::Range<usize>) -> bool {
        let doc = self.scene.doc;
        let tokens_end = tokens.end;
        let head = self.behind_number(tokens);
        // "live ammunition", of two words
        let violent = self.trigger.is_violent();
        let begun = |first: usize| first < head || violent && first == head;
        let whole = doc.turn_at(head).filter(|t| begun(t.tokens[0]) && is_munition(doc.lexicon.row(t.row)));
        if whole.is_some() {
            return true;
        }
        // "a bomb went off", "a booby-trapped car"
        let went_off = self.trigger.frame.name == "explosion" && self.trigger.shape.is_verb();
        if went_off && (head..tokens_end).any(|t| doc.is_lemma(t, "@bomb")) {
            return true;
        }
        let name = self.trigger.frame.name.as_str();
        let flown = self.trigger.frame.event.as_deref() == Some("airstrike");
        // "a bomb fell": named itself, and not by its class.
        let own = |(word, frame): (&String, &String)| *frame == name && doc.is_lemma(head, word);
        if flown
            && self.trigger.row.subject_frame.iter().any(own)
            && doc.reading(head, |_, row| is_munition(row)).is_some()
        {
            return true;
        }
        self.trigger.row.object_frame.iter().chain(&self.trigger.row.subject_frame).any(|(class, frame)| {
            ["@artillery", "@air_bomb", "@bomb", "@small_arms"].contains(&class.as_str())
                && (*frame == name || flown && self.trigger.shape.is_verb())
                && doc.is_lemma(head, class)
        })
    }

    pub(super) fn fill_with(&mut self, role: &str, filler: Filler) {
        let scene = self.scene;
        if let Some(party) = self.possessor(&filler).filter(|_| role == "agent" && self.roles.agent.is_none()) {
            self.roles.agent = Some(party);
            return;
        }
        let role = if matches!(role, "patient" | "target") && self.is_fired(filler.at.tokens.clone()) {
            "weapon"
        } else {
            role
        };
        // "the third capital that X took": which, nobody says.
        let capital = |t: usize| scene.doc.reading(t, |_, row| row.class.as_deref() == Some("capital")).is_some();
        let taken = self.trigger.frame.event.as_deref() == Some("capture");
        if taken && role == "patient" && filler.actor.is_none() && filler.at.tokens.clone().any(capital) {
            return;
        }
        // "the town, which fell": taken, and nobody.
        let ground =
            role == "patient" && filler.actor.is_none() && self.trigger.frame.event.as_deref() == Some("capture");
        if let Some(place) = filler.at.tokens.clone().find_map(|t| scene.whereabouts(t)).filter(|_| ground) {
            self.roles.place.get_or_insert(place);
            return;
        }
        let named = filler.actor;
        let filler = if role == "agent" { self.flown_by(filler) } else { filler };
        // "said the spokesman of the army of X that aircraft of X": its own aircraft.
        let flown = filler.actor.is_some() && filler.actor != named;
        let filler = if role == "agent" { self.member_of(filler) } else { filler };
        if role == "agent" && (!self.is_agent(&filler) || !flown && self.only_tells(&filler))
            || role == "weapon" && !self.is_weapon(&filler)
        {
            return;
        }
        let slot = match role {
            "agent" => &mut self.roles.agent,
            "patient" => &mut self.roles.patient,
            "weapon" => &mut self.roles.weapon,
            "supporter" => &mut self.roles.supporter,
            "loser" => &mut self.roles.loser,
            "target" => match filler.at.tokens.clone().find_map(|t| scene.whereabouts(t)) {
                Some(p) if filler.actor.is_none() => {
                    self.roles.place.get_or_insert(p);
                    return;
                }
                _ => &mut self.roles.patient,
            },
            "victims" => {
                let slot = Slot { preposition: String::new(), tokens: filler.at.tokens.clone(), joined: false };
                self.roles.victims.push(slot);
                return;
            }
            _ => return,
        };
        slot.get_or_insert(filler);
    }

    /// "since the attack", "because of the raid": what follows is about that.
    pub(super) fn is_other_event(&self, slot: &Slot) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        let aside = |row: &Row| ["since", "until", "cause"].iter().any(|r| row.has_role(r));
        let event = scene.trigger_at(slot.tokens.start).is_some_and(|t| t.shape.is_noun() && t.frame.event.is_some());
        event && doc.governed_by(slot.tokens.start).is_some_and(aside)
    }

    /// "arrested 12 of the protesters", "destroyed 20 hideouts": what digits count, also by a noun that no list has.
    fn counted_behind(&self, digits: std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
        let doc = self.scene.doc;
        let limit = doc.sentence_range(digits.start).end;
        let noun = digits.end;
        let unknown = noun < limit
            && doc.is_word(noun)
            && doc.readings(noun).is_empty()
            && doc.clitics(noun).is_empty()
            && doc.lexicon.looks_accusative(doc.str(noun));
        let people = group_at(self.scene, digits.start, limit).and_then(|g| g.victims);
        // "many of the posts of X"
        let of = |t: usize| doc.particle(t, "prep").is_some_and(|row| row.has_role("partitive"));
        let first = noun + usize::from(of(noun));
        let named = || doc.is_nominal(first) && !doc.is_function_word(first) && !is_left(self.scene, first);
        let some = of(first - 1) && first < limit && named();
        let part = || some.then(|| first..phrase_end(self.scene, first, limit));
        people.or_else(part).or_else(|| unknown.then_some(noun..noun + 1))
    }

    fn is_degree(&self, slot: &Slot) -> bool {
        let doc = self.scene.doc;
        if slot.tokens.clone().all(|t| doc.kind(t) == Some(Kind::Number)) {
            return self.counted_behind(slot.tokens.clone()).is_none();
        }
        let degree = |_: &Reading, row: &Row| row.class.as_deref() == Some("degree");
        // "three times"
        let counted = self.behind_number(slot.tokens.clone());
        if counted > slot.tokens.start && doc.reading(counted, degree).is_some() {
            return true;
        }
        slot.tokens.len() == 1 && doc.reading(slot.tokens.start, degree).is_some()
    }

    /// Vehicles and guns are sent out like troops.
    fn is_sent(&self, slot: &Slot) -> bool {
        self.trigger.frame.event.as_deref() == Some("deployment") && self.is_armed(slot.tokens.start)
    }

    /// Arms, bombs, what carries them; what is given in support may be anything but a place.
    fn is_weapon(&self, filler: &Filler) -> bool {
        let head = filler.at.tokens.start;
        match self.trigger.frame.event.as_deref() {
            Some("support") => filler.actor.is_none() && self.scene.whereabouts(head).is_none(),
            _ => self.scene.doc.reading(head, |_, row| is_weapon(row)).is_some(),
        }
    }
}

pub(super) fn scene_actor(scene: &Scene<'_, '_>, slot: &Slot) -> Option<usize> {
    slot.tokens.clone().find_map(|t| scene.actor_at(t))
}
