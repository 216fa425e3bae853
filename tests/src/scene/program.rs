//! Programs started for a journey, and their certain end.
//!
//! Belongs here: starting, listening to the first words, stopping, freezing and killing one program.
//! Does not belong here: which programs there are.
//!
//! Every program dies with the thread that started it (`setpriv --pdeathsig`), so that a journey that
//! is itself killed leaves nothing running. Start programs from a thread that lives as long as they.

use super::patience::until;
use super::trouble::Trouble;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Starting, saying the first word, ending after being asked to: each takes a second or two on a quiet
/// machine, much longer on one that builds at the same time.
const PATIENCE: Duration = Duration::from_mins(1);

/// Environment variables by name.
pub type Environment = BTreeMap<String, String>;

/// How a program is started.
pub struct Start {
    name: String,
    command: Command,
    input: Option<String>,
    open_file: Option<OwnedFd>,
    log: PathBuf,
}

impl Start {
    /// `program` with nothing of this process's environment but where programs and libraries are. What
    /// it says goes to `<log_folder>/<name>.log`.
    pub fn of(name: &str, program: impl AsRef<OsStr>, log_folder: &Path) -> Self {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL"]).arg(program).env_clear();
        for kept in ["PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "MADOGUCHI_LOG", "RUST_LOG"] {
            if let Some(value) = std::env::var_os(kept) {
                command.env(kept, value);
            }
        }
        let log = log_folder.join(format!("{name}.log"));
        Self { name: name.to_owned(), command, input: None, open_file: None, log }
    }

    /// Adds arguments.
    #[must_use]
    pub fn args<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.command.args(arguments);
        self
    }

    /// Adds environment variables.
    #[must_use]
    pub fn envs(mut self, environment: &Environment) -> Self {
        self.command.envs(environment);
        self
    }

    /// Says this to the program first; then there is nothing more to hear for it.
    #[must_use]
    pub fn says(mut self, input: impl Into<String>) -> Self {
        self.input = Some(input.into());
        self
    }

    /// Gives it an open file as its input.
    #[must_use]
    pub fn reads_from(mut self, file: OwnedFd) -> Self {
        self.open_file = Some(file);
        self
    }

    /// Starts it.
    pub fn start(self) -> Result<Program, Trouble> {
        let name = self.name.clone();
        self.spawn().map_err(|error| Trouble::not_started(&name, &error.to_string()))
    }

    fn spawn(mut self) -> std::io::Result<Program> {
        let log = File::options().create(true).append(true).open(&self.log)?;
        let nothing = if self.input.is_some() { Stdio::piped() } else { Stdio::null() };
        let input = self.open_file.take().map_or(nothing, Stdio::from);
        self.command.stdin(input).stdout(Stdio::piped()).stderr(log.try_clone()?);
        let mut child = self.command.spawn()?;
        if let (Some(mut input), Some(text)) = (child.stdin.take(), &self.input) {
            input.write_all(text.as_bytes())?;
        }
        let (said, heard) = mpsc::channel();
        if let Some(output) = child.stdout.take() {
            thread::spawn(move || listen(BufReader::new(output), log, &said));
        }
        Ok(Program { name: self.name, child, heard, log: self.log })
    }
}

/// Passes on every line a program says, and keeps it in its log.
fn listen(output: impl BufRead, mut log: File, said: &mpsc::Sender<String>) {
    for line in output.lines().map_while(Result::ok) {
        // Neither a full disk nor a journey that no longer listens is a reason to block the program.
        let _ = writeln!(log, "{line}");
        let _ = said.send(line);
    }
}

/// A running program. It is killed when this value is dropped.
pub struct Program {
    name: String,
    child: Child,
    heard: mpsc::Receiver<String>,
    log: PathBuf,
}

impl Program {
    /// Its process number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Where what it says is kept.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// The first line it says that `wanted` takes for what it waits for.
    pub fn hears<T>(&self, what: &str, wanted: impl Fn(&str) -> Option<T>) -> Result<T, Trouble> {
        let deadline = std::time::Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(std::time::Instant::now());
            match self.heard.recv_timeout(left) {
                Ok(line) => {
                    if let Some(found) = wanted(&line) {
                        return Ok(found);
                    }
                }
                Err(_) => {
                    return Err(Trouble::not_started(&self.name, &format!("{what}: {}", self.last_words())));
                }
            }
        }
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// The last lines of its log.
    pub fn last_words(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<_> = text.lines().collect();
        lines[lines.len().saturating_sub(15)..].join("\n")
    }

    /// Asks it to end, as an operating system would, and waits for that.
    pub fn stop(&mut self) -> Result<(), Trouble> {
        self.signal("TERM")?;
        let name = self.name.clone();
        until(&format!("{name} ends"), PATIENCE, || !self.runs())
    }

    /// Waits until it ends without being asked to, and content.
    pub fn ends_by_itself(&mut self) -> Result<(), Trouble> {
        let name = self.name.clone();
        until(&format!("{name} ends by itself"), PATIENCE, || !self.runs())?;
        let status = self.child.wait()?;
        if status.success() { Ok(()) } else { Err(Trouble::not_started(&name, &status.to_string())) }
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(&mut self) {
        // Ended already is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Makes it stand still, as a machine or a line that does not answer.
    pub fn freeze(&self) -> Result<(), Trouble> {
        self.signal("STOP")
    }

    /// Lets it go on after [`Self::freeze`].
    pub fn thaw(&self) -> Result<(), Trouble> {
        self.signal("CONT")
    }

    fn signal(&self, name: &str) -> Result<(), Trouble> {
        signal(self.id(), name).map_err(|error| Trouble::not_started(&self.name, &error.to_string()))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Sends a signal to a process.
pub fn signal(process: u32, name: &str) -> std::io::Result<()> {
    Command::new("kill").args([&format!("-{name}"), &process.to_string()]).status().map(|_| ())
}

/// The processes a process has started and that still run.
pub fn children(process: u32) -> Vec<u32> {
    let list = format!("/proc/{process}/task/{process}/children");
    let text = std::fs::read_to_string(list).unwrap_or_default();
    text.split_whitespace().filter_map(|child| child.parse().ok()).collect()
}

/// One of this workspace's own programs, beside the one that runs.
pub fn own_program(name: &str) -> Result<PathBuf, Trouble> {
    let here = std::env::current_exe().map_err(|error| Trouble::not_started(name, &error.to_string()))?;
    let found = here.ancestors().skip(1).take(2).map(|folder| folder.join(name)).find(|path| path.is_file());
    found.ok_or_else(|| Trouble::not_started(name, "it is not built; ./dev test and ./dev run build it"))
}
