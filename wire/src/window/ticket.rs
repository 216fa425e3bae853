//! Point tickets at the issuing desk (画面 32–34): what the window asks for and is shown.
//!
//! The number of a ticket is on its paper and in the desk's lists, so it crosses here; what stands in the
//! QR never does: only the printer gets it.

use super::paper::PrintedPaper;
use super::pin::TypedPin;
use super::visit::VisitPart;
use crate::failure::Failure;
use crate::terminal_api::{ListedTicket, Ticket, TicketOrder, TicketsListed};
use jiff::civil::Date;
use madoguchi_domain::ticket::{TicketNumber, TicketNumberPart};
use serde::{Deserialize, Serialize};

/// A ticket to be issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct IssueTicketArguments {
    /// The visit whose balances were on the screen.
    pub visit: u32,
    /// Which points, and how many, as typed.
    pub part: VisitPart,
    /// The last day, Japan; one of [`Visit::ticket_days`](super::Visit::ticket_days).
    #[cfg_attr(test, ts(type = "string"))]
    pub last_day: Date,
    /// How many tickets of so many points each: 1 to
    /// [`MOST_AT_ONCE`](madoguchi_domain::ticket::MOST_AT_ONCE).
    pub count: u32,
}

/// A ticket to be issued above the limits without PIN: the card signs.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct IssueTicketWithPinArguments {
    /// The visit whose balances were on the screen.
    pub visit: u32,
    /// Which points, and how many, as typed.
    pub part: VisitPart,
    /// The last day, Japan.
    #[cfg_attr(test, ts(type = "string"))]
    pub last_day: Date,
    /// How many tickets of so many points each.
    pub count: u32,
    /// The resident's PIN.
    pub pin: TypedPin,
}

/// What became of a ticket's only way to a printer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum PrintedTicket {
    /// The printer took it.
    Printed {
        /// Where its paper is.
        paper: PrintedPaper,
    },
    /// It was handed over, and no paper came out, or not all of it: the next paper is a reissue.
    NotPrinted {
        /// Why, and what to do now.
        failure: Failure,
    },
}

/// A ticket by its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TicketNamed {
    /// 発券番号.
    #[cfg_attr(test, ts(type = "string"))]
    pub ticket: TicketNumber,
}

/// What one of the desk's lists shows that ends before its last ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TicketsSought {
    /// In which list.
    pub which: TicketsListed,
    /// Digits next to each other somewhere in the number, or at the beginning of the points; none = all.
    #[cfg_attr(test, ts(type = "string | null"))]
    pub digits: Option<TicketNumberPart>,
    /// In which order, and so which come first.
    pub order: TicketOrder,
}

/// A list of the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TicketsOfTheDesk {
    /// Today, by the cloud's clock.
    #[cfg_attr(test, ts(type = "string"))]
    pub date: Date,
    /// The tickets, as many as are shown.
    pub tickets: Vec<ListedTicket>,
    /// How many there are in all.
    pub count: u32,
}

/// The ticket of an operation that took place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TicketOfOperation {
    /// What its paper shows.
    pub ticket: Ticket,
    /// Whether its number was handed to a printer: then every further paper is a reissue (row E2).
    pub handed_to_printer: bool,
}

/// Several tickets that are issued in one go, each by an operation of its own; the first that does not take
/// place ends it. Their papers are printed together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TicketSeries {
    /// How many were asked for.
    pub wanted: u32,
    /// Those that were issued before this operation, in order.
    pub before: Vec<TicketOfOperation>,
    /// Why nothing was sent after this operation, where its own fate does not say so.
    pub ended: Option<Failure>,
}
