//! Casualties: people killed, injured, held, driven out or counted, group by group.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::blame::{Link, Victims};
use super::count::{Count, Group, count_at, group_at, is_person, people};
use super::event::{Event, shape_name};
use super::polarity::polarity;
use super::roles::{Roles, roles};
use super::slots::{Slot, phrase_end};
use super::trigger::{Shape, Trigger};
use super::{Filler, Scene, clause};
use crate::lexicon::Referent;
use crate::mention::{Extent, TimeKind};
use crate::segment::Kind;

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
    let mut finder = Finder { scene, events, out: Vec::new(), used: vec![false; scene.doc.len()] };
    for token in 0..scene.doc.len() {
        if finder.used[token] {
            continue;
        }
        finder.toll(token);
        if let Some(trigger) = scene.trigger_at(token).filter(|t| t.frame.harm.is_some()) {
            finder.harm(trigger);
        }
    }
    // Parts of a group may stand before the word that says what befell it.
    for token in 0..scene.doc.len() {
        finder.subset(token);
    }
    for token in 0..scene.doc.len() {
        finder.among(token);
    }
    finder.present();
    finder.denied();
    finder.out.sort_by_key(|c| c.0);
    let order: FxHashMap<usize, usize> = finder.out.iter().enumerate().map(|(n, c)| (c.1, n)).collect();
    let mut rows: Vec<Casualty> = finder.out.into_iter().map(|c| c.2).collect();
    for row in &mut rows {
        row.subset_of = row.subset_of.and_then(|id| order.get(&id).copied());
    }
    rows
}

