//! The counter's side: a doorkeeper comes with the port, and one day goes.

use crate::meeting_place::take;
use std::io::{self, Read};
use std::net::TcpListener;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::thread;
use std::time::Duration;

/// How long a doorkeeper may take to say why it came.
const SAID_WITHIN: Duration = Duration::from_secs(5);

/// From now on takes the port of every doorkeeper that comes to the meeting place, and tells it; tells none once that
/// doorkeeper is gone. Where another counter of this user answers there already, it stays that one.
pub fn answer_doorkeepers(
    place: &Path,
    tell: impl Fn(Option<TcpListener>) + Send + 'static,
) -> io::Result<()> {
    if UnixStream::connect(place).is_ok() {
        return Ok(());
    }
    // What a counter left there that came to its end otherwise than by ending.
    match std::fs::remove_file(place) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let comers = UnixListener::bind(place)?;
    thread::Builder::new().name("doorkeepers".into()).spawn(move || {
        for comer in comers.incoming().map_while(Result::ok) {
            attend(comer, &tell);
        }
    })?;
    Ok(())
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

    use super::answer_doorkeepers;
    use crate::meeting_place::give;
    use std::net::TcpListener;
    use std::os::unix::net::UnixStream;
    use std::sync::mpsc;
    use std::time::Duration;

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
}
