//! What a PostgreSQL server, or the line to it, answered instead of rows.

use std::error::Error as _;
use std::fmt;
use tokio_postgres::error::SqlState;

/// A refusal: its code and one line of words. Never the details: in them a server quotes rows, and rows
/// tie points to persons.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// The server's code; none = the line failed.
    code: Option<SqlState>,
    what: String,
}

impl From<&tokio_postgres::Error> for Refusal {
    fn from(error: &tokio_postgres::Error) -> Self {
        if let Some(refused) = error.as_db_error() {
            return Self { code: Some(refused.code().clone()), what: refused.message().to_owned() };
        }
        let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
        Self { code: None, what: format!("{error}{cause}") }
    }
}

impl Refusal {
    /// The server did not answer in time.
    pub(super) fn silence() -> Self {
        Self { code: None, what: "the server does not answer".to_owned() }
    }

    /// Whether nothing more is to be had from this session: the line is gone, the server is going, or
    /// it is no longer the one that may be written to.
    pub(super) fn ends_the_session(&self) -> bool {
        self.code.as_ref().is_none_or(|code| {
            [
                &SqlState::READ_ONLY_SQL_TRANSACTION,
                &SqlState::ADMIN_SHUTDOWN,
                &SqlState::CRASH_SHUTDOWN,
                &SqlState::CANNOT_CONNECT_NOW,
                &SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
            ]
            .contains(&code)
                || code.code().starts_with("08")
        })
    }

    /// Whether asking again later may help: a lock was held, two were in each other's way, the server
    /// is going, full, or out of something.
    pub(in crate::database) fn is_passing(&self) -> bool {
        self.ends_the_session()
            || self.code.as_ref().is_some_and(|code| {
                [
                    &SqlState::LOCK_NOT_AVAILABLE,
                    &SqlState::QUERY_CANCELED,
                    &SqlState::T_R_DEADLOCK_DETECTED,
                    &SqlState::T_R_SERIALIZATION_FAILURE,
                ]
                .contains(&code)
                    || code.code().starts_with("53")
            })
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.code {
            Some(code) => write!(f, "{} ({})", self.what, code.code()),
            None => f.write_str(&self.what),
        }
    }
}
