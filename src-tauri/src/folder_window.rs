//! A folder in the system's own window, where a person copies and changes files.

use madoguchi_wire::failure::{ErrorCode, Failure};
use std::path::Path;
use std::process::{Command, Stdio};

/// What shows a folder: Windows' Explorer; elsewhere what freedesktop.org's desktops agree on.
const SHOWS_FOLDERS: &str = if cfg!(windows) { "explorer" } else { "xdg-open" };

/// Opens it and does not wait for it to be closed.
pub(crate) fn open(folder: &Path) -> Result<(), Failure> {
    let mut shown = Command::new(SHOWS_FOLDERS);
    shown.arg(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match shown.spawn() {
        Ok(mut window) => {
            // Nobody asks how it ended; it must not be left behind as a zombie either.
            std::thread::spawn(move || window.wait());
            Ok(())
        }
        Err(error) => {
            tracing::warn!(%error, "no window for a folder");
            Err(Failure::of(ErrorCode::FolderNotShown))
        }
    }
}
