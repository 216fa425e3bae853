//! Systems on which nothing is typed: a number stays on the screen, and that is said (docs/service-ids.md).

use madoguchi_port::keyboard::{Keyboard, KeyboardFault, Typing};

/// The keyboard of a desktop that lets nobody type.
#[derive(Debug, Clone, Default)]
pub struct DesktopKeyboard;

fn fault() -> KeyboardFault {
    KeyboardFault("nothing is typed on this system".into())
}

impl Keyboard for DesktopKeyboard {
    fn is_focus_elsewhere(&self) -> Result<bool, KeyboardFault> {
        Err(fault())
    }

    fn type_text(&self, _: &Typing<'_>) -> Result<(), KeyboardFault> {
        Err(fault())
    }
}
