//! The ledger's store: batches of requests posted in one commit, and the reading of what was
//! posted.
//!
//! Belongs here: loading what a batch needs, writing what it changed, statements and balances, the
//! book checker, the lapse job. Does not belong here: deciding anything (that is
//! `madoguchi_domain::ledger`), persons' names, HTTP.
//! Why it exists: one durable commit for many clerks is what makes the counter fast.

mod batcher;
mod batchers;
mod columns;
mod gathering;
mod load;
mod merge;
mod ticket;
mod wallet;
mod write;

pub mod books;
pub mod check;
pub mod day_close_paper;
pub mod lapse_job;
pub mod read;

pub use batcher::MOST_PER_BATCH;
pub use merge::acknowledge as acknowledge_merge;

use crate::clock::Clock;
use crate::database::Database;
use batchers::Batchers;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{AccountName, Actor, Answer, Fault, Randoms, Request};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::ticket::TicketNumber;
use std::sync::Arc;

/// A handle on the ledger; clones share it.
#[derive(Clone)]
pub struct Ledger {
    database: Database,
    batchers: Arc<Batchers>,
}

/// What a request was answered, durably.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// The answer.
    pub answer: Answer,
    /// Whether this request brought it about; `false` = the key's first answer again, or a refusal
    /// that is not remembered.
    pub first: bool,
}

/// Why there is no answer. None of these is remembered under the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotPosted {
    /// It did not happen, for now: the queue is full, the lock is held, or the database is
    /// closing. Send it again.
    #[error("the ledger is busy")]
    Busy,
    /// Whether it happened is not known. Resolve the key; never post again under another.
    #[error("whether it was posted is not known")]
    Unknown,
    /// It did not happen: the database refused to write it. An engineer must look.
    #[error("the database cannot write this")]
    Failed,
    /// It did not happen, and will not: the books contradict themselves. An engineer must look.
    #[error("the books cannot post this")]
    Fault(#[from] Fault),
}

impl Ledger {
    /// The ledger kept in this database, by this clock, with the operating system's random
    /// numbers.
    pub fn new(database: Database, clock: Clock) -> Self {
        Self::with(database, clock, Box::new(SystemRandoms), MOST_PER_BATCH)
    }

    /// The same with random numbers handed in, and no more than so many requests per commit: for
    /// the simulator and the benchmark.
    pub fn with(
        database: Database,
        clock: Clock,
        randoms: Box<dyn Randoms + Send>,
        most_per_batch: usize,
    ) -> Self {
        let batchers = Arc::new(Batchers::new(database.clone(), clock, randoms, most_per_batch));
        Self { database, batchers }
    }

    /// Posts a request; the answer comes after the commit that carries it.
    pub async fn post(&self, request: Request) -> Result<Posted, NotPosted> {
        self.batchers.post(request).await
    }

    /// What became of this key? Unknown, it is abandoned for ever, and only then may anybody be
    /// told that it did not happen.
    pub async fn resolve(
        &self,
        actor: Actor,
        home: BookCode,
        key: OperationKey,
    ) -> Result<Posted, NotPosted> {
        self.post(Request::resolve(actor, home, key)).await
    }

    /// How many requests wait for the next commit.
    pub fn waiting(&self) -> usize {
        self.batchers.waiting()
    }

    /// The database it is kept in.
    pub const fn database(&self) -> &Database {
        &self.database
    }
}

/// The operating system's random numbers.
pub struct SystemRandoms;

impl Randoms for SystemRandoms {
    fn account_name(&mut self) -> AccountName {
        random_account_name()
    }

    fn ticket_number(&mut self) -> TicketNumber {
        random_ticket_number()
    }
}

/// A ticket's number from the operating system's random numbers.
fn random_ticket_number() -> TicketNumber {
    std::iter::repeat_with(|| uuid::Uuid::new_v4().as_u64_pair())
        // A version 4 UUID's low half begins with two fixed bits: shifted out, and filled from the high half.
        .find_map(|(high, low)| TicketNumber::drawn(low << 2 | high >> 62))
        .unwrap_or_else(random_ticket_number)
}

/// 128 bits of the operating system's random numbers.
pub(crate) fn random_account_name() -> AccountName {
    AccountName(uuid::Uuid::new_v4().into_bytes())
}
