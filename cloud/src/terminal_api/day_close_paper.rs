//! What a day close says (日計, row K7): what a terminal did since the close before it, by kind and currency, and what
//! had become of the tickets it made.
//!
//! Drawn from the books once, and kept as it was said first.

use super::answer::kind;
use super::operation_request::asked_by;
use super::problem::Declined;
use super::ticket_words::currency_name;
use crate::clock::japan_date;
use crate::cloud::Cloud;
use crate::database::{Connection, NotRead};
use crate::identity::registration;
use crate::identity::session_cache::Session;
use crate::ledger::day_close_paper;
use crate::ledger::read::{self, Day, DaySum};
use jiff::civil::Date;
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger as books;
use madoguchi_domain::terminal::TerminalId;
use madoguchi_domain::ticket::{TicketNumber, TicketState};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{DayClose, DayCloseLine, DayCloseTickets, OperationKind};
use std::collections::BTreeMap;

/// The kinds in the order of the paper.
const ON_PAPER: [OperationKind; 8] = [
    OperationKind::Use,
    OperationKind::Void,
    OperationKind::IssueTicket,
    OperationKind::ReissueTicket,
    OperationKind::VoidTicket,
    OperationKind::ClearTicket,
    OperationKind::UnclearTicket,
    OperationKind::MergePoints,
];

/// The states of tickets in the order of the paper.
const STATES: [TicketState; 5] = [
    TicketState::Open,
    TicketState::Cleared,
    TicketState::Lapsed,
    TicketState::Reissued,
    TicketState::Voided,
];

/// Whose closes.
#[derive(Clone, Copy)]
struct Desk {
    terminal: TerminalId,
    home: BookCode,
}

impl Desk {
    fn of(session: &Session) -> Self {
        Self { terminal: session.terminal, home: asked_by(session).1 }
    }
}

/// A close of this terminal, by its number.
pub(super) async fn of(cloud: &Cloud, session: &Session, number: u32) -> Result<DayClose, Declined> {
    let desk = Desk::of(session);
    let drawn = cloud.database.read(move |read| {
        let closes = read::day_closes(read, desk.home, desk.terminal, number, 2)?;
        paper(read, desk, &closes, 0)
    });
    kept(cloud, desk, drawn.await?).await
}

/// The last so many closes of this terminal, newest first.
pub(super) async fn newest(cloud: &Cloud, session: &Session, most: usize) -> Result<Vec<DayClose>, Declined> {
    let desk = Desk::of(session);
    let drawn = cloud
        .database
        .read(move |read| {
            let closes = read::day_closes(read, desk.home, desk.terminal, u32::MAX, most + 1)?;
            let shown = closes.len().min(most);
            (0..shown).map(|index| paper(read, desk, &closes, index)).collect::<Result<Vec<_>, Declined>>()
        })
        .await?;
    let mut said = Vec::with_capacity(drawn.len());
    for paper in drawn {
        said.push(kept(cloud, desk, paper).await?);
    }
    Ok(said)
}

/// What a close would say now.
pub(super) async fn preview(cloud: &Cloud, session: &Session) -> Result<DayClose, Declined> {
    let (desk, at_ms) = (Desk::of(session), cloud.clock.now_ms());
    let preview = move |read: &Connection| {
        let before = read::last_close(read, desk.home, desk.terminal)?;
        let (seq, head) = read::head(read, desk.home)?;
        let day = day(read, desk, before.as_ref(), seq + 1)?;
        let (date, since_ms) = (japan_date(at_ms), before.map(|close| close.at_ms));
        Ok(DayClose {
            number: 0,
            date,
            at_ms,
            since_ms,
            lines: lines(read, day.sums)?,
            tickets: tickets(read, &day.made, (at_ms, date))?,
            head: hex::encode(head.0),
        })
    };
    cloud.database.read(preview).await.map_err(|error: NotRead<Declined>| error.into())
}

/// A paper, and whether it was kept before.
struct Drawn {
    close: DayClose,
    is_kept: bool,
}

/// The close at this place of a list that is sorted newest first and holds the one before it as well.
fn paper(read: &Connection, desk: Desk, closes: &[books::DayClose], index: usize) -> Result<Drawn, Declined> {
    let failed = || Declined::because(ErrorCode::CloudFailed);
    let close = closes.get(index).ok_or_else(failed)?;
    if let Some(close) = find(read, desk, close.number)? {
        return Ok(Drawn { close, is_kept: true });
    }
    let before = closes.get(index + 1);
    let head = read::head_at(read, desk.home, close.seq)?.ok_or_else(failed)?;
    let day = day(read, desk, before, close.seq)?;
    let close = DayClose {
        number: close.number,
        date: close.date,
        at_ms: close.at_ms,
        since_ms: before.map(|before| before.at_ms),
        lines: lines(read, day.sums)?,
        tickets: tickets(read, &day.made, (close.at_ms, close.date))?,
        head: hex::encode(head.0),
    };
    Ok(Drawn { close, is_kept: false })
}

