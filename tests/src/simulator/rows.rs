//! What stands in the books, read with statements of the checkers' own.

mod kept;
mod merges;

pub use kept::Kept;
pub use merges::MergeRow;

use super::bookkeeper::Objection;
use jiff::civil::Date;
use madoguchi_cloud::database::{self, Connection, Database, Row, params};
use madoguchi_cloud::ledger::check::check_books;
use madoguchi_domain::currency::{CurrencyCode, CurrencyNumber};
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::StreetId;
use madoguchi_domain::person::PersonId;
use madoguchi_domain::site::SiteId;
use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::mpsc::channel;
use std::task::{Context, Waker};
use uuid::Uuid;

/// Whose side of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// What the issuer put out.
    Issued,
    /// A resident's.
    Resident(PersonId),
    /// What a site is owed.
    Site(SiteId),
    /// What a street is owed.
    Street(StreetId),
    /// What open tickets hold.
    Held,
    /// What lapsed.
    Lapsed,
    /// Kinds that no run uses.
    Other,
}

/// One line of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// In which currency.
    pub currency: CurrencyCode,
    /// On whose account.
    pub side: Side,
    /// From or to which lot.
    pub lot: Option<i64>,
    /// Points, plus = to the account.
    pub amount: i64,
}

/// One operation in one book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// The book.
    pub book: BookCode,
    /// Its number there.
    pub seq: i64,
    /// `use`, `void` …
    pub kind: String,
    /// `done`, `refused`, `abandoned`.
    pub outcome: String,
    /// `terminal:14130001` …
    pub actor: String,
    /// The key, in the home book.
    pub key: Option<String>,
    /// The answer's JSON, in the home book.
    pub answer: Option<String>,
    /// When, milliseconds since 1970 (UTC).
    pub at_ms: i64,
    /// The Japan date.
    pub day: Date,
    /// The operation of this book that it undoes.
    pub reverses: Option<i64>,
    /// The home book and its number there.
    pub act: (BookCode, i64),
    /// Its lines.
    pub lines: Vec<Line>,
}

/// The books of one database, for reading only.
pub struct Books {
    database: Database,
}

impl Books {
    /// The books that an open cloud keeps.
    pub fn of(database: &Database) -> Self {
        Self { database: database.clone() }
    }

    /// Reads while nothing else of the run goes on: the run's only thread waits.
    fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> database::Result<T> + Send + 'static,
    ) -> Result<T, Objection> {
        let (answer, answered) = channel();
        let mut reading = pin!(self.database.read(move |read| {
            // Whoever asked waits for it.
            let _ = answer.send(work(read));
            Ok::<(), database::Error>(())
        }));
        // The first poll hands it over to a reading thread.
        let _ = reading.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        let read = answered.recv().map_err(|_| "the books cannot be opened".to_owned())?;
        read.map_err(|error| format!("the books cannot be read: {error}"))
    }

    /// The operations behind these numbers of these books, ascending in each.
    pub fn behind(&self, read_to: BTreeMap<BookCode, i64>) -> Result<Vec<Posted>, Objection> {
        self.read(move |read| {
            let mut all = Vec::new();
            for (book, seq) in read_to {
                all.extend(operations_behind(read, book, seq)?);
            }
            Ok(all)
        })
    }

    /// What the books keep of every account and lot.
    pub fn kept(&self) -> Result<Kept, Objection> {
        self.read(Kept::read)
    }

    /// What the cloud's own checker finds wrong with the books.
    pub fn violations(&self) -> Result<Vec<String>, Objection> {
        let report = self.read(check_books)?;
        Ok(report.violations.iter().map(ToString::to_string).collect())
    }
}

fn operations_behind(read: &Connection, book: BookCode, seq: i64) -> database::Result<Vec<Posted>> {
    let mut posted = read.query_all(
        "select seq, kind, outcome, actor, key, answer, at_ms, business_date, reverses, act_book, act_seq
         from operation where book = $1 and seq > $2 order by seq",
        params![book.as_str(), seq],
        |row| posted_from(book, row),
    )?;
    for operation in &mut posted {
        operation.lines = lines_of(read, book, operation.seq)?;
    }
    Ok(posted)
}

fn lines_of(read: &Connection, book: BookCode, seq: i64) -> database::Result<Vec<Line>> {
    read.query_all(
        "select a.currency, a.kind, a.owner, e.lot, e.amount
         from entry e left join account a on a.book = e.book and a.id = e.account
         where e.book = $1 and e.seq = $2 order by e.line",
        params![book.as_str(), seq],
        |row| {
            Ok(Line {
                currency: currency(book, row.get(0)?),
                side: side(&row.get::<String>(1)?, &row.get::<Vec<u8>>(2)?),
                lot: row.get(3)?,
                amount: row.get(4)?,
            })
        },
    )
}

fn posted_from(book: BookCode, row: &Row<'_>) -> database::Result<Posted> {
    Ok(Posted {
        book,
        seq: row.get(0)?,
        kind: row.get(1)?,
        outcome: row.get(2)?,
        actor: row.get(3)?,
        key: row.get::<Option<[u8; 16]>>(4)?.map(|key| Uuid::from_bytes(key).to_string()),
        answer: row.get(5)?,
        at_ms: row.get(6)?,
        day: row.get::<String>(7)?.parse().unwrap_or(Date::ZERO),
        reverses: row.get(8)?,
        act: (book_of(row, 9)?, row.get(10)?),
        lines: Vec::new(),
    })
}

fn book_of(row: &Row<'_>, column: usize) -> database::Result<BookCode> {
    Ok(BookCode::parse(&row.get::<String>(column)?).unwrap_or(BookCode::RESERVED))
}

const fn currency(book: BookCode, number: u32) -> CurrencyCode {
    CurrencyCode { book, number: CurrencyNumber(number) }
}

fn side(kind: &str, owner: &[u8]) -> Side {
    match kind {
        "issued" => Side::Issued,
        "lapsed" => Side::Lapsed,
        "held" => Side::Held,
        "resident" => Uuid::from_slice(owner).map_or(Side::Other, |id| Side::Resident(PersonId(id))),
        "site" => String::from_utf8_lossy(owner).parse().map_or(Side::Other, |id| Side::Site(SiteId(id))),
        "street" => {
            String::from_utf8_lossy(owner).parse().map_or(Side::Other, |id| Side::Street(StreetId(id)))
        }
        _ => Side::Other,
    }
}
