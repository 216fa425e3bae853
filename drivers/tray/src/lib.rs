//! An icon in the tray of the desktop: that the program runs though no window shows it.
//!
//! Belongs here: what the icon says, what a click on it wants, and showing it in freedesktop.org's way
//! (`StatusNotifierItem` over the session bus; where nobody shows such icons there is none). Does not belong here: when
//! it is shown, what is done then, and Windows' tray, whose clicks only the library that runs the windows can hear
//! (`src-tauri/src/tray`).
//! Why it exists: somebody who wonders who answers other programs looks there, and opens the window from there.

#[cfg(target_os = "linux")]
mod status_notifier;

#[cfg(target_os = "linux")]
pub use status_notifier::{TrayFault, TrayIcon};

/// What the icon says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrayWords {
    /// Whose it is.
    pub title: String,
    /// The way to the window.
    pub open: String,
    /// The way to the program's end.
    pub end: String,
}

/// What somebody wants who clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrayWish {
    /// The window.
    Open,
    /// The program's end.
    End,
}
