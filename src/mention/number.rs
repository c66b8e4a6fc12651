//! Number phrases: words and digits to a value.
//!
//! A number is a sum of terms joined by "and", each a number below a thousand, or in digits, times a scale; the scales
//! fall from term to term. `lexicon/numbers.toml` says which part of this a word can be.

use smallvec::SmallVec;

use crate::grammar::pattern::{Sense, Tape};
use crate::grammar::{Document, Sparse};
use crate::lexicon::{Facts, List, Row};
use crate::segment::{Kind, Letter};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberKind {
    Cardinal,
    /// Tens, hundreds, a few: a magnitude without a value.
    Indefinite,
    Fraction,
    Ordinal,
}

/// A number phrase that begins at a token.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NumberPhrase {
    /// Behind its last token.
    pub end: usize,
    /// Bytes of clitics before the number in its first token.
    pub skip: u8,
    /// "And" stands before it, glued or as a token of its own.
    pub conjunction: bool,
    pub kind: NumberKind,
    pub value: Option<f64>,
    pub magnitude: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// The last scale named: 1000 in "thirty thousand".
    pub scale: f64,
    pub article: bool,
    pub digits: bool,
    /// "And some more" follows.
    pub more: bool,
}

/// The number phrases of a document by their first token.
#[derive(Debug, Default)]
pub struct Numbers {
    pub cardinals: Sparse<NumberPhrase>,
    pub ordinals: Sparse<NumberPhrase>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lead {
    /// The phrase begins here: any clitics.
    First,
    Plain,
    And,
}

struct Word<'t> {
    next: usize,
    row: &'t Row,
    sense: Sense,
}

impl Word<'_> {
    fn kind(&self) -> &str {
        self.row.kind.as_deref().unwrap_or_default()
    }

    fn value(&self) -> f64 {
        self.row.value.unwrap_or_default()
    }

    fn has(&self, code: &str) -> bool {
        self.row.code.as_deref() == Some(code)
    }
}

type Words<'t> = SmallVec<[Word<'t>; 2]>;

struct Reader<'t, 'd, 'l> {
    tape: &'t Tape<'d, 'l>,
    doc: &'t Document<'l>,
    and: Option<Letter>,
}

impl Numbers {
    pub fn find(tape: &Tape<'_, '_>, and: Option<Letter>) -> Self {
        let doc = tape.doc;
        let reader = Reader { tape, doc, and };
        let mut out = Numbers { cardinals: Sparse::new(doc.len()), ordinals: Sparse::new(doc.len()) };
        for token in 0..doc.len() {
            let number = doc.kind(token) == Some(Kind::Number);
            let may_be = doc.may_be(token, Facts::list(List::Number)) || !doc.names_at(token).is_empty();
            let word = may_be && tape.senses(token).iter().any(|s| s.list == List::Number);
            if !number && !word {
                continue;
            }
            if let Some(phrase) = reader.cardinal(token) {
                out.cardinals.set(token, phrase);
            }
            if let Some(phrase) = reader.ordinal(token).filter(|_| word) {
                out.ordinals.set(token, phrase);
            }
        }
        out
    }

    /// The phrase that fills these tokens.
    pub fn filling(&self, start: usize, end: usize) -> Option<&NumberPhrase> {
        let fills = |p: &&NumberPhrase| p.end == end;
        self.cardinals.get(start).filter(fills).or_else(|| self.ordinals.get(start).filter(fills))
    }
}

