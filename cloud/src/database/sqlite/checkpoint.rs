//! Checkpoints: copying the write-ahead log into the database file, from a connection of its own,
//! so that no commit waits for it.
//!
//! A passive checkpoint copies while others write, but the log starts over only at a moment when
//! everything in it has been copied. So once the log is long, the thread here copies the bulk, and
//! the writer itself copies the small rest between two of its transactions.

use super::open;
use crate::database::CannotOpen;
use rusqlite::Connection;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

/// After so many changed rows a checkpoint begins; a row costs a page of the log at most. Rarer means
/// that a page changed again and again is copied once; too rare means a log that is slow to read and to
/// recover from.
const ROWS_BETWEEN: u64 = 100_000;

/// Says when to copy, and copies.
pub(in crate::database) struct Checkpointer {
    wake: Option<SyncSender<()>>,
    bulk_copied: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
    rows_at_last: u64,
}

impl Checkpointer {
    pub(in crate::database) fn start(path: &Path) -> Result<Self, CannotOpen> {
        let connection = open::for_checkpoints(path)?;
        let (wake, woken) = sync_channel::<()>(1);
        let bulk_copied = Arc::new(AtomicBool::new(false));
        let copied = Arc::clone(&bulk_copied);
        let thread = thread::Builder::new().name("checkpoint".into()).spawn(move || {
            while woken.recv().is_ok() {
                copy(&connection);
                copied.store(true, Ordering::Release);
            }
        })?;
        Ok(Self { wake: Some(wake), bulk_copied, thread: Some(thread), rows_at_last: 0 })
    }

    /// Called by the writer between two transactions.
    pub(in crate::database) fn after_commit(&mut self, writing: &Connection) {
        if self.bulk_copied.swap(false, Ordering::Acquire) {
            copy(writing);
        }
        let rows = writing.total_changes();
        if rows.saturating_sub(self.rows_at_last) >= ROWS_BETWEEN {
            self.rows_at_last = rows;
            if let Some(wake) = &self.wake {
                // Full = it is copying already.
                let _ = wake.try_send(());
            }
        }
    }
}

impl Drop for Checkpointer {
    fn drop(&mut self) {
        drop(self.wake.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the thread was reported when it happened.
            let _ = thread.join();
        }
    }
}

fn copy(connection: &Connection) {
    // Answers (busy, frames in the log, frames copied); a busy one is made up for by the next.
    let copied = connection.query_row("pragma wal_checkpoint(passive)", [], |row| row.get::<_, i64>(2));
    if let Err(error) = copied {
        tracing::warn!(%error, "a checkpoint failed; the write-ahead log grows until the next");
    }
}
