//! Point tickets: where numbers are guessed, and letting a terminal go on.

use super::Outcome;
use super::issuer::terminal_id;
use clap::Subcommand;
use jiff::ToSpan;
use madoguchi_cloud::clock::Clock;
use madoguchi_cloud::database::Database;
use madoguchi_cloud::operator::{OperatorError, ticket};
use madoguchi_cloud::ticket::guessing::{self, Guessing};
use madoguchi_cloud::ticket::lapsed_waiting::{self, ListedLate};
use madoguchi_domain::day::{self, from_millis};
use madoguchi_domain::terminal::TerminalId;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// `ticket …`
#[derive(Subcommand)]
pub(super) enum Ticket {
    /// Where numbers that are no ticket were tried: date, terminal, municipality, typed, scanned, locked.
    Guesses {
        /// Of how many days, today among them.
        #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u16).range(1..=3_660))]
        days: u16,
    },
    /// Used tickets that lapsed while their scan waited on a dead line: refused when, ticket, points, last day,
    /// scanned when, terminal, municipality, site of the stamp.
    LapsedWaiting {
        /// Of how many days, today among them.
        #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=3_660))]
        days: u16,
    },
    /// Let a terminal that was slowed or locked for guessing go on today.
    Unlock {
        /// Its ID.
        #[arg(value_parser = terminal_id)]
        terminal: TerminalId,
    },
}

impl Ticket {
    pub(super) async fn run(self, database: &Database) -> Outcome {
        match self {
            Self::Guesses { days } => {
                let first = Clock::System.today().saturating_sub((i64::from(days) - 1).days());
                let read =
                    database.read(move |read| guessing::since(read, first).map_err(OperatorError::from));
                read.await.map_err(OperatorError::from)?.iter().for_each(print);
            }
            Self::LapsedWaiting { days } => {
                let since_ms = Clock::System.now_ms() - i64::from(days) * DAY_MS;
                let read = database
                    .read(move |read| lapsed_waiting::since(read, since_ms).map_err(OperatorError::from));
                read.await.map_err(OperatorError::from)?.iter().for_each(print_late);
            }
            Self::Unlock { terminal } => {
                let now_ms = Clock::System.now_ms();
                let unlocked = database.write(move |write| ticket::unlock(write, terminal, now_ms));
                unlocked.await.map_err(OperatorError::from)?;
            }
        }
        Ok(())
    }
}

fn print(guesses: &Guessing) {
    let Guessing { date, terminal, municipality, typed, scanned, .. } = guesses;
    let locked = if guesses.is_locked { "locked" } else { "-" };
    println!("{date} {terminal} {municipality} {typed} {scanned} {locked}");
}

fn print_late(late: &ListedLate) {
    let ListedLate { terminal, municipality, number, points, last_day, site_name, .. } = late;
    let (refused, scanned) = (japan_time(late.refused_at_ms), japan_time(late.scanned_at_ms));
    println!("{refused} {number} {points} {last_day} {scanned} {terminal} {municipality} {site_name}");
}

/// A moment in Japan, as a list is sorted by it: `2026-12-11T09:00:00`.
pub(super) fn japan_time(at_ms: i64) -> String {
    let at = from_millis(at_ms).unwrap_or_default();
    day::japan_time(at).strftime("%Y-%m-%dT%H:%M:%S").to_string()
}
