//! Which files lie in quarantine, as the books write it down: when one was set aside, and when it was found to have left.
//!
//! A row is never taken out: that a file lay there stays told. Files are known by their bytes, since a name may be another
//! one in quarantine.

use super::take_in::came_before;
use super::{Books, SetAsideReason, Waiting};
use crate::Fault;
use madoguchi_store::StoreFault;
use rusqlite::Transaction;
use std::collections::BTreeSet;

/// Keyed hash of a file's bytes.
type Digest = [u8; 32];

impl Books {
    /// Holds the list against what lies in quarantine now. What is there no more, because a person took it away or
    /// because its last half was written there, has left; what is there and not listed, or listed for another reason, is
    /// listed. A row of an earlier program, which did not keep whose a file is, learns that here.
    pub fn hold_against_quarantine(&self, lying: &[Waiting], at_ms: i64) -> Result<(), Fault> {
        Ok(self.store.write("hold against quarantine", |write| {
            let mut there = BTreeSet::new();
            for file in lying {
                let digest = self.file_digest(file)?;
                there.insert(digest);
                let reason = reason_to_lie(write, file)?;
                if is_listed(write, digest, reason)? {
                    self.name_whose(write, file, digest)?;
                } else {
                    has_left(write, digest, at_ms)?;
                    self.list(write, file, digest, reason, at_ms)?;
                }
            }
            for digest in listed(write)?.difference(&there) {
                has_left(write, *digest, at_ms)?;
            }
            Ok(())
        })?)
    }

    /// Lists a file as lying in quarantine. One that is listed stays as it is: since when it lies there, too.
    pub(super) fn list(
        &self,
        write: &Transaction<'_>,
        file: &Waiting,
        digest: Digest,
        reason: SetAsideReason,
        at_ms: i64,
    ) -> Result<(), StoreFault> {
        let record = file.opened.as_ref().ok();
        let number = record.map(|record| record.number.to_string());
        let point_id = record.map(|record| self.seal_point_id(&digest, &record.point_id)).transpose()?;
        let sql = "insert into set_aside (name, reason, number, digest, at_ms, point_id)
                   values (?1, ?2, ?3, ?4, ?5, ?6)
                   on conflict (digest, name) do update
                   set reason = ?2, number = ?3, at_ms = ?5, point_id = ?6, left_at_ms = null
                   where left_at_ms is not null";
        let row = (&file.name, reason.code(), number, digest, at_ms, point_id);
        write.prepare_cached(sql)?.execute(row)?;
        Ok(())
    }

    fn name_whose(&self, write: &Transaction<'_>, file: &Waiting, digest: Digest) -> Result<(), StoreFault> {
        let Ok(record) = &file.opened else { return Ok(()) };
        let unnamed = "digest = ?1 and left_at_ms is null and point_id is null";
        let is_unnamed: bool = write
            .prepare_cached(&format!("select exists (select 1 from set_aside where {unnamed})"))?
            .query_row([digest], |row| row.get(0))?;
        if is_unnamed {
            let point_id = self.seal_point_id(&digest, &record.point_id)?;
            let sql = format!("update set_aside set point_id = ?2 where {unnamed}");
            write.prepare_cached(&sql)?.execute((digest, point_id))?;
        }
        Ok(())
    }

    pub(super) fn file_digest(&self, file: &Waiting) -> Result<Digest, StoreFault> {
        self.key.hash("file", &file.bytes)
    }
}

/// A file with these bytes lies in quarantine no more.
pub(super) fn has_left(write: &Transaction<'_>, digest: Digest, at_ms: i64) -> rusqlite::Result<()> {
    let sql = "update set_aside set left_at_ms = ?2 where digest = ?1 and left_at_ms is null";
    write.prepare_cached(sql)?.execute((digest, at_ms)).map(drop)
}

/// Why a file lies in quarantine that would not be taken in.
fn reason_to_lie(write: &Transaction<'_>, file: &Waiting) -> rusqlite::Result<SetAsideReason> {
    Ok(match &file.opened {
        Err(_) => SetAsideReason::NotGenuine,
        Ok(record) if came_before(write, record.number)?.is_some() => SetAsideReason::OtherContent,
        Ok(_) => SetAsideReason::UnknownMember,
    })
}

fn is_listed(write: &Transaction<'_>, digest: Digest, reason: SetAsideReason) -> rusqlite::Result<bool> {
    let sql = "select exists
               (select 1 from set_aside where digest = ?1 and reason = ?2 and left_at_ms is null)";
    write.prepare_cached(sql)?.query_row((digest, reason.code()), |row| row.get(0))
}

fn listed(write: &Transaction<'_>) -> rusqlite::Result<BTreeSet<Digest>> {
    let sql = "select digest from set_aside where left_at_ms is null";
    write.prepare_cached(sql)?.query_map([], |row| row.get(0))?.collect()
}
