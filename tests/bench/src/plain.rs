//! Plain uses on PostgreSQL: a transaction for each, on whichever of many connections is free, with a row
//! for the key, one for the resident and one for the shop. What a cloud would do that posts no batches,
//! after everything else that the cloud does: the echo runs before each of them.

use crate::Trouble;
use crate::random::Random;
use crate::town::{PER_LOT, PER_USE, SHOPS};
use crate::uses::TOWN;
use axum::Router;
use axum::extract::Request;
use axum::http::header::AUTHORIZATION;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use madoguchi_wire::terminal_api::{TOKEN_SCHEME, route};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;
use tokio_postgres::{Client, NoTls, Statement};
use tower::Service;

/// As many as there are clients at the most.
const CONNECTIONS: usize = 64;
/// The busy one is the last.
const ALL_SHOPS: i64 = SHOPS as i64 + 1;

const TABLES: &str = "create table plain_resident (id bigint primary key, points bigint not null);
     create table plain_shop (id bigint primary key, owed bigint not null) with (fillfactor = 50);
     create table plain_use (key bytea primary key, resident bigint not null, shop bigint not null,
         points bigint not null, at timestamptz not null default now());";

/// The connections, and who comes next.
struct Plain {
    echo: Router,
    free: Semaphore,
    connections: Mutex<Vec<Connection>>,
    next: AtomicU64,
}

struct Connection {
    client: Client,
    note: Statement,
    take: Statement,
    give: Statement,
}

/// The router with a route `plain` beside its `echo`.
pub(crate) async fn beside(router: Router, address: &str) -> Result<Router, Trouble> {
    set_up(address).await?;
    let mut connections = Vec::with_capacity(CONNECTIONS);
    for _ in 0..CONNECTIONS {
        connections.push(Connection::open(address).await?);
    }
    let plain = Arc::new(Plain {
        echo: router.clone(),
        free: Semaphore::new(CONNECTIONS),
        connections: Mutex::new(connections),
        next: AtomicU64::new(0),
    });
    Ok(router.route(&route("plain"), post(move |request| plain.clone().answer(request))))
}

async fn set_up(address: &str) -> Result<(), Trouble> {
    let client = connect(address).await?;
    client.batch_execute(TABLES).await?;
    let rows = format!(
        "insert into plain_resident select id, {} from generate_series(1, {}) id;
         insert into plain_shop select id, 0 from generate_series(1, {ALL_SHOPS}) id;
         vacuum analyze plain_resident; vacuum analyze plain_shop",
        2 * PER_LOT,
        TOWN.residents
    );
    for statement in rows.split(';') {
        client.batch_execute(statement).await?;
    }
    Ok(())
}

async fn connect(address: &str) -> Result<Client, Trouble> {
    let (client, line) = tokio_postgres::connect(address, NoTls).await?;
    // What breaks it is seen by the statement that needs it.
    tokio::spawn(line);
    Ok(client)
}

impl Connection {
    async fn open(address: &str) -> Result<Self, Trouble> {
        let client = connect(address).await?;
        let note = client
            .prepare("insert into plain_use (key, resident, shop, points) values ($1, $2, $3, $4)")
            .await?;
        let take = client
            .prepare("update plain_resident set points = points - $1 where id = $2 and points >= $1")
            .await?;
        let give = client.prepare("update plain_shop set owed = owed + $1 where id = $2").await?;
        Ok(Self { client, note, take, give })
    }

    async fn posts(&self, number: u64, shop: i64) -> Result<(), tokio_postgres::Error> {
        let mut random = Random::from_seed(number);
        let key = [random.next().to_be_bytes(), random.next().to_be_bytes()].concat();
        let resident = i64::from(random.below(TOWN.residents)) + 1;
        self.client.batch_execute("begin").await?;
        self.client.execute(&self.note, &[&key, &resident, &shop, &PER_USE]).await?;
        self.client.execute(&self.take, &[&PER_USE, &resident]).await?;
        self.client.execute(&self.give, &[&PER_USE, &shop]).await?;
        self.client.batch_execute("commit").await
    }
}

impl Plain {
    async fn answer(self: Arc<Self>, mut request: Request) -> Response {
        let shop = shop_of(&request).unwrap_or(1);
        *request.uri_mut() = Uri::try_from(route("echo")).unwrap_or_default();
        let mut echo = self.echo.clone();
        let echoed = echo.call(request).await.unwrap_or_else(|never| match never {});
        match self.post(shop).await {
            Ok(()) => echoed,
            Err(trouble) => (StatusCode::INTERNAL_SERVER_ERROR, trouble.to_string()).into_response(),
        }
    }

    async fn post(&self, shop: i64) -> Result<(), Trouble> {
        let _turn = self.free.acquire().await?;
        let connection = self.connections.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = connection.ok_or("a connection for each turn")?;
        let posted = connection.posts(self.next.fetch_add(1, Ordering::Relaxed), shop).await;
        self.connections.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        Ok(posted?)
    }
}

/// The shop in which the terminal stands: its token begins with its place among all of the town.
fn shop_of(request: &Request) -> Option<i64> {
    let token = request.headers().get(AUTHORIZATION)?.to_str().ok()?.strip_prefix(TOKEN_SCHEME)?;
    let place = i64::from(u32::from_str_radix(token.get(..8)?, 16).ok()?);
    Some((place + 1).min(ALL_SHOPS))
}
