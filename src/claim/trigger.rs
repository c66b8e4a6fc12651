//! Triggers: the words that name what happened, with the frame that each calls up.

use std::cell::LazyCell;

use smallvec::SmallVec;

use super::Scene;
use super::alike::{first_reading_excludes, is_families, is_other_verb, stands_as_verb, undoes_verb};
use super::arms::is_done_by_means_of;
use super::event::VIOLENCE;
use super::near::{
    AIRCRAFT, NEAR, brought_apart, has_preposition, is_described_with, is_done_with, stands_any_near_but, stands_apart,
    stands_as_subject, stands_before, stands_in_phrase, stands_near,
};
use super::nominal::stands_as_noun;
use super::slots::{Slot, slots};
use crate::grammar::{Document, TurnMatch};
use crate::lexicon::{Facts, Frame, List, Reading, Row, Turn};
use crate::morph::{Category, Voice};
use crate::segment::{Agreement, Gender, Kind, Letter, Number};

/// The form of verbs whose subject undergoes what they tell.
const REFLEXIVE: u8 = 7;

/// How far behind the beginning of a report the verb of its headline may stand.
const HEADLINE: usize = 10;

/// How a trigger stands in its clause, which decides where its roles are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Active,
    Passive,
    /// A verb that may be either: what stands around it decides.
    Open,
    /// A verbal noun: its genitive is a role.
    Masdar,
    /// A noun that is no verbal noun.
    Noun,
    ActiveParticiple,
    PassiveParticiple,
}

impl Shape {
    pub fn is_noun(self) -> bool {
        matches!(self, Shape::Masdar | Shape::Noun)
    }

    pub fn is_verb(self) -> bool {
        matches!(self, Shape::Active | Shape::Passive | Shape::Open)
    }
}

#[derive(Debug, Clone, Copy)]
pub struct Trigger<'a> {
    pub token: usize,
    pub reading: Reading,
    pub row: &'a Row,
    pub frame: &'a Frame,
    pub shape: Shape,
}

impl Trigger<'_> {
    /// It tells of a blow: a strike, a shelling, an explosion, an attack.
    pub(super) fn has_doer(&self) -> bool {
        let own = self.row.roles.as_ref().and_then(|r| r.subject.as_deref());
        self.shape.is_verb() && self.reading.pronoun.is_none() && own.unwrap_or(&self.frame.subject) == "agent"
    }

    pub(super) fn is_violent(&self) -> bool {
        self.frame.event.as_deref().is_some_and(|e| VIOLENCE.contains(&e))
    }
}

