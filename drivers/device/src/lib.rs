//! What makes this PC this PC, asked of the operating system.
//!
//! Belongs here: reading each source of the fingerprint, one module per operating system, and making
//! the installation value. Does not belong here: which texts are good, the bytes, the digest; those
//! are `madoguchi_domain::fingerprint`'s, documented in `docs/fingerprint.md`.
//! Why it exists: a source may be missing, unreadable or odd, on one system or another, and nothing
//! above this crate should have to know.

#[cfg(target_os = "linux")]
mod installation;
#[cfg(target_os = "linux")]
mod linux;
// What Windows answers is read from bytes on any system, in tests.
#[cfg(any(windows, test))]
mod smbios;
#[cfg(windows)]
mod windows;
#[cfg(any(windows, test))]
mod windows_answers;

#[cfg(target_os = "linux")]
pub use linux::{LinuxPaths, LinuxSources, LinuxSources as SystemSources};
#[cfg(windows)]
pub use windows::{WindowsSources, WindowsSources as SystemSources};
