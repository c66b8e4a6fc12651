//! One incident told more than once: the doer is named where it was told first, where it is claimed, or with those it hit.

use super::arms::is_munition;
use super::blame::{BLOWS, FAR, Victims, same_side};
use super::casualty::{Casualty, Finder, RECENT, Row, is_bodily};
use super::cause::Link;
use super::count::{Count, Group, people};
use super::event::Event;
use super::{Filler, Scene};
use crate::mention::Place;
use crate::segment::{Agreement, Number};

/// Words between two harms that are told in one breath.
const BREATH: usize = 3;

/// How many sentences behind a blow the words may stand that say who did it.
const TOLD_AFTER: usize = 3;

/// How many sentences before a strike the words may stand that say who flies.
const FLOWN: usize = 2;

/// Words between a blow and what it is aimed at.
const AIMED: usize = 6;

/// How many sentences before those freed the words may stand that say who held them.
const HELD: usize = 3;

impl Finder<'_, '_, '_> {
    /// Who says in the report that the attack was theirs: the first claim of such an event behind it, or the last before.
    pub(super) fn claimant(&self, event: usize) -> Option<Filler> {
        let this = &self.events[event];
        if !BLOWS.contains(&this.kind.as_str()) {
            return None;
        }
        let claims = |e: &&Event| {
            let alike = e.kind == this.kind || e.kind == "attack" || this.kind == "attack";
            let trigger = self.scene.trigger_at(e.trigger.tokens.start);
            let definite = trigger.is_some_and(|t| t.shape.is_noun() && t.reading.clitics.article);
            let definite = definite && !self.is_share(e.trigger.tokens.start);
            let agent = e.agent.as_ref().and_then(|f| f.actor).filter(|a| self.is_known(*a));
            let source = e.attribution.and_then(|a| self.scene.attributions[a].source.actor);
            let sayer = source.zip(agent).is_some_and(|(s, a)| self.same_side(s, a));
            definite && sayer && alike && BLOWS.contains(&e.kind.as_str()) && !self.are_apart(this, e)
        };
        let behind = self.events[event + 1..].iter().take(FAR).find(claims);
        let here = self.scene.doc.sentence_of(this.trigger.tokens.start);
        let near = |e: &&Event| self.scene.doc.sentence_of(e.trigger.tokens.start) + 1 >= here;
        // What is told behind the claim is what was claimed only where it is of its kind or taken up.
        let taken_up = self.scene.trigger_at(this.trigger.tokens.start).is_some_and(|t| t.reading.clitics.article);
        let same = |e: &&Event| claims(e) && (taken_up || e.kind == this.kind);
        let before = || self.events[..event].iter().rev().take(FAR).take_while(near).find(same);
        behind.or_else(before).and_then(|e| e.agent.clone())
    }

    /// "four died in a blast. … The attack was ascribed to X": the first definite noun behind that takes the blow up and
    /// has a doer, before another blow is told.
    pub(super) fn doer_told_after(&self, event: usize) -> Option<Filler> {
        let this = &self.events[event];
        let doc = self.scene.doc;
        let here = doc.sentence_of(this.trigger.tokens.start);
        let blow = |e: &&Event| BLOWS.contains(&e.kind.as_str());
        if !blow(&this) || this.negated || this.realis != "actual" {
            return None;
        }
        // "the attack", "the firing of the shells"
        let definite = |e: &&Event| {
            let token = e.trigger.tokens.start;
            let trigger = self.scene.trigger_at(token).filter(|t| t.shape.is_noun());
            trigger.is_some_and(|t| t.reading.clitics.article || self.fires_those(token))
        };
        let near = |e: &&Event| doc.sentence_of(e.trigger.tokens.start) <= here + TOLD_AFTER;
        let alike = |e: &&Event| e.kind == this.kind || e.kind == "attack" || this.kind == "attack";
        let known = |f: &Filler| f.actor.is_some_and(|a| self.is_known(a));
        let told = |e: &Event| e.agent.clone().filter(known);
        let one = |e: &&Event| alike(e) && !self.are_apart(this, e) && !self.is_share(e.trigger.tokens.start);
        let goes_on = |e: &&Event| definite(e) || self.is_hit_again(this, e);
        let behind = self.events[event + 1..].iter().take(FAR).take_while(near).filter(blow).take_while(goes_on);
        behind.filter(one).find_map(told)
    }

    /// "an attack on a village. … that X had attacked the village": the same deed told again, on the same ground or object.
    fn is_hit_again(&self, this: &Event, other: &Event) -> bool {
        let doc = self.scene.doc;
        let shared = self.shared(this, other);
        let told = |e: &Event| e.patient.as_ref().filter(|f| f.actor.is_none()).map(|f| f.at.tokens.start);
        let object = |e: &Event| told(e).or_else(|| self.goal(e.trigger.tokens.start));
        let row = |t: usize| doc.readings(t).first().map(|r| r.row);
        let taken_up = || {
            let both = object(this).zip(object(other));
            both.is_some_and(|(a, b)| doc.is_definite(b) && row(a).is_some() && row(a) == row(b))
        };
        !shared.contains(&Some(false)) && (shared.contains(&Some(true)) || taken_up())
    }

    /// "the firing of the shells"
    fn fires_those(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let next = token + 1;
        doc.is_word(next) && doc.clitics(next).article && doc.reading(next, |_, row| is_munition(row)).is_some()
    }

    /// "rockets at the market": the noun behind the first "at" behind a blow.
    fn goal(&self, token: usize) -> Option<usize> {
        let doc = self.scene.doc;
        let near = (token + 1..token + 1 + AIMED).take_while(|t| doc.is_word(*t));
        let at = near.into_iter().find(|t| doc.particle(*t, "prep").is_some_and(|row| row.has_role("patient")))?;
        Some(at + 1).filter(|t| doc.is_word(*t))
    }

    /// "X blew up a mosque, where a bomber blew himself up": the party that the sentence names for the same deed.
    pub(super) fn sender(&self, event: usize) -> Option<Filler> {
        let this = &self.events[event];
        let sentence = self.scene.doc.sentence_range(this.trigger.tokens.start);
        let here = |e: &&Event| sentence.contains(&e.trigger.tokens.start);
        let known = |f: &Filler| f.actor.is_some_and(|a| self.is_known(a));
        let same = |e: &&Event| e.kind == this.kind && !self.are_apart(this, e);
        let before = self.events[..event].iter().rev().take_while(here).filter(same);
        before.filter_map(|e| e.agent.clone()).find(known)
    }

    /// "the army said that two soldiers were killed": no blow is told in that sentence, and who did it in the one before.
    pub(super) fn doer_carried(&self, token: usize, group: &Group, victims: &Victims) -> Option<Filler> {
        let doc = self.scene.doc;
        let hurt = |r: &&Row| r.0 < token && is_bodily(&r.2.kind);
        let before = self.out.iter().rev().take(RECENT).filter(hurt).max_by_key(|r| (r.0, r.1))?;
        let (here, there) = (doc.sentence_of(token), doc.sentence_of(before.0));
        let row = &before.2;
        let hurt = !row.negated && !row.cumulative;
        let near = there + 1 == here || there == here && group.victims.is_none();
        // Whoever killed soldiers has not killed people of whom nothing is said.
        let bare = group.victims.is_none();
        let one = |a: &str, b: &str| a == b || a == "unknown" || b == "unknown" && (a != "combatant" || bare);
        let doer = row.perpetrator.clone().filter(|_| hurt && near && one(&row.victim_class, &victims.class))?;
        // What one armed group did is not to be carried over to the dead of another.
        let irregular = |a: Option<usize>| a.is_some_and(|a| self.scene.mentions.actors[a].kind == "armed_group");
        if irregular(doer.actor) && irregular(victims.actor) {
            return None;
        }
        (!self.is_theirs(&doer, victims) && !self.is_of_their_kind(&doer, victims)).then_some(doer)
    }

    /// "the army fought gunmen. Three soldiers were killed": the other side of the fight that the sentence before told last.
    pub(super) fn fought_before(&self, token: usize, victims: &Victims) -> Option<Filler> {
        let doc = self.scene.doc;
        let sentence = doc.sentence_range(token);
        let before = doc.sentence_range(sentence.start.checked_sub(1)?);
        let last = self.events.partition_point(|e| e.trigger.tokens.start < sentence.start);
        let near = self.events[..last].iter().rev().take(FAR).take_while(|e| e.trigger.tokens.start >= before.start);
        let violent = |e: &&Event| e.kind == "clash" || BLOWS.contains(&e.kind.as_str());
        let fight =
            near.into_iter().find(violent).filter(|e| e.kind == "clash" && e.realis == "actual" && !e.negated)?;
        self.opponent(fight, Link::Near, victims)
    }

    /// "freed thirty hostages": whoever was told to hold people, last in the sentences before.
    pub(super) fn captor(&self, token: usize) -> Option<Filler> {
        let doc = self.scene.doc;
        let end = self.events.partition_point(|e| e.trigger.tokens.start < token);
        let near = |e: &&Event| doc.sentence_of(e.trigger.tokens.start) + HELD >= doc.sentence_of(token);
        let holds = |e: &&Event| e.kind == "abduction" && e.realis == "actual" && !e.negated;
        let told = self.events[..end].iter().rev().take_while(near).filter(holds);
        told.filter_map(|e| e.agent.clone()).find(|f| f.actor.is_some_and(|a| self.is_known(a)))
    }

    /// "most of these attacks": which ones nobody says.
    fn is_share(&self, noun: usize) -> bool {
        let doc = self.scene.doc;
        (noun.saturating_sub(2)..noun).any(|t| doc.reading(t, |_, row| row.has_role("share")).is_some())
    }

    /// A definite noun takes up an event told elsewhere in the report: its doer there, before rather than behind.
    pub(super) fn doer_elsewhere(&self, event: usize) -> Option<Filler> {
        let this = &self.events[event];
        let trigger = self.scene.trigger_at(this.trigger.tokens.start)?;
        let described = self.scene.doc.is_particle(trigger.token + 1, "rel")
            || self.scene.doc.is_particle(trigger.token + 2, "rel");
        if !trigger.shape.is_noun() || described {
            return None;
        }
        if !trigger.reading.clitics.article {
            return self.doer_told_again(event);
        }
        // "the attack" may be any blow, "the strike" only a strike; "the attack on X" is one on X.
        let any = this.kind == "attack";
        let same_kind = |e: &Event| e.kind == this.kind || any && BLOWS.contains(&e.kind.as_str());
        let alike = |e: &&Event| {
            e.agent.is_some() && same_kind(e) && !self.is_share(e.trigger.tokens.start) && self.may_be_one(this, e)
        };
        // It takes up the last that was told anew, whoever did one further back.
        let told = |e: &&Event| same_kind(e) && self.may_be_one(this, e);
        let anew = |e: &Event| {
            let trigger = self.scene.trigger_at(e.trigger.tokens.start);
            trigger.is_none_or(|t| !(t.shape.is_noun() && (t.reading.clitics.article || t.reading.pronoun.is_some())))
        };
        let mut last = None;
        for e in self.events[..event].iter().rev().take(FAR).filter(told) {
            last = Some(e).filter(alike);
            if last.is_some() || anew(e) {
                last?;
                break;
            }
        }
        let before = last;
        let definite =
            |e: &&Event| self.scene.trigger_at(e.trigger.tokens.start).is_some_and(|t| t.reading.clitics.article);
        before
            .or_else(|| self.events[event + 1..].iter().take(FAR).filter(definite).find(alike))
            .and_then(|e| e.agent.clone())
    }

    /// "aircraft of X hit the camp. … five hurt by a strike on the camp": told again, with the same place, in the same breath.
    fn doer_told_again(&self, event: usize) -> Option<Filler> {
        let this = &self.events[event];
        let doc = self.scene.doc;
        let here = doc.sentence_of(this.trigger.tokens.start);
        let blow = |kind: &str| matches!(kind, "airstrike" | "shelling");
        let near = |e: &&Event| doc.sentence_of(e.trigger.tokens.start) + 1 >= here;
        let same = |e: &&Event| {
            let kind = e.kind == this.kind || blow(&e.kind) && blow(&this.kind);
            let ground = this.place.zip(e.place).map(|(a, b)| one_ground(self.scene, a, b));
            let words = || e.kind == this.kind && self.in_same_words(this, e);
            kind && ground.unwrap_or_else(words) && !self.are_apart(this, e)
        };
        let told = self.events[..event].iter().rev().take_while(near).find(same)?;
        let agent = told.agent.clone()?;
        agent.actor.is_some_and(|a| self.is_known(a)).then_some(agent)
    }

    /// "X's jets hit a convoy. The strikes killed nine": whoever flew last, in this sentence or the two before.
    pub(super) fn flown_before(&self, event: usize) -> Option<Filler> {
        let this = &self.events[event];
        let doc = self.scene.doc;
        let trigger = self.scene.trigger_at(this.trigger.tokens.start).filter(|t| t.shape.is_noun())?;
        let other = (trigger.token + 1..trigger.token + 3).any(|t| doc.is_particle(t, "other"));
        if this.kind != "airstrike" || !(trigger.reading.clitics.article || other) {
            return None;
        }
        let here = doc.sentence_of(trigger.token);
        let near = |e: &&Event| doc.sentence_of(e.trigger.tokens.start) + FLOWN >= here;
        let before = self.events[..event].iter().rev().take(FAR).take_while(near);
        // Past those that only take up what was told.
        let anew = |e: &&Event| e.agent.is_some() || !self.scene.doc.clitics(e.trigger.tokens.start).article;
        let last = before.filter(|e| e.kind == "airstrike").find(anew)?;
        last.agent.clone().filter(|f| f.actor.is_some_and(|a| self.is_known(a)))
    }

    /// "the explosion of mines", told twice.
    fn in_same_words(&self, this: &Event, other: &Event) -> bool {
        let doc = self.scene.doc;
        let alike = |a: usize, b: usize| {
            let row = |t: usize| doc.readings(t).first().map(|r| r.row);
            row(a).is_some() && row(a) == row(b)
        };
        let (a, b) = (this.trigger.tokens.start, other.trigger.tokens.start);
        alike(a, b) && alike(a + 1, b + 1) && !doc.is_function_word(a + 1)
    }

    /// Nothing that is said of two events parts them; one that its goal describes shares that.
    fn may_be_one(&self, this: &Event, other: &Event) -> bool {
        let goal =
            self.scene.doc.is_preposition(this.trigger.tokens.end) && (this.place.is_some() || this.patient.is_some());
        if goal { self.shared(this, other).contains(&Some(true)) } else { !self.are_apart(this, other) }
    }

    /// Something that is said of both parts them, and nothing joins them.
    fn are_apart(&self, this: &Event, other: &Event) -> bool {
        let told = self.shared(this, other);
        told.contains(&Some(false)) && !told.contains(&Some(true))
    }

    /// Whether the place and the party hit are the same, where both events name them.
    fn shared(&self, this: &Event, other: &Event) -> [Option<bool>; 2] {
        let place = this.place.zip(other.place).map(|(a, b)| one_ground(self.scene, a, b));
        let actor = |e: &Event| e.patient.as_ref().and_then(|f| f.actor);
        let patient = actor(this).zip(actor(other)).map(|(a, b)| self.same_side(a, b));
        [place, patient]
    }
}

