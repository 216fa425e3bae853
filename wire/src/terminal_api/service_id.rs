//! `look_up_service_id` and `register_service_id`: the number by which this terminal's ID provider knows a
//! person (rows C1 and C2, 画面 23–26).
//!
//! A terminal learns the number of its own provider and no other's.

use madoguchi_domain::customer_number::CustomerNumber;
use madoguchi_domain::operation_key::OperationKey;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Issuer and serial of the auth certificate, as read from the card's first bytes.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LookUpServiceIdRequest {
    /// The issuer's distinguished name, DER, hex.
    pub issuer: String,
    /// The serial number, hex.
    pub serial: String,
}

impl fmt::Debug for LookUpServiceIdRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LookUpServiceIdRequest(..)")
    }
}

/// A visit: this terminal, this card, for five minutes; with the provider's number, if there is one.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookUpServiceIdAnswer {
    /// Opaque; a registration names it.
    pub visit: String,
    /// When it ends, milliseconds since 1970 (UTC), by the cloud's clock.
    pub expires_at_ms: i64,
    /// The provider's name (川崎市立図書館).
    pub provider_name: String,
    /// What is registered; nothing = not registered yet.
    pub registered: Option<RegisteredServiceId>,
    /// How it stands with the person's address notice.
    #[serde(default)]
    pub address_notice: AddressNotice,
}

/// How it stands with a person's address notice at this terminal's provider (row C6).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum AddressNotice {
    /// The provider offers none.
    #[default]
    NotOffered,
    /// The person has not wished for it.
    NotWanted,
    /// The person wishes for it; nothing is known to have changed.
    Wanted,
    /// The signing certificate has lapsed: the address is to be checked.
    CheckAddress,
}

/// Writes down, or ends, that the person of a visit wishes for address notices.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetAddressNoticeRequest {
    /// The visit that `look_up_service_id` opened.
    pub visit: String,
    /// The signing certificate that was read for it; nothing = the wish ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signing: Option<SigningCertificate>,
}

impl fmt::Debug for SetAddressNoticeRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SetAddressNoticeRequest(..)")
    }
}

/// Issuer and serial of a signing certificate (署名用電子証明書).
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SigningCertificate {
    /// The issuer's distinguished name, DER, hex.
    pub issuer: String,
    /// The serial number, hex.
    pub serial: String,
}

impl fmt::Debug for SigningCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningCertificate(..)")
    }
}

/// How it stands with the notice from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetAddressNoticeAnswer {
    /// It.
    pub address_notice: AddressNotice,
}

impl fmt::Debug for LookUpServiceIdAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LookUpServiceIdAnswer(..)")
    }
}

/// A service ID that stands: a number at this terminal's provider.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisteredServiceId {
    /// 顧客ID.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub number: CustomerNumber,
    /// Since when, milliseconds since 1970 (UTC).
    pub from_ms: i64,
}

impl fmt::Debug for RegisteredServiceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RegisteredServiceId(..)")
    }
}

/// Registers a number for the person of a visit, or puts it in the place of the one that was shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RegisterServiceIdRequest {
    /// Chosen by the terminal: asked for again under it, the registration has the effect of one.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub key: OperationKey,
    /// The visit that `look_up_service_id` opened.
    pub visit: String,
    /// 顧客ID.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub number: CustomerNumber,
    /// The number that is corrected, exactly as it was shown; nothing = none was.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<CustomerNumber>,
}

impl fmt::Debug for RegisterServiceIdRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RegisterServiceIdRequest({})", self.key)
    }
}

/// What became of a registration.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum RegisterServiceIdAnswer {
    /// The number stands.
    Registered {
        /// It.
        registered: RegisteredServiceId,
    },
    /// Nothing was changed: what is registered is not what was shown.
    NotAsShown {
        /// What is registered, if anything is.
        registered: Option<RegisteredServiceId>,
    },
    /// Nothing was changed: the number is somebody else's. Whose is not said.
    SomebodyElses,
}

impl fmt::Debug for RegisterServiceIdAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RegisterServiceIdAnswer(..)")
    }
}
