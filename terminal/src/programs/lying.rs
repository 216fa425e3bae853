//! Which cards lie on the readers, for whoever waits for one.

use madoguchi_port::reader::ReaderName;
use std::time::Instant;
use tokio::sync::{broadcast, watch};

/// How many moves a listener may be behind before it has to look anew.
const BEHIND: usize = 64;

/// A card that lies on a reader since it was put on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CardLying {
    /// Where.
    pub(crate) reader: ReaderName,
    /// Since when; another card at the same place has another moment.
    pub(crate) at: Instant,
}

/// A card was put on or taken away; nothing says which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CardMove {
    /// Put on, or taken away.
    pub inserted: bool,
    /// How many lie on the readers then.
    pub cards: usize,
}

/// The cards on the readers, in the order they were put on.
pub(crate) struct CardsOnReaders {
    cards: watch::Sender<Vec<CardLying>>,
    moves: broadcast::Sender<CardMove>,
}

impl Default for CardsOnReaders {
    fn default() -> Self {
        Self { cards: watch::Sender::new(Vec::new()), moves: broadcast::Sender::new(BEHIND) }
    }
}

impl CardsOnReaders {
    /// These lie there now.
    pub(crate) fn lie(&self, cards: Vec<CardLying>) {
        let before = self.cards.borrow().clone();
        if before == cards {
            return;
        }
        let left = before.iter().filter(|card| !cards.contains(card)).count();
        let came = cards.iter().filter(|card| !before.contains(card)).count();
        let count = cards.len();
        self.cards.send_replace(cards);
        let moves = (0..left)
            .map(|gone| CardMove { inserted: false, cards: before.len() - gone - 1 })
            .chain((0..came).map(|new| CardMove { inserted: true, cards: count - (came - new - 1) }));
        for card_move in moves {
            // Nobody listens most of the time.
            let _ = self.moves.send(card_move);
        }
    }

    /// How many lie there.
    pub(crate) fn count(&self) -> usize {
        self.cards.borrow().len()
    }

    /// Whether this very card still lies where it lay.
    pub(crate) fn holds(&self, card: &CardLying) -> bool {
        self.cards.borrow().contains(card)
    }

    /// The card on a reader.
    pub(crate) fn on(&self, reader: &ReaderName) -> Option<CardLying> {
        self.cards.borrow().iter().find(|card| card.reader == *reader).cloned()
    }

    /// Waits until a card lies there.
    pub(crate) async fn any(&self) {
        if self.cards.subscribe().wait_for(|cards| !cards.is_empty()).await.is_err() {
            // The readers are followed for as long as the counter lives.
            std::future::pending::<()>().await;
        }
    }

    /// Those that lie there, the one that was put on last before the others.
    pub(crate) fn newest_first(&self) -> Vec<CardLying> {
        self.cards.borrow().iter().rev().cloned().collect()
    }

    /// What moves from now on.
    pub(crate) fn moves(&self) -> broadcast::Receiver<CardMove> {
        self.moves.subscribe()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(reader: &str) -> CardLying {
        CardLying { reader: ReaderName(reader.into()), at: Instant::now() }
    }

    fn told(moves: &mut broadcast::Receiver<CardMove>) -> Vec<(bool, usize)> {
        std::iter::from_fn(|| moves.try_recv().ok()).map(|told| (told.inserted, told.cards)).collect()
    }

    #[test]
    fn a_card_in_place_of_another_is_one_taken_away_and_one_put_on() {
        let lying = CardsOnReaders::default();
        let mut moves = lying.moves();
        let (first, second) = (card("a"), card("b"));
        lying.lie(vec![first.clone()]);
        lying.lie(vec![first.clone()]);
        lying.lie(vec![first.clone(), second.clone()]);
        assert_eq!(told(&mut moves), [(true, 1), (true, 2)]);
        lying.lie(vec![second.clone(), card("a")]);
        assert_eq!(told(&mut moves), [(false, 1), (true, 2)]);
        assert!(!lying.holds(&first));
        assert!(lying.holds(&second));
        lying.lie(Vec::new());
        assert_eq!(told(&mut moves), [(false, 1), (false, 0)]);
    }

    #[tokio::test]
    async fn the_last_card_comes_before_the_others() {
        let lying = CardsOnReaders::default();
        let (first, second) = (card("a"), card("b"));
        lying.lie(vec![first.clone(), second.clone()]);
        lying.any().await;
        assert_eq!(lying.newest_first(), [second, first]);
    }
}
