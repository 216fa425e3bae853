//! What can go wrong between the program and its database.

use super::postgres::Refusal;
use std::error::Error as StdError;

/// The result of a statement.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a statement gave nothing, or nothing usable.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// One row was asked for and there is none.
    #[error("no such row")]
    NoRow,
    /// A column holds what nobody wrote there: a damaged or a foreign database.
    #[error("column {column} holds {what}")]
    Column {
        /// Which column, counted from 0.
        column: usize,
        /// What is wrong with it.
        what: Box<dyn StdError + Send + Sync>,
    },
    /// A value cannot be written down.
    #[error("a value cannot be written")]
    Unwritable(#[source] Box<dyn StdError + Send + Sync>),
    /// A statement of the transaction had failed, so nothing of it was kept.
    #[error("the transaction was rolled back")]
    RolledBack,
    /// No server lets us in.
    #[error("no database server lets the cloud in: {0}")]
    NotConnected(String),
    /// PostgreSQL refused, or its line failed.
    #[error("{0}")]
    Postgres(Refusal),
    /// SQLite failed.
    #[error("{0}")]
    Sqlite(#[from] rusqlite::Error),
}

/// Why a transaction was not committed, as far as is known.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotCommitted {
    /// Nothing of it was kept.
    #[error("the transaction was rolled back: {0}")]
    RolledBack(#[source] Error),
    /// The commit itself failed: nobody knows.
    #[error("{0}")]
    Unknown(#[source] Error),
}

impl From<NotCommitted> for Error {
    fn from(not_committed: NotCommitted) -> Self {
        match not_committed {
            NotCommitted::RolledBack(error) | NotCommitted::Unknown(error) => error,
        }
    }
}

/// A column's value has another type than the program expects, or is out of its range.
#[derive(Debug, thiserror::Error)]
#[error("a value of another type")]
pub(super) struct OtherType;

impl Error {
    /// A column that holds what the program cannot make sense of.
    pub fn column(column: usize, what: impl StdError + Send + Sync + 'static) -> Self {
        Self::Column { column, what: Box::new(what) }
    }

    /// Whether asking again later may help: a lock was held, the disk was full or could not be used, the server
    /// was away. Nothing is wrong with what was asked.
    pub fn is_passing(&self) -> bool {
        use rusqlite::ErrorCode::{
            CannotOpen, DatabaseBusy, DatabaseLocked, DiskFull, ReadOnly, SystemIoFailure,
        };
        match self {
            Self::Sqlite(error) => matches!(
                error.sqlite_error_code(),
                Some(DatabaseBusy | DatabaseLocked | DiskFull | ReadOnly | CannotOpen | SystemIoFailure)
            ),
            Self::NotConnected(_) => true,
            Self::Postgres(refusal) => refusal.is_passing(),
            Self::NoRow | Self::RolledBack | Self::Column { .. } | Self::Unwritable(_) => false,
        }
    }
}

/// Turns "no such row" into `None`.
pub trait Optional<T> {
    /// `None` if there is no such row.
    fn optional(self) -> Result<Option<T>>;
}

impl<T> Optional<T> for Result<T> {
    fn optional(self) -> Result<Option<T>> {
        match self {
            Ok(found) => Ok(Some(found)),
            Err(Error::NoRow) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::ffi;

    #[test]
    fn what_is_wrong_with_the_disk_passes_and_what_is_wrong_with_the_books_does_not() {
        let table = [
            (ffi::SQLITE_BUSY, true),
            (ffi::SQLITE_LOCKED, true),
            (ffi::SQLITE_FULL, true),
            (ffi::SQLITE_READONLY, true),
            (ffi::SQLITE_READONLY_DBMOVED, true),
            (ffi::SQLITE_CANTOPEN, true),
            (ffi::SQLITE_IOERR_WRITE, true),
            (ffi::SQLITE_IOERR_FSYNC, true),
            (ffi::SQLITE_CORRUPT, false),
            (ffi::SQLITE_NOTADB, false),
            (ffi::SQLITE_CONSTRAINT_UNIQUE, false),
            (ffi::SQLITE_ERROR, false),
        ];
        for (code, passes) in table {
            let error = Error::Sqlite(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None));
            assert_eq!(error.is_passing(), passes, "{error}");
        }
    }
}
