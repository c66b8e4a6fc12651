//! Attributions: who is said to have said what. In front of the words, behind them or in the middle of them.

use std::ops::Range;

use super::cue::{Cue, Shape};
use super::{Filler, Scene};
use crate::lexicon::{Reading, Row};
use crate::mention::Extent;
use crate::morph::Category;
use crate::segment::Kind;

#[derive(Debug, Clone)]
pub struct Attribution {
    pub source: Filler,
    /// Whom the source stands for: the issuer of a statement, the official of "the official".
    pub stands_for: Option<Filler>,
    pub source_kind: Option<String>,
    pub cue: Extent,
    pub cue_class: String,
    pub direct: bool,
    /// The tokens of what is said.
    pub content: Option<Range<usize>>,
    pub parent: Option<usize>,
    pub rule: &'static str,
}

/// How far before the verb that claims it an attack may be named.
const REACH: usize = 16;
/// How far before a statement the preposition may stand that brings its issuer.
const ISSUED: usize = 10;
/// How far before the verb that takes it up a statement may be named.
const MADE: usize = 6;
/// The rule of an attack "claimed by X": what happened keeps the source of its own clause.
pub(super) const CLAIMED: &str = "claimed";

pub fn attributions(scene: &Scene<'_, '_>) -> Vec<Attribution> {
    let finder = Finder { scene };
    let mut out: Vec<Attribution> = Vec::new();
    let mut i = 0;
    // Up to where the last content begins: "an official who refused to be named said that".
    let mut announced = 0;
    while i < scene.doc.len() {
        if let Some(found) = finder.headline(i, &out) {
            i = found.cue.tokens.end;
            out.push(found);
            continue;
        }
        let Some(cue) = finder.cue_at(i).filter(|c| i >= announced || !c.describes()) else {
            i += 1;
            continue;
        };
        let next = cue.tokens.end;
        i = next;
        if let Some(mut found) = finder.attribution(cue, &out) {
            // A word inside the source's own name is no cue.
            let source = &found.source.at.tokens;
            i = next.max(found.cue.tokens.end).max(if source.start >= next { source.end } else { 0 });
            announced = found.content.as_ref().map_or(0, |c| c.start);
            found.stands_for = finder.stands_for(&found.source, &out);
            out.push(found);
        }
    }
    finder.give_texts(&mut out);
    finder.nest(&mut out);
    for n in 0..out.len() {
        out[n].direct = finder.is_direct(&out[n], &out[n + 1..]);
    }
    out
}

pub(super) struct Finder<'s, 'd, 'a> {
    pub(super) scene: &'s Scene<'d, 'a>,
}

