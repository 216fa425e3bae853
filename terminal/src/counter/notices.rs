//! What the program tells without being asked, to everybody who listens.

use madoguchi_wire::window::Notice;
use std::sync::{Mutex, PoisonError};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// The listeners.
#[derive(Default)]
pub(crate) struct Notices {
    listeners: Mutex<Vec<UnboundedSender<Notice>>>,
}

impl Notices {
    /// One more listener, from now on.
    pub(crate) fn listen(&self) -> UnboundedReceiver<Notice> {
        let (sender, receiver) = unbounded_channel();
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner).push(sender);
        receiver
    }

    /// Tells all listeners; those that are gone are forgotten.
    pub(crate) fn tell(&self, notice: &Notice) {
        let mut listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.retain(|listener| listener.send(notice.clone()).is_ok());
    }
}
