//! Point tickets (ポイント券): what is said of one, and how one is named (rows E1–E7).

use jiff::civil::Date;
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::ticket::{TicketNumber, TicketNumberPart};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A ticket as its paper shows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Ticket {
    /// 発券番号.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(test, ts(type = "string"))]
    pub number: TicketNumber,
    /// How many points, whole only.
    #[cfg_attr(test, ts(type = "number"))]
    pub points: i64,
    /// Which points.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    #[cfg_attr(test, ts(type = "{ book: string, number: number }"))]
    pub currency: CurrencyCode,
    /// Their name (川崎市ポイント).
    pub currency_name: String,
    /// The issuer's name (川崎市).
    pub issuer_name: String,
    /// For event points: the event's name. Only its sites may take the ticket.
    pub event_name: Option<String>,
    /// The issue date, Japan.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(test, ts(type = "string"))]
    pub issued_on: Date,
    /// The last day it can be cleared, Japan: until 24:00.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(test, ts(type = "string"))]
    pub last_day: Date,
    /// The site that issued it (みなみ商工会).
    pub issued_at: String,
}

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ticket(..)")
    }
}

/// A ticket that may go to a printer, once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PrintableTicket {
    /// What its paper shows.
    pub ticket: Ticket,
    /// What stands in the QR (docs/tickets.md).
    pub code: String,
}

impl fmt::Debug for PrintableTicket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrintableTicket(..)")
    }
}

/// How a ticket is named by whoever has its paper.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub enum NamedTicket {
    /// The QR was scanned.
    Code {
        /// What the scanner typed.
        code: String,
    },
    /// The number was typed: it proves nothing, so misses are counted more strictly.
    Number {
        /// The number.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        number: TicketNumber,
    },
}

impl fmt::Debug for NamedTicket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NamedTicket(..)")
    }
}

/// What has become of a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum TicketFate {
    /// It can be cleared.
    Open,
    /// 消込済み.
    Cleared(TicketCleared),
    /// 失効.
    Lapsed,
    /// 再発行済み; the new number is not said.
    Reissued,
    /// 取消済み.
    Voided,
}

/// When, where and for whom a ticket was cleared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TicketCleared {
    /// Milliseconds since 1970 (UTC).
    #[cfg_attr(test, ts(type = "number"))]
    pub at_ms: i64,
    /// The site whose stamp it bears, and which is paid.
    pub site_name: String,
    /// The site of the terminal that cleared it.
    pub cleared_at: String,
}

/// `issue_ticket`: points of one account become a ticket (画面 32–34). The answer is an
/// [`OperationAnswer`](super::OperationAnswer) whose `ticket` is there.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct IssueTicketRequest {
    /// Chosen by the terminal, written to its journal before this is sent.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub key: OperationKey,
    /// The visit that `look_up_points` opened.
    pub visit: String,
    /// Which points, and how many.
    pub part: super::UsePart,
    /// Today to issue date + 30 days, Japan.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub last_day: Date,
    /// Above the limits without PIN: the card's signature over this very issue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<super::CardSignature>,
}

impl fmt::Debug for IssueTicketRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IssueTicketRequest({})", self.key)
    }
}

/// `reissue_ticket` (画面 34: a new number, the old one is dead) and `void_ticket` (row E7).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct IssuedTicketRequest {
    /// The operation's own key.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub key: OperationKey,
    /// The ticket.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub ticket: TicketNumber,
}

/// `look_up_ticket`: what a ticket is, before it is cleared (画面 35).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LookUpTicketRequest {
    /// The ticket.
    pub ticket: NamedTicket,
    /// The site of the stamp; none = the terminal's own.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub site: Option<SiteId>,
}

/// What `look_up_ticket` says: nothing is changed by asking.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "found", rename_all = "snake_case")]
pub enum LookUpTicketAnswer {
    /// It is this ticket, and this is what `clear_ticket` would meet.
    Ticket {
        /// The ticket.
        ticket: Ticket,
        /// What has become of it.
        fate: TicketFate,
    },
    /// It cannot be shown here, in the words `clear_ticket` would refuse it with.
    Refused {
        /// Why.
        refusal: super::Refusal,
    },
}

/// `clear_ticket`: a used ticket is taken out of circulation; the site of its stamp is paid (画面 35–36).
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ClearTicketRequest {
    /// The clearing's own key, written down before this is sent.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub key: OperationKey,
    /// The ticket.
    pub ticket: NamedTicket,
    /// The site of the stamp; none = the terminal's own.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub site: Option<SiteId>,
    /// How long the scan had waited at the terminal when this was sent, in milliseconds: counted back from the
    /// cloud's clock it tells a ticket that lapsed meanwhile from one that had lapsed before. It decides nothing else.
    #[serde(default)]
    pub waited_ms: u64,
    /// When it was scanned, by the terminal's clock, as terminals say it that do not say how long it waited.
    /// That clock may be wrong by a day: nothing rests on it (docs/security.md 19).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scanned_at_ms: Option<i64>,
}

impl fmt::Debug for ClearTicketRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClearTicketRequest({})", self.key)
    }
}

/// `unclear_ticket`: the same terminal takes a clearing back, until its day close (row E3).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UnclearTicketRequest {
    /// The operation's own key.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub key: OperationKey,
    /// The key of the clearing that is taken back.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub takes_back: OperationKey,
}

/// `list_tickets`: the tickets this terminal's site has issued.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ListTicketsRequest {
    /// Which.
    pub which: TicketsListed,
    /// Only those whose number holds these digits, 1 to 12 next to each other, or whose points begin with them;
    /// of fewer than three digits only those of just so many points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub digits: Option<TicketNumberPart>,
    /// In which order, so that a list that ends before its last ticket begins with the right ones; none = the list's
    /// own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<TicketOrder>,
}

/// In which order tickets are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TicketOrder {
    /// Issued or reissued last.
    Newest,
    /// The most points.
    Largest,
    /// The earliest last day.
    Earliest,
}

/// Which tickets are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TicketsListed {
    /// Issued today, newest first.
    IssuedToday,
    /// Open, with a last day within the next seven days, earliest first (row E4).
    LapsingSoon,
    /// All that are open, whenever they were issued, earliest last day first.
    Open,
}

/// The list, and its sums.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListTicketsAnswer {
    /// Today, by the cloud's clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub date: Date,
    /// The tickets, 1,000 at most.
    pub tickets: Vec<ListedTicket>,
    /// How many there are in all.
    pub count: u32,
}

/// One ticket in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ListedTicket {
    /// The ticket.
    pub ticket: Ticket,
    /// When it was issued or reissued, milliseconds since 1970 (UTC).
    #[cfg_attr(test, ts(type = "number"))]
    pub at_ms: i64,
    /// The masked MyKey ID.
    pub masked_mykey_id: String,
    /// What has become of it.
    pub fate: TicketFate,
    /// Whether this terminal can reissue it now.
    pub can_be_reissued: bool,
    /// Whether this terminal can void it now.
    pub can_be_voided: bool,
}

/// `list_clearing_sites`: the sites of the municipality that take tickets; for a 消込場所.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ListClearingSitesRequest {}

/// The sites, by name.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListClearingSitesAnswer {
    /// All of them.
    pub sites: Vec<ClearingSite>,
}

/// A site whose stamp a ticket can bear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ClearingSite {
    /// Its number.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    #[cfg_attr(test, ts(type = "number"))]
    pub site: SiteId,
    /// Its name.
    pub name: String,
}
