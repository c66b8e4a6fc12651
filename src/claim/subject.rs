//! The subject of a clause: said before or behind its verb, the noun that a relative clause describes, or that of the
//! clause around it.

use std::ops::Range;

use super::clause::Link;
use super::journey::is_left;
use super::phrase::phrase_end;
use super::roles::roles;
use super::slots::{Slot, is_glued_pronoun, slots};
use super::trigger::Trigger;
use super::{Filler, Scene};
use crate::lexicon::{List, Reading, Row};
use crate::morph::Category;
use crate::segment::{Agreement, Gender, Kind, Number};

/// How far behind the beginning of a sentence the verb may stand that opens it.
const OPENING: usize = 2;

/// How many clauses are gone through for a subject that is not said.
const DEPTH: usize = 5;

/// What stands as subject in a clause.
#[derive(Debug, Clone)]
pub(super) enum Said {
    /// The phrase that names it, and its first word, which the verb agrees with.
    Phrase(Filler, usize),
    /// A pronoun, or nothing: look in the clause around.
    Elsewhere,
}

impl Scene<'_, '_> {
    /// The subject of a clause, wherever it is said.
    pub(super) fn subject(&self, clause: usize) -> Option<Filler> {
        match self.subject_here(clause) {
            Some(Said::Phrase(filler, _)) => Some(filler),
            Some(Said::Elsewhere) => self.subject_around(clause).or_else(|| self.party_before(clause)),
            None => self.subject_around(clause),
        }
    }

    /// "for X this is the greatest advance, adding that they …": where no clause around has a subject that agrees with the pronoun,
    /// the fighting party named last.
    fn party_before(&self, clause: usize) -> Option<Filler> {
        let here = self.clauses.get(clause)?;
        let wanted = self.doc.finite(here.verb?)?.0.features.agreement;
        let parties = (self.doc.sentence_range(here.start).start..here.start).rev().filter_map(|t| self.actor_at(t));
        let fits = |f: &Filler| self.fights(f) && self.agrees_with(wanted, f) && !self.in_source(f.at.tokens.start);
        parties.map(|a| self.actor_filler(a)).find(fits)
    }

    fn fights(&self, filler: &Filler) -> bool {
        filler.actor.is_some_and(|a| self.mentions.actors[a].fights())
    }

    /// "gunmen": whoever fights, though no list knows whose they are.
    fn are_fighters(&self, filler: &Filler) -> bool {
        let row = super::count::people(self, filler.at.tokens.start);
        row.is_some_and(|(r, row)| r.features.is_plural() && row.victim.as_deref() == Some("combatant"))
    }

    /// The subject of the clauses around a clause that does not say its own, if the verb agrees with it.
    pub(super) fn subject_around(&self, clause: usize) -> Option<Filler> {
        let verb = self.clauses.get(clause)?.verb;
        let wanted = verb.and_then(|v| self.doc.finite(v)).map(|(r, _)| r.features.agreement);
        self.carried(clause, wanted)
    }

    /// The first subject of the clauses around that agrees with a verb or a pronoun.
    pub(super) fn carried(&self, mut clause: usize, wanted: Option<Agreement>) -> Option<Filler> {
        for _ in 0..DEPTH {
            clause = self.clauses.get(clause)?.parent?;
            if let Some(Said::Phrase(filler, head)) = self.subject_here(clause)
                && wanted.is_none_or(|w| self.agrees_with(w, &filler) || self.agrees_with_head(w, &filler, head))
                && !self.is_killed(clause, head)
            {
                return Some(filler);
            }
        }
        None
    }

    /// "X took the town, executed foreigners and launched …": those behind the verb that it harms do nothing.
    fn is_killed(&self, clause: usize, head: usize) -> bool {
        let verb = self.clauses.get(clause).and_then(|c| c.verb).filter(|v| *v < head);
        let harm =
            verb.and_then(|v| self.trigger_at(v)).filter(|t| t.frame.harm.is_some() && self.actor_at(head).is_none());
        harm.is_some_and(|t| roles(self, t).victims.iter().any(|s| s.tokens.contains(&head)))
    }

