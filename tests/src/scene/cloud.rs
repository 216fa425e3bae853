//! The cloud in its demonstration mode, on a database of its own.

use super::patience::until;
use super::program::{Environment, Program, Start, own_program};
use super::trouble::Trouble;
use super::window::free_port;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A cloud that can be stopped, killed, frozen and started again at the same address.
pub struct Cloud {
    folder: PathBuf,
    address: SocketAddr,
    clock_ahead: Option<&'static str>,
    program: Mutex<Option<Program>>,
}

impl Cloud {
    /// Fills a new database in `folder` with the example and starts serving it.
    pub fn found(folder: &Path) -> Result<Self, Trouble> {
        Self::found_with_clock(folder, None)
    }

    /// The same with a clock that is ahead of this computer's by a span in faketime's words (`+1d`).
    pub fn found_with_clock(folder: &Path, clock_ahead: Option<&'static str>) -> Result<Self, Trouble> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()?));
        let cloud = Self { folder: folder.to_path_buf(), address, clock_ahead, program: Mutex::default() };
        cloud.operate(&["demo", "seed", &example().display().to_string()])?;
        cloud.start()?;
        Ok(cloud)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
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
        let own = own_program("madoguchi-cloud")?;
        let start = match self.clock_ahead {
            None => Start::of("cloud", own, &self.folder),
            Some(span) => Start::of("cloud", "faketime", &self.folder).args(["-f", span]).args([own]),
        };
        let program = start
            .args(["serve", "--demo", "--database"])
            .args([self.database()])
            .args(["--listen", &self.address.to_string()])
            .envs(&Environment::from([("RUST_LOG".to_owned(), "info".to_owned())]))
            .start()?;
        until("the cloud listens", Duration::from_mins(1), || TcpStream::connect(self.address).is_ok())
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
        self.operate(&["check-books"])
    }

    fn program(&self) -> MutexGuard<'_, Option<Program>> {
        self.program.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn database(&self) -> PathBuf {
        self.folder.join("cloud.sqlite")
    }

    fn operate(&self, words: &[&str]) -> Result<(), Trouble> {
        let done = Command::new(own_program("madoguchi-cloud")?)
            .args(words)
            .arg("--database")
            .arg(self.database())
            .output()?;
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        if done.status.success() { Ok(()) } else { Err(Trouble::not_started("madoguchi-cloud", &said)) }
    }
}

/// The example of this source tree: Kawasaki.
fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/demo/kawasaki.toml")
}
