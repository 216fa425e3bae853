//! The version of everything a process may have cached.
//!
//! Whoever changes a terminal, a currency, an issuer, a site or an ID provider, or destroys a ticket key, says
//! so here in the same transaction; every process compares the number at least once a second.

use crate::database::{self, Connection, params};

/// Says that something cached may have changed.
pub fn mark_changed(write: &Connection) -> database::Result<()> {
    write.execute("update registry set version = version + 1 where one = 1", params![]).map(drop)
}

/// The version now.
pub fn version(read: &Connection) -> database::Result<i64> {
    read.query_row("select version from registry where one = 1", params![], |row| row.get(0))
}
