//! Whether two times can be one event's.

use super::rules::{Points, Times};
use super::sheet::Timestamp;

const DAY: i64 = 86_400_000_000;

/// How a window came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The claim has a time.
    Told,
    /// It has none, but whoever says so said it then: some days up to that.
    Said,
    /// It has none: some days up to the report.
    Assumed,
    /// Nor has the report.
    Unknown,
}

/// When something happened: half-open, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    pub from: Timestamp,
    pub to: Timestamp,
    pub basis: Basis,
    /// Of more than a week: how much it says that two claims have it; less, the more reports do.
    pub weight: f32,
}

impl Window {
    /// `since`: the time is where a period begins that lasts until the report.
    pub fn new(told: Option<(Timestamp, Timestamp)>, since: bool, published: Option<i32>, days_back: i64) -> Self {
        let end = published.map(|p| (i64::from(p) + 1) * DAY);
        match (told, end) {
            (Some((from, to)), Some(end)) if since => Window { from, to: to.max(end), basis: Basis::Told, weight: 1.0 },
            (Some((from, to)), _) => Window { from, to: to.max(from + 1), basis: Basis::Told, weight: 1.0 },
            (None, Some(end)) => {
                Window { from: end - (days_back + 1) * DAY, to: end, basis: Basis::Assumed, weight: 1.0 }
            }
            (None, None) => Window { from: 0, to: 1, basis: Basis::Unknown, weight: 1.0 },
        }
    }

    /// What was said at a time had happened by the end of it, or of the day on which it began.
    pub fn said(at: (Timestamp, Timestamp), days_back: i64) -> Self {
        let (from, to) = at;
        let end = if to - from <= DAY { (from.div_euclid(DAY) + 1) * DAY } else { to };
        Window { from: end - (days_back + 1) * DAY, to: end, basis: Basis::Said, weight: 1.0 }
    }

    /// The first day and the last; `None` if nothing is known of them.
    pub fn days(&self) -> Option<(i64, i64)> {
        (self.basis != Basis::Unknown).then(|| (self.from.div_euclid(DAY), (self.to - 1).div_euclid(DAY)))
    }

    /// A day or less.
    pub fn is_precise(&self) -> bool {
        self.basis == Basis::Told && self.to - self.from <= DAY
    }

    /// More than a week: of such a time many events are.
    pub fn is_long(&self) -> bool {
        self.basis == Basis::Told && self.to - self.from > 8 * DAY
    }

    /// Whether no more than so many days lie between two windows.
    pub fn is_within(&self, other: &Self, days: i64) -> bool {
        self.from < other.to + days * DAY && other.from < self.to + days * DAY
    }

    pub fn overlaps(&self, other: &Self) -> bool {
        self.from < other.to && other.from < self.to
    }

    /// Points for what two times have to do with each other; `None` if one event cannot be at both. What is `lasting` goes on
    /// on the next day.
    pub fn compare(&self, other: &Self, lasting: bool, points: &Points, times: &Times) -> Option<f32> {
        use Basis::{Said, Told, Unknown};
        match (self.basis, other.basis) {
            (Unknown, _) | (_, Unknown) => Some(0.0),
            (Told, Told) if self.is_precise() && other.is_precise() => {
                let days = |w: &Self| (w.from.div_euclid(DAY), (w.to - 1).div_euclid(DAY));
                let (a, b) = (days(self), days(other));
                let apart = (a.0 - b.1).max(b.0 - a.1);
                match apart {
                    ..=0 => Some(points.same_time),
                    n if n <= times.days_apart => Some(if lasting { points.same_time } else { points.next_time }),
                    _ => None,
                }
            }
            // A day within a year is no sign that the two have to do with each other, and this month little.
            (Told, Told) => self.overlaps(other).then(|| {
                let weight = self.weight.max(other.weight);
                let same = points.next_time + (points.same_time - points.next_time) * weight;
                if self.is_alike(other) { same } else { 0.0 }
            }),
            // What is told of no day mostly happened just before its report; that it was in a year says nothing of that.
            _ if self.overlaps(other) => {
                let length = |w: &Self| (w.to - w.from) as f32;
                let reach = [self, other].into_iter().filter(|w| w.basis != Told).map(length).fold(0.0, f32::max);
                let apart = (self.to - other.to).abs() as f32 / reach;
                let vague = length(self).max(length(other)) > reach;
                Some(if vague { 0.0 } else { points.assumed_time * (1.0 - apart).max(0.0) })
            }
            _ if lasting || self.basis == Said || other.basis == Said => {
                self.is_within(other, times.days_apart).then_some(0.0)
            }
            _ => None,
        }
    }

    /// Neither is much longer than the other.
    fn is_alike(&self, other: &Self) -> bool {
        let (a, b) = (self.to - self.from, other.to - other.from);
        a.max(b) <= 4 * a.min(b).max(DAY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_without_a_time_happened_in_the_days_before_its_report() {
        let window = Window::new(None, false, Some(10), 3);
        assert_eq!((window.from, window.to, window.basis), (7 * DAY, 11 * DAY, Basis::Assumed));
        assert_eq!(Window::new(None, false, None, 3).basis, Basis::Unknown);
    }

    #[test]
    fn since_a_day_lasts_until_the_report() {
        let window = Window::new(Some((2 * DAY, 3 * DAY)), true, Some(10), 3);
        assert_eq!((window.from, window.to), (2 * DAY, 11 * DAY));
    }
}
