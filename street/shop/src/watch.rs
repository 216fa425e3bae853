//! The watched folder: what comes is taken in by itself, whoever stands at the counter.
//!
//! A plain look at the folder: shares tell nobody of new files. What stands in the way is told once, when it begins, and
//! once when it is over: points wait in a folder that nobody can write, and a share may be away for a night.

use crate::receive::Pass;
use crate::shop::{Open, Shop, lock};
use madoguchi_desk::clock::Clock;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::street::{MergesReceived, StreetNotice};
use std::sync::{Arc, Weak};
use std::time::Duration;

/// How often it is looked at.
const EVERY: Duration = Duration::from_secs(3);

/// Watches for as long as the counter is open; it holds nothing open by itself.
pub(crate) async fn watch(open: Weak<Open>, clock: Arc<dyn Clock>) {
    let mut told = InTheWay::default();
    loop {
        clock.sleep(EVERY).await;
        let Some(shop) = open.upgrade().map(Shop) else { return };
        if !lock(&shop.0.preferences).settings.watch {
            told = InTheWay::default();
            continue;
        }
        let looked = shop.blocking(|open| Ok(open.look())).await;
        let Ok(Some(received)) = looked else { continue };
        let in_the_way = InTheWay::of(&received);
        if in_the_way != told {
            let code = received.failure.as_ref().map(|failure| failure.number.as_str());
            tracing::info!(
                code,
                unreadable = received.unreadable,
                "what is in the way of the watched folder"
            );
        }
        if in_the_way != told || !received.files.is_empty() {
            shop.0.tell(StreetNotice::Received(received));
        }
        told = in_the_way;
    }
}

/// Why not everything that lies in the folder is taken in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct InTheWay {
    failure: Option<ErrorCode>,
    unreadable: u32,
    /// Alarms of files that stay; every other one is told with its file.
    other_content: u32,
}

impl InTheWay {
    fn of(received: &MergesReceived) -> Self {
        Self {
            failure: received.failure.as_ref().map(|failure| failure.code),
            unreadable: received.unreadable,
            other_content: if received.unreadable > 0 { received.other_content } else { 0 },
        }
    }
}

impl Open {
    /// One look; nothing where there is no counter, which the window says already.
    fn look(&self) -> Option<MergesReceived> {
        let working = self.working().ok()?;
        let received = self.receive(&working, Pass::Watched);
        Some(received.unwrap_or_else(|failure| self.nothing_for(failure)))
    }

    fn nothing_for(&self, failure: Failure) -> MergesReceived {
        MergesReceived {
            at_ms: self.now_ms(),
            files: Vec::new(),
            received: 0,
            points: 0,
            already_received: 0,
            set_aside: 0,
            other_content: 0,
            unreadable: 0,
            failure: Some(failure),
        }
    }
}
