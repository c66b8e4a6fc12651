//! Where the name of a party ends: what its body is for, whose it is, its number, to whom its forces are loyal.

use std::ops::Range;

use super::Extent;
use super::actor::{Actor, Basis, Finder};
use crate::lexicon::{Facts, List, Reading, Referent, Row};
use crate::morph::Category;
use crate::segment::{Kind, Proclitics};

impl Finder<'_, '_> {
    /// "the commission for human rights": what a body is for belongs to its name.
    pub(super) fn purpose_edge(&self, end: usize, head: &Row) -> usize {
        let doc = self.doc;
        let body = matches!(head.makes.as_deref(), Some("organization" | "military" | "state"));
        let what = |r: &Reading, row: &Row| r.clitics.preposition.is_some() && row.class.as_deref() == Some("body_for");
        if !body
            || !doc.is_word(end)
            || doc.tokens[end].new_line
            || doc.clitics(end).conjunction.is_some()
            || doc.reading(end, what).is_none()
                && !(head.class.as_deref() == Some("branch") && self.is_to(end) && doc.is_definite(end))
        {
            return end;
        }
        if head.class.as_deref() == Some("branch")
            && let Some(end) = self.owned_end(end)
        {
            return end;
        }
        let goes_on = |t: usize| {
            let clitics = doc.clitics(t);
            doc.is_word(t)
                && !doc.tokens[t].new_line
                && doc.is_definite(t)
                && clitics.preposition.is_none()
                && clitics.conjunction.is_none()
        };
        let closed = match doc.is_definite(end) {
            true => end + 1,
            false if goes_on(end + 1) => end + 2,
            false => return end,
        };
        // "for strategic studies"
        if goes_on(closed) && self.is_adjective(closed) { closed + 1 } else { closed }
    }

    /// "the media centre of the resistance": the party whose body it is belongs to its name.
    pub(super) fn owner_edge(&self, i: usize, end: usize, head: &Row) -> usize {
        let doc = self.doc;
        let own = self.is_to(end);
        if head.makes.as_deref() != Some("organization") || end != i + 2 || !own || !doc.is_definite(i) {
            return end;
        }
        let fights = |r: &Referent| match r {
            Referent::Actor(a) | Referent::ShortActor(a) => {
                matches!(doc.lexicon.actors[*a as usize].kind.as_str(), "armed_group" | "coalition")
            }
            _ => false,
        };
        doc.names_at(end).iter().find(|m| m.referents.iter().any(fights)).map_or(end, |m| m.end)
    }

    /// Behind the number of a unit: "brigade 15", "brigade no. (15)".
    pub(super) fn numbered(&self, at: usize, head: &Row) -> Option<usize> {
        let doc = self.doc;
        if !head.takes.iter().any(|t| t == "ordinal") {
            return None;
        }
        let at = at + usize::from(doc.is_word(at) && doc.str(at) == doc.lexicon.segmenter.clitics.article());
        let bracket = doc.bracket_from(at).filter(|close| *close == at + 2);
        let number = if bracket.is_some() { at + 1 } else { at };
        let dated = || doc.reading(number + 1, |_, row| row.month.is_some()).is_some();
        (doc.kind(number) == Some(Kind::Number) && !doc.tokens[number].new_line && !dated())
            .then(|| bracket.unwrap_or(number) + 1)
    }

    /// Behind the arm that a numbered unit belongs to: "brigade 35, armoured", "the sixteenth infantry division".
    pub(super) fn unit_edge(&self, mut end: usize, head: &Row) -> usize {
        let doc = self.doc;
        let bare =
            |t: usize| doc.is_word(t) && !doc.tokens[t].new_line && doc.clitics(t).is_empty() && !doc.is_preposition(t);
        let number = |r: &Reading, _: &Row| doc.list(r) == List::Number;
        if self.is_ordinal(end - 1) && bare(end) && doc.reading(end, number).is_some() {
            end += 1;
        } else if !self.is_ordinal(end - 1) && doc.kind(end - 1).is_none_or(|k| k == Kind::Word) {
            return end;
        }
        let arm = |t: usize| bare(t) && head.by.keys().any(|w| self.is_lemma(t, w));
        (0..2).fold(end, |end, _| if arm(end) { end + 1 } else { end })
    }

