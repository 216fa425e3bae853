//! Waiting for a condition, never longer than said.

use super::trouble::Trouble;
use std::future::Future;
use std::time::{Duration, Instant};

/// How often a condition that cannot announce itself is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Blocks until `condition` holds.
pub fn until(what: &str, limit: Duration, mut condition: impl FnMut() -> bool) -> Result<(), Trouble> {
    let deadline = Instant::now() + limit;
    while !condition() {
        if Instant::now() > deadline {
            return Err(Trouble::waited_in_vain(what, limit));
        }
        std::thread::sleep(LOOK_EVERY);
    }
    Ok(())
}

/// Waits until `attempt` gives something.
pub async fn until_some<T, F>(
    what: &str,
    limit: Duration,
    mut attempt: impl FnMut() -> F,
) -> Result<T, Trouble>
where
    F: Future<Output = Option<T>>,
{
    let deadline = Instant::now() + limit;
    loop {
        // One attempt may itself hang.
        let left = deadline.saturating_duration_since(Instant::now());
        let found = tokio::time::timeout(left, attempt()).await.ok().flatten();
        match found {
            Some(found) => return Ok(found),
            None if Instant::now() > deadline => return Err(Trouble::waited_in_vain(what, limit)),
            None => tokio::time::sleep(LOOK_EVERY).await,
        }
    }
}
