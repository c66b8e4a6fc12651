//! The party to which those harmed belong: named with them, meant by a pronoun, or the one whose people are called so.

use std::ops::Range;

use super::blame::{BLOWS, same_side};
use super::casualty::Finder;
use super::cause::{Cause, Link};
use super::count::{Group, past_bound, people};
use super::event::Event;
use crate::lexicon::{Reading, Row};
use crate::mention::Actor;
use crate::segment::{Agreement, Gender, Number};

/// How far behind a group the words may stand that say to whom it belongs.
const BELONGING: usize = 8;

/// Mentions of parties that are looked through before and behind a group.
const AROUND: usize = 256;

/// Which side the word for a fighter speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Force {
    Army,
    Police,
    Rebels,
    /// Called by a word that fits any side.
    Gunmen,
    /// Of whoever attacked.
    Attackers,
}

/// What harmed a group: the event, and whoever the words name as its doer.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Blow {
    pub cause: Option<Cause>,
    pub doer: Option<usize>,
    /// The doer is named with a verbal noun: in "the kidnapping of its leader" the pronoun is not he.
    pub by_noun: bool,
}

impl Finder<'_, '_, '_> {
    /// The party of a group of this class, harmed by that cause.
    pub(super) fn party_of(&self, victims: Range<usize>, class: &str, blow: &Blow) -> Option<usize> {
        let cause = blow.cause;
        self.party_in(victims.clone())
            .or_else(|| self.party_behind(victims.clone()))
            .or_else(|| {
                let doer = blow.doer.filter(|_| blow.by_noun).or_else(|| self.doer_going_on(&victims, cause));
                self.party_of_pronoun(victims.clone(), doer)
            })
            .or_else(|| self.party_of_kin(victims.clone()))
            .or_else(|| self.party_of_nation(victims.clone(), class))
            .or_else(|| {
                self.party_of_word(victims, cause).filter(|a| blow.doer.is_none_or(|d| !same_side(self.scene, d, *a)))
            })
    }

    /// "the army said that it struck posts of X and killed three of its men": the army, whose own soldiers would be called so.
    fn doer_going_on(&self, victims: &Range<usize>, cause: Option<Cause>) -> Option<usize> {
        let event = &self.events[cause.filter(|c| c.link == Link::Chain)?.event];
        let doer = event.agent.as_ref()?.actor?;
        let struck = event.patient.as_ref()?;
        let other = |a: usize| !same_side(self.scene, a, doer);
        let enemy = struck.actor.or_else(|| struck.at.tokens.clone().find_map(|t| self.scene.actor_at(t)));
        Some(doer).filter(|_| enemy.is_none_or(other) && !self.are_regular(victims.start))
    }

    /// The party that a phrase names, or that stands behind it ("of the Taliban").
    pub(super) fn party_in(&self, victims: Range<usize>) -> Option<usize> {
        let scene = self.scene;
        let doc = scene.doc;
        let fits = |a: &usize| {
            let actor = &scene.mentions.actors[*a];
            // Those described are not their own party.
            let themselves = actor.kind == "collective" && actor.refers_to.is_none();
            actor.kind != "person" && !(themselves && actor.at.tokens.start == victims.start)
        };
        // "the Houthi gunmen": an adjective right behind them.
        let next = victims.end;
        let adjective = doc.is_word(next) && doc.continues_phrase(next) && doc.clitics(next).article;
        let behind = || scene.actor_at(next).filter(|_| adjective && doc.is_definite(victims.start));
        let inside = victims.clone().find_map(|t| scene.actor_at(t)).or_else(behind).filter(fits);
        inside.or_else(|| self.party_served(&victims)).or_else(|| {
            // "one fighter at least of X"
            let next = past_bound(doc, victims.end);
            let partitive = doc.is_word(next)
                && doc.particle(next, "prep").is_some_and(|r| r.has_role("partitive") || r.has_role("victim_actor"))
                && !self.is_near_only(victims.clone());
            // "freed from the grip of X": those who hold them.
            let held = |n: &usize| {
                let grip =
                    |_: &Reading, row: &Row| row.has_role("holds") || row.class.as_deref() == Some("agent_marker");
                doc.reading(*n, grip).is_some()
            };
            partitive.then(|| doc.next_word(next)).filter(|n| !held(n)).and_then(|n| {
                (n..(n + 3).min(doc.len()))
                    .take_while(|t| *t == n || doc.continues_phrase(*t))
                    .find_map(|t| scene.actor_at(t))
                    .filter(fits)
            })
        })
    }

    /// "a leader in X", "an officer in the police": whoever holds a rank in a party that is no place.
    fn party_served(&self, victims: &Range<usize>) -> Option<usize> {
        let scene = self.scene;
        let doc = scene.doc;
        let (_, row) = people(scene, victims.start)?;
        let ranked =
            row.class_of_group || matches!(row.victim.as_deref(), Some("combatant" | "official" | "journalist"));
        // Past adjectives that no lexicon knows.
        let led = |t: usize| doc.is_preposition(t) || doc.clitics(t).preposition.is_some();
        let plain = |t: usize| doc.is_word(t) && !led(t) && doc.clitics(t).is_empty() && scene.trigger_at(t).is_none();
        let next = (victims.end..victims.end + 3).find(|t| !plain(*t)).unwrap_or(victims.end);
        let clitic = doc.is_word(next) && doc.clitics(next).preposition.is_some_and(|p| doc.lexicon.is_place_clitic(p));
        let inside = doc.is_word(next) && doc.particle(next, "prep").is_some_and(|r| r.has_role("place"));
        let start = if clitic { next } else { doc.next_word(next) };
        let party =
            scene.actor_at(start).filter(|_| ranked && (clitic || inside) && scene.place_at(start).is_none())?;
        let actor = &scene.mentions.actors[party];
        (actor.at.tokens.start == start && !matches!(actor.kind.as_str(), "person" | "state" | "collective"))
            .then_some(party)
    }

    /// "a cleric close to X": one man, and an adjective between him and the "of".
    fn is_near_only(&self, victims: Range<usize>) -> bool {
        let doc = self.scene.doc;
        let Some((reading, row)) = people(self.scene, victims.start) else { return false };
        let one = !reading.features.is_several();
        let counted = victims.start > 0 && self.scene.quantity_at(victims.start - 1).is_some();
        let last = victims.end - 1;
        one && !counted && !row.class_of_group && last > victims.start && doc.is_demonym(last).is_none()
    }

    /// "21 of them": the last fighting party named before in the sentence.
    pub(super) fn party_of_them(&self, number: &Range<usize>, doer: Option<usize>) -> Option<usize> {
        let scene = self.scene;
        let doc = scene.doc;
        doc.particle(number.end, "subset").filter(|r| r.count.is_none() && r.share.is_none())?;
        let start = doc.sentence_range(number.start).start;
        let fights = |a: &usize| matches!(scene.mentions.actors[*a].kind.as_str(), "armed_group" | "military");
        let mut before = (start..number.start).rev().take(AROUND).filter_map(|t| scene.actor_at(t));
        // "repelled the attackers and killed 25 of them"
        let attackers = |t: &usize| self.are_attackers(*t);
        if let Some(attackers) =
            (start..number.start).rev().take(AROUND).find(|t| people(scene, *t).is_some()).filter(attackers)
        {
            return self.party_that_attacked(attackers).filter(|a| doer.is_none_or(|d| !same_side(scene, d, *a)));
        }
        // "X attacked the army, whose fighters killed 25 of them": of an armed group if an army did it, and the other way round.
        let irregular = |a: usize| scene.mentions.actors[a].kind == "armed_group";
        // "broke an advance of the mercenaries, dozens of whom fell": of those, and of no party named before them.
        let nearer = |a: &usize| {
            let end = scene.mentions.actors[*a].at.tokens.end;
            let fighters = |t: usize| self.are_irregular(t) && scene.actor_at(t).is_none();
            !(end.max(start)..number.start).rev().take(AROUND).any(fighters)
        };
        match doer.filter(|d| scene.mentions.actors[*d].fights()) {
            Some(d) => before.filter(fights).find(|a| irregular(*a) != irregular(d)),
            None => before.next().filter(fights).filter(nearer),
        }
    }

    /// "suspected of belonging to X", "accused of membership in X".
    fn party_behind(&self, victims: Range<usize>) -> Option<usize> {
        let scene = self.scene;
        let doc = scene.doc;
        let end = doc.sentence_range(victims.start).end.min(victims.end + BELONGING);
        let belongs = |t: &usize| doc.reading(*t, |_, row| row.has_role("belongs")).is_some();
        let word = (victims.end..end).find(belongs)?;
        let crosses = (victims.end..word)
            .any(|t| scene.trigger_at(t).is_some() || scene.quantity_at(t).is_some() || scene.actor_at(t).is_some());
        let fits = |a: &usize| scene.mentions.actors[*a].kind != "person";
        (word + 1..doc.len().min(word + 4)).find_map(|t| scene.actor_at(t)).filter(fits).filter(|_| !crosses)
    }

    /// "three of its soldiers": the last party before.
    pub(super) fn party_of_pronoun(&self, victims: Range<usize>, doer: Option<usize>) -> Option<usize> {
        let scene = self.scene;
        let doc = scene.doc;
        // "two officers of the police" is written like "my officer".
        let mine = |p: &Agreement| p.person == 1 && p.number == Some(Number::Singular);
        let serves = |r: &Reading, row: &Row| {
            r.pronoun.is_some_and(|p| !mine(&p))
                && (row.class_of_group
                    || row.has_role("citizen")
                    || matches!(row.victim.as_deref(), Some("combatant" | "medic" | "journalist")))
        };
        // "seven of its senior officers", "a number of its men": past an adjective, past "of".
        let head = victims.clone().take(3).find(|t| doc.reading(*t, serves).is_some())?;
        let pronoun = doc.reading(head, serves).and_then(|(r, _)| r.pronoun)?;
        let victims = head..victims.end.max(head + 1);
        let employed = people(scene, victims.start)
            .is_some_and(|(_, row)| matches!(row.victim.as_deref(), Some("medic" | "journalist")));
        let citizens = people(scene, victims.start).is_some_and(|(_, row)| row.has_role("citizen"));
        let start = doc.sentence_range(victims.start).start;
        // "X was accused of the kidnapping of its leader": not the leader of X.
        let did_it = |n: usize| doer.is_some_and(|d| same_side(scene, d, n));
        let actors = &scene.mentions.actors;
        // "gunmen kidnapped the mayor and two of his guards": the mayor's.
        let one = pronoun.number == Some(Number::Singular) && pronoun.gender == Some(Gender::Masculine);
        let agrees = |n: usize| {
            let many = one && doc.are_people(actors[n].at.tokens.start);
            !many && scene.agrees_with(pronoun, &scene.actor_filler(n))
        };
        let owns = |a: &Actor| match a.kind.as_str() {
            "state" if citizens => true,
            _ if citizens => false,
            "organization" | "media" if employed => true,
            _ => !employed && !matches!(a.kind.as_str(), "person" | "media"),
        };
        let before = scene.mentions.actors.partition_point(|a| a.at.tokens.end <= victims.start);
        let from = actors.partition_point(|a| a.at.tokens.start < start);
        // Soldiers and policemen are those of an army, a police, a state, whoever else is named nearer.
        let force = self.force(victims.start).filter(|f| matches!(f, Force::Army | Force::Police));
        let employs = |a: &Actor| a.kind == "military" && self.may_employ(a, force);
        let last = |fits: &dyn Fn(&Actor) -> bool| {
            let fits = |n: &usize| fits(&actors[*n]) && !did_it(*n) && agrees(*n);
            // "the ministry in the government of X announced the killing of six of its men": whoever tells of his own.
            let source = scene.source_of(head).and_then(|a| scene.attributions[a].source.actor);
            let teller = source.filter(|n| (from..before).contains(n)).filter(fits);
            teller.or_else(|| (from..before).rev().find(fits))
        };
        // "X said that three of its soldiers were killed": its own, though it is no army.
        let tells = |n: &usize| (from..before).contains(n) && actors[*n].is_force() && agrees(*n) && !did_it(*n);
        let source = scene.source_of(head).and_then(|a| scene.attributions[a].source.actor);
        let teller = source.filter(|n| force.is_some() && tells(n));
        teller.or_else(|| force.and_then(|_| last(&employs))).or_else(|| last(&owns))
    }

    /// "killed on the side of X were eight": between the verb and those harmed.
    pub(super) fn party_ahead(&self, verb: usize, group: &Group) -> Option<usize> {
        let scene = self.scene;
        let doc = scene.doc;
        let first = group.anchor.clone().or(group.victims.clone())?.start;
        let sides = |row: &Row| ["partitive", "victim_actor", "side"].iter().any(|r| row.has_role(r));
        let prep = doc.particle(verb + 1, "prep").filter(|row| sides(row) && doc.is_preposition(verb + 1));
        let noun = doc.phrase_at(verb + 1).map_or(verb + 2, |(_, end)| end);
        let party = scene.actor_at(noun).filter(|_| prep.is_some())?;
        let mention = &scene.mentions.actors[party];
        (mention.at.tokens.end == first && mention.kind != "person").then_some(party)
    }

    /// "42 Houthis": the party that the word itself means, if the report names it.
    fn party_of_kin(&self, victims: Range<usize>) -> Option<usize> {
        let scene = self.scene;
        let lexicon = scene.doc.lexicon;
        let group = victims.clone().find_map(|t| scene.doc.is_demonym(t)).and_then(|d| d.group.as_deref())?;
        let id = |a: &usize| scene.mentions.actors[*a].row.map(|row| lexicon.actors[row as usize].id.as_str());
        self.actors_near(victims.start).find(|a| id(a) == Some(group))
    }

    /// The party to which soldiers of a nationality belong, if the report names it: the army before the state.
    fn party_of_nation(&self, victims: Range<usize>, class: &str) -> Option<usize> {
        let scene = self.scene;
        if !matches!(class, "combatant" | "official") {
            return None;
        }
        let country = victims.clone().find_map(|t| scene.doc.is_demonym(t)).and_then(|d| d.country.clone())?;
        let force = self.force(victims.start);
        if matches!(force, Some(Force::Rebels | Force::Gunmen)) {
            return None;
        }
        let actors = &scene.mentions.actors;
        let fits = |a: &Actor, kind: &str| a.kind == kind && a.country.as_ref() == Some(&country);
        let mut near = self.actors_near(victims.start);
        let forces: Vec<usize> =
            near.clone().filter(|a| fits(&actors[*a], "military") && self.may_employ(&actors[*a], force)).collect();
        let own = forces.iter().copied().find(|a| self.is_called(&actors[*a], force));
        let forces = own.or(forces.first().copied());
        forces.or_else(|| near.find(|a| fits(&actors[*a], "state")))
    }

    /// Soldiers are the army's, policemen the police's, rebels those whom the report calls so, if it is clear whose.
    fn party_of_word(&self, victims: Range<usize>, cause: Option<Cause>) -> Option<usize> {
        let force = self.force(victims.start)?;
        if force == Force::Attackers {
            return self.party_that_attacked(victims.start);
        }
        let actors = &self.scene.mentions.actors;
        let sides = cause.filter(|c| c.link != Link::Near).map(|c| &self.events[c.event]);
        let sides = sides
            .into_iter()
            .flat_map(|e| if e.kind == "clash" { vec![&e.patient, &e.agent] } else { vec![&e.patient] })
            .flatten();
        // "attacked a post that X guards": X.
        let sides = sides.filter_map(|f| f.actor.or_else(|| f.at.tokens.clone().find_map(|t| self.scene.actor_at(t))));
        let fits = |a: usize| match force {
            Force::Rebels | Force::Gunmen => matches!(actors[a].kind.as_str(), "armed_group" | "collective"),
            _ => actors[a].kind == "military" && !self.is_office(a) && self.may_employ(&actors[a], Some(force)),
        };
        // Of the one struck, or of the side in the fight that has such people.
        // "the terrorists … eleven terrorists": called so again, and no party.
        let row = |t: usize| people(self.scene, t).map(|(r, _)| r.row);
        let again = |a: usize| {
            let (actor, first) = (&actors[a], actors[a].at.tokens.start);
            let bare = actor.kind == "collective" && actor.refers_to.is_none() && actor.at.tokens.len() == 1;
            bare && row(first).is_some() && row(first) == row(victims.start)
        };
        let side = sides.into_iter().find(|a| fits(*a) && !again(*a));
        if side.is_some() {
            return side;
        }
        match force {
            Force::Rebels => return self.called_so(victims.start),
            Force::Gunmen | Force::Attackers => return None,
            Force::Army | Force::Police => {}
        }
        let country = victims.clone().find_map(|t| self.scene.doc.is_demonym(t)).and_then(|d| d.country.clone());
        let employs = |a: &usize| {
            fits(*a) && (country.is_none() || actors[*a].country.is_none() || actors[*a].country == country)
        };
        let only = |mut of_it: Vec<usize>| {
            let first = of_it.first().copied()?;
            of_it.drain(1..).all(|a| same_side(self.scene, first, a)).then_some(first)
        };
        // Of several the one that the sentence names.
        let sentence = self.scene.doc.sentence_range(victims.start);
        let here = |a: &usize| {
            let at = actors[*a].at.tokens.start;
            sentence.contains(&at) && !self.scene.in_source(at)
        };
        let mut near: Vec<usize> = self.actors_near(victims.start).filter(employs).collect();
        // An army before "the security", where the report names both.
        if force == Force::Army && near.iter().any(|a| self.is_called(&actors[*a], Some(force))) {
            near.retain(|a| self.is_called(&actors[*a], Some(force)));
        }
        only(near.clone()).or_else(|| only(near.into_iter().filter(here).collect()))
    }

    /// "an attack by X … ten of the attackers": the doer of the last attack told before, in the sentence or the one before it.
    fn party_that_attacked(&self, token: usize) -> Option<usize> {
        let doc = self.scene.doc;
        let end = self.events.partition_point(|e| e.trigger.tokens.start < token);
        let near = |e: &&Event| doc.sentence_of(e.trigger.tokens.start) + 1 >= doc.sentence_of(token);
        let attack = |e: &&Event| BLOWS.contains(&e.kind.as_str()) || e.kind == "advance";
        // "the attack" is the one told before it.
        let definite = |e: &Event| self.scene.doc.clitics(e.trigger.tokens.start).article && e.agent.is_none();
        let told = self.events[..end].iter().rev().take_while(near).filter(attack).find(|e| !definite(e))?;
        told.agent.as_ref().and_then(|f| f.actor)
    }

    /// The party that the report calls by the word at a token.
    fn called_so(&self, word: usize) -> Option<usize> {
        let row = |t: usize| people(self.scene, t).map(|(r, _)| r.row);
        let wanted = row(word)?;
        let actors = &self.scene.mentions.actors;
        let called = |a: &usize| {
            let actor = &actors[*a];
            // Those described are not their own party.
            matches!(actor.kind.as_str(), "armed_group" | "collective")
                && !actor.at.tokens.contains(&word)
                && self.scene.doc.is_definite(actor.at.tokens.start)
                && actor.at.tokens.clone().any(|t| row(t) == Some(wanted))
        };
        let found = self.actors_near(word).find(called)?;
        Some(actors[found].refers_to.unwrap_or(found))
    }

    /// The mentions of parties around a token: all of them in a report of usual length.
    fn actors_near(&self, token: usize) -> Range<usize> {
        let actors = &self.scene.mentions.actors;
        let here = actors.partition_point(|a| a.at.tokens.start < token);
        here.saturating_sub(AROUND)..actors.len().min(here + AROUND)
    }

    /// Gunmen, rebels: fighters of no state.
    pub(super) fn are_irregular(&self, token: usize) -> bool {
        matches!(self.force(token), Some(Force::Rebels | Force::Gunmen | Force::Attackers))
    }

    /// Those who attacked, whoever they are.
    pub(super) fn are_attackers(&self, token: usize) -> bool {
        self.force(token) == Some(Force::Attackers)
    }

    /// Soldiers, policemen: of a state.
    pub(super) fn are_regular(&self, token: usize) -> bool {
        matches!(self.force(token), Some(Force::Army | Force::Police))
    }

    fn force(&self, token: usize) -> Option<Force> {
        people(self.scene, token).and_then(|(_, row)| force_of(row))
    }

    /// The police do not employ soldiers, nor the army policemen; ministries, offices and aircraft nobody that is only
    /// called by his trade.
    fn may_employ(&self, actor: &Actor, force: Option<Force>) -> bool {
        let doc = self.scene.doc;
        let head = actor.at.tokens.start;
        let office = doc.reading(head, |_, row| matches!(row.makes.as_deref(), Some("state" | "organization")));
        let flown =
            actor.at.tokens.clone().any(|t| doc.reading(t, |_, row| row.class.as_deref() == Some("air")).is_some());
        let called = |f: Force| self.is_called(actor, Some(f));
        match force {
            Some(Force::Police | Force::Army) if office.is_some() || flown => false,
            Some(Force::Police) => called(Force::Police) || !called(Force::Army),
            Some(Force::Army) => !called(Force::Police),
            _ => true,
        }
    }

    /// The party's own name says what force it is.
    fn is_called(&self, actor: &Actor, force: Option<Force>) -> bool {
        let doc = self.scene.doc;
        let of = |t: usize| doc.reading(t, |_, row| force.is_some() && force_of(row) == force).is_some();
        actor.at.tokens.clone().any(of)
    }
}

fn force_of(row: &Row) -> Option<Force> {
    Some(match row.sort.as_deref()? {
        "army" => Force::Army,
        "police" => Force::Police,
        "rebel" => Force::Rebels,
        "gunman" => Force::Gunmen,
        "attacker" => Force::Attackers,
        _ => return None,
    })
}
