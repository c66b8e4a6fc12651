//! Who does what a noun tells: the subject of the verb that carries it ("launched a strike"), of the clause that it
//! is a circumstance of ("arrested five in raids"), or the one who claims it.

use super::circumstance::is_paid_back;
use super::nominal::stands_as_noun;
use super::phrase::phrase_end;
use super::roles::{Builder, roles};
use super::slots::{Slot, slots};
use super::trigger::{Shape, Trigger};
use super::{Filler, Scene};
use crate::lexicon::{Facts, Reading, Row};
use crate::morph::{Category, Voice};
use crate::segment::Letter;

/// How many words may stand between a noun and the verb that carries it.
const CARRIED: usize = 16;

/// What the subject of a light verb is to the event that it carries.
pub(super) fn lends(row: &Row) -> &str {
    row.roles.as_ref().and_then(|r| r.subject.as_deref()).unwrap_or("agent")
}

/// A light verb that brings its event by this preposition.
pub(super) fn takes_event(row: &Row, preposition: &str) -> bool {
    row.roles.as_ref().and_then(|r| r.prep.get(preposition)).is_some_and(|role| role == "event")
}

impl Builder<'_, '_, '_> {
    /// A light verb before the noun lends it its subject: "launched a strike", "suffered an attack".
    pub(super) fn carrier(&mut self) {
        let scene = self.scene;
        let doc = scene.doc;
        let token = self.trigger.token;
        let start = scene.clause(token).start;
        if self.is_undone() || self.is_complement() {
            return;
        }
        let governed = self.governor();
        let mut at = token;
        for _ in 0..CARRIED {
            let Some(previous) = doc.previous_word(at).filter(|p| *p >= start) else { return };
            // A party's name may begin with a verbal noun: "the organization".
            if let Some(party) = scene.actor_at(previous) {
                at = scene.mentions.actors[party].at.tokens.start;
                continue;
            }
            at = previous;
            // "those who carried out the attack": whoever they are.
            if at + 1 == token && self.is_doer_of(at) {
                self.roles.agent = self.roles.agent.take().or_else(|| self.culprit(at));
                self.roles.undergone = true;
                return;
            }
            // "managed to repel an attack": whoever repels it has not done it.
            let repels = |r: &Reading, row: &Row| {
                let against =
                    matches!(row.frame.as_deref(), Some("repel" | "stand_up" | "prevent")) && lends(row) != "patient";
                r.features.category == Category::Masdar && against
            };
            if doc.reading(at, repels).is_some() {
                return;
            }
            if !doc.may_be(at, Facts::BRINGS) {
                let verb = doc.is_finite(at) && !doc.could_be_nominal(at) && scene.place_at(at).is_none();
                if verb && !(governed.is_some() && self.sets_aside(at)) {
                    return;
                }
                continue;
            }
            // "signed an agreement": the object makes the verb light.
            let object = |row: &Row| row.object_frame.iter().any(|(w, f)| f == "light" && doc.is_lemma(token, w));
            // "the launching by X of a campaign": its doer stands next to it; "by means of opening a breach": of the clause.
            let nominal = stands_as_noun(scene, at);
            let before = doc.governed_by(at);
            let means = before.is_some_and(|row| row.has_role("instrument"));
            let done = |r: &Reading| {
                r.features.category.is_finite() && !nominal
                    || r.features.category == Category::Masdar && (means || self.genitive_of(at).is_some())
            };
            let with_object = doc.reading(at, |r, row| done(r) && object(row));
            let carries = |r: &Reading, row: &Row| {
                // "the attempt of X to …", "his plan to …"
                let his = || r.pronoun.is_some_and(|p| p.person == 3);
                let tries = is_attempt(r, row) && (his() || self.genitive_of(at).is_some());
                // "survived an attack"
                let escapes = row.frame.as_deref() == Some("prevent")
                    && lends(row) == "patient"
                    && governed.as_ref().is_some_and(|p| takes_event(row, p));
                let light = matches!(row.frame.as_deref(), Some("light" | "manage"));
                let carries = tries || light || escapes || row.claims_responsibility;
                // "which X leads": its object is the pronoun.
                let verb = r.features.category.is_finite() && r.pronoun.is_none() && !nominal;
                // "those taking part in the march".
                let takes_part = r.features.category == Category::ActiveParticiple
                    && r.features.is_plural()
                    && governed.as_ref().is_some_and(|p| takes_event(row, p));
                carries && (verb || takes_part || r.features.category == Category::Masdar)
            };
            if doc.reading(at, |r, row| r.features.category.is_finite() && row.has_role("ascribes")).is_some() {
                // "they ascribed the attack to X"
                self.ascribed_to(token, doc.sentence_range(token).end);
                return;
            }
            let burden = |t: usize| doc.reading(t, |_, row| row.class.as_deref() == Some("responsibility")).is_some();
            let claimed = burden(at);
            let brings = |(r, row): &(&Reading, &Row)| {
                let masdar = r.features.category == Category::Masdar;
                let between = if masdar { self.governor_behind(at) } else { governed.clone() };
                let owned = |p: &String| {
                    masdar && Letter::of(p).is_some_and(|l| p.chars().nth(1).is_none() && doc.lexicon.is_possessive(l))
                };
                // "stands behind the attack", and not "the halt of the attack"
                let bare = || !row.has_role("by_preposition");
                row.claims_responsibility || between.map_or_else(bare, |p| owned(&p) || takes_event(row, &p))
            };
            let carried = doc.reading(at, carries).filter(brings);
            // "launched a campaign days after an attack": the object is another.
            let other = |t: usize| governed.is_some() && doc.is_finite(t) && !doc.could_be_nominal(t);
            let Some((reading, row)) = with_object.filter(|_| !other(at)).or(carried) else {
                if claimed {
                    if let Some(doer) = self.laid_on(at) {
                        let apart = |f: &Filler| f.at.tokens != doer.at.tokens;
                        self.roles.patient = self.roles.patient.take().filter(apart);
                        let place = |p: &usize| !doer.at.tokens.contains(&scene.mentions.places[*p].at.tokens.start);
                        self.roles.place = self.roles.place.filter(place);
                        self.roles.agent = Some(doer);
                        return;
                    }
                    let claimant = self.accused(at).unwrap_or_else(|| self.subject_of(at, None));
                    self.roles.agent = self.roles.agent.take().or(claimant);
                    return;
                }
                if doc.is_finite(at) && !doc.could_be_nominal(at) && scene.actor_at(at).is_none() {
                    return;
                }
                continue;
            };
            if reading.features.category == Category::ActiveParticiple {
                if self.roles.agent.is_none() {
                    let noun = at.checked_sub(1).filter(|t| doc.continues_phrase(at) && doc.is_nominal(*t));
                    let named = noun
                        .map(|t| scene.actor_at(t).map_or_else(|| scene.phrase(t..t + 1), |a| scene.actor_filler(a)));
                    self.roles.agent = named.filter(|f| self.is_agent(f)).or_else(|| Some(scene.phrase(at..at + 1)));
                }
                return;
            }
            let masdar = reading.features.category == Category::Masdar;
            // "since the beginning of the battle": others fought it; "were waged", in a form that says so: nobody is named.
            let other = ["since", "cause", "until"];
            let apart = masdar && before.is_some_and(|row| other.iter().any(|r| row.has_role(r)));
            let idle = reading.pronoun.is_none() && self.genitive_of(at).is_none();
            // "held X responsible for carrying out the attack"
            if masdar && idle && doc.previous_word(at).is_some_and(burden) {
                continue;
            }
            if reading.features.voice == Voice::Passive || apart && idle {
                return;
            }
            // "managed to uncover the circumstances of the blast": another deed.
            if row.frame.as_deref() == Some("manage") && governed.is_some() && self.is_of_other_deed() {
                return;
            }
            // "the success of X in …": who does it stands next to it.
            let own = || reading.pronoun.is_some() || self.genitive_of(at).is_some();
            // "of standing behind the attack": its preposition alone brings the event.
            let taken = || {
                let brought = self.governor_behind(at).is_some_and(|p| takes_event(row, &p));
                brought && (own() || row.has_role("by_preposition"))
            };
            if masdar && (at + 1..token).any(|t| doc.is_preposition(t)) && !taken() {
                continue;
            }
            self.given_to(row, at);
            // "the army goes on with the shelling", and not "the shelling goes on": its preposition brings the event.
            let goes_on = reading.features.category.is_finite()
                && row.has_role("party_too")
                && self.is_led()
                && governed.as_ref().is_some_and(|p| takes_event(row, p));
            match if goes_on { "agent" } else { lends(row) } {
                "agent" | "source" if self.roles.agent.is_none() => {
                    let own = masdar.then(|| self.genitive_of(at)).flatten();
                    let behind = || self.behind_object(at).filter(|_| !masdar);
                    self.roles.agent = own.or_else(behind).or_else(|| self.subject_of(at, masdar.then_some(reading)));
                }
                "patient" => {
                    self.roles.survived = row.frame.as_deref() == Some("prevent");
                    self.undergone(at, masdar);
                }
                "place" if !masdar => {
                    // "X saw clashes": X behind its verb, or before it.
                    let bare = |s: &Slot| s.preposition.is_empty() && s.tokens.end <= token;
                    let behind = slots(scene, at + 1, token, 1).into_iter().find(bare).map(|s| s.tokens);
                    let sees = || scene.subject(scene.clauses.of(at)).map(|f| f.at.tokens);
                    let named = |tokens: std::ops::Range<usize>| tokens.into_iter().find_map(|t| scene.whereabouts(t));
                    let place = behind.and_then(named).or_else(|| sees().and_then(named));
                    self.roles.place = self.roles.place.or(place);
                }
                _ => {}
            }
            return;
        }
    }

    /// Right behind a preposition, or with one of its own: "in the shelling", and not "in it the shelling".
    fn is_led(&self) -> bool {
        let doc = self.scene.doc;
        let head = self.phrase_head();
        let alone = |t: usize| doc.is_preposition(t) && doc.readings(t).iter().all(|r| r.pronoun.is_none());
        doc.clitics(head).preposition.is_some() || head.checked_sub(1).is_some_and(alone)
    }

    /// "carried out the attack a gunman": with the definite object right behind the verb its subject comes last.
    fn behind_object(&self, verb: usize) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let token = self.trigger.token;
        let (reading, _) = doc.finite(verb).filter(|_| verb + 1 == token && doc.clitics(token).article)?;
        let alone = !reading.features.is_several() && reading.pronoun.is_none();
        if !alone || scene.subject_in_front(scene.clauses.of(verb)).is_some() {
            return None;
        }
        let found = slots(scene, token + 1, doc.sentence_range(token).end, 2);
        let subject = found.into_iter().find(|s| s.preposition.is_empty() && !self.qualifies(s))?;
        let filler = scene.filler_of(subject.tokens.clone());
        // Far from its subject a verb need not show its gender.
        let apart = subject.tokens.start > token + 1;
        let agrees = apart || scene.agrees_with(reading.features.agreement, &filler);
        let fits = scene.names_somebody(&subject) && agrees;
        (fits && self.is_agent(&filler)).then_some(filler)
    }

    /// "gave X support": to whom, between the verb that carries the noun and the noun.
    fn given_to(&mut self, row: &Row, verb: usize) {
        let Some(roles) = row.roles.as_ref() else { return };
        let to = |s: &Slot| roles.prep.get(&s.preposition).is_some_and(|role| role == "patient");
        let whom = slots(self.scene, verb + 1, self.trigger.token, 4).into_iter().find(to);
        if let Some(slot) = whom.filter(|_| self.roles.patient.is_none()) {
            self.fill("patient", &slot);
        }
    }

    fn is_undone(&self) -> bool {
        self.trigger.frame.name == "protest" && is_put_down(self.scene, self.trigger)
    }

    /// "the perpetrators of", right before the deed.
    fn is_doer_of(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let light = |r: &Reading, row: &Row| {
            r.features.category == Category::ActiveParticiple
                && row.frame.as_deref() == Some("light")
                && lends(row) == "agent"
        };
        doc.reading(token, light).is_some() && self.trigger.reading.clitics.preposition.is_none()
    }

    /// A verb that describes the noun before it: "gunmen on a motorbike", who "ride" it.
    fn sets_aside(&self, verb: usize) -> bool {
        let scene = self.scene;
        let describes = |c: &super::clause::Clause| c.link == super::clause::Link::Relative || c.start < verb;
        let imperfect = scene.doc.is_category(verb, Category::Imperfect) && scene.doc.clitics(verb).is_empty();
        let before = verb.checked_sub(1);
        let somebody = before.is_some_and(|t| scene.is_somebody(t) || scene.doc.is_particle(t, "rel"));
        imperfect && somebody && scene.clauses.at(verb).is_some_and(describes)
    }

    /// Who stands in the genitive of a light verbal noun: "the carrying out by X of …".
    fn genitive_of(&self, masdar: usize) -> Option<Filler> {
        let scene = self.scene;
        let next = scene.doc.next_word(masdar);
        let bare = || scene.doc.clitics(next).preposition.is_none() && !scene.doc.is_preposition(next);
        let somebody = next < self.trigger.token && bare() && scene.is_somebody(next);
        somebody.then(|| scene.filler_of(next..phrase_end(scene, next, self.trigger.token)))
    }

    /// The subject of the clause at a token, or of one around it that agrees with the token's pronoun.
    fn subject_of(&mut self, at: usize, carrier: Option<&Reading>) -> Option<Filler> {
        let scene = self.scene;
        let clause = scene.clauses.of(at);
        if let Some(wanted) = self.charged_by_noun() {
            return Some(wanted);
        }
        if let Some(held) = carrier.and_then(|r| self.held_for(at, r)) {
            return Some(held);
        }
        if let Some(doer) =
            scene.clauses.get(clause).and_then(|c| c.verb).filter(|v| *v < at).and_then(|v| self.charged(v))
        {
            return doer;
        }
        // "accused X of standing behind the attack": X, by the preposition of the word that brings it.
        let brought = || self.governor_from(at, 0).filter(|_| carrier.is_some());
        let verb = scene.clauses.get(clause).and_then(|c| c.verb).filter(|v| *v < at);
        if let Some(doer) = verb.and_then(|v| self.charged_by(v, Some(&brought()?))) {
            return doer;
        }
        // "a cordon was thrown round": the verb has the deed as its subject.
        let happens = |r: &Reading, row: &Row| {
            r.features.category.is_finite() && row.frame.as_deref() == Some("light") && lends(row) == "event"
        };
        if carrier.is_some() && verb.is_some_and(|v| scene.doc.reading(v, happens).is_some()) {
            return None;
        }
        // "an officer accused of committing massacres": he, and not who arrests him.
        let charged = |t: usize| doc_has_role(scene, t, "charged");
        if let Some(accused) = at.checked_sub(1).filter(|t| carrier.is_some() && charged(*t)) {
            let noun = accused.checked_sub(1).filter(|t| scene.doc.continues_phrase(accused) && scene.is_somebody(*t));
            let named = noun.and_then(|t| scene.actor_at(t)).map(|a| scene.actor_filler(a));
            let whom = named.unwrap_or_else(|| scene.phrase(noun.unwrap_or(accused)..accused + 1));
            return Some(whom).filter(|f| self.is_agent(f));
        }
        let pronoun = carrier.and_then(|r| r.pronoun);
        let subject = scene.subject(clause).map(|f| self.flown_by(f)).filter(|f| self.is_agent(f));
        match pronoun {
            Some(p) => subject.filter(|f| scene.agrees_with(p, f)).or_else(|| scene.carried(clause, Some(p))),
            None => subject,
        }
        .filter(|f| self.is_agent(f) && !self.only_tells(f))
        .or_else(|| self.scene.subject_of_sentence_before(at).filter(|f| carrier.is_none() && self.is_agent(f)))
    }

    pub(super) fn is_agent(&self, filler: &Filler) -> bool {
        // "Turkish jets": they have a flag, if no owner is named.
        let flagged = || {
            let doc = self.scene.doc;
            filler.at.tokens.clone().any(|t| doc.is_demonym(t).is_some() || doc.clitics(t).article)
        };
        let country = |p: usize| self.scene.mentions.places[p].kind == "country";
        // "Umm Durman", written like a mother.
        let town = || self.scene.place_at(filler.at.tokens.start).is_some_and(|p| !country(p));
        // "twelve killed": they do nothing.
        let harmed = |_: &Reading, row: &Row| matches!(row.harm.as_deref(), Some("killed" | "injured" | "casualty"));
        if filler.actor.is_none() && self.scene.doc.reading(filler.at.tokens.start, harmed).is_some() {
            return false;
        }
        if self.scene.is_nobody(filler) && !self.is_armed(filler.at.tokens.start) {
            return false;
        }
        filler.actor.is_some()
            || filler.place.is_some_and(country)
            || self.are_people(filler.at.tokens.clone()) && !town()
            || self.is_crowd(filler.at.tokens.clone())
            || self.is_armed(filler.at.tokens.start) && flagged()
    }

    /// The one who does what the clause tells does this too: "they arrested five in raids", "ordered to bomb".
    pub(super) fn controller(&mut self) {
        let scene = self.scene;
        let doc = scene.doc;
        let token = self.trigger.token;
        let frame = self.trigger.frame;
        // Who counts the dead did not kill them.
        if frame.event.is_none() || self.is_undone() {
            return;
        }
        let clause = scene.clauses.of(token);
        let Some(verb) = scene.clauses.get(clause).and_then(|c| c.verb).filter(|v| *v < token) else { return };
        // "those whom the raids that X flew forced to flee": past what describes another noun.
        let around = |c: &usize| scene.clauses.get(*c).filter(|c| c.link == super::clause::Link::Relative)?.parent;
        let clauses = std::iter::successors(Some(clause), around).take(3);
        let verbs = clauses.filter_map(|c| scene.clauses.get(c)?.verb).filter(|v| *v < token);
        if let Some(doer) = verbs.into_iter().find_map(|v| self.charged(v)) {
            self.roles.agent = doer;
            return;
        }
        if let Some(doer) = self.charged_by_noun().filter(|f| self.is_agent(f)) {
            self.roles.agent = Some(doer);
            return;
        }
        // Both sides fight a battle.
        if frame.name == "clash" || doc.reading(verb, |_, row| lends(row) != "agent").is_some() {
            return;
        }
        let masdar = self.trigger.shape == Shape::Masdar;
        let means = self.is_means();
        // "cordoned off the scene of the blast": it only says which scene.
        let named_by = masdar && !means && self.phrase_head() != token;
        let told = scene.trigger_at(verb).or_else(|| scene.trigger_at(doc.turn_at(verb)?.trigger));
        let found = match told {
            _ if self.is_other_time() || named_by || is_paid_back(scene, token) => None,
            // "agreed to withdraw": whoever agrees does it.
            Some(_) if masdar && self.role("subject") == "agent" && self.is_content_of(verb) => scene.subject(clause),
            // Whoever frees people does not attack them.
            Some(other) if other.frame.harm.as_deref() == Some("freed") || self.is_met(other) => None,
            // Whoever hurts people at a march does not march.
            Some(other) if frame.name == "protest" && other.frame.name != "protest" => None,
            Some(other) if (masdar || means) && !self.is_answered() && other.token != token => {
                roles(scene, other).agent
            }
            Some(_) => None,
            // Whoever condemns a deed has not done it.
            None if masdar && self.genitive_is_object() && self.role("subject") == "agent" && !self.is_judged(verb) => {
                scene.subject(clause)
            }
            None if masdar && self.is_owned_up(verb) => scene.subject(clause),
            None if means && !self.is_answered() && self.does(verb) || self.is_wanted(verb) => scene.subject(clause),
            None => None,
        };
        // Whoever admits a deed tells of it, and did it.
        let admits = masdar && self.is_owned_up(verb) && self.is_content_of(verb);
        let found = found.map(|f| self.flown_by(f)).filter(|f| self.is_agent(f));
        self.roles.agent = found.filter(|f| admits || !self.only_tells(f));
        if self.roles.agent.is_none() && masdar {
            self.roles.agent = self.announced();
        }
    }

    /// A verb whose subject does what its event tells, or tries, plans or fails to.
    fn leads(&self, verb: usize) -> bool {
        let leads = |row: &Row| match row.frame.as_deref() {
            Some("light" | "manage" | "fail") => lends(row) == "agent",
            Some("modal") => row.roles.as_ref().is_some_and(|r| r.subject.as_deref() == Some("agent")),
            _ => false,
        };
        self.scene.doc.reading(verb, |r, row| r.features.category.is_finite() && leads(row)).is_some()
    }

    /// Such a verb, which has brought the event that it tells: "they carried out a kidnapping in a raid".
    fn does(&self, verb: usize) -> bool {
        let light = self.scene.doc.reading(verb, |_, row| row.frame.as_deref() == Some("light")).is_some();
        let told = |t: usize| self.scene.trigger_at(t).is_some_and(|x| x.shape.is_noun() && x.frame.event.is_some());
        self.leads(verb) && (!light || (verb + 1..self.trigger.token).any(told))
    }

    /// "they intend to flee", "they failed in agreeing": what the verb wants done, bare or behind its preposition.
    fn is_wanted(&self, verb: usize) -> bool {
        let doc = self.scene.doc;
        let governor = self.governor();
        let brings = |row: &Row| governor.as_ref().is_none_or(|p| takes_event(row, p));
        let other = self.is_of_other_deed();
        let light = doc.reading(verb, |_, row| row.frame.as_deref() == Some("light")).is_some();
        self.leads(verb) && !light && !other && doc.reading(verb, |_, row| brings(row)).is_some()
    }

    /// "they decided to condemn the attack": at the head of its phrase stands another deed.
    fn is_of_other_deed(&self) -> bool {
        let head = self.phrase_head();
        let tells = |_: &Reading, row: &Row| row.frame.as_deref().is_some_and(|f| f != "none");
        head != self.trigger.token && self.scene.doc.reading(head, tells).is_none()
    }

    /// Whom the verb of the clause harms, and who therefore does not do what the clause tells.
    pub(super) fn is_harmed(&self, filler: &Filler) -> bool {
        let scene = self.scene;
        let Some(verb) = scene.clauses.at(self.trigger.token).and_then(|c| c.verb) else { return false };
        let undergoes = scene.doc.reading(verb, |r, row| r.features.category.is_finite() && lends(row) == "patient");
        let harms = scene.trigger_at(verb).filter(|t| t.frame.harm.is_some() && t.token != self.trigger.token);
        undergoes.is_some() || harms.is_some_and(|t| roles(scene, t).agent.is_none_or(|a| a.at != filler.at))
    }

    /// The verbal noun of a verb that does something to somebody: behind it stands what it is done to.
    fn genitive_is_object(&self) -> bool {
        matches!(self.role("genitive").as_str(), "target" | "patient" | "victims")
    }
}

/// A verbal noun of trying, planning, wanting.
pub(super) fn is_attempt(reading: &Reading, row: &Row) -> bool {
    reading.features.category == Category::Masdar
        && row.frame.as_deref() == Some("modal")
        && row.roles.as_ref().is_some_and(|r| r.subject.as_deref() == Some("agent"))
}

fn doc_has_role(scene: &super::Scene<'_, '_>, token: usize, role: &str) -> bool {
    scene.doc.reading(token, |_, row| row.has_role(role)).is_some()
}

/// "the suppression of a march": the deed is another verbal noun's, and whoever does that does not do this.
pub(super) fn is_put_down(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> bool {
    let doc = scene.doc;
    let token = trigger.token;
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
    doc.continues_phrase(token)
        && token.checked_sub(1).is_some_and(|t| doc.is_word(t) && !doc.is_definite(t) && deed(t))
}
