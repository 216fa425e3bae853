//! `request_use_nonce`: what a card has to sign along for a use above the limit without PIN
//! (docs/security.md 2).

use madoguchi_domain::operation_key::OperationKey;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Asks for the nonce of one use. Asked again for the same key, there is a new one and the old is void.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestUseNonceRequest {
    /// The key of the use that will be asked for.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub key: OperationKey,
    /// The visit that the use will name.
    pub visit: String,
}

impl fmt::Debug for RequestUseNonceRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RequestUseNonceRequest({})", self.key)
    }
}

/// A nonce, good once and for 120 seconds.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RequestUseNonceAnswer {
    /// 32 random bytes, hex.
    pub nonce: String,
    /// When it ends, milliseconds since 1970 (UTC), by the cloud's clock.
    pub expires_at_ms: i64,
}

impl fmt::Debug for RequestUseNonceAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RequestUseNonceAnswer(..)")
    }
}
