//! The rows of a registration: one that was begun, and the one that stands.

use super::{SealedPlace, Store, StoreFault, StoreKey};
use crate::entropy::Entropy;
use madoguchi_domain::fingerprint::{SourceDigest, SourceName};
use madoguchi_domain::terminal::TerminalId;
use madoguchi_wire::terminal_api::TerminalProfile;
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeMap;

/// A registration that was begun and whose answer may have been lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Registering {
    /// The terminal.
    pub(crate) terminal: TerminalId,
    /// The name of the key made for it in the credential store.
    pub(crate) device_key: String,
}

/// The registration that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Registered {
    /// Its row.
    pub(crate) id: i64,
    /// The name of the cloud it was made with.
    pub(crate) cloud_name: String,
    /// The terminal.
    pub(crate) terminal: TerminalId,
    /// Counts the registrations of this terminal ID.
    pub(crate) generation: u32,
    /// The name of the device key in the credential store.
    pub(crate) device_key: String,
    /// The name of the key of the sealed columns in the credential store.
    pub(crate) store_key: String,
    /// What the terminal was at its last session.
    pub(crate) profile: Option<TerminalProfile>,
}

impl Store {
    /// The registration that was begun, if its answer never arrived.
    pub(crate) fn registering(&self) -> Result<Option<Registering>, StoreFault> {
        let row: Option<(String, String)> = self.read(|read| {
            read.query_row("select terminal, device_key from registering", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()
        })?;
        row.map(|(terminal, device_key)| Ok(Registering { terminal: terminal_id(&terminal)?, device_key }))
            .transpose()
    }

    /// Notes a registration before it is asked for.
    pub(crate) fn begin_registering(&self, registering: &Registering) -> Result<(), StoreFault> {
        self.write("registering", |write| {
            write.execute(
                "insert or replace into registering (one, terminal, device_key) values (1, ?1, ?2)",
                params![registering.terminal.to_string(), registering.device_key],
            )?;
            Ok(())
        })
    }

    /// The registration that stands, if any.
    pub(crate) fn registered(&self) -> Result<Option<Registered>, StoreFault> {
        self.read_registered("standing = 1", params![])
    }

    /// A registration of this terminal with this cloud, standing or ended.
    pub(crate) fn registered_before(
        &self,
        cloud_name: &str,
        terminal: TerminalId,
    ) -> Result<Option<Registered>, StoreFault> {
        self.read_registered("cloud_name = ?1 and terminal = ?2", params![cloud_name, terminal.to_string()])
    }

    fn read_registered(
        &self,
        condition: &str,
        values: &[&dyn rusqlite::ToSql],
    ) -> Result<Option<Registered>, StoreFault> {
        let columns = "id, cloud_name, generation, device_key, store_key, terminal, profile";
        let row = self.read(|read| {
            read.query_row(&format!("select {columns} from registration where {condition}"), values, |row| {
                let terminal: String = row.get(5)?;
                let profile: Option<String> = row.get(6)?;
                let (id, cloud_name, generation) = (row.get(0)?, row.get(1)?, row.get(2)?);
                Ok((id, cloud_name, generation, row.get(3)?, row.get(4)?, terminal, profile))
            })
            .optional()
        })?;
        let Some((id, cloud_name, generation, device_key, store_key, terminal, profile)) = row else {
            return Ok(None);
        };
        let terminal = terminal_id(&terminal)?;
        let profile = profile.map(|profile| serde_json::from_str(&profile)).transpose()?;
        Ok(Some(Registered { id, cloud_name, terminal, generation, device_key, store_key, profile }))
    }

    /// The cloud's answer: this registration stands, every other one has ended. Answers its row.
    pub(crate) fn register(
        &self,
        entropy: &dyn Entropy,
        registered: &Registered,
        key: &StoreKey,
        digests: &[SourceDigest],
    ) -> Result<i64, StoreFault> {
        let terminal = registered.terminal.to_string();
        let row = format!("{terminal}@{}", registered.cloud_name);
        let named: BTreeMap<_, _> =
            digests.iter().map(|source| (source.name.as_str(), hex::encode(source.digest))).collect();
        let sealed = key.seal(entropy, digests_of(&row), &named)?;
        self.write("registration", |write| {
            write.execute("update registration set standing = 0", [])?;
            write.execute(
                "insert into registration
                     (cloud_name, terminal, standing, generation, device_key, store_key, source_digests)
                 values (?1, ?2, 1, ?3, ?4, ?5, ?6)
                 on conflict (cloud_name, terminal) do update set
                     standing = 1, generation = excluded.generation, device_key = excluded.device_key,
                     store_key = excluded.store_key, source_digests = excluded.source_digests",
                params![
                    registered.cloud_name,
                    terminal,
                    registered.generation,
                    registered.device_key,
                    key.name(),
                    sealed
                ],
            )?;
            write.execute("delete from registering", [])?;
            Ok(write.query_row("select id from registration where standing = 1", [], |row| row.get(0))?)
        })
    }

    /// The digests of the fingerprint's sources at registration.
    pub(crate) fn source_digests(
        &self,
        registered: &Registered,
        key: &StoreKey,
    ) -> Result<Vec<SourceDigest>, StoreFault> {
        let sealed: Vec<u8> = self.read(|read| {
            read.query_row("select source_digests from registration where id = ?1", [registered.id], |row| {
                row.get(0)
            })
        })?;
        let row = format!("{}@{}", registered.terminal, registered.cloud_name);
        let named: BTreeMap<String, String> = key.open(digests_of(&row), &sealed)?;
        named
            .into_iter()
            .map(|(name, digest)| {
                let name = SourceName::parse(&name);
                let digest = hex::decode(digest).ok().and_then(|digest| digest.try_into().ok());
                let (Some(name), Some(digest)) = (name, digest) else {
                    return Err(StoreFault::Damaged("a source's digest".into()));
                };
                Ok(SourceDigest { name, digest })
            })
            .collect()
    }

    /// Keeps what the terminal is, for the next start.
    pub(crate) fn keep_profile(
        &self,
        registration: i64,
        profile: &TerminalProfile,
    ) -> Result<(), StoreFault> {
        let profile = serde_json::to_string(profile)?;
        self.write("profile", |write| {
            write.execute(
                "update registration set profile = ?2 where id = ?1 and profile is not ?2",
                params![registration, profile],
            )?;
            Ok(())
        })
    }
}

fn digests_of(row: &str) -> SealedPlace<'_> {
    SealedPlace { table: "registration", row, column: "source_digests" }
}

fn terminal_id(text: &str) -> Result<TerminalId, StoreFault> {
    TerminalId::parse(text).map_err(|_| StoreFault::Damaged("a terminal id".into()))
}
