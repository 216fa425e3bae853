//! A system whose tray this does not know.

use crate::{TrayFault, TrayWish, TrayWords};

/// An icon that nobody sees.
#[derive(Debug)]
pub struct TrayIcon;

impl TrayIcon {
    /// There is none.
    pub fn show(_: TrayWords, _: impl Fn(TrayWish) + Send + 'static) -> Result<Self, TrayFault> {
        Err(TrayFault("this system's tray is not known here".into()))
    }
}
