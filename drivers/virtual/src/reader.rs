//! A virtual reader's slot: put a card on it, take it away, make it misbehave, see what was said.
//!
//! Belongs here: what happens to a card from outside: hands, delays, poor contact.
//! Does not belong here: what the card itself answers ([`crate::card`]).

use crate::card::{FelicaReader, LengthDialect, VirtualCard};
use crate::lying::lie_on_reader;
use madoguchi_port::apdu::StatusWord;
use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How the card on the reader behaves; switched at any time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Behaviour {
    /// Wait so long before each answer to a command.
    pub delay: Duration,
    /// Leave the reader at a chosen command. Spent when it has happened.
    pub vanish: Option<Vanish>,
    /// How lengths are worded.
    pub dialect: LengthDialect,
    /// How the reader is asked for a FeliCa card's blocks.
    pub felica: FelicaReader,
    /// Answer to power with nothing a reader understands, as a card that lies upside down.
    pub mute: bool,
}

/// When a card leaves by itself: at this command, counted from 1 since the behaviour was switched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vanish {
    /// The command never reaches the card.
    Before(u32),
    /// The card does what it was told (a wrong PIN costs its try), but the answer is lost.
    InsteadOfAnswer(u32),
}

/// What passed between reader and card. Of a command only CLA INS P1 P2, of an answer only SW1 SW2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passed {
    /// Power on.
    PowerUp,
    /// Power off.
    PowerDown,
    /// A warm reset.
    Reset,
    /// A command and its answer.
    Apdu {
        /// CLA INS P1 P2.
        header: [u8; 4],
        /// SW1 SW2.
        status: StatusWord,
    },
}

impl fmt::Display for Passed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PowerUp => f.write_str("power up"),
            Self::PowerDown => f.write_str("power down"),
            Self::Reset => f.write_str("reset"),
            Self::Apdu { header: [cla, ins, p1, p2], status } => {
                write!(f, "{cla:02X} {ins:02X} {p1:02X} {p2:02X} -> {status:?}")
            }
        }
    }
}

/// One slot of vpcd.
pub struct VirtualReader {
    slot: SocketAddr,
    inserted: Option<Inserted>,
    shared: Arc<Shared>,
}

struct Inserted {
    id: String,
    card: JoinHandle<VirtualCard>,
}

/// What the hands outside and the card's thread share.
#[derive(Default)]
pub(crate) struct Shared {
    state: Mutex<State>,
    /// Rings at every change.
    changed: Condvar,
}

/// Where the card and the hands meet.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) leaving: bool,
    pub(crate) behaviour: Behaviour,
    /// Commands since the behaviour was switched.
    pub(crate) commands: u32,
    /// A command has come and is not answered yet.
    pub(crate) busy: bool,
    /// The card has left by itself.
    pub(crate) vanished: bool,
    pub(crate) passed: Vec<Passed>,
}

impl Shared {
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves no half-written state here.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let outcome = change(&mut self.lock());
        self.changed.notify_all();
        outcome
    }

    /// Waits until it is so, or for this long; says whether it is so.
    fn wait_until(&self, limit: Duration, so: impl Fn(&State) -> bool) -> bool {
        let (state, _) = self
            .changed
            .wait_timeout_while(self.lock(), limit, |state| !so(state))
            .unwrap_or_else(PoisonError::into_inner);
        so(&state)
    }

    /// Waits, unless the card shall leave meanwhile; false then.
    pub(crate) fn stays_for(&self, wait: Duration) -> bool {
        !self.wait_until(wait, |state| state.leaving)
    }
}

impl VirtualReader {
    /// An empty slot.
    pub fn at(slot: SocketAddr) -> Self {
        Self { slot, inserted: None, shared: Arc::default() }
    }

    /// Puts a card on the reader; one that lies there is taken away first and given back. The card
    /// follows a PC/SC service that stops and starts again.
    pub fn insert(&mut self, card: VirtualCard) -> Option<VirtualCard> {
        let previous = self.remove();
        let shared = Arc::clone(&self.shared);
        shared.change(|state| {
            state.leaving = false;
            state.vanished = false;
            state.passed.clear();
        });
        let slot = self.slot;
        let id = card.id().to_owned();
        let card = thread::spawn(move || lie_on_reader(card, slot, &shared));
        self.inserted = Some(Inserted { id, card });
        previous
    }

    /// Takes the card away and gives it back, also when it has left by itself. Returns when the
    /// reader has surely missed it, within a second.
    pub fn remove(&mut self) -> Option<VirtualCard> {
        let inserted = self.inserted.take()?;
        self.shared.change(|state| state.leaving = true);
        inserted.card.join().ok()
    }

    /// The sample on the reader; `None` also when it has left by itself.
    pub fn card_id(&self) -> Option<&str> {
        let inserted = self.inserted.as_ref()?;
        (!self.shared.lock().vanished).then_some(inserted.id.as_str())
    }

    /// Whether a card lies on the reader.
    pub fn is_inserted(&self) -> bool {
        self.card_id().is_some()
    }

    /// Switches the behaviour, of the card that lies there and of those to come.
    pub fn behave(&self, behaviour: Behaviour) {
        let mut state = self.shared.lock();
        state.behaviour = behaviour;
        state.commands = 0;
    }

    /// What passed since the card was put on the reader.
    pub fn passed(&self) -> Vec<Passed> {
        self.shared.lock().passed.clone()
    }

    /// Waits until the card thinks about a command; false when it does not within the limit.
    pub fn wait_until_busy(&self, limit: Duration) -> bool {
        self.shared.wait_until(limit, |state| state.busy)
    }

    /// How many commands passed.
    pub fn apdu_count(&self) -> usize {
        self.passed().iter().filter(|passed| matches!(passed, Passed::Apdu { .. })).count()
    }
}

impl Drop for VirtualReader {
    /// The card leaves by itself soon; nobody waits for it.
    fn drop(&mut self) {
        self.shared.change(|state| state.leaving = true);
    }
}
