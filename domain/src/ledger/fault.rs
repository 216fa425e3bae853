//! What must not happen: the books or their loader are broken. Nothing is posted then.

use super::account::AccountTitle;
use super::lot::LotId;
use crate::issuer::BookCode;

/// A request could not be decided because the books handed in contradict themselves or lack
/// something. The batch keeps what it decided before; this request leaves no trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The book has not been opened.
    #[error("book {0} has no head")]
    UnknownBook(BookCode),
    /// The loader left out something the request asks about.
    #[error("not loaded: {0}")]
    NotLoaded(&'static str),
    /// The lines do not sum to zero.
    #[error("the lines of a currency do not sum to zero")]
    Unbalanced,
    /// An account would fall below zero that never may.
    #[error("an account of kind {} would fall below zero", .0.kind.code())]
    BelowZero(AccountTitle),
    /// A lot would give more than it has or take more than was granted.
    #[error("lot {} would leave its range", .0.0)]
    LotOutOfRange(LotId),
    /// A resident's line without a lot, or another's with one.
    #[error("a resident's lines name a lot, no others do")]
    LotMisplaced,
    /// A sum beyond 64 bits, or a date beyond the calendar.
    #[error("a number is out of range")]
    OutOfRange,
}
