//! How a problem leaves the cloud: its HTTP status, its JSON, and `Retry-After` where waiting helps.

use crate::database::{self, NotRead, NotWritten};
use crate::keys::wrapped::KeyTrouble;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::Problem;
use std::error::Error;

/// How long to wait while more is asked than can be written or read, in seconds.
pub(super) const BUSY_FOR_S: u32 = 1;

/// A request that ends with a [`Problem`]: nothing final, nothing remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declined(pub Problem);

/// The problem's code, put into the response for the log.
#[derive(Debug, Clone, Copy)]
pub(super) struct LoggedCode(pub(super) ErrorCode);

impl Declined {
    /// With nothing more to say than the code.
    pub const fn because(code: ErrorCode) -> Self {
        Self(Problem::of(code))
    }

    /// With the seconds after which a new try makes sense.
    pub const fn for_now(code: ErrorCode, retry_after_s: u32) -> Self {
        Self(Problem { code, retry_after_s: Some(retry_after_s), field: None })
    }

    /// Because of one field of the request.
    pub fn field(code: ErrorCode, field: &str) -> Self {
        Self(Problem { code, retry_after_s: None, field: Some(field.to_owned()) })
    }

    /// Something the terminal can do nothing about; the cause goes to the log, once, here.
    pub fn failed(cause: &(dyn Error + 'static)) -> Self {
        let mut causes = cause.to_string();
        let mut source = cause.source();
        while let Some(deeper) = source {
            causes = format!("{causes}: {deeper}");
            source = deeper.source();
        }
        tracing::error!(cause = causes, "a request could not be finished");
        Self::because(ErrorCode::CloudFailed)
    }
}

impl From<database::Error> for Declined {
    fn from(error: database::Error) -> Self {
        if error.is_passing() {
            tracing::warn!(%error, "the database is away");
            return Self::for_now(ErrorCode::CloudBusy, BUSY_FOR_S);
        }
        Self::failed(&error)
    }
}

impl From<NotRead<Declined>> for Declined {
    fn from(error: NotRead<Declined>) -> Self {
        match error {
            NotRead::Failed(declined) => declined,
            NotRead::Busy => Self::for_now(ErrorCode::CloudBusy, BUSY_FOR_S),
        }
    }
}

impl From<KeyTrouble> for Declined {
    fn from(trouble: KeyTrouble) -> Self {
        match trouble {
            KeyTrouble::Database(error) => error.into(),
            trouble => Self::failed(&trouble),
        }
    }
}

impl From<NotWritten<KeyTrouble>> for Declined {
    fn from(error: NotWritten<KeyTrouble>) -> Self {
        match error {
            NotWritten::Failed(trouble) => trouble.into(),
            NotWritten::Busy => NotWritten::<Self>::Busy.into(),
            NotWritten::Unknown => NotWritten::<Self>::Unknown.into(),
        }
    }
}

impl From<NotWritten<Declined>> for Declined {
    fn from(error: NotWritten<Declined>) -> Self {
        match error {
            NotWritten::Failed(declined) => declined,
            NotWritten::Busy => Self::for_now(ErrorCode::CloudBusy, BUSY_FOR_S),
            // The writer has logged why. What is written this way has the effect of one when it is
            // asked for again.
            NotWritten::Unknown => Self::because(ErrorCode::CloudFailed),
        }
    }
}

impl IntoResponse for Declined {
    fn into_response(self) -> Response {
        let Self(problem) = self;
        let code = problem.code;
        let retry_after = problem.retry_after_s.map(HeaderValue::from);
        let mut response = (status_of(code), Json(problem)).into_response();
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response.extensions_mut().insert(LoggedCode(code));
        response
    }
}

/// The HTTP status of a code; programs decide by the code, proxies and logs by the status.
fn status_of(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::WrongPassword
        | ErrorCode::WrongTerminalPassword
        | ErrorCode::SessionEnded
        | ErrorCode::SignInNeeded
        | ErrorCode::RegistrationEnded => StatusCode::UNAUTHORIZED,
        ErrorCode::TerminalSuspended
        | ErrorCode::FingerprintChanged
        | ErrorCode::FunctionNotAllowed
        | ErrorCode::NoIdProvider
        | ErrorCode::NoMykeyIdsHere
        | ErrorCode::StreetTakesNoMerges
        | ErrorCode::TicketGuessingLocked => StatusCode::FORBIDDEN,
        ErrorCode::CardWithoutMykeyId
        | ErrorCode::CardExpired
        | ErrorCode::CardRenewed
        | ErrorCode::NothingUsable
        | ErrorCode::StreetCardUnknown
        | ErrorCode::UnknownOperation => StatusCode::NOT_FOUND,
        ErrorCode::VisitExpired => StatusCode::GONE,
        ErrorCode::AlreadyRegistered | ErrorCode::FingerprintTaken => StatusCode::CONFLICT,
        ErrorCode::ContactIncomplete
        | ErrorCode::StaffNameMissing
        | ErrorCode::Malformed
        | ErrorCode::NotMyNumberCard
        | ErrorCode::TicketOfTraining
        | ErrorCode::TicketNotOfTraining => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorCode::PasswordSlowed | ErrorCode::TooManyRequests | ErrorCode::TicketGuessingSlowed => {
            StatusCode::TOO_MANY_REQUESTS
        }
        ErrorCode::CloudBusy | ErrorCode::OperationUnresolved => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::NotPosted;

    fn said(declined: impl Into<Declined>) -> (u16, ErrorCode, bool) {
        let declined: Declined = declined.into();
        let code = declined.0.code;
        let response = declined.into_response();
        (response.status().as_u16(), code, response.headers().contains_key(header::RETRY_AFTER))
    }

    #[test]
    fn what_the_database_and_the_ledger_could_not_do_is_told_apart() {
        let table = [
            (said(NotPosted::Busy), (503, ErrorCode::CloudBusy, true)),
            (said(NotPosted::Unknown), (503, ErrorCode::OperationUnresolved, true)),
            (said(NotPosted::Failed), (500, ErrorCode::CloudFailed, false)),
            (said(NotRead::Busy), (503, ErrorCode::CloudBusy, true)),
            (said(NotWritten::<Declined>::Busy), (503, ErrorCode::CloudBusy, true)),
            (said(NotWritten::<Declined>::Unknown), (500, ErrorCode::CloudFailed, false)),
            (said(database::Error::NoRow), (500, ErrorCode::CloudFailed, false)),
        ];
        for (said, expected) in table {
            assert_eq!(said, expected);
        }
    }
}
