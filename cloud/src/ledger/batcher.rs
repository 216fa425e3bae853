//! The batcher: whatever waits is decided together and committed once.
//!
//! Requests queue here (`gathering`); the first one that finds nobody waiting puts one job into the writer's
//! queue. By the time the writer comes to it, more have arrived: they share its commit.

use super::batchers::{SharedRandoms, lock};
use super::gathering::{Gathering, Took};
use super::{NotPosted, Posted, load, write};
use crate::clock::Clock;
use crate::database::Connection;
use crate::database::{self, CommitOutcome, Database, Job, JobFailed};
use madoguchi_domain::ledger::{Batch, Books, Fault, Request};
use std::sync::{Arc, Mutex};
use std::time::Instant;
use tokio::runtime::Handle;
use tokio::sync::oneshot;

/// The most requests in one commit.
pub const MOST_PER_BATCH: usize = 512;

/// How many requests may wait before the next is turned away as busy.
const MOST_WAITING: usize = 16_384;

/// Collects requests into batches.
pub(super) struct Batcher {
    database: Database,
    shared: Arc<Shared>,
}

struct Shared {
    gathering: Gathering<Asker>,
    desk: Mutex<Desk>,
    most_per_batch: usize,
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

impl Batcher {
    pub(super) fn new(
        database: Database,
        clock: Clock,
        randoms: SharedRandoms,
        most_per_batch: usize,
    ) -> Self {
        let desk = Mutex::new(Desk { clock, randoms, books: Books::default() });
        let shared = Shared { gathering: Gathering::default(), desk, most_per_batch: most_per_batch.max(1) };
        Self { database, shared: Arc::new(shared) }
    }

    pub(super) async fn post(&self, request: Request) -> Result<Posted, NotPosted> {
        let (answer, answered) = oneshot::channel();
        self.wait(Asker { request, answer })?;
        // The batch always answers; if its thread is gone, whether it committed is not known.
        answered.await.unwrap_or(Err(NotPosted::Unknown))
    }

    pub(super) fn waiting(&self) -> usize {
        self.shared.gathering.len()
    }

    fn wait(&self, asker: Asker) -> Result<(), NotPosted> {
        self.shared.gathering.join(asker, MOST_WAITING, NotPosted::Busy, || {
            let job = PostBatch::of_whatever_waits(Arc::clone(&self.shared), Handle::current());
            self.database.queue(Box::new(job)).map_err(|_| NotPosted::Busy)
        })
    }
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
    /// When it was begun to be posted.
    began: Option<Instant>,
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
            began: None,
            if_rolled_back: NotPosted::Busy,
        }
    }

    /// Whether it was turned away before it could ask anything: there was no transaction to be had.
    fn never_had_its_turn(&self, outcome: CommitOutcome) -> bool {
        self.takes_waiting && self.began.is_none() && outcome == CommitOutcome::RolledBack
    }

    /// How long it took, if it was committed.
    fn took(&self, outcome: CommitOutcome) -> Option<Took> {
        let CommitOutcome::Committed { flushing } = outcome else { return None };
        self.began.map(|began| Took { posting: began.elapsed().saturating_sub(flushing), flushing })
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
            self.batch = self.shared.gathering.take(self.shared.most_per_batch);
        }
        self.began = Some(Instant::now());
        self.post(connection).map_err(|error| {
            self.refused(&error);
            JobFailed
        })
    }

    fn refused(&mut self, error: &database::Error) {
        tracing::error!(%error, requests = self.batch.len(), "a batch failed");
        if !error.is_passing() {
            self.if_rolled_back = NotPosted::Failed;
        }
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
            self.batch.extend(self.shared.gathering.take_all());
        }
        let took = self.took(outcome);
        let Self { shared, answering, takes_waiting, batch, decided, books, if_rolled_back, .. } = *self;
        if let (CommitOutcome::Committed { .. }, Some(books)) = (outcome, books) {
            lock(&shared.desk).books = books;
        }
        if takes_waiting {
            // Before they are answered: the first of them may be back before the last has its answer.
            shared.gathering.expect_back(batch.len(), took);
        }
        let next_answering = answering.clone();
        answering.spawn(async move { answer(batch, decided, outcome, if_rolled_back) });
        (takes_waiting && shared.gathering.goes_on())
            .then(|| -> Box<dyn Job> { Box::new(Self::of_whatever_waits(shared, next_answering)) })
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
            CommitOutcome::Committed { .. } => decided.next().unwrap_or(Err(NotPosted::Unknown)),
            CommitOutcome::RolledBack => Err(if_rolled_back),
            CommitOutcome::Unknown => Err(NotPosted::Unknown),
        };
        // A caller that no longer waits will resolve its key.
        let _ = asker.answer.send(answer);
    }
}
