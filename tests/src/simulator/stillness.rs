//! Stillness: the moment when nothing goes on by itself any more, and chance has the next word.
//!
//! A run has one thread and one more for what blocks (disk, card), and tokio's time stands still. A
//! pause of tokio's ends only when every task waits and nothing blocks; then, and only then, tokio
//! moves its time forward. The world's time ([`super::time`]) is another one, and tokio knows nothing
//! of it.

use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

/// A runtime in which stillness can be waited for. Whatever blocks does so one after the other, in the
/// order in which it was begun.
pub fn runtime() -> std::io::Result<Runtime> {
    Builder::new_current_thread().enable_all().start_paused(true).max_blocking_threads(1).build()
}

/// Waits until everything that can go on has gone on.
pub async fn comes() {
    tokio::time::sleep(Duration::from_millis(1)).await;
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
}
