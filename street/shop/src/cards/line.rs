//! One call to Madoguchi on the same PC, over a connection of its own (docs/bridge.md).
//!
//! A connection for each call: whose its other end is, is asked of the very connection that the token goes over, and
//! hanging up is how a wait ends.

use crate::parts::Bridge;
use http_body_util::{BodyExt, Limited};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use madoguchi_wire::bridge::BridgeProblem;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

/// How long a connection may take to come about; it stays within this PC.
const CONNECT_WITHIN: Duration = Duration::from_secs(3);
/// How soon whose it is is looked for again: before the other end has taken it up, the system names no owner.
const LOOK_AGAIN: Duration = Duration::from_millis(20);
/// The biggest answer, in bytes; they have a few hundred.
const BIGGEST_ANSWER: usize = 64 * 1024;

/// Why there is no answer.
pub(super) enum NoAnswer {
    /// Nobody is there, or somebody else than this user's own program.
    NotThere,
    /// What came is none.
    NotUnderstood,
    /// Madoguchi said why not.
    Problem(Box<BridgeProblem>),
}

/// Asks, and waits for the answer at most so long. Dropped, it hangs up.
pub(super) async fn ask<Q: Serialize, A: DeserializeOwned>(
    bridge: &Bridge,
    path: &str,
    token: Option<&str>,
    request: &Q,
    within: Duration,
) -> Result<A, NoAnswer> {
    let body = serde_json::to_string(request).map_err(|_| NoAnswer::NotUnderstood)?;
    let host = bridge.address.to_string();
    let mut asked = Request::post(path).header(HOST, host).header(CONTENT_TYPE, "application/json");
    if let Some(token) = token {
        asked = asked.header(AUTHORIZATION, format!("Bearer {token}"));
    }
    let asked = asked.body(body).map_err(|_| NoAnswer::NotUnderstood)?;
    let stream = connect(bridge).await?;
    let shaken = http1::handshake(TokioIo::new(stream)).await;
    let (sender, connection) = shaken.map_err(|_| NoAnswer::NotThere)?;
    // The connection ends with the one who asks: the sender is dropped with the answer.
    let exchange = async { tokio::join!(send(sender, asked), connection).0 };
    let (status, bytes) = timeout(within, exchange).await.map_err(|_| NoAnswer::NotThere)??;
    if status == StatusCode::OK {
        return serde_json::from_slice(&bytes).map_err(|_| NoAnswer::NotUnderstood);
    }
    let problem = serde_json::from_slice(&bytes).map_err(|_| NoAnswer::NotUnderstood)?;
    Err(NoAnswer::Problem(Box::new(problem)))
}

async fn send(
    mut sender: SendRequest<String>,
    asked: Request<String>,
) -> Result<(StatusCode, Vec<u8>), NoAnswer> {
    let answer = sender.send_request(asked).await.map_err(|_| NoAnswer::NotThere)?;
    let status = answer.status();
    let body = Limited::new(answer.into_body(), BIGGEST_ANSWER).collect().await;
    Ok((status, body.map_err(|_| NoAnswer::NotUnderstood)?.to_bytes().to_vec()))
}

/// A connection to a program of this very user; anybody's may sit at the port while Madoguchi does not run.
async fn connect(bridge: &Bridge) -> Result<TcpStream, NoAnswer> {
    let connected = timeout(CONNECT_WITHIN, TcpStream::connect(bridge.address)).await;
    let stream = connected.map_err(|_| NoAnswer::NotThere)?.map_err(|_| NoAnswer::NotThere)?;
    let here = stream.local_addr().map_err(|_| NoAnswer::NotThere)?;
    let address = bridge.address;
    let is_own = async {
        loop {
            let peers = Arc::clone(&bridge.peers);
            match tokio::task::spawn_blocking(move || peers.is_own_user(here, address)).await {
                Ok(Ok(true)) => return true,
                Ok(Ok(false)) => sleep(LOOK_AGAIN).await,
                Ok(Err(fault)) => {
                    tracing::error!(%fault, "whose program sits at Madoguchi's port cannot be found out");
                    return false;
                }
                Err(_) => return false,
            }
        }
    };
    if timeout(bridge.taken_up_within, is_own).await != Ok(true) {
        tracing::warn!("a program that is not this user's sits at Madoguchi's port");
        return Err(NoAnswer::NotThere);
    }
    Ok(stream)
}
