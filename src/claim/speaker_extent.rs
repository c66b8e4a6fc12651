//! How far the noun phrase of a speaker reaches: titles, name, adjectives, and the prepositional phrases that say who he is.

use super::attribution::Finder;
use crate::lexicon::{Facts, List, Reading, Referent, Row};
use crate::morph::Category;
use crate::segment::Kind;

/// A sound plural or a dual that has kept its ending: no genitive follows.
fn is_whole_plural(reading: &Reading) -> bool {
    let shown = reading.features.agreement.gender.is_some();
    reading.features.is_several() && shown && !reading.features.construct && reading.pronoun.is_none()
}

impl Finder<'_, '_, '_> {
    /// "a report that X issued": behind the issuer of a document.
    pub(super) fn issuer_end(&self, start: usize, end: usize, limit: usize) -> usize {
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

    /// Behind a prepositional phrase: its preposition, its noun and what belongs to that.
    pub(super) fn phrase_end(&self, start: usize, limit: usize) -> usize {
        let doc = self.scene.doc;
        let mut end = start + 1;
        // "in it": the pronoun is its noun.
        if doc.is_preposition(start) && doc.readings(start).iter().any(|r| r.pronoun.is_some_and(|p| p.person == 3)) {
            return end;
        }
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
        let mut end = self.past_titles(start).min(limit);
        // A party's name stands: adjectives and a person's name may follow, not another noun.
        let mut named = false;
        while end < limit {
            if let Some(mention) = scene.mention_end(end) {
                let person = scene.actor_at(end).is_some_and(|a| scene.mentions.actors[a].kind == "person");
                let described = end > start
                    && (doc.is_demonym(end - 1).is_some()
                        || self.has_article(end - 1)
                        || self.is_adjective(end - 1)
                        || self.is_whole_official(start, end));
                let governed = doc.clitics(end).preposition.is_some() && self.belongs(end, limit);
                // "the commander of the ground forces": the office ends inside the party's name.
                let cut = scene.actor_at(end).is_some_and(|a| scene.mentions.actors[a].at.tokens.start < end);
                // "Qatar and Egypt announced"
                let joined = named && self.joins_parties(end);
                // "a local source to the agency": the one who is spoken to.
                let hearer = end > start
                    && !governed
                    && doc.clitics(end).preposition.is_some()
                    && scene.actor_at(end).is_some_and(|a| scene.mentions.actors[a].kind == "media");
                if (named || described) && !person && !governed && !cut && !joined || hearer {
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
            // "the same source", said behind him.
            if end > start && self.is_itself(end) {
                end += 1;
                break;
            }
            let clitics = doc.clitics(end);
            // "her spokesman X": "in her name" goes with the office.
            let office =
                |t: usize| doc.reading(t, |_, row| row.source_kind.as_deref() == Some("spokesperson")).is_some();
            let in_name = |r: &Reading| r.pronoun.is_some_and(|p| p.person == 3);
            let brings = doc.is_preposition(end) || clitics.preposition.is_some();
            if end > start && office(end - 1) && brings && doc.readings(end).iter().any(in_name) {
                end += 1;
                continue;
            }
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
            if end > start && self.has_article(end - 1) && doc.readings(end).iter().any(owned) {
                break;
            }
            // "the spokesman responsibility for", "the spokesman any link": what is denied.
            let part = |_: &Reading, row: &Row| {
                row.class.as_deref() == Some("responsibility") || row.has_role("part_in") || row.needs_neg
            };
            if end > start && self.has_article(end - 1) && clitics.is_empty() && doc.reading(end, part).is_some() {
                break;
            }
            // "a security official the assertion that", "independent sources a statement": an object.
            let accusative = |r: &Reading| r.features.accusative && !r.features.is_plural() && r.clitics.is_empty();
            let object = || doc.clitics(end).article || doc.readings(end).first().is_some_and(accusative);
            if end > start && self.is_whole_official(start, end) && object() {
                break;
            }
            // "one of the drivers, asking not to be named"
            let participle = |r: &Reading| {
                r.features.category == Category::ActiveParticiple && r.features.accusative && r.clitics.is_empty()
            };
            let asks = doc.readings(end).iter().any(participle) || doc.lexicon.looks_accusative(doc.str(end));
            if end > start && asks && self.is_not_done(end + 1) {
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
            // "a doctor said that"
            if end > start && self.is_cue_verb(end) && self.is_complementizer(end + 1) {
                break;
            }
            if end > start && (self.begins_content(start, end) || self.is_apart(end)) {
                break;
            }
            if doc.is_particle(end, "comp") || doc.is_particle(end, "rel") {
                break;
            }
            // "a western diplomat", written like "west of".
            if end > start && self.is_side(end) {
                end += 1;
                continue;
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
            if named && clitics.conjunction.is_none() && clitics.preposition.is_none() {
                let name = self.past_titles(end);
                if name > end && person(name) {
                    end = name;
                    continue;
                }
            }
            // "the governor of X, the dismissed Y": adjectives of the office before his name.
            if named && let Some(name) = self.name_behind_adjectives(end, limit).filter(|t| person(*t)) {
                end = name;
                continue;
            }
            // "local media": the adjective of an indefinite party.
            let local = |t: usize| {
                let party = scene.actor_at(t - 1).is_some_and(|a| scene.mentions.actors[a].kind != "person");
                party && self.is_adjective(t) && clitics.is_empty() && !doc.is_definite(t - 1)
            };
            if named && doc.is_demonym(end).is_none() && !(end > start && local(end)) {
                if !unlisted || !self.names_speaker(start) || doc.is_function_word(end) {
                    break;
                }
                end += 1;
                continue;
            }
            // "a toll that is not final"
            let word = |row: &Row| row.scope.as_deref() == Some("word");
            if end > start && doc.particle(end, "neg").is_some_and(word) && doc.is_word(end + 1) {
                end += 2;
                continue;
            }
            if doc.is_function_word(end) && end > start && !self.is_accusative_adjective(end) {
                break;
            }
            // "an official asked": a verb that describes an unnamed speaker.
            let speaker = |t: usize| {
                let adjective = t > start && (doc.is_demonym(t).is_some() || self.describes(t));
                self.names_speaker(if adjective { start } else { t })
            };
            let describes = end > start && self.is_cue_verb(end) && speaker(end - 1) && !doc.is_definite(end);
            if end > start && self.is_called(end) {
                end = scene.mention_end(end + 1).unwrap_or(end + 2).min(limit);
                break;
            }
            if doc.is_finite(end) && !doc.could_be_nominal(end) || describes && !doc.is_definite(end - 1) {
                break;
            }
            end += 1;
        }
        // A mark that closes what opened before the speaker.
        let marks = (start..end).filter(|t| doc.kind(*t).is_some_and(Kind::is_quote)).count();
        // "the centre belonging to": without the participle, if not with what it belongs to.
        let belonging = |t: usize| {
            let participle = |r: &Reading, _: &Row| r.features.category == Category::ActiveParticiple;
            t > start + 1
                && doc.clitics(t).article
                && doc.reading(t, participle).is_some()
                && !self.names_speaker(t - 1)
        };
        let led = end < limit && doc.is_word(end) && doc.clitics(end).preposition.is_some();
        let end = end - usize::from(led && belonging(end - 1) && self.scene.actor_at(end - 1).is_none());
        let closing = marks % 2 == 1 && doc.kind(end - 1).is_some_and(Kind::is_quote);
        let end = end - usize::from(closing);
        end.max(start + 1).min(limit.max(start + 1))
    }

    /// "itself", "the same": it goes with the definite noun before it.
    pub(super) fn is_itself(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        doc.reading(token, |_, row| row.has_role("same")).is_some()
            && token.checked_sub(1).is_some_and(|t| self.has_article(t))
    }

    /// Where the name begins behind one or two adjectives with their article.
    fn name_behind_adjectives(&self, token: usize, limit: usize) -> Option<usize> {
        let doc = self.scene.doc;
        let adjective = |t: &usize| {
            let list = |r: &Reading| {
                matches!(doc.list(r), List::Adjective | List::Demonym) || r.features.category.is_participle()
            };
            doc.clitics(*t).article
                && doc.clitics(*t).count() == 1
                && self.scene.actor_at(*t).is_none()
                && doc.readings(*t).iter().any(list)
        };
        let last = (token..limit.min(token + 2)).take_while(adjective).last()?;
        (last + 1 < limit).then_some(last + 1)
    }

    /// An adjective of a quarter of heaven behind an indefinite noun, and no place behind it.
    fn is_side(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let adjective =
            |r: &Reading, _: &Row| matches!(doc.list(r), List::Adjective | List::Demonym) && r.clitics.is_empty();
        doc.is_preposition(token)
            && doc.reading(token, adjective).is_some()
            && doc.is_word(token - 1)
            && !doc.is_definite(token - 1)
            && self.scene.place_at(doc.next_word(token)).is_none()
    }

    /// Right behind a party, and joined to it, another of those that speak for themselves.
    fn joins_parties(&self, token: usize) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        let party = |t: usize| {
            scene
                .actor_at(t)
                .map(|a| &scene.mentions.actors[a])
                .filter(|a| !matches!(a.kind.as_str(), "person" | "collective"))
        };
        let clitics = doc.clitics(token);
        clitics.conjunction.is_some()
            && clitics.preposition.is_none()
            && party(token).is_some_and(|a| a.at.tokens.start == token)
            && token.checked_sub(1).and_then(party).is_some()
    }

    /// "the acting …": behind an office of several words.
    fn office_end(&self, token: usize) -> Option<usize> {
        self.offices_at(token).find(|end| *end > token + 1)
    }

    /// Where the offices end that are listed as a phrase and begin at the token: "general prosecutor".
    pub(super) fn offices_at(&self, token: usize) -> impl Iterator<Item = usize> {
        let doc = self.scene.doc;
        let office = |r: &Referent| matches!(r, Referent::Phrase(id) if doc.lexicon.list(*id) == List::Title);
        doc.names_at(token).iter().filter(move |m| m.referents.iter().any(office)).map(|m| m.end)
    }

    /// "local sources the entry of fighters": an indefinite noun that cannot go on with the speaker's phrase, behind its
    /// adjective or its article, is what is said.
    pub(super) fn begins_content(&self, start: usize, token: usize) -> bool {
        let doc = self.scene.doc;
        let Some(reading) = doc.readings(token).first() else { return false };
        let row = doc.row(reading);
        let official = row.source_kind.is_some() && row.source_kind.as_deref() != Some("document");
        // "the party the shelling of its offices", written like "shelled": no second verb stands there.
        let verbal = |r: &Reading| r.features.category == Category::Masdar && r.clitics.is_empty();
        let happens = reading.features.category == Category::Masdar
            || doc.readings(token).iter().any(verbal)
            || self.scene.trigger_at(token).is_some_and(|t| t.shape.is_noun());
        let noun = doc.list(reading) == List::Noun && reading.features.category == Category::Noun && !official;
        let before = token - 1;
        if !doc.is_word(before) || self.scene.actor_at(token).is_some() {
            return false;
        }
        let described = doc.is_demonym(before).is_some() || self.describes(before);
        let definite = doc.clitics(before).article && before == start;
        let clitics = doc.clitics(token);
        // "a source the killing of": nobody is a source of a killing.
        let unnamed = |_: &Reading, row: &Row| {
            matches!(row.source_kind.as_deref(), Some("unnamed_official" | "witness" | "spokesperson"))
                && row.kind.is_none()
        };
        let nobody_of = happens
            && !reading.features.is_several()
            && clitics.is_empty()
            && !doc.clitics(start).article
            && doc.reading(start, unnamed).is_some();
        // "activists the killing of": nothing belongs to a plural that has kept its ending.
        let apart = happens && clitics.is_empty() && doc.readings(before).first().is_some_and(is_whole_plural);
        nobody_of
            || apart
            || clitics.is_empty() && (happens && doc.clitics(before).article || (happens || noun) && described)
            || clitics.article && clitics.count() == 1 && happens && !official && definite
    }

    /// "the spokesman the groups", "the source the truth of": behind a noun with its article stand its adjectives, a name or another
    /// title, and no other noun.
    pub(super) fn is_apart(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let before = token - 1;
        if !doc.is_word(before) || !self.has_article(before) || self.scene.actor_at(token).is_some() {
            return false;
        }
        let noun = |r: &Reading| {
            let listed = matches!(doc.list(r), List::Noun | List::Head | List::Collective);
            listed && r.features.category == Category::Noun || r.features.category == Category::Masdar
        };
        let deed = self.is_deed(token) && self.is_title(before);
        (deed || doc.readings(token).first().is_some_and(noun))
            && doc.clitics(token).preposition.is_none()
            && !doc.may_be(token, Facts::WHOLE_NAME_PART)
            && !doc.lexicon.looks_related(doc.str(token))
            && !self.is_title(token)
            && !doc
                .readings(token)
                .iter()
                .any(|r| doc.list(r) == List::Adjective || r.features.category.is_participle())
    }

    /// Also where the article is part of a title's own name.
    pub(super) fn has_article(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let own = || doc.analysis(token).is_some_and(|a| a.fronts.iter().any(|f| f.clitics.article));
        doc.clitics(token).article || doc.is_definite(token) || self.is_title(token) && own()
    }

    /// "but a security source": the adjective, written like "as for security".
    pub(super) fn is_accusative_adjective(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let accusative = |t: usize| doc.readings(t).first().is_some_and(|r| r.features.accusative);
        doc.is_particle(token, "opener") && token > 0 && doc.is_word(token - 1) && accusative(token - 1)
    }

    pub(super) fn is_adjective(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        doc.readings(token).first().is_some_and(|r| doc.list(r) == List::Adjective)
    }

    /// An adjective: what it describes is a whole phrase.
    pub(super) fn describes(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let word = doc.str(token);
        let adjective = |r: &Reading| doc.list(r) == List::Adjective || r.features.category.is_participle();
        doc.readings(token).is_empty() && doc.lexicon.looks_related(word)
            || doc.lexicon.is_written_feminine(word)
            || doc.readings(token).iter().any(adjective) && !self.names_speaker(token)
    }

    /// Behind the titles that stand one after the other, some of several words.
    pub(super) fn past_titles(&self, from: usize) -> usize {
        let doc = self.scene.doc;
        // "governor of the province of X": written like a woman's office.
        let province = |t: usize| {
            let place = |r: &Reading, row: &Row| doc.list(r) == List::Head && row.makes.as_deref() == Some("place");
            t > from && self.scene.place_at(t + 1).is_some() && doc.reading(t, place).is_some()
        };
        let mut at = from;
        while let Some(next) = self.offices_at(at).max().or_else(|| self.is_title(at).then_some(at + 1)) {
            if province(at) {
                break;
            }
            at = next;
        }
        at
    }

    pub(super) fn is_title(&self, token: usize) -> bool {
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
            let before = doc.previous_word(at);
            // "a toll that is not final of": behind the toll.
            let word = |row: &Row| row.scope.as_deref() == Some("word");
            let not = before.and_then(|p| doc.previous_word(p)).filter(|p| doc.particle(*p, "neg").is_some_and(word));
            let before = not.map_or(before, |p| doc.previous_word(p));
            // "a statement by the authorities", "a count of Reuters".
            let paper = |p: usize| doc.reading(p, |_, row| row.source_kind.as_deref() == Some("document")).is_some();
            // "told Reuters": the one who is spoken to.
            if kind(at) == Some("media") {
                return before.is_some_and(|p| paper(p) && !doc.is_definite(p));
            }
            // "the general command of": behind its adjective.
            let head = before
                .filter(|p| self.describes(*p) || doc.is_demonym(*p).is_some())
                .and_then(|p| doc.previous_word(p));
            if before.is_some_and(paper) && self.names_speaker(at) && !self.is_setting(at) {
                return true;
            }
            return self.scene.mention_end(at).is_some() && before.into_iter().chain(head).any(office);
        }
        let Some(row) = doc.particle(at, "prep") else { return false };
        // "a statement issued by", "close to": the preposition of a document, or of a participle.
        let is_document = |t: usize| {
            self.scene.actor_at(t).is_none()
                && doc.reading(t, |_, r| r.source_kind.as_deref() == Some("document")).is_some()
        };
        let issued = row.has_role("source") && (at.saturating_sub(2)..at).any(is_document);
        let participle = |t: usize| {
            let noun = doc.readings(t).first().is_some_and(|r| r.features.category == Category::Noun);
            !noun && doc.reading(t, |r, row| r.features.category.is_participle() && row.cue.is_none()).is_some()
        };
        let next = doc.next_word(at);
        if issued || doc.previous_word(at).is_some_and(participle) && !self.is_setting(next) {
            return true;
        }
        // "X on the platform": a person is named, and nothing more tells who he is than what he comes from.
        let named = self.scene.actor_at(at.saturating_sub(1));
        let person = named.is_some_and(|a| self.scene.mentions.actors[a].kind == "person");
        // "a deputy of X": what he stands for.
        let stands =
            row.has_role("source") && row.has_role("topic") && doc.previous_word(at).is_some_and(|p| self.is_title(p));
        if stands && next < limit && self.scene.actor_at(next).is_some() {
            return true;
        }
        let said = doc.is_function_word(next) && self.scene.actor_at(next).is_none();
        next < limit
            && !said
            && !self.is_setting(next)
            && (!person || row.has_role("source"))
            && self.scene.time_at(next).is_none()
            && !row.role.iter().any(|r| matches!(r.as_str(), "goal" | "duration" | "cause" | "topic" | "path"))
    }

    /// Where or through what one speaks: a statement, a page, a meeting, a call.
    pub(super) fn is_setting(&self, token: usize) -> bool {
        let setting = |_: &Reading, row: &Row| {
            matches!(row.source_kind.as_deref(), Some("document" | "social_account"))
                || row.frame.as_deref() == Some("talks")
                || row.has_role("setting")
        };
        self.scene.actor_at(token).is_none() && self.scene.doc.reading(token, setting).is_some()
    }

    /// "a security official the …", "eyewitnesses the …": behind an indefinite noun of people or papers that nothing can belong to.
    fn is_whole_official(&self, start: usize, token: usize) -> bool {
        let doc = self.scene.doc;
        let speaks = |row: &Row| row.source_kind.as_deref().is_some_and(|k| k != "organization");
        let head = doc.reading(start, |_, row| speaks(row));
        let Some((reading, _)) = head.filter(|_| !doc.is_definite(start) && self.scene.actor_at(start).is_none())
        else {
            return false;
        };
        let adjective = |r: &Reading| doc.list(r) == List::Adjective || r.features.category.is_participle();
        let describes = |t: usize| {
            let word = doc.str(t);
            let unlisted =
                doc.readings(t).is_empty() && (doc.lexicon.looks_related(word) || doc.lexicon.looks_feminine(word));
            let listed = doc.readings(t).iter().any(adjective) || doc.is_demonym(t).is_some();
            (unlisted || listed) && doc.is_word(t) && doc.clitics(t).is_empty() && !doc.is_function_word(t)
        };
        let closed = start + 1 < token || is_whole_plural(reading);
        closed && (start + 1..token).all(describes)
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
}