/// One place, or a place and the country or region around it.
pub(super) fn one_ground(scene: &Scene<'_, '_>, a: usize, b: usize) -> bool {
    let doc = scene.doc;
    let places = &scene.mentions.places;
    let (a, b) = (&places[a], &places[b]);
    let row = |p: &Place| p.row.map(|row| &doc.lexicon.places[row as usize]);
    let (Some(x), Some(y)) = (row(a), row(b)) else {
        return doc.text[a.at.span.range()] == doc.text[b.at.span.range()];
    };
    let eq = |x: &Option<String>, y: &Option<String>| x.is_some() && x == y;
    let either = |kind: &str| a.kind == kind || b.kind == kind;
    a.row == b.row
        || either("country") && eq(&x.country, &y.country)
        || either("region") && eq(&x.country, &y.country) && eq(&x.admin1, &y.admin1)
}

/// "nine gunmen of X and six fighters of Y were killed in clashes": each by the others.
pub(super) fn two_sides(scene: &Scene<'_, '_>, events: &[Event], rows: &mut [Casualty]) {
    let fight = |row: &Casualty| {
        let open = is_bodily(&row.kind) && row.perpetrator.is_none() && row.subset_of.is_none() && !row.negated;
        let clash = row.cause.filter(|c| open && events[*c].kind == "clash")?;
        Some((clash, row.victim_actor?))
    };
    for n in 1..rows.len() {
        let (Some(first), Some(second)) = (fight(&rows[n - 1]), fight(&rows[n])) else { continue };
        if first.0 == second.0 && !same_side(scene, first.1, second.1) {
            rows[n - 1].perpetrator = Some(scene.actor_filler(second.1));
            rows[n].perpetrator = Some(scene.actor_filler(first.1));
        }
    }
}

