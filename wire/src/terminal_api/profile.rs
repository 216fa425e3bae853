//! What a terminal is: its municipality, site, kind and functions (row A7).

use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::sign_in::SignInRule;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::{TerminalFunction, TerminalId, TerminalKind};
use serde::{Deserialize, Serialize};

/// A terminal as the cloud knows it. The window's menu follows `functions`; the cloud checks them
/// again on every call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TerminalProfile {
    /// 端末ID.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(test, ts(type = "string"))]
    pub terminal: TerminalId,
    /// The municipality the terminal belongs to: the home book of its operations.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(test, ts(type = "string"))]
    pub municipality: IssuerCode,
    /// Its name (川崎市).
    pub municipality_name: String,
    /// The site's number.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    #[cfg_attr(test, ts(type = "number"))]
    pub site: SiteId,
    /// The site's name (やまだ八百屋), as it stands on screens and papers.
    pub site_name: String,
    /// The kind under which Form I counts it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(
        test,
        ts(type = "'service_id_counter' | 'point_use_counter' | 'ticket_issuer' | 'grant_desk'")
    )]
    pub kind: TerminalKind,
    /// What it may do, in the menu's order.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    #[cfg_attr(
        test,
        ts(
            type = "Array<'service_ids' | 'use_points' | 'issue_tickets' | 'clear_tickets' | 'clear_tickets_for_others' | 'merge_points' | 'own_totals' | 'grant'>"
        )
    )]
    pub functions: Vec<TerminalFunction>,
    /// The names of the currencies usable here today, the municipal one first.
    pub currencies: Vec<String>,
    /// Limits without PIN, set by the municipality.
    pub limits: Limits,
    /// When the terminal password is asked for, and whether a staff name is (row A8).
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    #[cfg_attr(
        test,
        ts(
            type = "{ password: 'never' | 'every_day' | 'every_start', staff_name: 'no' | 'optional' | 'required' }"
        )
    )]
    #[serde(default)]
    pub sign_in: SignInRule,
    /// The ID provider it was registered for: whose service IDs it registers and looks up.
    #[serde(default)]
    pub id_provider: Option<OwnIdProvider>,
}

/// The ID provider a terminal works for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OwnIdProvider {
    /// Its 6-digit ID.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(test, ts(type = "string"))]
    pub id: IdProviderId,
    /// Its name.
    pub name: String,
    /// It keeps MyKey IDs itself (seed 001, §17): programs of its own may be told a resident's (row C4).
    #[serde(default)]
    pub keeps_mykey_ids: bool,
    /// Residents may let it be told that their address is to be checked (row C6).
    #[serde(default)]
    pub address_notices: bool,
}

/// Limits for uses without PIN (row D5), in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Limits {
    /// Per use.
    #[cfg_attr(test, ts(type = "number"))]
    pub per_use: i64,
    /// Per resident and Japan day, over all terminals of the municipality.
    #[cfg_attr(test, ts(type = "number"))]
    pub per_day: i64,
}
