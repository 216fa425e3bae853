//! `look_up_points`: a card becomes a visit with the balances usable at this terminal.

use jiff::civil::Date;
use madoguchi_domain::currency::{CurrencyCode, CurrencyKind};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Issuer and serial of the auth certificate, as read from the card's first bytes.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LookUpPointsRequest {
    /// The issuer's distinguished name, DER, hex.
    pub issuer: String,
    /// The serial number, hex.
    pub serial: String,
}

impl fmt::Debug for LookUpPointsRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LookUpPointsRequest(..)")
    }
}

/// A visit: this terminal, this card, for five minutes.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookUpPointsAnswer {
    /// Opaque; a use names it.
    pub visit: String,
    /// When it ends, milliseconds since 1970 (UTC), by the cloud's clock.
    pub expires_at_ms: i64,
    /// The MyKey ID as a shop may see it, `MY****56`.
    pub masked_mykey_id: String,
    /// The accounts usable here now: the municipal one always and first, then those events in which the
    /// resident holds points, by their end.
    pub accounts: Vec<UsableAccount>,
    /// Points that can still be used today without PIN.
    pub left_today: i64,
    /// Points per use without PIN.
    pub per_use: i64,
}

impl fmt::Debug for LookUpPointsAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LookUpPointsAnswer({} accounts)", self.accounts.len())
    }
}

/// One account usable here.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct UsableAccount {
    /// Which currency.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    #[cfg_attr(test, ts(type = "{ book: string, number: number }"))]
    pub currency: CurrencyCode,
    /// What kind of points.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(test, ts(type = "'municipal' | 'event' | 'common' | 'reserved'"))]
    pub kind: CurrencyKind,
    /// The currency's name (川崎市ポイント).
    pub name: String,
    /// The balance, in points.
    #[cfg_attr(test, ts(type = "number"))]
    pub balance: i64,
    /// The balance by last day, earliest first; those without one last.
    pub by_last_day: Vec<PointsByLastDay>,
    /// For an event: the last day of its service period.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[cfg_attr(test, ts(type = "string | null"))]
    pub usable_until: Option<Date>,
    /// The issuer's name, where it is not the terminal's municipality: a ticket's paper names it.
    #[serde(default)]
    pub issuer_name: Option<String>,
}

impl fmt::Debug for UsableAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UsableAccount({:?})", self.currency)
    }
}

/// Points that share a last day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PointsByLastDay {
    /// How many points.
    #[cfg_attr(test, ts(type = "number"))]
    pub points: i64,
    /// The last day they can be used (Japan), or none: they do not lapse.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[cfg_attr(test, ts(type = "string | null"))]
    pub last_day: Option<Date>,
}
