//! The end of a process whose threads may still be in the PC/SC library.
//!
//! Belongs here: that end, and why it is one of its own. Does not belong here: what else a program lets go of before it.

use crate::under_way::let_go_of_cards;

/// Lets go of the cards ([`let_go_of_cards`]) and ends this process with an exit code (0–255) at once. Standard output is
/// not flushed: whoever wrote half a line flushes it first.
///
/// An ordinary end lets every library tidy up first. libpcsclite gives its contexts back then (1.9.9,
/// `SCardUnload`), and no lock keeps the threads out that watch the readers or wait for a card: in some of a thousand
/// starts they find what is freed already, and a process that has done its work ends as one that crashed. The system
/// takes back all it would have tidied.
#[cfg(unix)]
pub fn end_process(exit: u8) -> ! {
    let_go_of_cards();
    signal_hook::low_level::exit(i32::from(exit))
}

/// The same on Windows, which stops every other thread before a library tidies up.
#[cfg(not(unix))]
pub fn end_process(exit: u8) -> ! {
    let_go_of_cards();
    std::process::exit(i32::from(exit))
}
