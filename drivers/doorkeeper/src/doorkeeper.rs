//! The doorkeeper's side: hands the port on, and stays as long as somebody answers on it.

use crate::meeting_place::give;
use std::io::{self, Read};
use std::net::TcpListener;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

/// How long a counter may take from its start until it takes the port: seconds on a quiet PC.
const START_WITHIN: Duration = Duration::from_secs(90);
/// How long a counter may take to start itself anew, as it does for training.
const BACK_WITHIN: Duration = Duration::from_secs(5);
/// How often is looked whether a counter is there.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// How long callers are hung up on where no counter comes, so that a caller who tries again at once starts no
/// counter that fails at once.
const HANG_UP_FOR: Duration = Duration::from_secs(5);

/// Keeps the port that the system handed over: hands it on to the counter that answers at the meeting place, has one
/// started where none does, and returns once there is none any more. Fails where none comes; whoever called meanwhile
/// is hung up on.
pub fn keep(port: &TcpListener, place: &Path, start: impl FnOnce() -> io::Result<Child>) -> io::Result<()> {
    let kept = keep_until_ended(port, place, start);
    if kept.is_err() {
        hang_up_on_callers(port)?;
    }
    kept
}

fn keep_until_ended(
    port: &TcpListener,
    place: &Path,
    start: impl FnOnce() -> io::Result<Child>,
) -> io::Result<()> {
    if !stay_with(port, place) {
        let started = start()?;
        wait_for(port, place, Some(started), START_WITHIN)?;
    }
    // It may have started itself anew: into training, or back.
    while wait_for(port, place, None, BACK_WITHIN).is_ok() {}
    Ok(())
}

/// Waits for a counter, and stays with it to its end.
fn wait_for(
    port: &TcpListener,
    place: &Path,
    mut started: Option<Child>,
    within: Duration,
) -> io::Result<()> {
    let until = Instant::now() + within;
    while !stay_with(port, place) {
        // One that ends content was not the first: another is just starting.
        let has_failed =
            |child: &mut Child| child.try_wait().is_ok_and(|end| end.is_some_and(|end| !end.success()));
        if Instant::now() > until || started.as_mut().is_some_and(has_failed) {
            return Err(io::Error::new(io::ErrorKind::NotConnected, "no counter came to take the port"));
        }
        thread::sleep(LOOK_EVERY);
    }
    Ok(())
}

/// Hands the port to the counter at the meeting place, and stays until that has ended; false where there is none.
fn stay_with(port: &TcpListener, place: &Path) -> bool {
    let Ok(mut counter) = UnixStream::connect(place) else { return false };
    if give(&counter, port).is_err() {
        return false;
    }
    // It says nothing: what can be heard is its end.
    let _ = counter.read_to_end(&mut Vec::new());
    true
}

/// Nobody answers. A call that went on waiting would have the system start a doorkeeper again and again.
fn hang_up_on_callers(port: &TcpListener) -> io::Result<()> {
    port.set_nonblocking(true)?;
    let until = Instant::now() + HANG_UP_FOR;
    while Instant::now() < until {
        while port.accept().is_ok() {}
        thread::sleep(LOOK_EVERY);
    }
    Ok(())
}
