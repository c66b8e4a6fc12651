//! Whom a verb of saying or wanting charges with a deed: accused of it, called upon, forced to it; whoever admits it, agrees to
//! it or announces it.

use super::Filler;
use super::attribution::Attribution;
use super::roles::Builder;
use super::slots::{Slot, slots};
use super::trigger::Shape;
use crate::lexicon::{Reading, Row};

/// How far before a joined verbal noun the first may stand.
const DEEDS: usize = 16;

impl Builder<'_, '_, '_> {
    /// "held X responsible for": X, and nobody where the clause does not say whom.
    pub(super) fn accused(&self, at: usize) -> Option<Option<Filler>> {
        let scene = self.scene;
        let clause = scene.clauses.of(at);
        let verb = scene.clauses.get(clause)?.verb.filter(|v| *v < at)?;
        scene.doc.reading(verb, |r, row| r.features.category.is_finite() && row.cue.as_deref() == Some("accuse"))?;
        let somebody = |s: &Slot| s.preposition.is_empty() && scene.names_somebody(s);
        // Whoever accuses is named behind the verb already.
        let accuser = scene.attributions.iter().find(|a| a.cue.tokens.contains(&verb)).map(|a| a.source.at.tokens.end);
        if let Some(end) = accuser.filter(|end| *end > verb + 1 && *end < at) {
            let object = slots(scene, end, at, 2).into_iter().find(somebody);
            return Some(object.map(|s| scene.filler_of(s.tokens)));
        }
        let behind: Vec<_> = slots(scene, verb + 1, at, 4).into_iter().filter(somebody).collect();
        let object = behind.get(usize::from(scene.subject_in_front(clause).is_none()));
        Some(object.map(|s| scene.filler_of(s.tokens.clone())))
    }

    /// "admitted the withdrawal": what nobody else is said to have done is denied or admitted by whoever did it.
    pub(super) fn is_owned_up(&self, verb: usize) -> bool {
        let own = |row: &Row| matches!(row.cue.as_deref(), Some("deny" | "admit"));
        let says = self.scene.doc.reading(verb, |r, row| r.features.category.is_finite() && own(row)).is_some();
        let known = self.trigger.reading.clitics.article || self.is_content_of(verb);
        says && known && self.role("subject") == "agent"
    }

    /// "admitted blowing up", "agreed to withdraw": the deed that the verb's own preposition brings.
    pub(super) fn is_content_of(&self, verb: usize) -> bool {
        let Some(governor) = self.governor().filter(|_| self.phrase_head() == self.trigger.token) else { return false };
        let brings = |row: &Row| {
            let role = row.roles.as_ref().and_then(|r| r.prep.get(&governor));
            role.is_some_and(|role| matches!(role.as_str(), "content" | "event"))
        };
        self.scene.doc.reading(verb, |r, row| r.features.category.is_finite() && brings(row)).is_some()
    }

    /// What somebody condemns, or speaks of as what is known.
    pub(super) fn is_judged(&self, verb: usize) -> bool {
        let known = self.trigger.reading.clitics.article;
        let own = |row: &Row| match row.cue.as_deref() {
            None | Some("deny" | "admit") => true,
            Some("announce" | "confirm" | "claim") => !known,
            Some(_) => false,
        };
        let says = |row: &Row| !own(row);
        let mut verbs = self.scene.doc.readings(verb).iter().filter(|r| r.features.category.is_finite());
        verbs.any(|r| says(self.scene.doc.row(r)))
    }

    /// "X announced the capture of": a force that announces a deed, with the verbal noun right behind, has done it.
    pub(super) fn announced(&self) -> Option<Filler> {
        let scene = self.scene;
        let first = self.first_of_deeds();
        let begins = |a: &&Attribution| a.content.as_ref().is_some_and(|c| c.start == first);
        let told = scene.attributions.iter().find(begins)?;
        let own = told.cue_class == "announce" || told.cue_class == "confirm";
        if !own {
            return None;
        }
        let force = |f: &Filler| f.actor.is_some_and(|a| scene.mentions.actors[a].is_force());
        let spokesman = |_: &Reading, row: &Row| row.source_kind.as_deref() == Some("spokesperson");
        let speaks = scene.doc.reading(told.source.at.tokens.start, spokesman).is_some();
        // "the spokesman for the forces of X announced the capture of": the forces took it.
        let party = || {
            let named = told.source.at.tokens.clone().filter_map(|t| scene.actor_at(t)).map(|a| scene.actor_filler(a));
            named.filter(|_| speaks).find(|f| force(f))
        };
        let done = ["attack", "airstrike", "shelling", "capture", "advance", "arrest", "destruction"];
        let deed = self.role("subject") == "agent"
            && self.trigger.frame.event.as_deref().is_some_and(|event| done.contains(&event));
        let source = if speaks { party() } else { Some(told.source.clone()).filter(force) };
        source.filter(|_| deed)
    }

    /// "the capture of X, the arrest of Y and the destruction of Z": the first of the verbal nouns that "and" joins.
    fn first_of_deeds(&self) -> usize {
        let scene = self.scene;
        let doc = scene.doc;
        let token = self.trigger.token;
        let clitics = self.trigger.reading.clitics;
        if clitics.conjunction.is_none() || clitics.preposition.is_some() {
            return token;
        }
        let ends = |t: &usize| !doc.is_word(*t) || doc.is_finite(*t) && !doc.could_be_nominal(*t);
        let bare = |t: usize| doc.clitics(t).conjunction.is_none() && doc.clitics(t).preposition.is_none();
        let deed = |t: &usize| bare(*t) && scene.trigger_at(*t).is_some_and(|x| x.shape == Shape::Masdar);
        let near = (token.saturating_sub(DEEDS)..token).rev().take_while(|t| !ends(t));
        near.into_iter().find(deed).unwrap_or(token)
    }

    /// "called on X to", "forced X into": whom the verb wants to do it; nobody, if it does not say whom.
    pub(super) fn charged(&self, verb: usize) -> Option<Option<Filler>> {
        self.charged_with(verb, &self.governor()?)
    }

    /// The same of what another preposition brings.
    pub(super) fn charged_with(&self, verb: usize, governor: &str) -> Option<Option<Filler>> {
        let scene = self.scene;
        let doc = scene.doc;
        let charges = |r: &Reading, row: &Row| {
            let roles = row.roles.as_ref();
            let brings = |r: &crate::lexicon::Roles| {
                matches!(r.prep.get(governor).map(String::as_str), Some("event" | "effect" | "content"))
            };
            r.features.category.is_finite() && roles.is_some_and(|r| r.object.as_deref() == Some("agent") && brings(r))
        };
        let (reading, row) = doc.reading(verb, charges)?;
        let somebody = |s: &Slot| s.preposition.is_empty() && scene.names_somebody(s);
        let clause = scene.clauses.of(verb);
        if doc.finite(verb).is_some_and(|(r, _)| r.pronoun.is_some()) {
            // "those whom the raids forced to"
            let relative = scene.clauses.get(clause).is_some_and(|c| c.link == super::clause::Link::Relative);
            let described = relative.then(|| scene.described_noun(clause)).flatten();
            // "X denied it, but the group accuses it of": X.
            let pronoun = doc.finite(verb).and_then(|(r, _)| r.pronoun).filter(|p| !relative && p.person == 3);
            let meant = || pronoun.and_then(|p| scene.carried(clause, Some(p)));
            return Some(described.or_else(meant).filter(|f| self.is_agent(f)));
        }
        let subject = scene.subject_in_front(clause).is_some();
        // Whoever accuses may be a paper, and nobody: he is named already.
        let accuser = scene.attributions.iter().find(|a| a.cue.tokens.contains(&verb)).map(|a| &a.source.at.tokens);
        let accuser = accuser.filter(|s| s.start > verb);
        let accuses = |s: &Slot| accuser.is_some_and(|a| a.contains(&s.tokens.start));
        let behind = slots(scene, verb + 1, self.trigger.token, 4);
        // "the raids forced X to", "…, which forced X to": what happened is subject.
        let happened = behind.first().is_some_and(|s| s.preposition.is_empty() && self.is_event(s))
            || scene.clauses.get(clause).is_some_and(|c| c.link == super::clause::Link::Result);
        let behind: Vec<_> = behind.into_iter().filter(|s| somebody(s) && !accuses(s)).collect();
        let goes_on =
            doc.clitics(verb).conjunction.is_some() && behind.len() == 1 && verb > doc.sentence_range(verb).start;
        let subject = subject || happened || goes_on || accuser.is_some();
        // A verb that shows several has its subject before it, or elsewhere.
        let several = reading.features.is_several();
        let subject = subject || several;
        let object = behind.get(usize::from(!subject)).or(behind.last().filter(|_| subject));
        let own = row.roles.as_ref().is_some_and(|r| r.subject.as_deref() == Some("agent"));
        let ordered = || scene.subject(clause).filter(|f| own && self.is_agent(f));
        Some(object.map(|s| scene.filler_of(s.tokens.clone())).or_else(ordered))
    }
}