    /// "It also launched …": a sentence that begins with its verb, and says no subject, goes on about a fighting party that
    /// was the subject of the sentence before.
    pub(super) fn subject_of_sentence_before(&self, verb: usize) -> Option<Filler> {
        let doc = self.doc;
        let sentence = doc.sentence_range(verb);
        let (reading, _) = doc.finite(verb)?;
        let said = matches!(self.subject_here(self.clauses.of(verb)), Some(Said::Phrase(..)));
        let told = said || self.source_of(verb).is_some();
        if verb > sentence.start + OPENING || told || reading.features.agreement.person != 3 {
            return None;
        }
        let before = doc.sentence_range(sentence.start.checked_sub(1)?);
        let said = |clause: usize| match self.subject_here(clause) {
            Some(Said::Phrase(f, _)) => Some(f),
            _ => None,
        };
        let clauses = self.clauses.of(before.start)..=self.clauses.of(before.end - 1);
        let fits = |f: &Filler| {
            let fights = self.fights(f) || reading.features.is_plural() && self.are_fighters(f);
            fights && self.agrees_with(reading.features.agreement, f) && !self.in_source(f.at.tokens.start)
        };
        clauses.rev().filter_map(said).find(fits)
    }

    /// What the clause itself says: before its verb, as the noun that it describes, behind its verb.
    pub(super) fn subject_here(&self, clause: usize) -> Option<Said> {
        let here = self.clauses.get(clause)?;
        if let Some(found) = self.subject_in_front(clause) {
            return Some(found);
        }
        let verb = here.verb?;
        // "nobody claimed it": said of any party, and of none told before.
        let any = |row: &Row| row.needs_neg && row.scope.as_deref() == Some("word");
        if self.doc.is_word(verb + 2) && self.doc.particle(verb + 1, "neg").is_some_and(any) {
            return Some(Said::Phrase(self.phrase(verb + 2..verb + 3), verb + 2));
        }
        let behind = self.subject_and_head_behind(verb);
        if here.link == Link::Relative
            && !self.takes_up(verb)
            && let Some(head) = self.described_noun(clause)
        {
            let said = self.doc.is_particle(here.start, "rel");
            let acts = self.trigger_at(verb).is_some_and(Trigger::has_doer);
            let head = self.owner_who_acts(&head, acts, said).unwrap_or(head);
            let first = head.at.tokens.start;
            return Some(Said::Phrase(head, first));
        }
        behind.map(|(filler, head)| Said::Phrase(filler, head))
    }

    /// The first noun phrase in front of the clause's verb that no preposition brings.
    pub(super) fn subject_in_front(&self, clause: usize) -> Option<Said> {
        let doc = self.doc;
        let here = self.clauses.get(clause)?;
        // "that X …" with a verb in no list: what follows is the subject all the same.
        let end = || (here.link == Link::Complement).then(|| doc.sentence_range(here.start).end);
        let verb = here.verb.or_else(end)?;
        if let Some(party) = here.verb.and_then(|verb| self.party_set_before(verb, here.start)) {
            let head = party.at.tokens.start;
            return Some(Said::Phrase(party, head));
        }
        let mut t = here.start;
        while t < verb {
            if self.clauses.of(t) != clause {
                t += 1;
                continue;
            }
            if let Some(time) = self.time_at(t) {
                t = self.mentions.times[time].tokens.end.max(t + 1);
                continue;
            }
            match doc.kind(t) {
                Some(Kind::BracketOpen { .. }) => {
                    t = doc.bracket_from(t).map_or(t + 1, |close| close + 1);
                    continue;
                }
                Some(Kind::Word | Kind::Number) => {}
                _ => {
                    t += 1;
                    continue;
                }
            }
            let mentioned = self.mention_end(t).is_some() || self.quantity_at(t).is_some();
            if !mentioned && doc.is_particle(t, "comp") {
                // "that they …": the pronoun stands for somebody said before.
                let last = doc.phrase_at(t).map_or(t, |(_, end)| end - 1);
                let pronoun = doc.readings(last).iter().find_map(|r| r.pronoun.filter(|p| p.person == 3));
                // "that there …": of a verb that does not go with it the pronoun is no subject.
                let gender = here.verb.and_then(|v| doc.finite(v)).and_then(|(r, _)| r.features.agreement.gender);
                let other = |p: Agreement| {
                    p.number == Some(Number::Singular) && p.gender.is_some() && gender.is_some() && p.gender != gender
                };
                if pronoun.is_some_and(|p| !other(p)) {
                    return Some(Said::Elsewhere);
                }
                t += 1;
                continue;
            }
            if !mentioned && doc.is_preposition(t) {
                t += 1;
                // "in the north of the country": one preposition behind another.
                let inner = |t: usize| doc.is_preposition(t) && self.mention_end(t).is_none();
                while t < verb && (doc.is_absorbed(t) || inner(t) || doc.kind(t).is_some_and(Kind::is_quote)) {
                    t += 1;
                }
                t = self.behind_ordinal(phrase_end(self, t, verb));
                // "north of the capital X": the name goes with what the preposition brings.
                if t < verb && self.place_at(t).is_some() && doc.clitics(t).is_empty() {
                    t = self.mention_end(t).unwrap_or(t + 1);
                }
                continue;
            }
            if !mentioned && (doc.is_function_word(t) || doc.is_finite(t) && !doc.could_be_nominal(t)) {
                t += 1;
                continue;
            }
            let end = phrase_end(self, t, verb);
            // "when X arrived and Y resisted, …": what "and" joins to a phrase of time or place.
            let joined = doc.clitics(t).conjunction.is_some() && t > here.start && doc.kind(t - 1) == Some(Kind::Word);
            if joined && doc.is_preposition(here.start) {
                t = end;
                continue;
            }
            let open = here.verb.is_none() && !self.is_somebody(t) && self.quantity_at(t).is_none();
            let led = doc.clitics(t).preposition.is_some();
            if !led && !self.is_adverb(t) && !open {
                return Some(Said::Phrase(self.filler_of(t..end), t));
            }
            t = if led { self.behind_ordinal(end) } else { end };
        }
        None
    }

