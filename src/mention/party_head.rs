//! Parties by a head word: an army, a brigade, a ministry.

use super::Extent;
use super::actor::{Actor, Basis, Finder};
use crate::grammar::NameMatch;
use crate::lexicon::{Facts, List, Reading, Referent, Row};
use crate::morph::Category;
use crate::segment::{Gender, Kind, Number};

impl Finder<'_, '_> {
    pub(super) fn head_row(&self, i: usize) -> Option<(u32, &Row)> {
        let doc = self.doc;
        if !doc.may_be(i, Facts::list(List::Head)) || self.is_spelled_adjective(i) {
            return None;
        }
        doc.readings(i)
            .iter()
            .filter(|r| doc.list(r) == List::Head && r.pronoun.is_none())
            .find(|r| doc.row(r).makes.as_deref().is_some_and(|m| !matches!(m, "place" | "locator" | "party")))
            .map(|r| (r.row, doc.row(r)))
    }

    /// "a strong blast", which is "forces" but for the spelling: the letters say that the word is an adjective.
    fn is_spelled_adjective(&self, i: usize) -> bool {
        let doc = self.doc;
        let word = doc.str(i);
        let spelled = |texts: &[String]| texts.iter().any(|t| t == word);
        doc.reading(i, |r, row| doc.list(r) == List::Adjective && spelled(&row.texts)).is_some()
            && doc.reading(i, |r, row| doc.list(r) == List::Head && spelled(&row.plural)).is_none()
    }

