//! What shows the program's pages: on Windows a part of the system that a PC may lack.
//!
//! Belongs here: whether it is there, and what is said where it is not. Does not belong here: the windows in it
//! (`lib.rs`).
//! Why it is asked for first: the web view's library says so itself, in English, to somebody who has pressed an icon.

use std::error::Error;
use std::fmt::{self, Display, Formatter};

/// There is no web view, and so no window.
#[derive(Debug)]
pub(crate) struct NoWebView(String);

impl Display for NoWebView {
    fn fmt(&self, words: &mut Formatter<'_>) -> fmt::Result {
        write!(
            words,
            "画面の表示に要る Microsoft Edge WebView2 ランタイムが、このパソコンにありません。入れてから、もう一度お始めください。\n\
             The Microsoft Edge WebView2 Runtime, which shows the window, is missing on this computer. Install it, then start \
             again. ({})",
            self.0
        )
    }
}

impl Error for NoWebView {}

/// Before a window is opened.
pub(crate) fn must_be_there() -> Result<(), NoWebView> {
    tauri::webview_version().map(drop).map_err(|error| NoWebView(error.to_string()))
}
