//! Who is to blame for a harm: whoever its words name, the doer of the event that did it, or who claims that.

use super::casualty::{Casualty, Finder, Harm, is_bodily};
use super::cause::{Cause, Link};
use super::charge::charged_with;
use super::clause::Link as ClauseLink;
use super::event::Event;
use super::roles::roles;
use super::slots::slots;
use super::trigger::Shape;
use super::{Filler, Scene, count};
use crate::lexicon::{Reading, Row};
use crate::mention::Actor;
use crate::morph::Category;

/// Those harmed, as far as blame needs them.
pub(super) struct Victims {
    pub actor: Option<usize>,
    /// The noun that names them.
    pub head: Option<usize>,
    pub class: String,
}

/// Those of one blow, which a definite noun may take up by another word.
pub(super) const BLOWS: [&str; 4] = ["airstrike", "shelling", "explosion", "attack"];

/// How far behind an event's noun its relative clause may begin.
pub(super) const RELATIVE: usize = 24;

/// How far behind an event's noun a second may stand that is told in the same breath.
pub(super) const BESIDE: usize = 3;

/// How far behind those harmed the party may stand that they are of.
const MEMBERS: usize = 5;

/// How many events before or behind may be those that a definite noun takes up.
pub(super) const FAR: usize = 64;