    /// Of several rows of one word the one that takes what follows.
    fn head_for<'r>(&'r self, i: usize, id: u32, head: &'r Row) -> (u32, &'r Row) {
        let doc = self.doc;
        if head.takes.iter().any(|t| t == "any") {
            return (id, head);
        }
        let national = (i + 1..(i + 5).min(doc.len()))
            .take_while(|t| doc.is_word(*t) && doc.could_be_nominal(*t) && !doc.tokens[*t].new_line)
            .take_while(|t| doc.clitics(*t).preposition.is_none() && (*t == i + 1 || doc.clitics(*t).article))
            .any(|t| {
                doc.is_demonym(t).is_some_and(|d| d.country.is_some())
                    || t == i + 1
                        && doc.names_at(t).iter().any(|m| {
                            m.referents.iter().any(
                            |r| matches!(r, Referent::Place(p) if doc.lexicon.places[*p as usize].kind == "country"),
                        )
                        })
            });
        let bare = doc.is_definite(i) && !doc.kind(i + 1).is_some_and(Kind::is_quote);
        let wanted = if national || bare { "nationality" } else { "name" };
        let fits = |r: &Reading, row: &Row| {
            doc.list(r) == List::Head
                && r.pronoun.is_none()
                && row.makes.as_deref().is_some_and(|m| !matches!(m, "place" | "locator" | "party"))
                && row.lemma == head.lemma
                && row.takes.iter().any(|t| t == wanted)
        };
        doc.reading(i, fits).map_or((id, head), |(r, row)| (r.row, row))
    }

    /// A head word that makes a party of what follows: an army, a brigade, a ministry.
    pub(super) fn headed(&self, i: usize) -> Option<Actor> {
        let doc = self.doc;
        // "the staff general", whose first word is a team, too.
        let title = |r: &Referent| matches!(r, Referent::Phrase(id) if doc.lexicon.list(*id) == List::Title);
        if doc.names_at(i).iter().any(|m| m.end > i + 1 && m.referents.iter().any(title)) {
            return None;
        }
        let (last, (id, head)) = match self.head_phrase(i) {
            Some((last, id)) => (last, (id, doc.lexicon.row(id))),
            None => {
                let (id, head) = self.head_row(i)?;
                (i, self.head_for(i, id, head))
            }
        };
        if head.not_after.iter().any(|w| doc.previous_word(i).is_some_and(|p| doc.is_lemma(p, w))) {
            return None;
        }
        // What is said of something else has its ending, and is head of nothing: "it was a centre for".
        let predicate = |r: &Reading| r.features.accusative && r.features.agreement.number == Some(Number::Singular);
        if last == i && doc.readings(i).iter().filter(|r| doc.list(r) == List::Head).all(predicate) {
            return None;
        }
        // Written like a head of places too: a party only if its name stands in quotation marks.
        let listed = |t: usize| {
            let known = |r: &Referent| matches!(r, Referent::Place(p) if !doc.lexicon.places[*p as usize].common);
            doc.readings(t).is_empty() && doc.names_at(t).iter().any(|m| m.referents.iter().any(known))
        };
        // "like a hill", written like a bloc.
        let whole = doc.reading(i, |r, row| r.row == id && row.lemma == head.lemma && r.clitics.preposition.is_none());
        let of_place = |r: &Reading, row: &Row| {
            doc.list(r) == List::Head
                && row.makes.as_deref() == Some("place")
                && (whole.is_none() || r.clitics.preposition.is_none())
                && (doc.is_definite(i) && !head.takes.iter().any(|t| t == "any")
                    || listed(i + 1)
                    || !row.takes.iter().any(|t| t == "listed"))
        };
        let place = doc.reading(i, of_place).is_some();
        let sign = doc.kind(i + 1).is_some_and(|k| k.is_quote() || k.is_bracket());
        // "the fifteenth brigade"
        let unit = doc.is_definite(i) && head.takes.iter().any(|t| t == "ordinal") && self.is_ordinal(i + 1);
        if place && last == i && !sign && !unit && self.numbered(i + 1, head).is_none() {
            return None;
        }
        if last == i && self.holds_party(i, head) {
            return None;
        }
        let craft = head.class.as_deref() == Some("craft");
        if craft && (doc.is_definite(i) || !doc.previous_word(i).is_some_and(|p| p + 1 == i && doc.is_finite(p))) {
            return None;
        }
        if head.class.as_deref() == Some("branch")
            && head.makes.as_deref() == Some("armed_group")
            && self.follows_party(i)
        {
            return None;
        }
        let led = last == i && head.makes.as_deref() == Some("coalition") && self.is_led(i);
        let (end, country, kind) = if led {
            (i + 1, None, None)
        } else if doc.is_definite(last) {
            self.definite_edge(last, head)?
        } else if last > i {
            self.construct_edge(last, head).unwrap_or((last + 1, None, None))
        } else {
            self.construct_edge(last, head)?
        };
        let branch = head.class.as_deref() == Some("branch");
        let whole = if end > last + 1 || branch { self.purpose_edge(end, head) } else { end };
        let by = (end..whole).find_map(|t| head.by.iter().find(|(word, _)| self.is_lemma(t, word)));
        let (end, kind) = (whole, kind.or_else(|| by.map(|(_, kind)| kind.clone())));
        let end = self.owner_edge(i, end, head);
        let end = if end > last + 1 { self.unit_edge(end, head) } else { end };
        // A bare short form is taken up later, with all that it may stand for.
        let short =
            |m: &NameMatch<'_>| m.end == end && m.referents.iter().any(|r| matches!(r, Referent::ShortActor(_)));
        if end == i + 1 && !self.has_owner(end) && doc.names_at(i).iter().any(short) {
            return None;
        }
        let kind = kind.unwrap_or_else(|| head.makes.clone().unwrap_or_default());
        Some(Actor {
            at: Extent { tokens: i..end, span: doc.span_from(i..end, self.skip_of(i, id)) },
            kind,
            row: None,
            name: None,
            country,
            basis: Basis::Pattern,
            refers_to: None,
            head: (!led).then_some(id),
        })
    }

    /// Behind conjunction and preposition; behind the article's lam where it is written as one with a preposition.
    fn skip_of(&self, i: usize, row: u32) -> u8 {
        self.doc.reading(i, |r, _| r.row == row).map_or(self.doc.skip(i), |(r, _)| r.start)
    }

    /// A head of several words that begins here: its last token and its row.
    fn head_phrase(&self, i: usize) -> Option<(usize, u32)> {
        let lexicon = self.doc.lexicon;
        self.doc.names_at(i).iter().find_map(|m| {
            let row = m.referents.iter().find_map(|r| match r {
                Referent::Phrase(id) if lexicon.list(*id) == List::Head => Some(*id),
                _ => None,
            })?;
            let party = lexicon.row(row).makes.as_deref() != Some("place");
            (party && m.end > i + 1).then_some((m.end - 1, row))
        })
    }

    /// "the helicopters of the regime": a feminine adjective behind a masculine head that another noun governs is that noun's.
    fn describes_before(&self, head: usize, row: &Row, i: usize) -> bool {
        let doc = self.doc;
        if !matches!(row.makes.as_deref(), Some("state" | "military" | "coalition")) {
            return false;
        }
        let feminine = |t: usize| doc.lexicon.looks_feminine(doc.str(t));
        let several = doc.readings(head).iter().any(|r| r.features.is_several());
        // "the forces of the army": one name.
        let body = |t: usize| doc.reading(t, |r, _| matches!(doc.list(r), List::Head | List::Collective)).is_some();
        let noun = |t: usize| doc.is_word(t) && doc.is_nominal(t) && !doc.is_definite(t) && !doc.is_preposition(t);
        let governs = |t: usize| noun(t) && !body(t);
        let governed = head.checked_sub(1).is_some_and(governs) && doc.clitics(head).preposition.is_none();
        feminine(i) && !feminine(head) && !several && governed && doc.clitics(head).conjunction.is_none()
    }

    /// The head with its article: adjectives follow, or nothing.
    fn definite_edge(&self, i: usize, head: &Row) -> Option<(usize, Option<String>, Option<String>)> {
        let doc = self.doc;
        let named_only =
            !head.takes.is_empty() && head.takes.iter().all(|t| matches!(t.as_str(), "quoted" | "foreign" | "none"));
        if named_only || doc.reading(i, |r, row| row.lemma == head.lemma && r.features.is_dual()).is_some() {
            return None;
        }
        let mut end = self.numbered(i + 1, head).unwrap_or(i + 1);
        let mut country = None;
        while end < doc.len() && !doc.tokens[end].new_line && end - i < 5 {
            let clitics = doc.clitics(end);
            let adjective = doc.is_word(end) && doc.is_definite(end) && clitics.preposition.is_none();
            let joined = clitics.conjunction.is_some();
            // "the Turkish-American coalition"
            let hyphen = end > i + 1
                && matches!(doc.str(end), "-" | "–")
                && doc.is_demonym(end - 1).is_some()
                && doc.is_word(end + 1)
                && doc.is_definite(end + 1)
                && doc.is_demonym(end + 1).is_some();
            if hyphen {
                end += 2;
                continue;
            }
            let related = joined
                && end > i + 1
                && (doc.is_demonym(end).is_some()
                    || doc.reading(end, |r, _| doc.list(r) == List::Adjective && r.clitics.article).is_some());
            if !adjective || !doc.could_be_nominal(end) || joined && !related {
                break;
            }
            if doc.are_people(end) && !doc.are_people(i) {
                break;
            }
            if let Some(demonym) = doc.is_demonym(end) {
                country = country.or_else(|| demonym.country.clone());
            } else if !self.is_adjective(end) && !self.is_ordinal(end)
                || self.is_spot(end)
                || self.disagrees(i, end)
                || self.describes_before(i, head, end)
                || doc.is_preposition(end)
                || self.begins_name(end)
                || self.has_complement(end)
                || self.takes_up(i)
                || country.is_some() && self.only_tells(end)
            {
                break;
            }
            end += 1;
        }
        // "the ministries": all of them, and none in particular.
        let many = head.makes.as_deref() == Some("state")
            && doc.reading(i, |r, row| row.lemma == head.lemma && r.features.is_plural()).is_some();
        let not_before = |t: usize| !doc.are_people(t) && head.not_before.iter().any(|w| doc.is_lemma(t, w));
        if end == i + 1 && (head.strip || many) || not_before(i + 1) {
            return None;
        }
        let by = (i + 1..end).find_map(|t| head.by.iter().find(|(word, _)| self.is_lemma(t, word)));
        // "the Kurdish and Arab factions", "the armed movements": many groups, and the name of none.
        let groups = head.makes.as_deref() == Some("armed_group")
            && end > i + 1
            && doc.reading(i, |r, row| row.lemma == head.lemma && r.features.is_plural()).is_some()
            && !(i + 1..end).any(|t| doc.is_demonym(t).is_some_and(|d| d.kind.as_deref() == Some("actor")));
        let kind = groups.then(|| "collective".to_owned()).or_else(|| by.map(|(_, kind)| kind.clone()));
        Some((end, country, kind))
    }

    /// A name of several words begins here: "the army Elham Aliyev", written like "the important".
    fn begins_name(&self, i: usize) -> bool {
        let name = |r: &Referent| matches!(r, Referent::Actor(_) | Referent::Place(_));
        self.doc.names_at(i).iter().any(|m| m.end > i + 1 && m.referents.iter().any(name))
    }

    /// "the Sudanese union the international community", "the statement of the ministry of the interior issued": behind the phrase of a
    /// feminine head, where an adjective of it or a feminine noun stands, one that is not feminine belongs to something else.
    fn is_another(&self, head: usize, first: usize, i: usize) -> bool {
        let doc = self.doc;
        let feminine = |t: usize| doc.lexicon.looks_feminine(doc.str(t));
        let closed = i > first && feminine(head) && feminine(i - 1);
        i > first
            && (self.begins_name(i)
                || doc.is_demonym(i).is_none() && closed && self.disagrees(i - 1, i)
                || self.described_by_several(i).is_some())
    }

    /// "the police the gas": a word that is no adjective but by a participle written alike, and not of the head's gender.
    fn disagrees(&self, head: usize, i: usize) -> bool {
        let doc = self.doc;
        let feminine = |t: usize| doc.lexicon.looks_feminine(doc.str(t));
        let gender = |r: &Reading| r.features.agreement.gender;
        let adjective = |r: &Reading| {
            doc.list(r) == List::Adjective && gender(r) != Some(Gender::Masculine)
                || r.features.category.is_participle() && r.features.is_plural() && gender(r) != Some(Gender::Feminine)
        };
        feminine(head) && !feminine(i) && !doc.readings(i).is_empty() && !doc.readings(i).iter().any(adjective)
    }

    /// "the Tunisian papers published today": a participle that is no adjective of the lexicon.
    fn only_tells(&self, i: usize) -> bool {
        let doc = self.doc;
        doc.reading(i, |r, _| doc.list(r) == List::Adjective).is_none()
            && doc.reading(i, |r, _| r.features.category.is_participle()).is_some()
    }

    /// The short form of a party that the report has named: what follows describes it and is no name.
    pub(super) fn takes_up(&self, i: usize) -> bool {
        let doc = self.doc;
        doc.names_at(i).iter().filter(|m| m.end == i + 1).any(|m| {
            m.referents
                .iter()
                .any(|r| matches!(r, Referent::ShortActor(a) if self.last.contains_key(a) && doc.lexicon.actors[*a as usize].kind == "armed_group"))
        })
    }

    /// A participle with its preposition: "consisting of", "backed by". It tells about the party.
    pub(super) fn has_complement(&self, i: usize) -> bool {
        let doc = self.doc;
        let next = i + 1;
        // "loyal to": whose it is follows.
        if self.has_owner(i) {
            return true;
        }
        let known = doc.reading(i, |r, _| doc.list(r) == List::Adjective).is_some();
        let verbal = doc.reading(i, |r, _| r.features.category.is_participle()).is_some();
        let place = doc.is_word(next) && doc.governs_place(next);
        doc.is_word(next)
            && !known
            && (doc.is_preposition(next) && (verbal || !place)
                || doc.may_be(next, Facts::BOUND_PRONOUN)
                || doc.clitics(next).preposition.is_some() && doc.clitics(next).conjunction.is_none())
    }

    /// Adjectives known to the lexicon, and unknown words with the ending of one.
    pub(super) fn is_adjective(&self, i: usize) -> bool {
        let doc = self.doc;
        // "many of": a figure.
        if self.counted.get(i).copied().unwrap_or(false) && doc.is_preposition(i + 1) {
            return false;
        }
        if !doc.lexicon.looks_feminine(doc.str(i))
            && doc.reading(i, |r, _| doc.list(r) == List::Collective && r.features.is_several()).is_some()
        {
            return false;
        }
        doc.readings(i).is_empty() && doc.names_at(i).is_empty() && doc.lexicon.looks_related(doc.str(i))
            || doc.reading(i, |r, _| doc.list(r) == List::Adjective || r.features.category.is_participle()).is_some()
    }

    /// "the town", "the position", which are written like participles: a noun that says what a place is.
    fn is_spot(&self, i: usize) -> bool {
        let doc = self.doc;
        let spot = |row: &Row| row.class.as_deref() == Some("building");
        doc.reading(i, |r, _| doc.list(r) == List::Adjective).is_none()
            && doc.reading(i, |r, row| doc.list(r) == List::Head || spot(row)).is_some()
    }

    /// The head without article: what it is head of follows, up to its right edge.
    fn construct_edge(&self, i: usize, head: &Row) -> Option<(usize, Option<String>, Option<String>)> {
        let doc = self.doc;
        let next = i + 1;
        let token = doc.tokens.get(next).filter(|t| !t.new_line)?;
        let mut kind = None;
        if token.kind.is_quote() {
            let quotation = doc.quotation_from(next).filter(|q| q.closed && q.close - q.open <= 5)?;
            // "the positions of «X»" are no site called so.
            let media = |r: &Referent| match r {
                Referent::Actor(a) | Referent::ShortActor(a) => doc.lexicon.actors[*a as usize].kind == "media",
                _ => true,
            };
            let party = doc.names_at(next + 1).iter().any(|m| !m.referents.iter().all(media));
            if head.makes.as_deref() == Some("media") && (party || self.head_row(next + 1).is_some()) {
                return None;
            }
            return Some((quotation.close + 1, None, None));
        }
        // "the channel (CBC)"
        let named_so = head.takes.iter().any(|t| t == "name");
        if head.makes.as_deref() == Some("media") && named_so && token.kind.is_bracket() {
            let close = doc.bracket_from(next).filter(|close| *close - next <= 7)?;
            return Some((close + 1, None, None));
        }
        if let Some(end) = self.numbered(next, head) {
            return Some((end, None, Some("military".to_owned())));
        }
        if token.kind == Kind::Symbol && doc.str(next) != "_" || token.kind != Kind::Word && token.kind != Kind::Symbol
        {
            return None;
        }
        let mut end = next;
        let mut country = None;
        let mut closed = false;
        // A known party's name ends it: what describes that goes with the head.
        let mut party = false;
        let media = || doc.reading(i, |_, row| row.makes.as_deref() == Some("media")).is_some();
        if let Some(behind) = self.initials(next).filter(|_| media()) {
            return Some((behind, None, Some("media".to_owned())));
        }
        while end < doc.len() && !doc.tokens[end].new_line && end - i < 6 {
            if doc.kind(end) == Some(Kind::Symbol) && doc.str(end) == "_" {
                end += 1;
                continue;
            }
            let place = |m: &&NameMatch<'_>| {
                m.clitics.is_empty() && m.end > end + 1 && m.referents.iter().any(|r| matches!(r, Referent::Place(_)))
            };
            if let Some(m) = doc.names_at(end).iter().find(place).filter(|_| end == next && !doc.could_be_nominal(end))
            {
                (end, closed) = (m.end, true);
                continue;
            }
            // "the remnants of Saleh", who is called like a verb.
            // "the forces of Ali Abdullah", written like "on".
            let ali = end == next
                && doc.may_be(end, Facts::WHOLE_NAME_PART)
                && doc.is_function_word(end)
                && doc.is_word(end + 1)
                && doc.may_be(end + 1, Facts::WHOLE_NAME_PART | Facts::JOINT_FRONT)
                && !doc.may_be(end + 1, Facts::KNOWN | Facts::COMMON_NAME)
                && matches!(head.makes.as_deref(), Some("armed_group" | "military"));
            if ali {
                let part = |t: &usize| {
                    doc.is_word(*t)
                        && !doc.tokens[*t].new_line
                        && doc.clitics(*t).conjunction.is_none()
                        && doc.may_be(*t, Facts::WHOLE_NAME_PART | Facts::JOINT_FRONT | Facts::JOINT_BACK)
                };
                end = (end + 1..end + 5).take_while(part).last().unwrap_or(end) + 1;
                closed = true;
                continue;
            }
            let named =
                end == next && doc.is_word(end) && doc.may_be(end, Facts::WHOLE_NAME_PART) && head.alone == Some(false);
            if !doc.is_word(end)
                || !(doc.could_be_nominal(end) || named && doc.finite(end).is_some())
                || doc.str(end).chars().nth(1).is_none()
            {
                break;
            }
            let clitics = doc.clitics(end);
            if clitics.preposition.is_some()
                || clitics.conjunction.is_some() && !(closed && doc.is_demonym(end).is_some() && !doc.are_people(end))
            {
                break;
            }
            let demonym = doc.is_demonym(end);
            let place = |r: &Reading, row: &Row| doc.list(r) == List::Head && row.makes.as_deref() == Some("place");
            let adjective = doc.is_definite(end)
                && (demonym.is_some()
                    || self.is_adjective(end) && !self.has_complement(end) && doc.reading(end, place).is_none());
            if closed && (!adjective || self.is_another(i, next, end)) || party && self.disagrees(i, end) {
                break;
            }
            // "war planes the remnants of": another party's head.
            if end > next && !closed && !doc.is_definite(end) && self.holds_party_of_any(end) {
                break;
            }
            // "an armoured brigade stormed the town", the verb in front: what it is like ends it.
            let like = |t: usize| {
                let first = doc.readings(t).first().is_some_and(|r| doc.list(r) == List::Adjective);
                first && !doc.is_definite(t) && doc.reading(t, place).is_none() && !self.disagrees(i, t)
            };
            if !closed && end > next && doc.is_definite(end) && !doc.is_definite(i) && like(end - 1) {
                break;
            }
            let person = doc.words[end].as_ref().is_some_and(|a| a.is_whole_name_part() && a.readings.is_empty());
            if !closed && end > next && !doc.is_definite(end) && demonym.is_none() && !self.may_follow(end) {
                break;
            }
            if let Some(by) = head.by.iter().find(|(word, _)| self.is_lemma(end, word)) {
                kind = Some(by.1.clone());
            }
            if end == next
                && self.head_row(end).is_some()
                && let Some(inner) = self.headed(end)
            {
                // "the forces of the government"
                if inner.kind == "state" && head.alone != Some(false) && head.makes.as_deref() == Some("armed_group") {
                    kind = Some("military".to_owned());
                }
                // "the teams of the security service" are its own.
                if inner.kind == "military" && head.makes.as_deref() == Some("armed_group") {
                    kind = Some(inner.kind);
                }
                end = inner.at.tokens.end;
                closed = true;
                continue;
            }
            if let Some(d) = demonym {
                country = country.or_else(|| d.country.clone());
            }
            // "the martyrs of", a village's name somewhere, is a word.
            let ordinary = !doc.readings(end).is_empty() && !doc.is_definite(end);
            let name = |r: &Referent| match r {
                Referent::Place(p) => !ordinary || !doc.lexicon.places[*p as usize].common,
                Referent::Actor(_) => true,
                _ => false,
            };
            // "the forces of Damascus": a capital's are its government's.
            let capital = |m: &NameMatch<'_>| m.referents.iter().any(|r| matches!(r, Referent::Capital(_)));
            let forces = head.makes.as_deref() == Some("armed_group") && head.alone != Some(false);
            if end == next && forces && doc.names_at(end).iter().any(capital) {
                kind = Some("military".to_owned());
            }
            if doc.names_at(end).iter().any(|m| m.referents.iter().any(name)) {
                party = doc.names_at(end).iter().any(|m| m.referents.iter().any(|r| matches!(r, Referent::Actor(_))));
                end = doc.names_at(end)[0].end - 1;
                closed = true;
            }
            closed |= doc.is_definite(end) || demonym.is_some() || person;
            end += 1;
        }
        // "factions that oppose", "a rival group": a clause or an adjective, and no name.
        let clause =
            doc.is_finite(next) && doc.finite(next).is_some_and(|(r, _)| r.features.category == Category::Imperfect);
        let rival = end == next + 1
            && !doc.is_definite(next)
            && (doc.readings(next).is_empty() || head.makes.as_deref() == Some("armed_group"))
            && doc.is_demonym(next).is_none()
            && doc.names_at(next).is_empty()
            && doc.lexicon.looks_feminine(doc.str(next));
        if end == next
            || clause
            || rival
            || !self.names_something(next..end, head)
            || head.not_before.iter().any(|w| doc.is_lemma(next, w))
        {
            return None;
        }
        if !self.takes(next..end, head) {
            return None;
        }
        // "the factions of the resistance": many groups of those described, and the name of none.
        let group = |r: &Reading, row: &Row| {
            doc.list(r) == List::Collective && row.sort.as_deref() == Some("group") && !r.features.is_plural()
        };
        let groups = head.makes.as_deref() == Some("armed_group")
            && end == next + 1
            && doc.is_definite(next)
            && doc.reading(next, group).is_some()
            && doc.reading(i, |r, row| row.lemma == head.lemma && r.features.is_plural()).is_some();
        let kind = if groups { Some("collective".to_owned()) } else { kind };
        Some((end, country, kind))
    }

    pub(super) fn is_lemma(&self, i: usize, lemma: &str) -> bool {
        let doc = self.doc;
        doc.analysis(i).is_some_and(|a| {
            a.traces.may_begin(lemma) && doc.lexicon.stems(doc.str(i), a).any(|(stem, _)| stem == lemma)
        })
    }

    /// A party's name follows, alone or behind "of".
    pub(super) fn is_of_party(&self, i: usize) -> bool {
        let doc = self.doc;
        let of = doc.is_word(i) && doc.particle(i, "prep").is_some_and(|r| r.has_role("partitive"));
        let start = if of { doc.next_word(i) } else { i };
        let start = if doc.kind(start).is_some_and(Kind::is_quote) { start + 1 } else { start };
        if !doc.is_word(start) || doc.tokens[start].new_line {
            return false;
        }
        // "Kurdish rebels" are no party called the Kurds.
        if !of && doc.is_definite(start) && doc.is_demonym(start).is_some_and(|d| d.kind.as_deref() != Some("actor")) {
            return false;
        }
        let named = doc.names_at(start).iter().any(|m| {
            m.clitics.preposition.is_none()
                && m.clitics.conjunction.is_none()
                && m.referents.iter().any(|r| matches!(r, Referent::Actor(_) | Referent::ShortActor(_)))
        });
        let clitics = doc.clitics(start);
        named
            || clitics.conjunction.is_none()
                && clitics.preposition.is_none()
                && (of || !doc.is_definite(start))
                && self.headed(start).is_some()
    }
}
