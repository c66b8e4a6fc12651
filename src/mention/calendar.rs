//! TIMEX3 values and the days they stand for.

use icu_calendar::cal::Hijri;
use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};

/// A day from a count of days since 1970-01-01.
pub fn day(since_epoch: i32) -> Option<Date> {
    date(1970, 1, 1).checked_add(Span::new().try_days(since_epoch).ok()?).ok()
}

pub fn plus(day: Date, days: i64) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// A day of the calendar of Umm al-Qura (Saudi Arabia's; tabulated for 1300–1600). Months announced by sight elsewhere
/// may begin a day earlier or later.
pub fn hijri(year: i32, month: u8, of_month: u8) -> Option<Date> {
    let d = icu_calendar::Date::try_new_hijri_with_calendar(year, month, of_month, Hijri::new_umm_al_qura()).ok()?;
    let iso = d.to_calendar(icu_calendar::Gregorian);
    Date::new(iso.year().extended_year() as i16, iso.month().ordinal as i8, iso.day_of_month().0 as i8).ok()
}

pub fn week(day: Date) -> String {
    let w = day.iso_week_date();
    format!("{:04}-W{:02}", w.year(), w.week())
}

/// The half-open interval of a TIMEX3 value, in microseconds since the epoch; `None` for what is no definite time.
pub fn interval(value: &str) -> Option<(i64, i64)> {
    if let Some((from, to)) = value.split_once('/') {
        return Some((interval(from)?.0, interval(to)?.1));
    }
    let (days, time) = value.split_once('T').map_or((value, None), |(d, t)| (d, Some(t)));
    let (from, to) = days_of(days)?;
    const HOUR: i64 = 3_600_000_000;
    let micros = |d: Date| (d - date(1970, 1, 1)).get_days() as i64 * 24 * HOUR;
    let start = micros(from);
    let Some(time) = time else { return Some((start, micros(to))) };
    let (a, b) = match time {
        "MO" => (4, 12),
        "MI" => (11, 14),
        "AF" => (12, 18),
        "EV" => (18, 24),
        // The night of a day ends on the morning behind it.
        "NI" => (18, 30),
        clock => {
            let (h, m) = clock.split_once(':').unwrap_or((clock, "0"));
            let at = start + h.parse::<i64>().ok()? * HOUR + m.parse::<i64>().ok()? * (HOUR / 60);
            return Some((at, at + if clock.contains(':') { HOUR / 60 } else { HOUR }));
        }
    };
    Some((start + a * HOUR, start + b * HOUR))
}

fn days_of(value: &str) -> Option<(Date, Date)> {
    let parts: Vec<&str> = value.split('-').collect();
    let year = |y: i16| Date::new(y, 1, 1).ok();
    if parts[0].bytes().any(|b| !b.is_ascii_digit()) {
        return None;
    }
    let y: i16 = parts[0].parse().ok()?;
    let span = |from: Date, by: Span| Some((from, from.checked_add(by).ok()?));
    match (parts[0].len(), &parts[1..]) {
        // The first century begins with the year 1: Python's dates know none before it.
        (2, []) => Some((year((y * 100).max(1))?, year(y * 100 + 100)?)),
        (3, []) => span(year(y * 10)?, 10.years()),
        (4, []) => span(year(y)?, 1.year()),
        (4, [p, rest @ ..]) => match p.as_bytes()[0] {
            _ if matches!(*p, "SP" | "SU" | "FA" | "WI") => {
                let month = match *p {
                    "SP" => 3,
                    "SU" => 6,
                    "FA" => 9,
                    _ => 12,
                };
                span(Date::new(y, month, 1).ok()?, 3.months())
            }
            b'W' => {
                let w: i8 = p[1..].parse().ok()?;
                let monday = jiff::civil::ISOWeekDate::new(y, w, jiff::civil::Weekday::Monday).ok()?.date();
                span(monday, 1.week())
            }
            b'Q' => {
                let q: i8 = p[1..].parse().ok()?;
                span(Date::new(y, q * 3 - 2, 1).ok()?, 3.months())
            }
            b'H' => {
                let h: i8 = p[1..].parse().ok()?;
                span(Date::new(y, h * 6 - 5, 1).ok()?, 6.months())
            }
            _ => {
                let m: i8 = p.parse().ok()?;
                match rest {
                    [] => span(Date::new(y, m, 1).ok()?, 1.month()),
                    [d] => span(Date::new(y, m, d.parse().ok()?).ok()?, 1.day()),
                    _ => None,
                }
            }
        },
        _ => None,
    }
}

/// The day, week, month… that lies so many of them away, at its own precision.
pub fn shifted(published: Date, unit: &str, n: i64) -> Option<String> {
    let by = |span: Result<Span, jiff::Error>| published.checked_add(span.ok()?).ok();
    Some(match unit {
        "D" => by(Span::new().try_days(n))?.to_string(),
        "W" => week(by(Span::new().try_weeks(n))?),
        "M" => {
            let d = published.first_of_month().checked_add(Span::new().try_months(n).ok()?).ok()?;
            format!("{:04}-{:02}", d.year(), d.month())
        }
        "Y" => format!("{:04}", i64::from(published.year()) + n),
        "E" => format!("{:04}", i64::from(published.year()) + 10 * n),
        "C" => format!("{:02}", i64::from(published.year()) / 100 + n),
        _ => return None,
    })
}

/// `P3D`, `PT48H`, `P2DE`.
pub fn period_value(unit: &str, n: &str) -> String {
    match unit {
        "E" => format!("P{n}DE"),
        "C" => format!("P{n}CE"),
        _ => match unit.strip_prefix('T') {
            Some(unit) => format!("PT{n}{unit}"),
            None => format!("P{n}{unit}"),
        },
    }
}

pub fn plain(n: f64) -> String {
    if n.fract() == 0.0 { format!("{}", n as i64) } else { format!("{n}") }
}

/// How far ahead a day and month without a year may lie in this year, where nothing is told as past.
pub const AHEAD_DAYS: i32 = 45;

/// The Islamic year of a day that is told with it or with a Gregorian one.
pub fn hijri_year(year: i32, month: u8, day: u8) -> Option<i32> {
    if year < 1700 {
        return Some(year);
    }
    let about = (year - 622) * 33 / 32;
    (about - 1..=about + 1).find(|y| hijri(*y, month, day).is_some_and(|d| i32::from(d.year()) == year))
}

/// The Hijri year in which this day falls last before the publication or, if it is told as coming, first behind it.
pub fn hijri_year_near(published: Date, month: u8, day: u8, future: bool) -> Option<i32> {
    let about = ((i32::from(published.year()) - 622) * 33) / 32;
    let mut years =
        (about - 1..=about + 2).filter_map(|y| hijri(y, month, day).map(|d| (y, (d - published).get_days())));
    let year = if future { years.find(|(_, ahead)| *ahead >= 0) } else { years.rfind(|(_, a)| *a <= 0) };
    year.map(|(y, _)| y)
}
