//! Whom a verb of saying or wanting charges with a deed: accused of it, called upon, forced to it; whoever admits it, agrees to
//! it or announces it.

use super::Filler;
use super::attribution::Attribution;
use super::charge::charged_with;
use super::control::is_attempt;
use super::roles::Builder;
use super::slots::{Slot, is_glued_pronoun, slots};
use super::trigger::Shape;
use crate::lexicon::{Reading, Row};
use crate::morph::Category;
use crate::segment::Agreement;

/// How far behind the verb that holds somebody the word may stand that says for what.
const HELD: usize = 40;

/// How far before a verbal noun the attempt may stand that brings it.
const ATTEMPT: usize = 2;

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
        let done = ["attack", "airstrike", "shelling", "capture", "advance", "arrest", "destruction", "agreement"];
        let deed = self.role("subject") == "agent"
            && self.trigger.frame.event.as_deref().is_some_and(|event| done.contains(&event));
        // "announced the blowing up of a house": no blast of another's bomb.
        let building = |_: &Reading, row: &Row| row.class.as_deref() == Some("building");
        let razed =
            || self.roles.patient.as_ref().is_some_and(|f| scene.doc.reading(f.at.tokens.start, building).is_some());
        let deed = deed || self.trigger.frame.event.as_deref() == Some("explosion") && razed();
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

    /// "called on X to", "forced X into", "allowed X to": whom the verb wants to do it; nobody, if it does not say whom.
    pub(super) fn charged(&self, verb: usize) -> Option<Option<Filler>> {
        self.charged_by(verb, self.governor().as_deref())
    }

    /// The same of what another preposition brings, or none.
    pub(super) fn charged_by(&self, verb: usize, governor: Option<&str>) -> Option<Option<Filler>> {
        let scene = self.scene;
        let doc = scene.doc;
        let charges = |r: &Reading, row: &Row| r.features.category.is_finite() && brings_deed(row, governor);
        // "managed to" is written like "enables".
        let manages =
            |r: &Reading, row: &Row| r.features.category.is_finite() && row.frame.as_deref() == Some("manage");
        let (reading, row) = doc.reading(verb, charges).filter(|_| doc.reading(verb, manages).is_none())?;
        let somebody = |s: &Slot| s.preposition.is_empty() && scene.names_somebody(s);
        let clause = scene.clauses.of(verb);
        let relative = scene.clauses.get(clause).is_some_and(|c| c.link == super::clause::Link::Relative);
        let meant = |p: Option<Agreement>| p.filter(|p| p.person == 3).and_then(|p| scene.carried(clause, Some(p)));
        if is_leave(row) {
            let to = |s: &Slot| self.brings_doer(row, s) && scene.names_somebody(s);
            let whom = slots(scene, verb + 1, self.trigger.token, 4).into_iter().find(to);
            let pronoun =
                || doc.readings(verb + 1).iter().find_map(|r| r.pronoun).filter(|_| is_glued_pronoun(scene, verb + 1));
            let them = || meant(pronoun()).filter(|f| self.is_agent(f));
            return Some(whom.map(|s| scene.filler_of(s.tokens)).or_else(them));
        }
        if let Some((verb, _)) = doc.finite(verb).filter(|(r, _)| r.pronoun.is_some()) {
            // "those whom the raids forced to"
            let described = relative.then(|| scene.described_noun(clause)).flatten();
            // "X denied it, but the group accuses it of": X.
            let pronoun = verb.pronoun.filter(|_| !relative);
            return Some(described.or_else(|| meant(pronoun)).filter(|f| self.is_agent(f)));
        }
        let subject = scene.subject_in_front(clause).is_some();
        // Whoever accuses may be a paper, and nobody: he is named already.
        let accuser = scene.attributions.iter().find(|a| a.cue.tokens.contains(&verb)).map(|a| &a.source.at.tokens);
        let accuser = accuser.filter(|s| s.start > verb && s.end < self.trigger.token);
        let behind = slots(scene, accuser.map_or(verb + 1, |a| a.end), self.trigger.token, 4);
        // "the raids forced X to", "…, which forced X to": what happened is subject.
        let happened = behind.first().is_some_and(|s| s.preposition.is_empty() && self.is_event(s))
            || scene.clauses.get(clause).is_some_and(|c| c.link == super::clause::Link::Result);
        let behind: Vec<_> = behind.into_iter().filter(somebody).collect();
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

    /// "the help for X in carrying out the attack", "the urging of X to": X, by a verbal noun that wants somebody to do it.
    pub(super) fn charged_by_noun(&self) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let token = self.trigger.token;
        let governor = self.governor()?;
        let own = |t: &usize| {
            doc.is_word(*t) && (!doc.is_finite(*t) || doc.could_be_nominal(*t) || scene.mention_end(*t).is_some())
        };
        let wants = |t: &usize| {
            let masdar = |r: &Reading, row: &Row| {
                r.features.category == Category::Masdar && r.pronoun.is_none() && brings_deed(row, Some(&governor))
            };
            doc.reading(*t, masdar).map(|(_, row)| (*t, row))
        };
        let near = (token.saturating_sub(DEEDS)..token).rev().take_while(own);
        let (noun, row) = near.into_iter().find_map(|t| wants(&t))?;
        let whom = |s: &Slot| {
            let bare = s.preposition.is_empty() && s.tokens.start <= noun + 2;
            let own = if is_leave(row) { self.brings_doer(row, s) } else { bare };
            own && scene.names_somebody(s)
        };
        slots(scene, noun + 1, token, 2).into_iter().find(whom).map(|s| scene.filler_of(s.tokens))
    }

    /// "arrested a man for his plan to carry out an attack": him whom the verb harms or holds.
    pub(super) fn held_for(&self, at: usize, carrier: &Reading) -> Option<Filler> {
        let scene = self.scene;
        let his = |t: usize| {
            let mine = |r: &Reading, row: &Row| is_attempt(r, row) && r.pronoun.is_some_and(|p| p.person == 3);
            scene.doc.reading(t, mine)?.0.pronoun
        };
        let near = (at.saturating_sub(ATTEMPT)..at).rev().take_while(|t| scene.doc.is_word(*t));
        let before = || near.into_iter().find_map(|t| Some((t, his(t)?)));
        let (word, pronoun) = carrier.pronoun.map(|p| (at, p)).or_else(before)?;
        let charged = charged_with(scene, word).flatten().filter(|f| scene.agrees_with(pronoun, f));
        let verb = scene.clauses.at(word).and_then(|c| c.verb).filter(|v| *v < word)?;
        let told = scene.trigger_at(verb)?;
        let held = told.frame.event.as_deref() == Some("arrest") || told.frame.harm.is_some();
        let near = held && word - verb <= HELD;
        let harmed = || self.people_before(pronoun, word).filter(|f| f.at.tokens.start > verb);
        let harmed = || if near { harmed() } else { None };
        charged.or_else(harmed).filter(|f| self.is_agent(f))
    }

    /// "the raids allowed X to": X is allowed to, and flew no raids.
    pub(super) fn is_given_leave(&self, slot: &Slot) -> bool {
        let scene = self.scene;
        let verb = scene.clauses.at(self.trigger.token).and_then(|c| c.verb).filter(|v| *v < self.trigger.token);
        let gives = |r: &Reading, row: &Row| r.features.category.is_finite() && self.brings_doer(row, slot);
        verb.is_some_and(|v| scene.doc.reading(v, gives).is_some())
    }

    fn brings_doer(&self, row: &Row, slot: &Slot) -> bool {
        row.roles.as_ref().is_some_and(|r| r.prep.get(&slot.preposition).is_some_and(|role| role == "agent"))
    }
}

/// A verb that says to whom it leaves a deed by a preposition: "allow", "make possible".
fn is_leave(row: &Row) -> bool {
    row.roles
        .as_ref()
        .is_some_and(|r| r.object.as_deref() != Some("agent") && r.prep.values().any(|role| role == "agent"))
}

/// A word that wants, makes or lets somebody do what this preposition brings, or what is its object.
fn brings_deed(row: &Row, governor: Option<&str>) -> bool {
    let Some(roles) = row.roles.as_ref() else { return false };
    let deed = |role: Option<&str>| matches!(role, Some("event" | "effect" | "content"));
    let object = roles.object.as_deref();
    // Whoever is helped to do something does it.
    let helped = row.frame.as_deref() == Some("support") && object.is_none();
    match governor {
        Some(p) => deed(roles.prep.get(p).map(String::as_str)) && (object == Some("agent") || helped || is_leave(row)),
        None => deed(object) && is_leave(row),
    }
}
