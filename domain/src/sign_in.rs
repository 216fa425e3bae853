//! Sign-in (row A8): which functions want the terminal password besides the device key, how long it
//! holds, and the staff name that may go with it.
//!
//! Source: seed 001, 画面 2, 68 and 75 (terminal ID and password before the point menu, the grant desk
//! and the handheld); 画面 22 (service IDs ask for none). How often, and whether a name is wanted, is
//! the municipality's rule.

use crate::day;
use crate::terminal::TerminalFunction;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How often the terminal password is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PasswordAsked {
    /// Never: the device key is enough.
    Never,
    /// Once on each Japan day, and after a lock.
    #[default]
    EveryDay,
    /// As every day, and at each start of the terminal's program.
    EveryStart,
}

/// Whether whoever signs in says who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffNameAsked {
    /// No name is asked for, none is kept.
    #[default]
    No,
    /// A name can be given.
    Optional,
    /// Without a name nobody signs in.
    Required,
}

/// A municipality's rule for signing in at its terminals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct SignInRule {
    /// How often the password is asked for.
    pub password: PasswordAsked,
    /// Whether a staff name goes with it.
    pub staff_name: StaffNameAsked,
}

impl SignInRule {
    /// Whether a function wants a sign-in under this rule.
    pub const fn wants_sign_in(self, function: TerminalFunction) -> bool {
        !matches!(self.password, PasswordAsked::Never) && needs_sign_in(function)
    }
}

/// Service IDs are looked up without a password (画面 22); everything about points asks for it.
const fn needs_sign_in(function: TerminalFunction) -> bool {
    match function {
        TerminalFunction::ServiceIds => false,
        TerminalFunction::UsePoints
        | TerminalFunction::IssueTickets
        | TerminalFunction::ClearTickets
        | TerminalFunction::ClearTicketsForOthers
        | TerminalFunction::MergePoints
        | TerminalFunction::OwnTotals
        | TerminalFunction::Grant => true,
    }
}

/// When a sign-in of this instant ends by itself: at the next midnight in Japan.
///
/// `None` where the calendar ends.
pub fn ends_at(signed_in_at: Timestamp) -> Option<Timestamp> {
    let tomorrow = day::business_date(signed_in_at).tomorrow().ok()?;
    day::JAPAN.to_timestamp(tomorrow.at(0, 0, 0, 0)).ok()
}

/// Wrong tries in a row that cost no waiting: anybody mistypes.
const FREE_TRIES: u32 = 3;
/// The longest wait, in seconds.
const LONGEST_WAIT_S: i64 = 900;

/// How long the next try of a password has to wait after so many wrong ones: none, then 2, 4, 8 … 900 seconds
/// (row A5, docs/security.md 7).
pub fn wait_after_s(tries: u32) -> i64 {
    match tries.checked_sub(FREE_TRIES) {
        None => 0,
        Some(beyond) => 2_i64.checked_pow(beyond + 1).map_or(LONGEST_WAIT_S, |wait| wait.min(LONGEST_WAIT_S)),
    }
}

/// The longest staff name, in characters.
const LONGEST_NAME: usize = 30;

/// The name under which somebody signs in (担当者名). No `Debug`: it is a person's.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StaffName(String);

/// The text is no staff name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a staff name has 1 to 30 characters, none of them a control character")]
pub struct NotAStaffName;

impl StaffName {
    /// Reads what a person typed; spaces around it are dropped.
    pub fn typed(text: &str) -> Result<Self, NotAStaffName> {
        let name = text.trim();
        let fits = (1..=LONGEST_NAME).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        if fits { Ok(Self(name.to_owned())) } else { Err(NotAStaffName) }
    }

    /// The name, for a screen, a paper or a sealed column.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for StaffName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StaffName(..)")
    }
}

impl TryFrom<String> for StaffName {
    type Error = NotAStaffName;
    fn try_from(text: String) -> Result<Self, NotAStaffName> {
        Self::typed(&text)
    }
}

impl From<StaffName> for String {
    fn from(name: StaffName) -> String {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_ends_at_midnight_in_japan() -> Result<(), jiff::Error> {
        for (signed_in, ends) in [
            ("2026-11-20T00:00:00+09:00", "2026-11-21T00:00:00+09:00"),
            ("2026-11-20T12:00:00+09:00", "2026-11-21T00:00:00+09:00"),
            ("2026-11-20T23:59:59.999+09:00", "2026-11-21T00:00:00+09:00"),
            ("2026-12-31T15:00:00Z", "2027-01-02T00:00:00+09:00"),
        ] {
            assert_eq!(ends_at(signed_in.parse()?), Some(ends.parse()?), "{signed_in}");
        }
        assert_eq!(ends_at(Timestamp::MAX), None);
        Ok(())
    }

    #[test]
    fn points_want_a_sign_in_service_ids_do_not() {
        let by_default = SignInRule::default();
        assert!(by_default.wants_sign_in(TerminalFunction::UsePoints));
        assert!(by_default.wants_sign_in(TerminalFunction::OwnTotals));
        assert!(by_default.wants_sign_in(TerminalFunction::Grant));
        assert!(!by_default.wants_sign_in(TerminalFunction::ServiceIds));
        let never = SignInRule { password: PasswordAsked::Never, ..by_default };
        assert!(!never.wants_sign_in(TerminalFunction::UsePoints));
    }

    #[test]
    fn a_staff_name_is_short_and_plain() {
        let name = |text: &str| StaffName::typed(text).map(String::from);
        assert_eq!(name("　山田 花子 "), Ok("山田 花子".to_owned()));
        for text in ["", "  ", "　", "山田\n花子", &"あ".repeat(31)] {
            assert_eq!(name(text), Err(NotAStaffName), "{text:?}");
        }
        assert_eq!(name(&"あ".repeat(30)), Ok("あ".repeat(30)));
    }

    #[test]
    fn the_wait_grows_and_stays_bearable() {
        let waits: Vec<_> = (1..=13).map(wait_after_s).collect();
        assert_eq!(waits, [0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
        assert_eq!(wait_after_s(u32::MAX), LONGEST_WAIT_S);
    }
}
