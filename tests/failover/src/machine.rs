//! A machine: a place in the network, folders that survive a power cut, and programs that do not.
//!
//! Its programs see their files where the documentation says they are: the machine's own folders lie
//! over `/var/lib/postgresql`, `/var/lib/etcd` and `/run/postgresql`. They run as `postgres` as far as
//! they can tell, in a user namespace, since PostgreSQL refuses to be root.

use crate::Outcome;
use crate::lan::Port;
use madoguchi_tests::scene::patience::until;
use madoguchi_tests::scene::program::{Environment, Program, Start};
use madoguchi_tests::scene::trouble::Trouble;
use std::collections::BTreeMap;
use std::fs;
use std::net::Ipv4Addr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

/// `$1` = the machine's folder, `$2`, `$3` = the user and group to be, the rest is the program to run.
const ENTER: &str = r#"
folder=$1 user=$2 group=$3; shift 3
mount --bind "$folder/postgresql" /var/lib/postgresql
mount --bind "$folder/etcd" /var/lib/etcd
mount --bind "$folder/run" /run/postgresql
cd "$folder"
exec unshare --user --map-user="$user" --map-group="$group" -- "$@"
"#;

/// The certificate that vouches for the machines'.
pub(crate) const AUTHORITY: &str = "authority.crt";

/// A killed process is gone as soon as the kernel gets to it.
const UNTIL_DEAD: Duration = Duration::from_secs(20);

/// A machine that can lose its power, its cable, and single programs.
pub(crate) struct Machine {
    name: &'static str,
    address: Ipv4Addr,
    folder: PathBuf,
    logs: PathBuf,
    port: Port,
    user: [String; 2],
    programs: BTreeMap<&'static str, Program>,
}

impl Machine {
    /// Sets up an empty machine.
    pub(crate) fn set_up(name: &'static str, address: Ipv4Addr, run: &Path) -> Outcome<Self> {
        let (folder, logs) = (run.join(name), run.join("logs").join(name));
        for part in ["postgresql", "etcd", "run", "etc"] {
            fs::create_dir_all(folder.join(part))?;
        }
        fs::create_dir_all(&logs)?;
        for private in ["postgresql", "etcd"] {
            fs::set_permissions(folder.join(private), fs::Permissions::from_mode(0o700))?;
        }
        let user = [id("--user")?, id("--group")?];
        let port = Port::lay(name, address)?;
        Ok(Self { name, address, folder, logs, port, user, programs: BTreeMap::new() })
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) fn address(&self) -> Ipv4Addr {
        self.address
    }

    /// Writes a configuration file that nobody else may read, and says where it is.
    pub(crate) fn configure(&self, name: &str, text: &str) -> Outcome<PathBuf> {
        let file = self.folder.join("etc").join(name);
        fs::write(&file, text)?;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600))?;
        Ok(file)
    }

    /// Lays a certificate of these where PostgreSQL looks for it.
    pub(crate) fn take_certificate(&self, certificates: &Path) -> Outcome<()> {
        let tls = self.folder.join("postgresql/tls");
        fs::create_dir_all(&tls)?;
        let [certificate, key] = ["crt", "key"].map(|ending| format!("{}.{ending}", self.name));
        for (from, to) in [(&*certificate, "server.crt"), (&*key, "server.key"), (AUTHORITY, AUTHORITY)] {
            fs::copy(certificates.join(from), tls.join(to))?;
        }
        Ok(())
    }

    /// Starts a program.
    pub(crate) fn start(
        &mut self,
        name: &'static str,
        arguments: &[&str],
        environment: &Environment,
    ) -> Outcome<()> {
        let [entrance, network] = self.port.entrance();
        let program = Start::of(name, entrance, &self.logs)
            .args([network])
            .args(self.entering())
            .args([name])
            .args(arguments)
            .envs(environment)
            .start()?;
        self.programs.insert(name, program);
        Ok(())
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, command: &[&str]) -> Outcome<Output> {
        let [entrance, network] = self.port.entrance();
        let mut entered = Command::new(entrance);
        entered.arg(network).args(self.entering()).args(command);
        Ok(entered.env("LANG", "C.UTF-8").output()?)
    }

    fn entering(&self) -> [String; 9] {
        let [user, group] = self.user.clone();
        let folder = self.folder.display().to_string();
        ["unshare", "--mount", "sh", "-euc", ENTER, "sh", &folder, &user, &group].map(str::to_owned)
    }

    /// What a program said last.
    pub(crate) fn last_words(&self, program: &str) -> String {
        self.programs.get(program).map(Program::last_words).unwrap_or_default()
    }

    /// `kill -9` of every process with this name.
    pub(crate) fn kill(&self, name: &str) -> Outcome<()> {
        self.kill_all(&format!("{name} on {}", self.name), |process| process == name)
    }

    /// The power is cut: nobody hears a last word, and all programs are gone.
    pub(crate) fn lose_power(&self) -> Outcome<()> {
        self.port.pull_cable()?;
        self.kill_all(self.name, |_| true)
    }

    /// The power is back. Programs have to be started again.
    pub(crate) fn get_power(&self) -> Outcome<()> {
        self.port.plug_cable()
    }

    /// Nothing comes through the cable any more, in either direction, and everything runs on.
    pub(crate) fn pull_cable(&self) -> Outcome<()> {
        self.port.pull_cable()
    }

    /// Puts the cable in again.
    pub(crate) fn plug_cable(&self) -> Outcome<()> {
        self.port.plug_cable()
    }

    /// Again and again, since a process that dies may just have started another.
    fn kill_all(&self, what: &str, is_meant: impl Fn(&str) -> bool) -> Outcome<()> {
        until(&format!("{what} is dead"), UNTIL_DEAD, || {
            let Ok(all) = self.port.processes() else { return false };
            let meant: Vec<String> = all
                .iter()
                .filter(|(_, name)| is_meant(name))
                .map(|(process, _)| process.to_string())
                .collect();
            if meant.is_empty() {
                return true;
            }
            // One that has ended meanwhile is as good.
            let _ = Command::new("kill").arg("-9").args(&meant).output();
            false
        })
    }
}

/// The number of Debian's user or group `postgres`.
fn id(which: &str) -> Outcome<String> {
    let told = Command::new("id").args([which, "postgres"]).output()?;
    if !told.status.success() {
        return Err(Trouble::new("there is no user postgres: Debian's package postgresql-common makes it"));
    }
    Ok(String::from_utf8_lossy(&told.stdout).trim().to_owned())
}
