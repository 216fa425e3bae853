//! Whether there is a display to open a window on.
//!
//! Without one the window system's library aborts the program; a person is told instead.

/// What is said without a display.
pub(crate) const NO_DISPLAY: &str = "\
画面がないため、窓口を開けません。画面のあるパソコンにログインして、もう一度お始めください。
There is no display to open the window on. Log in on a computer with a screen and start it again.";

/// Whether a display answers. To be asked on the main thread.
#[cfg(target_os = "linux")]
pub(crate) fn is_there() -> bool {
    gtk::init().is_ok()
}

/// Whether a display answers. Other systems always have one.
#[cfg(not(target_os = "linux"))]
pub(crate) const fn is_there() -> bool {
    true
}
