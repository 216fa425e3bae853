//! What a clerk does at the counter, one file per verb.
//!
//! Belongs here: registering, signing in and locking, looking up, using and voiding points, service IDs, finding out what
//! became of an operation, receipts, settings, what other programs on this PC may ask; the journal of intents, the local store, the line to
//! the cloud; the running program [`Counter`] that ties them together.
//! Does not belong here: Tauri, serving HTTP, the cloud's SQL, any operating system. Cards, keys,
//! fingerprints and paper come through the driver port, time and randomness through small ports of
//! its own.
//! Why it exists: the window only shows. Everything a clerk can bring about is here, runs without a
//! window, and can be stopped between any two steps without a wrong word afterwards.
//!
//! # The public face
//!
//! [`Counter::open`] takes its [`Parts`] and never fails: what keeps the terminal from working is a
//! [`Place::Barred`](madoguchi_wire::window::Place) that the first screen shows. Each command of
//! [`madoguchi_wire::window`] is a method of the same name; [`Counter::notices`] brings what nobody
//! asked for.

mod card_descriptions;
mod card_fault;
mod carry_out;
mod clearing;
mod close_day;
pub mod cloud;
mod counter;

mod address_notice;
mod examine_reader;
mod hand_over;
mod issue_ticket;
mod journal;
mod list_operations;
mod list_tickets;
mod lock;
mod look_up_points;
mod look_up_service_id;
mod merging;
mod open_session;
mod operation;
mod place;
mod preview_ticket;
mod print_day_close;
mod print_ticket;
mod printer;
mod programs;
mod receipt;
mod refusal;
mod register_service_id;
mod register_terminal;
mod reissue_ticket;
mod resident_screen;
mod resolve_operation;
mod running;
mod session;
mod settings;
mod sign_in;
mod site_statement;
mod start_training;
pub mod store;
mod ticket_paper;
mod use_points;
mod use_points_with_pin;
mod visit;
mod void_ticket;
mod void_use;
mod words;

pub use madoguchi_desk::clock;
pub use madoguchi_store::entropy;

pub use counter::{Counter, Drivers, Folders, LookUpObserver, LookUpTiming, Parts};
pub use programs::{CardMove, Listening, PairingId, Programs};
pub use resident_screen::ResidentMonitor;
pub use settings::{
    LaidDown, Look, lay_down_settings, lets_programs_ask, look_in, start_with_pc_unless_said, starts_with_pc,
};
