//! What the ledger answers. The first answer under a key is its answer for ever.

use super::actor::Actor;
use super::operation::{OperationKind, OperationNumber};
use super::ticket::TicketFace;
use crate::currency::CurrencyCode;
use crate::issuer::IssuerCode;
use crate::merge_file::{TakenBack, TransactionNumber};
use crate::person::PersonId;
use crate::points::Points;
use crate::site::SiteId;
use crate::ticket::TicketNumber;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The answer to a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Posted: it happened.
    Done(Done),
    /// It did not happen.
    Refused(Refusal),
    /// It did not happen and never will: nothing had arrived under this key when it was resolved.
    Abandoned,
}

/// What was posted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// The operation's number, for people and for a void.
    pub number: OperationNumber,
    /// When, milliseconds since 1970 (UTC).
    pub at_ms: i64,
    /// What was done.
    pub kind: OperationKind,
    /// Whose points moved. None where it is nobody's business: what becomes of a ticket is told without
    /// its holder.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub person: Option<PersonId>,
    /// Where; for a clearing the site that is paid.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub site: Option<SiteId>,
    /// What moved, per currency, in the order of the request.
    pub parts: Vec<Moved>,
    /// For a void: the number of the use it undid. Of a ticket's issue or clearing alike.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reverses: Option<OperationNumber>,
    /// The ticket it is about; for a reissue the new one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ticket: Option<TicketFace>,
    /// For a reissue: the number that is dead.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub replaces: Option<TicketNumber>,
    /// For a day close: its number.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub close: Option<u32>,
    /// For a merge and for its refund: the number of its file.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub merge: Option<TransactionNumber>,
    /// For the refund of a merge: what its street said, with its number in the street's own books.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub taken_back: Option<TakenBack>,
}

/// What moved in one of the resident's accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The currency.
    pub currency: CurrencyCode,
    /// How many points, whichever way.
    pub points: Points,
    /// What could be used before.
    pub before: i64,
    /// What can be used after.
    pub after: i64,
    /// What lapses first among the rest, if anything does.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_lapse: Option<NextLapse>,
}

/// So many points whose last day comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextLapse {
    /// How many.
    pub points: i64,
    /// Their last day, Japan date.
    pub last_day: Date,
}

