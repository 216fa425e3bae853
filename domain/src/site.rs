//! A site (端末設置場所・利用店舗): the unit of settlement. It has several terminals, one or none.

use serde::{Deserialize, Serialize};

/// A site's number within the whole system, given by the cloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SiteId(pub i64);
