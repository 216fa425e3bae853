//! `look_up_mykey_id`: the MyKey ID of a card's owner, for the terminals of a provider that keeps MyKey IDs
//! itself (row C4; seed 001, §17 ②). Every other terminal learns it masked at the most.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Issuer and serial of the auth certificate, as read from the card's first bytes.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LookUpMykeyIdRequest {
    /// The issuer's distinguished name, DER, hex.
    pub issuer: String,
    /// The serial number, hex.
    pub serial: String,
}

impl fmt::Debug for LookUpMykeyIdRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LookUpMykeyIdRequest(..)")
    }
}

/// Whose card it is. Opens no visit: nothing can be done with it.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookUpMykeyIdAnswer {
    /// マイキーID, 8 characters A–Z and 0–9.
    pub mykey_id: String,
}

impl fmt::Debug for LookUpMykeyIdAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LookUpMykeyIdAnswer(..)")
    }
}
