//! A street's keys: what seals its files and proves its answers (docs/merge-file.md, docs/security.md 14).
//!
//! Belongs here: making, finding and retiring them, and what they do. Does not: the rules of changing them
//! (`operator::street`), what a file says (`madoguchi_domain::merge_file`).
//! One number stands for what both profiles need. Two may be good at once: the older one seals until it is
//! retired, so that a street has its new key in place before the first file comes under it.

use super::{COLUMNS, KeyTrouble, OpenKey, WrappedFor, WrappedKey, Wrapping, from_row, in_use, made_in_use};
use super::{make_next as make_next_of, numbered};
use crate::database::{self, Connection, Row, params};
use ed25519_dalek::SigningKey;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::merge_file::{
    MergeRecord, Profile1Key, Profile2Header, Profile2Key, SharedSecret, seal_profile_1, seal_profile_2,
};

/// How a street's files are sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergeProfile {
    /// As the manual has it: AES-128-CBC around an MD5.
    One,
    /// AES-256-GCM, signed by the cloud.
    Two,
}

impl MergeProfile {
    const fn key_of(self, street: IdProviderId) -> WrappedFor {
        match self {
            Self::One => WrappedFor::MergeFile1(street),
            Self::Two => WrappedFor::MergeFile2(street),
        }
    }
}

/// That a street was handed a key for a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandedOver {
    /// When, milliseconds since 1970 (UTC).
    pub at_ms: i64,
    /// Whether the profile is presumed: an earlier program did not write it down.
    pub is_presumed: bool,
}

/// One of a street's keys, without its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreetKey {
    /// From 1, in order.
    pub number: u32,
    /// When it was made, milliseconds since 1970 (UTC).
    pub created_ms: i64,
    /// That it was handed over to the street for profile 1.
    pub handed_over_1: Option<HandedOver>,
    /// The same for profile 2.
    pub handed_over_2: Option<HandedOver>,
    /// When the street confirmed that it needs it no more.
    pub retired_ms: Option<i64>,
}

impl StreetKey {
    /// That the street was handed it for this profile.
    pub const fn handed_over_for(&self, profile: MergeProfile) -> Option<HandedOver> {
        match profile {
            MergeProfile::One => self.handed_over_1,
            MergeProfile::Two => self.handed_over_2,
        }
    }

    /// Whether the street has it for this profile.
    pub const fn is_handed_over_for(&self, profile: MergeProfile) -> bool {
        self.handed_over_for(profile).is_some()
    }

    /// Whether the street has it at all.
    pub const fn is_handed_over(&self) -> bool {
        self.handed_over_1.is_some() || self.handed_over_2.is_some()
    }
}

/// What one of a street's keys holds. No `Debug`.
pub struct OpenStreetKey {
    /// For profile 1; its secret proves the answers of every street.
    pub profile_1: Profile1Key,
    /// For profile 2.
    pub profile_2: Profile2Key,
}

/// All keys a street ever had, oldest first.
pub fn all(read: &Connection, street: IdProviderId) -> database::Result<Vec<StreetKey>> {
    read.query_all(
        "select one.number, one.created_ms, one.retired_ms, one.exported_ms, one.export_is_presumed,
             two.exported_ms, two.export_is_presumed
         from wrapped_key one left join wrapped_key two
             on two.purpose = 'merge_file_2' and two.owner = one.owner and two.number = one.number
         where one.purpose = 'merge_file_1' and one.owner = $1 order by one.number",
        params![street.as_str()],
        |row| {
            Ok(StreetKey {
                number: row.get(0)?,
                created_ms: row.get(1)?,
                retired_ms: row.get(2)?,
                handed_over_1: handed_over(row, 3)?,
                handed_over_2: handed_over(row, 5)?,
            })
        },
    )
}

/// From the column that says when, and the one after it.
fn handed_over(row: &Row<'_>, column: usize) -> database::Result<Option<HandedOver>> {
    let Some(at_ms) = row.get::<Option<i64>>(column)? else { return Ok(None) };
    Ok(Some(HandedOver { at_ms, is_presumed: row.get::<Option<bool>>(column + 1)? == Some(true) }))
}

/// Makes a street's next key beside those it has; says its number.
pub fn make_next(
    write: &Connection,
    wrapping: &Wrapping,
    street: IdProviderId,
    now_ms: i64,
) -> Result<u32, KeyTrouble> {
    made_in_use(write, wrapping, WrappedFor::MergeSignature, now_ms)?;
    let (of_1, of_2) = (WrappedFor::MergeFile1(street), WrappedFor::MergeFile2(street));
    make_next_of(write, wrapping, (of_1.purpose(), of_1.owner()), now_ms)?;
    make_next_of(write, wrapping, (of_2.purpose(), of_2.owner()), now_ms)
}

