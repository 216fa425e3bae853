//! Readers and their comings and goings.

use crate::fault::CardFault;
use crate::look::SlotSeen;
use crate::session::{CardSession, Sharing};
use std::fmt;
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvError, RecvTimeoutError, Sender};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

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
    wanted: Arc<Followed>,
}

/// How far the events were followed.
#[derive(Debug, Default)]
struct Followed {
    /// How many events were taken out.
    taken: AtomicU64,
    /// Whether the next one is waited for, so that all before it have been dealt with.
    awaited: AtomicBool,
}

impl ReaderEvents {
    /// The next event, as [`Receiver::recv`].
    pub fn recv(&self) -> Result<ReaderEvent, RecvError> {
        self.wanted.awaited.store(true, Ordering::SeqCst);
        self.take(self.events.recv())
    }

    /// The next event, as [`Receiver::recv_timeout`].
    pub fn recv_timeout(&self, timeout: Duration) -> Result<ReaderEvent, RecvTimeoutError> {
        self.wanted.awaited.store(true, Ordering::SeqCst);
        self.take(self.events.recv_timeout(timeout))
    }

    /// `awaited` falls before `taken` rises: whoever sees the event taken sees it being dealt with.
    fn take<E>(&self, taken: Result<ReaderEvent, E>) -> Result<ReaderEvent, E> {
        if taken.is_ok() {
            self.wanted.awaited.store(false, Ordering::SeqCst);
            self.wanted.taken.fetch_add(1, Ordering::SeqCst);
        }
        taken
    }
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
    sent: Arc<AtomicU64>,
    wanted: Weak<Followed>,
}

impl ReaderEventSender {
    /// Hands an event over; one that nobody wants any more is dropped.
    pub fn send(&self, event: ReaderEvent) {
        self.sent.fetch_add(1, Ordering::SeqCst);
        // A dropped receiver is seen by `is_wanted`, which every watch asks in its loop.
        let _ = self.events.send(event);
    }

    /// Whether everything handed over so far has been taken out and dealt with, or nobody wants it any
    /// more: a stand-in goes on only then. Counts what [`ReaderEvents::recv`] and
    /// [`ReaderEvents::recv_timeout`] took.
    pub fn is_followed(&self) -> bool {
        self.wanted.upgrade().is_none_or(|followed| {
            followed.taken.load(Ordering::SeqCst) == self.sent.load(Ordering::SeqCst)
                && followed.awaited.load(Ordering::SeqCst)
        })
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
    let wanted = Arc::new(Followed::default());
    (
        ReaderEventSender { events: sender, sent: Arc::default(), wanted: Arc::downgrade(&wanted) },
        ReaderEvents { events: receiver, wanted },
    )
}

/// The PC/SC resource manager: what readers there are, and a session with a card on one.
pub trait CardReaders: Send + Sync {
    /// Starts watching. Events arrive until they are dropped. The watch heals itself: a service that
    /// stops and starts again is followed without a new call.
    fn watch(&self) -> ReaderEvents;

    /// What the service lists now and what lies there. Says nothing to any card, and disturbs none.
    fn look(&self) -> Result<Vec<SlotSeen>, CardFault>;

    /// Connects to the card on `reader` and begins a transaction. Blocks while another program
    /// holds the card, at most a few seconds (`CardFault::CardBusy` then).
    fn open(&self, reader: &ReaderName, sharing: Sharing) -> Result<Box<dyn CardSession>, CardFault>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_followed_once_the_next_one_is_waited_for() {
        let (sender, events) = reader_events();
        assert!(!sender.is_followed(), "nobody has asked for anything yet");
        assert!(events.recv_timeout(Duration::ZERO).is_err());
        assert!(sender.is_followed());
        sender.send(ReaderEvent::ServiceReady);
        assert!(!sender.is_followed());
        assert_eq!(events.recv(), Ok(ReaderEvent::ServiceReady));
        assert!(!sender.is_followed(), "it is only being dealt with");
        assert!(events.recv_timeout(Duration::ZERO).is_err());
        assert!(sender.is_followed());
        sender.send(ReaderEvent::ServiceAbsent);
        drop(events);
        assert!(sender.is_followed(), "nobody wants it any more");
    }
}
