//! Reading a request's JSON: whole, of bounded size, exactly as declared, or `malformed`.

use super::problem::Declined;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use madoguchi_wire::failure::ErrorCode;
use serde::de::DeserializeOwned;

/// The largest body taken, in bytes. A use over eight accounts with its visit is below 1 KiB.
pub(super) const LARGEST_BODY: usize = 16 * 1024;

/// A request's body as its declared type.
pub(super) struct RequestBody<T>(pub(super) T);

impl<S, T> FromRequest<S> for RequestBody<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = Declined;

    async fn from_request(request: Request, state: &S) -> Result<Self, Declined> {
        let malformed = || Declined::because(ErrorCode::Malformed);
        let bytes = Bytes::from_request(request, state).await.map_err(|_| malformed())?;
        // What exactly is wrong goes to nobody: serde's message may quote the request.
        serde_json::from_slice(&bytes).map(Self).map_err(|_| malformed())
    }
}
