//! The cloud in its demonstration mode, on a database of its own.

use super::patience::until;
use super::program::{Environment, Program, Start, own_program};
use super::tickets::{Books, Paper};
use super::trouble::Trouble;
use madoguchi_cloud::clock::Clock;
use madoguchi_cloud::database::Address;
use madoguchi_postgres::Port;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What the cloud's clock says, as seen from this computer's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CloudClock {
    /// The same.
    Right,
    /// A day later.
    ADayAhead,
}

impl CloudClock {
    /// libfaketime moves the clock that is read; time that only runs forward is left alone, so that
    /// waiting stays waiting. The dynamic linker knows what `$LIB` is.
    fn environment(self) -> Environment {
        let moved = [
            ("LD_PRELOAD", "/usr/$LIB/faketime/libfaketime.so.1"),
            ("FAKETIME", "+1d"),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        ];
        match self {
            Self::Right => Environment::new(),
            Self::ADayAhead => moved.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        }
    }
}

/// A cloud that can be stopped, killed, frozen and started again at the same address.
pub struct Cloud {
    folder: PathBuf,
    /// Its own also while it does not run.
    port: Port,
    clock: CloudClock,
    training: bool,
    program: Mutex<Option<Program>>,
}

impl Cloud {
    /// Fills a new database in `folder` with the example and starts serving it.
    pub fn found(folder: &Path, clock: CloudClock) -> Result<Self, Trouble> {
        Self::found_as(folder, clock, false)
    }

    /// The same with the example for training, as a training cloud.
    pub fn found_for_training(folder: &Path) -> Result<Self, Trouble> {
        Self::found_as(folder, CloudClock::Right, true)
    }

    fn found_as(folder: &Path, clock: CloudClock, training: bool) -> Result<Self, Trouble> {
        let folder = folder.to_path_buf();
        let cloud = Self { folder, port: Port::reserve(), clock, training, program: Mutex::default() };
        let example = fixtures(if training { "demo/training.toml" } else { "demo/kawasaki.toml" });
        cloud.operate(&["demo", "seed", &example.display().to_string()])?;
        cloud.start()?;
        Ok(cloud)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.port.number()))
    }

    /// Whether it serves.
    pub fn runs(&self) -> bool {
        self.program().as_mut().is_some_and(Program::runs)
    }

    /// Starts it, if it does not run.
    pub fn start(&self) -> Result<(), Trouble> {
        if self.runs() {
            return Ok(());
        }
        let program = Start::of("cloud", own_program("madoguchi-cloud")?, &self.folder)
            .args(["serve", "--demo", "--database"])
            .args([self.database()])
            .args([OsStr::new("--trust-anchors"), fixtures("ca").as_os_str()])
            .args(["--listen", &self.address().to_string()])
            .args(self.training.then_some("--training"))
            .envs(&self.clock.environment())
            .start()?;
        until("the cloud listens", Duration::from_mins(1), || TcpStream::connect(self.address()).is_ok())
            .map_err(|trouble| trouble.and(&program.last_words()))?;
        *self.program() = Some(program);
        Ok(())
    }

    /// Asks it to end, as an operating system would, and waits for that.
    pub fn stop(&self) -> Result<(), Trouble> {
        let running = self.program().take();
        match running {
            Some(mut program) => program.stop(),
            None => Ok(()),
        }
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(&self) {
        *self.program() = None;
    }

    /// Makes it stand still: it takes connections and does not answer.
    pub fn freeze(&self) -> Result<(), Trouble> {
        self.program().as_ref().map_or(Ok(()), Program::freeze)
    }

    /// Lets it go on after [`Self::freeze`].
    pub fn thaw(&self) -> Result<(), Trouble> {
        self.program().as_ref().map_or(Ok(()), Program::thaw)
    }

    /// Has the books checked from their first entry to their last.
    pub fn check_books(&self) -> Result<(), Trouble> {
        self.operate(&["check-books"]).map(drop)
    }

    /// The municipality wants a staff name with each sign-in, from the next session on.
    pub fn wants_staff_names(&self) -> Result<(), Trouble> {
        let rule = ["municipality", "sign-in", "141305", "--every", "day", "--staff-name", "required"];
        self.operate(&rule).map(drop)
    }

    /// The municipality releases a terminal; its new password, as the new sheet has it.
    pub fn releases(&self, terminal: &str) -> Result<String, Trouble> {
        let said = self.operate(&["terminal", "release", &terminal.replace(' ', "")])?;
        let password = said.split_whitespace().last().map(str::to_owned);
        password.ok_or_else(|| Trouble::new("the release printed no password"))
    }

    /// The operator makes a street's key and hands it over; its key sheet.
    pub fn hands_over_a_street_key(&self, street: &str) -> Result<String, Trouble> {
        let key_file = self.database().with_extension("key").display().to_string();
        let number = self.operate(&["street", "make-key", street, "--key-file", &key_file])?;
        self.operate(&["street", "export-key", street, number.trim(), "--key-file", &key_file])
    }

    /// The street keeps MyKey IDs itself from now on, or no longer (seed 001, §17 ②).
    pub fn lets_a_street_keep_mykey_ids(&self, street: &str, keeps: bool) -> Result<(), Trouble> {
        let words = ["street", "set", street].into_iter().chain(keeps.then_some("--keeps-mykey-ids"));
        self.operate(&words.collect::<Vec<_>>()).map(drop)
    }

    /// Opens its books beside it. Whoever writes in them stops it first.
    fn books(&self) -> Books {
        let database = self.database();
        let key_file = database.with_extension("key");
        Books { database: Address::from(&database), key_file, clock: Clock::System }
    }

    /// Residents hold tickets of these points, issued at the ward office: it stops for as long as that takes.
    pub async fn hands_out_tickets(&self, points: &[i64]) -> Result<Vec<Paper>, Trouble> {
        self.stop()?;
        let papers = self.books().hands_out(points).await?;
        self.start()?;
        Ok(papers)
    }

    /// What was cleared, as the books have it: for each site its tickets and their points.
    pub async fn cleared_tickets(&self) -> Result<BTreeMap<String, (u32, i64)>, Trouble> {
        self.books().cleared().await
    }

    fn program(&self) -> MutexGuard<'_, Option<Program>> {
        self.program.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The file with its books.
    pub fn database(&self) -> PathBuf {
        self.folder.join("cloud.sqlite")
    }

    /// Runs a command of the operator; what it printed.
    fn operate(&self, words: &[&str]) -> Result<String, Trouble> {
        let done = Command::new(own_program("madoguchi-cloud")?)
            .args(words)
            .arg("--database")
            .arg(self.database())
            .output()?;
        if done.status.success() {
            return Ok(String::from_utf8_lossy(&done.stdout).into_owned());
        }
        Err(Trouble::not_started("madoguchi-cloud", &String::from_utf8_lossy(&done.stderr)))
    }
}

fn fixtures(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures").join(path)
}
