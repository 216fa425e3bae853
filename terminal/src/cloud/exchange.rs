//! One typed request and its typed answer over a line.

use super::fault::CloudFault;
use super::line::{CloudLine, Message};
use madoguchi_wire::terminal_api::Problem;
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

/// Sends `request` to a route and reads its answer.
pub(crate) async fn ask<Q: Serialize, A: DeserializeOwned>(
    line: &dyn CloudLine,
    route: &'static str,
    token: Option<Zeroizing<String>>,
    request: &Q,
) -> Result<A, CloudFault> {
    let garbled = |status| CloudFault::Garbled { route, status };
    let body = Zeroizing::new(serde_json::to_vec(request).map_err(|_| garbled(0))?);
    let reply = line.carry(Message { route, token, body }).await?;
    if reply.status == 200 {
        return serde_json::from_slice(&reply.body).map_err(|_| garbled(200));
    }
    match serde_json::from_slice::<Problem>(&reply.body) {
        Ok(problem) => Err(CloudFault::Problem(problem)),
        Err(_) => Err(garbled(reply.status)),
    }
}
