//! The groups that one harm names: a list goes on behind "and", past places, names and parts between commas.

use std::ops::Range;

use super::Scene;
use super::casualty::{Casualty, Finder, Harm};
use super::count::{Count, Group, count_at, group_at, harm_of, people};
use super::individual::is_person;
use super::phrase::phrase_end;
use super::trigger::{Shape, Trigger};
use crate::segment::Kind;

/// How far before "of them" those may stand who are meant.
const THEM: usize = 32;

/// How far behind those harmed a list may go on past what says of one of them.
const RANK: usize = 4;

/// Words of a name behind those that a list knows.
const SURNAME: usize = 2;

/// Words that a part named between commas may have.
const PART: usize = 10;

impl Finder<'_, '_, '_> {
    /// All groups named from a token on: "and" goes on with the list.
    pub(super) fn groups(&mut self, harm: &Harm<'_, '_>, start: usize) {
        let scene = self.scene;
        let doc = scene.doc;
        let limit = doc.sentence_range(start).end;
        let mut at = start;
        let mut last_class: Option<String> = None;
        let mut before = None;
        while let Some(group) = group_at(scene, at, limit) {
            if group.anchor.clone().unwrap_or(at..at + 1).any(|t| self.used[t]) {
                break;
            }
            // "fifteen rebels of X and the militias of Y": all are of both.
            let party = group.victims.as_ref().and_then(|v| scene.actor_at(v.start).zip(Some(v.start)));
            let force = |(a, first): (usize, usize)| {
                scene.mentions.actors[a].is_force() && scene.mentions.actors[a].at.tokens.start == first
            };
            if at != start && group.anchor.is_none() && party.is_some_and(force) {
                break;
            }
            if harm.trigger.frame.counted
                && harm.trigger.shape != Shape::PassiveParticiple
                && scene.quantity_at(at).is_none()
                && group.anchor.as_ref().is_none_or(|a| scene.quantity_at(a.start).is_none())
            {
                break;
            }
            // "thousands escorted the minister to his grave": those who mourn.
            if harm.trigger.frame.name == "mourn" && group.count.value.is_none() {
                break;
            }
            // "did away with the organization": nobody in particular.
            let by_preposition = !harm.trigger.row.prep_frame.is_empty();
            // "missed a number of sites": things are not missing.
            let person = |t: usize| people(scene, t).is_some_and(|(_, row)| row.victim.as_deref() != Some("same"));
            let seizes = harm.kind == "detained" && harm.trigger.row.is_weak();
            let named = |t: usize| person(t) || scene.actor_at(t).is_some() || doc.is_demonym(t).is_some();
            let things = (harm.kind == "missing" || seizes)
                && !group.others
                && group.victims.clone().map_or(seizes, |mut v| !v.any(named));
            // "the return of many of the skills": things, and no people. "The evacuation of 250 wounded": wounded.
            let behind = group.end;
            let of_things = harm.kind == "displaced"
                && group.victims.is_none()
                && doc.clitics(behind).article
                && doc.continues_phrase(behind)
                && !named(behind);
            let hurt = |v: &Range<usize>| matches!(harm_of(scene, v.start).as_deref(), Some("killed" | "injured"));
            let things = things || of_things || harm.kind == "displaced" && group.victims.as_ref().is_some_and(hurt);
            let destroyed = group.party_only && by_preposition || things;
            if destroyed {
                break;
            }
            let group = self.all_counted(self.sharing(self.trimmed(harm, group), limit), limit);
            let group = if at == start { self.two_by_verb(harm, group) } else { self.two_in_list(group, before) };
            before = group.count.value;
            let class =
                if group.others { last_class.clone().or_else(|| self.class_before(at)) } else { group.class.clone() };
            // "five soldiers in X and three in Y": three of them too.
            let class = class.or_else(|| last_class.clone().filter(|_| group.victims.is_none()));
            // "the killing of 5 children and the wounding of 9 of them"
            let of_them = group
                .anchor
                .as_ref()
                .is_some_and(|a| doc.particle(a.end, "subset").is_some_and(|r| r.count.is_none() && r.share.is_none()));
            let theirs = || {
                let here = self.row_before(at).map(|r| r.victim_class.clone());
                let known = |c: &String| c != "unknown";
                here.or_else(|| self.class_of_them(at).filter(known)).or_else(|| self.class_before(at))
            };
            let class = class.or_else(|| theirs().filter(|_| group.victims.is_none() && of_them));
            // "five policemen and a suicide bomber": his own death is none.
            let bomber =
                |v: &Range<usize>| doc.reading(v.start, |_, row| row.class.as_deref() == Some("bomb")).is_some();
            // "the army killed two bombers": by the army.
            let own = harm.perpetrator.is_none();
            if harm.kind == "killed" && own && group.victims.as_ref().is_some_and(bomber) {
                match self.next_group(group.end, limit) {
                    Some(next) => at = next,
                    None => break,
                }
                continue;
            }
            let own = self.fallen(harm, &group, at != start);
            // "he was killed together with two others": the list goes on behind the verb.
            let verb = harm.trigger.token;
            let past = || self.next_group(verb + 1, limit).filter(|n| doc.is_particle(n - 1, "prep"));
            let next =
                self.next_group(group.end, limit).or_else(|| past().filter(|_| at == start && group.end <= verb));
            // "a child was killed and three others were hurt": of them another verb tells.
            let same = |t: usize| t < verb || !self.is_told_behind(t, limit);
            let next = next.filter(|t| !harm.trigger.shape.is_verb() || same(*t));
            // "five in X and three in Y": each where its own words say.
            let apart = next.is_some_and(|n| listed_apart(scene, group.end..n)) || at != start && harm.place.is_some();
            let place = if apart { self.place_of_group(group.end, limit) } else { None };
            let kind = own.unwrap_or_else(|| harm.kind.clone());
            let next = next.filter(|n| kind != "casualty" || harm.kind == kind || *n != group.end);
            let harm = &Harm { kind, place: place.or(harm.place), ..harm.clone() };
            // One more in the list is anchored on its noun: the trigger anchors the first.
            let anchor =
                group.anchor.clone().or(group.victims.clone().filter(|_| at != start).map(|v| v.start..v.start + 1));
            // "one of them was hit in the head": of those told before in the sentence.
            let part = doc.particle(at, "subset").is_some_and(|r| r.count.is_some());
            let sentence = doc.sentence_range(at);
            let whole = if part { self.rows_of(sentence).find(|r| r.2.subset_of.is_none()).map(|r| r.1) } else { None };
            self.push(harm, &Group { anchor, ..group.clone() }, class.clone(), whole);
            last_class = class.or(last_class);
            let Some(next) = next else { break };
            at = next;
        }
    }

    /// "the officers of the gendarmerie were both killed": the verb behind them shows two.
    fn two_by_verb(&self, harm: &Harm<'_, '_>, group: Group) -> Group {
        let (verb, features) = (harm.trigger.token, harm.trigger.reading.features);
        let before = group.victims.clone().filter(|v| v.end <= verb && harm.trigger.shape.is_verb());
        match before {
            Some(v) if features.is_dual() && group.anchor.is_none() && group.count == Count::indefinite() => {
                Group { anchor: Some(v.start..v.start + 1), count: Count::exactly(2), ..group }
            }
            _ => group,
        }
    }

    /// "an officer and two conscripts", written like "and conscripts": behind those counted nobody is told uncounted.
    fn two_in_list(&self, group: Group, before: Option<i64>) -> Group {
        let doc = self.scene.doc;
        let two = group.victims.clone().filter(|v| {
            let dual = doc.readings(v.start).iter().any(|r| r.features.is_dual());
            let plural = v.clone().skip(1).any(|t| doc.readings(t).iter().any(|r| r.features.is_plural()));
            dual && !plural && !doc.is_definite(v.start) && people(self.scene, v.start).is_some()
        });
        match two.filter(|_| before.is_some() && group.anchor.is_none() && group.count == Count::indefinite()) {
            Some(v) => Group { anchor: Some(v.start..v.start + 1), count: Count::exactly(2), ..group },
            None => group,
        }
    }

    /// "hundreds of women and children": a number that no noun agrees with counts all plurals behind it.
    fn all_counted(&self, group: Group, limit: usize) -> Group {
        let scene = self.scene;
        let doc = scene.doc;
        let mut out = group;
        // "nine of its officers and soldiers": the nine are of both.
        let partitive = out
            .victims
            .as_ref()
            .is_some_and(|v| v.start > 0 && doc.particle(v.start - 1, "prep").is_some_and(|r| r.has_role("partitive")));
        let open = out.count.value.is_none() || partitive;
        // "the drivers and the passengers": told of together.
        let several = out.victims.as_ref().is_some_and(|v| {
            let plural = doc.readings(v.start).iter().any(|r| r.features.is_plural());
            plural && doc.is_definite(v.start) && people(scene, v.start).is_some() && harm_of(scene, v.start).is_none()
        });
        if out.anchor.is_none() && !several || out.victims.is_none() || !open || out.others {
            return out;
        }
        let mixed = ["woman", "child"];
        while let Some(next) = self.next_group(out.end, limit) {
            // "and activists of peace": definite by what it stands before.
            let owned = partitive && doc.reading(next, |r, _| r.pronoun.is_some()).is_some();
            let definite =
                owned || doc.is_definite(next) || doc.continues_phrase(next + 1) && doc.is_definite(next + 1);
            let plural = next == out.end
                && definite
                && people(scene, next).is_some_and(|(r, row)| r.features.is_plural() && row.harm.is_none());
            let Some(more) = group_at(scene, next, limit).filter(|g| plural && g.anchor.is_none()) else { break };
            let of = |c: &Option<String>| c.as_deref().is_some_and(|c| mixed.contains(&c));
            if of(&out.class) && of(&more.class) && out.class != more.class {
                out.class = Some("civilian".to_owned());
            }
            out.end = more.end;
        }
        out
    }

    /// "a number of dead and wounded fell": those who fell are what their own word says.
    fn fallen(&self, harm: &Harm<'_, '_>, group: &Group, listed: bool) -> Option<String> {
        let doc = self.scene.doc;
        let mut words = group.victims.clone()?;
        // "350 people were killed, and thousands of wounded": the second are what their own word says.
        if harm.trigger.row.subject_frame.is_empty() {
            let own = harm_of(self.scene, words.start);
            let other = own.filter(|h| harm.kind == "killed" && h == "injured");
            return other.filter(|_| listed && group.anchor.is_some());
        }
        words.find_map(|t| doc.reading(t, |_, row| row.harm.is_some()).and_then(|(_, row)| row.harm.clone()))
    }

    /// "the killing of 3 and the wounding of 5 soldiers": a number without people takes those of the next measure.
    fn sharing(&self, group: Group, limit: usize) -> Group {
        let scene = self.scene;
        let doc = scene.doc;
        if group.victims.is_some() || group.anchor.is_none() || group.others {
            return group;
        }
        let next = group.end;
        let measure = |t: &Trigger<'_>| t.frame.harm.is_some() && t.shape != Shape::Noun;
        let joined = next < limit && doc.is_word(next) && doc.clitics(next).conjunction.is_some();
        if !joined || !scene.trigger_at(next).is_some_and(measure) || count_at(scene, next + 1).is_none() {
            return group;
        }
        match group_at(scene, next + 1, limit) {
            Some(other) if other.victims.is_some() && !other.others => {
                Group { victims: other.victims, class: other.class, ..group }
            }
            // "the killing of 5 and the wounding of 11 others of X": all of X.
            Some(other) if other.others => match self.those_of(other.end, limit) {
                Some(victims) => {
                    let class = people(scene, victims.start).and_then(|(_, row)| row.victim.clone());
                    Group { victims: Some(victims), class, ..group }
                }
                None => group,
            },
            _ => group,
        }
    }

    /// "of the gunmen of X" behind a number: who they are.
    fn those_of(&self, at: usize, limit: usize) -> Option<Range<usize>> {
        let scene = self.scene;
        let of = at < limit && scene.doc.particle(at, "prep").is_some_and(|r| r.has_role("partitive"));
        let noun = scene.doc.next_word(at);
        let people = of && (people(scene, noun).is_some() || scene.actor_at(noun).is_some());
        people.then(|| noun..phrase_end(scene, noun, limit))
    }

    /// Without the word by which the trigger means harm: "met his death".
    fn trimmed(&self, harm: &Harm<'_, '_>, mut group: Group) -> Group {
        let doc = self.scene.doc;
        let own = |t: usize| harm.trigger.row.needs.iter().any(|w| doc.is_lemma(t, w));
        if let Some(victims) = group.victims.clone()
            && let Some(end) = victims.clone().skip(1).find(|t| own(*t))
        {
            group.victims = Some(victims.start..end);
            group.end = group.end.min(end);
        }
        group
    }

    /// Behind what says of a group where it was or to whom it belongs: "in X", "of the army".
    fn past_phrases(&self, end: usize, limit: usize) -> usize {
        let scene = self.scene;
        let doc = scene.doc;
        let mut at = end;
        for _ in 0..2 {
            let brings = doc.particle(at, "prep").is_some_and(|r| r.has_role("place") || r.has_role("partitive"));
            let noun = if at < limit && doc.is_preposition(at) && brings { doc.next_word(at) } else { at };
            let led = doc.is_word(at) && doc.clitics(at).preposition.is_some_and(|p| doc.lexicon.is_place_clitic(p));
            if noun >= limit || noun == at && !led {
                break;
            }
            // "in the city of X"
            let end = phrase_end(scene, noun, limit);
            let town = noun + 1 < end && scene.place_at(noun + 1).is_some();
            if scene.mention_end(noun).is_none() && scene.whereabouts(noun).is_none() && !town {
                break;
            }
            at = end;
        }
        at
    }

    /// "volunteers for the defence of the homeland and five drivers": past a preposition and one definite noun, where a number
    /// of people is joined right behind it.
    fn past_complement(&self, end: usize, limit: usize) -> usize {
        let doc = self.scene.doc;
        let noun = end + 1;
        let next = end + 2;
        let definite = next < limit && doc.is_preposition(end) && doc.is_nominal(noun) && doc.clitics(noun).article;
        let joined = definite && doc.is_word(next) && doc.clitics(next).conjunction.is_some();
        let counted = joined && count_at(self.scene, doc.after_and(next)).is_some();
        let people = counted
            && group_at(self.scene, doc.after_and(next), limit)
                .is_some_and(|g| g.victims.is_some_and(|v| people(self.scene, v.start).is_some()));
        if people { next } else { self.past_rank(end, limit) }
    }

    /// Right behind the group at a token stands a verb of harm that shows several.
    fn is_told_behind(&self, at: usize, limit: usize) -> bool {
        let scene = self.scene;
        let end = group_at(scene, at, limit).map_or(limit, |g| g.end);
        let tells = |t: &Trigger<'_>| {
            let several = t.reading.features.is_several() && t.reading.clitics == Default::default();
            t.frame.harm.is_some() && t.shape.is_verb() && several
        };
        end < limit && scene.trigger_at(end).is_some_and(tells)
    }

    /// "an officer with the rank of colonel and five soldiers": past what a preposition on its word says of him.
    fn past_rank(&self, end: usize, limit: usize) -> usize {
        let scene = self.scene;
        let doc = scene.doc;
        let led = |t: usize| doc.clitics(t).preposition.is_some_and(|p| doc.lexicon.is_place_clitic(p));
        let plain = |t: usize| doc.is_word(t) && doc.is_nominal(t) && scene.trigger_at(t).is_none();
        if end >= limit || !plain(end) || !led(end) {
            return end;
        }
        let next = (end + 1..limit.min(end + RANK)).find(|t| !plain(*t) || doc.clitics(*t).conjunction.is_some());
        let joined = next.filter(|t| doc.is_word(*t) && doc.clitics(*t).conjunction.is_some());
        let counted = |t: &usize| {
            let at = doc.after_and(*t);
            count_at(scene, at).is_some()
                && group_at(scene, at, limit)
                    .is_some_and(|g| g.victims.is_some_and(|v| people(scene, v.start).is_some()))
        };
        joined.filter(counted).unwrap_or(end)
    }

    /// Where the list of people goes on: behind "and", past a bound, and past a part named between commas.
    pub(super) fn next_group(&self, end: usize, limit: usize) -> Option<usize> {
        let scene = self.scene;
        let doc = scene.doc;
        // "the soldier first class X": past the name.
        let name = (end..limit.min(end + 2)).find(|t| is_person(scene, *t) && doc.is_word(*t));
        let name = name.filter(|t| (end..=*t).all(|n| doc.is_word(n) && doc.clitics(n).conjunction.is_none()));
        let named_behind = name.is_some() || self.past_named(end);
        let end = name.and_then(|t| scene.mention_end(t)).unwrap_or(end);
        let end = if named_behind { self.past_surname(end, limit) } else { end };
        let end = self.past_aside(end, limit);
        let end = self.past_complement(end, limit);
        let mut at = self.past_aside(self.past_phrases(end, limit), limit);
        // "three of the army and the police": all three are of both.
        let partitive = at > end && doc.particle(end, "prep").is_some_and(|r| r.has_role("partitive"));
        let mut comma = false;
        if doc.kind(at) == Some(Kind::Comma) {
            comma = true;
            at += 1;
            if doc.is_particle(at, "subset") {
                at = (at..limit).take(PART).find(|t| doc.kind(*t) == Some(Kind::Comma))? + 1;
            }
        }
        // "together with seven others"
        // "besides forty gunmen": people too, and no word for another harm.
        let beside = |t: usize| {
            let next = doc.phrase_at(t).map_or(t + 1, |(_, end)| end);
            let noun = count_at(scene, next).map_or(next, |(n, _)| n.end);
            let harm = |t: usize| doc.reading(t, |_, row| row.harm.is_some()).is_some();
            let hurt = scene.trigger_at(next).is_some() || harm(noun) || people(scene, noun).is_none();
            doc.particle(t, "prep").is_some_and(|r| r.has_role("addition")) && !hurt
        };
        let company = at < limit && (doc.particle(at, "prep").is_some_and(|r| r.has_role("company")) || beside(at));
        let goes_on = at < limit
            && doc.is_word(at)
            && (company
                || is_one_of(scene, at)
                || doc.clitics(at).conjunction.is_some() && scene.trigger_at(at).is_none_or(|t| t.row.harm.is_some()));
        let behind = doc.phrase_at(at).map_or(at + 1, |(_, end)| end);
        let next = if company { behind } else { doc.after_and(at) };
        let counted = count_at(scene, next).is_some();
        let group = group_at(scene, next, limit).filter(|g| !g.party_only && (!comma || g.victims.is_some()));
        let one = || people(scene, next).is_some() || doc.is_particle(next, "one") || is_person(scene, next);
        // "the corporal X, and the soldier Y": each with rank and name.
        let named = |t: usize| (t + 1..(t + 3).min(limit)).any(|t| is_person(scene, t)) && people(scene, t).is_some();
        // "and the minister X went": of whom something else is told.
        let acts = |t: usize| {
            let name = (t + 1..limit.min(t + 3)).find(|t| is_person(scene, *t));
            let behind = name.and_then(|t| scene.mention_end(t)).unwrap_or(t + 1);
            (behind..limit.min(behind + 2)).take_while(|t| doc.is_word(*t)).any(|t| doc.is_finite(t))
        };
        let names = comma && named_behind && named(next) && !acts(next);
        // "seven soldiers, three policemen, and a woman": the last of the list.
        let ends = |g: &Group| g.end >= limit || !doc.is_word(g.end);
        let last = comma && !doc.is_definite(next) && one() && group.as_ref().is_some_and(ends);
        let of_both = partitive && !counted && doc.is_definite(next);
        let listed = !of_both && (counted || !comma && one() || names || last);
        (goes_on && listed && group.is_some()).then_some(next)
    }

    /// Behind a bound or a bracket: "42 gunmen at least", "eleven of the organization (X)".
    fn past_aside(&self, end: usize, limit: usize) -> usize {
        let doc = self.scene.doc;
        let bound = end + 2 <= limit
            && doc.is_preposition(end)
            && doc.reading(end + 1, |_, row| row.modifier.is_some()).is_some();
        let end = if bound { end + 2 } else { end };
        doc.bracket_from(end).filter(|close| *close < limit).map_or(end, |close| close + 1)
    }

    /// Behind the last part of a name that no list knows, up to the comma of the list.
    fn past_surname(&self, end: usize, limit: usize) -> usize {
        let doc = self.scene.doc;
        let part = |t: &usize| {
            let clitics = doc.clitics(*t);
            doc.is_word(*t) && clitics.conjunction.is_none() && clitics.preposition.is_none() && !doc.is_finite(*t)
        };
        let behind = (end..limit.min(end + SURNAME)).take_while(part).last().map_or(end, |t| t + 1);
        if doc.kind(behind) == Some(Kind::Comma) { behind } else { end }
    }

    /// A name of a person right before the token.
    fn past_named(&self, end: usize) -> bool {
        end.checked_sub(1).is_some_and(|t| is_person(self.scene, t))
    }

    /// The last row of the sentence before that is part of no other.
    pub(super) fn row_of_sentence_before(&self, at: usize) -> Option<&Casualty> {
        let here = self.scene.doc.sentence_range(at).start;
        self.row_before(here.checked_sub(1)?)
    }

    /// "the police fired at the protesters and killed five of them": the last plural of people told before in the sentence.
    pub(super) fn class_of_them(&self, at: usize) -> Option<String> {
        let (_, row) = people(self.scene, self.those_meant(at)?)?;
        row.victim.clone().filter(|c| c != "same")
    }

    /// The last people before a token whom "of them" can mean.
    pub(super) fn those_meant(&self, at: usize) -> Option<usize> {
        let scene = self.scene;
        let start = scene.doc.sentence_range(at).start.max(at.saturating_sub(THEM));
        let force = |t: usize| scene.actor_at(t).is_some_and(|a| scene.mentions.actors[a].kind != "collective");
        let several = |t: &usize| {
            let they = people(scene, *t).filter(|(_, row)| row.harm.is_none());
            they.is_some() && !force(*t) && scene.doc.readings(*t).iter().any(|r| r.features.is_plural())
        };
        (start..at).rev().find(several)
    }

    /// The class of the row before in the same sentence, for "others".
    fn class_before(&self, at: usize) -> Option<String> {
        let before = self.row_before(at).or_else(|| self.row_of_sentence_before(at))?;
        let person = |t: usize| self.scene.actor_at(t).is_some_and(|a| self.scene.mentions.actors[a].kind == "person");
        let named = before.count == Count::exactly(1)
            && before.victims.as_ref().is_some_and(|v| v.at.tokens.clone().any(person));
        (!named).then(|| before.victim_class.clone())
    }
}

/// "and one of the gunmen", which is written like "one": the number before people.
pub(super) fn is_one_of(scene: &Scene<'_, '_>, at: usize) -> bool {
    let number = scene.quantity_at(at).map(|q| &scene.mentions.quantities[q]);
    let one = number.is_some_and(|q| q.value == Some(1.0) && q.tokens == (at..at + 1));
    let several =
        people(scene, at + 1).is_some_and(|(r, _)| r.features.is_plural()) || scene.actor_at(at + 1).is_some();
    one && several && scene.doc.continues_phrase(at + 1)
}

/// A place stands between a group and the next.
fn listed_apart(scene: &Scene<'_, '_>, mut between: Range<usize>) -> bool {
    between.any(|t| scene.place_at(t).is_some())
}
