//! What another process changed, and a running cloud must know within a second.

use super::reply::Reply;
use madoguchi_wire::failure::ErrorCode;
use std::time::{Duration, Instant};

/// By when a change made by another process must hold.
pub(crate) const WITHIN: Duration = Duration::from_secs(1);

/// Asks again and again until the answer is the expected one: a failure's code, or success. The change was
/// made just before. Whoever begins to ask later than a second after it must hear of it; how long an answer
/// takes on a busy machine is another matter.
pub(crate) async fn soon(expected: Option<ErrorCode>, ask: impl AsyncFn() -> Reply) {
    let changed = Instant::now();
    loop {
        let is_late = changed.elapsed() > WITHIN;
        let reply = ask().await;
        let code = (!reply.status.is_success()).then(|| reply.problem().code);
        if code == expected {
            return;
        }
        assert!(!is_late, "{code:?} instead of {expected:?}, asked after a second");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
