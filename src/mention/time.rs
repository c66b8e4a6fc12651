//! Expressions of time: what the rules caught, to a TIMEX3 value and an interval.

mod value;

use std::ops::Range;

use super::{Figures, Quantity, QuantityKind, Sheet, calendar};
use crate::error::LexiconError;
use crate::grammar::Document;
use crate::grammar::pattern::{Match, Rule, Tape};
use crate::lexicon::{Facts, List};
use crate::morph::Category;
use crate::segment::Kind;
use crate::text::{Normalized, Span};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeKind {
    Date,
    Time,
    Duration,
    Set,
}

impl TimeKind {
    pub fn name(self) -> &'static str {
        match self {
            TimeKind::Date => "DATE",
            TimeKind::Time => "TIME",
            TimeKind::Duration => "DURATION",
            TimeKind::Set => "SET",
        }
    }

    fn of(value: &str) -> Self {
        if value.starts_with('P') && value != "PRESENT_REF" {
            TimeKind::Duration
        } else if value.contains('T') {
            TimeKind::Time
        } else {
            TimeKind::Date
        }
    }
}

/// A time that the text mentions.
#[derive(Debug, Clone, PartialEq)]
pub struct Time {
    pub span: Span<Normalized>,
    pub tokens: Range<usize>,
    pub kind: TimeKind,
    /// The TIMEX3 value; `None` where the text and the date of publication do not give one.
    pub value: Option<String>,
    /// Microseconds since 1970-01-01T00:00:00, half-open.
    pub from: Option<i64>,
    pub to: Option<i64>,
    pub resolved: bool,
    pub since: bool,
    pub until: bool,
    /// The rule of `Figures::times` that found it.
    pub rule: Option<usize>,
    /// A number that belongs to the expression and is a quantity all the same: that of a duration.
    pub counted: bool,
}

/// What is known where an expression is read.
#[derive(Clone, Copy)]
pub(super) struct Reference<'a> {
    pub published: Option<jiff::civil::Date>,
    /// The value of the last date told.
    pub last: Option<&'a str>,
    pub future: bool,
    /// The sentence has a verb in the perfect.
    pub past: bool,
    /// The expression names the end of a period that still runs.
    pub until: bool,
}

/// Tokens that a period may stand behind its "since".
const SINCE_REACH: usize = 16;
const SINCE_ALONE: usize = 5;

/// Whether a rule of times says how its value is made.
pub(super) fn check(rule: &Rule) -> Result<(), LexiconError> {
    let make = rule.set.get("make").map_or("", String::as_str);
    let wrong =
        |message: String| Err(LexiconError::new(&*rule.file, rule.line, format!("rule {}: {message}", rule.name)));
    if !value::MAKES.contains(&make) {
        return wrong(format!("set.make is {make:?}, not one of {}", value::MAKES.join(", ")));
    }
    let constant = rule.set.get("value").map_or("", String::as_str);
    if make == "constant" && !value::may_be(constant) {
        let begins: String = constant.chars().take(value::LONGEST).collect();
        return wrong(format!("set.value is {begins:?}, no TIMEX3 value such as \"2016-05-15\" or \"SET:P1D\""));
    }
    Ok(())
}

impl Figures {
    /// The times of a document in their order. `published` counts days since 1970-01-01.
    pub fn times(&self, doc: &Document<'_>, published: Option<i32>) -> Vec<Time> {
        self.times_of(&self.sheet(doc), published)
    }

    pub fn times_of(&self, sheet: &Sheet<'_, '_>, published: Option<i32>) -> Vec<Time> {
        let tape = &sheet.tape;
        let published = published.and_then(calendar::day);
        let mut out: Vec<Time> = Vec::new();
        let mut last: Option<String> = None;
        let mut token = 0;
        while token < tape.doc.len() {
            let mut next = token + 1;
            if !tape.may_begin(&self.times, token) {
                token = next;
                continue;
            }
            for m in tape.matches(&self.times, token) {
                // A newspaper or a place called after a day.
                if sheet.names[m.start] && sheet.names[m.end - 1] {
                    continue;
                }
                let until = token > 0 && is_calendar(tape, token - 1, "until");
                let reference = Reference {
                    published,
                    last: last.as_deref(),
                    future: is_future(tape, token),
                    past: is_past(tape, token),
                    until,
                };
                let rule = &self.times.rules[m.rule];
                let reading = value::Reading { vocabulary: &self.vocabulary, sheet, found: &m, set: &rule.set };
                let Some(value) = reading.value(reference) else { continue };
                let counted = rule.set.get("make").is_some_and(|m| m == "duration");
                let time = Time { counted, ..time_of(tape, &m, value, rule.set.contains_key("since"), until) };
                if time
                    .value
                    .as_deref()
                    .is_some_and(|v| time.kind == TimeKind::Date && v.starts_with(|c: char| c.is_ascii_digit()))
                {
                    last.clone_from(&time.value);
                }
                next = m.end;
                out.push(time);
                break;
            }
            token = next;
        }
        join_since(tape, &mut out);
        out
    }
}

/// Takes back the durations whose number tells how old somebody is.
pub fn without_ages(mut times: Vec<Time>, quantities: &[Quantity]) -> Vec<Time> {
    let ages = quantities.iter().filter(|q| q.kind == QuantityKind::Age);
    let numbers: Vec<&Range<usize>> = ages.map(|q| &q.number_tokens).collect();
    times.retain(|t| {
        let first = numbers.partition_point(|n| n.end <= t.tokens.start);
        !t.counted || numbers.get(first).is_none_or(|n| n.start >= t.tokens.end)
    });
    times
}

