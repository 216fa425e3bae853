//! PC/SC behind the port: who comes and goes at the readers, and conversations with a card.
//!
//! Belongs here: the PC/SC resource manager of the operating system (pcscd, Windows' smart card
//! service), its restarts, its sharing rules, its error codes.
//! Does not belong here: what is said to a card.
//! Why it exists: the rest of the house speaks of readers and cards and never of contexts, handles
//! and return codes.

mod end;
mod fault;
mod look;
mod session;
mod slots;
mod under_way;
mod watch;

pub use end::end_process;
pub use under_way::let_go_of_cards;

use madoguchi_port::fault::CardFault;
use madoguchi_port::look::SlotSeen;
use madoguchi_port::reader::{CardReaders, ReaderEvents, ReaderName, reader_events};
use madoguchi_port::session::{CardSession, Sharing};
use std::thread;

/// The watch's thread, as the operating system shows it.
pub const WATCH_THREAD: &str = "pcsc-watch";

/// The readers of this computer's PC/SC service.
#[derive(Debug, Clone, Copy, Default)]
pub struct PcscReaders;

impl CardReaders for PcscReaders {
    fn watch(&self) -> ReaderEvents {
        let (sender, events) = reader_events();
        let thread = thread::Builder::new().name(WATCH_THREAD.to_owned());
        if let Err(error) = thread.spawn(move || watch::watch(&sender)) {
            // The events end at once, which whoever reads them sees.
            tracing::error!(%error, "no thread for the watch over the readers");
        }
        events
    }

    fn look(&self) -> Result<Vec<SlotSeen>, CardFault> {
        look::look()
    }

    fn open(&self, reader: &ReaderName, sharing: Sharing) -> Result<Box<dyn CardSession>, CardFault> {
        Ok(Box::new(session::PcscSession::open(reader, sharing)?))
    }
}
