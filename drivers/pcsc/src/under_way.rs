//! Which conversations with cards are under way in this process, so that its end can let go of the cards first.
//!
//! Belongs here: their number, the word that ends them, the wait for them. Does not belong here: how a card is let go of
//! (`session.rs`).
//! Why it exists: a verified PIN outlives the reset that PC/SC gives the card of a process that has gone. A resident's card
//! that still lies there would sign for whoever speaks to it next.

use crate::session::Order;
use madoguchi_port::session::Disposition;
use std::collections::BTreeMap;
use std::sync::mpsc::Sender;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

/// How long the end of the process waits for a card that is in the middle of a command. Signing takes about one second.
const PATIENCE: Duration = Duration::from_secs(3);

static CONVERSATIONS: Mutex<Conversations> =
    Mutex::new(Conversations { are_over: false, begun: 0, under_way: BTreeMap::new() });
/// Rings when one has ended.
static ONE_LESS: Condvar = Condvar::new();

struct Conversations {
    /// The process is about to end.
    are_over: bool,
    begun: u64,
    /// Weak, since a conversation ends when whoever holds it drops it.
    under_way: BTreeMap<u64, Weak<Sender<Order>>>,
}

fn lock() -> MutexGuard<'static, Conversations> {
    // Each change is one step: a panic elsewhere leaves nothing half-done.
    CONVERSATIONS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One conversation, until it is dropped.
pub(crate) struct UnderWay(u64);

/// Begins one that is told its end through `orders`; none any more once the process is about to end.
pub(crate) fn begin(orders: &Weak<Sender<Order>>) -> Option<UnderWay> {
    let mut conversations = lock();
    if conversations.are_over {
        return None;
    }
    conversations.begun += 1;
    let number = conversations.begun;
    conversations.under_way.insert(number, Weak::clone(orders));
    Some(UnderWay(number))
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        lock().under_way.remove(&self.0);
        ONE_LESS.notify_all();
    }
}

/// Ends every conversation with a card after the command it is in, powers these cards down, and lets none begin any more:
/// for a process that is about to end or to give its place to another program. Waits for them, three seconds at most;
/// a card that thinks longer than that is left in the middle of its command. Asked again it waits no more.
pub fn let_go_of_cards() {
    let mut conversations = lock();
    if std::mem::replace(&mut conversations.are_over, true) {
        return;
    }
    for orders in conversations.under_way.values().filter_map(Weak::upgrade) {
        // One that hears nothing has ended already.
        let _ = orders.send(Order::End(Disposition::Unpower));
    }
    let (left, _) = ONE_LESS
        .wait_timeout_while(conversations, PATIENCE, |conversations| !conversations.under_way.is_empty())
        .unwrap_or_else(PoisonError::into_inner);
    if !left.under_way.is_empty() {
        tracing::warn!(
            cards = left.under_way.len(),
            "the process ends while a card is in the middle of a command"
        );
    }
}
