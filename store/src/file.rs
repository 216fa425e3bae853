//! The open file: one program at a time, every write on the disk before anybody hears of it.
//!
//! Every write is one transaction with `synchronous = FULL`: when [`StoreFile::write`] returns, it is on the
//! disk.

use crate::entropy::{Entropy, random};
use crate::power::{Moment, PowerSupply};
use crate::{Layout, StoreFault};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long another program's last moments on the same file are waited for.
const BUSY: Duration = Duration::from_secs(3);

/// The open store.
pub struct StoreFile {
    connection: Mutex<Connection>,
    power: Arc<dyn PowerSupply>,
    id: String,
}

impl StoreFile {
    /// Opens the store in a folder, making both where they are missing. A store of an older program is
    /// brought up; a newer one is left alone.
    pub fn open(
        folder: &Path,
        layout: &Layout,
        entropy: &dyn Entropy,
        power: Arc<dyn PowerSupply>,
    ) -> Result<Self, StoreFault> {
        std::fs::create_dir_all(folder).map_err(|error| StoreFault::NotWritable(error.to_string()))?;
        let connection = Connection::open(folder.join(layout.file))?;
        connection.busy_timeout(BUSY)?;
        // The wrong file is found before anything is written to it.
        let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version > layout.version() {
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
            0 => store.write("schema", |write| layout.lay_out(write, &store.id))?,
            newest if newest == layout.version() => {}
            earlier => store.write("schema", |write| layout.bring_up(write, earlier))?,
        }
        store.check(layout)?;
        store.id = store.read(|read| read.query_row("select id from store", [], |row| row.get(0)))?;
        Ok(store)
    }

    /// The random id that the names of this store's keys begin with.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Reads.
    pub fn read<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreFault> {
        Ok(work(&self.connection())?)
    }

    /// Writes one transaction, durably. `what` names it for the power supply of a test.
    pub fn write<T>(
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

    fn check(&self, layout: &Layout) -> Result<(), StoreFault> {
        let (application, check) = self.read(|read| {
            let application: i64 = read.pragma_query_value(None, "application_id", |row| row.get(0))?;
            let check: String = read.pragma_query_value(None, "quick_check", |row| row.get(0))?;
            Ok((application, check))
        })?;
        match check.as_str() {
            _ if application != layout.application => {
                Err(StoreFault::Damaged("another program's store".into()))
            }
            "ok" => Ok(()),
            _ => Err(StoreFault::Damaged(check)),
        }
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        // A panic inside a transaction rolled it back; the connection is as good as before.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