/// Reads the trigger at a token off the words; `Scene::trigger_at` remembers it.
pub(super) fn find_trigger<'a>(scene: &Scene<'_, 'a>, token: usize) -> Option<Trigger<'a>> {
    let doc = scene.doc;
    if !doc.is_word(token)
        || !doc.may_be(token, Facts::FRAME | Facts::HARM) && doc.turn_at(token).is_none()
        || doc.is_absorbed(token)
        || doc.phrase_at(token).is_some_and(|(row, _)| !doc.lexicon.row(row).has_role("supporter"))
        || scene.actor_at(token).is_some() && !is_captor(doc, token)
        || scene.place_at(token).is_some()
    {
        return None;
    }
    if let Some(turn) = doc.turn_at(token) {
        return turn_trigger(scene, token, turn);
    }
    let nominal = stands_as_noun(scene, token);
    // Behind a preposition no verb stands: a name written like one.
    let governed = doc.previous_word(token).is_some_and(|p| doc.is_preposition(p) && p + 1 == token)
        && doc.readings(token - 1).iter().any(|r| r.pronoun.is_none())
        && doc.clitics(token).conjunction.is_none()
        && (!doc.readings(token).iter().all(|r| r.features.category.is_finite())
            || doc.particle(token - 1, "prep").is_some_and(|row| row.has_role("place") || row.has_role("partitive")));
    let mut readings: SmallVec<[&Reading; 8]> =
        doc.readings(token).iter().filter(|r| doc.row(r).frame.is_some() || doc.row(r).harm.is_some()).collect();
    // The noun of the event before the verbal noun of a verb that often means something else.
    let doubtful = |r: &Reading| r.features.category == Category::Masdar && doc.row(r).is_weak();
    // "we shelled" is written like "he shelled us", which has its doer behind it.
    let next = doc.next_word(token);
    let doer = doc.is_word(next) && doc.is_definite(next) && scene.is_somebody(next);
    let us = |r: &Reading| {
        let us = |p: Agreement| p.person == 1 && p.number == Some(Number::Plural);
        r.features.category.is_finite() && r.pronoun.is_some_and(us)
    };
    // "the kidnapped journalist": what was done to him, and not only who he is.
    let held = |row: &Row| {
        let event = row.frame.as_deref().and_then(|f| doc.lexicon.frames.get(f)).and_then(|f| f.event.as_deref());
        matches!(event, Some("abduction" | "arrest"))
    };
    let single = |r: &Reading| r.features.category.is_participle() && !r.features.is_plural() && held(doc.row(r));
    let described = readings.iter().any(|r| single(r)) && is_said_of_noun(doc, token);
    let aside = |r: &Reading| described && !(single(r) && r.features.category == Category::PassiveParticiple);
    // "did not offer": a verb, whatever else is written like it.
    let undone = |p: usize| doc.particle(p, "neg").is_some_and(|row| row.scope.as_deref() == Some("verb"));
    let verb = token.checked_sub(1).is_some_and(|p| doc.is_word(p) && undone(p))
        && doc.readings(token).iter().any(|r| r.features.jussive || r.features.category == Category::Imperfect);
    let present = verb && token.checked_sub(1).is_some_and(|p| undoes_verb(doc, p));
    let stands = |c: Category| if present { c == Category::Imperfect } else { !verb || c.is_finite() };
    readings.retain(|r| stands(r.features.category));
    readings.sort_by_key(|r| (r.features.category.is_finite() == nominal, aside(r), doubtful(r), us(r) != doer));
    let mut other_verb = false;
    for reading in readings {
        let row = doc.row(reading);
        let agreement = reading.features.agreement;
        let first_person = agreement.person == 1 && agreement.number == Some(Number::Singular);
        // "they (women) returned" is written like many a name, and hardly ever meant.
        let women = reading.features.category.is_finite()
            && agreement.number == Some(Number::Plural)
            && agreement.gender == Some(Gender::Feminine)
            && !are_women(doc, token);
        let other = women || is_families(scene, token, reading);
        // "which offers" is no advance either.
        let verb = other_verb && !reading.features.category.is_finite();
        let fits = !is_other_verb(scene, token, reading);
        other_verb |= !fits && !nominal && stands_as_verb(scene, token);
        // "we agree", "we fight": what we are at, and nothing that happened.
        let stance = matches!(row.frame.as_deref(), Some("agreement" | "clash" | "talks"));
        let now = reading.features.category == Category::Imperfect;
        // "X agrees with Y": of one opinion, or in keeping with it.
        let opinion = row.has_role("opinion") && !reading.clitics.future && !is_headline(doc, token);
        let ours = now && (stance && agreement.person == 1 || opinion);
        // "the two provinces of X", written like "two boycotts of X".
        let head = || doc.readings(token).iter().any(|r| doc.list(r) == List::Head);
        let provinces = reading.features.is_dual() && scene.place_at(token + 1).is_some() && head();
        let excluded = || !(described && single(reading)) && first_reading_excludes(scene, token, reading);
        if first_person || ours || provinces || other || verb || !fits || excluded() {
            continue;
        }
        let Some(frame) = frame_of(scene, token, row, reading) else { continue };
        // Whoever flees or returns does it to nobody.
        if reading.features.category.is_finite() && reading.pronoun.is_some() && row.has_role("intransitive") {
            continue;
        }
        let participle = match reading.features.category {
            Category::ActiveParticiple => Some("active"),
            Category::PassiveParticiple => Some("passive"),
            _ => None,
        };
        if participle.is_some_and(|p| !frame.participles.iter().any(|f| f == p)) {
            continue;
        }
        // "the besieging of X", written like "besieged".
        let deed = |r: &Reading| r.features.category == Category::Masdar && r.row == reading.row;
        if participle.is_some() && doc.readings(token).iter().any(deed) && is_done_to(scene, token) {
            continue;
        }
        // "those affected": people, and nothing that is destroyed.
        let several = reading.features.is_plural() && agreement.gender == Some(Gender::Masculine);
        if participle.is_some() && frame.name == "destruction" && several {
            continue;
        }
        // "those arrested": people, where no noun before it is said to be so.
        let named =
            participle == Some("passive") && reading.clitics.article && frame.event.as_deref() == Some("arrest");
        if named && !is_said_of_noun(doc, token) {
            continue;
        }
        let negator = || doc.previous_word(token).and_then(|p| doc.particle(p, "neg"));
        if reading.features.jussive && negator().is_none_or(Row::is_weak) {
            continue;
        }
        let lasts = row.state && reading.features.category == Category::Imperfect && !reading.clitics.future;
        if lasts && !is_headline(doc, token) && !has_become(doc, token) {
            continue;
        }
        let shape = match reading.features.category {
            Category::Perfect | Category::Imperfect if nominal || governed => continue,
            Category::Perfect | Category::Imperfect => match reading.features.voice {
                Voice::Active => Shape::Active,
                Voice::Passive => Shape::Passive,
                // The seventh form has no passive.
                Voice::Either if row.form == REFLEXIVE => Shape::Active,
                Voice::Either => Shape::Open,
            },
            Category::Masdar => Shape::Masdar,
            Category::ActiveParticiple if is_passive_here(doc, token, reading) => Shape::PassiveParticiple,
            Category::ActiveParticiple => Shape::ActiveParticiple,
            Category::PassiveParticiple => Shape::PassiveParticiple,
            Category::Noun if doc.list(reading) == List::Noun && row.masdar_of.is_some() => Shape::Masdar,
            Category::Noun => Shape::Noun,
            Category::Particle => continue,
        };
        return Some(Trigger { token, reading: *reading, row, frame, shape });
    }
    None
}