/// "five were killed and two captured at the hands of X": whoever is named with one of two harms told in one breath did both.
pub(super) fn one_doer(scene: &Scene<'_, '_>, rows: &mut [Casualty]) {
    let doc = scene.doc;
    let open = |row: &Casualty| !row.negated && row.subset_of.is_none() && row.realis == "actual";
    for n in 1..rows.len() {
        let (first, second) = (&rows[n - 1], &rows[n]);
        let end = |row: &Casualty| row.victims.as_ref().map_or(row.anchor.tokens.end, |v| v.at.tokens.end);
        let (from, to) = (end(first), second.anchor.tokens.start);
        let close = from < to && to - from <= BREATH && (from..to).all(|t| doc.is_word(t));
        // "the governor was hurt, while some of his aides were killed in a raid of X": of the same blow.
        let his = |t: usize| {
            let one = |p: &Agreement| p.person == 3 && p.number == Some(Number::Singular);
            people(scene, t).is_some_and(|(r, _)| r.pronoun.is_some_and(|p| one(&p)))
        };
        let man = first.count == Count::exactly(1);
        let aides = man && second.victims.as_ref().is_some_and(|v| v.at.tokens.clone().take(BREATH).any(his));
        // "its driver was killed, and two wounded were taken away": of whom nothing else is said.
        let bare = second.victims.is_none() && second.victim_class == "unknown" && first.victim_class != "combatant";
        let same = first.victim_class == second.victim_class || bare || aides;
        let same = same && first.attribution == second.attribution;
        // "three were killed, while others were wounded, in an attack by X": the others of one blow.
        let others = aides || second.victims.as_ref().is_some_and(|v| doc.is_particle(v.at.tokens.start, "other"));
        let beside = from < to && to - from <= BREATH && doc.sentence_of(from) == doc.sentence_of(to);
        let one = open(first) && open(second) && (close || others && beside) && same;
        let doer = |row: &Casualty| row.perpetrator.as_ref().and_then(|f| f.actor);
        let theirs =
            |a: &Casualty, b: &Casualty| a.victim_actor.zip(doer(b)).is_some_and(|(v, d)| same_side(scene, v, d));
        let untold = |a: &Casualty, b: &Casualty| a.perpetrator.is_none() && (!a.tied || a.cause == b.cause);
        let behind = second.perpetrator.as_ref().is_some_and(|f| f.at.tokens.start >= to || others);
        // Soldiers who fall beside gunmen are not killed by their own.
        let own = |f: &super::Filler| {
            let force = |a: usize| scene.mentions.actors[a].kind == "military";
            f.actor
                .zip(first.victim_actor)
                .is_some_and(|(a, v)| force(a) && force(v) && first.victim_actor != second.victim_actor)
        };
        let behind = behind && !second.perpetrator.as_ref().is_some_and(own);
        if one && behind && untold(first, second) {
            rows[n - 1].perpetrator = rows[n].perpetrator.clone();
        } else if one
            && is_bodily(&first.kind)
            && is_bodily(&second.kind)
            && untold(second, first)
            && !theirs(second, first)
        {
            rows[n].perpetrator = rows[n - 1].perpetrator.clone();
        }
    }
}