/// Words that a part named between commas may have.
const PART: usize = 10;

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
        if theirs || is_talk(scene, token) || trigger.shape == Shape::Noun && scene.in_source(token) {
            return;
        }
        let shape = trigger.shape;
        if shape == Shape::ActiveParticiple && kind != "abducted" {
            return;
        }
        let kind = trigger.row.passive_harm.clone().filter(|_| shape == Shape::PassiveParticiple).unwrap_or(kind);
        let found = roles(scene, trigger);
        let kind = self.fused_kind(trigger, &kind).unwrap_or(kind);
        let mut harm = Harm {
            kind,
            trigger,
            perpetrator: found.agent.clone(),
            elided: found.elided,
            loser: found.loser.as_ref().and_then(|f| f.actor),
            place: found.place,
        };
        let counted_noun =
            trigger.row.harm.is_some() && trigger.reading.features.category == crate::morph::Category::Noun;
        if counted_noun {
            self.harm_noun(&harm);
            return;
        }
        if shape == Shape::PassiveParticiple {
            self.held(&harm);
            return;
        }
        if shape.is_verb() && self.part(&harm) {
            return;
        }
        let Some(start) = self.victims_start(trigger, &found) else {
            if shape == Shape::Masdar && trigger.reading.features.is_plural() && self.is_brought_about(token) {
                self.some(&harm);
                return;
            }
            self.bare(&harm, &found);
            return;
        };
        // Whoever stands before a verb with those harmed is one of them.
        let before = |f: &Filler| f.at.tokens.start < token && start < token && shape.is_verb();
        let perpetrator = harm.perpetrator.take().filter(|f| !before(f));
        self.groups(&Harm { perpetrator, ..harm }, start);
    }

    /// The people named before a verb or a participle in its clause: the first group behind the last clause opening.
    pub(super) fn people_before(&self, token: usize) -> Option<usize> {
        let scene = self.scene;
        let doc = scene.doc;
        let sentence = doc.sentence_range(token);
        let mut start = token;
        while start > sentence.start {
            let t = start - 1;
            let opens = matches!(doc.kind(t), Some(Kind::Colon | Kind::Clause | Kind::End))
                || doc.is_particle(t, "comp")
                || doc.is_particle(t, "conj")
                || doc.is_finite(t) && !doc.could_be_nominal(t) && scene.actor_at(t).is_none()
                || doc.tokens[t].kind.is_quote()
                    && scene.actor_at(t + 1).is_none()
                    && token - t > 1
                    && doc.quotation_from(t).is_some_and(|q| q.close > token);
            if opens {
                break;
            }
            start = t;
        }
        let governed = |t: usize| {
            doc.clitics(t).preposition.is_some()
                || t > 0 && doc.is_preposition(t - 1) && scene.quantity_at(t - 1).is_none()
        };
        (start..token)
            .find(|t| !governed(*t) && group_at(scene, *t, token).is_some_and(|g| !g.party_only && g.end <= token))
    }

    /// Where those harmed are named: behind a passive or a verbal noun, behind the doer, or before the verb.
    fn victims_start(&self, trigger: &Trigger<'_>, found: &Roles) -> Option<usize> {
        let scene = self.scene;
        let limit = scene.doc.sentence_range(trigger.token).end;
        let fits = |slot: &Slot| group_at(scene, slot.tokens.start, limit).is_some();
        let fits_at = |t: usize| group_at(scene, t, limit).is_some();
        let active = trigger.shape.is_verb() && trigger.reading.pronoun.is_some();
        // "released ten": the verb has them behind its preposition.
        let by_preposition = trigger.frame.prep.values().any(|role| role == "victims");
        let suffers = !by_preposition
            && !active
            && (matches!(trigger.shape, Shape::Passive | Shape::Open) || trigger.frame.subject == "victims");
        let agreement = trigger.reading.features.agreement.number;
        let before =
            || self.people_before(trigger.token).filter(|t| suffers && trigger.shape.is_verb() && !self.used[*t]);
        // A verb that shows a plural or dual stands behind its subject.
        let acts = found.agent.as_ref().is_some_and(|a| a.at.tokens.end <= trigger.token)
            && found.patient_from.is_some_and(|t| t > trigger.token && fits_at(t));
        // "the soldier who was killed": the noun that the clause describes.
        let clause = scene.clauses.of(trigger.token);
        let relative = scene.clauses.get(clause).filter(|c| c.link == clause::Link::Relative);
        if suffers
            && relative.is_some_and(|c| c.verb == Some(trigger.token))
            && !scene.takes_up(trigger.token)
            && let Some(described) = scene.described_noun(clause)
        {
            let counted = described.at.tokens.start.checked_sub(1).and_then(|t| scene.quantity_at(t));
            let start = counted.map_or(described.at.tokens.start, |q| scene.mentions.quantities[q].tokens.start);
            let part = start > 0 && scene.doc.is_particle(start - 1, "subset");
            let free =
                !part && !self.used[start] && !found.victims.iter().any(|s| s.tokens.start > trigger.token && fits(s));
            if free && group_at(scene, start, trigger.token).is_some_and(|g| !g.party_only) {
                return Some(start);
            }
        }
        if trigger.shape.is_verb()
            && agreement.is_some_and(|n| n != crate::segment::Number::Singular)
            && !acts
            && let Some(start) = before()
        {
            return Some(start);
        }
        if let Some(slot) = found.victims.iter().find(|s| s.tokens.start > trigger.token && fits(s)) {
            return Some(slot.tokens.start);
        }
        let patient = found.patient.as_ref();
        let patient = patient
            .map(|p| found.patient_from.unwrap_or(p.at.tokens.start))
            .filter(|t| group_at(scene, *t, limit).is_some());
        let any = || found.victims.iter().find(|s| fits(s) && !trigger.row.is_weak()).map(|s| s.tokens.start);
        patient.or_else(before).or_else(any)
    }

    /// "one of them died", "two of them died": a part of those told before.
    fn part(&mut self, harm: &Harm<'_, '_>) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        let token = harm.trigger.token;
        let at = token + 1;
        let limit = doc.sentence_range(token).end;
        let of_them =
            |t: usize| t < limit && doc.particle(t, "subset").is_some_and(|r| r.count.is_none() && r.share.is_none());
        let counting = at < limit && doc.particle(at, "subset").is_some_and(|r| r.count.is_some());
        let counted = !counting && count_at(scene, at).is_some_and(|(anchor, _)| of_them(anchor.end));
        let Some(group) = group_at(scene, at, limit).filter(|_| counting || counted) else { return false };
        let whole = self
            .out
            .iter()
            .rev()
            .take(RECENT)
            .filter(|r| r.0 < token && r.2.subset_of.is_none())
            .max_by_key(|r| (r.0, r.1));
        let Some((class, actor, id)) = whole.map(|r| (r.2.victim_class.clone(), r.2.victim_actor, r.1)) else {
            return false;
        };
        let class = group.class.clone().filter(|c| c != "unknown").unwrap_or(class);
        self.push(harm, &group, Some(class), Some(id));
        if let Some(row) = self.out.last_mut() {
            row.2.victim_actor = row.2.victim_actor.or(actor);
        }
        true
    }

    /// All groups named from a token on: "and" goes on with the list.
    pub(super) fn groups(&mut self, harm: &Harm<'_, '_>, start: usize) {
        let scene = self.scene;
        let doc = scene.doc;
        let limit = doc.sentence_range(start).end;
        let mut at = start;
        let mut last_class: Option<String> = None;
        while let Some(group) = group_at(scene, at, limit) {
            if group.anchor.clone().unwrap_or(at..at + 1).any(|t| self.used[t]) {
                break;
            }
            if harm.trigger.frame.counted
                && harm.trigger.shape != Shape::PassiveParticiple
                && scene.quantity_at(at).is_none()
            {
                break;
            }
            // "did away with the organization": nobody in particular.
            let destroyed = group.party_only && harm.trigger.shape.is_verb() && !harm.trigger.row.prep_frame.is_empty();
            if destroyed {
                break;
            }
            let group = self.sharing(self.trimmed(harm, group), limit);
            let class =
                if group.others { last_class.clone().or_else(|| self.class_before(at)) } else { group.class.clone() };
            // "five soldiers in X and three in Y": three of them too.
            let class = class.or_else(|| last_class.clone().filter(|_| group.victims.is_none()));
            let own = self.fallen(harm, &group);
            let next = self.next_group(group.end, limit);
            // "five in X and three in Y": each where its own words say.
            let apart = next.is_some_and(|n| listed_apart(scene, group.end..n)) || at != start && harm.place.is_some();
            let place = if apart { self.place_of_group(group.end, limit) } else { None };
            let kind = own.unwrap_or_else(|| harm.kind.clone());
            let harm = &Harm { kind, place: place.or(harm.place), ..harm.clone() };
            // One more in the list is anchored on its noun: the trigger anchors the first.
            let anchor =
                group.anchor.clone().or(group.victims.clone().filter(|_| at != start).map(|v| v.start..v.start + 1));
            self.push(harm, &Group { anchor, ..group.clone() }, class.clone(), None);
            last_class = class.or(last_class);
            let Some(next) = next else { break };
            at = next;
        }
    }

    /// "a number of dead and wounded fell": those who fell are what their own word says.
    fn fallen(&self, harm: &Harm<'_, '_>, group: &Group) -> Option<String> {
        let doc = self.scene.doc;
        if harm.trigger.row.subject_frame.is_empty() {
            return None;
        }
        group
            .victims
            .clone()?
            .find_map(|t| doc.reading(t, |_, row| row.harm.is_some()).and_then(|(_, row)| row.harm.clone()))
    }

    /// "the killing of 3 and the wounding of 5 soldiers": a number without people takes those of the next measure.
    fn sharing(&self, group: Group, limit: usize) -> Group {
        let scene = self.scene;
        let doc = scene.doc;
        if group.victims.is_some() || group.anchor.is_none() || group.others {
            return group;
        }
        let next = group.end;
        let measure = |t: &Trigger<'_>| t.frame.harm.is_some() && t.shape != Shape::Noun;
        let joined = next < limit && doc.is_word(next) && doc.clitics(next).conjunction.is_some();
        if !joined || !scene.trigger_at(next).is_some_and(measure) || count_at(scene, next + 1).is_none() {
            return group;
        }
        match group_at(scene, next + 1, limit) {
            Some(other) if other.victims.is_some() && !other.others => {
                Group { victims: other.victims, class: other.class, ..group }
            }
            _ => group,
        }
    }

    /// Without the word by which the trigger means harm: "met his death".
    fn trimmed(&self, harm: &Harm<'_, '_>, mut group: Group) -> Group {
        let doc = self.scene.doc;
        let own = |t: usize| harm.trigger.row.needs.iter().any(|w| doc.is_lemma(t, w));
        if let Some(victims) = group.victims.clone()
            && let Some(end) = victims.clone().skip(1).find(|t| own(*t))
        {
            group.victims = Some(victims.start..end);
            group.end = group.end.min(end);
        }
        group
    }

    /// Behind what says of a group where it was or to whom it belongs: "in X", "of the army".
    fn past_phrases(&self, end: usize, limit: usize) -> usize {
        let scene = self.scene;
        let doc = scene.doc;
        let mut at = end;
        for _ in 0..2 {
            let brings = doc.particle(at, "prep").is_some_and(|r| r.has_role("place") || r.has_role("partitive"));
            let noun = if at < limit && doc.is_preposition(at) && brings { doc.next_word(at) } else { at };
            let led = doc.is_word(at) && doc.clitics(at).preposition.is_some_and(|p| doc.lexicon.is_place_clitic(p));
            if noun >= limit
                || noun == at && !led
                || scene.mention_end(noun).is_none() && scene.whereabouts(noun).is_none()
            {
                break;
            }
            at = phrase_end(scene, noun, limit);
        }
        at
    }

    /// Where the list of people goes on: behind "and", past a bound, and past a part named between commas.
    pub(super) fn next_group(&self, end: usize, limit: usize) -> Option<usize> {
        let scene = self.scene;
        let doc = scene.doc;
        let mut at = self.past_phrases(end, limit);
        let mut comma = false;
        if doc.kind(at) == Some(Kind::Comma) {
            comma = true;
            at += 1;
            if doc.is_particle(at, "subset") {
                at = (at..limit).take(PART).find(|t| doc.kind(*t) == Some(Kind::Comma))? + 1;
            }
        }
        // "together with seven others"
        let company = at < limit && doc.particle(at, "prep").is_some_and(|r| r.has_role("company"));
        let goes_on = at < limit
            && doc.is_word(at)
            && (company
                || doc.clitics(at).conjunction.is_some() && scene.trigger_at(at).is_none_or(|t| t.row.harm.is_some()));
        let next = if company { at + 1 } else { doc.after_and(at) };
        let counted = count_at(scene, next).is_some();
        let group = group_at(scene, next, limit).filter(|g| !g.party_only && (!comma || g.victims.is_some()));
        let one = || people(scene, next).is_some() || doc.is_particle(next, "one") || is_person(scene, next);
        let listed = counted || !comma && one();
        (goes_on && listed && group.is_some()).then_some(next)
    }

    /// The class of the row before in the same sentence, for "others".
    fn class_before(&self, at: usize) -> Option<String> {
        let before = self.row_before(at)?;
        let person = |t: usize| self.scene.actor_at(t).is_some_and(|a| self.scene.mentions.actors[a].kind == "person");
        let named = before.count == Count::exactly(1)
            && before.victims.as_ref().is_some_and(|v| v.at.tokens.clone().any(person));
        (!named).then(|| before.victim_class.clone())
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
        let victim = found.patient.as_ref();
        let single =
            victim.and_then(|v| group_at(scene, v.at.tokens.start, v.at.tokens.end.max(v.at.tokens.start + 1)));
        // A party that the words go on about is not one killed.
        if let Some(group) =
            single.filter(|g| !(g.party_only && victim.is_some_and(|v| v.at.tokens.end <= harm.trigger.token)))
        {
            let class = group.class.clone();
            self.push(harm, &group, class, None);
        }
    }

    /// "killed and wounded seventeen": two verbs that share one count.
    fn fused_kind(&self, trigger: &Trigger<'_>, kind: &str) -> Option<String> {
        let scene = self.scene;
        let doc = scene.doc;
        let token = trigger.token;
        let after_noun = trigger.shape.is_verb()
            && doc.clitics(token).conjunction.is_some()
            && doc.could_be_nominal(token)
            && token.checked_sub(1).and_then(|p| scene.trigger_at(p)).is_some_and(|t| t.shape == Shape::Masdar);
        if trigger.shape == Shape::Masdar || after_noun {
            return self.fused_masdars(token, kind);
        }
        if trigger.shape == Shape::Noun || trigger.shape.is_verb() && self.people_before(token).is_some() {
            return None;
        }
        let same = |t: &Trigger<'_>| t.shape == trigger.shape && t.shape != Shape::Noun;
        let limit = doc.sentence_range(token).end;
        let others = |at: usize| group_at(scene, at, limit).is_some_and(|g| g.others);
        if others(token + 2) || others(token + 1) {
            return None;
        }
        let next = scene
            .trigger_at(token + 1)
            .filter(|_| doc.is_word(token + 1) && doc.clitics(token + 1).conjunction.is_some());
        let before =
            token.checked_sub(1).and_then(|p| scene.trigger_at(p)).filter(|_| doc.clitics(token).conjunction.is_some());
        let before = before.filter(|b| !(b.shape.is_verb() && self.people_before(b.token).is_some()));
        let other = |t: Option<&Trigger<'_>>| {
            t.filter(|t| same(t))
                .and_then(|t| t.frame.harm.clone())
                .filter(|h| h != kind && matches!(h.as_str(), "killed" | "injured"))
        };
        matches!(kind, "killed" | "injured")
            .then(|| other(next).or_else(|| other(before)).map(|_| "casualty".to_owned()))
            .flatten()
    }

    /// "the killing and wounding of four": two verbal nouns side by side share one count.
    fn fused_masdars(&self, token: usize, kind: &str) -> Option<String> {
        let doc = self.scene.doc;
        let joined = |t: usize| {
            let trigger = self.scene.trigger_at(t)?;
            // Behind "and" a verbal noun may look like a verb.
            let noun = trigger.shape == Shape::Masdar || trigger.shape.is_verb() && doc.could_be_nominal(t);
            let side = doc.is_word(t) && noun && trigger.reading.pronoun.is_none();
            trigger.frame.harm.clone().filter(|h| side && h != kind && matches!(h.as_str(), "killed" | "injured"))
        };
        let next = joined(token + 1).filter(|_| doc.clitics(token + 1).conjunction.is_some());
        let before = || token.checked_sub(1).and_then(joined).filter(|_| doc.clitics(token).conjunction.is_some());
        let both = matches!(kind, "killed" | "injured") && next.or_else(before).is_some();
        both.then(|| "casualty".to_owned())
    }

    pub(super) fn push(&mut self, harm: &Harm<'_, '_>, group: &Group, class: Option<String>, subset_of: Option<usize>) {
        let scene = self.scene;
        let token = harm.trigger.token;
        let anchor = group.anchor.clone().unwrap_or(token..token + 1);
        let cause = self.cause_of(token, false);
        let place = self.place_of_harm(token, harm.place, cause);
        let polarity = polarity(scene, token, harm.trigger);
        let accused = scene.source_of(token).is_some_and(|a| scene.attributions[a].cue_class == "accuse");
        if !polarity.negated && polarity.realis != "actual" && !accused {
            // A wish or a plan harms nobody.
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
        let class = class.unwrap_or_else(|| "unknown".to_owned());
        let named = victims.clone().and_then(|v| self.party_of(v, &class, cause));
        let shared = || self.row_before(token).filter(|_| group.others).and_then(|r| r.victim_actor);
        let victim_actor = named.or(harm.loser).or_else(shared);
        let class = self.class_of_members(class, victims.clone(), victim_actor);
        let head = victims.as_ref().map(|v| v.start);
        let perpetrator = self.perpetrator(harm, cause, &Victims { actor: victim_actor, head, class: class.clone() });
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
            cumulative: since.is_some() || group.count != Count::exactly(1) && self.runs_on(token),
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

    /// Members of a fighting party, or people known by nothing but it, are combatants.
    fn class_of_members(&self, class: String, victims: Option<Range<usize>>, party: Option<usize>) -> String {
        let fights =
            |a: usize| matches!(self.scene.mentions.actors[a].kind.as_str(), "military" | "armed_group" | "coalition");
        let member = victims.is_some_and(|v| {
            people(self.scene, v.start)
                .map_or_else(|| self.scene.actor_at(v.start) == party, |(_, row)| row.class_of_group)
        });
        if class == "unknown" && member && party.is_some_and(fights) { "combatant".to_owned() } else { class }
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

    /// "so far", "in the same period": the toll runs up to the report.
    fn runs_on(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let row = |t: usize| {
            let phrases = doc.names_at(t).iter().flat_map(|m| m.referents);
            let rows =
                phrases.filter_map(|r| if let Referent::Phrase(id) = r { Some(doc.lexicon.row(*id)) } else { None });
            rows.into_iter().find(|row| row.cumulative)
        };
        let (clause, sentence) = (self.scene.clause(token), doc.sentence_range(token));
        sentence.into_iter().filter_map(|t| row(t).map(|row| (t, row))).any(|(t, row)| {
            if !row.has_role("same_period") {
                return clause.contains(&t);
            }
            let times = &self.scene.mentions.times;
            let before = times.partition_point(|time| time.tokens.start < t);
            times[..before].iter().any(|time| time.since || time.until)
        })
    }

    /// The "since" that makes a toll run up to the report: behind the harm in its clause, or before all else in it.
    pub(super) fn since(&self, token: usize) -> Option<usize> {
        let scene = self.scene;
        let doc = scene.doc;
        let clause = scene.clause(token);
        let since = |t: usize| {
            let time = scene.time_at(t)?;
            let found = &scene.mentions.times[time];
            (found.since && found.kind != TimeKind::Duration && !found.tokens.contains(&token)).then_some(time)
        };
        let ends = |t: usize| {
            let clitics = doc.clitics(t);
            let other = doc.is_finite(t) && !doc.could_be_nominal(t) && scene.actor_at(t).is_none();
            other && (clitics.conjunction.is_some() || clitics.preposition.is_some())
        };
        let behind = (token + 1..clause.end).take_while(|t| !ends(*t)).find_map(since);
        behind.or_else(|| {
            let first = (clause.start..token).take(2).find_map(since)?;
            let verb = scene.trigger_at(token).is_some_and(|t| t.shape.is_verb());
            (verb && scene.mentions.times[first].tokens.end < token + 1).then_some(first)
        })
    }
}

/// A place stands between a group and the next.
fn listed_apart(scene: &Scene<'_, '_>, mut between: Range<usize>) -> bool {
    between.any(|t| scene.place_at(t).is_some())
}

/// Crime, law and danger spoken of in general: behind such a word, or behind "and" and what stands behind it.
fn is_talk(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    let mut at = token;
    for _ in 0..3 {
        let Some(previous) = doc.previous_word(at).filter(|p| doc.is_word(*p)) else { return false };
        if doc.reading(previous, |_, r| r.has_role("general")).is_some() {
            return true;
        }
        if doc.clitics(at).conjunction.is_none() || !doc.is_nominal(previous) {
            return false;
        }
        at = previous;
    }
    false
}
