//! Everything a window needs when it opens.

use super::card::CardState;
use super::devices::Devices;
use super::last_operation::LastOperation;
use super::settings::Settings;
use super::sign_in::SignIn;
use crate::failure::Failure;
use crate::terminal_api::TerminalProfile;
use serde::{Deserialize, Serialize};

/// The counter at start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Counter {
    /// Whether this PC is a terminal, and which.
    pub place: Place,
    /// Whether the terminal password is needed first.
    pub sign_in: SignIn,
    /// The settings.
    pub settings: Settings,
    /// The devices.
    pub devices: Devices,
    /// The card, which may lie there since before anybody listened.
    pub card: CardState,
    /// The last operation, if there ever was one.
    pub last_operation: Option<LastOperation>,
    /// The program's version.
    pub version: String,
}

/// Where the program stands with its terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Place {
    /// Not registered: the first screen is 画面 9.
    Unregistered,
    /// A terminal; the profile is the one of the last session.
    Registered {
        /// What it is and may do.
        profile: TerminalProfile,
    },
    /// It cannot work: changed PC, suspended, released, copied folder, damaged store …
    Barred {
        /// Why, and what to do now.
        failure: Failure,
        /// Whether registering anew is what to do now.
        may_register: bool,
    },
}
