//! The final answer to an operation: what every route that moves points or closes a day says, and
//! `resolve_operation`.

use super::day_close::DayClose;
use super::look_up_points::PointsByLastDay;
use super::merge::MergeFile;
use super::ticket::{PrintableTicket, Ticket, TicketCleared};
use jiff::civil::Date;
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::operation_key::OperationKey;
use serde::{Deserialize, Serialize};
use std::fmt;

/// `resolve_operation`: what became of a key? An unknown key is abandoned by asking: a request that
/// arrives later under it is refused.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ResolveOperationRequest {
    /// The key in question.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub key: OperationKey,
}

/// The remembered answer of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum OperationAnswer {
    /// It took place.
    Done(OperationDone),
    /// It did not take place and never will under this key.
    Refused(Refusal),
}

/// An operation that took place.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperationDone {
    /// What was done.
    pub kind: OperationKind,
    /// The number on the receipt (取引番号): Japan date and number in the home book, `20261120-15`.
    pub number: String,
    /// When it was booked, milliseconds since 1970 (UTC), by the cloud's clock.
    pub at_ms: i64,
    /// The accounts it moved, in the request's order.
    pub accounts: Vec<MovedAccount>,
    /// For a void: the number of what it undid; of a ticket's issue or clearing alike.
    pub voided_number: Option<String>,
    /// For an issue and a reissue: the ticket, to be printed once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<PrintableTicket>,
    /// For a clearing and the taking back of one: what was cleared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cleared: Option<ClearedTicket>,
    /// For a day close: what it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day_close: Option<DayClose>,
    /// For a merge: the street's file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merge: Option<MergeFile>,
}

/// A ticket and the site its clearing pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClearedTicket {
    /// The ticket.
    pub ticket: Ticket,
    /// The site of its stamp.
    pub site_name: String,
}

impl fmt::Debug for OperationDone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OperationDone({:?} {})", self.kind, self.number)
    }
}

/// The kinds of operation a terminal can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum OperationKind {
    /// 利用.
    Use,
    /// 取消.
    Void,
    /// 券の発行.
    IssueTicket,
    /// 券の再発行.
    ReissueTicket,
    /// 券の取消.
    VoidTicket,
    /// 消込.
    ClearTicket,
    /// 消込の取消.
    UnclearTicket,
    /// 商店街ポイント合算.
    MergePoints,
    /// 日計.
    CloseDay,
}

/// One account after an operation.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MovedAccount {
    /// Which currency.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub currency: CurrencyCode,
    /// What was used or given back, positive, in points.
    pub points: i64,
    /// Balance before, in points.
    pub before: i64,
    /// Balance after, in points.
    pub after: i64,
    /// What lapses first among the rest, if anything does.
    pub next_lapse: Option<PointsByLastDay>,
}

/// Why an operation did not take place, in order of precedence. Remembered under its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Refusal {
    /// The key was used before for something else.
    KeyReused,
    /// Somebody asked for this key before the operation arrived; it is void for ever.
    Abandoned,
    /// The visit's five minutes are over.
    VisitExpired,
    /// This terminal may not use that currency now.
    NotUsableHere {
        /// Which one.
        #[cfg_attr(feature = "openapi", schema(value_type = Object))]
        currency: CurrencyCode,
    },
    /// The nonce that was signed is not this use's: replaced by a newer one, or another use's.
    NonceVoid,
    /// The nonce that was signed is older than its 120 seconds.
    NonceExpired,
    /// Another card signed than the one whose visit this is.
    OtherCard,
    /// The certificate of the card that signed is not valid today.
    CardExpired,
    /// No authority the cloud trusts stands behind the card that signed.
    CardUntrusted,
    /// The signature is not that of the card over this very use.
    SignatureWrong,
    /// The balance is too low.
    Insufficient {
        /// In which currency.
        #[cfg_attr(feature = "openapi", schema(value_type = Object))]
        currency: CurrencyCode,
        /// What could be used, in points.
        available: i64,
    },
    /// More than the limit per use without PIN.
    OverLimitPerUse {
        /// The limit, in points.
        limit: i64,
    },
    /// More than the resident may still use today without PIN.
    OverLimitPerDay {
        /// What is left today, in points.
        left: i64,
    },
    /// There is no such operation to void.
    UnknownOperation,
    /// Only the terminal that made the use can void it.
    NotThisTerminal,
    /// It was voided before.
    AlreadyVoided {
        /// The void's number.
        number: String,
    },
    /// The day of the use is over.
    TooLateToVoid,
    /// The terminal has closed its day since.
    DayClosed {
        /// The close's number.
        number: u32,
    },
    /// A ticket cannot be good until that day.
    LastDayOutOfRange {
        /// The first day that can be chosen, Japan.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        first: Date,
        /// The last one.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        last: Date,
    },
    /// No ticket has this number.
    TicketUnknown,
    /// There is a ticket of this number, but this paper is not it.
    TicketForged,
    /// The ticket is another issuer's.
    TicketOfAnother {
        /// Whose (小国町).
        issuer_name: String,
        /// Whose this terminal is (川崎市).
        here_name: String,
    },
    /// The ticket is of an event in which the site takes no part.
    TicketElsewhere {
        /// The event.
        event_name: String,
    },
    /// The site takes no tickets.
    SiteTakesNoTickets,
    /// Another site issued the ticket.
    NotThisSite,
    /// The ticket was cleared before.
    TicketCleared(TicketCleared),
    /// The ticket's last day was over when it was scanned.
    TicketLapsed {
        /// That day, Japan.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        last_day: Date,
    },
    /// The ticket's last day passed while its scan waited for the cloud.
    TicketLapsedWaiting {
        /// That day, Japan.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        last_day: Date,
    },
    /// The ticket was printed anew under a number that is not said.
    TicketReissued,
    /// The ticket was voided.
    TicketVoided,
    /// The resident has no service ID of the street.
    NotAMember,
}
