//! Typing into the window that has the focus.
//!
//! Belongs here: pressing keys in the desktop's own way, and whether the focus is another program's. Does not
//! belong here: which text, when, and how fast.
//! Why it exists: a library's system has a field, and takes a keyboard wedge's number without a word about it.

#[cfg(any(windows, test))]
mod key_sequence;
#[cfg(not(any(target_os = "linux", windows)))]
mod nowhere;
#[cfg(windows)]
mod windows;
#[cfg(target_os = "linux")]
mod x11;

#[cfg(not(any(target_os = "linux", windows)))]
pub use nowhere::DesktopKeyboard;
#[cfg(windows)]
pub use windows::DesktopKeyboard;
#[cfg(target_os = "linux")]
pub use x11::DesktopKeyboard;
