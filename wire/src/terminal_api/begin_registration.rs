//! `begin_registration`: terminal ID and password are right; what the contact form must show
//! (画面 9 → 画面 10). Registers nothing.

use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::terminal::{TerminalId, TerminalKind};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Terminal ID and password as handed out in Form II (様式Ⅱ).
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BeginRegistrationRequest {
    /// 端末ID, 8 digits.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "14130001"))]
    pub terminal: TerminalId,
    /// 端末パスワード.
    pub password: String,
    /// The key this device made when it began to register this terminal before, 64 hex digits. A device
    /// whose registration the cloud has written down, but that never heard the answer, is let on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_key: Option<String>,
}

impl fmt::Debug for BeginRegistrationRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BeginRegistrationRequest({})", self.terminal)
    }
}

/// What the cloud knows of the terminal before it is registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BeginRegistrationAnswer {
    /// The municipality's name (川崎市).
    pub municipality: String,
    /// The site's name as in Form I (端末設置場所).
    pub site: String,
    /// The kind under which Form I counts it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub kind: TerminalKind,
    /// For a service-ID counter: the ID providers of its municipality to choose from; else empty.
    pub id_providers: Vec<IdProviderChoice>,
}

/// One ID provider (ID付与事業者) in the list of 画面 10.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct IdProviderChoice {
    /// Its 6-digit ID.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(test, ts(type = "string"))]
    pub id: IdProviderId,
    /// Its name.
    pub name: String,
}
