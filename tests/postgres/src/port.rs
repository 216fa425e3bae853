//! A port of this computer for a program that has to be told one, and cannot tell the one it took.
//!
//! A port that the system hands out and that is let go again may be somebody else's a moment later: another
//! program's that asked for any, or the near end of a connection. Those below are handed out to nobody.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener};

/// Where the looking begins; most services that a computer may have are below.
const FIRST: u16 = 15_000;

/// Where the ports begin that Linux hands out, if it does not say.
const USUAL_FIRST_HANDED_OUT: u16 = 32_768;

/// A port that no other program of these tests is given for as long as this lives.
pub struct Port {
    number: u16,
    /// Locked, and let go with it, however the program ends.
    _lock: File,
}

impl Port {
    /// One at which nobody listens.
    pub fn reserve() -> Self {
        let locks = std::env::temp_dir().join("madoguchi-ports");
        // Another user's is as good: what cannot be locked in it is not taken.
        let _ = fs::create_dir_all(&locks);
        let (first, last) = (FIRST, first_handed_out().max(FIRST + 1) - 1);
        // Beginning anywhere, so that programs do not try the same ones one after the other.
        let begin = std::process::id() % u32::from(last - first + 1);
        let begin = first + u16::try_from(begin).unwrap_or_default();
        let port = (begin..=last).chain(first..begin).find_map(|number| {
            let lock = File::create(locks.join(number.to_string())).ok()?;
            lock.try_lock().ok()?;
            TcpListener::bind((Ipv4Addr::LOCALHOST, number)).ok()?;
            Some(Self { number, _lock: lock })
        });
        port.expect("a free port")
    }

    /// Its number.
    pub const fn number(&self) -> u16 {
        self.number
    }
}

fn first_handed_out() -> u16 {
    let range = fs::read_to_string("/proc/sys/net/ipv4/ip_local_port_range").unwrap_or_default();
    let first = range.split_whitespace().next().and_then(|first| first.parse().ok());
    first.unwrap_or(USUAL_FIRST_HANDED_OUT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_port_is_given_twice_or_handed_out_by_the_system() {
        let ports: Vec<_> = (0..50).map(|_| Port::reserve()).collect();
        let numbers: BTreeSet<_> = ports.iter().map(Port::number).collect();
        assert_eq!(numbers.len(), ports.len());
        for _ in 0..200 {
            let handed_out = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
            assert!(!numbers.contains(&handed_out.port()));
        }
    }

    #[test]
    fn where_somebody_listens_nobody_is_sent() {
        let port = Port::reserve();
        let number = port.number();
        let listens = TcpListener::bind((Ipv4Addr::LOCALHOST, number)).unwrap();
        drop(port);
        assert_ne!(Port::reserve().number(), number);
        drop(listens);
    }
}
