//! A resident inside the system: a random id that says nothing.
//!
//! Only the cloud's identity part ties it to a MyKey ID or a certificate, so a changed MyKey ID
//! touches no ledger row and erasing the tie leaves the ledger whole.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A person's random 128-bit id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonId(pub Uuid);
