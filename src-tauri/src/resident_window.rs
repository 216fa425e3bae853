//! The window turned to the resident: where it stands, and telling it what it shows (row K10).
//!
//! Belongs here: opening, moving and closing the window as the settings say; passing on what the counter
//! shows the resident. Does not: what that is (`terminal/src/resident_screen.rs`).
//! The window hears of nothing but its own channel: events reach every window that listens, so it may not
//! listen to any (`capabilities/resident.json`).

use crate::restart::Mode;
use crate::{MAIN, page, painting, titled};
use madoguchi_terminal::Counter;
use madoguchi_wire::window::{self as wire, ResidentScreen, ResidentWindow, Settings};
use std::sync::{Mutex, PoisonError};
use tauri::async_runtime::{JoinHandle, spawn};
use tauri::ipc::Channel;
use tauri::{AppHandle, Error, Manager, Monitor, WebviewWindow, WebviewWindowBuilder, Window, WindowEvent};

/// The window's name in the capability file.
pub(crate) const RESIDENT: &str = "resident";
/// The movable window at first, in logical pixels.
const SIZE: (f64, f64) = (960.0, 600.0);

/// What tells the window that is open; one page, one teller.
#[derive(Default)]
pub(crate) struct Teller(Mutex<Option<JoinHandle<()>>>);

/// Opens, moves or closes the window as the settings say. A counter works without it: what goes wrong is
/// logged.
pub(crate) fn follow(program: &AppHandle, settings: &Settings) {
    if let Err(error) = place(program, settings) {
        tracing::warn!(%error, "the resident's window does not stand where it should");
    }
}

fn place(program: &AppHandle, settings: &Settings) -> Result<(), Error> {
    let open = program.get_webview_window(RESIDENT);
    match (&settings.resident_window, open) {
        (ResidentWindow::Off, Some(window)) => window.destroy(),
        (ResidentWindow::Off, None) => Ok(()),
        (wanted, Some(window)) => stand(program, &window, wanted),
        (wanted, None) => stand(program, &build(program, settings)?, wanted),
    }
}

fn build(program: &AppHandle, settings: &Settings) -> Result<WebviewWindow, Error> {
    let mode = *program.state::<Mode>();
    let page = page("resident.html", settings.language.tag(), mode);
    let window = WebviewWindowBuilder::new(program, RESIDENT, page)
        .title(titled("お客様の画面", mode))
        .inner_size(SIZE.0, SIZE.1)
        .focused(false)
        .build()?;
    painting::without_detours(&window);
    Ok(window)
}

/// A monitor that is not there is the same as none: the window can be moved until it is back.
fn stand(program: &AppHandle, window: &WebviewWindow, wanted: &ResidentWindow) -> Result<(), Error> {
    let ResidentWindow::Monitor { name } = wanted else { return window.set_fullscreen(false) };
    let monitors = program.available_monitors()?;
    let Some(monitor) = monitors.iter().find(|monitor| name_of(monitor) == *name) else {
        return window.set_fullscreen(false);
    };
    window.set_fullscreen(false)?;
    window.set_position(*monitor.position())?;
    window.set_fullscreen(true)
}

/// The monitors of this PC.
pub(crate) fn monitors(program: &AppHandle) -> Vec<wire::Monitor> {
    let clerks = program.get_webview_window(MAIN).and_then(|window| window.current_monitor().ok().flatten());
    let clerks = clerks.as_ref().map(name_of);
    let listed = program.available_monitors().inspect_err(|error| {
        tracing::warn!(%error, "the monitors cannot be listed");
    });
    let named = listed.unwrap_or_default().into_iter().map(|monitor| name_of(&monitor));
    named.map(|name| wire::Monitor { is_clerks: Some(&name) == clerks.as_ref(), name }).collect()
}

/// Two monitors of one model differ by where they stand.
fn name_of(monitor: &Monitor) -> String {
    let (size, at) = (monitor.size(), monitor.position());
    let model = monitor.name().map_or("", String::as_str);
    format!("{model} {}×{}+{}+{}", size.width, size.height, at.x, at.y).trim_start().to_owned()
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
