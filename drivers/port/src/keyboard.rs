//! The keyboard of this PC, through which a number reaches the window that has the focus.

use std::time::Duration;

/// The key after a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndKey {
    /// Enter.
    Enter,
    /// Tab.
    Tab,
}

/// What is typed, and how.
pub struct Typing<'a> {
    /// Visible ASCII characters.
    pub text: &'a str,
    /// The key after it, if any.
    pub end: Option<EndKey>,
    /// How long to wait between two keys.
    pub pause: Duration,
}

/// Types as a person would, whatever the keyboard's layout.
pub trait Keyboard: Send + Sync {
    /// Whether a window of another program has the focus.
    fn is_focus_elsewhere(&self) -> Result<bool, KeyboardFault>;

    /// Types into the window that has the focus. Blocks until it is typed.
    fn type_text(&self, typing: &Typing<'_>) -> Result<(), KeyboardFault>;
}

/// The desktop lets nobody type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the keyboard cannot be used: {0}")]
pub struct KeyboardFault(pub String);
