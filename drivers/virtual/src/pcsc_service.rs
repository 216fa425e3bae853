//! A PC/SC service (pcscd) of one's own, with the virtual readers of vpcd and nothing else.
//!
//! Belongs here: starting, stopping and killing one pcscd, as an operating system would.
//! Does not belong here: where it is visible ([`crate::namespace`]).

use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Where every pcscd listens, as far as it can see.
pub const SOCKET: &str = "/run/pcscd/pcscd.comm";
/// vpcd's first slot listens here; the second one at the next port.
const FIRST_SLOT: u16 = 35_963;
/// vpcd serves two slots (`VICC_MAX_SLOTS` of Debian's build).
pub const SLOTS: u16 = 2;
/// The names the readers get from pcscd.
pub const READERS: [&str; 2] = ["Virtual PCD 00 00", "Virtual PCD 00 01"];
/// The names they get once they hang at another port of the computer.
pub const READERS_ELSEWHERE: [&str; 2] = ["Virtual PCD [elsewhere] 00 00", "Virtual PCD [elsewhere] 00 01"];
/// The slot of a reader's own security module: a card always lies in it, and it is nobody's.
pub const SECURITY_MODULE: &str = "Virtual PCD SAM 00 00";
/// Where that slot listens.
const SECURITY_MODULE_SLOT: u16 = FIRST_SLOT + 16;
/// Starting and stopping take less than a second; this is the limit before giving up.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why the PC/SC service could not be had.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// A PC/SC service runs that was not started here; it is left alone.
    #[error("a PC/SC service is running already and is left alone: stop it, or permit namespaces")]
    AnotherRuns,
    /// A program could not be started or a file not written.
    #[error("{what}: {source}")]
    System {
        /// What was tried.
        what: &'static str,
        /// The system's reason.
        source: io::Error,
    },
    /// It did not do in time what it was told.
    #[error("the PC/SC service did not {0} in time")]
    TooSlow(&'static str),
}

/// A pcscd that lives no longer than this value.
pub struct PcscService {
    configuration: PathBuf,
    driver: PathBuf,
    log: PathBuf,
    pcscd: Option<Child>,
}

impl PcscService {
    /// Writes the configuration into a private directory and starts the service. `driver` is vpcd's
    /// library.
    pub fn start(directory: &Path, driver: &Path) -> Result<Self, ServiceError> {
        let configuration = directory.join("reader.conf.d");
        fs::create_dir_all(&configuration).map_err(|source| system("making a directory", source))?;
        let mut service = Self {
            configuration,
            driver: driver.to_path_buf(),
            log: directory.join("pcscd.log"),
            pcscd: None,
        };
        service.write_readers()?;
        service.start_again()?;
        Ok(service)
    }

    fn write_readers(&self) -> Result<(), ServiceError> {
        self.write("vpcd", "Virtual PCD", FIRST_SLOT, &self.driver)
    }

    fn write(&self, file: &str, name: &str, port: u16, driver: &Path) -> Result<(), ServiceError> {
        let text = format!(
            "FRIENDLYNAME \"{name}\"\nDEVICENAME /dev/null:{port:#X}\nLIBPATH {}\nCHANNELID {port:#X}\n",
            driver.display()
        );
        fs::write(self.configuration.join(file), text).map_err(|source| system("configuring", source))
    }

    /// Pulls the readers out of the computer. pcscd takes note of readers that hang on no USB only at its
    /// start, so whoever watches sees it go and come back without them.
    pub fn pull_readers(&mut self) -> Result<(), ServiceError> {
        fs::remove_file(self.configuration.join("vpcd")).map_err(|source| system("configuring", source))?;
        self.stop()?;
        self.start_again()
    }

    /// Plugs them in again, in the same way.
    pub fn plug_readers(&mut self) -> Result<(), ServiceError> {
        self.write_readers()?;
        self.stop()?;
        self.start_again()
    }

