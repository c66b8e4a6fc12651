//! Whether what stands behind a verb does the deed or suffers it, where the writing shows no voice.

use super::Filler;
use super::clause::Link;
use super::filling::scene_actor;
use super::near::stands_apart;
use super::phrase::is_force;
use super::roles::{Builder, roles};
use super::slots::{Slot, far_counted, is_glued_pronoun, is_manner};
use crate::lexicon::{List, Reading, Row};
use crate::segment::Gender;

/// Events whose verb does not go without an object.
const DONE_TO: [&str; 5] = ["attack", "arrest", "abduction", "destruction", "siege"];

impl Builder<'_, '_, '_> {
    /// What stands before another thing that makes the verb what it is.
    pub(super) fn first_of_arms(&self, found: &[Slot]) -> Option<usize> {
        let mut parts = found.iter().filter(|s| s.preposition.is_empty() && !s.joined && self.is_part_of_trigger(s));
        let first = parts.next().filter(|s| s.tokens.start == self.trigger.token + 1)?;
        parts.next().map(|_| first.tokens.start)
    }

    /// "opened fire": the object that makes the verb what it is stands behind it, whoever is its subject.
    pub(super) fn opens(&self, found: &[Slot]) -> bool {
        let bare = |s: &Slot| s.preposition.is_empty() && self.is_part_of_trigger(s);
        let own = || self.trigger.row.object_frame.keys().filter(|w| !w.starts_with('@'));
        let apart = || own().any(|w| stands_apart(self.scene.doc, self.trigger.token, w).is_some());
        found.iter().any(bare) || apart()
    }

    pub(super) fn shows_plural(&self) -> bool {
        let features = &self.trigger.reading.features;
        features.is_several()
    }

    /// People, counted or not, right behind the verb; of a verb that hurts nobody whatever stands there.
    pub(super) fn are_behind(&self, slot: &Slot) -> bool {
        let things = self.trigger.frame.harm.is_none();
        let next = self.trigger.token + 1;
        let how = is_manner(self.scene, next, slot.tokens.start + 1);
        slot.tokens.start == next + usize::from(how)
            && (things || self.is_counted_slot(slot) || self.are_people(slot.tokens.clone()))
    }

    /// "the artillery of the regime shelled": aircraft and guns right behind a verb of bombing bomb.
    pub(super) fn are_guns(&self, slot: &Slot) -> bool {
        let guns = |row: &Row| row.class.as_deref().is_some_and(|c| matches!(c, "air" | "artillery"));
        matches!(self.trigger.frame.event.as_deref(), Some("shelling" | "airstrike"))
            && slot.tokens.start == self.trigger.token + 1
            && self.scene.doc.reading(slot.tokens.start, |_, row| guns(row)).is_some()
    }

    /// "and bombed": the verb goes on with the doer of the clause before, and something to do it to stands behind.
    pub(super) fn goes_on(&self) -> bool {
        let scene = self.scene;
        let clause = scene.clauses.of(self.trigger.token);
        scene.clauses.get(clause).is_some_and(|c| c.link == Link::Joined && c.verb == Some(self.trigger.token))
            && scene.subject_around(clause).is_some_and(|f| {
                let arms = self.is_armed(f.at.tokens.start) || is_force(scene, f.at.tokens.start);
                f.actor.map_or(arms || self.possessor(&f).is_some(), |a| scene.mentions.actors[a].kind != "person")
            })
    }

    /// "X shelled the town, while it arrested 15 people": the force that the clause before tells of, which the verb agrees with.
    pub(super) fn goes_on_beside(&self) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let token = self.trigger.token;
        let holds = matches!(self.trigger.frame.event.as_deref(), Some("arrest" | "abduction"));
        let start = doc.sentence_range(token).start;
        let beside = |t: &usize| doc.particle(*t, "conj").is_some_and(|row| row.joins.as_deref() == Some("clause"));
        let conjunction = token.checked_sub(1).filter(|t| holds && *t > start && beside(t))?;
        let last = (start..conjunction).rev().find(|t| doc.is_word(*t))?;
        let clause = scene.clauses.of(last);
        let verb =
            scene.clauses.get(clause)?.verb.and_then(|v| scene.trigger_at(v)).filter(|t| t.token < conjunction)?;
        let does = roles(scene, verb).agent.filter(|_| verb.is_violent() || verb.frame.harm.is_some())?;
        let force = scene.mentions.actors[does.actor?].is_force();
        // Both verbs have one subject, and show the same of it.
        let same = verb.reading.features.agreement == self.trigger.reading.features.agreement;
        (force && same).then_some(does)
    }

    /// "and killed two of them": a verb that goes on, and a number with the ending of an object right behind it.
    pub(super) fn goes_on_to_number(&self, slot: &Slot) -> bool {
        let doc = self.scene.doc;
        let open = |r: &Reading, _: &Row| r.features.accusative && !r.features.category.is_finite();
        let start = slot.tokens.start;
        let object = self.scene.is_oblique_number(start)
            || self.is_counted_slot(slot) && !doc.is_definite(start) && doc.reading(start, open).is_some();
        start == self.trigger.token + 1 && object && self.goes_on()
    }

    /// "advanced, and attacked the convoy": a verb that goes on, does it to somebody, and has nothing else behind it.
    pub(super) fn goes_on_to(&self, slot: &Slot, found: &[Slot]) -> bool {
        let needed = |role: &str| matches!(role, "patient" | "target");
        let brought =
            |s: &Slot| !s.preposition.is_empty() && self.prep_role(&s.preposition).is_some_and(|r| needed(&r));
        DONE_TO.contains(&self.trigger.frame.event.as_deref().unwrap_or_default())
            && needed(&self.role("object"))
            && self.role("subject") == "agent"
            && scene_actor(self.scene, slot).is_none()
            && !self.trigger.row.has_role("intransitive")
            && !self.is_part_of_trigger(slot)
            && !found.iter().any(brought)
            && self.goes_on()
    }

    /// Somebody behind the verb, and something behind him: he does it. Nobody is entered or advanced.
    pub(super) fn does_to(&self, first: Option<&Slot>, second: Option<&Slot>) -> bool {
        let somebody =
            first.is_some_and(|s| self.scene.names_somebody(s) || self.is_armed(s.tokens.start) && second.is_some());
        let frame = self.trigger.frame;
        // "a soldier shot a boy": an accusative behind somebody.
        let open = |r: &crate::lexicon::Reading, _: &Row| r.features.accusative && !r.features.category.is_finite();
        let doc = self.scene.doc;
        // "masked soldiers two men": the endings show who does it.
        let several = |s: &Slot| doc.readings(s.tokens.start).iter().any(|r| r.features.is_several());
        let subject = |s: &Slot| several(s) && doc.lexicon.looks_nominative(doc.str(s.tokens.end - 1));
        let oblique = |s: &Slot| several(s) && doc.lexicon.looks_oblique(doc.str(s.tokens.start));
        if first.is_some_and(|f| subject(f) && self.are_people(f.tokens.clone())) && second.is_some_and(oblique) {
            return true;
        }
        let accusative = |s: &Slot| s.tokens.clone().any(|t| doc.reading(t, open).is_some());
        let two = |s: &Slot| {
            self.names_people(s)
                && accusative(s)
                && first.is_some_and(|f| self.are_people(f.tokens.clone()) && !accusative(f))
        };
        if frame.harm.is_some()
            && second.is_some_and(two)
            && first.is_some_and(|f| self.scene.quantity_at(f.tokens.start).is_none())
        {
            return true;
        }
        // "a force arrested a gang": a body of troops, and whom it did it to.
        let force = |s: &Slot| is_force(self.scene, s.tokens.start) && self.agrees(s);
        if frame.harm.is_some() && first.is_some_and(force) {
            let somebody = |s: &Slot| self.scene.names_somebody(s) || self.names_people(s);
            return second.is_some_and(|s| frame.event.is_some() || somebody(s));
        }
        // "the group kidnapped the tourists"
        let body = |s: &Slot| {
            let group = |r: &Reading, row: &Row| {
                matches!(self.scene.doc.list(r), List::Head | List::Collective) && row.makes.as_deref() != Some("place")
            };
            let known = self.scene.doc.is_definite(s.tokens.start);
            known && self.agrees(s) && self.scene.doc.reading(s.tokens.start, group).is_some()
        };
        let next = |s: &Slot| first.is_some_and(|f| f.tokens.end == s.tokens.start);
        if frame.harm.is_some() && first.is_some_and(body) && second.is_some_and(|s| next(s) && self.names_people(s)) {
            return true;
        }
        // "killed a gunman four people": one man, and those counted right behind him.
        let one = |s: &Slot| {
            let living = |r: &Reading, row: &Row| row.victim.is_some() && row.harm.is_none() && !r.features.is_plural();
            self.scene.doc.reading(s.tokens.start, living).is_some() && self.agrees(s)
        };
        if frame.harm.is_some() && first.is_some_and(one) {
            let behind = |s: &&Slot| first.is_some_and(|f| f.tokens.end == s.tokens.start);
            return second.filter(behind).is_some_and(|s| self.is_several(s.tokens.start) && self.names_people(s));
        }
        let moves = frame.patient.as_deref() == Some("party") && frame.object == "target";
        let fights = frame.event.as_deref() == Some("clash");
        // "units of the army surrounded the village": a party, and what it did it to.
        let party = || {
            let actor = first.and_then(|s| scene_actor(self.scene, s));
            frame.event.is_some() && actor.is_some_and(|a| self.scene.mentions.actors[a].is_force())
        };
        somebody && (frame.harm.is_none() || party()) && (second.is_some() || moves || fights)
    }

    /// A number of more than one begins at the token.
    fn is_several(&self, token: usize) -> bool {
        let number = self.scene.quantity_at(token).map(|q| &self.scene.mentions.quantities[q]);
        number.is_some_and(|q| q.value.is_none_or(|v| v > 1.0))
    }

    /// Counted people right behind a verb that shows one.
    pub(super) fn is_counted_object(&self, slot: &Slot) -> bool {
        let (token, scene) = (self.trigger.token, self.scene);
        let number = scene.quantity_at(token + 1).filter(|_| slot.tokens.start == token + 1);
        let counted = number.is_some_and(|q| !scene.mentions.quantities[q].dual);
        let anew = scene.doc.clitics(token).conjunction.is_some();
        counted && !anew && self.names_people(slot) && !self.shows_plural()
    }

    /// A feminine verb before a number of men: they are not its subject.
    pub(super) fn clashes_with(&self, slot: &Slot) -> bool {
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
    pub(super) fn is_apposition(&self, office: &Slot, name: &Slot) -> bool {
        let scene = self.scene;
        let title = |t: usize| scene.doc.reading(t, |r, _| scene.doc.list(r) == List::Title).is_some();
        let by_name = |a: usize| scene.mentions.actors[a].kind == "person";
        // "the head of the police, Brigadier X": his rank stands before the name.
        let head = name.tokens.start;
        let ranked = title(head) && scene.doc.clitics(head).article && scene.actor_at(head + 1).is_some_and(by_name);
        let person = ranked || scene_actor(scene, name).is_some_and(by_name);
        let titled = title(office.tokens.start);
        // "the minister his colleague": another.
        let his = scene.doc.readings(name.tokens.start).first().is_some_and(|r| r.pronoun.is_some());
        person && titled && !his && name.tokens.start == office.tokens.end
    }

    /// "the body of a journalist who had been abducted": the indefinite noun of one person before a verb in the passive.
    pub(super) fn described_before(&self) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let verb = self.trigger.token;
        let start = doc.sentence_range(verb).start;
        let helps = |t: &usize| doc.is_particle(*t, "aux");
        let end = (start..verb).rev().take_while(helps).last().unwrap_or(verb);
        let adjective = |t: &usize| doc.is_demonym(*t).is_some() && super::count::people(scene, *t).is_none();
        let noun = (start..end).rev().take(2).find(|t| !adjective(t))?;
        let (person, row) = super::count::people(scene, noun)?;
        let one = !person.features.is_several() && !person.clitics.article && !row.collective;
        let agrees = person.features.agreement.gender == self.trigger.reading.features.agreement.gender;
        let led = doc.clitics(verb).is_empty() && noun > start && doc.is_nominal(noun - 1);
        (one && agrees && led && person.clitics.is_empty()).then(|| scene.phrase(noun..end))
    }

    /// "X, the arm of Y, abducted five": a party told again by what it is, before the object.
    pub(super) fn is_renamed(&self, bare: &[&Slot]) -> bool {
        let scene = self.scene;
        let [party, name, object, ..] = bare else { return false };
        let known = scene_actor(scene, party).is_some_and(|a| scene.mentions.actors[a].kind != "person");
        let head = name.tokens.start;
        let thing = scene.actor_at(head).is_none() && super::count::people(scene, head).is_none();
        let of = name.tokens.len() > 1 && scene_actor(scene, name).is_some();
        let whole = party.tokens.end == head && !scene.doc.is_definite(head) && !self.is_part_of_trigger(name);
        known && thing && of && whole && (self.names_people(object) || self.is_counted_slot(object))
    }

    /// "the head of the police, Brigadier X, was killed": one man, by office and name, and nobody behind to whom he did it.
    pub(super) fn is_one_named(&self, first: Option<&Slot>, behind: &[&Slot]) -> bool {
        match (first, behind) {
            (Some(office), [name, rest @ ..]) => {
                let object = rest.first().is_some_and(|s| self.names_people(s) || self.is_counted_slot(s));
                self.is_apposition(office, name) && !object
            }
            _ => false,
        }
    }

    /// "finished off ten": those harmed stand behind a preposition, so that the noun before it does it.
    pub(super) fn brings_victims(&self, first: Option<&Slot>, found: &[Slot]) -> bool {
        let victims = |s: &Slot| {
            !s.preposition.is_empty()
                && self.prep_role(&s.preposition).as_deref() == Some("victims")
                && self.names_people(s)
        };
        first.is_some_and(|s| self.names_people(s) && !self.is_counted_slot(s)) && found.iter().any(victims)
    }

    /// "and finished off some": those harmed stand behind a preposition, and nothing stands before it.
    pub(super) fn goes_on_to_victims(&self, found: &[Slot]) -> bool {
        let first = found.first().filter(|s| !s.preposition.is_empty() && self.names_people(s));
        first.is_some_and(|s| self.prep_role(&s.preposition).as_deref() == Some("victims")) && self.goes_on()
    }

    /// Nobody told of behind the subject: nothing, or words of which nothing is known.
    pub(super) fn has_no_object(&self, second: Option<&Slot>) -> bool {
        second.is_none_or(|s| !self.names_people(s) && self.scene.doc.readings(s.tokens.start).is_empty())
    }

    /// A verb of harm with nobody behind it to suffer.
    pub(super) fn lacks_object(&self, found: &[Slot]) -> bool {
        let suffers = |role: &str| matches!(role, "patient" | "victims");
        self.trigger.frame.harm.is_some()
            && suffers(&self.role("object"))
            && !self.trigger.row.has_role("intransitive")
            && self.trigger.reading.pronoun.is_none()
            && far_counted(self.scene, self.trigger.token).is_none()
            && !found
                .iter()
                .any(|s| s.preposition.is_empty() || self.prep_role(&s.preposition).is_some_and(|role| suffers(&role)))
    }

    /// "which they took control of": a pronoun on the verb, or on a preposition right behind it.
    pub(super) fn takes_up_by_pronoun(&self) -> bool {
        let doc = self.scene.doc;
        let next = self.trigger.token + 1;
        let pronoun = || doc.readings(next).iter().any(|r| r.pronoun.is_some_and(|p| p.person == 3));
        let led = doc.is_word(next) && (is_glued_pronoun(self.scene, next) || doc.is_preposition(next) && pronoun());
        self.trigger.reading.pronoun.is_some() || led
    }

    /// A party, which is no one person.
    pub(super) fn is_party(&self, slot: &Slot) -> bool {
        scene_actor(self.scene, slot).is_some_and(|a| self.scene.mentions.actors[a].kind != "person")
    }

    /// "blew himself up": what the verb does is done by whoever suffers it.
    pub(super) fn does_to_self(&self, first: Option<&Slot>) -> bool {
        let doc = self.scene.doc;
        let itself = |t: usize| doc.is_word(t) && doc.reading(t, |_, row| row.has_role("reflexive")).is_some();
        match first {
            Some(slot) => self.are_people(slot.tokens.clone()) && itself(slot.tokens.end),
            None => itself(self.trigger.token + 1),
        }
    }

    /// Fire, shells, bombs.
    pub(super) fn is_fire(&self, slot: &Slot) -> bool {
        let class = |c: &str| matches!(c, "small_arms" | "artillery" | "bomb");
        self.scene.doc.reading(slot.tokens.start, |_, row| row.class.as_deref().is_some_and(class)).is_some()
    }

    /// A noun that tells of an event: "a raid", "the blast".
    pub(super) fn is_event(&self, slot: &Slot) -> bool {
        let trigger = self.scene.trigger_at(slot.tokens.start);
        trigger.is_some_and(|t| t.shape.is_noun() && t.frame.event.is_some() && t.frame.harm.is_none())
    }

    /// People who are no party, where no preposition brings those harmed.
    pub(super) fn suffers(&self, first: Option<&Slot>, found: &[Slot]) -> bool {
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
}
