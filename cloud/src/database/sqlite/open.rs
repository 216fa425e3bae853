//! Opening SQLite: which version, which settings, and why.

use crate::database::CannotOpen;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::time::Duration;

/// The oldest SQLite that may keep a ledger. Older ones can lose committed writes when a second
/// connection checkpoints while the write-ahead log is reset.
const OLDEST_SQLITE: i32 = 3_051_003;

/// How long another process (the operator's command line) may hold the write lock.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// How many prepared statements a connection keeps.
const STATEMENTS_KEPT: usize = 128;

fn check_version() -> Result<(), CannotOpen> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(CannotOpen::SqliteTooOld { found: rusqlite::version() });
    }
    Ok(())
}

/// A new file is its owner's alone: it ties points to persons. SQLite gives its log the same mode.
fn create_private(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Prepares each statement once. Left to itself SQLite prepares some anew each time they are executed,
/// to plan for the values bound; no statement here needs a plan for a value.
fn keep_statements(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop)
}

/// The connection that writes.
pub(in crate::database) fn for_writing(path: &Path) -> Result<Connection, CannotOpen> {
    check_version()?;
    create_private(path).map_err(CannotOpen::File)?;
    let connection = Connection::open(path)?;
    connection.busy_timeout(LOCK_TIMEOUT)?;
    keep_statements(&connection)?;
    // FULL: in write-ahead mode NORMAL would answer before the commit is on the disk.
    // No automatic checkpoints: they would run inside somebody's commit (see checkpoint.rs).
    connection.execute_batch(
        "pragma journal_mode = wal;
         pragma synchronous = full;
         pragma wal_autocheckpoint = 0;
         pragma foreign_keys = on;
         pragma temp_store = memory;
         pragma cache_size = -262144;",
    )?;
    Ok(connection)
}

/// A connection that copies the write-ahead log into the database file.
pub(in crate::database) fn for_checkpoints(path: &Path) -> Result<Connection, CannotOpen> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(LOCK_TIMEOUT)?;
    connection.execute_batch("pragma synchronous = full; pragma wal_autocheckpoint = 0;")?;
    Ok(connection)
}

/// A connection that reads.
pub(in crate::database) fn for_reading(path: &Path) -> rusqlite::Result<Connection> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(LOCK_TIMEOUT)?;
    keep_statements(&connection)?;
    connection
        .execute_batch("pragma temp_store = memory; pragma cache_size = -32768; pragma query_only = on;")?;
    Ok(connection)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    #[cfg(unix)]
    #[test]
    fn the_file_and_its_log_are_their_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cloud.sqlite");
        let connection = super::for_writing(&path).unwrap();
        connection.execute_batch("create table t (a bigint)").unwrap();
        for file in ["cloud.sqlite", "cloud.sqlite-wal"] {
            let mode = std::fs::metadata(folder.path().join(file)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{file}");
        }
        super::for_writing(&path).unwrap();
    }

    #[test]
    fn the_sqlite_built_in_is_new_enough() {
        assert!(super::check_version().is_ok());
    }

    #[test]
    fn a_kept_statement_is_not_prepared_again_for_another_value() {
        use rusqlite::{Connection, OptionalExtension, StatementStatus};
        let connection = Connection::open_in_memory().unwrap();
        super::keep_statements(&connection).unwrap();
        // A partial index makes SQLite look at values.
        let schema = "create table account (id bigint, owner text);
                      create table lot (account bigint, last_day text);
                      create index lot_by_last_day on lot (last_day) where last_day is not null;";
        connection.execute_batch(schema).unwrap();
        for owner in ["a", "b", "c"] {
            let sql = "select l.last_day from account a join lot l on l.account = a.id where a.owner = $1";
            let mut statement = connection.prepare_cached(sql).unwrap();
            statement.query_row([owner], |_| Ok(())).optional().unwrap();
            assert_eq!(statement.get_status(StatementStatus::RePrepare), 0, "{owner}");
        }
    }
}
