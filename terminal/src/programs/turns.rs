//! One card operation at a time: the clerk's first, programs in the order they asked.
//!
//! A program's turn lasts from the first to the last word to the card, not until the cloud has answered,
//! so the clerk never waits longer than one card takes.

use super::lying::{CardLying, CardsOnReaders};
use std::sync::Arc;
use tokio::sync::{Mutex, OwnedMutexGuard, watch};

/// Whose turn it is at the card.
pub(crate) struct CardTurns {
    /// Programs, in the order they asked; who holds it is the next.
    line: Arc<Mutex<()>>,
    /// Held while somebody speaks to a card.
    card: Arc<Mutex<()>>,
    /// How many of the clerk's operations wait or go on.
    clerks: Arc<watch::Sender<usize>>,
}

impl Default for CardTurns {
    fn default() -> Self {
        Self { line: Arc::default(), card: Arc::default(), clerks: Arc::new(watch::Sender::new(0)) }
    }
}

/// The clerk's operation, from when it was wanted until it is dropped: no program begins meanwhile.
pub(crate) struct ClerksTurn {
    clerks: Arc<watch::Sender<usize>>,
    card: Arc<Mutex<()>>,
    held: Option<OwnedMutexGuard<()>>,
}

impl ClerksTurn {
    /// Waits for a program that is speaking to a card right now.
    pub(crate) async fn begin(&mut self) {
        self.held = Some(Arc::clone(&self.card).lock_owned().await);
    }
}

impl Drop for ClerksTurn {
    fn drop(&mut self) {
        self.held = None;
        self.clerks.send_modify(|clerks| *clerks -= 1);
    }
}

/// A program's turn, until it is dropped.
pub(crate) struct ProgramsTurn {
    _line: OwnedMutexGuard<()>,
    _card: OwnedMutexGuard<()>,
}

impl CardTurns {
    /// The clerk wants a card; from now on no program begins.
    pub(crate) fn clerks(&self) -> ClerksTurn {
        self.clerks.send_modify(|clerks| *clerks += 1);
        ClerksTurn { clerks: Arc::clone(&self.clerks), card: Arc::clone(&self.card), held: None }
    }

    /// A program's turn with a card that lies there. Dropped while it waits, it leaves the line.
    pub(crate) async fn programs(&self, lying: &CardsOnReaders) -> (CardLying, ProgramsTurn) {
        let line = Arc::clone(&self.line).lock_owned().await;
        let mut clerks = self.clerks.subscribe();
        loop {
            let card = lying.last().await;
            // The sender lives as long as this does.
            let _ = clerks.wait_for(|clerks| *clerks == 0).await;
            let held = Arc::clone(&self.card).lock_owned().await;
            if lying.holds(&card) && *self.clerks.borrow() == 0 {
                return (card, ProgramsTurn { _line: line, _card: held });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use madoguchi_port::reader::ReaderName;
    use std::time::{Duration, Instant};

    fn with_a_card() -> (Arc<CardTurns>, Arc<CardsOnReaders>) {
        let lying = CardsOnReaders::default();
        lying.lie(vec![CardLying { reader: ReaderName("a".into()), at: Instant::now() }]);
        (Arc::default(), Arc::new(lying))
    }

    /// Whether something is ready without anything else happening first.
    async fn is_ready(future: impl Future) -> bool {
        tokio::time::timeout(Duration::ZERO, future).await.is_ok()
    }

    #[tokio::test]
    async fn programs_have_their_turns_in_the_order_they_asked() {
        let (turns, lying) = with_a_card();
        let (_, first) = turns.programs(&lying).await;
        let (order, mut came) = tokio::sync::mpsc::unbounded_channel();
        for number in 0..20 {
            let (turns, lying, order) = (Arc::clone(&turns), Arc::clone(&lying), order.clone());
            let mut asking = Box::pin(async move {
                let _turn = turns.programs(&lying).await;
                order.send(number).unwrap();
            });
            // Polled once it stands in the line.
            assert!(!is_ready(&mut asking).await);
            tokio::spawn(asking);
        }
        drop((first, order));
        let mut served = Vec::new();
        while let Some(number) = came.recv().await {
            served.push(number);
        }
        assert_eq!(served, (0..20).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn the_clerk_goes_before_every_program_that_has_not_begun() {
        let (turns, lying) = with_a_card();
        let (_, begun) = turns.programs(&lying).await;
        let mut waiting = Box::pin(turns.programs(&lying));
        assert!(!is_ready(&mut waiting).await);
        let mut clerks = turns.clerks();
        assert!(!is_ready(clerks.begin()).await, "one card operation at a time");
        drop(begun);
        clerks.begin().await;
        assert!(!is_ready(&mut waiting).await, "the clerk's goes on");
        drop(clerks);
        assert!(is_ready(&mut waiting).await);
    }

    #[tokio::test]
    async fn a_program_that_goes_away_leaves_its_place_to_the_next() {
        let (turns, lying) = with_a_card();
        lying.lie(Vec::new());
        let mut first = Box::pin(turns.programs(&lying));
        assert!(!is_ready(&mut first).await);
        let mut second = Box::pin(turns.programs(&lying));
        assert!(!is_ready(&mut second).await);
        drop(first);
        lying.lie(vec![CardLying { reader: ReaderName("a".into()), at: Instant::now() }]);
        assert!(is_ready(second).await);
    }
}
