//! Who did what to whom: the slots around a trigger, filled by its frame.

use super::clause::Link;
use super::event::VIOLENCE;
use super::slots::{Slot, far_counted, is_absolute, phrase_end, slots};
use super::trigger::{Shape, Trigger};
use super::{Filler, Scene};
use crate::lexicon::{List, Reading, Row};
use crate::morph::Category;
use crate::segment::{Gender, Kind, Letter};

/// The roles that the clause gives, whatever the frame counts as claim.
#[derive(Debug, Clone, Default)]
pub struct Roles {
    pub agent: Option<Filler>,
    pub patient: Option<Filler>,
    pub weapon: Option<Filler>,
    pub supporter: Option<Filler>,
    /// Whose people those harmed were: "the army lost ten soldiers".
    pub loser: Option<Filler>,
    pub place: Option<usize>,
    /// Where the phrase of the patient begins, its title included.
    pub patient_from: Option<usize>,
    /// Slots that hold those harmed.
    pub victims: Vec<Slot>,
    /// The agent is not said here: it is the last doer before.
    pub elided: bool,
    /// The subject of the verb that carries the noun is its patient: "was exposed to".
    pub undergone: bool,
    /// Aircraft did it.
    pub by_air: bool,
    /// Agent and patient are two sides named together: "between A and B".
    pub between: bool,
}

/// Who did it, to whom, where: the slots around the trigger by its frame.
pub fn roles(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> Roles {
    let doc = scene.doc;
    let limit = doc.sentence_range(trigger.token).end;
    let found = slots(scene, trigger.token + 1, limit, 6);
    let mut builder = Builder { scene, trigger, roles: Roles::default() };
    match trigger.shape {
        Shape::Active | Shape::Passive | Shape::Open => builder.verb(&found),
        Shape::ActiveParticiple | Shape::PassiveParticiple => builder.participle(&found),
        Shape::Masdar | Shape::Noun => builder.noun(&found),
    }
    builder.roles
}

/// How far behind "between" the other side may stand.
const SIDES: usize = 30;

pub(super) struct Builder<'s, 'd, 'a> {
    pub(super) scene: &'s Scene<'d, 'a>,
    pub(super) trigger: &'s Trigger<'a>,
    pub(super) roles: Roles,
}

