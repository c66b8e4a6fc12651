//! The clauses of a sentence: which words belong together, and in which clause each clause stands.

use crate::grammar::Document;
use crate::lexicon::{Reading, Row};
use crate::morph::Category;
use crate::segment::{Agreement, Kind, Number};

/// How deep clauses are looked for in one another.
const NESTED: usize = 8;

/// How far before a verb "was" may stand that goes with it.
const HELPED: usize = 6;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// A sentence, or what a sign or a conjunction sets apart.
    Main,
    /// Joined by "and" and a verb of its own.
    Joined,
    /// "that …": what somebody says, wants or knows.
    Complement,
    /// Describes the noun before it.
    Relative,
    /// "where …".
    Where,
    /// "when …", "after …".
    Time,
    /// "which led to …".
    Result,
}

#[derive(Debug, Clone, Copy)]
pub struct Clause {
    pub link: Link,
    pub start: usize,
    /// The clause that it stands in or goes on.
    pub parent: Option<usize>,
    /// The first finite verb.
    pub verb: Option<usize>,
    /// The clause that a relative, result or time clause stands in at last; else itself.
    outside: usize,
    /// Set off by a comma, which closes it again.
    set_off: bool,
}

/// The clause of every token; the clauses of one report in the order of their beginning.
#[derive(Debug, Default)]
pub struct Clauses {
    list: Vec<Clause>,
    of: Vec<u32>,
}

impl Clauses {
    /// The clauses, given which tokens are names and which, though written like a verb, can only be nouns.
    pub fn find(doc: &Document<'_>, mentioned: impl Fn(usize) -> bool, nominal: impl Fn(usize) -> bool) -> Self {
        let mut out = Clauses { list: Vec::new(), of: Vec::with_capacity(doc.len()) };
        for sentence in &doc.sentences {
            out.sentence(doc, sentence.clone(), &mentioned, &nominal);
        }
        out.of.resize(doc.len(), 0);
        out
    }

    /// The number of the token's clause.
    pub fn of(&self, token: usize) -> usize {
        self.of.get(token).map_or(0, |c| *c as usize)
    }

    pub fn get(&self, clause: usize) -> Option<&Clause> {
        self.list.get(clause)
    }

    pub fn at(&self, token: usize) -> Option<&Clause> {
        self.get(self.of(token))
    }

    /// Whether a clause is this one or one of those around an inner clause.
    pub fn stands_in(&self, outer: usize, mut inner: usize) -> bool {
        for _ in 0..NESTED {
            match self.list.get(inner) {
                _ if inner == outer => return true,
                Some(Clause { parent: Some(p), .. }) => inner = *p,
                _ => return false,
            }
        }
        false
    }

    /// Whether a clause is this one or stands, describing something, inside it.
    pub fn holds(&self, outer: usize, mut inner: usize) -> bool {
        for _ in 0..NESTED {
            match self.list.get(inner) {
                _ if inner == outer => return true,
                Some(Clause { link: Link::Relative | Link::Result, parent: Some(p), .. }) => inner = *p,
                _ => return false,
            }
        }
        false
    }

    /// Where the clause around goes on behind a clause that is set off and begins at the token.
    pub fn behind(&self, start: usize, limit: usize) -> Option<usize> {
        let here = self.get(self.of(start)).filter(|c| c.set_off)?;
        let outer = here.parent?;
        (start..limit).find(|t| self.of(*t) == outer).map(|comma| comma + 1).filter(|t| *t < limit)
    }

    fn open(&mut self, link: Link, start: usize, parent: Option<usize>, set_off: bool) -> usize {
        let own = self.list.len();
        let inside = matches!(link, Link::Relative | Link::Result | Link::Time);
        let outside = parent.filter(|_| inside).map_or(own, |p| self.list[p].outside);
        self.list.push(Clause { link, start, parent, verb: None, outside, set_off });
        own
    }

    /// The clause that a relative or result clause stands in.
    fn outside(&self, clause: usize) -> usize {
        self.list[clause].outside
    }

    fn sentence(
        &mut self,
        doc: &Document<'_>,
        tokens: std::ops::Range<usize>,
        mentioned: &impl Fn(usize) -> bool,
        nominal: &impl Fn(usize) -> bool,
    ) {
        self.of.resize(tokens.start, 0);
        let mut now = self.open(Link::Main, tokens.start, None, false);
        // Clauses in brackets give way to the one around them.
        let mut brackets: Vec<usize> = Vec::new();
        for t in tokens {
            match doc.kind(t) {
                Some(Kind::Clause | Kind::End) if !mentioned(t) => now = self.open(Link::Main, t, None, false),
                Some(Kind::Colon) => now = self.open(Link::Complement, t, Some(now), false),
                Some(Kind::BracketOpen { .. }) => brackets.push(now),
                Some(Kind::BracketClose { .. }) => now = brackets.pop().unwrap_or(now),
                Some(Kind::Comma) => {
                    now = self.closed_by_comma(now);
                }
                Some(Kind::Word) if !doc.is_absorbed(t) && !mentioned(t) => {
                    now = self.resumed(doc, t, now, mentioned).unwrap_or(now);
                    if may_open(doc, t) {
                        now = self.word(doc, t, now, nominal);
                    }
                }
                _ => {}
            }
            self.of.push(now as u32);
        }
    }

