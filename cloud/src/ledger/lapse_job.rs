//! The lapse job: books every lot whose last day has passed.
//!
//! It may run late, twice, or on two servers: each lot has one derived key, so it lapses once. It
//! works in turns of a few lots, so that uses of points go on between them.

use super::{Ledger, NotPosted, columns};
use crate::database::{self, NotRead, NotWritten};
use crate::database::{Connection, Optional, Row, params};
use jiff::civil::Date;
use madoguchi_domain::currency::{CurrencyCode, CurrencyNumber};
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{
    AccountId, AccountKind, Actor, Answer, Asked, Job, LapseLot, LotId, Request, RequestHash,
};
use madoguchi_domain::operation_key::OperationKey;

/// How many lots lapse in one turn.
const LOTS_PER_TURN: i64 = 200;

/// Why the job stopped; run it again.
#[derive(Debug, thiserror::Error)]
pub enum NotLapsed {
    /// The due lots could not be read.
    #[error("the due lots cannot be read")]
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
        let due = ledger.database().read(move |read| due_lots(read, book, through)).await?;
        if due.is_empty() {
            break;
        }
        match lapse_turn(ledger, book, due).await? {
            // The books' own date has not come to it: they decide, not the caller.
            0 => return Ok(lapsed),
            count => lapsed += count,
        }
    }
    ledger.database().write(move |write| keep_mark(write, book, through)).await?;
    Ok(lapsed)
}

/// Queues the turn's requests together, so that they share a commit.
async fn lapse_turn(ledger: &Ledger, book: BookCode, due: Vec<LapseLot>) -> Result<usize, NotLapsed> {
    let posting: Vec<_> = due
        .into_iter()
        .map(|lapse| {
            let ledger = ledger.clone();
            tokio::spawn(async move { ledger.post(lapse_request(book, lapse)).await })
        })
        .collect();
    let mut lapsed = 0;
    for posted in posting {
        let posted = posted.await.map_err(|_| NotPosted::Unknown)??;
        lapsed += usize::from(posted.first && matches!(posted.answer, Answer::Done(_)));
    }
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

/// From the mark on: what lies before it has lapsed, and nothing new can be granted there.
fn due_lots(read: &Connection, book: BookCode, through: Date) -> database::Result<Vec<LapseLot>> {
    let mark: Option<String> = read
        .query_row("select lapsed_through from lapse_mark where book = $1", params![book.as_str()], |row| {
            row.get(0)
        })
        .optional()?;
    let mut statement = read.prepare(
        "select a.kind, a.owner, a.currency, l.account, l.id
         from lot l join account a on a.book = l.book and a.id = l.account
         where l.book = $1 and l.last_day > $2 and l.last_day <= $3 and l.remaining > 0
         order by l.last_day, l.account, l.id limit $4",
    )?;
    let lot = |row: &Row<'_>| {
        let AccountKind::Resident(person) = columns::account_kind(0, row.text(0)?, row.bytes(1)?)? else {
            return Err(columns::damaged(0, "a resident's account"));
        };
        let currency = CurrencyCode { book, number: CurrencyNumber(row.get(2)?) };
        Ok(LapseLot { currency, person, account: AccountId(row.get(3)?), lot: LotId(row.get(4)?) })
    };
    let after = mark.unwrap_or_default();
    statement.query_all(params![book.as_str(), after, columns::date_text(through), LOTS_PER_TURN], lot)
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