    pub(super) fn is_ordinal(&self, i: usize) -> bool {
        let ordinal =
            |r: &Reading, row: &Row| self.doc.list(r) == List::Number && row.kind.as_deref() == Some("ordinal");
        self.doc.reading(i, ordinal).is_some()
    }

    /// A word with the preposition of an owner: "of the resistance", "to the government".
    pub(super) fn is_to(&self, i: usize) -> bool {
        let doc = self.doc;
        let possessive =
            |c: Proclitics| c.conjunction.is_none() && c.preposition.is_some_and(|p| doc.lexicon.is_possessive(p));
        doc.is_word(i)
            && !doc.tokens[i].new_line
            && (doc.readings(i).iter().any(|r| possessive(r.clitics))
                || doc.names_at(i).iter().any(|m| possessive(m.clitics)))
    }

    /// Whether what follows is of the sort that the head asks for.
    pub(super) fn takes(&self, behind: Range<usize>, head: &Row) -> bool {
        let doc = self.doc;
        let first = behind.start;
        let state = |r: &Referent| match r {
            Referent::Place(p) => doc.lexicon.places[*p as usize].kind == "country",
            Referent::Actor(a) => doc.lexicon.actors[*a as usize].kind == "state",
            _ => false,
        };
        let national =
            behind.clone().any(|t| doc.is_demonym(t).is_some_and(|d| d.country.is_some() || d.group.is_some()))
                || doc.names_at(first).iter().any(|m| m.referents.iter().any(state));
        let country = |t: usize| doc.names_at(t).iter().any(|m| m.referents.iter().any(state));
        let adjectival = behind.clone().any(|t| doc.is_demonym(t).is_some() && (doc.is_definite(t) || !country(t)));
        // "centres of the army", "sites of the group": the party is named behind the head.
        let dual = doc.reading(first - 1, |r, row| row.lemma == head.lemma && r.features.is_dual()).is_some();
        let of_party = (dual || head.makes.as_deref() != Some("armed_group"))
            && doc.names_at(first).iter().any(|m| {
                m.end == behind.end
                    && m.referents.iter().any(|r| matches!(r, Referent::Actor(_) | Referent::ShortActor(_)))
            });
        let deed = doc.has_category(first, Category::Masdar)
            || doc.reading(first, |_, row| row.frame.is_some() || row.harm.is_some()).is_some();
        // "the movement for the liberation of the south"
        let plural = doc.reading(first - 1, |r, row| row.lemma == head.lemma && r.features.is_plural()).is_some();
        let purpose = head.makes.as_deref() == Some("armed_group") && !plural && behind.len() > 1;
        let person = |r: &Referent| matches!(r, Referent::Actor(a) if doc.lexicon.actors[*a as usize].kind == "person");
        // "the council of the city of X", written like "condemning".
        let of_place = behind.len() > 1
            && !head.lemma.contains(' ')
            && doc
                .reading(first, |r, row| {
                    doc.list(r) == List::Head && row.makes.as_deref() == Some("place") && !r.clitics.article
                })
                .is_some()
            && (first + 1..behind.end)
                .any(|t| doc.names_at(t).iter().any(|m| m.referents.iter().any(|r| matches!(r, Referent::Place(_)))));
        let adjective = !of_place
            && !doc.is_definite(first)
            && !doc.names_at(first).iter().any(|m| m.referents.iter().any(person))
            && (self.is_adjective(first) || doc.lexicon.looks_feminine_adjective(doc.str(first)))
            && doc.is_demonym(first).is_none();
        let only_place = doc.names_at(first).iter().any(|m| m.end == behind.end)
            && doc
                .names_at(first)
                .iter()
                .filter(|m| m.end == behind.end)
                .all(|m| m.referents.iter().all(|r| matches!(r, Referent::Place(_))))
            && !doc.may_be(first, Facts::NAME_PART);
        // "the battalion of Jenin": a unit is called after its town.
        let unit = head.makes.as_deref() == Some("armed_group") && !plural && head.takes.iter().any(|t| t == "ordinal");
        let only_place = only_place && !unit;
        // "the department of national security"
        let by = behind.clone().any(|t| head.by.keys().any(|word| self.is_lemma(t, word)));
        by || head.takes.iter().any(|t| match t.as_str() {
            "any" => !adjective,
            // "the security of Turkey" is no body of its.
            "nationality" => {
                (adjectival || head.alone != Some(false) || head.makes.as_deref() != Some("military"))
                    && national
                    && (!of_party || doc.names_at(first).iter().any(|m| m.referents.iter().any(state)))
            }
            "foreign" => {
                doc.readings(first).is_empty()
                    && !doc.is_definite(first)
                    && !plural
                    && !doc.lexicon.looks_feminine(doc.str(first))
            }
            "ordinal" => self.is_ordinal(first),
            "name" | "defined" => (!deed || purpose) && !adjective && !only_place && !of_party,
            _ => false,
        }) || head.takes.is_empty()
    }

