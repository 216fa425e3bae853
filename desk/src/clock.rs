//! Time, as a port: what a simulator must be able to turn by hand.
//!
//! Belongs here: this PC's clock, time that only runs forward, waiting. Does not: business dates;
//! the cloud's clock decides those (docs/security.md 19).

use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// A future on the heap, as object-safe ports return it.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The time on this PC.
pub trait Clock: Send + Sync {
    /// This PC's clock, milliseconds since 1970 (UTC). It may be wrong by any amount and may jump.
    fn now_ms(&self) -> i64;

    /// Time since some fixed moment; only runs forward. Spans are measured with it.
    fn running(&self) -> Duration;

    /// Waits.
    fn sleep(&self, span: Duration) -> Pending<'static, ()>;
}

/// The operating system's clock.
#[derive(Debug, Clone)]
pub struct SystemClock {
    start: Instant,
}

impl Default for SystemClock {
    fn default() -> Self {
        Self { start: Instant::now() }
    }
}

impl Clock for SystemClock {
    fn now_ms(&self) -> i64 {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX)
    }

    fn running(&self) -> Duration {
        self.start.elapsed()
    }

    fn sleep(&self, span: Duration) -> Pending<'static, ()> {
        Box::pin(tokio::time::sleep(span))
    }
}
