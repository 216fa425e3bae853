//! The window turned to the resident: where it stands, and telling it what it shows (row K10).
//!
//! Belongs here: opening, moving and closing the window as the settings say; passing on what the counter
//! shows the resident. Does not: what that is (`terminal/src/resident_screen.rs`).
//! The window hears of nothing but its own channel: events reach every window that listens, so it may not
//! listen to any (`capabilities/resident.json`).

use crate::restart::Mode;
use crate::{MAIN, monitors, page, titled};
use madoguchi_terminal::{Counter, Look, ResidentMonitor};
use madoguchi_wire::window::{ResidentScreen, ResidentWindow, Settings};
use std::sync::{Mutex, PoisonError};
use tauri::async_runtime::{JoinHandle, spawn};
use tauri::ipc::Channel;
use tauri::{AppHandle, Error, Manager, WebviewWindow, WebviewWindowBuilder, Window, WindowEvent};

/// The window's name in the capability file.
pub(crate) const RESIDENT: &str = "resident";
/// The movable window at first, in logical pixels.
const SIZE: (f64, f64) = (960.0, 600.0);

/// What tells the window that is open; one page, one teller.
#[derive(Default)]
pub(crate) struct Teller(Mutex<Option<JoinHandle<()>>>);

/// Opens, moves, hides or closes the window as the settings say, and says how its monitor is. A counter
/// works without it: what goes wrong is logged.
pub(crate) fn follow(program: &AppHandle, settings: &Settings) {
    match place(program, settings) {
        Ok(monitor) => program.state::<Counter>().resident_monitor_is(monitor),
        Err(error) => tracing::warn!(%error, "the resident's window does not stand where it should"),
    }
}

fn place(program: &AppHandle, settings: &Settings) -> Result<ResidentMonitor, Error> {
    let open = program.get_webview_window(RESIDENT);
    let is_clerk_there = program.get_webview_window(MAIN).is_some();
    if settings.resident_window == ResidentWindow::Off || !is_clerk_there {
        open.map_or(Ok(()), |window| window.destroy())?;
        return Ok(ResidentMonitor::NotChosen);
    }
    let window = open.map_or_else(|| build(program, settings), Ok)?;
    match &settings.resident_window {
        ResidentWindow::Monitor { name } => stand_on(program, &window, name),
        ResidentWindow::Off | ResidentWindow::Movable => {
            window.set_fullscreen(false)?;
            window.show()?;
            Ok(ResidentMonitor::NotChosen)
        }
    }
}

fn build(program: &AppHandle, settings: &Settings) -> Result<WebviewWindow, Error> {
    let mode = *program.state::<Mode>();
    // The clerk's size of type is the clerk's.
    let look = Look { text_size: 100, ..Look::from(settings) };
    WebviewWindowBuilder::new(program, RESIDENT, page("resident.html", look, mode))
        .title(titled("お客様の画面", mode))
        .inner_size(SIZE.0, SIZE.1)
        .focused(false)
        .visible(false)
        .build()
}

/// While its monitor is not there the window is hidden: it must not lie over the clerk's.
fn stand_on(program: &AppHandle, window: &WebviewWindow, name: &str) -> Result<ResidentMonitor, Error> {
    let Some(monitor) = monitors::named(program, name) else {
        window.hide()?;
        return Ok(ResidentMonitor::Gone(name.to_owned()));
    };
    let stands_there = window.is_visible()?
        && window.is_fullscreen()?
        && window
            .current_monitor()?
            .is_some_and(|now| monitors::name_of(&now) == monitors::name_of(&monitor));
    if !stands_there {
        window.set_fullscreen(false)?;
        window.show()?;
        window.set_position(*monitor.position())?;
        window.set_fullscreen(true)?;
    }
    Ok(ResidentMonitor::There(monitors::name_of(&monitor)))
}

/// Tells the window what it shows, from now until it asks anew or is closed.
pub(crate) fn tell(program: &AppHandle, screen: Channel<ResidentScreen>) {
    let teller = program.state::<Teller>();
    let told = program.clone();
    let telling = spawn(async move {
        let counter = told.state::<Counter>();
        let mut changes = counter.follow_resident_screen();
        while screen.send(counter.resident_screen()).is_ok() && changes.changed().await.is_ok() {}
    });
    let before = teller.0.lock().unwrap_or_else(PoisonError::into_inner).replace(telling);
    if let Some(before) = before {
        before.abort();
    }
}

/// The clerk's window is the program: without it nothing is shown to anybody.
pub(crate) fn close_with_the_clerks(window: &Window, event: &WindowEvent) {
    if window.label() != MAIN || !matches!(event, WindowEvent::Destroyed) {
        return;
    }
    if let Some(residents) = window.get_webview_window(RESIDENT)
        && let Err(error) = residents.destroy()
    {
        tracing::warn!(%error, "the resident's window stays open");
    }
}