impl Finder<'_, '_, '_> {
    fn attribution(&self, cue: Cue<'_>, earlier: &[Attribution]) -> Option<Attribution> {
        match cue.shape {
            Shape::Phrase => self.by_phrase(cue, earlier),
            Shape::Verb => self.by_verb(cue, earlier),
            Shape::Participle => self.by_participle(cue, earlier),
            Shape::Masdar => self.by_masdar(cue, earlier),
        }
    }

    fn make(&self, source: Filler, cue: &Cue<'_>, content: Option<Range<usize>>, rule: &'static str) -> Attribution {
        let doc = self.scene.doc;
        let skip = if cue.tokens.len() == 1 {
            cue.reading.map_or_else(|| doc.skip(cue.tokens.start), |r| r.start)
        } else {
            doc.skip(cue.tokens.start)
        };
        let content = content.and_then(|c| self.trim(c));
        Attribution {
            source_kind: self.source_kind(&source),
            source,
            stands_for: None,
            cue: Extent { tokens: cue.tokens.clone(), span: doc.span_from(cue.tokens.clone(), skip) },
            cue_class: cue.row.cue.clone().unwrap_or_default(),
            direct: false,
            content,
            parent: None,
            rule,
        }
    }

    fn by_phrase(&self, cue: Cue<'_>, earlier: &[Attribution]) -> Option<Attribution> {
        let doc = self.scene.doc;
        let sentence = doc.sentence_range(cue.tokens.start);
        let mut at = cue.tokens.end;
        // "according to what X said": the verb is the cue, and X follows it.
        let mut verb = None;
        let takes_verb = cue.row.source.as_deref() == Some("verb") || !cue.row.then.is_empty();
        for t in at..(at + 3).min(sentence.end) {
            if !takes_verb || self.is_complementizer(t) || doc.kind(t) == Some(Kind::Comma) {
                break;
            }
            let says =
                |r: &Reading, row: &Row| row.cue.is_some() && row.needs.is_empty() && r.features.category.is_finite();
            // "according to a witness", written like a verb: only "what" brings one.
            let brought = t > at || cue.row.source.as_deref() == Some("verb");
            if let Some((reading, row)) = doc.reading(t, says).filter(|_| brought && !doc.is_function_word(t)) {
                verb = Some(Cue { tokens: t..t + 1, row, reading: Some(*reading), shape: Shape::Verb });
                at = t + 1;
                break;
            }
            if !doc.is_function_word(t) && !doc.readings(t).is_empty() {
                break;
            }
        }
        if verb.is_none() && cue.row.source.as_deref() != Some("after") {
            return None;
        }
        // "according to" is written with the preposition of its source.
        let glued = verb.is_none() && cue.row.text.split(' ').next_back().is_some_and(|w| w.chars().count() == 1);
        let source = if glued { self.governed(at, sentence.end) } else { self.subject(at, sentence.end) }?;
        // "from B, his saying": the saying is the cue.
        let behind = source.at.tokens.end;
        if cue.row.needs_before.is_some() && (at..sentence.end.min(behind + 6)).any(|t| self.says_there(t)) {
            return None;
        }
        // "as they found", "as the rebels attacked": only who is known to speak makes speech of a doubtful verb.
        let doubtful = verb.as_ref().is_some_and(|v| v.row.is_weak() || v.row.needs_content);
        if cue.row.is_weak() && doubtful && !self.is_voice(&source) {
            return None;
        }
        // "according to his powers": a known word that says nothing.
        let mute = verb.is_none() && !doc.readings(source.at.tokens.start).is_empty();
        if (cue.row.is_weak() || mute) && !self.can_speak(&source) {
            return None;
        }
        // "according to his competences": a word that no list holds, with its owner.
        let head = source.at.tokens.start;
        let owned = source.actor.is_none() && doc.readings(head).is_empty() && doc.lexicon.looks_owned(doc.str(head));
        if glued && owned {
            return None;
        }
        let quotes = cue.row.cue.as_deref() == Some("quote");
        let cue = verb.unwrap_or(cue);
        let before = sentence.start..self.cue_front(&cue, sentence.start);
        let leads = before.clone().all(|t| {
            !matches!(doc.kind(t), Some(Kind::Word | Kind::Number))
                || doc.is_particle(t, "opener")
                || doc.is_particle(t, "conj")
        });
        let opening = self.complementizer(behind, sentence.end);
        let opening = opening.filter(|o| !self.is_cut_off(self.past_description(behind, *o), *o));
        // "quoted from X the killing of": what is said begins right behind him.
        let deed = quotes && opening.is_none() && self.is_deed(behind);
        let content = match opening {
            _ if deed => self.content_from(behind, sentence.end),
            // "quoting X that", "according to X that": what is said follows.
            Some(opening) if quotes || leads && self.is_when(behind..opening) => self.opened(opening, sentence.end),
            _ if leads => {
                let start = (behind..sentence.end)
                    .find(|t| doc.is_word(*t) || doc.kind(*t) == Some(Kind::Number) || doc.tokens[*t].kind.is_quote());
                match start {
                    Some(start) => self.content_from(start, sentence.end),
                    // "… of the town. According to X.": the sentence before.
                    None => self.sentence_before(sentence.start)?,
                }
            }
            _ => self.around(self.told_last(before, earlier), behind, sentence.end),
        };
        Some(self.make(source, &cue, Some(content), "according_to"))
    }

    /// The sentence that ends where the token begins, on its line.
    fn sentence_before(&self, start: usize) -> Option<Range<usize>> {
        let doc = self.scene.doc;
        let last = start.checked_sub(1).filter(|_| !doc.tokens[start].new_line)?;
        Some(doc.sentence_range(last))
    }

    /// Nothing but signs, and when it was said.
    fn is_when(&self, mut between: Range<usize>) -> bool {
        let scene = self.scene;
        between.all(|t| scene.time_at(t).is_some() || !matches!(scene.doc.kind(t), Some(Kind::Word | Kind::Number)))
    }

    /// Where the cue's own phrase begins, its comma and its "as" included.
    fn cue_front(&self, cue: &Cue<'_>, start: usize) -> usize {
        let doc = self.scene.doc;
        let mut at = cue.tokens.start;
        // "according to what": the pronoun between the preposition and the verb goes with them.
        if at > start + 1 && self.is_cue_word(at - 2) && doc.is_function_word(at - 1) {
            at -= 1;
        }
        while at > start
            && (doc.kind(at - 1) == Some(Kind::Comma) || self.is_cue_word(at - 1) || doc.is_particle(at - 1, "rel"))
        {
            at -= 1;
        }
        at
    }

    fn by_verb(&self, cue: Cue<'_>, earlier: &[Attribution]) -> Option<Attribution> {
        let doc = self.scene.doc;
        let i = cue.tokens.start;
        let sentence = doc.sentence_range(i);
        let reading = cue.reading?;
        let previous = i.checked_sub(1).filter(|p| *p >= sentence.start);
        // "what X described as": the pronoun on the verb is what is said, and nothing is negated.
        let resumed = reading.pronoun.is_some_and(|p| p.person == 3);
        if !resumed && previous.is_some_and(|p| doc.is_particle(p, "neg")) {
            // Nothing was said.
            return None;
        }
        if cue.row.claims_responsibility && previous.is_some_and(|p| resumed || doc.is_particle(p, "rel")) {
            return self.claimed(&cue, sentence);
        }
        let opening = self.opening(&cue, sentence.end);
        let leads = |p: usize| p == sentence.start && opening.is_some();
        let as_before = previous.is_some_and(|p| self.is_cue_word(p) && !leads(p));
        // "the ministry recorded the death of": a verb of counting, a body, and the harm right behind it.
        let opening = opening.or_else(|| self.records(&cue, sentence.end));
        let hearer = cue.row.roles.as_ref().is_some_and(|r| r.object.as_deref() == Some("audience"));
        let weak = cue.row.is_weak() || cue.row.needs_content;
        if (weak || hearer) && !as_before && opening.is_none() {
            return None;
        }
        let limit = opening.unwrap_or(sentence.end);
        // "it is thought a source of": nobody says it.
        let thought =
            cue.row.class.as_deref() == Some("impersonal") && reading.features.category == Category::Imperfect;
        if thought && !resumed && !opening.is_some_and(|o| self.is_complementizer(o)) {
            return None;
        }
        // "to confirm": who does so is who acts in the sentence.
        let purpose = reading.clitics.preposition.is_some();
        let next = self.subject(i + 1, limit).filter(|_| !purpose);
        let charged = next.as_ref().and_then(|s| self.accuser_before(&cue, s, sentence.start, earlier));
        let behind = next.filter(|s| !self.is_object(&cue, s));
        let behind = behind.map(|s| self.behind_object(&reading, s, limit));
        let behind = behind.map(|s| self.without_accused(&cue, s));
        let behind = behind.map(|s| self.without_content(&cue, s));
        if as_before {
            let source = behind?;
            let front = self.cue_front(&cue, sentence.start);
            let content = self.around(sentence.start..front, source.at.tokens.end, sentence.end);
            return Some(self.make(source, &cue, Some(content), "as_said"));
        }
        // "X called on Y": the noun behind is the one spoken to.
        let described = !resumed && previous.is_some_and(|p| doc.is_particle(p, "rel"));
        // "and called for", written like "bade farewell".
        let led = reading.clitics.conjunction.is_none();
        let before = self.subject_before(i, sentence.start).filter(|_| (hearer || described) && led);
        let before = before.or_else(|| self.accuser_behind_was(&cue, sentence.start));
        let accuser = || self.scene.described_noun(self.scene.clauses.of(i)).filter(|s| self.can_speak(s));
        let before = before.or_else(|| accuser().filter(|_| described && self.accuses(&cue)));
        let told_in = self.told_in(&cue, limit);
        let author = self.author(&cue, sentence.start, earlier).filter(|s| self.verb_agrees(&reading, s));
        let vouching = self.vouching(&cue, earlier).filter(|s| self.verb_agrees(&reading, s));
        let (source, rule) = match behind {
            _ if told_in.is_some() => (told_in?, "told_in"),
            _ if charged.is_some() => (charged?, "elided_speaker"),
            _ if purpose => {
                let acting = self.acting(sentence.start, i).filter(|s| self.verb_agrees(&reading, s));
                (acting.or_else(|| self.elided(&cue, opening?, earlier))?, "same_speaker")
            }
            _ if vouching.is_some() => (vouching?, "same_speaker"),
            _ if before.is_some() => (before?, "subject_verb"),
            Some(source)
                if self.can_speak(&source)
                    || self.is_new_name(&source, i) && (!weak || opening == Some(source.at.tokens.end)) =>
            {
                (source, "verb_subject")
            }
            _ if author.is_some() => (author?, "same_speaker"),
            _ => match self.subject_before(i, sentence.start).filter(|s| self.verb_agrees(&reading, s)) {
                Some(source) => (source, "subject_verb"),
                None => {
                    match self.goes_on_saying(&cue, earlier).or_else(|| self.described_speaker(&cue, sentence.start)) {
                        Some(source) => (source, "elided_speaker"),
                        None => (self.elided(&cue, opening?, earlier)?, "elided_speaker"),
                    }
                }
            },
        };
        // "a court condemned five of": a verdict.
        let judges = |_: &Reading, row: &Row| row.has_role("judges");
        let verdict = cue.row.roles.is_none() && cue.row.cue.as_deref() == Some("accuse") && opening.is_none();
        if verdict && doc.reading(source.at.tokens.start, judges).is_some() {
            return None;
        }
        let behind = source.at.tokens.end.max(i + 1);
        if opening.is_none() && rule == "verb_subject" && self.closes(&cue, &source, sentence.clone()) {
            let front = self.cue_front(&cue, sentence.start);
            let content = self.around(sentence.start..front, behind, sentence.end);
            return Some(self.make(source, &cue, Some(content), "verb_subject"));
        }
        let quoted = cue.row.needs_prep.is_some().then(|| self.quoted_behind(behind, sentence.end)).flatten();
        let content = match opening {
            // "A quoted B as saying": all that A carries, B with it.
            _ if quoted.is_some() => self.content_from(quoted?, sentence.end),
            // Before the preposition that brings it stands who is accused, called on, charged.
            Some(at) if self.opens_words(at) && !self.says_before(&source, i, at) => self.opened(at, sentence.end),
            None if self.said_by_pronoun(i, &source).is_some() => self.said_by_pronoun(i, &source)?,
            _ => {
                let behind = self.past_hearer(behind, sentence.end);
                self.content_from(self.past_relative(behind, sentence.end), sentence.end)
            }
        };
        let clause = opening.is_some_and(|o| self.opens_words(o));
        let content = if clause { content } else { self.before_next_deed(content, &reading, cue.row) };
        let source = self.honoured(&source, earlier).unwrap_or(source);
        Some(self.make(source, &cue, Some(content), rule))
    }

    /// "X issued a statement in which it said that": whoever acts in the sentence, where the pronoun takes up what he made.
    fn author(&self, cue: &Cue<'_>, sentence_start: usize, earlier: &[Attribution]) -> Option<Filler> {
        let doc = self.scene.doc;
        let i = cue.tokens.start;
        let pronoun = |r: &Reading| r.pronoun.is_some_and(|p| p.person == 3);
        let taken_up = doc.is_preposition(i + 1) && doc.readings(i + 1).iter().any(pronoun);
        if !taken_up || doc.clitics(i).conjunction.is_some() {
            return None;
        }
        // "released a film on X in which it said": the place where it stood may follow what he made.
        let paper = |t: &usize| {
            let paper = |r: &Reading, row: &Row| row.source_kind.as_deref() == Some("document") && !r.clitics.article;
            doc.is_word(*t) && doc.reading(*t, paper).is_some()
        };
        let next = |t: &usize| doc.is_word(*t) && doc.is_nominal(*t) && !doc.is_definite(*t);
        let made = i
            .checked_sub(1)
            .filter(next)
            .or_else(|| (sentence_start.max(i.saturating_sub(MADE))..i).rev().find(paper))?;
        let spoke = earlier.last().filter(|a| a.cue.tokens.start >= sentence_start && a.source.at.tokens.end <= made);
        let spoke = spoke.filter(|a| made > sentence_start && a.rule == "as_said" || a.rule == "according_to");
        spoke
            .map(|a| a.source.clone())
            .or_else(|| self.issued_by(sentence_start, made))
            .or_else(|| self.acting(sentence_start, made))
            .or_else(|| self.acting(sentence_start, i))
            .or_else(|| self.subject_of_first(sentence_start, i))
    }

    /// "according to a doctor who said that", "a doctor said that": the one just named goes on.
    fn vouching(&self, cue: &Cue<'_>, earlier: &[Attribution]) -> Option<Filler> {
        let doc = self.scene.doc;
        let i = cue.tokens.start;
        let last = earlier.last().filter(|a| a.rule == "according_to")?;
        let end = last.source.at.tokens.end;
        let who = end + 1 == i && doc.is_particle(end, "rel");
        let bare = end == i && !doc.is_definite(last.source.at.tokens.start);
        (doc.clitics(i).conjunction.is_none() && (who || bare)).then(|| last.source.clone())
    }

    /// "there came from X a statement in which it said": whom the preposition before the paper brings.
    fn issued_by(&self, from: usize, made: usize) -> Option<Filler> {
        let doc = self.scene.doc;
        let source = |t: &usize| doc.particle(*t, "prep").is_some_and(|row| row.has_role("source"));
        let at = (from..made).rev().take(ISSUED).find(source)?;
        self.subject(at + 1, made)
            .filter(|s| s.at.tokens.start == at + 1 && s.at.tokens.end == made && self.can_speak(s))
    }

    /// Where the harm begins that a verb of counting tells, right behind the body that counts.
    fn records(&self, cue: &Cue<'_>, end: usize) -> Option<usize> {
        let scene = self.scene;
        let counts = cue.row.is_weak() && cue.row.cue.as_deref() == Some("report") && cue.row.roles.is_none();
        let body = self.subject(cue.tokens.end, end).filter(|s| counts && s.at.tokens.start == cue.tokens.end)?;
        let harm = body.at.tokens.end;
        let kind = body.actor.map(|a| scene.mentions.actors[a].kind.as_str());
        let fights = matches!(kind, None | Some("person" | "armed_group"));
        let harmed = scene.trigger_at(harm).is_some_and(|t| t.shape.is_noun() && t.frame.harm.is_some());
        (!fights && self.can_speak(&body) && harmed && scene.doc.clitics(harm).is_empty()).then_some(harm)
    }

    /// "…, said X.": behind the words, a comma or a quotation before it, and nothing behind the speaker.
    fn closes(&self, cue: &Cue<'_>, source: &Filler, sentence: Range<usize>) -> bool {
        let doc = self.scene.doc;
        let i = cue.tokens.start;
        let apart = i > sentence.start
            && (doc.kind(i - 1) == Some(Kind::Comma) || doc.quotation_to(i - 1).is_some_and(|q| self.opens_speech(q)));
        let plain = !cue.row.is_weak() && !cue.row.needs_content && doc.clitics(i).conjunction.is_none();
        let signs = |t: usize| !matches!(doc.kind(t), Some(Kind::Word | Kind::Number));
        apart && plain && (source.at.tokens.end..sentence.end).all(|t| signs(t) || self.scene.time_at(t).is_some())
    }

    /// "it stood in a statement of X that": the source is what the preposition brings.
    fn told_in(&self, cue: &Cue<'_>, limit: usize) -> Option<Filler> {
        let doc = self.scene.doc;
        let roles = cue.row.roles.as_ref().filter(|r| r.object.is_none() && r.subject.is_none())?;
        let roles = &roles.prep;
        let at = (cue.tokens.end..limit.min(cue.tokens.end + 3)).find(|t| {
            let brings = |row: &Row| row.pos == "prep" && roles.get(&row.folded).is_some_and(|r| r == "source");
            doc.reading(*t, |_, row| brings(row)).is_some()
        })?;
        let source = self.speaker(at + 1, limit);
        (at + 1 < limit && doc.is_word(at + 1) && self.can_speak(&source)).then_some(source)
    }

    /// The word that opens what a verb says: "that", a colon, a quotation; else the preposition that brings it.
    pub(super) fn opening(&self, cue: &Cue<'_>, end: usize) -> Option<usize> {
        let doc = self.scene.doc;
        let i = cue.tokens.start;
        let source = self.subject(i + 1, end).filter(|s| self.can_speak(s)).map(|s| s.at.tokens);
        let clear = |o: &usize| match &source {
            Some(s) if s.end < *o => {
                !self.is_cut_off(i + 1, s.start) && !self.is_cut_off(self.past_description(s.end, *o), *o)
            }
            _ => !self.is_cut_off(i + 1, *o),
        };
        let that = self.complementizer(i + 1, end).filter(clear);
        let of = || self.content_preposition(cue, end);
        // "who accuse X of …, said that": the nearer of the two.
        // "pointed to the death of X and of “Y”": no word of speech opens with the name in quotation marks.
        let far = |t: usize| !self.opens_words(i + 1) && of() == Some(i + 1) && t > i + 2 && !doc.is_word(t);
        let nearest = self.accuses(cue) || that.is_some_and(far);
        let opening = if nearest { that.into_iter().chain(of()).min() } else { that.or_else(of) };
        opening.or_else(|| self.begins_at_once(cue))
    }

    /// "And he added: it will be", without a sign: at the front of a sentence the next verb is what is said.
    fn begins_at_once(&self, cue: &Cue<'_>) -> Option<usize> {
        let doc = self.scene.doc;
        let (i, reading) = (cue.tokens.start, cue.reading?);
        let next = i + 1;
        let leads = reading.clitics.conjunction.is_some() && i == doc.sentence_range(i).start;
        let plain = !cue.row.is_weak() && !cue.row.needs_content && reading.features.category == Category::Perfect;
        let verb = doc.is_word(next)
            && doc.clitics(next).conjunction.is_none()
            && (doc.is_particle(next, "aux") || doc.is_finite(next) && !doc.could_be_nominal(next));
        let begins = leads && verb || self.confirms_what_happened(i, &reading);
        (begins && plain && self.scene.actor_at(next).is_none()).then_some(next)
    }

    /// A bare noun of what happens.
    pub(super) fn is_deed(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let happens = self.scene.trigger_at(token).is_some_and(|t| t.shape.is_noun());
        doc.is_word(token) && doc.clitics(token).is_empty() && (doc.is_category(token, Category::Masdar) || happens)
    }

    /// "and confirmed the death of", "and denied his knowledge of": a verbal noun that no subject can be, behind a verb that goes on.
    fn confirms_what_happened(&self, i: usize, reading: &Reading) -> bool {
        let doc = self.scene.doc;
        let next = i + 1;
        let apart = i == doc.sentence_range(i).start || doc.kind(i - 1) == Some(Kind::Comma);
        let masdar = |r: &Reading| {
            r.features.category == Category::Masdar && r.clitics.is_empty() && doc.row(r).source_kind.is_none()
        };
        reading.clitics.conjunction.is_some()
            && apart
            && doc.is_word(next)
            && doc.readings(next).first().is_some_and(masdar)
            && !self.names_speaker(next)
    }

    /// "an attack that X claimed": what is claimed stands in front.
    fn claimed(&self, cue: &Cue<'_>, sentence: Range<usize>) -> Option<Attribution> {
        let scene = self.scene;
        let i = cue.tokens.start;
        let source = self.subject(i + 1, sentence.end).filter(|s| self.can_speak(s))?;
        let mut near = sentence.start.max(i.saturating_sub(REACH))..i;
        let event =
            near.find(|t| scene.trigger_at(*t).is_some_and(|x| x.shape.is_noun() && x.frame.event.is_some()))?;
        let content = event..self.cue_front(cue, sentence.start);
        Some(self.make(source, cue, Some(content), CLAIMED))
    }

    fn by_participle(&self, cue: Cue<'_>, earlier: &[Attribution]) -> Option<Attribution> {
        let i = cue.tokens.start;
        let doc = self.scene.doc;
        let sentence = doc.sentence_range(i);
        let source = self.participle_speaker(&cue, earlier, sentence.start)?;
        let content = match self.opening_of(i, sentence.end) {
            // "pointing to the fall of "two soldiers"": the fall, and not only the words in quotation marks.
            Some(at) if doc.tokens[at].kind.is_quote() && self.content_preposition(&cue, at) == Some(i + 1) => {
                self.opened(i + 1, sentence.end)
            }
            Some(at) => self.opened(at, sentence.end),
            None => self.content_from(self.past_hearer(i + 1, sentence.end), sentence.end),
        };
        Some(self.make(source, &cue, Some(content), "same_speaker"))
    }

    /// "A reported from B his saying": the speaker stands behind the last "from".
    fn by_masdar(&self, cue: Cue<'_>, earlier: &[Attribution]) -> Option<Attribution> {
        let i = cue.tokens.start;
        let sentence = self.scene.doc.sentence_range(i);
        if let Some((source, at)) = cue.reading.and_then(|r| self.told_by(i, &r, cue.row)) {
            let opens = self.opens_words(at);
            let content = if opens { self.opened(at, sentence.end) } else { self.content_from(at, sentence.end) };
            return Some(self.make(source, &cue, Some(content), "told_by"));
        }
        // "he went on with the saying that": the verb before it is none of speech.
        if cue.reading.is_some_and(|r| r.clitics.article && r.clitics.preposition.is_some()) {
            let said = earlier.iter().rev().take_while(|a| a.cue.tokens.start >= sentence.start).count() > 0;
            return if said { None } else { self.by_participle(cue, earlier) };
        }
        let last = earlier.last().filter(|a| a.cue.tokens.start >= sentence.start)?;
        let source = match self.quoted_source(last, i) {
            Some(source) => source,
            // "the saying that": only behind a verb that quotes.
            None if cue.reading.is_some_and(|r| r.clitics.article) => return None,
            None => last.source.clone(),
        };
        let content = match self.opening_of(i, sentence.end) {
            Some(at) => self.opened(at, sentence.end),
            None => self.content_from(i + 1, sentence.end),
        };
        Some(self.make(source, &cue, Some(content), "quoted_saying"))
    }

    fn quoted_source(&self, outer: &Attribution, before: usize) -> Option<Filler> {
        let doc = self.scene.doc;
        let from = outer.source.at.tokens.end;
        // "ascribed to B": the verb says which preposition brings him.
        let own = |row: &Row| {
            let brings = |r: &Reading, verb: &Row| {
                r.features.category.is_finite()
                    && verb.roles.as_ref().is_some_and(|r| r.prep.get(&row.folded).is_some_and(|x| x == "source"))
            };
            doc.reading(outer.cue.tokens.start, brings).is_some()
        };
        let at = (from..before).find(|t| {
            let prep = doc.is_preposition(*t).then(|| doc.particle(*t, "prep")).flatten();
            prep.is_some_and(|r| r.has_role("source") || own(r))
        })?;
        self.subject(at + 1, before)
    }

    /// Where the quoted source is named, behind its preposition.
    fn quoted_behind(&self, from: usize, end: usize) -> Option<usize> {
        let doc = self.scene.doc;
        let at = (from..end).find(|t| doc.particle(*t, "prep").is_some_and(|r| r.has_role("source")))?;
        (at + 1 < end).then_some(at + 1)
    }

    /// "his saying that", "the saying that" at the token.
    fn says_there(&self, token: usize) -> bool {
        self.scene
            .doc
            .reading(token, |r, row| {
                row.cue.is_some() && r.features.category == Category::Masdar && self.is_saying(token, r)
            })
            .is_some()
    }
}