    /// An indefinite word may go on with the name while nothing definite closed it.
    pub(super) fn may_follow(&self, i: usize) -> bool {
        self.doc.readings(i).iter().all(|r| !matches!(self.doc.list(r), List::Word | List::Cue | List::Calendar))
            && !self.doc.is_finite(i)
    }

    /// What stands behind an indefinite head must name: something definite, a nationality, a place or an unknown word.
    pub(super) fn names_something(&self, tokens: Range<usize>, head: &Row) -> bool {
        let doc = self.doc;
        tokens.clone().any(|t| {
            doc.is_definite(t)
                || doc.is_demonym(t).is_some()
                || !doc.names_at(t).is_empty()
                || head.by.keys().any(|w| self.is_lemma(t, w))
        }) || !head.strip
            && !head.takes.iter().any(|t| t == "defined")
            && (doc.readings(tokens.start).is_empty()
                || doc.is_finite(tokens.start) && doc.may_be(tokens.start, Facts::WHOLE_NAME_PART))
    }

    /// The party with whom it is loyal or opposed to, and with the name of the president whose it is.
    pub(super) fn with_owner(&self, actor: Actor) -> Actor {
        let (tokens, span) = (actor.at.tokens.clone(), actor.at.span);
        let skip = (span.start - self.doc.tokens[tokens.start].span.start) as u8;
        if let Some(end) = self.branch_end(&actor) {
            let at = Extent { tokens: tokens.start..end, span: span.cover(self.doc.tokens[end - 1].span) };
            return Actor { at, ..actor };
        }
        let fights = matches!(actor.kind.as_str(), "armed_group" | "military" | "collective");
        let loyal = if fights { self.loyal(tokens.start, tokens.end, skip) } else { None };
        match loyal {
            Some(loyal) if actor.kind == "collective" || self.are_groups(&actor) => {
                Actor { kind: "collective".to_owned(), head: actor.head, ..loyal }
            }
            Some(loyal) => loyal,
            None if matches!(actor.kind.as_str(), "armed_group" | "military") => self.with_president(actor),
            // "the government of president X", but the prime minister's office and who he is.
            None if actor.kind == "state" && actor.row.is_none() && !self.is_office(&actor) => {
                self.with_president(actor)
            }
            None => actor,
        }
    }

    /// Somebody's office, which is no government of his.
    fn is_office(&self, actor: &Actor) -> bool {
        actor.head.is_some_and(|h| self.doc.lexicon.row(h).class.as_deref() == Some("office"))
    }

    /// Many groups, and no troops.
    fn are_groups(&self, actor: &Actor) -> bool {
        let doc = self.doc;
        actor.head.is_some_and(|h| {
            let row = doc.lexicon.row(h);
            row.makes.as_deref() == Some("armed_group")
                && row.alone == Some(false)
                && doc.reading(actor.at.tokens.start, |r, _| r.row == h && r.features.is_plural()).is_some()
        })
    }

