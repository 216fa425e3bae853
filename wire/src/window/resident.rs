//! The screen turned to the resident (row K10): where the clerk's window stands with a visit, and what
//! the resident is shown of it.
//!
//! The clerk's window only names its step; the program puts together what is shown, from what it holds
//! itself. Nothing of the clerk's own work and no ID of any kind is in [`ResidentScreen`].

use super::UsePointsArguments;
use super::settings::Theme;
use jiff::civil::Date;
use madoguchi_domain::language::Language;
use madoguchi_domain::operation_key::OperationKey;
use serde::{Deserialize, Serialize};

/// The commands of the resident's window: none that acts.
pub const RESIDENT_COMMANDS: &[&str] = &["follow_resident_screen"];

/// The step of the clerk's window, as far as it concerns the resident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum ResidentStep {
    /// Nobody is being served.
    Rest,
    /// A card is awaited.
    Card,
    /// A card is being read.
    Reading,
    /// The clerk asks how many points.
    Amount {
        /// Whose balances.
        visit: u32,
    },
    /// The clerk asks whether that is right.
    Confirm {
        /// What is going to be used.
        parts: UsePointsArguments,
        /// Where it becomes a ticket: the ticket's last day.
        #[cfg_attr(test, ts(type = "string | null"))]
        last_day: Option<Date>,
        /// Whether the button was pressed.
        sending: bool,
    },
    /// The clerk has something to find out.
    Wait,
    /// A use or the issue of a ticket took place.
    Done {
        /// Which.
        #[cfg_attr(test, ts(type = "string"))]
        key: OperationKey,
    },
}

/// The resident's screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ResidentScreen {
    /// The site's name; empty before the terminal is registered.
    pub shop: String,
    /// The language it begins in; the resident can change it on the screen.
    #[cfg_attr(test, ts(type = "'ja' | 'en'"))]
    pub language: Language,
    /// Colours.
    pub theme: Theme,
    /// What it shows.
    pub view: ResidentView,
}

/// What the resident's screen shows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "view", rename_all = "snake_case")]
pub enum ResidentView {
    /// A welcome.
    #[default]
    Rest,
    /// Where the card goes.
    Card,
    /// The card must stay.
    Reading,
    /// What can be used here.
    Balances {
        /// One per account.
        accounts: Vec<ResidentBalance>,
    },
    /// The question whether this is right.
    Ask {
        /// One per account that is used.
        sums: Vec<ResidentSum>,
        /// Where it becomes a ticket: the ticket's last day.
        #[cfg_attr(test, ts(type = "string | null"))]
        last_day: Option<Date>,
        /// Whether the answer was given.
        sending: bool,
    },
    /// A moment's patience, without a reason that is the clerk's.
    Wait,
    /// What was used and what is left.
    Done {
        /// One per account that was used.
        sums: Vec<ResidentSum>,
        /// Where it became a ticket: the ticket's last day.
        #[cfg_attr(test, ts(type = "string | null"))]
        last_day: Option<Date>,
    },
}

/// An account as its owner is shown it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ResidentBalance {
    /// The currency's name.
    pub currency: String,
    /// What can be used.
    #[cfg_attr(test, ts(type = "number"))]
    pub points: i64,
}

/// A use of one account as its owner is shown it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ResidentSum {
    /// The currency's name.
    pub currency: String,
    /// The balance before.
    #[cfg_attr(test, ts(type = "number"))]
    pub before: i64,
    /// What is used, positive.
    #[cfg_attr(test, ts(type = "number"))]
    pub points: i64,
    /// The balance after.
    #[cfg_attr(test, ts(type = "number"))]
    pub after: i64,
}