    /// Plugs them in at another port, where they have other names ([`READERS_ELSEWHERE`]).
    pub fn plug_readers_elsewhere(&mut self) -> Result<(), ServiceError> {
        self.write("vpcd", "Virtual PCD [elsewhere]", FIRST_SLOT, &self.driver)?;
        self.stop()?;
        self.start_again()
    }

    /// Adds the slot of a security module ([`SECURITY_MODULE`]), in the same way.
    pub fn plug_security_module(&mut self) -> Result<(), ServiceError> {
        // The driver keeps its slots by number alone, so a second reader needs a driver of its own.
        let driver = self.configuration.with_file_name("security-module.so");
        fs::copy(&self.driver, &driver).map_err(|source| system("copying the driver", source))?;
        self.write("vpcd-security-module", "Virtual PCD SAM", SECURITY_MODULE_SLOT, &driver)?;
        self.stop()?;
        self.start_again()
    }

    /// The address of the security module's slot.
    pub fn security_module_slot() -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, SECURITY_MODULE_SLOT))
    }

    /// Starts it after [`Self::stop`] or [`Self::kill`] and waits until it answers.
    pub fn start_again(&mut self) -> Result<(), ServiceError> {
        if self.is_running() {
            return Ok(());
        }
        if UnixStream::connect(SOCKET).is_ok() {
            return Err(ServiceError::AnotherRuns);
        }
        let log = fs::File::create(&self.log).map_err(|source| system("opening pcscd's log", source))?;
        let errors = log.try_clone().map_err(|source| system("opening pcscd's log", source))?;
        let pcscd = Command::new("/usr/sbin/pcscd")
            .arg("--foreground")
            .arg("--config")
            .arg(&self.configuration)
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(errors)
            .spawn()
            .map_err(|source| system("starting pcscd", source))?;
        self.pcscd = Some(pcscd);
        within("start", || UnixStream::connect(SOCKET).is_ok() || !self.is_running())?;
        if self.is_running() { Ok(()) } else { Err(ServiceError::TooSlow("start")) }
    }

    /// Asks it to end, as an operating system that shuts a service down, and waits for that.
    pub fn stop(&mut self) -> Result<(), ServiceError> {
        let Some(mut pcscd) = self.pcscd.take() else { return Ok(()) };
        Command::new("kill")
            .args(["-TERM", &pcscd.id().to_string()])
            .status()
            .map_err(|source| system("stopping pcscd", source))?;
        let ended = within("stop", || pcscd.try_wait().is_ok_and(|status| status.is_some()));
        if ended.is_err() {
            self.pcscd = Some(pcscd);
        }
        ended
    }

    /// Kills it, as a crash would: its socket stays behind and refuses.
    pub fn kill(&mut self) {
        if let Some(mut pcscd) = self.pcscd.take() {
            // Ended already is as good.
            let _ = pcscd.kill();
            let _ = pcscd.wait();
        }
    }

    /// Whether it runs.
    pub fn is_running(&mut self) -> bool {
        self.pcscd.as_mut().is_some_and(|pcscd| matches!(pcscd.try_wait(), Ok(None)))
    }

    /// The addresses of vpcd's slots, in the order of [`READERS`].
    pub fn slots() -> impl Iterator<Item = SocketAddr> {
        (FIRST_SLOT..FIRST_SLOT + SLOTS).map(|port| SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
    }
}

impl Drop for PcscService {
    fn drop(&mut self) {
        if self.stop().is_err() {
            self.kill();
        }
    }
}

fn system(what: &'static str, source: io::Error) -> ServiceError {
    ServiceError::System { what, source }
}

/// Neither a process's end nor its readiness can be waited for with the standard library alone.
fn within(what: &'static str, mut done: impl FnMut() -> bool) -> Result<(), ServiceError> {
    let deadline = Instant::now() + PATIENCE;
    while !done() {
        if Instant::now() > deadline {
            return Err(ServiceError::TooSlow(what));
        }
        thread::sleep(Duration::from_millis(5));
    }
    Ok(())
}