impl<'l> Reader<'_, '_, 'l> {
    /// The number words at a token that may stand behind such a lead.
    fn words(&self, at: usize, lead: Lead) -> Words<'l> {
        let mut out = Words::new();
        let Some(token) = self.doc.tokens.get(at) else { return out };
        if lead != Lead::First && token.new_line {
            return out;
        }
        for sense in self.tape.senses(at) {
            if sense.list != List::Number || sense.pronoun {
                continue;
            }
            let row = self.doc.lexicon.row(sense.row);
            let c = sense.clitics;
            let fits = match lead {
                Lead::First => true,
                Lead::Plain => c.conjunction.is_none() && c.preposition.is_none(),
                Lead::And => c.conjunction.is_some() && c.conjunction == self.and && c.preposition.is_none(),
            };
            if fits {
                out.push(Word { next: sense.end as usize, row, sense: *sense });
            }
        }
        if lead == Lead::And && self.is_and(at) {
            out.extend(self.words(at + 1, Lead::Plain));
        }
        out
    }

    fn is_and(&self, at: usize) -> bool {
        self.tape.senses(at).iter().any(|s| {
            s.clitics.is_empty() && {
                let row = self.doc.lexicon.row(s.row);
                s.list == List::Number && row.kind.as_deref() == Some("and")
            }
        })
    }

    fn word(&self, at: usize, lead: Lead, kind: &str) -> Option<Word<'l>> {
        self.words(at, lead).into_iter().find(|w| w.kind() == kind)
    }

    /// Digits, with thousands and decimals however they are separated.
    fn digits(&self, at: usize, lead: Lead) -> Option<(f64, usize)> {
        let at = if lead == Lead::And { if self.is_and(at) { at + 1 } else { return None } } else { at };
        if self.doc.kind(at) != Some(Kind::Number) || lead != Lead::First && self.doc.tokens[at].new_line {
            return None;
        }
        let text = self.doc.str(at);
        let next = |i: usize| self.doc.tokens.get(i).filter(|t| !t.spaced).map(|t| t.kind);
        if next(at + 2) == Some(Kind::Number) && text.bytes().all(|b| b.is_ascii_digit()) {
            let second = self.doc.str(at + 2);
            let plain = second.bytes().all(|b| b.is_ascii_digit());
            let point = next(at + 1) == Some(Kind::Word) && self.word(at + 1, Lead::Plain, "point").is_some();
            if point && plain {
                // The wires write the fraction first.
                return format!("{second}.{text}").parse().ok().map(|v| (v, at + 3));
            }
            if next(at + 1) == Some(Kind::Comma) && plain {
                let joined = if second.len() == 3 { format!("{text}{second}") } else { format!("{text}.{second}") };
                return joined.parse().ok().map(|v| (v, at + 3));
            }
        }
        let spaced = self.doc.tokens.get(at + 1).filter(|t| t.kind == Kind::Number && !t.new_line && t.spaced);
        let short = text.len() <= 3 && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
        if let Some(group) = spaced.filter(|_| short).map(|_| self.doc.str(at + 1)) {
            // A group of three behind a space.
            if group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()) {
                return format!("{text}{group}").parse().ok().map(|v| (v, at + 2));
            }
        }
        parse_digits(text).map(|v| (v, at + 1))
    }

    /// A number below a thousand.
    fn small(&self, at: usize, lead: Lead) -> Option<(f64, usize)> {
        let mut best: Option<(f64, usize)> = None;
        for w in self.words(at, lead) {
            let found = match w.kind() {
                "hundred" | "hundreds" => Some(self.with_tens(w.value(), w.next)),
                "digit" => {
                    if let Some(h) = self.word(w.next, Lead::Plain, "hundred").filter(|_| w.value() > 2.0) {
                        Some(self.with_tens(w.value() * 100.0, h.next))
                    } else {
                        self.below_hundred(&w)
                    }
                }
                _ => self.below_hundred(&w),
            };
            if found.is_some_and(|f| best.is_none_or(|b| f.1 > b.1)) {
                best = found;
            }
        }
        best
    }

    fn with_tens(&self, hundreds: f64, at: usize) -> (f64, usize) {
        let words = self.words(at, Lead::And);
        let tens = words.iter().filter_map(|w| self.below_hundred(w)).max_by_key(|f| f.1);
        let tens = tens.or_else(|| self.digits(at, Lead::And).filter(|d| d.0 < 100.0 && self.is_and(at)));
        tens.map_or((hundreds, at), |(v, end)| (hundreds + v, end))
    }

    fn below_hundred(&self, w: &Word<'_>) -> Option<(f64, usize)> {
        let v = w.value();
        match w.kind() {
            "digit" => {
                if let Some(ten) = self.word(w.next, Lead::Plain, "ten") {
                    return Some((v + 10.0, ten.next));
                }
                if let Some(tens) = self.word(w.next, Lead::And, "tens") {
                    return Some((v + tens.value(), tens.next));
                }
                (!w.has("bound")).then_some((v, w.next))
            }
            "ten" | "tens" | "zero" => Some((v, w.next)),
            _ => None,
        }
    }

    /// The first term: its value, its scale and its end.
    fn term(&self, at: usize, lead: Lead) -> Option<(f64, f64, usize)> {
        let small = self.digits(at, lead).or_else(|| self.small(at, lead));
        if let Some((v, end)) = small {
            if let Some(scale) = self.word(end, Lead::Plain, "scale") {
                return Some((v * scale.value(), scale.value(), scale.next));
            }
            return Some((v, 1.0, end));
        }
        let mut words = self.words(at, lead);
        words.sort_by_key(|w| w.kind() != "scale_dual");
        words.iter().find_map(|w| match w.kind() {
            "scale_dual" if !w.has("construct") || self.is_counted(w.next) => {
                Some((w.value(), w.value() / 2.0, w.next))
            }
            "scale" if !w.has("plural") => Some((w.value(), w.value(), w.next)),
            _ => None,
        })
    }

    /// Whether a noun follows: a word long enough for one that is no number.
    fn is_counted(&self, at: usize) -> bool {
        let doc = self.doc;
        doc.kind(at) == Some(Kind::Word)
            && !doc.tokens[at].new_line
            && doc.str(at).chars().nth(2).is_some()
            && doc.readings(at).iter().all(|r| !r.features.accusative)
            && self.words(at, Lead::First).is_empty()
    }

    fn cardinal(&self, start: usize) -> Option<NumberPhrase> {
        let (skip, conjunction, article) = self.front(start);
        // "And" as a token of its own: the number begins behind it, and says so.
        if self.doc.kind(start) == Some(Kind::Word) && self.is_and(start) {
            let mut inner = self.cardinal_at(start + 1, 0, false, false)?;
            if inner.conjunction || self.doc.tokens[start + 1].new_line {
                return None;
            }
            inner.conjunction = true;
            return Some(inner);
        }
        self.cardinal_at(start, skip, conjunction, article)
    }

    fn front(&self, start: usize) -> (u8, bool, bool) {
        let sense = self.words(start, Lead::First).into_iter().next().map(|w| w.sense);
        sense.map_or((0, false, false), |s| (s.start, s.clitics.conjunction.is_some(), s.clitics.article))
    }

    fn cardinal_at(&self, start: usize, skip: u8, conjunction: bool, article: bool) -> Option<NumberPhrase> {
        let base = NumberPhrase {
            end: start,
            skip,
            conjunction,
            kind: NumberKind::Cardinal,
            value: None,
            magnitude: None,
            low: None,
            high: None,
            scale: 1.0,
            article,
            digits: self.doc.kind(start) == Some(Kind::Number),
            more: false,
        };
        for w in self.words(start, Lead::First) {
            match w.kind() {
                "indefinite" => return Some(self.indefinite(base, &w)),
                "scale" if w.has("plural") => {
                    let magnitude = Some(w.value());
                    let kind = NumberKind::Indefinite;
                    return Some(NumberPhrase {
                        end: w.next,
                        kind,
                        magnitude,
                        low: magnitude,
                        scale: w.value(),
                        ..base
                    });
                }
                "fraction" => {
                    if let Some(s) = self.word(w.next, Lead::Plain, "scale") {
                        let value = Some(w.value() * s.value());
                        return Some(NumberPhrase { end: s.next, value, scale: s.value(), ..base });
                    }
                    let kind = NumberKind::Fraction;
                    return Some(NumberPhrase { end: w.next, kind, value: Some(w.value()), ..base });
                }
                "fraction_of" if self.is_whole(w.next) => {
                    let kind = NumberKind::Fraction;
                    return Some(NumberPhrase { end: w.next, kind, value: Some(w.value()), ..base });
                }
                _ => {}
            }
        }
        let (mut value, mut scale, mut end) = self.term(start, Lead::First)?;
        if let Some(f) = self.word(end, Lead::Plain, "fraction_plural") {
            let part = (value * f.value() * 1e4).round() / 1e4;
            if let Some(s) = self.word(f.next, Lead::Plain, "scale") {
                return Some(NumberPhrase { end: s.next, value: Some(part * s.value()), scale: s.value(), ..base });
            }
            let kind = NumberKind::Fraction;
            return Some(NumberPhrase { end: f.next, kind, value: Some(part), ..base });
        }
        loop {
            if let Some(f) = self.word(end, Lead::And, "fraction") {
                let again = self.word(f.next, Lead::Plain, "scale").filter(|s| s.value() == scale);
                value += f.value() * scale;
                end = again.map_or(f.next, |s| s.next);
                break;
            }
            let Some((v, s, e)) = self.term(end, Lead::And).filter(|t| t.1 < scale && t.0 < scale) else { break };
            (value, scale, end) = (value + v, s, e);
        }
        let more = self.word(end, Lead::And, "more");
        let (more, end) = (more.is_some(), more.map_or(end, |m| m.next));
        Some(NumberPhrase { end, value: Some(value), scale, more, ..base })
    }

    /// A definite noun, of which a part is told: people and years that are counted stand without the article.
    fn is_whole(&self, at: usize) -> bool {
        let doc = self.doc;
        let clitics = doc.clitics(at);
        doc.is_word(at)
            && !doc.tokens[at].new_line
            && clitics.article
            && clitics.preposition.is_none()
            && clitics.conjunction.is_none()
            && doc.reading(at, |r, _| matches!(doc.list(r), List::Unit | List::Calendar)).is_none()
    }

    fn indefinite(&self, base: NumberPhrase, w: &Word<'_>) -> NumberPhrase {
        let (mut times, mut end) = (1.0, w.next);
        if let (Some(ten), Some(low), Some(high)) = (self.word(end, Lead::Plain, "ten"), w.row.low, w.row.high) {
            return few_and(10.0, ten.next, base, low, high);
        }
        if let (Some(tens), Some(low), Some(high)) = (self.word(end, Lead::And, "tens"), w.row.low, w.row.high) {
            return few_and(tens.value(), tens.next, base, low, high);
        }
        loop {
            let next = self.words(end, Lead::Plain).into_iter().find(|n| matches!(n.kind(), "scale" | "indefinite"));
            let Some(next) = next.filter(|n| n.value() >= 10.0) else { break };
            times *= next.value();
            end = next.next;
        }
        NumberPhrase {
            end,
            kind: NumberKind::Indefinite,
            magnitude: Some(w.value() * times),
            low: w.row.low.map(|l| l * times),
            high: w.row.high.map(|h| h * times),
            scale: times,
            ..base
        }
    }

    fn ordinal(&self, start: usize) -> Option<NumberPhrase> {
        let (value, end, sense) = self.words(start, Lead::First).iter().find_map(|w| {
            let v = w.value();
            match w.kind() {
                kind @ ("ordinal" | "ordinal_part") => {
                    if let Some(ten) = self.word(w.next, Lead::Plain, "ten") {
                        return Some((v + 10.0, ten.next, w.sense));
                    }
                    // The parts of a compound agree: "the fourth and twenty minutes" is not the twenty-fourth.
                    let article = w.sense.clitics.article;
                    let tens = self.word(w.next, Lead::And, "tens").filter(|t| t.sense.clitics.article == article);
                    if let Some(tens) = tens {
                        return Some((v + tens.value(), tens.next, w.sense));
                    }
                    (kind == "ordinal").then_some((v, w.next, w.sense))
                }
                "tens" | "ten" if w.sense.clitics.article => Some((v, w.next, w.sense)),
                _ => None,
            }
        })?;
        Some(NumberPhrase {
            end,
            skip: sense.start,
            conjunction: sense.clitics.conjunction.is_some(),
            kind: NumberKind::Ordinal,
            value: Some(value),
            magnitude: None,
            low: None,
            high: None,
            scale: 1.0,
            article: sense.clitics.article,
            digits: false,
            more: false,
        })
    }
}

