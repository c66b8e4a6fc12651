//! Who speaks: the noun phrase of a source, behind its cue, before it, or carried on from the last speaker.

use super::attribution::Finder;
use super::cue::Cue;
use super::{Attribution, Filler};
use crate::lexicon::{Facts, List, Reading, Referent};
use crate::morph::Category;
use crate::segment::{Gender, Kind};

/// How many words before a verb its subject may begin.
pub(super) const FRONT: usize = 24;
/// Among how many of the sources before is one looked for that a word stands for.
pub(super) const BACK: usize = 256;

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
    fn behind_share(&self, end: usize) -> usize {
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
    fn speaker(&self, start: usize, limit: usize) -> Filler {
        let scene = self.scene;
        let end = self.speaker_end(start, limit);
        let end = self.issuer_end(start, end, limit);
        let mut filler = scene.phrase(start..end);
        filler.actor = (start..end).rev().find_map(|t| scene.actor_at(t));
        filler
    }

    /// "a report that X issued": behind the issuer of a document.
    fn issuer_end(&self, start: usize, end: usize, limit: usize) -> usize {
        let doc = self.scene.doc;
        let document = doc.reading(start, |_, r| r.source_kind.as_deref() == Some("document")).is_some();
        if !document || end >= limit || !doc.is_word(end) {
            return end;
        }
        let verb = end + usize::from(doc.is_particle(end, "rel"));
        let issued = |r: &Reading| r.features.category.is_finite() && r.pronoun.is_some_and(|p| p.person == 3);
        let issuer = self.scene.actor_at(verb + 1).map(|a| self.scene.mentions.actors[a].at.tokens.clone());
        match issuer {
            Some(by) if by.start == verb + 1 && by.end <= limit && doc.readings(verb).iter().any(issued) => by.end,
            _ => end,
        }
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
    fn is_governed(&self, token: usize, actor: usize) -> bool {
        let at = &self.scene.mentions.actors[actor].at;
        let conjunction = self.scene.doc.skip_conjunction(token) as usize;
        let from = self.scene.doc.tokens[token].span.start as usize;
        at.tokens.start == token && at.span.start as usize > from + conjunction
    }

    /// Behind a prepositional phrase: its preposition, its noun and what belongs to that.
    pub(super) fn phrase_end(&self, start: usize, limit: usize) -> usize {
        let doc = self.scene.doc;
        let mut end = start + 1;
        if end < limit && doc.tokens[end].kind.is_quote() {
            end += 1;
        }
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
                let described = end > start && doc.is_demonym(end - 1).is_some();
                let governed = doc.clitics(end).preposition.is_some() && self.belongs(end, limit);
                // "a local source to the agency": the one who is spoken to.
                let hearer = end > start
                    && doc.clitics(end).preposition.is_some()
                    && scene.actor_at(end).is_some_and(|a| scene.mentions.actors[a].kind == "media");
                if (named || described) && !person && !governed || hearer {
                    break;
                }
                named |= doc.clitics(end).preposition.is_none();
                end = mention;
                continue;
            }
            if scene.time_at(end).is_some() || end > start && scene.quantity_at(end).is_some() {
                break;
            }
            if let Some(office) = self.office_end(end).filter(|_| !named) {
                end = office;
                continue;
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
            // "a source in the ministry and doctors".
            if clitics.conjunction.is_some() && clitics.preposition.is_none() && named && self.names_speaker(end) {
                named = false;
                end += 1;
                continue;
            }
            // "sources to «X»": a preposition apart from its noun.
            let alone = doc.lexicon.segmenter.clitics.is_preposition(doc.str(end));
            if end > start && alone && doc.kind(end + 1).is_some_and(Kind::is_quote) {
                break;
            }
            // "the movement its responsibility": what somebody owns does not go on with a definite noun.
            let owned = |r: &Reading| r.pronoun.is_some_and(|p| p.person == 3) && !r.features.category.is_finite();
            if end > start && doc.clitics(end - 1).article && doc.readings(end).iter().any(owned) {
                break;
            }
            // "the spokesman saying that".
            let saying = |r: &Reading| {
                r.features.accusative
                    && r.features.category == Category::ActiveParticiple
                    && doc.row(r).cue.is_some()
                    && !doc.row(r).is_weak()
                    && r.clitics.is_empty()
            };
            if end > start && doc.readings(end).iter().any(saying) {
                break;
            }
            if end > start && self.begins_content(start, end) {
                break;
            }
            if doc.is_particle(end, "comp") || doc.is_particle(end, "rel") {
                break;
            }
            if end > start && (doc.is_preposition(end) || clitics.preposition.is_some()) {
                let proper = scene.actor_at(start).is_some_and(|a| scene.mentions.actors[a].kind != "person");
                if proper && doc.is_preposition(end) || !self.belongs(end, limit) {
                    break;
                }
                named = false;
                end += 1;
                continue;
            }
            // A name in no list, behind an office and what it is the office of.
            // "on" is written like a name.
            let part = |t: usize| {
                !doc.is_function_word(t)
                    && doc.may_be(t, Facts::WHOLE_NAME_PART)
                    && doc.analysis(t).is_some_and(|w| w.seen.clitics.is_empty())
            };
            let unlisted = doc.readings(end).is_empty() && doc.clitics(end).is_empty() || part(end) || part(end + 1);
            // "the chief of staff of the army, General X".
            let person = |t: usize| scene.actor_at(t).is_some_and(|a| scene.mentions.actors[a].kind == "person");
            if named
                && clitics.conjunction.is_none()
                && clitics.preposition.is_none()
                && self.is_office(end)
                && person(end + 1)
            {
                end += 1;
                continue;
            }
            if named && doc.is_demonym(end).is_none() {
                if !unlisted || !self.names_speaker(start) || doc.is_function_word(end) {
                    break;
                }
                end += 1;
                continue;
            }
            if doc.is_function_word(end) && end > start {
                break;
            }
            // "an official asked": a verb that describes an unnamed speaker.
            let speaker = |t: usize| {
                let adjective = t > start && (doc.is_demonym(t).is_some() || self.describes(t));
                self.names_speaker(if adjective { start } else { t })
            };
            let describes = end > start && self.is_cue_verb(end) && speaker(end - 1) && !doc.is_definite(end);
            if doc.is_finite(end) && !doc.could_be_nominal(end) || describes && !doc.is_definite(end - 1) {
                break;
            }
            end += 1;
        }
        // A mark that closes what opened before the speaker.
        let marks = (start..end).filter(|t| doc.kind(*t).is_some_and(Kind::is_quote)).count();
        let closing = marks % 2 == 1 && doc.kind(end - 1).is_some_and(Kind::is_quote);
        let end = end - usize::from(closing);
        end.max(start + 1).min(limit.max(start + 1))
    }

    /// "the acting …": behind an office of several words.
    fn office_end(&self, token: usize) -> Option<usize> {
        let doc = self.scene.doc;
        let office = |r: &Referent| matches!(r, Referent::Phrase(id) if doc.lexicon.list(*id) == List::Title);
        let found = doc.names_at(token).iter().find(|m| m.end > token + 1 && m.referents.iter().any(office));
        found.map(|m| m.end)
    }

    /// "local sources the entry of fighters": an indefinite noun that cannot go on with the speaker's phrase, behind its
    /// adjective or its article, is what is said.
    fn begins_content(&self, start: usize, token: usize) -> bool {
        let doc = self.scene.doc;
        let Some(reading) = doc.readings(token).first() else { return false };
        let row = doc.row(reading);
        let official = row.source_kind.is_some() && row.source_kind.as_deref() != Some("document");
        let happens = reading.features.category == Category::Masdar
            || self.scene.trigger_at(token).is_some_and(|t| t.shape.is_noun());
        let noun = doc.list(reading) == List::Noun && reading.features.category == Category::Noun && !official;
        let before = token - 1;
        if !doc.is_word(before) || self.scene.actor_at(token).is_some() {
            return false;
        }
        let described = doc.is_demonym(before).is_some() || self.describes(before);
        let definite = doc.clitics(before).article && before == start;
        let clitics = doc.clitics(token);
        clitics.is_empty() && (happens && doc.clitics(before).article || (happens || noun) && described)
            || clitics.article && clitics.count() == 1 && happens && !official && definite
    }

    /// An adjective: what it describes is a whole phrase.
    fn describes(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let word = doc.str(token);
        let adjective = |r: &Reading| doc.list(r) == List::Adjective || r.features.category.is_participle();
        doc.readings(token).is_empty() && doc.lexicon.looks_related(word)
            || doc.lexicon.is_written_feminine(word)
            || doc.readings(token).iter().any(adjective) && !self.names_speaker(token)
    }

    pub(super) fn is_office(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        doc.reading(token, |r, _| doc.list(r) == List::Title).is_some()
    }

    /// A prepositional phrase that says who the speaker is, not where or to whom he speaks.
    pub(super) fn belongs(&self, at: usize, limit: usize) -> bool {
        let doc = self.scene.doc;
        if doc.clitics(at).preposition.is_some() && !doc.is_preposition(at) {
            let kind = |t: usize| self.scene.actor_at(t).map(|a| self.scene.mentions.actors[a].kind.as_str());
            let office = |p: usize| {
                let office = |r: &Reading| doc.row(r).source_kind.is_some() || doc.list(r) == List::Title;
                doc.readings(p).iter().any(office) || kind(p).is_some_and(|k| k != "person")
            };
            // "told Reuters": the one who is spoken to.
            if kind(at) == Some("media") {
                return false;
            }
            let before = doc.previous_word(at);
            // "the general command of": behind its adjective.
            let head = before
                .filter(|p| self.describes(*p) || doc.is_demonym(*p).is_some())
                .and_then(|p| doc.previous_word(p));
            return self.scene.mention_end(at).is_some() && before.into_iter().chain(head).any(office);
        }
        let Some(row) = doc.particle(at, "prep") else { return false };
        // "a statement issued by", "close to": the preposition of a document, or of a participle.
        let is_document = |t: usize| {
            self.scene.actor_at(t).is_none()
                && doc.reading(t, |_, r| r.source_kind.as_deref() == Some("document")).is_some()
        };
        let issued = row.has_role("source") && (at.saturating_sub(2)..at).any(is_document);
        let participle = |t: usize| doc.reading(t, |r, row| r.features.category.is_participle() && row.cue.is_none());
        if issued || doc.previous_word(at).is_some_and(|p| participle(p).is_some()) {
            return true;
        }
        let next = doc.next_word(at);
        let document = doc.reading(next, |_, r| r.source_kind.as_deref() == Some("document")).is_some();
        next < limit
            && !document
            && self.scene.time_at(next).is_none()
            && !row.role.iter().any(|r| matches!(r.as_str(), "goal" | "duration" | "cause" | "topic" | "path"))
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

    /// A noun that speaks: an office, a body, a document, people.
    pub(super) fn names_speaker(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        // "general prosecutor": an office of several words.
        let office = |r: &Referent| matches!(r, Referent::Phrase(id) if doc.lexicon.list(*id) == List::Title);
        if doc.names_at(token).iter().any(|m| m.referents.iter().any(office)) {
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
        // A word in no list is a person's name by the verb alone: not if it ends like an adverb.
        let listed = scene.actor_at(head).is_some_and(|a| scene.mentions.actors[a].row.is_some());
        let adverb = !listed && doc.readings(head).is_empty() && doc.lexicon.looks_accusative(doc.str(head));
        // An object: "saw bodies"; behind "that", "but", the subject has the same ending.
        let brings = ["comp", "conj", "opener"];
        let governed = head.checked_sub(1).is_some_and(|t| brings.iter().any(|p| doc.is_particle(t, p)));
        let accusative = doc.readings(head).first().is_some_and(|r| r.features.accusative && !r.features.is_plural());
        let object = accusative && !governed;
        if object && !listed {
            return false;
        }
        let named = scene.actor_at(head).is_some_and(|a| scene.mentions.actors[a].at.tokens.len() > 1 || !adverb);
        if named || self.names_speaker(head) {
            return true;
        }
        let counted = scene.quantity_at(head).map(|q| scene.mentions.quantities[q].tokens.end);
        let one_of_them =
            doc.particle(head, "one").is_some_and(|_| doc.readings(head).iter().any(|r| r.pronoun.is_some()));
        if one_of_them {
            return true;
        }
        let share = doc.is_particle(head, "one") || doc.is_particle(head, "subset");
        let next = counted.map_or(head + 1, |end| self.behind_share(end));
        source.at.tokens.contains(&next)
            && ((counted.is_some() || share) && self.names_speaker(next)
                || doc.readings(head).is_empty() && scene.actor_at(next).is_some())
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
            let passes = doc.is_particle(last, "aux")
                || scene.time_at(last).is_some()
                || doc.kind(last) == Some(Kind::Comma)
                || doc.is_particle(last, "rel");
            if !passes {
                break;
            }
            last = doc.previous_word(last).filter(|p| *p >= sentence_start)?;
        }
        if !doc.is_nominal(last) && !self.describes(last) && scene.actor_at(last).is_none() {
            return None;
        }
        for start in (sentence_start..last + 1).rev().take(FRONT) {
            let opens = start == sentence_start
                || doc.clitics(start).conjunction.is_some()
                || matches!(doc.kind(start - 1), Some(Kind::Comma | Kind::Clause | Kind::Colon))
                || ["comp", "opener", "aux", "conj"].iter().any(|p| doc.is_particle(start - 1, p))
                // "in the ranks of X", "on the political level": no clause begins behind a preposition of several words.
                || doc.is_absorbed(start - 1) && doc.governed_by(start).is_none() && !doc.clitics(start).article;
            if !opens || !doc.is_word(start) && !doc.tokens[start].kind.is_quote() {
                continue;
            }
            if doc.is_finite(start) && !doc.could_be_nominal(start) && scene.actor_at(start).is_none() {
                return None;
            }
            let Some(filler) = self.subject(start, last + 1) else { continue };
            let rest = filler.at.tokens.end..last + 1;
            let reaches = rest.clone().all(|t| {
                let plain = !doc.is_function_word(t) || doc.is_preposition(t);
                doc.is_word(t) && plain && (!doc.is_finite(t) || doc.could_be_nominal(t))
                    || doc.tokens[t].kind.is_quote()
            });
            if reaches && self.can_speak(&filler) {
                return Some(filler);
            }
        }
        None
    }

    /// Whom a source stands for: "the statement" for who issued it, "the official" for the one named before.
    pub(super) fn stands_for(&self, source: &Filler, earlier: &[Attribution]) -> Option<Filler> {
        let scene = self.scene;
        let doc = scene.doc;
        let tokens = &source.at.tokens;
        let (reading, row) = doc.reading(tokens.start, |_, row| row.source_kind.is_some())?;
        let is = |kind: &str| row.source_kind.as_deref() == Some(kind);
        if is("document") {
            let within = (tokens.start + 1..tokens.end).find(|t| {
                scene.actor_at(*t).is_some() || self.names_speaker(*t) && doc.clitics(*t).preposition.is_none()
            });
            if let Some(issuer) = within {
                return Some(self.speaker(issuer, tokens.end));
            }
            if !reading.clitics.article && reading.pronoun.is_none() {
                return None;
            }
            let issuer = earlier
                .iter()
                .rev()
                .take(BACK)
                .find(|a| a.stands_for.is_some() || a.source_kind.as_deref() != Some("document"))?;
            return Some(issuer.stands_for.clone().unwrap_or_else(|| issuer.source.clone()));
        }
        let unnamed = is("unnamed_official") || is("spokesperson") || is("witness");
        if !unnamed || !reading.clitics.article || source.actor.is_some() {
            return None;
        }
        let same = |a: &&Attribution| {
            let head = a.source.at.tokens.start;
            head < tokens.start && !doc.is_definite(head) && doc.reading(head, |_, r| r.folded == row.folded).is_some()
        };
        earlier.iter().rev().take(BACK).find(same).map(|a| a.source.clone())
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
