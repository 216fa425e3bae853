//! One commit for many: a writing thread takes whatever waits, puts it into one transaction, commits,
//! and only then lets everybody know.

use super::connection::Connection;
use super::error::{Error, NotCommitted, Result};
use super::job::{CommitOutcome, Job, JobFailed};
use super::seat::Seat;
use super::writer::Jobs;
use std::collections::VecDeque;
use std::sync::PoisonError;
use std::time::Duration;

/// How a writing thread goes about it.
pub(super) struct Manner {
    /// Begins a transaction.
    pub(super) begin: fn(&Connection) -> Result<()>,
    /// The most jobs in one transaction.
    pub(super) most_per_commit: usize,
}

/// Writes until nobody is left who could ask for anything.
pub(super) fn run(seat: &mut Seat, waiting: &Jobs, manner: &Manner, mut between: impl FnMut(&Connection)) {
    let mut jobs: VecDeque<Box<dyn Job>> = VecDeque::new();
    loop {
        if jobs.is_empty() {
            match waiting.lock().unwrap_or_else(PoisonError::into_inner).recv() {
                Ok(first) => jobs.push_back(first),
                // Nobody is left who could ask for anything.
                Err(_) => return,
            }
        } else if let Ok(waiting) = waiting.try_lock()
            && let Ok(first) = waiting.try_recv()
        {
            // What goes on here lets go first whoever waits elsewhere.
            jobs.push_front(first);
        }
        // Another thread that waits for a job holds the queue; then there is none to take along.
        if let Ok(waiting) = waiting.try_lock() {
            let room = manner.most_per_commit.saturating_sub(jobs.len());
            jobs.extend(waiting.try_iter().take(room));
        }
        let together = jobs.drain(..jobs.len().min(manner.most_per_commit)).collect();
        jobs.extend(commit_for_all(seat, manner.begin, together));
        // A lost one is replaced when there is something to write again, not while the server is going.
        if let Some(connection) = seat.connection() {
            between(connection);
        }
    }
}

/// One transaction for all; what fails in it is undone alone, and tried in smaller pieces. Returns
/// the jobs that go on.
fn commit_for_all(
    seat: &mut Seat,
    begin: fn(&Connection) -> Result<()>,
    jobs: Vec<Box<dyn Job>>,
) -> Vec<Box<dyn Job>> {
    let connection = match seat.begin(begin) {
        Ok(connection) => connection,
        Err(error) => {
            tracing::error!(%error, "cannot begin a transaction");
            return finish_all(jobs, CommitOutcome::RolledBack);
        }
    };
    let (mut written, mut failed) = (Vec::new(), Vec::new());
    let alone = jobs.len() == 1;
    for mut job in jobs {
        match write_one(connection, job.as_mut(), alone) {
            Ok(()) => written.push(job),
            Err(JobFailed) => failed.push(job),
        }
    }
    let outcome = match commit(connection, written.is_empty()) {
        Ok(flushing) => CommitOutcome::Committed { flushing },
        Err(NotCommitted::RolledBack(Error::RolledBack)) => CommitOutcome::RolledBack,
        // What a job alone wrote is said together with the commit, and was refused there.
        Err(NotCommitted::RolledBack(error)) => {
            for job in &mut written {
                job.refused(&error);
            }
            failed.append(&mut written);
            CommitOutcome::RolledBack
        }
        Err(NotCommitted::Unknown(error)) => {
            tracing::error!(%error, "the outcome of a commit is not known");
            roll_back(connection);
            CommitOutcome::Unknown
        }
    };
    let mut next = finish_all(written, outcome);
    for mut job in failed {
        let pieces = job.split();
        next.extend(job.finish(CommitOutcome::RolledBack));
        for piece in pieces {
            next.extend(commit_for_all(seat, begin, vec![piece]));
        }
    }
    next
}

fn finish_all(jobs: Vec<Box<dyn Job>>, outcome: CommitOutcome) -> Vec<Box<dyn Job>> {
    jobs.into_iter().filter_map(|job| job.finish(outcome)).collect()
}

/// A savepoint lets one job fail without the others; a job alone needs none.
fn write_one(connection: &Connection, job: &mut dyn Job, alone: bool) -> std::result::Result<(), JobFailed> {
    // The database itself rolls back on a full disk: then there is nothing left to write in.
    if connection.is_over() {
        return Err(JobFailed);
    }
    if alone {
        return job.write(connection);
    }
    connection.execute_batch("savepoint job").map_err(|_| JobFailed)?;
    let result = job.write(connection).and_then(|()| {
        connection.see_it_written().map_err(|error| {
            job.refused(&error);
            JobFailed
        })
    });
    if result.is_err() && !connection.is_over() {
        connection.roll_back_to("job").map_err(|_| JobFailed)?;
    }
    connection.execute_batch("release savepoint job").map_err(|_| JobFailed).and(result)
}

/// Says how long it took.
fn commit(connection: &Connection, nothing_written: bool) -> std::result::Result<Duration, NotCommitted> {
    if connection.is_over() {
        return Err(NotCommitted::RolledBack(Error::RolledBack));
    }
    if nothing_written {
        roll_back(connection);
        return Err(NotCommitted::RolledBack(Error::RolledBack));
    }
    connection.commit()
}

fn roll_back(connection: &Connection) {
    if !connection.is_over()
        && let Err(error) = connection.roll_back()
    {
        tracing::error!(%error, "cannot roll back");
    }
}
