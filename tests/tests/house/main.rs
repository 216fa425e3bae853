//! The rules of the house: who may know whom, and how files look.
//!
//! Belongs here: what holds for the whole source tree and no compiler checks. Each rule says why.

#![allow(clippy::expect_used, clippy::panic)]

mod arrows;
mod files;
mod tree;
