//! Two requests in one commit, in a chosen order: the writing thread is held until both wait.

use super::cloud::CloudProcess;
use super::line::Letter;
use super::stillness;
use madoguchi_cloud::database::Connection;
use madoguchi_cloud::database::{CommitOutcome, Job, JobFailed};
use madoguchi_terminal::cloud::Reply;
use std::pin::pin;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::Poll;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// Holds the writing thread until it is opened or dropped.
struct Gate {
    opened: Receiver<()>,
}

impl Gate {
    fn close() -> (Self, Sender<()>) {
        let (open, opened) = channel();
        (Self { opened }, open)
    }
}

impl Job for Gate {
    fn write(&mut self, _connection: &Connection) -> Result<(), JobFailed> {
        // Dropping the other end opens it, too.
        let _ = self.opened.recv();
        Ok(())
    }

    fn finish(self: Box<Self>, _outcome: CommitOutcome) -> Option<Box<dyn Job>> {
        None
    }
}

/// Does nothing, behind whatever was queued before.
struct Passing(oneshot::Sender<()>);

impl Job for Passing {
    fn write(&mut self, _connection: &Connection) -> Result<(), JobFailed> {
        Ok(())
    }

    fn finish(self: Box<Self>, _outcome: CommitOutcome) -> Option<Box<dyn Job>> {
        // Whoever waits for it hears that it has passed, however the commit went.
        let _ = self.0.send(());
        None
    }
}

/// Brings both to the books, the first before the second, and lets one commit carry both.
pub async fn both_in_one_commit(cloud: &CloudProcess, first: &Letter, second: &Letter) -> (Reply, Reply) {
    nothing_else_is_under_way(cloud).await;
    let (gate, open) = Gate::close();
    cloud.cloud().database.queue(Box::new(gate)).expect("an empty queue");
    let mut one = pin!(cloud.answer(first));
    let mut two = pin!(cloud.answer(second));
    let mut answers = (None, None);
    answers.0 = until_it_waits(cloud, one.as_mut(), 1).await;
    let waiting = usize::from(answers.0.is_none()) + 1;
    answers.1 = until_it_waits(cloud, two.as_mut(), waiting).await;
    drop(open);
    let first = match answers.0 {
        Some(reply) => reply,
        None => one.await,
    };
    let second = match answers.1 {
        Some(reply) => reply,
        None => two.await,
    };
    (first, second)
}

/// A batch that was asked for earlier, by somebody who no longer waits, would take one of the two along,
/// and then stand behind the gate with it.
async fn nothing_else_is_under_way(cloud: &CloudProcess) {
    let (says_so, passed) = oneshot::channel();
    cloud.cloud().database.queue(Box::new(Passing(says_so))).expect("an empty queue");
    passed.await.expect("a database that writes");
}

/// How long a request may take to its place before the commit, by a real clock: longer means that it will
/// never come there.
const PATIENCE: Duration = Duration::from_secs(30);

/// Carries on until so many requests wait for the next commit, or the answer is there without one.
async fn until_it_waits(
    cloud: &CloudProcess,
    mut answer: std::pin::Pin<&mut impl Future<Output = Reply>>,
    so_many: usize,
) -> Option<Reply> {
    let began = Instant::now();
    loop {
        assert!(began.elapsed() < PATIENCE, "a request neither waits for a commit nor is answered");
        let polled = std::future::poll_fn(|context| Poll::Ready(answer.as_mut().poll(context))).await;
        if let Poll::Ready(reply) = polled {
            return Some(reply);
        }
        if cloud.cloud().ledger.waiting() >= so_many {
            return None;
        }
        stillness::comes().await;
    }
}
