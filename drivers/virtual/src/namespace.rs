//! A process in network, mount and process namespaces of its own, where a PC/SC service is private.
//!
//! vpcd listens on every address without asking who is there, every pcscd wants the same socket
//! path, and libpcsclite reads that path once per process. So whoever wants a PC/SC service of its
//! own is started again inside namespaces: the network there has a loopback and nothing else, a
//! private directory lies over `/run/pcscd` (its socket is seen from outside at
//! `<directory>/pcscd/pcscd.comm`, to be named in `PCSCLITE_CSOCK_NAME`), USB drivers are hidden so
//! that a desk's real readers are left alone, and everything dies with its first process.
//!
//! Entering a namespace from within a program needs unsafe code; `unshare` of util-linux does not.
//! Root or unprivileged user namespaces are needed; without, see [`crate::desk`].

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Names the private directory to the process inside.
const DIRECTORY: &str = "MADOGUCHI_VIRTUAL_DIRECTORY";
/// Where Debian puts vpcd's library.
const SERIAL_DRIVERS: &str = "/usr/lib/pcsc/drivers/serial";
/// vpcd's library in there.
const VPCD: &str = "libifdvpcd.so";

/// `$1` = private directory, the rest is the program to run.
const SET_UP: &str = r#"
directory=$1; shift
ip link set lo up
mkdir -p /run/pcscd "$directory/pcscd" "$directory/drivers" "$directory/no-drivers"
mount --bind "$directory/pcscd" /run/pcscd
mount --bind /usr/lib/pcsc/drivers/serial "$directory/drivers"
mount --bind "$directory/no-drivers" /usr/lib/pcsc/drivers
exec "$@"
"#;

/// The private directory, if this process runs inside namespaces made here.
pub fn inside() -> Option<PathBuf> {
    std::env::var_os(DIRECTORY).map(PathBuf::from)
}

/// Whether this user may make namespaces on this system.
pub fn permitted() -> bool {
    unshare()
        .args(["sh", "-c", "ip link set lo up && mkdir -p /run/pcscd && mount --bind /tmp /run/pcscd"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// A command that runs `program` inside namespaces of its own. It is killed, with all it started,
/// when the *thread* that spawns it ends.
pub fn command(program: &Path, directory: &Path) -> Command {
    let mut command = unshare();
    command.args(["sh", "-euc", SET_UP, "sh"]).arg(directory).arg(program).env(DIRECTORY, directory);
    command
}

/// The socket of the PC/SC service inside, as seen from outside.
pub fn socket(directory: &Path) -> PathBuf {
    directory.join("pcscd/pcscd.comm")
}

/// vpcd's library, as seen by this process.
pub(crate) fn vpcd_driver() -> PathBuf {
    match inside() {
        Some(directory) => directory.join("drivers").join(VPCD),
        None => Path::new(SERIAL_DRIVERS).join(VPCD),
    }
}

fn unshare() -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "unshare"]);
    if !is_root() {
        command.args(["--user", "--map-root-user"]);
    }
    command.args(["--net", "--mount", "--pid", "--fork", "--kill-child=KILL"]);
    command
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}
