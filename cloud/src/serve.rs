//! Serving: listening, TLS, and a shutdown that finishes what was begun.
//!
//! Belongs here: sockets and signals. Does not belong here: what is answered.

mod tls;

pub use tls::{TlsError, TlsListener};

use crate::cloud::Cloud;
use crate::settings::Settings;
use crate::terminal_api;
use axum::Router;
use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};

/// How often the rates forget who has been quiet.
const FORGET_EVERY: Duration = Duration::from_secs(60);

/// Why serving ended.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address cannot be listened on, or the listening socket failed.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The TLS files cannot be used.
    #[error(transparent)]
    Tls(#[from] TlsError),
}

/// Serves until the process is told to end, and then finishes what was begun.
pub async fn until_told_to_end(cloud: Arc<Cloud>, settings: &Settings) -> Result<(), ServeError> {
    let listen_error = |source| ServeError::Listen { address: settings.listen, source };
    let listener = TcpListener::bind(settings.listen).await.map_err(listen_error)?;
    let address = listener.local_addr().map_err(listen_error)?;
    let router = terminal_api::router(Arc::clone(&cloud));
    let forgetting = tokio::spawn(forget_quiet_ones(Arc::clone(&cloud)));
    tracing::info!(%address, name = cloud.name, demo = settings.demo, tls = settings.tls.is_some(), "serving");
    let end = told_to_end().map_err(listen_error)?;
    let served = match &settings.tls {
        Some(files) => on(TlsListener::new(listener, files)?, router, end).await,
        None => on(PlainListener(listener), router, end).await,
    };
    forgetting.abort();
    tracing::info!("no more requests; closing");
    served.map_err(listen_error)
}

/// Serves a router on a listener until `end`; requests already taken are answered.
pub async fn on<L>(
    listener: L,
    router: Router,
    end: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()>
where
    L: Listener<Addr = SocketAddr>,
    Peer: for<'a> Connected<IncomingStream<'a, L>>,
{
    let service = router.into_make_service_with_connect_info::<Peer>();
    axum::serve(listener, service).with_graceful_shutdown(end).await
}

/// The address at the other end of a connection.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

impl Connected<IncomingStream<'_, PlainListener>> for Peer {
    fn connect_info(connection: IncomingStream<'_, PlainListener>) -> Self {
        Self(*connection.remote_addr())
    }
}

impl Connected<IncomingStream<'_, TlsListener>> for Peer {
    fn connect_info(connection: IncomingStream<'_, TlsListener>) -> Self {
        Self(*connection.remote_addr())
    }
}

/// A listener without TLS whose connections send small answers at once.
pub struct PlainListener(pub TcpListener);

impl Listener for PlainListener {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        let (connection, address) = Listener::accept(&mut self.0).await;
        // Without it answers are only slower.
        let _ = connection.set_nodelay(true);
        (connection, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

fn told_to_end() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

async fn forget_quiet_ones(cloud: Arc<Cloud>) {
    let mut turns = tokio::time::interval(FORGET_EVERY);
    loop {
        turns.tick().await;
        cloud.rates.forget_quiet_ones();
    }
}
