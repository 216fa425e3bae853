//! A printing service (CUPS) of one's own: its files in a folder, its door a socket in it, gone with
//! whoever started it.
//!
//! Belongs here: starting and stopping one cupsd, and what an administrator does to its queues.
//! Does not belong here: the printer behind a queue ([`crate::printer`]), and what is sent there.
//! Why it exists: what a queue says of itself, and when, only a real one knows. The printing service of
//! this computer is left alone: nobody finds this one who is not told where it is (`CUPS_SERVER`).

use std::fs::{self, Permissions};
use std::io;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

const CUPSD: &str = "/usr/sbin/cupsd";
/// What an administrator has; not on everybody's search path.
const LPADMIN: &str = "/usr/sbin/lpadmin";
const PAUSE: &str = "/usr/sbin/cupsdisable";
const RESUME: &str = "/usr/sbin/cupsenable";
const REJECT: &str = "/usr/sbin/cupsreject";
const ACCEPT: &str = "/usr/sbin/cupsaccept";
/// Starting and stopping take less than a second; this is the limit before giving up.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why the printing service could not be had, or did not do what it was told.
#[derive(Debug, thiserror::Error)]
pub enum PrintingServiceError {
    /// A program could not be started or a file not written.
    #[error("{what}: {source}")]
    System {
        /// What was tried.
        what: &'static str,
        /// The system's reason.
        source: io::Error,
    },
    /// An administrator's program failed.
    #[error("{program}: {said}")]
    Refused {
        /// Which one.
        program: &'static str,
        /// Its words.
        said: String,
    },
    /// It did not do in time what it was told.
    #[error("the printing service did not {0} in time")]
    TooSlow(&'static str),
}

/// A cupsd that lives no longer than this value, and no longer than the thread that started it.
pub struct PrintingService {
    folder: PathBuf,
    cupsd: Mutex<Option<Child>>,
}

impl PrintingService {
    /// Starts one without any queue. `folder` becomes its own: the drivers it starts are another user, who
    /// must get in.
    pub fn start(folder: &Path) -> Result<Self, PrintingServiceError> {
        let service = Self { folder: folder.to_path_buf(), cupsd: Mutex::default() };
        service.configure().map_err(|source| system("configuring", source))?;
        service.start_again()?;
        Ok(service)
    }

    fn configure(&self) -> io::Result<()> {
        fs::set_permissions(&self.folder, Permissions::from_mode(0o755))?;
        for room in ["root", "state", "cache", "spool", "temporary"] {
            fs::create_dir_all(self.folder.join(room))?;
        }
        fs::write(self.folder.join("cupsd.conf"), self.rules())?;
        fs::write(self.folder.join("cups-files.conf"), self.places())
    }

    /// Everybody may do everything: nobody else gets here.
    fn rules(&self) -> String {
        format!(
            "Listen {}\nBrowsing Off\nWebInterface No\nDefaultAuthType None\nIdleExitTimeout 0\n\
             DirtyCleanInterval 0\n\
             MaxCopies 1\nPreserveJobFiles Yes\nLogLevel info\n\
             <Location />\n  Order allow,deny\n  Allow all\n</Location>\n\
             <Location /admin>\n  Order allow,deny\n  Allow all\n</Location>\n\
             <Policy default>\n  JobPrivateAccess all\n  JobPrivateValues none\n\
             \x20 SubscriptionPrivateAccess all\n  SubscriptionPrivateValues none\n\
             \x20 <Limit All>\n    Order allow,deny\n    Allow all\n  </Limit>\n</Policy>\n",
            self.socket().display()
        )
    }

    fn places(&self) -> String {
        let at = |room: &str| self.folder.join(room).display().to_string();
        format!(
            "ServerRoot {}\nStateDir {}\nCacheDir {}\nRequestRoot {}\nTempDir {}\n\
             ErrorLog {}\nAccessLog {}\nPageLog {}\nPrintcap {}\nSystemGroup root\n",
            at("root"),
            at("state"),
            at("cache"),
            at("spool"),
            at("temporary"),
            at("error.log"),
            at("access.log"),
            at("page.log"),
            at("printcap"),
        )
    }

    /// Where it is found, for `CUPS_SERVER`.
    pub fn socket(&self) -> PathBuf {
        self.folder.join("cups.sock")
    }

