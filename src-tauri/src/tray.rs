//! The icon in the tray, while the program may run without its window (row C4).
//!
//! Belongs here: when it is shown, its words, what its clicks do, and Windows' own way to show one
//! (`tray/windows.rs`). Does not belong here: how other desktops do (`drivers/tray`).

#[cfg(target_os = "linux")]
mod session_bus;
#[cfg(windows)]
mod windows;

#[cfg(target_os = "linux")]
use session_bus as desktop;
#[cfg(windows)]
use windows as desktop;

pub(crate) use desktop::Shown;

use crate::bring_forward;
use crate::restart::Mode;
use madoguchi_tray::{TrayWish, TrayWords};
use madoguchi_wire::window::Settings;
use tauri::{AppHandle, Manager};

/// Shows it or takes it away. Training answers nobody, does not start with the PC, and shows none.
pub(crate) fn follow(program: &AppHandle, settings: &Settings) {
    let is_real = *program.state::<Mode>() == Mode::Real;
    let may_be_without_window = settings.bridge || settings.start_with_pc;
    let words = (is_real && may_be_without_window).then(|| words(settings.language.tag(), settings.bridge));
    desktop::follow(program, words);
}

fn do_as_wished(program: &AppHandle, wish: TrayWish) {
    match wish {
        TrayWish::Open => bring_forward(program),
        TrayWish::End => program.exit(0),
    }
}

fn words(language: &str, is_asked_by_programs: bool) -> TrayWords {
    let (title, open, end) = match (language, is_asked_by_programs) {
        ("en", true) => ("Madoguchi (answers other programs)", "Open the counter", "End"),
        ("en", false) => ("Madoguchi", "Open the counter", "End"),
        (_, true) => ("窓口（ほかのプログラムに答えます）", "窓口を開く", "終える"),
        (_, false) => ("窓口", "窓口を開く", "終える"),
    };
    TrayWords { title: title.to_owned(), open: open.to_owned(), end: end.to_owned() }
}
