//! The final answer to an operation: what `use_points`, `void_use` and `resolve_operation` say.

use super::look_up_points::PointsByLastDay;
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::operation_key::OperationKey;
use serde::{Deserialize, Serialize};
use std::fmt;

/// `resolve_operation`: what became of a key? An unknown key is abandoned by asking: a request that
/// arrives later under it is refused.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ResolveOperationRequest {
    /// The key in question.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub key: OperationKey,
}

/// The remembered answer of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum OperationAnswer {
    /// It took place.
    Done(OperationDone),
    /// It did not take place and never will under this key.
    Refused(Refusal),
}

/// An operation that took place.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperationDone {
    /// Use or void.
    pub kind: OperationKind,
    /// The number on the receipt (取引番号): Japan date and number in the home book, `20261120-15`.
    pub number: String,
    /// When it was booked, milliseconds since 1970 (UTC), by the cloud's clock.
    pub at_ms: i64,
    /// The accounts it moved, in the request's order.
    pub accounts: Vec<MovedAccount>,
    /// For a void: the number of the use it undid.
    pub voided_number: Option<String>,
}

impl fmt::Debug for OperationDone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OperationDone({:?} {})", self.kind, self.number)
    }
}

/// The kinds of operation a terminal can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum OperationKind {
    /// 利用.
    Use,
    /// 取消.
    Void,
}

/// One account after an operation.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MovedAccount {
    /// Which currency.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub currency: CurrencyCode,
    /// What was used or given back, positive, in points.
    pub points: i64,
    /// Balance before, in points.
    pub before: i64,
    /// Balance after, in points.
    pub after: i64,
    /// What lapses first among the rest, if anything does.
    pub next_lapse: Option<PointsByLastDay>,
}

/// Why an operation did not take place, in order of precedence. Remembered under its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Refusal {
    /// The key was used before for something else.
    KeyReused,
    /// Somebody asked for this key before the operation arrived; it is void for ever.
    Abandoned,
    /// The visit's five minutes are over.
    VisitExpired,
    /// This terminal may not use that currency now.
    NotUsableHere {
        /// Which one.
        #[cfg_attr(feature = "openapi", schema(value_type = Object))]
        currency: CurrencyCode,
    },
    /// The nonce that was signed is not this use's: replaced by a newer one, or another use's.
    NonceVoid,
    /// The nonce that was signed is older than its 120 seconds.
    NonceExpired,
    /// Another card signed than the one whose visit this is.
    OtherCard,
    /// The certificate of the card that signed is not valid today.
    CardExpired,
    /// No authority the cloud trusts stands behind the card that signed.
    CardUntrusted,
    /// The signature is not that of the card over this very use.
    SignatureWrong,
    /// The balance is too low.
    Insufficient {
        /// In which currency.
        #[cfg_attr(feature = "openapi", schema(value_type = Object))]
        currency: CurrencyCode,
        /// What could be used, in points.
        available: i64,
    },
    /// More than the limit per use without PIN.
    OverLimitPerUse {
        /// The limit, in points.
        limit: i64,
    },
    /// More than the resident may still use today without PIN.
    OverLimitPerDay {
        /// What is left today, in points.
        left: i64,
    },
    /// There is no such operation to void.
    UnknownOperation,
    /// Only the terminal that made the use can void it.
    NotThisTerminal,
    /// It was voided before.
    AlreadyVoided {
        /// The void's number.
        number: String,
    },
    /// The day of the use is over.
    TooLateToVoid,
}
