//! The icon in the tray, while other programs may ask (row C4).
//!
//! Belongs here: when it is shown, its words, what its clicks do. Does not belong here: how a desktop shows one
//! (`drivers/tray`).

use crate::bring_forward;
use crate::restart::Mode;
use madoguchi_tray::{TrayIcon, TrayWish, TrayWords};
use madoguchi_wire::window::Settings;
use std::sync::{Mutex, PoisonError};
use tauri::{AppHandle, Manager};

/// The icon, while it is shown.
#[derive(Default)]
pub(crate) struct Shown(Mutex<Option<(TrayWords, TrayIcon)>>);

/// Shows it or takes it away. Training answers nobody and shows none.
pub(crate) fn follow(program: &AppHandle, settings: &Settings) {
    let shown = program.state::<Shown>();
    let mut shown = shown.0.lock().unwrap_or_else(PoisonError::into_inner);
    if !settings.bridge || *program.state::<Mode>() != Mode::Real {
        *shown = None;
        return;
    }
    let words = words(settings.language.tag());
    if shown.as_ref().is_some_and(|(said, _)| *said == words) {
        return;
    }
    *shown = None;
    let clicked_in = program.clone();
    match TrayIcon::show(words.clone(), move |wish| do_as_wished(&clicked_in, wish)) {
        Ok(icon) => *shown = Some((words, icon)),
        // The window opens by the program's own icon all the same.
        Err(fault) => tracing::info!(%fault, "there is no icon in the tray"),
    }
}

fn do_as_wished(program: &AppHandle, wish: TrayWish) {
    match wish {
        TrayWish::Open => bring_forward(program),
        TrayWish::End => program.exit(0),
    }
}

fn words(language: &str) -> TrayWords {
    let (title, open, end) = match language {
        "en" => ("Madoguchi (answers other programs)", "Open the counter", "End"),
        _ => ("窓口（ほかのプログラムに答えます）", "窓口を開く", "終える"),
    };
    TrayWords { title: title.to_owned(), open: open.to_owned(), end: end.to_owned() }
}
