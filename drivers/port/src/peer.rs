//! Whose the other end of a connection within this PC is.

use std::net::SocketAddr;

/// The operating system's list of connections, by their owners.
pub trait LocalPeers: Send + Sync {
    /// Whether the socket at `peer`, connected to ours at `here`, belongs to the user this program runs as.
    /// One whose owner the system does not tell is nobody's. Blocks for a moment.
    fn is_own_user(&self, here: SocketAddr, peer: SocketAddr) -> Result<bool, PeerFault>;
}

/// The system's list cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the owners of connections cannot be read: {0}")]
pub struct PeerFault(pub String);
