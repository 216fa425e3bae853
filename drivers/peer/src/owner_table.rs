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
        let sockets = get_sockets_info(AddressFamilyFlags::IPV4, ProtocolFlags::TCP)
            .map_err(|error| PeerFault(error.to_string()))?;
        let ourselves = get_current_pid().map_err(|error| PeerFault(error.to_owned()))?;
        let Some(owner) = sockets.iter().find(|socket| connects(socket, peer, here)).and_then(owner) else {
            return Ok(false);
        };
        let mut system = System::new();
        let users = ProcessRefreshKind::nothing().with_user(UpdateKind::Always);
        system.refresh_processes_specifics(ProcessesToUpdate::Some(&[ourselves, owner]), true, users);
        let user = |process| system.process(process).and_then(|process| process.user_id());
        // Of another user's process the system tells nobody's name.
        Ok(user(ourselves).is_some_and(|own| user(owner) == Some(own)))
    }
}

fn connects(socket: &SocketInfo, near: SocketAddr, far: SocketAddr) -> bool {
    let ProtocolSocketInfo::Tcp(tcp) = &socket.protocol_socket_info else { return false };
    (tcp.local_addr, tcp.local_port) == (near.ip(), near.port())
        && (tcp.remote_addr, tcp.remote_port) == (far.ip(), far.port())
}

fn owner(socket: &SocketInfo) -> Option<Pid> {
    socket.associated_pids.first().copied().map(Pid::from_u32)
}