    /// "on the third day": past the number that says which.
    fn behind_ordinal(&self, t: usize) -> usize {
        let number = self.quantity_at(t).map(|q| &self.mentions.quantities[q]);
        let nth = |q: &crate::mention::Quantity| {
            q.kind == crate::mention::QuantityKind::Ordinal || self.doc.is_definite(t) && self.doc.is_definite(t - 1)
        };
        let ordinal = number.filter(|q| q.tokens.start == t && nth(q));
        ordinal.map_or(t, |q| q.tokens.end)
    }

    /// "X are besieged, Y advance": behind a comma a party right before its verb begins anew; an apposition would be closed by another.
    fn party_set_before(&self, verb: usize, start: usize) -> Option<Filler> {
        let doc = self.doc;
        let party = verb.checked_sub(1).and_then(|t| self.actor_at(t))?;
        let first = self.mentions.actors[party].at.tokens.start;
        let filler = self.actor_filler(party);
        let set_off = first > start + 1 && doc.kind(first - 1) == Some(Kind::Comma) && doc.clitics(first).is_empty();
        let wanted = doc.finite(verb)?.0.features.agreement;
        // "the leader of the group, X said": his name.
        let named = self.mentions.actors[party].kind == "person";
        let (opens, goes_on) = (self.clauses.of(start), self.clauses.of(verb));
        (set_off && !named && opens == goes_on && self.agrees_with(wanted, &filler)).then_some(filler)
    }

    /// An accusative that stands alone before a comma: "on the ground, …".
    fn is_adverb(&self, t: usize) -> bool {
        self.mention_end(t).is_none() && self.doc.kind(t + 1) == Some(Kind::Comma) && !self.doc.is_definite(t)
    }

    /// People behind the verb that it agrees with.
    pub(super) fn subject_behind(&self, verb: usize) -> Option<Filler> {
        self.subject_and_head_behind(verb).map(|(filler, _)| filler)
    }

    fn subject_and_head_behind(&self, verb: usize) -> Option<(Filler, usize)> {
        let doc = self.doc;
        let (reading, _) = doc.finite(verb)?;
        if reading.features.is_several() {
            return None;
        }
        let end = doc.sentence_range(verb).end;
        let slot = slots(self, verb + 1, end, 3).into_iter().find(|s| s.preposition.is_empty() && !s.joined)?;
        // "which they carried out in the north, 178 people": counted people far off are no subject.
        if reading.pronoun.is_some() && slot.tokens.start > verb + 2 && self.quantity_at(slot.tokens.start).is_some() {
            return None;
        }
        // "pointed to the death of 18 people": those of the noun before.
        let before = slot.tokens.start - 1;
        if before > verb && doc.clitics(slot.tokens.start).is_empty() && doc.is_category(before, Category::Masdar) {
            return None;
        }
        let people = self.names_somebody(&slot) && gender_fits(self, reading.features.agreement, slot.tokens.start);
        let head = slot.tokens.start;
        if self.is_object_by_ending(head) {
            return None;
        }
        people.then(|| (self.filler_of(slot.tokens), head))
    }

    /// "arrested two men": their ending shows that they do nothing.
    fn is_object_by_ending(&self, head: usize) -> bool {
        self.mention_end(head).is_none() && self.are_oblique(head)
    }

    /// A number with the ending of an object: "two of them".
    pub(super) fn is_oblique_number(&self, head: usize) -> bool {
        let doc = self.doc;
        let number = |r: &Reading| doc.list(r) == List::Number;
        doc.readings(head).iter().any(number)
            && doc.lexicon.looks_oblique(doc.str(head))
            && self.quantity_at(head).is_some()
    }

