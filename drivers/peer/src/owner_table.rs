//! Windows: the table of TCP connections with the processes that own them, and these processes' users.

use madoguchi_port::peer::{LocalPeers, PeerFault};
use netstat2::{AddressFamilyFlags, ProtocolFlags, ProtocolSocketInfo, SocketInfo, get_sockets_info};
use std::net::SocketAddr;
use sysinfo::{Pid, ProcessRefreshKind, ProcessesToUpdate, System, UpdateKind, get_current_pid};

/// The connections of this PC.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemPeers;

impl LocalPeers for SystemPeers {
    fn is_own_user(&self, here: SocketAddr, peer: SocketAddr) -> Result<bool, PeerFault> {
        let sockets =
            get_sockets_info(families(), ProtocolFlags::TCP).map_err(|error| PeerFault(error.to_string()))?;
        let ourselves = get_current_pid().map_err(|error| PeerFault(error.to_owned()))?;
        let Some(owner) = sockets.iter().find(|socket| connects(socket, peer, here)).and_then(owner) else {
            return Ok(false);
        };
        let mut system = System::new();
        let users = ProcessRefreshKind::nothing().with_user(UpdateKind::Always);
        // Of nobody who was known before can it be said that they ended; asked to say so, the library drops a process
        // that is named twice.
        system.refresh_processes_specifics(ProcessesToUpdate::Some(&[ourselves, owner]), false, users);
        let user = |process| system.process(process).and_then(|process| process.user_id());
        // Of another user's process the system tells nobody's name.
        Ok(user(ourselves).is_some_and(|own| user(owner) == Some(own)))
    }
}

/// A program's connection over IPv4 stands among those over IPv6 where its socket speaks both.
fn families() -> AddressFamilyFlags {
    AddressFamilyFlags::IPV4 | AddressFamilyFlags::IPV6
}

fn connects(socket: &SocketInfo, near: SocketAddr, far: SocketAddr) -> bool {
    let ProtocolSocketInfo::Tcp(tcp) = &socket.protocol_socket_info else { return false };
    (tcp.local_addr.to_canonical(), tcp.local_port) == (near.ip().to_canonical(), near.port())
        && (tcp.remote_addr.to_canonical(), tcp.remote_port) == (far.ip().to_canonical(), far.port())
}

fn owner(socket: &SocketInfo) -> Option<Pid> {
    socket.associated_pids.first().copied().map(Pid::from_u32)
}

/// The same question of the same libraries on this system: whatever system it is, the row that counts is the peer's.
#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use netstat2::{TcpSocketInfo, TcpState};
    use std::net::{TcpListener, TcpStream};

    fn row(near: &str, far: &str) -> SocketInfo {
        let (near, far): (SocketAddr, SocketAddr) = (near.parse().unwrap(), far.parse().unwrap());
        let tcp = TcpSocketInfo {
            local_addr: near.ip(),
            local_port: near.port(),
            remote_addr: far.ip(),
            remote_port: far.port(),
            state: TcpState::Established,
        };
        let mut any = get_sockets_info(families(), ProtocolFlags::TCP).unwrap().remove(0);
        any.protocol_socket_info = ProtocolSocketInfo::Tcp(tcp);
        any
    }

    #[test]
    fn the_owner_stands_in_the_row_whose_near_end_is_the_peer() {
        let (here, peer) = ("127.0.0.1:24725", "127.0.0.1:54321");
        let connects = |row: &SocketInfo| connects(row, peer.parse().unwrap(), here.parse().unwrap());
        let _listener = TcpListener::bind("127.0.0.1:0").unwrap();
        assert!(connects(&row(peer, here)));
        assert!(
            connects(&row("[::ffff:127.0.0.1]:54321", "[::ffff:127.0.0.1]:24725")),
            "of a socket that speaks both"
        );
        for (near, far) in [(here, peer), (peer, "127.0.0.1:24726"), ("127.0.0.2:54321", here)] {
            assert!(!connects(&row(near, far)), "{near} {far}");
        }
    }

    #[test]
    fn a_connection_of_our_own_is_our_own_users_and_who_is_not_connected_is_nobody() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let here = listener.local_addr().unwrap();
        let connection = TcpStream::connect(here).unwrap();
        let (_accepted, peer) = listener.accept().unwrap();
        assert_eq!(SystemPeers.is_own_user(here, peer), Ok(true));
        let other = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        assert_eq!(SystemPeers.is_own_user(here, other), Ok(false));
        drop(connection);
    }

    #[test]
    fn a_connection_of_our_own_over_a_socket_that_speaks_both_is_found() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let here = listener.local_addr().unwrap();
        let _connection = TcpStream::connect(("::ffff:127.0.0.1", here.port())).unwrap();
        let (_accepted, peer) = listener.accept().unwrap();
        assert_eq!(SystemPeers.is_own_user(here, peer), Ok(true));
    }
}