/// "the kidnappers": they tell of the abduction, though they are a party.
fn is_captor(doc: &Document<'_>, token: usize) -> bool {
    let captor = |r: &Reading, row: &Row| doc.list(r) == List::Noun && row.frame.as_deref() == Some("abduction");
    doc.reading(token, captor).is_some()
}

/// A verb behind its subject in the line that heads the report: it tells in the present what has happened.
fn is_headline(doc: &Document<'_>, token: usize) -> bool {
    let sentence = doc.sentence_range(token);
    let more = doc.tokens.get(sentence.end).is_some_and(|next| next.new_line);
    let words = || (sentence.start..token).filter(|t| doc.is_word(*t));
    let opens = words().next().is_some_and(|t| !doc.is_function_word(t) && !doc.is_finite(t));
    // "- X takes the town": one of a list of news.
    let mark = if doc.is_word(sentence.start) { sentence.start.checked_sub(1) } else { Some(sentence.start) };
    let listed = mark.is_some_and(|t| doc.tokens[t].new_line && doc.kind(t) == Some(Kind::Clause));
    (sentence.start == 0 && more || listed)
        && opens
        && token - sentence.start < HEADLINE
        && doc.clitics(token).is_empty()
        && !words().any(|t| doc.is_finite(t) && !doc.could_be_nominal(t) || doc.is_particle(t, "rel"))
}

/// "has come to control": the state is new.
fn has_become(doc: &Document<'_>, token: usize) -> bool {
    let start = doc.sentence_range(token).start.max(token.saturating_sub(NEAR));
    let becomes = |t: usize| doc.particle(t, "aux").is_some_and(|row| row.aspect.as_deref() == Some("become"));
    let plain = |t: &usize| doc.is_word(*t) && !doc.is_any_particle(*t, ["comp", "rel", "conj"]);
    doc.clitics(token).is_empty() && (start..token).rev().take_while(plain).any(becomes)
}

