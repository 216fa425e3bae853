//! The port where the system holds it for this program (docs/bridge.md, On the first call).
//!
//! Belongs here: that it was handed over, or went back. Does not belong here: how that happens (a driver).

use std::io;
use std::net::TcpListener as SystemListener;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How long whoever holds the port may take to hand it over before it is asked again: it may have come when the
/// counter before this one was still ending, and have gone with it.
const ASK_AGAIN_AFTER: Duration = Duration::from_mins(1);

/// What was handed over, while it is.
type HandedOver = Option<Arc<SystemListener>>;

/// The port as the system holds it, or does not.
#[derive(Clone)]
pub struct HeldPort {
    now: watch::Receiver<HandedOver>,
    ask: fn(),
}

/// Tells that the port was handed over, or went back.
#[derive(Clone)]
pub struct PortTeller(watch::Sender<HandedOver>);

/// When whoever holds the port was asked for it.
#[derive(Default)]
pub(crate) struct Asking {
    last: Option<Instant>,
}

impl Asking {
    /// Whether it is time to ask, which is then done.
    pub(crate) fn is_due(&mut self, now: Instant) -> bool {
        let is_due = self.last.is_none_or(|last| now.duration_since(last) >= ASK_AGAIN_AFTER);
        if is_due {
            self.last = Some(now);
        }
        is_due
    }
}

impl PortTeller {
    /// It was handed over; none: it is the system's again.
    pub fn tell(&self, port: Option<SystemListener>) {
        self.0.send_replace(port.map(Arc::new));
    }
}

impl HeldPort {
    /// A port that may be handed over; `ask` asks whoever holds it.
    pub fn asked_for_by(ask: fn()) -> (PortTeller, Self) {
        let (teller, now) = watch::channel(None);
        (PortTeller(teller), Self { now, ask })
    }

    /// A port that nobody holds for this program.
    pub fn by_nobody() -> Self {
        Self::asked_for_by(|| ()).1
    }

    /// The port, where it is handed over now. Inside a tokio runtime.
    pub(crate) fn handed_over(&mut self) -> Option<io::Result<TcpListener>> {
        let port = self.now.borrow_and_update().clone()?;
        let answered_on = || {
            let port = port.try_clone()?;
            port.set_nonblocking(true)?;
            TcpListener::from_std(port)
        };
        Some(answered_on())
    }

    /// It was handed over since it was last looked at, or went back.
    pub(crate) async fn moves(&mut self) {
        if self.now.changed().await.is_err() {
            // There is nobody who could tell.
            std::future::pending::<()>().await;
        }
    }

    /// Asks whoever holds it.
    pub(crate) fn ask(&self) {
        (self.ask)();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_holds_the_port_is_asked_at_once_and_then_every_minute() {
        let (mut asking, start) = (Asking::default(), Instant::now());
        let asked: Vec<u64> =
            (0..=180).step_by(5).filter(|s| asking.is_due(start + Duration::from_secs(*s))).collect();
        assert_eq!(asked, [0, 60, 120, 180]);
    }
}
