//! A network that exists only for this run, with cables that can be pulled out.
//!
//! The program starts itself again inside network, mount and process namespaces of its own. There every
//! machine is a network namespace on one bridge, with the address the documentation gives it; nothing
//! of it is seen outside, and when the first process inside ends, the kernel kills all others.
//! Root or unprivileged user namespaces are needed.

use crate::Outcome;
use madoguchi_tests::scene::trouble::Trouble;
use std::fs;
use std::net::Ipv4Addr;
use std::os::unix::fs::MetadataExt;
use std::process::{Command, Stdio};

/// Says to the process inside that it is inside.
const INSIDE: &str = "MADOGUCHI_LAN";
/// Where iproute2 keeps network namespaces.
const NAMESPACES: &str = "/run/netns";

/// The bridge is the switch of this network; the program itself, with the cloud and its proxy, stands
/// at it with an address of its own, and its proxy is called `books` there. The shell stays as first process: it takes in what others orphan.
const SET_UP: &str = "
mount -t tmpfs tmpfs /run
mkdir -p /run/netns /run/postgresql
ip link set lo up
ip link add lan type bridge
ip addr add 10.77.0.254/24 dev lan
ip link set lan up
cp /etc/hosts /run/hosts
echo 127.0.0.1 books >>/run/hosts
mount --bind /run/hosts /etc/hosts
\"$@\"
exit $?
";

/// Whether this process runs inside.
pub(crate) fn inside() -> bool {
    std::env::var_os(INSIDE).is_some()
}

/// Runs this program again inside, and says whether it was content.
pub(crate) fn run_inside() -> Outcome<bool> {
    if !permitted() {
        return Err(Trouble::new(
            "This system lets you make no namespaces. Run it as root, or permit unprivileged user \
             namespaces.",
        ));
    }
    let status = unshare()
        .args(["sh", "-uc", SET_UP, "sh"])
        .arg(std::env::current_exe()?)
        .args(std::env::args_os().skip(1))
        .env(INSIDE, "1")
        .status()?;
    Ok(status.success())
}

fn permitted() -> bool {
    let tried = unshare().args(["ip", "link", "add", "lan", "type", "bridge"]).stderr(Stdio::null()).status();
    tried.is_ok_and(|status| status.success())
}

fn unshare() -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "unshare"]);
    if !fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0) {
        command.args(["--user", "--map-root-user"]);
    }
    command.args(["--net", "--mount", "--mount-proc", "--pid", "--fork", "--kill-child=KILL"]);
    command
}

/// The place of one machine in the network.
#[derive(Debug)]
pub(crate) struct Port {
    machine: &'static str,
    namespace: u64,
}

impl Port {
    /// Lays a cable to a new machine.
    pub(crate) fn lay(machine: &'static str, address: Ipv4Addr) -> Outcome<Self> {
        ip(&["netns", "add", machine])?;
        ip(&["link", "add", machine, "type", "veth", "peer", "name", "eth0", "netns", machine])?;
        ip(&["-n", machine, "addr", "add", &format!("{address}/24"), "dev", "eth0"])?;
        ip(&["-n", machine, "link", "set", "eth0", "up"])?;
        ip(&["-n", machine, "link", "set", "lo", "up"])?;
        ip(&["link", "set", machine, "master", "lan", "up"])?;
        let namespace = fs::metadata(Self::namespace_file(machine))?.ino();
        Ok(Self { machine, namespace })
    }

    /// Pulls the cable out: what is sent is lost without a word, in both directions.
    pub(crate) fn pull_cable(&self) -> Outcome<()> {
        ip(&["link", "set", self.machine, "down"])
    }

    /// Puts the cable in again.
    pub(crate) fn plug_cable(&self) -> Outcome<()> {
        ip(&["link", "set", self.machine, "up"])
    }

    /// What a program is started with to be on this machine's network.
    pub(crate) fn entrance(&self) -> [String; 2] {
        ["nsenter".to_owned(), format!("--net={}", Self::namespace_file(self.machine))]
    }

    /// All processes on this machine's network, with their names.
    pub(crate) fn processes(&self) -> Outcome<Vec<(u32, String)>> {
        let wanted = format!("net:[{}]", self.namespace);
        let of = |process: u32| {
            let network = fs::read_link(format!("/proc/{process}/ns/net")).ok()?;
            let name = fs::read_to_string(format!("/proc/{process}/comm")).ok()?;
            (network.as_os_str() == wanted.as_str()).then(|| (process, name.trim_end().to_owned()))
        };
        let all = fs::read_dir("/proc")?.flatten();
        Ok(all.filter_map(|entry| of(entry.file_name().to_str()?.parse().ok()?)).collect())
    }

    fn namespace_file(machine: &str) -> String {
        format!("{NAMESPACES}/{machine}")
    }
}

fn ip(arguments: &[&str]) -> Outcome<()> {
    let done = Command::new("ip").args(arguments).output()?;
    if done.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    Err(Trouble::not_started("ip", &format!("{}: {said}", arguments.join(" "))))
}
