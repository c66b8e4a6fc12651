//! What a rule caught, to its TIMEX3 value.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;

use super::Reference;
use crate::grammar::pattern::{Capture, Match, Vocabulary};
use crate::lexicon::Row;
use crate::mention::calendar::{AHEAD_DAYS, hijri_year, hijri_year_near, period_value, plain, shifted};
use crate::mention::number::NumberKind;
use crate::mention::{Sheet, calendar};
use crate::segment::{Kind, Number};

/// A match with all that its slots may refer to.
pub(super) struct Reading<'s, 'd, 'l> {
    pub vocabulary: &'s Vocabulary,
    pub sheet: &'s Sheet<'d, 'l>,
    pub found: &'s Match,
    pub set: &'s BTreeMap<String, String>,
}

/// What `set.make` can say.
pub(super) const MAKES: [&str; 27] = [
    "date",
    "month day",
    "numeric",
    "days",
    "years",
    "day",
    "set",
    "repeat",
    "constant",
    "month",
    "year",
    "bare year",
    "period",
    "distance",
    "duration",
    "prefixed duration",
    "season",
    "decade",
    "quarter",
    "century",
    "clock",
    "digits",
    "midnight",
    "part",
    "same year",
    "anaphor",
    "null",
];

/// The letters of the longest value.
pub(super) const LONGEST: usize = 40;

/// Whether a value that a rule names has the letters of a TIMEX3 value, and not too many: every row of the rule repeats it.
pub(super) fn may_be(value: &str) -> bool {
    let known = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b"-+:./".contains(&b);
    (1..=LONGEST).contains(&value.len()) && value.bytes().all(known)
}

/// `None`: no expression of time after all. `Some(None)`: one without a value.
type Value = Option<Option<String>>;

