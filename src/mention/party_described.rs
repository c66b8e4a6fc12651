//! Parties by description: gunmen, rebels, the opposition, a people.

use std::ops::Range;

use super::Extent;
use super::actor::{Actor, Basis, Finder};
use crate::grammar::NameMatch;
use crate::lexicon::{Facts, List, Reading, Referent, Row};
use crate::segment::{Gender, Kind, Number};

impl Finder<'_, '_> {
    /// A party described and not named: gunmen, rebels, the opposition.
    pub(super) fn described(&self, i: usize) -> Option<Actor> {
        let doc = self.doc;
        if let Some(actor) = self.described_by_several(i) {
            return Some(actor);
        }
        let collective = |r: &Reading| doc.list(r) == List::Collective;
        if let Some(tribe) = self.tribe(i) {
            return Some(tribe);
        }
        let Some((reading, row)) = doc
            .reading(i, |r, _| collective(r) && !r.features.is_dual())
            .or_else(|| doc.reading(i, |r, _| collective(r)))
        else {
            return self
                .people(i)
                .or_else(|| self.nation(i))
                .or_else(|| self.soldiers(i))
                .or_else(|| self.some_soldiers(i));
        };
        // "the resistance" of a report that has named one.
        if reading.clitics.article && row.sort.as_deref() == Some("group") && self.takes_up(i) {
            return None;
        }
        if row.not_after.iter().any(|w| doc.previous_word(i).is_some_and(|p| doc.is_lemma(p, w))) {
            return None;
        }
        // "fighters of the group": the group is the party.
        let of_person = self.person_of(i, reading);
        if of_person.is_none() && self.is_of_party(i + 1) {
            return None;
        }
        // Counted people are victims or crowds, and "the gunman" is one man.
        let previous = doc.previous_word(i);
        let counted = previous
            .is_some_and(|p| doc.kind(p) == Some(Kind::Number) || self.counted.get(p).copied().unwrap_or(false));
        // "one of the gunmen": a man of no name.
        let one =
            row.sort.as_deref() == Some("people") && previous.is_some_and(|p| p + 1 == i && doc.is_particle(p, "one"));
        if counted || one || reading.pronoun.is_some() || reading.features.is_dual() {
            return None;
        }
        let named_group = |t: usize| {
            let actor = doc.is_demonym(t).is_some_and(|d| d.kind.as_deref() == Some("actor"));
            let many = |r: &Reading, row: &Row| collective(r) && row.sort.as_deref() == Some("group");
            actor && doc.reading(i, many).is_some()
        };
        let group = (row.collective || row.sort.as_deref() == Some("group")) && reading.clitics.article;
        // "armed groups", "a rival group": what is said of it makes one unnamed, or many, a party.
        let said = !row.takes.is_empty() && self.is_said_of_group(i, reading, row);
        if !said && reading.features.agreement.number == Some(Number::Singular) && (!group || row.strip) {
            return None;
        }
        // "wanted people": an adjective of the people before it.
        let people_before = previous.is_some_and(|p| {
            let people = |r: &Reading, row: &Row| {
                (row.victim.is_some()
                    || r.features.is_plural() && (row.source_kind.is_some() || doc.list(r) == List::Title))
                    && !r.features.category.is_finite()
                    && r.clitics.article == reading.clitics.article
                    && r.pronoun.is_none()
            };
            !doc.tokens[i].new_line
                && reading.clitics.count() == u8::from(reading.clitics.article)
                && doc.reading(p, people).is_some()
        });
        // "their allies loyal to X": an adjective of the noun before it.
        let loyal = row.class.as_deref() == Some("loyal")
            && self.has_owner(i)
            && doc.clitics(i).conjunction.is_none()
            && previous.is_some_and(|p| p + 1 == i && doc.is_nominal(p) && !doc.is_function_word(p));
        if people_before || loyal || row.class_of_group && !reading.clitics.article {
            return None;
        }
        let definite = reading.clitics.article;
        let mut end = i + 1;
        let mut country = None;
        while end < doc.len() && !doc.tokens[end].new_line && end - i < 4 {
            let clitics = doc.clitics(end);
            let fits = doc.is_definite(end) == definite && clitics.preposition.is_none();
            let demonym = doc.is_demonym(end);
            let joined = clitics.conjunction.is_some();
            let plural = || doc.reading(end, |r, _| r.features.is_plural()).is_some() && !self.has_complement(end);
            // "extremist terrorists"
            let people =
                doc.reading(end, |r, _| collective(r) && r.features.is_plural() && !r.features.construct).is_some();
            // "the rebels' complete readiness": one masculine adjective says nothing of many.
            let one = |r: &Reading| {
                let agreement = r.features.agreement;
                r.features.category.is_participle()
                    && !r.features.is_several()
                    && agreement.gender != Some(Gender::Feminine)
                    || doc.list(r) == List::Adjective
                        && agreement.gender == Some(Gender::Masculine)
                        && !r.features.is_several()
            };
            let many = reading.features.is_plural() && row.sort.as_deref() == Some("people");
            let other = many && demonym.is_none() && !doc.readings(end).is_empty() && doc.readings(end).iter().all(one);
            let adjective = !other
                && !self.has_owner(end)
                && (people || self.is_adjective(end) && (definite || plural()) || said && self.says_of_group(end, row));
            // "the militia the civilians": many are no adjective of one.
            let group = row.sort.as_deref() == Some("group");
            let several = || !group && doc.readings(i).iter().any(|r| r.features.is_several());
            let others = demonym.is_none() && doc.are_people(end) && !several();
            // "the settlers the Palestinians": one does it, the other suffers it.
            let suffer = || {
                doc.reading(end, |r, _| r.features.is_plural()).is_some()
                    && doc.lexicon.clash_in_case(doc.str(i), doc.str(end))
            };
            // "the revolutionaries the town"
            let ground = |r: &Reading, row: &Row| doc.list(r) == List::Head && row.makes.as_deref() == Some("place");
            let town = demonym.is_none() && doc.reading(end, ground).is_some() && doc.is_definite(end);
            if !fits || others || town || suffer() || !(demonym.is_some() || !joined && adjective) {
                break;
            }
            country = country.or_else(|| demonym.and_then(|d| d.country.clone()));
            end += 1;
        }
        // "captors of the hostages": the construct form takes its genitive in.
        let next = i + 1;
        if end == next
            && reading.features.construct
            && doc.is_word(next)
            && !doc.tokens[next].new_line
            && doc.continues_phrase(next)
        {
            end = next + 1;
        }
        if let Some(person) = of_person {
            end = person;
        }
        // "the gunmen loyal to it"
        let to_it = |t: usize| {
            t > i
                && doc.is_word(t)
                && doc.is_word(t + 1)
                && doc.may_be(t + 1, Facts::BOUND_PRONOUN)
                && !doc.tokens[t].new_line
                && doc.is_definite(t) == definite
                && doc.reading(t, |_, row| row.class.as_deref() == Some("loyal")).is_some()
        };
        if let Some(t) = [end - 1, end].into_iter().find(|t| to_it(*t)) {
            end = t + 2;
        }
        if row.strip && end == i + 1 {
            return None;
        }
        let start = reading.start;
        Some(Actor {
            name: row.name.clone(),
            country,
            head: Some(reading.row),
            ..self.told_apart(i..end, start, if (i + 1..end).any(named_group) { "armed_group" } else { "collective" })
        })
    }

