//! What speaks for a name of the gazetteer being the place: the more ordinary the word, the more it takes.

use super::place::{FAMOUS, Finder, Place, SHORT, WELL_KNOWN, places_of};
use super::stance;
use crate::grammar::NameMatch;
use crate::lexicon::{List, Reading, Row};
use crate::morph::Category;
use crate::segment::{Gender, Kind};

/// The people of a town that a report on its country names without saying what it is.
const TOWN: i64 = 20_000;

/// What is done to a town in war.
const FOUGHT: [&str; 6] = ["capture", "siege", "advance", "retreat", "shelling", "airstrike"];

/// How many words before the town its verb may stand.
const BEFORE: usize = 6;

impl Finder<'_, '_> {
    /// Whether enough speaks for the place: the more ordinary the word, the more it takes.
    pub(super) fn is_evident(&self, found: &NameMatch<'_>, rows: &[u32], earlier: &[Place]) -> bool {
        let (doc, i) = (self.doc, found.start);
        let places = &doc.lexicon.places;
        if found.end > i + 1 {
            let own = rows.iter().any(|r| !places[*r as usize].common);
            return own || self.has_cue(i) || self.is_beside(found, earlier);
        }
        if doc.is_absorbed(i) || doc.phrase_at(i).is_some() || doc.is_particle(i, "comp") {
            return false;
        }
        // "the mosques of Friday"
        let day = doc.reading(i, |_, row| row.weekday.is_some()).is_some();
        let town = |p: usize| self.head(p).is_some_and(|(r, h)| h.strip && !r.clitics.article);
        if day && rows.iter().all(|r| places[*r as usize].common) && !doc.previous_word(i).is_some_and(town) {
            return false;
        }
        // "the city": a head of places, and hardly the town of that name.
        if let Some((_, head)) = self.head(i).filter(|(r, _)| r.clitics.article) {
            // "took al-Bab", the town, and no gate of the name.
            let town = |r: &u32| {
                let place = &places[*r as usize];
                place.population >= TOWN && place.country.as_deref().is_some_and(|c| self.countries.contains_key(c))
            };
            let site = head.kind.as_deref() == Some("site");
            // "in Kasserine", written like two palaces.
            let dual = self.head(i).is_some_and(|(r, _)| r.features.is_dual());
            if dual && rows.iter().any(town) && self.has_cue(i) {
                return true;
            }
            return self.is_beside(found, earlier) || site && rows.iter().any(town) && self.is_fought_for(found);
        }
        // "inside a mosque", and not in the village of that name.
        let before = || doc.previous_word(i).is_some_and(|p| p + 1 == i && self.head(p).is_some_and(|(_, h)| h.strip));
        if self.head(i).is_some_and(|(_, h)| h.kind.as_deref() == Some("site")) && !before() {
            return false;
        }
        let common = rows.iter().all(|r| places[*r as usize].common);
        let population = rows.iter().map(|r| places[*r as usize].population).max().unwrap_or(0);
        let country = rows.iter().any(|r| matches!(places[*r as usize].kind.as_str(), "country" | "region"));
        let ordinary = self.looks_like_word(found);
        // "new fronts": an adjective of several, and no town of that name.
        let of_several = |p: usize, r: &Reading| {
            (r.features.is_plural() || self.head(p).is_some_and(|(_, h)| self.is_broken_plural(p, h)))
                && doc.reading(i, |r, _| doc.list(r) == List::Adjective).is_some()
        };
        let headed = || {
            let head = |p: &usize| {
                self.head(*p).is_some_and(|(r, h)| {
                    let other = h.not_before.iter().any(|w| doc.is_lemma(i, w));
                    !r.clitics.article && !of_several(*p, r) && !other
                })
            };
            found.clitics.conjunction.is_none() && doc.previous_word(i).filter(head).is_some()
        };
        let definite = doc.text[found.span.range()].starts_with(doc.lexicon.segmenter.clitics.article());
        let adjective = definite
            && population < WELL_KNOWN
            && !country
            && doc.is_word(found.end)
            && doc.is_definite(found.end)
            && doc.clitics(found.end).conjunction.is_none()
            && self.is_adjective(found.end);
        if adjective && !headed() {
            return false;
        }
        if self.is_nationality(found) && !headed() && !self.has_cue(i) || self.agrees_with_head(i) {
            return false;
        }
        let named = |r: &u32| places[*r as usize].country.as_deref().is_some_and(|c| self.countries.contains_key(c));
        let home = self.countries.is_empty() || rows.iter().any(named);
        // Far from all that the report is about, a name alone is no evidence.
        let own = rows.iter().any(|r| places[*r as usize].own);
        if !home && !own && population < FAMOUS && (!country || common) {
            return headed() || !ordinary && !common && self.has_cue(i);
        }
        // "a large one", which without its first letter is a town's name.
        let whole = |r: &Reading| r.clitics.preposition.is_none() && r.clitics.conjunction == found.clitics.conjunction;
        let led = found.clitics.preposition.is_some();
        // "in ambushes": behind a preposition stands no other.
        if led && (population < WELL_KNOWN || doc.governed_by(i).is_some()) && doc.readings(i).iter().any(whole) {
            return false;
        }
        let here = !self.countries.is_empty() && rows.iter().any(named);
        if here && definite && population >= TOWN && self.is_fought_for(found) {
            return true;
        }
        let placed = || self.is_placed(found, definite);
        // "in Palmyra", "she destroys": no verb stands behind a preposition.
        let verbal = || {
            let readings = doc.readings(i);
            !readings.is_empty() && readings.iter().all(|r| r.features.category.is_finite()) && placed()
        };
        let owned = doc.readings(i).iter().any(|r| r.pronoun.is_some());
        // "in Minya", written like what a verb has made of somebody.
        let derived = || doc.readings(i).iter().all(|r| doc.list(r) == List::Verb);
        // "Benghazi" is of Benghazi too: right behind no noun, a city.
        let demonym = |r: &Reading| doc.list(r) == List::Demonym && r.clitics.count() == found.clitics.count();
        let ordinary = ordinary && !(population >= WELL_KNOWN && !country && doc.readings(i).iter().all(demonym));
        if ordinary {
            let known = population >= WELL_KNOWN || country;
            // "the Saudi" is a country too, if no noun stands before it.
            let state = country && self.is_adjective(i) && doc.is_demonym(i).is_some();
            // "in Mali", "financial": an adjective does not stand behind a preposition of place.
            let adjective = |r: &Reading| matches!(doc.list(r), List::Demonym | List::Adjective);
            let state =
                state || country && !definite && doc.readings(i).iter().all(adjective) && doc.governed_by(i).is_some();
            return headed()
                || self.is_beside(found, earlier)
                || state && !definite && self.has_cue(i)
                || known && (!definite || state || derived()) && !common && self.has_cue(i)
                || (here || population >= WELL_KNOWN) && verbal()
                || population >= TOWN && !definite && !common && !owned && placed();
        }
        if common {
            return headed()
                || self.is_beside(found, earlier)
                || !definite && self.has_cue(i)
                || here && population >= TOWN && placed();
        }
        // "San Michel": a short foreign word with another behind it.
        let letters = doc.text[found.span.range()].chars().count();
        let goes_on = letters <= SHORT && self.unknown(found.end) && !doc.tokens[found.end].new_line;
        if goes_on && population < FAMOUS && !country {
            return headed();
        }
        !self.is_name_part(i)
            || population >= WELL_KNOWN
            || country
            || self.has_cue(i)
            || headed()
            || self.is_beside(found, earlier)
    }

