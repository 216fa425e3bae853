//! Sign-ins: the terminal password was right, besides the device key (row A8).
//!
//! The rows stay as history. Which staff name belongs to an operation follows from terminal and time,
//! so the books know no names, and a name can be erased without touching them.

use super::column::{UnknownValue, invalid};
use super::registry;
use crate::database::{self, Connection, Optional, Row, params};
use madoguchi_domain::sign_in::StaffName;
use madoguchi_domain::terminal::TerminalId;

/// What was asked for just before a lock may be booked just after it, in milliseconds.
const BOOKED_WITHIN_MS: i64 = 60_000;

/// One sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// When it began, milliseconds since 1970 (UTC).
    pub from_ms: i64,
    /// When it ended or will end by itself.
    pub until_ms: i64,
    /// Who it was, where a name was given.
    pub staff_name: Option<StaffName>,
}

/// Begins a sign-in in place of the one before. Processes that know the terminal as not signed in look
/// here before they say so, hence no word to the registry.
pub fn begin(
    write: &Connection,
    terminal: TerminalId,
    generation: u32,
    sign_in: &SignIn,
) -> database::Result<()> {
    close(write, terminal, sign_in.from_ms)?;
    write
        .execute(
            "insert into sign_in (terminal, from_ms, generation, until_ms, staff_name)
             values ($1, $2, $3, $4, $5)
             on conflict (terminal, from_ms) do update set generation = excluded.generation,
                 until_ms = excluded.until_ms, staff_name = excluded.staff_name",
            params![
                terminal.number(),
                sign_in.from_ms,
                generation,
                sign_in.until_ms,
                sign_in.staff_name.as_ref().map(StaffName::as_str)
            ],
        )
        .map(drop)
}

/// Ends the sign-in that began then, at every process within a second.
pub fn end(write: &Connection, terminal: TerminalId, from_ms: i64, now_ms: i64) -> database::Result<()> {
    let ended = write.execute(
        "update sign_in set until_ms = case when from_ms < $1 then $2 else from_ms end
         where terminal = $3 and from_ms = $4 and until_ms > $5",
        params![now_ms, now_ms, terminal.number(), from_ms, now_ms],
    )?;
    if ended == 0 { Ok(()) } else { registry::mark_changed(write) }
}

/// Ends whatever sign-in the terminal has: it was released, suspended or deleted. Whoever does that
/// tells the registry.
pub fn close(write: &Connection, terminal: TerminalId, now_ms: i64) -> database::Result<()> {
    write
        .execute(
            "update sign_in set until_ms = case when from_ms < $1 then $2 else from_ms end
             where terminal = $3 and until_ms > $4",
            params![now_ms, now_ms, terminal.number(), now_ms],
        )
        .map(drop)
}

/// The last sign-in of a terminal in a generation, whether or not it is over.
pub fn last(read: &Connection, terminal: TerminalId, generation: u32) -> database::Result<Option<SignIn>> {
    read.query_row(
        "select from_ms, until_ms, staff_name from sign_in where terminal = $1 and generation = $2
         order by from_ms desc limit 1",
        params![terminal.number(), generation],
        from_row,
    )
    .optional()
}

/// The sign-ins of a terminal that began in a span of time, in their order.
pub fn begun_between(
    read: &Connection,
    terminal: TerminalId,
    from_ms: i64,
    to_ms: i64,
) -> database::Result<Vec<SignIn>> {
    read.query_all(
        "select from_ms, until_ms, staff_name from sign_in
         where terminal = $1 and from_ms between $2 and $3 order by from_ms",
        params![terminal.number(), from_ms, to_ms],
        from_row,
    )
}

/// Whose sign-in an operation of this time was asked for in.
pub fn staff_name_at(sign_ins: &[SignIn], at_ms: i64) -> Option<&StaffName> {
    let before = sign_ins.iter().rev().find(|sign_in| sign_in.from_ms <= at_ms)?;
    if at_ms < before.until_ms.saturating_add(BOOKED_WITHIN_MS) { before.staff_name.as_ref() } else { None }
}

fn from_row(row: &Row<'_>) -> database::Result<SignIn> {
    let staff_name: Option<String> = row.get(2)?;
    let staff_name = staff_name.map(|name| StaffName::typed(&name)).transpose();
    Ok(SignIn {
        from_ms: row.get(0)?,
        until_ms: row.get(1)?,
        staff_name: staff_name.map_err(|_| invalid(2, UnknownValue))?,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn sign_in(from_ms: i64, until_ms: i64, name: &str) -> SignIn {
        SignIn { from_ms, until_ms, staff_name: StaffName::typed(name).ok() }
    }

    #[test]
    fn an_operation_belongs_to_whoever_was_signed_in() {
        let day = [
            sign_in(0, 1_000_000, "山田"),
            sign_in(1_500_000, 2_000_000, ""),
            sign_in(3_000_000, 9_000_000, "鈴木"),
        ];
        let name_at = |at_ms| staff_name_at(&day, at_ms).map(StaffName::as_str);
        assert_eq!(name_at(-1), None);
        assert_eq!(name_at(0), Some("山田"));
        assert_eq!(name_at(1_000_000), Some("山田"), "asked for before the lock, booked after it");
        assert_eq!(name_at(1_060_000), None);
        assert_eq!(name_at(1_500_000), None, "somebody who gave no name");
        assert_eq!(name_at(3_000_000), Some("鈴木"));
    }
}
