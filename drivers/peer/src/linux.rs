//! Linux: the kernel's table of TCP connections over IPv4, as text.

use madoguchi_port::peer::{LocalPeers, PeerFault};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::net::{SocketAddr, SocketAddrV4};
use std::os::unix::fs::MetadataExt;

/// The connections of this network namespace, one a line.
const TABLE: &str = "/proc/self/net/tcp";
/// Its owner is the user this process runs as.
const OURSELVES: &str = "/proc/self";

/// The connections of this PC.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemPeers;

impl LocalPeers for SystemPeers {
    fn is_own_user(&self, here: SocketAddr, peer: SocketAddr) -> Result<bool, PeerFault> {
        let (SocketAddr::V4(here), SocketAddr::V4(peer)) = (here, peer) else { return Ok(false) };
        let owners = || -> io::Result<(u32, Option<u32>)> {
            let own = std::fs::metadata(OURSELVES)?.uid();
            Ok((own, owner(BufReader::new(File::open(TABLE)?), here, peer)?))
        };
        owners().map(|(own, owner)| owner == Some(own)).map_err(|error| PeerFault(error.to_string()))
    }
}

/// The user id in the row of the peer's own socket: its near end is the peer, its far end is us.
fn owner(table: impl BufRead, here: SocketAddrV4, peer: SocketAddrV4) -> io::Result<Option<u32>> {
    let (near, far) = (as_in_table(peer), as_in_table(here));
    for line in table.lines() {
        let line = line?;
        let mut columns = line.split_ascii_whitespace().skip(1);
        if columns.next() == Some(near.as_str()) && columns.next() == Some(far.as_str()) {
            return Ok(columns.nth(4).and_then(|uid| uid.parse().ok()));
        }
    }
    Ok(None)
}

/// The address as the four bytes lie in memory, the port as a number.
fn as_in_table(address: SocketAddrV4) -> String {
    format!("{:08X}:{:04X}", u32::from_ne_bytes(address.ip().octets()), address.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    fn address(port: u16) -> SocketAddrV4 {
        SocketAddrV4::new(std::net::Ipv4Addr::LOCALHOST, port)
    }

    #[test]
    #[cfg(target_endian = "little")]
    fn the_owner_stands_in_the_row_whose_near_end_is_the_peer() {
        let ours = "   1: 0100007F:6095 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 1 1 0\n";
        let theirs = "   2: 0100007F:D431 0100007F:6095 01 00000000:00000000 00:00000000 00000000  1001        0 2 1 0\n";
        let find = |table: String, here, peer| owner(table.as_bytes(), address(here), address(peer)).unwrap();
        assert_eq!(find(format!("{HEAD}{ours}{theirs}"), 0x6095, 0xD431), Some(1001));
        assert_eq!(find(format!("{HEAD}{ours}"), 0x6095, 0xD431), None);
        assert_eq!(find(String::new(), 0x6095, 0xD431), None);
        assert_eq!(find("a b\n\n".into(), 0x6095, 0xD431), None);
    }
}
