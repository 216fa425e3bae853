//! The watched folder: what comes is taken in by itself, whoever stands at the counter.
//!
//! A plain look at the folder: shares tell nobody of new files. A share that is away for the night is no news.

use crate::receive::Pass;
use crate::shop::{Open, Shop, lock};
use madoguchi_desk::clock::Clock;
use madoguchi_wire::window::street::{MergesReceived, StreetNotice};
use std::sync::{Arc, Weak};
use std::time::Duration;

/// How often it is looked at.
const EVERY: Duration = Duration::from_secs(3);

/// Watches for as long as the counter is open; it holds nothing open by itself.
pub(crate) async fn watch(open: Weak<Open>, clock: Arc<dyn Clock>) {
    loop {
        clock.sleep(EVERY).await;
        let Some(shop) = open.upgrade().map(Shop) else { return };
        if !lock(&shop.0.preferences).settings.watch {
            continue;
        }
        let looked = shop.blocking(|open| open.receive(&*open.working()?, Pass::Watched)).await;
        match looked {
            Ok(received) if is_news(&received) => shop.0.tell(StreetNotice::Received(received)),
            Ok(_) => {}
            Err(failure) => tracing::debug!(code = failure.number, "the folder could not be watched"),
        }
    }
}

fn is_news(received: &MergesReceived) -> bool {
    !received.files.is_empty()
}
