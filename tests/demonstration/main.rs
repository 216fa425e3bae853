//! `./dev run`: the whole of Madoguchi on one computer, for a person to try, or by itself.
//!
//! Belongs here: putting a shop, its cloud and its window together, the card tray beside the window,
//! and the round a counter's work makes when nobody is there to do it.
//! Does not belong here: installing and building (`dev.d/`), starting the single programs
//! (`madoguchi_tests::scene`).
#![cfg_attr(not(target_os = "linux"), allow(unused))]

#[cfg(target_os = "linux")]
mod by_itself;
#[cfg(target_os = "linux")]
mod person;
#[cfg(target_os = "linux")]
mod tray;

/// Where pictures, papers and logs go, below the folder this is started in.
#[cfg(target_os = "linux")]
const OUT: &str = "out/run";

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    use madoguchi_tests::shop::TRAINING;
    let asked = |wanted: &str| std::env::args().any(|word| word == wanted);
    let nobody = asked("--by-itself") || gtk::init().is_err();
    let done = if nobody { by_itself::show() } else { person::invite(asked(TRAINING)) };
    match done {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("{trouble}");
            std::process::ExitCode::FAILURE
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("the demonstration needs the virtual reader, which runs on Linux only");
}
