//! Clearing used tickets by the pile (消込, 画面 35–36; rows E3, K6).
//!
//! Belongs here: what a scan is, the journal of scans, sending them, what the window is told of them.
//! Does not: the ledger's rule for a ticket (the cloud's), the operation slot (`operation`): a pile has
//! many clearings on their way at once, a counter one use.
//! Why it exists: a clerk scans faster than a line answers and does not look up. So a scan is written
//! down before it is sent, each is sent at once and none waits for the one before, and what finds no
//! answer is sent again under its own key until it has one, over restarts. A clearing may arrive as
//! often as it likes: the cloud answers a key once. So no scan is lost, and nothing is resolved, which would
//! make the key void; but for what is given up: held up for guessing, or by a clerk.

mod journal;
mod past;
mod pile;
mod print_pile;
mod queue;
mod row;
mod scan_ticket;
mod scanned;
mod sums;
mod take_back;
mod today;
mod word;

pub(crate) use journal::ScanJournal;
pub(crate) use queue::Queue;
