//! The counter's side: a doorkeeper comes with the port, and one day goes.

use crate::meeting_place::take;
use std::fs::{File, TryLockError};
use std::io::{self, Read};
use std::net::TcpListener;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::thread;
use std::time::Duration;

/// Beside the meeting place: locked by the one counter that answers there.
const OWN: &str = "lock";
/// How long a doorkeeper may take to say why it came.
const SAID_WITHIN: Duration = Duration::from_secs(5);

/// How soon a place that could not be taken is tried again.
const TRY_AGAIN: Duration = Duration::from_secs(1);

/// From now on takes the port of every doorkeeper that comes to the meeting place, and tells it; tells none once that
/// doorkeeper is gone. While another counter of this user answers there, it stays that one; once that has ended, it is
/// this one. Returns at once.
pub fn answer_doorkeepers(
    place: &Path,
    tell: impl Fn(Option<TcpListener>) + Send + 'static,
) -> io::Result<()> {
    let own = File::create(place.with_extension(OWN))?;
    let comers = match own.try_lock() {
        Ok(()) => Some(take_place(place)?),
        Err(TryLockError::WouldBlock) => None,
        Err(TryLockError::Error(error)) => return Err(error),
    };
    let place = place.to_owned();
    thread::Builder::new().name("doorkeepers".into()).spawn(move || {
        let comers = comers.unwrap_or_else(|| take_place_after_another(&own, &place));
        for comer in comers.incoming().map_while(Result::ok) {
            attend(comer, &tell);
        }
        // This counter's for as long as it runs; the system gives it back however that ends.
        drop(own);
    })?;
    Ok(())
}

/// The place, from whoever answers no more.
fn take_place(place: &Path) -> io::Result<UnixListener> {
    // What a counter left there: nobody takes it away who ends.
    match std::fs::remove_file(place) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    UnixListener::bind(place)
}

/// The same once the counter that answers there has ended.
fn take_place_after_another(own: &File, place: &Path) -> UnixListener {
    loop {
        if let Ok(comers) = own.lock().and_then(|()| take_place(place)) {
            return comers;
        }
        thread::sleep(TRY_AGAIN);
    }
}

/// One doorkeeper, to its end. There is one port, so there is one at a time.
fn attend(mut comer: UnixStream, tell: &impl Fn(Option<TcpListener>)) {
    let taken = comer.set_read_timeout(Some(SAID_WITHIN)).and_then(|()| take(&comer));
    let (Ok(Some(port)), Ok(())) = (taken, comer.set_read_timeout(None)) else { return };
    tell(Some(port));
    // It says nothing more: what can be heard is that it is gone.
    let _ = comer.read_to_end(&mut Vec::new());
    tell(None);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{OWN, answer_doorkeepers};
    use crate::meeting_place::give;
    use std::fs::File;
    use std::net::TcpListener;
    use std::os::unix::net::{UnixListener, UnixStream};
    use std::sync::mpsc;
    use std::time::{Duration, Instant};

    const LIMIT: Duration = Duration::from_mins(1);

    #[test]
    fn a_counter_is_told_that_its_doorkeeper_is_gone_and_takes_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("place");
        let (tell, told) = mpsc::channel();
        answer_doorkeepers(&place, move |port| tell.send(port).unwrap()).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap();
        for _ in 0..2 {
            let doorkeeper = UnixStream::connect(&place).unwrap();
            give(&doorkeeper, &port).unwrap();
            let given = told.recv_timeout(LIMIT).unwrap().map(|given| given.local_addr().unwrap());
            assert_eq!(given, Some(port.local_addr().unwrap()));
            drop(doorkeeper);
            assert!(told.recv_timeout(LIMIT).unwrap().is_none());
        }
    }

    #[test]
    fn a_counter_that_came_while_another_was_ending_hears_the_doorkeepers_after_it() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("place");
        let of_another = File::create(place.with_extension(OWN)).unwrap();
        of_another.lock().unwrap();
        let another = UnixListener::bind(&place).unwrap();
        let (tell, told) = mpsc::channel();
        answer_doorkeepers(&place, move |port| tell.send(port).unwrap()).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap();

        let at_another = UnixStream::connect(&place).unwrap();
        give(&at_another, &port).unwrap();
        another.accept().unwrap();
        assert!(told.try_recv().is_err(), "the other answers still");

        drop((another, of_another));
        let until = Instant::now() + LIMIT;
        let given = loop {
            assert!(Instant::now() < until, "nobody is at the place");
            // As a doorkeeper does: it looks until a counter is there.
            let Ok(doorkeeper) = UnixStream::connect(&place) else { continue };
            give(&doorkeeper, &port).unwrap();
            break told.recv_timeout(LIMIT).unwrap();
        };
        assert!(given.is_some());
    }
}
