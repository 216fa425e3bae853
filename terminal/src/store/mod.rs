//! What this terminal keeps on its disk: one SQLite file.
//!
//! Belongs here: the file, its version, durable writes, sealed columns, the rows of a registration.
//! Does not belong here: the journal's rows (`journal`), settings (a file a person can read), keys
//! (the credential store).
//! Why it exists: what was written here is there after a power cut, and worth nothing on another PC.
//!
//! Every write is one transaction with `synchronous = FULL`: when [`Store::write`] returns, it is on
//! the disk. One program at a time holds the file.

mod fault;
mod power;
mod registration;
mod seal;
mod sign_in;

pub use power::{Mains, Moment, PowerSupply};

pub(crate) use fault::StoreFault;
pub(crate) use registration::{Registered, Registering};
pub(crate) use seal::{Place as SealedPlace, StoreKey};
pub(crate) use sign_in::{KeptSignIn, SignInRecord};

use crate::entropy::{Entropy, random};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The schema this program writes. A store of an older one is brought up; a newer one is left alone.
const SCHEMA_VERSION: i64 = 6;
/// The file's name in the data folder.
const FILE: &str = "terminal.sqlite";
/// How long another program's last moments on the same file are waited for.
const BUSY: Duration = Duration::from_secs(3);
/// Marks the file as this program's (SQLite's `application_id`): "MDGT".
const APPLICATION: i64 = 0x4d44_4754;

/// The open store.
pub(crate) struct Store {
    connection: Mutex<Connection>,
    power: Arc<dyn PowerSupply>,
    id: String,
}

impl Store {
    /// Opens the store in a folder, making both where they are missing.
    pub(crate) fn open(
        folder: &Path,
        entropy: &dyn Entropy,
        power: Arc<dyn PowerSupply>,
    ) -> Result<Self, StoreFault> {
        std::fs::create_dir_all(folder).map_err(|error| StoreFault::NotWritable(error.to_string()))?;
        let connection = Connection::open(folder.join(FILE))?;
        connection.busy_timeout(BUSY)?;
        // The wrong file is found before anything is written to it.
        let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version > SCHEMA_VERSION {
            return Err(StoreFault::Newer { version });
        }
        connection.pragma_update(None, "locking_mode", "exclusive")?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.pragma_update(None, "synchronous", "full")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // What is taken out of a row is gone from the file.
        connection.pragma_update(None, "secure_delete", true)?;
        let id = hex::encode(random::<16>(entropy).map_err(|_| StoreFault::NoEntropy)?);
        let mut store = Self { connection: Mutex::new(connection), power, id };
        match version {
            0 => store.write("schema", |write| lay_out(write, &store.id))?,
            SCHEMA_VERSION => {}
            earlier => store.write("schema", |write| bring_up(write, earlier))?,
        }
        store.check()?;
        store.id = store.read(|read| read.query_row("select id from store", [], |row| row.get(0)))?;
        Ok(store)
    }

    /// The random id that the names of this store's keys begin with.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Reads.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreFault> {
        Ok(work(&self.connection())?)
    }

    /// Writes one transaction, durably. `what` names it for the power supply of a test.
    pub(crate) fn write<T>(
        &self,
        what: &'static str,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreFault>,
    ) -> Result<T, StoreFault> {
        let mut connection = self.connection();
        self.power_holds(Moment::Before(what))?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = work(&transaction)?;
        transaction.commit()?;
        self.power_holds(Moment::After(what))?;
        Ok(value)
    }

    fn power_holds(&self, moment: Moment) -> Result<(), StoreFault> {
        if self.power.holds(moment) { Ok(()) } else { Err(StoreFault::PowerCut) }
    }

    fn check(&self) -> Result<(), StoreFault> {
        self.read(|read| {
            let application: i64 = read.pragma_query_value(None, "application_id", |row| row.get(0))?;
            let check: String = read.pragma_query_value(None, "quick_check", |row| row.get(0))?;
            Ok((application, check))
        })
        .and_then(|(application, check)| match (application, check.as_str()) {
            (APPLICATION, "ok") => Ok(()),
            (APPLICATION, _) => Err(StoreFault::Damaged(check)),
            _ => Err(StoreFault::Damaged("not a terminal's store".into())),
        })
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        // A panic inside a transaction rolled it back; the connection is as good as before.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn lay_out(write: &Transaction<'_>, id: &str) -> Result<(), StoreFault> {
    let tables: i64 = write.query_row("select count(*) from sqlite_schema", [], |row| row.get(0))?;
    if tables > 0 {
        return Err(StoreFault::Damaged("tables without a version".into()));
    }
    write.execute_batch(include_str!("schema.sql"))?;
    write.execute("insert into store (one, id) values (1, ?1)", [id])?;
    write.pragma_update(None, "application_id", APPLICATION)?;
    bring_up(write, 2)
}

/// From an earlier version to this program's, step by step.
fn bring_up(write: &Transaction<'_>, version: i64) -> Result<(), StoreFault> {
    if version < 2 {
        // A use can be signed.
        write.execute("alter table intent add column signature blob", [])?;
    }
    if version < 3 {
        write.execute_batch(include_str!("schema_3.sql"))?;
    }
    if version < 4 {
        write.execute_batch(include_str!("schema_4.sql"))?;
    }
    if version < 5 {
        write.execute_batch(include_str!("schema_5.sql"))?;
    }
    if version < 6 {
        write.execute_batch(include_str!("schema_6.sql"))?;
    }
    Ok(write.pragma_update(None, "user_version", SCHEMA_VERSION)?)
}

#[cfg(test)]
mod tests;
