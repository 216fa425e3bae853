//! 商店街ポイント合算 (画面 37–39): what the window asks for and is shown. The street's file itself never crosses
//! here, nor does the ID by which the street knows the resident.

use super::pin::TypedPin;
use super::visit::VisitPart;
use crate::failure::Failure;
use crate::terminal_api::MergeReception;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::merge_file::TransactionNumber;
use madoguchi_domain::operation_key::OperationKey;
use serde::{Deserialize, Serialize};

/// Into which streets the points of a visit can be merged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MergeStreets {
    /// Those of the municipality, in the screen's order.
    pub streets: Vec<MergeStreetShown>,
}

/// A street, as far as this terminal and one resident are concerned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MergeStreetShown {
    /// Its ID as an ID provider.
    #[cfg_attr(test, ts(type = "string"))]
    pub street: IdProviderId,
    /// Its name (銀座街).
    pub name: String,
    /// Whether it knows the resident.
    pub is_member: bool,
    /// Whether the settings name a folder for its files.
    pub has_folder: bool,
}

/// Points to be merged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MergePointsArguments {
    /// The visit whose balances were on the screen.
    pub visit: u32,
    /// Into which street.
    #[cfg_attr(test, ts(type = "string"))]
    pub street: IdProviderId,
    /// Which points, and how many, as typed.
    pub part: VisitPart,
}

/// Points to be merged above the limits without PIN: the card signs.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MergePointsWithPinArguments {
    /// The visit whose balances were on the screen.
    pub visit: u32,
    /// Into which street.
    #[cfg_attr(test, ts(type = "string"))]
    pub street: IdProviderId,
    /// Which points, and how many, as typed.
    pub part: VisitPart,
    /// The resident's PIN.
    pub pin: TypedPin,
}

/// The file of a merge that took place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MergeOfOperation {
    /// The street's name.
    pub street_name: String,
    /// 取引済番号.
    #[cfg_attr(test, ts(type = "string"))]
    pub number: TransactionNumber,
    /// What became of its file.
    pub file: MergeFileState,
}

/// What became of the file of a merge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum MergeFileState {
    /// It was laid down, and lies in its folder unless the street has taken it.
    Put {
        /// Its name.
        name: String,
    },
    /// It lies in its folder: the street has not taken it yet.
    Lies {
        /// Its name.
        name: String,
    },
    /// It is not in its folder any more: the street has taken it.
    Taken,
    /// It could not be laid down; the points have been merged.
    NotPut {
        /// Why, and what to do now.
        failure: Failure,
    },
    /// Its folder cannot be looked into.
    Unseen,
}

/// 商店街のファイル: the newest merges of this terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MergesOfTheTerminal {
    /// Newest first.
    pub merges: Vec<MergeShown>,
}

/// A merge in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MergeShown {
    /// Its key; its file is fetched again by it.
    #[cfg_attr(test, ts(type = "string"))]
    pub key: OperationKey,
    /// When it was booked, milliseconds since 1970 (UTC).
    #[cfg_attr(test, ts(type = "number"))]
    pub at_ms: i64,
    /// How many points.
    #[cfg_attr(test, ts(type = "number"))]
    pub points: i64,
    /// `MY****56`.
    pub masked_mykey_id: String,
    /// Its file.
    pub merge: MergeOfOperation,
    /// What the street has answered; nothing yet where it has not, or its answer has not come by here.
    pub reception: Option<MergeReception>,
}

/// The folder agreed on with a street.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct StreetFolder {
    /// The street's ID as an ID provider, six digits.
    pub street: String,
    /// The folder's path.
    pub folder: String,
}
