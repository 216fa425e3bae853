//! How a window's web view paints.
//!
//! On Linux WebKit hands every frame to a compositor that draws the whole window anew, with a graphics
//! card if there is one. Screens of type and lines change a little at a time, and many counters' PCs have
//! no such card: painting what changed, without that detour, is quicker there (docs/performance.md).

use tauri::Webview;
use tauri::webview::{PageLoadEvent, PageLoadPayload};

/// Has the web view paint what changes and nothing else, from the moment its page begins to load.
///
/// Not before: a window that paints without the compositor waits for its web view's process, half a second
/// at most, while that process, still starting, waits for the window. It still happens, and more rarely
/// (docs/performance.md).
pub(crate) fn without_detours(view: &Webview, load: &PageLoadPayload<'_>) {
    if load.event() == PageLoadEvent::Started {
        paint_what_changes(view);
    }
}

#[cfg(target_os = "linux")]
fn paint_what_changes(view: &Webview) {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};
    let asked = view.with_webview(|view| {
        if let Some(settings) = WebViewExt::settings(&view.inner()) {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    });
    if let Err(error) = asked {
        tracing::warn!(%error, "the window paints by its usual way");
    }
}

/// Other systems' web views have one way to paint.
#[cfg(not(target_os = "linux"))]
const fn paint_what_changes(_view: &Webview) {}
