//! Events: a trigger, and who did what to whom, where and when.

use super::slots::{Slot, slots};
use super::trigger::{Shape, Trigger, trigger_at};
use super::{Filler, Scene};
use crate::lexicon::List;
use crate::mention::Extent;
use crate::morph::Category;
use crate::segment::{Gender, Kind};

#[derive(Debug, Clone)]
pub struct Event {
    pub kind: String,
    pub trigger: Extent,
    /// The words from the first role to the last.
    pub at: Extent,
    pub agent: Option<Filler>,
    pub patient: Option<Filler>,
    pub supporter: Option<Filler>,
    pub weapon: Option<Filler>,
    /// Mentions of place and time.
    pub place: Option<usize>,
    pub time: Option<usize>,
    pub attribution: Option<usize>,
    pub negated: bool,
    pub realis: &'static str,
    pub rule: String,
    pub confidence: f64,
}

/// The roles that the clause gives, whatever the frame counts as claim.
#[derive(Debug, Clone, Default)]
pub struct Roles {
    pub agent: Option<Filler>,
    pub patient: Option<Filler>,
    pub weapon: Option<Filler>,
    pub supporter: Option<Filler>,
    pub place: Option<usize>,
    /// Where the phrase of the patient begins, its title included.
    pub patient_from: Option<usize>,
    /// Slots that hold those harmed.
    pub victims: Vec<Slot>,
}

pub fn events(scene: &Scene<'_, '_>) -> Vec<Event> {
    (0..scene.doc.len()).filter_map(|i| event_at(scene, i)).collect()
}

fn event_at(scene: &Scene<'_, '_>, token: usize) -> Option<Event> {
    let doc = scene.doc;
    let trigger = trigger_at(scene, token)?;
    let kind = trigger.frame.event.clone()?;
    let told = is_told_already(scene, &trigger, &kind);
    if told || is_cue(scene, token) || !is_sure(scene, &trigger) || is_general(scene, &trigger) {
        return None;
    }
    let roles = roles(scene, &trigger);
    let place = roles.place.or_else(|| scene.place_of(token));
    let polarity = polarity(scene, token, &trigger);
    let span = doc.span_from(token..token + 1, trigger.reading.start);
    let at = Extent { tokens: token..token + 1, span };
    let mut whole = span;
    for filler in [&roles.agent, &roles.patient].into_iter().flatten() {
        if doc.sentence_of(filler.at.tokens.start) == doc.sentence_of(token) {
            whole = whole.cover(filler.at.span);
        }
    }
    let filled = [roles.agent.is_some(), roles.patient.is_some(), place.is_some()].iter().filter(|f| **f).count();
    Some(Event {
        rule: format!("{}.{}", trigger.frame.name, shape_name(trigger.shape)),
        kind,
        trigger: at.clone(),
        at: Extent { tokens: at.tokens, span: whole },
        agent: roles.agent,
        patient: roles.patient,
        supporter: roles.supporter,
        weapon: roles.weapon,
        place,
        time: scene.time_of(token),
        attribution: scene.source_of(token),
        negated: polarity.negated,
        realis: polarity.realis,
        confidence: confidence(&trigger, filled),
    })
}

/// Not calibrated yet: a prior by the strength of the trigger, raised by each role that the clause fills.
fn confidence(trigger: &Trigger<'_>, filled: usize) -> f64 {
    let prior = if trigger.row.strength.as_deref() == Some("weak") { 0.45 } else { 0.6 };
    prior + 0.1 * filled as f64
}

pub fn shape_name(shape: Shape) -> &'static str {
    match shape {
        Shape::Active => "active",
        Shape::Passive => "passive",
        Shape::Open => "verb",
        Shape::Masdar => "masdar",
        Shape::Noun => "noun",
        Shape::ActiveParticiple => "active_participle",
        Shape::PassiveParticiple => "passive_participle",
    }
}

/// The cue of an attribution says that something was said, and is no event.
fn is_cue(scene: &Scene<'_, '_>, token: usize) -> bool {
    scene.attributions.iter().any(|a| a.cue.tokens.contains(&token))
}

/// Violence whose own words may carry a second trigger.
const VIOLENCE: [&str; 4] = ["airstrike", "shelling", "explosion", "attack"];

