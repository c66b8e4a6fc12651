//! Who speaks: the noun phrase of a source, behind its cue or before it, and whether it can speak.

use std::ops::Range;

use super::attribution::Finder;
use super::cue::Cue;
use super::{Attribution, Filler};
use crate::lexicon::{Facts, List, Reading, Row};
use crate::morph::Category;
use crate::segment::{Gender, Kind, Number};

/// How many words before a verb its subject may begin.
pub(super) const FRONT: usize = 24;

/// How many words a name in brackets has.
const BRACKETED: usize = 6;

/// Two genders that are the same, or not both known.
pub(super) fn agree(one: Option<Gender>, other: Option<Gender>) -> bool {
    one.is_none() || other.is_none() || one == other
}

impl Finder<'_, '_, '_> {
    /// The noun phrase behind a verb that says, up to what is said.
    pub(super) fn subject(&self, from: usize, limit: usize) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let mut start = from;
        loop {
            if start >= limit {
                return None;
            }
            if let Some(time) = scene.time_at(start) {
                start = scene.mentions.times[time].tokens.end;
                continue;
            }
            // "what X declared of it"
            if doc.may_be(start, Facts::BOUND_PRONOUN) {
                start += 1;
                continue;
            }
            if let Some(actor) = scene.actor_at(start) {
                if !self.is_governed(start, actor) {
                    break;
                }
                start = scene.mentions.actors[actor].at.tokens.end.max(start + 1);
                continue;
            }
            if let Some(quantity) = scene.quantity_at(start) {
                // "three officials", "two witnesses".
                let counted = self.behind_share(scene.mentions.quantities[quantity].tokens.end);
                if self.names_speaker(start) || counted < limit && self.names_speaker(counted) {
                    break;
                }
                return None;
            }
            let sign = !doc.is_word(start);
            if sign {
                start += 1;
                continue;
            }
            // "to confirm": a verb of its own.
            if start > from && doc.is_finite(start) && !doc.could_be_nominal(start) {
                return None;
            }
            let alone = doc.lexicon.segmenter.clitics.is_preposition(doc.str(start));
            if alone || doc.is_preposition(start) || doc.clitics(start).preposition.is_some() {
                start = self.phrase_end(start, limit);
                continue;
            }
            if self.is_cue_word(start) || start > from && doc.clitics(start).conjunction.is_some() {
                return None;
            }
            // "on the political level": what describes the end of a preposition of several words.
            if start > from && doc.is_absorbed(start - 1) && doc.clitics(start).article {
                start += 1;
                continue;
            }
            if doc.is_function_word(start) {
                if doc.is_particle(start, "comp") || doc.is_particle(start, "rel") {
                    return None;
                }
                if self.is_one_of_them(start) {
                    break;
                }
                start += 1;
                continue;
            }
            if doc.is_finite(start) && !doc.could_be_nominal(start) {
                return None;
            }
            break;
        }
        Some(self.speaker(start, limit))
    }

    /// "two of the officials": behind the preposition.
    pub(super) fn behind_share(&self, end: usize) -> usize {
        let of = self.scene.doc.particle(end, "prep").is_some_and(|row| row.has_role("partitive"));
        end + usize::from(of)
    }

    /// Behind its subject a verb has its gender.
    pub(super) fn verb_agrees(&self, reading: &Reading, source: &Filler) -> bool {
        let person = source.actor.is_some_and(|a| self.scene.mentions.actors[a].kind == "person");
        let single = !reading.features.is_several();
        person || !single || agree(reading.features.agreement.gender, self.gender(source))
    }

    /// The noun phrase that begins at the token.
    pub(super) fn speaker(&self, start: usize, limit: usize) -> Filler {
        let end = self.speaker_end(start, limit);
        let end = self.issuer_end(start, end, limit);
        self.named_by(start..end)
    }

    /// The phrase, and the last party in it, for which it stands.
    pub(super) fn named_by(&self, tokens: Range<usize>) -> Filler {
        let actor = tokens.clone().rev().find_map(|t| self.scene.actor_at(t));
        Filler { actor, ..self.scene.phrase(tokens) }
    }

    /// The noun phrase behind "according to", whose preposition is written with it.
    pub(super) fn governed(&self, from: usize, limit: usize) -> Option<Filler> {
        let doc = self.scene.doc;
        let is_preposition =
            |t: usize| doc.is_preposition(t) || doc.lexicon.segmenter.clitics.is_preposition(doc.str(t));
        let start = (from..limit.min(from + 3)).find(|t| doc.is_word(*t) && !is_preposition(*t))?;
        let plain = doc.is_function_word(start) && self.scene.actor_at(start).is_none();
        (!plain).then(|| self.speaker(start, limit))
    }

    /// The mention at the token is the object of a preposition written with it.
    pub(super) fn is_governed(&self, token: usize, actor: usize) -> bool {
        let at = &self.scene.mentions.actors[actor].at;
        let conjunction = self.scene.doc.skip_conjunction(token) as usize;
        let from = self.scene.doc.tokens[token].span.start as usize;
        at.tokens.start == token && at.span.start as usize > from + conjunction
    }

    /// A noun that speaks: an office, a body, a document, people.
    pub(super) fn names_speaker(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        // "general prosecutor": an office of several words.
        if self.offices_at(token).next().is_some() {
            return true;
        }
        doc.readings(token).iter().any(|r| {
            let row = doc.row(r);
            row.source_kind.is_some()
                || row.victim.is_some() && row.harm.is_none()
                || matches!(doc.list(r), List::Title | List::Collective)
                || doc.list(r) == List::Head && row.makes.as_deref() != Some("place")
        })
    }

    /// The head of the phrase is a party, a person, or a noun that speaks; a word in no list, if it names one.
    pub(super) fn can_speak(&self, source: &Filler) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        let head = source.at.tokens.start;
        // "the number of the displaced is put at": nobody speaks.
        let counts = |r: &Reading, row: &Row| row.toll && !r.features.category.is_finite();
        if doc.reading(head, counts).is_some() && doc.reading(head, |_, row| row.source_kind.is_some()).is_none() {
            return false;
        }
        // A word in no list is a person's name by the verb alone: not if it ends like an adverb.
        let listed = scene.actor_at(head).is_some_and(|a| scene.mentions.actors[a].row.is_some());
        let adverb = !listed && doc.readings(head).is_empty() && doc.lexicon.looks_accusative(doc.str(head));
        // An object: "saw bodies".
        // "but an official": its subject.
        let subject = || {
            doc.previous_word(head)
                .is_some_and(|p| doc.is_particle(p, "comp") || doc.is_particle(p, "conj") || doc.is_absorbed(p))
        };
        let object = doc.readings(head).first().is_some_and(|r| r.features.accusative && !r.features.is_plural());
        let object = object && !subject();
        if object && !listed {
            return false;
        }
        let named = scene.actor_at(head).is_some_and(|a| scene.mentions.actors[a].at.tokens.len() > 1 || !adverb);
        if named || self.names_speaker(head) || self.named_last(head).is_some() {
            return true;
        }
        let counted = scene.quantity_at(head).map(|q| scene.mentions.quantities[q].tokens.end);
        let share = doc.is_particle(head, "one") || doc.is_particle(head, "subset");
        if self.is_one_of_them(head) {
            return true;
        }
        let next = counted.map_or(head + 1, |end| self.behind_share(end));
        source.at.tokens.contains(&next)
            && ((counted.is_some() || share) && self.names_speaker(next)
                || doc.readings(head).is_empty() && scene.actor_at(next).is_some())
    }

    /// "one of them", "some of them".
    pub(super) fn is_one_of_them(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let share = |pos: &str| pos == "one" || pos == "subset";
        doc.reading(token, |r, row| r.pronoun.is_some_and(|p| p.person == 3) && share(&row.pos)).is_some()
    }

    /// A paper, a body or a person, and no side of the fighting.
    pub(super) fn is_voice(&self, source: &Filler) -> bool {
        let scene = self.scene;
        let kind = source.actor.map(|a| scene.mentions.actors[a].kind.as_str());
        matches!(kind, Some("media" | "organization" | "person"))
            || scene.doc.reading(source.at.tokens.start, |_, row| row.source_kind.is_some()).is_some()
    }

    /// A name that no list holds, right behind a verb that is nothing but speech.
    pub(super) fn is_new_name(&self, source: &Filler, verb: usize) -> bool {
        let doc = self.scene.doc;
        let head = source.at.tokens.start;
        let first = (verb + 1..doc.len()).find(|t| doc.is_word(*t));
        let analysis = doc.analysis(head);
        first == Some(head)
            && doc.readings(head).is_empty()
            && analysis.is_some_and(|a| a.seen.clitics.preposition.is_none() && a.seen.clitics.conjunction.is_none())
            && !doc.lexicon.looks_accusative(doc.str(head))
    }

    /// Behind a verb that has the noun before it for its subject, the next noun is the object.
    pub(super) fn is_object(&self, cue: &Cue<'_>, source: &Filler) -> bool {
        let doc = self.scene.doc;
        let i = cue.tokens.start;
        let Some(reading) = cue.reading else { return false };
        let hearer = cue.row.roles.as_ref().is_some_and(|r| r.object.is_some());
        let plural = reading.features.is_plural();
        // "which X described as": the pronoun is the object.
        if reading.pronoun.is_some() && !plural {
            return false;
        }
        let described = reading.features.category == Category::Imperfect
            && reading.clitics.conjunction.is_none()
            && i.checked_sub(1).is_some_and(|p| doc.is_word(p) && doc.is_nominal(p) && self.scene.time_at(p).is_none());
        // A verb in the plural has its subject before it.
        plural || hearer && described || !agree(reading.features.agreement.gender, self.gender(source)) && hearer
    }

    /// The noun phrase before the verb, at the front of its clause; what a relative pronoun right before it stands for.
    pub(super) fn subject_before(&self, verb: usize, sentence_start: usize) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        if doc.clitics(verb).conjunction.is_some() {
            return None;
        }
        let mut last = doc.previous_word(verb).filter(|p| *p >= sentence_start)?;
        loop {
            // "the mission (UNAMI) announced": behind the brackets stands the whole name.
            let near = (sentence_start.max(last.saturating_sub(BRACKETED))..last).rev();
            let open = near.filter(|_| matches!(doc.kind(last), Some(Kind::BracketClose { .. })));
            if let Some(before) = open.filter_map(|t| t.checked_sub(1)).find(|t| doc.bracket_from(t + 1) == Some(last))
            {
                last = before;
                continue;
            }
            let passes = doc.is_particle(last, "aux")
                || self.is_itself(last)
                || scene.time_at(last).is_some()
                || doc.kind(last) == Some(Kind::Comma)
                || doc.is_particle(last, "rel");
            if !passes {
                break;
            }
            last = doc.previous_word(last).filter(|p| *p >= sentence_start)?;
        }
        if !doc.is_nominal(last) && !self.is_accusative_adjective(last) && scene.actor_at(last).is_none() {
            return None;
        }
        let apart = doc.kind(verb - 1) == Some(Kind::Comma);
        for start in (sentence_start..last + 1).rev().take(FRONT) {
            let opens = start == sentence_start
                || doc.clitics(start).conjunction.is_some()
                || matches!(doc.kind(start - 1), Some(Kind::Comma | Kind::Clause | Kind::Colon))
                || ["comp", "opener", "aux", "conj"].iter().any(|p| doc.is_particle(start - 1, p))
                // "in the ranks of X", "on the political level": no clause begins behind a preposition of several words.
                || !apart && doc.is_absorbed(start - 1) && doc.governed_by(start).is_none();
            let inside = scene.actor_at(start).is_some_and(|a| scene.mentions.actors[a].at.tokens.start < start);
            if !opens || inside || !doc.is_word(start) && !doc.tokens[start].kind.is_quote() {
                continue;
            }
            if doc.is_finite(start) && !doc.could_be_nominal(start) && scene.actor_at(start).is_none() {
                return None;
            }
            let Some(filler) = self.subject(start, last + 1) else { continue };
            // "On the political level, X demanded": the phrase before the comma has no part in it.
            if apart && filler.at.tokens.start > start {
                continue;
            }
            let rest = filler.at.tokens.end..last + 1;
            let reaches = rest.clone().all(|t| {
                let plain = !doc.is_function_word(t) || doc.is_preposition(t) || self.is_accusative_adjective(t);
                doc.is_word(t) && plain && (!doc.is_finite(t) || doc.could_be_nominal(t))
                    || doc.tokens[t].kind.is_quote()
                    || doc.tokens[t].kind.is_bracket()
            });
            if reaches && self.can_speak(&filler) {
                return Some(filler);
            }
        }
        None
    }

    /// "but residents whom X reached confirmed that": behind what opens the clause, and all that describes them without a "who".
    pub(super) fn described_speaker(&self, cue: &Cue<'_>, sentence_start: usize) -> Option<Filler> {
        let doc = self.scene.doc;
        let (verb, reading) = (cue.tokens.start, cue.reading?);
        if doc.clitics(verb).conjunction.is_some() || cue.row.is_weak() {
            return None;
        }
        let opens = |t: &usize| {
            let before = *t - 1;
            let phrase = doc.is_absorbed(before) && doc.governed_by(*t).is_none();
            doc.is_any_particle(before, ["comp", "conj"]) || phrase
        };
        let start = (sentence_start + 1..verb).rev().take(FRONT).find(opens)?;
        let source = self.subject(start, verb).filter(|s| s.at.tokens.start == start && self.can_speak(s))?;
        let described = source.at.tokens.end < verb && doc.is_finite(source.at.tokens.end);
        let unnamed = source.actor.is_none() && !doc.is_definite(start);
        let fits = reading.features.is_plural() == self.is_several(&source) && self.verb_agrees(&reading, &source);
        (described && unnamed && fits).then_some(source)
    }

    /// "broadcast this toll the television": the subject, where the noun behind the verb cannot speak and the next can.
    pub(super) fn behind_object(&self, reading: &Reading, object: Filler, limit: usize) -> Filler {
        let doc = self.scene.doc;
        let next = object.at.tokens.end;
        let fits = self.can_speak(&object) && self.verb_agrees(reading, &object);
        if fits || !doc.is_definite(object.at.tokens.start) || !doc.is_word(next) || next >= limit {
            return object;
        }
        let subject = self.subject(next, limit).filter(|s| s.at.tokens.start == next);
        let speaks = |s: &Filler| {
            self.can_speak(s) && self.verb_agrees(reading, s) && (doc.is_definite(next) || s.actor.is_some())
        };
        subject.filter(speaks).unwrap_or(object)
    }

    pub(super) fn gender(&self, source: &Filler) -> Option<Gender> {
        let scene = self.scene;
        let doc = scene.doc;
        let head = source.at.tokens.start;
        if source.actor.is_some_and(|a| scene.mentions.actors[a].kind == "person") {
            // "the minister X", where the title is a woman's.
            let woman = |r: &Reading, _: &Row| r.features.agreement.gender == Some(Gender::Feminine);
            let titled = scene.actor_at(head).is_none() && doc.reading(head, woman).is_some();
            return Some(if titled { Gender::Feminine } else { Gender::Masculine });
        }
        if scene.is_bare_name(head) {
            return None;
        }
        let noun = |r: &&Reading| !r.features.category.is_finite();
        let reading = doc.readings(head).iter().find(noun).or(doc.readings(head).first())?;
        // Things in the plural are feminine; before a plural of people the verb may have either gender.
        let plural = reading.features.is_plural() && reading.features.agreement.gender.is_none();
        let thing = || {
            let person = |_: &Reading, row: &Row| {
                matches!(row.source_kind.as_deref(), Some("witness" | "monitor" | "office_holder" | "spokesperson"))
            };
            super::count::people(scene, head).is_none() && doc.reading(head, person).is_none() && !self.is_title(head)
        };
        if plural { thing().then_some(Gender::Feminine) } else { reading.features.agreement.gender }
    }

    /// The gender that the verb of an attribution shows, where its speaker is its subject; else that of the speaker's own words.
    pub(super) fn gender_shown(&self, said: &Attribution) -> Option<Gender> {
        let verb = |r: &Reading, row: &Row| {
            let agreement = r.features.agreement;
            row.cue.is_some() && r.features.category.is_finite() && agreement.number == Some(Number::Singular)
        };
        let shown = self.scene.doc.reading(said.cue.tokens.start, verb).filter(|_| said.rule != "told_in");
        shown.and_then(|(r, _)| r.features.agreement.gender).or_else(|| self.gender(&said.source))
    }

    pub(super) fn source_kind(&self, source: &Filler) -> Option<String> {
        let scene = self.scene;
        let doc = scene.doc;
        let tokens = source.at.tokens.clone();
        let mentioned = source.actor.map(|a| &scene.mentions.actors[a]);
        let word = tokens.clone().find_map(|t| doc.reading(t, |_, r| r.source_kind.is_some()).map(|(_, r)| r));
        if let Some(kind) = word.and_then(|r| r.source_kind.clone())
            && (kind == "spokesperson" || mentioned.is_none_or(|m| m.kind != "person"))
        {
            return Some(kind);
        }
        let titled = tokens.clone().any(|t| {
            doc.reading(t, |r, row| doc.list(r) == List::Title && row.kind.as_deref() == Some("office_holder"))
                .is_some()
        });
        Some(
            match mentioned.map(|m| m.kind.as_str()) {
                Some("person") if titled => "office_holder",
                Some("person") => "named_person",
                Some("media") => "media",
                Some(_) => "organization",
                None if titled => "office_holder",
                None => return None,
            }
            .to_owned(),
        )
    }
}
