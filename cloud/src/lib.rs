//! The backend: identity, terminals, ledger; one API per audience.
//!
//! Belongs here: everything behind the network. Does not belong here: what a terminal does, the window.
//! Why it exists: it alone keeps the points, and its clock alone decides dates. `docs/cloud.md` tells
//! how to run it.

pub mod clock;
pub mod cloud;
pub mod database;
pub mod founding;
pub mod health;
pub mod identity;
pub mod keys;
pub mod ledger;
pub mod logging;
pub mod operator;
pub mod serve;
pub mod settings;
pub mod terminal_api;
pub mod ticket;
pub mod trust_anchors;
