//! A posting: one thing that happened to a member's points, in entries that sum to zero.

use super::MemberNumber;
use madoguchi_domain::points::Points;
use madoguchi_store::StoreFault;
use rusqlite::Transaction;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum PostingKind {
    /// Municipal points became the street's (rows F2–F6).
    Merge,
}

impl PostingKind {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Merge => "merge",
        }
    }

    /// The street's own account that stands against the member's.
    const fn against(self) -> &'static str {
        match self {
            Self::Merge => "merges",
        }
    }
}

/// Adds points to a member, out of the account that stands against this kind. Gives the posting's number.
pub(super) fn add_points(
    write: &Transaction<'_>,
    kind: PostingKind,
    member: MemberNumber,
    points: Points,
    at_ms: i64,
) -> Result<i64, StoreFault> {
    write.prepare_cached("insert into posting (kind, member, at_ms) values (?1, ?2, ?3)")?.execute((
        kind.code(),
        member.0,
        at_ms,
    ))?;
    let posting = write.last_insert_rowid();
    let mut entry =
        write.prepare_cached("insert into entry (posting, account, points) values (?1, ?2, ?3)")?;
    entry.execute((posting, "member", points.get()))?;
    entry.execute((posting, kind.against(), -points.get()))?;
    write
        .prepare_cached("update member set balance = balance + ?2 where id = ?1")?
        .execute((member.0, points.get()))?;
    Ok(posting)
}
