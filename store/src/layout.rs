//! How a store's tables came to be, version by version.

use crate::StoreFault;
use rusqlite::Transaction;

/// A program's store: how its file is called and known, and how its tables came to be.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// The file's name in the data folder.
    pub file: &'static str,
    /// Marks the file as this program's (SQLite's `application_id`).
    pub application: i64,
    /// From nothing (version 0) and from every earlier version to the newest. The first one makes the table
    /// `store (one, id)`, which holds the store's own id.
    pub steps: &'static [Step],
}

/// One step from a version to a later one.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// The version it starts from; 0 = an empty file.
    pub from: i64,
    /// The version it makes.
    pub to: i64,
    /// How.
    pub sql: &'static str,
}

impl Layout {
    /// The version that this program writes.
    pub fn version(&self) -> i64 {
        self.steps.iter().map(|step| step.to).max().unwrap_or_default()
    }

    /// Lays out an empty file whose store shall have this id.
    pub(crate) fn lay_out(&self, write: &Transaction<'_>, id: &str) -> Result<(), StoreFault> {
        let tables: i64 = write.query_row("select count(*) from sqlite_schema", [], |row| row.get(0))?;
        if tables > 0 {
            return Err(StoreFault::Damaged("tables without a version".into()));
        }
        self.bring_up(write, 0)?;
        write.execute("insert into store (one, id) values (1, ?1)", [id])?;
        Ok(write.pragma_update(None, "application_id", self.application)?)
    }

    /// From an earlier version to this program's, step by step.
    pub(crate) fn bring_up(&self, write: &Transaction<'_>, earlier: i64) -> Result<(), StoreFault> {
        let mut version = earlier;
        while let Some(step) = self.steps.iter().find(|step| step.from == version) {
            write.execute_batch(step.sql)?;
            version = step.to;
        }
        if version != self.version() {
            return Err(StoreFault::Damaged(format!("no way up from version {earlier}")));
        }
        Ok(write.pragma_update(None, "user_version", version)?)
    }
}
