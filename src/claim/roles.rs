//! Who did what to whom: the slots around a trigger, filled by its frame.

use super::arms::is_weapon;
use super::charge::charged_with;
use super::clause::Link;
use super::filling::scene_actor;
use super::joined::{behind_joined, is_joined_deed};
use super::near::stands_apart;
use super::phrase::is_absolute;
use super::slots::{Slot, counted_whole, far_person, is_glued_pronoun, slots};
use super::trigger::{Shape, Trigger};
use super::{Filler, Scene};
use crate::lexicon::{Reading, Row};
use crate::segment::{Kind, Letter, Number};

/// How many triggers may ask for each other's roles in a row.
const ASKED: usize = 6;

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
    /// Whoever it was meant for came off alive.
    pub survived: bool,
    /// Aircraft did it.
    pub by_air: bool,
    /// Agent and patient are two sides named together: "between A and B".
    pub between: bool,
}

/// Who did it, to whom, where: the slots around the trigger by its frame. Those of a trigger that is an event and a harm are
/// asked for twice, and found once.
pub fn roles(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> Roles {
    let twice = trigger.frame.harm.is_some() && trigger.frame.event.is_some();
    if !twice || !scene.trigger_at(trigger.token).is_some_and(|own| std::ptr::eq(own, trigger)) {
        return roles_of(scene, trigger);
    }
    if let Some(found) = scene.roles.borrow().get(&trigger.token) {
        return found.clone();
    }
    let found = roles_of(scene, trigger);
    // What was cut short is not remembered.
    if scene.under_way.borrow().is_empty() {
        scene.roles.borrow_mut().insert(trigger.token, found.clone());
    }
    found
}

/// Of two triggers that ask for each other's roles, the second learns nothing.
fn roles_of(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> Roles {
    let asked = |on: &Vec<usize>| on.len() >= ASKED || on.contains(&trigger.token);
    if asked(&scene.under_way.borrow()) {
        return Roles::default();
    }
    scene.under_way.borrow_mut().push(trigger.token);
    let found = find_roles(scene, trigger);
    scene.under_way.borrow_mut().pop();
    found
}

fn find_roles(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> Roles {
    let doc = scene.doc;
    let limit = doc.sentence_range(trigger.token).end;
    let mut found = slots(scene, behind_joined(scene, trigger), limit, 6);
    // "an old woman was killed and 17 were wounded": a number behind "and" begins another clause.
    let next = trigger.token + 1;
    let number = doc.after_and(next);
    let joined = number > next || doc.clitics(next).conjunction.is_some();
    let anew = trigger.shape.is_verb() && joined && scene.quantity_at(number).is_some();
    if anew && found.first().is_some_and(|s| s.preposition.is_empty() && (next..=number).contains(&s.tokens.start)) {
        found.clear();
    }
    if trigger.shape.is_verb() && (trigger.frame.harm.is_none() || trigger.frame.event.is_some()) {
        counted_whole(scene, &mut found, trigger.frame.harm.is_none());
    }
    // "gunmen on a motorcycle assassinated the lawyer X"
    let hurts = trigger.frame.harm.is_some() && trigger.shape.is_verb() && trigger.reading.pronoun.is_none();
    let doer = found.first().is_some_and(|s| s.preposition.is_empty() && s.tokens.start == trigger.token + 1);
    let object = found.iter().filter(|s| s.preposition.is_empty()).nth(1).is_some();
    if hurts
        && doer
        && !object
        && let Some(person) = far_person(scene, trigger.token)
    {
        found.push(Slot { preposition: String::new(), tokens: person, joined: false });
    }
    // "gunmen who rode in a car opened fire on X": behind the object the clause goes on.
    let told = found.last().map_or(trigger.token + 1, |s| s.tokens.end);
    let far = |w: &String| if w.starts_with('@') { None } else { stands_apart(doc, trigger.token, w) };
    let apart = || trigger.row.object_frame.keys().find_map(far).filter(|t| *t >= told);
    if let Some(object) = trigger.shape.is_verb().then(apart).flatten() {
        found.extend(slots(scene, object + 1, limit, 3).into_iter().filter(|s| !s.preposition.is_empty()));
    }
    let mut builder = Builder { scene, trigger, roles: Roles::default() };
    match trigger.shape {
        Shape::Active | Shape::Passive | Shape::Open => builder.verb(&found),
        Shape::ActiveParticiple | Shape::PassiveParticiple => builder.participle(&found),
        Shape::Masdar | Shape::Noun => builder.noun(&found),
    }
    builder.pronoun_target();
    builder.aimed_by_participle();
    builder.supported_in_deed(&found);
    // "was arrested", told by a verb and a noun: whoever stands before a verb in the passive did not do it.
    let turn = doc.turn_at(trigger.token).map(|turn| turn.tokens[0]).filter(|t| *t < trigger.token);
    let passive =
        |t: usize| doc.is_finite(t) && doc.readings(t).iter().any(|r| r.features.voice == crate::morph::Voice::Passive);
    if let Some(verb) = turn.filter(|t| passive(*t)) {
        builder.roles.agent = builder.roles.agent.take().filter(|f| f.at.tokens.start > verb);
    }
    // "closed the roads": what makes the verb a siege is what is closed, if nobody is cut off.
    if builder.roles.patient.is_none() {
        let far = || trigger.row.needs.iter().find_map(far).and_then(|t| slots(scene, t, limit, 1).into_iter().next());
        let held = |s: &Slot| builder.is_part_of_trigger(s) && builder.is_held(s);
        let road = found.iter().find(|s| held(s)).cloned();
        let road = road.or_else(|| trigger.shape.is_verb().then(far).flatten().filter(held));
        match road {
            // "closed the entrances of X"
            Some(road) if builder.is_place_slot(&road) => builder.fill("place", &road),
            Some(road) => {
                builder.fill("place", &road);
                builder.roles.patient = Some(scene.phrase(road.tokens));
            }
            None => {}
        }
    }
    builder.roles
}

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

    pub(super) fn prep_role(&self, preposition: &str) -> Option<String> {
        let own = self.trigger.row.roles.as_ref().and_then(|r| r.prep.get(preposition));
        let role = own.or_else(|| self.trigger.frame.prep.get(preposition)).cloned();
        // "the targeting of a post", with the preposition of owners: what a verbal noun of a transitive verb is done to.
        let owner = |p: &str| Letter::of(p).is_some_and(|l| self.scene.doc.lexicon.is_possessive(l));
        let role = match role {
            Some(r) if r == "agent" && own.is_none() && owner(preposition) && preposition.chars().nth(1).is_none() => {
                let genitive = self.role("genitive");
                Some(if self.trigger.shape == Shape::Masdar && genitive == "target" { genitive } else { r })
            }
            role => role,
        };
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
        // "a drone fired a rocket": of two that the verb may fire, the first does it.
        let fires = self.first_of_arms(found);
        let part = |s: &Slot| self.is_part_of_trigger(s) && fires != Some(s.tokens.start);
        let own = |s: &&Slot| s.preposition.is_empty() && !s.joined && !part(s) && !trails(s);
        let mut bare: Vec<&Slot> = found.iter().filter(own).collect();
        if self.is_renamed(&bare) {
            bare.remove(1);
        }
        let mut bare = bare.into_iter();
        // "came out of a house that a raid destroyed": what happened is the subject, and what stands before is none.
        let next = self.trigger.token + 1;
        let deed = self.trigger.reading.pronoun.is_some()
            && self.scene.trigger_at(next).is_some_and(|t| t.shape.is_noun() && t.is_violent())
            && self.scene.doc.clitics(next).preposition.is_none();
        let before = self.subject_before().filter(|_| !deed);
        // "a rocket that X fired": what is fired makes the verb mean it, and nobody is hit by that.
        let fired = self.trigger.reading.pronoun.is_some() && !self.trigger.row.needs.is_empty();
        if self.trigger.reading.pronoun.is_some() && before.is_none() {
            // "whom X supports": what the clause describes is its object.
            let clause = self.scene.clauses.of(self.trigger.token);
            let described = self.scene.clauses.get(clause).is_some_and(|c| c.link == Link::Relative);
            if described
                && !fired
                && let Some(filler) = self.scene.described_noun(clause)
            {
                let object = self.role("object");
                self.fill_with(&object, filler);
            }
        }
        let harm = self.trigger.frame.harm.is_some() && self.trigger.frame.event.is_none();
        // "a raid killed three": what happened is subject, and nobody is.
        let damages = self.trigger.frame.event.as_deref() == Some("destruction") && self.role("subject") == "agent";
        let blows = |s: &&Slot| damages && scene_actor(self.scene, s).is_none() && self.is_fire(s);
        // "a bullet hit a girl"
        let next_are_people = bare.clone().nth(1).is_some_and(|s| self.names_people(s));
        let hits = |s: &&Slot| harm && next_are_people && scene_actor(self.scene, s).is_none() && self.is_fire(s);
        let happens = |s: &&Slot| self.is_event(s) && !self.are_people(s.tokens.clone()) || blows(s) || hits(s);
        let mut first = bare.next();
        let by_event = (harm || damages) && before.is_none() && first.filter(happens).is_some();
        // "raids, one of which hit a school": a thing told before, and what it hit behind.
        let one_of = |s: &Slot| self.scene.doc.particle(s.tokens.start, "subset").is_some_and(|r| r.count.is_some());
        let things = |s: &Slot| {
            self.scene
                .doc
                .readings(s.tokens.start)
                .iter()
                .any(|r| r.pronoun.is_some_and(|p| p.number != Some(Number::Plural)))
        };
        let part = first.is_some_and(|s| one_of(s) && things(s)) && bare.clone().next().is_some();
        let by_event = by_event || part && before.is_none();
        if by_event || part && damages {
            first = bare.next();
        }
        // "…, while it arrested 15": those counted behind the verb are its object.
        let open = self.trigger.shape == Shape::Open && before.is_none();
        let object = first.filter(|s| open && self.is_counted_slot(s) && self.trigger.reading.pronoun.is_none());
        if let Some((slot, doer)) = object.and_then(|s| Some((s, self.goes_on_beside()?))) {
            let object = self.role("object");
            self.fill(&object, slot);
            self.fill_with("agent", doer);
            self.roles.elided = true;
            self.prepositions(found);
            return;
        }
        // Unvowelled: counted or indefinite people behind the verb, and nobody definite to do it, make it passive.
        let ours = self.trigger.reading.features.agreement.person == 1;
        let passive = match self.trigger.shape {
            // Who suffers is the subject already: died, surrendered.
            _ if self.role("subject") == "victims" => false,
            // Whoever fights, meets or marches does so: nothing is done to him.
            _ if matches!(self.trigger.frame.name.as_str(), "clash" | "talks" | "protest" | "agreement") => {
                self.trigger.shape == Shape::Passive
            }
            // Nor to whoever goes or stays somewhere.
            _ if self.trigger.row.has_role("intransitive") && self.trigger.frame.harm.is_none() => {
                self.trigger.shape == Shape::Passive
            }
            Shape::Passive => true,
            // "which X fired": its object is the pronoun.
            Shape::Open if self.trigger.reading.pronoun.is_some() && first.is_some() => false,
            Shape::Open if self.does_to_self(first) || ours => false,
            // "the police clashed with gunmen and killed two of them": the number's ending shows an object.
            Shape::Open if harm && first.is_some_and(|s| self.goes_on_to_number(s)) => false,
            // Before its subject a verb is singular: one that shows a plural has its object behind it.
            Shape::Open if self.shows_plural() && first.is_some_and(|s| self.are_behind(s)) => false,
            // "took the town and executed five": whoever goes on executes.
            Shape::Open if self.trigger.frame.name == "execute" && before.is_none() && self.goes_on() => false,
            Shape::Open if by_event => true,
            Shape::Active if by_event => first.is_some(),
            Shape::Open if self.brings_victims(first, found) || self.goes_on_to_victims(found) => false,
            Shape::Open if self.lacks_object(found) => true,
            Shape::Open if harm && first.is_some_and(|s| self.clashes_with(s)) => false,
            // "the man was killed": somebody who is no party, and nobody behind him to whom he did it.
            Shape::Open
                if harm
                    && before.is_none()
                    && self.has_no_object(bare.clone().next())
                    && self.suffers(first, found) =>
            {
                true
            }
            Shape::Open if harm && before.is_none() && self.is_one_named(first, bare.as_slice()) => true,
            Shape::Open if harm => {
                before.is_none() && first.is_none_or(|s| !self.is_doer(s)) && !self.does_to(first, bare.clone().next())
                    // "a gunman killed four": whom he did it to stands behind.
                    || before.as_ref().is_some_and(|b| self.is_counted(b)) && !first.is_some_and(|s| self.is_counted_object(s))
            }
            Shape::Open => {
                before.is_none()
                    && first.is_none_or(|s| !self.is_doer(s))
                    && (first.is_some() || self.antecedent().is_none())
                    && !self.goes_on()
                    && !self.goes_on_from_before(first)
                    && !first.is_some_and(|s| self.are_guns(s))
                    && !first.is_some_and(|s| self.scene.names_somebody(s) && self.opens(found))
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
                (Some(slot), _) if self.trigger.frame.name == "destruction" || !self.is_place_slot(slot) => {
                    self.fill(&role, slot);
                }
                (_, Some(filler)) => self.fill_with(&role, filler),
                (None, None) => {
                    if let Some(filler) = self.described_before() {
                        self.fill_with(&role, filler);
                    }
                }
                (Some(slot), None) if role == "target" => self.fill("place", slot),
                _ => {}
            }
        } else {
            let (subject, object) = (self.role("subject"), self.role("object"));
            let two_people = harm
                && first.is_some_and(|s| self.names_people(s))
                && bare.clone().next().is_some_and(|s| self.names_people(s));
            let goes_on = || self.trigger.frame.harm.is_some() && self.goes_on();
            let object_only = (object == "victims" || object == "patient" && goes_on())
                && before.is_none()
                && first.is_some_and(|s| self.is_counted_slot(s))
                && !two_people;
            let pronoun = self.trigger.reading.pronoun.is_some();
            let meant =
                before.clone().filter(|_| pronoun && first.is_none_or(|s| scene_actor(self.scene, s).is_none()));
            let one = self.trigger.reading.pronoun.is_some_and(|p| p.number == Some(Number::Singular));
            let ground = one && matches!(self.trigger.frame.event.as_deref(), Some("capture" | "advance"));
            if let Some(patient) = meant.filter(|_| !ground).and_then(|agent| self.object_meant(&agent))
                && matches!(object.as_str(), "patient" | "victims" | "target")
            {
                self.roles.patient = Some(patient);
            }
            match before {
                // "whom X supports": the one before the verb is its object.
                Some(filler)
                    if pronoun
                        && first.is_some_and(|s| {
                            scene_actor(self.scene, s).is_some()
                                || s.tokens.start == self.trigger.token + 1 && self.is_armed(s.tokens.start)
                        }) =>
                {
                    if !fired {
                        self.fill_with(&object, filler);
                    }
                    if let Some(slot) = first {
                        self.fill(&subject, slot);
                    }
                }
                // "we arrested ten": nobody behind the verb is its subject.
                None if object_only || ours => {
                    self.elided(&subject);
                    if let Some(slot) = first {
                        self.fill(&object, slot);
                    }
                }
                // "a town that the rebels took", told without "that": who stands behind the verb takes it.
                Some(filler)
                    if subject == "agent"
                        && self.takes_up_by_pronoun()
                        && !self.is_agent(&filler)
                        && first.is_some_and(|s| self.is_party(s) && self.agrees(s)) =>
                {
                    if let Some(slot) = first {
                        self.fill(&subject, slot);
                    }
                    self.fill_with(&object, filler);
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
                    // "that it hit rebels": their ending shows that they do nothing.
                    Some(slot) if subject == "agent" && self.scene.are_oblique(slot.tokens.start) => {
                        self.elided(&subject);
                        self.fill(&object, slot);
                    }
                    // "the mosque of X was damaged"
                    Some(slot) if subject == "patient" && self.trigger.frame.name == "destruction" => {
                        self.fill(&subject, slot);
                    }
                    Some(slot) if self.is_place_slot(slot) => {
                        self.elided(&subject);
                        self.fill(&object, slot);
                    }
                    Some(slot) if bare.clone().next().is_none() && self.goes_on_to(slot, found) => {
                        self.elided(&subject);
                        self.fill(&object, slot);
                    }
                    Some(slot)
                        if self.agrees(slot)
                            && !self.clashes_with(slot)
                            && (subject != "agent"
                                || self.scene.names_somebody(slot)
                                || self.is_crowd(slot.tokens.clone())
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
        self.other_side(found);
    }

    fn participle(&mut self, found: &[Slot]) {
        let scene = self.scene;
        let (subject, object) = (self.role("subject"), self.role("object"));
        let head = self.noun_described().or_else(|| self.subject_before()).or_else(|| self.noun_before());
        if self.trigger.shape == Shape::PassiveParticiple {
            let unnamed = head.as_ref().is_none_or(|f| f.actor.is_none());
            if let Some(filler) = self.named_behind().filter(|_| unnamed).or(head) {
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
        if self.told_before(found) {
            return;
        }
        // "an attack that the authorities ascribed to X": the verb is written like "its share".
        let ascribed =
            |r: &Reading, row: &Row| r.features.category.is_finite() && r.pronoun.is_some() && row.has_role("ascribes");
        let verb = |s: &Slot| {
            s.tokens.start == self.trigger.token + 1 && scene.doc.reading(s.tokens.start, ascribed).is_some()
        };
        let found = if found.first().is_some_and(verb) { &[] } else { found };
        let arms = |s: &Slot| scene.doc.reading(s.tokens.start, |_, row| is_weapon(row)).is_some();
        let shells = self.trigger.row.class.as_deref() == Some("artillery");
        let genitive = match self.role("genitive") {
            // "the blowing up of a house": what is no bomb is hit.
            role if role == "weapon" && found.first().is_some_and(|s| !arms(s)) => {
                // "the blowing up of the mosque of X": X is hit with it.
                let head = |t: usize| scene.actor_at(t).is_some() || super::count::people(scene, t).is_some();
                let somebody = found.first().is_some_and(|s| scene.names_somebody(s) && head(s.tokens.start));
                if somebody { "agent" } else { "target" }.to_owned()
            }
            // "mortar shells"
            role if role == "target"
                && shells
                && found.first().is_some_and(|s| s.preposition.is_empty() && arms(s)) =>
            {
                "weapon".to_owned()
            }
            role => role,
        };
        let sent = self.trigger.frame.event.as_deref() == Some("deployment") && !self.trigger.row.is_weak();
        let genitive_acts = (self.trigger.shape == Shape::Masdar || sent) && genitive == "agent";
        if self.trigger.reading.pronoun.is_some() {
            self.pronoun_of_deed(found, genitive);
        } else if scene.doc.phrase_at(self.trigger.token).is_some() || self.is_supporting(found) {
            // "with the support of X", "of the raids of X": X supports, and who does what the clause tells is supported.
            if let Some(slot) = found.first() {
                let deed = scene.trigger_at(slot.tokens.start).filter(|t| t.shape.is_noun() && t.frame.event.is_some());
                match deed {
                    Some(deed) => {
                        self.roles.agent = roles(scene, deed).agent;
                        self.roles.patient =
                            scene.subject(scene.clauses.of(self.trigger.token)).filter(|f| self.is_agent(f));
                        return;
                    }
                    None => self.fill("agent", slot),
                }
            }
        } else if let Some(slot) = found.first().filter(|s| {
            s.preposition.is_empty()
                && !self.trigger.reading.clitics.article
                && !is_absolute(scene, self.trigger.token)
                && !is_joined_deed(scene, s.tokens.start)
        }) {
            // A verbal noun's doer, if it is a party and the frame also takes an object behind it.
            let party = scene_actor(scene, slot).is_some_and(|a| scene.mentions.actors[a].kind != "person");
            // "the bombing by aircraft in force of posts": past how it was done.
            let how = found
                .get(1)
                .filter(|n| n.preposition.chars().count() == 1 && !n.joined && !self.is_owned_by(n.tokens.start));
            let bare = |n: &&Slot| n.preposition.is_empty() && !n.joined && n.tokens.start == found[1].tokens.end;
            let second = how
                .and_then(|_| found.get(2))
                .filter(bare)
                .filter(|n| scene.doc.is_definite(n.tokens.start) || n.tokens.len() > 1);
            let second = second.or(found.get(1));
            let object = second.is_some_and(|n| {
                let bare = n.preposition.is_empty();
                let mut between = slot.tokens.end..n.tokens.start;
                let behind = between.all(|t| scene.doc.kind(t).is_some_and(Kind::is_quote));
                let glued = Letter::of(&n.preposition).filter(|_| n.preposition.chars().count() == 1);
                let goal = behind && glued.is_some_and(|p| scene.doc.lexicon.is_possessive(p));
                // "the control of X over Y"
                let aimed = || {
                    let next = n.tokens.start <= slot.tokens.end + 1;
                    let role = self.prep_role(&n.preposition).filter(|_| next && !bare);
                    role.is_some_and(|role| matches!(role.as_str(), "target" | "patient"))
                };
                // "the arrest of a man on suspicion": why, and nobody.
                (bare || (goal || aimed()) && !self.is_suspicion(n)) && !n.joined
            });
            // "the recapture by the army of it"
            let it = slot.tokens.end;
            let own = Letter::of(if it < scene.doc.len() { scene.doc.str(it) } else { "" })
                .is_some_and(|p| scene.doc.lexicon.is_possessive(p));
            let taken = is_glued_pronoun(scene, it) && own && party;
            if taken && matches!(genitive.as_str(), "target" | "patient") {
                self.fill("agent", slot);
            }
            // "the attack of gunmen on a post": what is no party's is no part of who they are.
            let on = |n: &Slot| {
                let owned = self.is_owned_by(n.tokens.start) && scene_actor(scene, n).is_none();
                owned || n.preposition.is_empty() && is_absolute(scene, slot.tokens.start)
            };
            let several =
                || !self.is_counted_slot(slot) || scene.quantity_at(slot.tokens.start).is_none() && on(&found[1]);
            // "the assassination of X al-Y": whoever is named is no doer.
            let named = scene_actor(scene, slot).is_some();
            let flies = |row: &Row| row.class.as_deref() == Some("air") || row.has_role("flies");
            let flies = object && scene.doc.reading(slot.tokens.start, |_, row| flies(row)).is_some();
            let doer = party || flies || object && !named && self.are_people(slot.tokens.clone()) && several();
            if taken {
            } else if matches!(genitive.as_str(), "target" | "patient") && doer && object {
                self.fill("agent", slot);
                second.into_iter().for_each(|object| self.fill(&genitive, object));
            } else {
                self.fill(&genitive, slot);
                // "the air bombing by X of posts"
                let masdar = self.trigger.shape == Shape::Masdar && genitive == "agent" && doer;
                let bare = second.filter(|n| masdar && n.preposition.is_empty() && !n.joined);
                if let Some(object) = bare.filter(|n| !self.qualifies(n)) {
                    let role = self.role("object");
                    self.fill(&role, object);
                }
            }
        }
        // "an infiltration by a group of X": whoever its genitive would be.
        let by = found
            .first()
            .filter(|s| genitive_acts && self.is_owned_by(s.tokens.start) && s.tokens.start <= self.trigger.token + 2)
            .or_else(|| found.get(1).filter(|s| sent && self.qualifies(&found[0]) && self.is_owned_by(s.tokens.start)));
        if let Some(slot) = by.filter(|s| self.prep_role(&s.preposition).is_none() && scene.names_somebody(s)) {
            self.fill("agent", slot);
        }
        if self.trigger.frame.name == "clash" {
            self.pronoun_side();
        }
        self.nationality();
        // "shelling by X on Y"; of an army or a coalition that says by whom even where nothing says on what.
        let hit = |on: &Slot| self.prep_role(&on.preposition).as_deref() == Some("target");
        let strikes = |by: &Slot| {
            let kind = scene_actor(scene, by).map(|a| scene.mentions.actors[a].kind.as_str());
            // "a bombardment by the regime that hit X": what follows says on what.
            let hits = || scene.doc.is_finite(by.tokens.end) && scene.doc.clitics(by.tokens.end).conjunction.is_none();
            kind.is_some_and(|k| {
                matches!(k, "military" | "coalition") || matches!(k, "state" | "armed_group") && hits()
            })
        };
        // "the artillery shelling by X": past the adjective, and then of whatever party.
        let described = found.split_first().filter(|(first, _)| self.qualifies(first));
        let fights = |by: &Slot| scene_actor(scene, by).is_some_and(|a| scene.mentions.actors[a].is_force());
        let strikes = |by: &Slot| strikes(by) || described.is_some() && fights(by);
        if let [by, rest @ ..] = described.map_or(found, |(_, rest)| rest)
            && self.is_owned_by(by.tokens.start)
            && by.tokens.start <= self.trigger.token + 2
            && !self.is_set_up()
            && !self.is_given_leave(by)
            && rest
                .first()
                .map_or(strikes(by), |on| if hit(on) { on.preposition != by.preposition } else { strikes(by) })
            && self.trigger.is_violent()
            && scene_actor(scene, by)
                .map_or(self.are_people(by.tokens.clone()), |a| scene.mentions.actors[a].kind != "person")
        {
            self.fill("agent", by);
            self.prepositions(rest);
        } else {
            self.prepositions(found);
        }
        self.told_behind();
        self.aimed_by_purpose();
        if let Some(accused) = charged_with(scene, self.trigger.token) {
            let accused = accused.filter(|f| self.is_agent(f));
            self.roles.agent = self.roles.agent.take().or(accused);
            return;
        }
        if self.trigger.frame.event.as_deref() == Some("support") && self.roles.patient.is_none() && self.is_means() {
            self.roles.patient = scene.subject(scene.clauses.of(self.trigger.token)).filter(|f| self.is_agent(f));
            // Nobody supports himself: no doer is looked for in the clause.
            if self.roles.patient.is_some() {
                return;
            }
        }
        self.means_of_verb();
        if self.roles.agent.is_none() || self.roles.patient.is_none() || self.roles.place.is_none() {
            self.carrier();
        }
        if self.roles.agent.is_none() {
            self.relative_carrier();
        }
        if self.roles.undergone {
            return;
        }
        if self.roles.patient.is_none() {
            self.harmed_by_it();
        }
        if self.roles.patient.is_none() {
            self.repelled();
        }
        if self.roles.agent.is_none() {
            self.attempted();
        }
        if self.roles.agent.is_none() && self.trigger.reading.pronoun.is_none() {
            self.controller();
        }
        let with_someone = self.trigger.frame.name == "clash" && self.roles.patient.is_some();
        let purpose = self.is_purpose() && !self.is_undergone() && !self.is_complement();
        let clause = scene.clauses.of(self.trigger.token);
        if self.roles.agent.is_none() && (with_someone || purpose) {
            let doer = scene.subject(clause).filter(|f| self.is_agent(f) && !self.only_tells(f) && !self.is_harmed(f));
            let last = || self.antecedent().filter(|_| with_someone || self.roles.patient.is_none());
            self.roles.agent = doer.clone().filter(|_| purpose).or_else(last).or(doer);
        }
        if self.roles.agent.is_none() && with_someone {
            let patient = self.roles.patient.clone();
            self.roles.agent = scene
                .subject(clause)
                .filter(|f| self.is_agent(f) && !self.only_tells(f) && !self.is_harmed(f))
                .map(|f| self.possessor(&f).unwrap_or(f))
                .filter(|f| patient.as_ref().is_none_or(|p| p.at.tokens != f.at.tokens));
        }
        // "shelled the town to support the forces that": nobody supports himself, and they are others.
        let party = |f: &Option<Filler>| {
            f.as_ref().and_then(|f| f.actor).map(|a| scene.mentions.actors[a].refers_to.unwrap_or(a))
        };
        if self.trigger.frame.name == "support"
            && party(&self.roles.agent).is_some_and(|a| party(&self.roles.patient) == Some(a))
            && let Some(slot) = found.first().filter(|s| s.preposition.is_empty())
        {
            self.roles.patient = Some(scene.phrase(slot.tokens.clone()));
        }
        // "our forces completed the siege"
        let owned = self.roles.agent.as_ref().filter(|f| f.actor.is_none()).and_then(|f| self.possessor(f));
        self.roles.agent = owned.or(self.roles.agent.take());
        if self.roles.agent.is_none() && self.trigger.row.acting_subject {
            self.roles.agent = Some(scene.phrase(self.trigger.token..self.trigger.token + 1));
        }
    }
}
