//! `hand_over_service_id`: a number that was looked up reaches the institution's own system (番号通知方式,
//! row C3), the way the settings say.
//!
//! Belongs here: clipboard, typing and file drop, and trying them out. Does not: how a desktop's clipboard and
//! keyboard work (drivers), other programs asking for a number (`programs`).

mod clipboard;
mod file_drop;
mod typing;

pub(crate) use clipboard::InClipboard;

use crate::running::{Running, lock};
use crate::words::setting_wrong;
use file_drop::Drop;
use madoguchi_domain::day::{from_millis, japan_time};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::{HandOver, HandedOver};
use std::sync::Arc;
use zeroize::Zeroizing;

/// What is wrong with a way of handing over as typed, if anything is.
pub(crate) fn check(way: &HandOver) -> Result<(), Failure> {
    match way {
        HandOver::Typed { pause_ms, .. } if *pause_ms > typing::LONGEST_PAUSE_MS => {
            Err(setting_wrong("hand_over_pause_ms"))
        }
        HandOver::File { folder, name } => file_drop::check(folder, name),
        HandOver::Shown | HandOver::Clipboard | HandOver::Typed { .. } => Ok(()),
    }
}

/// How long a number stays in the clipboard, in seconds.
const IN_THE_CLIPBOARD_S: u32 = 60;

/// What is handed over to try it out.
const MADE_UP: &str = "0000000000";

impl Running {
    /// Hands the number of a visit over.
    pub(crate) async fn hand_over_service_id(self: &Arc<Self>, visit: u32) -> Result<HandedOver, Failure> {
        let number = self.held_service_id(visit)?.registered;
        let number = number.ok_or_else(|| Failure::of(ErrorCode::VisitExpired))?;
        let way = lock(&self.preferences).settings.hand_over.clone();
        let is_wanted = || self.held_service_id(visit).is_ok();
        self.hand_over(way, Zeroizing::new(number.into()), is_wanted).await
    }

    /// Hands a made-up number over, as it is being set.
    pub(crate) async fn try_hand_over(self: &Arc<Self>, way: HandOver) -> Result<HandedOver, Failure> {
        check(&way)?;
        self.hand_over(way, Zeroizing::new(MADE_UP.to_owned()), || true).await
    }

    async fn hand_over(
        self: &Arc<Self>,
        way: HandOver,
        number: Zeroizing<String>,
        is_wanted: impl Fn() -> bool,
    ) -> Result<HandedOver, Failure> {
        match way {
            HandOver::Shown => Ok(HandedOver::Shown),
            HandOver::Clipboard => self.put_into_clipboard(number).await,
            HandOver::Typed { end, pause_ms } => {
                self.type_elsewhere(number, typing::Way { end, pause_ms }, is_wanted).await
            }
            HandOver::File { folder, name } => {
                let now = from_millis(self.parts.clock.now_ms()).map(japan_time);
                let now = now.ok_or_else(|| Failure::of(ErrorCode::NumberNotWritten))?;
                let written = folder.clone();
                self.blocking(move |_| Drop { folder: &folder, name: &name, number: &number, now }.write())
                    .await?;
                Ok(HandedOver::File { folder: written })
            }
        }
    }
}
