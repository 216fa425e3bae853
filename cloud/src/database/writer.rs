//! The writing side: a queue of jobs and the threads that take them. How an engine writes is its own.

use super::connection::Connection;
use super::job::{Job, NotWritten, QueueFull, Work};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use tokio::sync::oneshot;

/// How many jobs may wait before the next is turned away as busy.
const WAITING: usize = 4_096;

/// The jobs that wait, for the threads that share them.
pub(super) type Jobs = Mutex<Receiver<Box<dyn Job>>>;

/// The writing threads; they write what still waits, then end, when this is dropped.
pub(super) struct Writer {
    sender: Option<SyncSender<Box<dyn Job>>>,
    threads: Vec<JoinHandle<()>>,
}

impl Writer {
    /// Starts a thread for each of these; they take jobs until the queue is closed.
    pub(super) fn start<R: FnOnce(&Jobs) + Send + 'static>(
        runs: impl IntoIterator<Item = R>,
    ) -> std::io::Result<Self> {
        let (sender, receiver) = sync_channel(WAITING);
        let jobs = Arc::new(Mutex::new(receiver));
        let mut threads = Vec::new();
        for run in runs {
            let jobs = Arc::clone(&jobs);
            threads.push(thread::Builder::new().name("write".into()).spawn(move || run(&jobs))?);
        }
        Ok(Self { sender: Some(sender), threads })
    }

    pub(super) fn queue(&self, job: Box<dyn Job>) -> Result<(), QueueFull> {
        let sender = self.sender.as_ref().ok_or(QueueFull)?;
        sender.try_send(job).map_err(|_| QueueFull)
    }

    pub(super) async fn write<T, E>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, NotWritten<E>>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        self.queue(Box::new(Work::new(work, answer))).map_err(|QueueFull| NotWritten::Busy)?;
        answered.await.unwrap_or(Err(NotWritten::Busy))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.sender.take());
        for thread in self.threads.drain(..) {
            // A panic of a writing thread was reported when it happened.
            let _ = thread.join();
        }
    }
}
