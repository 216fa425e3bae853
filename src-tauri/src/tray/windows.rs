//! Windows' icon, by the library that runs the windows: its loop alone hears the clicks, and it has taken for itself
//! what the tray's own library tells of them.

use super::do_as_wished;
use madoguchi_tray::{TrayWish, TrayWords};
use tauri::menu::MenuBuilder;
use tauri::tray::{MouseButton, MouseButtonState, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Result};

/// The icon among those of this program, and its menu's two rows.
const ICON: &str = "madoguchi";
const OPEN: &str = "tray-open";
const END: &str = "tray-end";

/// The library keeps the icon.
#[derive(Default)]
pub(crate) struct Shown;

/// Shows it with these words, or hides it. On the thread that runs the windows, which an icon belongs to.
pub(super) fn follow(program: &AppHandle, words: Option<TrayWords>) {
    let shown_in = program.clone();
    let asked = program.run_on_main_thread(move || {
        let followed = match words {
            Some(words) => show(&shown_in, &words),
            None => hide(&shown_in),
        };
        if let Err(error) = followed {
            // The window opens by the program's own icon all the same.
            tracing::warn!(%error, "there is no icon in the tray");
        }
    });
    if let Err(error) = asked {
        tracing::warn!(%error, "there is no icon in the tray");
    }
}

/// Once made it is kept and only hidden: what listens to a menu can be added here, and never taken away.
fn show(program: &AppHandle, words: &TrayWords) -> Result<()> {
    let menu = MenuBuilder::new(program).text(OPEN, &words.open).text(END, &words.end).build()?;
    if let Some(icon) = program.tray_by_id(ICON) {
        icon.set_menu(Some(menu))?;
        icon.set_tooltip(Some(&words.title))?;
        return icon.set_visible(true);
    }
    let icon = TrayIconBuilder::with_id(ICON)
        .tooltip(&words.title)
        .menu(&menu)
        .show_menu_on_left_click(false)
        .on_menu_event(|program, event| match event.id().as_ref() {
            OPEN => do_as_wished(program, TrayWish::Open),
            END => do_as_wished(program, TrayWish::End),
            _ => {}
        })
        .on_tray_icon_event(|icon, event| {
            if is_a_click(&event) {
                do_as_wished(icon.app_handle(), TrayWish::Open);
            }
        });
    let icon = match program.default_window_icon() {
        Some(picture) => icon.icon(picture.clone()),
        None => icon,
    };
    icon.build(program)?;
    tracing::info!("an icon is in the tray");
    Ok(())
}

fn hide(program: &AppHandle) -> Result<()> {
    match program.tray_by_id(ICON) {
        Some(icon) => icon.set_visible(false),
        None => Ok(()),
    }
}

/// Of the main button, once it is let go: the other one opens the menu.
const fn is_a_click(event: &TrayIconEvent) -> bool {
    matches!(
        event,
        TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. }
    )
}
