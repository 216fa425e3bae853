//! The ledger's decisions on books kept in memory: rules as tables, invariants as properties.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, unreachable_pub, missing_docs)]

mod memory;
mod merges;
mod random_walks;
mod refunds;
mod refusals;
mod rules;
mod tickets;
mod vectors;
