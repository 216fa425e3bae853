//! Signing in and locking, as the window sees it (row A8).

use serde::{Deserialize, Serialize};
use std::fmt;

/// Whether the terminal password stands between the clerk and the points, and what is asked with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SignIn {
    /// Where it stands.
    pub state: SignInState,
    /// 端末ID, spaced: `1413 0001`; filled in, not typed.
    pub terminal: String,
    /// Whether a staff name is asked for.
    #[cfg_attr(test, ts(type = "'no' | 'optional' | 'required'"))]
    pub staff_name: madoguchi_domain::sign_in::StaffNameAsked,
    /// Who is signed in, where the municipality wants the name and it was given.
    pub signed_in_as: Option<String>,
    /// Names given here before, the latest first.
    pub names: Vec<String>,
}

/// Where signing in stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SignInState {
    /// No password is asked for at this terminal.
    NotNeeded,
    /// It must be typed: a new day, or never yet.
    Needed,
    /// The terminal was locked; it must be typed to go on.
    Locked,
    /// Somebody is signed in.
    SignedIn,
}

/// What is typed to sign in.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TypedSignIn {
    /// 端末パスワード; full-width letters are understood.
    pub password: String,
    /// 担当者名; empty = none.
    pub staff_name: String,
}

impl fmt::Debug for TypedSignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TypedSignIn(..)")
    }
}
