//! A clipboard in memory.

use madoguchi_port::clipboard::{Clipboard, ClipboardFault};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Holds one text, as a desktop's clipboard does.
#[derive(Default)]
pub struct MemoryClipboard(Mutex<Inside>);

#[derive(Default)]
struct Inside {
    text: Option<String>,
    is_absent: bool,
}

impl MemoryClipboard {
    /// What another program would paste.
    pub fn text(&self) -> Option<String> {
        self.inside().text.clone()
    }

    /// Somebody copies something in another program.
    pub fn copied_elsewhere(&self, text: &str) {
        self.inside().text = Some(text.to_owned());
    }

    /// There is no clipboard any more.
    pub fn goes_away(&self) {
        self.inside().is_absent = true;
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clipboard for MemoryClipboard {
    fn put(&self, text: &str) -> Result<(), ClipboardFault> {
        let mut inside = self.inside();
        if inside.is_absent {
            return Err(ClipboardFault("it is away".into()));
        }
        inside.text = Some(text.to_owned());
        Ok(())
    }

    fn clear_if(&self, text: &str) -> Result<(), ClipboardFault> {
        self.inside().text.take_if(|held| held == text);
        Ok(())
    }
}