/// "16 women were abducted": they stand right before the verb.
fn are_women(doc: &Document<'_>, verb: usize) -> bool {
    let women = |r: &Reading, row: &Row| {
        let female = r.features.agreement.gender != Some(Gender::Masculine);
        row.victim.is_some() && female && !r.features.category.is_finite()
    };
    verb.checked_sub(1).is_some_and(|t| doc.is_word(t) && doc.reading(t, women).is_some())
}

/// A verbal noun with what is done behind it, or with a preposition before it: no participle that describes a noun.
fn is_done_to(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    let clitics = doc.clitics(token);
    if clitics.article || doc.readings(token).iter().any(|r| r.pronoun.is_some()) {
        return !clitics.article;
    }
    let next = doc.next_word(token);
    let named = scene.mention_end(next).is_some() || doc.is_definite(next);
    let adjective = doc.is_demonym(next).is_some() && scene.actor_at(next).is_none();
    let object = doc.continues_phrase(next) && scene.time_at(next).is_none() && !adjective;
    let alone = || token.checked_sub(1).is_none_or(|t| !doc.is_nominal(t) || scene.mention_end(t).is_some());
    clitics.preposition.is_some() || object && (named || alone())
}

/// "the kidnapped soldier": a participle that agrees with the people right before it, and those it names are told there.
fn is_said_of_noun(doc: &Document<'_>, token: usize) -> bool {
    let participle = doc.has_category(token, Category::PassiveParticiple) && doc.clitics(token).preposition.is_none();
    let plain = participle && doc.clitics(token).conjunction.is_none();
    let Some(before) = token.checked_sub(1).filter(|t| plain && doc.is_word(*t)) else { return false };
    // "the Israeli soldier who": past an adjective.
    let adjective = |t: usize| doc.is_demonym(t).is_some();
    let noun = if adjective(before) && doc.continues_phrase(before) { before - 1 } else { before };
    let people = |t: usize| doc.reading(t, |r, row| row.victim.is_some() && !r.features.category.is_finite()).is_some();
    let of = |t: usize| doc.is_definite(t);
    doc.is_word(noun) && people(noun) && of(noun) == of(token) && of(before) == of(token)
}

/// Active and passive participles of some forms are written alike: a preposition right behind means the passive.
fn is_passive_here(doc: &Document<'_>, token: usize, reading: &Reading) -> bool {
    let next = doc.next_word(token);
    let alike = doc.readings(token).iter().any(|r| {
        r.row == reading.row && r.clitics == reading.clitics && r.features.category == Category::PassiveParticiple
    });
    alike && (doc.is_preposition(next) || doc.clitics(next).preposition.is_some())
}

/// A fixed turn has one trigger; its other words have none, and an idiom has none at all.
fn turn_trigger<'a>(scene: &Scene<'_, 'a>, token: usize, turn: &TurnMatch) -> Option<Trigger<'a>> {
    let doc = scene.doc;
    let phrase = &doc.lexicon.phrases[turn.phrase];
    if phrase.turn != Turn::Phrase || token != turn.trigger {
        return None;
    }
    let row = doc.lexicon.row(turn.row);
    let frames = &doc.lexicon.frames;
    let frame = match (row.frame.as_deref(), row.harm.as_deref()) {
        (Some(name), _) => frames.get(name)?,
        (None, Some(harm)) => frames.of_harm(harm)?,
        (None, None) => return None,
    };
    let own = |r: &&Reading| doc.row(r).folded == phrase.words[phrase.trigger];
    let verbal = |r: &&Reading| r.features.category == Category::Masdar || doc.row(r).has_role("verbal");
    let noun = |r: &&Reading| verbal(r) && stands_as_noun(scene, token);
    let mut readings = doc.readings(token).iter();
    let reading = *readings.find(noun).or(doc.readings(token).iter().find(own)).or(doc.readings(token).first())?;
    let shape = match reading.features.category {
        // "which lie under the control of": a state.
        Category::Imperfect if row.state => return None,
        Category::Perfect | Category::Imperfect => Shape::Active,
        Category::Masdar => Shape::Masdar,
        // "lying under the control of": a state.
        c if c.is_participle() && phrase.words.len() > 2 => return None,
        _ => Shape::Noun,
    };
    Some(Trigger { token, reading, row, frame, shape })
}