    /// "Haftar's gunmen": behind the person whose people they are.
    fn person_of(&self, i: usize, reading: &Reading) -> Option<usize> {
        let doc = self.doc;
        let person = |r: &Referent| matches!(r, Referent::Actor(a) if doc.lexicon.actors[*a as usize].kind == "person");
        let same_line = doc.tokens.get(i + 1).is_some_and(|t| !t.new_line);
        let named = |m: &&NameMatch<'_>| m.clitics.is_empty() && m.referents.iter().any(person);
        let construct = reading.features.construct && reading.features.is_plural() && same_line;
        doc.names_at(i + 1).iter().find(|m| construct && named(m)).map(|m| m.end)
    }

    /// Not "the Islamic Group", which is one group's name.
    fn is_said_of_group(&self, i: usize, reading: &Reading, row: &Row) -> bool {
        let doc = self.doc;
        let next = i + 1;
        (reading.features.is_plural() || !reading.clitics.article && !self.is_predicate(i))
            && doc.is_word(next)
            && !doc.tokens[next].new_line
            && doc.is_definite(next) == reading.clitics.article
            && self.says_of_group(next, row)
    }

    /// An adjective that the row of the group takes.
    fn says_of_group(&self, i: usize, row: &Row) -> bool {
        let clitics = self.doc.clitics(i);
        clitics.conjunction.is_none()
            && clitics.preposition.is_none()
            && row.takes.iter().any(|word| self.is_lemma(i, word))
            && !self.has_owner(i)
    }

