//! A street's counter without its window: registering, logging in, receiving, acting, papers, through restarts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cards;
mod counter;
mod log_in;
mod receiving;
mod registering;
mod scene;
mod watching;
