//! The body of a request: so big at most, and there in so much time.

use crate::problem::{Refused, because};
use axum::body::{Body, to_bytes};
use axum::http::StatusCode;
use madoguchi_wire::failure::ErrorCode;
use std::time::Duration;

/// In bytes.
const BIGGEST: usize = 4 * 1024;
/// Within this PC it takes no time at all; a connection whose body never comes is somebody else's place.
const WITHIN: Duration = Duration::from_secs(10);

/// The body as a whole.
pub(crate) async fn received(body: Body) -> Result<Body, Refused> {
    let refused = |status| because(status, ErrorCode::BridgeCallUnknown);
    let bytes = tokio::time::timeout(WITHIN, to_bytes(body, BIGGEST)).await;
    let bytes = bytes.map_err(|_| refused(StatusCode::REQUEST_TIMEOUT))?;
    // One that ends too early has nobody who would read the answer.
    bytes.map(Body::from).map_err(|_| refused(StatusCode::PAYLOAD_TOO_LARGE))
}
