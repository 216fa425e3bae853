//! What a card, a printer, a device and a vault can do.
//!
//! Belongs here: small traits of operations and the values they speak in, named as PC/SC, ISO 7816
//! and JPKI name them.
//! Does not belong here: any operating system, any hardware, any rule of the counter.
//! Why it exists: drivers know each other only through this crate, and a test's double stands behind
//! the same traits, held to the same contract.

pub mod apdu;
pub mod card_kind;
pub mod clipboard;
pub mod device;
pub mod drop_folder;
pub mod fault;
pub mod felica;
pub mod keyboard;
pub mod look;
pub mod paper;
pub mod peer;
pub mod reader;
pub mod resident_card;
pub mod session;
pub mod stored_value;
pub mod vault;
