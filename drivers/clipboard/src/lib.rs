//! The desktop's clipboard.
//!
//! Belongs here: putting a text in and taking it out, in the desktop's own way. Does not belong here: which
//! text, and for how long.
//! Why it exists: a library's system has a field, and its clerk a key to paste.

#[cfg(target_os = "linux")]
use arboard::SetExtLinux;
#[cfg(windows)]
use arboard::SetExtWindows;
use arboard::{Clipboard as Desktop, Error};
use madoguchi_port::clipboard::{Clipboard, ClipboardFault};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The clipboard of the desktop this program runs on. Opened when it is first needed, and kept: on X11 the
/// text lives in the program that put it in.
#[derive(Default)]
pub struct DesktopClipboard(Mutex<Option<Desktop>>);

impl DesktopClipboard {
    fn with<T>(&self, act: impl FnOnce(&mut Desktop) -> Result<T, Error>) -> Result<T, ClipboardFault> {
        let mut held: MutexGuard<'_, _> = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut desktop = match held.take() {
            Some(desktop) => desktop,
            None => Desktop::new().map_err(|error| fault(&error))?,
        };
        // A desktop that failed is opened anew next time.
        let done = act(&mut desktop).map_err(|error| fault(&error))?;
        *held = Some(desktop);
        Ok(done)
    }
}

fn fault(error: &Error) -> ClipboardFault {
    ClipboardFault(error.to_string())
}

impl Clipboard for DesktopClipboard {
    fn put(&self, text: &str) -> Result<(), ClipboardFault> {
        // A number names a person: programs that keep what was copied are asked not to.
        self.with(|desktop| desktop.set().exclude_from_history().text(text))
    }

    fn clear_if(&self, text: &str) -> Result<(), ClipboardFault> {
        self.with(|desktop| match desktop.get_text() {
            Ok(held) if held == text => desktop.clear(),
            // Something else was put in since, or nothing that is a text.
            Ok(_) | Err(Error::ContentNotAvailable) => Ok(()),
            Err(error) => Err(error),
        })
    }
}
