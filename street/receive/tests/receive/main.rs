//! The receiver as an office runs it: the program itself, on real folders, disks and credential stores.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod disks;
mod keyring;
mod office;
mod program;