/// The same event told by a second word: its weapon, the verb that its noun is subject of, a noun that only leads to the
/// event's own, a crowd whose protest the sentence names.
fn is_told_already(scene: &Scene<'_, '_>, trigger: &Trigger<'_>, kind: &str) -> bool {
    let doc = scene.doc;
    let token = trigger.token;
    let names = |t: usize, kinds: &[&str]| {
        trigger_at(scene, t).is_some_and(|x| x.frame.event.as_deref().is_some_and(|e| kinds.contains(&e)))
    };
    let within = |words: usize| {
        let mut at = token;
        let mut out = Vec::new();
        while out.len() < words {
            let Some(previous) = at.checked_sub(1) else { break };
            if !doc.is_word(previous) && doc.kind(previous) != Some(Kind::Number)
                || doc.clitics(at).conjunction.is_some()
            {
                break;
            }
            out.push(previous);
            at = previous;
        }
        out
    };
    let weapon = matches!(trigger.row.class.as_deref(), Some("bomb" | "artillery" | "air" | "small_arms"));
    // "with a rocket that X fired": the verb tells it.
    let fired =
        || (token + 1..token + 4).take_while(|t| doc.is_word(*t)).any(|t| doc.is_finite(t) && names(t, &VIOLENCE));
    if weapon && fired() {
        return true;
    }
    if weapon && within(3).iter().any(|t| names(*t, &VIOLENCE)) {
        return true;
    }
    let verb = trigger.shape.is_verb() && kind == "attack";
    if verb && within(4).iter().any(|t| names(*t, &VIOLENCE) && !doc.is_finite(*t)) {
        return true;
    }
    let leads = trigger.row.is_weak() && trigger.shape == Shape::Noun;
    if leads && trigger_at(scene, token + 1).is_some_and(|t| t.frame.event.is_some() && doc.continues_phrase(token + 1))
    {
        return true;
    }
    trigger.row.acting_subject && {
        let sentence = doc.sentence_range(token);
        let acts = doc.previous_word(token).is_some_and(|p| doc.is_finite(p)) || doc.is_finite(token + 1);
        let named = sentence.clone().any(|t| {
            t != token
                && trigger_at(scene, t).is_some_and(|x| x.frame.event.as_deref() == Some(kind) && !x.row.acting_subject)
        });
        let first = (sentence.start..token).any(|t| trigger_at(scene, t).is_some_and(|x| x.row.acting_subject));
        !acts || named || first
    }
}