fn time_of(tape: &Tape<'_, '_>, m: &Match, value: Option<String>, since: bool, until: bool) -> Time {
    let value_set = value.as_deref().is_some_and(|v| v.contains("XX") || v.starts_with("SET:"));
    let value = value.map(|v| v.trim_start_matches("SET:").to_owned());
    let kind = match &value {
        Some(_) if value_set => TimeKind::Set,
        Some(v) => TimeKind::of(v),
        None => TimeKind::Date,
    };
    let interval =
        value.as_deref().filter(|_| !matches!(kind, TimeKind::Duration | TimeKind::Set)).and_then(calendar::interval);
    Time {
        span: tape.doc.span_from(m.start..m.end, m.skip),
        tokens: m.start..m.end,
        kind,
        resolved: value.is_some(),
        from: interval.map(|i| i.0),
        to: interval.map(|i| i.1),
        value,
        since,
        until,
        rule: Some(m.rule),
        counted: false,
    }
}

pub(super) fn is_calendar(tape: &Tape<'_, '_>, token: usize, kind: &str) -> bool {
    tape.is_class(token, tape.calendar(kind))
}

/// Whether a word before the token in its sentence says that what is told lies ahead.
fn is_future(tape: &Tape<'_, '_>, token: usize) -> bool {
    let doc = tape.doc;
    let sentence = doc.sentence_of(token);
    let future = tape.calendar("future");
    (token.saturating_sub(12)..token)
        .rev()
        .take_while(|t| doc.sentence_of(*t) == sentence)
        .any(|t| tape.is_class(t, future) || doc.readings(t).iter().any(|r| r.clitics.future))
}

/// Whether the verb nearest before the token in its sentence, else the first behind it, tells of the past.
fn is_past(tape: &Tape<'_, '_>, token: usize) -> bool {
    let doc = tape.doc;
    let sentence = doc.sentence_range(token);
    let perfect = |t: usize| doc.finite(t).map(|(r, _)| r.features.category == Category::Perfect);
    let noun = |t: usize| doc.readings(t).iter().any(|r| r.features.category == Category::Noun);
    (sentence.start..token)
        .rev()
        .chain(token..sentence.end)
        .filter(|t| doc.is_finite(*t) && !noun(*t))
        .find_map(perfect)
        .unwrap_or(false)
}

/// "Since the battle began, he added, they have": a verb, a negation or a participle of saying behind a noun.
fn begins_clause(doc: &Document<'_>, token: usize) -> bool {
    let verb = doc.is_finite(token) && !doc.could_be_nominal(token) && !doc.is_function_word(token - 1);
    let says = doc.may_be(token, Facts::CUE)
        && doc.reading(token, |r, _| r.features.category.is_participle() && r.features.accusative).is_some();
    verb || says || doc.particle(token, "neg").is_some_and(|row| !row.is_weak())
}

/// "Since" and "until" belong to the expression; "since" an event takes the event in, and the date it is told with.
fn join_since(tape: &Tape<'_, '_>, times: &mut Vec<Time>) {
    let doc = tape.doc;
    let (since, until) = (tape.calendar("since"), tape.calendar("until"));
    for token in 0..doc.len() {
        if !doc.may_be(token, Facts::list(List::Calendar)) && doc.names_at(token).is_empty() {
            continue;
        }
        let (since, until) = (tape.is_class(token, since), tape.is_class(token, until));
        if !since && !until {
            continue;
        }
        // Times end in order; few can lie within the reach of one word.
        let near = times.partition_point(|t| t.tokens.end <= token);
        if times[near..].iter().take(SINCE_REACH).any(|t| t.tokens.contains(&token)) {
            continue;
        }
        let skip = tape.senses(token).iter().map(|s| s.start).max().unwrap_or(0);
        let reach = if since { SINCE_REACH } else { 1 };
        let stop = (token + 1..doc.len().min(token + 1 + reach + 1)).find(|t| {
            doc.tokens[*t].new_line
                || matches!(doc.tokens[*t].kind, Kind::End | Kind::Comma | Kind::Clause | Kind::Colon)
                || *t > token + 1 && begins_clause(doc, *t)
        });
        let stop = stop.unwrap_or(doc.len().min(token + 1 + reach));
        let mut behind = times.iter().enumerate().skip(near).take_while(|(_, t)| t.tokens.start < stop.max(token + 2));
        let inner = behind.find(|(_, t)| t.kind != TimeKind::Duration && t.kind != TimeKind::Set);
        let inner = inner.map(|(i, _)| i).filter(|i| since || times[*i].tokens.start == token + 1);
        match inner {
            Some(i) => {
                let time = &mut times[i];
                time.tokens.start = token;
                time.span = doc.span_from(time.tokens.clone(), skip);
                (time.since, time.until) = (since, until);
                // A length of time between the two words is inside.
                times.drain(near..i);
            }
            None if since && stop > token + 1 => {
                let end = stop.min(token + 1 + SINCE_ALONE);
                if times[near..].iter().take(SINCE_REACH).any(|t| t.tokens.start < end) {
                    continue;
                }
                let span = doc.span_from(token..end, skip);
                // An event that is told with a bare year.
                let year =
                    (token + 1..end).map(|t| doc.str(t)).find(|w| w.len() == 4 && matches!(w.parse(), Ok(1900..2050)));
                let interval = year.and_then(calendar::interval);
                let time = Time {
                    span,
                    tokens: token..end,
                    kind: TimeKind::Date,
                    value: year.map(str::to_owned),
                    from: interval.map(|i| i.0),
                    to: interval.map(|i| i.1),
                    resolved: year.is_some(),
                    since,
                    until,
                    rule: None,
                    counted: false,
                };
                let at = times.partition_point(|t| t.tokens.start < token);
                times.insert(at, time);
            }
            None => {}
        }
    }
}
