//! What a source said: where it begins, how far it goes, whether in the source's own words, and who quotes whom.

use std::ops::Range;

use super::attribution::Finder;
use super::cue::Cue;
use super::{Attribution, Filler};
use crate::grammar::NameMatch;
use crate::lexicon::{Analysis, Reading, Row};
use crate::morph::Category;
use crate::segment::{Gender, Kind, Letter};

/// Words in quotation marks, from which on they are a statement of their own.
const WHOLE: usize = 5;

/// Tokens from mark to mark that a name in quotation marks takes.
const NAME: usize = 5;

/// How many words, at most, tell where something was said.
const SETTING: usize = 6;

impl Finder<'_, '_, '_> {
    /// The word or sign that opens what is said, in the range: a complementizer, a colon, a quotation mark.
    pub(super) fn complementizer(&self, from: usize, to: usize) -> Option<usize> {
        let doc = self.scene.doc;
        (from..to.min(doc.len())).find(|t| {
            doc.kind(*t) == Some(Kind::Colon)
                || self.is_complementizer(*t)
                || doc.tokens[*t].kind.is_quote() && self.opens_speech(*t)
        })
    }

    /// What the token opens is speech: no preposition that brings a noun.
    pub(super) fn opens_words(&self, token: usize) -> bool {
        !self.scene.doc.is_word(token) || self.is_complementizer(token)
    }

    /// "that", and not "and that": there what is said goes on.
    pub(super) fn is_complementizer(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        if !doc.may_be_particle(token, "comp") {
            return false;
        }
        if doc.phrase_at(token).is_some() {
            return doc.is_particle(token, "comp");
        }
        let plain = |r: &Reading| r.clitics.conjunction.is_none();
        // "except that": what follows is nobody's words.
        let except = token
            .checked_sub(1)
            .is_some_and(|p| doc.is_word(p) && doc.particle(p, "prep").is_some_and(|row| row.has_role("except")));
        // "because they", "was" written like "as if": words of their own.
        let because = doc.readings(token).first().is_some_and(|r| matches!(doc.row(r).pos.as_str(), "conj" | "aux"));
        !(except || because) && doc.reading(token, |r, row| row.pos == "comp" && plain(r)).is_some()
    }

    /// A quotation of several words that is no quoted name.
    pub(super) fn opens_speech(&self, token: usize) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        doc.quotation_from(token).is_some_and(|q| {
            // "X" said that …: a name, and what is said behind it.
            let name = q.closed && q.close - q.open <= NAME && doc.is_particle(q.close + 1, "comp");
            !name && q.close > token + 2 && scene.mention_end(token + 1).is_none_or(|end| end + 1 < q.close)
        }) && scene.actor_at(token).is_none()
    }

    /// Whether between a cue and the word that opens what is said another clause begins: its own finite verb, another
    /// speaker's participle, the end of a quotation.
    pub(super) fn is_cut_off(&self, from: usize, opening: usize) -> bool {
        let doc = self.scene.doc;
        let leaves_quotation = |t: usize| doc.quotation_to(t).is_some_and(|open| open < from);
        let source_end = |t: usize| t == from || self.scene.mention_end(from) == Some(t);
        let other_speech = |t: usize| {
            doc.reading(t, |r, row| {
                // "he went on saying that": the same speech.
                if row.class.as_deref() == Some("saying") && source_end(t) {
                    return false;
                }
                // "asking not to be named", "and she is a spokeswoman of": nothing is said there.
                if self.is_not_done(t + 1) || t > 0 && doc.is_particle(t - 1, "pron") {
                    return false;
                }
                let bare = !r.clitics.article && r.clitics.preposition.is_none() && r.pronoun.is_none();
                let adverbial = r.features.accusative || r.features.agreement.gender == Some(Gender::Feminine);
                row.cue.is_some()
                    && !row.is_weak()
                    && r.features.category == Category::ActiveParticiple
                    && adverbial
                    && bare
            })
            .is_some()
        };
        // "in a statement that X received", without a "that".
        let document = |t: usize| {
            let paper = |r: &Reading, row: &Row| {
                row.source_kind.as_deref() == Some("document") && !r.clitics.article && r.pronoun.is_none()
            };
            t > from
                && doc.is_word(t - 1)
                && doc.reading(t - 1, paper).is_some()
                && doc.clitics(t).conjunction.is_none()
        };
        // "in a count that is not final", written like a verb.
        let particle = |t: usize| doc.readings(t).first().is_some_and(|r| doc.row(r).pos == "neg");
        let relative = |t: usize| {
            doc.is_particle(t, "rel") || doc.particle(t, "conj").is_some_and(|row| row.place) && !doc.is_absorbed(t)
        };
        (from..opening).any(|t| {
            let described = || (from..t).rev().take(4).any(relative);
            leaves_quotation(t)
                || other_speech(t)
                || self.phrase_cue(t).is_none()
                    && doc.is_finite(t)
                    && self.scene.time_at(t).is_none()
                    && !doc.could_be_nominal(t)
                    && self.scene.mention_end(t).is_none()
                    && !document(t)
                    && !particle(t)
                    && !described()
                || t > from
                    && self.is_plain_cue_verb(t)
                    && self.phrase_cue(t).is_none()
                    && !described()
                    && !self.is_not_done(t - 1)
        })
    }

    /// "not" before a verbal noun: that something is not done.
    pub(super) fn is_not_done(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let phrase = |row: &Row| row.scope.as_deref() == Some("phrase");
        doc.is_word(token) && doc.particle(token, "neg").is_some_and(phrase)
    }

    /// The preposition that brings what a verb says: "pointed to", "called for". In the verb's own clause.
    pub(super) fn content_preposition(&self, cue: &Cue<'_>, end: usize) -> Option<usize> {
        let doc = self.scene.doc;
        let roles = &cue.row.roles.as_ref()?.prep;
        let brings = |folded: &str| roles.get(folded).is_some_and(|role| role == "content");
        let glued = |p: Letter| brings(&doc.lexicon.fold.word(&p.to_string()));
        // "with punishment": an unknown word, or a name as it stands, may begin with the letter.
        let hidden = |t: usize| {
            let cut = |a: &Analysis| {
                a.readings.iter().all(|r| !r.clitics.is_empty())
                    && a.fronts.iter().any(|f| f.clitics.preposition.is_some_and(glued))
            };
            t > cue.tokens.end && doc.words[t].as_ref().is_some_and(|a| cut(a)) && self.scene.mention_end(t).is_none()
        };
        let from = cue.tokens.end;
        // "called on, the envoy X, who is to leave for Y, Z to": behind the clause that describes him.
        let who = (from..end.min(from + 14)).find(|t| doc.is_particle(*t, "rel"));
        let set_off = who.filter(|t| *t > from && doc.kind(*t - 1) == Some(Kind::Comma));
        let behind = set_off.and_then(|t| (t..end.min(t + 14)).find(|t| doc.kind(*t) == Some(Kind::Comma)));
        let from = behind.map_or(from, |t| t + 1);
        let near = (from..end.min(from + 14)).take_while(|t| {
            let breaks = doc.is_finite(*t) && !doc.could_be_nominal(*t) && self.scene.actor_at(*t).is_none();
            !breaks && !doc.is_particle(*t, "rel")
        });
        let mut near = near.filter(|t| doc.is_word(*t));
        near.find(|t| {
            let free = doc.readings(*t).first().is_none_or(|r| r.pronoun.is_none());
            doc.particle(*t, "prep").is_some_and(|p| free && brings(&p.folded))
                || doc.clitics(*t).preposition.is_some_and(glued)
                || hidden(*t)
                || doc.lexicon.segmenter.clitics.is_preposition(doc.str(*t)) && brings(doc.str(*t))
        })
    }

    /// "stressed the statement the need for": the speaker ends before the preposition that brings what is said.
    pub(super) fn without_content(&self, cue: &Cue<'_>, source: Filler) -> Filler {
        let doc = self.scene.doc;
        let tokens = source.at.tokens.clone();
        let Some(roles) = cue.row.roles.as_ref().map(|r| &r.prep) else { return source };
        let brings = |t: &usize| {
            doc.particle(*t, "prep").is_some_and(|p| roles.get(&p.folded).is_some_and(|role| role == "content"))
        };
        match (tokens.start + 1..tokens.end).find(brings) {
            Some(end) if !self.names_responsible(end - 1) => self.named_by(tokens.start..end),
            _ => source,
        }
    }

    /// "the one responsible for": the preposition is the participle's own.
    fn names_responsible(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        doc.reading(token, |r, row| r.features.category.is_participle() || row.needs_prep.is_some()).is_some()
    }

    /// "X denied that": nothing but the pronoun is what was said, before or behind who said it.
    pub(super) fn said_by_pronoun(&self, cue: usize, source: &Filler) -> Option<Range<usize>> {
        let doc = self.scene.doc;
        let end = source.at.tokens.end.max(cue + 1);
        let alone = |t: &usize| {
            let next = t + 1;
            let clitics = doc.clitics(*t);
            doc.is_word(*t)
                && doc.is_particle(*t, "dem")
                && clitics.is_empty()
                && (*t == cue + 1 && source.at.tokens.start == next
                    || !doc.is_word(next)
                    || doc.clitics(next).conjunction.is_some()
                    || !doc.is_definite(next))
        };
        let adjective = |t: &usize| self.has_article(*t) && self.scene.actor_at(*t).is_none();
        let behind = (end..doc.len().min(end + 3)).find(|t| !adjective(t)).unwrap_or(end);
        [cue + 1, behind].into_iter().find(alone).map(|t| t..t + 1)
    }

    /// Behind a verb that describes an unnamed source: "an official who asked not to be named", without a "who".
    pub(super) fn past_description(&self, from: usize, opening: usize) -> usize {
        let doc = self.scene.doc;
        let first = (from..opening).find(|t| doc.is_word(*t)).unwrap_or(from);
        let describes =
            doc.is_finite(first) && doc.clitics(first).conjunction.is_none() && !self.is_plain_cue_verb(first);
        // "a man who was standing"
        let helped = describes && doc.is_particle(first, "aux") && doc.is_word(first + 1) && doc.is_finite(first + 1);
        if describes { first + 1 + usize::from(helped) } else { from }
    }

    /// The content behind the word that opens it. "that he": the pronoun is part of what is said.
    pub(super) fn opened(&self, opening: usize, sentence_end: usize) -> Range<usize> {
        let doc = self.scene.doc;
        let start = match doc.phrase_at(opening) {
            Some((_, end)) => end,
            None => {
                let pronoun = doc.readings(opening).first().is_some_and(|r| r.pronoun.is_some());
                let glued = !doc.is_particle(opening, "comp") && !doc.is_preposition(opening);
                let part = pronoun || glued && doc.is_word(opening) || doc.tokens[opening].kind.is_quote();
                opening + usize::from(!part)
            }
        };
        self.content_from(start, sentence_end)
    }

    /// Something is said before the quotation begins: "confirmed the presence of areas «that …»".
    pub(super) fn says_before(&self, source: &Filler, cue: usize, quotation: usize) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        let mut at = source.at.tokens.end.max(cue + 1);
        if !doc.tokens[quotation].kind.is_quote() {
            return false;
        }
        while at < quotation {
            if let Some(time) = scene.time_at(at) {
                at = scene.mentions.times[time].tokens.end.max(at + 1);
            } else if self.tells_who(at) {
                at = self.speaker_end(at + 1, quotation);
            } else if doc.is_preposition(at) || doc.clitics(at).preposition.is_some() {
                at = self.phrase_end(at, quotation);
            } else if doc.is_word(at) && !doc.is_function_word(at) && doc.could_be_nominal(at) {
                return true;
            } else {
                at += 1;
            }
        }
        false
    }

    /// "X, and he is an officer of the police": the pronoun, and who the speaker is behind it.
    fn tells_who(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let next = token + 1;
        let and_he = |r: &Reading, row: &Row| row.pos == "pron" && r.clitics.conjunction.is_some();
        doc.reading(token, and_he).is_some()
            && doc.is_word(next)
            && doc.could_be_nominal(next)
            && !doc.is_function_word(next)
    }

    /// Behind a relative clause that describes the source: its comma, or the name that its verb has for subject.
    pub(super) fn past_relative(&self, from: usize, end: usize) -> usize {
        let doc = self.scene.doc;
        let first = (from..end).find(|t| doc.is_word(*t)).unwrap_or(from);
        if first > from + 1 || !doc.is_particle(first, "rel") {
            return from;
        }
        let subject = self.scene.mention_end(first + 2).filter(|_| doc.is_finite(first + 1));
        let comma = (first..end.min(first + 14)).find(|t| doc.kind(*t) == Some(Kind::Comma));
        comma.map(|t| t + 1).or(subject).filter(|t| *t < end).unwrap_or(from)
    }

    /// "confirmed in a press conference the fall of": behind where the words were told, if what is said follows without a sign.
    fn past_setting(&self, from: usize, end: usize) -> usize {
        let doc = self.scene.doc;
        let listed = |m: &NameMatch<'_>| m.start == from && m.end == from + 2;
        let led = doc.is_preposition(from) || doc.names_at(from).iter().any(listed);
        if !led || !self.is_setting(from + 1) {
            return from;
        }
        let party = |t: usize| self.scene.actor_at(t).is_some() && doc.clitics(t).preposition.is_none();
        // "its capture of"
        let theirs = |t: usize| {
            let masdar = |r: &Reading, _: &Row| r.features.category == Category::Masdar && r.pronoun.is_some();
            doc.reading(t, masdar).is_some()
        };
        let said = |t: usize| self.is_deed(t) || party(t) || theirs(t);
        let plain = |t: &usize| doc.is_nominal(*t) && doc.clitics(*t).is_empty() && !said(*t);
        let behind = (from + 2..end.min(from + SETTING)).find(|t| !plain(t)).filter(|t| said(*t));
        behind.unwrap_or(from)
    }

    /// Behind the media that the words were told to, and when.
    pub(super) fn past_hearer(&self, from: usize, end: usize) -> usize {
        let scene = self.scene;
        let from = self.past_setting(from, end);
        let told = |t: usize| scene.doc.clitics(t).preposition.is_some();
        // "denied at an earlier time that"
        let set = usize::from(scene.doc.is_preposition(from) || scene.doc.phrase_at(from).is_some());
        if let Some(time) = scene.time_at(from + set).map(|t| scene.mentions.times[t].tokens.end)
            && time < end
            && scene.doc.is_word(time)
            && !scene.doc.is_preposition(time)
        {
            return time;
        }
        let media = |t: &usize| scene.mentions.actors[*t].kind == "media";
        let mut at = from;
        while at < end {
            let next = match scene.actor_at(at).filter(media) {
                Some(actor) if told(at) => scene.mentions.actors[actor].at.tokens.end,
                _ => match scene.time_at(at) {
                    Some(time) if at > from => scene.mentions.times[time].tokens.end,
                    _ => return at,
                },
            };
            at = next.max(at + 1);
        }
        from
    }

    /// "X issued a statement, and this is its text:": what follows to the end of the report is X's.
    pub(super) fn give_texts(&self, out: &mut [Attribution]) {
        let doc = self.scene.doc;
        let text = |t: usize| {
            let own = |r: &Reading, row: &Row| row.has_role("text") && r.pronoun.is_some();
            let paper = doc.reading(t + 1, |_, row| row.source_kind.as_deref() == Some("document"));
            doc.reading(t, own).is_some() || paper.is_some() && doc.reading(t, |_, row| row.has_role("text")).is_some()
        };
        for a in out {
            let sentence = doc.sentence_range(a.cue.tokens.start);
            let last = sentence.clone().rev().find(|t| doc.is_word(*t) || doc.kind(*t) == Some(Kind::Colon));
            let opens = last.is_some_and(|t| doc.kind(t) == Some(Kind::Colon)) && sentence.clone().any(text);
            let from = a.content.as_ref().map_or(sentence.end, |c| c.start);
            if opens && sentence.end < doc.len() {
                a.content = Some(from..doc.len());
            }
        }
    }

    /// Where what is said ends: at its sentence, at its closing quotation mark if that is later, or at the next speaker.
    pub(super) fn content_from(&self, start: usize, sentence_end: usize) -> Range<usize> {
        let doc = self.scene.doc;
        let mut end = sentence_end;
        let mut from = start + 1;
        if let Some(q) = doc.quotation_from(start).filter(|q| q.closed) {
            // A whole sentence in quotation marks is all that is said; a name in them is its beginning.
            if q.close > start + WHOLE {
                return start..q.close + 1;
            }
            if q.close > start + 2 && self.is_left_behind(q.close + 1) {
                return start..q.close + 1;
            }
            end = end.max(q.close + 1);
            from = q.close;
        }
        (from..sentence_end).find(|t| self.ends_speech(*t, sentence_end)).map_or(start..end, |t| start..t)
    }

    /// Behind the closing mark another clause begins, or when it was that he spoke.
    fn is_left_behind(&self, next: usize) -> bool {
        let doc = self.scene.doc;
        let clause = doc.kind(next) == Some(Kind::Comma)
            && doc.is_word(next + 1)
            && doc.clitics(next + 1).conjunction.is_some()
            && doc.is_finite(next + 1)
            && !doc.could_be_nominal(next + 1);
        let after = |row: &Row| row.has_role("time") && !row.has_role("place");
        clause || doc.particle(next, "prep").is_some_and(after)
    }

    /// Without signs at its ends; `None` if nothing is left.
    pub(super) fn trim(&self, content: Range<usize>) -> Option<Range<usize>> {
        let doc = self.scene.doc;
        let is_sign = |t: usize| !matches!(doc.kind(t), Some(Kind::Word | Kind::Number));
        let (mut start, mut end) = (super::topic::past_dateline(self.scene, content.start), content.end);
        while start < end && is_sign(start) {
            start += 1;
        }
        while start < end && is_sign(end - 1) {
            end -= 1;
        }
        (start < end).then_some(start..end)
    }

    /// Several words of it stand in quotation marks, and not as those of a source quoted in it.
    pub(super) fn is_direct(&self, attribution: &Attribution, later: &[Attribution]) -> bool {
        let scene = self.scene;
        let Some(content) = &attribution.content else { return false };
        let inner = |open: usize| {
            let mut near = later.iter().take_while(|a| a.cue.tokens.start < content.end);
            near.any(|a| {
                a.content.as_ref().is_some_and(|c| {
                    c.start <= open + 1 && open < c.end && c.start >= content.start && c.end <= content.end
                })
            })
        };
        scene.doc.quotations_over(content.clone()).any(|q| {
            q.close - q.open > 2
                && !inner(q.open)
                && scene.actor_at(q.open + 1).is_none_or(|a| scene.mentions.actors[a].at.tokens.end < q.close)
        })
    }

    /// A source inside another's words is quoted by that one.
    pub(super) fn nest(&self, out: &mut [Attribution]) {
        let mut by_start: Vec<(Range<usize>, usize)> =
            out.iter().enumerate().filter_map(|(n, a)| Some((a.content.clone()?, n))).collect();
        by_start.sort_by_key(|(content, n)| (content.start, *n));
        let reach = by_start.iter().scan(0, |far, (content, _)| {
            *far = content.end.max(*far);
            Some(*far)
        });
        let reach: Vec<usize> = reach.collect();
        for i in 0..out.len() {
            let cue = out[i].cue.tokens.start;
            let first = reach.partition_point(|end| *end <= cue);
            let around = by_start[first..].iter().take_while(|(content, _)| content.start <= cue);
            let parent = around
                .filter(|(content, j)| {
                    let other = out[*j].cue.tokens.start;
                    *j != i
                        && content.contains(&cue)
                        && other != cue
                        && out[i].content.as_ref().is_none_or(|c| !c.contains(&other))
                })
                .min_by_key(|(content, j)| (content.len(), *j))
                .map(|(_, j)| *j);
            out[i].parent = parent;
        }
    }
}
