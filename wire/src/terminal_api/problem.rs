//! What the cloud says with any status but 200: nothing final.

use crate::failure::ErrorCode;
use serde::{Deserialize, Serialize};

/// A problem that is not remembered under any key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// The stable code; the terminal finds the sentences by it.
    pub code: ErrorCode,
    /// Seconds after which a new try makes sense, where waiting helps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u32>,
    /// The request's field that is missing or malformed, by its name in the request
    /// (`postal_code`), where the code speaks of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl Problem {
    /// A problem of which there is nothing more to say than its code.
    pub const fn of(code: ErrorCode) -> Self {
        Self { code, retry_after_s: None, field: None }
    }
}
