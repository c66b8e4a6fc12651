//! Tolls that grew and parts of a group.

use std::cmp::Reverse;
use std::ops::Range;

use super::casualty::{Casualty, Finder, Harm, RECENT, Row};
use super::cause::{Cause, Link};
use super::count::{Count, Group, count_at, group_at, harm_of, people};
use super::individual::is_person;
use super::membership::Blow;
use super::trigger::{Shape, Trigger};
use super::ward::ward_of_part;
use crate::lexicon::{Facts, Reading, Row as LexiconRow};
use crate::segment::Kind;

/// How far before "among the dead" those may be counted.
const FAR_BEFORE: usize = 18;

impl<'a> Finder<'_, '_, 'a> {
    /// "the toll rose to 33": the number belongs to the kind of people that the toll counts.
    pub(super) fn toll(&mut self, token: usize) {
        let scene = self.scene;
        let doc = scene.doc;
        if !doc.may_be(token, Facts::TOLL)
            || doc.reading(token, |r, row| row.toll && !r.features.category.is_finite()).is_none()
        {
            return;
        }
        let sentence = doc.sentence_range(token);
        // "the losses of the enemy came to 320 soldiers": the toll says of itself what befell them.
        let losses = scene.trigger_at(token).filter(|t| t.row.toll && t.row.harm.is_some());
        let harm_noun = (token + usize::from(losses.is_none())..sentence.end.min(token + 7)).find(|t| {
            doc.reading(*t, |_, r| r.harm.is_some()).is_some()
                || scene.trigger_at(*t).is_some_and(|x| x.frame.harm.is_some())
        });
        // "put the number of the dead at 300"
        let rises = |t: usize| {
            let says_how_many = |_: &Reading, r: &LexiconRow| {
                r.frame.as_deref() == Some("rise") || r.cue.as_deref() == Some("estimate")
            };
            doc.reading(t, says_how_many).is_some()
        };
        // The verb of the toll's own clause, else the first of the sentence.
        let clause = scene.clause(token);
        let near = (clause.start..token).rev().chain(token..clause.end).find(|t| rises(*t));
        let Some(rise) = near.or_else(|| sentence.clone().find(|t| rises(*t))) else { return };
        // "rose to", but "is".
        let grew = doc.reading(rise, |_, r| r.frame.as_deref() == Some("rise") && !r.state).is_some();
        let joined = |t: usize| doc.clitics(t).conjunction.is_some();
        // "the dead came to 12 and the number of the wounded to 30": the number of each stands behind it.
        let from = if joined(token) { rise.max(token) } else { rise } + 1;
        let number =
            (from..sentence.end.min(from + 24)).find_map(|t| count_at(scene, t).filter(|(_, c)| c.value.is_some()));
        let Some((anchor, count)) = number.map(|(anchor, count)| self.reached(anchor, count)) else { return };
        if anchor.clone().any(|t| self.used[t]) {
            return;
        }
        // The number's own noun says the kind best; without any, it is that of the row before.
        let own = (anchor.start..(anchor.end + 2).min(sentence.end))
            .take_while(|t| *t < anchor.end || !joined(*t))
            .find(|t| !joined(*t) && doc.reading(*t, |_, r| r.harm.is_some()).is_some());
        let described = doc.clitics(rise).article;
        // "the inhabitants number 200,000 and the dead 30"
        let before_number = |t: &usize| *t < anchor.start || anchor.start < token;
        let Some(noun) = own.or(harm_noun.filter(before_number)) else {
            // "the people, numbering 50 million": how many there are, and not how many were harmed.
            if described {
                return;
            }
            self.grown(token, anchor, count);
            return;
        };
        let Some(trigger) = scene.trigger_at(noun) else { return };
        let Some(kind) = trigger.frame.harm.clone() else { return };
        let loser = losses.and_then(|_| scene.actor_at(token + 1));
        let harm = Harm { kind, trigger, perpetrator: None, elided: false, loser, place: None };
        let harm = if losses.is_some() { self.with_loser(&harm) } else { harm };
        // "… to 16 policemen": the number's own noun, if it says more than that they were harmed.
        let counted = group_at(scene, anchor.start, sentence.end);
        let counted = counted.filter(|g| own.is_none() && g.class.as_deref().is_some_and(|c| c != "unknown"));
        // "1050, dead or wounded": not who they are.
        let who = |g: &Group| g.victims.as_ref().is_none_or(|v| harm_of(scene, v.start).is_none());
        let behind = || {
            let group = group_at(scene, noun + 1, sentence.end).filter(|g| !g.party_only || g.class.is_some());
            group.filter(who)
        };
        // "the dead in the ranks of X"
        let ranks = || {
            let victims = self.those_behind(noun, sentence.end)?;
            Some(Group { end: victims.end, victims: Some(victims), ..Group::new(count.clone(), noun + 1) })
        };
        // Losses of money are no people.
        if losses.is_some() && counted.is_none() && own.is_none() {
            return;
        }
        let described = counted.or_else(behind).or_else(ranks);
        let class = described.as_ref().and_then(|g| g.class.clone());
        let victims = described.and_then(|g| g.victims);
        let group =
            Group { anchor: Some(anchor.clone()), victims, class: class.clone(), ..Group::new(count, anchor.end) };
        let end = group.end.max(own.map_or(0, |t| t + 1));
        self.push(&harm, &group, class, None);
        if let Some(last) = self.out.last_mut() {
            last.2.cumulative |= grew;
        }
        self.next_measure(end, sentence.end, grew);
    }

