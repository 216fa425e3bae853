//! `HAProxy` beside the cloud: the way to whichever machine is the primary, and the fence against two.

use crate::Outcome;
use crate::configuration;
use madoguchi_tests::scene::program::{Program, Start};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

/// Where the documented file has it listen: the cloud's database.
pub(crate) const BOOKS: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 5432);

/// Starts it.
pub(crate) fn start(logs: &Path) -> Outcome<Program> {
    let file = configuration::path("haproxy.cfg");
    Start::of("haproxy", "/usr/sbin/haproxy", logs).args(["-db", "-f"]).args([file]).start()
}
