//! What the counter tells without being asked, passed on to the window.

use madoguchi_terminal::Counter;
use madoguchi_wire::window::{NOTICE_EVENT, Notice};
use tauri::{AppHandle, Emitter};
use tokio::sync::mpsc::UnboundedReceiver;

/// Passes notices on for as long as there are any.
pub(crate) fn pass_on(counter: &Counter, window: AppHandle) {
    let notices = counter.notices();
    tauri::async_runtime::spawn(pass_each(notices, window));
}

async fn pass_each(mut notices: UnboundedReceiver<Notice>, window: AppHandle) {
    while let Some(notice) = notices.recv().await {
        if let Err(error) = window.emit(NOTICE_EVENT, notice) {
            tracing::warn!(%error, "a notice did not reach the window");
        }
    }
}
