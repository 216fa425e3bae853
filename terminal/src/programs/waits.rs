//! What each paired program waits for, cards and moves of cards: so much at a time, until it is cancelled.

use super::pairing::PairingId;
use crate::running::lock;
use madoguchi_wire::failure::{ErrorCode, Failure};
use std::collections::HashMap;
use std::future::pending;
use std::sync::{Arc, Mutex};
use tokio::sync::watch;

/// For how many cards one program waits at once. With the streams of as many programs as can be paired, it leaves
/// room among the connections of the loopback API (256).
const MOST_CARDS: usize = 8;
/// How many streams of moves it has.
const MOST_STREAMS: usize = 4;
/// In how many seconds it may ask again; nobody knows when one of its waits ends.
const AGAIN_IN_S: &str = "1";

/// Those of every program.
#[derive(Default)]
pub(super) struct Waits(Mutex<HashMap<PairingId, Arc<OfOne>>>);

#[derive(Default)]
struct OfOne {
    open: Mutex<Open>,
    cancellations: watch::Sender<()>,
}

/// How many there are.
#[derive(Default)]
struct Open {
    cards: usize,
    streams: usize,
}

impl Open {
    const fn of(&mut self, awaited: Awaited) -> &mut usize {
        match awaited {
            Awaited::Card => &mut self.cards,
            Awaited::Moves => &mut self.streams,
        }
    }
}

/// What is waited for.
#[derive(Clone, Copy)]
enum Awaited {
    Card,
    Moves,
}

/// One of them; gone when it is dropped.
pub(super) struct Wait {
    of: Arc<OfOne>,
    awaited: Awaited,
    /// Whether it is counted still.
    counts: bool,
    /// Hears of every cancellation since the wait began, also before anybody listens.
    cancellations: watch::Receiver<()>,
}

impl Drop for Wait {
    fn drop(&mut self) {
        if self.counts {
            *lock(&self.of.open).of(self.awaited) -= 1;
        }
    }
}

impl Wait {
    /// Somebody wants no answer any more.
    pub(super) async fn cancelled(&mut self) {
        if self.cancellations.changed().await.is_err() {
            // Nobody is left who could cancel.
            pending::<()>().await;
        }
    }

    /// It ends with an answer; false where it was cancelled before that. Nobody who cancels counts it from then on.
    pub(super) fn answered(mut self) -> bool {
        let of = Arc::clone(&self.of);
        let mut open = lock(&of.open);
        *open.of(self.awaited) -= 1;
        self.counts = false;
        !self.cancellations.has_changed().unwrap_or(false)
    }
}

impl Waits {
    /// A program begins to wait for a card.
    pub(super) fn for_card(&self, pairing: PairingId) -> Result<Wait, Failure> {
        self.begin(pairing, Awaited::Card, MOST_CARDS)
    }

    /// A program begins to listen to moves of cards.
    pub(super) fn for_moves(&self, pairing: PairingId) -> Result<Wait, Failure> {
        self.begin(pairing, Awaited::Moves, MOST_STREAMS)
    }

    fn begin(&self, pairing: PairingId, awaited: Awaited, most: usize) -> Result<Wait, Failure> {
        let of = Arc::clone(lock(&self.0).entry(pairing).or_default());
        let cancellations = of.cancellations.subscribe();
        {
            let mut open = lock(&of.open);
            let open = open.of(awaited);
            if *open >= most {
                let seconds = [("seconds", AGAIN_IN_S.into())];
                return Err(Failure::with(ErrorCode::TooManyRequests, &seconds));
            }
            *open += 1;
        }
        Ok(Wait { of, awaited, counts: true, cancellations })
    }

    /// For how many cards a program waits.
    pub(super) fn cards(&self, pairing: PairingId) -> usize {
        lock(&self.0).get(&pairing).map_or(0, |of| lock(&of.open).cards)
    }

    /// Ends what a program waits for; how many cards that were.
    pub(super) fn cancel(&self, pairing: PairingId) -> usize {
        let Some(of) = lock(&self.0).get(&pairing).cloned() else { return 0 };
        let open = lock(&of.open);
        of.cancellations.send_replace(());
        open.cards
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const ONE: PairingId = PairingId(1);
    const OTHER: PairingId = PairingId(2);

    #[tokio::test]
    async fn a_wait_that_is_cancelled_before_anybody_listens_is_cancelled_all_the_same() {
        let waits = Waits::default();
        let mut wait = waits.for_card(ONE).unwrap();
        assert_eq!(waits.cancel(ONE), 1);
        let heard = tokio::time::timeout(Duration::from_secs(10), wait.cancelled()).await;
        assert!(heard.is_ok(), "it waits for ever");
    }

    #[tokio::test]
    async fn a_cancellation_is_not_for_those_who_wait_later() {
        let waits = Waits::default();
        drop(waits.for_card(ONE).unwrap());
        assert_eq!(waits.cancel(ONE), 0);
        let mut wait = waits.for_card(ONE).unwrap();
        tokio::select! {
            biased;
            () = wait.cancelled() => panic!("nobody cancelled it"),
            () = tokio::task::yield_now() => {}
        }
        assert!(wait.answered());
    }

    #[test]
    fn a_cancellation_counts_exactly_those_who_hear_of_it() {
        let waits = Waits::default();
        let (answered, cancelled) = (waits.for_card(ONE).unwrap(), waits.for_card(ONE).unwrap());
        let stream = waits.for_moves(ONE).unwrap();
        assert!(answered.answered());
        assert_eq!(waits.cancel(ONE), 1);
        assert!(!cancelled.answered(), "also where its answer is there by then");
        assert_eq!(waits.cards(ONE), 0);
        drop(stream);
    }

    #[test]
    fn one_program_has_eight_waits_and_four_streams_and_takes_none_from_another() {
        let waits = Waits::default();
        let cards: Vec<_> = (0..8).map(|_| waits.for_card(ONE).unwrap()).collect();
        let streams: Vec<_> = (0..4).map(|_| waits.for_moves(ONE).unwrap()).collect();
        for refused in [waits.for_card(ONE), waits.for_moves(ONE)] {
            let failure = refused.err().unwrap();
            assert_eq!((failure.code, failure.retry_after_s), (ErrorCode::TooManyRequests, Some(1)));
        }
        assert!(waits.for_card(OTHER).is_ok());
        drop((cards, streams));
        assert!(waits.for_card(ONE).is_ok());
        assert!(waits.for_moves(ONE).is_ok());
    }
}
