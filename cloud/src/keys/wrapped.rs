//! Keys that stand in the database, wrapped by the key-encryption key (docs/security.md 14).
//!
//! What is derived goes with the key-encryption key; these must outlive it, since papers printed under
//! them are in people's hands. Each has a number within its purpose and owner, the instant it was made
//! and, once another took its place, the instant of that. `keys rotate` wraps them anew.

pub mod street;

use super::{KeyEncryptionKey, Purpose};
use crate::database::{self, Connection, Optional, Row, params};
use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce, Tag};
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::issuer::IssuerCode;
use zeroize::{Zeroize, ZeroizeOnDrop};

const NONCE: usize = 12;
const KEY: usize = 32;
const TAG: usize = 16;
const WRAPPED: usize = NONCE + KEY + TAG;
/// The most keys of one purpose and owner: a ticket's code has three digits for it.
const MOST_NUMBERS: u32 = 999;

/// What a wrapped key is for, and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrappedFor {
    /// The tags in the codes of an issuer's tickets (docs/security.md 9).
    TicketTag(IssuerCode),
    /// The keyed hash of numbers that may be somebody's My Number.
    NumberHash,
    /// A street's files of profile 1, and its answers: the AES-128 key and the shared secret.
    MergeFile1(IdProviderId),
    /// A street's files of profile 2: the AES-256 key.
    MergeFile2(IdProviderId),
    /// The cloud's signature of files of profile 2 (Ed25519).
    MergeSignature,
}

impl WrappedFor {
    const fn purpose(self) -> &'static str {
        match self {
            Self::TicketTag(_) => "ticket_tag",
            Self::NumberHash => "number_hash",
            Self::MergeFile1(_) => "merge_file_1",
            Self::MergeFile2(_) => "merge_file_2",
            Self::MergeSignature => "merge_signature",
        }
    }

    fn owner(&self) -> &str {
        match self {
            Self::TicketTag(issuer) => issuer.as_str(),
            Self::MergeFile1(street) | Self::MergeFile2(street) => street.as_str(),
            Self::NumberHash | Self::MergeSignature => "",
        }
    }
}

/// A key as the database holds it.
#[derive(Clone)]
pub struct WrappedKey {
    /// Its number, from 1.
    pub number: u32,
    /// When it was made, milliseconds since 1970 (UTC).
    pub created_ms: i64,
    /// Since when another is in use.
    pub retired_ms: Option<i64>,
    /// The wrapped bytes; `None` once they were destroyed.
    wrapped: Option<[u8; WRAPPED]>,
    wrapped_by: [u8; 8],
    /// What the bytes are bound to.
    bound_to: Vec<u8>,
}

/// An opened key. No `Debug`, wiped when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct OpenKey(pub [u8; KEY]);

/// Why a key cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum KeyTrouble {
    /// The key-encryption key of this cloud is not the one it was wrapped by.
    #[error(
        "the keys in the database were wrapped by another key-encryption key; give the cloud that one back"
    )]
    OtherKeyEncryptionKey,
    /// The bytes are not what was wrapped.
    #[error("a wrapped key is damaged")]
    Damaged,
    /// All numbers are taken.
    #[error("no key number is left")]
    NoNumberLeft,
    /// The computer gives no random numbers.
    #[error("no random numbers: {0}")]
    NoRandomness(#[from] getrandom::Error),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] database::Error),
}

/// Wraps and opens keys. No `Debug`.
#[derive(Clone)]
pub struct Wrapping {
    cipher: Aes256Gcm,
    name: [u8; 8],
}

impl Wrapping {
    /// By this key-encryption key.
    pub fn by(key: &KeyEncryptionKey) -> Self {
        let mut wrapping = key.derive(Purpose::Wrapping);
        let cipher = Aes256Gcm::new(&wrapping.into());
        wrapping.zeroize();
        let mut name = [0; 8];
        name.copy_from_slice(&key.derive(Purpose::Name)[..8]);
        Self { cipher, name }
    }

