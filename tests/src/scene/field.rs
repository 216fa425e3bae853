//! The field of another program on the same desktop, such as a library's system, into which a number is typed.
//!
//! Belongs here: a window that takes the focus as a click would give it, and what its keyboard brings.
//! Does not belong here: typing into it.
//! Why not a whole program: what arrives is looked at key by key, with the layout in force as it arrives.

use super::patience::until;
use super::trouble::Trouble;
use std::collections::HashMap;
use std::time::Duration;
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    AtomEnum, ConfigureWindowAux, ConnectionExt as _, CreateWindowAux, EventMask, InputFocus, KeyPressEvent,
    Keycode, MapState, PropMode, StackMode, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

/// A number is typed within a second on a quiet machine, after the clerk has clicked.
const PATIENCE: Duration = Duration::from_secs(40);
const RETURN: u32 = 0xff0d;
const TAB: u32 = 0xff09;

/// A field with the focus.
pub struct Field {
    x: RustConnection,
    window: Window,
    /// What each key has on it since it was laid on; kept after it was taken off.
    symbols: HashMap<Keycode, u32>,
    heard: String,
}

impl Field {
    /// Opens the other program's window on a display and clicks its field.
    pub fn clicked_on(display: Option<&str>) -> Result<Self, Trouble> {
        let (x, screen) = x11rb::connect(display).map_err(lost)?;
        let root =
            x.setup().roots.get(screen).ok_or_else(|| Trouble::new("a display without a screen"))?.root;
        let window = x.generate_id().map_err(lost)?;
        let hears = CreateWindowAux::new().event_mask(EventMask::KEY_PRESS | EventMask::STRUCTURE_NOTIFY);
        x.create_window(0, window, root, 0, 0, 200, 60, 0, WindowClass::INPUT_OUTPUT, 0, &hears)
            .map_err(lost)?;
        let owner = x.intern_atom(false, b"_NET_WM_PID").map_err(lost)?.reply().map_err(lost)?.atom;
        let this_program = [std::process::id()];
        x.change_property32(PropMode::REPLACE, window, owner, AtomEnum::CARDINAL, &this_program)
            .map_err(lost)?;
        x.map_window(window).map_err(lost)?;
        x.configure_window(window, &ConfigureWindowAux::new().stack_mode(StackMode::ABOVE)).map_err(lost)?;
        x.flush().map_err(lost)?;
        while !matches!(x.wait_for_event().map_err(lost)?, Event::MapNotify(_)) {}
        x.set_input_focus(InputFocus::PARENT, window, x11rb::CURRENT_TIME).map_err(lost)?;
        x.sync().map_err(lost)?;
        Ok(Self { x, window, symbols: HashMap::new(), heard: String::new() })
    }

    /// Waits until this was typed, and nothing else.
    pub fn hears(&mut self, wanted: &str) -> Result<(), Trouble> {
        let mut lost_connection = None;
        let came = until("the number is typed into the other program", PATIENCE, || {
            if let Err(trouble) = self.listen() {
                lost_connection = Some(trouble);
            }
            lost_connection.is_some() || self.heard.chars().count() >= wanted.chars().count()
        });
        if let Some(trouble) = lost_connection {
            return Err(trouble);
        }
        if self.heard == wanted { Ok(()) } else { Err(Trouble::new(format!("{came:?}: {:?}", self.heard))) }
    }

    /// Whether the field still has the focus and nothing lies over it, as the clerk of the other program left it.
    pub fn is_as_it_was_left(&self) -> Result<bool, Trouble> {
        let focus = self.x.get_input_focus().map_err(lost)?.reply().map_err(lost)?.focus;
        let tree = self.x.query_tree(self.window).map_err(lost)?.reply().map_err(lost)?;
        let beside = self.x.query_tree(tree.root).map_err(lost)?.reply().map_err(lost)?.children;
        // The last of them lies on top.
        let above = beside.iter().rev().take_while(|window| **window != self.window);
        let mut covered = false;
        for window in above {
            // One that is gone by now covers nothing.
            let shown = self.x.get_window_attributes(*window).map_err(lost)?.reply();
            covered |= shown.is_ok_and(|shown| shown.map_state == MapState::VIEWABLE);
        }
        Ok(focus == self.window && !covered)
    }

    fn listen(&mut self) -> Result<(), Trouble> {
        while let Some(event) = self.x.poll_for_event().map_err(lost)? {
            match event {
                // A key that is laid on anew is learnt before it is pressed: it does not stay long.
                Event::MappingNotify(_) => self.learn_keys()?,
                Event::KeyPress(press) => self.pressed(press)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn learn_keys(&mut self) -> Result<(), Trouble> {
        let (first, last) = (self.x.setup().min_keycode, self.x.setup().max_keycode);
        let asked = self.x.get_keyboard_mapping(first, last - first + 1).map_err(lost)?;
        let mapping = asked.reply().map_err(lost)?;
        let width = usize::from(mapping.keysyms_per_keycode).max(1);
        for (key, symbols) in (first..=last).zip(mapping.keysyms.chunks(width)) {
            if let Some(symbol) = symbols.first().filter(|symbol| **symbol != 0) {
                self.symbols.insert(key, *symbol);
            }
        }
        Ok(())
    }

    fn pressed(&mut self, press: KeyPressEvent) -> Result<(), Trouble> {
        if press.event != self.window {
            return Ok(());
        }
        if !self.symbols.contains_key(&press.detail) {
            self.learn_keys()?;
        }
        self.heard.push(match self.symbols.get(&press.detail).copied().unwrap_or_default() {
            RETURN => '\n',
            TAB => '\t',
            symbol => char::from_u32(symbol).unwrap_or(char::REPLACEMENT_CHARACTER),
        });
        Ok(())
    }
}

fn lost(why: impl std::fmt::Display) -> Trouble {
    Trouble::new(format!("the other program's window: {why}"))
}
