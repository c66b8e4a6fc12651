//! Numbers as reports give them, and whether two of them say the same.

use super::rules::{Numbers, Points};

/// A number with what the words say about its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Figure<'a> {
    pub value: Option<f64>,
    pub upper: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub modifier: &'a str,
}

impl Figure<'_> {
    /// The smallest number stated.
    pub fn least(&self) -> Option<f64> {
        self.value.or(self.low).or(self.high)
    }

    /// The greatest number stated.
    pub fn most(&self) -> Option<f64> {
        self.upper.or(self.high).or(self.value)
    }

    /// What the words allow, widened by as much as news means by "more than" and "about".
    fn allows(&self, numbers: &Numbers) -> Option<(f64, f64)> {
        let value = self.value.or(self.low);
        Some(match (value?, self.upper.or(self.high)) {
            (n, _) if self.modifier == "about" => (n * (1.0 - numbers.about), n * (1.0 + numbers.about)),
            (n, _) if matches!(self.modifier, "at_least" | "more_than") => (n, n * (1.0 + numbers.above)),
            (n, _) if matches!(self.modifier, "at_most" | "less_than") => (n * (1.0 - numbers.above), n),
            (n, Some(upper)) => (n, upper),
            // "Tens" and "hundreds" reach to the next of their kind.
            (n, None) if self.value.is_none() => (n, 10.0 * n),
            (n, None) => (n, n),
        })
    }

    /// Whether both can be true as news uses words; `None` if one says no number.
    pub fn agrees(&self, other: &Self, numbers: &Numbers) -> Option<bool> {
        let (a, b) = self.allows(numbers).zip(other.allows(numbers))?;
        Some(a.0 <= b.1 && b.0 <= a.1)
    }

    /// Points for two numbers that may count one thing; `None` if they are too far apart for that.
    pub fn compare(&self, other: &Self, points: &Points, numbers: &Numbers) -> Option<f32> {
        let Some((a, b)) = self.least().zip(other.least()) else { return Some(0.0) };
        if self.value.is_some() && self.value == other.value {
            // Few numbers of three digits are alike by chance.
            return Some(points.same_number + if a >= 100.0 { points.long_number } else { 0.0 });
        }
        if self.agrees(other, numbers) == Some(true) {
            return Some(points.near_number);
        }
        let factor = a.max(b) / a.min(b).max(1.0);
        (factor <= numbers.factor).then_some(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBERS: Numbers = Numbers { factor: 8.0, above: 0.25, about: 0.1 };

    fn figure(value: f64, modifier: &str) -> Figure<'_> {
        Figure { value: Some(value), modifier, ..Figure::default() }
    }

    #[test]
    fn bounds_agree_with_what_lies_near_them() {
        let agrees = |a: Figure, b: Figure| a.agrees(&b, &NUMBERS).unwrap();
        assert!(agrees(figure(50.0, "more_than"), figure(50.0, "exact")));
        assert!(agrees(figure(50.0, "more_than"), figure(60.0, "exact")));
        assert!(!agrees(figure(16.0, "at_least"), figure(50.0, "exact")));
        assert!(agrees(figure(2500.0, "about"), figure(2400.0, "exact")));
        assert!(!agrees(figure(11.0, "exact"), figure(12.0, "exact")));
        let tens = Figure { low: Some(10.0), modifier: "indefinite", ..Figure::default() };
        assert!(agrees(tens, figure(36.0, "exact")));
        assert!(!agrees(tens, figure(200.0, "exact")));
        assert_eq!(tens.agrees(&Figure::default(), &NUMBERS), None);
    }
}
