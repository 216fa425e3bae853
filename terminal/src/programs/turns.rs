//! One card operation at a time: the clerk's first, then programs as they stand in line.
//!
//! A program's turn lasts from the first to the last word to the card, not until the cloud has answered,
//! so the clerk never waits longer than one card takes.

use super::line::{Line, Place};
use super::lying::CardsOnReaders;
use super::pairing::PairingId;
use std::sync::Arc;
use tokio::sync::{Mutex, OwnedMutexGuard, watch};

/// Whose turn it is at the card.
pub(crate) struct CardTurns {
    /// Programs.
    line: Arc<Line>,
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
    _place: Place,
    _card: OwnedMutexGuard<()>,
}

impl CardTurns {
    /// The clerk wants a card; from now on no program begins.
    pub(crate) fn clerks(&self) -> ClerksTurn {
        self.clerks.send_modify(|clerks| *clerks += 1);
        ClerksTurn { clerks: Arc::clone(&self.clerks), card: Arc::clone(&self.card), held: None }
    }

    /// A program's turn with the cards that lie there. Dropped while it waits, it leaves the line.
    pub(crate) async fn programs(&self, of: PairingId, lying: &CardsOnReaders) -> ProgramsTurn {
        let place = self.line.stand(of);
        place.called().await;
        let mut clerks = self.clerks.subscribe();
        loop {
            lying.any().await;
            // The sender lives as long as this does.
            let _ = clerks.wait_for(|clerks| *clerks == 0).await;
            let held = Arc::clone(&self.card).lock_owned().await;
            if lying.count() > 0 && *self.clerks.borrow() == 0 {
                place.is_served();
                return ProgramsTurn { _place: place, _card: held };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programs::CardLying;
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

    /// In which order these programs have their turns, who ask one after the other while somebody else has theirs.
    async fn served(asking: &[u32]) -> Vec<u32> {
        let (turns, lying) = with_a_card();
        let first = turns.programs(PairingId(0), &lying).await;
        let (order, mut came) = tokio::sync::mpsc::unbounded_channel();
        for &program in asking {
            let (turns, lying, order) = (Arc::clone(&turns), Arc::clone(&lying), order.clone());
            let mut asking = Box::pin(async move {
                let _turn = turns.programs(PairingId(program), &lying).await;
                order.send(program).unwrap();
            });
            // Polled once it stands in the line.
            assert!(!is_ready(&mut asking).await);
            tokio::spawn(asking);
        }
        drop((first, order));
        let mut served = Vec::new();
        while let Some(program) = came.recv().await {
            served.push(program);
        }
        served
    }

    #[tokio::test]
    async fn programs_have_their_turns_in_the_order_they_asked() {
        let asking: Vec<u32> = (1..=20).collect();
        assert_eq!(served(&asking).await, asking);
    }

    #[tokio::test]
    async fn a_program_that_asks_many_times_lets_the_others_have_theirs_in_between() {
        assert_eq!(served(&[1, 1, 1, 1, 2, 3, 2]).await, [1, 2, 3, 1, 2, 1, 1]);
        assert_eq!(served(&[0, 0, 1]).await, [1, 0, 0], "who has just had a turn comes after who had none");
    }

    #[tokio::test]
    async fn the_clerk_goes_before_every_program_that_has_not_begun() {
        let (turns, lying) = with_a_card();
        let begun = turns.programs(PairingId(1), &lying).await;
        let mut waiting = Box::pin(turns.programs(PairingId(2), &lying));
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
        let mut first = Box::pin(turns.programs(PairingId(1), &lying));
        assert!(!is_ready(&mut first).await);
        let mut second = Box::pin(turns.programs(PairingId(2), &lying));
        assert!(!is_ready(&mut second).await);
        let mut third = Box::pin(turns.programs(PairingId(3), &lying));
        assert!(!is_ready(&mut third).await);
        drop((second, first));
        lying.lie(vec![CardLying { reader: ReaderName("a".into()), at: Instant::now() }]);
        assert!(is_ready(third).await);
    }
}
