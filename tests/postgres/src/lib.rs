//! A real PostgreSQL server of one's own: in a folder of its own, on a socket in it, gone with whoever
//! started it, however that one ends.
//!
//! Belongs here: starting, stopping and killing a server, and handing out empty databases. Does not
//! belong here: what is kept in them, or any server that was there before.
//! Why it exists: tests, the simulator and benchmarks run on the real thing, and must find it the same
//! way. A computer without PostgreSQL makes them fail, not pass.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod installation;

use installation::Installation;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// The only user of such a server.
const USER: &str = "madoguchi";

/// How long a server may take to answer or to end; generous, since the computer may be busy.
const PATIENCE: Duration = Duration::from_mins(2);

/// How a server is set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disk {
    /// A commit does not wait for the disk: right for whatever dies without the computer dying.
    NotWaitedFor,
    /// As in earnest.
    WaitedFor,
}

/// How a server is ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Everybody is thrown out, what they had not committed is undone.
    Fast,
    /// It leaves at once and recovers at the next start.
    Immediate,
    /// `kill -9` of its first process.
    Killed,
}

/// A running server.
pub struct Server {
    installation: Installation,
    folder: PathBuf,
    disk: Disk,
    first_process: Mutex<Option<Child>>,
    watcher: Child,
    databases: AtomicU32,
}

impl Server {
    /// The server that all tests of one program share; it ends with the program.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Server> = OnceLock::new();
        SHARED.get_or_init(|| Self::start(Disk::NotWaitedFor))
    }

    /// Sets up a server in a new folder and starts it.
    pub fn start(disk: Disk) -> Self {
        let installation = Installation::find();
        let folder = tempfile::Builder::new().prefix("madoguchi-pg-").tempdir().unwrap().keep();
        let watcher = watch(&folder);
        installation::hand_over(&folder);
        installation.set_up(&folder.join("data"), USER);
        let databases = AtomicU32::new(0);
        let server = Self { installation, folder, disk, first_process: Mutex::default(), watcher, databases };
        server.starts();
        server
    }

    /// Starts it again after it was ended, and returns once it answers.
    pub fn starts(&self) {
        let deadline = Instant::now() + PATIENCE;
        let mut first_process = self.first_process();
        loop {
            let mut child = self.installation.server(&self.folder, self.disk).spawn().expect("postgres");
            while child.try_wait().unwrap().is_none() {
                if self.answers() {
                    *first_process = Some(child);
                    return;
                }
                assert!(Instant::now() < deadline, "PostgreSQL does not answer in {}", self.folder.display());
                std::thread::sleep(Duration::from_millis(20));
            }
            // After `kill -9` its other processes need a moment to notice; till then it does not start.
            assert!(Instant::now() < deadline, "PostgreSQL does not start in {}", self.folder.display());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Ends it, and returns once it has.
    pub fn ends(&self, how: End) {
        let mut first_process = self.first_process();
        let Some(mut child) = first_process.take() else { return };
        let signal = match how {
            End::Fast => "-INT",
            End::Immediate => "-QUIT",
            End::Killed => "-KILL",
        };
        let sent = Command::new("kill").args([signal, &child.id().to_string()]).status();
        assert!(sent.is_ok_and(|status| status.success()), "{signal}");
        child.wait().unwrap();
    }

    /// The address of a new, empty database.
    pub fn new_database(&self) -> String {
        let name = format!("d{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.run("postgres", &format!("create database {name} template template0"));
        self.address(&name)
    }

    /// The address of a new database with everything that is in another one, where nobody may be.
    pub fn new_database_like(&self, address: &str) -> String {
        let name = format!("d{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.run(
            "postgres",
            &format!("create database {name} template {} strategy file_copy", name_in(address)),
        );
        self.address(&name)
    }

    /// Drops a database, and throws out whoever is in it.
    pub fn drops(&self, address: &str) {
        self.run("postgres", &format!("drop database {} with (force)", name_in(address)));
    }

    /// The address of one of its databases.
    pub fn address(&self, database: &str) -> String {
        let socket = self.folder.to_str().unwrap().replace('/', "%2F");
        format!("postgres://{USER}@{socket}/{database}")
    }

    /// The folder of its socket.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Runs statements in one of its databases, as its administrator does, and returns the rows.
    #[track_caller]
    pub fn run(&self, database: &str, sql: &str) -> String {
        let output = self.psql(database).args(["-c", sql]).output().expect("psql");
        assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    /// Runs statements that last until somebody ends their session.
    pub fn runs_until_thrown_out(&self, database: &str, sql: &str) {
        let output = self.psql(database).args(["-c", sql]).output().expect("psql");
        assert!(!output.status.success(), "{sql}: came to its end");
    }

    fn answers(&self) -> bool {
        let asked = self.psql("postgres").args(["-c", "select 1"]).stderr(Stdio::null()).output();
        asked.is_ok_and(|output| output.status.success())
    }

    fn psql(&self, database: &str) -> Command {
        let mut psql = self.installation.program("psql");
        psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1"]);
        psql.arg("--host").arg(&self.folder).args(["--username", USER, "--dbname", database]);
        psql.env("PGCONNECT_TIMEOUT", "10");
        psql
    }

    fn first_process(&self) -> MutexGuard<'_, Option<Child>> {
        self.first_process.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The database that an address ends with.
fn name_in(address: &str) -> &str {
    address.rsplit('/').next().unwrap_or(address)
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ends(End::Immediate);
        // Closing its input lets it tidy up.
        drop(self.watcher.stdin.take());
        let _ = self.watcher.wait();
    }
}

/// A shell that waits until we are gone, however we go, and then ends the server and clears its folder.
fn watch(folder: &Path) -> Child {
    let tidy_up = r#"
        read -r _
        process="$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null)" && kill -QUIT "$process" 2>/dev/null
        for _ in 1 2 3 4 5 6 7 8 9 10; do
            kill -0 "${process:-0}" 2>/dev/null && [ -n "$process" ] || break
            sleep 0.2
        done
        rm -rf "$1"
    "#;
    Command::new("setsid")
        .args(["sh", "-c", tidy_up, "tidy-up"])
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a shell")
}
