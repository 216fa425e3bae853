//! What can be set at a street's counter.

use crate::window::{Printer, Theme};
use madoguchi_domain::language::Language;
use serde::{Deserialize, Serialize};

/// The settings screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct StreetSettings {
    /// The folder agreed on for merge files.
    pub drop_folder: String,
    /// Whether it is watched: what comes is taken in by itself.
    pub watch: bool,
    /// Whether the street keeps MyKey IDs (seed 001 §17 ②): its merges name those, and members join by them.
    pub keeps_mykey_ids: bool,
    /// How many points a purchase gives.
    pub rate: StreetRate,
    /// Where receipts go.
    pub printer: Printer,
    /// The screens' language.
    #[cfg_attr(test, ts(type = "'ja' | 'en'"))]
    pub language: Language,
    /// Text size in percent: 100, 125, 150, 175 or 200.
    pub text_size: u16,
    /// Colours.
    pub theme: Theme,
    /// 0 silent, 1 soft, 2 normal, 3 loud.
    pub sound_volume: u8,
    /// Minutes without a key or a touch after which it locks itself: 0 (never), 5, 15, 30, 60.
    pub lock_after_minutes: u16,
}

/// `points` for every full `yen`, for purchases of at least `minimum_yen`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct StreetRate {
    /// 1 to 1,000,000.
    pub yen: u32,
    /// 1 to 10,000.
    pub points: u32,
    /// 0 to 10,000,000.
    pub minimum_yen: u32,
}