    /// "took control of al-Bab", "shelled al-Qusayr": what an army takes, enters, leaves or strikes, with nothing behind it that goes on.
    fn is_fought_for(&self, found: &NameMatch<'_>) -> bool {
        let doc = self.doc;
        let (i, next) = (found.start, found.end);
        let goes_on = doc.is_word(next)
            && !doc.tokens[next].new_line
            && doc.clitics(next).conjunction.is_none()
            && (doc.is_definite(next) || self.is_adjective(next))
            && doc.is_nominal(next);
        if goes_on || found.clitics.preposition.is_some() || found.clitics.conjunction.is_some() {
            return false;
        }
        let deed = |t: usize| {
            let frame = |row: &Row| row.frame.as_deref().is_some_and(|f| FOUGHT.contains(&f)) && !row.is_weak();
            doc.is_word(t) && doc.reading(t, |r, row| frame(row) && !r.clitics.article).is_some()
        };
        let sentence = doc.sentence_range(i).start;
        let Some(before) = doc.previous_word(i).filter(|p| p + 1 == i && *p >= sentence) else { return false };
        let governed =
            doc.is_preposition(before) && doc.particle(before, "prep").is_some_and(|row| !row.has_role("time"));
        let beside = governed || deed(before) || self.inside[before];
        beside && (sentence.max(i.saturating_sub(BEFORE))..i).any(deed)
    }