    /// "so as to come to 35": what elsewhere is a bound ("up to 35") is here how far the toll rose.
    fn reached(&self, anchor: Range<usize>, count: Count) -> (Range<usize>, Count) {
        let doc = self.scene.doc;
        let purpose = doc.is_word(anchor.start) && doc.clitics(anchor.start).preposition.is_some();
        let rises = purpose && doc.reading(anchor.start, |_, r| r.frame.as_deref() == Some("rise")).is_some();
        match count.value.filter(|_| rises && anchor.len() > 2) {
            Some(n) => (anchor.start + 2..anchor.end, Count::exactly(n)),
            None => (anchor, count),
        }
    }

    /// "… to 12 dead and 30 wounded", "… to 12 and that of the wounded to 30".
    fn next_measure(&mut self, end: usize, limit: usize, grew: bool) {
        let scene = self.scene;
        let doc = scene.doc;
        if end >= limit || doc.clitics(end).conjunction.is_none() {
            return;
        }
        let first = doc.after_and(end);
        let harmed = |t: &usize| scene.trigger_at(*t).is_some_and(|x| x.row.harm.is_some() && x.shape == Shape::Noun);
        let counted = |t: usize| count_at(scene, t).filter(|(_, c)| c.value.is_some());
        let (noun, number) = if let Some((anchor, _)) = counted(first) {
            ((anchor.start..limit.min(anchor.end + 1)).find(harmed), Some(first))
        } else {
            let number = (first + 1..limit.min(first + 4)).find(|t| counted(*t).is_some());
            (Some(first).filter(harmed), number.filter(|n| doc.is_preposition(n - 1)))
        };
        let (Some(noun), Some((anchor, count))) = (noun, number.and_then(counted)) else { return };
        let Some(trigger) = scene.trigger_at(noun) else { return };
        let Some(kind) = trigger.frame.harm.clone() else { return };
        let harm = Harm { kind, trigger, perpetrator: None, elided: false, loser: None, place: None };
        let group = Group { anchor: Some(anchor.clone()), ..Group::new(count, anchor.end) };
        self.push(&harm, &group, None, None);
        if let Some(last) = self.out.last_mut() {
            last.2.cumulative |= grew;
        }
    }

