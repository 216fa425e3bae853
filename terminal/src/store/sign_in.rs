//! What outlives a restart of signing in: the lock, the sign-in, the names given here. No password.

use super::{SealedPlace, Store, StoreFault, StoreKey};
use crate::entropy::Entropy;
use madoguchi_domain::sign_in::StaffName;
use madoguchi_wire::terminal_api::SignedIn;
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a terminal knows of its sign-in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptSignIn {
    /// The clerk left: whatever the cloud says, the password is needed.
    pub(crate) is_locked: bool,
    /// The last sign-in, as the cloud told it.
    pub(crate) last: Option<SignedIn>,
    /// The names given at this terminal, the latest first.
    pub(crate) names: Vec<StaffName>,
}

/// The row of one registration.
#[derive(Clone)]
pub(crate) struct SignInRecord {
    store: Arc<Store>,
    entropy: Arc<dyn Entropy>,
    registration: i64,
    key: StoreKey,
}

impl SignInRecord {
    /// The record of a registration, sealed under `key`.
    pub(crate) fn new(
        store: Arc<Store>,
        entropy: Arc<dyn Entropy>,
        registration: i64,
        key: StoreKey,
    ) -> Self {
        Self { store, entropy, registration, key }
    }

    /// What was kept; nothing at the first start, or where it was sealed under another key.
    pub(crate) fn read(&self) -> Result<KeptSignIn, StoreFault> {
        let sealed: Option<Vec<u8>> = self.store.read(|read| {
            read.query_row(
                "select kept from sign_in where registration = ?1 and store_key = ?2",
                params![self.registration, self.key.name()],
                |row| row.get(0),
            )
            .optional()
        })?;
        sealed.map_or(Ok(KeptSignIn::default()), |sealed| self.key.open(self.place(&self.row()), &sealed))
    }

    /// Keeps it durably.
    pub(crate) fn keep(&self, kept: &KeptSignIn) -> Result<(), StoreFault> {
        let sealed = self.key.seal(&*self.entropy, self.place(&self.row()), kept)?;
        self.store.write("sign-in", |write| {
            write.execute(
                "insert into sign_in (registration, store_key, kept) values (?1, ?2, ?3)
                 on conflict (registration) do update set
                     store_key = excluded.store_key, kept = excluded.kept",
                params![self.registration, self.key.name(), sealed],
            )?;
            Ok(())
        })
    }

    fn row(&self) -> String {
        self.registration.to_string()
    }

    #[allow(clippy::unused_self)] // reads as what it is: the place of this record's column
    fn place<'r>(&self, row: &'r str) -> SealedPlace<'r> {
        SealedPlace { table: "sign_in", row, column: "kept" }
    }
}
