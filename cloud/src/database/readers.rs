//! The connections that read: a few threads, each with its own.

use super::CannotOpen;
use super::connection::Connection;
use super::error::{self, Error};
use super::seat::Seat;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use tokio::sync::oneshot;

/// How many connections read.
const READERS: usize = 4;

/// How many readings may wait before the next is turned away.
const WAITING: usize = 4_096;

type Reading = Box<dyn FnOnce(&mut Seat) + Send>;

/// Why nothing was read.
#[derive(Debug, thiserror::Error)]
pub enum NotRead<E> {
    /// The reading failed.
    #[error("{0}")]
    Failed(E),
    /// Too many wait already, or the database is closing.
    #[error("the database is busy")]
    Busy,
}

/// The reading threads. They end when this is dropped and what waited has been read.
pub(super) struct Readers {
    sender: Option<SyncSender<Reading>>,
    threads: Vec<JoinHandle<()>>,
}

impl Readers {
    pub(super) fn start(take_seat: impl Fn() -> error::Result<Seat>) -> Result<Self, CannotOpen> {
        let (sender, receiver) = sync_channel::<Reading>(WAITING);
        let receiver = Arc::new(Mutex::new(receiver));
        let mut threads = Vec::with_capacity(READERS);
        for index in 0..READERS {
            let mut seat = take_seat()?;
            let receiver = Arc::clone(&receiver);
            let reader = thread::Builder::new().name(format!("read-{index}"));
            threads.push(reader.spawn(move || {
                while let Some(reading) = next(&receiver) {
                    reading(&mut seat);
                }
            })?);
        }
        Ok(Self { sender: Some(sender), threads })
    }

    pub(super) async fn read<T, E>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, NotRead<E>>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let reading: Reading = Box::new(move |seat| {
            // A caller that no longer waits wants no answer.
            let _ = answer.send(in_one_state(seat, work));
        });
        let sender = self.sender.as_ref().ok_or(NotRead::Busy)?;
        match sender.try_send(reading) {
            Ok(()) => answered.await.map_err(|_| NotRead::Busy)?.map_err(NotRead::Failed),
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => Err(NotRead::Busy),
        }
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        drop(self.sender.take());
        for thread in self.threads.drain(..) {
            // A panic of a reading thread was reported when it happened.
            let _ = thread.join();
        }
    }
}

fn next(receiver: &Mutex<Receiver<Reading>>) -> Option<Reading> {
    receiver.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Several statements of one reading must see one state of the books.
fn in_one_state<T, E: From<Error>>(
    seat: &mut Seat,
    work: impl FnOnce(&Connection) -> Result<T, E>,
) -> Result<T, E> {
    let connection = seat.begin(Connection::begin_reading)?;
    let read = work(connection);
    if let Err(error) = connection.roll_back() {
        tracing::warn!(%error, "a reading could not be ended");
    }
    read
}