/// A trigger that often means something else counts where a fighting party or a place stands with it.
fn is_sure(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> bool {
    let participle = trigger.reading.features.category == Category::ActiveParticiple;
    if trigger.row.strength.as_deref() != Some("weak") && !participle {
        return true;
    }
    let clause = scene.clause(trigger.token);
    clause.into_iter().any(|t| {
        scene.actor_at(t).is_some_and(|a| {
            matches!(
                scene.mentions.actors[a].kind.as_str(),
                "armed_group" | "military" | "coalition" | "collective" | "state"
            )
        })
    })
}

/// Talk about such events in general: behind a word of crime, law, danger or struggle against.
fn is_general(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> bool {
    let doc = scene.doc;
    let mut at = trigger.token;
    for _ in 0..2 {
        let Some(previous) = doc.previous_word(at) else { return false };
        if doc.reading(previous, |_, row| row.has_role("general")).is_some() {
            return true;
        }
        if doc.clitics(at).conjunction.is_none() || !doc.is_nominal(previous) {
            return false;
        }
        at = previous;
    }
    false
}

/// Who did it, to whom, where: the slots around the trigger by its frame.
pub fn roles(scene: &Scene<'_, '_>, trigger: &Trigger<'_>) -> Roles {
    let doc = scene.doc;
    let limit = doc.sentence_range(trigger.token).end;
    let found = slots(scene, trigger.token + 1, limit, 6);
    let mut builder = Builder { scene, trigger, roles: Roles::default() };
    match trigger.shape {
        Shape::Active | Shape::Passive | Shape::Open => builder.verb(&found),
        Shape::ActiveParticiple | Shape::PassiveParticiple => builder.participle(&found),
        Shape::Masdar | Shape::Noun => builder.noun(&found),
    }
    builder.roles
}

struct Builder<'s, 'd, 'a> {
    scene: &'s Scene<'d, 'a>,
    trigger: &'s Trigger<'a>,
    roles: Roles,
}

impl Builder<'_, '_, '_> {
    fn role(&self, slot: &str) -> String {
        let own = self.trigger.row.roles.as_ref();
        let frame = self.trigger.frame;
        let (given, default) = match slot {
            "subject" => (own.and_then(|r| r.subject.clone()), &frame.subject),
            "object" => (own.and_then(|r| r.object.clone()), &frame.object),
            _ => (own.and_then(|r| r.masdar.clone()), &frame.genitive),
        };
        given.unwrap_or_else(|| default.clone())
    }

    fn prep_role(&self, preposition: &str) -> Option<String> {
        let own = self.trigger.row.roles.as_ref().and_then(|r| r.prep.get(preposition));
        own.or_else(|| self.trigger.frame.prep.get(preposition)).cloned()
    }

    fn verb(&mut self, found: &[Slot]) {
        let mut bare = found.iter().filter(|s| s.preposition.is_empty() && !s.joined);
        let before = self.subject_before();
        let harm = self.trigger.frame.harm.is_some() && self.trigger.frame.event.is_none();
        let first = bare.next();
        // Unvowelled: counted or indefinite people behind the verb, and nobody definite to do it, make it passive.
        let passive = match self.trigger.shape {
            Shape::Passive => true,
            Shape::Open => {
                before.is_none() && first.is_none_or(|s| !self.is_doer(s))
                    || harm && before.as_ref().is_some_and(|b| self.is_counted(b))
            }
            _ => false,
        };
        if passive {
            let role = self.role("object");
            match (first, before) {
                (Some(slot), _) if !self.is_place_slot(slot) => self.fill(&role, slot),
                (_, Some(filler)) => self.fill_with(&role, filler),
                _ => {}
            }
        } else {
            let (subject, object) = (self.role("subject"), self.role("object"));
            let two_people = harm
                && first.is_some_and(|s| self.names_people(s))
                && bare.clone().next().is_some_and(|s| self.names_people(s));
            let object_only = object == "victims"
                && before.is_none()
                && first.is_some_and(|s| self.is_counted_slot(s))
                && !two_people;
            let pronoun = self.trigger.reading.pronoun.is_some();
            match before {
                // "whom X supports": the one before the verb is its object.
                Some(filler) if pronoun && first.is_some_and(|s| scene_actor(self.scene, s).is_some()) => {
                    self.fill_with(&object, filler);
                    if let Some(slot) = first {
                        self.fill(&subject, slot);
                    }
                }
                None if object_only => {
                    self.elided(&subject);
                    if let Some(slot) = first {
                        self.fill(&object, slot);
                    }
                }
                Some(filler) => {
                    self.fill_with(&subject, filler);
                    if let Some(slot) = first {
                        self.fill(&object, slot);
                    }
                }
                None => match first {
                    Some(slot) if self.is_place_slot(slot) => {
                        self.elided(&subject);
                        self.fill(&object, slot);
                    }
                    Some(slot) if self.agrees(slot) => {
                        self.fill(&subject, slot);
                        if let Some(slot) = bare.next() {
                            self.fill(&object, slot);
                        }
                    }
                    Some(slot) => {
                        self.elided(&subject);
                        self.fill(&object, slot);
                    }
                    None => self.elided(&subject),
                },
            }
        }
        self.prepositions(found);
    }

    fn participle(&mut self, found: &[Slot]) {
        let scene = self.scene;
        let (subject, object) = (self.role("subject"), self.role("object"));
        let head = self.subject_before().or_else(|| self.noun_before());
        if self.trigger.shape == Shape::PassiveParticiple {
            if let Some(filler) = head {
                self.fill_with(&object, filler);
            }
        } else {
            if let Some(filler) = head {
                self.fill_with(&subject, filler);
            }
            if let Some(slot) = found.iter().find(|s| s.preposition.is_empty()) {
                self.fill(&object, slot);
            }
        }
        let by = found.iter().find(|s| {
            self.trigger.shape == Shape::PassiveParticiple
                && scene_actor(scene, s).is_some()
                && (self.is_by(&s.preposition))
        });
        if let Some(slot) = by {
            self.fill(&subject, slot);
        }
        self.prepositions(found);
    }

    /// The prepositions that name the doer of a passive.
    fn is_by(&self, preposition: &str) -> bool {
        self.prep_role(preposition).as_deref() == Some("agent")
            || self.scene.doc.lexicon.is_place_clitic(preposition.chars().next().unwrap_or(' '))
                && preposition.chars().count() == 1
    }

    fn noun(&mut self, found: &[Slot]) {
        let scene = self.scene;
        let genitive = self.role("genitive");
        if self.trigger.reading.pronoun.is_some() {
            let role = if genitive == "target" { "agent" } else { genitive.as_str() }.to_owned();
            self.elided(&role);
            if role == "agent"
                && let Some(slot) = found.first().filter(|s| s.preposition.is_empty())
            {
                self.fill("target", slot);
            }
        } else if let Some(slot) =
            found.first().filter(|s| s.preposition.is_empty() && !self.trigger.reading.clitics.article)
        {
            // A verbal noun's doer, if it is a party and the frame also takes an object behind it.
            let party = scene_actor(scene, slot).is_some_and(|a| scene.mentions.actors[a].kind != "person");
            let object = found.get(1).is_some_and(|n| n.preposition.is_empty() && !n.joined);
            if matches!(genitive.as_str(), "target" | "patient") && party && object {
                self.fill("agent", slot);
                self.fill(&genitive, &found[1]);
            } else {
                self.fill(&genitive, slot);
            }
        }
        self.nationality();
        self.prepositions(found);
        self.carrier();
        let with_someone = self.trigger.frame.name == "clash" && self.roles.patient.is_some();
        if self.roles.agent.is_none() && (with_someone || self.is_purpose()) {
            self.roles.agent = self.antecedent();
        }
        if self.roles.agent.is_none() && self.trigger.row.acting_subject {
            self.roles.agent = Some(scene.phrase(self.trigger.token..self.trigger.token + 1));
        }
    }

    /// An adjective of nationality behind the noun: the doer, if the report names such a party.
    fn nationality(&mut self) {
        let scene = self.scene;
        let doc = scene.doc;
        if self.trigger.frame.adjective != "agent" || self.roles.agent.is_some() {
            return;
        }
        for t in self.trigger.token + 1..(self.trigger.token + 4).min(doc.len()) {
            if !doc.is_word(t) || doc.clitics(t).preposition.is_some() {
                break;
            }
            if let Some(demonym) = doc.is_demonym(t).filter(|_| scene.actor_at(t).is_none()) {
                let of_country = |kinds: &[&str]| {
                    scene.mentions.actors.iter().position(|a| {
                        a.country.is_some() && a.country == demonym.country && kinds.contains(&a.kind.as_str())
                    })
                };
                let named = of_country(&["military", "coalition"]).or_else(|| of_country(&["state", "collective"]));
                let bare =
                    || (self.trigger.frame.event.as_deref() == Some("airstrike")).then(|| scene.phrase(t..t + 1));
                self.roles.agent = named.map(|a| scene.actor_filler(a)).or_else(bare);
                return;
            }
        }
    }

    /// A light verb before the noun lends it its subject: "launched a strike".
    fn carrier(&mut self) {
        let scene = self.scene;
        let doc = scene.doc;
        if self.roles.agent.is_some() {
            return;
        }
        let start = scene.clause(self.trigger.token).start;
        let mut at = self.trigger.token;
        for _ in 0..8 {
            let Some(previous) = doc.previous_word(at).filter(|p| *p >= start) else { return };
            at = previous;
            let Some((reading, row)) = doc.finite(at).filter(|_| doc.is_finite(at)) else { continue };
            if !matches!(row.frame.as_deref(), Some("light" | "manage")) {
                return;
            }
            let actor = (at + 1..self.trigger.token)
                .find_map(|t| scene.actor_at(t).filter(|_| doc.clitics(t).preposition.is_none()));
            let by_event = row.roles.as_ref().is_some_and(|r| r.subject.as_deref() == Some("event"));
            if by_event {
                return;
            }
            let carrier = Trigger { token: at, reading: *reading, ..*self.trigger };
            let lent = Builder { scene, trigger: &carrier, roles: Roles::default() };
            self.roles.agent =
                actor.map(|a| scene.actor_filler(a)).or_else(|| lent.subject_before()).or_else(|| lent.antecedent());
            return;
        }
    }

    fn prepositions(&mut self, found: &[Slot]) {
        for slot in found.iter().filter(|s| !s.preposition.is_empty()) {
            let Some(role) = self.prep_role(&slot.preposition) else { continue };
            if role == "sides" {
                self.sides(slot, found);
            } else {
                self.fill(&role, slot);
            }
        }
    }

    /// "between A and B".
    fn sides(&mut self, slot: &Slot, found: &[Slot]) {
        let scene = self.scene;
        if self.roles.agent.is_some() {
            return;
        }
        let mut parties: Vec<usize> = Vec::new();
        let at = found.iter().position(|s| s == slot).unwrap_or(0);
        for s in found[at..].iter().take_while(|s| **s == *slot || s.joined || s.preposition == slot.preposition) {
            parties.extend(s.tokens.clone().find_map(|t| scene.actor_at(t)));
        }
        parties.dedup();
        if let [first, second, ..] = parties[..] {
            self.roles.agent = Some(scene.actor_filler(first));
            self.roles.patient = Some(scene.actor_filler(second));
        }
    }

    fn fill(&mut self, role: &str, slot: &Slot) {
        let scene = self.scene;
        let place = slot.tokens.clone().find_map(|t| scene.place_at(t));
        let actor = slot.tokens.clone().find_map(|t| scene.actor_at(t));
        match role {
            "place" => {
                if self.roles.place.is_none() {
                    self.roles.place = place;
                }
            }
            "target" => match (place, actor) {
                (Some(p), None) => {
                    self.roles.place.get_or_insert(p);
                }
                _ => self.fill("patient", slot),
            },
            "victims" => self.roles.victims.push(slot.clone()),
            "none" | "" => {}
            _ => {
                if matches!(role, "agent" | "patient") && actor.is_none() && self.is_place_slot(slot) {
                    if let Some(p) = place {
                        self.roles.place.get_or_insert(p);
                    }
                    return;
                }
                if role == "agent" && actor.is_none() && !self.can_act(slot) {
                    return;
                }
                let filler = match actor {
                    Some(a) => scene.actor_filler(a),
                    None => scene.phrase(slot.tokens.clone()),
                };
                if role == "patient" && self.roles.patient.is_none() {
                    self.roles.patient_from = Some(slot.tokens.start);
                }
                self.fill_with(role, filler);
            }
        }
    }

    fn fill_with(&mut self, role: &str, filler: Filler) {
        let scene = self.scene;
        if role == "agent" && filler.actor.is_none() && !self.are_people(filler.at.tokens.clone()) {
            return;
        }
        let slot = match role {
            "agent" => &mut self.roles.agent,
            "patient" => &mut self.roles.patient,
            "weapon" => &mut self.roles.weapon,
            "supporter" => &mut self.roles.supporter,
            "target" => match filler.at.tokens.clone().find_map(|t| scene.place_at(t)) {
                Some(p) if filler.actor.is_none() => {
                    self.roles.place.get_or_insert(p);
                    return;
                }
                _ => &mut self.roles.patient,
            },
            "victims" => {
                let slot = Slot { preposition: String::new(), tokens: filler.at.tokens.clone(), joined: false };
                self.roles.victims.push(slot);
                return;
            }
            _ => return,
        };
        slot.get_or_insert(filler);
    }

    /// Somebody: a noun of people that is no adjective of the trigger, or a name in no list.
    fn can_act(&self, slot: &Slot) -> bool {
        let doc = self.scene.doc;
        let head = slot.tokens.start;
        let adjective = head == self.trigger.token + 1
            && !self.trigger.shape.is_verb()
            && doc.reading(head, |r, _| !r.features.is_plural() && !r.clitics.article).is_some();
        !adjective && self.are_people(slot.tokens.clone())
    }

    fn are_people(&self, mut tokens: std::ops::Range<usize>) -> bool {
        let doc = self.scene.doc;
        tokens.any(|t| {
            super::count::people(self.scene, t).is_some()
                || doc
                    .reading(t, |r, row| doc.list(r) == List::Collective || row.class.as_deref() == Some("force"))
                    .is_some()
        })
    }

    /// A phrase that is nothing but a place.
    fn is_place_slot(&self, slot: &Slot) -> bool {
        let scene = self.scene;
        scene_actor(scene, slot).is_none()
            && slot.tokens.clone().any(|t| scene.place_at(t).is_some())
            && slot.tokens.clone().all(|t| {
                scene.place_at(t).is_some() || scene.doc.readings(t).iter().any(|r| scene.doc.list(r) == List::Head)
            })
    }

    /// Somebody who does things: a party, or a definite person.
    fn is_doer(&self, slot: &Slot) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        let head = slot.tokens.start;
        if scene.quantity_at(head).is_some() {
            return false;
        }
        match scene_actor(scene, slot) {
            Some(a) => scene.mentions.actors[a].kind != "person" || self.trigger.frame.harm.is_none(),
            None => {
                doc.is_definite(head) && doc.reading(head, |_, r| r.victim.is_some() || r.class.is_some()).is_some()
            }
        }
    }

    fn is_counted(&self, filler: &Filler) -> bool {
        self.counts(filler.at.tokens.clone())
    }

    fn is_counted_slot(&self, slot: &Slot) -> bool {
        self.counts(slot.tokens.clone())
    }

    fn names_people(&self, slot: &Slot) -> bool {
        let scene = self.scene;
        slot.tokens.clone().any(|t| super::count::people(scene, t).is_some() || scene.actor_at(t).is_some())
    }

    fn counts(&self, mut tokens: std::ops::Range<usize>) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        tokens.any(|t| {
            scene.quantity_at(t).is_some() || doc.reading(t, |_, r| r.victim.is_some()).is_some() && !doc.is_definite(t)
        })
    }

    /// Whether verb and following noun agree in gender: before its subject a verb is singular.
    fn agrees(&self, slot: &Slot) -> bool {
        let doc = self.scene.doc;
        let Some(verb) = self.trigger.reading.features.agreement.gender else { return true };
        if self.trigger.reading.features.is_plural() {
            return false;
        }
        let Some(noun) = doc.readings(slot.tokens.start).iter().find(|r| !r.features.category.is_finite()) else {
            return true;
        };
        let plural_thing = noun.features.is_plural() && noun.features.agreement.gender.is_none();
        let noun_gender = if plural_thing { return true } else { noun.features.agreement.gender };
        noun_gender.is_none_or(|g| g == verb) || scene_actor(self.scene, slot).is_some() && verb == Gender::Feminine
    }

    /// The noun phrase in front of the verb in its clause, if the verb goes on with it.
    fn subject_before(&self) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let verb = self.trigger.token;
        let clitics = doc.clitics(verb);
        if clitics.conjunction.is_some() && self.trigger.shape.is_verb() {
            return None;
        }
        let start = doc.sentence_range(verb).start;
        let mut at = verb;
        loop {
            let previous = at.checked_sub(1).filter(|p| *p >= start)?;
            at = previous;
            if let Some(actor) = scene.actor_at(at) {
                return self.whole_subject(actor);
            }
            if let Some(time) = scene.time_at(at) {
                at = scene.mentions.times[time].tokens.start;
                continue;
            }
            match doc.kind(at) {
                Some(k) if k.is_quote() => continue,
                Some(Kind::BracketClose { .. }) => {
                    at = doc.brackets.iter().find(|b| b.close == at).map_or(at, |b| b.open);
                    continue;
                }
                Some(Kind::Word) => {}
                _ => return None,
            }
            if doc.is_particle(at, "rel") || doc.is_particle(at, "aux") || doc.is_particle(at, "neg") {
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
            if doc.clitics(first).preposition.is_some() || first > start && doc.is_preposition(first - 1) {
                return None;
            }
            return Some(scene.phrase(first..at + 1));
        }
    }

    /// An actor before the verb with its whole phrase's preposition checked.
    fn whole_subject(&self, actor: usize) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let start = scene.mentions.actors[actor].at.tokens.start;
        let governed = doc.clitics(start).preposition.is_some() || start > 0 && doc.is_preposition(start - 1);
        let partitive =
            governed && start > 1 && doc.particle(start - 1, "prep").is_some_and(|r| r.has_role("partitive"));
        (!governed || partitive).then(|| scene.actor_filler(actor))
    }

    /// The noun that a participle describes, right before it.
    fn noun_before(&self) -> Option<Filler> {
        let scene = self.scene;
        let before = self.trigger.token.checked_sub(1)?;
        scene.actor_at(before).map(|a| scene.actor_filler(a))
    }

    /// No subject in sight: the last doer before the verb that agrees with it.
    fn elided(&mut self, role: &str) {
        if let Some(filler) = self.antecedent() {
            self.fill_with(role, filler);
        }
    }

    /// The verbal noun says what something else is done for.
    fn is_purpose(&self) -> bool {
        let doc = self.scene.doc;
        let before = self.trigger.token.checked_sub(1);
        before.is_some_and(|p| doc.particle(p, "prep").is_some_and(|r| r.has_role("purpose")))
            || self.trigger.reading.clitics.preposition.is_some_and(|p| {
                let wanted = doc.lexicon.fold.word(&p.to_string());
                doc.lexicon.is_subjunctive(&wanted)
            })
    }

    /// The last party before the trigger in its sentence that is no object of a preposition: a subject first.
    fn antecedent(&self) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let start = doc.sentence_range(self.trigger.token).start;
        let actors = &scene.mentions.actors;
        let usable = |a: &usize| {
            let actor = &actors[*a];
            let first = actor.at.tokens.start;
            let of = first > 0 && doc.is_preposition(first - 1);
            let partitive = of && doc.particle(first - 1, "prep").is_some_and(|r| r.has_role("partitive"));
            !matches!(actor.kind.as_str(), "media" | "organization")
                && first >= start
                && actor.at.tokens.end <= self.trigger.token
                && doc.clitics(first).preposition.is_none()
                && (!of || partitive)
        };
        let is_subject = |a: &usize| {
            let tokens = &actors[*a].at.tokens;
            let before = doc.previous_word(tokens.start);
            before.is_some_and(|p| doc.is_finite(p) || doc.is_particle(p, "comp") || doc.is_particle(p, "aux"))
                || doc.is_finite(tokens.end)
                || tokens.start == start
        };
        let all: Vec<usize> = (0..actors.len()).filter(usable).collect();
        let found = all.iter().rev().find(|a| is_subject(a)).or(all.last());
        found.map(|a| scene.actor_filler(*a))
    }
}

