//! SQLite: one file, one process that serves, one connection that writes.
//!
//! Belongs here: opening it, its transactions, its checkpoints. Does not belong here: statements; they
//! are the same on every engine.
//! Why it exists: SQLite has one writer at a time, and a commit costs a flush of the disk, so all
//! writing goes through one thread that commits for everybody who waits.

mod checkpoint;
mod open;
mod writer;

use super::connection::Connection;
use super::readers::Readers;
use super::seat::Seat;
use super::writer::{Jobs, Writer};
use super::{CannotOpen, migration};
use checkpoint::Checkpointer;
use std::path::Path;

/// Opens the file, creates it if it is not there, and brings its schema up to date.
pub(super) fn open(path: &Path) -> Result<(Readers, Writer), CannotOpen> {
    let writing = Connection::from(open::for_writing(path)?);
    migration::bring_up_to_date(&writing)?;
    let readers = Readers::start(|| {
        let path = path.to_owned();
        Seat::take(move || Ok(Connection::from(open::for_reading(&path)?)))
    })?;
    let checkpointer = Checkpointer::start(path)?;
    let writer = Writer::start([move |jobs: &Jobs| writer::run(&writing, jobs, checkpointer)])?;
    Ok((readers, writer))
}
