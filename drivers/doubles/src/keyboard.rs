//! A keyboard in memory, and the window that has the focus.

use madoguchi_port::keyboard::{EndKey, Keyboard, KeyboardFault, Typing};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Types into memory while another program's window has the focus.
#[derive(Default)]
pub struct MemoryKeyboard(Mutex<Inside>);

#[derive(Default)]
struct Inside {
    typed: String,
    is_elsewhere: bool,
    is_absent: bool,
    looks: u32,
}

impl MemoryKeyboard {
    /// What arrived, Enter as a line's end and Tab as a tab.
    pub fn typed(&self) -> String {
        self.inside().typed.clone()
    }

    /// How often it was looked where the focus is.
    pub fn looks(&self) -> u32 {
        self.inside().looks
    }

    /// The clerk goes to another program's field, or comes back.
    pub fn focus_is_elsewhere(&self, is_elsewhere: bool) {
        self.inside().is_elsewhere = is_elsewhere;
    }

    /// The desktop lets nobody type any more.
    pub fn goes_away(&self) {
        self.inside().is_absent = true;
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn there(&self) -> Result<MutexGuard<'_, Inside>, KeyboardFault> {
        let inside = self.inside();
        if inside.is_absent { Err(KeyboardFault("it is away".into())) } else { Ok(inside) }
    }
}

impl Keyboard for MemoryKeyboard {
    fn is_focus_elsewhere(&self) -> Result<bool, KeyboardFault> {
        self.there().map(|mut inside| {
            inside.looks += 1;
            inside.is_elsewhere
        })
    }

    fn type_text(&self, typing: &Typing<'_>) -> Result<(), KeyboardFault> {
        let mut inside = self.there()?;
        inside.typed.push_str(typing.text);
        inside.typed.extend(typing.end.map(|end| match end {
            EndKey::Enter => '\n',
            EndKey::Tab => '\t',
        }));
        Ok(())
    }
}
