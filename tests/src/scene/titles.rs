//! The windows on a display, by their titles, as a person sees them without a window manager's help.
//!
//! Belongs here: which windows are to be seen, and closing one as its frame's button would. Does not belong here:
//! what is in them ([`super::window`]).

use super::trouble::Trouble;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, MapState, Window,
};
use x11rb::rust_connection::RustConnection;

/// The display.
pub struct Titles {
    x: RustConnection,
    root: Window,
}

impl Titles {
    /// Of a display by its name; without one, of this session's.
    pub fn on(display: Option<&str>) -> Result<Self, Trouble> {
        let (x, screen) = x11rb::connect(display).map_err(lost)?;
        let root =
            x.setup().roots.get(screen).ok_or_else(|| Trouble::new("a display without a screen"))?.root;
        Ok(Self { x, root })
    }

    /// Whether a window with this title is to be seen.
    pub fn show(&self, title: &str) -> Result<bool, Trouble> {
        Ok(self.find(title)?.is_some())
    }

    /// Closes it as a person would; whoever's it is hears of that and may have its own mind.
    pub fn close(&self, title: &str) -> Result<(), Trouble> {
        let window = self.find(title)?.ok_or_else(|| Trouble::new(format!("there is no window {title}")))?;
        let (protocols, delete) = (self.atom(b"WM_PROTOCOLS")?, self.atom(b"WM_DELETE_WINDOW")?);
        let asks = ClientMessageEvent::new(32, window, protocols, [delete, x11rb::CURRENT_TIME, 0, 0, 0]);
        self.x.send_event(false, window, EventMask::NO_EVENT, asks).map_err(lost)?;
        self.x.flush().map_err(lost)
    }

    fn find(&self, title: &str) -> Result<Option<Window>, Trouble> {
        let name = self.atom(b"_NET_WM_NAME")?;
        let children = self.x.query_tree(self.root).map_err(lost)?.reply().map_err(lost)?.children;
        for window in children {
            // A window may be gone by the time it is asked.
            let Ok(shown) = self.x.get_window_attributes(window).map_err(lost)?.reply() else { continue };
            let Ok(said) =
                self.x.get_property(false, window, name, AtomEnum::ANY, 0, 256).map_err(lost)?.reply()
            else {
                continue;
            };
            if shown.map_state == MapState::VIEWABLE && said.value == title.as_bytes() {
                return Ok(Some(window));
            }
        }
        Ok(None)
    }

    fn atom(&self, name: &[u8]) -> Result<u32, Trouble> {
        Ok(self.x.intern_atom(false, name).map_err(lost)?.reply().map_err(lost)?.atom)
    }
}

fn lost(why: impl std::fmt::Display) -> Trouble {
    Trouble::new(format!("the windows of the display: {why}"))
}
