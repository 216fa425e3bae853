//! 合算ポイント受取: what lies in the agreed folder and what became of it.

use super::{MemberId, StreetPosting};
use crate::failure::Failure;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The agreed folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DropFolderShown {
    /// Where it is.
    pub folder: String,
    /// How many files wait to be taken in.
    pub waiting: u32,
    /// Why it cannot be looked into, or what waits in it not be taken in, if that is so.
    pub failure: Option<Failure>,
    /// The files in quarantine, newest first, at most a thousand.
    pub set_aside: Vec<FileSetAside>,
}

/// A file in quarantine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FileSetAside {
    /// As it was called in the folder.
    pub name: String,
    /// Why.
    pub verdict: FileVerdict,
    /// 取引済番号, if it is genuine.
    pub number: Option<String>,
    /// Since when, milliseconds since 1970.
    #[cfg_attr(test, ts(type = "number"))]
    pub at_ms: i64,
    /// The ID it names, if it is genuine; of a MyKey ID only the end.
    pub member_id: Option<MemberId>,
}

/// 取引済番号, as typed or read from a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MergeNamed {
    /// It; full-width digits and blanks are understood.
    pub number: String,
}

/// What the street's books know of a merge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MergeFound {
    /// 取引済番号.
    pub number: String,
    /// Where it stands.
    pub whereabouts: MergeWhereabouts,
}

/// Where a merge stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum MergeWhereabouts {
    /// Its points stand in the books.
    Received {
        /// By this posting.
        posting: StreetPosting,
    },
    /// They were taken from the member again (row F8).
    BookedBack {
        /// By this posting.
        posting: StreetPosting,
        /// Whether the answer to the municipality was laid into the folder.
        is_answered: bool,
    },
    /// Nothing is added under its number, whenever its file comes.
    Declined {
        /// Since when, milliseconds since 1970.
        #[cfg_attr(test, ts(type = "number"))]
        at_ms: i64,
        /// Whether the answer to the municipality was laid into the folder.
        is_answered: bool,
    },
    /// Its file lies in quarantine.
    SetAside {
        /// It.
        file: FileSetAside,
    },
    /// No file of it came.
    Unknown,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FileVerdict {
    /// Its points were added now.
    Received,
    /// They were added before.
    AlreadyReceived,
    /// They were booked back, or the number was declined: nothing is added.
    TakenBack,
    /// Nobody has this ID; it waits in quarantine until somebody has.
    UnknownMember,
    /// The number came before with another record: an alarm.
    OtherContent,
    /// It does not open or is not genuine, for whatever reason.
    NotGenuine,
}

/// One pass over the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MergesReceived {
    /// When, milliseconds since 1970.
    #[cfg_attr(test, ts(type = "number"))]
    pub at_ms: i64,
    /// Each file, as many as a screen holds.
    pub files: Vec<ReceivedFile>,
    /// Files whose points were added.
    pub received: u32,
    /// Those points.
    #[cfg_attr(test, ts(type = "number"))]
    pub points: i64,
    /// Files that had been received before, whether or not their points were booked back since.
    pub already_received: u32,
    /// Files that went into quarantine.
    pub set_aside: u32,
    /// Files whose number came before with another record, whether or not they could be moved: an alarm.
    pub other_content: u32,
    /// Files that could not be read or moved now and still lie where they lay.
    pub unreadable: u32,
    /// What cut the pass short, if anything did; what was taken in before it stands.
    pub failure: Option<Failure>,
}

/// A file and what became of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ReceivedFile {
    /// Its name in the folder.
    pub name: String,
    /// What became of it.
    pub verdict: FileVerdict,
    /// Its points, if it is genuine.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub points: Option<i64>,
    /// 取引済番号, if it is genuine.
    pub number: Option<String>,
    /// The ID it names, if it is genuine; of a MyKey ID only the end.
    pub member_id: Option<MemberId>,
    /// The member's number in the books, if somebody has the ID.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub member: Option<i64>,
}

impl fmt::Debug for ReceivedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReceivedFile({}, {:?})", self.name, self.verdict)
    }
}
