//! The ways to a receipt printer: bytes there, bytes back, never for ever.
//!
//! Belongs here: opening, writing and reading with a limit. Does not: what the bytes mean.

#[cfg(unix)]
mod device;
mod network;

use madoguchi_port::paper::{Connection, PaperFault};
use std::io;
use std::path::Path;
use std::time::Duration;

/// An open way to a printer.
pub(super) trait Line {
    /// Hands over all bytes. A printer that takes none for `patience` has failed.
    fn write(&mut self, bytes: &[u8], patience: Duration) -> io::Result<()>;

    /// The next byte from the printer; `None` if none comes within `patience`.
    fn read(&mut self, patience: Duration) -> io::Result<Option<u8>>;
}

/// Opens the way to a printer. A queue is none: it takes papers and says nothing of printers.
pub(super) fn open(connection: &Connection, patience: Duration) -> Result<Box<dyn Line>, PaperFault> {
    let opened = match connection {
        Connection::Network { host, port } => network::open(host, *port, patience),
        Connection::Device(path) => device(path),
        Connection::Queue(_) => Err(io::ErrorKind::Unsupported.into()),
    };
    opened.map_err(|error| {
        let place = place(connection);
        tracing::warn!(%error, place, "the receipt printer cannot be reached");
        PaperFault::PrinterGone(place)
    })
}

/// Where a printer is, for the person who looks for it.
pub(super) fn place(connection: &Connection) -> String {
    match connection {
        Connection::Network { host, port } => format!("{host}:{port}"),
        Connection::Device(path) => path.display().to_string(),
        Connection::Queue(name) => name.clone(),
    }
}

#[cfg(unix)]
fn device(path: &Path) -> io::Result<Box<dyn Line>> {
    device::open(path)
}

/// Elsewhere printers are no files.
#[cfg(not(unix))]
fn device(_: &Path) -> io::Result<Box<dyn Line>> {
    Err(io::ErrorKind::Unsupported.into())
}
