//! A real port, a real meeting place, a doorkeeper and counters that come and go.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use madoguchi_doorkeeper::{answer_doorkeepers, keep};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

const LIMIT: Duration = Duration::from_mins(1);

fn port() -> (TcpListener, SocketAddr) {
    let port = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = port.local_addr().unwrap();
    (port, address)
}

/// A counter at the meeting place, and what it is told.
fn counter(place: &Path) -> Receiver<Option<TcpListener>> {
    let (tell, told) = mpsc::channel();
    answer_doorkeepers(place, move |port| {
        // Nobody may be listening any more.
        let _ = tell.send(port);
    })
    .unwrap();
    told
}

/// Answers one call with a word.
fn answer(port: &TcpListener) {
    let (mut call, _) = port.accept().unwrap();
    call.write_all(b"here").unwrap();
}

fn said_to(call: TcpStream) -> Vec<u8> {
    call.set_read_timeout(Some(LIMIT)).unwrap();
    let mut said = Vec::new();
    let mut call = call;
    // Being hung up on may be heard as an error.
    let _ = call.read_to_end(&mut said);
    said
}

fn starts_none() -> io::Result<Child> {
    Err(io::Error::other("a counter runs already"))
}

#[test]
fn the_counter_that_runs_gets_the_port_with_the_call_that_waits_there() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("place");
    let told = counter(&place);
    let (port, address) = port();
    let call = TcpStream::connect(address).unwrap();
    let at = place.clone();
    let _doorkeeper = thread::spawn(move || keep(&port, &at, starts_none));
    let given = told.recv_timeout(LIMIT).unwrap().expect("a port");
    assert_eq!(given.local_addr().unwrap(), address);
    answer(&given);
    assert_eq!(said_to(call), b"here");
}

#[test]
fn where_no_counter_runs_one_is_started_and_gets_the_port() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("place");
    let (port, address) = port();
    let (start, started) = mpsc::channel();
    let at = place.clone();
    let _doorkeeper = thread::spawn(move || {
        keep(&port, &at, || {
            start.send(()).unwrap();
            Command::new("true").spawn()
        })
    });
    started.recv_timeout(LIMIT).unwrap();
    let told = counter(&place);
    assert_eq!(told.recv_timeout(LIMIT).unwrap().expect("a port").local_addr().unwrap(), address);
}

#[test]
fn a_counter_that_does_not_start_leaves_nobody_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("place");
    let (port, address) = port();
    let call = TcpStream::connect(address).unwrap();
    let doorkeeper = thread::spawn(move || keep(&port, &place, || Command::new("false").spawn()));
    assert_eq!(said_to(call), b"", "hung up on");
    assert!(doorkeeper.join().unwrap().is_err());
}

#[test]
fn what_comes_without_a_port_is_sent_away_and_the_next_is_heard() {
    use std::os::unix::net::UnixStream;
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("place");
    let told = counter(&place);
    let mut stranger = UnixStream::connect(&place).unwrap();
    stranger.write_all(b"no port").unwrap();
    // Being sent away may be heard as an error: what was said is not read to its end.
    let _ = stranger.read_to_end(&mut Vec::new());
    let (port, _) = port();
    let at = place.clone();
    let _doorkeeper = thread::spawn(move || keep(&port, &at, starts_none));
    assert!(told.recv_timeout(LIMIT).unwrap().is_some());
}

#[test]
fn a_second_counter_leaves_the_first_at_the_meeting_place() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("place");
    let (first, second) = (counter(&place), counter(&place));
    let (port, _) = port();
    let at = place.clone();
    let _doorkeeper = thread::spawn(move || keep(&port, &at, starts_none));
    assert!(first.recv_timeout(LIMIT).unwrap().is_some());
    assert!(second.try_recv().is_err());
}

#[test]
fn what_a_counter_left_behind_that_was_cut_off_is_no_counter() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("place");
    drop(std::os::unix::net::UnixListener::bind(&place).unwrap());
    let told = counter(&place);
    let (port, _) = port();
    let at = place.clone();
    let _doorkeeper = thread::spawn(move || keep(&port, &at, starts_none));
    assert!(told.recv_timeout(LIMIT).unwrap().is_some());
}
