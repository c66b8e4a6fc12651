//! What the clauses behind a noun tell of it: the raid that hit a school, the attack that X carried out, the clashes that
//! the town saw.

use super::arms::is_munition;
use super::control::lends;
use super::event::VIOLENCE;
use super::phrase::phrase_end;
use super::roles::{Builder, Roles};
use super::slots::{Slot, is_goal, slots};
use super::sure::first_word;
use super::told::{has_own_doer, is_brought_definite};
use super::trigger::Shape;
use crate::lexicon::{Reading, Row};
use crate::morph::Category;
use crate::segment::Kind;

/// How far behind a noun its relative clauses may stand.
const RELATIVE: usize = 20;

/// How far behind a noun the verb may stand that tells of it.
const TOLD: usize = 18;

/// How far behind an attack its aim may stand.
const PURPOSE: usize = 10;

/// How far behind "they ascribed" the party may stand.
const ASCRIBED: usize = 12;

/// How far behind the word for an attempt what is tried may stand.
const ATTEMPT: usize = 12;

impl Builder<'_, '_, '_> {
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
                let tokens = &scene.mentions.times[time].tokens;
                // "since the attack": what follows tells of that.
                if tokens.clone().any(|t| scene.trigger_at(t).is_some_and(|x| violence(x.frame.event.as_deref()))) {
                    return;
                }
                t = tokens.end.max(t + 1);
                continue;
            }
            if let Some(doer) = self.blamed(t, end).or_else(|| self.its_culprit(t, end)) {
                self.roles.agent = Some(doer);
                return;
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
            // "the attack that X plans to carry out"
            if let Some(doer) = self.planned_by(t, end) {
                self.roles.agent = Some(doer);
                return;
            }
            // "belonging to them" is written like "he followed".
            if scene.mention_end(t).is_some() || doc.is_preposition(t) {
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
            // "mines that X left behind": X set them off.
            let own = |row: &Row| {
                let noun = |w: &String| (self.trigger.token..t).any(|n| doc.is_lemma(n, w));
                row.object_frame.iter().any(|(w, f)| f == "light" && noun(w))
            };
            let left = doc.reading(t, |r, row| r.features.category.is_finite() && r.pronoun.is_some() && own(row));
            if left.is_some() {
                if let Some(doer) = scene.subject_behind(t).filter(|_| self.roles.agent.is_none()) {
                    self.fill_with("agent", doer);
                }
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
                // "which unknown men carried out": its own subject, though no list knows it.
                let own = scene.doc.is_nominal(verb + 1) && bare(&(verb + 1)) && scene.time_at(verb + 1).is_none();
                let near = (verb + 1..verb + 5).take_while(bare);
                let named = || near.into_iter().find_map(|t| scene.actor_at(t)).map(|a| scene.actor_filler(a));
                // "which some carried out of whom it is thought that they are extremists"
                let thought = || {
                    let that = |t: &usize| {
                        scene.doc.is_particle(*t, "comp") && scene.doc.readings(*t).iter().any(|r| r.pronoun.is_some())
                    };
                    let at = (verb + 1..verb + 6).find(that).filter(|_| said)? + 1;
                    let end = scene.doc.sentence_range(verb).end;
                    let tokens = at..phrase_end(scene, at, end);
                    (at < end && scene.is_somebody(at)).then(|| scene.filler_of(tokens))
                };
                let behind = scene.subject_behind(verb).filter(|_| !said);
                if let Some(doer) = behind.or_else(thought).or_else(|| around().filter(|_| !own)).or_else(named) {
                    self.fill_with("agent", doer);
                }
                self.aimed_behind(verb);
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

    /// "which men who belong to X launched on a post": the target behind all that is said of the doer.
    fn aimed_behind(&mut self, verb: usize) {
        let scene = self.scene;
        let doc = scene.doc;
        if self.roles.patient.is_some() {
            return;
        }
        let end = doc.sentence_range(verb).end;
        let over = |t: &usize| {
            let told = scene.trigger_at(*t).is_some_and(|x| x.frame.event.is_some() || x.frame.harm.is_some());
            told || matches!(doc.kind(*t), Some(Kind::Clause | Kind::Colon | Kind::End))
                || doc.clitics(*t).conjunction.is_some() && doc.is_finite(*t)
        };
        let aims = |t: &usize| {
            let role = doc.particle(*t, "prep").and_then(|row| self.prep_role(&row.folded));
            role.is_some_and(|role| matches!(role.as_str(), "target" | "patient"))
        };
        let at = (verb + 1..end.min(verb + TOLD)).take_while(|t| !over(t)).find(aims);
        if let Some(slot) = at.and_then(|t| slots(scene, t, end, 1).into_iter().next()) {
            self.fill("target", &slot);
        }
    }

    /// "an attack to retake X from Y", "a campaign to arrest Y": against whom it is says what it is for.
    pub(super) fn aimed_by_purpose(&mut self) {
        let scene = self.scene;
        let doc = scene.doc;
        let token = self.trigger.token;
        if self.trigger.frame.name != "attack" || self.roles.patient.is_some() {
            return;
        }
        let goes_on = |t: &usize| {
            doc.continues_phrase(*t) || doc.is_absorbed(*t) || doc.is_preposition(*t) || scene.time_at(*t).is_some()
        };
        let Some(next) = (token + 1..token + PURPOSE).find(|t| !goes_on(t) || self.is_for(*t)) else { return };
        let aims = ["attack", "capture", "arrest", "retreat"];
        let Some(aim) = scene.trigger_at(next).filter(|t| t.shape == Shape::Masdar && self.is_for(next)) else {
            return;
        };
        if aim.frame.name == "pursue" || aim.frame.event.as_deref().is_some_and(|e| aims.contains(&e)) {
            let mut inner = Builder { scene, trigger: aim, roles: Roles::default() };
            let found = slots(scene, next + 1, doc.sentence_range(next).end, 4);
            if let Some(slot) = found.first().filter(|s| s.preposition.is_empty()) {
                let role = inner.role("genitive");
                inner.fill(&role, slot);
            }
            inner.prepositions(&found);
            self.roles.patient = inner.roles.patient;
            // "an attack to retake X from Y": Y does not attack.
            let aimed = self.roles.patient.as_ref().map(|f| f.at.tokens.clone());
            self.roles.agent = self.roles.agent.take().filter(|f| Some(&f.at.tokens) != aimed.as_ref());
        }
    }

    /// Behind what says what something is done for.
    fn is_for(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let glued =
            || doc.clitics(token).preposition.is_some_and(|p| doc.lexicon.is_subjunctive(doc.lexicon.preposition(p)));
        doc.governed_by(token).map_or_else(glued, |row| row.has_role("purpose"))
    }

    /// "was ascribed to X": X did it.
    pub(super) fn ascribed_to(&mut self, verb: usize, end: usize) {
        let scene = self.scene;
        if self.roles.agent.is_some() {
            return;
        }
        let goal = |t: &usize| is_goal(self.scene, *t);
        // "to the rebels of X": X.
        let party = |t: usize| (t..phrase_end(scene, t, end)).find_map(|t| scene.actor_at(t));
        let found = (verb + 1..end.min(verb + ASCRIBED)).filter(goal).find_map(party);
        self.roles.agent = found.map(|a| scene.actor_filler(a));
    }

    /// "the raids of X hit a base", with the verb before them: X flew them, and what stands behind is hit.
    pub(super) fn told_before(&mut self, found: &[Slot]) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        let token = self.trigger.token;
        let hits = |r: &Reading, row: &Row| {
            r.features.category.is_finite()
                && r.pronoun.is_none()
                && row.subject_frame.get("@event").is_some_and(|f| f == "light")
        };
        let clitics = self.trigger.reading.clitics;
        let subject =
            clitics.preposition.is_none() && clitics.conjunction.is_none() && self.trigger.frame.harm.is_none();
        let head = first_word(scene, token);
        if !head.checked_sub(1).is_some_and(|v| subject && doc.reading(v, hits).is_some()) {
            return false;
        }
        let bare = |s: &&Slot| s.preposition.is_empty() && !s.joined && !self.qualifies(s);
        let mut objects = found.iter().filter(bare);
        // "a bomb hit the head of the police": a bomb is nobody's by what it hits.
        let bomb = self.trigger.row.class.as_deref() == Some("bomb");
        let flies = |s: &&Slot| !bomb && scene.actor_at(s.tokens.start).is_some() && s.tokens.start <= token + 2;
        let first = objects.next();
        let (doer, hit) = match first.filter(flies) {
            Some(doer) => (Some(doer), objects.next()),
            None => (found.first().filter(|s| self.is_owned_by(s.tokens.start)), first),
        };
        let idle = |x: &super::trigger::Trigger<'_>| is_munition(x.row);
        let between = |s: &&Slot| (token + 1..s.tokens.start).all(|t| scene.trigger_at(t).is_none_or(idle));
        let Some(hit) = hit.filter(between).cloned() else { return false };
        if let Some(doer) = doer.cloned() {
            self.fill("agent", &doer);
        }
        self.nationality();
        self.fill("target", &hit);
        for slot in found {
            if slot.tokens.start > hit.tokens.start && self.is_locative(slot) {
                self.fill("place", slot);
            }
        }
        true
    }

    /// What the verb behind the noun tells about it: "the raid that hit a school", "clashes broke out between A and B".
    pub(super) fn told_behind(&mut self) {
        let scene = self.scene;
        let doc = scene.doc;
        let end = doc.sentence_range(self.trigger.token).end;
        let violence = |event: Option<&str>| event.is_some_and(|e| VIOLENCE.contains(&e));
        let mut t = self.trigger.token + 1;
        let limit = end.min(t + TOLD);
        let brought = is_brought_definite(scene, self.trigger.token);
        let mut related = false;
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
            // "an advance with the support of the aircraft that go on …": what is indefinite has no relative pronoun.
            if doc.is_particle(t, "rel") && !self.is_made_definite() {
                return;
            }
            related |= doc.is_particle(t, "rel");
            let verb = doc.is_finite(t) && scene.mention_end(t).is_none() && !doc.is_function_word(t);
            if verb && brought && !related {
                return;
            }
            if !verb {
                // "came after an ambush that hit X": that is told of the ambush.
                let other = |x: &super::trigger::Trigger<'_>| {
                    x.shape.is_noun() && !is_munition(x.row) && violence(x.frame.event.as_deref())
                };
                let apart =
                    doc.governed_by(t).is_some() && !doc.is_definite(t) && scene.trigger_at(t).is_some_and(other);
                if doc.clitics(t).conjunction.is_some() || apart && !related {
                    return;
                }
                t += 1;
                continue;
            }
            if doc.clitics(t).conjunction.is_some() {
                return;
            }
            // "the raids that followed hit X": past what describes the noun.
            let clauses = &scene.clauses;
            let (here, there) = (clauses.of(self.trigger.token), clauses.of(t));
            let aside = here != there && clauses.holds(here, there);
            let told = scene.trigger_at(t).is_some() || doc.reading(t, |_, row| row.has_role("targets")).is_some();
            let goes_on = (t + 1..limit).find(|n| clauses.of(*n) == here).filter(|n| doc.is_finite(*n));
            if let Some(next) =
                goes_on.filter(|_| aside && !told && doc.readings(t).iter().all(|r| r.pronoun.is_none()))
            {
                t = next;
                continue;
            }
            let strikes = |r: &Reading, row: &Row| {
                let frame = row.frame.as_deref().and_then(|f| doc.lexicon.frames.get(f));
                r.features.category.is_finite() && violence(frame.and_then(|f| f.event.as_deref()))
            };
            let hits = violence(self.trigger.frame.event.as_deref()) && doc.reading(t, strikes).is_some();
            // "after the attack the army shelled the town": what the army did.
            if hits && has_own_doer(scene, t) {
                return;
            }
            let lent =
                |row: &Row| row.frame.as_deref() == Some("light") || row.subject_frame.contains_key("@artillery");
            let light = doc.reading(t, |_, row| lent(row));
            if hits {
                let behind = slots(scene, t + 1, end, 3);
                // "the shells that X fired": X is behind.
                let fired = doc.finite(t).is_some_and(|(r, _)| r.pronoun.is_some());
                // "raids, one of which hit a school"
                let one_of = |s: &Slot| doc.is_particle(s.tokens.start, "subset");
                let bare = behind.iter().find(|s| s.preposition.is_empty() && !one_of(s));
                if bare.is_none() {
                    // "an attack that targeted them"
                    let them = doc.finite(t).and_then(|(r, row)| r.pronoun.filter(|_| row.has_role("targets")));
                    let meant = them.filter(|p| p.person == 3).and_then(|p| self.people_before(p, self.trigger.token));
                    self.roles.patient = self.roles.patient.take().or(meant);
                }
                // "an ambush that gunmen set for a patrol"
                let own = |row: &Row| {
                    row.object_frame.iter().any(|(w, f)| f == "light" && doc.is_lemma(self.trigger.token, w))
                };
                let set = fired && doc.reading(t, |_, row| own(row)).is_some();
                let whom = behind.iter().find(|s| self.is_owned_by(s.tokens.start));
                if let Some(slot) = whom.filter(|_| set && self.roles.patient.is_none()) {
                    self.fill("target", slot);
                }
                if fired {
                    self.aimed_behind(t);
                }
                if let Some(slot) = bare {
                    match fired {
                        true => self.fill("agent", slot),
                        false if self.roles.patient.is_none() => self.fill("target", slot),
                        false => {}
                    }
                }
                return;
            }
            // "the blast of a car that X drove": the pronoun is the car's.
            let own = scene.phrase(self.trigger.token..self.trigger.token + 1);
            let about = |r: &Reading| r.pronoun.is_none_or(|p| scene.agrees_with(p, &own));
            let Some((reading, row)) = light.filter(|(r, _)| about(r)) else {
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
            // "a shelling that reached the town"
            let reached = row.roles.as_ref().and_then(|r| r.object.as_deref()) == Some("place");
            if reached && reading.pronoun.is_none() {
                let behind = slots(scene, t + 1, end, 1);
                if let Some(slot) = behind.iter().find(|s| s.preposition.is_empty()) {
                    self.fill("target", slot);
                }
            }
            if lent || done {
                let behind = slots(scene, t + 1 + usize::from(done), end, 5);
                self.prepositions(&behind);
            }
            return;
        }
    }

    /// By its article or pronoun, or by a definite genitive: "the raids of X".
    fn is_made_definite(&self) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        let token = self.trigger.token;
        let next = doc.next_word(token);
        let named = || scene.mention_end(next).is_some() || scene.time_at(next).is_some() || doc.is_definite(next);
        let bare = || doc.clitics(next).preposition.is_none() && !doc.is_preposition(next);
        doc.is_definite(token) || self.trigger.reading.pronoun.is_some() || bare() && named()
    }

    /// "an attempt by X to retake the town": X, named between the noun that says what may come of it and the verbal noun.
    pub(super) fn attempted(&mut self) {
        let scene = self.scene;
        let doc = scene.doc;
        let token = self.trigger.token;
        let start = scene.clause(token).start.max(token.saturating_sub(ATTEMPT));
        let masdar = self.trigger.shape == Shape::Masdar && self.role("subject") == "agent";
        let tries = |t: &usize| {
            let noun = |r: &Reading, row: &Row| row.realis.is_some() && !r.features.category.is_finite();
            doc.reading(*t, noun).is_some()
        };
        let Some(noun) = (start..token).rev().filter(|_| masdar).find(tries) else { return };
        if (noun + 1..token).any(|t| !doc.is_word(t) || doc.is_finite(t) && !doc.could_be_nominal(t)) {
            return;
        }
        let by = |s: &Slot| {
            let row = doc.governed_by(s.tokens.start);
            doc.lexicon.is_by(&s.preposition) || row.is_some_and(|row| row.has_role("partitive"))
        };
        let found = slots(scene, noun + 1, token, 3).into_iter().find(|s| by(s) && scene.names_somebody(s));
        if let Some(slot) = found.filter(|s| s.tokens.end <= token) {
            self.fill("agent", &slot);
        }
    }
}
