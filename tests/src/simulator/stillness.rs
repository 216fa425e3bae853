//! Stillness: the moment when nothing goes on by itself any more, and chance has the next word.
//!
//! A run has one thread and one more for what blocks (disk, card), and tokio's time stands still. A
//! pause of tokio's ends only when every task waits and nothing blocks; then, and only then, tokio
//! moves its time forward. The world's time ([`super::time`]) is another one, and tokio knows nothing
//! of it.

use std::thread;
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Handle, Runtime};

/// How long, by a real clock, the run may take until it waits for what blocks.
const PATIENCE: Duration = Duration::from_secs(30);
/// From one look at the run to the next.
const LOOK: Duration = Duration::from_micros(50);

/// A runtime in which stillness can be waited for. Whatever blocks does so one after the other, in the
/// order in which it was begun, and begins when all else has gone on: which of two threads is faster is up to
/// this computer and must not decide what the world becomes.
pub fn runtime() -> std::io::Result<Runtime> {
    Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .max_blocking_threads(1)
        // A new thread for what blocks next, so that it begins by waiting.
        .thread_keep_alive(Duration::ZERO)
        .on_thread_start(but_for_this_write)
        .build()
}

/// Waits until everything that can go on has gone on.
pub async fn comes() {
    tokio::time::sleep(Duration::from_millis(1)).await;
}

/// Waits, on the thread for what blocks, until the run can go on with nothing but that.
pub fn but_for_this_write() {
    let Ok(run) = Handle::try_current() else { return };
    let began = Instant::now();
    // Odd while the thread of the run sleeps.
    while run.metrics().worker_park_unpark_count(0).is_multiple_of(2) {
        assert!(began.elapsed() < PATIENCE, "the run does not come to rest");
        thread::sleep(LOOK);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[test]
    fn stillness_comes_after_everything_that_goes_on_by_itself() {
        let done = Arc::new(AtomicU32::new(0));
        let count = Arc::clone(&done);
        runtime().unwrap().block_on(async {
            tokio::spawn(async move {
                for _ in 0..100 {
                    let counting = Arc::clone(&count);
                    let blocks = move || counting.fetch_add(1, Ordering::SeqCst);
                    tokio::task::spawn_blocking(blocks).await.unwrap();
                    tokio::task::yield_now().await;
                }
            });
            comes().await;
            assert_eq!(done.load(Ordering::SeqCst), 100);
        });
    }

    #[test]
    fn what_blocks_can_wait_until_everything_else_has_gone_on() {
        let done = Arc::new(AtomicU32::new(0));
        let (count, seen) = (Arc::clone(&done), Arc::clone(&done));
        runtime().unwrap().block_on(async {
            let blocks = tokio::task::spawn_blocking(move || {
                but_for_this_write();
                seen.load(Ordering::SeqCst)
            });
            tokio::spawn(async move {
                for _ in 0..1_000 {
                    count.fetch_add(1, Ordering::SeqCst);
                    tokio::task::yield_now().await;
                }
            });
            assert_eq!(blocks.await.unwrap(), 1_000);
        });
    }
}
