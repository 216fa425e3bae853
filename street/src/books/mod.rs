//! The street's books: members, what happened to their points, which merges came.
//!
//! Belongs here: tables and rows, each verb one transaction. Does not: files and folders, which keys open
//! them, what is said to a person.
//! Why it exists: points are money. Every balance follows from postings that sum to zero and are never
//! edited, and a merge's number is written in the same transaction as its points.

mod account;
mod act;
mod answer;
mod charge;
mod check;
mod credit;
mod history;
mod member;
mod member_id;
mod posting;
mod quarantine;
mod roll;
mod set_aside;
mod take_in;
mod taken_back;
mod whereabouts;

pub use act::{Act, Done, NotDone};
pub use charge::ChargeState;
pub use check::BooksDoNotAgree;
pub use credit::Credit;
pub use history::{HistoryLine, history_csv};
pub use member::{IdKind, IdTaken, Member, MemberNumber};
pub use member_id::{IdChange, IdEvent, IdNotChanged};
pub use posting::PostingKind;
pub use roll::{Enrolled, KnownId};
pub use set_aside::{SetAside, SetAsideReason};
pub use take_in::{Admission, Verdict, Waiting};
pub use taken_back::{TakenBackMerge, WasReceived};
pub use whereabouts::Whereabouts;

use crate::Fault;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_port::vault::Vault;
use madoguchi_store::entropy::{Entropy, random};
use madoguchi_store::{Layout, PowerSupply, Step, StoreFault, StoreFile, StoreKey};
use rusqlite::OptionalExtension;
use std::path::Path;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The street's file: `application` is "MDGS".
const LAYOUT: Layout = Layout {
    file: "street.sqlite",
    application: 0x4d44_4753,
    steps: &[
        Step { from: 0, to: 1, sql: include_str!("schema.sql") },
        Step { from: 1, to: 2, sql: include_str!("schema_2.sql") },
        Step { from: 2, to: 3, sql: include_str!("schema_3.sql") },
        Step { from: 3, to: 4, sql: include_str!("schema_4.sql") },
        Step { from: 4, to: 5, sql: include_str!("schema_5.sql") },
    ],
};

/// What the books stand on.
#[derive(Clone)]
pub struct Ground {
    /// Where the key of the sealed columns lies.
    pub vault: Arc<dyn Vault>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Power, which a test can cut.
    pub power: Arc<dyn PowerSupply>,
}

/// The open books of one street. One program at a time has them open.
pub struct Books {
    store: StoreFile,
    key: StoreKey,
    entropy: Arc<dyn Entropy>,
}

impl Books {
    /// Opens the books in a folder, founding them where there are none.
    pub fn open(folder: &Path, street: IdProviderId, ground: &Ground) -> Result<Self, Fault> {
        let store = StoreFile::open(folder, &LAYOUT, &*ground.entropy, Arc::clone(&ground.power))?;
        let standing: Option<(String, String)> = store.read(|read| {
            let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
            read.query_row("select street, store_key from street", [], row).optional()
        })?;
        let name = match standing {
            Some((whose, _)) if whose != street.as_str() => return Err(Fault::AnotherStreet),
            Some((_, name)) => name,
            None => found(&store, street, ground)?,
        };
        let bytes = ground.vault.get(&name)?.ok_or(Fault::KeyMissing)?;
        let key = StoreKey::new(&name, &bytes).ok_or(Fault::KeyMissing)?;
        Ok(Self { store, key, entropy: Arc::clone(&ground.entropy) })
    }
}

/// The key is kept before anything is sealed with it; a start that ended in between makes another one.
fn found(store: &StoreFile, street: IdProviderId, ground: &Ground) -> Result<String, Fault> {
    let name = format!("street/{}/store-key", store.id());
    let key = Zeroizing::new(random::<32>(&*ground.entropy).map_err(|_| StoreFault::NoEntropy)?);
    ground.vault.put(&name, key.as_slice())?;
    store.write("found the books", |write| {
        let sql = "insert into street (one, street, store_key) values (1, ?1, ?2)";
        Ok(write.execute(sql, [street.as_str(), &name])?)
    })?;
    Ok(name)
}