    /// "… so that the number of X rises to 33": the harm is that of the row before.
    pub(super) fn grown(&mut self, toll: usize, anchor: Range<usize>, count: Count) {
        let scene = self.scene;
        let sentence = scene.doc.sentence_range(toll);
        let Some(before) = self.rows_of(sentence.clone()).next().map(|r| r.2.clone()) else { return };
        let Some(described) = group_at(scene, toll + 1, sentence.end) else { return };
        let victims = described.victims.clone();
        let row = Casualty {
            count,
            victim_class: described.class.clone().unwrap_or_else(|| before.victim_class.clone()),
            victim_actor: victims.clone().and_then(|v| self.party_in(v)).or(before.victim_actor),
            victims: victims.clone().map(|v| scene.phrase(v)),
            cumulative: true,
            since: self.since(toll),
            subset_of: None,
            rule: "toll".to_owned(),
            ..before
        };
        let group = Group { end: anchor.end, anchor: Some(anchor.clone()), ..described };
        self.place_row(row, anchor, &group);
    }

    /// "the dead are: X, Y and the soldier Z": each by name.
    pub(super) fn listed_by_name(&mut self, token: usize) {
        let scene = self.scene;
        let doc = scene.doc;
        let they = doc.particle(token, "pron").is_some_and(|r| r.number.as_deref() == Some("p"));
        let Some(noun) = token.checked_sub(1).filter(|_| they) else { return };
        let limit = doc.sentence_range(token).end;
        let Some(trigger) = scene.trigger_at(noun).filter(|t| t.reading.clitics.article && t.row.harm.is_some()) else {
            return;
        };
        let Some(kind) = trigger.frame.harm.clone() else { return };
        let harm = Harm { kind, trigger, perpetrator: None, elided: false, loser: None, place: None };
        let named = |v: &Range<usize>| v.clone().any(|t| is_person(scene, t));
        let mut at = token + 1 + usize::from(doc.kind(token + 1) == Some(Kind::Colon));
        while at < limit {
            let first = doc.after_and(at);
            let group = group_at(scene, first, limit).filter(|g| g.count == Count::exactly(1));
            let Some(group) = group.filter(|g| g.victims.as_ref().is_some_and(named)) else { return };
            if self.used[first] {
                return;
            }
            let class = group.class.clone();
            let anchor =
                group.victims.clone().map(|v| if people(scene, v.start).is_some() { v.start..v.start + 1 } else { v });
            let mut end = group.end;
            self.push(&harm, &Group { anchor, ..group }, class, None);
            if let Some(close) = doc.bracket_from(end) {
                end = close + 1;
            }
            let comma = usize::from(doc.kind(end) == Some(Kind::Comma));
            let joined = end + comma < limit && doc.clitics(end + comma).conjunction.is_some();
            if comma == 0 && !joined {
                return;
            }
            at = end + comma;
        }
    }

