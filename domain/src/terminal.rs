//! A terminal's id, kind and functions.
//!
//! Source: seed 001, 様式Ⅰ・Ⅱ (端末の区分, 端末ID). Form I counts a terminal under one kind; what it
//! may do is a set of functions kept with it, which the cloud checks on every call.

use crate::digits::{is_digits, to_ascii_digits};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A terminal's id (端末ID): 8 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TerminalId(u32);

/// The largest number of eight digits.
const MOST: u32 = 99_999_999;

/// The text is not eight digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a terminal id has 8 digits")]
pub struct NotATerminalId;

impl TerminalId {
    /// Reads eight ASCII digits, as programs write them.
    pub fn parse(text: &str) -> Result<Self, NotATerminalId> {
        if !is_digits(text, 8) {
            return Err(NotATerminalId);
        }
        text.parse().map(Self).map_err(|_| NotATerminalId)
    }

    /// Reads what a person typed; full-width digits and spaces are understood.
    pub fn typed(text: &str) -> Result<Self, NotATerminalId> {
        Self::parse(&to_ascii_digits(text))
    }

    /// The id as a number, for a database column.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The id from its number, if that has at most eight digits.
    pub const fn from_number(number: u32) -> Result<Self, NotATerminalId> {
        if number <= MOST { Ok(Self(number)) } else { Err(NotATerminalId) }
    }

    /// As printed on papers and screens: `1200 4431`.
    pub fn spaced(self) -> String {
        let text = self.to_string();
        format!("{} {}", &text[..4], &text[4..])
    }
}

impl fmt::Display for TerminalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08}", self.0)
    }
}

impl TryFrom<String> for TerminalId {
    type Error = NotATerminalId;
    fn try_from(text: String) -> Result<Self, NotATerminalId> {
        Self::parse(&text)
    }
}

impl From<TerminalId> for String {
    fn from(id: TerminalId) -> String {
        id.to_string()
    }
}

/// The kind under which Form I counts a terminal (端末の区分).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TerminalKind {
    /// (ア) where service IDs are registered and looked up.
    ServiceIdCounter,
    /// (イ) where points are used.
    PointUseCounter,
    /// (ウ) where point tickets are issued.
    TicketIssuer,
    /// (エ) a grant desk.
    GrantDesk,
}

/// One thing a terminal may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TerminalFunction {
    /// Register and look up service IDs (画面 22).
    ServiceIds,
    /// Use points and void a use (画面 28–31).
    UsePoints,
    /// Issue point tickets (画面 32–34).
    IssueTickets,
    /// Clear point tickets for its own site (画面 35–36).
    ClearTickets,
    /// Clear point tickets for other sites (消込場所).
    ClearTicketsForOthers,
    /// Merge municipal points into a street's (画面 37–39).
    MergePoints,
    /// See its own totals (集計).
    OwnTotals,
    /// Grant points (画面 70).
    Grant,
}

impl TerminalKind {
    /// The functions a new terminal of this kind has, before its municipality adds or takes any.
    ///
    /// `of_a_street` says whether a kind-ア terminal's ID provider is a shopping street.
    pub fn default_functions(self, of_a_street: bool) -> &'static [TerminalFunction] {
        use TerminalFunction::{
            ClearTickets, ClearTicketsForOthers, Grant, IssueTickets, MergePoints, OwnTotals, ServiceIds,
            UsePoints,
        };
        match self {
            Self::ServiceIdCounter if of_a_street => {
                &[ServiceIds, UsePoints, ClearTickets, MergePoints, OwnTotals]
            }
            Self::ServiceIdCounter => &[ServiceIds],
            Self::PointUseCounter => &[UsePoints, ClearTickets, OwnTotals],
            Self::TicketIssuer => &[IssueTickets, ClearTicketsForOthers, OwnTotals],
            Self::GrantDesk => &[Grant],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_terminal_id_keeps_its_leading_zeros() {
        let id = TerminalId::typed("００１２ 4431");
        assert_eq!(id.map(|id| (id.to_string(), id.spaced())), Ok(("00124431".into(), "0012 4431".into())));
    }

    #[test]
    fn other_lengths_are_no_terminal_id() {
        for text in ["", "1200443", "120044310", "1200443a", "-1200443", "+1200443"] {
            assert_eq!(TerminalId::typed(text), Err(NotATerminalId), "{text}");
        }
    }

    #[test]
    fn only_people_may_write_it_with_spaces_and_full_width_digits() {
        for text in ["1200 4431", "１２００４４３１", " 12004431"] {
            assert!(TerminalId::typed(text).is_ok(), "{text}");
            assert!(TerminalId::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn only_a_streets_id_counter_uses_points() {
        let may_use = |kind: TerminalKind, of_a_street| {
            kind.default_functions(of_a_street).contains(&TerminalFunction::UsePoints)
        };
        assert!(may_use(TerminalKind::PointUseCounter, false));
        assert!(may_use(TerminalKind::ServiceIdCounter, true));
        assert!(!may_use(TerminalKind::ServiceIdCounter, false));
        assert!(!may_use(TerminalKind::GrantDesk, false));
        assert!(!may_use(TerminalKind::TicketIssuer, false));
    }

    proptest! {
        #[test]
        fn an_id_is_read_back_as_it_is_written(number in 0..=MOST) {
            let id = TerminalId::from_number(number).unwrap();
            prop_assert_eq!(TerminalId::parse(&id.to_string()), Ok(id));
            prop_assert_eq!(TerminalId::typed(&id.spaced()), Ok(id));
            prop_assert_eq!(id.number(), number);
        }
    }

    #[test]
    fn nine_digits_are_too_many() {
        assert_eq!(TerminalId::from_number(MOST + 1), Err(NotATerminalId));
    }
}