impl<'s, 'l> Reading<'s, '_, 'l> {
    fn get(&self, slot: &str) -> Option<&'s Capture> {
        self.found.get(self.vocabulary, slot)
    }

    fn row(&self, slot: &str) -> Option<&'l Row> {
        let sense = self.get(slot)?.sense?;
        Some(self.sheet.tape.doc.lexicon.row(sense.row))
    }

    fn code(&self, slot: &str) -> Option<&'l str> {
        self.row(slot)?.code.as_deref()
    }

    fn number(&self, slot: &str) -> Option<f64> {
        let c = self.get(slot)?;
        let doc = self.sheet.tape.doc;
        if let Some(p) = self.sheet.numbers.filling(c.start, c.end) {
            return p.value;
        }
        doc.str(c.start).parse().ok()
    }

    fn rel(&self, slot: &str) -> Option<i32> {
        let row = self.row(slot)?;
        let v = row.value? as i32;
        Some(match (self.get("before"), self.get("beyond")) {
            (Some(_), _) if v < 0 => v - 1,
            (_, Some(_)) if v > 0 => v + 1,
            _ => v,
        })
    }

    pub fn value(&self, r: Reference<'_>) -> Value {
        match self.set.get("make").map_or("", String::as_str) {
            "date" => self.date(r),
            "month day" => self.month_day(r),
            "numeric" => self.numeric(),
            "days" => self.days(r),
            "years" => self.years(),
            "day" => self.day(r),
            "set" => self.repeated(),
            "repeat" => Some(self.code("repeat").map(|c| format!("SET:{c}"))),
            "constant" => Some(self.set.get("value").cloned()),
            "month" => self.month(r),
            "year" => self.year(),
            "bare year" => {
                self.year_value("year").filter(|y| (1900..2050).contains(y)).map(|y| Some(format!("{y:04}")))
            }
            "period" => self.period(r),
            "distance" => self.distance(r),
            "duration" => self.duration(),
            "prefixed duration" => self.duration(),
            "season" => self.season(r),
            "decade" => {
                let value = self.row("decade")?.value?;
                let century = self.number("nth").map_or(19.0, |n| n - 1.0);
                Some(Some(format!("{:03}", century * 10.0 + value % 10.0)))
            }
            "quarter" => self.quarter(r),
            "century" => Some(self.number("nth").map(|n| format!("{:02}", n as i32 - 1))),
            "clock" => self.clock(r),
            "digits" => {
                self.get("min").filter(|c| self.sheet.tape.doc.str(c.start).len() == 2).and_then(|_| self.clock(r))
            }
            "midnight" => Some(self.base_day(r).map(|d| format!("{d}T24:00"))),
            "part" => Some(r.published.zip(self.code("part")).map(|(d, p)| format!("{d}{p}"))),
            "same year" => Some(r.last.and_then(|l| l.get(..4)).map(str::to_owned)),
            "anaphor" => Some(r.last.map(str::to_owned)),
            _ => Some(None),
        }
    }

    fn with_part(&self, day: Option<Date>, code: Option<&str>) -> Value {
        Some(day.map(|d| format!("{d}{}", code.unwrap_or_default())))
    }

    // Days of months.

    fn month_number(&self) -> Option<(i8, bool)> {
        let row = self.row("month")?;
        Some((row.month? as i8, [&row.kind, &row.code].into_iter().any(|of| of.as_deref() == Some("hijri"))))
    }

    /// The year that stands beside the month, or that a word beside it tells.
    fn told_year(&self, r: Reference<'_>) -> Option<i32> {
        if let Some(y) = self.number("year") {
            return Some(y as i32).filter(|y| (1..9999).contains(y));
        }
        if self.get("same").is_some() {
            return r.last.and_then(|l| l.get(..4)?.parse().ok());
        }
        let now = i32::from(r.published?.year());
        if let Some(shift) = self.rel("yrel") {
            return Some(now + shift);
        }
        self.get("yrel0").map(|_| now)
    }

    fn date(&self, r: Reference<'_>) -> Value {
        let day = match self.set.get("day") {
            Some(d) => d.parse().ok()?,
            None => self.number("day").or_else(|| self.feast())?,
        };
        if !(1.0..=31.0).contains(&day) || day.fract() != 0.0 {
            return None;
        }
        self.one_day(r, day as i8, self.code("part"))
    }

    /// The day of the month on which a feast begins, or one of the days behind it.
    fn feast(&self) -> Option<f64> {
        let first = self.row("month")?.value?;
        Some(first + self.number("nth").map_or(0.0, |n| n - 1.0))
    }

    fn one_day(&self, r: Reference<'_>, day: i8, part: Option<&str>) -> Value {
        let (month, hijri) = self.month_number()?;
        let year = self.told_year(r);
        if hijri {
            let ahead = r.future || r.until || self.rel("rel").is_some_and(|rel| rel > 0);
            let year = match year {
                Some(y) => hijri_year(y, month as u8, day as u8),
                None => r.published.and_then(|p| hijri_year_near(p, month as u8, day as u8, ahead)),
            };
            return self.with_part(year.and_then(|y| calendar::hijri(y, month as u8, day as u8)), part);
        }
        if Date::new(2000, month, day).is_err() {
            return None;
        }
        let year = year.map(|y| y as i16).or_else(|| {
            let asked = self.get("year").is_some() || self.get("same").is_some();
            r.published.filter(|_| !asked).map(|p| self.year_of(p, month, day, r))
        });
        self.with_part(year.and_then(|y| Date::new(y, month, day).ok()), part)
    }

    /// The year of a day and month without one: the latest that is not ahead, unless what is told lies ahead.
    fn year_of(&self, published: Date, month: i8, day: i8, r: Reference<'_>) -> i16 {
        let (year, future) = (published.year(), r.future || r.until);
        let this = Date::new(year, month, day).unwrap_or(published);
        match self.rel("rel") {
            Some(0) => return year,
            Some(r) if r > 0 => return if this > published { year } else { year + 1 },
            Some(_) => return if this <= published { year } else { year - 1 },
            None => {}
        }
        let ahead = (this - published).get_days();
        if ahead <= 0 {
            // A turn of the year lies between: the coming one, if it is told as coming.
            return if future && ahead < -300 { year + 1 } else { year };
        }
        // A sentence without a past verb may tell of a day to come, though no word says so.
        let soon = !r.past && ahead <= AHEAD_DAYS;
        if future || soon { year } else { year - 1 }
    }

    fn month_day(&self, r: Reference<'_>) -> Value {
        let day = self.number("day").filter(|d| (1.0..=31.0).contains(d))? as i8;
        if self.get("same").is_some() {
            return Some(r.last.and_then(|l| l.get(..8)).map(|m| format!("{m}{day:02}")));
        }
        let shift = self.rel("rel").unwrap_or(0);
        let month = r
            .published
            .and_then(|p| p.first_of_month().checked_add(Span::new().try_months(i64::from(shift)).ok()?).ok());
        self.with_part(month.and_then(|m| Date::new(m.year(), m.month(), day).ok()), self.code("part"))
    }

    fn numeric(&self) -> Value {
        let text = |slot: &str| self.get(slot).map(|c| self.sheet.tape.doc.str(c.start));
        let first = text("a")?;
        let (a, b, c) = match first.split('.').collect::<Vec<_>>()[..] {
            [a, b, c] => (a, b, c),
            _ => (first, text("b")?, text("c")?),
        };
        let n = |t: &str| t.parse::<i16>().ok();
        let (year, month, day) = match (a.len(), b.len(), c.len()) {
            (4, 1..=2, 1..=2) => (n(a)?, n(b)?, n(c)?),
            (1..=2, 1..=2, 4) => (n(c)?, n(b)?, n(a)?),
            (1..=2, 1..=2, 2) if n(b)? <= 12 => (n(c)? + if n(c)? < 50 { 2000 } else { 1900 }, n(b)?, n(a)?),
            _ => return None,
        };
        let (month, day) = if month > 12 { (day, month) } else { (month, day) };
        Date::new(year, month as i8, day as i8).ok().map(|d| Some(d.to_string()))
    }

    fn days(&self, r: Reference<'_>) -> Value {
        let (from, to) = (self.number("day")?, self.number("day2")?);
        let fits = |d: f64| (1.0..=31.0).contains(&d) && d.fract() == 0.0;
        if !fits(from) || !fits(to) || from >= to {
            return None;
        }
        let (from, to) = (self.one_day(r, from as i8, None)?, self.one_day(r, to as i8, None)?);
        // Where publication falls between the two, the last day is still to come, in the year of the first.
        let later = |a: &str, b: String| if *a < *b { b } else { format!("{}{}", &a[..4], &b[4..]) };
        Some(from.zip(to).map(|(a, b)| format!("{a}/{}", later(&a, b))))
    }

    fn years(&self) -> Value {
        let (a, b) = (self.number("year")?, self.number("year2")?);
        let fits = |y: f64| (1300.0..2100.0).contains(&y);
        (fits(a) && fits(b) && a < b).then(|| Some(format!("{a:04}/{b:04}")))
    }

    // Days from today.

    fn weekday(&self, r: Reference<'_>) -> Option<Date> {
        let published = r.published?;
        let wanted = self.row("wd")?.weekday? as i8;
        let back = i64::from((published.weekday().to_monday_one_offset() - wanted).rem_euclid(7));
        let days = match self.rel("rel") {
            Some(2) => 14 - back,
            Some(rel) if rel > 0 => 7 - back,
            Some(-2) => -back - 7 - if back == 0 { 7 } else { 0 },
            Some(rel) if rel < 0 => {
                if back == 0 {
                    -7
                } else {
                    -back
                }
            }
            _ if back == 0 => 0,
            _ if r.future || r.until => 7 - back,
            _ => -back,
        };
        calendar::plus(published, days)
    }

    fn deictic(&self, r: Reference<'_>) -> Option<Date> {
        calendar::plus(r.published?, self.row("dx")?.value? as i64)
    }

    fn base_day(&self, r: Reference<'_>) -> Option<Date> {
        if self.get("dx").is_some() {
            let told = self.deictic(r);
            // Copied reports keep the weekday and lose their day: the weekday is the surer of the two.
            let named = told.zip(self.row("wd").and_then(|row| row.weekday));
            if named.is_some_and(|(d, wd)| d.weekday().to_monday_one_offset() != wd as i8) {
                let ahead = told > r.published;
                return self.weekday(Reference { future: ahead, ..r });
            }
            told
        } else if self.get("wd").is_some() {
            self.weekday(r)
        } else {
            r.published
        }
    }

    fn day(&self, r: Reference<'_>) -> Value {
        let part = self.code("part").or_else(|| self.code("dx")).or(match self.code("edge") {
            Some("MID") => Some("TMI"),
            _ => None,
        });
        self.with_part(self.base_day(r), part)
    }

    fn repeated(&self) -> Value {
        if let Some(row) = self.row("wd") {
            return Some(row.weekday.map(|d| format!("XXXX-WXX-{d}")));
        }
        let dual =
            self.get("unit").and_then(|c| c.sense).is_some_and(|s| s.features.is_dual() && !s.features.construct);
        let n = self.number("n").unwrap_or(if dual { 2.0 } else { 1.0 });
        Some(self.code("unit").map(|u| format!("SET:{}", period_value(u, &plain(n)))))
    }

    // Longer periods.

    fn month(&self, r: Reference<'_>) -> Value {
        let (month, hijri) = self.month_number()?;
        let year = self.told_year(r);
        if hijri {
            let ahead = r.future || self.rel("rel").is_some_and(|rel| rel > 0);
            let year = match year {
                Some(y) => hijri_year(y, month as u8, 1),
                None => r.published.and_then(|p| hijri_year_near(p, month as u8, 1, ahead)),
            };
            let middle = year.and_then(|y| calendar::hijri(y, month as u8, 15));
            return Some(middle.map(|d| format!("{:04}-{:02}", d.year(), d.month())));
        }
        let asked = self.get("year").is_some() || self.get("same").is_some();
        let year = year.or_else(|| {
            let p = r.published.filter(|_| !asked)?;
            let year = i32::from(p.year());
            Some(match self.rel("rel") {
                Some(0) => year,
                Some(rel) if rel > 0 => year + i32::from(month <= p.month()),
                Some(_) => year - i32::from(month >= p.month()),
                None if month <= p.month() || r.future => year,
                None => year - 1,
            })
        });
        Some(year.map(|y| format!("{y:04}-{month:02}")))
    }

    fn year_value(&self, slot: &str) -> Option<i32> {
        self.number(slot).filter(|y| y.fract() == 0.0 && (500.0..2200.0).contains(y)).map(|y| y as i32)
    }

    fn year(&self) -> Value {
        let y = self.year_value("year")?;
        if self.get("hijri").is_none() {
            return Some(Some(format!("{y:04}")));
        }
        let month = |d: Date| format!("{:04}-{:02}", d.year(), d.month());
        Some(
            calendar::hijri(y, 1, 1).zip(calendar::hijri(y, 12, 29)).map(|(a, b)| format!("{}/{}", month(a), month(b))),
        )
    }

    fn period(&self, r: Reference<'_>) -> Value {
        let unit = self.code("unit")?;
        let sense = self.get("unit")?.sense?;
        let latest = self.code("rel") == Some("latest");
        if let Some(n) = self.number("n") {
            return Some(Some(period_value(unit, &plain(n))));
        }
        match sense.features.agreement.number {
            Some(Number::Dual) if !sense.features.construct => return Some(Some(period_value(unit, "2"))),
            Some(Number::Plural) => return Some(Some(period_value(unit, "X"))),
            _ => {}
        }
        if unit.starts_with('T') || latest && unit == "D" {
            return None;
        }
        let shift = match self.set.get("rel") {
            Some(s) => s.parse().ok()?,
            None => self.rel("rel").unwrap_or(0),
        };
        if unit == "E" {
            return Some(r.published.map(|p| format!("{:03}", i32::from(p.year()) / 10 + shift)));
        }
        Some(r.published.and_then(|p| shifted(p, unit, i64::from(shift))))
    }

    fn distance(&self, r: Reference<'_>) -> Value {
        let unit = self.code("unit")?;
        let sense = self.get("unit")?.sense?;
        let n = match (self.get("n"), sense.features.agreement.number) {
            (Some(_), _) => self.number("n"),
            (None, Some(Number::Plural)) => None,
            (None, Some(Number::Dual)) if !sense.features.construct => Some(2.0),
            (None, _) => Some(1.0),
        };
        let sign: i64 = self.set.get("sign").and_then(|s| s.parse().ok()).unwrap_or(1);
        let whole = n.filter(|n| n.fract() == 0.0 && *n < 10_000.0);
        Some(r.published.zip(whole).and_then(|(p, n)| {
            let half_year = self.get("half").is_some() && unit == "Y";
            if half_year {
                return shifted(p, "M", sign * (n as i64 * 12 + 6));
            }
            shifted(p, unit, sign * n as i64)
        }))
    }

    fn duration(&self) -> Value {
        let unit = self.code("unit")?;
        let phrase = self.get("n").and_then(|c| self.sheet.numbers.filling(c.start, c.end));
        if self.get("n").is_some() && self.is_age() {
            return None;
        }
        let fraction = phrase.is_some_and(|p| p.kind == NumberKind::Fraction);
        let n = match phrase {
            Some(p) => p.value,
            None => self.set.get("n").and_then(|n| n.parse().ok()),
        };
        let half = if self.get("half").is_some() { 0.5 } else { 0.0 };
        let count = n.map_or("X".to_owned(), |n| plain(n + half));
        if fraction && unit == "TH" {
            return Some(n.map(|n| format!("PT{}M", plain((n * 60.0).round()))));
        }
        Some(Some(period_value(unit, &count)))
    }

    /// A word of age just before, or years set off by brackets or commas: an age, no period.
    fn is_age(&self) -> bool {
        let (tape, start) = (&self.sheet.tape, self.found.start);
        let sign = |t: usize, signs: &[Kind]| tape.doc.kind(t).is_some_and(|k| signs.contains(&k));
        let set_off = start > 0
            && (tape.doc.kind(start - 1).is_some_and(Kind::is_bracket)
                && tape.doc.kind(self.found.end).is_some_and(Kind::is_bracket)
                || sign(start - 1, &[Kind::Comma]) && sign(self.found.end, &[Kind::Comma]));
        let told = (start.saturating_sub(3)..start).any(|t| super::is_calendar(tape, t, "age"));
        matches!(self.code("unit"), Some("Y" | "M")) && (set_off || told)
    }

    fn season(&self, r: Reference<'_>) -> Value {
        if let Some(code) = self.code("generic") {
            return Some(Some(format!("XXXX-{code}")));
        }
        let code = self.code("season")?;
        let year = self.told_year(r).or_else(|| {
            let p = r.published.filter(|_| self.get("year").is_none() && self.get("same").is_none())?;
            let year = i32::from(p.year());
            let begins = match code {
                "SP" => 3,
                "SU" => 6,
                "FA" => 9,
                _ => 12,
            };
            Some(match self.rel("rel") {
                Some(rel) if rel > 0 => year + i32::from(begins <= p.month()),
                // Last summer, told in summer, is that of the year before.
                Some(rel) if rel < 0 => year - i32::from(begins + 3 > p.month()),
                Some(_) => year,
                None => year - i32::from(begins > p.month() && !r.future),
            })
        });
        Some(year.map(|y| format!("{y:04}-{code}")))
    }

    fn quarter(&self, r: Reference<'_>) -> Value {
        let (letter, last) = if self.get("part4").is_some() { ('Q', 4) } else { ('H', 2) };
        let n = if self.get("last").is_some() { last } else { self.number("nth")? as i32 };
        if n < 1 || n > last {
            return None;
        }
        Some(self.told_year(r).map(|y| format!("{y:04}-{letter}{n}")))
    }

    // The clock.

    fn clock(&self, r: Reference<'_>) -> Value {
        let capture = self.get("hour")?;
        let text = self.sheet.tape.doc.str(capture.start);
        let (mut hour, mut minute) = match text.split_once(['.', ',']) {
            Some((h, m)) if capture.end == capture.start + 1 => (h.parse().ok()?, m.parse().ok()?),
            _ => (self.number("hour")?, 0.0),
        };
        if hour > 24.0 || minute > 59.0 || hour.fract() != 0.0 {
            return None;
        }
        minute += self.number("min").unwrap_or(0.0);
        for (slot, by) in [("half", 30.0), ("quarter", 15.0), ("third", 20.0), ("less", -15.0)] {
            if self.get(slot).is_some() {
                minute += by;
            }
        }
        if minute < 0.0 {
            (hour, minute) = (hour - 1.0, minute + 60.0);
        }
        let later = match self.code("part") {
            Some("TAF" | "TEV") => hour < 12.0,
            Some("TNI") => (6.0..12.0).contains(&hour),
            Some("TMI") => hour < 4.0,
            _ => false,
        };
        let hour = hour + if later { 12.0 } else { 0.0 };
        let day = if self.get("month").is_some() {
            self.date(Reference { ..r })?.as_deref().and_then(|d| d.get(..10)?.parse().ok())
        } else {
            self.base_day(r)
        };
        Some(day.map(|d: Date| format!("{d}T{hour:02}:{minute:02}")))
    }
}
