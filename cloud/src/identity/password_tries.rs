//! Wrong terminal passwords slow whoever types them, and nobody else (row A5, docs/security.md 7).
//!
//! Counted per terminal ID and source address, so an outsider's tries never keep the shop out. A try is
//! counted as wrong before the password is checked and forgotten when it was right: tries sent at the
//! same time cannot slip past the count.

use crate::database::{self, Connection, Optional, params};
use madoguchi_domain::sign_in::wait_after_s;
use madoguchi_domain::terminal::TerminalId;

/// The number of tries in a row at which the operator is alarmed.
pub const ALARM_AT: u32 = 10;
/// Tries are forgotten after a day without a new one, in milliseconds.
const FORGOTTEN_AFTER_MS: i64 = 24 * 60 * 60 * 1000;

/// Whether a password may be tried now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Try {
    /// It may; this is the how-manieth try in a row.
    Counted {
        /// From 1.
        tries: u32,
    },
    /// Not yet.
    TooEarly {
        /// Seconds until the next try is taken.
        wait_s: u32,
    },
}

/// Counts a try that is about to be made, or says that it is too early for one.
pub fn begin(write: &Connection, terminal: TerminalId, source: &str, now_ms: i64) -> database::Result<Try> {
    write.execute("delete from password_try where last_at_ms < $1", params![now_ms - FORGOTTEN_AFTER_MS])?;
    let known: Option<(u32, i64)> = write
        .query_row(
            "select tries, wait_until_ms from password_try where terminal = $1 and source = $2",
            params![terminal.number(), source],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let (tries_before, wait_until_ms) = known.unwrap_or((0, 0));
    if now_ms < wait_until_ms {
        let wait_s = (wait_until_ms - now_ms + 999) / 1000;
        return Ok(Try::TooEarly { wait_s: u32::try_from(wait_s).unwrap_or(u32::MAX) });
    }
    let tries = tries_before.saturating_add(1);
    write.execute(
        "insert into password_try (terminal, source, tries, wait_until_ms, last_at_ms)
         values ($1, $2, $3, $4, $5)
         on conflict (terminal, source) do update set tries = excluded.tries,
             wait_until_ms = excluded.wait_until_ms, last_at_ms = excluded.last_at_ms",
        params![terminal.number(), source, tries, now_ms + wait_after_s(tries) * 1000, now_ms],
    )?;
    Ok(Try::Counted { tries })
}

/// Forgets the tries: the password was right.
pub fn forget(write: &Connection, terminal: TerminalId, source: &str) -> database::Result<()> {
    write
        .execute(
            "delete from password_try where terminal = $1 and source = $2",
            params![terminal.number(), source],
        )
        .map(drop)
}
