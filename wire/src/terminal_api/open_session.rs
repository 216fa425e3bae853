//! `request_challenge` and `open_session`: the device key proves the terminal; a token stands for it.

use super::profile::TerminalProfile;
use super::sign_in::SignedIn;
use madoguchi_domain::terminal::TerminalId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Asks for a challenge; answered for every 8-digit ID alike.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestChallengeRequest {
    /// 端末ID.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "14130001"))]
    pub terminal: TerminalId,
}

/// A challenge, good once and for 60 seconds.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RequestChallengeAnswer {
    /// 32 bytes, hex.
    pub challenge: String,
    /// The name under which this cloud is known; must be the one of the registration.
    pub cloud_name: String,
    /// Whether this is a training cloud, whose points are worth nothing. A terminal in training speaks to no
    /// other, every other terminal to none.
    pub training: bool,
}

/// Proves the terminal: a signature over `madoguchi_domain::session_proof`.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenSessionRequest {
    /// 端末ID.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "14130001"))]
    pub terminal: TerminalId,
    /// The fingerprint as measured now, 64 hex digits.
    pub fingerprint: String,
    /// The challenge that was answered, hex.
    pub challenge: String,
    /// The Ed25519 signature, 128 hex digits.
    pub signature: String,
}

impl fmt::Debug for OpenSessionRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OpenSessionRequest({})", self.terminal)
    }
}

/// A session of 15 minutes.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenSessionAnswer {
    /// 32 random bytes, hex: `Authorization: Bearer …`.
    pub token: String,
    /// When the token ends, milliseconds since 1970 (UTC), by the cloud's clock.
    pub expires_at_ms: i64,
    /// The cloud's clock now, milliseconds since 1970 (UTC).
    pub cloud_time_ms: i64,
    /// What the terminal is and may do.
    pub profile: TerminalProfile,
    /// The sign-in in force, if any: a session renewed, or a program started anew, goes on with it.
    pub sign_in: Option<SignedIn>,
}

impl fmt::Debug for OpenSessionAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OpenSessionAnswer({})", self.profile.terminal)
    }
}
