//! Where the street's software stands on this PC, and how the PC is registered with it (seed 001 §13 (ア)).

use super::{StreetPairing, StreetSettings};
use crate::failure::Failure;
use crate::terminal_api::Contact;
use crate::window::SignInState;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The street's counter at start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct StreetCounter {
    /// Whether this PC is registered, and with which street.
    pub place: StreetPlace,
    /// Whether the password is needed first.
    pub sign_in: SignInState,
    /// The settings.
    pub settings: StreetSettings,
    /// Whether a device is there that charges stored-value cards.
    pub can_charge: bool,
    /// Whether it can ask Madoguchi on this PC for the card on the reader.
    pub pairing: Option<StreetPairing>,
    /// The program's version.
    pub version: String,
}

/// Where the program stands with its street.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum StreetPlace {
    /// Not registered: the first screen asks for the street's terminal ID.
    Unregistered,
    /// A shop of a street.
    Registered {
        /// Which.
        street: StreetShown,
    },
    /// It cannot work: damaged books, a missing key, no credential store.
    Barred {
        /// Why, and what to do now.
        failure: Failure,
    },
}

/// The street and the shop, as the screens name them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct StreetShown {
    /// 商店街識別: the ID provider's 6 digits, as the merge files name the street.
    pub id: String,
    /// 商店街名.
    pub name: String,
    /// 店舗名.
    pub shop: String,
    /// The street's terminal ID.
    pub terminal: String,
}

/// Everything that registers this PC with a street.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct StreetRegistration {
    /// The street's terminal ID as typed.
    pub terminal: String,
    /// The password that goes with it.
    pub password: String,
    /// 商店街識別 as typed.
    pub street: String,
    /// 商店街名.
    pub street_name: String,
    /// Where the key sheet lies (`docs/receiver.md`); empty where the keys are in the credential store already.
    pub key_sheet: String,
    /// The folder agreed on for merge files.
    pub drop_folder: String,
    /// 連絡先. It names no ID provider: the street is one.
    pub contact: Contact,
}

impl fmt::Debug for StreetRegistration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StreetRegistration(..)")
    }
}

/// The password as typed.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct StreetPassword {
    /// It; full-width letters are understood.
    pub password: String,
}

impl fmt::Debug for StreetPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StreetPassword(..)")
    }
}

/// Another password in place of the one before.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct NewStreetPassword {
    /// The one before.
    pub before: String,
    /// The new one.
    pub password: String,
}

impl fmt::Debug for NewStreetPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewStreetPassword(..)")
    }
}

/// The keys for merging that are kept after a sheet was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MergeKeysTaken {
    /// How many; the earlier ones go on opening files until a third of their profile comes.
    pub keys: u32,
}

/// A key sheet by its place on this PC; what stands in it never reaches the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct KeySheetNamed {
    /// Its path.
    pub path: String,
}
