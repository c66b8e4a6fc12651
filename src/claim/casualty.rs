//! Casualties: people killed, injured, held, driven out or counted, group by group.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::blame::Victims;
use super::breakdown::break_down;
use super::cause::Link;
use super::charge::charged_with;
use super::count::{Count, Group, count_at, group_at, people};
use super::event::{Event, shape_name};
use super::joined::is_counted_by_next;
use super::membership::Blow;
use super::polarity::polarity;
use super::roles::{Roles, roles};
use super::talk::{is_sentence, is_talk};
use super::trigger::{Shape, Trigger};
use super::{Filler, Scene, aftermath, identity, incident};
use crate::mention::Extent;
use crate::segment::{Gender, Number};

#[derive(Debug, Clone)]
pub struct Casualty {
    pub kind: String,
    pub anchor: Extent,
    /// From the first word of the claim to the last.
    pub at: Extent,
    pub count: Count,
    pub victims: Option<Filler>,
    pub victim_class: String,
    pub victim_actor: Option<usize>,
    pub perpetrator: Option<Filler>,
    /// The causing event.
    pub cause: Option<usize>,
    /// The words tie the event to the harm.
    pub tied: bool,
    pub place: Option<usize>,
    pub time: Option<usize>,
    pub attribution: Option<usize>,
    pub cumulative: bool,
    /// The time since which a toll runs.
    pub since: Option<usize>,
    pub subset_of: Option<usize>,
    pub negated: bool,
    pub realis: &'static str,
    /// The word that negates it.
    pub polarity: Option<usize>,
    pub rule: String,
}

pub fn casualties(scene: &Scene<'_, '_>, events: &[Event]) -> Vec<Casualty> {
    let none = vec![false; scene.doc.len()];
    let mut finder = Finder { scene, events, out: Vec::new(), used: none.clone(), planned: none };
    for token in 0..scene.doc.len() {
        if finder.used[token] {
            continue;
        }
        finder.toll(token);
        finder.listed_by_name(token);
        if let Some(trigger) = scene.trigger_at(token).filter(|t| t.frame.harm.is_some()) {
            finder.harm(trigger);
        }
    }
    // Parts of a group may stand before the word that says what befell it.
    for token in (0..scene.doc.len()).filter(|t| scene.doc.may_be_any_particle(*t, ["subset", "pron"])) {
        finder.subset(token);
    }
    for token in 0..scene.doc.len() {
        finder.listed_by_place(token);
    }
    for token in (0..scene.doc.len()).filter(|t| scene.doc.may_be_any_particle(*t, ["subset", "prep"])) {
        finder.among(token);
    }
    finder.present();
    finder.denied();
    finder.out.sort_by_key(|c| c.0);
    let order: FxHashMap<usize, usize> = finder.out.iter().enumerate().map(|(n, c)| (c.1, n)).collect();
    let mut rows: Vec<Casualty> = finder.out.into_iter().map(|c| c.2).collect();
    identity::share(scene, &mut rows);
    incident::two_sides(scene, events, &mut rows);
    incident::one_doer(scene, &mut rows);
    for row in &mut rows {
        row.subset_of = row.subset_of.and_then(|id| order.get(&id).copied());
    }
    break_down(scene, &mut rows);
    aftermath::share_doer(scene, events, &mut rows);
    rows
}

/// How far before "of them" those may be counted who are meant.
const NEARER: usize = 24;

/// Rows that are looked through for those of a sentence.
pub(super) const RECENT: usize = 256;

/// A row with its place in the text and the number it was made under.
pub(super) type Row = (usize, usize, Casualty);

pub(super) struct Finder<'s, 'd, 'a> {
    pub(super) scene: &'s Scene<'d, 'a>,
    pub(super) events: &'s [Event],
    pub(super) out: Vec<Row>,
    /// Tokens that a row has counted.
    pub(super) used: Vec<bool>,
    /// Tokens that count people whom somebody means to harm.
    pub(super) planned: Vec<bool>,
}

