//! A thread's place at the database: its connection, taken anew when the one before was lost.

use super::connection::Connection;
use super::error::{Error, Result};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// After no server let us in: whoever asks meanwhile is told at once, instead of waiting for another
/// try each.
const REST: Duration = Duration::from_millis(250);

/// The rest that all seats at one database take together. If each took its own, one that still rests
/// would turn away what another could have served: turning away is quick, so it would get most of it.
#[derive(Clone)]
pub(super) struct Rest {
    lasts: Duration,
    until: Arc<Mutex<Option<(Instant, String)>>>,
}

impl Default for Rest {
    fn default() -> Self {
        Self { lasts: REST, until: Arc::default() }
    }
}

impl Rest {
    /// Why nobody was let in, while it lasts.
    fn why(&self) -> Option<String> {
        let until = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        until.as_ref().filter(|(end, _)| Instant::now() < *end).map(|(_, why)| why.clone())
    }

    /// Begins it when nobody was let in, ends it when somebody was.
    fn follows<T>(&self, connected: &Result<T>) {
        let until = match connected {
            Ok(_) => None,
            Err(error) => Some((Instant::now() + self.lasts, error.to_string())),
        };
        *self.until.lock().unwrap_or_else(PoisonError::into_inner) = until;
    }
}

/// A thread's connection.
pub(super) struct Seat {
    connect: Box<dyn Fn() -> Result<Connection> + Send>,
    connection: Option<Connection>,
    rest: Rest,
}

impl Seat {
    /// Takes a connection at once.
    pub(super) fn take(
        rest: &Rest,
        connect: impl Fn() -> Result<Connection> + Send + 'static,
    ) -> Result<Self> {
        Ok(Self::of(connect()?, rest, connect))
    }

    /// Keeps a connection that was taken already.
    pub(super) fn of(
        connection: Connection,
        rest: &Rest,
        connect: impl Fn() -> Result<Connection> + Send + 'static,
    ) -> Self {
        Self { connect: Box::new(connect), connection: Some(connection), rest: rest.clone() }
    }

    /// The connection, inside a transaction begun like this.
    ///
    /// A line that broke while nobody used it shows so at the first word; nothing was asked yet, so
    /// another one will do.
    pub(super) fn begin(&mut self, begin: fn(&Connection) -> Result<()>) -> Result<&Connection> {
        let connection = self.connected()?;
        match begin(connection) {
            Err(error) if connection.is_lost() => {
                tracing::warn!(%error, "the database connection was lost; taking another");
                begin(self.connected()?)?;
            }
            done => done?,
        }
        self.connected()
    }

    /// The connection, if there is one.
    pub(super) const fn connection(&self) -> Option<&Connection> {
        self.connection.as_ref()
    }

    /// The connection, a new one if the one before was lost.
    fn connected(&mut self) -> Result<&Connection> {
        let connection = match self.connection.take() {
            Some(connection) if !connection.is_lost() => connection,
            _ => self.connect()?,
        };
        Ok(self.connection.insert(connection))
    }

    fn connect(&self) -> Result<Connection> {
        if let Some(why) = self.rest.why() {
            return Err(Error::NotConnected(why));
        }
        let connected = (self.connect)();
        self.rest.follows(&connected);
        connected
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// A seat whose connection is gone, at a server that lets nobody in before so many have tried.
    fn lost_seat(rest: &Rest, tried: &Arc<AtomicUsize>, lets_in_from: usize) -> Seat {
        let tried = Arc::clone(tried);
        let connect = move || {
            if tried.fetch_add(1, Ordering::Relaxed) + 1 < lets_in_from {
                return Err(Error::NotConnected("nobody is let in".into()));
            }
            Ok(Connection::from(rusqlite::Connection::open_in_memory().unwrap()))
        };
        Seat { connect: Box::new(connect), connection: None, rest: rest.clone() }
    }

    #[test]
    fn where_one_was_turned_away_the_others_do_not_try_for_a_while() {
        let rest = Rest { lasts: Duration::from_hours(1), ..Rest::default() };
        let tried = Arc::new(AtomicUsize::new(0));
        let mut seats = [lost_seat(&rest, &tried, 2), lost_seat(&rest, &tried, 2)];
        for seat in &mut seats {
            assert!(seat.connected().is_err());
        }
        assert_eq!(tried.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn where_one_was_let_in_nobody_rests_any_more() {
        let rest = Rest { lasts: Duration::ZERO, ..Rest::default() };
        let tried = Arc::new(AtomicUsize::new(0));
        let (mut first, second) = (lost_seat(&rest, &tried, 2), lost_seat(&rest, &tried, 2));
        assert!(first.connected().is_err());
        let slow = Rest { lasts: Duration::from_hours(1), until: Arc::clone(&rest.until) };
        slow.follows::<()>(&Err(Error::NotConnected("still nobody".into())));
        assert!(first.connected().is_err(), "it rests");
        slow.follows(&second.connect.as_ref()());
        assert!(first.connected().is_ok());
    }
}
