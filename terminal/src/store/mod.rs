//! What this terminal keeps: its tables and rows in a [`StoreFile`].
//!
//! Belongs here: the layout's versions, the rows of a registration and a sign-in. Does not belong here: the
//! file itself and sealing (`store/`), the journal's rows (`journal`), settings (a file a person can read),
//! keys (the credential store).
//! Why it exists: what was written here is there after a power cut, and worth nothing on another PC.

mod pairing;
mod registration;
mod sign_in;

pub use madoguchi_store::{Mains, Moment, PowerSupply};

pub(crate) use madoguchi_store::{SealedPlace, StoreFault, StoreKey};
pub(crate) use pairing::PairingRow;
pub(crate) use registration::{Registered, Registering};
pub(crate) use sign_in::{KeptSignIn, SignInRecord};

use madoguchi_store::entropy::Entropy;
use madoguchi_store::{Layout, Step, StoreFile};
use rusqlite::{Connection, Transaction};
use std::path::Path;
use std::sync::Arc;

/// The terminal's file: `application` is "MDGT".
const LAYOUT: Layout = Layout {
    file: "terminal.sqlite",
    application: 0x4d44_4754,
    steps: &[
        Step { from: 0, to: 2, sql: include_str!("schema.sql") },
        // A use can be signed.
        Step { from: 1, to: 2, sql: "alter table intent add column signature blob" },
        Step { from: 2, to: 3, sql: include_str!("schema_3.sql") },
        Step { from: 3, to: 4, sql: include_str!("schema_4.sql") },
        Step { from: 4, to: 5, sql: include_str!("schema_5.sql") },
        Step { from: 5, to: 6, sql: include_str!("schema_6.sql") },
        Step { from: 6, to: 7, sql: include_str!("schema_7.sql") },
        Step { from: 7, to: 8, sql: include_str!("schema_8.sql") },
        Step { from: 8, to: 9, sql: include_str!("schema_9.sql") },
        Step { from: 9, to: 10, sql: include_str!("schema_10.sql") },
        Step { from: 10, to: 11, sql: include_str!("schema_11.sql") },
        Step { from: 11, to: 12, sql: include_str!("schema_12.sql") },
        Step { from: 12, to: 13, sql: include_str!("schema_13.sql") },
        Step { from: 13, to: 14, sql: include_str!("schema_14.sql") },
    ],
};

/// The open store.
pub(crate) struct Store(StoreFile);

impl Store {
    /// Opens the store in a folder, making both where they are missing.
    pub(crate) fn open(
        folder: &Path,
        entropy: &dyn Entropy,
        power: Arc<dyn PowerSupply>,
    ) -> Result<Self, StoreFault> {
        StoreFile::open(folder, &LAYOUT, entropy, power).map(Self)
    }

    /// The random id that the names of this store's keys begin with.
    pub(crate) fn id(&self) -> &str {
        self.0.id()
    }

    /// Reads.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreFault> {
        self.0.read(work)
    }

    /// Writes one transaction, durably. `what` names it for the power supply of a test.
    pub(crate) fn write<T>(
        &self,
        what: &'static str,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreFault>,
    ) -> Result<T, StoreFault> {
        self.0.write(what, work)
    }
}

#[cfg(test)]
mod tests;
