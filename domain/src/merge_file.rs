//! The encrypted file that carries merged points to a shopping street (合算ポイントファイル), as bytes.
//!
//! Belongs here: what a file says ([`MergeRecord`]), its two profiles, its name. Does not: keys at rest,
//! folders, whether a number was seen before, the ledger. Why it exists: the cloud seals, the street's
//! software opens, and the conformance kit judges others by the very same rules.
//!
//! Source: seed 001 §14–§17, 「商店街ポイントシステムとの連携仕様」. What it leaves open is decided in
//! `docs/merge-file.md`, with the reasons.

mod acknowledgement;
mod name;
mod profile_1;
mod profile_2;
mod record;
mod transaction_number;

pub use acknowledgement::{Acknowledgement, Reception, TakenBack, acknowledgement_file_name};
pub use name::file_name;
pub use profile_1::{NotASharedSecret, Profile1Key, SharedSecret, open_profile_1, seal_profile_1};
pub use profile_2::{Profile2Header, Profile2Key, open_profile_2, seal_profile_2};
pub use record::{MergeRecord, NotAStreetPointId, StreetPointId};
pub use transaction_number::{NotATransactionNumber, TransactionNumber};

/// No file is longer, in bytes: a receiver reads no more than this of whatever lies in its folder.
pub const LONGEST_FILE: usize = 320;

/// The file does not open or is not genuine. One reason for every kind of damage, so that nobody learns
/// about the key from the answers (docs/security.md 10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the merge file does not open or is not genuine")]
pub struct NotGenuine;
