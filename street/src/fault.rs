//! Why the street's software cannot go on, one variant per situation a person can be in.

use madoguchi_port::vault::VaultFault;
use madoguchi_store::StoreFault;
use std::io;

/// A fault of the store, the credential store or the agreed folder. What was taken in before it stands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The street's database.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// The credential store.
    #[error(transparent)]
    Vault(#[from] VaultFault),
    /// The key of the database's personal columns is not where it was kept.
    #[error("the key of this store is missing")]
    KeyMissing,
    /// The database holds the books of another street.
    #[error("the store is another street's")]
    AnotherStreet,
    /// The agreed folder.
    #[error(transparent)]
    Folder(#[from] FolderFault),
}

/// What was attempted in the agreed folder, and why it did not work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the folder: {detail}")]
pub struct FolderFault {
    /// What a person can do something about.
    pub trouble: FolderTrouble,
    /// What the operating system said.
    pub detail: String,
}

/// What is wrong with a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FolderTrouble {
    /// It is not there: a share that vanished, a disk that was unplugged.
    Gone,
    /// Its disk is full.
    Full,
    /// It may be read, not written.
    ReadOnly,
    /// Anything else.
    Failed,
}

impl From<io::Error> for FolderFault {
    fn from(error: io::Error) -> Self {
        let trouble = match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::StaleNetworkFileHandle => FolderTrouble::Gone,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => FolderTrouble::Full,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => FolderTrouble::ReadOnly,
            _ => FolderTrouble::Failed,
        };
        Self { trouble, detail: error.to_string() }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Folder(error.into())
    }
}
