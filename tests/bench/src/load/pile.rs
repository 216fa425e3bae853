//! A pile of tickets that clerks take from, each ticket once.

use crate::Trouble;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The codes on the papers; clones share the pile.
#[derive(Clone)]
pub(crate) struct Pile {
    codes: Arc<[String]>,
    taken: Arc<AtomicUsize>,
}

impl Pile {
    /// A pile of these.
    pub(crate) fn of(codes: Vec<String>) -> Self {
        Self { codes: codes.into(), taken: Arc::default() }
    }

    /// The next ticket.
    pub(super) fn take(&self) -> Result<&str, Trouble> {
        let next = self.taken.fetch_add(1, Ordering::Relaxed);
        Ok(self.codes.get(next).ok_or("the pile was too small: all tickets are cleared")?)
    }
}
