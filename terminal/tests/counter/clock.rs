//! A clock worked by hand: time passes only where a test lets it.

use madoguchi_terminal::clock::{Clock, Pending};
use std::sync::Mutex;
use std::time::Duration;
use tokio::sync::oneshot;

pub(crate) struct HandClock {
    /// What this PC's clock shows at the start; it may be wrong.
    starts_at_ms: i64,
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    passed: Duration,
    sleepers: Vec<(Duration, oneshot::Sender<()>)>,
}

impl HandClock {
    pub(crate) fn starting_at(starts_at_ms: i64) -> Self {
        Self { starts_at_ms, inside: Mutex::default() }
    }

    /// Time passes; whoever slept until now wakes.
    pub(crate) fn pass(&self, span: Duration) {
        let mut inside = self.inside.lock().unwrap();
        inside.passed += span;
        let passed = inside.passed;
        for (_, sleeper) in inside.sleepers.extract_if(.., |(wakes_at, _)| *wakes_at <= passed) {
            let _ = sleeper.send(());
        }
    }
}

impl Clock for HandClock {
    fn now_ms(&self) -> i64 {
        self.starts_at_ms + i64::try_from(self.running().as_millis()).unwrap()
    }

    fn running(&self) -> Duration {
        self.inside.lock().unwrap().passed
    }

    fn sleep(&self, span: Duration) -> Pending<'static, ()> {
        let (sender, receiver) = oneshot::channel();
        let mut inside = self.inside.lock().unwrap();
        let wakes_at = inside.passed + span;
        inside.sleepers.push((wakes_at, sender));
        Box::pin(async move {
            // A clock that is gone lets nobody wait for ever.
            let _ = receiver.await;
        })
    }
}
