//! Journeys through the real things, the simulator, contract suites, benchmarks.
//!
//! Belongs here: the scene of a journey ([`scene`]): display, keyring, cloud, line, reader, window, each
//! started by itself and breakable; and the actors with their verbs ([`clerk`]); a world of terminals
//! and a cloud in one thread, made from a seed ([`simulator`]).
//! Does not belong here: anything the shipped programs need.
//! Why it exists: `./dev run` and the tests go the same way through the same real programs, so what a
//! newcomer is shown is what is proved.
#![cfg(target_os = "linux")]

pub mod album;
pub mod clerk;
pub mod scene;
pub mod shop;
pub mod simulator;
