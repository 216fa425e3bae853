//! SQLite: one file, one process that serves, one connection that writes.
//!
//! Belongs here: opening it, its transactions, its checkpoints. Does not belong here: statements; they
//! are the same on every engine.
//! Why it exists: SQLite has one writer at a time, and a commit costs a flush of the disk, so all
//! writing goes through one thread that commits for everybody who waits.

mod checkpoint;
mod open;

use super::commit::{self, Manner};
use super::connection::Connection;
use super::error::Error;
use super::readers::Readers;
use super::seat::{Rest, Seat};
use super::writer::{Jobs, Writer};
use super::{CannotOpen, Connections, migration};
use checkpoint::Checkpointer;
use std::path::Path;

/// Everybody shares one commit.
const MANNER: Manner = Manner { begin: Connection::begin_writing, most_per_commit: 256 };

/// Opens the file, creates it if it is not there, and brings its schema up to date.
pub(super) fn open(path: &Path) -> Result<Connections, CannotOpen> {
    let writing = Connection::from(open::for_writing(path)?);
    migration::bring_up_to_date(&writing)?;
    let rest = Rest::default();
    let readers = Readers::start(|| {
        let path = path.to_owned();
        Seat::take(&rest, move || Ok(Connection::from(open::for_reading(&path)?)))
    })?;
    let mut checkpointer = Checkpointer::start(path)?;
    let again = path.to_owned();
    let mut seat = Seat::of(writing, &rest, move || {
        let connection = open::for_writing(&again).map_err(|error| Error::NotConnected(error.to_string()))?;
        Ok(Connection::from(connection))
    });
    let writer = Writer::start([move |jobs: &Jobs| {
        commit::run(&mut seat, jobs, &MANNER, |connection| {
            if let Some(sqlite) = connection.sqlite() {
                checkpointer.after_commit(sqlite);
            }
        });
    }])?;
    Ok(Connections { readers, writer, batches: None })
}