    /// Starts it after [`Self::stop`] and waits until it answers.
    pub fn start_again(&self) -> Result<(), PrintingServiceError> {
        let mut running = self.running();
        if running.is_some() {
            return Ok(());
        }
        let log = fs::File::options().create(true).append(true).open(self.folder.join("cupsd.log"));
        let log = log.map_err(|source| system("opening cupsd's log", source))?;
        let said = log.try_clone().map_err(|source| system("opening cupsd's log", source))?;
        let cupsd = Command::new("setpriv")
            .args(["--pdeathsig", "KILL", CUPSD, "-f", "-c"])
            .arg(self.folder.join("cupsd.conf"))
            .arg("-s")
            .arg(self.folder.join("cups-files.conf"))
            .stdin(Stdio::null())
            .stdout(said)
            .stderr(log)
            .spawn()
            .map_err(|source| system("starting cupsd", source))?;
        *running = Some(cupsd);
        let socket = self.socket();
        within("start", || UnixStream::connect(&socket).is_ok())
    }

    /// Stops it, as a computer does that shuts a service down.
    pub fn stop(&self) -> Result<(), PrintingServiceError> {
        let mut running = self.running();
        let Some(mut cupsd) = running.take() else { return Ok(()) };
        let asked = Command::new("kill").args(["-TERM", &cupsd.id().to_string()]).status();
        asked.map_err(|source| system("stopping cupsd", source))?;
        let ended = within("stop", || cupsd.try_wait().is_ok_and(|status| status.is_some()));
        if ended.is_err() {
            *running = Some(cupsd);
        }
        ended
    }

    /// Adds a queue that passes on what it gets, as it is, to a printer on the network.
    pub fn add_queue(&self, queue: &str, printer: SocketAddr) -> Result<(), PrintingServiceError> {
        // A printer says by hanging up that it has all, or it does not; and it is asked nothing besides.
        let device = format!("socket://{printer}/?waiteof=false&snmp=false");
        self.run(LPADMIN, &["-p", queue, "-E", "-v", &device])
    }

    /// Removes a queue with all that waits in it.
    pub fn remove_queue(&self, queue: &str) -> Result<(), PrintingServiceError> {
        self.run(LPADMIN, &["-x", queue])
    }

    /// Makes a queue the one that papers go to where none is named.
    pub fn make_default(&self, queue: &str) -> Result<(), PrintingServiceError> {
        self.run(LPADMIN, &["-d", queue])
    }

    /// Pauses a queue: it takes papers and keeps them.
    pub fn pause(&self, queue: &str) -> Result<(), PrintingServiceError> {
        self.run(PAUSE, &[queue])
    }

    /// Lets a paused queue go on.
    pub fn resume(&self, queue: &str) -> Result<(), PrintingServiceError> {
        self.run(RESUME, &[queue])
    }

    /// Lets a queue turn every paper away.
    pub fn reject(&self, queue: &str) -> Result<(), PrintingServiceError> {
        self.run(REJECT, &[queue])
    }

    /// Lets it take papers again.
    pub fn accept(&self, queue: &str) -> Result<(), PrintingServiceError> {
        self.run(ACCEPT, &[queue])
    }

    /// What it wrote down of a job: title, options, what its bytes are. It writes a moment after it answers.
    pub fn written_down(&self, job: u32) -> Result<Vec<u8>, PrintingServiceError> {
        let file = self.spool().join(format!("c{job:05}"));
        within("write a job down", || file.exists())?;
        fs::read(file).map_err(|source| system("reading a job", source))
    }

    /// Whether it was ever handed a paper: it keeps them all.
    pub fn was_handed_a_paper(&self) -> bool {
        let papers = fs::read_dir(self.spool()).into_iter().flatten().flatten();
        papers.into_iter().any(|file| file.file_name().to_string_lossy().starts_with('d'))
    }

    fn spool(&self) -> PathBuf {
        self.folder.join("spool")
    }

    fn running(&self) -> MutexGuard<'_, Option<Child>> {
        self.cupsd.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self, program: &'static str, arguments: &[&str]) -> Result<(), PrintingServiceError> {
        let output = Command::new(program)
            .args(arguments)
            .env("CUPS_SERVER", self.socket())
            .env("LC_ALL", "C.UTF-8")
            .output()
            .map_err(|source| system(program, source))?;
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(PrintingServiceError::Refused { program, said })
    }
}

impl Drop for PrintingService {
    fn drop(&mut self) {
        if self.stop().is_err()
            && let Some(mut cupsd) = self.running().take()
        {
            // Ended already is as good.
            let _ = cupsd.kill();
            let _ = cupsd.wait();
        }
    }
}

fn system(what: &'static str, source: io::Error) -> PrintingServiceError {
    PrintingServiceError::System { what, source }
}

/// Neither a process's end nor its readiness can be waited for with the standard library alone.
fn within(what: &'static str, mut done: impl FnMut() -> bool) -> Result<(), PrintingServiceError> {
    let deadline = Instant::now() + PATIENCE;
    while !done() {
        if Instant::now() > deadline {
            return Err(PrintingServiceError::TooSlow(what));
        }
        thread::sleep(Duration::from_millis(5));
    }
    Ok(())
}
