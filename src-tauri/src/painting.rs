//! How a window's web view paints.
//!
//! On Linux WebKit hands every frame to a compositor that draws the whole window anew, with a graphics
//! card if there is one. Screens of type and lines change a little at a time, and many counters' PCs have
//! no such card: painting what changed, without that detour, is quicker there (docs/performance.md).

use tauri::WebviewWindow;

/// Has the web view paint what changes and nothing else.
#[cfg(target_os = "linux")]
pub(crate) fn without_detours(window: &WebviewWindow) {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};
    let asked = window.with_webview(|view| {
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
pub(crate) const fn without_detours(_window: &WebviewWindow) {}
