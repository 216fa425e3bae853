//! The tables of the shop's PC: its registration, its log-in, how often papers came out. The books are `street`'s.

use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_port::vault::Vault;
use madoguchi_store::entropy::{Entropy, random};
use madoguchi_store::{Layout, SealedPlace, Step, StoreFault, StoreFile, StoreKey};
use madoguchi_street::Fault;
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// The file: `application` is "MDGC", a street's counter.
pub(crate) const LAYOUT: Layout = Layout {
    file: "counter.sqlite",
    application: 0x4d44_4743,
    steps: &[Step { from: 0, to: 1, sql: include_str!("schema.sql") }],
};

const KEPT: SealedPlace<'static> = SealedPlace { table: "registration", row: "1", column: "kept" };

/// What was given when the PC was registered. No `Debug`: it names a person.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct KeptRegistration {
    pub(crate) terminal: String,
    /// argon2id, as a PHC string.
    pub(crate) password: String,
    pub(crate) street_name: String,
    pub(crate) contact: madoguchi_wire::terminal_api::Contact,
}

/// A registration that stands.
#[derive(Clone)]
pub(crate) struct Registered {
    pub(crate) street: IdProviderId,
    pub(crate) kept: KeptRegistration,
    key: StoreKey,
}

/// Where logging in stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct KeptSignIn {
    /// Milliseconds since 1970; 0 = nobody.
    pub(crate) signed_in_at_ms: i64,
    pub(crate) locked: bool,
    /// In a row.
    pub(crate) wrong_tries: u32,
    /// Before this moment no password is taken.
    pub(crate) wait_until_ms: i64,
}

/// The registration, if there is one.
pub(crate) fn registered(store: &StoreFile, vault: &dyn Vault) -> Result<Option<Registered>, Fault> {
    let row: Option<(String, String, Vec<u8>)> = store.read(|read| {
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        read.query_row("select store_key, street, kept from registration", [], row).optional()
    })?;
    let Some((name, street, kept)) = row else { return Ok(None) };
    let bytes = vault.get(&name)?.ok_or(Fault::KeyMissing)?;
    let key = StoreKey::new(&name, &bytes).ok_or(Fault::KeyMissing)?;
    let street = IdProviderId::parse(&street).map_err(|_| StoreFault::Damaged("the street".into()))?;
    let kept = key.open(KEPT, &kept)?;
    Ok(Some(Registered { street, kept, key }))
}

/// Registers the PC. The key is kept before anything is sealed with it.
pub(crate) fn register(
    store: &StoreFile,
    vault: &dyn Vault,
    entropy: &dyn Entropy,
    street: IdProviderId,
    kept: KeptRegistration,
) -> Result<Registered, Fault> {
    let name = format!("shop/{}/store-key", store.id());
    let bytes = Zeroizing::new(random::<32>(entropy).map_err(|_| StoreFault::NoEntropy)?);
    vault.put(&name, bytes.as_slice())?;
    let key = StoreKey::new(&name, bytes.as_slice()).ok_or(Fault::KeyMissing)?;
    let sealed = key.seal(entropy, KEPT, &kept)?;
    store.write("register", |write| {
        let sql = "insert into registration (one, store_key, street, kept) values (1, ?1, ?2, ?3)";
        Ok(write.execute(sql, (&name, street.as_str(), sealed))?)
    })?;
    Ok(Registered { street, kept, key })
}

/// Keeps another contact or password.
pub(crate) fn keep_anew(
    store: &StoreFile,
    entropy: &dyn Entropy,
    before: &Registered,
    kept: KeptRegistration,
) -> Result<Registered, Fault> {
    let sealed = before.key.seal(entropy, KEPT, &kept)?;
    store.write("registration", |write| Ok(write.execute("update registration set kept = ?1", [sealed])?))?;
    Ok(Registered { kept, ..before.clone() })
}

/// Where logging in stands.
pub(crate) fn sign_in(store: &StoreFile) -> Result<KeptSignIn, Fault> {
    let sql = "select signed_in_at_ms, locked, wrong_tries, wait_until_ms from sign_in";
    let row = |row: &rusqlite::Row<'_>| {
        Ok(KeptSignIn {
            signed_in_at_ms: row.get(0)?,
            locked: row.get(1)?,
            wrong_tries: row.get(2)?,
            wait_until_ms: row.get(3)?,
        })
    };
    Ok(store.read(|read| read.query_row(sql, [], row))?)
}

/// Keeps where it stands.
pub(crate) fn keep_sign_in(store: &StoreFile, kept: KeptSignIn) -> Result<(), Fault> {
    Ok(store.write("sign in", |write| {
        let sql =
            "update sign_in set signed_in_at_ms = ?1, locked = ?2, wrong_tries = ?3, wait_until_ms = ?4";
        write.execute(sql, (kept.signed_in_at_ms, kept.locked, kept.wrong_tries, kept.wait_until_ms))?;
        Ok(())
    })?)
}

/// How often the receipt of a posting came out.
pub(crate) fn papers_of(store: &StoreFile, posting: i64) -> Result<u32, Fault> {
    let sql = "select papers from printed where posting = ?1";
    let papers: Option<u32> =
        store.read(|read| read.query_row(sql, [posting], |row| row.get(0)).optional())?;
    Ok(papers.unwrap_or(0))
}

/// Counts one more paper, or one less where surely none came out; gives how many there are by now.
pub(crate) fn count_paper(store: &StoreFile, posting: i64, by: i32) -> Result<u32, Fault> {
    Ok(store.write("count a paper", |write| {
        let sql = "insert into printed (posting, papers) values (?1, max(?2, 0))
                   on conflict (posting) do update set papers = max(papers + ?2, 0) returning papers";
        Ok(write.query_row(sql, (posting, by), |row| row.get(0))?)
    })?)
}