fn scene_actor(scene: &Scene<'_, '_>, slot: &Slot) -> Option<usize> {
    slot.tokens.clone().find_map(|t| scene.actor_at(t))
}

pub struct Polarity {
    pub negated: bool,
    pub realis: &'static str,
}

/// Negation, failure and denial before the trigger; plans and possibilities.
pub fn polarity(scene: &Scene<'_, '_>, token: usize, trigger: &Trigger<'_>) -> Polarity {
    let doc = scene.doc;
    let start = scene.clause(token).start;
    let mut negated = false;
    let mut realis = match trigger.row.realis.as_deref() {
        Some("planned") => "planned",
        Some("possible") => "possible",
        _ => "actual",
    };
    if trigger.reading.clitics.future {
        realis = "planned";
    }
    let mut distance = 0;
    let mut at = token;
    while let Some(previous) = doc.previous_word(at).filter(|p| *p >= start) {
        at = previous;
        distance += 1;
        if distance > 8 {
            break;
        }
        if doc.is_particle(at, "comp") && distance > 3 {
            break;
        }
        let Some((reading, row)) = doc.reading(at, |r, row| {
            row.pos == "neg"
                || row.realis.is_some()
                || row.pos == "prep" && row.has_role("purpose")
                || matches!(row.frame.as_deref(), Some("fail" | "prevent"))
                    && (r.features.category.is_finite() || r.features.category == Category::Masdar)
        }) else {
            if doc.is_finite(at)
                && distance > 1
                && doc.reading(at, |_, r| matches!(r.frame.as_deref(), Some("light" | "manage" | "result"))).is_none()
            {
                break;
            }
            continue;
        };
        let close = distance <= 2;
        if distance == 1 && row.pos == "prep" && row.has_role("purpose") {
            realis = "planned";
        }
        match row.pos.as_str() {
            "neg" if row.needs_neg => {}
            "neg" if row.aspect.is_some() => {}
            "neg" => {
                negated |= close
                    || row.scope.as_deref() == Some("clause") && distance <= 4
                    || row.scope.as_deref() == Some("phrase") && distance <= 3
            }
            _ if matches!(row.frame.as_deref(), Some("fail" | "prevent")) => negated |= distance <= 4,
            _ => {
                let _ = reading;
                if distance <= 4 {
                    realis = match row.realis.as_deref() {
                        Some("planned") => "planned",
                        Some("possible") => "possible",
                        _ => realis,
                    };
                }
            }
        }
    }
    if let Some(attribution) = scene.source_of(token)
        && scene.attributions[attribution].cue_class == "deny"
    {
        negated = true;
    }
    if negated && realis == "actual" {
        realis = "denied";
    }
    Polarity { negated, realis }
}
