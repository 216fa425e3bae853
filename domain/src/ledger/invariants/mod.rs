//! The invariants of the books, checked over whole books as data.
//!
//! The book checker and the simulator feed what is stored, row by row, and get back every
//! violation with the invariant's name and the row. Nothing here trusts a kept balance: all of it
//! is proved from the entries.
//!
//! Order of feeding one book: its accounts, its lots, its tickets, day closes and merges, then block by block the
//! operations of the block and the block itself, then [`BookAudit::finish`] with the head. After all books:
//! [`Checked::join`], then [`Checked::check_acts`], [`Checked::check_days`] and [`Checked::check_tickets`].

mod across;
mod book;
mod day_closes;
mod merges;
mod reversal;
mod tickets;

pub use across::Checked;
pub use book::{BookAudit, LotRow};

use crate::issuer::BookCode;
use std::fmt;

/// What must hold in every book at every moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Invariant {
    /// I1: each operation sums to 0 per currency, so each book does.
    Balanced,
    /// I2: an account's balance is the sum of its entries and its last `balance_after`; its
    /// `account_seq` is dense, each entry names the one before.
    Running,
    /// I3: a resident's balance is the sum of what remains of its lots; 0 ≤ remaining ≤ amount; each
    /// resident entry names its lot, no other does.
    Lots,
    /// I4: what `held` holds is the sum of the open tickets; of what closed a ticket one act at most
    /// stands; a number belongs to one ticket of one book.
    Held,
    /// I5: no account falls below 0 but issued, partner and bank.
    NotNegative,
    /// I6: the operations of one act are in one commit.
    OneCommit,
    /// I7: a key has one answer for ever; a refused or abandoned one has no entries.
    OneAnswer,
    /// I8: a reversal mirrors its target exactly; each target at most once.
    Mirrored,
    /// I9: the chain recomputes to the head; numbers are dense, time never falls.
    Chained,
    /// I10: what counts towards a resident's daily limit is what the entries say.
    DaySum,
    /// I11: the day closes of a terminal are numbered 1, 2, 3 …, and nothing before one is undone there.
    DayClosed,
    /// I12: each merge has the record of one file, and its street is owed what that says; no street has two
    /// files of one number. A refund names the file of its merge and the street's word, and no two of them the
    /// same booking back.
    Merged,
}

impl Invariant {
    /// All that are checked.
    pub const ALL: [Self; 12] = [
        Self::Balanced,
        Self::Running,
        Self::Lots,
        Self::Held,
        Self::NotNegative,
        Self::OneCommit,
        Self::OneAnswer,
        Self::Mirrored,
        Self::Chained,
        Self::DaySum,
        Self::DayClosed,
        Self::Merged,
    ];
}

impl fmt::Display for Invariant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Balanced => "I1",
            Self::Running => "I2",
            Self::Lots => "I3",
            Self::Held => "I4",
            Self::NotNegative => "I5",
            Self::OneCommit => "I6",
            Self::OneAnswer => "I7",
            Self::Mirrored => "I8",
            Self::Chained => "I9",
            Self::DaySum => "I10",
            Self::DayClosed => "I11",
            Self::Merged => "I12",
        })
    }
}

/// One row that breaks an invariant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Which invariant.
    pub invariant: Invariant,
    /// In which book.
    pub book: BookCode,
    /// Which row, and what is wrong with it.
    pub row: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} book {}: {}", self.invariant, self.book, self.row)
    }
}