/// Retires a key: nothing is sealed under it any more.
pub fn retire(write: &Connection, street: IdProviderId, number: u32, now_ms: i64) -> database::Result<()> {
    write
        .execute(
            "update wrapped_key set retired_ms = case when created_ms > $1 then created_ms else $1 end
             where purpose in ('merge_file_1', 'merge_file_2') and owner = $2 and number = $3
                 and retired_ms is null",
            params![now_ms, street.as_str(), number],
        )
        .map(drop)
}

/// Notes that a key was handed over for a profile.
pub fn note_export(
    write: &Connection,
    street: IdProviderId,
    (number, profile): (u32, MergeProfile),
    now_ms: i64,
) -> database::Result<()> {
    write
        .execute(
            "update wrapped_key set exported_ms = $1, export_is_presumed = 0
             where purpose = $2 and owner = $3 and number = $4",
            params![now_ms, profile.key_of(street).purpose(), street.as_str(), number],
        )
        .map(drop)
}

/// What a key of a street holds; `None` where there is no such key, or its bytes were destroyed.
pub fn open(
    read: &Connection,
    wrapping: &Wrapping,
    street: IdProviderId,
    number: u32,
) -> Result<Option<OpenStreetKey>, KeyTrouble> {
    let opened =
        |of| numbered(read, of, number)?.map(|key| wrapping.open(&key)).transpose().map(Option::flatten);
    let (one, two) = (opened(WrappedFor::MergeFile1(street))?, opened(WrappedFor::MergeFile2(street))?);
    one.zip(two)
        .map(|(one, two)| Ok(OpenStreetKey { profile_1: profile_1(&one)?, profile_2: profile_2(&two) }))
        .transpose()
}

/// Seals what a file says under the street's oldest key that is not retired and was handed over for this profile; of
/// a street that has none yet, under the oldest.
pub fn seal(
    read: &Connection,
    wrapping: &Wrapping,
    (street, profile): (IdProviderId, MergeProfile),
    record: &MergeRecord,
) -> Result<Vec<u8>, KeyTrouble> {
    let key = sealing(read, profile.key_of(street))?.ok_or(KeyTrouble::Damaged)?;
    let open = wrapping.open(&key)?.ok_or(KeyTrouble::Damaged)?;
    match profile {
        MergeProfile::One => {
            let mut iv = [0; 16];
            getrandom::fill(&mut iv)?;
            Ok(seal_profile_1(record, &profile_1(&open)?, iv))
        }
        MergeProfile::Two => {
            let mut nonce = [0; 12];
            getrandom::fill(&mut nonce)?;
            let (signer_number, signer) = signer(read, wrapping)?;
            let header = Profile2Header { key: short(key.number)?, signer: short(signer_number)?, nonce };
            seal_profile_2(street, record, header, &profile_2(&open), &signer)
                .map_err(|_| KeyTrouble::Damaged)
        }
    }
}

/// The cloud's signature key in use, with its number.
pub fn signer(read: &Connection, wrapping: &Wrapping) -> Result<(u32, SigningKey), KeyTrouble> {
    let key = in_use(read, WrappedFor::MergeSignature)?.ok_or(KeyTrouble::Damaged)?;
    let open = wrapping.open(&key)?.ok_or(KeyTrouble::Damaged)?;
    Ok((key.number, SigningKey::from_bytes(&open.0)))
}

/// The secrets that can prove an answer of the street: those of all keys that were not destroyed.
pub fn secrets(
    read: &Connection,
    wrapping: &Wrapping,
    street: IdProviderId,
) -> Result<Vec<SharedSecret>, KeyTrouble> {
    let sql = format!(
        "select {COLUMNS} from wrapped_key
         where purpose = 'merge_file_1' and owner = $1 and wrapped is not null order by number desc"
    );
    let keys = read.query_all(&sql, params![street.as_str()], from_row)?;
    let mut secrets = Vec::with_capacity(keys.len());
    for key in &keys {
        if let Some(open) = wrapping.open(key)? {
            secrets.push(profile_1(&open)?.secret.clone());
        }
    }
    Ok(secrets)
}

fn sealing(read: &Connection, of: WrappedFor) -> database::Result<Option<WrappedKey>> {
    let sql = format!(
        "select {COLUMNS} from wrapped_key
         where purpose = $1 and owner = $2 and retired_ms is null
         order by case when exported_ms is null then 1 else 0 end, number limit 1"
    );
    Ok(read.query_all(&sql, params![of.purpose(), of.owner()], from_row)?.into_iter().next())
}

