//! What did a harm: the causing event, as the words tie it to the harm.

use super::casualty::Finder;
use super::subject::Said;
use super::trigger::Shape;
use crate::lexicon::{Reading, Row};
use crate::morph::Category;
use crate::segment::Kind;

/// How the words tie a causing event to a harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// One word tells both: an assassination, an arrest.
    Same,
    /// Behind the harm, brought by a preposition: killed in a raid.
    Behind,
    /// Subject of a verb of result: a raid that led to the killing.
    Subject,
    /// Told before it in a chain of verbs: attacked the post and killed.
    Chain,
    /// In the same sentence, with no word that ties the two.
    Near,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Cause {
    /// In the list of events.
    pub event: usize,
    pub link: Link,
}

/// Events that harm people.
const CAUSES: [&str; 8] = ["clash", "airstrike", "shelling", "explosion", "attack", "siege", "arrest", "abduction"];

/// How many words may stand between a preposition and the event that it brings: "in a series of heavy raids".
const BROUGHT: usize = 6;

/// Words between the noun of a toll and those whom it counts.
const TOLL: usize = 24;

/// How far behind the verb of a headline the noun may stand that goes on with it.
const HEADLINE: usize = 16;

/// Words behind a harm among which the pronoun may stand that takes up what did it.
const TAKEN_UP: usize = 4;

