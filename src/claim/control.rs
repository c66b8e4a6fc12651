//! Who does what a noun tells: the subject of the verb that carries it ("launched a strike"), of the clause that it
//! is a circumstance of ("arrested five in raids"), or the one who claims it.

use super::Filler;
use super::event::VIOLENCE;
use super::roles::{Builder, roles};
use super::slots::slots;
use super::subject::Said;
use super::trigger::Shape;
use crate::lexicon::{Facts, Reading, Row};
use crate::morph::Category;
use crate::segment::Kind;

/// How many words may stand between a noun and the verb that carries it.
const CARRIED: usize = 16;

/// How far behind a noun its relative clauses may stand.
const RELATIVE: usize = 20;

/// What the subject of a light verb is to the event that it carries.
fn lends(row: &Row) -> &str {
    row.roles.as_ref().and_then(|r| r.subject.as_deref()).unwrap_or("agent")
}

/// A light verb that brings its event by this preposition.
fn takes_event(row: &Row, preposition: &str) -> bool {
    row.roles.as_ref().and_then(|r| r.prep.get(preposition)).is_some_and(|role| role == "event")
}

impl Builder<'_, '_, '_> {
    /// A light verb before the noun lends it its subject: "launched a strike", "suffered an attack".
    pub(super) fn carrier(&mut self) {
        let scene = self.scene;
        let doc = scene.doc;
        let token = self.trigger.token;
        let start = scene.clause(token).start;
        if self.is_undone() {
            return;
        }
        let governed = self.governor();
        let mut at = token;
        for _ in 0..CARRIED {
            let Some(previous) = doc.previous_word(at).filter(|p| *p >= start) else { return };
            at = scene.actor_at(previous).map_or(previous, |a| scene.mentions.actors[a].at.tokens.start);
            if !doc.may_be(at, Facts::BRINGS) {
                if doc.is_finite(at) && !doc.could_be_nominal(at) && scene.actor_at(at).is_none() {
                    return;
                }
                continue;
            }
            // "signed an agreement": the object makes the verb light.
            let object = |row: &Row| row.object_frame.iter().any(|(w, f)| f == "light" && doc.is_lemma(token, w));
            let with_object = doc.reading(at, |r, row| r.features.category.is_finite() && object(row));
            let carries = |r: &Reading, row: &Row| {
                let carries = matches!(row.frame.as_deref(), Some("light" | "manage")) || row.claims_responsibility;
                // "which X leads": its object is the pronoun.
                let verb = r.features.category.is_finite() && r.pronoun.is_none();
                carries && (verb || r.features.category == Category::Masdar)
            };
            if doc.reading(at, |r, row| r.features.category.is_finite() && row.has_role("ascribes")).is_some() {
                // "they ascribed the attack to X"
                self.ascribed_to(token, doc.sentence_range(token).end);
                return;
            }
            let claimed = doc.reading(at, |_, row| row.class.as_deref() == Some("responsibility")).is_some();
            let brings = |(r, row): &(&Reading, &Row)| {
                r.features.category == Category::Masdar
                    || row.claims_responsibility
                    || governed.as_ref().is_none_or(|p| takes_event(row, p))
            };
            let carried = doc.reading(at, carries).filter(brings);
            let Some((reading, row)) = with_object.or(carried) else {
                if claimed {
                    let claimant = self.subject_of(at, None);
                    self.roles.agent = self.roles.agent.take().or(claimant);
                    return;
                }
                if doc.is_finite(at) && !doc.could_be_nominal(at) && scene.actor_at(at).is_none() {
                    return;
                }
                continue;
            };
            let masdar = reading.features.category == Category::Masdar;
            if masdar && !(at + 1..token).all(|t| !doc.is_preposition(t)) {
                continue;
            }
            match lends(row) {
                "agent" | "source" if self.roles.agent.is_none() => {
                    let own = masdar.then(|| self.genitive_of(at)).flatten();
                    self.roles.agent = own.or_else(|| self.subject_of(at, masdar.then_some(reading)));
                }
                "patient" => {
                    self.roles.undergone = true;
                    let role = if self.trigger.frame.harm.is_some() { "victims" } else { "target" };
                    let behind = slots(scene, at + 1, token, 1);
                    let front = scene.subject_in_front(scene.clauses.of(at)).filter(|_| !masdar);
                    match (behind.into_iter().find(|s| s.preposition.is_empty()), front) {
                        _ if self.roles.patient.is_some() => {}
                        (Some(slot), _) => self.fill(role, &slot),
                        (_, Some(Said::Phrase(filler))) => self.fill_with(role, filler),
                        _ => {}
                    }
                }
                "place" if !masdar => {
                    let sees = scene.subject(scene.clauses.of(at));
                    let place = sees.and_then(|f| f.at.tokens.clone().find_map(|t| scene.whereabouts(t)));
                    self.roles.place = self.roles.place.or(place);
                }
                _ => {}
            }
            return;
        }
    }

    /// "the suppression of a march": the deed is another verbal noun's, and whoever does that does not do this.
    fn is_undone(&self) -> bool {
        let doc = self.scene.doc;
        let token = self.trigger.token;
        let deed = |t: usize| {
            !doc.readings(t).is_empty()
                && doc.readings(t).iter().all(|r| {
                    let row = doc.row(r);
                    r.features.category == Category::Masdar
                        && !matches!(row.frame.as_deref(), Some("light" | "manage" | "modal" | "fail"))
                        && !row.claims_responsibility
                        && r.pronoun.is_none()
                })
        };
        self.trigger.frame.name == "protest"
            && doc.continues_phrase(token)
            && token.checked_sub(1).is_some_and(|t| doc.is_word(t) && !doc.is_definite(t) && deed(t))
    }

    /// The preposition before the noun phrase in which the trigger stands.
    fn governor(&self) -> Option<String> {
        let doc = self.scene.doc;
        let mut at = self.trigger.token;
        loop {
            if let Some(p) = doc.clitics(at).preposition {
                return Some(doc.lexicon.fold.word(&p.to_string()));
            }
            if let Some(row) = doc.governed_by(at) {
                // "a number of strikes": the number is governed.
                let number = |t: &usize| row.has_role("partitive") && self.scene.quantity_at(*t).is_some();
                let counted = at.checked_sub(2).filter(number);
                match counted {
                    Some(number) => {
                        at = number;
                        continue;
                    }
                    None => return Some(row.folded.clone()),
                }
            }
            let previous = doc.previous_word(at)?;
            if !doc.continues_phrase(at) || !doc.is_nominal(previous) || self.scene.mention_end(previous).is_some() {
                return None;
            }
            at = previous;
        }
    }

    /// The party in the genitive of a light verbal noun: "the carrying out by X of …".
    fn genitive_of(&self, masdar: usize) -> Option<Filler> {
        let scene = self.scene;
        let next = scene.doc.next_word(masdar);
        (next < self.trigger.token).then(|| scene.actor_at(next)).flatten().map(|a| scene.actor_filler(a))
    }

    /// The subject of the clause at a token, or of one around it that agrees with the token's pronoun.
    fn subject_of(&mut self, at: usize, carrier: Option<&Reading>) -> Option<Filler> {
        let scene = self.scene;
        let clause = scene.clauses.of(at);
        let pronoun = carrier.and_then(|r| r.pronoun);
        let subject = scene.subject(clause).map(|f| self.flown_by(f)).filter(|f| self.is_agent(f));
        match pronoun {
            Some(p) => subject.filter(|f| scene.agrees_with(p, f)).or_else(|| scene.carried(clause, Some(p))),
            None => subject,
        }
        .filter(|f| self.is_agent(f) && !self.only_tells(f))
    }

    pub(super) fn is_agent(&self, filler: &Filler) -> bool {
        // "Turkish jets": they have a flag, if no owner is named.
        let flagged = || filler.at.tokens.clone().any(|t| self.scene.doc.is_demonym(t).is_some());
        filler.actor.is_some()
            || self.are_people(filler.at.tokens.clone())
            || self.is_armed(filler.at.tokens.start) && flagged()
    }

    /// The one who does what the clause tells does this too: "they arrested five in raids", "ordered to bomb".
    pub(super) fn controller(&mut self) {
        let scene = self.scene;
        let doc = scene.doc;
        let token = self.trigger.token;
        let frame = self.trigger.frame;
        // Who counts the dead did not kill them; both sides fight a battle.
        if frame.event.is_none() || frame.name == "clash" || self.is_undone() {
            return;
        }
        let clause = scene.clauses.of(token);
        let Some(verb) = scene.clauses.get(clause).and_then(|c| c.verb).filter(|v| *v < token) else { return };
        let masdar = self.trigger.shape == Shape::Masdar;
        if doc.reading(verb, |_, row| lends(row) != "agent").is_some() {
            return;
        }
        let found = match scene.trigger_at(verb) {
            Some(other) if (masdar && !self.is_answered() || self.is_means()) && !self.is_other_time() => {
                roles(scene, other).agent
            }
            Some(_) => None,
            None if masdar && self.genitive_is_object() && !self.is_other_time() => scene.subject(clause),
            None => None,
        };
        self.roles.agent = found.map(|f| self.flown_by(f)).filter(|f| self.is_agent(f) && !self.only_tells(f));
    }

    /// The verbal noun of a verb that does something to somebody: behind it stands what it is done to.
    fn genitive_is_object(&self) -> bool {
        matches!(self.role("genitive").as_str(), "target" | "patient" | "victims")
    }

    /// The first word of the noun phrase that the trigger ends.
    fn phrase_head(&self) -> usize {
        let doc = self.scene.doc;
        let mut head = self.trigger.token;
        while head > 0 && doc.continues_phrase(head) && doc.is_nominal(head - 1) {
            head -= 1;
        }
        head
    }

    /// Behind "in", "by", "during", alone or at the end of a phrase: a circumstance of what the clause tells.
    pub(super) fn is_means(&self) -> bool {
        let doc = self.scene.doc;
        if doc.phrase_at(self.trigger.token).is_some() {
            return true;
        }
        let head = self.phrase_head();
        let means = |row: &Row| ["place", "instrument", "event"].iter().any(|r| row.has_role(r));
        match doc.clitics(head).preposition {
            Some(p) => doc.lexicon.is_place_clitic(p),
            None => doc.governed_by(head).is_some_and(means),
        }
    }

    /// Behind "on", "from", "about": somebody else's deed.
    fn is_answered(&self) -> bool {
        let others =
            |row: &Row| ["patient", "source", "topic"].iter().any(|r| row.has_role(r)) && !row.has_role("event");
        self.scene.doc.governed_by(self.phrase_head()).is_some_and(others)
    }

    /// Behind "since", "because of": something else that happened.
    fn is_other_time(&self) -> bool {
        let other = |row: &Row| {
            ["since", "cause", "until"].iter().any(|r| row.has_role(r))
                || row.has_role("time") && !row.has_role("place")
        };
        self.scene.doc.governed_by(self.phrase_head()).is_some_and(other)
    }

    /// "the strikes that X launched", "the attack to which X was exposed", "the clashes that X saw", "ascribed to X": a
    /// clause that describes the noun names the doer, the target or the place.
    pub(super) fn relative_carrier(&mut self) {
        let scene = self.scene;
        let doc = scene.doc;
        let end = doc.sentence_range(self.trigger.token).end;
        let violence = |event: Option<&str>| event.is_some_and(|e| VIOLENCE.contains(&e));
        let definite = doc.is_definite(self.trigger.token) || self.trigger.reading.pronoun.is_some();
        let mut t = self.trigger.token + 1;
        let limit = end.min(t + RELATIVE);
        let own_time = scene.time_at(self.trigger.token);
        let mut related = false;
        while t < limit {
            if let Some(time) = scene.time_at(t).filter(|n| Some(*n) != own_time) {
                t = scene.mentions.times[time].tokens.end.max(t + 1);
                continue;
            }
            if doc.is_particle(t, "comp") || matches!(doc.kind(t), Some(Kind::Clause | Kind::Colon | Kind::End)) {
                return;
            }
            if doc.is_particle(t, "rel") && scene.mention_end(t).is_none() {
                // What is definite is described with a relative pronoun, what is not without.
                let own = t == self.trigger.token + 1 || definite && self.is_described_at(t);
                if !own && doc.kind(t - 1) != Some(Kind::Comma) && doc.clitics(t).conjunction.is_none() {
                    return;
                }
                related = true;
                t += 1;
                continue;
            }
            // Another deed nearer by: what follows describes that.
            let other = |x: &super::trigger::Trigger<'_>| x.shape.is_noun() && violence(x.frame.event.as_deref());
            if !related && scene.trigger_at(t).is_some_and(other) && scene.doc.governed_by(t).is_some() {
                return;
            }
            let ascribed = |r: &Reading, row: &Row| {
                row.has_role("ascribes") && (r.pronoun.is_some() || r.features.category.is_finite())
            };
            if doc.reading(t, ascribed).is_some() {
                self.ascribed_to(t, end);
                return;
            }
            if scene.mention_end(t).is_some() {
                t += 1;
                continue;
            }
            let light = |r: &Reading, row: &Row| {
                r.features.category.is_finite() && (row.frame.as_deref() == Some("light") || row.claims_responsibility)
            };
            let takes_up = scene.takes_up(t);
            let carrier = doc.reading(t, light);
            if let Some((_, row)) = carrier.filter(|_| takes_up) {
                self.lent_by(t, row);
                return;
            }
            if !doc.is_finite(t) || doc.is_function_word(t) || carrier.is_some() {
                t += 1;
                continue;
            }
            let violent = scene.trigger_at(t).is_some_and(|x| x.frame.event.is_some() || x.frame.harm.is_some());
            let clear =
                !doc.could_be_nominal(t) && doc.reading(t, |_, r| r.frame.as_deref() == Some("result")).is_none();
            if clear && !violent && !related {
                return;
            }
            t += 1;
        }
    }

    /// Whether the relative pronoun agrees with the trigger and no other noun stands nearer.
    fn is_described_at(&self, relative: usize) -> bool {
        let scene = self.scene;
        let clause = scene.clauses.of(relative);
        scene.described_noun(clause).is_some_and(|f| f.at.tokens.contains(&self.trigger.token))
    }

    /// What the light verb of a relative clause lends: its subject is doer, target or place.
    fn lent_by(&mut self, verb: usize, row: &Row) {
        let scene = self.scene;
        match lends(row) {
            "agent" | "source" if self.roles.agent.is_none() => {
                // "which somebody of whom it is thought …": a clause is the subject.
                let said = scene.doc.is_finite(verb + 2);
                let around = || scene.subject_around(scene.clauses.of(verb)).filter(|f| !said && self.is_agent(f));
                let bare = |t: &usize| !scene.doc.is_preposition(*t) && scene.doc.clitics(*t).preposition.is_none();
                let near = (verb + 1..verb + 5).take_while(bare);
                let named = || near.into_iter().find_map(|t| scene.actor_at(t)).map(|a| scene.actor_filler(a));
                if let Some(doer) = scene.subject_behind(verb).or_else(around).or_else(named) {
                    self.fill_with("agent", doer);
                }
            }
            "patient" => {
                let limit = scene.doc.sentence_range(verb).end;
                let behind = slots(scene, verb + 1, limit, 3);
                if let Some(slot) = behind.iter().find(|s| s.preposition.is_empty()) {
                    self.fill("target", slot);
                }
            }
            "place" => {
                let end = scene.doc.sentence_range(verb).end.min(verb + 4);
                let place = (verb + 1..end).find_map(|t| scene.whereabouts(t));
                self.roles.place = self.roles.place.or(place);
            }
            _ => {}
        }
    }

    /// "was ascribed to X": X did it.
    fn ascribed_to(&mut self, verb: usize, end: usize) {
        let scene = self.scene;
        let doc = scene.doc;
        if self.roles.agent.is_some() {
            return;
        }
        let goal = |t: &usize| doc.governed_by(*t).is_some_and(|row| row.has_role("goal"));
        let found = (verb + 1..end.min(verb + 6)).filter(goal).find_map(|t| scene.actor_at(t));
        self.roles.agent = found.map(|a| scene.actor_filler(a));
    }

    /// What the verb behind the noun tells about it: "the raid that hit a school", "clashes broke out between A and B".
    pub(super) fn told_behind(&mut self) {
        let scene = self.scene;
        let doc = scene.doc;
        let end = doc.sentence_range(self.trigger.token).end;
        let violence = |event: Option<&str>| event.is_some_and(|e| VIOLENCE.contains(&e));
        let mut t = self.trigger.token + 1;
        let limit = end.min(t + CARRIED + 2);
        while t < limit {
            if let Some(time) = scene.time_at(t) {
                t = scene.mentions.times[time].tokens.end.max(t + 1);
                continue;
            }
            match doc.kind(t) {
                Some(Kind::Comma) if !doc.is_particle(t + 1, "rel") => return,
                Some(Kind::Clause | Kind::Colon | Kind::End) => return,
                Some(Kind::Word) => {}
                _ => {
                    t += 1;
                    continue;
                }
            }
            if doc.is_particle(t, "comp") || doc.is_particle(t, "conj") {
                return;
            }
            let verb = doc.is_finite(t) && scene.mention_end(t).is_none() && !doc.is_function_word(t);
            if !verb {
                if doc.clitics(t).conjunction.is_some() {
                    return;
                }
                t += 1;
                continue;
            }
            if doc.clitics(t).conjunction.is_some() {
                return;
            }
            let strikes = |r: &Reading, row: &Row| {
                let frame = row.frame.as_deref().and_then(|f| doc.lexicon.frames.get(f));
                r.features.category.is_finite() && violence(frame.and_then(|f| f.event.as_deref()))
            };
            let hits = violence(self.trigger.frame.event.as_deref()) && doc.reading(t, strikes).is_some();
            let lent =
                |row: &Row| row.frame.as_deref() == Some("light") || row.subject_frame.contains_key("@artillery");
            let light = doc.reading(t, |_, row| lent(row));
            if hits {
                let behind = slots(scene, t + 1, end, 3);
                // "the shells that X fired": X is behind.
                let fired = doc.finite(t).is_some_and(|(r, _)| r.pronoun.is_some());
                if let Some(slot) = behind.iter().find(|s| s.preposition.is_empty()) {
                    match fired {
                        true => self.fill("agent", slot),
                        false if self.roles.patient.is_none() => self.fill("target", slot),
                        false => {}
                    }
                }
                return;
            }
            let Some((reading, row)) = light else {
                // "a car that a suicide attacker drove": about another noun.
                if doc.readings(t).iter().any(|r| r.pronoun.is_some()) {
                    t += 2;
                    continue;
                }
                return;
            };
            let lent = lends(row) == "event"
                || row.subject_frame.contains_key("@artillery")
                || reading.pronoun.is_some()
                || doc.is_particle(t - 1, "rel");
            let done =
                doc.readings(t + 1).iter().any(|r| r.features.category == Category::Masdar && r.pronoun.is_some());
            if lent || done {
                let behind = slots(scene, t + 1 + usize::from(done), end, 5);
                self.prepositions(&behind);
            }
            return;
        }
    }
}
