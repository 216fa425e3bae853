//! The load: so many clients, each with one connection kept open, each sending its next request as
//! soon as the last one is answered.
//!
//! It runs on the same processors as the cloud, in one thread of another process; its cost is part of
//! the echo's figure as of every other.

mod connection;
mod pile;
mod round;
mod visitors;

pub(crate) use pile::Pile;
pub(crate) use round::{Round, Rounds, median};
pub(crate) use visitors::{Route, Visitors};

use crate::Trouble;
use connection::Connection;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// One kind of load.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    pub(crate) clients: usize,
    /// Not measured: connections open, sessions become known, pages are read.
    pub(crate) warm_up: Duration,
    pub(crate) measured: Duration,
}

impl Load {
    /// Puts the load on a cloud and says what came of it.
    #[tokio::main(flavor = "current_thread")]
    pub(crate) async fn on(
        self,
        cloud: SocketAddr,
        route: Route,
        visitors: &Visitors,
    ) -> Result<Round, Trouble> {
        let began = Instant::now() + self.warm_up;
        let mut clients: JoinSet<Result<Answered, Trouble>> = JoinSet::new();
        for client in 0..self.clients {
            let visitors = visitors.of_client(client);
            let connection = Connection::open(cloud).await?;
            clients.spawn(one_client(connection, route, visitors, (began, began + self.measured)));
        }
        let mut all = Answered::default();
        while let Some(client) = clients.join_next().await {
            let client = client??;
            all.latencies.extend(client.latencies);
            all.count += client.count;
        }
        Round::of(all.latencies, self.measured, all.count)
    }
}

/// What one client was answered.
#[derive(Default)]
struct Answered {
    /// Of those answered after the warm-up.
    latencies: Vec<Duration>,
    /// Of all.
    count: usize,
}

/// Sends until the end.
async fn one_client(
    mut connection: Connection,
    route: Route,
    mut visitors: Visitors,
    (begin, end): (Instant, Instant),
) -> Result<Answered, Trouble> {
    let mut all = Answered { latencies: Vec::with_capacity(64 * 1024), count: 0 };
    loop {
        let request = visitors.next(route)?;
        let sent = Instant::now();
        connection.send(request).await?;
        let answered = Instant::now();
        all.count += 1;
        if answered >= end {
            return Ok(all);
        }
        if answered >= begin {
            all.latencies.push(answered - sent);
        }
    }
}