    /// Opens a key; `None` if it was destroyed.
    pub fn open(&self, key: &WrappedKey) -> Result<Option<OpenKey>, KeyTrouble> {
        let Some(mut bytes) = key.wrapped else { return Ok(None) };
        if key.wrapped_by != self.name {
            return Err(KeyTrouble::OtherKeyEncryptionKey);
        }
        let nonce: [u8; NONCE] = *bytes.first_chunk().ok_or(KeyTrouble::Damaged)?;
        let tag: [u8; TAG] = *bytes.last_chunk().ok_or(KeyTrouble::Damaged)?;
        let body = &mut bytes[NONCE..NONCE + KEY];
        self.cipher
            .decrypt_inout_detached(&Nonce::from(nonce), &key.bound_to, (&mut *body).into(), &Tag::from(tag))
            .map_err(|_| KeyTrouble::Damaged)?;
        let mut open = OpenKey([0; KEY]);
        open.0.copy_from_slice(body);
        bytes.zeroize();
        Ok(Some(open))
    }

    fn wrap(&self, key: &OpenKey, bound_to: &[u8]) -> Result<[u8; WRAPPED], KeyTrouble> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce)?;
        let mut bytes = [0; WRAPPED];
        bytes[..NONCE].copy_from_slice(&nonce);
        bytes[NONCE..NONCE + KEY].copy_from_slice(&key.0);
        let body = &mut bytes[NONCE..NONCE + KEY];
        let tag = self
            .cipher
            .encrypt_inout_detached(&Nonce::from(nonce), bound_to, body.into())
            .map_err(|_| KeyTrouble::Damaged)?;
        bytes[NONCE + KEY..].copy_from_slice(&tag);
        Ok(bytes)
    }
}

fn bound_to(purpose: &str, owner: &str, number: u32) -> Vec<u8> {
    format!("madoguchi/wrapped-key/1 {purpose} {owner} {number}").into_bytes()
}

const COLUMNS: &str = "purpose, owner, number, created_ms, retired_ms, wrapped, wrapped_by";

fn from_row(row: &Row<'_>) -> database::Result<WrappedKey> {
    let (purpose, owner): (String, String) = (row.get(0)?, row.get(1)?);
    let number = row.get(2)?;
    Ok(WrappedKey {
        number,
        created_ms: row.get(3)?,
        retired_ms: row.get(4)?,
        wrapped: row.get(5)?,
        wrapped_by: row.get(6)?,
        bound_to: bound_to(&purpose, &owner, number),
    })
}

/// The key in use, if one was made yet.
pub fn in_use(read: &Connection, of: WrappedFor) -> database::Result<Option<WrappedKey>> {
    let sql =
        format!("select {COLUMNS} from wrapped_key where purpose = $1 and owner = $2 and retired_ms is null");
    read.query_row(&sql, params![of.purpose(), of.owner()], from_row).optional()
}

/// The key that was in use then; before the first one, the first.
pub fn in_use_at(read: &Connection, of: WrappedFor, at_ms: i64) -> database::Result<Option<WrappedKey>> {
    let sql = format!(
        "select {COLUMNS} from wrapped_key where purpose = $1 and owner = $2 and (created_ms <= $3 or number = 1)
         order by number desc limit 1"
    );
    read.query_row(&sql, params![of.purpose(), of.owner(), at_ms], from_row).optional()
}

/// The key of a number.
pub fn numbered(read: &Connection, of: WrappedFor, number: u32) -> database::Result<Option<WrappedKey>> {
    let sql = format!("select {COLUMNS} from wrapped_key where purpose = $1 and owner = $2 and number = $3");
    read.query_row(&sql, params![of.purpose(), of.owner(), number], from_row).optional()
}

/// The key in use, made now if there is none yet.
pub fn made_in_use(
    write: &Connection,
    wrapping: &Wrapping,
    of: WrappedFor,
    now_ms: i64,
) -> Result<WrappedKey, KeyTrouble> {
    if let Some(known) = in_use(write, of)? {
        return Ok(known);
    }
    begin_next(write, wrapping, of, now_ms)?;
    in_use(write, of)?.ok_or(KeyTrouble::Damaged)
}

/// Makes the next key and retires the one in use; says the new number.
pub fn begin_next(
    write: &Connection,
    wrapping: &Wrapping,
    of: WrappedFor,
    now_ms: i64,
) -> Result<u32, KeyTrouble> {
    begin_next_of(write, wrapping, (of.purpose(), of.owner()), now_ms)
}

