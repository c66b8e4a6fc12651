//! Subjects that stand before their verb, and those that are not said: who the clause goes on about.

use super::Filler;
use super::clause::Link;
use super::count::people;
use super::phrase::phrase_end;
use super::roles::{Builder, roles};
use super::slots::{Slot, is_noun};
use super::subject::Said;
use super::trigger::Trigger;
use crate::lexicon::Row;
use crate::morph::Category;
use crate::segment::{Agreement, Gender, Kind, Letter, Number};

/// How far behind "among them" a part may stand.
const PART: usize = 8;

/// How far before a deed the harm may be told that it did.
const HARMED: usize = 16;

/// How far behind a participle the name may stand of whom it is said.
const NAMED: usize = 8;

/// How far behind a trigger "on him" may stand.
const NEAR: usize = 4;

impl Builder<'_, '_, '_> {
    /// The noun phrase in front of the verb in its clause, if the verb goes on with it.
    pub(super) fn subject_before(&self) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let verb = self.trigger.token;
        let clause = scene.clauses.of(verb);
        // "we have arrested": none of those who are named.
        if self.is_ours() {
            return None;
        }
        if doc.is_finite(verb) {
            match scene.subject_in_front(clause) {
                Some(Said::Phrase(filler, _)) if filler.at.tokens.start < verb => return Some(filler),
                Some(Said::Elsewhere) => return scene.subject_around(clause),
                _ => {}
            }
            let here = scene.clauses.get(clause)?;
            if here.link == Link::Relative && here.verb == Some(verb) {
                if scene.takes_up(verb) {
                    // "whom X supports", "which they entered": the subject is said behind, or elsewhere.
                    let behind = scene.subject_behind(verb);
                    return if behind.is_some() { None } else { scene.subject_around(clause) };
                }
                if let Some(head) = scene.described_noun(clause) {
                    let said = doc.is_particle(here.start, "rel");
                    return scene.owner_who_acts(&head, self.trigger.has_doer(), said).or(Some(head));
                }
            }
        }
        if doc.clitics(verb).conjunction.is_some() && self.trigger.shape.is_verb() {
            return None;
        }
        // What a quotation tells has no subject before its words.
        let said = scene.source_of(verb).and_then(|a| scene.attributions[a].content.as_ref()).map(|c| c.start);
        let start = doc.sentence_range(verb).start.max(said.filter(|s| *s <= verb).unwrap_or_default());
        let mut at = verb;
        loop {
            at = at.checked_sub(1).filter(|p| *p >= start)?;
            if let Some(actor) = scene.actor_at(at) {
                let first = scene.mentions.actors[actor].at.tokens.start;
                match self.whole_subject(actor) {
                    Some(filler) => return Some(filler),
                    // "backed by X": past the phrase that describes the subject.
                    None if first > start && doc.is_preposition(first - 1) => at = first - 1,
                    None => at = first,
                }
                continue;
            }
            if let Some(time) = scene.time_at(at) {
                at = scene.mentions.times[time].tokens.start;
                continue;
            }
            match doc.kind(at) {
                Some(k) if k.is_quote() => continue,
                Some(Kind::BracketClose { .. }) => {
                    at = doc.bracket_to(at).unwrap_or(at);
                    continue;
                }
                Some(Kind::Word) => {}
                _ => return None,
            }
            let passes = ["rel", "aux", "neg"].iter().any(|p| doc.is_particle(at, p));
            let describes = doc.is_definite(at)
                && doc.reading(at, |r, _| r.features.category.is_participle() && r.clitics.article).is_some();
            if passes || describes {
                continue;
            }
            if !doc.is_nominal(at) {
                return None;
            }
            let mut first = at;
            while first > start
                && doc.continues_phrase(first)
                && doc.is_nominal(first - 1)
                && scene.actor_at(first - 1).is_none()
            {
                first -= 1;
            }
            // "twelve of the employees are trapped"
            let of = |row: &Row| row.has_role("partitive") && first > 1 && scene.quantity_at(first - 2).is_some();
            let counted = !doc.is_finite(verb) && first > start && doc.governed_by(first).is_some_and(of);
            let governed = first > start && doc.governed_by(first).is_some();
            if doc.clitics(first).preposition.is_some() || governed && !counted {
                return None;
            }
            return Some(scene.phrase(first..at + 1));
        }
    }

    /// An actor before the verb with its whole phrase's preposition checked.
    pub(super) fn whole_subject(&self, actor: usize) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let start = scene.mentions.actors[actor].at.tokens.start;
        let governed = doc.clitics(start).preposition.is_some() || start > 0 && doc.is_preposition(start - 1);
        let partitive =
            governed && start > 1 && doc.particle(start - 1, "prep").is_some_and(|r| r.has_role("partitive"));
        (!governed || partitive).then(|| scene.actor_filler(actor))
    }

    /// The people or the thing right before a participle, whatever preposition brings them: "on fighters backed by X".
    pub(super) fn noun_described(&self) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let token = self.trigger.token;
        let before = token.checked_sub(1).filter(|t| doc.is_nominal(*t) || scene.mention_end(*t).is_some())?;
        if doc.clitics(token).conjunction.is_some() || doc.clitics(token).preposition.is_some() {
            return None;
        }
        if let Some(actor) = scene.actor_at(before) {
            return Some(scene.actor_filler(actor));
        }
        let agrees = doc.is_definite(before) == doc.is_definite(token);
        let noun = super::count::people(scene, before).is_some() || super::slots::is_noun(scene, before);
        (agrees && noun).then(|| scene.phrase(before..before + 1))
    }

    /// "the soldier abducted in X, Y": the name behind what is said of him.
    pub(super) fn named_behind(&self) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let token = self.trigger.token;
        if self.trigger.reading.features.is_several() {
            return None;
        }
        let own = |t: &usize| {
            let aside = doc.is_word(*t) || doc.kind(*t) == Some(Kind::Comma);
            let other = doc.clitics(*t).conjunction.is_some() || doc.is_any_particle(*t, ["rel", "comp", "conj"]);
            aside && !other && (!doc.is_finite(*t) || doc.could_be_nominal(*t) || scene.mention_end(*t).is_some())
        };
        let person = |t: &usize| {
            let actor = scene.actor_at(*t).map(|a| &scene.mentions.actors[a]);
            let free = doc.governed_by(*t).is_none() && doc.clitics(*t).preposition.is_none();
            free && actor.is_some_and(|a| a.kind == "person" && a.at.tokens.start == *t)
        };
        let limit = doc.sentence_range(token).end.min(token + NAMED);
        let at = (token + 1..limit).take_while(own).find(person)?;
        Some(scene.actor_filler(scene.actor_at(at)?))
    }

    /// The noun that a participle describes, right before it.
    pub(super) fn noun_before(&self) -> Option<Filler> {
        let scene = self.scene;
        let before = self.trigger.token.checked_sub(1)?;
        scene.actor_at(before).map(|a| scene.actor_filler(a))
    }

    /// Whom the pronoun of a verb means: the last people before its subject that agree with it.
    pub(super) fn object_meant(&self, agent: &Filler) -> Option<Filler> {
        let wanted = self.trigger.reading.pronoun.filter(|p| p.person == 3)?;
        self.people_before(wanted, agent.at.tokens.start)
    }

    /// Behind the killing or wounding of one, as the pronoun is of one.
    fn is_behind_harm(&self) -> bool {
        let scene = self.scene;
        let token = self.trigger.token;
        let one = self.trigger.reading.pronoun.is_some_and(|p| p.number == Some(Number::Singular));
        let start = scene.doc.sentence_range(token).start.max(token.saturating_sub(HARMED));
        // A verbal noun that is a deed too would ask the same of the one before it.
        let plain = |x: &Trigger<'_>| x.frame.event.is_none() || x.shape.is_verb();
        let hurt = |x: &Trigger<'_>| matches!(x.frame.harm.as_deref(), Some("killed" | "injured"));
        let harm = |t: usize| scene.trigger_at(t).filter(|x| hurt(x) && plain(x));
        // Where somebody is said to have done it, the pronoun may be his.
        let hurts = |t: usize| harm(t).is_some_and(|x| roles(scene, x).agent.is_none());
        let counted = |t: usize| scene.quantity_at(t).is_some();
        one && (start..token).any(hurts) && !(start..token).any(counted)
    }

    /// What the pronoun of a verbal noun is to the deed.
    pub(super) fn pronoun_of_deed(&mut self, found: &[Slot], genitive: String) {
        let scene = self.scene;
        // "his being targeted by X": the pronoun is the one struck.
        let by = found.iter().any(|s| scene.doc.lexicon.is_by(&s.preposition));
        let owner = |p: Letter| scene.doc.lexicon.is_possessive(p);
        let is_owner = |s: &Slot| s.preposition.chars().count() == 1 && Letter::of(&s.preposition).is_some_and(owner);
        // "its killing ten gunmen": the pronoun does it to those counted behind.
        let right_behind = |s: &&Slot| s.tokens.start == self.trigger.token + 1;
        let first = found.first().filter(right_behind);
        // "its arrest of three suspects": Arabic may bring them by the preposition of owners.
        let brought = first.filter(|s| is_owner(s) && (self.is_counted_slot(s) || self.names_people(s)));
        let first = first.filter(|s| s.preposition.is_empty());
        let known = |s: &Slot| {
            let (doc, head) = (scene.doc, s.tokens.start);
            let open = |r: &crate::lexicon::Reading, _: &crate::lexicon::Row| r.features.accusative;
            let object = doc.is_definite(head) || doc.reading(head, open).is_some();
            object && is_noun(scene, head) && !self.qualifies(s)
        };
        let object = first
            .filter(|s| self.is_counted_slot(s) || known(s))
            .or(brought)
            .filter(|_| matches!(genitive.as_str(), "patient" | "victims"));
        if let Some(slot) = object {
            self.fill(&genitive, slot);
        }
        // "its targeting a tank": Arabic has the object behind the preposition of owners.
        let struck = |s: &&Slot| s.preposition.is_empty() || right_behind(s) && is_owner(s);
        let role = match genitive.as_str() {
            "target" | "agent" if by => "patient",
            // "their battles": who fights.
            "place" if self.trigger.frame.name == "clash" && self.trigger.reading.features.is_plural() => "agent",
            // "died after his being targeted": whom the harm before befell.
            "target" if !found.iter().any(|s| struck(&s)) && self.is_behind_harm() => "patient",
            "target" => "agent",
            _ if object.is_some() => "agent",
            other => other,
        };
        let role = role.to_owned();
        // "to stand by X and support it": the nearest before.
        let joined = self.trigger.reading.clitics.conjunction.is_some() && !by;
        if joined && role == "patient" && self.roles.patient.is_none() {
            self.roles.patient = self.nearest_meant();
        }
        if role == "agent" {
            self.carrier();
        }
        if role != "agent" || self.roles.agent.is_none() {
            self.elided(&role);
        }
        // "kidnapped, before their flight, seven girls": nobody is fled.
        if role == "agent"
            && !self.trigger.row.has_role("intransitive")
            && let Some(slot) = found.first().filter(struck)
        {
            self.fill("target", slot);
        }
    }

    /// "opened fire on him": whom the pronoun of the preposition that brings the target means.
    pub(super) fn pronoun_target(&mut self) {
        // What is taken or entered is a place.
        let ground = self.trigger.frame.patient.as_deref() == Some("party");
        if ground {
            self.ground_target();
        }
        let participle = self.trigger.reading.features.category.is_participle();
        if participle || ground || self.roles.patient.is_some() {
            return;
        }
        let doc = self.scene.doc;
        let token = self.trigger.token;
        let brings = |t: usize| {
            let row = doc.particle(t, "prep")?;
            let role = self.prep_role(&row.folded)?;
            let pronoun = doc.readings(t).iter().find_map(|r| r.pronoun)?;
            let one = pronoun.number != Some(Number::Singular) || pronoun.gender == Some(Gender::Masculine);
            (matches!(role.as_str(), "target" | "patient") && pronoun.person == 3 && one).then_some(pronoun)
        };
        let near = (token + 1..token + 1 + NEAR).take_while(|t| doc.is_word(*t) && !doc.is_particle(*t, "rel"));
        let Some(pronoun) = near.into_iter().find_map(brings) else { return };
        let agent = self.roles.agent.as_ref().map(|f| f.at.tokens.start);
        let found = self.people_before(pronoun, agent.unwrap_or(token));
        self.roles.patient = found.filter(|f| self.roles.agent.as_ref().is_none_or(|a| a.at != f.at));
    }

    /// "the barracks of which they took control": what the relative clause describes, if it is taken or held.
    fn ground_target(&mut self) {
        let scene = self.scene;
        let doc = scene.doc;
        let token = self.trigger.token;
        let clause = scene.clauses.of(token);
        let own = scene.clauses.get(clause).is_some_and(|c| c.link == Link::Relative && c.verb == Some(token));
        let brings = |t: usize| {
            let row = doc.particle(t, "prep").filter(|_| doc.readings(t).iter().any(|r| r.pronoun.is_some()))?;
            self.prep_role(&row.folded).filter(|role| role == "target")
        };
        if !own || self.roles.patient.is_some() || brings(token + 1).is_none() {
            return;
        }
        let held = scene.described_noun(clause).filter(|f| {
            let slot = Slot { preposition: String::new(), tokens: f.at.tokens.clone(), joined: false };
            self.is_held(&slot)
        });
        if let Some(held) = held {
            self.fill_with("target", held);
        }
    }

    /// The nearest party before the trigger in its clause whom its pronoun can mean.
    pub(super) fn nearest_meant(&self) -> Option<Filler> {
        let scene = self.scene;
        let token = self.trigger.token;
        let wanted = self.trigger.reading.pronoun.filter(|p| p.person == 3)?;
        let start = scene.clause(token).start;
        let fits = |a: &usize| {
            scene.agrees_with(wanted, &scene.actor_filler(*a))
                && !scene.in_source(scene.mentions.actors[*a].at.tokens.start)
        };
        (start..token).rev().filter_map(|t| scene.actor_at(t)).find(fits).map(|a| scene.actor_filler(a))
    }

    /// The last people before a token and the trigger whom a pronoun can mean.
    pub(super) fn people_before(&self, wanted: Agreement, before: usize) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let several = matches!(wanted.number, Some(Number::Plural | Number::Dual));
        let start = doc.sentence_range(self.trigger.token).start;
        let mut at = before.min(self.trigger.token);
        while at > start {
            at -= 1;
            if let Some(q) = scene.quantity_at(at) {
                at = scene.mentions.quantities[q].tokens.start;
            } else if let Some(a) = scene.actor_at(at) {
                at = scene.mentions.actors[a].at.tokens.start;
            }
            if doc.is_function_word(at) {
                continue;
            }
            let counted = scene.quantity_at(at).is_some();
            let party = scene.actor_at(at).map(|a| scene.mentions.actors[a].kind.as_str());
            let people = super::count::people(scene, at);
            let many = counted || party == Some("collective") || people.is_some_and(|(r, _)| r.features.is_plural());
            let one = !counted && (party == Some("person") || people.is_some_and(|(r, _)| !r.features.is_plural()));
            // "178 people, 67 women among them": the 178.
            let part = (at.saturating_sub(PART)..at)
                .rev()
                .take_while(|t| !doc.is_finite(*t))
                .find(|t| *t >= start && doc.is_particle(*t, "subset"));
            if let Some(among) = part {
                at = among;
                continue;
            }
            if if several { many } else { one } {
                let slot = Slot {
                    preposition: String::new(),
                    tokens: at..phrase_end(scene, at, self.trigger.token),
                    joined: false,
                };
                let filler = scene.filler_of(slot.tokens.clone());
                if scene.names_somebody(&slot) && scene.agrees_with(wanted, &filler) {
                    return Some(filler);
                }
            }
        }
        None
    }

    /// No subject in sight: the last doer before the verb that agrees with it.
    pub(super) fn elided(&mut self, role: &str) {
        let doc = self.scene.doc;
        let clause = self.scene.clauses.of(self.trigger.token);
        // "we bombed": the party whose words these are.
        let agreement = self.trigger.reading.features.agreement;
        if role == "agent" && self.trigger.shape.is_verb() && agreement.person == 1 {
            let fights = |f: &Filler| f.actor.is_some_and(|a| self.scene.mentions.actors[a].fights());
            self.roles.agent = self.roles.agent.take().or_else(|| self.party_speaking().filter(fights));
            return;
        }
        let around = match self.trigger.reading.pronoun.filter(|_| self.trigger.shape.is_noun()) {
            Some(pronoun) => self
                .scene
                .subject(clause)
                .filter(|f| self.scene.agrees_with(pronoun, f))
                .or_else(|| self.scene.carried(clause, Some(pronoun)))
                .or_else(|| self.those_of_sentence(pronoun)),
            None => self.scene.subject_around(clause),
        };
        // "they did not confirm his death": nobody of several.
        let pronoun = self.trigger.reading.pronoun.filter(|_| self.trigger.shape.is_noun());
        let one = pronoun.filter(|p| p.number == Some(Number::Singular) && p.gender == Some(Gender::Masculine));
        let several = |f: &Filler| {
            let mut nouns =
                doc.readings(f.at.tokens.start).iter().filter(|r| !r.features.category.is_finite()).peekable();
            nouns.peek().is_some() && nouns.all(|r| r.features.is_several())
        };
        let fits = |f: &Filler| one.is_none() || f.actor.is_some() || !several(f);
        // "the control of X over the posts, and its advance": the nearest, whatever brings it.
        let nearest = || self.nearest_meant().filter(|_| role == "agent");
        // "It launched an attack. And it took the airport": whom the sentence before goes on about.
        // "And they kidnapped six women": a plural verb has those whom it harms behind it.
        let next = self.trigger.token + 1;
        let several = self.trigger.reading.features.is_plural();
        let harms = || several && (self.scene.quantity_at(next).is_some() || people(self.scene, next).is_some());
        let goes_on = role == "agent" && self.trigger.shape.is_verb() && (self.trigger.frame.harm.is_none() || harms());
        let before = || self.scene.subject_of_sentence_before(self.trigger.token).filter(|_| goes_on);
        let here = around.filter(fits).or_else(|| self.antecedent().filter(fits)).or_else(nearest);
        if let Some(filler) = here.or_else(before) {
            self.roles.elided |= role == "agent" && self.roles.agent.is_none();
            self.fill_with(role, filler);
        }
    }

    /// "we have arrested": a deed of whoever speaks.
    fn is_ours(&self) -> bool {
        let features = self.trigger.reading.features;
        features.category == Category::Perfect && features.agreement.person == 1
    }

    /// "X launched an attack. And it took the airport": a verb that may be passive, but that the noun behind it does not agree with, and
    /// whose subject the sentence before says; "we bombed" in the words of a party that fights.
    pub(super) fn goes_on_from_before(&self, first: Option<&Slot>) -> bool {
        let agreement = self.trigger.reading.features.agreement;
        if agreement.person == 1 {
            return self.party_speaking().is_some();
        }
        first.is_none_or(|s| !self.agrees(s)) && self.scene.subject_of_sentence_before(self.trigger.token).is_some()
    }

    /// "They drove X from the town, but met resistance during their advance": those that the sentence goes on about from the
    /// one before, not the last party named.
    fn those_of_sentence(&self, pronoun: Agreement) -> Option<Filler> {
        let start = self.scene.doc.sentence_range(self.trigger.token).start;
        let verb = self.scene.clauses.at(start)?.verb?;
        let found = self.scene.subject_of_sentence_before(verb).filter(|_| pronoun.number == Some(Number::Plural))?;
        self.scene.agrees_with(pronoun, &found).then_some(found)
    }

    /// The verbal noun says what something else is done for.
    pub(super) fn is_purpose(&self) -> bool {
        let doc = self.scene.doc;
        let before = self.trigger.token.checked_sub(1);
        before.is_some_and(|p| doc.particle(p, "prep").is_some_and(|r| r.has_role("purpose")))
            || doc.governed_by(self.trigger.token).is_some_and(|r| r.has_role("purpose"))
            || self.trigger.reading.clitics.preposition.is_some_and(|p| {
                let wanted = doc.lexicon.preposition(p);
                doc.lexicon.is_subjunctive(wanted)
            })
    }

    /// The last party before the trigger in its sentence that agrees with it and is no object of a preposition: a subject
    /// first; else one behind a preposition that fights.
    pub(super) fn antecedent(&self) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let start = doc.sentence_range(self.trigger.token).start;
        let actors = &scene.mentions.actors;
        let reading = &self.trigger.reading;
        let verb = reading.features.category.is_finite().then_some(reading.features.agreement);
        let wanted = verb.or(reading.pronoun);
        let fights =
            matches!(self.trigger.frame.event.as_deref(), Some("clash" | "capture" | "advance" | "retreat" | "siege"));
        let bare = |a: &usize| {
            let first = actors[*a].at.tokens.start;
            let of = first > 0 && doc.is_preposition(first - 1);
            let partitive = of && doc.particle(first - 1, "prep").is_some_and(|r| r.has_role("partitive"));
            doc.clitics(first).preposition.is_none() && (!of || partitive)
        };
        let usable = |a: &usize| {
            let actor = &actors[*a];
            let out = matches!(actor.kind.as_str(), "media" | "organization") || fights && actor.kind == "person";
            // "the forces that X leads": X stands aside.
            let there = scene.clauses.of(actor.at.tokens.start);
            let aside = scene.clauses.get(there).is_some_and(|c| c.link == Link::Relative)
                && !scene.clauses.stands_in(there, scene.clauses.of(self.trigger.token));
            !out && !aside
                && actor.at.tokens.end <= self.trigger.token
                && !self.only_tells(&scene.actor_filler(*a))
                && wanted.is_none_or(|w| scene.agrees_with(w, &scene.actor_filler(*a)))
        };
        let is_subject = |a: &usize| {
            let tokens = &actors[*a].at.tokens;
            let before = doc.previous_word(tokens.start);
            before.is_some_and(|p| doc.is_finite(p) || doc.is_particle(p, "comp") || doc.is_particle(p, "aux"))
                || doc.is_finite(tokens.end)
                || tokens.start == start
        };
        let first = actors.partition_point(|a| a.at.tokens.start < start);
        let near = (first..actors.len()).take_while(|a| actors[*a].at.tokens.start < self.trigger.token);
        let all: Vec<usize> = near.filter(usable).collect();
        let found = all.iter().rev().find(|a| bare(a) && is_subject(a)).or(all.iter().rev().find(|a| bare(a)));
        found.map(|a| scene.actor_filler(*a))
    }
}
