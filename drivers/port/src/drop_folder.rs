//! Folders that two programs have agreed on: one lays files down, the other takes them away.

use std::path::Path;

/// The folders of this PC and of its network.
pub trait DropFolders: Send + Sync {
    /// Whether a file of so many bytes can be laid down now: the folder is there, takes writing, and has room.
    /// Leaves nothing behind. The folder is never made: it may be on a disk that is not plugged in.
    fn check(&self, folder: &Path, bytes: usize) -> Result<(), DropFault>;

    /// Lays a file down, whole or not at all: it is on the disk before it has its name. A file of that name is
    /// replaced.
    fn put(&self, folder: &Path, name: &str, content: &[u8]) -> Result<(), DropFault>;

    /// The names of the files that lie there, sorted.
    fn names(&self, folder: &Path) -> Result<Vec<String>, DropFault>;

    /// What a file says; `None` where there is none, or it has more than so many bytes.
    fn read(&self, folder: &Path, name: &str, most: usize) -> Result<Option<Vec<u8>>, DropFault>;

    /// Takes a file away; that there is none is no error.
    fn remove(&self, folder: &Path, name: &str) -> Result<(), DropFault>;
}

/// Why a folder cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DropFault {
    /// There is no such folder: a disk that is not plugged in, a share that is away.
    #[error("the folder is not there")]
    Absent,
    /// It takes no writing.
    #[error("the folder takes no writing")]
    NotWritable,
    /// No room is left.
    #[error("no room is left")]
    Full,
    /// Something else.
    #[error("the folder cannot be used: {0}")]
    Failed(String),
}
