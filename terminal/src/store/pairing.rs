//! The rows of other programs that are paired with this terminal. No token: its hash.

use super::{Registered, Store, StoreFault};
use madoguchi_wire::bridge::Learns;
use rusqlite::params;
use rusqlite::types::Type;

/// A program or a page that may ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PairingRow {
    /// Its number; never given twice.
    pub(crate) id: u32,
    /// What the clerk calls it.
    pub(crate) name: String,
    /// A page's origin.
    pub(crate) origin: Option<String>,
    /// What it learns of a card.
    pub(crate) learns: Learns,
    /// Whether it may have the number on a card of the ID provider's own, too.
    pub(crate) own_cards: bool,
    /// SHA-256 of its token.
    pub(crate) token_hash: [u8; 32],
    /// When it was paired, by this PC's clock.
    pub(crate) paired_at_ms: i64,
    /// When it last asked for a card, to the minute.
    pub(crate) last_asked_at_ms: Option<i64>,
}

impl Store {
    /// Those of a registration, in the order they were paired.
    pub(crate) fn pairings(&self, of: &Registered) -> Result<Vec<PairingRow>, StoreFault> {
        self.read(|read| {
            let mut statement = read.prepare(
                "select id, name, origin, learns, own_cards, token_hash, paired_at_ms, last_asked_at_ms from pairing
                 where registration = ?1 and device_key = ?2 order by id",
            )?;
            let rows = statement.query_map(params![of.id, of.device_key], |row| {
                Ok(PairingRow {
                    id: row.get(0)?,
                    name: row.get(1)?,
                    origin: row.get(2)?,
                    learns: learns(&row.get::<_, String>(3)?)?,
                    own_cards: row.get(4)?,
                    token_hash: row.get(5)?,
                    paired_at_ms: row.get(6)?,
                    last_asked_at_ms: row.get(7)?,
                })
            })?;
            rows.collect()
        })
    }

    /// Keeps a new one; its number in the row given is not looked at. Those of earlier registrations go.
    pub(crate) fn pair(&self, of: &Registered, row: &PairingRow) -> Result<u32, StoreFault> {
        self.write("pairing", |write| {
            write.execute(
                "delete from pairing where registration <> ?1 or device_key <> ?2",
                params![of.id, of.device_key],
            )?;
            write.execute(
                "insert into pairing
                     (registration, device_key, name, origin, learns, own_cards, token_hash, paired_at_ms)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    of.id,
                    of.device_key,
                    row.name,
                    row.origin,
                    word(row.learns),
                    row.own_cards,
                    row.token_hash,
                    row.paired_at_ms
                ],
            )?;
            Ok(write.query_row("select max(id) from pairing", [], |row| row.get(0))?)
        })
    }

    /// It may ask no more.
    pub(crate) fn unpair(&self, id: u32) -> Result<(), StoreFault> {
        self.write("unpairing", |write| {
            write.execute("delete from pairing where id = ?1", [id])?;
            Ok(())
        })
    }

    /// It asked for a card.
    pub(crate) fn pairing_asked(&self, id: u32, at_ms: i64) -> Result<(), StoreFault> {
        self.write("pairing asked", |write| {
            write.execute("update pairing set last_asked_at_ms = ?2 where id = ?1", params![id, at_ms])?;
            Ok(())
        })
    }
}

const fn word(learns: Learns) -> &'static str {
    match learns {
        Learns::CustomerNumber => "customer_number",
        Learns::MykeyId => "mykey_id",
    }
}

fn learns(word: &str) -> rusqlite::Result<Learns> {
    match word {
        "customer_number" => Ok(Learns::CustomerNumber),
        "mykey_id" => Ok(Learns::MykeyId),
        _ => Err(rusqlite::Error::InvalidColumnType(3, "learns".into(), Type::Text)),
    }
}
