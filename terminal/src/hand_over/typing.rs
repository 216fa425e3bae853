//! A number typed into the window of another program, once it has the focus.
//!
//! While the clerk stands before this window, the focus is here: the number waits until the clerk goes to a
//! field of the other program. A number nobody needs any more is not typed.

use crate::running::Running;
use madoguchi_port::keyboard::{EndKey, KeyboardFault, Typing};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::{HandedOver, TypedEnd};
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

/// How long the clerk has to go to the other program.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often it is looked whether the clerk is there.
const LOOK_AGAIN: Duration = Duration::from_millis(200);
/// How long a window that came forward has to put its cursor where it belongs.
const SETTLE: Duration = Duration::from_millis(300);
/// The longest pause between two keys, in milliseconds.
pub(super) const LONGEST_PAUSE_MS: u16 = 200;

/// How a number is typed.
#[derive(Clone, Copy)]
pub(super) struct Way {
    pub(super) end: TypedEnd,
    pub(super) pause_ms: u16,
}

impl Running {
    /// Types a number where the clerk goes next, as long as it is wanted.
    pub(super) async fn type_elsewhere(
        self: &Arc<Self>,
        number: Zeroizing<String>,
        way: Way,
        is_wanted: impl Fn() -> bool,
    ) -> Result<HandedOver, Failure> {
        self.wait_until_elsewhere(is_wanted).await?;
        self.blocking(move |running| {
            let end = match way.end {
                TypedEnd::Nothing => None,
                TypedEnd::Enter => Some(EndKey::Enter),
                TypedEnd::Tab => Some(EndKey::Tab),
            };
            let pause = Duration::from_millis(u64::from(way.pause_ms));
            running
                .parts
                .drivers
                .keyboard
                .type_text(&Typing { text: &number, end, pause })
                .map_err(|fault| told(&fault))
        })
        .await?;
        Ok(HandedOver::Typed)
    }

    /// Until the focus is another program's, and still is once that window had time to put its cursor where it
    /// belongs: the number and its Enter would press a button of ours.
    async fn wait_until_elsewhere(self: &Arc<Self>, is_wanted: impl Fn() -> bool) -> Result<(), Failure> {
        let until = self.parts.clock.running() + PATIENCE;
        loop {
            if self.is_elsewhere().await? {
                self.parts.clock.sleep(SETTLE).await;
                if self.is_elsewhere().await? && is_wanted() {
                    return Ok(());
                }
            }
            if !is_wanted() {
                return Err(Failure::of(ErrorCode::VisitExpired));
            }
            if self.parts.clock.running() >= until {
                return Err(Failure::of(ErrorCode::NoOtherWindow));
            }
            self.parts.clock.sleep(LOOK_AGAIN).await;
        }
    }

    async fn is_elsewhere(self: &Arc<Self>) -> Result<bool, Failure> {
        let look = |running: &Self| {
            running.parts.drivers.keyboard.is_focus_elsewhere().map_err(|fault| told(&fault))
        };
        self.blocking(look).await
    }
}

fn told(fault: &KeyboardFault) -> Failure {
    tracing::warn!(%fault, "a number could not be typed");
    Failure::of(ErrorCode::KeyboardAbsent)
}
