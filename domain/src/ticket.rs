//! Point tickets (ポイント券): a number on paper that stands for held points.
//!
//! Belongs here: the number, the code in the QR, the days a ticket may be good for, its states, what its
//! paper says. Does not: what a ticket does to accounts and lots (`ledger`), the key behind the code's tag
//! (the cloud).
//! Source: seed 001 §11 ②, 画面 32–36; rows E1–E7.

mod code;
mod last_day;
mod number;
mod number_part;
mod paper;
mod pile_paper;
mod state;

pub use code::{NotATicketCode, TAG_BYTES, TicketCode, TicketKeyNumber, tagged_bytes};
pub use last_day::{MOST_DAYS, last_days};
pub use number::{NotATicketNumber, TicketNumber};
pub use number_part::{NotATicketNumberPart, TicketNumberPart};
pub use paper::{TicketFace, TicketPaper, TicketWords, test_ticket};
pub use pile_paper::{ClearedPile, ClearedTicket, PileWords};
pub use state::{NotPossible, TicketEvent, TicketState};

/// The most tickets that are issued in one go (a series): what one resident wants at once, on two sheets.
pub const MOST_AT_ONCE: u32 = 8;
