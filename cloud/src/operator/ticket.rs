//! Tickets: their keys, and terminals at which numbers are guessed (rows E1, E6).

use super::OperatorError;
use crate::clock::japan_date;
use crate::database::Connection;
use crate::identity::{issuer, registry, terminal};
use crate::keys::wrapped::{self, WrappedFor, Wrapping};
use crate::ticket::guessing;
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::terminal::TerminalId;

/// How long a retired key still proves tickets: the last one issued under it is good for 30 days.
const KEPT_FOR_MS: i64 = 31 * 24 * 60 * 60 * 1000;

/// Makes an issuer's next ticket key, under which its tickets are issued from now on, and says its number.
/// The one before proves the papers that are out there for another 31 days.
pub fn begin_next_key(
    write: &Connection,
    wrapping: &Wrapping,
    code: IssuerCode,
    now_ms: i64,
) -> Result<u32, OperatorError> {
    if issuer::find(write, code)?.is_none() {
        return Err(OperatorError::UnknownIssuer(code));
    }
    Ok(wrapped::begin_next(write, wrapping, WrappedFor::TicketTag(code), now_ms)?)
}

/// What every day brings: keys that no ticket and no street needs any more are destroyed, and which numbers were guessed
/// on earlier days is forgotten. Says how many keys it were.
pub fn tidy(write: &Connection, now_ms: i64) -> Result<usize, OperatorError> {
    guessing::forget_numbers_before(write, japan_date(now_ms))?;
    let destroyed = wrapped::destroy_retired(write, now_ms - KEPT_FOR_MS)?;
    if destroyed > 0 {
        // A process that clears tickets remembers the opened keys.
        registry::mark_changed(write)?;
    }
    Ok(destroyed)
}

/// Lets a terminal that was slowed or locked try numbers again.
pub fn unlock(write: &Connection, id: TerminalId, now_ms: i64) -> Result<(), OperatorError> {
    if terminal::find(write, id)?.is_none() {
        return Err(OperatorError::UnknownTerminal(id));
    }
    if guessing::unlock(write, id, japan_date(now_ms), now_ms)? {
        Ok(())
    } else {
        Err(OperatorError::NotSlowed(id))
    }
}
