//! X11: keys of our own, pressed through the XTEST extension.
//!
//! Which key makes which character is the layout's business, and a clerk may switch it. So the characters
//! are laid on keys that no layout uses, pressed there, and taken off again: what arrives is the
//! character, whatever the layout and whichever half of it is in force.

mod focus;
mod spare_keys;

use madoguchi_port::keyboard::{EndKey, Keyboard, KeyboardFault, Typing};
use spare_keys::SpareKeys;
use std::fmt;
use std::thread;
use std::time::Duration;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ConnectionExt as _, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, KeyButMask};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

/// Keysyms: Latin-1 characters are their own, the others are named in X's `keysymdef.h`.
const RETURN: u32 = 0xff0d;
const TAB: u32 = 0xff09;
const CAPS_LOCK: u32 = 0xffe5;
/// How long windows have to hear that keys were laid on anew.
const SETTLE: Duration = Duration::from_millis(60);

/// The keyboard of a desktop, by default the one this program runs on. Opened anew for each text: there are
/// minutes between.
#[derive(Debug, Clone, Default)]
pub struct DesktopKeyboard {
    display: Option<String>,
}

impl DesktopKeyboard {
    /// That of a display by its name.
    #[must_use]
    pub const fn on(display: String) -> Self {
        Self { display: Some(display) }
    }
}

fn fault(error: impl fmt::Display) -> KeyboardFault {
    KeyboardFault(error.to_string())
}

impl Keyboard for DesktopKeyboard {
    fn is_focus_elsewhere(&self) -> Result<bool, KeyboardFault> {
        let (x, screen) = x11rb::connect(self.display.as_deref()).map_err(fault)?;
        focus::is_elsewhere(&x, screen).map_err(fault)
    }

    fn type_text(&self, typing: &Typing<'_>) -> Result<(), KeyboardFault> {
        let keys = keysyms(typing)?;
        let (x, screen) = x11rb::connect(self.display.as_deref()).map_err(fault)?;
        let root = x.setup().roots.get(screen).map(|screen| screen.root).ok_or_else(|| fault("no screen"))?;
        let hand = Hand { x: &x, root };
        let spare = SpareKeys::lay_on(&x, &keys).map_err(fault)?;
        thread::sleep(SETTLE);
        let typed = hand.without_caps_lock(|| {
            for key in &keys {
                hand.press(spare.keycode(*key).ok_or_else(|| fault("a key is missing"))?)?;
                thread::sleep(typing.pause);
            }
            Ok(())
        });
        // The last key has to be heard before its meaning is taken away.
        thread::sleep(SETTLE);
        let taken_off = spare.take_off(&x).map_err(fault);
        typed.and(taken_off)
    }
}

/// What is pressed, in order. A text other than visible ASCII is nobody's number.
fn keysyms(typing: &Typing<'_>) -> Result<Vec<u32>, KeyboardFault> {
    let mut keys = Vec::with_capacity(typing.text.len() + 1);
    for character in typing.text.chars() {
        if !character.is_ascii_graphic() {
            return Err(fault("a character that has no key"));
        }
        keys.push(u32::from(character));
    }
    keys.extend(typing.end.map(|end| match end {
        EndKey::Enter => RETURN,
        EndKey::Tab => TAB,
    }));
    Ok(keys)
}

/// Presses keys.
struct Hand<'a> {
    x: &'a RustConnection,
    root: u32,
}

impl Hand<'_> {
    fn press(&self, keycode: u8) -> Result<(), KeyboardFault> {
        for event in [KEY_PRESS_EVENT, KEY_RELEASE_EVENT] {
            self.x.xtest_fake_input(event, keycode, 0, self.root, 0, 0, 0).map_err(fault)?;
        }
        self.x.flush().map_err(fault)
    }

    /// Caps Lock turns letters over on every key: it is off while this types, and on again afterwards.
    fn without_caps_lock(
        &self,
        work: impl FnOnce() -> Result<(), KeyboardFault>,
    ) -> Result<(), KeyboardFault> {
        let pointer = self.x.query_pointer(self.root).map_err(fault)?.reply().map_err(fault)?;
        let caps_lock = if pointer.mask.contains(KeyButMask::LOCK) {
            spare_keys::keycode_of(self.x, CAPS_LOCK).map_err(fault)?
        } else {
            None
        };
        let Some(caps_lock) = caps_lock else { return work() };
        self.press(caps_lock)?;
        let worked = work();
        worked.and(self.press(caps_lock))
    }
}