/// The first half of the random bytes is the AES key, the second one, as hex digits, the shared secret.
fn profile_1(open: &OpenKey) -> Result<Profile1Key, KeyTrouble> {
    let mut aes = [0; 16];
    aes.copy_from_slice(&open.0[..16]);
    let secret = SharedSecret::parse(&hex::encode(&open.0[16..])).map_err(|_| KeyTrouble::Damaged)?;
    Ok(Profile1Key { aes, secret })
}

fn profile_2(open: &OpenKey) -> Profile2Key {
    Profile2Key { aes: open.0 }
}

fn short(number: u32) -> Result<u16, KeyTrouble> {
    u16::try_from(number).map_err(|_| KeyTrouble::NoNumberLeft)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::database::Database;
    use crate::keys::KeyEncryptionKey;
    use crate::keys::wrapped::rewrap;
    use madoguchi_domain::merge_file::{
        Acknowledgement, NotGenuine, Reception, StreetPointId, TransactionNumber, open_profile_1,
        open_profile_2,
    };
    use madoguchi_domain::points::Points;

    fn by(byte: u8) -> Wrapping {
        Wrapping::by(&KeyEncryptionKey::from_bytes([byte; 32]))
    }

    fn ginza() -> IdProviderId {
        IdProviderId::parse("140002").unwrap()
    }

    fn a_record() -> MergeRecord {
        MergeRecord {
            point_id: StreetPointId::parse("30010100000017").unwrap(),
            points: Points::new(1_500).unwrap(),
            number: TransactionNumber::parse("20261121093015000042").unwrap(),
        }
    }

    /// On a database of its own.
    async fn on_a_database(act: impl FnOnce(&Connection) -> Result<(), KeyTrouble> + Send + 'static) {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path().join("cloud.sqlite").as_path()).unwrap();
        database.write(act).await.ok().unwrap();
    }

    #[tokio::test]
    async fn the_older_of_two_keys_seals_until_it_is_retired() {
        on_a_database(|write| {
            let wrapping = by(1);
            assert_eq!(make_next(write, &wrapping, ginza(), 1_000)?, 1);
            assert_eq!(make_next(write, &wrapping, ginza(), 2_000)?, 2);
            let key = |number| open(write, &wrapping, ginza(), number).map(Option::unwrap);
            let (old, new) = (key(1)?.profile_1, key(2)?.profile_1);
            let sealed = || seal(write, &wrapping, (ginza(), MergeProfile::One), &a_record());
            let before = sealed()?;
            assert_eq!(open_profile_1(&before, std::slice::from_ref(&old)), Ok(a_record()));
            assert_eq!(open_profile_1(&before, std::slice::from_ref(&new)), Err(NotGenuine));
            retire(write, ginza(), 1, 3_000)?;
            assert_eq!(open_profile_1(&sealed()?, std::slice::from_ref(&new)), Ok(a_record()));
            assert_eq!(all(write, ginza())?[0].retired_ms, Some(3_000));
            Ok(())
        })
        .await;
    }

    #[tokio::test]
    async fn a_street_of_the_second_profile_gets_files_that_the_cloud_has_signed() {
        on_a_database(|write| {
            let wrapping = by(1);
            make_next(write, &wrapping, ginza(), 1_000)?;
            let file = seal(write, &wrapping, (ginza(), MergeProfile::Two), &a_record())?;
            let header = Profile2Header::read(&file).unwrap();
            let (number, signer) = signer(write, &wrapping)?;
            assert_eq!((header.key, u32::from(header.signer)), (1, number));
            let key = open(write, &wrapping, ginza(), 1)?.unwrap().profile_2;
            let opened = open_profile_2(ginza(), &file, &key, &signer.verifying_key());
            assert_eq!(opened, Ok(a_record()));
            Ok(())
        })
        .await;
    }

    #[tokio::test]
    async fn wrapped_anew_and_retired_a_key_still_proves_the_streets_answers() {
        on_a_database(|write| {
            let (old, new) = (by(1), by(2));
            make_next(write, &old, ginza(), 1_000)?;
            let secret = open(write, &old, ginza(), 1)?.unwrap().profile_1.secret.clone();
            let said = Acknowledgement { number: a_record().number, reception: Reception::Received };
            make_next(write, &old, ginza(), 2_000)?;
            retire(write, ginza(), 1, 3_000)?;
            rewrap(write, &old, &new)?;
            let secrets = secrets(write, &new, ginza())?;
            assert_eq!(secrets.len(), 2);
            assert_eq!(Acknowledgement::open(&said.sealed(&secret), &secrets), Ok(said));
            Ok(())
        })
        .await;
    }
}
