//! People counted by the word for their harm: the dead, the wounded, hostages, those besieged.

use std::ops::Range;

use super::casualty::{Finder, Harm, RECENT};
use super::count::{Count, Group, count_at, group_at, harm_of, people};
use super::individual::is_person;
use super::near::stands_any_near;
use crate::lexicon::{Reading, Row};
use crate::segment::Kind;

/// How far behind the dead the verb may stand that says that they fell.
const FALLS: usize = 7;

/// Words for harm that are told in a row.
const LISTED: usize = 3;

/// How far before "dead or wounded" those may be named whom nobody counts.
const UNCOUNTED: usize = 6;

impl Finder<'_, '_, '_> {
    /// "eighty dead": the noun is trigger and people at once.
    pub(super) fn harm_noun(&mut self, harm: &Harm<'_, '_>) {
        let scene = self.scene;
        let doc = scene.doc;
        let token = harm.trigger.token;
        let limit = doc.sentence_range(token).end;
        // "their two bodies": of those told already.
        let reading = harm.trigger.reading;
        if reading.pronoun.is_some() && !reading.features.is_plural() && harm.kind == "killed" {
            return;
        }
        // "for each one killed": nobody in particular.
        let each = |t: usize| doc.reading(t, |_, row| row.has_role("each")).is_some() && !doc.is_definite(token);
        // "two wounded died": by what befell them then.
        let dual = reading.features.is_dual() && self.befalls_behind(harm, token + 1);
        if dual || self.both_ways(harm) || token.checked_sub(1).is_some_and(each) && !reading.features.is_plural() {
            return;
        }
        // "the bodies of 30 migrants"
        let joined = doc.clitics(token + 1).conjunction.is_some();
        let counted = !joined && count_at(scene, token + 1).is_some();
        // "the bodies of three of them"
        let of_them = |g: &Group| {
            let behind = g.anchor.as_ref().and_then(|a| doc.particle(a.end, "subset"));
            behind.is_some_and(|r| r.count.is_none() && r.share.is_none())
        };
        if harm.kind == "killed"
            && counted
            && !reading.clitics.article
            && group_at(scene, token + 1, limit).is_some_and(|g| (g.victims.is_some() || of_them(&g)) && !g.others)
        {
            self.groups(harm, token + 1);
            return;
        }
        // "forty people are among the missing": whoever the turn is said of.
        if let Some(turn) = doc.turn_at(token).filter(|t| t.trigger == token && t.tokens[0] < token) {
            let end = self.before_still(turn.tokens[0]);
            // "the victims under the rubble": told already.
            let told =
                |g: &Group| g.anchor.is_none() && g.victims.as_ref().is_some_and(|v| harm_of(scene, v.start).is_some());
            let whole = |g: &Group| !g.party_only && g.end == end && !told(g);
            let ends_here = |t: &usize| group_at(scene, *t, end).is_some_and(|g| whole(&g));
            let near = (doc.sentence_range(token).start..end).rev().take_while(|t| doc.kind(*t) != Some(Kind::Comma));
            if let Some(start) = near.filter(ends_here).last() {
                self.groups(harm, start);
            }
            return;
        }
        // "one of the injured"
        let one = token.checked_sub(1).filter(|t| doc.particle(*t, "one").is_some_and(|r| r.count == Some(1.0)));
        let whole = harm.trigger.reading.features.is_plural() && harm.trigger.reading.clitics.article;
        if let Some(at) = one.filter(|t| whole && !self.used[*t]) {
            let parent =
                self.out.iter().rev().take(RECENT).filter(|r| r.2.kind == harm.kind && r.2.subset_of.is_none());
            let parent = parent.max_by_key(|r| r.0).map(|r| (r.1, r.2.victim_class.clone()));
            let group = Group { anchor: Some(at..at + 1), ..Group::new(Count::exactly(1), token + 1) };
            let (id, class) = parent.unzip();
            self.push(harm, &group, class, id);
            return;
        }
        let of = |t: usize| doc.particle(t, "prep").is_some_and(|r| r.has_role("partitive"));
        let numbered = doc.previous_word(token).map(|p| if of(p) { p.saturating_sub(1) } else { p });
        let before = numbered.and_then(|p| scene.quantity_at(p)).filter(|q| {
            let quantity = &scene.mentions.quantities[*q];
            let partitive = of(token - 1) && quantity.tokens.end + 1 >= token;
            // "two dead and one wounded": the dual counts its own noun.
            let of_another = quantity.dual && quantity.tokens.end <= token;
            (quantity.tokens.end >= token || partitive) && quantity.unit.is_none() && !of_another
        });
        if let Some(q) = before {
            let start = scene.mentions.quantities[q].tokens.start;
            if self.befalls_behind(harm, token + 1) {
                return;
            }
            if let Some((anchor, count)) = count_at(scene, start) {
                let victims = self.those_behind(token, limit);
                let class = victims.as_ref().and_then(|v| self.class_within(v.clone(), limit));
                let kind = self.counted_together(harm, &count).unwrap_or_else(|| harm.kind.clone());
                let harm = &Harm { kind, perpetrator: harm.perpetrator.clone(), ..*harm };
                let group = Group {
                    anchor: Some(anchor.clone()),
                    victims,
                    class: class.clone(),
                    ..Group::new(count, anchor.end.max(token + 1))
                };
                // "many of the displaced complained": who they are.
                if harm.kind == "displaced" && group.count.value.is_none() && harm.trigger.reading.clitics.article {
                    return;
                }
                // Hostages who are freed were held: their number counts for both.
                let counted = group.anchor.clone().is_some_and(|mut a| a.any(|t| self.used[t]));
                if !counted || harm.kind == "abducted" {
                    let end = group.victims.as_ref().map_or(group.end, |v| v.end.max(group.end));
                    self.push(harm, &group, class, None);
                    self.besides(harm, end, limit);
                }
            }
            return;
        }
        let features = harm.trigger.reading.features;
        let clitics = harm.trigger.reading.clitics;
        // A noun that often means others counts with a number.
        if harm.trigger.row.is_weak() && !stands_any_near(doc, token, &harm.trigger.row.strong_with) {
            return;
        }
        // "among the dead are three children": part of those told.
        if features.is_plural() && clitics.article && doc.governed_by(token).is_some_and(|r| r.has_role("between")) {
            return;
        }
        // "the dead were four gunmen and a child"
        let those = self.those_behind(token, limit).map_or(token + 1, |v| v.end);
        let of_them = doc.governed_by(token).is_some_and(|r| r.has_role("between"));
        if features.is_plural() && clitics.article && !of_them && count_at(scene, those).is_some() {
            if group_at(scene, those, limit).is_some_and(|g| g.victims.is_some()) {
                self.groups(harm, those);
            }
            return;
        }
        // "forty workers are still stranded": those counted right before it.
        let counted = |t: &usize| group_at(scene, *t, token).is_some_and(|g| g.end == token && g.anchor.is_some());
        let plural = doc.readings(token).iter().any(|r| r.features.is_plural());
        let stands_behind = plural && clitics == Default::default();
        if let Some(start) = self.described_people(token).filter(|t| stands_behind && counted(t) && !self.used[*t]) {
            self.groups(harm, start);
            return;
        }
        if let Some(start) = self.said_of(harm) {
            self.push_said(harm, start);
            return;
        }
        let Some(group) = group_at(scene, token, limit) else { return };
        // "displaced people", "its dead": who they are, and not what befell them now.
        let known = reading.pronoun.is_some() && harm.kind != "abducted";
        if known || harm.kind == "displaced" && group.anchor.is_none() || self.is_title(token, &group) {
            return;
        }
        let several = features.is_plural() || features.is_dual() && clitics.article;
        let refers_back = several && (clitics.article || !self.is_brought_about(token));
        if refers_back && harm.kind != "abducted"
            || group.anchor.is_none() && clitics.article && harm.kind != "abducted"
        {
            return;
        }
        let anchor = group.anchor.clone().unwrap_or(token..token + 1);
        let victims = self.those_behind(token, limit);
        let group = Group { anchor: Some(anchor), victims, ..group };
        // "the tourists, the hostages": who they are stands before.
        let beside = || {
            let before = token.checked_sub(1).filter(|_| clitics.article && doc.continues_phrase(token))?;
            // "the Israeli soldier": past the adjective.
            let nation = doc.is_demonym(before).is_some() && doc.continues_phrase(before);
            let before = if nation { before.checked_sub(1)? } else { before };
            let (_, row) = people(scene, before).filter(|(r, _)| r.clitics.article)?;
            row.victim.clone()
        };
        // "dead and wounded civilians"
        let those = || group.victims.clone().and_then(|v| self.class_within(v, limit));
        let own = group.class.clone();
        let class = own.clone().filter(|c| c != "unknown").or_else(beside).or_else(those).or(own);
        self.push(harm, &group, class, None);
    }

    /// "ten dead, besides four soldiers": more people whom no word of their own says to be harmed.
    fn besides(&mut self, harm: &Harm<'_, '_>, end: usize, limit: usize) {
        let doc = self.scene.doc;
        let Some(next) = self.next_group(end, limit) else { return };
        let added = doc.governed_by(next).is_some_and(|row| row.has_role("addition"));
        let living = |g: &Group| g.victims.as_ref().is_some_and(|v| harm_of(self.scene, v.start).is_none());
        if added && group_at(self.scene, next, limit).is_some_and(|g| g.anchor.is_some() && living(&g)) {
            self.groups(harm, next);
        }
    }

    /// "the martyr X": a name for him, of whose death the report tells with other words.
    fn is_title(&self, token: usize, group: &Group) -> bool {
        let doc = self.scene.doc;
        let name = (token + 1..token + 3).find(|t| is_person(self.scene, *t));
        let own = |t: usize| doc.is_word(t) && doc.continues_phrase(t) && doc.is_definite(t);
        let named = name.is_some_and(|n| (token + 1..n).all(own) && doc.clitics(n).preposition.is_none());
        let definite = doc.is_definite(token) || name.is_some_and(|n| n > token + 1);
        let living = people(self.scene, token).is_some_and(|(_, row)| row.victim.is_some() && !row.of_person);
        named && definite && living && group.count == Count::exactly(1)
    }

    /// An indefinite plural counts where something brings it about: "fell", "left", "resulted in".
    pub(super) fn is_brought_about(&self, token: usize) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        // "that dead and wounded of X fell"
        let falls = |t: usize| {
            let plural = doc.finite(t).is_some_and(|(r, _)| r.features.is_plural());
            plural && doc.reading(t, |_, r| r.subject_frame.contains_key("@harm")).is_some()
        };
        let limit = doc.sentence_range(token).end.min(token + FALLS);
        if (token + 1..limit).take_while(|t| doc.is_word(*t)).any(falls) {
            return true;
        }
        // "Injuries in a shooting", "there are injuries among the guards": a headline, or a word that says that there are.
        let exists = |t: usize| doc.is_word(t) && doc.reading(t, |_, row| row.has_role("exists")).is_some();
        // "Dead and wounded in raids": of several the first begins it, and the preposition is behind the last.
        let harmed = |t: usize| doc.is_word(t) && doc.reading(t, |_, row| row.harm.is_some()).is_some();
        let joined = |t: usize| harmed(t) && doc.clitics(t).conjunction.is_some();
        let before = (token.saturating_sub(LISTED)..=token).rev().take_while(|t| *t > 0 && joined(*t)).count();
        let start = token - before;
        let end = (token + 1..token + 1 + LISTED).find(|t| !joined(*t)).unwrap_or(token + 1);
        let first = doc.sentence_range(token).start == start && doc.clitics(start).is_empty() && harmed(start);
        let led = doc.is_preposition(end) || doc.clitics(end).preposition.is_some();
        if first && led || token.checked_sub(1).is_some_and(exists) {
            return true;
        }
        // "twelve dead and some wounded": as those with a number were.
        let counted = |t: usize| harmed(t) && (self.used[t] || scene.quantity_at(t - 1).is_some());
        if doc.clitics(token).conjunction.is_some() && token > 1 && counted(token - 1) {
            return true;
        }
        if self.is_suffered(token) {
            return true;
        }
        let mut at = token;
        for _ in 0..3 {
            let Some(previous) = doc.previous_word(at) else { return false };
            // "news of dead and wounded"
            if doc.is_preposition(previous) && doc.previous_word(previous).is_some_and(|t| self.tells_news(t)) {
                return true;
            }
            if doc.reading(previous, |_, r| matches!(r.frame.as_deref(), Some("result" | "light" | "die"))).is_some() {
                return true;
            }
            // "left among them dead"
            let of_them = |r: &Row| r.count.is_none() && r.share.is_none();
            let skips = doc.is_preposition(previous)
                || doc.particle(previous, "subset").is_some_and(of_them)
                || doc.is_particle(previous, "neg")
                || doc.reading(previous, |_, r| r.harm.is_some()).is_some()
                || doc.is_demonym(previous).is_some()
                // "the battles left dead": what brought it about stands between.
                || doc.is_definite(previous) && scene.trigger_at(previous).is_some_and(|t| t.frame.event.is_some());
            if !skips {
                return false;
            }
            at = previous;
        }
        false
    }

    /// "news", "confirmed reports": a noun of what is told, with or without an adjective.
    fn tells_news(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let told = |t: usize| doc.reading(t, |_, row| row.source_kind.as_deref() == Some("document")).is_some();
        told(token) || doc.continues_phrase(token) && token.checked_sub(1).is_some_and(told)
    }

    /// "there were injuries among the guards": some, of those named behind.
    pub(super) fn some(&mut self, harm: &Harm<'_, '_>) {
        let token = harm.trigger.token;
        let limit = self.scene.doc.sentence_range(token).end;
        let victims = self.those_behind(token, limit);
        let class = victims.clone().and_then(|v| self.class_within(v, limit));
        let dual = harm.trigger.reading.features.is_dual();
        let count = if dual { Count::exactly(2) } else { Count::indefinite() };
        let group =
            Group { anchor: Some(token..token + 1), victims, class: class.clone(), ..Group::new(count, token + 1) };
        self.push(harm, &group, class, None);
    }

    /// "twenty people fell, dead and wounded": one number for both, told before.
    fn both_ways(&mut self, harm: &Harm<'_, '_>) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        let token = harm.trigger.token;
        let between = doc.governed_by(token).is_some_and(|r| r.has_role("between"));
        let other = doc.reading(token + 1, |r, row| {
            r.clitics.conjunction.is_some() && row.harm.as_ref().is_some_and(|h| *h != harm.kind)
        });
        let bare = |r: &Reading| !r.features.is_dual() && !r.clitics.article;
        if !between || !bare(&harm.trigger.reading) || !other.is_some_and(|(r, _)| bare(r)) {
            return false;
        }
        self.used[token] = true;
        self.used[token + 1] = true;
        let start = doc.sentence_range(token).start;
        let kind = "casualty".to_owned();
        let told = self.out.iter_mut().rev().take(RECENT).find(|r| (start..token).contains(&r.0));
        if let Some(row) = told {
            row.2.kind = kind;
            return true;
        }
        let counted = (start..token).rev().find_map(|t| count_at(scene, t)).map(|(anchor, _)| anchor.start);
        if let Some(group) = counted.and_then(|at| group_at(scene, at, token)) {
            let class = group.class.clone();
            self.push(&Harm { kind, ..harm.clone() }, &group, class, None);
            return true;
        }
        // "left the members of the force dead or wounded": those named before, uncounted.
        let prep = doc.previous_word(token).unwrap_or(token);
        let those = (start.max(prep.saturating_sub(UNCOUNTED))..prep).rev().find(|t| people(scene, *t).is_some());
        if let Some(noun) = those.filter(|t| doc.readings(*t).iter().any(|r| r.features.is_plural())) {
            let words = noun..super::phrase::phrase_end(scene, noun, prep);
            let class = self.class_within(words.clone(), prep);
            let group = Group {
                anchor: Some(token..token + 2),
                victims: Some(words),
                ..Group::new(Count::indefinite(), token + 2)
            };
            self.push(&Harm { kind, ..harm.clone() }, &group, class, None);
        }
        true
    }

    /// "dozens of dead and wounded": one number for both.
    fn counted_together(&mut self, harm: &Harm<'_, '_>, count: &Count) -> Option<String> {
        let doc = self.scene.doc;
        let next = harm.trigger.token + 1;
        let number = |t: usize| doc.reading(t, |_, row| row.harm.is_some()).map(|(r, _)| r.features.is_several());
        // "three dead and the wounding of twelve": each has its own.
        let own = count_at(self.scene, next + 1).is_some() || doc.is_particle(next + 1, "other");
        // "five dead and one wounded": what one number counts is of one form.
        let forms = number(harm.trigger.token) == number(next);
        let alike = forms && (count.value.is_none() || number(next) == Some(false)) && !own;
        let other = doc.reading(next, |r, row| {
            r.clitics.conjunction.is_some()
                && row.harm.as_ref().is_some_and(|h| *h != harm.kind && matches!(h.as_str(), "killed" | "injured"))
        });
        let both = matches!(harm.kind.as_str(), "killed" | "injured") && alike && doc.is_word(next) && other.is_some();
        both.then(|| {
            self.used[next] = true;
            "casualty".to_owned()
        })
    }

    /// The class that the first noun of people in a phrase gives.
    fn class_within(&self, phrase: Range<usize>, limit: usize) -> Option<String> {
        let scene = self.scene;
        let own = group_at(scene, phrase.start, limit).and_then(|g| g.class).filter(|c| c != "unknown");
        let inner = || phrase.clone().filter_map(|t| people(scene, t)).find_map(|(_, row)| row.victim.clone());
        own.or_else(inner)
    }

    /// "dead of the civilians", "among the gunmen": who they are.
    pub(super) fn those_behind(&self, token: usize, limit: usize) -> Option<Range<usize>> {
        let doc = self.scene.doc;
        let (mut next, mut both) = (token + 1, false);
        // "dead and wounded among the soldiers": both are.
        let harmed = |t: usize| doc.is_word(t) && doc.reading(t, |_, r| r.harm.is_some()).is_some();
        if next < limit && doc.is_word(next) && doc.clitics(next).conjunction.is_some() {
            // "12 dead and more than 30 wounded": each with a number.
            let number = count_at(self.scene, doc.after_and(next)).map(|(n, _)| n.end);
            let other = number.unwrap_or(next);
            if other < limit && harmed(other) {
                next = other + 1;
                both = number.is_none();
            }
        }
        if next >= limit || !doc.is_word(next) {
            return None;
        }
        let partitive = doc
            .particle(next, "prep")
            .is_some_and(|r| r.has_role("partitive") || r.has_role("between") || r.has_role("victim_actor"));
        // "27 dead, among them a commander": not what all were.
        if doc.is_particle(next, "subset") {
            return None;
        }
        if !partitive {
            return people(self.scene, next)
                .filter(|_| (both || next == token + 1) && doc.clitics(next).conjunction.is_none())
                .map(|_| next..super::phrase::phrase_end(self.scene, next, limit));
        }
        let noun = doc.phrase_at(next).map_or_else(|| doc.next_word(next), |(_, end)| end);
        // "of the Iraqi civilians", whose nation may stand first.
        let nation = |t: usize| doc.is_demonym(t).is_some() && people(self.scene, t + 1).is_some();
        let known = |t: usize| people(self.scene, t).is_some() || self.scene.actor_at(t).is_some() || nation(t);
        (noun < limit && known(noun)).then(|| noun..super::phrase::phrase_end(self.scene, noun, limit))
    }
}