impl Finder<'_, '_, '_> {
    /// "blocked the road": what harms nobody.
    fn blocks_way(&self, event: usize) -> bool {
        let event = &self.events[event];
        let verb = self.scene.trigger_at(event.trigger.tokens.start);
        event.kind == "siege" && verb.is_some_and(|t| t.shape.is_verb() && !t.row.needs.is_empty())
    }

    /// The event that did the harm told at a token; `apart` from the one that the same word tells.
    pub(super) fn cause_of(&self, token: usize, apart: bool) -> Option<Cause> {
        let sentence = self.scene.doc.sentence_range(token);
        let noun = self.scene.trigger_at(token).is_some_and(|t| t.shape.is_noun());
        let first = self.events.partition_point(|e| e.trigger.tokens.start < sentence.start);
        let last = self.events.partition_point(|e| e.trigger.tokens.start < sentence.end);
        let near = first..last;
        let kind = |e: &usize| self.events[*e].kind.as_str();
        let at = |e: usize| self.events[e].trigger.tokens.start;
        let own = |e: &usize| apart && at(*e) == token;
        let causes: Vec<usize> =
            near.filter(|e| CAUSES.contains(&kind(e)) && !own(e) && !self.blocks_way(*e)).collect();
        let behind = || self.behind(token, sentence.end, &causes).map(|event| Cause { event, link: Link::Behind });
        let subject = || {
            let event = self.subject_of_result(token, sentence.start, &causes)?;
            Some(Cause { event, link: Link::Subject })
        };
        let same = causes.iter().copied().find(|e| at(*e) == token);
        let same = same.map(|event| Cause { event, link: Link::Same }).filter(|_| !apart);
        if let Some(cause) = same {
            return Some(cause);
        }
        let acting = || {
            let event = self.acting_event(token, &causes)?;
            Some(Cause { event, link: Link::Subject })
        };
        // "a massacre of which twenty fell victim"
        let described = || {
            let clause = self.scene.clauses.of(token);
            let link = self.scene.clauses.get(clause).filter(|c| c.verb == Some(token)).map(|c| c.link);
            let relative = link == Some(super::clause::Link::Relative);
            let noun = self.scene.described_noun(clause).filter(|_| relative).map(|f| f.at.tokens);
            let right_before = |e: usize| at(e) + 1 == token && !self.scene.doc.is_definite(at(e));
            let told = |e: &usize| noun.as_ref().is_some_and(|n| n.contains(&at(*e))) || right_before(*e);
            let event = causes.iter().copied().find(told)?;
            Some(Cause { event, link: Link::Subject })
        };
        let toll = || self.counted_by_toll(token, &causes).map(|event| Cause { event, link: Link::Subject });
        let taken_up = || self.taken_up(token, &causes).map(|event| Cause { event, link: Link::Behind });
        let told = || taken_up().or_else(described);
        let tied = if noun {
            subject().or_else(behind).or_else(toll)
        } else {
            acting().or_else(behind).or_else(subject).or_else(told)
        };
        if tied.is_some() {
            return tied;
        }
        let before = causes.iter().copied().rev().find(|e| at(*e) < token);
        if let Some(event) = before.filter(|e| self.goes_on(token) || self.comes_of(token, *e)) {
            return Some(Cause { event, link: Link::Chain });
        }
        let nearest = causes.into_iter().min_by_key(|e| at(*e).abs_diff(token));
        nearest.map(|event| Cause { event, link: Link::Near })
    }

    /// The event behind a harm that a preposition brings, whatever verb of result stands before it.
    pub(super) fn cause_brought(&self, token: usize) -> Option<Cause> {
        let sentence = self.scene.doc.sentence_range(token);
        let first = self.events.partition_point(|e| e.trigger.tokens.start <= token);
        let last = self.events.partition_point(|e| e.trigger.tokens.start < sentence.end);
        let causes: Vec<usize> = (first..last).filter(|e| CAUSES.contains(&self.events[*e].kind.as_str())).collect();
        self.behind(token, sentence.end, &causes).map(|event| Cause { event, link: Link::Behind })
    }

    /// "the toll of the raids rose to 14 dead": the blow that the noun of the toll counts.
    fn counted_by_toll(&self, token: usize, causes: &[usize]) -> Option<usize> {
        let doc = self.scene.doc;
        let start = doc.sentence_range(token).start.max(token.saturating_sub(TOLL));
        let noun = |t: &usize| doc.reading(*t, |r, row| row.toll && !r.features.category.is_finite()).is_some();
        let toll = (start..token).rev().find(noun)?;
        causes.iter().copied().find(|e| (toll + 1..toll + 3).contains(&self.events[*e].trigger.tokens.start))
    }

    /// "a raid killed": the event that is subject of the verb of harm.
    fn acting_event(&self, token: usize, causes: &[usize]) -> Option<usize> {
        let scene = self.scene;
        let at = |e: &usize| self.events[*e].trigger.tokens.start;
        let noun = |e: &&usize| scene.trigger_at(at(e)).is_some_and(|t| t.shape.is_noun());
        let bare = |e: &&usize| scene.doc.clitics(at(e)).is_empty() || scene.doc.clitics(at(e)).article;
        if let Some(event) = causes.iter().filter(noun).filter(bare).find(|e| at(e) == token + 1) {
            return Some(*event);
        }
        let Some(Said::Phrase(subject, _)) = scene.subject_in_front(scene.clauses.of(token)) else { return None };
        causes.iter().filter(noun).find(|e| subject.at.tokens.start == at(e) && at(e) < token).copied()
    }

    /// "killed … in a raid, by a blast, during clashes, after the army bombed".
    fn behind(&self, token: usize, end: usize, causes: &[usize]) -> Option<usize> {
        let doc = self.scene.doc;
        let mut t = token + 1;
        let mut after = false;
        let mut aside = false;
        while t < end {
            match doc.kind(t) {
                Some(Kind::Clause | Kind::Colon | Kind::End) if self.scene.time_at(t).is_none() => return None,
                Some(Kind::BracketOpen { .. }) => t = doc.bracket_from(t).unwrap_or(t),
                _ => {}
            }
            if let Some(event) = causes.iter().copied().find(|e| self.events[*e].trigger.tokens.start == t) {
                let shape = self.scene.trigger_at(t).map(|x| x.shape);
                let told = match shape {
                    Some(Shape::Masdar | Shape::Noun) => after || self.is_brought(t, token),
                    // "by a rocket that X fired"
                    // "the passengers of a bus that X attacked"
                    Some(s) if s.is_verb() => {
                        let of_those = |p: usize| self.is_brought(p, token) || self.is_of(p, token);
                        after || self.scene.takes_up(t) && doc.previous_word(t).is_some_and(of_those)
                    }
                    _ => false,
                };
                let because = || doc.governed_by(t).is_some_and(|row| row.has_role("cause") && !row.has_role("time"));
                if told && (!aside || because()) {
                    return Some(event);
                }
            }
            if aside && self.scene.trigger_at(t).is_some_and(|x| x.frame.harm.is_some()) {
                return None;
            }
            // "when X opened fire", with a preposition of time
            let when = doc.particle(t, "prep").is_some_and(|row| row.has_role("time"))
                && doc.clitics(t + 1).is_empty()
                && self.scene.trigger_at(t + 1).is_some_and(|x| x.shape.is_verb());
            if when {
                after = true;
            } else if let Some(row) = doc.particle(t, "conj").filter(|r| r.joins.as_deref() == Some("clause")) {
                // "…, while two were badly hurt, because of a strike": what comes last may tell the cause of all.
                after = row.has_role("cause");
                aside |= !after;
            } else if !after {
                let new_clause = doc.is_finite(t)
                    && doc.clitics(t).conjunction.is_some()
                    && !doc.could_be_nominal(t)
                    && self.scene.actor_at(t).is_none()
                    && self.scene.trigger_at(t).is_none_or(|x| x.frame.harm.is_none());
                if new_clause || doc.is_particle(t, "comp") || self.scene.is_cue(t) {
                    return None;
                }
            }
            t += 1;
        }
        None
    }

    /// "an attack in which four died", "during which": the event before the harm that the pronoun behind it means.
    fn taken_up(&self, token: usize, causes: &[usize]) -> Option<usize> {
        let scene = self.scene;
        let doc = scene.doc;
        let clause = scene.clauses.of(token);
        let brings = |row: &&Row| ["place", "event", "cause"].iter().any(|r| row.has_role(r));
        let meant = |t: usize| {
            doc.particle(t, "prep").filter(brings)?;
            doc.readings(t).iter().find_map(|r| r.pronoun).filter(|p| p.person == 3)
        };
        let own = |t: &usize| doc.is_word(*t) && scene.clauses.of(*t) == clause;
        let pronoun = (token + 1..token + 1 + TAKEN_UP).take_while(own).find_map(meant)?;
        let at = |e: &usize| self.events[*e].trigger.tokens.start;
        let noun = |e: &usize| scene.trigger_at(at(e)).is_some_and(|t| t.shape.is_noun());
        let fits = |e: &usize| noun(e) && scene.agrees_with(pronoun, &scene.phrase(at(e)..at(e) + 1));
        causes.iter().copied().rev().filter(|e| at(e) < token).find(fits)
    }

    /// A preposition of cause, place or circumstance stands before the event's phrase.
    fn is_brought(&self, event: usize, from: usize) -> bool {
        let doc = self.scene.doc;
        let mut at = event;
        for _ in 0..BROUGHT {
            let clitics = doc.clitics(at);
            if let Some(p) = clitics.preposition {
                return doc.lexicon.is_place_clitic(p);
            }
            let Some(previous) = doc.previous_word(at).filter(|p| *p > from) else { return false };
            if doc.is_preposition(previous) || doc.is_absorbed(previous) {
                let Some(row) = doc.governed_by(at) else { return false };
                if !row.has_role("partitive") {
                    let ties = ["cause", "event", "place", "circumstance"];
                    return ties.iter().any(|r| row.has_role(r)) && !row.has_role("patient") && !row.has_role("goal");
                }
            } else if clitics.conjunction.is_some()
                // "in these raids"
                || !doc.is_nominal(previous)
                    && doc.kind(previous) != Some(Kind::Number)
                    && !doc.is_particle(previous, "dem")
            {
                return false;
            }
            at = previous;
        }
        false
    }

    /// Nothing but nouns, a number and "of" part a word from the harm before it.
    fn is_of(&self, at: usize, harm: usize) -> bool {
        let doc = self.scene.doc;
        let own = |t: usize| {
            let of = doc.particle(t, "prep").is_some_and(|row| row.has_role("partitive"));
            let nominal = doc.is_nominal(t) || doc.kind(t) == Some(Kind::Number) || self.scene.quantity_at(t).is_some();
            let clitics = doc.clitics(t);
            of || nominal && clitics.conjunction.is_none() && clitics.preposition.is_none() && !doc.is_preposition(t)
        };
        at > harm && at - harm <= BROUGHT && (harm + 1..=at).all(own)
    }

    /// The event that a verb of result before the harm has as its subject.
    fn subject_of_result(&self, token: usize, start: usize, causes: &[usize]) -> Option<usize> {
        let doc = self.scene.doc;
        let at = |e: usize| self.events[e].trigger.tokens.start;
        // "an attack … claimed the lives of": the verb of harm is one of result itself.
        let brings = |r: &Reading, row: &Row| {
            row.frame.as_deref() == Some("result") && row.harm.is_none() && r.features.category.is_finite()
        };
        let mut result = doc.reading(token, brings).map(|_| token);
        for t in (start..token).rev().take_while(|_| result.is_none()) {
            if matches!(doc.kind(t), Some(Kind::Clause | Kind::Colon | Kind::End)) || doc.is_particle(t, "comp") {
                break;
            }
            if doc.reading(t, |r, row| row.frame.as_deref() == Some("result") && !r.clitics.article).is_some() {
                let falls = self.scene.trigger_at(t).is_some_and(|x| x.frame.harm.is_some());
                if !falls
                    && doc
                        .reading(t, |r, row| row.frame.as_deref() == Some("result") && r.features.category.is_finite())
                        .is_some()
                {
                    result = Some(t);
                    break;
                }
            }
            let other = doc.is_finite(t)
                && doc.clitics(t).conjunction.is_some()
                && !doc.could_be_nominal(t)
                && self.scene.trigger_at(t).is_none_or(|x| x.frame.harm.is_none());
            if other {
                break;
            }
        }
        let result = result?;
        let own = causes.iter().copied().find(|e| {
            let t = at(*e);
            t > result && t < token && !self.is_brought(t, result)
        });
        own.or_else(|| causes.iter().copied().rev().find(|e| at(*e) < result))
    }

    /// "X bombs a market and the killing of ten": a headline goes on from its verb to a noun for what came of it.
    fn comes_of(&self, token: usize, event: usize) -> bool {
        let doc = self.scene.doc;
        let clauses = &self.scene.clauses;
        let masdar = |t: usize| self.scene.trigger_at(t).is_some_and(|x| x.shape == Shape::Masdar);
        let verb = self.events[event].trigger.tokens.start;
        let own =
            clauses.of(verb) == clauses.of(token) && self.scene.trigger_at(verb).is_some_and(|t| t.shape.is_verb());
        let joined = doc.clitics(token).conjunction.is_some() && doc.clitics(token).preposition.is_none();
        // "voiced its sorrow at the fall of the town and the killing of ten": what goes on is the noun.
        let plain = |t: usize| doc.is_word(t) && !doc.is_category(t, Category::Masdar) && !doc.is_finite(t);
        own && joined && masdar(token) && token - verb <= HEADLINE && (verb + 1..token).all(plain)
    }

    /// The harm goes on with what was told before it: a verb behind "and" or "so".
    pub(super) fn goes_on(&self, token: usize) -> bool {
        let doc = self.scene.doc;
        let verb = |t: usize| self.scene.trigger_at(t).is_some_and(|x| x.shape.is_verb());
        let trigger = self.scene.trigger_at(token);
        // "and the dead were": those of what was told.
        let they = trigger.is_some_and(|t| t.row.harm.is_some() && t.shape == Shape::Noun && t.reading.clitics.article);
        // "X bombed a market, where twenty were killed"
        let bodily = trigger.and_then(|t| t.frame.harm.as_deref()).is_some_and(super::casualty::is_bodily);
        let behind = token.checked_sub(1).and_then(|t| doc.particle(t, "conj")).is_some_and(|row| row.place);
        let where_ = bodily && behind;
        verb(token) && (where_ || doc.clitics(token).conjunction.is_some()) || they
    }
}
