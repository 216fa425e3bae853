//! Who is paired: kept in the store, known by the hash of a token.

use super::offer::Offer;
use super::waits::Waits;
use crate::entropy::random;
use crate::running::{Running, lock};
use crate::store::{PairingRow, Registered};
use madoguchi_wire::bridge::PairAnswer;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::PairingShown;
use sha2::{Digest, Sha256};
use std::sync::Mutex;
use subtle::ConstantTimeEq;

/// How many programs a PC has, generously.
const MOST: usize = 20;
/// How often at most it is written down that a program asked.
const ASKED_EVERY_MS: i64 = 60_000;

/// A pairing by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PairingId(pub(crate) u32);

/// The pairings of the registration they were read under.
#[derive(Default)]
pub(crate) struct Pairings {
    known: Mutex<Known>,
    /// What they wait for.
    pub(super) waits: Waits,
}

#[derive(Default)]
struct Known {
    /// Row and device key of the registration.
    of: Option<(i64, String)>,
    rows: Vec<PairingRow>,
}

fn of(registered: &Registered) -> (i64, String) {
    (registered.id, registered.device_key.clone())
}

impl Pairings {
    /// Reads them from the store. Blocks.
    pub(crate) fn take_up(&self, running: &Running) -> Result<(), Failure> {
        let Ok(terminal) = running.terminal() else { return Ok(()) };
        let rows = running.store()?.pairings(&terminal.registered)?;
        *lock(&self.known) = Known { of: Some(of(&terminal.registered)), rows };
        Ok(())
    }

    /// Whether one more can be paired.
    pub(super) fn has_room(&self, running: &Running) -> Result<(), Failure> {
        running.terminal()?;
        if self.rows(running).len() < MOST { Ok(()) } else { Err(Failure::of(ErrorCode::TooManyPairings)) }
    }

    /// Pairs what was offered. Blocks.
    pub(super) fn make(&self, running: &Running, offer: &Offer) -> Result<PairAnswer, Failure> {
        self.has_room(running)?;
        let terminal = running.terminal()?;
        let bytes: [u8; 32] =
            random(&*running.parts.entropy).map_err(|_| Failure::of(ErrorCode::Unforeseen))?;
        let token = hex::encode(bytes);
        let row = PairingRow {
            id: 0,
            name: offer.name().to_owned(),
            origin: offer.origin().map(str::to_owned),
            learns: offer.learns(),
            own_cards: offer.own_cards(),
            token_hash: hash(&token),
            paired_at_ms: running.parts.clock.now_ms(),
            last_asked_at_ms: None,
        };
        let id = running.store()?.pair(&terminal.registered, &row)?;
        tracing::info!(pairing = id, "a program was paired");
        self.take_up(running)?;
        let PairingRow { name, learns, own_cards, .. } = row;
        Ok(PairAnswer { token, name, learns, own_cards })
    }

    /// Ends one, and what it waits for. Blocks.
    pub(super) fn end(&self, running: &Running, id: u32) -> Result<(), Failure> {
        running.store()?.unpair(id)?;
        tracing::info!(pairing = id, "a program was unpaired");
        self.take_up(running)?;
        self.waits.cancel(PairingId(id));
        Ok(())
    }

    /// Whose token this is, shown from there. Every hash is compared, to its last byte.
    pub(super) fn of_token(&self, running: &Running, token: &str, origin: Option<&str>) -> Option<PairingId> {
        let shown = hash(token);
        let mut found = None;
        for row in self.rows(running) {
            if row.token_hash.ct_eq(&shown).into() {
                found = Some(row);
            }
        }
        found.filter(|row| row.origin.as_deref() == origin).map(|row| PairingId(row.id))
    }

    /// Whether a page of this origin is paired.
    pub(super) fn of_origin(&self, running: &Running, origin: &str) -> bool {
        self.rows(running).iter().any(|row| row.origin.as_deref() == Some(origin))
    }

    /// Whether it is paired still.
    pub(super) fn stands(&self, running: &Running, pairing: PairingId) -> bool {
        self.rows(running).iter().any(|row| row.id == pairing.0)
    }

    /// What it was paired for; none = it is paired no more.
    pub(super) fn row(&self, running: &Running, pairing: PairingId) -> Option<PairingRow> {
        self.rows(running).into_iter().find(|row| row.id == pairing.0)
    }

    /// As the window shows them.
    pub(super) fn shown(&self, running: &Running) -> Vec<PairingShown> {
        let shown = |row: PairingRow| PairingShown {
            pairing: row.id,
            name: row.name,
            origin: row.origin,
            learns: row.learns,
            own_cards: row.own_cards,
            paired_at_ms: row.paired_at_ms,
            last_asked_at_ms: row.last_asked_at_ms,
            waiting: self.waits.cards(PairingId(row.id)),
        };
        self.rows(running).into_iter().map(shown).collect()
    }

    /// Notes that a program asked for a card, at most once a minute. Blocks where it writes.
    pub(super) fn asked(&self, running: &Running, pairing: PairingId) -> Result<(), Failure> {
        let now_ms = running.parts.clock.now_ms();
        {
            let mut known = lock(&self.known);
            let Some(row) = known.rows.iter_mut().find(|row| row.id == pairing.0) else { return Ok(()) };
            // A clock that was set back is followed, too.
            if row.last_asked_at_ms.is_some_and(|last| (now_ms - last).abs() < ASKED_EVERY_MS) {
                return Ok(());
            }
            row.last_asked_at_ms = Some(now_ms);
        }
        Ok(running.store()?.pairing_asked(pairing.0, now_ms)?)
    }

    /// Those of the registration that stands.
    fn rows(&self, running: &Running) -> Vec<PairingRow> {
        let Ok(terminal) = running.terminal() else { return Vec::new() };
        let known = lock(&self.known);
        if known.of == Some(of(&terminal.registered)) { known.rows.clone() } else { Vec::new() }
    }
}

/// A token has 256 random bits: nobody finds one with a given hash by trying.
fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