    /// Right behind "in", "near", "north of", with nothing behind it that goes on with a noun.
    fn is_placed(&self, found: &NameMatch<'_>, definite: bool) -> bool {
        let doc = self.doc;
        let place = |row: &Row| {
            matches!(row.relation.as_deref(), Some("in" | "near" | "outskirts")) && !row.has_role("patient")
        };
        let behind = found.clitics.count() == 0 && doc.governed_by(found.start).is_some_and(place);
        let next = found.end;
        let goes_on = doc.is_word(next)
            && !doc.tokens[next].new_line
            && doc.continues_phrase(next)
            && self.place_match(next).is_none()
            && (doc.is_definite(next) || !definite && self.is_adjective(next));
        behind && !goes_on
    }

    /// Joined to another place: "A and B", "A, B", "A in B".
    fn is_beside(&self, found: &NameMatch<'_>, earlier: &[Place]) -> bool {
        let doc = self.doc;
        let behind = earlier.last().is_some_and(|p| {
            let between = p.at.tokens.end..found.start;
            between.is_empty() && found.clitics.conjunction.is_some()
                || between.len() == 1 && matches!(doc.kind(between.start), Some(Kind::Comma | Kind::BracketOpen { .. }))
                || between.len() == 1 && doc.quotation_from(between.start).is_some_and(|q| q.close == found.end)
        });
        let sure = |t: usize| {
            doc.is_word(t)
                && self.place_match(t).is_some_and(|m| {
                    let named = places_of(m.referents);
                    named.iter().any(|r| !doc.lexicon.places[*r as usize].common)
                        && (m.end > t + 1 || !self.looks_like_word(m))
                })
        };
        let next = found.end;
        if next >= doc.len() || doc.tokens[next].new_line {
            return behind;
        }
        // "X (country)"
        if matches!(doc.kind(next), Some(Kind::BracketOpen { .. })) && next + 1 < doc.len() {
            let state = |m: &NameMatch<'_>| {
                places_of(m.referents).iter().any(|r| doc.lexicon.places[*r as usize].kind == "country")
            };
            let alone = |m: &&NameMatch<'_>| doc.bracket_from(next) == Some(m.end);
            return behind || self.place_match(next + 1).filter(alone).is_some_and(state);
        }
        let joined = sure(next) && {
            let c = doc.clitics(next);
            c.conjunction.is_some() && self.has_cue(found.start)
                || c.preposition.is_some_and(|p| doc.lexicon.is_place_clitic(p)) && self.has_cue(found.start)
        };
        behind || joined
    }

    /// An adjective of nationality written like the country, behind the noun it belongs to.
    fn is_nationality(&self, found: &NameMatch<'_>) -> bool {
        let doc = self.doc;
        let adjective = |r: &Reading| {
            doc.list(r) == List::Demonym && !r.features.construct && r.clitics.count() == found.clitics.count()
        };
        found.clitics.conjunction.is_none()
            && doc.readings(found.start).iter().any(adjective)
            && doc.previous_word(found.start).is_some_and(|p| {
                doc.is_nominal(p)
                    && !doc.is_definite(p)
                    && doc.names_at(p).is_empty()
                    && !stance::is_locator(doc, p)
                    && (!doc.has_category(p, Category::Masdar)
                        || doc.reading(p, |r, _| doc.list(r) == List::Noun).is_some())
                    && !self.are_people(p)
            })
    }

    /// "the children of Syria": many people have no feminine adjective.
    fn are_people(&self, i: usize) -> bool {
        let doc = self.doc;
        let many = |r: &Reading, row: &Row| row.victim.is_some() && r.features.is_plural() && r.pronoun.is_none();
        doc.reading(i, many).is_some() && doc.lexicon.looks_feminine(doc.str(i + 1))
    }

    /// "a Turkish town": written like the country, with the feminine ending of the head before it.
    fn agrees_with_head(&self, i: usize) -> bool {
        let doc = self.doc;
        let feminine = |t: usize| doc.lexicon.looks_feminine(doc.str(t));
        doc.is_demonym(i).is_some()
            && doc.clitics(i).is_empty()
            && feminine(i)
            && doc.previous_word(i).is_some_and(|p| {
                p + 1 == i && feminine(p) && !doc.is_definite(p) && self.head(p).is_some_and(|(_, head)| head.strip)
            })
    }

    /// The token reads as an ordinary word of the lexicon with no more clitics than the name.
    fn looks_like_word(&self, found: &NameMatch<'_>) -> bool {
        let doc = self.doc;
        let bare = found.clitics.count();
        // "the cleansing of X": no verb stands where a genitive must.
        let genitive = bare == 0
            && doc.previous_word(found.start).is_some_and(|p| {
                p + 1 == found.start
                    && !doc.is_definite(p)
                    && doc.readings(p).iter().all(|r| r.features.category == Category::Masdar && r.pronoun.is_none())
                    && !doc.readings(p).is_empty()
            });
        doc.readings(found.start).iter().any(|r| {
            let list = doc.list(r);
            // "I make plain", "they (women) return": forms that a report hardly ever has.
            let agreement = r.features.agreement;
            // "my two cups"
            let rare = r.pronoun.is_some_and(|p| p.person != 3)
                || genitive && r.features.category.is_finite()
                || r.features.category.is_finite()
                    && (agreement.person != 3 || r.features.is_plural() && agreement.gender == Some(Gender::Feminine));
            let same = r.clitics.count() - u8::from(r.clitics.article) <= bare;
            let names = matches!(list, List::Demonym | List::Title) && !r.clitics.article && doc.row(r).group.is_none();
            let function = !doc.row(r).pos.is_empty() && list == List::Word;
            // "the corner", with which names begin, is one itself
            let names = names || r.clitics.article && doc.row(r).class.as_deref() == Some("begins_place");
            let natural = list == List::Head && matches!(doc.row(r).kind.as_deref(), Some("natural"));
            let other = rare || names || natural;
            function || same && !other
        })
    }

    /// A word that says a place follows: a preposition of place, a head word, a clitic of place.
    pub(super) fn has_cue(&self, i: usize) -> bool {
        let doc = self.doc;
        let Some(previous) = doc.previous_word(i) else { return false };
        let place_preposition = |row: &Row| row.relation.is_some() || row.has_role("place");
        self.head(previous).is_some()
            || stance::is_locator(doc, previous) && !doc.is_definite(previous)
            || doc.governed_by(i).is_some_and(place_preposition)
            || doc.clitics(i).preposition.is_some_and(|p| doc.lexicon.is_place_clitic(p))
    }
}
