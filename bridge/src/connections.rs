//! The port and the connections on it: taken exclusively, this user's own programs only, bounded.

use crate::admission::Border;
use crate::held_port::{Asking, HeldPort};
use crate::limits::Limits;
use crate::{Bridge, api};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use madoguchi_port::peer::LocalPeers;
use madoguchi_terminal::Programs;
use madoguchi_wire::window::BridgeStanding;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;

/// How many connections are open at once; the next one waits until one is closed.
const CONNECTIONS: usize = 256;
/// How long a request's head may take.
const HEAD_WITHIN: Duration = Duration::from_secs(10);
/// The biggest head of a request, in bytes.
const BIGGEST_HEAD: usize = 16 * 1024;
/// How long to wait before the next connection where the system has none to give.
const BREATHE: Duration = Duration::from_millis(100);

/// How long before the port is tried again.
const TRY_AGAIN: Duration = Duration::from_secs(5);

/// Why there is no loopback API.
#[derive(Debug, thiserror::Error)]
pub enum PortNotClaimed {
    /// Another program sits there.
    #[error("another program sits at the port")]
    Taken,
    /// The system gives no port.
    #[error("the port cannot be listened on: {0}")]
    Failed(io::Error),
}

/// Takes a port of the loopback interface for this program alone. Inside a tokio runtime.
pub async fn claim(port: u16) -> Result<TcpListener, PortNotClaimed> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(not_claimed)
}

/// A port that the system keeps to itself (a range that Windows reserves) is refused as what nobody may: nobody sits
/// there who could go.
fn not_claimed(error: io::Error) -> PortNotClaimed {
    if error.kind() == io::ErrorKind::AddrInUse {
        PortNotClaimed::Taken
    } else {
        PortNotClaimed::Failed(error)
    }
}

/// Takes the port and answers on it, until its future is dropped. Where somebody else sits there, that is
/// told, and tried again: it may go. Where that is the system, for this very program, it is asked for the port.
pub async fn keep_open(port: u16, mut held: HeldPort, programs: Programs, peers: Arc<dyn LocalPeers>) {
    let mut asking = Asking::default();
    loop {
        let standing = match take(port, &mut held).await {
            Ok(listener) => {
                asking = Asking::default();
                programs.stand(BridgeStanding::Open);
                tracing::info!(port, "other programs can ask");
                tokio::select! {
                    () = serve(listener, programs.clone(), Arc::clone(&peers)) => {}
                    // Handed over, or the system's again.
                    () = held.moves() => continue,
                }
                BridgeStanding::Failed
            }
            Err(PortNotClaimed::Taken) => {
                if asking.is_due(Instant::now()) {
                    held.ask();
                }
                BridgeStanding::PortTaken
            }
            Err(PortNotClaimed::Failed(error)) => {
                tracing::warn!(%error, "the port cannot be listened on");
                BridgeStanding::Failed
            }
        };
        programs.stand(standing);
        tokio::select! {
            () = tokio::time::sleep(TRY_AGAIN) => {}
            () = held.moves() => {}
        }
    }
}

/// The port that was handed over, else one of our own.
async fn take(port: u16, held: &mut HeldPort) -> Result<TcpListener, PortNotClaimed> {
    match held.handed_over() {
        Some(listener) => listener.map_err(PortNotClaimed::Failed),
        None => claim(port).await,
    }
}

/// Hangs up on whoever calls on a port that the system holds, until its future is dropped: the program runs, and
/// lets nobody ask.
pub async fn keep_closed(mut held: HeldPort) {
    loop {
        match held.handed_over() {
            Some(Ok(listener)) => tokio::select! {
                () = hang_up(listener) => {}
                () = held.moves() => {}
            },
            Some(Err(_)) | None => held.moves().await,
        }
    }
}

async fn hang_up(listener: TcpListener) {
    loop {
        if listener.accept().await.is_err() {
            tokio::time::sleep(BREATHE).await;
        }
    }
}

/// Answers other programs. Dropped, it closes every connection: whoever waits hears so at once.
pub async fn serve(listener: TcpListener, programs: Programs, peers: Arc<dyn LocalPeers>) {
    let Ok(here) = listener.local_addr() else { return };
    let bridge =
        Bridge { programs, border: Arc::new(Border::at(here.port())), limits: Arc::new(Limits::default()) };
    let router = api::router(bridge);
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let mut open = JoinSet::new();
    loop {
        while open.try_join_next().is_some() {}
        let Ok(place) = Arc::clone(&room).acquire_owned().await else { return };
        match listener.accept().await {
            Ok((connection, peer)) => {
                open.spawn(attend(connection, here, peer, router.clone(), Arc::clone(&peers), place));
            }
            Err(error) => {
                tracing::warn!(%error, "a connection was not taken");
                tokio::time::sleep(BREATHE).await;
            }
        }
    }
}

/// One connection, to its end. Who is not this user's own is hung up on without a word.
async fn attend(
    connection: TcpStream,
    here: SocketAddr,
    peer: SocketAddr,
    router: axum::Router,
    peers: Arc<dyn LocalPeers>,
    _place: OwnedSemaphorePermit,
) {
    let asked = tokio::task::spawn_blocking(move || peers.is_own_user(here, peer)).await;
    match asked {
        Ok(Ok(true)) => {}
        Ok(Ok(false)) => {
            tracing::warn!("a connection of another user of this PC was refused");
            return;
        }
        Ok(Err(fault)) => {
            tracing::error!(%fault, "a connection was refused");
            return;
        }
        Err(error) => {
            tracing::error!(%error, "a connection was refused");
            return;
        }
    }
    // Without it answers are only slower.
    let _ = connection.set_nodelay(true);
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .max_buf_size(BIGGEST_HEAD)
        .serve_connection(TokioIo::new(connection), TowerToHyperService::new(router))
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "a connection ended early");
    }
}

#[cfg(test)]
mod tests {
    use super::{PortNotClaimed, claim, not_claimed};
    use std::io::{self, ErrorKind};

    #[tokio::test]
    async fn a_port_is_taken_where_another_program_sits_and_not_where_the_system_refuses_it() {
        let taken = claim(0).await.unwrap();
        let again = claim(taken.local_addr().unwrap().port()).await;
        assert!(matches!(again, Err(PortNotClaimed::Taken)));
        let refused = not_claimed(io::Error::from(ErrorKind::PermissionDenied));
        assert!(matches!(refused, PortNotClaimed::Failed(_)));
    }
}
