//! Something to write: what a writing thread takes, and what it says became of it.

use super::connection::Connection;
use super::error::Error;
use std::time::Duration;
use tokio::sync::oneshot;

/// What became of a job's transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommitOutcome {
    /// It is on the disk.
    Committed {
        /// How long the commit itself took, when everything was written.
        flushing: Duration,
    },
    /// Nothing of it happened.
    RolledBack,
    /// The commit itself failed: it may or may not be found after the next start.
    Unknown,
}

/// A job's statements failed: what it wrote is rolled back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobFailed;

/// The queue is full, or the database is closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the database is busy")]
pub struct QueueFull;

/// Something to write.
pub trait Job: Send {
    /// Writes inside the open transaction; must neither begin nor commit.
    fn write(&mut self, connection: &Connection) -> Result<(), JobFailed>;

    /// Learns that the database refused what it wrote only when all of it was said, or at the commit.
    fn refused(&mut self, _error: &Error) {}

    /// After a failure: smaller jobs to be tried one by one instead of this one, if any.
    fn split(&mut self) -> Vec<Box<dyn Job>> {
        Vec::new()
    }

    /// Learns what became of the transaction, and hands over the job that goes on, if any.
    fn finish(self: Box<Self>, outcome: CommitOutcome) -> Option<Box<dyn Job>>;
}

/// Why nothing was written, as far as is known.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten<E> {
    /// The work itself failed; nothing of it was written.
    #[error("{0}")]
    Failed(E),
    /// It did not come to it; try again.
    #[error("the database is busy")]
    Busy,
    /// The commit's outcome is not known.
    #[error("whether it was written is not known")]
    Unknown,
}

/// A closure as a job.
pub(super) struct Work<W, T, E> {
    closure: Option<W>,
    written: Option<Result<T, E>>,
    answer: oneshot::Sender<Result<T, NotWritten<E>>>,
}

impl<W, T, E> Work<W, T, E> {
    pub(super) const fn new(closure: W, answer: oneshot::Sender<Result<T, NotWritten<E>>>) -> Self {
        Self { closure: Some(closure), written: None, answer }
    }
}

impl<W, T, E> Job for Work<W, T, E>
where
    W: FnOnce(&Connection) -> Result<T, E> + Send,
    T: Send,
    E: Send,
{
    fn write(&mut self, connection: &Connection) -> Result<(), JobFailed> {
        let work = self.closure.take().ok_or(JobFailed)?;
        let written = work(connection);
        let failed = written.is_err();
        self.written = Some(written);
        if failed { Err(JobFailed) } else { Ok(()) }
    }

    fn finish(self: Box<Self>, outcome: CommitOutcome) -> Option<Box<dyn Job>> {
        let answer = match (self.written, outcome) {
            (Some(Err(error)), _) => Err(NotWritten::Failed(error)),
            (Some(Ok(value)), CommitOutcome::Committed { .. }) => Ok(value),
            (_, CommitOutcome::Unknown) => Err(NotWritten::Unknown),
            (_, CommitOutcome::RolledBack | CommitOutcome::Committed { .. }) => Err(NotWritten::Busy),
        };
        // A caller that no longer waits wants no answer.
        let _ = self.answer.send(answer);
        None
    }
}