    /// "among them four women": part of the group before.
    pub(super) fn subset(&mut self, token: usize) {
        let scene = self.scene;
        let doc = scene.doc;
        let Some(row) = doc.particle(token, "subset").or_else(|| self.listing(token)) else { return };
        let sentence = doc.sentence_range(token);
        let whole = self.rows_of(sentence.clone()).filter(|r| r.0 < token && r.2.subset_of.is_none());
        let Some(parent) = whole.max_by_key(|r| (r.0, Reverse(r.1))).map(|r| (r.1, r.2.clone())) else {
            return;
        };
        // "most of them" tells who they were, not how many of another group.
        match row.share.as_deref() {
            Some("all") => return self.all_of(token, &sentence),
            Some(_) => return,
            None => {}
        }
        let mut at = doc.phrase_at(token).map_or_else(|| doc.next_word(token), |(_, end)| end);
        let before = token.checked_sub(1).and_then(|p| scene.quantity_at(p)).filter(|_| row.count.is_none());
        // "eleven were hurt, among them two children": counted already, and no part.
        let told = |q: &usize| self.used[scene.mentions.quantities[*q].tokens.start];
        // "seven of them were found dead": told already by what befell them.
        let harmed = harm_of(scene, at).is_some() || scene.trigger_at(at).is_some_and(|t| t.frame.harm.is_some());
        if harmed && before.is_some_and(|q| told(&q)) && doc.may_be(at, Facts::NOMINAL) {
            return;
        }
        let before = before.filter(|q| !told(q));
        // "of one family, among them …": no number of those.
        let adjective = |q: &usize| {
            let quantity = &scene.mentions.quantities[*q];
            let start = quantity.tokens.start;
            quantity.value == Some(1.0)
                && start > 0
                && doc.is_nominal(start - 1)
                && scene.quantity_at(start - 1).is_none()
        };
        let before = before.filter(|q| !adjective(q));
        if let Some(q) = before {
            // "four of them policemen"
            let start = scene.mentions.quantities[q].tokens.start;
            if let Some((anchor, count)) = count_at(scene, start).filter(|(a, _)| !a.clone().any(|t| self.used[t])) {
                while at < sentence.end && doc.is_function_word(at) {
                    at += 1;
                }
                let described = group_at(scene, at, sentence.end);
                // Things that are counted: "three of them bombs".
                if described.is_none() && row.number.as_deref() == Some("s") {
                    return;
                }
                let class = described.as_ref().and_then(|g| g.class.clone());
                let end = described.as_ref().map_or(anchor.end, |g| g.end.max(anchor.end));
                let told = count.value.unwrap_or(0);
                let group = Group {
                    anchor: Some(anchor.clone()),
                    victims: described.and_then(|g| g.victims),
                    class,
                    ..Group::new(count, anchor.end)
                };
                self.push_subset(&parent, &group);
                self.parts_by_place(&parent, token + 1, sentence.end);
                self.more_parts(&parent, end, sentence.end, told);
            }
            return;
        }
        let limit = sentence.end;
        // "five soldiers, two of them badly", "two officers, one of them with the rank of": the word counts by itself.
        if let Some(n) = row.count.filter(|_| group_at(scene, at, limit).is_none()) {
            let led = at < limit && (doc.is_preposition(at) || doc.clitics(at).preposition.is_some());
            let end = parent.1.victims.as_ref().map_or(parent.1.anchor.tokens.end, |v| v.at.tokens.end);
            let near = token == end || token == end + 1 && doc.kind(end) == Some(Kind::Comma);
            if led && near && !self.used[token] {
                let group = Group { anchor: Some(token..token + 1), ..Group::new(Count::exactly(n as i64), at) };
                self.push_subset(&parent, &group);
            }
            return;
        }
        // "among them the bodies of four": the four.
        let bodies = harm_of(scene, at).is_some();
        if bodies && doc.clitics(at + 1).conjunction.is_none() && count_at(scene, at + 1).is_some() {
            at += 1;
        }
        let mut told = 0;
        while let Some(group) = group_at(scene, at, limit) {
            if group.party_only {
                break;
            }
            // "one of them a boy": the word that counts him.
            let by_word = row.count.is_some() && told == 0 && !self.used[token] && group.count == Count::exactly(1);
            let own = if by_word { token..token + 1 } else { at..at + 1 };
            let anchor = group.anchor.clone().unwrap_or(own);
            let (next, value) = (group.end, group.count.value.unwrap_or(0));
            if anchor.clone().any(|t| self.used[t]) {
                // "among them 27 dead": counted by their own noun already.
                let own = |r: &&mut Row| r.0 == anchor.start && r.1 != parent.0 && r.2.kind == parent.1.kind;
                let Some(row) = self.out.iter_mut().rev().take(RECENT).find(own) else { break };
                row.2.subset_of.get_or_insert(parent.0);
                // "in the same period dozens fell, 36 of them last week"
                row.2.cumulative &= row.2.time == parent.1.time;
                row.2.perpetrator = row.2.perpetrator.take().or_else(|| parent.1.perpetrator.clone());
                // "36 of them fell last week": of those, unless more is said.
                if row.2.victims.is_none() && row.2.victim_class == "unknown" {
                    row.2.victim_class.clone_from(&parent.1.victim_class);
                    row.2.victim_actor = row.2.victim_actor.or(parent.1.victim_actor);
                }
            } else {
                self.push_subset(&parent, &Group { anchor: Some(anchor), ..group });
            }
            let goes_on = next < limit
                && doc.is_word(next)
                && doc.clitics(next).conjunction.is_some()
                && scene.trigger_at(next).is_none_or(|t| t.row.harm.is_some());
            told += value;
            if !goes_on && value > 0 {
                self.parts_by_place(&parent, next, limit);
            }
            let more = || self.next_part(next, limit, &parent.1, told);
            let Some(next) = goes_on.then(|| doc.after_and(next)).or_else(more) else { break };
            at = next;
        }
    }