    /// A description of several words: regional powers, the far left.
    pub(super) fn described_by_several(&self, i: usize) -> Option<Actor> {
        let doc = self.doc;
        let turn = doc.turn_at(i).filter(|t| t.tokens[0] == i && doc.lexicon.list(t.row) == List::Collective)?;
        let end = turn.tokens.last()? + 1;
        let row = doc.lexicon.row(turn.row);
        let bare = |r: &Reading| r.pronoun.is_none() && !r.features.is_dual();
        let (reading, _) = doc.reading(i, |r, _| bare(r) && !r.features.category.is_finite())?;
        let counted = self.counted.get(i).copied().unwrap_or(false)
            || doc.previous_word(i).is_some_and(|p| doc.kind(p) == Some(Kind::Number));
        let group = row.sort.as_deref() == Some("group");
        let many = reading.features.is_plural() || group && !self.takes_up(i);
        let definite = reading.clitics.article;
        // "tribesmen with arms"
        if many
            && !counted
            && let Some(actor) = self.loyal(i, end, reading.start)
        {
            return Some(actor);
        }
        let more = |t: usize| {
            doc.is_word(t)
                && !doc.tokens[t].new_line
                && doc.is_definite(t) == definite
                && doc.clitics(t).conjunction.is_none()
                && doc.clitics(t).preposition.is_none()
                && (self.is_adjective(t) || doc.reading(t, |r, _| doc.list(r) == List::Collective).is_some())
                && !self.has_complement(t)
        };
        let end = if more(end) { end + 1 } else { end };
        let one_phrase = (i + 1..end).all(|t| doc.clitics(t).conjunction.is_none() && !doc.tokens[t].new_line);
        let single = !definite && !reading.features.is_plural();
        if counted || !many || !one_phrase || self.is_of_party(end) || single && self.is_predicate(i) {
            return None;
        }
        Some(Actor {
            name: row.name.clone(),
            head: Some(turn.row),
            ..self.told_apart(i..end, reading.start, "collective")
        })
    }

    /// A party of such a kind that no list has, by the pattern of its words; its first word begins with the byte.
    fn told_apart(&self, tokens: Range<usize>, from: u8, kind: &str) -> Actor {
        Actor {
            at: Extent { tokens: tokens.clone(), span: self.doc.span_from(tokens, from) },
            kind: kind.to_owned(),
            row: None,
            name: None,
            country: None,
            basis: Basis::Pattern,
            refers_to: None,
            head: None,
        }
    }

    /// "the Jubur clan", "the Bedouin clans": with the name behind it.
    fn tribe(&self, i: usize) -> Option<Actor> {
        let doc = self.doc;
        let tribe = |r: &Reading, row: &Row| {
            doc.list(r) == List::Collective
                && row.class.as_deref() == Some("tribe")
                && r.pronoun.is_none()
                && !r.clitics.article
                && !r.features.is_dual()
        };
        let (reading, row) = doc.reading(i, tribe)?;
        let next = i + 1;
        let clitics = doc.clitics(next);
        let named = doc.is_word(next)
            && !doc.tokens[next].new_line
            && !doc.is_function_word(next)
            && !doc.is_finite(next)
            && (clitics.article && clitics.count() == 1
                || clitics.is_empty() && (doc.readings(next).is_empty() || doc.may_be(next, Facts::WHOLE_NAME_PART)));
        let adjective = !clitics.article && (self.is_adjective(next) || doc.is_demonym(next).is_some());
        if !named || adjective {
            return None;
        }
        let front = doc.may_be(next, Facts::JOINT_FRONT) && doc.is_word(next + 1);
        let end = next + 1 + usize::from(front);
        Some(Actor {
            name: row.name.clone(),
            head: Some(reading.row),
            ..self.told_apart(i..end, reading.start, "collective")
        })
    }

