//! The batcher: whatever waits is decided together and committed once.
//!
//! Requests queue here; the first one that finds nobody waiting puts one job into the writer's
//! queue. By the time the writer comes to it, more have arrived: they share its commit.
//!
//! Clerks who were answered together come back together. Where the disk is slow it pays to wait for
//! them a moment: without it they split into two groups that take turns, each waiting for the other's
//! flush as well as for its own.

use super::batchers::SharedRandoms;
use super::{NotPosted, Posted, load, write};
use crate::clock::Clock;
use crate::database::Connection;
use crate::database::{self, CommitOutcome, Database, Job, JobFailed};
use madoguchi_domain::ledger::{Batch, Books, Fault, Request};
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::runtime::Handle;
use tokio::sync::oneshot;

/// The most requests in one commit.
pub const MOST_PER_BATCH: usize = 512;

/// How many requests may wait before the next is turned away as busy.
const MOST_WAITING: usize = 16_384;

/// The longest wait for those who are expected back, however slow the disk is.
const MOST_PATIENCE: Duration = Duration::from_millis(5);

/// Collects requests into batches.
pub(super) struct Batcher {
    database: Database,
    shared: Arc<Shared>,
}

struct Shared {
    waiting: Mutex<Waiting>,
    /// As many wait as shared the last commit.
    all_are_back: Condvar,
    desk: Mutex<Desk>,
    most_per_batch: usize,
}

#[derive(Default)]
struct Waiting {
    requests: VecDeque<Asker>,
    /// Whether a job that will take them is on its way.
    job_is_queued: bool,
    /// How many shared the last commit, and may be expected back.
    expected: usize,
    /// How long to wait for them: half the time the disk took for it, so that waiting in vain costs
    /// less than it gains otherwise.
    patience: Duration,
}

/// A request and whoever waits for its answer.
struct Asker {
    request: Request,
    answer: oneshot::Sender<Result<Posted, NotPosted>>,
}

/// What the writing thread decides with.
struct Desk {
    clock: Clock,
    randoms: SharedRandoms,
    /// As the last committed batch left them.
    books: Books,
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A thread that panicked while holding it left nothing half-done: every batch starts anew.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Batcher {
    pub(super) fn new(
        database: Database,
        clock: Clock,
        randoms: SharedRandoms,
        most_per_batch: usize,
    ) -> Self {
        let desk = Mutex::new(Desk { clock, randoms, books: Books::default() });
        let shared = Shared {
            waiting: Mutex::default(),
            all_are_back: Condvar::new(),
            desk,
            most_per_batch: most_per_batch.max(1),
        };
        Self { database, shared: Arc::new(shared) }
    }

    pub(super) async fn post(&self, request: Request) -> Result<Posted, NotPosted> {
        let (answer, answered) = oneshot::channel();
        self.wait(Asker { request, answer })?;
        // The batch always answers; if its thread is gone, whether it committed is not known.
        answered.await.unwrap_or(Err(NotPosted::Unknown))
    }

    pub(super) fn waiting(&self) -> usize {
        lock(&self.shared.waiting).requests.len()
    }

    fn wait(&self, asker: Asker) -> Result<(), NotPosted> {
        let mut waiting = lock(&self.shared.waiting);
        if waiting.requests.len() >= MOST_WAITING {
            return Err(NotPosted::Busy);
        }
        if !waiting.job_is_queued {
            let job = PostBatch::of_whatever_waits(Arc::clone(&self.shared), Handle::current());
            self.database.queue(Box::new(job)).map_err(|_| NotPosted::Busy)?;
            waiting.job_is_queued = true;
        }
        waiting.requests.push_back(asker);
        if waiting.requests.len() == waiting.expected {
            self.shared.all_are_back.notify_one();
        }
        Ok(())
    }
}

/// A batch that is written but not yet on the disk.
#[derive(Clone, Copy)]
struct Written {
    /// Since when.
    at: Instant,
    /// How long it took to load, decide and write it.
    posting: Duration,
}

/// Decides requests together, inside the writer's transaction.
struct PostBatch {
    shared: Arc<Shared>,
    /// Where those who wait are woken: waking each is work that the next batch need not wait for.
    answering: Handle,
    /// Whether it takes its requests from those that wait, when its turn comes.
    takes_waiting: bool,
    batch: Vec<Asker>,
    decided: Vec<Result<Posted, NotPosted>>,
    /// For the next batch, if this one is committed.
    books: Option<Books>,
    /// How it has gone so far, once everything is written but not yet committed.
    written: Option<Written>,
    /// What every request is answered if the transaction is rolled back.
    if_rolled_back: NotPosted,
}

impl PostBatch {
    fn of_whatever_waits(shared: Arc<Shared>, answering: Handle) -> Self {
        Self { takes_waiting: true, ..Self::of(shared, answering, Vec::new()) }
    }

    fn of(shared: Arc<Shared>, answering: Handle, batch: Vec<Asker>) -> Self {
        Self {
            shared,
            answering,
            takes_waiting: false,
            batch,
            decided: Vec::new(),
            books: None,
            written: None,
            if_rolled_back: NotPosted::Busy,
        }
    }

