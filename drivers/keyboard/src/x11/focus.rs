//! Whose window has the focus.

use x11rb::connection::Connection;
use x11rb::errors::ReplyError;
use x11rb::protocol::xproto::{AtomEnum, ConnectionExt as _, Window};
use x11rb::rust_connection::RustConnection;

/// X's words for no window, and for whatever lies under the pointer.
const NOBODY: [Window; 2] = [0, 1];

/// Whether it is a window of another process than this one. What belongs to nobody counts as no window.
pub(super) fn is_elsewhere(x: &RustConnection, screen: usize) -> Result<bool, ReplyError> {
    let root = x.setup().roots.get(screen).map(|screen| screen.root);
    let pid = x.intern_atom(false, b"_NET_WM_PID")?.reply()?.atom;
    let mut window = x.get_input_focus()?.reply()?.focus;
    loop {
        if NOBODY.contains(&window) || Some(window) == root {
            return Ok(false);
        }
        let owner = x.get_property(false, window, pid, AtomEnum::CARDINAL, 0, 1)?.reply()?;
        if let Some(owner) = owner.value32().and_then(|mut values| values.next()) {
            return Ok(owner != std::process::id());
        }
        // The program's name stands on its outermost window.
        let parent = x.query_tree(window)?.reply()?.parent;
        if Some(parent) == root {
            return Ok(true);
        }
        window = parent;
    }
}
