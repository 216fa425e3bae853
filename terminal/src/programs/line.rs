//! The line of programs at the card: next is the one whose last turn is the longest ago, so that no program that asks
//! again and again, or many times at once, stands in another's way; of those who had none, the one that asked first.

use super::pairing::PairingId;
use crate::running::lock;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tokio::sync::Notify;

/// Who stands in line, and whose turn it is.
#[derive(Default)]
pub(super) struct Line(Mutex<Standing>);

#[derive(Default)]
struct Standing {
    /// The place whose turn it is.
    turn: Option<u64>,
    /// In the order they asked.
    waiting: Vec<Waiting>,
    /// How many places were taken so far.
    places: u64,
    /// How many turns were used so far, and each program's last one.
    turns: u64,
    last_turns: HashMap<PairingId, u64>,
}

struct Waiting {
    place: u64,
    of: PairingId,
    called: Arc<Notify>,
}

/// A place in the line, with its turn once it is called; left when it is dropped.
pub(super) struct Place {
    line: Arc<Line>,
    number: u64,
    of: PairingId,
    called: Arc<Notify>,
}

impl Line {
    /// A program takes its place.
    pub(super) fn stand(self: &Arc<Self>, of: PairingId) -> Place {
        let called = Arc::new(Notify::new());
        let mut standing = lock(&self.0);
        standing.places += 1;
        let number = standing.places;
        standing.waiting.push(Waiting { place: number, of, called: Arc::clone(&called) });
        if standing.turn.is_none() {
            standing.call_next();
        }
        Place { line: Arc::clone(self), number, of, called }
    }
}

impl Standing {
    fn call_next(&mut self) {
        let last_turn = |waiting: &Waiting| self.last_turns.get(&waiting.of).copied().unwrap_or(0);
        // Of equals it is the first: who asked first.
        let next = self.waiting.iter().enumerate().min_by_key(|(_, waiting)| last_turn(waiting));
        let Some((next, _)) = next else { return };
        let Waiting { place, called, .. } = self.waiting.remove(next);
        self.turn = Some(place);
        called.notify_one();
    }
}

impl Place {
    /// Waits for the turn.
    pub(super) async fn called(&self) {
        self.called.notified().await;
    }

    /// The turn is used.
    pub(super) fn is_served(&self) {
        let mut standing = lock(&self.line.0);
        standing.turns += 1;
        let turn = standing.turns;
        standing.last_turns.insert(self.of, turn);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut standing = lock(&self.line.0);
        if standing.turn == Some(self.number) {
            standing.turn = None;
            standing.call_next();
        } else {
            standing.waiting.retain(|waiting| waiting.place != self.number);
        }
    }
}
