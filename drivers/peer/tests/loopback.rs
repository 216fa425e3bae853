//! Real connections over the loopback interface.
#![allow(clippy::unwrap_used)]

use madoguchi_peer::SystemPeers;
use madoguchi_port::peer::LocalPeers;
use std::net::{TcpListener, TcpStream};

#[test]
fn a_connection_of_our_own_is_our_own_users() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let here = listener.local_addr().unwrap();
    let connection = TcpStream::connect(here).unwrap();
    let (_, peer) = listener.accept().unwrap();
    assert_eq!(SystemPeers.is_own_user(here, peer), Ok(true));
    drop(connection);
}

#[test]
fn who_is_not_connected_is_nobody() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let here = listener.local_addr().unwrap();
    let other = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(SystemPeers.is_own_user(here, other), Ok(false));
    assert_eq!(SystemPeers.is_own_user(here, "[::1]:80".parse().unwrap()), Ok(false));
}