    /// People in the dual or the sound plural with the ending of an object, and no party's name.
    pub(super) fn are_oblique(&self, head: usize) -> bool {
        let doc = self.doc;
        let mut nouns = doc.readings(head).iter().filter(|r| !r.features.category.is_finite()).peekable();
        let named = self.actor_at(head).is_some_and(|a| self.mentions.actors[a].kind != "collective");
        nouns.peek().is_some()
            && !named
            && self.place_at(head).is_none()
            && nouns.all(|r| r.features.is_several() && r.pronoun.is_none() && !r.clitics.article)
            && doc.lexicon.looks_oblique(doc.str(head))
    }

    /// The verb has a pronoun for what the clause describes: "whom X supports".
    pub(super) fn takes_up(&self, verb: usize) -> bool {
        let doc = self.doc;
        let third = |r: &Reading| r.pronoun.is_some_and(|p| p.person == 3);
        doc.readings(verb).iter().any(|r| r.features.category.is_finite() && third(r))
            || (verb + 1..verb + 5).take_while(|t| doc.is_word(*t)).any(|t| {
                is_glued_pronoun(self, t)
                    || (doc.is_preposition(t) || doc.clitics(t).preposition.is_some())
                        && self.mention_end(t).is_none()
                        && doc.readings(t).iter().any(third)
            })
    }

    /// A party, or a phrase of people, of troops, of aircraft.
    pub(super) fn names_somebody(&self, slot: &Slot) -> bool {
        let head = slot.tokens.start;
        let head = self.number_end(head).map_or(head, |end| end.min(slot.tokens.end - 1));
        // "hundreds of the fighters"
        let of = self.doc.particle(head, "prep").is_some_and(|row| row.has_role("partitive"));
        // "most of the fighters"
        let share = self.doc.reading(head, |_, row| row.has_role("share") || row.has_role("portion")).is_some();
        let head = if of || share { (head + 1).min(slot.tokens.end - 1) } else { head };
        // "the ships of X", "the Turkish guns"
        let owned = || slot.tokens.clone().any(|t| self.actor_at(t).is_some() || self.doc.is_demonym(t).is_some());
        self.is_somebody(head)
            || self.is_somebody(slot.tokens.start)
            || self.doc.reading(head, is_means).is_some() && owned()
    }

    pub(super) fn is_somebody(&self, head: usize) -> bool {
        let acts = |r: &Reading, row: &Row| {
            !r.features.category.is_finite()
                && (self.doc.list(r) == List::Collective
                    || matches!(row.class.as_deref(), Some("force" | "air"))
                    || self.doc.list(r) == List::Head
                        && matches!(row.makes.as_deref(), Some("state" | "military" | "armed_group")))
        };
        self.actor_at(head).is_some()
            || super::count::people(self, head).is_some()
            || self.doc.reading(head, acts).is_some()
            || self.has_branch(head).is_some()
    }

    /// "the branch of X", "the wing of X": X.
    pub(super) fn has_branch(&self, head: usize) -> Option<usize> {
        self.doc.reading(head, |r, row| row.has_role("branch") && !r.clitics.article)?;
        self.actor_at(head + 1).filter(|a| self.mentions.actors[*a].is_force())
    }

    /// The party that a phrase names or whose people it counts, else its words without the number.
    pub(super) fn filler_of(&self, tokens: Range<usize>) -> Filler {
        if let Some(actor) = tokens.clone().find_map(|t| self.actor_at(t)) {
            // "the president of X, Y": Y.
            let titled = || self.doc.reading(tokens.start, |r, _| self.doc.list(r) == List::Title).is_some();
            let last =
                self.actor_at(tokens.end - 1).filter(|a| *a != actor && self.mentions.actors[*a].kind == "person");
            return self.actor_filler(last.filter(|_| titled()).unwrap_or(actor));
        }
        // "fighters (X)": a name in brackets right behind.
        let bracket = matches!(self.doc.kind(tokens.end), Some(Kind::BracketOpen { .. }));
        if let Some(actor) = bracket.then(|| self.actor_at(tokens.end + 1)).flatten() {
            return self.actor_filler(actor);
        }
        let counted = self.number_end(tokens.start);
        let start = counted.filter(|end| *end < tokens.end).unwrap_or(tokens.start);
        if let Some(whole) = self.whole_of(tokens.end).filter(|_| self.is_somebody(start)) {
            return self.actor_filler(whole);
        }
        // "hundreds of the suspects": the suspects.
        let of = |t: usize| self.doc.particle(t, "prep").is_some_and(|row| row.has_role("partitive"));
        if counted.is_some_and(|end| end >= tokens.end) {
            // "thousands of the inhabitants", in one phrase with the number
            let own = tokens.end;
            let apart = self.quantity_at(own).is_some() || self.time_at(own).is_some();
            if self.doc.continues_phrase(own) && self.doc.is_definite(own) && !apart {
                let limit = self.doc.sentence_range(tokens.start).end;
                return self.filler_of(own..phrase_end(self, own, limit));
            }
            let inner = if of(tokens.end - 1) { tokens.end } else { tokens.end + usize::from(of(tokens.end)) };
            let limit = self.doc.sentence_range(tokens.start).end;
            if inner < limit && of(inner - 1) && self.doc.is_nominal(inner) && !is_left(self, inner) {
                return self.filler_of(inner..phrase_end(self, inner, limit));
            }
        }
        self.phrase(start..tokens.end)
    }

