//! A start that comes to nothing: what is said then, and its end.
//!
//! Belongs here: the words, where a person sees them. Does not belong here: why a start can come to nothing.
//! Why it exists: the window's library ends the program with a crash instead, and a person who has pressed an icon sees
//! nothing at all.

use std::fmt::Display;
use tauri::AppHandle;

/// Says why there is no window, and ends the program as one that has failed.
pub(crate) fn end(program: &AppHandle, error: &dyn Display) -> ! {
    tracing::error!(%error, "the program could not open");
    tell(error);
    program.cleanup_before_exit();
    madoguchi_pcsc::end_process(1)
}

/// Says why there is no window: to whoever started the program, and in a box of its own where nobody would see that.
pub(crate) fn tell(error: &dyn Display) {
    let words = words(error);
    eprintln!("{words}");
    show(&words);
}

fn words(error: &dyn Display) -> String {
    format!(
        "窓口を開けませんでした。パソコンを再起動して、もう一度お始めください。続くときは、次のことばを保守の担当者にお伝えください。\n\
         The window could not be opened. Restart the computer and try again. If that does not help, tell whoever looks after \
         this computer the following.\n\
         {error}"
    )
}

/// A program of Windows with windows has no console.
#[cfg(windows)]
fn show(words: &str) {
    use winsafe::prelude::Handle as _;
    use winsafe::{HWND, co};
    // Where no box can be shown, nobody sits there.
    let _ = HWND::NULL.MessageBox(words, "Madoguchi", co::MB::OK | co::MB::ICONERROR | co::MB::SETFOREGROUND);
}

/// Elsewhere the desktop keeps what a program says.
#[cfg(not(windows))]
const fn show(_words: &str) {}
