//! The program of the counter's window; [`madoguchi::run`] is all of it. On Linux it is the counter by command line and
//! the street's receiver as well, where their names call it: the three have nearly all in common, and a package holds that
//! once. On Windows a program has a console or has none, so there they are programs of their own.

// On Windows a release has no console beside its window.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    #[cfg(target_os = "linux")]
    if madoguchi_command::is_called() {
        return madoguchi_command::run();
    } else if madoguchi_receive::is_called() {
        return madoguchi_receive::run();
    }
    madoguchi::run()
}
