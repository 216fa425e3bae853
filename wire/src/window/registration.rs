//! Registering this PC as a terminal (画面 9 and 10).

use crate::terminal_api::{Contact, IdProviderChoice};
use serde::{Deserialize, Serialize};
use std::fmt;

/// 画面 9: terminal ID and password, as typed.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct BeginRegistration {
    /// 端末ID as typed.
    pub terminal: String,
    /// 端末パスワード.
    pub password: String,
}

impl fmt::Debug for BeginRegistration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BeginRegistration(..)")
    }
}

/// What 画面 10 shows and asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RegistrationForm {
    /// 端末ID, spaced: `1413 0001`.
    pub terminal: String,
    /// The municipality's name.
    pub municipality: String,
    /// The site's name as the municipality wrote it.
    pub site: String,
    /// The ID providers to choose from; empty where none is asked for.
    pub id_providers: Vec<IdProviderChoice>,
}

/// 画面 10: the contact details. Terminal ID and password are still the ones of 画面 9; the program
/// keeps them between the two screens.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RegisterTerminal {
    /// As typed.
    pub contact: Contact,
}

impl fmt::Debug for RegisterTerminal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RegisterTerminal(..)")
    }
}
