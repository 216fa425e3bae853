//! Keys that no layout uses, and what is laid on them for a while.

use std::collections::BTreeMap;
use x11rb::connection::Connection;
use x11rb::errors::ReplyError;
use x11rb::protocol::xproto::{ConnectionExt as _, GetKeyboardMappingReply};
use x11rb::rust_connection::RustConnection;

/// No symbol.
const NONE: u32 = 0;

/// Why keys cannot be laid on.
#[derive(Debug)]
pub(super) enum NoKeys {
    /// The server said no, or is gone.
    X(ReplyError),
    /// There are too few that nobody uses.
    TooFew,
}

impl std::fmt::Display for NoKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::X(error) => error.fmt(f),
            Self::TooFew => f.write_str("too few keys are unused"),
        }
    }
}

impl<E: Into<ReplyError>> From<E> for NoKeys {
    fn from(error: E) -> Self {
        Self::X(error.into())
    }
}

/// Keys with a symbol of ours on them.
pub(super) struct SpareKeys {
    keycodes: BTreeMap<u32, u8>,
    /// How many symbols a key has in this mapping.
    width: u8,
}

fn mapping(x: &RustConnection) -> Result<(u8, GetKeyboardMappingReply), ReplyError> {
    let (first, last) = (x.setup().min_keycode, x.setup().max_keycode);
    let reply = x.get_keyboard_mapping(first, last - first + 1)?.reply()?;
    Ok((first, reply))
}

/// Every key with its symbols.
fn keys(first: u8, mapping: &GetKeyboardMappingReply) -> impl Iterator<Item = (u8, &[u32])> {
    let width = usize::from(mapping.keysyms_per_keycode).max(1);
    (first..=u8::MAX).zip(mapping.keysyms.chunks(width))
}

/// The key that has this symbol first.
pub(super) fn keycode_of(x: &RustConnection, keysym: u32) -> Result<Option<u8>, ReplyError> {
    let (first, mapping) = mapping(x)?;
    Ok(keys(first, &mapping).find(|(_, symbols)| symbols.first() == Some(&keysym)).map(|(code, _)| code))
}

impl SpareKeys {
    /// Lays each symbol on a key that has none.
    pub(super) fn lay_on(x: &RustConnection, keysyms: &[u32]) -> Result<Self, NoKeys> {
        let (first, mapping) = mapping(x)?;
        let mut unused =
            keys(first, &mapping).filter(|(_, symbols)| symbols.iter().all(|symbol| *symbol == NONE));
        let mut laid = Self { keycodes: BTreeMap::new(), width: mapping.keysyms_per_keycode.max(1) };
        for keysym in keysyms {
            if laid.keycodes.contains_key(keysym) {
                continue;
            }
            let (keycode, _) = unused.next().ok_or(NoKeys::TooFew)?;
            laid.keycodes.insert(*keysym, keycode);
        }
        for (keysym, keycode) in &laid.keycodes {
            laid.set(x, *keycode, *keysym)?;
        }
        // All of it is in force once the server has answered.
        x.get_input_focus()?.reply()?;
        Ok(laid)
    }

    /// The key a symbol was laid on.
    pub(super) fn keycode(&self, keysym: u32) -> Option<u8> {
        self.keycodes.get(&keysym).copied()
    }

    /// Leaves the keys as they were.
    pub(super) fn take_off(self, x: &RustConnection) -> Result<(), ReplyError> {
        for keycode in self.keycodes.values() {
            self.set(x, *keycode, NONE)?;
        }
        x.get_input_focus()?.reply()?;
        Ok(())
    }

    /// The same symbol at every level, so that neither Shift nor another half of the layout changes it.
    fn set(&self, x: &RustConnection, keycode: u8, keysym: u32) -> Result<(), ReplyError> {
        let symbols = vec![keysym; usize::from(self.width)];
        x.change_keyboard_mapping(1, keycode, self.width, &symbols)?.check()
    }
}
