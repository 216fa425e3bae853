//! Devices in software for tests and the demonstration: a My Number card on the real PC/SC service,
//! and a receipt printer.
//!
//! Belongs here: the card's JPKI application as a pure state machine ([`card`]), the line to the
//! virtual reader driver vpcd ([`reader`]), a PC/SC service of one's own in namespaces of
//! its own ([`pcsc_service`], [`namespace`]), all of it together ([`desk`]), the socket through
//! which other programs put cards on the reader ([`control`]), a printer that draws the ESC/POS
//! it is sent ([`printer`]), and a printing service and a display of one's own ([`printing_service`],
//! [`display`]).
//! Does not belong here: anything the shipped program needs. vpcd listens on every address and lets
//! anybody feign any card, so this crate, vpcd and the sample cards stay out of every package.
//! Why it exists: what talks to a card is tested against the operating system's own PC/SC service
//! and against foreign card software (`OpenSC`), not against a double of our own making.
#![cfg(target_os = "linux")]

pub mod card;
pub mod control;
pub mod desk;
pub mod display;
mod lying;
pub mod namespace;
pub mod pcsc_service;
pub mod printer;
pub mod printing_service;
pub mod reader;
pub mod sample;
mod vpcd;
