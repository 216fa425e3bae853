//! The simulator: a seed makes a small world, some days pass at its counters, everything that can go
//! wrong does, and everything that was promised is checked.
//!
//! Belongs here: the world and its mishaps ([`world`], [`hearing`], [`letters`], [`acts`], `pin`, [`desks`], [`piles`], [`jobs`]), the stand-ins
//! around the shipped code ([`line`], [`reader`], [`power`], [`time`], [`randomness`], [`pc`],
//! [`cloud`], [`store`]), and the checkers, which share nothing with what they check ([`bookkeeper`], [`testimony`],
//! [`scans`], [`lists`], [`rows`]).
//! Does not belong here: real time, real randomness, threads that race. A run is its seed.
//! Why it exists: a promise such as "once or not at all" is broken in the one order of events that
//! nobody thought of. The terminal is the shipped `Counter`, the cloud the shipped router over the
//! shipped store, the card driver the shipped one.
//!
//! `./dev simulate --seeds 5000` looks for more; a failure prints its seed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a run that cannot go on says so loudly

pub mod acts;
pub mod bookkeeper;
pub mod chance;
pub mod clerk;
pub mod cloud;
pub mod desks;
pub mod files;
pub mod gate;
pub mod hearing;
pub mod jobs;
pub mod letters;
pub mod line;
pub mod lists;
pub mod merging;
pub mod pc;
pub mod piles;
mod pin;
pub mod places;
pub mod power;
pub mod randomness;
pub mod reader;
pub mod registration;
pub mod rows;
pub mod run;
pub mod sabotage;
pub mod scans;
mod signing_in;
pub mod stillness;
pub mod store;
pub mod street;
pub mod tally;
pub mod template;
pub mod testimony;
pub mod time;
pub mod town;
pub mod trace;
pub mod visits;
pub mod world;

pub use run::{Run, simulate};
pub use sabotage::Sabotage;
pub use store::Engine;
pub use tally::{Happening, Tally};
pub use trace::Broken;
