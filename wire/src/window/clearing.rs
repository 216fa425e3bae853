//! Clearing used tickets by the pile (消込, 画面 35–36; rows E3, K6).

use crate::failure::Failure;
use crate::terminal_api::{ClearingSite, TicketCleared};
use jiff::civil::Date;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::site::SiteId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The sites whose stamp a ticket can bear, for a 消込場所.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ClearingSites {
    /// Those chosen here last, the latest first; they stand in `all` too.
    pub recent: Vec<ClearingSite>,
    /// All of the municipality that take tickets, by name.
    pub all: Vec<ClearingSite>,
}

/// Whose stamp the next tickets bear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct StampOf {
    /// The site; none = the terminal's own.
    pub site: Option<ClearingSite>,
}

/// What was scanned or typed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ScannedText {
    /// As the scanner or the clerk typed it.
    pub text: String,
}

impl fmt::Debug for ScannedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ScannedText(..)")
    }
}

/// A scan by its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ScanNamed {
    /// Its key.
    #[cfg_attr(test, ts(type = "string"))]
    pub key: OperationKey,
}

/// Scans that somebody has seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SeenScans {
    /// Their keys.
    #[cfg_attr(test, ts(type = "Array<string>"))]
    pub keys: Vec<OperationKey>,
}

/// A pile by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PileNamed {
    /// Its number at this terminal.
    #[cfg_attr(test, ts(type = "number"))]
    pub pile: i64,
}

/// The scans of one sitting (束): begun, perhaps over a restart, until it is finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Pile {
    /// Whose stamp the next ticket bears.
    pub site: ClearingSite,
    /// The scans, newest first.
    pub scans: Vec<Scan>,
    /// What they come to.
    pub sums: PileSums,
}

/// One scanned ticket.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Scan {
    /// The key of its clearing.
    #[cfg_attr(test, ts(type = "string"))]
    pub key: OperationKey,
    /// The pile it belongs to.
    #[cfg_attr(test, ts(type = "number"))]
    pub pile: i64,
    /// The site of its stamp.
    pub site: ClearingSite,
    /// When it was scanned, by this PC's clock, milliseconds since 1970 (UTC).
    #[cfg_attr(test, ts(type = "number"))]
    pub scanned_at_ms: i64,
    /// Its number in fours; none where no ticket has it, for it may be somebody's My Number.
    pub number: Option<String>,
    /// Its points, once known.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub points: Option<i64>,
    /// What has become of it.
    pub state: ScanState,
    /// Refused, and the same ticket was scanned again later in the pile: it is not set aside a second time.
    pub is_replaced: bool,
    /// Rises with each change since the program started. Answers and notices can overtake each other: of two
    /// words about one scan the one with the higher number holds.
    #[cfg_attr(test, ts(type = "number"))]
    pub revision: u64,
}

impl fmt::Debug for Scan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scan({} {:?})", self.key, self.state)
    }
}

/// What has become of a scanned ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ScanState {
    /// Sent; the answer is awaited.
    UnderWay,
    /// △ 未確認: not yet confirmed. It is asked for by itself until it is.
    Unconfirmed {
        /// Why not, where that is known.
        failure: Option<Failure>,
    },
    /// 〇 消し込みました.
    Cleared {
        /// Why it could not be taken back, if that was tried.
        not_taken_back: Option<Failure>,
    },
    /// × 消し込めません: to be set aside.
    Refused {
        /// Why, and what to do now.
        failure: Failure,
        /// Where it was cleared already: when and for whom.
        cleared: Option<TicketCleared>,
    },
    /// Its clearing is being taken back.
    TakingBack,
    /// Its clearing was taken back: the ticket is open again.
    TakenBack,
}

/// What a pile comes to, per site: the list that adds up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PileSums {
    /// Which pile.
    #[cfg_attr(test, ts(type = "number"))]
    pub pile: i64,
    /// One per site, in the order in which they were chosen.
    pub sites: Vec<SiteSum>,
    /// Cleared tickets over all sites.
    pub cleared: u32,
    /// Their points.
    #[cfg_attr(test, ts(type = "number"))]
    pub points: i64,
    /// △ over all sites.
    pub unconfirmed: u32,
    /// × over all sites.
    pub refused: u32,
    /// The highest [`Scan::revision`] given out when they were added up: of two sums the later holds.
    #[cfg_attr(test, ts(type = "number"))]
    pub revision: u64,
}

