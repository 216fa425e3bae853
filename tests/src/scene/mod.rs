//! The real things a journey runs through: a display, a session bus with a keyring, the cloud, the line
//! to it, the keyboard, monitors, the virtual reader, the USB, the window.
//!
//! Belongs here: starting each of them by itself in a folder of its own, and breaking it as life does.
//! Does not belong here: what a clerk does with them ([`crate::clerk`]).

pub mod cloud;
pub mod desktop;
pub mod field;
pub mod keyboard;
pub mod line;
pub mod loader;
pub mod midnight;
pub mod monitors;
pub mod patience;
pub mod program;
pub mod reader;
pub mod script;
pub mod street;
pub mod tickets;
pub mod titles;
pub mod tray;
pub mod trouble;
pub mod usb;
pub mod user_systemd;
pub mod vendor;
pub mod window;
