//! Reading the books without a lock: what is shown is advice, the posting decides.
//!
//! Every function takes a reading connection (`Database::read` gives one with a consistent state).

mod balance;
mod day;
mod day_close;
mod merge;
mod operation;
mod statement;
mod ticket;

pub use balance::{Balance, DatedPoints, balance, balances};
pub use day::{left_today, used_today};
pub(in crate::ledger) use day_close::Running;
pub use day_close::{Day, DaySum, day, day_closes, head, head_at, last_close, last_seq_before};
pub use merge::{
    MergeStanding, merge, merge_numbered, merge_standing, merges, merges_taken_back, waiting_merges,
};
pub use operation::{
    FirstAnswer, OperationLine, answer_at, first_answer, operation_at, operations_of_terminal, seq_of_key,
};
pub use statement::{StatementLine, statement};
pub use ticket::{DeskTickets, TicketOrder, Tickets, ticket, tickets_lapsing, tickets_made};

pub(super) use operation::remembered;
