//! What the cloud said.

use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{OperationAnswer, OperationDone, Problem, Refusal};
use reqwest::StatusCode;
use serde::de::DeserializeOwned;

/// Status and body of one answer.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) retry_after: Option<String>,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) async fn of(response: reqwest::Response) -> reqwest::Result<Self> {
        let retry_after =
            response.headers().get("retry-after").and_then(|value| value.to_str().ok()).map(str::to_owned);
        Ok(Self { status: response.status(), retry_after, body: response.text().await? })
    }

    /// The body of a 200.
    #[track_caller]
    pub(crate) fn ok<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        serde_json::from_str(&self.body).unwrap()
    }

    /// The operation took place.
    #[track_caller]
    pub(crate) fn done(&self) -> OperationDone {
        match self.ok() {
            OperationAnswer::Done(done) => done,
            OperationAnswer::Refused(refusal) => panic!("refused: {refusal:?}"),
        }
    }

    /// The operation was refused for ever.
    #[track_caller]
    pub(crate) fn refused(&self) -> Refusal {
        match self.ok() {
            OperationAnswer::Refused(refusal) => refusal,
            OperationAnswer::Done(done) => panic!("done: {done:?}"),
        }
    }

    /// Nothing final was said.
    #[track_caller]
    pub(crate) fn problem(&self) -> Problem {
        assert_ne!(self.status, StatusCode::OK, "{}", self.body);
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no problem in: {}", self.body))
    }

    /// The problem's code, with its HTTP status.
    #[track_caller]
    pub(crate) fn code(&self) -> (u16, ErrorCode) {
        (self.status.as_u16(), self.problem().code)
    }
}
