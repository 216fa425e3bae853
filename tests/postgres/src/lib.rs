//! A real PostgreSQL server of one's own: in a folder of its own, on a socket in it, gone with whoever
//! started it, however that one ends.
//!
//! Belongs here: starting, stopping and killing a server, handing out empty databases, and ports for servers that
//! must be told theirs. Does not belong here: what is kept in databases, or any server that was there before.
//! Why it exists: tests, the simulator and benchmarks run on the real thing, and must find it the same
//! way. A computer without PostgreSQL makes them fail, not pass.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod installation;
mod port;
mod small_disk;

pub use port::Port;

use installation::Installation;
use small_disk::SmallDisk;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// The only user of such a server.
const USER: &str = "madoguchi";

/// The port that a socket is named after where no other is asked for.
const USUAL_PORT: u16 = 5432;

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
    /// Beside those that all have.
    settings: Vec<String>,
    /// On the network.
    reserved_port: Option<Port>,
    small_disk: Option<SmallDisk>,
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
        let server = Self::in_a_new_folder(disk);
        server.installation.set_up(&server.folder.join("data"), USER);
        server.starts();
        server
    }

    /// The same, and through TLS on a port of this computer: `certificate` and its `key` in PEM.
    pub fn start_on_the_network(certificate: &[u8], key: &[u8]) -> Self {
        let mut server = Self::in_a_new_folder(Disk::NotWaitedFor);
        server.installation.set_up(&server.folder.join("data"), USER);
        server.goes_on_the_network(certificate, key);
        server.starts();
        server
    }

    /// A server on the network that follows another one, in step with each of its commits.
    pub fn start_as_replica_of(primary: &Self, certificate: &[u8], key: &[u8]) -> Self {
        let mut server = Self::in_a_new_folder(Disk::NotWaitedFor);
        let data = server.folder.join("data");
        server.installation.set_up_replica(&data, &primary.folder, primary.port(), USER);
        server.goes_on_the_network(certificate, key);
        server.starts();
        primary.run("postgres", "alter system set synchronous_standby_names = '*'");
        primary.run("postgres", "select pg_reload_conf()");
        let deadline = Instant::now() + PATIENCE;
        while primary.run("postgres", "select count(*) from pg_stat_replication where sync_state = 'sync'")
            == "0"
        {
            assert!(Instant::now() < deadline, "the replica does not follow");
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }

    /// A server with a second disk of so many mebibytes, for databases of
    /// [`new_database_on_the_small_disk`](Self::new_database_on_the_small_disk). What is on it is gone when
    /// the server ends.
    pub fn start_with_a_small_disk(mebibytes: u32) -> Self {
        let mut server = Self::in_a_new_folder(Disk::NotWaitedFor);
        server.installation.set_up(&server.folder.join("data"), USER);
        let place = SmallDisk::place_in(&server.folder);
        std::fs::create_dir(&place).unwrap();
        server.small_disk = Some(SmallDisk { place, mebibytes });
        server.starts();
        server
    }

    fn in_a_new_folder(disk: Disk) -> Self {
        let installation = Installation::find();
        let folder = tempfile::Builder::new().prefix("madoguchi-pg-").tempdir().unwrap().keep();
        let watcher = watch(&folder);
        installation::hand_over(&folder);
        let waits: &[&str] = match disk {
            Disk::NotWaitedFor => &["fsync=off"],
            // With memory for a town, and checkpoints that are not asked for all the time.
            Disk::WaitedFor => &["fsync=on", "shared_buffers=256MB", "max_wal_size=4GB"],
        };
        let settings = waits.iter().chain(&["listen_addresses="]).map(|setting| (*setting).to_owned());
        Self {
            installation,
            folder,
            settings: settings.collect(),
            reserved_port: None,
            small_disk: None,
            first_process: Mutex::default(),
            watcher,
            databases: AtomicU32::new(0),
        }
    }

    fn goes_on_the_network(&mut self, certificate: &[u8], key: &[u8]) {
        let (certificate_file, key_file) = (self.folder.join("server.crt"), self.folder.join("server.key"));
        installation::write_private(&certificate_file, certificate);
        installation::write_private(&key_file, key);
        let port = Port::reserve();
        self.settings.extend([
            "listen_addresses=127.0.0.1".to_owned(),
            format!("port={}", port.number()),
            "ssl=on".to_owned(),
            format!("ssl_cert_file={}", certificate_file.display()),
            format!("ssl_key_file={}", key_file.display()),
        ]);
        self.reserved_port = Some(port);
    }

    /// Starts it again after it was ended, and returns once it answers.
    pub fn starts(&self) {
        let deadline = Instant::now() + PATIENCE;
        let mut first_process = self.first_process();
        loop {
            let mut child = self.server().spawn().expect("postgres");
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
        format!("postgres://{USER}@{socket}:{}/{database}", self.port())
    }

    /// Its port on the network, which its socket is named after, too.
    pub fn port(&self) -> u16 {
        self.reserved_port.as_ref().map_or(USUAL_PORT, Port::number)
    }

    /// The address of a new, empty database on the small disk.
    pub fn new_database_on_the_small_disk(&self) -> String {
        let small = self.small_disk.as_ref().expect("a server with a small disk");
        let name = format!("d{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.run("postgres", &format!("create tablespace small location '{}'", small.place.display()));
        self.run("postgres", &format!("create database {name} template template0 tablespace small"));
        self.address(&name)
    }

    /// The replica takes the place of its primary, which is gone.
    pub fn takes_over(&self) {
        assert_eq!(self.run("postgres", "select pg_promote()"), "t", "it takes over");
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
        psql.arg("--host").arg(&self.folder).args(["--port", &self.port().to_string()]);
        psql.args(["--username", USER, "--dbname", database]);
        psql.env("PGCONNECT_TIMEOUT", "10");
        psql
    }

    fn server(&self) -> Command {
        self.installation.server(&self.folder, &self.settings, self.small_disk.as_ref())
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
