//! Why the store cannot be used, one variant per situation a person can be in.

use madoguchi_wire::failure::{ErrorCode, Failure};
use rusqlite::ErrorCode as Sqlite;

/// A fault of the store.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreFault {
    /// The file is not what this program wrote.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// A newer program wrote it.
    #[error("the store has version {version}, newer than this program")]
    Newer {
        /// Its version.
        version: i64,
    },
    /// The disk is full or read-only.
    #[error("the store cannot be written: {0}")]
    NotWritable(String),
    /// Another program holds the file.
    #[error("another program holds the store")]
    Held,
    /// A sealed column does not open under this key, in this place.
    #[error("a sealed column does not open")]
    Sealed,
    /// The operating system gave no random bytes.
    #[error("no random bytes")]
    NoEntropy,
    /// A test cut the power.
    #[error("the power is cut")]
    PowerCut,
}

impl From<rusqlite::Error> for StoreFault {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(
                Sqlite::DiskFull
                | Sqlite::ReadOnly
                | Sqlite::CannotOpen
                | Sqlite::PermissionDenied
                | Sqlite::SystemIoFailure,
            ) => Self::NotWritable(error.to_string()),
            Some(Sqlite::DatabaseBusy | Sqlite::DatabaseLocked) => Self::Held,
            _ => Self::Damaged(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for StoreFault {
    fn from(_: serde_json::Error) -> Self {
        // The error's text may quote what could not be read.
        Self::Damaged("a JSON column".into())
    }
}

impl From<&StoreFault> for Failure {
    fn from(fault: &StoreFault) -> Self {
        Self::of(match fault {
            StoreFault::Damaged(_) | StoreFault::Sealed => ErrorCode::StoreDamaged,
            StoreFault::Newer { .. } => ErrorCode::StoreNewer,
            StoreFault::NotWritable(_) => ErrorCode::StoreNotWritable,
            StoreFault::Held => ErrorCode::StoreHeld,
            StoreFault::NoEntropy | StoreFault::PowerCut => ErrorCode::Unforeseen,
        })
    }
}

impl From<StoreFault> for Failure {
    fn from(fault: StoreFault) -> Self {
        Self::from(&fault)
    }
}
