//! Time by hand: the world's one true time; the cloud's clock, which may be set back a little; and the
//! terminals' clocks, which may be wrong by a day.

use madoguchi_terminal::clock::{Clock, Pending};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;

/// The world's time; clones show the same.
#[derive(Clone)]
pub struct Time {
    now_ms: Arc<AtomicI64>,
    cloud_ms: Arc<AtomicI64>,
    started_ms: i64,
    sleepers: Arc<Mutex<Vec<Sleeper>>>,
}

struct Sleeper {
    due_ms: i64,
    wake: oneshot::Sender<()>,
}

impl Time {
    /// Time that stands at this instant, milliseconds since 1970 (UTC), until it is moved.
    pub fn from(now_ms: i64) -> Self {
        Self {
            now_ms: Arc::new(AtomicI64::new(now_ms)),
            cloud_ms: Arc::new(AtomicI64::new(now_ms)),
            started_ms: now_ms,
            sleepers: Arc::default(),
        }
    }

    /// Milliseconds since 1970 (UTC).
    pub fn now_ms(&self) -> i64 {
        self.now_ms.load(Ordering::SeqCst)
    }

    /// What the cloud's clock shows, milliseconds since 1970 (UTC).
    pub fn cloud_ms(&self) -> i64 {
        self.cloud_ms.load(Ordering::SeqCst)
    }

    /// The cloud's clock.
    pub fn for_the_cloud(&self) -> madoguchi_cloud::clock::Clock {
        madoguchi_cloud::clock::Clock::Set(Arc::clone(&self.cloud_ms))
    }

    /// Sets the cloud's clock to so many milliseconds behind the world's time; 0 = right again.
    pub fn set_cloud_behind(&self, by_ms: i64) {
        self.cloud_ms.store(self.now_ms() - by_ms, Ordering::SeqCst);
    }

    /// A terminal's clock, wrong by so many milliseconds.
    pub fn for_a_terminal(&self, off_ms: i64) -> TerminalClock {
        TerminalClock { time: self.clone(), off_ms }
    }

    /// Lets time pass and wakes who slept until then.
    pub fn pass(&self, span_ms: i64) {
        let now_ms = self.now_ms.fetch_add(span_ms, Ordering::SeqCst) + span_ms;
        self.cloud_ms.fetch_add(span_ms, Ordering::SeqCst);
        let mut sleepers = self.sleepers();
        let (mut due, rest): (Vec<_>, Vec<_>) =
            std::mem::take(&mut *sleepers).into_iter().partition(|sleeper| sleeper.due_ms <= now_ms);
        *sleepers = rest;
        drop(sleepers);
        due.sort_by_key(|sleeper| sleeper.due_ms);
        for sleeper in due {
            // Whoever was switched off meanwhile sleeps no more.
            let _ = sleeper.wake.send(());
        }
    }

    /// Lets time pass until the next sleeper wakes, if one does within so many milliseconds.
    pub fn pass_to_next_waking(&self, at_most_ms: i64) -> bool {
        let mut sleepers = self.sleepers();
        sleepers.retain(|sleeper| !sleeper.wake.is_closed());
        let next_ms = sleepers.iter().map(|sleeper| sleeper.due_ms).min();
        drop(sleepers);
        let Some(wait_ms) = next_ms.map(|due_ms| (due_ms - self.now_ms()).max(0)) else { return false };
        if wait_ms > at_most_ms {
            return false;
        }
        self.pass(wait_ms);
        true
    }

    fn sleepers(&self) -> MutexGuard<'_, Vec<Sleeper>> {
        self.sleepers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The clock of one terminal.
pub struct TerminalClock {
    time: Time,
    off_ms: i64,
}

impl Clock for TerminalClock {
    fn now_ms(&self) -> i64 {
        self.time.now_ms() + self.off_ms
    }

    fn running(&self) -> Duration {
        Duration::from_millis((self.time.now_ms() - self.time.started_ms).unsigned_abs())
    }

    fn sleep(&self, span: Duration) -> Pending<'static, ()> {
        let (wake, woken) = oneshot::channel();
        let span_ms = i64::try_from(span.as_millis()).unwrap_or(i64::MAX / 4);
        self.time.sleepers().push(Sleeper { due_ms: self.time.now_ms() + span_ms, wake });
        Box::pin(async move {
            // A world that has ended wakes nobody.
            if woken.await.is_err() {
                std::future::pending::<()>().await;
            }
        })
    }
}
