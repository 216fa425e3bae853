//! The thread that writes: it takes whatever waits, puts it into one transaction, commits, and
//! only then lets everybody know.

use super::checkpoint::Checkpointer;
use rusqlite::Connection;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use tokio::sync::oneshot;

/// How many jobs may wait before the next is turned away as busy.
const WAITING: usize = 4_096;

/// The most jobs in one transaction.
const MOST_PER_COMMIT: usize = 256;

/// What became of a job's transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommitOutcome {
    /// It is on the disk.
    Committed,
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

/// The writing thread; it writes what still waits, then ends, when this is dropped.
pub(super) struct Writer {
    sender: Option<SyncSender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(connection: Connection, checkpointer: Checkpointer) -> std::io::Result<Self> {
        let (sender, receiver) = sync_channel(WAITING);
        let thread = thread::Builder::new()
            .name("write".into())
            .spawn(move || run(&connection, &receiver, checkpointer))?;
        Ok(Self { sender: Some(sender), thread: Some(thread) })
    }

    pub(super) fn queue(&self, job: Box<dyn Job>) -> Result<(), QueueFull> {
        let sender = self.sender.as_ref().ok_or(QueueFull)?;
        sender.try_send(job).map_err(|_| QueueFull)
    }

    pub(super) async fn write<T, E>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, NotWritten<E>>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        self.queue(Box::new(Work { closure: Some(work), written: None, answer }))
            .map_err(|QueueFull| NotWritten::Busy)?;
        answered.await.unwrap_or(Err(NotWritten::Busy))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.sender.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the writing thread was reported when it happened.
            let _ = thread.join();
        }
    }
}

/// A closure as a job.
struct Work<W, T, E> {
    closure: Option<W>,
    written: Option<Result<T, E>>,
    answer: oneshot::Sender<Result<T, NotWritten<E>>>,
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
            (Some(Ok(value)), CommitOutcome::Committed) => Ok(value),
            (_, CommitOutcome::Unknown) => Err(NotWritten::Unknown),
            (_, CommitOutcome::RolledBack | CommitOutcome::Committed) => Err(NotWritten::Busy),
        };
        // A caller that no longer waits wants no answer.
        let _ = self.answer.send(answer);
        None
    }
}

fn run(connection: &Connection, receiver: &Receiver<Box<dyn Job>>, mut checkpointer: Checkpointer) {
    let mut jobs: Vec<Box<dyn Job>> = Vec::new();
    loop {
        if jobs.is_empty() {
            match receiver.recv() {
                Ok(first) => jobs.push(first),
                // Nobody is left who could ask for anything.
                Err(_) => return,
            }
        }
        jobs.extend(receiver.try_iter().take(MOST_PER_COMMIT - jobs.len().min(MOST_PER_COMMIT)));
        jobs = commit_for_all(connection, jobs);
        checkpointer.after_commit(connection);
    }
}

/// One transaction for all; what fails in it is undone alone, and tried in smaller pieces. Returns
/// the jobs that go on.
fn commit_for_all(connection: &Connection, jobs: Vec<Box<dyn Job>>) -> Vec<Box<dyn Job>> {
    if let Err(error) = connection.execute_batch("begin immediate") {
        tracing::error!(%error, "cannot begin a transaction");
        return finish_all(jobs, CommitOutcome::RolledBack);
    }
    let (mut written, mut failed) = (Vec::new(), Vec::new());
    let alone = jobs.len() == 1;
    for mut job in jobs {
        match write_one(connection, job.as_mut(), alone) {
            Ok(()) => written.push(job),
            Err(JobFailed) => failed.push(job),
        }
    }
    let outcome = commit(connection, written.is_empty());
    let mut next = finish_all(written, outcome);
    for mut job in failed {
        let pieces = job.split();
        next.extend(job.finish(CommitOutcome::RolledBack));
        for piece in pieces {
            next.extend(commit_for_all(connection, vec![piece]));
        }
    }
    next
}

fn finish_all(jobs: Vec<Box<dyn Job>>, outcome: CommitOutcome) -> Vec<Box<dyn Job>> {
    jobs.into_iter().filter_map(|job| job.finish(outcome)).collect()
}

/// A savepoint lets one job fail without the others; a job alone needs none.
fn write_one(connection: &Connection, job: &mut dyn Job, alone: bool) -> Result<(), JobFailed> {
    // The database itself rolls back on a full disk: then there is nothing left to write in.
    if connection.is_autocommit() {
        return Err(JobFailed);
    }
    if alone {
        return job.write(connection);
    }
    let savepoint = |statement| connection.execute_batch(statement).map_err(|_| JobFailed);
    savepoint("savepoint job")?;
    let result = job.write(connection);
    if result.is_err() && !connection.is_autocommit() {
        savepoint("rollback to job")?;
    }
    savepoint("release job").and(result)
}

fn commit(connection: &Connection, nothing_written: bool) -> CommitOutcome {
    if connection.is_autocommit() {
        return CommitOutcome::RolledBack;
    }
    if nothing_written {
        roll_back(connection);
        return CommitOutcome::RolledBack;
    }
    match connection.execute_batch("commit") {
        Ok(()) => CommitOutcome::Committed,
        Err(error) => {
            tracing::error!(%error, "the outcome of a commit is not known");
            roll_back(connection);
            CommitOutcome::Unknown
        }
    }
}

fn roll_back(connection: &Connection) {
    if !connection.is_autocommit()
        && let Err(error) = connection.execute_batch("rollback")
    {
        tracing::error!(%error, "cannot roll back");
    }
}
