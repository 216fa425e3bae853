//! The street's software on a real database and real folders, and everything that can happen to them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod books;
mod counter;
mod damage;
mod folder_trouble;
mod keys;
mod member_ids;
mod power;
mod receiving;
mod scene;
mod taken_back;
