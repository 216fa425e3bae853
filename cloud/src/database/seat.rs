//! A thread's place at the database: its connection, taken anew when the one before was lost.

use super::connection::Connection;
use super::error::{Error, Result};
use std::time::{Duration, Instant};

/// After no server let us in: whoever asks meanwhile is told at once, instead of waiting for another
/// try each.
const REST: Duration = Duration::from_millis(250);

/// A thread's connection.
pub(super) struct Seat {
    connect: Box<dyn Fn() -> Result<Connection> + Send>,
    connection: Option<Connection>,
    resting: Option<(Instant, String)>,
}

impl Seat {
    /// Takes a connection at once.
    pub(super) fn take(connect: impl Fn() -> Result<Connection> + Send + 'static) -> Result<Self> {
        Ok(Self::of(connect()?, connect))
    }

    /// Keeps a connection that was taken already.
    pub(super) fn of(
        connection: Connection,
        connect: impl Fn() -> Result<Connection> + Send + 'static,
    ) -> Self {
        Self { connect: Box::new(connect), connection: Some(connection), resting: None }
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

    fn connect(&mut self) -> Result<Connection> {
        if let Some((until, why)) = &self.resting
            && Instant::now() < *until
        {
            return Err(Error::NotConnected(why.clone()));
        }
        let connected = (self.connect)();
        self.resting = match &connected {
            Ok(_) => None,
            Err(error) => Some((Instant::now() + REST, error.to_string())),
        };
        connected
    }
}
