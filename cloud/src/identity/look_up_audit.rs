//! The audit of look-ups: which terminal looked up whom, and when (docs/security.md 3).
//!
//! Append-only, and by the random person id, so it holds neither a MyKey ID nor a certificate.

use crate::database::{self, Connection, params};
use madoguchi_domain::person::PersonId;
use madoguchi_domain::terminal::TerminalId;

/// One look-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LookUp {
    /// When, milliseconds since 1970 (UTC).
    pub at_ms: i64,
    /// By which terminal.
    pub terminal: TerminalId,
    /// Of whom.
    pub person: PersonId,
}

/// Writes down a look-up.
pub fn append(write: &Connection, look_up: &LookUp) -> database::Result<()> {
    write
        .execute(
            "insert into look_up_audit (at_ms, terminal, person) values ($1, $2, $3)",
            params![look_up.at_ms, look_up.terminal.number(), look_up.person.0.as_bytes()],
        )
        .map(drop)
}
