//! A port that the system holds, so that the first call starts the program that answers on it (row C4).
//!
//! Belongs here: taking what systemd hands a start of the program (`sd_listen_fds`), handing it on to the program
//! that runs, asking systemd for it. Does not belong here: which program is started, and what it answers.
//! Why it exists: systemd hands its port to the program that it starts itself, and a clerk who presses the icon has
//! started another. So whatever systemd starts is a doorkeeper: it hands the port on to the program that runs,
//! starts one where none does, and stays until that program has ended. Then the port is systemd's again.
//!
//! Where the system holds no ports for anybody (Windows) there is nothing to be handed over.

#[cfg(target_os = "linux")]
mod counter;
#[cfg(target_os = "linux")]
mod doorkeeper;
#[cfg(target_os = "linux")]
mod meeting_place;
#[cfg(not(target_os = "linux"))]
mod nowhere;
#[cfg(target_os = "linux")]
mod systemd;

#[cfg(target_os = "linux")]
pub use counter::answer_doorkeepers;
#[cfg(target_os = "linux")]
pub use doorkeeper::keep;
#[cfg(target_os = "linux")]
pub use meeting_place::meeting_place;
#[cfg(not(target_os = "linux"))]
pub use nowhere::{answer_doorkeepers, ask_for_the_port, handed_over, keep, meeting_place};
#[cfg(target_os = "linux")]
pub use systemd::{ask_for_the_port, handed_over};
