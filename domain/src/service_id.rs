//! サービスID: when a number may be registered for a person at an ID provider (row C1).
//!
//! Belongs here: the decision. Does not: what a number looks like (`customer_number`), where it is kept.
//! Why a rule of its own: nothing is ever overwritten that nobody has seen, and nobody gets a number that
//! is somebody else's, whichever terminals ask at once.

use crate::customer_number::CustomerNumber;

/// What a registration meets.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The number to register.
    pub number: &'a CustomerNumber,
    /// What the clerk saw registered for the person; `None`: nothing.
    pub shown: Option<&'a CustomerNumber>,
    /// What is registered for the person now.
    pub standing: Option<&'a CustomerNumber>,
    /// Whether another person has the number now.
    pub is_somebody_elses: bool,
}

/// What becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is registered; what was shown is ended.
    Register,
    /// It stands already.
    Stands,
    /// Something else stands than was shown: nothing is changed.
    NotAsShown,
    /// It is another person's: nothing is changed.
    SomebodyElses,
}

/// Decides.
pub fn decide(asked: &Asked<'_>) -> Verdict {
    if asked.standing == Some(asked.number) {
        Verdict::Stands
    } else if asked.standing != asked.shown {
        Verdict::NotAsShown
    } else if asked.is_somebody_elses {
        Verdict::SomebodyElses
    } else {
        Verdict::Register
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(
        number: &str,
        shown: Option<&str>,
        standing: Option<&str>,
        is_somebody_elses: bool,
    ) -> Verdict {
        let read = |text: &str| CustomerNumber::parse(text).unwrap();
        let (number, shown, standing) = (read(number), shown.map(read), standing.map(read));
        decide(&Asked {
            number: &number,
            shown: shown.as_ref(),
            standing: standing.as_ref(),
            is_somebody_elses,
        })
    }

    #[test]
    fn a_first_number_is_registered() {
        assert_eq!(verdict("1", None, None, false), Verdict::Register);
    }

    #[test]
    fn only_what_was_shown_is_replaced() {
        assert_eq!(verdict("2", Some("1"), Some("1"), false), Verdict::Register);
        assert_eq!(verdict("2", None, Some("1"), false), Verdict::NotAsShown);
        assert_eq!(verdict("2", Some("1"), Some("3"), false), Verdict::NotAsShown);
        assert_eq!(verdict("2", Some("1"), None, false), Verdict::NotAsShown);
    }

    #[test]
    fn what_stands_already_stands_whatever_was_shown() {
        for shown in [None, Some("1"), Some("2")] {
            assert_eq!(verdict("1", shown, Some("1"), false), Verdict::Stands, "{shown:?}");
        }
    }

    #[test]
    fn somebody_elses_number_is_never_given_away() {
        assert_eq!(verdict("1", None, None, true), Verdict::SomebodyElses);
        assert_eq!(verdict("1", Some("2"), Some("2"), true), Verdict::SomebodyElses);
    }

    #[test]
    fn numbers_are_the_same_only_to_the_letter() {
        assert_eq!(verdict("a1", Some("A1"), Some("A1"), false), Verdict::Register);
        assert_eq!(verdict("001", Some("1"), Some("1"), false), Verdict::Register);
    }
}
