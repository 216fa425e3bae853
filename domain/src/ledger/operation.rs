//! Operations and their entries: what is posted, whole or not at all, and never edited.

use super::account::{AccountId, AccountName, EntryPosition};
use super::actor::Actor;
use super::answer::Answer;
use super::lot::LotId;
use super::request::RequestHash;
use crate::currency::CurrencyNumber;
use crate::issuer::BookCode;
use crate::operation_key::OperationKey;
use crate::site::SiteId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OperationKind {
    /// issued (or partner) → resident, as a new lot.
    Grant,
    /// resident's lots → site.
    Use,
    /// The mirror of a use, at the same terminal on the same day.
    Void,
    /// resident's lot → lapsed, after its last day.
    Lapse,
    /// resident's lots → held, for a point ticket.
    TicketIssue,
    /// No entries: what a ticket holds moves to a new number.
    Reissue,
    /// The mirror of a ticket's issue, at the same terminal on the same day.
    TicketVoid,
    /// held → site: a ticket is cleared (消込).
    Clear,
    /// The mirror of a clearing, at the same terminal on the same day.
    Unclear,
    /// held → lapsed, after the ticket's last day.
    TicketLapse,
    /// resident's lots → street: points become a shopping street's own.
    Merge,
    /// The mirror of a merge that its street has taken back, by the municipality, whenever.
    MergeRefund,
    /// No entries: what a terminal did before it can no longer be undone there.
    DayClose,
    /// No entries: a key was asked about before anything arrived under it, and is dead now.
    Abandon,
}

impl OperationKind {
    /// Every kind.
    pub const ALL: [Self; 14] = [
        Self::Grant,
        Self::Use,
        Self::Void,
        Self::Lapse,
        Self::TicketIssue,
        Self::Reissue,
        Self::TicketVoid,
        Self::Clear,
        Self::Unclear,
        Self::TicketLapse,
        Self::Merge,
        Self::MergeRefund,
        Self::DayClose,
        Self::Abandon,
    ];

    /// The stable name, as stored and chained.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Grant => "grant",
            Self::Use => "use",
            Self::Void => "void",
            Self::Lapse => "lapse",
            Self::TicketIssue => "ticket_issue",
            Self::Reissue => "reissue",
            Self::TicketVoid => "ticket_void",
            Self::Clear => "clear",
            Self::Unclear => "unclear",
            Self::TicketLapse => "ticket_lapse",
            Self::Merge => "merge",
            Self::MergeRefund => "merge_refund",
            Self::DayClose => "day_close",
            Self::Abandon => "abandon",
        }
    }

    /// Reads the stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What became of what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Posted.
    Done,
    /// Refused; remembered without entries.
    Refused,
    /// The key is dead; without entries.
    Abandoned,
}

impl Outcome {
    /// The stable name, as stored and chained.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Abandoned => "abandoned",
        }
    }

    /// Reads the stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Done, Self::Refused, Self::Abandoned].into_iter().find(|outcome| outcome.code() == code)
    }
}

/// How the cloud knew whose points these are. A certificate that was read identifies, it does not
/// prove; so every operation records which it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentifiedBy {
    /// The auth certificate was read, without a PIN.
    Certificate,
    /// The card signed this very use, with its PIN.
    Signature,
    /// A shopping street's own card.
    StreetCard,
    /// A roster: the person was known beforehand.
    Roster,
}

impl IdentifiedBy {
    /// The stable name, as stored and chained.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Certificate => "certificate",
            Self::Signature => "signature",
            Self::StreetCard => "street_card",
            Self::Roster => "roster",
        }
    }

    /// Reads the stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Certificate, Self::Signature, Self::StreetCard, Self::Roster]
            .into_iter()
            .find(|how| how.code() == code)
    }
}

/// One business act over one or several books, named by its operation in the home book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActId {
    /// The actor's home book.
    pub book: BookCode,
    /// The operation's number there.
    pub seq: i64,
}

