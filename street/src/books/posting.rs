//! A posting: one thing that happened to a member's points, in entries that sum to zero.

use super::MemberNumber;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_store::StoreFault;
use rusqlite::Transaction;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PostingKind {
    /// Municipal points became the street's (rows F2–F6).
    Merge,
    /// A paper ticket's points were added (row F1).
    Ticket,
    /// Points for a purchase.
    Purchase,
    /// Points were used.
    Use,
    /// Points went onto a stored-value card.
    Charge,
    /// One of the others was taken back.
    Void,
}

impl PostingKind {
    const ALL: [Self; 6] = [Self::Merge, Self::Ticket, Self::Purchase, Self::Use, Self::Charge, Self::Void];

    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::Ticket => "ticket",
            Self::Purchase => "purchase",
            Self::Use => "use",
            Self::Charge => "charge",
            Self::Void => "void",
        }
    }

    pub(super) fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A posting to be.
pub(super) struct NewPosting<'a> {
    pub(super) kind: PostingKind,
    pub(super) member: MemberNumber,
    /// What the member's balance changes by.
    pub(super) change: i64,
    /// The account that changes the other way.
    pub(super) against: &'a str,
    pub(super) key: Option<OperationKey>,
    pub(super) voids: Option<i64>,
    pub(super) at_ms: i64,
}

/// Posts. The balance suffices; whoever decided looked at it in the same transaction.
pub(super) fn post(write: &Transaction<'_>, new: &NewPosting<'_>) -> Result<i64, StoreFault> {
    let balance: i64 = write
        .prepare_cached("update member set balance = balance + ?2 where id = ?1 returning balance")?
        .query_row((new.member.0, new.change), |row| row.get(0))?;
    write
        .prepare_cached(
            "insert into posting (kind, member, key, voids, balance_after, at_ms)
             values (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute((
            new.kind.code(),
            new.member.0,
            new.key.map(|key| key.to_string()),
            new.voids,
            balance,
            new.at_ms,
        ))?;
    let posting = write.last_insert_rowid();
    let mut entry =
        write.prepare_cached("insert into entry (posting, account, points) values (?1, ?2, ?3)")?;
    entry.execute((posting, "member", new.change))?;
    entry.execute((posting, new.against, -new.change))?;
    Ok(posting)
}
