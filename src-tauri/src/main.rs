//! The program of the counter's window; [`madoguchi::run`] is all of it.

// On Windows a release has no console beside its window.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    madoguchi::run()
}
