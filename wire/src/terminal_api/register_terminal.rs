//! `register_terminal`: this PC becomes the terminal (画面 10), once, until the municipality releases it.

use madoguchi_domain::terminal::TerminalId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Everything the cloud keeps of a registration. The password is checked again.
///
/// Repeated with the same password, fingerprint and key it has the effect of one and the same
/// answer: a terminal that lost the answer asks again with the key it already made.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RegisterTerminalRequest {
    /// 端末ID.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "14130001"))]
    pub terminal: TerminalId,
    /// 端末パスワード; good for one registration.
    pub password: String,
    /// The device fingerprint: SHA-256, 64 hex digits.
    pub fingerprint: String,
    /// The Ed25519 public key made on this device: 64 hex digits.
    pub public_key: String,
    /// The contact details of 画面 10.
    pub contact: Contact,
}

impl fmt::Debug for RegisterTerminalRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RegisterTerminalRequest({})", self.terminal)
    }
}

/// The contact details of a terminal (連絡先, 画面 10).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// 担当者名.
    pub staff_name: String,
    /// 店舗名.
    pub shop_name: String,
    /// 郵便番号, 7 digits without a hyphen.
    pub postal_code: String,
    /// 住所.
    pub address: String,
    /// 電話番号, digits and hyphens.
    pub phone: String,
    /// メールアドレス.
    pub mail: String,
    /// ID付与事業者, chosen by a service-ID counter; the provider's 6-digit ID.
    pub id_provider: Option<String>,
}

impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Contact(..)")
    }
}

/// The registration stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterTerminalAnswer {
    /// The cloud's own name, part of what each session's signature covers.
    pub cloud_name: String,
    /// Counts the registrations of this terminal ID; a release starts the next one.
    pub generation: u32,
}