    /// "the armed wing of the party": behind the party whose branch it is.
    fn branch_end(&self, actor: &Actor) -> Option<usize> {
        let doc = self.doc;
        let branch = actor.head.is_some_and(|h| doc.lexicon.row(h).class.as_deref() == Some("branch"));
        let end = actor.at.tokens.end;
        if !branch || !self.is_to(end) {
            return None;
        }
        self.owned_end(end)
    }

    /// Behind the party whose name begins at the token; the short name in brackets behind it is another mention.
    fn owned_end(&self, at: usize) -> Option<usize> {
        let doc = self.doc;
        let party = |m: &&crate::grammar::NameMatch<'_>| {
            !(m.start..m.end).any(|t| doc.tokens[t].kind.is_bracket())
                && m.referents.iter().any(|r| matches!(r, Referent::Actor(_) | Referent::ShortActor(_)))
        };
        doc.names_at(at).iter().find(party).map(|m| m.end)
    }

    /// Right behind a party, with a comma or a dash between: "the X brigades, the armed wing of".
    pub(super) fn follows_party(&self, i: usize) -> bool {
        let doc = self.doc;
        let sign = |t: usize| doc.kind(t) == Some(Kind::Comma) || matches!(doc.str(t), "-" | "–");
        self.out.last().is_some_and(|a| {
            let end = a.at.tokens.end;
            a.kind == "armed_group" && (end == i || end + 1 == i && sign(end))
        })
    }

    /// "the forces of the former president X": a person's name behind the title that ends a party's.
    fn with_president(&self, mut actor: Actor) -> Actor {
        let doc = self.doc;
        let tokens = actor.at.tokens.clone();
        let title = |t: usize| doc.reading(t, |r, _| doc.list(r) == List::Title).is_some();
        let described = |t: usize| {
            doc.is_demonym(t).is_some() || doc.reading(t, |_, row| row.class.as_deref() == Some("of_title")).is_some()
        };
        let office = (tokens.start + 1..tokens.end).rev().find(|t| title(*t) || !described(*t)).filter(|t| title(*t));
        if office.is_none() {
            return actor;
        }
        let end = self.person_end(tokens.end);
        if end > tokens.end {
            actor.at = Extent { tokens: tokens.start..end, span: actor.at.span.cover(doc.tokens[end - 1].span) };
        }
        actor
    }

    /// A participle behind which stands whose the party is, or whom it fights.
    pub(super) fn has_owner(&self, i: usize) -> bool {
        let doc = self.doc;
        let class = |row: &Row| matches!(row.class.as_deref(), Some("loyal" | "opposed" | "belonging"));
        doc.reading(i, |_, row| class(row)).is_some() && (self.is_to(i + 1) || self.is_to_name(i + 1))
    }

    /// "loyal to X": behind the name of a person with the preposition of an owner.
    fn owner_name(&self, at: usize) -> Option<(usize, String)> {
        let named = self.is_to_name(at) && self.doc.readings(at).iter().all(|r| r.clitics.preposition.is_none());
        named.then(|| (self.person_end(at + 1), "person".to_owned()))
    }

    /// A part of a name with the preposition of an owner.
    fn is_to_name(&self, i: usize) -> bool {
        let doc = self.doc;
        let fronts = doc.analysis(i).map_or(&[][..], |a| &a.fronts);
        let possessive =
            |f: &crate::segment::Front| f.clitics.preposition.is_some_and(|p| doc.lexicon.is_possessive(p));
        doc.is_word(i)
            && !doc.tokens[i].new_line
            && doc.may_be(i, Facts::NAME_PART)
            && !doc.may_be(i, Facts::WHOLE_NAME_PART)
            && fronts.iter().any(possessive)
    }

    /// Behind the person's name at the token; the token itself if there is none.
    fn person_end(&self, at: usize) -> usize {
        let doc = self.doc;
        let person = |r: &Referent| match r {
            Referent::Actor(a) | Referent::DoubtfulActor(a) => doc.lexicon.actors[*a as usize].kind == "person",
            _ => false,
        };
        let plain = |m: &&crate::grammar::NameMatch<'_>| m.clitics.is_empty() && m.referents.iter().any(person);
        if doc.tokens.get(at).is_none_or(|t| t.new_line) {
            return at;
        }
        if let Some(m) = doc.names_at(at).iter().find(plain) {
            return m.end;
        }
        let part = |t: usize| {
            doc.is_word(t)
                && !doc.tokens[t].new_line
                && doc.clitics(t).preposition.is_none()
                && doc.clitics(t).conjunction.is_none()
                && doc.may_be(t, Facts::NAME_PART | Facts::JOINT_FRONT | Facts::JOINT_BACK)
        };
        // A name that is written like "on" or like a verb has another behind it, or a title before it.
        let titled = || at > 0 && doc.reading(at - 1, |r, _| doc.list(r) == List::Title).is_some();
        let word = |t: usize| doc.is_function_word(t) || doc.is_finite(t);
        // "Ali Abdullah Saleh", written like "made peace".
        let family = |t: usize| t > at && doc.may_be(t, Facts::WHOLE_NAME_PART) && !doc.is_function_word(t);
        let goes_on = |t: &usize| part(*t) && (!word(*t) || family(*t) || *t == at && (part(t + 1) || titled()));
        (at..at + 5).take_while(goes_on).last().map_or(at, |t| t + 1)
    }

    /// "the forces loyal to the government", "to president X": whose forces they are belongs to the name. Those of a state are its
    /// troops, those of anybody else an armed group.
    pub(super) fn loyal(&self, start: usize, end: usize, skip: u8) -> Option<Actor> {
        let doc = self.doc;
        let own =
            |t: usize| doc.is_word(t) && !doc.tokens[t].new_line && doc.clitics(t).preposition.is_none() && t > start;
        // The participle ends what is known of the name so far, or follows it.
        let participle = [end - 1, end].into_iter().find(|t| own(*t) && self.has_owner(*t))?;
        let is = |class: &str| doc.reading(participle, |_, row| row.class.as_deref() == Some(class)).is_some();
        // "the executive force that belongs to the ministry" has a name of its own.
        let arm = doc.reading(start, |_, row| row.class.as_deref() == Some("arm")).is_some();
        let named = is("belonging") && (participle > start + 1 || arm);
        // "gunmen loyal to X": two parties.
        let people = doc.reading(start, |_, row| row.sort.as_deref() == Some("people")).is_some();
        if named || people {
            return None;
        }
        let at = participle + 1;
        let referents = || doc.names_at(at).iter().flat_map(|m| m.referents.iter().map(move |r| (m.end, *r)));
        let named = referents().find_map(|(end, r)| match r {
            Referent::Actor(a) | Referent::ShortActor(a) | Referent::DoubtfulActor(a) => {
                Some((end, doc.lexicon.actors[a as usize].kind.clone()))
            }
            _ => None,
        });
        let headed = || self.headed(at).map(|a| (self.with_president(a.clone()).at.tokens.end, a.kind));
        let titled = || {
            doc.reading(at, |r, _| doc.list(r) == List::Title)?;
            let described = |t: &usize| {
                doc.is_word(*t)
                    && !doc.tokens[*t].new_line
                    && doc.clitics(*t).preposition.is_none()
                    && (doc.is_demonym(*t).is_some()
                        || doc.reading(*t, |_, row| row.class.as_deref() == Some("of_title")).is_some())
            };
            let title = (at + 1..at + 4).take_while(described).last().unwrap_or(at) + 1;
            Some((self.person_end(title), "person".to_owned()))
        };
        let longest = named.into_iter().chain(headed()).max_by_key(|(end, _)| *end).or_else(titled);
        let longest = longest.or_else(|| self.owner_name(at));
        let (end, whose) = longest?;
        let kind = match whose.as_str() {
            _ if is("opposed") => "collective",
            "state" | "military" | "person" => "military",
            _ => "armed_group",
        };
        Some(Actor {
            at: Extent { tokens: start..end, span: doc.span_from(start..end, skip) },
            kind: kind.to_owned(),
            row: None,
            name: None,
            country: None,
            basis: Basis::Pattern,
            refers_to: None,
            head: None,
        })
    }
}
