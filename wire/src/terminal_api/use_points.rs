//! `use_points`: one use over one or several accounts, all or nothing, at most once per key.

use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::points::Points;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A use. Repeated with the same key and content it has the effect of one.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UsePointsRequest {
    /// Chosen by the terminal, written to its journal before this is sent.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub key: OperationKey,
    /// The visit that `look_up_points` opened.
    pub visit: String,
    /// What is used from which account; each currency at most once, one to eight of them.
    pub parts: Vec<UsePart>,
    /// Above the limits without PIN: the card's signature over this very use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<CardSignature>,
}

impl fmt::Debug for UsePointsRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UsePointsRequest({})", self.key)
    }
}

/// What a card signed, with the whole certificate that proves it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CardSignature {
    /// The nonce of `request_use_nonce`, 64 hex digits.
    pub nonce: String,
    /// The auth certificate (利用者証明用電子証明書), DER, hex.
    pub certificate: String,
    /// RSASSA-PKCS1-v1_5 with SHA-256 over `madoguchi_domain::use_proof`, hex.
    pub signature: String,
}

impl fmt::Debug for CardSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CardSignature(..)")
    }
}

/// Points from one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct UsePart {
    /// Which currency.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    #[cfg_attr(test, ts(type = "{ book: string, number: number }"))]
    pub currency: CurrencyCode,
    /// How many points, 1 to 9,999,999,999.
    #[cfg_attr(feature = "openapi", schema(value_type = i64, minimum = 1, maximum = 9_999_999_999_i64))]
    #[cfg_attr(test, ts(type = "number"))]
    pub points: Points,
}
