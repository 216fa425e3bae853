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

/// The text is not eight digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a terminal id has 8 digits")]
pub struct NotATerminalId;

impl TerminalId {
    /// Reads eight digits; full-width digits and spaces are understood.
    pub fn parse(text: &str) -> Result<Self, NotATerminalId> {
        let digits = to_ascii_digits(text);
        if !is_digits(&digits, 8) {
            return Err(NotATerminalId);
        }
        digits.parse().map(Self).map_err(|_| NotATerminalId)
    }

    /// The id as a number, for a database column.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The id from its number, if that has at most eight digits.
    pub const fn from_number(number: u32) -> Result<Self, NotATerminalId> {
        if number <= 99_999_999 { Ok(Self(number)) } else { Err(NotATerminalId) }
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

    #[test]
    fn a_terminal_id_keeps_its_leading_zeros() {
        let id = TerminalId::parse("００１２ 4431");
        assert_eq!(id.map(|id| (id.to_string(), id.spaced())), Ok(("00124431".into(), "0012 4431".into())));
    }

    #[test]
    fn other_lengths_are_no_terminal_id() {
        for text in ["", "1200443", "120044310", "1200443a", "-1200443"] {
            assert!(TerminalId::parse(text).is_err(), "{text}");
        }
    }
}
