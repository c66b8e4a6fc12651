//! Whom a verb like "was exposed to" and "survived" is said of: what the noun behind it tells was done to him.

use super::Filler;
use super::clause::Link;
use super::roles::Builder;
use super::slots::slots;
use super::subject::Said;

impl Builder<'_, '_, '_> {
    /// The subject of the verb, or of the verbal noun, that carries the trigger.
    pub(super) fn undergone(&mut self, carrier: usize, masdar: bool) {
        let scene = self.scene;
        self.roles.undergone = true;
        let role = match self.role("object").as_str() {
            // Who survives an attempt on his life is no casualty; who is abducted is both.
            "patient" if self.trigger.frame.event.is_some() => "patient",
            _ if self.trigger.frame.harm.is_some() => "victims",
            _ => "target",
        };
        if self.roles.patient.is_some() {
            return;
        }
        let behind = slots(scene, carrier + 1, self.trigger.token, 1).into_iter().find(|s| s.preposition.is_empty());
        let front = scene.subject_in_front(scene.clauses.of(carrier)).filter(|_| !masdar);
        match (behind, front) {
            (Some(slot), _) => self.fill(role, &slot),
            (_, Some(Said::Phrase(filler, _))) => self.fill_with(role, filler),
            _ if masdar => {}
            _ => {
                if let Some(filler) = self.undergoer_elsewhere(carrier) {
                    self.fill_with(role, filler);
                }
            }
        }
    }

    /// "I was exposed to": the speaker; "and they are exposed to": those of whom the clause around tells.
    fn undergoer_elsewhere(&self, verb: usize) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let that = verb.checked_sub(1).filter(|t| doc.is_particle(*t, "comp"));
        let first = that.is_some_and(|t| doc.readings(t).iter().any(|r| r.pronoun.is_some_and(|p| p.person == 1)));
        if first || doc.finite(verb).is_some_and(|(r, _)| r.features.agreement.person == 1) {
            return scene.source_of(verb).map(|a| scene.attributions[a].source.clone());
        }
        let clause = scene.clauses.of(verb);
        let around = match scene.clauses.get(clause).map(|c| c.link) {
            // "the town, which is exposed to": what the clause describes, and nobody around.
            Some(Link::Relative) => return scene.described_noun(clause),
            _ => scene.subject_around(clause),
        };
        around.filter(|f| !self.only_tells(f) && scene.is_somebody(f.at.tokens.start))
    }
}
