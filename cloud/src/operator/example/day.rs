//! Days of example data: a date, or one that moves along, so that an example never goes out of date.

use jiff::civil::{Date, date};
use serde::Deserialize;

/// A day as the file names it: `2027-03-31`, `fiscal-year-start` or `fiscal-year-end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) enum ExampleDay {
    /// This very day.
    On(Date),
    /// 1 April of the fiscal year in which the example is taken in.
    FiscalYearStart,
    /// 31 March at its end, the last day that many municipalities give their points.
    FiscalYearEnd,
}

impl TryFrom<String> for ExampleDay {
    type Error = jiff::Error;

    fn try_from(text: String) -> Result<Self, jiff::Error> {
        match text.as_str() {
            "fiscal-year-start" => Ok(Self::FiscalYearStart),
            "fiscal-year-end" => Ok(Self::FiscalYearEnd),
            other => other.parse().map(Self::On),
        }
    }
}

impl ExampleDay {
    /// The day meant, when the example is taken in today.
    pub(super) fn seen_from(self, today: Date) -> Date {
        let fiscal_year = if today.month() >= 4 { today.year() } else { today.year() - 1 };
        match self {
            Self::On(day) => day,
            Self::FiscalYearStart => date(fiscal_year, 4, 1),
            Self::FiscalYearEnd => date(fiscal_year + 1, 3, 31),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_fiscal_year_runs_from_april_to_march() {
        let day = |text: &str, today: Date| ExampleDay::try_from(text.to_owned()).unwrap().seen_from(today);
        for (today, year) in [(date(2026, 11, 20), 2026), (date(2027, 3, 31), 2026), (date(2027, 4, 1), 2027)]
        {
            assert_eq!(day("fiscal-year-start", today), date(year, 4, 1));
            assert_eq!(day("fiscal-year-end", today), date(year + 1, 3, 31));
            assert_eq!(day("2030-01-02", today), date(2030, 1, 2));
        }
        assert!(ExampleDay::try_from("tomorrow".to_owned()).is_err());
    }
}
