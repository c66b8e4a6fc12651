//! One match of a rule, or one dual, to a quantity: what it measures, and whether it is one at all.

use std::ops::Range;

use super::{Modifier, Quantity, QuantityKind};
use crate::grammar::Document;
use crate::grammar::pattern::{Match, Rule, Tape};
use crate::lexicon::{List, Referent, Row};
use crate::mention::number::{NumberKind, NumberPhrase};
use crate::mention::time::is_calendar;
use crate::mention::{Figures, Sheet};
use crate::morph::Category;
use crate::segment::{Kind, Number};

pub(super) struct Reader<'s, 'd, 'l> {
    pub figures: &'s Figures,
    pub sheet: &'s Sheet<'d, 'l>,
}

/// `Err`: no quantity, up to that token.
type Found = Option<Result<Quantity, usize>>;

impl<'s, 'l> Reader<'s, '_, 'l> {
    fn tape(&self) -> &'s Tape<'_, 'l> {
        &self.sheet.tape
    }

    fn doc(&self) -> &'s Document<'l> {
        self.sheet.tape.doc
    }

    fn phrase(&self, m: &Match, slot: &str) -> Option<(Range<usize>, NumberPhrase)> {
        let c = m.get(&self.figures.vocabulary, slot)?;
        Some((c.start..c.end, *self.sheet.numbers.filling(c.start, c.end)?))
    }

    pub fn quantity(&self, m: &Match, dated: &[bool]) -> Found {
        let rule = &self.figures.quantities.rules[m.rule];
        let mut modifier = rule.set.get("modifier").and_then(|n| Modifier::named(n))?;
        let doc = self.doc();
        let Some((tokens, number)) = self.phrase(m, "n") else {
            return Some(Ok(self.amount(m, modifier)));
        };
        let upper = self.phrase(m, "m");
        if (m.start..m.end).any(|t| dated[t]) {
            return if dated[tokens.start] { None } else { self.alone(m, &tokens, &number) };
        }
        if self.is_label(tokens.start, &number) || self.sheet.names[tokens.start] {
            return Some(Err(m.end));
        }
        let ordinal = rule.set.contains_key("kind");
        let percent = m.get(&self.figures.vocabulary, "pct").is_some();
        let gap = m.get(&self.figures.vocabulary, "gap").map(|g| g.start);
        let mut value = number.value;
        let (mut low, mut high, mut top) = (number.low, number.high, None);
        if let Some((_, upper)) = &upper {
            let (a, b) = (number.value?, upper.value?);
            let shared = upper.scale > 1.0 && number.scale == 1.0 && a < 1000.0 && a * upper.scale < b;
            let a = if shared { a * upper.scale } else { a };
            if a >= b {
                // A score, or two numbers that only stand together.
                let glued = !doc.tokens[tokens.end].spaced;
                return if glued { Some(Err(m.end)) } else { self.alone(m, &tokens, &number) };
            }
            (low, high, top, value) = (Some(a), Some(b), Some(b), None);
        } else if number.kind == NumberKind::Indefinite {
            if modifier == Modifier::Exact {
                modifier = Modifier::Indefinite;
            }
        } else {
            if number.more {
                modifier = Modifier::MoreThan;
            }
            (low, high) = match modifier {
                Modifier::Exact => (value, value),
                Modifier::AtLeast | Modifier::MoreThan => (value, None),
                Modifier::AtMost | Modifier::LessThan => (None, value),
                _ => (None, None),
            };
        }
        let last = upper.as_ref().map_or(tokens.end, |(t, _)| t.end);
        let end = if gap.is_some() { last } else { m.end };
        let start = m.start;
        let behind = m.end.min(gap.unwrap_or(m.end));
        // "wounded 173 today": the day is a time of its own.
        let timed = dated.get(behind) == Some(&true);
        let (mut kind, mut unit, mut noun, mut past) =
            if timed { (QuantityKind::Count, None, None, behind) } else { self.measured(behind) };
        let before = if number.value == Some(1.0) && !number.digits { self.one_unit(start) } else { None };
        if let Some(one) = before.filter(|_| kind == QuantityKind::Count) {
            (kind, unit, noun, past) = one;
        } else if number.value == Some(1.0) && !number.digits && start > 0 && self.is_plain_noun(start - 1) {
            noun = Some(start - 1);
        }
        if ordinal {
            (kind, unit, past) = (QuantityKind::Ordinal, None, m.end);
        } else if percent {
            (kind, unit, noun, past) = (QuantityKind::Percent, Some("%".to_owned()), None, m.end);
        } else if number.kind == NumberKind::Fraction && kind == QuantityKind::Count {
            kind = QuantityKind::Fraction;
        }
        let years = kind == QuantityKind::Measure && unit.as_deref() == Some("year");
        if years && (self.is_age(start, m.end) || upper.is_some() && self.is_person(start))
            || kind == QuantityKind::Count && self.is_of_age(m.end)
        {
            (kind, unit) = (QuantityKind::Age, Some("year".to_owned()));
        }
        Some(Ok(Quantity {
            span: doc.span_from(start..end, m.skip),
            tokens: start..end,
            number_span: doc.span_from(tokens.start..last, if start == tokens.start { m.skip } else { number.skip }),
            number_tokens: tokens.start..last,
            kind,
            value,
            upper: top,
            low,
            high,
            modifier,
            magnitude: number.magnitude.filter(|m| *m > 1.0),
            unit,
            noun,
            dual: false,
            end: past.max(m.end.min(gap.map_or(m.end, |_| last))),
            rule: Some(m.rule),
        }))
    }

    /// The number of a match without the words around it.
    fn alone(&self, m: &Match, tokens: &Range<usize>, number: &NumberPhrase) -> Found {
        if self.is_label(tokens.start, number) {
            return Some(Err(tokens.end));
        }
        // The built-in one, which stands behind rules of one's own.
        let rules = &self.figures.quantities.rules;
        let is_plain = |r: &Rule| r.set.len() == 1 && r.set.get("modifier").is_some_and(|m| m == "exact");
        let plain = rules.iter().rposition(is_plain)?;
        let captures = m.captures.iter().filter(|c| c.start == tokens.start && c.end == tokens.end).cloned().collect();
        let skip = if m.start == tokens.start { m.skip } else { number.skip };
        let found = Match { rule: plain, start: tokens.start, end: tokens.end, skip, captures };
        self.quantity(&found, &vec![false; tokens.end + 1])
    }

    /// How many is not told at all.
    fn amount(&self, m: &Match, modifier: Modifier) -> Quantity {
        let span = self.doc().span_from(m.start..m.end, m.skip);
        let (kind, unit, noun, _) = self.measured(m.end);
        Quantity {
            span,
            tokens: m.start..m.end,
            number_span: span,
            number_tokens: m.start..m.end,
            kind,
            value: None,
            upper: None,
            low: None,
            high: None,
            modifier,
            magnitude: None,
            unit,
            noun,
            dual: false,
            end: m.end,
            rule: Some(m.rule),
        }
    }

    /// What stands behind a number: a unit with its adjective, or a word.
    fn measured(&self, at: usize) -> (QuantityKind, Option<String>, Option<usize>, usize) {
        let doc = self.doc();
        let word = doc.kind(at) == Some(Kind::Word) && !doc.tokens[at].new_line;
        if !word {
            return (QuantityKind::Count, None, None, at);
        }
        if let Some((row, end)) = self.unit(at) {
            let mut unit = self.unit_of(row, at, end);
            let mut end = end;
            // A power written as a digit.
            if doc.kind(end) == Some(Kind::Number) && !doc.tokens[end].spaced && matches!(doc.str(end), "2" | "3") {
                unit.push_str(doc.str(end));
                end += 1;
            }
            let kind = if row.kind.as_deref() == Some("money") { QuantityKind::Money } else { QuantityKind::Measure };
            return (kind, Some(unit), Some(at), end);
        }
        (QuantityKind::Count, None, self.counted(at), at)
    }

    /// What is counted: the word behind the number, or behind a partitive ("a number of").
    fn counted(&self, at: usize) -> Option<usize> {
        let doc = self.doc();
        let noun = match doc.particle(at, "prep") {
            // "many of them": what is counted is no word here.
            Some(row) if row.has_role("partitive") && doc.readings(at).iter().all(|r| r.pronoun.is_none()) => at + 1,
            Some(_) => return None,
            None => at,
        };
        // Another word of the clause: "two and wounded …", "five with …".
        let elsewhere = doc.readings(noun).first().is_some_and(|r| {
            r.clitics.conjunction.is_some()
                || r.clitics.preposition.is_some()
                || r.features.category.is_finite()
                || r.features.category == Category::Particle
        });
        (doc.is_word(noun) && !elsewhere).then_some(noun)
    }

    /// "a kilometre, one": the unit stands before its number.
    fn one_unit(&self, number: usize) -> Option<(QuantityKind, Option<String>, Option<usize>, usize)> {
        let unit = number.checked_sub(1).filter(|_| !self.doc().tokens[number].new_line)?;
        let (kind, name, noun, _) = self.measured(unit);
        name.is_some().then_some((kind, name, noun, number + 1))
    }

    fn unit(&self, at: usize) -> Option<(&'l Row, usize)> {
        let doc = self.doc();
        self.tape()
            .senses(at)
            .iter()
            .find(|s| {
                s.list == List::Unit && s.clitics.conjunction.is_none() && s.clitics.preposition.is_none() && !s.pronoun
            })
            .map(|s| (doc.lexicon.row(s.row), s.end as usize))
    }

    /// The unit, as an adjective close behind it or a noun before it makes it.
    fn unit_of(&self, row: &Row, at: usize, end: usize) -> String {
        let doc = self.doc();
        let before = doc.sentences[doc.sentence_of(at)].start.max(at.saturating_sub(6));
        for (noun, unit) in &row.with {
            let noun = doc.lexicon.fold.text(noun);
            if (before..at).any(|t| doc.str(t).ends_with(noun.as_str())) {
                return unit.clone();
            }
        }
        let article = doc.lexicon.segmenter.clitics.article();
        for at in end..doc.len().min(end + 3) {
            let word = doc.str(at);
            let word = word.strip_prefix(article).unwrap_or(word);
            let made = row.by.iter().find(|(adjective, _)| word.starts_with(doc.lexicon.fold.text(adjective).as_str()));
            if let Some((_, unit)) = made {
                return unit.clone();
            }
        }
        row.unit.clone().unwrap_or_default()
    }

    fn is_age(&self, start: usize, end: usize) -> bool {
        let bracket = |t: usize| self.doc().kind(t).is_some_and(|k| k.is_bracket() || k == Kind::Comma);
        // The unit stands behind the number.
        start > 0 && bracket(start - 1) && bracket(end + 1)
            || (start.saturating_sub(3)..end).any(|t| is_calendar(self.tape(), t, "age"))
    }

    /// "children between five and ten": a word of people right before the number.
    fn is_person(&self, start: usize) -> bool {
        let doc = self.doc();
        start.checked_sub(1).is_some_and(|t| doc.reading(t, |_, row| row.victim.is_some()).is_some())
    }

    /// "in the twenties of his life": "of" and a word of age behind the number.
    fn is_of_age(&self, end: usize) -> bool {
        let doc = self.doc();
        doc.particle(end, "prep").is_some_and(|row| row.has_role("partitive"))
            && is_calendar(self.tape(), end + 1, "age")
    }

    /// Whether the number is a label: of a unit, an article of law, a model, a road, a day in a name.
    fn is_label(&self, at: usize, number: &NumberPhrase) -> bool {
        let (doc, tape) = (self.doc(), self.tape());
        let token = &doc.tokens[at];
        let glued = doc.tokens.get(number.end).is_some_and(|t| !t.spaced);
        if number.digits && (is_calendar(tape, number.end, "month") || glued && doc.str(number.end) == "+") {
            return true;
        }
        // The number of a car, a file, a law.
        let letter = |t: usize| doc.kind(t) == Some(Kind::Word) && doc.str(t).chars().nth(1).is_none();
        if number.digits && glued && doc.str(number.end) == "/" && letter(number.end + 1) {
            return true;
        }
        let Some(mut before) = at.checked_sub(1).filter(|_| !token.new_line) else { return false };
        let sign = |t: usize| doc.str(t).chars().next().is_some_and(|c| "-.–_/+".contains(c));
        if number.digits && !token.spaced {
            let glued = |t: usize| !doc.tokens[t].spaced;
            if sign(before) && glued(before) && before > 0 && doc.kind(before - 1) == Some(Kind::Word) {
                return true;
            }
            if doc.kind(before) == Some(Kind::Word) && doc.str(before).ends_with(|c: char| c.is_ascii()) {
                return true;
            }
        }
        let bare = tape
            .senses(before)
            .iter()
            .any(|s| s.list == List::Number && doc.lexicon.row(s.row).kind.as_deref() == Some("article"));
        if (bare || sign(before) && !token.spaced) && before > 0 {
            before -= 1;
        }
        if number.digits {
            return is_calendar(tape, before, "labelled")
                || doc.kind(number.end) == Some(Kind::Word)
                    && !doc.tokens[number.end].spaced
                    && doc.str(number.end).is_ascii();
        }
        let named = tape.senses(before).iter().any(|s| {
            let row = doc.lexicon.row(s.row);
            s.list == List::Calendar && row.kind.as_deref() == Some("named") && !s.clitics.article
        });
        let label = !number.article
            && tape.senses(before).iter().any(|s| s.clitics.article)
            && is_calendar(tape, before, "labelled");
        named && number.article || label
    }

    /// Two of a noun, told by its form alone.
    pub fn dual(&self, at: usize) -> Found {
        let doc = self.doc();
        // "One of" and "as for" end like a dual.
        if self.tape().senses(at).iter().any(|s| s.list == List::Number) || doc.is_function_word(at) {
            return None;
        }
        let readings = doc.readings(at);
        let noun = |r: &&crate::lexicon::Reading| !r.features.category.is_finite() && counts(doc.list(r));
        let dual = readings.iter().find(|r| noun(r) && r.features.is_dual() && r.pronoun.is_none());
        // "My side" before a definite noun is written like "the two sides of".
        let joined = || {
            readings.iter().find(|r| {
                noun(r)
                    && doc.list(r) != List::Unit
                    && r.pronoun.is_some_and(|p| p.person == 1 && p.number == Some(Number::Singular))
                    && r.features.agreement.number == Some(Number::Singular)
            })
        };
        let Some(dual) = dual.or_else(joined) else { return self.agreeing_dual(at) };
        let others =
            readings.iter().filter(|r| r.features.agreement.number != Some(Number::Dual) && r.pronoun.is_none());
        let mut doubt = false;
        // "Two" behind the noun settles it.
        let two = self.sheet.numbers.cardinals.get(at + 1);
        let two = two
            .filter(|n| {
                n.value == Some(2.0) && !n.digits && !n.conjunction && n.end == at + 2 && !doc.tokens[at + 1].new_line
            })
            .is_some();
        for other in others {
            match other.features.agreement.number {
                Some(Number::Plural) if !two => return None,
                // The word itself, and not an ending of another.
                _ if !two && other.features.category == Category::Noun && !other.features.accusative => return None,
                _ if other.features.category.is_finite() => {}
                _ => doubt = true,
            }
        }
        let article = doc.lexicon.segmenter.clitics.article();
        let next = doc.tokens.get(at + 1).filter(|t| t.kind == Kind::Word && !t.new_line).map(|_| doc.str(at + 1));
        let joined = dual.pronoun.is_some();
        if !two && (doubt || dual.features.construct || joined) {
            // Written like the accusative of one; only a genitive behind it makes it two of them.
            let genitive = next.is_some_and(|n| {
                let noun = || self.is_plain_noun(at + 1) || !doc.names_at(at + 1).is_empty();
                // An adjective, or the verb of which the word is subject.
                let next = doc.readings(at + 1);
                let masdar_of = |row| next.iter().any(|m| m.row == row && m.features.category == Category::Masdar);
                let verb = || next.iter().any(|r| r.features.category.is_finite() && masdar_of(r.row));
                let clitics = doc.clitics(at + 1);
                let led = clitics.preposition.is_some() || clitics.conjunction.is_some();
                let other = || led || verb() || doc.readings(at + 1).iter().any(|r| r.features.accusative);
                n.starts_with(article) && doc.is_definite(at + 1) || !joined && noun() && !other()
            });
            if !(dual.features.construct || joined) || !genitive {
                return None;
            }
        }
        // An adjective agrees with the dual before it, a counted noun with its number.
        if let Some(before) = at.checked_sub(1).filter(|_| !doc.tokens[at].new_line) {
            let agrees = doc.readings(before).iter().any(|r| r.features.is_dual() && !r.features.category.is_finite());
            if agrees && dual.clitics.conjunction.is_none() && dual.clitics.preposition.is_none()
                || doc.kind(before) == Some(Kind::Number)
            {
                return None;
            }
            if self.sheet.numbers.cardinals.get(before).is_some_and(|n| n.value.is_some()) {
                return None;
            }
        }
        let named = |r: &Referent| matches!(r, Referent::Actor(_) | Referent::ShortActor(_) | Referent::Place(_));
        if self.sheet.names[at] || doc.names_at(at).iter().any(|m| m.referents.iter().any(named)) {
            return None;
        }
        let row = doc.row(dual);
        let (kind, unit) = match (doc.list(dual), row.kind.as_deref()) {
            (List::Unit, Some("money")) => (QuantityKind::Money, Some(self.unit_of(row, at, at + 1))),
            (List::Unit, _) => (QuantityKind::Measure, Some(self.unit_of(row, at, at + 1))),
            _ => (QuantityKind::Count, None),
        };
        let end = if two { at + 2 } else { at + 1 };
        let span = doc.span_from(at..end, dual.start);
        Some(Ok(Quantity::by_form(2.0, span, at..end, kind, unit)))
    }

    /// A noun in no lexicon whose form and whose adjective's are both a feminine dual.
    fn agreeing_dual(&self, at: usize) -> Found {
        let doc = self.doc();
        let ending = |t: usize| {
            let word = doc.kind(t) == Some(Kind::Word)
                && doc.readings(t).iter().all(|r| r.pronoun.is_some() || r.features.is_dual())
                && doc.str(t).chars().nth(4).is_some();
            word.then(|| doc.lexicon.feminine_dual(doc.str(t))).flatten()
        };
        let dual = ending(at)?;
        let before = || at.checked_sub(1).filter(|_| !doc.tokens[at].new_line).and_then(ending).is_some();
        if ending(at + 1) != Some(dual) || doc.tokens[at + 1].new_line || before() || self.sheet.names[at] {
            return None;
        }
        Some(Ok(Quantity::by_form(2.0, doc.span(at..at + 1), at..at + 1, QuantityKind::Count, None)))
    }

    fn is_plain_noun(&self, at: usize) -> bool {
        self.doc().readings(at).iter().any(|r| {
            r.clitics.is_empty()
                && matches!(r.features.category, Category::Noun | Category::Masdar)
                && !r.features.accusative
                && !r.features.is_dual()
                && counts(self.doc().list(r))
        })
    }
}

/// The tokens inside names of at least two words.
pub(in crate::mention) fn names(doc: &Document<'_>) -> Vec<bool> {
    let mut out = vec![false; doc.len() + 1];
    for m in doc.names().iter().filter(|m| m.end > m.start + 1 && doc.is_word(m.start)) {
        let name = m.referents.iter().any(|r| match r {
            Referent::Actor(_) | Referent::Place(_) => true,
            Referent::Phrase(row) => {
                doc.lexicon.list(*row) == List::Number && doc.lexicon.row(*row).kind.as_deref() == Some("name")
            }
            _ => false,
        });
        if name {
            out[m.start..m.end].fill(true);
        }
    }
    out
}

/// The lists whose words can be counted.
fn counts(list: List) -> bool {
    matches!(list, List::Noun | List::Collective | List::Unit | List::Verb | List::Head | List::Title)
}