    /// The clause that a word stands in, given that of the word before.
    fn word(&mut self, doc: &Document<'_>, t: usize, now: usize, nominal: &impl Fn(usize) -> bool) -> usize {
        let comma = t > 0 && doc.kind(t - 1) == Some(Kind::Comma);
        if let Some(row) = doc.particle(t, "conj") {
            let joins = |row: &Row| match row.joins.as_deref() {
                Some("result") => Some(Link::Result),
                Some("clause") if row.time => Some(Link::Time),
                Some("clause") if row.place => Some(Link::Where),
                Some("clause") => Some(Link::Main),
                _ => None,
            };
            if let Some(link) = joins(row) {
                let outside = self.outside(now);
                return self.open(link, t, Some(outside), false);
            }
        }
        if doc.is_particle(t, "opener") && comma {
            let outside = self.outside(now);
            return self.open(Link::Main, t, Some(outside), false);
        }
        if doc.is_particle(t, "comp") {
            return self.open(Link::Complement, t, Some(now), false);
        }
        if doc.is_particle(t, "rel") && doc.clitics(t).preposition.is_none() {
            return self.open(Link::Relative, t, Some(now), comma);
        }
        if !doc.is_finite(t) || doc.is_function_word(t) || nominal(t) {
            return now;
        }
        // "since they took the town": a clause of its own.
        let since = doc.governed_by(t).is_some_and(|row| row.has_role("since") || row.has_role("until"));
        if since && doc.readings(t).iter().all(|r| r.features.category.is_finite()) {
            let now = self.open(Link::Time, t, Some(now), false);
            self.list[now].verb = Some(t);
            return now;
        }
        // "…, which killed": what came of it, whoever it agrees with.
        let which = t.checked_sub(1).and_then(|p| doc.particle(p, "neg")).is_some_and(Row::is_weak);
        let results = |row: &Row| row.frame.as_deref() == Some("result");
        if which && t > 1 && doc.kind(t - 2) == Some(Kind::Comma) && doc.finite(t).is_some_and(|(_, row)| results(row))
        {
            let outside = self.outside(now);
            let now = self.open(Link::Result, t - 1, Some(outside), false);
            self.of[t - 1] = now as u32;
            self.list[now].verb = Some(t);
            return now;
        }
        // "and did", "to go on with": of whom the clause around tells.
        let joined = doc.clitics(t).conjunction.is_some() || doc.clitics(t).preposition.is_some();
        let clause = &self.list[now];
        let nested = clause.link == Link::Relative;
        let waiting = if nested { self.waiting(doc, t, now) } else { None };
        let now = match clause.verb {
            // "and did": goes on with the clause around what describes a noun.
            _ if joined => {
                let base = if nested && comma { self.outside(now) } else { now };
                let fresh = self.list[base].verb.is_none() && base != now;
                if fresh { base } else { self.open(Link::Joined, t, Some(base), false) }
            }
            None if self.describes_governed(doc, t) => {
                let inner = self.open(Link::Relative, t, Some(now), false);
                self.list[inner].verb = Some(t);
                return inner;
            }
            None => now,
            Some(verb) if helps(doc, verb, t) => now,
            Some(verb) if self.describes_subject(doc, verb, t, now) => {
                let inner = self.open(Link::Relative, verb, Some(now), false);
                self.list[inner].verb = Some(verb);
                for of in self.of[verb..].iter_mut().filter(|of| **of as usize == now) {
                    *of = inner as u32;
                }
                self.list[now].verb = Some(t);
                now
            }
            // A second verb: that of the clause around a relative one, if that has none, else one that describes the noun before it.
            Some(_) if waiting.is_some() => waiting.unwrap_or(now),
            Some(_) => {
                let start = self.helped_from(doc, t, now);
                let comma = start > 0 && doc.kind(start - 1) == Some(Kind::Comma);
                let inner = self.open(Link::Relative, start, Some(now), comma);
                self.of[start..].fill(inner as u32);
                inner
            }
        };
        self.list[now].verb.get_or_insert(t);
        now
    }
}

impl Clauses {
    /// "the force that X leads confirmed the fall of": behind a verb that has taken its noun up by a pronoun, and the party that does
    /// so, a bare verbal noun is the object of the verb around.
    fn resumed(&self, doc: &Document<'_>, t: usize, now: usize, mentioned: &impl Fn(usize) -> bool) -> Option<usize> {
        let here = self.list.get(now).filter(|c| c.link == Link::Relative)?;
        let verb = here.verb.filter(|v| v + 1 < t && t <= v + 1 + HELPED)?;
        let around = here.parent.filter(|p| self.list[*p].verb.is_some_and(|v| v < here.start))?;
        let bare = doc.clitics(t).is_empty() && doc.is_category(t, Category::Masdar) && !doc.is_finite(t);
        let taken_up = || doc.finite(verb).is_some_and(|(r, _)| r.pronoun.is_some_and(|p| p.person == 3));
        (bare && taken_up() && (verb + 1..t).all(mentioned)).then_some(around)
    }

