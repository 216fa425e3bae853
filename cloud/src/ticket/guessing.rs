//! Guessing numbers is slowed, seen and reported (row E6, docs/security.md 9).
//!
//! A miss is a number that is no ticket, a tag that is wrong, or a typed number of another municipality.
//! Misses are counted per terminal and Japan day, typed ones twice as heavily: a typed number proves
//! nothing. Beyond a few, which anybody mistypes, each further one makes the terminal wait longer; then it
//! is locked until its operator unlocks it or the day ends. A code whose tag is right is no guess: it is
//! neither slowed nor locked out, so a clerk with a pile of real tickets goes on. Where a whole
//! municipality misses a lot, nobody there has misses for free any more.
//!
//! The same number at the same terminal counts once a day: a clerk who scans a paper again guesses nothing.

use super::number_hash::NumberHash;
use crate::database::{self, Connection, Error, Optional, Row, params};
use jiff::civil::Date;
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::terminal::TerminalId;

/// The score that costs no waiting: eight papers, or four typed numbers.
const FREE_SCORE: i64 = 8;
/// The score at which a terminal is locked: thirty papers, or fifteen typed numbers.
const LOCK_SCORE: i64 = 30;
/// The longest wait, in seconds.
const LONGEST_WAIT_S: i64 = 300;
/// The score of all terminals of a municipality on one day from which nothing is free there any more.
pub const MUNICIPALITY_SCORE: i64 = 300;

/// How a number came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Typed by hand.
    Typed,
    /// Out of a scanned code, with a tag that is not right.
    Scanned,
}

impl Way {
    const fn weight(self) -> i64 {
        match self {
            Self::Typed => 2,
            Self::Scanned => 1,
        }
    }
}

/// Whether a terminal may try a number that nothing proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It may.
    Free,
    /// Not yet.
    Slowed {
        /// Seconds until it may.
        wait_s: u32,
    },
    /// Not until it is unlocked or the day ends.
    Locked,
}

/// A number that was no ticket here.
#[derive(Debug, Clone, Copy)]
pub struct Miss {
    /// At which terminal.
    pub terminal: TerminalId,
    /// Of which municipality.
    pub municipality: IssuerCode,
    /// The number, hashed.
    pub number: NumberHash,
    /// How it came in.
    pub way: Way,
    /// When, milliseconds since 1970 (UTC).
    pub at_ms: i64,
    /// The Japan date of that.
    pub date: Date,
}

/// What came of noting a miss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noted {
    /// Whether it could be tried at all. Of requests sent at the same time only one is answered before
    /// the waiting begins.
    pub before: Standing,
    /// This miss locked the terminal.
    pub locks: bool,
    /// This miss brought the municipality to [`MUNICIPALITY_SCORE`].
    pub alarms_municipality: bool,
}

/// The misses of one terminal on one day, as they are reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guessing {
    /// The terminal.
    pub terminal: TerminalId,
    /// Its municipality.
    pub municipality: IssuerCode,
    /// The Japan date.
    pub date: Date,
    /// Typed numbers.
    pub typed: u32,
    /// Scanned codes.
    pub scanned: u32,
    /// The last of them, milliseconds since 1970 (UTC).
    pub last_at_ms: i64,
    /// Whether the terminal was locked and not unlocked since.
    pub is_locked: bool,
    score: i64,
    wait_until_ms: i64,
}

impl Guessing {
    fn standing(&self, now_ms: i64) -> Standing {
        if self.is_locked {
            return Standing::Locked;
        }
        let left_ms = self.wait_until_ms - now_ms;
        if left_ms <= 0 {
            return Standing::Free;
        }
        Standing::Slowed { wait_s: u32::try_from((left_ms + 999) / 1000).unwrap_or(u32::MAX) }
    }
}

const COLUMNS: &str =
    "terminal, municipality, business_date, typed, scanned, last_at_ms, score, wait_until_ms,
    case when locked_at_ms is not null and (unlocked_at_ms is null or unlocked_at_ms < locked_at_ms)
         then 1 else 0 end";

fn from_row(row: &Row<'_>) -> database::Result<Guessing> {
    Ok(Guessing {
        terminal: TerminalId::from_number(row.get(0)?).map_err(|e| Error::column(0, e))?,
        municipality: IssuerCode::parse(&row.get::<String>(1)?).map_err(|e| Error::column(1, e))?,
        date: row.get::<String>(2)?.parse().map_err(|e: jiff::Error| Error::column(2, e))?,
        typed: row.get(3)?,
        scanned: row.get(4)?,
        last_at_ms: row.get(5)?,
        score: row.get(6)?,
        wait_until_ms: row.get(7)?,
        is_locked: row.get::<i64>(8)? == 1,
    })
}

fn find(read: &Connection, terminal: TerminalId, date: Date) -> database::Result<Option<Guessing>> {
    let sql = format!("select {COLUMNS} from ticket_guessing where terminal = $1 and business_date = $2");
    read.query_row(&sql, params![terminal.number(), date.to_string()], from_row).optional()
}

