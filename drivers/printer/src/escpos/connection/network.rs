//! A printer on the network (raw TCP, port 9100).

use super::Line;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

pub(super) fn open(host: &str, port: u16, patience: Duration) -> io::Result<Box<dyn Line>> {
    let mut failed = io::Error::from(ErrorKind::AddrNotAvailable);
    for address in (host, port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, patience) {
            Ok(stream) => {
                // A question of three bytes must not wait for more.
                stream.set_nodelay(true)?;
                return Ok(Box::new(Network(stream)));
            }
            Err(error) => failed = error,
        }
    }
    Err(failed)
}

struct Network(TcpStream);

impl Line for Network {
    fn write(&mut self, bytes: &[u8], patience: Duration) -> io::Result<()> {
        self.0.set_write_timeout(Some(patience))?;
        self.0.write_all(bytes)
    }

    fn read(&mut self, patience: Duration) -> io::Result<Option<u8>> {
        self.0.set_read_timeout(Some(patience))?;
        let mut byte = [0];
        match self.0.read(&mut byte) {
            Ok(0) => Err(ErrorKind::UnexpectedEof.into()),
            Ok(_) => Ok(Some(byte[0])),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => Ok(None),
            Err(error) if error.kind() == ErrorKind::Interrupted => Ok(None),
            Err(error) => Err(error),
        }
    }
}
