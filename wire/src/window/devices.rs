//! The three devices in the head of every screen.

use crate::failure::Failure;
use serde::{Deserialize, Serialize};

/// Reader, printer, network, and the resident's screen where there is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Devices {
    /// 読取装置.
    pub reader: DeviceState,
    /// 印刷.
    pub printer: DeviceState,
    /// 通信.
    pub network: DeviceState,
    /// お客様用画面, where a monitor is chosen for it.
    #[cfg_attr(test, ts(type = "DeviceState | null"))]
    pub resident_screen: Option<DeviceState>,
    /// How far this PC's clock is off the cloud's, in seconds, where that is more than 120.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub clock_off_s: Option<i64>,
}

/// The state of one device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum DeviceState {
    /// 〇 It can be used.
    Ready {
        /// Its name, where it has one.
        name: Option<String>,
    },
    /// △ It is being looked for; the first moments after start.
    Looking,
    /// × It cannot be used.
    Missing {
        /// Why, and what to do now.
        failure: Failure,
    },
}