/// The header of an operation, without its answer: what the chain covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// The book it stands in.
    pub book: BookCode,
    /// Its number there: 1, 2, 3 …, dense.
    pub seq: i64,
    /// What it does.
    pub kind: OperationKind,
    /// What became of it.
    pub outcome: Outcome,
    /// Who asked.
    pub actor: Actor,
    /// The key, in the home book only.
    pub key: Option<OperationKey>,
    /// The hash of what was asked, in the home book only; none for an abandoned key.
    pub request_hash: Option<RequestHash>,
    /// When, milliseconds since 1970 (UTC); never below the one before in this book.
    pub at_ms: i64,
    /// The Japan date of `at_ms`.
    pub business_date: Date,
    /// Where it took place, if at a site.
    pub site: Option<SiteId>,
    /// How the person was known.
    pub identified_by: Option<IdentifiedBy>,
    /// The operation of this book that it undoes.
    pub reverses: Option<i64>,
    /// The act it belongs to.
    pub act: ActId,
}

/// One line of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The line within the operation, from 1.
    pub line: i64,
    /// The account's number in the book.
    pub account: AccountId,
    /// The account's name in the chain.
    pub name: AccountName,
    /// The account's currency in the book.
    pub currency: CurrencyNumber,
    /// The lot, for a resident's account.
    pub lot: Option<LotId>,
    /// Points, plus = to the account; never 0.
    pub amount: i64,
    /// The account's how-manieth entry this is: 1, 2, 3 …, dense.
    pub account_seq: i64,
    /// The account's balance after it.
    pub balance_after: i64,
    /// Where the account's entry before this one stands.
    pub previous: Option<EntryPosition>,
}

/// An operation with its entries, and in the home book with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostedOperation {
    /// The header.
    pub operation: Operation,
    /// The lines; none for a refusal, an abandoned key, or a home book the points did not touch.
    pub entries: Vec<Entry>,
    /// The first answer, in the home book only.
    pub answer: Option<Answer>,
}

/// An operation's number as people read it (取引番号): `20261120-15`, unique within the home book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OperationNumber {
    /// The home book.
    pub book: BookCode,
    /// The Japan date.
    pub business_date: Date,
    /// The operation's number in the home book.
    pub seq: i64,
}

/// The text is no operation number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an operation number looks like 20261120-15")]
pub struct NotAnOperationNumber;

impl OperationNumber {
    /// Reads `20261120-15` as a number of that book.
    pub fn parse(book: BookCode, text: &str) -> Result<Self, NotAnOperationNumber> {
        let (day, seq) = text.split_once('-').ok_or(NotAnOperationNumber)?;
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if day.len() != 8 || !all_digits(day) || !all_digits(seq) {
            return Err(NotAnOperationNumber);
        }
        let business_date = Date::strptime("%Y%m%d", day).map_err(|_| NotAnOperationNumber)?;
        let seq = seq.parse().map_err(|_| NotAnOperationNumber)?;
        Ok(Self { book, business_date, seq })
    }
}

impl fmt::Display for OperationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = self.business_date;
        write!(f, "{:04}{:02}{:02}-{}", day.year(), day.month(), day.day(), self.seq)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_operation_number_is_read_back_as_it_is_printed() {
        let number = OperationNumber { book: BookCode::RESERVED, business_date: date(2026, 11, 20), seq: 15 };
        assert_eq!(number.to_string(), "20261120-15");
        assert_eq!(OperationNumber::parse(BookCode::RESERVED, "20261120-15"), Ok(number));
    }

    #[test]
    fn a_kind_is_read_back_as_it_is_stored_and_answered() {
        for kind in OperationKind::ALL {
            assert_eq!(OperationKind::from_code(kind.code()), Some(kind));
            assert_eq!(serde_json::to_value(kind).ok(), Some(kind.code().into()));
        }
        assert_eq!(OperationKind::from_code("payout"), None);
    }

    #[test]
    fn other_texts_are_no_operation_number() {
        for text in [
            "",
            "15",
            "20261120",
            "20261120-",
            "20261340-1",
            "2026112-15",
            "20261120--1",
            "20261120-99999999999999999999",
        ] {
            assert!(OperationNumber::parse(BookCode::RESERVED, text).is_err(), "{text}");
        }
    }
}
