//! `sign_in` and `sign_out`: the terminal password besides the device key, until the day ends or the
//! terminal is locked (row A8).

use madoguchi_domain::sign_in::StaffName;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Signs in. Asked within a session, so the device key is proven already.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignInRequest {
    /// 端末パスワード, the one of the registration.
    pub password: String,
    /// 担当者名. Not kept where the municipality does not want it.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, max_length = 30))]
    pub staff_name: Option<StaffName>,
}

impl fmt::Debug for SignInRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignInRequest(..)")
    }
}

/// A sign-in as the cloud keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedIn {
    /// When it began, milliseconds since 1970 (UTC), by the cloud's clock; names it in `sign_out`.
    pub from_ms: i64,
    /// When it ends by itself: the next midnight in Japan.
    pub until_ms: i64,
    /// Who signed in, where a name was given.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub staff_name: Option<StaffName>,
}

/// The terminal is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInAnswer {
    /// The sign-in.
    pub sign_in: SignedIn,
    /// The cloud's clock now, milliseconds since 1970 (UTC).
    pub cloud_time_ms: i64,
}

/// Ends a sign-in: the terminal was locked. However often and late it arrives, it ends this one and no
/// later one.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignOutRequest {
    /// Which: when it began.
    pub from_ms: i64,
}

/// That sign-in is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignOutAnswer {}