fn begin_next_of(
    write: &Connection,
    wrapping: &Wrapping,
    (purpose, owner): (&str, &str),
    now_ms: i64,
) -> Result<u32, KeyTrouble> {
    // A clock that lags behind the one that made the key in use.
    write.execute(
        "update wrapped_key set retired_ms = case when created_ms > $1 then created_ms else $2 end
         where purpose = $3 and owner = $4 and retired_ms is null",
        params![now_ms, now_ms, purpose, owner],
    )?;
    make_next(write, wrapping, (purpose, owner), now_ms)
}

/// Makes the next key and leaves those before it as they are.
fn make_next(
    write: &Connection,
    wrapping: &Wrapping,
    (purpose, owner): (&str, &str),
    now_ms: i64,
) -> Result<u32, KeyTrouble> {
    let newest: u32 = write.query_row(
        "select cast(coalesce(max(number), 0) as bigint) from wrapped_key where purpose = $1 and owner = $2",
        params![purpose, owner],
        |row| row.get(0),
    )?;
    let number = newest + 1;
    if number > MOST_NUMBERS {
        return Err(KeyTrouble::NoNumberLeft);
    }
    let mut new = OpenKey([0; KEY]);
    getrandom::fill(&mut new.0)?;
    let wrapped = wrapping.wrap(&new, &bound_to(purpose, owner, number))?;
    write.execute(
        "insert into wrapped_key (purpose, owner, number, wrapped, wrapped_by, created_ms)
         values ($1, $2, $3, $4, $5, $6)",
        params![purpose, owner, number, wrapped, wrapping.name, now_ms],
    )?;
    Ok(number)
}

/// Destroys the bytes of the keys of tickets and streets that were retired before then, and says how many.
pub fn destroy_retired(write: &Connection, retired_before_ms: i64) -> database::Result<usize> {
    write.execute(
        "update wrapped_key set wrapped = null
         where purpose in ('ticket_tag', 'merge_file_1', 'merge_file_2') and wrapped is not null
             and retired_ms < $1",
        params![retired_before_ms],
    )
}

/// Wraps every key anew, by another key-encryption key, and says how many there were.
pub fn rewrap(write: &Connection, old: &Wrapping, new: &Wrapping) -> Result<usize, KeyTrouble> {
    let sql = format!("select {COLUMNS} from wrapped_key where wrapped is not null order by 1, 2, 3");
    let keys = write.query_all(&sql, params![], |row| {
        Ok((row.get::<String>(0)?, row.get::<String>(1)?, from_row(row)?))
    })?;
    for (purpose, owner, key) in &keys {
        let open = old.open(key)?.ok_or(KeyTrouble::Damaged)?;
        let wrapped = new.wrap(&open, &key.bound_to)?;
        write.execute(
            "update wrapped_key set wrapped = $1, wrapped_by = $2
             where purpose = $3 and owner = $4 and number = $5",
            params![wrapped, new.name, purpose, owner, key.number],
        )?;
    }
    Ok(keys.len())
}

