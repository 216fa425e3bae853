//! An icon in the tray of the desktop: that the program runs though no window shows it.
//!
//! Belongs here: showing it, and what a click on it wants, in the desktop's own way (freedesktop.org's
//! `StatusNotifierItem` over the session bus; where nobody shows such icons there is none). Does not belong here: when
//! it is shown, what is done then.
//! Why it exists: somebody who wonders who answers other programs looks there, and opens the window from there.

#[cfg(not(target_os = "linux"))]
mod nowhere;
#[cfg(target_os = "linux")]
mod status_notifier;

#[cfg(not(target_os = "linux"))]
pub use nowhere::TrayIcon;
#[cfg(target_os = "linux")]
pub use status_notifier::TrayIcon;

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

/// The desktop cannot be told of an icon.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the tray cannot be used: {0}")]
pub struct TrayFault(pub String);
