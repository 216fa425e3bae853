//! The cloud's database: opening it, its schema, the one connection that writes and the many that
//! read.
//!
//! Belongs here: connections, transactions, migrations, checkpoints. Does not belong here: what is
//! written; the ledger and the identity part hand in closures and jobs.
//! Why it exists: SQLite has one writer at a time, and a commit costs a flush of the disk, so all
//! writing goes through one thread that commits for everybody who waits.

mod checkpoint;
mod migration;
mod open;
mod readers;
mod writer;

pub use open::CannotOpen;
pub use readers::NotRead;
pub use writer::{CommitOutcome, Job, JobFailed, NotWritten, QueueFull};

use readers::Readers;
use rusqlite::Connection;
use std::path::Path;
use std::sync::Arc;
use writer::Writer;

/// A handle on the open database; clones share it. The last one closes it.
#[derive(Clone)]
pub struct Database {
    inner: Arc<Inner>,
}

// Fields are dropped in this order: nobody reads or checkpoints once the writer has gone.
struct Inner {
    readers: Readers,
    writer: Writer,
}

impl Database {
    /// Opens the file, creates it if it is not there, and brings its schema up to date.
    pub fn open(path: &Path) -> Result<Self, CannotOpen> {
        let writing = open::for_writing(path)?;
        migration::bring_up_to_date(&writing)?;
        let readers = Readers::start(path)?;
        let writer = Writer::start(writing, checkpoint::Checkpointer::start(path)?)?;
        Ok(Self { inner: Arc::new(Inner { readers, writer }) })
    }

    /// Runs a short piece of writing inside a transaction that may carry others' as well; the
    /// answer comes after the commit. The closure's own error rolls back what it wrote, and
    /// nothing else.
    pub async fn write<T, E>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, NotWritten<E>>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        self.inner.writer.write(work).await
    }

    /// Queues a job for the writing thread without waiting.
    pub fn queue(&self, job: Box<dyn Job>) -> Result<(), QueueFull> {
        self.inner.writer.queue(job)
    }

    /// Runs a piece of reading on a connection that never waits for the writer and sees one
    /// consistent state.
    pub async fn read<T, E>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, NotRead<E>>
    where
        T: Send + 'static,
        E: From<rusqlite::Error> + Send + 'static,
    {
        self.inner.readers.read(work).await
    }
}
