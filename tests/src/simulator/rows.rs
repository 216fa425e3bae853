//! What stands in the books, read with statements of the checkers' own.

use jiff::civil::Date;
use madoguchi_cloud::database::{self, Connection, Row, params};
use madoguchi_cloud::ledger::check::check_books;
use madoguchi_domain::currency::{CurrencyCode, CurrencyNumber};
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::person::PersonId;
use madoguchi_domain::site::SiteId;
use std::collections::BTreeMap;
use std::path::Path;
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

/// What an account holds.
pub type Balances = BTreeMap<(CurrencyCode, Side), i64>;
/// What is left of each lot, by book and number.
pub type Lots = BTreeMap<(BookCode, i64), i64>;

/// The books of one database, for reading only.
pub struct Books {
    connection: Connection,
}

impl Books {
    /// The books in this file.
    pub fn open(database: &Path) -> database::Result<Self> {
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        let connection = rusqlite::Connection::open_with_flags(database, flags)?;
        Ok(Self { connection: connection.into() })
    }

    /// The operations of a book behind a number, ascending.
    pub fn behind(&self, book: BookCode, seq: i64) -> database::Result<Vec<Posted>> {
        let mut operations = self.connection.prepare(
            "select seq, kind, outcome, actor, key, answer, at_ms, business_date, reverses, act_book, act_seq
             from operation where book = $1 and seq > $2 order by seq",
        )?;
        let mut posted: Vec<Posted> =
            operations.query_all(params![book.as_str(), seq], |row| posted_from(book, row))?;
        for operation in &mut posted {
            operation.lines = self.lines_of(book, operation.seq)?;
        }
        Ok(posted)
    }

    fn lines_of(&self, book: BookCode, seq: i64) -> database::Result<Vec<Line>> {
        let mut lines = self.connection.prepare(
            "select a.currency, a.kind, a.owner, e.lot, e.amount
             from entry e left join account a on a.book = e.book and a.id = e.account
             where e.book = $1 and e.seq = $2 order by e.line",
        )?;
        lines.query_all(params![book.as_str(), seq], |row| {
            Ok(Line {
                currency: currency(book, row.get(0)?),
                side: side(&row.get::<String>(1)?, &row.get::<Vec<u8>>(2)?),
                lot: row.get(3)?,
                amount: row.get(4)?,
            })
        })
    }

    /// Every account's balance as the books keep it.
    pub fn balances(&self) -> database::Result<Balances> {
        let sql = "select a.book, a.currency, a.kind, a.owner, b.balance
             from account a join balance b on b.book = a.book and b.account = a.id
             union all
             select a.book, a.currency, a.kind, a.owner, held.value ->> 'balance'
             from wallet w join json_each(w.accounts) held
             join account a on a.book = w.book and a.id = held.value ->> 'id'";
        let balances = self.connection.query_all(sql, params![], |row| {
            let currency = currency(book_of(row, 0)?, row.get(1)?);
            let side = side(row.text(2)?, row.bytes(3)?);
            Ok(((currency, side), row.get(4)?))
        })?;
        Ok(balances.into_iter().collect())
    }

    /// What the cloud's own checker finds wrong with the books.
    pub fn violations(&self) -> database::Result<Vec<String>> {
        let report = check_books(&self.connection)?;
        Ok(report.violations.iter().map(ToString::to_string).collect())
    }

    /// What is left of every lot as the books keep it.
    pub fn lots(&self) -> database::Result<Lots> {
        let sql = "select l.book, l.id, coalesce(sum(held.value ->> 'remaining'), 0)
             from lot l join account a on a.book = l.book and a.id = l.account
             join wallet w on w.book = a.book and w.person = a.owner
             left join json_tree(w.accounts) held
                 on held.type = 'object' and held.value ->> 'id' = l.id and held.value ->> 'remaining' is not null
             group by l.book, l.id";
        let lots = self
            .connection
            .query_all(sql, params![], |row| Ok(((book_of(row, 0)?, row.get(1)?), row.get(2)?)))?;
        Ok(lots.into_iter().collect())
    }
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
        "resident" => Uuid::from_slice(owner).map_or(Side::Other, |id| Side::Resident(PersonId(id))),
        "site" => String::from_utf8_lossy(owner).parse().map_or(Side::Other, |id| Side::Site(SiteId(id))),
        _ => Side::Other,
    }
}
