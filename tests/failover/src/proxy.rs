//! `HAProxy` beside the cloud: the way to whichever machine is the primary, and the fence against two.

use crate::Outcome;
use crate::configuration;
use madoguchi_tests::scene::program::{Program, Start};
use std::path::Path;

/// Starts it.
pub(crate) fn start(logs: &Path) -> Outcome<Program> {
    let file = configuration::path("haproxy.cfg");
    Start::of("haproxy", "/usr/sbin/haproxy", logs).args(["-db", "-f"]).args([file]).start()
}