/// What one trigger gives to all groups that it harms.
#[derive(Clone)]
pub(super) struct Harm<'t, 'a> {
    pub(super) kind: String,
    pub(super) trigger: &'t Trigger<'a>,
    pub(super) perpetrator: Option<Filler>,
    /// The perpetrator is not said, but carried over from the words before.
    pub(super) elided: bool,
    /// The party that is said to have lost them.
    pub(super) loser: Option<usize>,
    pub(super) place: Option<usize>,
}

impl Finder<'_, '_, '_> {
    fn harm(&mut self, trigger: &Trigger<'_>) {
        let scene = self.scene;
        let token = trigger.token;
        let Some(kind) = trigger.frame.harm.clone() else { return };
        // "their wounds": no new harm.
        let theirs =
            trigger.shape == Shape::Masdar && trigger.reading.features.is_plural() && trigger.reading.pronoun.is_some();
        if theirs
            || is_talk(scene, token)
            || is_sentence(scene, trigger)
            // "the kidnappers": a party, and those abducted are told elsewhere.
            || scene.actor_at(token).is_some()
            || trigger.shape == Shape::Noun && scene.in_source(token)
        {
            return;
        }
        let shape = trigger.shape;
        if shape == Shape::ActiveParticiple && kind != "abducted" {
            return;
        }
        let kind = trigger.row.passive_harm.clone().filter(|_| shape == Shape::PassiveParticiple).unwrap_or(kind);
        if self.told_together(trigger, &kind)
            || self.told_right_before(trigger, &kind)
            || is_counted_by_next(scene, trigger)
        {
            return;
        }
        if kind == "injured" && self.is_of_wound(trigger) || self.counted_injuries(trigger, &kind) {
            return;
        }
        let found = roles(scene, trigger);
        if found.survived {
            return;
        }
        let kind = self.fused_kind(trigger, &kind).unwrap_or(kind);
        // "recorded the death of": whoever is subject of that did not do it.
        let of_person = shape == Shape::Masdar && scene.doc.reading(token, |_, row| row.of_person).is_some();
        let mut harm = Harm {
            kind,
            trigger,
            perpetrator: found.agent.clone().filter(|f| !(of_person && f.at.tokens.end <= token)),
            elided: found.elided,
            loser: found.loser.as_ref().and_then(|f| f.actor),
            place: found.place,
        };
        let counted_noun =
            trigger.row.harm.is_some() && trigger.reading.features.category == crate::morph::Category::Noun;
        if self.held_before(&harm) {
            return;
        }
        if counted_noun {
            // Who is subject of the clause has not harmed those whom a noun only counts.
            harm.perpetrator = None;
            self.harm_noun(&self.with_loser(&harm));
            return;
        }
        if shape == Shape::PassiveParticiple {
            if !self.found_so(&harm) {
                self.held(&harm);
            }
            return;
        }
        if self.shares_object(&harm) {
            return;
        }
        // "the killing of one of them"
        let one_of =
            |t: usize| scene.doc.is_word(t) && scene.doc.particle(t, "subset").is_some_and(|r| r.count.is_some());
        if shape == Shape::Masdar && one_of(token + 1) && self.part(&harm) {
            return;
        }
        if shape.is_verb() && (self.part(&harm) || self.resumed(&harm)) {
            return;
        }
        let Some(start) = self.victims_start(trigger, &found) else {
            let features = trigger.reading.features;
            if shape == Shape::Masdar && features.is_several() && self.is_brought_about(token) {
                self.some(&harm);
                return;
            }
            let told = self.out.len();
            self.bare(&harm, &found);
            if self.out.len() == told {
                self.deed(&harm);
            }
            return;
        };
        self.lost(&mut harm, &found, start);
        // Whoever stands before a verb with those harmed is one of them.
        let before = |f: &Filler| f.at.tokens.start < token && start < token && shape.is_verb();
        let perpetrator = harm.perpetrator.take().filter(|f| !before(f));
        self.groups(&Harm { perpetrator, ..harm }, start);
    }

    /// "one of them died", "two of them died": a part of those told before.
    fn part(&mut self, harm: &Harm<'_, '_>) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        let token = harm.trigger.token;
        let limit = doc.sentence_range(token).end;
        let of_them =
            |t: usize| t < limit && doc.particle(t, "subset").is_some_and(|r| r.count.is_none() && r.share.is_none());
        // "of them were killed five": people, and no town that they left.
        let people_of = |t: usize| doc.particle(t, "subset").is_some_and(|r| r.number.as_deref() != Some("s"));
        let ahead = of_them(token + 1) && people_of(token + 1) && count_at(scene, token + 2).is_some();
        let at = token + 1 + usize::from(ahead);
        let counting = at < limit && doc.particle(at, "subset").is_some_and(|r| r.count.is_some());
        let number = count_at(scene, at).map(|(anchor, _)| anchor).or_else(|| {
            let some =
                people(scene, at).is_some_and(|(_, row)| row.collective && row.victim.as_deref() == Some("same"));
            some.then_some(at..at + 1)
        });
        let counted = !counting && number.as_ref().is_some_and(|n| ahead || of_them(n.end));
        let Some(group) = group_at(scene, at, limit).filter(|_| counting || counted) else { return false };
        let many = group.count.value;
        let whole = self
            .out
            .iter()
            .rev()
            .take(RECENT)
            .filter(|r| r.0 < token && r.2.subset_of.is_none() && r.2.count.value.zip(many).is_none_or(|(w, p)| w >= p))
            .max_by_key(|r| (r.0, r.1));
        // "a bus with 40 passengers overturned and twelve of them died": those counted nearer, of whom no harm was told.
        let start = doc.sentence_range(token).start;
        let nearer = (start.max(token.saturating_sub(NEARER))..token)
            .rev()
            .take_while(|t| whole.is_none_or(|r| r.0 < *t))
            .filter(|t| scene.quantity_at(*t).is_some_and(|q| scene.mentions.quantities[q].tokens.start == *t))
            .find_map(|t| group_at(scene, t, token).filter(|g| g.victims.is_some() && !g.party_only))
            .filter(|g| g.anchor.as_ref().is_some_and(|a| !self.used[a.start]));
        let whole = whole.filter(|_| nearer.is_none());
        // "a number of them were hurt", of whom no harm was told before.
        let (class, actor, id) =
            whole.map(|r| (Some(r.2.victim_class.clone()), r.2.victim_actor, Some(r.1))).unwrap_or_default();
        let class = class.or_else(|| nearer.as_ref().and_then(|g| g.class.clone()));
        let class = group.class.clone().filter(|c| c != "unknown").or(class).or_else(|| self.class_of_them(token));
        let anchor = group.anchor.clone().or(number);
        // "twenty gunmen attacked the post, and five of them were killed": not by them.
        let them = nearer.and_then(|g| g.victims);
        let own = |f: &Filler| them.as_ref().is_some_and(|v| f.at.tokens.contains(&v.start));
        self.push(harm, &Group { anchor, ..group }, class, id);
        if let Some(row) = self.out.last_mut() {
            row.2.victim_actor = row.2.victim_actor.or(actor);
            row.2.perpetrator = row.2.perpetrator.take().filter(|f| !own(f));
            row.2.cumulative = false;
        }
        true
    }

    /// The rows of a sentence, the last made first. They were made of late.
    pub(super) fn rows_of(&self, sentence: Range<usize>) -> impl Iterator<Item = &Row> {
        self.out.iter().rev().take(RECENT).filter(move |r| sentence.contains(&r.0))
    }

    /// The last row of the sentence that is part of no other.
    pub(super) fn row_before(&self, at: usize) -> Option<&Casualty> {
        let sentence = self.scene.doc.sentence_range(at);
        self.rows_of(sentence).find(|r| r.2.subset_of.is_none()).map(|r| &r.2)
    }

    /// A harm told of nobody who is named here: no row, but for a person as subject of the clause before.
    fn bare(&mut self, harm: &Harm<'_, '_>, found: &Roles) {
        let scene = self.scene;
        // "said that his death": not the speaker's.
        let speaker = scene.source_of(harm.trigger.token).map(|a| &scene.attributions[a].source);
        let speaks = |f: &Filler| {
            let of = |s: &Filler| s.at.tokens.contains(&f.at.tokens.start) || s.actor.is_some() && s.actor == f.actor;
            harm.kind == "killed" && speaker.is_some_and(of)
        };
        let victim = found.patient.as_ref().filter(|f| !speaks(f));
        // "his death", "the death of both": as many as the pronoun says.
        let masdar = harm.trigger.shape == Shape::Masdar;
        // "lost their families", written like "took them prisoner".
        let kin = people(scene, harm.trigger.token).is_some();
        let takes = masdar || harm.trigger.shape.is_verb() && !kin;
        let pronoun = harm.trigger.reading.pronoun.filter(|p| p.person == 3 && takes);
        let meant = match pronoun.map(|p| (p.number, p.gender)) {
            Some((Some(Number::Dual), _)) => Some(Count::exactly(2)),
            Some((Some(Number::Singular), Some(Gender::Masculine))) => Some(Count::exactly(1)),
            // "the arrest of them": a thing is never meant.
            Some((Some(Number::Plural), Some(Gender::Masculine))) => Some(Count::indefinite()),
            _ => None,
        };
        // "after he was wounded", "to free him": where he is the one meant, and no thing.
        let told = matches!(harm.kind.as_str(), "killed" | "detained" | "abducted");
        if victim.is_none()
            && told
            && let Some(count) = meant.clone()
        {
            self.push(harm, &Group::new(count, harm.trigger.token + 1), None, None);
            return;
        }
        let single =
            victim.and_then(|v| group_at(scene, v.at.tokens.start, v.at.tokens.end.max(v.at.tokens.start + 1)));
        // A party that the words go on about is not one killed.
        if let Some(group) = single
            .filter(|g| !(g.party_only && victim.is_some_and(|v| v.at.tokens.end <= harm.trigger.token)))
            .filter(|g| !self.is_alone(g, harm.trigger.token))
        {
            let class = group.class.clone();
            let count = meant.filter(|_| !group.party_only).unwrap_or_else(|| group.count.clone());
            self.push(harm, &Group { count, ..group }, class, None);
        }
    }

    pub(super) fn push(&mut self, harm: &Harm<'_, '_>, group: &Group, class: Option<String>, subset_of: Option<usize>) {
        let scene = self.scene;
        let token = harm.trigger.token;
        let word = self.pointed_at(harm.trigger);
        let anchor = group.anchor.clone().unwrap_or(word..word + 1);
        let cause = self.cause_of(token, false);
        let place = self.place_of_harm(token, harm.place, cause);
        let polarity = polarity(scene, token, harm.trigger);
        let accused = scene.source_of(token).is_some_and(|a| scene.attributions[a].cue_class == "accuse")
            || charged_with(scene, token).is_some();
        let planned = polarity.realis == "planned";
        // "the search for nine missing": what they are already.
        let already = harm.trigger.shape == Shape::Noun && matches!(harm.kind.as_str(), "missing" | "trapped");
        let already = already && group.anchor.as_ref().is_some_and(|a| scene.quantity_at(a.start).is_some());
        if (!polarity.negated || planned) && polarity.realis != "actual" && !accused && !already {
            // A wish or a plan harms nobody, and counts nobody as there.
            self.planned[anchor].fill(true);
            return;
        }
        // One who was killed is no toll.
        let since = self.since(token).filter(|_| group.count != Count::exactly(1));
        let stated = scene.quantity_at(anchor.start).is_some();
        let count = match (polarity.negated, stated) {
            (true, false) => Count { value: None, low: Some(0), high: Some(0), ..group.count.clone() },
            (true, true) => Count { low: Some(0), high: Some(0), ..group.count.clone() },
            _ => group.count.clone(),
        };
        let victims = group.victims.clone();
        let before = || self.row_before(token).map(|r| r.victim_class.clone());
        // "a soldier was killed and his colleague wounded"
        let kin = |v: &Range<usize>| {
            let row = people(scene, v.start).map(|(_, row)| row);
            row.is_some_and(|row| row.victim.as_deref() == Some("same") && !row.collective)
        };
        let of_those = class.is_none() && victims.as_ref().is_some_and(kin);
        let open = class.as_deref().is_none_or(|c| c == "unknown");
        let same = class.as_deref() == Some("same") || of_those || open && self.goes_with(token, group);
        let class = if same { before() } else { class };
        let theirs = || self.class_of_them(anchor.start).filter(|_| self.is_of_them(&anchor, group));
        let class = class.filter(|c| c != "unknown").or_else(theirs);
        let known = class.clone().filter(|c| c != "unknown");
        let class = known.clone();
        let office = victims.as_ref().map(|v| self.office(v)).unwrap_or_default();
        let class = known.or(office.class).or(class);
        let class = class.unwrap_or_else(|| self.class_unsaid(harm, group));
        // "the police opened fire, and hurt dozens of them": not of the police.
        let did = |a: &usize| {
            cause.and_then(|c| self.events[c.event].agent.as_ref()?.actor).is_some_and(|d| self.same_side(d, *a))
        };
        let them = || {
            let doer = harm.perpetrator.as_ref().and_then(|f| f.actor).filter(|_| is_bodily(&harm.kind));
            let party = self.party_of_them(&anchor, doer).filter(|_| group.victims.is_none() && subset_of.is_none());
            party.filter(|a| doer.is_some() || !did(a))
        };
        let doer = harm.perpetrator.as_ref().filter(|_| !harm.elided).and_then(|f| f.actor);
        let taken_up = self.row_taken_up(token, group);
        let blow = Blow { cause, doer, by_noun: harm.trigger.shape == Shape::Masdar };
        // "the army of X says that Y lost 60 soldiers": of Y.
        let inside = |v: Range<usize>| match harm.loser {
            Some(_) => self.party_in(v),
            None => self.party_of(v, &class, &blow),
        };
        let named = victims.clone().and_then(inside).or_else(them);
        let alike = taken_up.filter(|r| group.others || r.victim_class == class);
        let ahead = || self.party_ahead(token, group);
        // "assassinated a leader and hurt his companion": the leader's.
        let his = victims.as_ref().is_some_and(|v| scene.doc.readings(v.start).iter().any(|r| r.pronoun.is_some()));
        let before = self.row_before(token).and_then(|r| r.perpetrator.as_ref()?.actor).filter(|_| his);
        let named = named.filter(|a| before.is_none_or(|d| !self.same_side(d, *a)));
        let victim_actor = named.or(office.party).or(harm.loser).or_else(ahead).or_else(|| alike?.victim_actor);
        let class = self.class_of_members(class, victims.clone(), victim_actor);
        // "a number of soldiers": the soldiers.
        let who = |t: &usize| people(scene, *t).is_some_and(|(_, row)| row.victim.as_deref() != Some("same"));
        let head = victims.clone().and_then(|v| v.clone().find(who).or(Some(v.start)));
        let meant = || self.those_meant(anchor.start).filter(|_| self.is_of_them(&anchor, group));
        let head = head.or_else(meant);
        let whom = Victims { actor: victim_actor, head, class: class.clone() };
        // Those who fall have not done it.
        let fell = |f: &Filler| anchor.contains(&f.at.tokens.start);
        // Nor has whoever only tells of them.
        let tells = |f: &Filler| f.actor.is_none() && scene.in_source(f.at.tokens.start);
        let perpetrator = self.perpetrator(harm, cause, &whom).filter(|f| !fell(f) && !tells(f));
        // "two others were killed when …": by those who killed the first.
        let by = cause.filter(|c| c.link != Link::Near);
        let one_blow = |r: &Casualty| by.is_none_or(|c| r.cause == Some(c.event));
        let same = taken_up.filter(|r| one_blow(r) && is_bodily(&harm.kind) && is_bodily(&r.kind));
        let perpetrator = perpetrator.or_else(|| same?.perpetrator.clone());
        let toll = since.is_some() || !is_bodily(&harm.kind) || cause.is_some() || polarity.negated;
        let carried = || self.doer_carried(token, group, &whom).or_else(|| self.fought_before(token, &whom));
        let perpetrator = perpetrator.or_else(|| carried().filter(|_| !toll));
        let row = Casualty {
            kind: harm.kind.clone(),
            anchor: Extent { tokens: anchor.clone(), span: scene.doc.span(anchor.clone()) },
            at: Extent { tokens: anchor.clone(), span: scene.doc.span(anchor.clone()) },
            count,
            victim_actor,
            victims: victims.map(|v| scene.phrase(v)),
            victim_class: class,
            perpetrator,
            cause: cause.map(|c| c.event),
            tied: cause.is_some_and(|c| c.link != Link::Near),
            place,
            time: scene.time_of(token),
            attribution: scene.source_of(token),
            cumulative: since.is_some()
                || group.count != Count::exactly(1) && self.runs_on(token)
                || self.is_of_war(token, group.count.value),
            since,
            subset_of,
            negated: polarity.negated,
            realis: polarity.realis,
            polarity: polarity.cue,
            rule: format!("{}.{}", harm.trigger.frame.name, shape_name(harm.trigger.shape)),
        };
        self.place_row(row, anchor, group);
        if harm.trigger.shape != Shape::Noun {
            self.used[token] = self.used[token] || group.anchor.is_none();
        }
    }

    /// Where a harm without a number is pointed at: its word; in "met his death" the death, in "the capture or arrest of"
    /// the first.
    fn pointed_at(&self, trigger: &Trigger<'_>) -> usize {
        let doc = self.scene.doc;
        let token = trigger.token;
        let turn = doc.turn_at(token).filter(|t| t.trigger == token && trigger.frame.name == "die");
        if let Some(last) = turn.and_then(|t| t.tokens.last().copied()).filter(|_| trigger.shape.is_verb()) {
            return last;
        }
        let or = |t: usize| doc.particle(t, "conj").is_some_and(|row| row.alternative);
        let first = token.checked_sub(2).filter(|_| or(token - 1)).and_then(|t| self.scene.trigger_at(t));
        let same =
            |t: &&Trigger<'_>| t.shape.is_noun() && trigger.shape.is_noun() && t.frame.harm == trigger.frame.harm;
        first.filter(same).map_or(token, |t| t.token)
    }

    /// "others", "two other soldiers": the row that they are told beside, in the sentence or the one before.
    fn row_taken_up(&self, token: usize, group: &Group) -> Option<&Casualty> {
        let doc = self.scene.doc;
        let other = |t: usize| doc.is_particle(t, "other");
        let others = group.others
            || group
                .victims
                .clone()
                .is_some_and(|v| other(v.end) || v.clone().any(other) || self.is_companion(v.start))
            || self.goes_with(token, group);
        let before = self.row_before(token).or_else(|| self.row_of_sentence_before(token));
        before.filter(|_| others)
    }

    pub(super) fn place_row(&mut self, mut row: Casualty, anchor: Range<usize>, group: &Group) {
        let doc = self.scene.doc;
        let skip = doc.skip(anchor.start);
        row.anchor = Extent { span: doc.span_from(anchor.clone(), skip), tokens: anchor.clone() };
        let whole = group
            .victims
            .as_ref()
            .map_or(row.anchor.span, |v| row.anchor.span.cover(doc.span_from(v.clone(), doc.skip(v.start))));
        row.at = Extent { tokens: anchor.clone(), span: whole };
        self.used[anchor.clone()].fill(true);
        let id = self.out.len();
        self.out.push((anchor.start, id, row));
    }
}

/// Killed or hurt: not held, driven out, missing or only counted.
pub(super) fn is_bodily(kind: &str) -> bool {
    matches!(kind, "killed" | "injured" | "casualty")
}
