//! Who waits for the next commit, when it goes, and how many it takes along.
//!
//! Belongs here: the queue of those who wait and the rule by which a batch leaves. Does not belong here: what
//! becomes of a batch (`batcher`).
//! Why it exists: clerks who were answered together come back together, and what a commit costs beside its
//! requests is shared by those who share it.
//!
//! Where the disk is slow it pays to wait a moment until all are back: without it they split into two groups,
//! each waiting for the other's flush as well as for its own. On a quick disk two halves that take turns were
//! tried and won nothing (docs/performance.md).

use super::batchers::lock;
use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// The longest wait for those who are expected back, however slow the disk is.
const MOST_PATIENCE: Duration = Duration::from_millis(5);

/// Those who wait.
pub(super) struct Gathering<T> {
    waiting: Mutex<Waiting<T>>,
    enough_are_there: Condvar,
}

struct Waiting<T> {
    those: VecDeque<T>,
    /// Whether a job that will take them is on its way.
    job_is_queued: bool,
    next: Departure,
}

/// When the next batch leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Departure {
    /// It waits until so many are there,
    enough: usize,
    /// but no longer than this.
    patience: Duration,
}

/// At once.
const AT_ONCE: Departure = Departure { enough: 0, patience: Duration::ZERO };

/// How long the last batch took.
#[derive(Debug, Clone, Copy)]
pub(super) struct Took {
    /// To load, to decide and to write it.
    pub(super) posting: Duration,
    /// To have it on the disk.
    pub(super) flushing: Duration,
}

impl<T> Default for Gathering<T> {
    fn default() -> Self {
        let waiting = Waiting { those: VecDeque::new(), job_is_queued: false, next: AT_ONCE };
        Self { waiting: Mutex::new(waiting), enough_are_there: Condvar::new() }
    }
}

impl<T> Gathering<T> {
    /// How many wait.
    pub(super) fn len(&self) -> usize {
        lock(&self.waiting).those.len()
    }

    /// One more waits, unless so many do already, or there is no job that will take them and none can be queued.
    pub(super) fn join<E>(
        &self,
        one: T,
        most_waiting: usize,
        full: E,
        queue_job: impl FnOnce() -> Result<(), E>,
    ) -> Result<(), E> {
        let mut waiting = lock(&self.waiting);
        if waiting.those.len() >= most_waiting {
            return Err(full);
        }
        if !waiting.job_is_queued {
            queue_job()?;
            waiting.job_is_queued = true;
        }
        waiting.those.push_back(one);
        if waiting.those.len() == waiting.next.enough {
            self.enough_are_there.notify_one();
        }
        Ok(())
    }

    /// Those who go with the next batch, once enough are there or the time for it is over.
    pub(super) fn take(&self, most: usize) -> Vec<T> {
        let waiting = lock(&self.waiting);
        let patience = waiting.next.patience;
        let some_are_missing = |waiting: &mut Waiting<T>| waiting.those.len() < waiting.next.enough;
        let waited = self.enough_are_there.wait_timeout_while(waiting, patience, some_are_missing);
        let (mut waiting, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let count = waiting.those.len().min(most);
        waiting.those.drain(..count).collect()
    }

    /// Everybody who waits.
    pub(super) fn take_all(&self) -> Vec<T> {
        lock(&self.waiting).those.drain(..).collect()
    }

    /// So many are about to be answered, or it is not known how long that took.
    pub(super) fn expect_back(&self, answered: usize, took: Option<Took>) {
        lock(&self.waiting).next = took.map_or(AT_ONCE, |took| departure(answered, took));
    }

    /// Whether somebody waits for another job; if nobody does, the next who comes queues it.
    pub(super) fn goes_on(&self) -> bool {
        let mut waiting = lock(&self.waiting);
        waiting.job_is_queued = !waiting.those.is_empty();
        waiting.job_is_queued
    }
}

/// When a batch leaves after one that took so long, of which so many are answered now.
///
/// It takes people about half as long to come back as it took to post them. A disk that is quicker than that is
/// waited for by nobody.
fn departure(answered: usize, took: Took) -> Departure {
    if took.flushing > took.posting / 2 {
        Departure { enough: answered, patience: (took.flushing / 2).min(MOST_PATIENCE) }
    } else {
        AT_ONCE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn took(posting_ms: u64, flushing_ms: u64) -> Took {
        Took { posting: Duration::from_millis(posting_ms), flushing: Duration::from_millis(flushing_ms) }
    }

    #[test]
    fn on_a_slow_disk_all_are_waited_for_but_not_for_long() {
        let after_a_slow_flush = Departure { enough: 64, patience: Duration::from_millis(2) };
        assert_eq!(departure(64, took(2, 4)), after_a_slow_flush);
        assert_eq!(departure(64, took(2, 4_000)).patience, MOST_PATIENCE);
    }

    #[test]
    fn on_a_quick_disk_nobody_is_waited_for() {
        assert_eq!(departure(64, took(2, 1)), AT_ONCE);
    }

    #[test]
    fn a_batch_takes_what_it_may_and_leaves_the_rest_to_the_next() {
        let gathering = Gathering::default();
        for number in 0..40 {
            assert_eq!(gathering.join(number, 100, (), || Ok(())), Ok(()));
        }
        assert_eq!(gathering.take(32), (0..32).collect::<Vec<_>>());
        assert!(gathering.goes_on());
        gathering.expect_back(32, Some(took(1, 2)));
        assert_eq!(gathering.take(32), (32..40).collect::<Vec<_>>(), "after its patience");
        assert!(!gathering.goes_on());
    }

    #[test]
    fn whoever_finds_no_job_queues_one_and_whoever_finds_too_many_is_turned_away() {
        let gathering = Gathering::default();
        assert_eq!(gathering.join(1, 2, "full", || Err("closing")), Err("closing"));
        assert_eq!(gathering.join(1, 2, "full", || Ok(())), Ok(()));
        assert_eq!(gathering.join(2, 2, "full", || Err("not asked again")), Ok(()));
        assert_eq!(gathering.join(3, 2, "full", || Ok(())), Err("full"));
    }
}
