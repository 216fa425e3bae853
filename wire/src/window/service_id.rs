//! Service IDs at the counter (画面 22–26): what a card leads to, what is registered, how it is handed over.
//!
//! A number is its provider's: the window shows it, nothing else does.

use super::card_descriptions::NumberShown;
use super::pin::TypedPassword;
use crate::terminal_api::AddressNotice;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a card leads to at this terminal's ID provider.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ServiceIdFound {
    /// Which visit; counts up. A registration names it.
    pub visit: u32,
    /// The provider's name (川崎市立図書館).
    pub provider_name: String,
    /// 顧客ID; none = not registered yet.
    pub number: Option<String>,
    /// How it stands with the person's address notice (row C6).
    pub address_notice: AddressNotice,
}

impl fmt::Debug for ServiceIdFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServiceIdFound({})", self.visit)
    }
}

/// A customer number, as typed or scanned, or as it was understood.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TypedNumber {
    /// Full-width characters and blanks are understood.
    pub number: String,
}

impl fmt::Debug for TypedNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TypedNumber(..)")
    }
}

/// The institution's own card in place of typing (画面 23, 「読取」).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ReadCustomerNumberArguments {
    /// What the scanner typed; without it the FeliCa card on a reader is read.
    pub scanned: Option<NumberShown>,
}

/// What the card descriptions made of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "read", rename_all = "snake_case")]
pub enum CustomerNumberRead {
    /// A number, to be compared with the card.
    Number {
        /// 顧客ID.
        number: NumberShown,
        /// What the card is called by the description that counts; none = a scan, as it was typed.
        card: Option<String>,
    },
    /// No card lies on any reader.
    NoCard,
    /// What lies there is no FeliCa card: the resident's own, waiting for its turn.
    OtherCard,
}

/// Registers a number for the card of a visit.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RegisterServiceIdArguments {
    /// The visit that is on the screen.
    pub visit: u32,
    /// As typed or scanned.
    pub number: String,
    /// The number the clerk saw registered, which this one replaces; none = nothing was.
    pub replaces: Option<String>,
}

impl fmt::Debug for RegisterServiceIdArguments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RegisterServiceIdArguments({})", self.visit)
    }
}

/// The resident wishes for address notices: the signing certificate of the visit's card is read.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AskAddressNoticeArguments {
    /// The visit that is on the screen.
    pub visit: u32,
    /// What the resident typed.
    pub password: TypedPassword,
}

/// What stands after a registration, to be compared with the card (画面 24).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ServiceIdRegistered {
    /// The provider's name.
    pub provider_name: String,
    /// 顧客ID.
    pub number: String,
}

impl fmt::Debug for ServiceIdRegistered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServiceIdRegistered(..)")
    }
}

/// How a number that was looked up reaches the institution's own system (番号通知方式, row C3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum HandOver {
    /// It is shown, and typed by hand.
    Shown,
    /// It is put into the clipboard, and taken out again after a minute.
    Clipboard,
    /// It is typed into the window of another program that has the focus.
    Typed {
        /// The key after it.
        end: TypedEnd,
        /// How long to wait between two keys, in milliseconds: 0 to 200.
        pause_ms: u16,
    },
    /// It is laid into a folder as a file.
    File {
        /// The folder's path.
        folder: String,
        /// The file's name; `{number}`, `{date}` and `{time}` are filled in.
        name: String,
    },
}

/// The key after a number that is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TypedEnd {
    /// None.
    Nothing,
    /// Enter.
    Enter,
    /// Tab.
    Tab,
}

/// What became of a number that was handed over (画面 26).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum HandedOver {
    /// It is on the screen only.
    Shown,
    /// It is in the clipboard.
    Clipboard {
        /// For so many seconds, if nothing else takes its place.
        for_s: u32,
    },
    /// It was typed into another program's window.
    Typed,
    /// It lies in a folder.
    File {
        /// The folder's path.
        folder: String,
    },
}
