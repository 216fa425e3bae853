//! `site_statement`: what a site is owed for a period of Japan dates, total and line by line.
//!
//! A voided use is in neither count nor sum (seed 001, 参考 86–88).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Asks for a period, both days included.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SiteStatementRequest {
    /// First Japan date.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub from: Date,
    /// Last Japan date.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub to: Date,
}

/// The site's own statement.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiteStatementAnswer {
    /// First Japan date.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub from: Date,
    /// Last Japan date.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub to: Date,
    /// One per currency.
    pub totals: Vec<SiteTotal>,
    /// Ascending by time.
    pub lines: Vec<SiteStatementLine>,
}

/// Count and sum of one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SiteTotal {
    /// The currency's name.
    pub currency: String,
    /// 取引回数合計.
    pub uses: u32,
    /// 利用ポイント数合計.
    #[cfg_attr(test, ts(type = "number"))]
    pub points: i64,
}

/// One use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SiteStatementLine {
    /// 取引日時, milliseconds since 1970 (UTC).
    #[cfg_attr(test, ts(type = "number"))]
    pub at_ms: i64,
    /// 取引番号.
    pub number: String,
    /// The currency's name.
    pub currency: String,
    /// The masked MyKey ID.
    pub masked_mykey_id: String,
    /// 利用ポイント数.
    #[cfg_attr(test, ts(type = "number"))]
    pub points: i64,
}
