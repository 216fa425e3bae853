//! Issuers (発行団体): municipalities and prefectures, and a municipality's limits without PIN.

use super::{column::invalid, registry};
use crate::database::{self, Connection, Optional, params};
use madoguchi_domain::issuer::{BookCode, IssuerCode};

/// Limits without PIN until the municipality changes them (row D5), in points.
pub const DEFAULT_LIMIT_PER_USE: i64 = 3_000;
/// See [`DEFAULT_LIMIT_PER_USE`]; per resident and Japan day.
pub const DEFAULT_LIMIT_PER_DAY: i64 = 5_000;

/// One issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    /// Its 6-digit code.
    pub code: IssuerCode,
    /// Its name (川崎市).
    pub name: String,
    /// The most one use without PIN may take at its terminals, in points.
    pub limit_per_use: i64,
    /// The most one resident may use without PIN on one Japan day at its terminals, in points.
    pub limit_per_day: i64,
}

/// Adds an issuer, or changes the name and limits of a known one.
pub fn put(write: &Connection, issuer: &Issuer) -> database::Result<()> {
    write.execute(
        "insert into issuer (code, name, limit_per_use, limit_per_day) values ($1, $2, $3, $4)
         on conflict (code) do update set name = excluded.name,
             limit_per_use = excluded.limit_per_use, limit_per_day = excluded.limit_per_day",
        params![issuer.code.as_str(), issuer.name, issuer.limit_per_use, issuer.limit_per_day],
    )?;
    registry::mark_changed(write)
}

/// The name of a book's issuer; none where the book is no issuer's.
pub fn name_of_book(read: &Connection, book: BookCode) -> database::Result<Option<String>> {
    read.query_row("select name from issuer where code = $1", params![book.as_str()], |row| row.get(0))
        .optional()
}

/// Finds an issuer by its code.
pub fn find(read: &Connection, code: IssuerCode) -> database::Result<Option<Issuer>> {
    read.query_row(
        "select code, name, limit_per_use, limit_per_day from issuer where code = $1",
        params![code.as_str()],
        |row| {
            Ok(Issuer {
                code: IssuerCode::parse(&row.get::<String>(0)?).map_err(|e| invalid(0, e))?,
                name: row.get(1)?,
                limit_per_use: row.get(2)?,
                limit_per_day: row.get(3)?,
            })
        },
    )
    .optional()
}
