//! A batch: requests decided one after the other on the same books, then closed into blocks.

use super::account::AccountName;
use super::answer::Answer;
use super::chain::{self, Block, Hash};
use super::changes::Changes;
use super::decide;
use super::fault::Fault;
use super::request::Request;
use super::state::Books;
use crate::day::{business_date, from_millis};
use crate::issuer::BookCode;
use crate::ticket::TicketNumber;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Random numbers, handed in.
pub trait Randoms {
    /// 128 random bits to name an account by.
    fn account_name(&mut self) -> AccountName;

    /// A ticket's number, each as likely as any other.
    fn ticket_number(&mut self) -> TicketNumber;
}

/// The instant of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct At {
    /// Milliseconds since 1970 (UTC).
    pub(super) at_ms: i64,
    /// The Japan date.
    pub(super) date: Date,
}

/// What a request is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The answer.
    pub answer: Answer,
    /// Whether this request brought it about; `false` = the key's first answer again, or a
    /// refusal that is not remembered.
    pub first: bool,
}

/// A batch being decided.
pub struct Batch<'b> {
    pub(super) books: &'b mut Books,
    pub(super) at: At,
    pub(super) randoms: &'b mut dyn Randoms,
}

impl<'b> Batch<'b> {
    /// Begins a batch at `now_ms`, or at the newest time its books have seen if the clock lags
    /// behind: a book's time never falls.
    pub fn open(books: &'b mut Books, now_ms: i64, randoms: &'b mut dyn Randoms) -> Result<Self, Fault> {
        let at_ms = books.heads.values().map(|head| head.at_ms).fold(now_ms, i64::max);
        let date = business_date(from_millis(at_ms).ok_or(Fault::OutOfRange)?);
        Ok(Self { books, at: At { at_ms, date }, randoms })
    }

    /// Decides one request on the books as the requests before it left them.
    ///
    /// A fault leaves the books as they were.
    pub fn decide(&mut self, request: &Request) -> Result<Decision, Fault> {
        decide::decide(self, request)
    }

    /// The Japan date of the batch.
    pub const fn date(&self) -> Date {
        self.at.date
    }

    /// Closes one block per book that something was posted in, and hands out all that changed.
    /// The books may serve the next batch if this one is committed, and must be dropped if not.
    pub fn close(self) -> Changes {
        let mut added: BTreeMap<BookCode, (i64, i64, Vec<Hash>)> = BTreeMap::new();
        for posted in &self.books.posted {
            let operation = &posted.operation;
            let (_, last, leaves) =
                added.entry(operation.book).or_insert_with(|| (operation.seq, operation.seq, Vec::new()));
            *last = operation.seq;
            chain::push_leaves(posted, leaves);
        }
        let mut changes = self.books.take_changes();
        for (book, (first, last, leaves)) in added {
            if let Some(head) = self.books.heads.get_mut(&book) {
                let block =
                    Block::close(book, head.height + 1, head.hash, (first, last), &leaves, self.at.at_ms);
                (head.height, head.hash, head.at_ms) = (block.height, block.hash, block.at_ms);
                changes.blocks.push(block);
                changes.heads.push((book, *head));
            }
        }
        self.books.end_batch();
        changes
    }
}
