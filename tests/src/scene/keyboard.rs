//! The keyboard of a PC, and what plugs in as one: a wedge scanner.
//!
//! Belongs here: keys that go the whole way of a real keyboard's, through the X server (its XTEST extension),
//! the desktop and its input method. Does not belong here: keys that WebDriver brings to the web view
//! ([`super::window`]).
//! Why not a program that types: a scanner's rhythm is kept by its hardware, here it would be lost on a busy
//! machine. The X server is told of a whole scan at once, so that nothing tears it apart.

use super::trouble::Trouble;
use std::collections::BTreeMap;
use std::time::SystemTime;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ConnectionExt as _, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, Keycode};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

/// What a key has on it; a Latin character's keysym is its code.
type Keysym = u32;
const SHIFT: Keysym = 0xffe1;

/// Keys that have a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedKey {
    /// Ends a scan.
    Return,
    /// Goes back.
    Escape,
    /// A function key, from 1.
    F(u8),
}

impl NamedKey {
    const fn keysym(self) -> Keysym {
        match self {
            Self::Return => 0xff0d,
            Self::Escape => 0xff1b,
            Self::F(number) => 0xffbd + number as Keysym,
        }
    }
}

/// A key, and whether shift is held for it.
#[derive(Debug, Clone, Copy)]
struct Stroke {
    key: Keycode,
    is_shifted: bool,
}

/// A keyboard plugged into a display.
pub struct Keyboard {
    connection: RustConnection,
    strokes: BTreeMap<Keysym, Stroke>,
}

impl Keyboard {
    /// Plugs one in; without a name, into the display of this session.
    pub fn at(display: Option<&str>) -> Result<Self, Trouble> {
        let (connection, _) = x11rb::connect(display).map_err(unplugged)?;
        connection.xtest_get_version(2, 2).map_err(unplugged)?.reply().map_err(unplugged)?;
        let strokes = strokes(&connection)?;
        Ok(Self { connection, strokes })
    }

    /// Presses and releases a key.
    pub fn press(&self, key: NamedKey) -> Result<(), Trouble> {
        self.stroke(key.keysym())?;
        self.connection.flush().map_err(unplugged)
    }

    /// Types a text and Enter behind it, without a pause; the moment at which the keys went down.
    pub fn scan(&self, text: &str) -> Result<SystemTime, Trouble> {
        for character in text.chars() {
            self.stroke(Keysym::from(character))?;
        }
        let down = SystemTime::now();
        self.press(NamedKey::Return)?;
        Ok(down)
    }

    /// Presses and releases the key that has this on it.
    fn stroke(&self, keysym: Keysym) -> Result<(), Trouble> {
        let stroke = self.find(keysym)?;
        let shift = if stroke.is_shifted { Some(self.find(SHIFT)?.key) } else { None };
        if let Some(shift) = shift {
            self.send(KEY_PRESS_EVENT, shift)?;
        }
        self.send(KEY_PRESS_EVENT, stroke.key)?;
        self.send(KEY_RELEASE_EVENT, stroke.key)?;
        if let Some(shift) = shift {
            self.send(KEY_RELEASE_EVENT, shift)?;
        }
        Ok(())
    }

    fn find(&self, keysym: Keysym) -> Result<Stroke, Trouble> {
        let stroke = self.strokes.get(&keysym).copied();
        stroke.ok_or_else(|| Trouble::new(format!("the keyboard has no key for {keysym:#x}")))
    }

    fn send(&self, event: u8, key: Keycode) -> Result<(), Trouble> {
        self.connection.xtest_fake_input(event, key, 0, x11rb::NONE, 0, 0, 0).map(drop).map_err(unplugged)
    }
}

/// What the display's keyboard has on its keys, plain and with shift.
fn strokes(connection: &RustConnection) -> Result<BTreeMap<Keysym, Stroke>, Trouble> {
    let (first, last) = (connection.setup().min_keycode, connection.setup().max_keycode);
    let asked = connection.get_keyboard_mapping(first, last - first + 1).map_err(unplugged)?;
    let mapping = asked.reply().map_err(unplugged)?;
    let mut strokes = BTreeMap::new();
    for (key, keysyms) in (first..=last).zip(mapping.keysyms.chunks(mapping.keysyms_per_keycode.into())) {
        for (keysym, is_shifted) in keysyms.iter().zip([false, true]) {
            strokes.entry(*keysym).or_insert(Stroke { key, is_shifted });
        }
    }
    Ok(strokes)
}

fn unplugged(why: impl std::fmt::Display) -> Trouble {
    Trouble::new(format!("no key was pressed: {why}"))
}
