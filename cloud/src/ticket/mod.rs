//! Point tickets, as far as they are not points: the tags in their codes, the keyed hash of numbers that
//! are nobody's, who guesses, and which scans came too late (rows E1–E7).
//!
//! Belongs here: what the cloud alone can know of a code, the tables of `0006_clearing.sql` about guessing
//! and of `0010_lapsed_waiting.sql`. Does not belong here: what becomes of a ticket and its points (the ledger), HTTP (the API's
//! rooms).
//! Why it exists: whoever holds a number may have the points, so numbers are proven, never logged, and
//! those who try them are slowed.

pub mod clearing_cache;
pub mod guessing;
pub mod lapsed_waiting;
pub mod number_hash;
pub mod stamp;
pub mod tag;
