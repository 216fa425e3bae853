//! Reading the books without a lock: what is shown is advice, the posting decides.
//!
//! Every function takes a reading connection (`Database::read` gives one with a consistent state).

mod balance;
mod day;
mod operation;
mod statement;

pub use balance::{Balance, DatedPoints, balance, balances};
pub use day::{left_today, used_today};
pub use operation::{
    FirstAnswer, OperationLine, answer_at, first_answer, operation_at, operations_of_terminal, seq_of_key,
};
pub use statement::{StatementLine, statement};

pub(super) use operation::remembered;
