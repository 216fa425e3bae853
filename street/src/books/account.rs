//! The street's own accounts, which stand against its members'.

/// What the municipality owes for merges.
pub(super) const MERGES: &str = "merges";
/// What it owes for paper tickets, by the stamp on them.
pub(super) const TICKETS: &str = "tickets";
/// What the street gave for purchases.
pub(super) const PURCHASES: &str = "purchases";
/// What its shops took for goods.
pub(super) const USES: &str = "uses";
/// What went onto stored-value cards.
pub(super) const CHARGES: &str = "charges";
