//! The lapse job: books every lot and every ticket whose last day has passed.
//!
//! It may run late, twice, or on two servers: each lot and each ticket has one derived key, so it lapses
//! once. It works in turns of a few and rests after each longer than that took, so that uses of points go on
//! meanwhile: a day's lapses can wait a minute, a resident at a counter cannot.

mod tickets;

pub use tickets::lapse_due_tickets;

use super::wallet::wallet_from;
use super::{Ledger, NotPosted, columns};
use crate::database::{self, NotRead, NotWritten};
use crate::database::{Connection, Optional, Row, params};
use jiff::civil::Date;
use madoguchi_domain::currency::{CurrencyCode, CurrencyNumber};
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{AccountId, Actor, Answer, Asked, Job, LapseLot, LotId, Request, RequestHash};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::person::PersonId;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// How many lots or tickets lapse in one turn: what waits behind a turn waits for all of it.
const OPERATIONS_PER_TURN: i64 = 50;
/// How long the job rests after a turn, in times of what that took: the books are free for two thirds of the time,
/// however slow the machine and however many others want them.
const RESTS: u32 = 2;
/// The longest rest: a turn that took long once delays the rest of a day's lapses no longer than this.
const LONGEST_REST: Duration = Duration::from_millis(500);

/// Why the job stopped; run it again.
#[derive(Debug, thiserror::Error)]
pub enum NotLapsed {
    /// What is due could not be read.
    #[error("what is due to lapse cannot be read")]
    NotRead(#[from] NotRead<database::Error>),
    /// A lapse was not posted.
    #[error("a lapse was not posted")]
    NotPosted(#[from] NotPosted),
    /// How far the job has come could not be kept.
    #[error("how far the job has come cannot be kept")]
    NotKept(#[from] NotWritten<database::Error>),
}

/// Lapses all lots of all books whose last day is before `today` (Japan); returns how many did.
pub async fn lapse_due_lots(ledger: &Ledger, today: Date) -> Result<usize, NotLapsed> {
    let Ok(through) = today.yesterday() else { return Ok(0) };
    let mut lapsed = 0;
    for book in ledger.database().read(books).await? {
        lapsed += lapse_book(ledger, book, through).await?;
    }
    Ok(lapsed)
}

async fn lapse_book(ledger: &Ledger, book: BookCode, through: Date) -> Result<usize, NotLapsed> {
    let mut lapsed = 0;
    loop {
        let sweep = sweep(ledger, book, through).await?;
        lapsed += sweep.lapsed;
        if sweep.due == 0 {
            break;
        }
        if sweep.lapsed == 0 {
            // The books' own date has not come to it: they decide, not the caller.
            return Ok(lapsed);
        }
    }
    ledger.database().write(move |write| keep_mark(write, book, through)).await?;
    Ok(lapsed)
}

/// What one passing through all lots found.
#[derive(Default)]
struct Sweep {
    due: usize,
    lapsed: usize,
}

/// Passes once through the lots whose last day has come, from the mark on.
async fn sweep(ledger: &Ledger, book: BookCode, through: Date) -> Result<Sweep, NotLapsed> {
    let mut sweep = Sweep::default();
    let mut after = None;
    loop {
        let lots = ledger.database().read(move |read| past_lots(read, book, through, after)).await?;
        after = lots.last().map(|lot| lot.place);
        if after.is_none() {
            return Ok(sweep);
        }
        let due: Vec<Request> =
            lots.into_iter().filter(|lot| lot.remains).map(|lot| lapse_request(book, lot.lapse)).collect();
        sweep.due += due.len();
        sweep.lapsed += post_turn(ledger, due).await?;
    }
}

/// Where a lot stands in the order of last days.
#[derive(Debug, Clone, Copy)]
struct Place {
    last_day: Date,
    account: AccountId,
    lot: LotId,
}

/// A lot whose last day has passed.
struct PastLot {
    place: Place,
    lapse: LapseLot,
    /// Whether its wallet still holds any of it.
    remains: bool,
}

/// Queues the turn's requests together, so that they share a commit, and rests; says how many brought a lapse
/// about.
async fn post_turn(ledger: &Ledger, requests: Vec<Request>) -> Result<usize, NotLapsed> {
    if requests.is_empty() {
        return Ok(0);
    }
    let began = Instant::now();
    let posting: Vec<_> = requests
        .into_iter()
        .map(|request| {
            let ledger = ledger.clone();
            tokio::spawn(async move { ledger.post(request).await })
        })
        .collect();
    let mut lapsed = 0;
    for posted in posting {
        let posted = posted.await.map_err(|_| NotPosted::Unknown)??;
        lapsed += usize::from(posted.first && matches!(posted.answer, Answer::Done(_)));
    }
    tokio::time::sleep((began.elapsed() * RESTS).min(LONGEST_REST)).await;
    Ok(lapsed)
}

fn lapse_request(book: BookCode, lapse: LapseLot) -> Request {
    let text = format!("lapse:{book}:{}", lapse.lot.0);
    Request {
        actor: Actor::Job(Job::Lapse),
        home: book,
        key: OperationKey::derived(&text),
        hash: RequestHash::of([text.as_bytes()]),
        asked: Asked::Lapse(lapse),
    }
}

fn books(read: &Connection) -> database::Result<Vec<BookCode>> {
    read.query_all("select book from head order by book", params![], |row| columns::book(row, 0))
}

/// As many as make a turn, behind a place or else from the mark on: what lies before it has lapsed, and
/// nothing new can be granted there.
fn past_lots(
    read: &Connection,
    book: BookCode,
    through: Date,
    after: Option<Place>,
) -> database::Result<Vec<PastLot>> {
    let (day, account, lot) = match after {
        Some(place) => (columns::date_text(place.last_day), place.account.0, place.lot.0),
        None => (mark(read, book)?, i64::MAX, i64::MAX),
    };
    read.query_all(
        "select w.business_date, w.used, w.accounts, w.person, a.currency, l.account, l.id, l.last_day
         from lot l
         join account a on a.book = l.book and a.id = l.account
         join wallet w on w.book = a.book and w.person = a.owner
         where l.book = $1 and l.last_day >= $2 and (l.last_day, l.account, l.id) > ($2, $3, $4)
             and l.last_day <= $5 and a.kind = 'resident'
         order by l.last_day, l.account, l.id limit $6",
        params![book.as_str(), day, account, lot, columns::date_text(through), OPERATIONS_PER_TURN],
        |row| past_lot(row, book),
    )
}

fn past_lot(row: &Row<'_>, book: BookCode) -> database::Result<PastLot> {
    let wallet = wallet_from(row, 0)?;
    let person = PersonId(Uuid::from_bytes(row.get(3)?));
    let currency = CurrencyCode { book, number: CurrencyNumber(row.get(4)?) };
    let (account, lot) = (columns::account_id(row, 5)?, LotId(row.get(6)?));
    let held = wallet.accounts.get(&currency.number).and_then(|account| account.lot(lot));
    Ok(PastLot {
        place: Place { last_day: columns::date(row, 7)?, account, lot },
        lapse: LapseLot { currency, person, account, lot },
        remains: held.is_some_and(|lot| lot.remaining > 0),
    })
}

/// Every lot whose last day is this one or earlier has lapsed; an empty text comes before every day.
fn mark(read: &Connection, book: BookCode) -> database::Result<String> {
    let mark: Option<String> = read
        .query_row("select lapsed_through from lapse_mark where book = $1", params![book.as_str()], |row| {
            row.get(0)
        })
        .optional()?;
    Ok(mark.unwrap_or_default())
}

fn keep_mark(write: &Connection, book: BookCode, through: Date) -> database::Result<()> {
    write.execute(
        "insert into lapse_mark (book, lapsed_through) values ($1, $2)
         on conflict (book) do update set lapsed_through = excluded.lapsed_through
         where excluded.lapsed_through > lapse_mark.lapsed_through",
        params![book.as_str(), columns::date_text(through)],
    )?;
    Ok(())
}
