//! A virtual reader's slot: put a card on it, take it away, make it misbehave, see what was said.
//!
//! Belongs here: what happens to a card from outside: hands, delays, poor contact.
//! Does not belong here: what the card itself answers ([`crate::card`]).

use crate::card::{LengthDialect, VirtualCard};
use crate::vpcd::{Line, Request};
use madoguchi_port::apdu::StatusWord;
use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long to wait before knocking again at a PC/SC service that is not there.
const RECONNECT: Duration = Duration::from_millis(25);
/// Nearly the period of pcscd's regular looks: two looks so far apart have a regular one among them.
const MISSED_FOR: Duration = Duration::from_millis(300);

/// How the card on the reader behaves; switched at any time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Behaviour {
    /// Wait so long before each answer to a command.
    pub delay: Duration,
    /// Leave the reader at a chosen command. Spent when it has happened.
    pub vanish: Option<Vanish>,
    /// How lengths are worded.
    pub dialect: LengthDialect,
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
struct Shared {
    state: Mutex<State>,
    /// Rings at every change.
    changed: Condvar,
}

#[derive(Default)]
struct State {
    leaving: bool,
    behaviour: Behaviour,
    /// Commands since the behaviour was switched.
    commands: u32,
    /// A command has come and is not answered yet.
    busy: bool,
    /// The card has left by itself.
    vanished: bool,
    passed: Vec<Passed>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves no half-written state here.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.lock());
        self.changed.notify_all();
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
    fn stays_for(&self, wait: Duration) -> bool {
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

    /// Waits until this was the last that passed; false when it is not within the limit.
    pub fn wait_until_last(&self, passed: Passed, limit: Duration) -> bool {
        self.shared.wait_until(limit, |state| state.passed.last() == Some(&passed))
    }

    /// Forgets what passed.
    pub fn forget_passed(&self) {
        self.shared.lock().passed.clear();
    }

    /// How many commands passed.
    pub fn apdu_count(&self) -> usize {
        self.passed().iter().filter(|passed| matches!(passed, Passed::Apdu { .. })).count()
    }
}

impl Drop for VirtualReader {
    fn drop(&mut self) {
        self.remove();
    }
}

/// A card's life on the reader: until it is taken away or vanishes, and has been missed.
fn lie_on_reader(mut card: VirtualCard, slot: SocketAddr, shared: &Shared) -> VirtualCard {
    loop {
        if let Ok(mut line) = Line::connect(slot) {
            match converse(&mut card, &mut line, shared) {
                Ended::LineClosed => {}
                Ended::Left { at_a_look } => {
                    drop(line);
                    be_missed(slot, at_a_look);
                    break;
                }
            }
        }
        if !shared.stays_for(RECONNECT) {
            break;
        }
    }
    card.power_down();
    card
}

/// Keeps the slot empty until the driver has looked in vain over a whole period.
///
/// pcscd looks every 0.4 s, and also whenever it switches a card's power. Only the regular look tells
/// it that the card has gone. If another card lay there at that look, it would be the same card for
/// pcscd, or, when a command or switching the power off has failed before, none at all.
fn be_missed(slot: SocketAddr, at_a_look: bool) {
    let mut first = at_a_look.then(Instant::now);
    loop {
        let Ok(mut line) = Line::connect(slot) else { return };
        loop {
            match line.next_request() {
                Ok(Request::Atr) => break,
                Ok(_) => {}
                Err(_) => return,
            }
        }
        if first.get_or_insert_with(Instant::now).elapsed() >= MISSED_FOR {
            return;
        }
    }
}

enum Ended {
    LineClosed,
    Left { at_a_look: bool },
}

fn converse(card: &mut VirtualCard, line: &mut Line, shared: &Shared) -> Ended {
    // The driver asks for the ATR also as part of power-up and reset.
    let mut is_look = true;
    while let Ok(request) = line.next_request() {
        let answer = match request {
            Request::PowerDown => {
                card.power_down();
                shared.change(|state| state.passed.push(Passed::PowerDown));
                continue;
            }
            Request::PowerUp => {
                card.power_up();
                shared.change(|state| state.passed.push(Passed::PowerUp));
                is_look = false;
                continue;
            }
            Request::Reset => {
                card.reset();
                shared.change(|state| state.passed.push(Passed::Reset));
                is_look = false;
                continue;
            }
            Request::Atr if is_look && shared.lock().leaving => {
                return Ended::Left { at_a_look: true };
            }
            Request::Atr => {
                is_look = true;
                card.atr().to_vec()
            }
            Request::Command(command) => {
                let answer = obey(card, &command, shared);
                shared.change(|state| {
                    state.busy = false;
                    state.vanished = answer.is_none();
                });
                match answer {
                    Some(answer) => answer,
                    None => return Ended::Left { at_a_look: false },
                }
            }
        };
        if line.answer(&answer).is_err() {
            break;
        }
    }
    Ended::LineClosed
}

/// The answer to one command, or `None` when the card leaves instead.
fn obey(card: &mut VirtualCard, command: &[u8], shared: &Shared) -> Option<Vec<u8>> {
    let (behaviour, number) = {
        let mut state = shared.lock();
        state.commands += 1;
        state.busy = true;
        shared.changed.notify_all();
        (state.behaviour, state.commands)
    };
    if !shared.stays_for(behaviour.delay) {
        return None;
    }
    if behaviour.vanish == Some(Vanish::Before(number)) {
        shared.lock().behaviour.vanish = None;
        return None;
    }
    card.speak(behaviour.dialect);
    let answer = card.respond(command);
    let mut state = shared.lock();
    state.passed.push(passed(command, &answer));
    shared.changed.notify_all();
    if behaviour.vanish == Some(Vanish::InsteadOfAnswer(number)) {
        state.behaviour.vanish = None;
        return None;
    }
    Some(answer)
}

fn passed(command: &[u8], answer: &[u8]) -> Passed {
    let mut header = [0; 4];
    for (place, byte) in header.iter_mut().zip(command) {
        *place = *byte;
    }
    let status = match answer {
        [.., sw1, sw2] => StatusWord(u16::from_be_bytes([*sw1, *sw2])),
        _ => StatusWord(0),
    };
    Passed::Apdu { header, status }
}
