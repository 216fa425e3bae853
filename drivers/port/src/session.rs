//! One conversation with one card, from the first SELECT to the end of the transaction.

use crate::apdu::ResponseApdu;
use crate::fault::CardFault;

/// Whether other programs may hold the card open at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// Reading what is free: others may be connected, a transaction keeps them out for its length.
    Shared,
    /// A PIN is presented: nobody else may be connected until the card has lost power, because a
    /// verified PIN outlives warm resets and reconnects.
    Exclusive,
}

/// How a session leaves the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disposition {
    /// As it is. For what needed no PIN.
    Leave,
    /// Powered down, so that a verified PIN is forgotten.
    Unpower,
}

/// A connected card inside a transaction. Dropping it without [`CardSession::end`] powers the card
/// down, the safe way out of any error.
pub trait CardSession: Send {
    /// Sends one command and waits for its answer. Blocks as long as the card does, at most some ten
    /// seconds (`CardFault::Unresponsive` then); never call it on a window's thread.
    fn transmit(&mut self, command: &[u8]) -> Result<ResponseApdu, CardFault>;

    /// Ends the transaction and the connection.
    fn end(self: Box<Self>, disposition: Disposition) -> Result<(), CardFault>;
}
