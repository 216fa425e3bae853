//! A paper to a queue of the system's printing service, CUPS.
//!
//! Belongs here: running `lp` and `lpstat` and reading what they say. Does not: what is printed.
//!
//! The two programs are the interface every Linux desktop has, and they carry the person's own
//! settings (`lpoptions`, `CUPS_SERVER`); a library would need the development files of CUPS.

use madoguchi_port::paper::PaperFault;
use std::ffi::OsStr;
use std::io::{ErrorKind, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long `lp` may take. CUPS only queues; the printer itself is not waited for.
const PATIENCE: Duration = Duration::from_secs(15);

/// How often a running program is looked at; the standard library cannot wait with a limit.
const LOOK: Duration = Duration::from_millis(5);

/// The programs that speak to CUPS.
#[derive(Debug, Clone)]
pub(crate) struct Cups {
    lp: PathBuf,
    lpstat: PathBuf,
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
        Self { lp: "lp".into(), lpstat: "lpstat".into(), patience: PATIENCE }
    }
}

impl Cups {
    /// Hands the paper to `queue` and returns the job's name, `QUEUE-12`.
    pub(crate) fn print(
        &self,
        queue: &str,
        title: &str,
        paper: Vec<u8>,
        content: Content,
    ) -> Result<String, PaperFault> {
        let title: String = title.chars().filter(|c| !c.is_control()).collect();
        let mut command = Command::new(&self.lp);
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
            Some(Ended { success: false, .. }) => Err(PaperFault::QueueRefused(queue.to_owned())),
        }
    }

    /// The queues CUPS knows, its default first.
    pub(crate) fn queues(&self) -> Result<Vec<String>, PaperFault> {
        let names = self.asked("-e")?;
        let mut queues: Vec<_> = names.lines().map(str::trim).filter(|name| !name.is_empty()).collect();
        let default = self.asked("-d")?;
        if let Some(default) = default.trim().rsplit_once(": ").map(|(_, name)| name) {
            queues.sort_by_key(|&name| name != default);
        }
        Ok(queues.into_iter().map(str::to_owned).collect())
    }

    /// What `lpstat` says. Without a scheduler, and without any queue, it says so and fails.
    fn asked(&self, question: impl AsRef<OsStr>) -> Result<String, PaperFault> {
        let lpstat = started(Command::new(&self.lpstat).arg(question).stdin(Stdio::null()))?;
        let ended = self.ended(lpstat).ok_or(PaperFault::NoPrintingSystem)?;
        if ended.success { Ok(ended.output) } else { Err(PaperFault::NoPrintingSystem) }
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

/// The job in `request id is QUEUE-12 (1 file(s))`.
fn job_name(output: &str) -> Option<&str> {
    output.trim().strip_prefix("request id is ")?.split(' ').next()
}

#[cfg(test)]
#[cfg(unix)]
pub(crate) mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::Path;
    use tempfile::TempDir;

    /// Stand-ins for `lp` and `lpstat` in a folder of their own, where `lp` leaves what it got.
    ///
    /// They are linked, not written: a program just written can be busy when another test forks.
    fn with_stand_ins(patience: Duration) -> (TempDir, Cups) {
        let folder = tempfile::tempdir().unwrap();
        let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cups");
        let [lp, lpstat] = ["lp", "lpstat"].map(|program| {
            let link = folder.path().join(program);
            symlink(scripts.join(program), &link).unwrap();
            link
        });
        (folder, Cups { lp, lpstat, patience })
    }

    pub(crate) fn patient() -> (TempDir, Cups) {
        with_stand_ins(PATIENCE)
    }

    #[test]
    fn the_queue_gets_the_whole_paper_under_its_title() {
        let (folder, cups) = patient();
        let pdf: Vec<u8> = (0..200_000_u32).map(|n| n.to_le_bytes()[0]).collect();
        let job = cups.print("shop", "明細 20261120-15", pdf.clone(), Content::Pdf).unwrap();
        assert_eq!(job, "shop-12");
        assert_eq!(fs::read(folder.path().join("paper")).unwrap(), pdf);
        assert_eq!(
            fs::read_to_string(folder.path().join("arguments")).unwrap(),
            "-d\nshop\n-t\n明細 20261120-15\n"
        );
    }

    #[test]
    fn a_title_cannot_pass_for_an_option_or_a_command() {
        let (folder, cups) = patient();
        cups.print("shop", "-o raw; touch x\n`id`", b"pdf".to_vec(), Content::Pdf).unwrap();
        assert_eq!(
            fs::read_to_string(folder.path().join("arguments")).unwrap(),
            "-d\nshop\n-t\n-o raw; touch x`id`\n"
        );
    }

    #[test]
    fn a_printers_own_language_is_passed_on_as_it_is() {
        let (folder, cups) = patient();
        cups.print("shop", "明細", b"\x1b@".to_vec(), Content::Raw).unwrap();
        assert_eq!(fs::read(folder.path().join("paper")).unwrap(), b"\x1b@");
        let arguments = fs::read_to_string(folder.path().join("arguments")).unwrap();
        assert_eq!(arguments, "-d\nshop\n-t\n明細\n-o\nraw\n");
    }

    #[test]
    fn a_queue_that_is_not_there_is_named() {
        let (_folder, cups) = patient();
        assert_eq!(
            cups.print("nowhere", "明細", b"pdf".to_vec(), Content::Pdf),
            Err(PaperFault::QueueRefused("nowhere".into()))
        );
    }

    #[test]
    fn a_queue_that_never_answers_is_given_up_and_stopped() {
        let (folder, cups) = with_stand_ins(Duration::from_secs(1));
        assert_eq!(
            cups.print("silent", "明細", b"pdf".to_vec(), Content::Pdf),
            Err(PaperFault::QueueSilent("silent".into()))
        );
        let pid = fs::read_to_string(folder.path().join("pid")).unwrap();
        assert!(!Path::new("/proc").join(pid.trim()).exists());
    }

    #[test]
    fn a_pc_without_cups_says_so() {
        let (folder, mut cups) = patient();
        cups.lp = folder.path().join("not-installed");
        cups.lpstat = folder.path().join("not-installed");
        assert_eq!(
            cups.print("shop", "明細", b"pdf".to_vec(), Content::Pdf),
            Err(PaperFault::NoPrintingSystem)
        );
        assert_eq!(cups.queues(), Err(PaperFault::NoPrintingSystem));
    }

    #[test]
    fn the_default_queue_comes_first() {
        let (_folder, cups) = patient();
        assert_eq!(cups.queues().unwrap(), ["shop", "counter", "office"]);
    }

    #[test]
    fn only_what_lp_says_of_a_job_is_a_job() {
        assert_eq!(job_name("request id is shop-12 (0 file(s))\n"), Some("shop-12"));
        assert_eq!(job_name(""), None);
        assert_eq!(job_name("something else"), None);
    }
}
