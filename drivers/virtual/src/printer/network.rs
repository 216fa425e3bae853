//! The printer's TCP port.

use super::state::{Inside, Line};
use std::io::{self, Read};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

/// A listening port and whoever is connected: one at a time, like a printer.
pub(super) struct Network {
    address: SocketAddr,
    listening: Option<Listening>,
}

struct Listening {
    off: Arc<AtomicBool>,
    connected: Arc<Mutex<Option<TcpStream>>>,
    thread: JoinHandle<()>,
}

impl Network {
    pub(super) fn listen(inside: &Arc<Inside>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        Ok(Self { address, listening: Some(Listening::start(listener, inside)) })
    }

    pub(super) fn listen_again(&mut self, inside: &Arc<Inside>) -> io::Result<()> {
        if self.listening.is_none() {
            self.listening = Some(Listening::start(TcpListener::bind(self.address)?, inside));
        }
        Ok(())
    }

    pub(super) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Hangs up and stops listening; afterwards nobody can connect.
    pub(super) fn close(&mut self, inside: &Inside) {
        let Some(Listening { off, connected, thread }) = self.listening.take() else { return };
        off.store(true, Ordering::SeqCst);
        inside.change(|state| state.answer_to(None));
        if let Some(stream) = connected.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = stream.shutdown(Shutdown::Both);
        }
        // Wakes the thread that waits for the next connection.
        let _ = TcpStream::connect(self.address);
        let _ = thread.join();
    }
}

impl Listening {
    fn start(listener: TcpListener, inside: &Arc<Inside>) -> Self {
        let off = Arc::new(AtomicBool::new(false));
        let connected = Arc::new(Mutex::new(None));
        let thread = thread::spawn({
            let (off, connected, inside) = (Arc::clone(&off), Arc::clone(&connected), Arc::clone(inside));
            move || {
                for stream in listener.incoming().map_while(Result::ok) {
                    if off.load(Ordering::SeqCst) {
                        return;
                    }
                    *connected.lock().unwrap_or_else(PoisonError::into_inner) = stream.try_clone().ok();
                    // Switched off between the two: nobody else hangs up.
                    if !off.load(Ordering::SeqCst) {
                        serve(stream, &inside);
                    }
                }
            }
        });
        Self { off, connected, thread }
    }
}

/// Passes on what comes until the other side hangs up, or this one is told to.
fn serve(mut stream: TcpStream, inside: &Inside) {
    let Ok(answers) = stream.try_clone() else { return };
    inside.change(|state| state.answer_to(Some(Box::new(answers))));
    let mut bytes = [0; 1024];
    while let Ok(count @ 1..) = stream.read(&mut bytes) {
        if inside.change(|state| state.receive(&bytes[..count])) == Line::Cut {
            let _ = stream.shutdown(Shutdown::Both);
            break;
        }
    }
    inside.change(|state| state.answer_to(None));
}