/// "the raid targeted": a deed right before a verb that agrees with it, and nobody behind who does it to another.
fn is_what_happened(scene: &Scene<'_, '_>, token: usize) -> bool {
    let doc = scene.doc;
    let limit = doc.sentence_range(token).end;
    let near = (token.saturating_sub(NEAR)..token).rev().find(|t| doc.is_lemma(*t, "@event"));
    let Some(deed) = near.filter(|_| stands_before(doc, token, "@event")) else { return false };
    let wanted = doc.finite(token).map(|(r, _)| r.features.agreement);
    let agrees = wanted.is_none_or(|w| scene.agrees_with(w, &scene.phrase(deed..deed + 1)));
    let brought = doc.clitics(deed).preposition.is_some() || doc.governed_by(deed).is_some();
    let bare = |s: &Slot| s.preposition.is_empty() && !s.joined;
    let does = || {
        let behind = slots(scene, token + 1, limit, 3);
        let mut behind = behind.iter().filter(|s| bare(s));
        behind.next().is_some_and(|s| scene.names_somebody(s)) && behind.next().is_some()
    };
    scene.actor_at(deed).is_none() && agrees && !(brought && does())
}

/// "advanced with the support of X": what stands behind is how, and does not change what the verb means.
fn is_backed(doc: &Document<'_>, token: usize, other: &[String]) -> bool {
    let backs = |row: &Row| row.pos == "prep" && row.has_role("supporter");
    let support = |t: usize| {
        doc.phrase_at(t).is_some_and(|(row, _)| backs(doc.lexicon.row(row)))
            || doc.particle(t, "prep").is_some_and(backs)
    };
    let near = (token + 1..token + 1 + NEAR).take_while(|t| doc.is_word(*t));
    near.into_iter().filter(|t| other.iter().any(|w| doc.is_lemma(*t, w))).all(support)
}

