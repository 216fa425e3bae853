//! The line between a terminal and the cloud, which can be cut.
//!
//! Bytes pass in both directions through two threads a connection. What a journey needs is not speed
//! but to lose exactly one thing: the way there, or the way back.

use super::trouble::Trouble;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// What the line does with bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Passage {
    /// They pass.
    Open = 0,
    /// Requests reach the cloud, answers are lost.
    AnswersLost = 1,
    /// Nothing passes and nobody can connect.
    Cut = 2,
}

/// A line to the cloud, seen as an address of this computer.
pub struct Line {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    cloud: SocketAddr,
    passage: AtomicU8,
    open: Mutex<Vec<TcpStream>>,
}

impl Line {
    /// Lays a line to `cloud`.
    pub fn to(cloud: SocketAddr) -> Result<Self, Trouble> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let passage = AtomicU8::new(Passage::Open as u8);
        let shared = Arc::new(Shared { cloud, passage, open: Mutex::default() });
        let attending = Arc::clone(&shared);
        // Ends with the process: nobody but this process can reach the port in any useful way.
        thread::spawn(move || {
            for terminal in listener.incoming().flatten() {
                let shared = Arc::clone(&attending);
                thread::spawn(move || shared.attend(&terminal));
            }
        });
        Ok(Self { address, shared })
    }

    /// The address a terminal calls.
    pub fn address(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Changes what the line does from now on. Connections that stand are hung up when it is cut.
    pub fn becomes(&self, passage: Passage) {
        self.shared.passage.store(passage as u8, Ordering::SeqCst);
        if passage == Passage::Cut {
            for stream in self.shared.open.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
                // Hung up already is as good.
                let _ = stream.shutdown(Shutdown::Both);
            }
        }
    }
}

impl Shared {
    fn is(&self, passage: Passage) -> bool {
        self.passage.load(Ordering::SeqCst) == passage as u8
    }

    fn attend(self: &Arc<Self>, terminal: &TcpStream) {
        if self.is(Passage::Cut) {
            return;
        }
        let Ok(cloud) = TcpStream::connect(self.cloud) else { return };
        let ends = [terminal.try_clone(), cloud.try_clone(), terminal.try_clone(), cloud.try_clone()];
        let [Ok(from_terminal), Ok(to_cloud), Ok(kept_terminal), Ok(kept_cloud)] = ends else { return };
        self.open.lock().unwrap_or_else(PoisonError::into_inner).extend([kept_terminal, kept_cloud]);
        thread::spawn(move || pass(from_terminal, to_cloud, || false));
        let shared = Arc::clone(self);
        if let Ok(to_terminal) = terminal.try_clone() {
            pass(cloud, to_terminal, || shared.is(Passage::AnswersLost));
        }
    }
}

/// Passes bytes until either end hangs up.
fn pass(mut from: TcpStream, mut to: TcpStream, lost: impl Fn() -> bool) {
    let mut bytes = [0; 16 * 1024];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        if !lost() && to.write_all(&bytes[..count]).is_err() {
            break;
        }
    }
    // Hung up already is as good.
    let _ = to.shutdown(Shutdown::Both);
    let _ = from.shutdown(Shutdown::Both);
}
