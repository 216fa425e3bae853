//! Journeys through the real window: real programs, real PC/SC service, real keyring, real line.
//!
//! Belongs here: what a clerk goes through from the first screen to the paper, and what becomes of it
//! when something breaks on the way. Each journey has a shop of its own and can run beside any other.
//! Does not belong here: single rules; they are tested where they live, without a window.
#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, clippy::panic)]

mod background;
mod broken_line;
mod by_itself;
mod clearing;
mod eyes_and_hands;
mod first_call;
mod journey;
mod library_card;
mod merging;
mod other_pc;
mod pin;
mod points;
mod printer;
mod programs;
mod reader;
mod registration;
mod resident;
mod scanner;
mod service_ids;
mod sign_in;
mod start;
mod street;
mod tickets;
mod training;
