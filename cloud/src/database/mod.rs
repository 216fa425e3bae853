//! The cloud's database: opening it, its schema, the connections that write and that read.
//!
//! Belongs here: connections, transactions, migrations, one folder per engine. Does not belong here:
//! what is written; the ledger and the identity part hand in closures and jobs.
//! Why it exists: everything else in the cloud says its SQL once, whichever engine keeps it.

mod address;
mod commit;
mod connection;
mod error;
mod job;
mod migration;
mod postgres;
mod readers;
mod seat;
mod sqlite;
mod value;
mod writer;

pub use address::Address;
pub use connection::{Connection, Many, Question, Row, Statement};
pub use error::{Error, Optional, Result};
pub use job::{CommitOutcome, Job, JobFailed, NotWritten, QueueFull};
pub use migration::NotMigrated;
pub use postgres::{NotAServer, Refusal, Server};
pub use readers::NotRead;
pub use value::{FromValue, ToValue, Value, params};

use readers::Readers;
use std::io;
use std::sync::Arc;
use writer::Writer;

/// Why the database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum CannotOpen {
    /// SQLite is too old.
    #[error("SQLite {found} is too old for a ledger; at least 3.51.3 is needed")]
    SqliteTooOld {
        /// The version found.
        found: &'static str,
    },
    /// The file cannot be made.
    #[error("the database file cannot be made")]
    File(#[source] io::Error),
    /// The file cannot be opened, or is no database.
    #[error("the database cannot be opened")]
    Sqlite(#[from] rusqlite::Error),
    /// The server lets nobody in, or something is wrong with it.
    #[error("the database cannot be opened: {0}")]
    Failed(#[from] Error),
    /// A thread cannot be started.
    #[error("a database thread cannot be started")]
    Thread(#[from] io::Error),
    /// The schema cannot be brought up to date.
    #[error(transparent)]
    Schema(#[from] NotMigrated),
}

/// A handle on the open database; clones share it. The last one closes it.
#[derive(Clone)]
pub struct Database {
    connections: Arc<Connections>,
}

// Fields are dropped in this order: nobody reads or checkpoints once the writer has gone.
struct Connections {
    readers: Readers,
    writer: Writer,
    /// For jobs, where they do not share the writer's transactions.
    batches: Option<Writer>,
}

impl Database {
    /// Opens the database and brings its schema up to date. A file that is not there is made; a server
    /// has to be there.
    pub fn open(address: impl Into<Address>) -> std::result::Result<Self, CannotOpen> {
        let connections = match address.into() {
            Address::File(path) => sqlite::open(&path)?,
            Address::Server(server) => postgres::open(&server)?,
        };
        Ok(Self { connections: Arc::new(connections) })
    }

    /// Runs a short piece of writing inside a transaction that may carry others' as well; the
    /// answer comes after the commit. The closure's own error rolls back what it wrote, and
    /// nothing else.
    pub async fn write<T, E>(
        &self,
        work: impl FnOnce(&Connection) -> std::result::Result<T, E> + Send + 'static,
    ) -> std::result::Result<T, NotWritten<E>>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        self.connections.writer.write(work).await
    }

    /// Queues a job that takes its own locks, without waiting.
    pub fn queue(&self, job: Box<dyn Job>) -> std::result::Result<(), QueueFull> {
        self.connections.batches.as_ref().unwrap_or(&self.connections.writer).queue(job)
    }

    /// Whether jobs run beside each other, each in a transaction of its own; else all share the writer's.
    pub fn runs_jobs_beside_each_other(&self) -> bool {
        self.connections.batches.is_some()
    }

    /// Runs a piece of reading on a connection that never waits for the writer and sees one
    /// consistent state.
    pub async fn read<T, E>(
        &self,
        work: impl FnOnce(&Connection) -> std::result::Result<T, E> + Send + 'static,
    ) -> std::result::Result<T, NotRead<E>>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.connections.readers.read(work).await
    }
}