    /// "Israeli soldiers killed": some of an army, by their nationality, that act.
    fn some_soldiers(&self, i: usize) -> Option<Actor> {
        let doc = self.doc;
        let many = |r: &Reading, row: &Row| {
            row.sort.as_deref() == Some("army")
                && row.victim.is_some()
                && !r.clitics.article
                && r.clitics.count() == 0
                && r.features.is_plural()
                && r.pronoun.is_none()
        };
        let (reading, _) = doc.reading(i, many)?;
        let next = i + 1;
        let national = doc.is_word(next) && !doc.tokens[next].new_line && doc.clitics(next).count() == 0;
        let demonym = doc.is_demonym(next).filter(|d| national && d.country.is_some())?;
        let previous = doc.previous_word(i)?;
        // Whoever stands behind "killed" may as well have been killed.
        let harms = |row: &Row| {
            let frame = row.frame.as_deref().and_then(|f| doc.lexicon.frames.get(f));
            row.harm.is_some() || frame.is_some_and(|f| f.harm.is_some())
        };
        let harmless = |t: usize| {
            doc.is_word(t)
                && doc.is_finite(t)
                && doc.finite(t).is_some_and(|(r, row)| !harms(row) && r.clitics.preposition.is_none())
        };
        let many_did = |t: usize| {
            doc.is_word(t) && doc.finite(t).is_some_and(|(r, _)| r.features.is_plural() && r.clitics.count() == 0)
        };
        let that = doc.is_particle(previous, "comp") && many_did(next + 1);
        (that || harmless(previous)).then(|| Actor {
            country: demonym.country.clone(),
            ..self.told_apart(i..next + 1, reading.start, "military")
        })
    }

    /// "the Turkish soldiers": those of an army, by their nationality, and not counted.
    fn soldiers(&self, i: usize) -> Option<Actor> {
        let doc = self.doc;
        let many = |r: &Reading, row: &Row| {
            row.sort.as_deref() == Some("army") && row.victim.is_some() && r.clitics.article && r.features.is_plural()
        };
        let (reading, _) = doc.reading(i, many)?;
        let next = i + 1;
        let bare = self.are_soldiers(i, reading);
        let national =
            doc.is_word(next) && !doc.tokens[next].new_line && doc.is_definite(next) && doc.clitics(next).count() == 1;
        let demonym = doc.is_demonym(next).filter(|d| national && d.country.is_some());
        if demonym.is_none() && !bare {
            return None;
        }
        let counted = |p: usize| doc.kind(p) == Some(Kind::Number) || self.counted.get(p).copied().unwrap_or(false);
        let partitive = |p: usize| doc.particle(p, "prep").is_some_and(|r| r.has_role("partitive"));
        if doc.previous_word(i).is_some_and(|p| counted(p) || partitive(p)) {
            return None;
        }
        let end = next + usize::from(demonym.is_some());
        let country = demonym.and_then(|d| d.country.clone());
        Some(Actor { country, ..self.told_apart(i..end, reading.start, "military") })
    }

    /// "that the soldiers opened fire", "the police and the soldiers": soldiers that act, or stand beside a force.
    fn are_soldiers(&self, i: usize, reading: &Reading) -> bool {
        let doc = self.doc;
        let verb = |t: usize| {
            doc.is_word(t)
                && !doc.could_be_nominal(t)
                && doc.finite(t).is_some_and(|(r, row)| r.clitics.conjunction.is_none() && row.harm.is_none())
        };
        let before = doc.previous_word(i).filter(|p| p + 1 == i);
        let that = before.is_some_and(|p| doc.is_particle(p, "comp")) && verb(i + 1);
        let acts = |t: usize| doc.finite(t).is_some_and(|(_, row)| row.harm.is_none()) && !doc.is_function_word(t);
        let act = before.is_some_and(acts) && reading.clitics.count() == 1;
        let beside = reading.clitics.conjunction.is_some()
            && self.out.last().is_some_and(|a| a.at.tokens.end == i && a.kind == "military");
        that || act || beside
    }

