//! How SQLite is written: its one writing connection takes whatever waits, puts it into one
//! transaction, commits, and only then lets everybody know.

use super::checkpoint::Checkpointer;
use crate::database::connection::Connection;
use crate::database::job::{CommitOutcome, Job, JobFailed};
use crate::database::writer::Jobs;
use std::sync::PoisonError;

/// The most jobs in one transaction.
const MOST_PER_COMMIT: usize = 256;

/// Writes until nobody is left who could ask for anything.
pub(in crate::database) fn run(connection: &Connection, receiver: &Jobs, mut checkpointer: Checkpointer) {
    // Nobody else takes from it.
    let receiver = receiver.lock().unwrap_or_else(PoisonError::into_inner);
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
        if let Some(sqlite) = connection.sqlite() {
            checkpointer.after_commit(sqlite);
        }
    }
}

/// One transaction for all; what fails in it is undone alone, and tried in smaller pieces. Returns
/// the jobs that go on.
fn commit_for_all(connection: &Connection, jobs: Vec<Box<dyn Job>>) -> Vec<Box<dyn Job>> {
    if let Err(error) = connection.begin_writing() {
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
    if is_over(connection) {
        return Err(JobFailed);
    }
    if alone {
        return job.write(connection);
    }
    let savepoint = |statement| connection.execute_batch(statement).map_err(|_| JobFailed);
    savepoint("savepoint job")?;
    let result = job.write(connection);
    if result.is_err() && !is_over(connection) {
        savepoint("rollback to job")?;
    }
    savepoint("release job").and(result)
}

fn commit(connection: &Connection, nothing_written: bool) -> CommitOutcome {
    if is_over(connection) {
        return CommitOutcome::RolledBack;
    }
    if nothing_written {
        roll_back(connection);
        return CommitOutcome::RolledBack;
    }
    match connection.commit() {
        Ok(()) => CommitOutcome::Committed,
        Err(error) => {
            tracing::error!(%error, "the outcome of a commit is not known");
            roll_back(connection);
            CommitOutcome::Unknown
        }
    }
}

/// Whether SQLite has ended the transaction by itself.
fn is_over(connection: &Connection) -> bool {
    connection.sqlite().is_none_or(rusqlite::Connection::is_autocommit)
}

fn roll_back(connection: &Connection) {
    if !is_over(connection)
        && let Err(error) = connection.roll_back()
    {
        tracing::error!(%error, "cannot roll back");
    }
}