/// Whether a terminal may try a number that nothing proves.
pub fn standing(
    read: &Connection,
    terminal: TerminalId,
    date: Date,
    now_ms: i64,
) -> database::Result<Standing> {
    Ok(find(read, terminal, date)?.map_or(Standing::Free, |known| known.standing(now_ms)))
}

/// Counts a miss, unless it is the same number again or came too early to be tried.
pub fn note(write: &Connection, miss: &Miss) -> database::Result<Noted> {
    let known = find(write, miss.terminal, miss.date)?;
    let before = known.as_ref().map_or(Standing::Free, |known| known.standing(miss.at_ms));
    let nothing = Noted { before, locks: false, alarms_municipality: false };
    if before != Standing::Free || !is_new(write, miss)? {
        return Ok(nothing);
    }
    let score = known.map_or(0, |known| known.score) + miss.way.weight();
    let of_municipality = municipality_score(write, miss.municipality, miss.date)? + miss.way.weight();
    let free = if of_municipality >= MUNICIPALITY_SCORE { 0 } else { FREE_SCORE };
    let locks = score >= LOCK_SCORE;
    add(write, miss, score, miss.at_ms + wait_after_s(score - free) * 1000, locks)?;
    let alarms_municipality =
        of_municipality >= MUNICIPALITY_SCORE && of_municipality - miss.way.weight() < MUNICIPALITY_SCORE;
    Ok(Noted { locks, alarms_municipality, ..nothing })
}

fn is_new(write: &Connection, miss: &Miss) -> database::Result<bool> {
    let added = write.execute(
        "insert into ticket_miss (terminal, business_date, number_hash) values ($1, $2, $3)
         on conflict (terminal, business_date, number_hash) do nothing",
        params![miss.terminal.number(), miss.date.to_string(), miss.number.0],
    )?;
    Ok(added == 1)
}

fn municipality_score(read: &Connection, municipality: IssuerCode, date: Date) -> database::Result<i64> {
    read.query_row(
        "select cast(coalesce(sum(typed), 0) as bigint), cast(coalesce(sum(scanned), 0) as bigint)
         from ticket_guessing where municipality = $1 and business_date = $2",
        params![municipality.as_str(), date.to_string()],
        |row| Ok(row.get::<i64>(0)? * Way::Typed.weight() + row.get::<i64>(1)? * Way::Scanned.weight()),
    )
}

fn add(write: &Connection, miss: &Miss, score: i64, wait_until_ms: i64, locks: bool) -> database::Result<()> {
    let (typed, scanned) = match miss.way {
        Way::Typed => (1_i64, 0_i64),
        Way::Scanned => (0, 1),
    };
    write
        .execute(
            "insert into ticket_guessing (terminal, business_date, municipality, score, typed, scanned,
                 last_at_ms, wait_until_ms, locked_at_ms)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (terminal, business_date) do update set score = excluded.score,
                 typed = ticket_guessing.typed + excluded.typed,
                 scanned = ticket_guessing.scanned + excluded.scanned,
                 last_at_ms = excluded.last_at_ms, wait_until_ms = excluded.wait_until_ms,
                 locked_at_ms = coalesce(excluded.locked_at_ms, ticket_guessing.locked_at_ms)",
            params![
                miss.terminal.number(),
                miss.date.to_string(),
                miss.municipality.as_str(),
                score,
                typed,
                scanned,
                miss.at_ms,
                wait_until_ms,
                locks.then_some(miss.at_ms)
            ],
        )
        .map(drop)
}

/// Unlocks a terminal for the rest of the day: it begins anew. `false`: it is not slowed or locked.
pub fn unlock(write: &Connection, terminal: TerminalId, date: Date, now_ms: i64) -> database::Result<bool> {
    let unlocked = write.execute(
        "update ticket_guessing set score = 0, wait_until_ms = 0, unlocked_at_ms = $1
         where terminal = $2 and business_date = $3 and score > 0",
        params![now_ms, terminal.number(), date.to_string()],
    )?;
    Ok(unlocked == 1)
}

/// Where numbers were guessed since a day, the newest first.
pub fn since(read: &Connection, day: Date) -> database::Result<Vec<Guessing>> {
    let sql = format!(
        "select {COLUMNS} from ticket_guessing where business_date >= $1
         order by business_date desc, score desc, terminal"
    );
    read.query_all(&sql, params![day.to_string()], from_row)
}

/// Forgets which numbers they were, of earlier days; how many they were stays.
pub fn forget_numbers_before(write: &Connection, day: Date) -> database::Result<()> {
    write.execute("delete from ticket_miss where business_date < $1", params![day.to_string()]).map(drop)
}

/// How long a terminal waits after a miss that brought it so far beyond what is free: 2, 4, 8 … 300 seconds.
fn wait_after_s(beyond: i64) -> i64 {
    match beyond {
        ..=0 => 0,
        beyond => u32::try_from(beyond)
            .ok()
            .and_then(|beyond| 2_i64.checked_pow(beyond))
            .map_or(LONGEST_WAIT_S, |wait| wait.min(LONGEST_WAIT_S)),
    }
}

#[cfg(test)]
mod tests;