/// Why not: exhaustive, in the order of precedence. Where several hold, the first is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum Refusal {
    /// This key has asked for something else before. Not remembered: the key has its answer.
    KeyReused,
    /// This key was resolved before the request arrived. Not remembered again.
    Abandoned,
    /// The visit (a card's look-up) is over; the card must be put on again.
    VisitExpired,
    /// This currency cannot be used at this terminal (another municipality's, an event elsewhere,
    /// or outside its period).
    NotUsableHere {
        /// Which.
        currency: CurrencyCode,
    },
    /// The nonce that was signed is not this operation's: never handed out, replaced by a newer one, or
    /// another terminal's, visit's or key's.
    NonceVoid,
    /// The nonce that was signed is older than its 120 seconds.
    NonceExpired,
    /// Another card signed than the one whose visit this is.
    OtherCard,
    /// The certificate of the card that signed is not valid today.
    CardExpired,
    /// No authority this cloud trusts stands behind the card that signed.
    CardUntrusted,
    /// The signature is not that of the card over this very use.
    SignatureWrong,
    /// There is no such currency.
    UnknownCurrency {
        /// Which.
        currency: CurrencyCode,
    },
    /// The balance does not suffice.
    Insufficient {
        /// Of which currency.
        currency: CurrencyCode,
        /// What can be used.
        usable: i64,
    },
    /// More than one use may take without a signature.
    OverLimitPerUse {
        /// The limit.
        limit: Points,
    },
    /// More than one day may take without a signature.
    OverLimitPerDay {
        /// The limit.
        limit: Points,
        /// What is left of it today.
        left: i64,
    },
    /// A grant's last day has passed already.
    LastDayPast {
        /// That day.
        last_day: Date,
    },
    /// The account would hold more than can be counted.
    OutOfRange,
    /// No use has this number here.
    UnknownTarget,
    /// Another terminal made the use.
    NotThisTerminal,
    /// The use has been voided.
    AlreadyVoided {
        /// The void's number.
        by: OperationNumber,
    },
    /// The use was made on an earlier day.
    TooLateToVoid {
        /// That day.
        used_on: Date,
    },
    /// The terminal has closed its day since.
    DayClosed {
        /// The close's number.
        close: u32,
    },
    /// A ticket cannot be good until that day.
    LastDayOutOfRange {
        /// The first day that can be chosen.
        first: Date,
        /// The last one.
        last: Date,
    },
    /// No ticket has this number.
    TicketUnknown,
    /// There is a ticket of this number, but this paper is not it: its tag is wrong.
    TicketForged,
    /// The ticket is of an issuer whose points do not count here.
    TicketOfAnother {
        /// Whose.
        issuer: IssuerCode,
    },
    /// The ticket is of an event in which this site takes no part.
    TicketElsewhere {
        /// The event's points.
        currency: CurrencyCode,
    },
    /// The site takes no tickets.
    SiteTakesNoTickets,
    /// Another site issued the ticket.
    NotThisSite,
    /// The ticket was cleared before.
    TicketCleared {
        /// The clearing's number.
        number: OperationNumber,
        /// When, milliseconds since 1970 (UTC).
        at_ms: i64,
        /// By whom.
        by: Actor,
        /// The site that is paid.
        site: Option<SiteId>,
    },
    /// The ticket's last day is over.
    TicketLapsed {
        /// That day, Japan date.
        last_day: Date,
        /// Whether it was scanned in time and only reached the cloud too late.
        waited: bool,
    },
    /// The ticket was printed anew; this number is dead. The new one is not said.
    TicketReissued,
    /// The ticket was voided.
    TicketVoided,
    /// The street does not know the person: no service ID of it is registered.
    NotAMember,
    /// The last day of the lot or the ticket has not passed, or nothing is left of it. Not remembered: a
    /// job's key is derived from what it is about, and must still lapse it when its day has come.
    NothingToLapse,
}

impl Refusal {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::KeyReused => "key_reused",
            Self::Abandoned => "abandoned",
            Self::VisitExpired => "visit_expired",
            Self::NotUsableHere { .. } => "not_usable_here",
            Self::NonceVoid => "nonce_void",
            Self::NonceExpired => "nonce_expired",
            Self::OtherCard => "other_card",
            Self::CardExpired => "card_expired",
            Self::CardUntrusted => "card_untrusted",
            Self::SignatureWrong => "signature_wrong",
            Self::UnknownCurrency { .. } => "unknown_currency",
            Self::Insufficient { .. } => "insufficient",
            Self::OverLimitPerUse { .. } => "over_limit_per_use",
            Self::OverLimitPerDay { .. } => "over_limit_per_day",
            Self::LastDayPast { .. } => "last_day_past",
            Self::OutOfRange => "out_of_range",
            Self::UnknownTarget => "unknown_target",
            Self::NotThisTerminal => "not_this_terminal",
            Self::AlreadyVoided { .. } => "already_voided",
            Self::TooLateToVoid { .. } => "too_late_to_void",
            Self::DayClosed { .. } => "day_closed",
            Self::LastDayOutOfRange { .. } => "last_day_out_of_range",
            Self::TicketUnknown => "ticket_unknown",
            Self::TicketForged => "ticket_forged",
            Self::TicketOfAnother { .. } => "ticket_of_another",
            Self::TicketElsewhere { .. } => "ticket_elsewhere",
            Self::SiteTakesNoTickets => "site_takes_no_tickets",
            Self::NotThisSite => "not_this_site",
            Self::TicketCleared { .. } => "ticket_cleared",
            Self::TicketLapsed { .. } => "ticket_lapsed",
            Self::TicketReissued => "ticket_reissued",
            Self::TicketVoided => "ticket_voided",
            Self::NotAMember => "not_a_member",
            Self::NothingToLapse => "nothing_to_lapse",
        }
    }

    /// Whether an operation without entries keeps it under its key.
    pub const fn is_remembered(&self) -> bool {
        !matches!(self, Self::KeyReused | Self::Abandoned | Self::NothingToLapse)
    }
}
