//! The currencies of an operation by name: answers carry codes only, papers and screens names.

use madoguchi_domain::currency::CurrencyCode;
use serde::{Deserialize, Serialize};

/// A currency and its name as it stood on the screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct NamedCurrency {
    /// Which one.
    pub(crate) currency: CurrencyCode,
    /// Its name.
    pub(crate) name: String,
}

/// The name of a currency, or its code where nobody named it.
pub(crate) fn name_of(named: &[NamedCurrency], currency: CurrencyCode) -> String {
    named
        .iter()
        .find(|named| named.currency == currency)
        .map_or_else(|| format!("{}-{}", currency.book, currency.number.0), |named| named.name.clone())
}