/// A few and ten, a few and twenty.
fn few_and(tens: f64, end: usize, base: NumberPhrase, low: f64, high: f64) -> NumberPhrase {
    let (low, high) = (Some(low + tens), Some(high + tens));
    NumberPhrase { end, kind: NumberKind::Indefinite, magnitude: Some(tens), low, high, ..base }
}

/// Digits with separators: a group of three behind a separator is thousands, any other is a decimal fraction.
fn parse_digits(text: &str) -> Option<f64> {
    // The number of a telephone.
    if text.len() > 3 && text.starts_with('0') && !text.contains(['.', ',']) || text.len() > 18 {
        return None;
    }
    let groups: Vec<&str> = text.split(['.', ',']).collect();
    let thousands = |g: &[&str]| g.len() > 1 && g[1..].iter().all(|p| p.len() == 3) && g[0].len() <= 3 && g[0] != "0";
    let last = groups[groups.len() - 1];
    let plain = match groups.len() {
        1 => text.to_owned(),
        _ if thousands(&groups) => groups.concat(),
        2 => format!("{}.{}", groups[0], last),
        _ if thousands(&groups[..groups.len() - 1]) => format!("{}.{last}", groups[..groups.len() - 1].concat()),
        _ => return None,
    };
    plain.parse().ok()
}