    /// "of X" behind a phrase: the party that those named are part of.
    fn whole_of(&self, end: usize) -> Option<usize> {
        let doc = self.doc;
        doc.particle(end, "prep").filter(|row| row.has_role("partitive"))?;
        self.actor_at(end + 1).filter(|a| self.mentions.actors[*a].at.tokens.start == end + 1)
    }

    /// Whether a verb or a pronoun can stand for this filler.
    pub(super) fn agrees_with(&self, wanted: Agreement, filler: &Filler) -> bool {
        let person = filler.actor.is_some_and(|a| self.mentions.actors[a].kind == "person");
        if person {
            let several = matches!(wanted.number, Some(Number::Plural | Number::Dual));
            return !several && wanted.gender != Some(Gender::Feminine);
        }
        // "the ministry said that X, and they took part": no office does so.
        let office = filler.actor.is_some_and(|a| matches!(self.mentions.actors[a].kind.as_str(), "state" | "media"));
        let one = |r: &Reading, _: &Row| !r.features.category.is_finite() && !r.features.is_several();
        let head = filler.at.tokens.start;
        let several = wanted.number == Some(Number::Plural) && wanted.gender == Some(Gender::Masculine);
        if several && office && self.doc.reading(head, one).is_some() && !self.is_bare_name(head) {
            return false;
        }
        gender_fits(self, wanted, filler.at.tokens.start)
    }

    /// "the vehicles of the army surround it, and open fire": the verb agrees with what stands before the party's name.
    fn agrees_with_head(&self, wanted: Agreement, filler: &Filler, head: usize) -> bool {
        let office = |r: &Reading, _: &Row| self.doc.list(r) == List::Title && !r.features.is_several();
        let acts = || self.is_somebody(head) || self.doc.reading(head, is_means).is_some();
        head < filler.at.tokens.start
            && filler.actor.is_some()
            && acts()
            && self.doc.reading(head, office).is_none()
            && gender_fits(self, wanted, head)
    }

    /// A party whose listed name is one word without an article: the words that happen to be written like it tell nothing of its gender.
    pub(super) fn is_bare_name(&self, token: usize) -> bool {
        self.actor_at(token).is_some_and(|a| {
            let actor = &self.mentions.actors[a];
            actor.row.is_some() && actor.kind != "person" && actor.at.tokens.len() == 1
        }) && !self.doc.clitics(token).article
    }
}

/// Guns, vehicles, ships: whoever has them acts.
fn is_means(reading: &Reading, row: &Row) -> bool {
    !reading.features.category.is_finite() && matches!(row.class.as_deref(), Some("artillery" | "vehicle"))
}

/// Whether the noun at a token can go with a verb or a pronoun of this gender and number.
pub(super) fn gender_fits(scene: &Scene<'_, '_>, wanted: Agreement, token: usize) -> bool {
    let doc = scene.doc;
    if scene.is_bare_name(token) {
        return true;
    }
    let mut nouns = doc.readings(token).iter().filter(|r| !r.features.category.is_finite()).peekable();
    if nouns.peek().is_none() {
        return true;
    }
    nouns.any(|r| {
        let noun = r.features.agreement;
        let several = matches!(noun.number, Some(Number::Plural | Number::Dual));
        match (wanted.gender, wanted.number) {
            (_, Some(Number::Plural | Number::Dual)) => true,
            // Things in the plural, and the plurals of groups, are feminine.
            (Some(Gender::Feminine), _) => several || noun.gender != Some(Gender::Masculine),
            (Some(Gender::Masculine), _) => noun.gender != Some(Gender::Feminine),
            (None, _) => true,
        }
    })
}
