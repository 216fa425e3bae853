//! `look_up_street_card`, `list_merge_streets`, `merge_points`, `merge_file`, `acknowledge_merge`, `merge_receptions`: municipal points become a
//! shopping street's own (商店街ポイント合算, 画面 37–39; rows F2–F4, F8, K11; docs/merge-file.md).
//!
//! The terminal carries a file that it can neither read nor make.

use super::look_up_points::LookUpPointsAnswer;
use super::use_points::{CardSignature, UsePart};
use madoguchi_domain::customer_number::CustomerNumber;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::merge_file::TransactionNumber;
use madoguchi_domain::operation_key::OperationKey;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The number on a card of the street that this terminal is of (row F3). A terminal of another provider, or of
/// none, has nobody's number to ask for.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LookUpStreetCardRequest {
    /// 商店街ポイントID, as the card or the scanner gave it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub number: CustomerNumber,
}

impl fmt::Debug for LookUpStreetCardRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LookUpStreetCardRequest(..)")
    }
}

/// A visit in which points can be merged into this street, and nothing else be done.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookUpStreetCardAnswer {
    /// Whose card it is.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub street: IdProviderId,
    /// The street's name (銀座街).
    pub street_name: String,
    /// The visit, with the municipal account alone. What its limits leave is the most that can be merged: a
    /// street's card has no PIN.
    pub points: LookUpPointsAnswer,
}

impl fmt::Debug for LookUpStreetCardAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LookUpStreetCardAnswer({})", self.street)
    }
}

/// Into which streets the points of a visit can be merged here.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ListMergeStreetsRequest {
    /// The visit that `look_up_points` or `look_up_street_card` opened.
    pub visit: String,
}

impl fmt::Debug for ListMergeStreetsRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ListMergeStreetsRequest(..)")
    }
}

/// The streets of the terminal's municipality, by their number.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListMergeStreetsAnswer {
    /// None = none of them takes points.
    pub streets: Vec<MergeStreet>,
}

/// A street, as far as one resident is concerned.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MergeStreet {
    /// Its ID as an ID provider.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub street: IdProviderId,
    /// Its name (銀座街).
    pub name: String,
    /// Whether it knows the resident. By which ID is not said.
    pub is_member: bool,
}

impl fmt::Debug for MergeStreet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MergeStreet({})", self.street)
    }
}

/// Merges points. Repeated with the same key and content it has the effect of one. The answer is an
/// [`OperationAnswer`](super::OperationAnswer) whose `merge` is there.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MergePointsRequest {
    /// Chosen by the terminal, written to its journal before this is sent.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub key: OperationKey,
    /// The visit that `look_up_points` or `look_up_street_card` opened.
    pub visit: String,
    /// Into which street.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub street: IdProviderId,
    /// Which points, and how many: the municipality's own alone.
    pub part: UsePart,
    /// Above the limits without PIN: the card's signature over this very merge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<CardSignature>,
}

impl fmt::Debug for MergePointsRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MergePointsRequest({})", self.key)
    }
}

/// A file that was lost is fetched again (row F8): the same record and number, never a second debit. The answer
/// is a [`MergeFile`].
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MergeFileRequest {
    /// The key of the merge, this terminal's own.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub key: OperationKey,
}

/// What goes into the street's folder.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MergeFile {
    /// Whose folder.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub street: IdProviderId,
    /// The street's name.
    pub street_name: String,
    /// 取引済番号.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub number: TransactionNumber,
    /// The file's bytes, hex. Sealed: nobody on the way can read or change them.
    pub file: String,
}

impl fmt::Debug for MergeFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MergeFile({} {})", self.street, self.number)
    }
}

/// Carries a street's answer to a file, as it lay in the folder.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AcknowledgeMergeRequest {
    /// Whose answer.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub street: IdProviderId,
    /// The file's bytes, hex; 320 of them at most.
    pub acknowledgement: String,
}

/// What became of a merge at its street, as the street has answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum MergeReception {
    /// Its points were added, once.
    Received,
    /// The street has no such member; the file is kept aside there, and may be received later.
    UnknownMember,
    /// Its number came before with other content: the street keeps that aside and looks into it.
    OtherContent,
    /// Its points were added and taken from the member again; the municipality gives them back (row F8).
    BookedBack,
    /// The street adds nothing under its number, whenever its file comes; the municipality gives them back.
    Declined,
}

/// Asks what streets have answered to merges of this terminal, also where another terminal carried it: two may share
/// a folder. The answer is a [`MergeReceptions`].
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MergeReceptionsRequest {
    /// The keys of the merges, this terminal's own; 50 at most.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub keys: Vec<OperationKey>,
}

/// What streets have answered, one row for each word; of a merge that none has answered there is no row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MergeReceptions {
    /// The rows, in the order in which they were said.
    pub receptions: Vec<MergeAnswered>,
}

/// What a street has answered to a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MergeAnswered {
    /// The key of the merge.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub key: OperationKey,
    /// What the street says.
    pub reception: MergeReception,
}

/// What became of an answer. Carried twice it is the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum AcknowledgeMergeAnswer {
    /// It is written down.
    Acknowledged {
        /// Of which merge.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        number: TransactionNumber,
        /// What the street says.
        reception: MergeReception,
    },
    /// It is not the street's, or of no merge of this municipality. Which of these is not said.
    NotGenuine,
}
