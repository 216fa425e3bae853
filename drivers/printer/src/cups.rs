//! A paper to a queue of the system's printing service, CUPS.
//!
//! Belongs here: running `lp` and `lpstat` and reading what they say. Does not: what is printed.
//!
//! The two programs are the interface every Linux desktop has, and they carry the person's own
//! settings (`lpoptions`, `CUPS_SERVER`); a library would need the development files of CUPS.

#[cfg(test)]
#[cfg(target_os = "linux")]
pub(crate) mod tests;

use madoguchi_port::paper::PaperFault;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long `lp` may take. CUPS only queues; the printer itself is not waited for.
const PATIENCE: Duration = Duration::from_secs(15);

/// How often a running program is looked at; the standard library cannot wait with a limit.
const LOOK: Duration = Duration::from_millis(5);

/// What `lpstat -r` says where the service answers.
const RUNNING: &str = "scheduler is running";

/// The programs that speak to CUPS.
#[derive(Debug, Clone)]
pub(crate) struct Cups {
    lp: PathBuf,
    lpstat: PathBuf,
    /// The service's door, where it is not the one the person's own settings lead to.
    server: Option<PathBuf>,
    patience: Duration,
}

/// What kind of bytes a paper is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// A PDF, which the printing service makes fit for its printer.
    Pdf,
    /// The printer's own language, passed on as it is.
    Raw,
}

/// How a program ended.
struct Ended {
    success: bool,
    output: String,
}

impl Default for Cups {
    /// The programs found on the search path.
    fn default() -> Self {
        Self { lp: "lp".into(), lpstat: "lpstat".into(), server: None, patience: PATIENCE }
    }
}

impl Cups {
    /// Hands the paper to `queue` and returns the job's name, `QUEUE-12`.
    ///
    /// A queue that stands still is handed nothing: the paper would come out once somebody lets it go on,
    /// when nobody waits for it any more.
    pub(crate) fn print(
        &self,
        queue: &str,
        title: &str,
        paper: Vec<u8>,
        content: Content,
    ) -> Result<String, PaperFault> {
        self.passes_on(queue)?;
        let title: String = title.chars().filter(|c| !c.is_control()).collect();
        let mut command = self.program(&self.lp);
        command.args(["-d", queue, "-t", &title]).stdin(Stdio::piped());
        if content == Content::Raw {
            command.args(["-o", "raw"]);
        }
        let mut lp = started(&mut command)?;
        if let Some(mut input) = lp.stdin.take() {
            // If `lp` ends without reading everything, its exit status says why.
            thread::spawn(move || input.write_all(&paper));
        }
        match self.ended(lp) {
            None => Err(PaperFault::QueueSilent(queue.to_owned())),
            Some(Ended { success: true, output }) => Ok(job_name(&output).unwrap_or(queue).to_owned()),
            // What is wrong may have come between the look and the paper.
            Some(Ended { success: false, .. }) => {
                Err(self.passes_on(queue).err().unwrap_or_else(|| PaperFault::QueueRefused(queue.to_owned())))
            }
        }
    }

    /// Whether `queue` is there and passes on what it is handed, as far as the service knows: of the
    /// printer behind it, it knows little.
    pub(crate) fn passes_on(&self, queue: &str) -> Result<(), PaperFault> {
        let asked = self.asked(&["-r", "-a", queue, "-p", queue])?;
        if !asked.output.lines().any(|line| line == RUNNING) {
            return Err(PaperFault::NoPrintingSystem);
        }
        if !asked.success {
            return Err(PaperFault::QueueGone(queue.to_owned()));
        }
        if stands_still(queue, &asked.output) {
            return Err(PaperFault::QueuePaused(queue.to_owned()));
        }
        Ok(())
    }

    /// The queues CUPS knows, its default first.
    pub(crate) fn queues(&self) -> Result<Vec<String>, PaperFault> {
        let names = self.told(&["-r", "-e"])?;
        let mut queues: Vec<_> = names.lines().map(str::trim).filter(|name| !name.is_empty()).collect();
        let default = self.told(&["-r", "-d"])?;
        if let Some(default) = default.trim().rsplit_once(": ").map(|(_, name)| name) {
            queues.sort_by_key(|&name| name != default);
        }
        Ok(queues.into_iter().map(str::to_owned).collect())
    }

    /// What `lpstat` says after it said that the service answers. Without one, it says that there is nothing.
    fn told(&self, question: &[&str]) -> Result<String, PaperFault> {
        let Ended { success, output } = self.asked(question)?;
        match output.split_once('\n') {
            Some((RUNNING, rest)) if success => Ok(rest.to_owned()),
            _ => Err(PaperFault::NoPrintingSystem),
        }
    }

    fn asked(&self, question: &[&str]) -> Result<Ended, PaperFault> {
        let lpstat = started(self.program(&self.lpstat).args(question).stdin(Stdio::null()))?;
        self.ended(lpstat).ok_or(PaperFault::NoPrintingSystem)
    }

    fn program(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.envs(self.server.iter().map(|server| ("CUPS_SERVER", server)));
        command
    }

    /// Waits for a program's end; `None` if it had to be stopped.
    fn ended(&self, mut program: Child) -> Option<Ended> {
        let deadline = Instant::now() + self.patience;
        loop {
            match program.try_wait() {
                Ok(Some(status)) => {
                    let mut output = String::new();
                    if let Some(mut stdout) = program.stdout.take() {
                        let _ = stdout.read_to_string(&mut output);
                    }
                    return Some(Ended { success: status.success(), output });
                }
                Ok(None) if Instant::now() < deadline => thread::sleep(LOOK),
                _ => {
                    let _ = program.kill();
                    let _ = program.wait();
                    return None;
                }
            }
        }
    }
}

/// Starts a program that answers in English whatever the person's language is.
fn started(command: &mut Command) -> Result<Child, PaperFault> {
    command.env("LC_ALL", "C.UTF-8").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(|error| {
        if error.kind() != ErrorKind::NotFound {
            tracing::warn!(%error, "printing program not started");
        }
        PaperFault::NoPrintingSystem
    })
}

/// Whether `lpstat` says of a queue that it is paused or turns papers away. A queue it says nothing of
/// prints: it is one on the network that this computer has not used yet.
fn stands_still(queue: &str, said: &str) -> bool {
    let paused = format!("printer {queue} disabled since ");
    let turns_away = format!("{queue} not accepting requests since ");
    said.lines().any(|line| line.starts_with(&paused) || line.starts_with(&turns_away))
}

/// The job in `request id is QUEUE-12 (1 file(s))`.
fn job_name(output: &str) -> Option<&str> {
    output.trim().strip_prefix("request id is ")?.split(' ').next()
}
