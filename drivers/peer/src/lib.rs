//! Whose the other end of a connection within this PC is (docs/security.md 12).
//!
//! Belongs here: asking the operating system for the owner of a loopback connection. Does not belong here:
//! who may connect, and what is said.
//! Why it exists: a PC may have several users, and the loopback interface is all of theirs.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(any(not(target_os = "linux"), test))]
#[cfg_attr(target_os = "linux", allow(unreachable_pub))] // asked here by its own tests alone
mod owner_table;

#[cfg(target_os = "linux")]
pub use linux::SystemPeers;
#[cfg(not(target_os = "linux"))]
pub use owner_table::SystemPeers;
