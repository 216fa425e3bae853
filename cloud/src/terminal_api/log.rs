//! One structured line per request: route, status, code, terminal, milliseconds. Nothing personal.
//!
//! What went well is logged at `debug`, since at a full counter that is thousands of lines a second;
//! what did not at `info`. The cause of a failure is logged where it happened.

use super::caller::LoggedTerminal;
use super::problem::LoggedCode;
use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;

pub(super) async fn log(mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    // The route as declared: a path somebody made up may hold anything.
    let route = request.extensions().get::<MatchedPath>().cloned();
    let caller = LoggedTerminal::default();
    request.extensions_mut().insert(caller.clone());
    let response = next.run(request).await;
    let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let route = route.as_ref().map_or("-", MatchedPath::as_str);
    let status = response.status().as_u16();
    let terminal = caller.0.get().map(tracing::field::display);
    if let Some(LoggedCode(code)) = response.extensions().get() {
        tracing::info!(route, status, code = code.number(), terminal, ms, "declined");
    } else {
        tracing::debug!(route, status, terminal, ms, "answered");
    }
    response
}