    /// "Washington deems the party a terrorist group", "that it is a terrorist group": what a party is said to be.
    fn is_predicate(&self, i: usize) -> bool {
        let doc = self.doc;
        let Some(p) = doc.previous_word(i).filter(|p| doc.is_word(*p)) else { return false };
        let calendar = doc.reading(p, |r, _| doc.list(r) == List::Calendar).is_some();
        let pronoun = doc.is_particle(p, "comp") && doc.readings(p).iter().any(|r| r.pronoun.is_some());
        let named = || (p.saturating_sub(3)..=p).any(|s| doc.names_at(s).iter().any(|m| m.end == p + 1));
        doc.clitics(i).is_empty() && !calendar && (pronoun || !doc.is_finite(p) && (doc.is_definite(p) || named()))
    }

    /// A people without a state of its own, where it is no adjective: "with the Kurds", "the rights of the Kurds".
    fn nation(&self, i: usize) -> Option<Actor> {
        let doc = self.doc;
        let many = |r: &Reading, row: &Row| {
            doc.list(r) == List::Demonym
                && r.clitics.article
                && r.features.is_plural()
                && r.features.agreement.gender != Some(Gender::Feminine)
                && row.group.is_some()
                && row.kind.as_deref() == Some("people")
                && !row.broken_plural.is_empty()
                && !row.common
        };
        let (reading, row) = doc.reading(i, many)?;
        let alone = reading.clitics.count() == 1;
        let adjective = doc.previous_word(i).is_some_and(|p| {
            alone && p + 1 == i && !doc.tokens[i].new_line && doc.is_word(p) && doc.is_definite(p) && doc.is_nominal(p)
        });
        let counted = self.counted.get(i.wrapping_sub(1)).copied().unwrap_or(false);
        // "Ain al-Arab"
        let inside = |m: &crate::grammar::NameMatch<'_>| m.end > i && m.start < i;
        let adjective = adjective || i > 0 && doc.names_at(i - 1).iter().any(inside);
        // "near Chechnya", called like its people.
        let place = |r: &Referent| matches!(r, Referent::Place(p) if doc.lexicon.places[*p as usize].kind == "region");
        let land = doc.names_at(i).iter().any(|m| m.referents.iter().any(place));
        if land
            && (reading.clitics.preposition.is_some() || doc.governed_by(i).is_some_and(|row| row.relation.is_some()))
        {
            return None;
        }
        // "Karachay and Circassia"
        let joined = reading.clitics.conjunction.is_some() && self.out.last().is_none_or(|a| a.at.tokens.end != i);
        if adjective || counted || joined || self.is_of_party(i + 1) {
            return None;
        }
        let national = |t: usize| {
            doc.is_word(t)
                && !doc.tokens[t].new_line
                && doc.is_definite(t)
                && doc.clitics(t).count() == 1
                && doc.is_demonym(t).is_some()
        };
        let end = i + 1 + usize::from(national(i + 1));
        Some(Actor { name: row.name.clone(), ..self.told_apart(i..end, reading.start, "collective") })
    }

    /// A people that acts or is dealt with: right behind its verb, or behind a preposition of company.
    fn people(&self, i: usize) -> Option<Actor> {
        let doc = self.doc;
        let many = |r: &Reading| {
            doc.list(r) == List::Demonym
                && r.clitics.article
                && r.features.is_plural()
                && r.clitics.preposition.is_none()
        };
        let (reading, row) = doc.reading(i, |r, row| many(r) && row.country.is_some())?;
        let masculine = reading.features.agreement.gender != Some(Gender::Feminine);
        let previous = doc.previous_word(i).filter(|p| *p >= doc.sentence_range(i).start)?;
        let next = doc.finite(i + 1).filter(|_| doc.is_word(i + 1) && doc.is_finite(i + 1));
        let that = doc.is_particle(previous, "comp") && next.is_some_and(|(r, _)| r.features.is_plural());
        let acts = (doc.is_finite(previous) || that) && reading.clitics.conjunction.is_none();
        let with = doc.particle(previous, "prep").is_some_and(|row| row.has_role("company"));
        if !masculine || !acts && !with || doc.is_word(i + 1) && doc.is_definite(i + 1) && doc.continues_phrase(i + 1) {
            return None;
        }
        Some(Actor {
            name: row.name.clone(),
            country: row.country.clone(),
            ..self.told_apart(i..i + 1, reading.start, "collective")
        })
    }
}
