//! `list_operations`: what this terminal did on one Japan day, newest first.

use super::operation::OperationKind;
use jiff::civil::Date;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::sign_in::StaffName;
use serde::{Deserialize, Serialize};

/// Asks for one day.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ListOperationsRequest {
    /// The Japan date; none = today, by the cloud's clock.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub date: Option<Date>,
}

/// The day's operations that took place, and its totals.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListOperationsAnswer {
    /// The Japan date.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub date: Date,
    /// Newest first.
    pub operations: Vec<ListedOperation>,
    /// Uses, voided ones included.
    pub uses: u32,
    /// Voids.
    pub voids: u32,
    /// Points used less points voided.
    pub points: i64,
}

/// One operation in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ListedOperation {
    /// Its key.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(test, ts(type = "string"))]
    pub key: OperationKey,
    /// Use or void.
    pub kind: OperationKind,
    /// 取引番号.
    pub number: String,
    /// Milliseconds since 1970 (UTC).
    #[cfg_attr(test, ts(type = "number"))]
    pub at_ms: i64,
    /// Points over all accounts, positive.
    #[cfg_attr(test, ts(type = "number"))]
    pub points: i64,
    /// The currencies' names, in the receipt's order.
    pub currencies: Vec<String>,
    /// The masked MyKey ID.
    pub masked_mykey_id: String,
    /// For a use that was voided: the void's number. For a void: the number of the use it undid.
    pub linked_number: Option<String>,
    /// Who was signed in, where the municipality wants the name and one was given.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[cfg_attr(test, ts(type = "string | null"))]
    #[serde(default)]
    pub staff_name: Option<StaffName>,
    /// Whether this terminal can void it now.
    pub can_be_voided: bool,
}
