//! PostgreSQL: one server or a replicated few, many processes of the cloud.
//!
//! Belongs here: addresses, sessions, transactions. Does not belong here: statements; they are the same
//! on every engine.
//! Why it exists: more than one computer serves, and the points outlive any one of them.

mod refusal;
mod server;
mod session;
mod value;
mod writer;

pub use refusal::Refusal;
pub use server::{NotAServer, Server};
pub(super) use session::Session;

use super::connection::Connection;
use super::readers::Readers;
use super::seat::Seat;
use super::writer::{Jobs, Writer};
use super::{CannotOpen, migration};
use std::{io, thread};

/// How many connections write. The ledger's batches keep one busy per book; the others are for sessions,
/// registrations, audits.
const WRITERS: usize = 4;

/// Brings the schema up to date and takes the connections. A session waits on its own; whoever calls may
/// be one of those who must not wait, so this happens on a thread apart.
pub(super) fn open(server: &Server) -> Result<(Readers, Writer), CannotOpen> {
    thread::scope(|scope| scope.spawn(|| take_connections(server)).join())
        .unwrap_or_else(|_| Err(io::Error::other("the thread that opens the database broke down").into()))
}

fn take_connections(server: &Server) -> Result<(Readers, Writer), CannotOpen> {
    migration::bring_up_to_date(&connect(server)?)?;
    let readers = Readers::start(|| take_seat(server))?;
    let mut seats = Vec::with_capacity(WRITERS);
    for _ in 0..WRITERS {
        seats.push(take_seat(server)?);
    }
    let writer =
        Writer::start(seats.into_iter().map(|mut seat| move |jobs: &Jobs| writer::run(&mut seat, jobs)))?;
    Ok((readers, writer))
}

fn connect(server: &Server) -> super::Result<Connection> {
    Session::open(server).map(Connection::from)
}

fn take_seat(server: &Server) -> super::Result<Seat> {
    let server = server.clone();
    Seat::take(move || connect(&server))
}