impl Finder<'_, '_, '_> {
    /// Who did the harm: whoever the words name, else the doer of the event that did it, if the report says so plainly.
    pub(super) fn perpetrator(&self, harm: &Harm<'_, '_>, cause: Option<Cause>, victims: &Victims) -> Option<Filler> {
        // Whoever rescues people has not harmed them; who lets them go held them.
        if matches!(harm.kind.as_str(), "freed" | "surrendered") {
            let party = |f: &Filler| f.actor.is_some() && !self.is_theirs(f, victims);
            return harm.perpetrator.clone().filter(|f| harm.trigger.frame.name == "release" && party(f));
        }
        if harm.trigger.row.has_role("self") {
            return victims.head.map(|t| self.scene.filler_of(t..t + 1));
        }
        let suffers = |f: &Filler| self.is_theirs(f, victims);
        // "the province saw the killing of": a place does nothing.
        let somebody = |f: &Filler| f.actor.is_some() || f.at.tokens.clone().all(|t| self.scene.place_at(t).is_none());
        let own = || harm.perpetrator.clone().filter(|f| !suffers(f) && somebody(f));
        let same = || self.cause_of(harm.trigger.token, true).filter(|_| cause.is_some_and(|c| c.link == Link::Same));
        // Whoever frees hostages does not hold them; who is missing was not seen to be taken.
        let held = matches!(harm.trigger.shape, Shape::PassiveParticiple | Shape::Noun)
            && matches!(harm.kind.as_str(), "abducted" | "detained");
        let sentence = self.scene.doc.sentence_range(harm.trigger.token);
        if harm.kind == "missing" || held && self.rows_of(sentence).any(|r| r.2.kind == "freed") {
            let told = || self.captor(harm.trigger.token).filter(|f| harm.kind == "abducted" && !suffers(f));
            return harm.perpetrator.clone().filter(|f| !suffers(f)).or_else(|| self.holder(harm)).or_else(told);
        }
        let of_cause = || {
            let doer = self.doer(cause?, victims).or_else(|| self.doer(same()?, victims));
            // "the marches led to the killing of two in clashes with X"
            let nearer = || {
                let brought = self
                    .cause_brought(harm.trigger.token)
                    .filter(|_| cause.is_some_and(|c| c.link == Link::Subject))?;
                self.doer(brought, victims)
            };
            doer.or_else(nearer).filter(|f| !suffers(f))
        };
        let own = || {
            own()
                .or_else(|| self.shooter(harm.trigger.token))
                .or_else(|| self.holder(harm))
                .or_else(|| self.accused(harm.trigger.token))
                .or_else(|| charged_with(self.scene, harm.trigger.token).flatten())
                .or_else(|| self.responsible(harm.trigger.token))
                .or_else(|| self.claims(harm.trigger.token))
                .or_else(|| self.inflictor(harm.trigger.token))
        };
        // "X fought a group and killed some of its men": X goes on.
        let side = |c: Cause| {
            let clash = &self.events[c.event];
            let goes_on = harm.perpetrator.as_ref().is_some_and(|f| clash.agent.as_ref().is_some_and(|a| a.at == f.at));
            clash.kind == "clash" && clash.patient.is_some() && goes_on
        };
        let chained = harm.elided && cause.is_some_and(|c| c.link == Link::Chain && !side(c));
        let doer = if chained { of_cause().or_else(own) } else { own().or_else(of_cause) };
        let doer = doer.or_else(|| self.announcer(harm, cause, victims)).or_else(|| self.fighter(harm, victims));
        // "the aggression": what is done, and nobody who does it.
        let deed = |t: usize| {
            let masdar = |r: &Reading, _: &Row| r.features.category == Category::Masdar;
            self.scene.doc.reading(t, masdar).is_some() && count::people(self.scene, t).is_none()
        };
        // "the identity of the bomber": nobody.
        let somebody = |t: usize| {
            let force = |_: &Reading, row: &Row| row.class.is_some() || row.makes.is_some();
            count::people(self.scene, t).is_some()
                || self.scene.quantity_at(t).is_some()
                || self.scene.doc.readings(t).is_empty()
                || self.scene.doc.is_demonym(t).is_some()
                || self.scene.doc.reading(t, force).is_some()
        };
        // Courts, prosecutors and outlets kill nobody.
        let civil = |a: usize| {
            (is_bodily(&harm.kind) || harm.kind == "displaced")
                && matches!(self.scene.mentions.actors[a].kind.as_str(), "organization" | "media")
        };
        let acts = |f: &Filler| match f.actor {
            Some(a) => !(civil(a) || is_bodily(&harm.kind) && self.is_office(a)),
            None => !deed(f.at.tokens.start) && somebody(f.at.tokens.start) && !self.is_companion(f.at.tokens.start),
        };
        // "X announced that an officer died as a martyr": one of its own, unless he is called its enemy.
        let source = self.scene.source_of(harm.trigger.token).and_then(|a| self.scene.attributions[a].source.actor);
        let own = |f: &Filler| {
            let irregular = victims.actor.is_some() || victims.head.is_some_and(|t| self.are_irregular(t));
            let tells = f.actor.zip(source).is_some_and(|(a, s)| self.same_side(a, s));
            harm.trigger.frame.name == "die" && victims.class == "combatant" && !irregular && tells
        };
        let doer = doer.filter(|f| !suffers(f) && acts(f) && !own(f) && !self.is_joined_to(f, victims));
        doer.or_else(|| self.attacker(harm.trigger.token, victims)).or_else(|| self.repeller(harm, victims))
    }

    /// "ordered air strikes": the subject of a verb that brings the event by a preposition.
    fn orderer(&self, event: &Event) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let token = event.trigger.tokens.start;
        let preposition = doc.clitics(token).preposition.map(|p| doc.lexicon.fold.word(&p.to_string()))?;
        let verb = doc.previous_word(token)?;
        let brings = |r: &Reading, row: &Row| {
            let role = row.roles.as_ref().and_then(|roles| roles.prep.get(&preposition));
            r.features.category.is_finite() && role.is_some_and(|role| role == "event")
        };
        doc.reading(verb, brings)?;
        let subject = doc.previous_word(verb).and_then(|t| scene.actor_at(t))?;
        Some(scene.actor_filler(subject))
    }

    /// A force that tells of enemies killed or held, and of nobody else who did it, tells of its own doing.
    fn announcer(&self, harm: &Harm<'_, '_>, cause: Option<Cause>, victims: &Victims) -> Option<Filler> {
        let scene = self.scene;
        let source = &scene.attributions[scene.source_of(harm.trigger.token)?].source;
        let fights = |a: &usize| scene.mentions.actors[*a].is_force() && !self.is_office(*a);
        // "the spokesman of the army": the army.
        let named = || source.at.tokens.clone().filter_map(|t| scene.actor_at(t)).find(fights);
        let actor = source.actor.filter(fights).or_else(named)?;
        // "150 were arrested in X, says the police of another country": not by them.
        let place = self.place_of_harm(harm.trigger.token, harm.place, cause).filter(|_| harm.kind == "detained");
        let country = place.and_then(|p| scene.mentions.places[p].row);
        let country = country.and_then(|row| scene.doc.lexicon.places[row as usize].country.as_ref());
        if country.is_some_and(|c| scene.mentions.actors[actor].country.as_ref().is_some_and(|a| a != c)) {
            return None;
        }
        // "takfiri elements": called what their enemies call them.
        let described = |t: usize| {
            let actor = scene.actor_at(t).map(|a| &scene.mentions.actors[a]);
            actor.is_some_and(|a| a.kind == "collective" && a.at.tokens.len() > 1 && a.at.tokens.start == t)
        };
        // Soldiers and policemen are the enemies of those who are no army.
        let irregular = scene.mentions.actors[actor].kind == "armed_group";
        let soldiers = irregular && victims.head.is_some_and(|t| self.are_regular(t));
        // "announced the execution of five": by whoever announces it.
        let told = &scene.attributions[scene.source_of(harm.trigger.token)?];
        let announced = told.cue_class == "announce" || told.cue_class == "confirm";
        let own = harm.trigger.frame.name == "execute"
            && harm.trigger.shape == Shape::Masdar
            && announced
            && told.content.as_ref().is_some_and(|c| c.start == harm.trigger.token);
        // Elements of nobody named, of whom an army or a coalition tells.
        let members = |t: usize| count::people(scene, t).is_some_and(|(_, row)| row.class_of_group);
        let others = !irregular && victims.class == "combatant" && victims.head.is_some_and(members);
        let enemies = soldiers
            || own
            || others && victims.actor.is_none()
            || victims.head.is_some_and(|t| self.are_irregular(t) || described(t))
            || victims.actor.is_some_and(|v| match scene.mentions.actors[v].kind.as_str() {
                "armed_group" => true,
                // "elements of the militias"
                "collective" => !irregular && victims.class == "combatant",
                _ => false,
            })
            || harm.kind == "detained";
        let open = cause.is_none_or(|c| {
            let event = &self.events[c.event];
            let sides = event.kind == "clash" && event.patient.is_some();
            // "in air strikes and fighting": by one or the other.
            let next = self.events.get(c.event + 1).filter(|e| {
                let token = e.trigger.tokens.start;
                let near = token <= event.trigger.tokens.start + BESIDE;
                let harms = e.kind == "clash" || BLOWS.contains(&e.kind.as_str());
                near && harms && e.kind != event.kind && scene.doc.clitics(token).conjunction.is_some()
            });
            let anybody = event.kind != "explosion" && event.agent.is_none() && !sides && next.is_none();
            matches!(c.link, Link::Near | Link::Same) || anybody
        });
        let told = (enemies && open).then(|| scene.actor_filler(actor));
        told.filter(|f| !self.is_of_their_kind(f, victims))
    }

    /// The doer of a cause; of fighting, the side that the victims are not on.
    fn doer(&self, cause: Cause, victims: &Victims) -> Option<Filler> {
        if cause.link == Link::Near {
            return None;
        }
        let event = &self.events[cause.event];
        if event.kind == "clash" {
            return self.opponent(event, cause.link, victims);
        }
        // "the blast that hit the mosque of X": whoever set off the blast, and nobody whom it hit.
        if let Some(first) = self.described_event(event) {
            return self.doer(Cause { event: first, ..cause }, victims);
        }
        let said = event.agent.clone().or_else(|| self.doer_behind(event)).or_else(|| self.orderer(event));
        let said = said.or_else(|| self.doer_of_both(cause.event));
        // Gunmen of whom nothing else is known are the party that says it was them.
        let known = |f: &Filler| f.actor.is_some_and(|a| self.is_known(a));
        match said {
            Some(f) if known(&f) => Some(f),
            said => {
                let party = self
                    .claimant(cause.event)
                    .or_else(|| self.sender(cause.event).filter(|_| said.as_ref().is_some_and(|f| f.actor.is_none())));
                let elsewhere = || self.doer_elsewhere(cause.event).or_else(|| self.doer_told_after(cause.event));
                party.or(said).or_else(elsewhere).or_else(|| self.flown_before(cause.event))
            }
        }
    }

    /// "in raids and shelling by X": two blows in one breath, and whoever is named behind the second.
    fn doer_of_both(&self, event: usize) -> Option<Filler> {
        let doc = self.scene.doc;
        let (this, next) = (&self.events[event], self.events.get(event + 1)?);
        let (first, second) = (this.trigger.tokens.start, next.trigger.tokens.start);
        let clitics = doc.clitics(second);
        let noun = |t: usize| self.scene.trigger_at(t).is_some_and(|x| x.shape.is_noun());
        let joined = second <= first + BESIDE && clitics.conjunction.is_some() && clitics.preposition.is_none();
        let plain = (first + 1..second).all(|t| doc.is_word(t) && doc.is_nominal(t));
        let blows = BLOWS.contains(&next.kind.as_str()) && noun(first) && noun(second);
        // Behind an article only what has one is told with it.
        let alike = doc.clitics(first).article == clitics.article;
        let behind = |f: &Filler| f.actor.is_some() && f.at.tokens.start != first;
        next.agent.clone().filter(|f| joined && plain && blows && alike && behind(f))
    }

    /// The event whose noun the relative clause of a verb describes.
    fn described_event(&self, event: &Event) -> Option<usize> {
        let scene = self.scene;
        let token = event.trigger.tokens.start;
        let clause = scene.clauses.of(token);
        let relative =
            scene.clauses.get(clause).is_some_and(|c| c.link == ClauseLink::Relative && c.verb == Some(token));
        let verb = scene.trigger_at(token).is_some_and(|t| t.shape.is_verb() && t.reading.pronoun.is_none());
        if !relative || !verb || scene.takes_up(token) {
            return None;
        }
        let noun = scene.described_noun(clause)?.at.tokens;
        let first = self.events.partition_point(|e| e.trigger.tokens.start < noun.start);
        self.events.get(first).filter(|e| noun.contains(&e.trigger.tokens.start)).map(|_| first)
    }

    /// The other side of a fight: that of the victims is known, or only one is named and they are no bystanders.
    pub(super) fn opponent(&self, clash: &Event, link: Link, victims: &Victims) -> Option<Filler> {
        let clash = self.fight_meant(clash, victims).unwrap_or(clash);
        let (first, second) = (clash.agent.clone(), clash.patient.clone());
        let is_theirs = |f: &Option<Filler>| {
            f.as_ref().is_some_and(|f| self.is_theirs(f, victims) || self.is_of_their_kind(f, victims))
        };
        if is_theirs(&first) {
            return second;
        }
        if is_theirs(&second) {
            return first;
        }
        // Gunmen who fell where a state's force fought fell to it.
        let regular = |f: &Option<Filler>| {
            let kind = f.as_ref().and_then(|f| f.actor).map(|a| self.scene.mentions.actors[a].kind.as_str());
            matches!(kind, Some("military" | "coalition" | "state"))
        };
        if victims.head.is_some_and(|t| self.are_irregular(t)) && regular(&first) != regular(&second) {
            return if regular(&first) { first } else { second };
        }
        let between = self.scene.trigger_at(clash.trigger.tokens.start).is_some_and(|t| roles(self.scene, t).between);
        let crowd =
            victims.head.and_then(|t| count::people(self.scene, t)).is_some_and(|(_, row)| row.present == Some(true));
        let killed_in = link == Link::Behind && victims.head.is_some() && victims.class == "unknown";
        second.filter(|_| !between && (crowd || killed_in || victims.class == "combatant"))
    }

    /// "the clashes": the last fight before of which the sides were told.
    fn fight_meant(&self, clash: &Event, victims: &Victims) -> Option<&Event> {
        let token = clash.trigger.tokens.start;
        let trigger = self.scene.trigger_at(token)?;
        let bare = clash.agent.is_none() && clash.patient.is_none();
        if !bare || !trigger.shape.is_noun() {
            return None;
        }
        // Another fight than that told is one of the same sides, if those harmed are of one of them.
        let definite = trigger.reading.clitics.article;
        let before = self.events.partition_point(|e| e.trigger.tokens.start < token);
        let ours = |f: &Option<Filler>| f.as_ref().is_some_and(|f| self.is_theirs(f, victims));
        let told = |e: &&Event| {
            let both = e.agent.is_some() && e.patient.is_some() && (ours(&e.agent) || ours(&e.patient));
            e.kind == "clash" && (both || definite && (e.agent.is_some() || e.patient.is_some()))
        };
        self.events[..before].iter().rev().take(FAR).find(told)
    }

    /// "twenty fighters of X and Y were killed": of Y as well.
    fn is_joined_to(&self, party: &Filler, victims: &Victims) -> bool {
        let Some((actor, head)) = victims.actor.zip(victims.head) else { return false };
        let tokens = &self.scene.mentions.actors[actor].at.tokens;
        let next = self.scene.doc.clitics(tokens.end).conjunction.and_then(|_| self.scene.actor_at(tokens.end));
        let other = next.zip(party.actor).is_some_and(|(n, p)| self.same_side(n, p));
        let near = tokens.start > head && tokens.start <= head + MEMBERS;
        other && near && !(head + 1..tokens.start).any(|t| self.scene.doc.is_finite(t))
    }

    /// The victims are of this party, or are called by the same word.
    pub(super) fn is_theirs(&self, party: &Filler, victims: &Victims) -> bool {
        let of_party = party.actor.zip(victims.actor).is_some_and(|(a, v)| self.same_side(a, v));
        let word = |t: usize| count::people(self.scene, t).map(|(r, _)| r.row);
        let head = victims.head.and_then(word);
        // "soldiers fell in an operation of the security forces": those of the army of the land, whatever it is called.
        let force = |a: usize| self.scene.mentions.actors[a].kind == "military";
        let country = |a: usize| self.scene.mentions.actors[a].country.as_ref();
        let nameless = |a: usize| {
            force(a)
                && (country(a).is_none()
                    || victims.actor.is_some_and(|v| country(v).is_none_or(|c| Some(c) == country(a))))
        };
        // "the commander of the brigade": whatever he is called.
        let serves = victims.class == "combatant" && victims.actor.is_some_and(force);
        let regular = serves || victims.head.is_some_and(|t| self.are_regular(t)) && victims.actor.is_none_or(force);
        if regular && party.actor.is_some_and(nameless) {
            return true;
        }
        of_party || head.is_some() && word(party.at.tokens.start) == head
    }

    /// Soldiers and policemen of nobody named are on the side of an army or a state, gunmen and rebels on the other.
    pub(super) fn is_of_their_kind(&self, party: &Filler, victims: &Victims) -> bool {
        let Some(head) = victims.head.filter(|_| victims.actor.is_none()) else { return false };
        let Some(kind) = party.actor.map(|a| self.scene.mentions.actors[a].kind.as_str()) else { return false };
        match kind {
            "military" | "state" => self.are_regular(head),
            "armed_group" | "collective" => self.are_irregular(head),
            _ => false,
        }
    }

    /// "a raid that aircraft of X carried out", "an attack ascribed to X": behind the event's noun.
    fn doer_behind(&self, event: &Event) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let token = event.trigger.tokens.start;
        let end = doc.sentence_range(token).end;
        for t in token + 1..end.min(token + 1 + RELATIVE) {
            // "the shells that were fired from positions of X": X fired them.
            let fires = |r: &Reading, row: &Row| {
                r.features.category.is_finite() && r.pronoun.is_none() && row.object_frame.contains_key("@artillery")
            };
            if doc.reading(t, fires).is_some() && doc.particle(t + 1, "prep").is_some_and(|r| r.has_role("origin")) {
                let from = slots(scene, t + 1, end, 1).into_iter().next();
                let owner = from.and_then(|s| s.tokens.clone().find_map(|t| scene.actor_at(t)));
                return owner.map(|a| scene.actor_filler(a));
            }
            let resumes = |r: &Reading, row: &Row| {
                r.features.category.is_finite()
                    && r.pronoun.is_some()
                    && (row.frame.as_deref() == Some("light") || row.claims_responsibility || self.is_blow(t))
            };
            let ascribes = |r: &Reading, row: &Row| r.features.category.is_finite() && row.has_role("ascribes");
            let ascribed = doc.reading(t, ascribes).is_some();
            if !ascribed && doc.reading(t, resumes).is_none() {
                continue;
            }
            // "an attack that the army says X carried out": X before the verb, behind "that".
            let before = t.checked_sub(1).and_then(|p| scene.actor_at(p)).filter(|_| !ascribed);
            let said = |a: &usize| {
                let first = scene.mentions.actors[*a].at.tokens.start;
                first > token + 1 && doc.is_particle(first - 1, "comp")
            };
            if let Some(actor) = before.filter(said) {
                return Some(scene.actor_filler(actor));
            }
            for slot in slots(scene, t + 1, end, 3).iter().filter(|s| s.preposition.is_empty() != ascribed) {
                if let Some(actor) = slot.tokens.clone().find_map(|t| scene.actor_at(t)) {
                    return Some(scene.actor_filler(actor));
                }
                let near = slot.tokens.start <= t + 2;
                if near
                    && (count::people(scene, slot.tokens.start).is_some()
                        || scene.quantity_at(slot.tokens.start).is_some())
                {
                    return Some(scene.phrase(slot.tokens.clone()));
                }
            }
            // "which aircraft of X carried out", but not "which was carried out against X".
            let frame = scene.trigger_at(token).map(|x| x.frame);
            let struck = |p: &str| {
                let role = frame.and_then(|f| f.prep.get(p));
                role.is_some_and(|role| matches!(role.as_str(), "target" | "patient" | "place"))
            };
            let behind = slots(scene, t + 1, end, 4).into_iter().filter(|s| !struck(&s.preposition));
            let of = behind.filter_map(|s| s.tokens.clone().find_map(|t| scene.actor_at(t))).next();
            return of.map(|a| scene.actor_filler(a));
        }
        None
    }

    /// "the military spokesman": an office that speaks for a force, and is none.
    pub(super) fn is_office(&self, actor: usize) -> bool {
        let head = self.scene.mentions.actors[actor].at.tokens.start;
        let office = |_: &Reading, row: &Row| matches!(row.kind.as_deref(), Some("spokesperson"));
        let speaks = |_: &Reading, row: &Row| row.source_kind.as_deref() == Some("spokesperson");
        self.scene.doc.reading(head, office).or_else(|| self.scene.doc.reading(head, speaks)).is_some()
    }

    /// A party by name, or a description that stands for one.
    pub(super) fn is_known(&self, actor: usize) -> bool {
        let actor = &self.scene.mentions.actors[actor];
        actor.kind != "collective" || actor.refers_to.is_some()
    }

    fn is_blow(&self, token: usize) -> bool {
        let frame = self.scene.trigger_at(token).and_then(|t| t.frame.event.as_deref());
        frame.is_some_and(|e| BLOWS.contains(&e))
    }

    /// One party, or a state and its own forces.
    pub(super) fn same_side(&self, a: usize, b: usize) -> bool {
        same_side(self.scene, a, b)
    }

    /// Whoever a part of a group belongs to, the other side of the fight did it.
    pub(super) fn blame_part(&self, row: &mut Casualty) {
        let Some(event) = row.cause.filter(|e| row.tied && self.events[*e].kind == "clash") else { return };
        if row.victim_actor.is_some() {
            let head = row.victims.as_ref().map(|v| v.at.tokens.start);
            let victims = Victims { actor: row.victim_actor, head, class: row.victim_class.clone() };
            row.perpetrator = self.doer(Cause { event, link: Link::Behind }, &victims);
        }
    }
}

pub(super) fn same_side(scene: &Scene<'_, '_>, a: usize, b: usize) -> bool {
    let (a, b) = (&scene.mentions.actors[a], &scene.mentions.actors[b]);
    let official = |x: &Actor| matches!(x.kind.as_str(), "state" | "military");
    let eq = |x: &Option<String>, y: &Option<String>| x.is_some() && x == y;
    a.at == b.at
        || a.row.is_some() && a.row == b.row
        || eq(&a.name, &b.name)
        || official(a) && official(b) && eq(&a.country, &b.country)
}
