//! Why there is no answer, in HTTP.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use madoguchi_wire::bridge::BridgeProblem;
use madoguchi_wire::failure::{ErrorCode, Failure};

/// A request that is not answered, and why.
#[derive(Debug)]
pub(crate) struct Refused {
    status: StatusCode,
    failure: Box<Failure>,
    retry_after_s: Option<u64>,
}

/// Refused for a reason that needs no values.
pub(crate) fn because(status: StatusCode, code: ErrorCode) -> Refused {
    Refused { status, failure: Box::new(Failure::of(code)), retry_after_s: None }
}

impl Refused {
    /// Asked too often; one may ask again after so many seconds.
    pub(crate) fn for_now(seconds: u64) -> Self {
        let values = [("seconds", seconds.to_string().into())];
        let failure = Box::new(Failure::with(ErrorCode::TooManyRequests, &values));
        Self { status: StatusCode::TOO_MANY_REQUESTS, failure, retry_after_s: Some(seconds) }
    }
}

/// What the terminal says no to. What can be put right at the counter is 409, what passes by itself 503.
impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        let status = match failure.code {
            ErrorCode::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            ErrorCode::PairingCodeWrong | ErrorCode::ProgramNotPaired => StatusCode::UNAUTHORIZED,
            ErrorCode::CloudUnreachable
            | ErrorCode::CloudBusy
            | ErrorCode::CloudFailed
            | ErrorCode::SessionEnded
            | ErrorCode::Unforeseen => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::CONFLICT,
        };
        let passes = matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE);
        let retry_after_s = failure.retry_after_s.filter(|_| passes);
        Self { status, failure: Box::new(failure), retry_after_s }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let Self { status, failure, retry_after_s } = self;
        let mut response = (status, Json(BridgeProblem::from(*failure))).into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
