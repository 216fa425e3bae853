//! PostgreSQL: one server or a replicated few, many processes of the cloud.
//!
//! Belongs here: addresses, sessions, transactions. Does not belong here: statements; they are the same
//! on every engine.
//! Why it exists: more than one computer serves, and the points outlive any one of them.

mod many;
mod refusal;
mod server;
mod session;
mod value;

pub(super) use many::Columns as ManyRows;
pub use refusal::Refusal;
pub use server::{NotAServer, Server};
pub(super) use session::{Asked, Session};

use super::commit::{self, Manner};
use super::connection::Connection;
use super::readers::Readers;
use super::seat::{Rest, Seat};
use super::writer::{Jobs, Writer};
use super::{CannotOpen, Connections, migration};
use std::{io, thread};

/// One batch is one transaction: a head is locked for no longer than its own batch takes. Those of one book
/// take turns by its lock, also with other processes'; those of several books run beside each other.
const BATCH: Manner = Manner { begin: Connection::begin_writing, most_per_commit: 1 };

/// How many batches run beside each other.
const BATCHES: usize = 4;

/// Everybody else shares commits, and is alone in it over all processes, as on SQLite: what a piece of
/// writing has read is still true when it writes.
const ALONE: Manner = Manner { begin: Connection::begin_writing_alone, most_per_commit: 256 };

/// Brings the schema up to date and takes the connections. A session waits on its own; whoever calls may
/// be one of those who must not wait, so this happens on a thread apart.
pub(super) fn open(server: &Server) -> Result<Connections, CannotOpen> {
    thread::scope(|scope| scope.spawn(|| take_connections(server)).join())
        .unwrap_or_else(|_| Err(io::Error::other("the thread that opens the database broke down").into()))
}

fn take_connections(server: &Server) -> Result<Connections, CannotOpen> {
    migration::bring_up_to_date(&connect(server)?)?;
    let rest = Rest::default();
    let readers = Readers::start(|| take_seat(server, &rest))?;
    let writer = Writer::start([writing(server, &rest, &ALONE)?])?;
    let batches = (0..BATCHES).map(|_| writing(server, &rest, &BATCH));
    let batches = Writer::start(batches.collect::<super::Result<Vec<_>>>()?)?;
    Ok(Connections { readers, writer, batches: Some(batches) })
}

/// A writing thread with its seat.
fn writing(
    server: &Server,
    rest: &Rest,
    manner: &'static Manner,
) -> super::Result<impl FnOnce(&Jobs) + Send + 'static> {
    let mut seat = take_seat(server, rest)?;
    Ok(move |jobs: &Jobs| commit::run(&mut seat, jobs, manner, |_| {}))
}

fn connect(server: &Server) -> super::Result<Connection> {
    Session::open(server).map(Connection::from)
}

fn take_seat(server: &Server, rest: &Rest) -> super::Result<Seat> {
    let server = server.clone();
    Seat::take(rest, move || connect(&server))
}
