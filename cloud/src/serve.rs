//! Serving: listening, TLS, and a shutdown that finishes what was begun.
//!
//! Belongs here: sockets and signals. Does not belong here: what is answered.

mod tls;

pub use tls::{TlsError, TlsListener};

use crate::cloud::Cloud;
use crate::ledger::lapse_job::{NotLapsed, lapse_due_lots, lapse_due_tickets};
use crate::operator::{OperatorError, ticket};
use crate::settings::Settings;
use crate::terminal_api;
use axum::Router;
use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use jiff::civil::Date;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;

/// How often the rates forget who has been quiet.
const FORGET_EVERY: Duration = Duration::from_mins(1);

/// How often the day is looked at, for lots whose last day has passed.
const LOOK_AT_DAY_EVERY: Duration = Duration::from_mins(1);

/// How long requests already taken may still last when serving ends.
const FINISH_WITHIN: Duration = Duration::from_secs(15);

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
    let beside = [
        tokio::spawn(forget_quiet_ones(Arc::clone(&cloud))),
        tokio::spawn(lapse_every_day(Arc::clone(&cloud))),
    ];
    tracing::info!(%address, name = cloud.name, demo = settings.demo, tls = settings.tls.is_some(), "serving");
    let end = told_to_end().map_err(listen_error)?;
    let served = match &settings.tls {
        Some(files) => on(TlsListener::new(listener, files)?, router, end).await,
        None => on(PlainListener(listener), router, end).await,
    };
    beside.iter().for_each(JoinHandle::abort);
    tracing::info!("no more requests; closing");
    served.map_err(listen_error)
}

/// Serves a router on a listener until `end`; requests already taken are answered, but a client that
/// never finishes its request keeps the cloud open for so long only.
pub async fn on<L>(
    listener: L,
    router: Router,
    end: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()>
where
    L: Listener<Addr = SocketAddr>,
    Peer: for<'a> Connected<IncomingStream<'a, L>>,
{
    let (ending, mut ended) = tokio::sync::watch::channel(());
    let service = router.into_make_service_with_connect_info::<Peer>();
    let served = axum::serve(listener, service).with_graceful_shutdown(async move {
        end.await;
        // The other side waits for as long as this serves.
        let _ = ending.send(());
    });
    let patience = async move {
        let _ = ended.changed().await;
        tokio::time::sleep(FINISH_WITHIN).await;
    };
    tokio::select! {
        served = served.into_future() => served,
        () = patience => Ok(()),
    }
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

/// Books what lapsed, at the start and when a new day begins in Japan. A day that could not be finished
/// is tried again a minute later.
async fn lapse_every_day(cloud: Arc<Cloud>) {
    let mut turns = tokio::time::interval(LOOK_AT_DAY_EVERY);
    let mut done_for = None;
    loop {
        turns.tick().await;
        let today = cloud.clock.today();
        if done_for == Some(today) {
            continue;
        }
        tidy(&cloud).await;
        match lapse(&cloud, today).await {
            Ok((lots, tickets)) => {
                tracing::info!(%today, lots, tickets, "lapsed");
                done_for = Some(today);
            }
            Err(error) => tracing::error!(%today, %error, "what should have lapsed still stands"),
        }
    }
}

async fn lapse(cloud: &Cloud, today: Date) -> Result<(usize, usize), NotLapsed> {
    let lots = lapse_due_lots(&cloud.ledger, today).await?;
    Ok((lots, lapse_due_tickets(&cloud.ledger, today).await?))
}

/// What is kept no longer than it is needed; what cannot be tidied today is tomorrow.
async fn tidy(cloud: &Cloud) {
    let now_ms = cloud.clock.now_ms();
    match cloud.database.write(move |write| ticket::tidy(write, now_ms)).await {
        Ok(keys) => tracing::info!(keys, "ticket keys that nothing needs any more are destroyed"),
        Err(error) => tracing::error!(error = %OperatorError::from(error), "old ticket keys still stand"),
    }
}
