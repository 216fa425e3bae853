//! Readers and their comings and goings.

use crate::fault::CardFault;
use crate::session::{CardSession, Sharing};
use std::fmt;
use std::ops::Deref;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Weak};
use std::time::Instant;

/// A reader's name as the PC/SC service gives it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ReaderName(pub String);

impl fmt::Display for ReaderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What happened at the readers. The first events after `watch` describe what is there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReaderEvent {
    /// The PC/SC service cannot be reached. Readers and cards known so far are void.
    ServiceAbsent,
    /// The PC/SC service answers (again). What is attached follows as events of its own.
    ServiceReady,
    /// A reader that can hold a resident's card was attached.
    ReaderAttached(ReaderName),
    /// A reader was detached; its card, if any, is gone with it.
    ReaderDetached(ReaderName),
    /// A card was put on a reader.
    CardInserted {
        /// Where.
        reader: ReaderName,
        /// When the PC/SC service said so; the counter's time to the painted balance starts here.
        at: Instant,
    },
    /// The card left the reader.
    CardRemoved {
        /// From where.
        reader: ReaderName,
    },
}

/// The events of one watch, read like any `std` channel. Dropping them ends the watch, also when
/// nothing happens at the readers any more.
#[derive(Debug)]
pub struct ReaderEvents {
    events: Receiver<ReaderEvent>,
    _wanted: Arc<()>,
}

impl Deref for ReaderEvents {
    type Target = Receiver<ReaderEvent>;

    fn deref(&self) -> &Self::Target {
        &self.events
    }
}

/// The watching side of [`ReaderEvents`].
#[derive(Debug, Clone)]
pub struct ReaderEventSender {
    events: Sender<ReaderEvent>,
    wanted: Weak<()>,
}

impl ReaderEventSender {
    /// Hands an event over; one that nobody wants any more is dropped.
    pub fn send(&self, event: ReaderEvent) {
        // A dropped receiver is seen by `is_wanted`, which every watch asks in its loop.
        let _ = self.events.send(event);
    }

    /// Whether somebody still holds the [`ReaderEvents`]; a watch ends when nobody does.
    pub fn is_wanted(&self) -> bool {
        self.wanted.strong_count() > 0
    }
}

/// The two ends of one watch. `std`'s own channel cannot tell a sender that its receiver is gone
/// before something is sent, and at a quiet counter nothing is sent for hours.
pub fn reader_events() -> (ReaderEventSender, ReaderEvents) {
    let (sender, receiver) = mpsc::channel();
    let wanted = Arc::new(());
    (
        ReaderEventSender { events: sender, wanted: Arc::downgrade(&wanted) },
        ReaderEvents { events: receiver, _wanted: wanted },
    )
}

/// The PC/SC resource manager: what readers there are, and a session with a card on one.
pub trait CardReaders: Send + Sync {
    /// Starts watching. Events arrive until they are dropped. The watch heals itself: a service that
    /// stops and starts again is followed without a new call.
    fn watch(&self) -> ReaderEvents;

    /// Connects to the card on `reader` and begins a transaction. Blocks while another program
    /// holds the card, at most a few seconds (`CardFault::CardBusy` then).
    fn open(&self, reader: &ReaderName, sharing: Sharing) -> Result<Box<dyn CardSession>, CardFault>;
}
