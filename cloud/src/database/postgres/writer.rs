//! How PostgreSQL is written: a few threads take jobs from one queue; each job is a transaction of its
//! own, so no lock outlasts what it was taken for. Commits of many are the ledger's batches.

use crate::database::connection::Connection;
use crate::database::error::Error;
use crate::database::job::{CommitOutcome, Job};
use crate::database::seat::Seat;
use crate::database::writer::Jobs;
use std::sync::PoisonError;

/// Writes until nobody is left who could ask for anything.
pub(super) fn run(seat: &mut Seat, jobs: &Jobs) {
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(first) = next else { return };
        let mut following = vec![first];
        while let Some(job) = following.pop() {
            following.extend(transact(seat, job));
        }
    }
}

/// One job in a transaction; if it fails, its pieces one by one. Returns the jobs that go on.
fn transact(seat: &mut Seat, mut job: Box<dyn Job>) -> Vec<Box<dyn Job>> {
    let connection = match seat.begin_writing() {
        Ok(connection) => connection,
        Err(error) => {
            tracing::error!(%error, "cannot begin a transaction");
            return Vec::from_iter(job.finish(CommitOutcome::RolledBack));
        }
    };
    if job.write(connection).is_ok() {
        let outcome = commit(connection);
        return Vec::from_iter(job.finish(outcome));
    }
    // Without a line there is nothing left to roll back.
    if let Err(error) = connection.roll_back() {
        tracing::error!(%error, "cannot roll back");
    }
    let pieces = job.split();
    let mut next = Vec::from_iter(job.finish(CommitOutcome::RolledBack));
    for piece in pieces {
        next.extend(transact(seat, piece));
    }
    next
}

fn commit(connection: &Connection) -> CommitOutcome {
    match connection.commit() {
        Ok(()) => CommitOutcome::Committed,
        Err(Error::RolledBack) => CommitOutcome::RolledBack,
        Err(error) => {
            tracing::error!(%error, "the outcome of a commit is not known");
            CommitOutcome::Unknown
        }
    }
}