    /// Takes whoever waits, once those who are expected back are there or the time for it is over.
    fn take_waiting(&mut self) {
        let waiting = lock(&self.shared.waiting);
        let patience = waiting.patience;
        let some_are_missing = |waiting: &mut Waiting| waiting.requests.len() < waiting.expected;
        let waited = self.shared.all_are_back.wait_timeout_while(waiting, patience, some_are_missing);
        let (mut waiting, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let count = waiting.requests.len().min(self.shared.most_per_batch);
        self.batch.extend(waiting.requests.drain(..count));
    }

    /// Whether it was turned away before it could write anything: the lock was not to be had.
    fn never_had_its_turn(&self, outcome: CommitOutcome) -> bool {
        self.takes_waiting && self.written.is_none() && outcome == CommitOutcome::RolledBack
    }

    /// Loads, decides in order, writes.
    fn post(&mut self, connection: &Connection) -> Result<(), database::Error> {
        let requests: Vec<&Request> = self.batch.iter().map(|asker| &asker.request).collect();
        let mut desk = lock(&self.shared.desk);
        let mut books = std::mem::take(&mut desk.books);
        load::load(connection, &mut books, &requests, &mut desk.randoms)?;
        let now_ms = desk.clock.now_ms();
        let mut batch = match Batch::open(&mut books, now_ms, &mut desk.randoms) {
            Ok(batch) => batch,
            Err(fault) => {
                self.decided = requests.iter().map(|_| Err(NotPosted::Fault(fault))).collect();
                return Ok(());
            }
        };
        self.decided = requests.iter().map(|request| decide(&mut batch, request)).collect();
        write::write(connection, &batch.close())?;
        self.books = Some(books);
        Ok(())
    }
}

fn decide(batch: &mut Batch<'_>, request: &Request) -> Result<Posted, NotPosted> {
    match batch.decide(request) {
        Ok(decision) => Ok(Posted { answer: decision.answer, first: decision.first }),
        Err(fault) => {
            report(fault, request);
            Err(NotPosted::Fault(fault))
        }
    }
}

/// Once, where it is found; the caller only learns that an engineer must look.
fn report(fault: Fault, request: &Request) {
    tracing::error!(%fault, home = %request.home, key = %request.key, "the books cannot post this");
}

impl Job for PostBatch {
    fn write(&mut self, connection: &Connection) -> Result<(), JobFailed> {
        if self.takes_waiting {
            self.take_waiting();
        }
        let began = Instant::now();
        let posted = self.post(connection);
        self.written = Some(Written { at: Instant::now(), posting: began.elapsed() });
        posted.map_err(|error| {
            tracing::error!(%error, requests = self.batch.len(), "a batch failed");
            if !error.is_passing() {
                self.if_rolled_back = NotPosted::Failed;
            }
            JobFailed
        })
    }

    fn split(&mut self) -> Vec<Box<dyn Job>> {
        // What is wrong with the database and not with a request would befall each of them again, one
        // time-out after the other.
        if self.batch.len() < 2 || self.if_rolled_back == NotPosted::Busy {
            return Vec::new();
        }
        let alone = |asker| -> Box<dyn Job> {
            Box::new(Self::of(Arc::clone(&self.shared), self.answering.clone(), vec![asker]))
        };
        std::mem::take(&mut self.batch).into_iter().map(alone).collect()
    }

    fn finish(mut self: Box<Self>, outcome: CommitOutcome) -> Option<Box<dyn Job>> {
        if self.never_had_its_turn(outcome) {
            // Whoever waits is told so now, and may send again, instead of waiting for more of the same.
            self.batch.extend(lock(&self.shared.waiting).requests.drain(..));
        }
        let Self { shared, answering, takes_waiting, batch, decided, books, written, if_rolled_back } = *self;
        if let (CommitOutcome::Committed, Some(books)) = (outcome, books) {
            lock(&shared.desk).books = books;
        }
        if takes_waiting {
            expect_back(&shared, batch.len(), written);
        }
        answering.spawn(async move { answer(batch, decided, outcome, if_rolled_back) });
        takes_waiting.then(|| go_on(shared, answering)).flatten()
    }
}

/// Tells everybody what became of the transaction.
fn answer(
    batch: Vec<Asker>,
    decided: Vec<Result<Posted, NotPosted>>,
    outcome: CommitOutcome,
    if_rolled_back: NotPosted,
) {
    let mut decided = decided.into_iter();
    for asker in batch {
        let answer = match outcome {
            CommitOutcome::Committed => decided.next().unwrap_or(Err(NotPosted::Unknown)),
            CommitOutcome::RolledBack => Err(if_rolled_back),
            CommitOutcome::Unknown => Err(NotPosted::Unknown),
        };
        // A caller that no longer waits will resolve its key.
        let _ = asker.answer.send(answer);
    }
}

/// Before they are answered: the first of them may be back before the last has its answer.
///
/// It takes them about half as long to come back as it took to post them. A disk that is quicker than
/// that is waited for by nobody for long, and taking turns even saves time.
fn expect_back(shared: &Shared, answered: usize, written: Option<Written>) {
    let patience = written.map_or(Duration::ZERO, |Written { at, posting }| {
        let flushing = at.elapsed();
        if flushing > posting / 2 { (flushing / 2).min(MOST_PATIENCE) } else { Duration::ZERO }
    });
    let mut waiting = lock(&shared.waiting);
    (waiting.expected, waiting.patience) = (answered, patience);
}

/// The next batch, if more wait already; else the next request queues a job itself.
fn go_on(shared: Arc<Shared>, answering: Handle) -> Option<Box<dyn Job>> {
    let mut waiting = lock(&shared.waiting);
    waiting.job_is_queued = !waiting.requests.is_empty();
    let more_wait = waiting.job_is_queued;
    drop(waiting);
    more_wait.then(|| -> Box<dyn Job> { Box::new(PostBatch::of_whatever_waits(shared, answering)) })
}
