//! The icon of a desktop that shows those of the session bus.

use super::do_as_wished;
use madoguchi_tray::{TrayIcon, TrayWords};
use std::sync::{Mutex, PoisonError};
use tauri::{AppHandle, Manager};

/// The icon, while it is shown.
#[derive(Default)]
pub(crate) struct Shown(Mutex<Option<(TrayWords, TrayIcon)>>);

/// Shows it with these words, or takes it away.
pub(super) fn follow(program: &AppHandle, words: Option<TrayWords>) {
    let shown = program.state::<Shown>();
    let mut shown = shown.0.lock().unwrap_or_else(PoisonError::into_inner);
    if shown.as_ref().map(|(said, _)| said) == words.as_ref() {
        return;
    }
    *shown = None;
    let Some(words) = words else { return };
    let clicked_in = program.clone();
    match TrayIcon::show(words.clone(), move |wish| do_as_wished(&clicked_in, wish)) {
        Ok(icon) => *shown = Some((words, icon)),
        // The window opens by the program's own icon all the same.
        Err(fault) => tracing::info!(%fault, "there is no icon in the tray"),
    }
}
