//! The audit of the operator: whose account was looked at, and why (docs/security.md 15).

use crate::database::{self, Connection, params};
use madoguchi_domain::person::PersonId;

/// What the operator looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// A person's balances.
    Balances,
    /// The lines of a person's account.
    Statement,
    /// A person's service IDs, now and before.
    ServiceIds,
}

impl Act {
    const fn code(self) -> &'static str {
        match self {
            Self::Balances => "balances",
            Self::Statement => "statement",
            Self::ServiceIds => "service_ids",
        }
    }
}

/// Writes down what is about to be looked at. The reason is not empty.
pub fn append(
    write: &Connection,
    person: PersonId,
    act: Act,
    reason: &str,
    at_ms: i64,
) -> database::Result<()> {
    write
        .execute(
            "insert into operator_audit (at_ms, person, act, reason) values ($1, $2, $3, $4)",
            params![at_ms, person.0.as_bytes(), act.code(), reason.trim()],
        )
        .map(drop)
}
