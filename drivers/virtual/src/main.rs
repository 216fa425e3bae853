//! `madoguchi-virtual`: a PC/SC service with virtual readers and sample cards, and the hand that
//! puts them there.
//!
//! ```text
//! madoguchi-virtual serve --cards fixtures/cards --control DIR/control [--state-dir DIR]
//! madoguchi-virtual --control DIR/control insert hanako
//! ```
//!
//! `serve` starts itself again inside namespaces of its own where that is permitted, prints one line
//! `READY control=<socket> pcscd=<socket>` when cards can be put on the readers, and ends with
//! `quit`, with its parent, or when its standard input closes and `--until-stdin-closes` was given. A
//! program that shall use these readers runs with `PCSCLITE_CSOCK_NAME=<the pcscd socket>`.

#[cfg(target_os = "linux")]
mod command_line;

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    command_line::run()
}

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("the virtual reader runs on Linux only");
}