/// The frame that the word calls up, given the words around it; `None` if they make it mean something else.
fn frame_of<'a>(scene: &Scene<'_, 'a>, token: usize, row: &'a Row, reading: &Reading) -> Option<&'a Frame> {
    let doc = scene.doc;
    let frames = &doc.lexicon.frames;
    let finite = reading.features.category.is_finite();
    let agreement = reading.features.agreement;
    let pronoun = finite && reading.pronoun.is_some();
    let by_preposition = row.roles.as_ref().is_some_and(|r| !r.prep.is_empty());
    // "the fall of dozens of dead", "hundreds of demonstrators went": past the number.
    let past_subject = LazyCell::new(|| {
        let dual = |q: usize| scene.mentions.quantities[q].dual;
        let own = |t: usize| !doc.is_preposition(t) && doc.is_word(t) && scene.quantity_at(t).is_none_or(dual);
        let bare = |t: &usize| own(*t) && doc.clitics(*t).is_empty();
        let subject = (token + 1..token + 3).take_while(bare).count();
        // "the army lost 60 of its men": past a definite subject too, where a number stands behind it.
        let whole =
            |t: &usize| own(*t) && doc.clitics(*t).conjunction.is_none() && doc.clitics(*t).preposition.is_none();
        let definite = (token + 1..token + 1 + NEAR).take_while(whole).count();
        token + 1 + if scene.quantity_at(token + 1 + definite).is_some() { definite } else { subject }
    });
    let behind = |w: &str| {
        let first = if finite && !w.starts_with('@') { *past_subject } else { token + 1 };
        let number = scene.quantity_at(first).filter(|_| !w.starts_with('@') || w == "@harm" || w == "@artillery");
        let end = number.map(|q| scene.mentions.quantities[q].tokens.end);
        let noun = end.map(|e| if doc.is_preposition(e) { e + 1 } else { e });
        if noun.is_some_and(|n| doc.is_lemma(n, w)) {
            return true;
        }
        // "the army lost 12 of its soldiers"
        let of_them = || {
            let number = scene.quantity_at(*past_subject).map(|q| scene.mentions.quantities[q].tokens.end)?;
            doc.particle(number, "prep").filter(|row| row.has_role("partitive")).map(|_| number + 1)
        };
        if w == "@person" && finite && of_them().is_some_and(|n| doc.is_lemma(n, w)) {
            return true;
        }
        if w == "@place" {
            let bare = |t: &usize| !doc.is_preposition(*t) && doc.clitics(*t).preposition.is_none();
            let own = (token + 1..token + 1 + NEAR).take_while(|t| doc.is_word(*t) && (by_preposition || bare(t)));
            own.into_iter().any(|t| scene.whereabouts(t).is_some())
        } else if by_preposition {
            stands_near(doc, token, w)
        } else {
            stands_in_phrase(doc, token, w)
        }
    };
    let far = || finite && super::slots::far_counted(scene, token).is_some();
    let apart = |w: &str| finite && !w.starts_with('@') && stands_apart(doc, token, w).is_some();
    // "vehicles were sent to": with nothing behind it, the verb may be passive, and its object before it.
    let brought = |t: usize| doc.is_preposition(t) || doc.clitics(t).preposition.is_some();
    let passive = finite && !pronoun && reading.features.voice != Voice::Active && brought(doc.next_word(token));
    let front = |w: &String| (pronoun || passive) && stands_before(doc, token, w);
    // "X and Y exchanged 150 prisoners", "a force of X fired a rocket": the object that no preposition brings, behind the subject.
    let phrases = LazyCell::new(|| {
        let limit = doc.sentence_range(token).end;
        let bare = |s: &Slot| s.preposition.is_empty().then_some(s.tokens.start);
        let found: SmallVec<[usize; 3]> = slots(scene, token + 1, limit, 3).iter().filter_map(bare).collect();
        found
    });
    let object_of = |w: &str| {
        let open = |t: usize| {
            let accusative = |r: &Reading, _: &Row| r.features.accusative && !r.features.category.is_finite();
            doc.is_lemma(t, w) && doc.reading(t, accusative).is_some()
        };
        let counted = |t: usize| {
            let of_many = doc.is_lemma(t, w) && doc.clitics(t).is_empty() && scene.quantity_at(t + 1).is_some();
            of_many || scene.number_end(t).is_some_and(|n| doc.is_lemma(n, w))
        };
        let plain = !w.starts_with('@') || w == "@artillery" || w == "@person";
        let able = finite && plain && scene.quantity_at(token + 1).is_none();
        // "the guard of the coast of X warning shots": right behind its subject.
        let second = || phrases.get(1).is_some_and(|t| doc.is_lemma(*t, w) && doc.clitics(*t).is_empty());
        if able && !w.starts_with('@') && second() {
            return true;
        }
        able && phrases.iter().any(|t| counted(*t) || open(*t))
    };
    let led = |w: &str| finite && row.prep_frame.keys().any(|p| brought_apart(doc, token, p, w).is_some());
    let object = |w: &String| behind(w) || front(w) || w == "@person" && far() || apart(w) || led(w) || object_of(w);
    // "shelled a village near X with a drone": past the object.
    let flown = |w: &String| {
        let by = |s: &Slot| Letter::of(&s.preposition).is_some_and(|p| doc.lexicon.is_place_clitic(p));
        let limit = doc.sentence_range(token).end;
        let air = |s: &Slot| by(s) && s.preposition.chars().nth(1).is_none() && doc.is_lemma(s.tokens.start, w);
        w == AIRCRAFT && slots(scene, token + 1, limit, 5).iter().any(air)
    };
    // "the air base of X": no aircraft.
    // "fired at a helicopter": what it is done to, and not with.
    let unlike = |t: usize| {
        let aircraft =
            |r: &Reading, row: &Row| r.features.category == Category::Noun && row.class.as_deref() == Some("air");
        let noun = doc.clitics(t).is_empty() && doc.reading(t, aircraft).is_some();
        noun && !scene.agrees_with(agreement, &scene.phrase(t..t + 1))
    };
    let hit = |t: usize| finite && (phrases.get(1) == Some(&t) || t == token + 1 && unlike(t));
    let own = |t: usize| scene.place_at(t).is_none() && !hit(t);
    let any = |w: &String| is_done_with(doc, token, w, own) || finite && (stands_before(doc, token, w) || flown(w));
    let before = |w: &String| stands_before(doc, token, w);
    // "the Party of God launched", where a party is launched too.
    let launched = |t: usize| row.needs.iter().any(|w| doc.is_lemma(t, w));
    let subject = |at: usize| finite && at == token + 1 && doc.clitics(at).article && (at + 1..at + NEAR).any(launched);
    let named = |at: usize| scene.actor_at(at).is_some_and(|a| scene.mentions.actors[a].at.tokens.len() > 1);
    let party = |at: usize| named(at) || subject(at);
    if stands_any_near_but(doc, token, &row.not_with, party) && !is_backed(doc, token, &row.not_with)
        || row.not_after.iter().any(before)
    {
        return None;
    }
    if !row.needs_next.is_empty() && !row.needs_next.iter().any(|w| doc.is_lemma(doc.next_word(token), w)) {
        return None;
    }
    if !row.needs.is_empty() && !row.needs.iter().any(object) {
        return None;
    }
    // "the fall of the province of X": what looks like a person's office is what the place is called by.
    let called =
        || doc.readings(token + 1).iter().any(|r| doc.list(r) == List::Head) && scene.place_at(token + 2).is_some();
    // A party's name may be a verbal noun too ("the alliance"): it is subject, and no event.
    let next = doc.next_word(token);
    // So may a bomber: "my suicide" is written like him.
    let bomber = |r: &Reading, row: &Row| row.class.as_deref() == Some("bomb") && r.clitics.is_empty();
    let party = scene.actor_at(next).is_some()
        || super::count::people(scene, next).is_some() && doc.reading(next, bomber).is_some()
        || scene.actor_at(doc.next_word(next)).is_some() && !doc.is_lemma(next, "@event");
    let subject = |w: &String| {
        let behind = |w: &str| !(party && w == "@event") && behind(w);
        let front = |w: &str| stands_before(doc, token, w) || w != "@person" && stands_as_subject(doc, token, w);
        let before = |w: &str| if w == "@event" { is_what_happened(scene, token) } else { front(w) };
        (w != "@person" || !called()) && (behind(w) || finite && before(w)) || w == "@place" && called()
    };
    let brings = |p: &str| finite && row.needs.iter().any(|w| brought_apart(doc, token, p, w).is_some());
    let special = row.prep_frame.iter().find(|(p, _)| has_preposition(doc, token, p) || brings(p));
    let special = special.or_else(|| row.object_frame.iter().find(|(w, _)| object(w)));
    // A word tells more than its class.
    let by_subject = |class: bool| row.subject_frame.iter().find(|(w, _)| w.starts_with('@') == class && subject(w));
    let special = special.or_else(|| by_subject(false)).or_else(|| by_subject(true));
    let special = special.or_else(|| row.with.iter().find(|(w, _)| any(w)));
    let special = special.or_else(|| row.with.iter().find(|(w, _)| finite && is_done_by_means_of(scene, token, w)));
    let special =
        special.or_else(|| row.with.iter().find(|(w, _)| w.starts_with('@') && is_described_with(doc, token, w)));
    if let Some((_, name)) = special {
        return frames.get(name);
    }
    let name = match (row.frame.as_deref(), row.harm.as_deref()) {
        (Some(name), _) => name,
        (None, Some(harm)) => return frames.of_harm(harm),
        (None, None) => return None,
    };
    frames.get(name)
}