    /// "fifteen, five of them policemen, and six trainees": more parts of a whole that is large enough to hold them.
    fn more_parts(&mut self, parent: &(usize, Casualty), end: usize, limit: usize, told: i64) {
        let (mut end, mut told) = (end, told);
        while let Some(at) = self.next_part(end, limit, &parent.1, told) {
            let Some(group) = group_at(self.scene, at, limit) else { return };
            let anchor = group.anchor.clone().unwrap_or(at..at + 1);
            if anchor.clone().any(|t| self.used[t]) {
                return;
            }
            end = group.end;
            told += group.count.value.unwrap_or(0);
            self.push_subset(parent, &Group { anchor: Some(anchor), ..group });
        }
    }

    /// "among them 500 civilians, and 700 fighters": behind a comma more of a whole that is large enough to hold them.
    fn next_part(&self, end: usize, limit: usize, whole: &Casualty, told: i64) -> Option<usize> {
        let at = self.next_group(end, limit).filter(|_| self.scene.doc.kind(end) == Some(Kind::Comma))?;
        let group = group_at(self.scene, at, limit)?;
        let harmed = group.victims.as_ref().is_none_or(|v| harm_of(self.scene, v.start).is_some());
        let fits = told + group.count.value? <= whole.count.value?;
        (fits && !harmed && whole.victim_class == "unknown").then_some(at)
    }

