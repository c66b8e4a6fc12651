//! Harm told by its noun alone: "the assassination was carried out", "the killings that X commits against Y", "released them".

use super::Filler;
use super::casualty::{Finder, Harm};
use super::count::{Count, Group, group_at, people};
use super::trigger::Shape;
use crate::lexicon::{Reading, Row};
use crate::morph::Category;
use crate::segment::{Gender, Number};

/// How far behind the noun those may be named whom it befalls.
const AGAINST: usize = 16;

impl Finder<'_, '_, '_> {
    /// A deed that is told again, or whose victims a preposition far behind it brings.
    pub(super) fn deed(&mut self, harm: &Harm<'_, '_>) {
        if let Some(count) = self.happened(harm) {
            self.push(harm, &Group::new(count, harm.trigger.token + 1), None, None);
        } else if let Some((perpetrator, start)) = self.committed(harm) {
            let limit = self.scene.doc.sentence_range(start).end;
            if let Some(group) = group_at(self.scene, start, limit) {
                let class = group.class.clone();
                let harm = Harm { perpetrator, ..harm.clone() };
                self.push(&harm, &Group { anchor: None, count: Count::indefinite(), ..group }, class, None);
            }
        } else if let Some(count) = self.freed_ones(harm) {
            let class = self.row_before(harm.trigger.token).map(|r| r.victim_class.clone());
            self.push(harm, &Group::new(count, harm.trigger.token + 1), class, None);
        }
    }

    /// "the assassination was carried out", "the arrests took place": the definite noun right before the verb that says so.
    fn happened(&self, harm: &Harm<'_, '_>) -> Option<Count> {
        let doc = self.scene.doc;
        let (token, reading) = (harm.trigger.token, harm.trigger.reading);
        let noun = harm.trigger.shape == Shape::Masdar && reading.clitics.article && reading.pronoun.is_none();
        let light = |r: &Reading, row: &Row| {
            let subject = row.roles.as_ref().and_then(|r| r.subject.as_deref());
            r.features.category.is_finite() && row.frame.as_deref() == Some("light") && subject == Some("event")
        };
        let told = noun && doc.is_word(token + 1) && doc.clitics(token + 1).conjunction.is_none();
        if !told || doc.reading(token + 1, light).is_none() || doc.clitics(token).preposition.is_some() {
            return None;
        }
        let of_person = doc.reading(token, |_, row| row.of_person).is_some();
        match reading.features.is_plural() {
            true => Some(Count::indefinite()),
            false => Some(Count::exactly(1)).filter(|_| of_person && harm.kind == "killed"),
        }
    }

    /// "the killings that X commits against the civilians", "the killing of citizens by X": who did it, and where those whom
    /// it befalls are named.
    fn committed(&self, harm: &Harm<'_, '_>) -> Option<(Option<Filler>, usize)> {
        let scene = self.scene;
        let doc = scene.doc;
        let token = harm.trigger.token;
        if harm.kind != "killed" || harm.trigger.shape != Shape::Masdar || !harm.trigger.reading.clitics.article {
            return None;
        }
        let end = doc.sentence_range(token).end.min(token + AGAINST);
        let commits = |t: &usize| {
            let verb = |r: &Reading, _: &Row| r.features.category == Category::Imperfect || r.pronoun.is_some();
            doc.is_finite(*t) && doc.reading(*t, verb).is_some() && scene.takes_up(*t)
        };
        let verb = (token + 1..end).find(commits)?;
        let against = |t: &usize| doc.particle(*t, "prep").is_some_and(|row| row.has_role("patient"));
        let prep = (verb + 1..end).take_while(|t| doc.is_word(*t)).find(against)?;
        let noun = doc.next_word(prep);
        let somebody = people(scene, noun).is_some() || scene.actor_at(noun).is_some();
        let doer = scene.subject_behind(verb);
        somebody.then_some((doer, noun))
    }

    /// "arrested five and then released them": those of the pronoun behind the verb's preposition.
    fn freed_ones(&self, harm: &Harm<'_, '_>) -> Option<Count> {
        let doc = self.scene.doc;
        let token = harm.trigger.token;
        let last = doc.turn_at(token).and_then(|t| t.tokens.last().copied()).unwrap_or(token).max(token);
        let meant = |t: usize| {
            let brings = doc.is_preposition(t) || t == last && t != token;
            let third = |r: &Reading| r.pronoun.filter(|p| p.person == 3);
            let readings = doc.readings(t).iter();
            readings.filter(|_| brings && doc.is_word(t)).find_map(third)
        };
        let pronoun = Some(harm).filter(|h| h.kind == "freed").and_then(|_| meant(last).or_else(|| meant(last + 1)))?;
        match (pronoun.number, pronoun.gender) {
            (Some(Number::Plural), _) => Some(Count::indefinite()),
            (Some(Number::Dual), _) => Some(Count::exactly(2)),
            (_, Some(Gender::Masculine)) => Some(Count::exactly(1)),
            _ => None,
        }
    }
}
