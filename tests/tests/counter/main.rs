//! The counter and the cloud together: the shipped terminal over a real socket to the shipped cloud on
//! a real database. Only the devices are stand-ins.
//!
//! Belongs here: what only both sides together can break. Does not: the window (`journeys`), seeded
//! mishaps (the simulator).
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod admission;
mod clearing;
mod counter;
mod line;
mod merging;
mod points;
mod programs;
mod sign_in;
mod ticket_paper;
mod town;
