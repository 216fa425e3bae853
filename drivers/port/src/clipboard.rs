//! The clipboard of this PC, through which a number reaches another program.

/// Puts texts into the clipboard and takes them out again.
pub trait Clipboard: Send + Sync {
    /// Puts a text in. It stays when this returns, as long as the program runs.
    fn put(&self, text: &str) -> Result<(), ClipboardFault>;

    /// Empties the clipboard, unless somebody has put something else in since.
    fn clear_if(&self, text: &str) -> Result<(), ClipboardFault>;
}

/// The clipboard takes or gives nothing: no desktop, or another program keeps it to itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the clipboard cannot be used: {0}")]
pub struct ClipboardFault(pub String);