impl Builder<'_, '_, '_> {
    pub(super) fn role(&self, slot: &str) -> String {
        let frame = self.trigger.frame;
        // Whoever loses people is in no frame that the word has otherwise.
        let own = self.trigger.row.roles.as_ref().filter(|_| frame.subject != "loser");
        let (given, default) = match slot {
            "subject" => (own.and_then(|r| r.subject.clone()), &frame.subject),
            "object" => (own.and_then(|r| r.object.clone()), &frame.object),
            _ => (own.and_then(|r| r.masdar.clone()), &frame.genitive),
        };
        given.unwrap_or_else(|| default.clone())
    }

    fn prep_role(&self, preposition: &str) -> Option<String> {
        let own = self.trigger.row.roles.as_ref().and_then(|r| r.prep.get(preposition));
        let role = own.or_else(|| self.trigger.frame.prep.get(preposition)).cloned();
        role.or_else(|| self.scene.doc.lexicon.is_by(preposition).then(|| "agent".to_owned()))
    }

    fn verb(&mut self, found: &[Slot]) {
        // "with two other gunmen": what says so of those behind a preposition is no phrase of its own.
        let trails = |s: &Slot| {
            self.scene.doc.is_particle(s.tokens.start, "other")
                && found.iter().any(|f| {
                    !f.preposition.is_empty() && f.tokens.end + 1 >= s.tokens.start && f.tokens.start < s.tokens.start
                })
        };
        let own = |s: &&Slot| s.preposition.is_empty() && !s.joined && !self.is_part_of_trigger(s) && !trails(s);
        let bare: Vec<&Slot> = found.iter().filter(own).collect();
        let mut bare = bare.into_iter();
        let before = self.subject_before();
        if self.trigger.reading.pronoun.is_some() && before.is_none() {
            // "whom X supports": what the clause describes is its object.
            let clause = self.scene.clauses.of(self.trigger.token);
            let described = self.scene.clauses.get(clause).is_some_and(|c| c.link == Link::Relative);
            if described && let Some(filler) = self.scene.described_noun(clause) {
                let object = self.role("object");
                self.fill_with(&object, filler);
            }
        }
        let harm = self.trigger.frame.harm.is_some() && self.trigger.frame.event.is_none();
        // "a raid killed three": what happened is subject, and nobody is.
        let happens = |s: &&Slot| self.is_event(s) && !self.are_people(s.tokens.clone());
        let mut first = bare.next();
        let by_event = harm && before.is_none() && first.filter(happens).is_some();
        if by_event {
            first = bare.next();
        }
        // Unvowelled: counted or indefinite people behind the verb, and nobody definite to do it, make it passive.
        let passive = match self.trigger.shape {
            // Who suffers is the subject already: died, surrendered.
            _ if self.role("subject") == "victims" => false,
            // Whoever fights, meets or marches does so: nothing is done to him.
            _ if matches!(self.trigger.frame.name.as_str(), "clash" | "talks" | "protest" | "agreement") => {
                self.trigger.shape == Shape::Passive
            }
            Shape::Passive => true,
            Shape::Open if by_event => true,
            Shape::Open if self.lacks_object(found) => true,
            Shape::Open if harm && first.is_some_and(|s| self.clashes_with(s)) => false,
            // "the man was killed": somebody who is no party, and nobody behind him to whom he did it.
            Shape::Open if harm && before.is_none() && bare.clone().next().is_none() && self.suffers(first, found) => {
                true
            }
            Shape::Open if harm => {
                before.is_none() && first.is_none_or(|s| !self.is_doer(s))
                    || before.as_ref().is_some_and(|b| self.is_counted(b))
            }
            Shape::Open => {
                before.is_none()
                    && first.is_none_or(|s| !self.is_doer(s))
                    && (first.is_some() || self.antecedent().is_none())
                    && !self.goes_on()
                    && !self.does_to(first, bare.clone().next())
            }
            _ => false,
        };
        // "the barrier was destroyed": with nothing to do it to, what stands before the verb suffers it.
        let destroyed = self.trigger.frame.event.as_deref() == Some("destruction") && self.role("subject") == "agent";
        let passive = passive
            || destroyed
                && self.trigger.shape == Shape::Open
                && before.is_some()
                && first.is_none()
                && self.trigger.reading.pronoun.is_none();
        if passive {
            let role = self.role("object");
            match (first, before) {
                (Some(slot), _) if !self.is_place_slot(slot) => self.fill(&role, slot),
                (_, Some(filler)) => self.fill_with(&role, filler),
                _ => {}
            }
        } else {
            let (subject, object) = (self.role("subject"), self.role("object"));
            let two_people = harm
                && first.is_some_and(|s| self.names_people(s))
                && bare.clone().next().is_some_and(|s| self.names_people(s));
            let object_only = object == "victims"
                && before.is_none()
                && first.is_some_and(|s| self.is_counted_slot(s))
                && !two_people;
            let pronoun = self.trigger.reading.pronoun.is_some();
            let meant =
                before.clone().filter(|_| pronoun && first.is_none_or(|s| scene_actor(self.scene, s).is_none()));
            if let Some(patient) = meant.and_then(|agent| self.object_meant(&agent))
                && matches!(object.as_str(), "patient" | "victims" | "target")
            {
                self.roles.patient = Some(patient);
            }
            match before {
                // "whom X supports": the one before the verb is its object.
                Some(filler) if pronoun && first.is_some_and(|s| scene_actor(self.scene, s).is_some()) => {
                    self.fill_with(&object, filler);
                    if let Some(slot) = first {
                        self.fill(&subject, slot);
                    }
                }
                None if object_only => {
                    self.elided(&subject);
                    if let Some(slot) = first {
                        self.fill(&object, slot);
                    }
                }
                // "that five died": with no object, the counted behind the verb are its subject.
                Some(_)
                    if subject == "victims" && object == "none" && first.is_some_and(|s| self.is_counted_slot(s)) =>
                {
                    if let Some(slot) = first {
                        self.fill(&subject, slot);
                    }
                }
                Some(filler) => {
                    self.fill_with(&subject, filler);
                    if let Some(slot) = first {
                        self.fill(&object, slot);
                    }
                }
                None => match first {
                    Some(slot) if self.is_place_slot(slot) => {
                        self.elided(&subject);
                        self.fill(&object, slot);
                    }
                    Some(slot)
                        if self.agrees(slot)
                            && (subject != "agent"
                                || self.scene.names_somebody(slot)
                                || self.is_armed(slot.tokens.start)) =>
                    {
                        self.fill(&subject, slot);
                        if let Some(second) = bare.next().filter(|s| !self.is_apposition(slot, s)) {
                            self.fill(&object, second);
                        }
                    }
                    Some(slot) => {
                        self.elided(&subject);
                        self.fill(&object, slot);
                    }
                    None => self.elided(&subject),
                },
            }
        }
        self.prepositions(found);
    }

    /// "and bombed": the verb goes on with the doer of the clause before, and something to do it to stands behind.
    fn goes_on(&self) -> bool {
        let scene = self.scene;
        let clause = scene.clauses.of(self.trigger.token);
        scene.clauses.get(clause).is_some_and(|c| c.link == Link::Joined && c.verb == Some(self.trigger.token))
            && scene
                .subject_around(clause)
                .is_some_and(|f| f.actor.is_some_and(|a| scene.mentions.actors[a].kind != "person"))
    }

    /// Somebody behind the verb, and something behind him: he does it. Nobody is entered or advanced.
    fn does_to(&self, first: Option<&Slot>, second: Option<&Slot>) -> bool {
        let somebody =
            first.is_some_and(|s| self.scene.names_somebody(s) || self.is_armed(s.tokens.start) && second.is_some());
        let frame = self.trigger.frame;
        let moves = frame.patient.as_deref() == Some("party") && frame.object == "target" && frame.harm.is_none();
        somebody && frame.harm.is_none() && (second.is_some() || moves)
    }

    /// A feminine verb before a number of men: they are not its subject.
    fn clashes_with(&self, slot: &Slot) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        let head = slot.tokens.start;
        let gender =
            |t: usize| doc.readings(t).iter().find(|r| !r.features.category.is_finite()).map(|r| r.features.agreement);
        let Some(q) = scene.quantity_at(head).filter(|_| slot.tokens.contains(&head)) else { return false };
        let quantity = &scene.mentions.quantities[q];
        // A thousand, dozens: nouns of their own gender.
        let plain = quantity.value.is_some_and(|v| v < 100.0);
        let mut noun = quantity.tokens.end;
        if doc.particle(noun, "prep").is_some_and(|r| r.has_role("partitive")) {
            noun = doc.next_word(noun);
        }
        let feminine = gender(noun).is_none_or(|g| g.gender != Some(Gender::Masculine));
        self.trigger.reading.features.agreement.gender == Some(Gender::Feminine)
            && plain
            && super::count::people(scene, noun).is_some()
            && !feminine
    }

    /// "the minister X": the name right behind the office.
    fn is_apposition(&self, office: &Slot, name: &Slot) -> bool {
        let scene = self.scene;
        let person = scene_actor(scene, name).is_some_and(|a| scene.mentions.actors[a].kind == "person");
        let titled = scene.doc.reading(office.tokens.start, |r, _| scene.doc.list(r) == List::Title).is_some();
        person && titled && name.tokens.start == office.tokens.end
    }

    /// A verb of harm with nobody behind it to suffer.
    fn lacks_object(&self, found: &[Slot]) -> bool {
        let suffers = |role: &str| matches!(role, "patient" | "victims");
        self.trigger.frame.harm.is_some()
            && suffers(&self.role("object"))
            && self.trigger.reading.pronoun.is_none()
            && far_counted(self.scene, self.trigger.token).is_none()
            && !found
                .iter()
                .any(|s| s.preposition.is_empty() || self.prep_role(&s.preposition).is_some_and(|role| suffers(&role)))
    }

    /// A noun that tells of an event: "a raid", "the blast".
    fn is_event(&self, slot: &Slot) -> bool {
        let trigger = self.scene.trigger_at(slot.tokens.start);
        trigger.is_some_and(|t| t.shape.is_noun() && t.frame.event.is_some() && t.frame.harm.is_none())
    }

    /// People who are no party, where no preposition brings those harmed.
    fn suffers(&self, first: Option<&Slot>, found: &[Slot]) -> bool {
        let scene = self.scene;
        let suffers = |role: &str| matches!(role, "patient" | "victims");
        let people =
            |s: &Slot| super::count::people(scene, s.tokens.start).is_some() && scene_actor(scene, s).is_none();
        let brought =
            |s: &Slot| !s.preposition.is_empty() && self.prep_role(&s.preposition).is_some_and(|r| suffers(&r));
        self.trigger.reading.pronoun.is_none()
            && suffers(&self.role("object"))
            && first.is_some_and(people)
            && !found.iter().any(brought)
    }

    fn participle(&mut self, found: &[Slot]) {
        let scene = self.scene;
        let (subject, object) = (self.role("subject"), self.role("object"));
        let head = self.noun_described().or_else(|| self.subject_before()).or_else(|| self.noun_before());
        if self.trigger.shape == Shape::PassiveParticiple {
            if let Some(filler) = head {
                self.fill_with(&object, filler);
            }
        } else {
            if let Some(filler) = head {
                self.fill_with(&subject, filler);
            }
            if let Some(slot) = found.iter().find(|s| s.preposition.is_empty()) {
                self.fill(&object, slot);
            }
        }
        let by = found.iter().find(|s| {
            self.trigger.shape == Shape::PassiveParticiple
                && scene_actor(scene, s).is_some()
                && (self.is_by(&s.preposition))
        });
        if let Some(slot) = by {
            self.fill(&subject, slot);
        }
        self.prepositions(found);
    }

    /// The prepositions that name the doer of a passive.
    fn is_by(&self, preposition: &str) -> bool {
        self.prep_role(preposition).as_deref() == Some("agent")
            || Letter::of(preposition).is_some_and(|p| self.scene.doc.lexicon.is_place_clitic(p))
                && preposition.chars().count() == 1
    }

    fn noun(&mut self, found: &[Slot]) {
        let scene = self.scene;
        let genitive = self.role("genitive");
        if self.trigger.reading.pronoun.is_some() {
            let role = if genitive == "target" { "agent" } else { genitive.as_str() }.to_owned();
            if role == "agent" {
                self.carrier();
            }
            if role != "agent" || self.roles.agent.is_none() {
                self.elided(&role);
            }
            if role == "agent"
                && let Some(slot) = found.first().filter(|s| s.preposition.is_empty())
            {
                self.fill("target", slot);
            }
        } else if scene.doc.phrase_at(self.trigger.token).is_some() {
            // "with the support of X": X supports, and who does what the clause tells is supported.
            if let Some(slot) = found.first() {
                self.fill("agent", slot);
            }
        } else if let Some(slot) = found.first().filter(|s| {
            s.preposition.is_empty() && !self.trigger.reading.clitics.article && !is_absolute(scene, self.trigger.token)
        }) {
            // A verbal noun's doer, if it is a party and the frame also takes an object behind it.
            let party = scene_actor(scene, slot).is_some_and(|a| scene.mentions.actors[a].kind != "person");
            let object = found.get(1).is_some_and(|n| {
                let bare = n.preposition.is_empty();
                let mut between = slot.tokens.end..n.tokens.start;
                let behind = between.all(|t| scene.doc.kind(t).is_some_and(Kind::is_quote));
                let glued = Letter::of(&n.preposition).filter(|_| n.preposition.chars().count() == 1);
                let goal = behind && glued.is_some_and(|p| scene.doc.lexicon.is_possessive(p));
                (bare || goal) && !n.joined
            });
            if matches!(genitive.as_str(), "target" | "patient") && party && object {
                self.fill("agent", slot);
                self.fill(&genitive, &found[1]);
            } else {
                self.fill(&genitive, slot);
            }
        }
        self.nationality();
        // "shelling by X on Y"
        if let [by, on, ..] = found
            && self.is_owned_by(by.tokens.start)
            && by.tokens.start <= self.trigger.token + 2
            && self.prep_role(&on.preposition).as_deref() == Some("target")
            && on.preposition != by.preposition
            && VIOLENCE.contains(&self.trigger.frame.event.as_deref().unwrap_or_default())
            && scene_actor(scene, by)
                .map_or(self.are_people(by.tokens.clone()), |a| scene.mentions.actors[a].kind != "person")
        {
            self.fill("agent", by);
            self.prepositions(&found[1..]);
        } else {
            self.prepositions(found);
        }
        self.told_behind();
        if self.trigger.frame.event.as_deref() == Some("support") && self.roles.patient.is_none() && self.is_means() {
            self.roles.patient = scene.subject(scene.clauses.of(self.trigger.token)).filter(|f| self.is_agent(f));
        }
        if self.roles.agent.is_none() || self.roles.patient.is_none() {
            self.carrier();
        }
        if self.roles.agent.is_none() {
            self.relative_carrier();
        }
        if self.roles.undergone {
            return;
        }
        if self.roles.agent.is_none() && self.trigger.reading.pronoun.is_none() {
            self.controller();
        }
        let with_someone = self.trigger.frame.name == "clash" && self.roles.patient.is_some();
        let purpose = self.is_purpose() && self.roles.patient.is_none();
        if self.roles.agent.is_none() && (with_someone || purpose) {
            self.roles.agent = self.antecedent();
        }
        if self.roles.agent.is_none() && with_someone {
            let clause = scene.clauses.of(self.trigger.token);
            let patient = self.roles.patient.clone();
            self.roles.agent = scene
                .subject(clause)
                .filter(|f| self.is_agent(f) && !self.only_tells(f))
                .map(|f| self.possessor(&f).unwrap_or(f))
                .filter(|f| patient.as_ref().is_none_or(|p| p.at.tokens != f.at.tokens));
        }
        if self.roles.agent.is_none() && self.trigger.row.acting_subject {
            self.roles.agent = Some(scene.phrase(self.trigger.token..self.trigger.token + 1));
        }
    }

    /// An adjective of nationality behind the noun: the doer, if the report names such a party.
    fn nationality(&mut self) {
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

    pub(super) fn prepositions(&mut self, found: &[Slot]) {
        // A doer who owns the deed stands next to it: behind another noun he owns that.
        let mut other = self.trigger.shape.is_verb();
        for slot in found {
            if slot.tokens.start > self.trigger.token + 1 && self.is_other_event(slot) {
                break;
            }
            let own = !slot.preposition.is_empty();
            let role = self.prep_role(&slot.preposition).filter(|_| own);
            if role.is_none() && own && self.is_locative(slot) {
                self.fill("place", slot);
            }
            let Some(role) = role else {
                other |= slot.tokens.start > self.trigger.token + 1 || !self.qualifies(slot);
                continue;
            };
            let by = self.scene.doc.lexicon.is_by(&slot.preposition);
            let owned = role == "agent" || self.is_owned_by(slot.tokens.start) && role == "target";
            if owned && other && !by && self.trigger.shape.is_noun() {
                continue;
            }
            other |= role != "agent";
            if role == "sides" {
                self.sides(slot);
            } else {
                self.fill(&role, slot);
            }
        }
    }

    /// "between the two sides": the two that fight in the sentence before the noun.
    fn both(&mut self) {
        let scene = self.scene;
        let actors = &scene.mentions.actors;
        let start = scene.doc.sentence_range(self.trigger.token).start;
        let fights = |a: &usize| {
            matches!(actors[*a].kind.as_str(), "armed_group" | "military" | "coalition" | "collective" | "state")
                && !scene.in_source(actors[*a].at.tokens.start)
        };
        let from = actors.partition_point(|a| a.at.tokens.start < start);
        let to = actors.partition_point(|a| a.at.tokens.start < self.trigger.token);
        let here: Vec<usize> = (from..to).filter(fights).collect();
        let Some(second) = here.last().copied() else { return };
        let other = |a: &&usize| actors[**a].row.is_none() || actors[**a].row != actors[second].row;
        if let Some(first) = here[..here.len() - 1].iter().rev().find(other) {
            self.roles.agent = Some(scene.actor_filler(*first));
            self.roles.patient = Some(scene.actor_filler(second));
            self.roles.between = true;
        }
    }

    /// "between A and B", "between A and B on one side and C on the other".
    fn sides(&mut self, slot: &Slot) {
        let scene = self.scene;
        let doc = scene.doc;
        if self.roles.agent.is_some() {
            return;
        }
        let end = doc.sentence_range(slot.tokens.start).end;
        if doc.reading(slot.tokens.start, |r, row| r.features.is_dual() && row.has_role("both")).is_some() {
            self.both();
            return;
        }
        let first = scene.filler_of(slot.tokens.clone());
        let mut second: Option<Filler> = None;
        let mut apart = false;
        let mut t = slot.tokens.end;
        while t < end && t < slot.tokens.end + SIDES {
            let side = doc.particle(t, "prep").is_some_and(|r| r.has_role("side"));
            let over = doc.is_particle(t, "comp") || doc.is_particle(t, "conj") && second.is_some();
            if over || doc.kind(t) == Some(Kind::Clause) {
                break;
            }
            if side {
                apart = true;
                second = None;
            }
            let and = doc.clitics(t).conjunction.is_some() && !doc.is_function_word(t);
            if second.is_none() && (and || apart && scene.actor_at(t).is_some()) {
                let mut other = phrase_end(scene, t, end);
                // "and a checkpoint of the army"
                if let Some(owner) = scene.actor_at(other).filter(|_| self.is_owned_by(other)) {
                    other = scene.mentions.actors[owner].at.tokens.end;
                }
                let other = Slot { preposition: String::new(), tokens: t..other, joined: true };
                if scene.names_somebody(&other) || other.tokens.clone().any(|t| scene.actor_at(t).is_some()) {
                    second = Some(scene.filler_of(other.tokens.clone()));
                    t = other.tokens.end;
                    continue;
                }
            }
            t += 1;
        }
        let head = Slot { joined: false, ..slot.clone() };
        if let Some(second) = second
            && (first.actor.is_some() || scene.names_somebody(&head))
        {
            self.roles.agent = Some(first);
            self.roles.patient = Some(second);
            self.roles.between = true;
        }
    }

    pub(super) fn fill(&mut self, role: &str, slot: &Slot) {
        let scene = self.scene;
        let place = slot.tokens.clone().find_map(|t| scene.whereabouts(t));
        let actor = slot.tokens.clone().find_map(|t| scene.actor_at(t));
        match role {
            "place" => {
                if self.roles.place.is_none() {
                    self.roles.place = place;
                }
            }
            "target" => match (place, actor) {
                (Some(p), None) => {
                    self.roles.place.get_or_insert(p);
                }
                _ => self.fill("patient", slot),
            },
            "victims" => self.roles.victims.push(slot.clone()),
            "weapon" if self.is_place_slot(slot) => self.roles.place = self.roles.place.or(place),
            "none" | "" => {}
            // "at least": how many, and nobody.
            "patient" if self.is_degree(slot) => {}
            "patient" if self.is_part_of_trigger(slot) || self.is_other_deed(slot) => {}
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
                let party = self.trigger.frame.patient.as_deref() == Some("party");
                if role == "patient"
                    && actor.is_none()
                    && (party && !self.can_act(slot) || self.qualifies(slot) || self.is_way(slot))
                {
                    return;
                }
                let filler = if role == "patient" { self.whole(slot) } else { scene.filler_of(slot.tokens.clone()) };
                if role == "patient" && self.roles.patient.is_none() {
                    self.roles.patient_from = Some(slot.tokens.start);
                }
                self.fill_with(role, filler);
            }
        }
    }

    /// What it is done to: the party that a phrase of people names, else the thing with whose it is ("posts of X").
    fn whole(&self, slot: &Slot) -> Filler {
        let scene = self.scene;
        let doc = scene.doc;
        let mut tokens = slot.tokens.clone();
        let owner = scene.actor_at(tokens.end).filter(|a| {
            let at = &scene.mentions.actors[*a].at;
            at.tokens.start == tokens.end && self.is_owned_by(tokens.end)
        });
        if let Some(owner) = owner {
            tokens.end = scene.mentions.actors[owner].at.tokens.end;
        }
        let named = scene.filler_of(tokens.clone());
        let counted = scene.quantity_at(tokens.start).map(|q| scene.mentions.quantities[q].tokens.end);
        let head = counted.filter(|end| *end < tokens.end).unwrap_or(tokens.start);
        let people = super::count::people(scene, head).is_some()
            || doc.reading(head, |r, _| doc.list(r) == List::Collective).is_some();
        if named.actor.is_none() || scene.actor_at(head).is_some() || people {
            return named;
        }
        let party = self.trigger.frame.patient.as_deref() == Some("party");
        if party || doc.is_particle(head, "prep") {
            return named;
        }
        Filler { actor: named.actor, ..scene.phrase(head..tokens.end) }
    }

    /// The token begins with the preposition of owners, and nothing before it.
    fn is_owned_by(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let inside = self
            .scene
            .actor_at(token)
            .is_none_or(|a| self.scene.mentions.actors[a].at.span.start > doc.tokens[token].span.start);
        inside && Letter::of(doc.str(token)).is_some_and(|p| doc.lexicon.is_possessive(p))
    }

    /// Behind a preposition that says where, and neither whence nor whither.
    fn is_locative(&self, slot: &Slot) -> bool {
        let row = self.scene.doc.governed_by(slot.tokens.start);
        self.trigger.frame.place.as_deref() != Some("own")
            && row.is_some_and(|row| {
                row.has_role("place")
                    && !row.has_role("topic")
                    && !matches!(row.relation.as_deref(), None | Some("from" | "to" | "between"))
            })
    }

    /// An adjective right behind the trigger that says what kind it is: "heavy shelling", "their wide attack".
    fn qualifies(&self, slot: &Slot) -> bool {
        let doc = self.scene.doc;
        let at = slot.tokens.start;
        if at != self.trigger.token + 1 || !self.trigger.shape.is_noun() || !slot.preposition.is_empty() {
            return false;
        }
        let adjective = |r: &Reading| {
            matches!(doc.list(r), List::Adjective | List::Demonym)
                || r.features.category.is_participle() && !r.features.is_plural()
        };
        let definite = self.trigger.reading.pronoun.is_some() && doc.is_definite(at);
        let unknown = doc.readings(at).is_empty() && self.scene.mention_end(at).is_none();
        doc.readings(at).iter().any(adjective) || unknown && (slot.tokens.len() == 1 || definite)
    }

    /// A road, a border, a quarter without a name: where it is, and nothing that is hit.
    fn is_way(&self, slot: &Slot) -> bool {
        let doc = self.scene.doc;
        let area = |row: &Row| {
            row.makes.as_deref() == Some("locator")
                || row.makes.as_deref() == Some("place")
                    && matches!(row.kind.as_deref(), Some("natural" | "district" | "region"))
        };
        !slot.preposition.is_empty()
            && super::count::people(self.scene, slot.tokens.start).is_none_or(|(_, row)| row.victim.is_none())
            && !doc.readings(slot.tokens.start).is_empty()
            && doc.readings(slot.tokens.start).iter().all(|r| doc.list(r) != List::Collective)
            && doc.reading(slot.tokens.start, |r, row| doc.list(r) == List::Head && area(row)).is_some()
    }

    /// The word by which the trigger means what it means: the fire of "opened fire".
    fn is_part_of_trigger(&self, slot: &Slot) -> bool {
        let doc = self.scene.doc;
        let row = self.trigger.row;
        row.object_frame.keys().chain(&row.needs).any(|w| !w.starts_with('@') && doc.is_lemma(slot.tokens.start, w))
    }

    pub(super) fn fill_with(&mut self, role: &str, filler: Filler) {
        let scene = self.scene;
        if let Some(party) = self.possessor(&filler).filter(|_| role == "agent" && self.roles.agent.is_none()) {
            self.roles.agent = Some(party);
            return;
        }
        let filler = if role == "agent" { self.flown_by(filler) } else { filler };
        if role == "agent" && (!self.is_agent(&filler) || self.only_tells(&filler))
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
    fn is_other_event(&self, slot: &Slot) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        let aside = |row: &Row| ["since", "until", "cause"].iter().any(|r| row.has_role(r));
        let event = scene.trigger_at(slot.tokens.start).is_some_and(|t| t.shape.is_noun() && t.frame.event.is_some());
        event && doc.governed_by(slot.tokens.start).is_some_and(aside)
    }

    fn is_degree(&self, slot: &Slot) -> bool {
        let doc = self.scene.doc;
        let degree = |_: &Reading, row: &Row| row.class.as_deref() == Some("degree");
        slot.tokens.len() == 1 && doc.reading(slot.tokens.start, degree).is_some()
    }

    /// A verbal noun: what is done, and nobody who does it.
    fn is_deed(&self, slot: &Slot) -> bool {
        let scene = self.scene;
        let head = slot.tokens.start;
        scene.actor_at(head).is_none()
            && super::count::people(scene, head).is_none()
            && scene.quantity_at(head).is_none()
            && scene.doc.reading(head, |r, _| r.features.category == Category::Masdar).is_some()
    }

    /// "arrest or capture of X": another word for the deed, and nobody who suffers it.
    fn is_other_deed(&self, slot: &Slot) -> bool {
        self.is_deed(slot)
            && self.scene.trigger_at(slot.tokens.start).is_some_and(|t| t.frame.event == self.trigger.frame.event)
    }

    /// Somebody: a noun of people that is no adjective of the trigger, or a name in no list.
    fn can_act(&self, slot: &Slot) -> bool {
        let doc = self.scene.doc;
        let head = slot.tokens.start;
        let adjective = head == self.trigger.token + 1
            && !self.trigger.shape.is_verb()
            && doc.reading(head, |r, _| !r.features.is_plural() && !r.clitics.article).is_some();
        !adjective && self.are_people(slot.tokens.clone())
    }

    pub(super) fn are_people(&self, mut tokens: std::ops::Range<usize>) -> bool {
        let doc = self.scene.doc;
        let rule = |r: &Reading, row: &Row| {
            doc.list(r) == List::Head && matches!(row.makes.as_deref(), Some("state" | "military" | "armed_group"))
        };
        if doc.reading(tokens.start, rule).is_some() {
            return true;
        }
        tokens.any(|t| {
            super::count::people(self.scene, t).is_some()
                || doc
                    .reading(t, |r, row| doc.list(r) == List::Collective || row.class.as_deref() == Some("force"))
                    .is_some()
        })
    }

    /// Arms, bombs, what carries them; what is given in support may be anything but a place.
    fn is_weapon(&self, filler: &Filler) -> bool {
        const ARMS: [&str; 5] = ["bomb", "artillery", "air", "small_arms", "vehicle"];
        let doc = self.scene.doc;
        let head = filler.at.tokens.start;
        let arms = |t: usize| doc.reading(t, |_, r| r.class.as_deref().is_some_and(|c| ARMS.contains(&c))).is_some();
        match self.trigger.frame.event.as_deref() {
            Some("support") => filler.actor.is_none() && self.scene.whereabouts(head).is_none(),
            _ => arms(head),
        }
    }

    /// A phrase that is nothing but a place.
    fn is_place_slot(&self, slot: &Slot) -> bool {
        let scene = self.scene;
        scene_actor(scene, slot).is_none()
            && slot.tokens.clone().any(|t| scene.whereabouts(t).is_some())
            && slot.tokens.clone().all(|t| {
                scene.place_at(t).is_some() || scene.doc.readings(t).iter().any(|r| scene.doc.list(r) == List::Head)
            })
    }

    /// Somebody who does things: a party, or a definite person.
    fn is_doer(&self, slot: &Slot) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        let head = slot.tokens.start;
        if scene.quantity_at(head).is_some() {
            return false;
        }
        match scene_actor(scene, slot) {
            Some(a) => scene.mentions.actors[a].kind != "person" || self.trigger.frame.harm.is_none(),
            None => {
                doc.is_definite(head) && doc.reading(head, |_, r| r.victim.is_some() || r.class.is_some()).is_some()
            }
        }
    }

    fn is_counted(&self, filler: &Filler) -> bool {
        self.counts(filler.at.tokens.clone())
    }

    fn is_counted_slot(&self, slot: &Slot) -> bool {
        self.counts(slot.tokens.clone())
    }

    fn names_people(&self, slot: &Slot) -> bool {
        let scene = self.scene;
        slot.tokens.clone().any(|t| super::count::people(scene, t).is_some() || scene.actor_at(t).is_some())
    }

    fn counts(&self, mut tokens: std::ops::Range<usize>) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        tokens.any(|t| {
            scene.quantity_at(t).is_some() || doc.reading(t, |_, r| r.victim.is_some()).is_some() && !doc.is_definite(t)
        })
    }

    /// Whether verb and following noun agree in gender: before its subject a verb is singular.
    fn agrees(&self, slot: &Slot) -> bool {
        let doc = self.scene.doc;
        let Some(verb) = self.trigger.reading.features.agreement.gender else { return true };
        if self.trigger.reading.features.is_plural() {
            return false;
        }
        let Some(noun) = doc.readings(slot.tokens.start).iter().find(|r| !r.features.category.is_finite()) else {
            return true;
        };
        let plural_thing = noun.features.is_plural() && noun.features.agreement.gender.is_none();
        let noun_gender = if plural_thing { return true } else { noun.features.agreement.gender };
        noun_gender.is_none_or(|g| g == verb) || scene_actor(self.scene, slot).is_some() && verb == Gender::Feminine
    }
}

fn scene_actor(scene: &Scene<'_, '_>, slot: &Slot) -> Option<usize> {
    slot.tokens.clone().find_map(|t| scene.actor_at(t))
}
