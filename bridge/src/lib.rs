//! The loopback HTTP face of the terminal, for other programs on the PC (row C4, docs/bridge.md).
//!
//! Belongs here: the port, the checks of each request in their order (docs/security.md 12), how answers look
//! in HTTP. Does not belong here: who is paired, what a pairing may learn, whose turn it is (the terminal's
//! [`Programs`]); whose a connection is (a driver).
//! Why it exists: a library's own system wants the number of the card on the reader, not a window.
//!
//! # The public face
//!
//! [`keep_open`] takes the port and answers on it until its future is dropped; [`claim`] and [`serve`] are its
//! two halves. [`HeldPort`] is the port where the system holds it; [`keep_closed`] hangs up there.

mod admission;
mod api;
mod body;
mod connections;
mod events;
mod held_port;
mod limits;
mod preflight;
mod problem;

pub use api::openapi;
pub use connections::{PortNotClaimed, claim, keep_closed, keep_open, serve};
pub use held_port::{HeldPort, PortTeller};

use admission::Border;
use limits::Limits;
use madoguchi_terminal::Programs;
use std::sync::Arc;

/// What every request meets.
#[derive(Clone)]
struct Bridge {
    programs: Programs,
    border: Arc<Border>,
    limits: Arc<Limits>,
}
