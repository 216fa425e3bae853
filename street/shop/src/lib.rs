//! A shop's PC in a shopping street's own point software (商店街ポイント活用ソフト, row F7).
//!
//! Belongs here: what a person at the street's counter can bring about, one file per verb; the PC's registration with
//! its street, its log-in, its settings; watching the agreed folder. Does not: the books and what is right in them
//! (`street`), Tauri, any operating system, anything of the municipal counter (`terminal`).
//! Why it exists: the window only shows. Everything runs without one, and a power cut leaves books that are right.
//!
//! # The public face
//!
//! [`Shop::open`] takes its [`Parts`] and never fails: what keeps it from working is a
//! [`StreetPlace::Barred`](madoguchi_wire::window::street::StreetPlace) that the first screen shows. Each command of
//! [`madoguchi_wire::window::street`] is a method of the same name.

mod act;
mod cards;
mod charge;
mod day;
mod failure;
mod member;
mod member_id;
mod merge;
mod paper;
mod parts;
mod password;
mod receive;
mod register;
mod registration;
mod settings;
mod shop;
mod sign_in;
mod store;
mod watch;

pub use parts::{Bridge, Folders, Parts};
pub use settings::look_in;
pub use shop::Shop;
