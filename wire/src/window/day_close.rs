//! The day close (日計, row K7) on the screen.

use crate::terminal_api::DayClose;
use serde::{Deserialize, Serialize};

/// A close of this terminal, and how often its paper was printed here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DayCloseShown {
    /// The close.
    pub close: DayClose,
    /// How often it was printed; above 0 the next paper is a 再印刷.
    pub printed: u32,
}

/// A close of this terminal by its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DayCloseNamed {
    /// 1, 2, 3 ….
    pub number: u32,
}
