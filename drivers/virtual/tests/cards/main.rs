//! My Number cards and FeliCa cards on the real PC/SC service, through our drivers and through OpenSC.
//!
//! Each test has a PC/SC service, two virtual readers and the sample cards for itself.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod counter;
mod openssl;

mod contract;
mod ending;
mod felica;
mod looks;
mod opensc;
mod pin;
mod ports;
mod pulled;
mod reading;
mod service;
mod sharing;