fn day(
    read: &Connection,
    desk: Desk,
    before: Option<&books::DayClose>,
    before_seq: i64,
) -> Result<Day, Declined> {
    let after = match before {
        Some(before) => before.seq,
        None => before_the_first_registration(read, desk)?,
    };
    Ok(read::day(read, desk.home, desk.terminal, (after, before_seq))?)
}

fn lines(read: &Connection, sums: Vec<DaySum>) -> Result<Vec<DayCloseLine>, Declined> {
    let mut on_paper: Vec<(usize, DaySum)> =
        sums.into_iter().filter_map(|sum| Some((place_on_paper(&sum)?, sum))).collect();
    on_paper.sort_by_key(|(place, sum)| (*place, sum.currency));
    let line = |(place, sum): (usize, DaySum)| {
        let currency = currency_name(read, sum.currency)?;
        Ok(DayCloseLine { kind: ON_PAPER[place], currency, count: sum.count, points: sum.points })
    };
    on_paper.into_iter().map(line).collect()
}

/// What had become of the tickets that were made, at a moment and on its Japan date. What became of one later is not
/// said; one whose last day is over has lapsed, whether or not that was booked yet.
fn tickets(
    read: &Connection,
    made: &[TicketNumber],
    (at_ms, date): (i64, Date),
) -> Result<Vec<DayCloseTickets>, Declined> {
    let mut by_state: BTreeMap<(CurrencyCode, usize), (u32, i64)> = BTreeMap::new();
    for number in made {
        let ticket = read::ticket(read, *number)?.ok_or(Declined::because(ErrorCode::CloudFailed))?;
        let state = match ticket.closing {
            Some(closing) if closing.at_ms <= at_ms => ticket.state,
            _ if ticket.is_past_on(date) => TicketState::Lapsed,
            _ => TicketState::Open,
        };
        let place = STATES.iter().position(|known| *known == state).unwrap_or_default();
        let (count, points) = by_state.entry((ticket.face.currency, place)).or_default();
        *count = count.saturating_add(1);
        *points = points.saturating_add(ticket.face.points.get());
    }
    let line = |((currency, place), (count, points)): ((CurrencyCode, usize), (u32, i64))| {
        let currency = currency_name(read, currency)?;
        Ok(DayCloseTickets { currency, state: STATES[place], count, points })
    };
    by_state.into_iter().map(line).collect()
}

/// Kinds that no paper shows have no place.
fn place_on_paper(sum: &DaySum) -> Option<usize> {
    let kind = kind(sum.kind)?;
    ON_PAPER.iter().position(|known| *known == kind)
}

/// A terminal has done nothing before it was registered.
fn before_the_first_registration(read: &Connection, desk: Desk) -> Result<i64, Declined> {
    Ok(match registration::first_registered_at(read, desk.terminal)? {
        Some(at_ms) => read::last_seq_before(read, desk.home, japan_date(at_ms))?,
        None => 0,
    })
}

/// Keeps a paper that was drawn now; whoever was first is right.
async fn kept(cloud: &Cloud, desk: Desk, drawn: Drawn) -> Result<DayClose, Declined> {
    if drawn.is_kept {
        return Ok(drawn.close);
    }
    let paper = serde_json::to_string(&drawn.close).map_err(|e| Declined::failed(&e))?;
    let number = drawn.close.number;
    let keep = move |write: &Connection| -> Result<Option<DayClose>, Declined> {
        day_close_paper::keep(write, desk.home, desk.terminal, number, &paper)?;
        find(write, desk, number)
    };
    let kept = cloud.database.write(keep).await?;
    kept.ok_or(Declined::because(ErrorCode::CloudFailed))
}

fn find(read: &Connection, desk: Desk, number: u32) -> Result<Option<DayClose>, Declined> {
    let paper = day_close_paper::find(read, desk.home, desk.terminal, number)?;
    paper.map(|paper| serde_json::from_str(&paper).map_err(|e| Declined::failed(&e))).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::check;

    #[test]
    fn the_books_are_checked_against_every_kind_by_the_name_it_has_on_paper() {
        let on_paper = ON_PAPER.map(|kind| serde_json::to_value(kind).ok());
        let checked = check::ON_PAPER.map(|(of_books, name)| {
            let name = Some(serde_json::Value::from(name));
            assert_eq!(kind(of_books).and_then(|kind| serde_json::to_value(kind).ok()), name);
            name
        });
        assert_eq!(checked, on_paper);
    }
}