/// After the key-encryption key was lost: makes the next key wherever the one in use was wrapped by another
/// than this, and says how many. What the lost ones proved can be proven no more.
pub fn replace_lost(write: &Connection, wrapping: &Wrapping, now_ms: i64) -> Result<usize, KeyTrouble> {
    let lost = write.query_all(
        "select distinct purpose, owner from wrapped_key where retired_ms is null and wrapped_by <> $1",
        params![wrapping.name],
        |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)),
    )?;
    for (purpose, owner) in &lost {
        begin_next_of(write, wrapping, (purpose, owner), now_ms)?;
    }
    Ok(lost.len())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::database::Database;

    const DAY_MS: i64 = 24 * 60 * 60 * 1000;

    fn kawasaki() -> WrappedFor {
        WrappedFor::TicketTag(IssuerCode::parse("141305").unwrap())
    }

    fn by(byte: u8) -> Wrapping {
        Wrapping::by(&KeyEncryptionKey::from_bytes([byte; 32]))
    }

    /// On a database of its own.
    async fn on_a_database<T: Send + 'static>(
        act: impl FnOnce(&Connection) -> Result<T, KeyTrouble> + Send + 'static,
    ) -> T {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path().join("cloud.sqlite").as_path()).unwrap();
        database.write(act).await.ok().unwrap()
    }

    #[tokio::test]
    async fn a_key_is_made_once_and_the_next_one_retires_it() {
        let (first, again, at_first, second, at_second) = on_a_database(|write| {
            let wrapping = by(1);
            let opened = |key: WrappedKey| Ok::<_, KeyTrouble>(wrapping.open(&key)?.unwrap().0);
            let first = opened(made_in_use(write, &wrapping, kawasaki(), 1_000)?)?;
            let again = opened(made_in_use(write, &wrapping, kawasaki(), 2_000)?)?;
            assert_eq!(begin_next(write, &wrapping, kawasaki(), 5_000)?, 2);
            let at = |at_ms| in_use_at(write, kawasaki(), at_ms).map(Option::unwrap);
            assert_eq!(numbered(write, kawasaki(), 1)?.unwrap().retired_ms, Some(5_000));
            let (before, after) = (opened(at(4_999)?)?, opened(at(5_000)?)?);
            let second = opened(in_use(write, kawasaki())?.unwrap())?;
            assert_eq!(opened(at(0)?)?, first, "a clock that lags behind");
            Ok((first, again, before, second, after))
        })
        .await;
        assert_eq!(first, again);
        assert_eq!(first, at_first);
        assert_ne!(first, second);
        assert_eq!(second, at_second);
    }

    #[tokio::test]
    async fn a_retired_key_is_destroyed_in_time_and_its_number_never_used_again() {
        on_a_database(|write| {
            let wrapping = by(1);
            made_in_use(write, &wrapping, kawasaki(), 0)?;
            begin_next(write, &wrapping, kawasaki(), DAY_MS)?;
            assert_eq!(destroy_retired(write, DAY_MS)?, 0);
            assert_eq!(destroy_retired(write, DAY_MS + 1)?, 1);
            assert!(wrapping.open(&numbered(write, kawasaki(), 1)?.unwrap())?.is_none());
            assert!(wrapping.open(&numbered(write, kawasaki(), 2)?.unwrap())?.is_some());
            assert_eq!(begin_next(write, &wrapping, kawasaki(), 3 * DAY_MS)?, 3);
            Ok(())
        })
        .await;
    }

    #[tokio::test]
    async fn wrapped_anew_a_key_is_the_same_and_opens_by_the_new_one_alone() {
        on_a_database(|write| {
            let (old, new) = (by(1), by(2));
            let before = old.open(&made_in_use(write, &old, WrappedFor::NumberHash, 0)?)?.unwrap().0;
            assert_eq!(rewrap(write, &old, &new)?, 1);
            let key = in_use(write, WrappedFor::NumberHash)?.unwrap();
            assert_eq!(new.open(&key)?.unwrap().0, before);
            assert!(matches!(old.open(&key), Err(KeyTrouble::OtherKeyEncryptionKey)));
            assert!(matches!(rewrap(write, &old, &new), Err(KeyTrouble::OtherKeyEncryptionKey)));
            Ok(())
        })
        .await;
    }

    #[tokio::test]
    async fn after_a_lost_key_encryption_key_the_cloud_goes_on_with_new_keys() {
        on_a_database(|write| {
            let (lost, new) = (by(1), by(2));
            made_in_use(write, &lost, kawasaki(), 0)?;
            assert_eq!(replace_lost(write, &new, 1_000)?, 1);
            assert_eq!(replace_lost(write, &new, 2_000)?, 0);
            assert_eq!(in_use(write, kawasaki())?.unwrap().number, 2);
            assert!(new.open(&in_use(write, kawasaki())?.unwrap())?.is_some());
            Ok(())
        })
        .await;
    }

    #[tokio::test]
    async fn a_key_put_in_anothers_place_does_not_open() {
        on_a_database(|write| {
            let wrapping = by(1);
            let mut key = made_in_use(write, &wrapping, kawasaki(), 0)?;
            let yokohama = WrappedFor::TicketTag(IssuerCode::parse("141003").unwrap());
            key.bound_to = made_in_use(write, &wrapping, yokohama, 0)?.bound_to;
            assert!(matches!(wrapping.open(&key), Err(KeyTrouble::Damaged)));
            Ok(())
        })
        .await;
    }
}
