//! `void_use`: the same terminal undoes a use of the same Japan day (row D2).

use madoguchi_domain::operation_key::OperationKey;
use serde::{Deserialize, Serialize};

/// Undoes a use, as an operation of its own.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct VoidUseRequest {
    /// The void's own key.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub key: OperationKey,
    /// The key of the use that is undone.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub voids: OperationKey,
}
