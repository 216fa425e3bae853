//! The real program as a process of its own.

use crate::actors::{Line, NOON};
use crate::place::database_of;
use jiff::Timestamp;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::LazyLock;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// It answers for 15 s at most after it was told to end; then it closes its books, which a busy computer takes
/// its time for.
const ENDED_WITHIN: Duration = Duration::from_secs(30);

/// A running `madoguchi-cloud serve`; killed when dropped.
pub(crate) struct Process {
    child: Child,
    pub(crate) line: Line,
    log: JoinHandle<Vec<String>>,
}

/// `madoguchi-cloud` in a folder that holds `cloud.toml`.
pub(crate) fn madoguchi_cloud(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_madoguchi-cloud"));
    command.current_dir(folder).args(["--settings", "cloud.toml"]);
    command.env_remove("CREDENTIALS_DIRECTORY").env_remove("RUST_LOG");
    command.envs(as_at_noon());
    command
}

/// For all processes of this test it was noon when the test began, on the day of all stories: none is on the
/// way at midnight, at which terminals want their password. libfaketime moves the clock that is read; time
/// that only runs forward is left alone. The dynamic linker knows what `$LIB` is.
fn as_at_noon() -> [(&'static str, String); 3] {
    static MOVED: LazyLock<i64> =
        LazyLock::new(|| NOON.parse::<Timestamp>().unwrap().as_second() - Timestamp::now().as_second());
    [
        ("LD_PRELOAD", "/usr/$LIB/faketime/libfaketime.so.1".to_owned()),
        ("FAKETIME", format!("{:+}", *MOVED)),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
    ]
}

/// Runs a command of it to its end.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    madoguchi_cloud(folder).args(arguments).output().unwrap()
}

/// Runs a command that has to succeed, and returns what it printed.
#[track_caller]
pub(crate) fn prints(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Writes the settings and the key of a cloud that listens on any free port.
pub(crate) fn settle(folder: &Path) {
    let settings = format!(
        "name = 'kawasaki-test'\nlisten = '127.0.0.1:0'\ndatabase = '{}'\nkey_file = 'kek'\n\
         [per_minute]\nlook_ups = 100000\nunproven = 100000\n",
        database_of(folder)
    );
    std::fs::write(folder.join("cloud.toml"), settings).unwrap();
    prints(folder, &["keys", "make", "kek"]);
}

impl Process {
    /// Starts serving, and returns once it listens.
    pub(crate) fn serves(folder: &Path) -> Self {
        Self::serves_with(folder, &["serve"])
    }

    /// The same with these words.
    pub(crate) fn serves_with(folder: &Path, words: &[&str]) -> Self {
        Self::runs(madoguchi_cloud(folder).args(words))
    }

    /// The same, logging everything there is to log.
    pub(crate) fn serves_and_tells_all(folder: &Path) -> Self {
        Self::runs(madoguchi_cloud(folder).arg("serve").env("RUST_LOG", "trace"))
    }

    /// The same by a command of one's own.
    pub(crate) fn runs(command: &mut Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        let address = log.find_map(|line| address_in(&line)).expect("the cloud ended before it served");
        // Read on, so that the process never waits for a full pipe.
        let log = std::thread::spawn(move || log.collect());
        Self { child, line: Line::to(address), log }
    }

    /// `kill -TERM`: finishes what was begun, in time. Returns its exit status and its log.
    pub(crate) async fn told_to_end(mut self) -> (ExitStatus, Vec<String>) {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
        let deadline = Instant::now() + ENDED_WITHIN;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < deadline, "it was told to end and goes on");
            tokio::time::sleep(Duration::from_millis(10)).await;
        };
        let log = std::mem::replace(&mut self.log, std::thread::spawn(Vec::new));
        (status, log.join().unwrap())
    }

    /// `kill -9`.
    pub(crate) fn dies(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn address_in(log_line: &str) -> Option<SocketAddr> {
    let entry: serde_json::Value = serde_json::from_str(log_line).ok()?;
    (entry["message"] == "serving").then(|| entry["address"].as_str().unwrap().parse().unwrap())
}
