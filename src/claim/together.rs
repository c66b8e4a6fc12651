//! Two harms told in one breath that share those harmed: "killed and wounded seventeen".

use super::casualty::{Finder, Harm, RECENT, Row};
use super::clause::Link;
use super::count::{Group, count_at, group_at, harm_of, people};
use super::event::shape_name;
use super::roles::roles;
use super::trigger::{Shape, Trigger};
use crate::morph::Category;

impl Finder<'_, '_, '_> {
    /// "killed and wounded seventeen": two verbs that share one count.
    pub(super) fn fused_kind(&self, trigger: &Trigger<'_>, kind: &str) -> Option<String> {
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
        // "killed and were hit six": one of them may look active.
        let verbs = |t: &Trigger<'_>| t.shape.is_verb() && trigger.shape.is_verb();
        let same = |t: &Trigger<'_>| (t.shape == trigger.shape || verbs(t)) && t.shape != Shape::Noun;
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

    /// "killed and captured ten": the first of two verbs that share a doer and those whom he did it to.
    pub(super) fn shares_object(&mut self, harm: &Harm<'_, '_>) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        let (trigger, next) = (harm.trigger, harm.trigger.token + 1);
        let held = |t: &Trigger<'_>| matches!(t.frame.harm.as_deref(), Some("detained" | "abducted"));
        let joined = trigger.shape.is_verb() && doc.is_word(next) && doc.clitics(next).conjunction.is_some();
        let second = scene.trigger_at(next).filter(|t| joined && t.shape.is_verb());
        let Some(second) = second.filter(|t| t.frame.harm.is_some() && t.frame.harm != trigger.frame.harm) else {
            return false;
        };
        let agreement = |t: &Trigger<'_>| t.reading.features.agreement;
        let bare = |t: &Trigger<'_>| t.reading.pronoun.is_none();
        if agreement(second) != agreement(trigger) || !bare(second) || !bare(trigger) {
            return false;
        }
        let found = roles(scene, second);
        let Some(start) = self.victims_start(second, &found).filter(|t| *t > next && found.agent.is_some()) else {
            return false;
        };
        let Some(group) = group_at(scene, start, doc.sentence_range(next).end) else { return false };
        // "killed and wounded ten": one row for both, which the second makes.
        if !held(second) && !held(trigger) {
            return self.fused_kind(second, second.frame.harm.as_deref().unwrap_or_default()).is_some();
        }
        let own = Harm { perpetrator: found.agent.clone(), elided: found.elided, ..harm.clone() };
        let class = group.class.clone();
        self.push(&own, &Group { anchor: None, ..group }, class, None);
        true
    }

    /// "seven of them killed": so many of those told before were found so.
    pub(super) fn found_so(&mut self, harm: &Harm<'_, '_>) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        let token = harm.trigger.token;
        let of_them = |t: &usize| doc.particle(*t, "subset").is_some_and(|r| r.count.is_none() && r.share.is_none());
        let number = token.checked_sub(2).filter(|t| of_them(&(t + 1))).and_then(|t| scene.quantity_at(t));
        let start = number.map(|q| scene.mentions.quantities[q].tokens.start);
        let Some((anchor, count)) = start.and_then(|t| count_at(scene, t)).filter(|(a, _)| a.end + 1 == token) else {
            return false;
        };
        if anchor.clone().any(|t| self.used[t]) {
            return false;
        }
        let whole = self.rows_of(doc.sentence_range(token)).find(|r| r.0 < anchor.start && r.2.subset_of.is_none());
        let whole = whole.filter(|r| r.2.kind == harm.kind).map(|r| r.1);
        self.push(harm, &Group { anchor: Some(anchor), ..Group::new(count, token) }, None, whole);
        true
    }

    /// "dozens were killed and wounded": the second of two verbs that share those before them.
    pub(super) fn told_together(&mut self, trigger: &Trigger<'_>, kind: &str) -> bool {
        let scene = self.scene;
        let token = trigger.token;
        let several =
            |t: &Trigger<'_>| t.shape.is_verb() && t.reading.features.is_plural() && t.reading.pronoun.is_none();
        let harms = |h: &str| matches!(h, "killed" | "injured");
        // "were killed or wounded"
        let or = |t: usize| scene.doc.particle(t, "conj").is_some_and(|row| row.alternative);
        let apart = token.checked_sub(1).filter(|t| or(*t));
        let first = apart.unwrap_or(token).checked_sub(1).and_then(|t| scene.trigger_at(t)).filter(|t| several(t));
        let other = first.and_then(|t| t.frame.harm.as_deref()).is_some_and(|h| harms(h) && h != kind);
        let conjunction = apart.is_some() || scene.doc.clitics(token).conjunction.is_some();
        let joined = conjunction && several(trigger) && harms(kind);
        if !other || !joined || group_at(scene, token + 1, scene.doc.sentence_range(token).end).is_some() {
            return false;
        }
        let rule = first.map(|t| format!("{}.{}", t.frame.name, shape_name(t.shape)));
        let told = self.out.iter_mut().rev().take(RECENT).find(|r| Some(&r.2.rule) == rule.as_ref() && r.0 < token);
        let Some(row) = told else { return false };
        "casualty".clone_into(&mut row.2.kind);
        true
    }

    /// "died of wounds that he had suffered": the wound is told with the death.
    pub(super) fn is_of_wound(&self, trigger: &Trigger<'_>) -> bool {
        let scene = self.scene;
        let clause = scene.clauses.of(trigger.token);
        let relative = scene.clauses.get(clause).filter(|c| c.link == Link::Relative && c.verb == Some(trigger.token));
        let wound = |t: usize| scene.doc.reading(t, |_, row| row.class.as_deref() == Some("wound")).is_some();
        let before = relative.and_then(|c| c.start.checked_sub(1)).is_some_and(wound);
        let described = || scene.described_noun(clause).is_some_and(|f| f.at.tokens.clone().any(wound));
        relative.is_some() && scene.takes_up(trigger.token) && (before || described())
    }

    /// "forty injuries were brought in", "five cases of death": as many hurt or dead.
    pub(super) fn counted_injuries(&mut self, trigger: &Trigger<'_>, kind: &str) -> bool {
        let scene = self.scene;
        let token = trigger.token;
        let case = |t: &usize| scene.doc.reading(*t, |_, row| row.has_role("case")).is_some();
        let counted = token.checked_sub(1).filter(case).unwrap_or(token);
        let number = counted.checked_sub(1).and_then(|t| scene.quantity_at(t)).map(|q| &scene.mentions.quantities[q]);
        let ends = |q: &&crate::mention::Quantity| q.tokens.end == counted || q.tokens.end == token;
        let start = number.filter(|q| ends(q) && q.unit.is_none()).map(|q| q.tokens.start);
        let hurt = kind == "injured" || kind == "killed" && trigger.frame.name == "die";
        let bare = hurt && trigger.shape == Shape::Masdar && trigger.reading.clitics == Default::default();
        let Some((anchor, count)) = start.filter(|_| bare).and_then(|t| count_at(scene, t)) else { return false };
        if anchor.clone().any(|t| self.used[t]) || count.value == Some(1) {
            return false;
        }
        let victims = self.those_behind(token, scene.doc.sentence_range(token).end);
        let class = victims.clone().and_then(|v| people(scene, v.start)).and_then(|(_, row)| row.victim.clone());
        let harm = Harm { kind: kind.to_owned(), trigger, perpetrator: None, elided: false, loser: None, place: None };
        let group = Group { anchor: Some(anchor), victims, class: class.clone(), ..Group::new(count, token + 1) };
        self.push(&harm, &group, class, None);
        true
    }

    /// "the bodies of seven who were killed", "the body of a man who died": those whom the verb stands right behind are
    /// counted as killed already.
    pub(super) fn told_right_before(&self, trigger: &Trigger<'_>, kind: &str) -> bool {
        let token = trigger.token;
        let again = |r: &&Row| r.2.kind == kind && r.2.victims.as_ref().is_some_and(|v| v.at.tokens.end == token);
        let bare = trigger.reading.pronoun.is_none() && trigger.reading.clitics.conjunction.is_none();
        let agrees = trigger.reading.features.is_plural() || self.described_one(token).is_some();
        let verb = bare && agrees && trigger.shape.is_verb();
        verb && self.rows_of(self.scene.doc.sentence_range(token)).any(|r| again(&r))
    }

    /// "the body of a translator who was abducted": the indefinite noun of one person that a verb right behind it describes.
    pub(super) fn described_one(&self, verb: usize) -> Option<usize> {
        let doc = self.scene.doc;
        let noun = verb.checked_sub(1).filter(|t| doc.is_word(*t))?;
        let (reading, _) = doc.finite(verb).filter(|(r, _)| {
            r.features.category == Category::Perfect && r.pronoun.is_none() && r.clitics.conjunction.is_none()
        })?;
        let (person, row) = people(self.scene, noun)?;
        let one = !person.features.is_several() && !person.clitics.article && !row.collective;
        let agrees = one && person.features.agreement.gender == reading.features.agreement.gender;
        // Governed by a preposition or by another noun it is no subject of the verb.
        let governed = doc.clitics(noun).preposition.is_some()
            || noun.checked_sub(1).is_some_and(|t| doc.is_preposition(t) || harm_of(self.scene, t).is_some());
        (agrees && governed && person.pronoun.is_none()).then_some(noun)
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
}