    /// "five children: they are four brothers and …": the pronoun behind a group, before a number.
    fn listing(&self, token: usize) -> Option<&'a LexiconRow> {
        let doc = self.scene.doc;
        let they = doc.particle(token, "pron").filter(|r| matches!(r.number.as_deref(), Some("p" | "d")))?;
        let counted = count_at(self.scene, token + 1).is_some();
        let behind = |r: &&Row| {
            let end = r.2.victims.as_ref().map_or(r.2.anchor.tokens.end, |v| v.at.tokens.end);
            let comma = token > 0 && doc.kind(token - 1) == Some(Kind::Comma);
            end == token || comma && r.2.subset_of.is_none() && r.2.count.value.is_some()
        };
        let rows = self.rows_of(doc.sentence_range(token)).find(behind);
        (counted && rows.is_some()).then_some(they)
    }

    /// "all of them volunteers": what everybody counted before in the sentence was.
    fn all_of(&mut self, token: usize, sentence: &Range<usize>) {
        let scene = self.scene;
        let doc = scene.doc;
        let mut at = doc.next_word(token);
        while at < sentence.end && doc.is_function_word(at) {
            at += 1;
        }
        let Some(group) = group_at(scene, at, sentence.end) else { return };
        let words = group.victims.clone().unwrap_or(at..at + 1);
        let party = self.party_in(words.clone()).or_else(|| scene.actor_at(words.end));
        let fights = |a: usize| matches!(scene.mentions.actors[a].kind.as_str(), "military" | "armed_group");
        let class = party.filter(|a| fights(*a)).map(|_| "combatant".to_owned());
        let class = class.or(group.class.filter(|c| c != "unknown"));
        for row in self.out.iter_mut().rev().take(RECENT).filter(|r| sentence.contains(&r.0) && r.0 < token) {
            if let Some(class) = class.as_ref().filter(|_| row.2.victim_class == "unknown") {
                row.2.victim_class.clone_from(class);
            }
            row.2.victim_actor = row.2.victim_actor.or(party);
        }
    }

    /// "two of its leaders are among the dead": a group behind or before the noun of those harmed.
    pub(super) fn among(&mut self, token: usize) {
        let scene = self.scene;
        let doc = scene.doc;
        if !doc.may_be(token, Facts::BETWEEN.or(Facts::PHRASE_HERE))
            || !doc.particle(token, "prep").or(doc.particle(token, "subset")).is_some_and(|r| r.has_role("between"))
        {
            return;
        }
        let noun = doc.phrase_at(token).map_or_else(|| doc.next_word(token), |(_, end)| end);
        // "the arrested", "the wounded"
        let harmed = |t: &Trigger<'_>| t.row.harm.is_some() || t.shape == Shape::PassiveParticiple;
        let Some(trigger) = scene.trigger_at(noun).filter(|t| t.reading.clitics.article && harmed(t)) else { return };
        let kind = trigger.row.passive_harm.clone().or_else(|| trigger.frame.harm.clone());
        let plural = doc.readings(noun).iter().any(|r| r.features.is_plural());
        let Some(kind) = kind.filter(|_| plural) else { return };
        let limit = doc.sentence_range(token).end;
        let whole = |g: &Group| g.victims.is_some() && !g.party_only;
        let free = |g: &Group| !g.anchor.clone().is_some_and(|mut a| a.any(|t| self.used[t]));
        // "among the wounded five are in danger"
        let some = |g: &Group| g.anchor.is_some() && g.count.value.is_some() && !g.party_only;
        let behind = group_at(scene, noun + 1, limit).filter(|g| (whole(g) || some(g)) && free(g));
        let start = scene.clause(token).start;
        let before = || {
            let counted = |t: &usize| scene.quantity_at(*t).is_some() || scene.doc.is_particle(*t, "one");
            // Past two of what are no people: "in the two districts of X".
            let those = |t: usize| {
                let at = scene.quantity_at(t).map_or(t, |q| scene.mentions.quantities[q].tokens.start);
                group_at(scene, at, limit).filter(|g| whole(g) && free(g) && g.end <= token)
            };
            (start..token).rev().take(FAR_BEFORE).filter(counted).find_map(those)
        };
        let Some(group) = behind.or_else(before) else { return };
        let parent = self.out.iter().filter(|r| r.2.kind == kind && r.2.subset_of.is_none() && r.0 < token);
        let parent = parent.max_by_key(|r| r.0).map(|r| r.1);
        let harm = Harm { kind, trigger, perpetrator: None, elided: false, loser: None, place: None };
        let mut next = Some(group);
        while let Some(group) = next {
            let class = group.class.clone();
            let anchor = group.anchor.clone().or(group.victims.clone().map(|v| v.start..v.start + 1));
            next = self.next_group(group.end, limit).and_then(|at| group_at(scene, at, limit)).filter(whole);
            self.push(&harm, &Group { anchor, ..group }, class, parent);
        }
    }

    pub(super) fn push_subset(&mut self, parent: &(usize, Casualty), group: &Group) {
        let anchor = group.anchor.clone().unwrap_or(0..0);
        let mut row = parent.1.clone();
        row.count = group.count.clone();
        row.victims = group.victims.clone().map(|v| self.scene.phrase(v));
        let class = group.class.clone().filter(|c| c != "unknown");
        row.victim_class = class.unwrap_or_else(|| parent.1.victim_class.clone());
        let tied = if row.tied { Link::Behind } else { Link::Near };
        let cause = row.cause.map(|event| Cause { event, link: tied });
        let class = row.victim_class.clone();
        let own = group.victims.clone().and_then(|v| self.party_of(v, &class, &Blow { cause, ..Blow::default() }));
        row.victim_actor = own.or(parent.1.victim_actor.filter(|_| class == parent.1.victim_class));
        row.subset_of = Some(parent.0);
        let whole = parent.1.anchor.tokens.end;
        row.place = ward_of_part(self.scene, group.end, whole).or(row.place);
        // "twelve others, among them four soldiers": then the others are not all what those before them were.
        let others = parent.1.victims.as_ref().is_some_and(|v| self.scene.doc.is_particle(v.at.tokens.start, "other"));
        let apart = |c: &str| matches!(c, "civilian" | "combatant");
        if others && class != parent.1.victim_class && apart(&class) && apart(&parent.1.victim_class) {
            let whole = self.out.iter_mut().rev().take(RECENT).find(|r| r.1 == parent.0);
            whole.into_iter().for_each(|r| "unknown".clone_into(&mut r.2.victim_class));
        }
        // Women and children among those killed since a day fell since then too.
        row.cumulative = row.cumulative && row.since.is_some();
        row.rule = "subset".to_owned();
        self.blame_part(&mut row);
        self.place_row(row, anchor, group);
    }
}
