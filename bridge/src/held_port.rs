//! The port where the system holds it for this program (docs/bridge.md, On the first call).
//!
//! Belongs here: that it was handed over, or went back. Does not belong here: how that happens (a driver).

use std::io;
use std::net::TcpListener as SystemListener;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;

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