    /// Behind a comma: out of what another comma has set off, with all that describes a noun in it.
    fn closed_by_comma(&self, now: usize) -> usize {
        let mut clause = now;
        for _ in 0..NESTED {
            match self.list[clause] {
                Clause { link: Link::Relative, set_off: true, parent: Some(p), .. } => return p,
                Clause { link: Link::Relative, parent: Some(p), .. } => clause = p,
                _ => return now,
            }
        }
        now
    }

    /// "those whom X holds fled": the nearest clause around a relative one that has had no verb yet, or one that helps.
    fn waiting(&self, doc: &Document<'_>, verb: usize, mut clause: usize) -> Option<usize> {
        for _ in 0..NESTED {
            let here = &self.list[clause];
            if here.link != Link::Relative {
                return None;
            }
            clause = here.parent?;
            if self.list[clause].verb.is_none_or(|v| helps(doc, v, verb)) {
                return Some(clause);
            }
        }
        None
    }

    /// "in an attack that they carried out from X, the forces took …": the verb takes up an indefinite noun right before it
    /// that a preposition brings.
    fn describes_governed(&self, doc: &Document<'_>, verb: usize) -> bool {
        let Some(noun) = verb.checked_sub(1).filter(|t| doc.is_nominal(*t) && !doc.is_definite(*t)) else {
            return false;
        };
        let takes_up = doc.finite(verb).is_some_and(|(r, _)| r.pronoun.is_some_and(|p| p.person == 3));
        let mut first = noun;
        while first > 0 && doc.continues_phrase(first) && doc.is_nominal(first - 1) && noun - first < HELPED {
            first -= 1;
        }
        takes_up && (doc.clitics(first).preposition.is_some() || doc.governed_by(first).is_some())
    }

    /// "that gunmen who rode in a car killed …", with an indefinite subject and no "who": the first verb only says who they are.
    fn describes_subject(&self, doc: &Document<'_>, first: usize, second: usize, now: usize) -> bool {
        let clause = &self.list[now];
        let head = clause.start + usize::from(doc.is_particle(clause.start, "comp"));
        let indefinite = |r: &Reading| {
            let f = &r.features;
            !f.category.is_finite() && !r.clitics.article && (f.accusative && !f.construct || f.is_absolute())
        };
        let Some(noun) = doc.readings(head).iter().find(|r| indefinite(r)).filter(|_| head < first) else {
            return false;
        };
        let Some((verb, _)) = doc.finite(second).filter(|(r, _)| r.pronoun.is_none()) else { return false };
        let (of_noun, of_verb) = (noun.features.agreement, verb.features.agreement);
        let several = |a: Agreement| matches!(a.number, Some(Number::Plural | Number::Dual));
        let agrees = several(of_noun) == several(of_verb)
            && (several(of_noun) || of_noun.gender.is_none() || of_noun.gender == of_verb.gender);
        doc.clitics(head).preposition.is_none()
            && doc.clitics(first).is_empty()
            && doc.is_category(first, Category::Imperfect)
            && doc.is_category(second, Category::Perfect)
            && !doc.could_be_nominal(second)
            && agrees
    }

    /// Where the words before a second verb begin that belong to it: "whom X had been holding", from "had".
    fn helped_from(&self, doc: &Document<'_>, verb: usize, now: usize) -> usize {
        let own = |t: &usize| self.of[*t] as usize == now && doc.is_word(*t) && self.list[now].verb != Some(*t);
        let aux = |t: &usize| doc.particle(*t, "aux").is_some_and(|row| row.with_imperfect.is_none());
        (0..verb).rev().take(HELPED).take_while(own).find(aux).unwrap_or(verb)
    }
}

/// Whether a word may begin a clause or be its verb; a no is sure.
fn may_open(doc: &Document<'_>, t: usize) -> bool {
    doc.is_finite(t) || doc.may_be_any_particle(t, ["conj", "opener", "comp", "rel"])
}

/// A verb that lends its subject to the one behind it: "was", "began to", "went on to". Only "was" goes before a perfect.
fn helps(doc: &Document<'_>, verb: usize, next: usize) -> bool {
    let light = |row: &Row| matches!(row.frame.as_deref(), Some("light" | "manage" | "modal"));
    let begins = doc.reading(verb, |r, row| light(row) && !(r.features.category.is_finite() && r.pronoun.is_some()));
    // "a man was arrested who attacked": the perfect behind an indefinite person tells of him.
    let person = |t: usize| {
        let told = |row: &Row| row.victim.as_deref().is_some_and(|v| v != "same") && !row.is_weak();
        let one = |r: &Reading, row: &Row| told(row) && !r.features.category.is_finite();
        t > verb && !doc.is_definite(t) && doc.reading(t, one).is_some()
    };
    doc.reading(verb, |_, row| row.pos == "aux").is_some()
        || !person(next - 1)
            && begins.is_some()
            && (!doc.is_category(next, Category::Perfect) || doc.could_be_nominal(next))
}
