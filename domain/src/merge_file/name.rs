//! A merge file's name: for people and for the agreed folder. What counts is inside.

use super::TransactionNumber;
use crate::id_provider::IdProviderId;

/// `merge_300101_20261121093015000042.dat`: the street and the transaction number. ASCII, so that any
/// folder on any system takes it.
pub fn file_name(street: IdProviderId, number: TransactionNumber) -> String {
    format!("merge_{street}_{number}.dat")
}
