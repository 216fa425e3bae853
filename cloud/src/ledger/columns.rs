//! How the ledger's values stand in columns, and back. What does not read back is a damaged
//! database: an error, never a panic.

use crate::database::{self, Row};
use jiff::civil::Date;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{
    AccountId, AccountKind, AccountName, ActId, Actor, EntryPosition, Hash, IdentifiedBy, Operation,
    OperationKind, Outcome, PartnerId, RequestHash, StreetId,
};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::person::PersonId;
use madoguchi_domain::site::SiteId;
use uuid::Uuid;

/// The value of a column is none that was ever written.
#[derive(Debug, thiserror::Error)]
#[error("not a value of {0}")]
struct Damaged(&'static str);

pub(super) fn damaged(column: usize, what: &'static str) -> database::Error {
    database::Error::column(column, Damaged(what))
}

/// The owner's column: a person's 16 bytes, a number in decimal, or nothing.
pub(super) fn owner(kind: AccountKind) -> Vec<u8> {
    let number = |number: i64| number.to_string().into_bytes();
    match kind {
        AccountKind::Resident(person) => person.0.as_bytes().to_vec(),
        AccountKind::Partner(id) => number(id.0),
        AccountKind::Site(id) => number(id.0),
        AccountKind::Street(id) => number(id.0),
        AccountKind::Issued | AccountKind::Held | AccountKind::Lapsed | AccountKind::Bank => Vec::new(),
    }
}

/// Kind and owner back from their columns.
pub(super) fn account_kind(column: usize, kind: &str, owner: &[u8]) -> database::Result<AccountKind> {
    let broken = || damaged(column, "an account's owner");
    let number = || std::str::from_utf8(owner).ok().and_then(|text| text.parse().ok()).ok_or_else(broken);
    match kind {
        "issued" => Ok(AccountKind::Issued),
        "partner" => number().map(|id| AccountKind::Partner(PartnerId(id))),
        "resident" => {
            Uuid::from_slice(owner).map(|id| AccountKind::Resident(PersonId(id))).map_err(|_| broken())
        }
        "held" => Ok(AccountKind::Held),
        "site" => number().map(|id| AccountKind::Site(SiteId(id))),
        "street" => number().map(|id| AccountKind::Street(StreetId(id))),
        "lapsed" => Ok(AccountKind::Lapsed),
        "bank" => Ok(AccountKind::Bank),
        _ => Err(damaged(column, "an account's kind")),
    }
}

/// A date as it stands in a column: `2026-11-20`.
pub(super) fn date_text(date: Date) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    format!("{year:04}-{month:02}-{day:02}")
}

pub(super) fn date(row: &Row<'_>, column: usize) -> database::Result<Date> {
    parse_date(row.text(column)?).ok_or_else(|| damaged(column, "a date"))
}

pub(super) fn date_or_none(row: &Row<'_>, column: usize) -> database::Result<Option<Date>> {
    row.text_or_null(column)?
        .map(|text| parse_date(text).ok_or_else(|| damaged(column, "a date")))
        .transpose()
}

fn parse_date(text: &str) -> Option<Date> {
    text.parse().ok()
}

pub(super) fn book(row: &Row<'_>, column: usize) -> database::Result<BookCode> {
    BookCode::parse(row.text(column)?).map_err(|_| damaged(column, "a book"))
}

pub(super) fn hash(row: &Row<'_>, column: usize) -> database::Result<Hash> {
    Ok(Hash(row.get(column)?))
}

pub(super) fn account_name(row: &Row<'_>, column: usize) -> database::Result<AccountName> {
    Ok(AccountName(row.get(column)?))
}

pub(super) fn account_id(row: &Row<'_>, column: usize) -> database::Result<AccountId> {
    row.get(column).map(AccountId)
}

/// Two columns that are null together.
pub(super) fn position(row: &Row<'_>, seq: usize, line: usize) -> database::Result<Option<EntryPosition>> {
    match (row.get(seq)?, row.get(line)?) {
        (Some(seq), Some(line)) => Ok(Some(EntryPosition { seq, line })),
        (None, None) => Ok(None),
        _ => Err(damaged(line, "an entry's position")),
    }
}

/// The columns of an operation's header, in the order in which [`operation`] reads them.
pub(super) const OPERATION: &str = "book, seq, kind, outcome, actor, key, request_hash, at_ms, business_date, \
                                    site, identified_by, reverses, act_book, act_seq";

/// How many they are.
pub(super) const OPERATION_COLUMNS: usize = 14;

pub(super) fn operation(row: &Row<'_>) -> database::Result<Operation> {
    let text = |column| row.text(column);
    let identified_by = match row.text_or_null(10)? {
        Some(code) => {
            Some(IdentifiedBy::from_code(code).ok_or_else(|| damaged(10, "how a person was known"))?)
        }
        None => None,
    };
    Ok(Operation {
        book: book(row, 0)?,
        seq: row.get(1)?,
        kind: OperationKind::from_code(text(2)?).ok_or_else(|| damaged(2, "an operation's kind"))?,
        outcome: Outcome::from_code(text(3)?).ok_or_else(|| damaged(3, "an outcome"))?,
        actor: Actor::parse(text(4)?).map_err(|_| damaged(4, "an actor"))?,
        key: row.get::<Option<[u8; 16]>>(5)?.map(|key| OperationKey(Uuid::from_bytes(key))),
        request_hash: row.get::<Option<[u8; 32]>>(6)?.map(RequestHash),
        at_ms: row.get(7)?,
        business_date: date(row, 8)?,
        site: row.get::<Option<i64>>(9)?.map(SiteId),
        identified_by,
        reverses: row.get(11)?,
        act: ActId { book: book(row, 12)?, seq: row.get(13)? },
    })
}

/// A value as JSON.
pub(super) fn json<T: serde::Serialize>(value: &T) -> database::Result<String> {
    serde_json::to_string(value).map_err(|error| database::Error::Unwritable(Box::new(error)))
}

/// The answer column.
pub(super) fn answer(row: &Row<'_>, column: usize) -> database::Result<madoguchi_domain::ledger::Answer> {
    serde_json::from_str(row.text(column)?).map_err(|_| damaged(column, "an answer"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn kind_and_owner_read_back_as_they_were_written() {
        let kinds = [
            AccountKind::Issued,
            AccountKind::Partner(PartnerId(7)),
            AccountKind::Resident(PersonId(Uuid::from_u128(9))),
            AccountKind::Held,
            AccountKind::Site(SiteId(42)),
            AccountKind::Street(StreetId(3)),
            AccountKind::Lapsed,
            AccountKind::Bank,
        ];
        for kind in kinds {
            assert_eq!(account_kind(0, kind.code(), &owner(kind)).unwrap(), kind);
        }
    }

    #[test]
    fn a_damaged_owner_is_an_error() {
        for (kind, owner) in [("resident", b"short".as_slice()), ("site", b"x"), ("nobody", b"")] {
            assert!(account_kind(0, kind, owner).is_err(), "{kind}");
        }
    }
}
