//! Linux: the kernel's tables of TCP connections, as text.

use madoguchi_port::peer::{LocalPeers, PeerFault};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::net::{IpAddr, SocketAddr};
use std::os::unix::fs::MetadataExt;

/// The connections over IPv4 of this network namespace, one a line.
const TABLE: &str = "/proc/self/net/tcp";
/// Those of sockets that speak IPv6. One that speaks both, as the HTTP clients of Java and .NET open it, stands here
/// also where it is connected over IPv4: with IPv4-mapped addresses.
const TABLE_6: &str = "/proc/self/net/tcp6";
/// Its owner is the user this process runs as.
const OURSELVES: &str = "/proc/self";

/// The connections of this PC.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemPeers;

impl LocalPeers for SystemPeers {
    fn is_own_user(&self, here: SocketAddr, peer: SocketAddr) -> Result<bool, PeerFault> {
        let owners = || -> io::Result<(u32, Option<u32>)> {
            Ok((std::fs::metadata(OURSELVES)?.uid(), owner_in_tables(here, peer)?))
        };
        owners().map(|(own, owner)| owner == Some(own)).map_err(|error| PeerFault(error.to_string()))
    }
}

/// Each end in the form that each table has for it.
fn owner_in_tables(here: SocketAddr, peer: SocketAddr) -> io::Result<Option<u32>> {
    let found = owner(BufReader::new(File::open(TABLE)?), &in_table(here), &in_table(peer))?;
    if found.is_some() {
        return Ok(found);
    }
    match File::open(TABLE_6) {
        Ok(table) => owner(BufReader::new(table), &in_table_6(here), &in_table_6(peer)),
        // A system without IPv6.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The user id in the row of the peer's own socket: its near end is the peer, its far end is us.
fn owner(table: impl BufRead, here: &str, peer: &str) -> io::Result<Option<u32>> {
    for line in table.lines() {
        let line = line?;
        let mut columns = line.split_ascii_whitespace().skip(1);
        if columns.next() == Some(peer) && columns.next() == Some(here) {
            return Ok(columns.nth(4).and_then(|uid| uid.parse().ok()));
        }
    }
    Ok(None)
}

fn in_table(address: SocketAddr) -> String {
    match address.ip().to_canonical() {
        IpAddr::V4(ip) => as_words(&ip.octets(), address.port()),
        IpAddr::V6(ip) => as_words(&ip.octets(), address.port()),
    }
}

fn in_table_6(address: SocketAddr) -> String {
    let ip = match address.ip() {
        IpAddr::V4(ip) => ip.to_ipv6_mapped(),
        IpAddr::V6(ip) => ip,
    };
    as_words(&ip.octets(), address.port())
}

/// The address as its words of four bytes lie in memory, the port as a number.
fn as_words(octets: &[u8], port: u16) -> String {
    let words = octets
        .as_chunks::<4>()
        .0
        .iter()
        .fold(String::new(), |words, word| format!("{words}{:08X}", u32::from_ne_bytes(*word)));
    format!("{words}:{port:04X}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{Ipv4Addr, TcpListener, TcpStream};

    const HEAD: &str =
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    fn address(port: u16) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, port).into()
    }

    #[test]
    #[cfg(target_endian = "little")]
    fn the_owner_stands_in_the_row_whose_near_end_is_the_peer() {
        let ours = "   1: 0100007F:6095 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 1 1 0\n";
        let theirs = "   2: 0100007F:D431 0100007F:6095 01 00000000:00000000 00:00000000 00000000  1001        0 2 1 0\n";
        let (here, peer) = (in_table(address(0x6095)), in_table(address(0xD431)));
        let find = |table: String| owner(table.as_bytes(), &here, &peer).unwrap();
        assert_eq!(find(format!("{HEAD}{ours}{theirs}")), Some(1001));
        assert_eq!(find(format!("{HEAD}{ours}")), None);
        assert_eq!(find(String::new()), None);
        assert_eq!(find("a b\n\n".into()), None);
    }

    #[test]
    #[cfg(target_endian = "little")]
    fn a_connection_over_ipv4_stands_mapped_among_those_over_ipv6() {
        let mapped = "   2: 0000000000000000FFFF00000100007F:D431 0000000000000000FFFF00000100007F:6095 \
                      01 00000000:00000000 00:00000000 00000000  1001        0 2 1 0\n";
        let (here, peer) = (in_table_6(address(0x6095)), in_table_6(address(0xD431)));
        assert_eq!(owner(mapped.as_bytes(), &here, &peer).unwrap(), Some(1001));
    }

    #[test]
    fn a_program_is_found_by_whichever_socket_it_came() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let here = listener.local_addr().unwrap();
        for host in ["127.0.0.1", "::ffff:127.0.0.1"] {
            let connection = TcpStream::connect((host, here.port())).unwrap();
            let (_accepted, peer) = listener.accept().unwrap();
            assert_eq!(SystemPeers.is_own_user(here, peer), Ok(true), "{host}");
            drop(connection);
        }
        let other = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        assert_eq!(SystemPeers.is_own_user(here, other), Ok(false));
    }
}