/// What a pile comes to for one site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SiteSum {
    /// The site of the stamps.
    pub site: ClearingSite,
    /// Cleared tickets.
    pub cleared: u32,
    /// Their points.
    #[cfg_attr(test, ts(type = "number"))]
    pub points: i64,
    /// Not yet confirmed: in neither of the two above.
    pub unconfirmed: u32,
    /// To be set aside.
    pub refused: u32,
}

/// A scan and the sums after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ScanTold {
    /// The scan as it stands now.
    pub scan: Scan,
    /// The sums of the pile in hand; none where the scan is of an earlier one.
    pub sums: Option<PileSums>,
}

/// What a scan comes to at once. What is no ticket at all is a failure instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "heard", rename_all = "snake_case")]
pub enum ScanHeard {
    /// It is written down and on its way; a notice tells its fate.
    Taken {
        /// The scan and the sums.
        told: ScanTold,
    },
    /// The same ticket is in this pile already, under way or cleared: nothing was sent.
    Again {
        /// The first scan.
        first: Scan,
    },
}

/// A ticket before it is cleared (画面 35).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TicketLookedUp {
    /// Its number in fours.
    pub number: String,
    /// Its points.
    #[cfg_attr(test, ts(type = "number"))]
    pub points: i64,
    /// Which points (川崎市ポイント).
    pub currency_name: String,
    /// For event points: the event's name.
    pub event_name: Option<String>,
    /// The site that issued it.
    pub issued_at: String,
    /// When it was issued, Japan.
    #[cfg_attr(test, ts(type = "string"))]
    pub issued_on: Date,
    /// The last day it can be cleared, Japan.
    #[cfg_attr(test, ts(type = "string"))]
    pub last_day: Date,
    /// Why it cannot be cleared now, if it cannot.
    pub failure: Option<Failure>,
    /// Where it was cleared already: when and for whom.
    pub cleared: Option<TicketCleared>,
}

impl fmt::Debug for TicketLookedUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TicketLookedUp(..)")
    }
}

/// The list of a finished pile for one site: its tickets, and what they come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PileOfSite {
    /// The pile.
    #[cfg_attr(test, ts(type = "number"))]
    pub pile: i64,
    /// The site of the stamps.
    #[cfg_attr(test, ts(type = "number"))]
    pub site: SiteId,
}

/// Where clearing stands at this terminal, for the menu.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Clearing {
    /// The pile that was begun and not finished, if there is one.
    pub open: Option<BegunPile>,
    /// The pile that was finished last.
    pub last: Option<FinishedPile>,
    /// What was cleared today.
    pub today: ClearedToday,
    /// △ over all piles.
    pub unconfirmed: u32,
    /// What became known only after its pile was finished, and nobody has seen yet: ×, what could not be taken back,
    /// and what was cleared after the list was printed.
    pub found_later: Vec<Scan>,
    /// As [`PileSums::revision`]: of two answers the one with the higher number holds.
    #[cfg_attr(test, ts(type = "number"))]
    pub revision: u64,
}

/// What was cleared at this terminal today in Japan, over all piles; what was taken back is not counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ClearedToday {
    /// How many tickets.
    pub tickets: u32,
    /// Their points.
    #[cfg_attr(test, ts(type = "number"))]
    pub points: i64,
    /// The sites whose stamp they bear.
    pub sites: u32,
}

/// A pile that was begun and can be gone on with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct BegunPile {
    /// Whose stamp its next ticket bears.
    pub site: ClearingSite,
    /// What it comes to so far.
    pub sums: PileSums,
}

/// A pile that was finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FinishedPile {
    /// When, by this PC's clock, milliseconds since 1970 (UTC).
    #[cfg_attr(test, ts(type = "number"))]
    pub at_ms: i64,
    /// What it came to.
    pub sums: PileSums,
}
