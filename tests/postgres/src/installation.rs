//! The PostgreSQL that is installed here, and the user it agrees to run as.

use crate::small_disk::SmallDisk;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where Debian puts the programs of each version.
const VERSIONS: &str = "/usr/lib/postgresql";

/// The folder of PostgreSQL's programs.
pub(crate) struct Installation {
    programs: PathBuf,
}

impl Installation {
    /// The newest one; there has to be one.
    pub(crate) fn find() -> Self {
        let mut versions: Vec<(u32, PathBuf)> = fs::read_dir(VERSIONS)
            .unwrap_or_else(|_| panic!("PostgreSQL is missing: install what dev.d/packages.txt names"))
            .filter_map(|entry| {
                let path = entry.ok()?.path();
                let version = path.file_name()?.to_str()?.parse().ok()?;
                path.join("bin/postgres").exists().then_some((version, path.join("bin")))
            })
            .collect();
        versions.sort();
        let (_, programs) = versions.pop().expect("a version of PostgreSQL");
        Self { programs }
    }

    /// One of its programs.
    pub(crate) fn program(&self, name: &str) -> Command {
        Command::new(self.programs.join(name))
    }

    /// Makes the folder of a new server.
    pub(crate) fn set_up(&self, data: &Path, user: &str) {
        let output = as_its_user(&self.programs.join("initdb"))
            .arg("--pgdata")
            .arg(data)
            .args(["--username", user, "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"])
            .output()
            .expect("initdb");
        assert!(output.status.success(), "initdb: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// Makes the folder of a server that follows another one, which lets it in at its socket.
    pub(crate) fn set_up_replica(&self, data: &Path, of: &Path, port: u16, user: &str) {
        let output = as_its_user(&self.programs.join("pg_basebackup"))
            .args(["--checkpoint", "fast", "--write-recovery-conf", "--no-sync", "--username", user])
            .args(["--port", &port.to_string(), "--host"])
            .arg(of)
            .arg("--pgdata")
            .arg(data)
            .output()
            .expect("pg_basebackup");
        assert!(output.status.success(), "pg_basebackup: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// A server on a folder: reached through a socket there, and as its settings say.
    pub(crate) fn server(&self, folder: &Path, settings: &[String], small: Option<&SmallDisk>) -> Command {
        let mut server = as_its_user(&self.programs.join("postgres"));
        server.arg("-D").arg(folder.join("data")).arg("-k").arg(folder);
        let everybodys =
            ["max_connections=300", "shared_buffers=64MB", "log_error_verbosity=terse"].map(str::to_owned);
        for setting in everybodys.iter().chain(settings) {
            server.args(["-c", setting]);
        }
        if let Some(small) = small {
            server = small.seen_by(&server);
        }
        let log = fs::OpenOptions::new().create(true).append(true).open(folder.join("log")).unwrap();
        server.current_dir("/").stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        server
    }
}

/// PostgreSQL refuses to run as root: then it runs as the user that its package has made.
pub(crate) fn as_its_user(program: &Path) -> Command {
    if !we_are_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid", "postgres", "--regid", "postgres", "--clear-groups", "--"]).arg(program);
    command.current_dir("/");
    command
}

/// Makes a folder its user's, which everybody may enter for the socket.
pub(crate) fn hand_over(folder: &Path) {
    if we_are_root() {
        let (user, group) = its_numbers();
        chown(folder, Some(user), Some(group)).unwrap();
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(0o711)).unwrap();
}

/// Writes a file that is its user's alone, as PostgreSQL wants keys to be.
pub(crate) fn write_private(path: &Path, content: &[u8]) {
    fs::write(path, content).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    if we_are_root() {
        let (user, group) = its_numbers();
        chown(path, Some(user), Some(group)).unwrap();
    }
}

pub(crate) fn our_numbers() -> (u32, u32) {
    let us = fs::metadata("/proc/self").unwrap();
    (us.uid(), us.gid())
}

pub(crate) fn we_are_root() -> bool {
    fs::metadata("/proc/self").unwrap().uid() == 0
}

pub(crate) fn its_numbers() -> (u32, u32) {
    let users = fs::read_to_string("/etc/passwd").unwrap();
    let line = users.lines().find(|line| line.starts_with("postgres:")).expect("the user postgres");
    let mut fields = line.split(':').skip(2).map(|number| number.parse().unwrap());
    (fields.next().unwrap(), fields.next().unwrap())
}
