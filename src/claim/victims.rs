//! Where those harmed are named: behind the word for the harm, before it, or by the noun that its clause describes.

use super::Scene;
use super::casualty::{Finder, Harm, RECENT};
use super::clause;
use super::count::{Count, Group, group_at, harm_of, people};
use super::near::brought_apart;
use super::roles::Roles;
use super::slots::{Slot, far_counted};
use super::trigger::{Shape, Trigger};
use crate::lexicon::{Reading, Row};
use crate::morph::Category;
use crate::segment::{Agreement, Kind, Number};

/// Words before a preposition within which those stand who are forced to something.
const FORCED: usize = 6;

/// How far before a verb those may begin whom its pronoun takes up.
const RESUMED: usize = 8;

impl Finder<'_, '_, '_> {
    /// The people named before a verb or a participle in its clause: the first group behind the last clause opening.
    pub(super) fn people_before(&self, token: usize) -> Option<usize> {
        let scene = self.scene;
        let doc = scene.doc;
        let sentence = doc.sentence_range(token);
        let mut start = token;
        let several = doc.finite(token).is_some_and(|(r, _)| r.features.is_several());
        let mut aside = false;
        while start > sentence.start {
            let t = start - 1;
            // "eight men who wear belts were killed": what is told of them aside.
            let tells = several
                && !aside
                && t > sentence.start
                && doc
                    .finite(t)
                    .is_some_and(|(r, _)| r.features.category == Category::Imperfect && r.features.is_plural())
                && doc.clitics(t).conjunction.is_none()
                && !doc.is_definite(t - 1)
                && people(scene, t - 1).is_some();
            if tells {
                aside = true;
                start = t;
                continue;
            }
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
        let fits = |t: usize| group_at(scene, t, token).filter(|g| !g.party_only && g.end <= token);
        // One man is no "they".
        // Whoever is counted goes with his number.
        let counted = |t: usize| t > start && scene.number_end(t - 1) == Some(t);
        let found = (start..token).find(|t| {
            !governed(*t)
                && !counted(*t)
                && !describes(scene, *t)
                && fits(*t).is_some_and(|g| !self.is_alone(&g, token))
        });
        // "two policemen who were killed": what is not said to be definite is described by the verb right behind it.
        let described = |t: &usize| {
            let counts = scene.quantity_at(*t).is_some_and(|q| scene.mentions.quantities[q].tokens.start == *t);
            let indefinite = counts || !(doc.is_definite(*t) || *t > start && doc.continues_phrase(*t));
            let several = |g: &Group| g.end == token && g.count != Count::exactly(1);
            doc.clitics(*t).conjunction.is_none() && indefinite && fits(*t).is_some_and(|g| several(&g))
        };
        found.or_else(|| (start..token).find(described).filter(|_| doc.is_finite(token)))
    }

    /// "seven civilians whom X killed": the indefinite right before the verb whose object pronoun takes them up. Where they are
    /// counted already, by their bodies or what befell them first, the verb says who did it.
    pub(super) fn resumed(&mut self, harm: &Harm<'_, '_>) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        let verb = harm.trigger.token;
        let several = |p: &Agreement| p.person == 3 && p.number == Some(Number::Plural);
        let own = harm.trigger.reading.pronoun.filter(several);
        let pronoun = own.or_else(|| self.resumes_by_preposition(harm.trigger).filter(several));
        if pronoun.is_none() || !harm.trigger.shape.is_verb() || doc.clitics(verb).conjunction.is_some() {
            return false;
        }
        let sentence = doc.sentence_range(verb);
        let whole = |t: &usize| {
            let group = group_at(scene, *t, verb).filter(|g| g.end == verb && !g.party_only);
            group.is_some_and(|g| g.count != Count::exactly(1) && g.anchor.is_some())
        };
        let near = (sentence.start.max(verb.saturating_sub(RESUMED))..verb).rev();
        let near = near.take_while(|t| doc.kind(*t) != Some(Kind::Comma));
        let Some(start) = near.filter(whole).last().filter(|t| !doc.is_definite(*t)) else { return false };
        if !self.used[start] {
            self.groups(harm, start);
            return true;
        }
        let told = self.out.iter_mut().rev().take(RECENT).find(|r| r.2.anchor.tokens.contains(&start));
        let Some(row) = told.filter(|r| r.2.kind == harm.kind) else { return false };
        row.2.perpetrator = row.2.perpetrator.take().or_else(|| harm.perpetrator.clone());
        true
    }

    /// "of whom it let go": the pronoun behind the preposition by which the verb has its victims.
    pub(super) fn resumes_by_preposition(&self, trigger: &Trigger<'_>) -> Option<Agreement> {
        let doc = self.scene.doc;
        let next = trigger.token + 1;
        let brings = |row: &Row| trigger.frame.prep.get(&row.folded).is_some_and(|role| role == "victims");
        let led = doc.is_preposition(next) && doc.particle(next, "prep").is_some_and(brings);
        led.then(|| doc.readings(next).iter().find_map(|r| r.pronoun)).flatten()
    }

    /// One person, and nobody beside him, before a verb that shows several.
    pub(super) fn is_alone(&self, group: &Group, verb: usize) -> bool {
        let several = self.scene.doc.finite(verb).is_some_and(|(r, _)| r.features.is_several());
        several && group.count == Count::exactly(1) && self.next_group(group.end, verb).is_none()
    }

    /// Where those harmed are named: behind a passive or a verbal noun, behind the doer, or before the verb.
    pub(super) fn victims_start(&self, trigger: &Trigger<'_>, found: &Roles) -> Option<usize> {
        let scene = self.scene;
        let limit = scene.doc.sentence_range(trigger.token).end;
        // "injuries or losses of life": the second is no victim of the first.
        let other =
            |t: usize| trigger.shape.is_noun() && t == trigger.token + 2 && scene.doc.is_particle(t - 1, "conj");
        let alone = |t: usize, g: &Group| t < trigger.token && self.is_alone(g, trigger.token);
        let fits_at = |t: usize| !other(t) && group_at(scene, t, limit).is_some_and(|g| !alone(t, &g));
        let fits = |slot: &Slot| fits_at(slot.tokens.start);
        let active = trigger.shape.is_verb() && trigger.reading.pronoun.is_some();
        // "released ten": the verb has them behind its preposition.
        let by_preposition = trigger.frame.prep.values().any(|role| role == "victims");
        let ours = trigger.reading.features.agreement.person == 1;
        let suffers = !by_preposition
            && !active
            && !ours
            && (matches!(trigger.shape, Shape::Passive | Shape::Open) || trigger.frame.subject == "victims");
        // "the man who kidnapped a journalist": whoever does it to somebody behind the verb does not suffer it.
        let acts = found.agent.as_ref().is_some_and(|a| a.at.tokens.end <= trigger.token)
            && found.patient_from.is_some_and(|t| t > trigger.token && fits_at(t));
        let to_people =
            || found.patient_from.is_some_and(|t| people(scene, t).is_some() || scene.quantity_at(t).is_some());
        let suffers = suffers && !(acts && to_people());
        if let Some(noun) = self.described_one(trigger.token).filter(|_| suffers) {
            return Some(noun);
        }
        let agreement = trigger.reading.features.agreement.number;
        let before =
            || self.people_before(trigger.token).filter(|t| suffers && trigger.shape.is_verb() && !self.used[*t]);
        // "one of them was hit": right before the verb.
        let one_of = trigger.token.checked_sub(1);
        let one_of = one_of.filter(|t| scene.doc.particle(*t, "subset").is_some_and(|r| r.count.is_some()));
        if let Some(start) = one_of.filter(|t| suffers && !self.used[*t]) {
            return Some(start);
        }
        // "the soldier who was killed": the noun that the clause describes.
        let clause = scene.clauses.of(trigger.token);
        let relative = scene.clauses.get(clause).filter(|c| c.link == clause::Link::Relative);
        if suffers
            && relative.is_some_and(|c| c.verb == Some(trigger.token))
            && !scene.takes_up(trigger.token)
            && let Some(described) = scene.described_noun(clause)
        {
            let first = described.at.tokens.start;
            // "sixteen of their sons who were killed": past what says of whom.
            let of = |t: &usize| scene.doc.particle(*t, "prep").is_some_and(|row| row.has_role("partitive"));
            let number = first.checked_sub(1).map(|t| if of(&t) { t.saturating_sub(1) } else { t });
            let counted = number.and_then(|t| scene.quantity_at(t));
            // "the families of the dead who fell": the dead.
            let several = scene.doc.finite(trigger.token).is_some_and(|(r, _)| r.features.is_plural());
            let inner =
                || described.at.tokens.clone().find(|t| people(scene, *t).is_some_and(|(r, _)| r.features.is_plural()));
            let first = if several && people(scene, first).is_none() { inner().unwrap_or(first) } else { first };
            // "the bodies of ten soldiers who were killed": the ten.
            let harmed = harm_of(scene, first).is_some();
            let first = if harmed && scene.quantity_at(first + 1).is_some() { first + 1 } else { first };
            let start = counted.map_or(first, |q| scene.mentions.quantities[q].tokens.start);
            let part = start > 0 && scene.doc.is_particle(start - 1, "subset");
            let free =
                !part && !self.used[start] && !found.victims.iter().any(|s| s.tokens.start > trigger.token && fits(s));
            if free && group_at(scene, start, trigger.token).is_some_and(|g| !g.party_only) {
                return Some(start);
            }
            // Counted already, by what befell them first.
            let one_of = scene.doc.is_particle(trigger.token - 1, "subset");
            let told =
                self.rows_of(scene.doc.sentence_range(start)).any(|r| Some(&r.2.kind) == trigger.frame.harm.as_ref());
            if self.used[start] && told && !one_of && described.at.tokens.clone().any(|t| people(scene, t).is_some()) {
                return None;
            }
        }
        if trigger.shape.is_verb()
            && agreement.is_some_and(|n| n != crate::segment::Number::Singular)
            && !acts
            && !found.victims.iter().any(|s| s.tokens.start == trigger.token + 1 && fits(s))
            && let Some(start) = before()
        {
            return Some(start);
        }
        let behind = found.victims.iter().filter(|s| s.tokens.start > trigger.token && fits(s));
        if let Some(slot) = behind.min_by_key(|s| s.tokens.start) {
            return Some(slot.tokens.start);
        }
        let patient = found.patient.as_ref();
        let patient = patient.map(|p| found.patient_from.unwrap_or(p.at.tokens.start)).filter(|t| fits_at(*t));
        let any = || found.victims.iter().find(|s| fits(s) && !trigger.row.is_weak()).map(|s| s.tokens.start);
        // "his death": whom the pronoun means has no list behind him.
        let meant = trigger.shape == Shape::Masdar && trigger.reading.pronoun.is_some();
        // Who flees is counted too.
        let next = trigger.token + 1;
        let counted = trigger.frame.counted && trigger.shape == Shape::Masdar && scene.quantity_at(next).is_some();
        let flees = Some(next).filter(|t| counted && fits_at(*t)).or_else(|| self.forced(trigger));
        // "13 were killed and 5 captured": a number alone, behind "and".
        let alone = || {
            let joined = trigger.shape.is_verb() && scene.doc.clitics(trigger.token).conjunction.is_some();
            let held = matches!(trigger.frame.harm.as_deref(), Some("detained" | "abducted"));
            let told = || self.rows_of(scene.doc.sentence_range(next)).any(|r| r.2.kind == "killed");
            Some(next).filter(|t| joined && held && fits_at(*t) && scene.quantity_at(*t).is_some() && told())
        };
        // "cost the life of a child": behind the word by which the verb means it.
        let means = |t: &usize| trigger.row.needs.iter().any(|w| scene.doc.is_lemma(*t, w));
        let led = |(p, _): (&String, &String)| {
            trigger.row.needs.iter().find_map(|w| brought_apart(scene.doc, trigger.token, p, w))
        };
        let apart = || trigger.row.prep_frame.iter().find_map(led).filter(|_| trigger.shape.is_verb());
        let whose = (next..limit.min(next + FORCED)).find(means).or_else(apart).map(|t| t + 1);
        let whose = whose.filter(|t| {
            let led = scene.doc.clitics(*t).preposition.is_some() || scene.doc.clitics(*t).conjunction.is_some();
            let kills = trigger.frame.name == "kill" && trigger.shape.is_verb();
            kills && !led && group_at(scene, *t, limit).is_some_and(|g| !g.party_only)
        });
        let found = patient
            .or_else(before)
            .or_else(any)
            .or(flees)
            .or_else(|| self.far_object(trigger))
            .or(whose)
            .or_else(alone);
        found.filter(|t| !meant || *t > trigger.token)
    }

    /// "thousands had to flee", "forced dozens of families to leave": the counted before the preposition of what they had to do.
    fn forced(&self, trigger: &Trigger<'_>) -> Option<usize> {
        let scene = self.scene;
        let doc = scene.doc;
        let led = trigger.frame.counted;
        let prep = trigger.token.checked_sub(1).filter(|p| led && doc.is_preposition(*p))?;
        let forces = |_: &Reading, row: &Row| {
            row.roles.as_ref().is_some_and(|roles| roles.prep.values().any(|role| role == "effect" || role == "event"))
        };
        // "a million were forced to flee": past the verb that shows them.
        let behind = prep.checked_sub(1).filter(|t| doc.is_finite(*t) && doc.reading(*t, forces).is_some());
        let end = behind.unwrap_or(prep);
        // "drove 700 thousand of them to flee"
        let of_them = |t: usize| doc.particle(t, "subset").is_some_and(|r| r.count.is_none() && r.share.is_none());
        let end = if end > 0 && of_them(end - 1) { end - 1 } else { end };
        let whole = |t: &usize| group_at(scene, *t, end).is_some_and(|g| g.anchor.is_some() && g.end == end);
        let start = (end.saturating_sub(FORCED)..end).filter(whole).find(|t| scene.quantity_at(*t).is_some())?;
        let verb = (start.saturating_sub(FORCED)..start).any(|t| doc.is_finite(t) && doc.reading(t, forces).is_some());
        (verb || doc.reading(prep - 1, forces).is_some()).then_some(start)
    }

    /// The counted far behind a verb, if nobody has counted them yet.
    fn far_object(&self, trigger: &Trigger<'_>) -> Option<usize> {
        let takes = trigger.frame.object == "victims" || trigger.frame.object == "patient";
        let free = takes && trigger.shape.is_verb() && trigger.reading.pronoun.is_none();
        free.then(|| far_counted(self.scene, trigger.token)).flatten().filter(|t| !self.used[*t])
    }
}

/// A definite adjective behind its definite noun, which by itself would name somebody: "the political wing".
fn describes(scene: &Scene<'_, '_>, at: usize) -> bool {
    let doc = scene.doc;
    let article = |t: usize| doc.clitics(t).article;
    at > 0
        && article(at)
        && doc.continues_phrase(at)
        && article(at - 1)
        && doc.is_nominal(at - 1)
        && people(scene, at - 1).is_none()
        && scene.actor_at(at).is_none()
}
