//! Who speaks: the noun phrase of a source, behind its cue, before it, or carried on from the last speaker.

use super::attribution::Finder;
use super::{Attribution, Filler};
use crate::lexicon::{List, Reading};
use crate::segment::{Gender, Kind};

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
            if scene.actor_at(start).is_some() && doc.clitics(start).preposition.is_none() {
                break;
            }
            if scene.quantity_at(start).is_some() {
                return None;
            }
            let sign = !doc.is_word(start);
            if sign {
                start += 1;
                continue;
            }
            if doc.is_preposition(start) || doc.clitics(start).preposition.is_some() {
                start = self.phrase_end(start, limit);
                continue;
            }
            if self.is_cue_word(start) {
                return None;
            }
            if doc.is_function_word(start) {
                if doc.is_particle(start, "comp") || doc.is_particle(start, "rel") {
                    return None;
                }
                start += 1;
                continue;
            }
            if doc.is_finite(start) && !doc.could_be_nominal(start) {
                return None;
            }
            break;
        }
        let end = self.speaker_end(start, limit);
        let mut filler = scene.phrase(start..end);
        filler.actor = (start..end).rev().find_map(|t| scene.actor_at(t));
        Some(filler)
    }

    /// Behind a prepositional phrase: its preposition, its noun and what belongs to that.
    pub(super) fn phrase_end(&self, start: usize, limit: usize) -> usize {
        let doc = self.scene.doc;
        let mut end = start + 1;
        if let Some(mention) = self.scene.mention_end(end.min(limit.saturating_sub(1))) {
            return mention.min(limit).max(end);
        }
        while end < limit && doc.continues_phrase(end) && self.scene.actor_at(end).is_none() {
            end += 1;
        }
        end
    }

    /// Behind the speaker: titles, name, and the prepositional phrases that say what he is.
    pub(super) fn speaker_end(&self, start: usize, limit: usize) -> usize {
        let scene = self.scene;
        let doc = scene.doc;
        let mut end = start;
        // A party's name stands: adjectives and a person's name may follow, not another noun.
        let mut named = false;
        while end < limit {
            if let Some(mention) = scene.mention_end(end) {
                let person = scene.actor_at(end).is_some_and(|a| scene.mentions.actors[a].kind == "person");
                if named && !person {
                    break;
                }
                named |= doc.clitics(end).preposition.is_none();
                end = mention;
                continue;
            }
            if scene.time_at(end).is_some() || end > start && scene.quantity_at(end).is_some() {
                break;
            }
            match doc.kind(end) {
                Some(Kind::Word) => {}
                Some(k) if k.is_quote() && !self.opens_speech(end) => {
                    end += 1;
                    continue;
                }
                Some(Kind::Comma) if self.apposition(end + 1, limit) => {
                    end += 1;
                    continue;
                }
                _ => break,
            }
            let clitics = doc.clitics(end);
            if doc.is_particle(end, "comp") || doc.is_particle(end, "rel") {
                break;
            }
            if doc.is_preposition(end) || clitics.preposition.is_some() {
                if !self.belongs(end, limit) {
                    break;
                }
                named = false;
                end += 1;
                continue;
            }
            if named && doc.is_demonym(end).is_none() {
                break;
            }
            if doc.is_function_word(end) && end > start {
                break;
            }
            if doc.is_finite(end) && !doc.could_be_nominal(end) {
                break;
            }
            end += 1;
        }
        end.max(start + 1).min(limit.max(start + 1))
    }

    /// A prepositional phrase that says who the speaker is, not where or to whom he speaks.
    pub(super) fn belongs(&self, at: usize, limit: usize) -> bool {
        let doc = self.scene.doc;
        if doc.clitics(at).preposition.is_some() && !doc.is_preposition(at) {
            return self.scene.mention_end(at).is_some()
                && doc.previous_word(at).is_some_and(|p| {
                    let office = |r: &Reading| doc.row(r).source_kind.is_some() || doc.list(r) == List::Title;
                    doc.readings(p).iter().any(office) || self.scene.actor_at(p).is_some()
                });
        }
        let Some(row) = doc.particle(at, "prep") else { return false };
        let next = doc.next_word(at);
        let document = doc.reading(next, |_, r| r.source_kind.as_deref() == Some("document")).is_some();
        next < limit
            && !document
            && self.scene.time_at(next).is_none()
            && !row.role.iter().any(|r| matches!(r.as_str(), "goal" | "duration" | "cause" | "topic"))
    }

    /// Behind a comma: an office or a name that explains the speaker.
    pub(super) fn apposition(&self, at: usize, limit: usize) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        at < limit
            && (doc.readings(at).iter().any(|r| doc.list(r) == List::Title || doc.row(r).source_kind.is_some())
                || scene.actor_at(at).is_some_and(|a| scene.mentions.actors[a].kind == "person"))
            && doc.clitics(at).conjunction.is_none()
    }

    pub(super) fn can_speak(&self, source: &Filler) -> bool {
        let doc = self.scene.doc;
        if source.actor.is_some() {
            return true;
        }
        let head = source.at.tokens.start;

        doc.readings(head).iter().any(|r| {
            let row = doc.row(r);
            row.source_kind.is_some()
                || row.victim.is_some() && row.harm.is_none()
                || matches!(doc.list(r), List::Title | List::Head | List::Collective)
        })
    }

    /// The noun phrase right before the verb, at the front of its clause.
    pub(super) fn subject_before(&self, verb: usize, sentence_start: usize) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        if doc.clitics(verb).conjunction.is_some() {
            return None;
        }
        let mut last = doc.previous_word(verb).filter(|p| *p >= sentence_start)?;
        while doc.is_particle(last, "aux") || scene.time_at(last).is_some() {
            last = doc.previous_word(last).filter(|p| *p >= sentence_start)?;
        }
        if !doc.is_nominal(last) && scene.actor_at(last).is_none() {
            return None;
        }
        let mut start = last;
        if let Some(actor) = scene.actor_at(last) {
            start = scene.mentions.actors[actor].at.tokens.start;
        }
        while start > sentence_start
            && doc.continues_phrase(start)
            && doc.is_nominal(start - 1)
            && doc.clitics(start).conjunction.is_none()
        {
            start -= 1;
        }
        let first = doc.previous_word(start).filter(|p| *p >= sentence_start);
        let opens = first
            .is_none_or(|p| doc.is_particle(p, "comp") || doc.is_particle(p, "opener") || doc.is_particle(p, "aux"))
            || doc.clitics(start).conjunction.is_some()
            || start == sentence_start;
        let mut filler = scene.phrase(start..last + 1);
        filler.actor = (start..last + 1).rev().find_map(|t| scene.actor_at(t));
        (opens && (filler.actor.is_some() || self.can_speak(&filler))).then_some(filler)
    }

    /// The last source before the token whose gender and number the verb's ending allows.
    pub(super) fn last_speaker(&self, earlier: &[Attribution], reading: Option<&Reading>, at: usize) -> Option<Filler> {
        let wanted = reading?.features.agreement.gender;
        let fits = |a: &&Attribution| {
            a.cue.tokens.start < at
                && !a.source.at.tokens.is_empty()
                && wanted.is_none_or(|g| self.gender(&a.source).is_none_or(|s| s == g))
        };
        earlier.iter().rev().find(fits).map(|a| a.source.clone())
    }

    pub(super) fn gender(&self, source: &Filler) -> Option<Gender> {
        let scene = self.scene;
        let doc = scene.doc;
        if source.actor.is_some_and(|a| scene.mentions.actors[a].kind == "person") {
            return Some(Gender::Masculine);
        }
        let reading = doc.readings(source.at.tokens.start).first()?;
        let plural_thing = reading.features.is_plural() && reading.features.agreement.gender.is_none();
        if plural_thing { Some(Gender::Feminine) } else { reading.features.agreement.gender }
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
