//! The batchers of a process: one for each busy book, so that books do not wait for each other's commits.
//!
//! Where one writer has to take all turns anyway (SQLite), one batcher serves all books: everybody shares its
//! commit. A request that touches several books waits with its home book's; the locks of the heads, taken in
//! ascending order, keep it in turn with the others.

use super::batcher::Batcher;
use super::{NotPosted, Posted};
use crate::clock::Clock;
use crate::database::Database;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{AccountName, Randoms, Request};
use madoguchi_domain::ticket::TicketNumber;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A thread that panicked while holding it left nothing half-done: every batch starts anew.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One batcher per book, made when the book is first written to.
pub(super) struct Batchers {
    database: Database,
    clock: Clock,
    randoms: SharedRandoms,
    most_per_batch: usize,
    by_book: Mutex<BTreeMap<BookCode, Arc<Batcher>>>,
}

impl Batchers {
    pub(super) fn new(
        database: Database,
        clock: Clock,
        randoms: Box<dyn Randoms + Send>,
        most_per_batch: usize,
    ) -> Self {
        let randoms = SharedRandoms(Arc::new(Mutex::new(randoms)));
        Self { database, clock, randoms, most_per_batch, by_book: Mutex::default() }
    }

    pub(super) async fn post(&self, request: Request) -> Result<Posted, NotPosted> {
        self.of(request.home).post(request).await
    }

    /// How many requests wait, over all books.
    pub(super) fn waiting(&self) -> usize {
        lock(&self.by_book).values().map(|batcher| batcher.waiting()).sum()
    }

    fn of(&self, home: BookCode) -> Arc<Batcher> {
        let book = if self.database.runs_jobs_beside_each_other() { home } else { BookCode::RESERVED };
        let mut by_book = lock(&self.by_book);
        let batcher = by_book.entry(book).or_insert_with(|| {
            let (clock, randoms) = (self.clock.clone(), self.randoms.clone());
            Arc::new(Batcher::new(self.database.clone(), clock, randoms, self.most_per_batch))
        });
        Arc::clone(batcher)
    }
}

/// One source of random numbers for all batchers.
#[derive(Clone)]
pub(super) struct SharedRandoms(Arc<Mutex<Box<dyn Randoms + Send>>>);

impl Randoms for SharedRandoms {
    fn account_name(&mut self) -> AccountName {
        lock(&self.0).account_name()
    }

    fn ticket_number(&mut self) -> TicketNumber {
        lock(&self.0).ticket_number()
    }
}
