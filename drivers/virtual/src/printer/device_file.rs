//! The printer's device file: a pseudo terminal whose other end is the printer, under a lasting name.

use super::state::{Inside, Line};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

/// How often the printer looks whether it was switched off.
const LOOK: Timespec = Timespec { tv_sec: 0, tv_nsec: 10_000_000 };

/// A file to write to and read from.
pub(super) struct DeviceFile {
    path: PathBuf,
    plugged_in: Option<PluggedIn>,
}

struct PluggedIn {
    off: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl DeviceFile {
    pub(super) fn open(folder: &Path, inside: &Arc<Inside>) -> io::Result<Self> {
        let path = folder.join("lp0");
        let plugged_in = Some(PluggedIn::at(&path, inside)?);
        Ok(Self { path, plugged_in })
    }

    pub(super) fn open_again(&mut self, inside: &Arc<Inside>) -> io::Result<()> {
        if self.plugged_in.is_none() {
            self.plugged_in = Some(PluggedIn::at(&self.path, inside)?);
        }
        Ok(())
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Unplugs it: the file is gone, whoever holds it open is told so.
    pub(super) fn close(&mut self, inside: &Inside) {
        let Some(PluggedIn { off, thread }) = self.plugged_in.take() else { return };
        off.store(true, Ordering::SeqCst);
        inside.change(|state| state.answer_to(None));
        let _ = thread.join();
        let _ = std::fs::remove_file(&self.path);
    }
}

impl PluggedIn {
    fn at(path: &Path, inside: &Arc<Inside>) -> io::Result<Self> {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
        grantpt(&master)?;
        unlockpt(&master)?;
        let name = ptsname(&master, Vec::new())?;
        let name = Path::new(OsStr::from_bytes(name.as_bytes()));
        // Held open, so that the printer stays when a sender closes the file.
        let held = rustix::fs::open(name, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty())?;
        make_raw(&held)?;
        match std::fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => symlink(name, path)?,
        }
        let off = Arc::new(AtomicBool::new(false));
        let answers = File::from(master.try_clone()?);
        inside.change(|state| state.answer_to(Some(Box::new(answers))));
        let thread = thread::spawn({
            let (off, inside) = (Arc::clone(&off), Arc::clone(inside));
            move || serve(File::from(master), held, &off, &inside)
        });
        Ok(Self { off, thread })
    }
}

/// Bytes pass as they are: nothing echoed, no line ends changed.
fn make_raw(terminal: &OwnedFd) -> io::Result<()> {
    let mut modes = tcgetattr(terminal)?;
    modes.make_raw();
    tcsetattr(terminal, OptionalActions::Now, &modes)?;
    Ok(())
}

/// Passes on what comes until it is unplugged; both ends are closed then.
fn serve(mut master: File, _held: OwnedFd, off: &AtomicBool, inside: &Inside) {
    let mut bytes = [0; 1024];
    while !off.load(Ordering::SeqCst) {
        let ready = poll(&mut [PollFd::new(&master, PollFlags::IN)], Some(&LOOK));
        if !ready.is_ok_and(|ready| ready > 0) {
            continue;
        }
        let Ok(count @ 1..) = master.read(&mut bytes) else { return };
        if inside.change(|state| state.receive(&bytes[..count])) == Line::Cut {
            inside.change(|state| state.answer_to(None));
            return;
        }
    }
}
