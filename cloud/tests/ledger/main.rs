//! The ledger on a real database: one contract for every store, then what is each engine's own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, unreachable_pub, missing_docs)]

mod contract;
mod corruption;
mod disk_full;
mod engine;
mod guessing;
mod lapse;
mod lines;
mod merges;
mod postgres;
mod sqlite;
mod ticket_lapse;
mod tickets;
mod town;
