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
}
