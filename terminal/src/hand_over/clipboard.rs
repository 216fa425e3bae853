//! A number in the clipboard: for a minute, and never longer than the program runs.
//!
//! What somebody copied since stays: it is no number of ours.

use super::IN_THE_CLIPBOARD_S;
use crate::running::{Running, lock};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::HandedOver;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use zeroize::Zeroizing;

/// The numbers that were put in and not taken out yet.
#[derive(Default)]
pub(crate) struct InClipboard(Mutex<Held>);

#[derive(Default)]
struct Held {
    /// How many were put in so far.
    count: u64,
    numbers: Vec<(u64, Zeroizing<String>)>,
}

impl InClipboard {
    /// Which one it is. Put in anew, a number has its whole minute again.
    fn hold(&self, number: &Zeroizing<String>) -> u64 {
        let mut held = lock(&self.0);
        held.numbers.retain(|(_, before)| before != number);
        held.count += 1;
        let which = held.count;
        held.numbers.push((which, number.clone()));
        which
    }

    fn find(&self, which: u64) -> Option<Zeroizing<String>> {
        let held = lock(&self.0);
        held.numbers.iter().find(|(number, _)| *number == which).map(|(_, text)| text.clone())
    }

    fn forget(&self, which: u64) {
        lock(&self.0).numbers.retain(|(number, _)| *number != which);
    }

    fn all(&self) -> Vec<u64> {
        lock(&self.0).numbers.iter().map(|(number, _)| *number).collect()
    }
}

impl Running {
    pub(super) async fn put_into_clipboard(
        self: &Arc<Self>,
        number: Zeroizing<String>,
    ) -> Result<HandedOver, Failure> {
        // Before it is in, so that it is taken out also where the program ends at this very moment.
        let which = self.in_clipboard.hold(&number);
        let put = self.blocking(move |running| {
            running.parts.drivers.clipboard.put(&number).map_err(|fault| {
                tracing::warn!(%fault, "a number could not be put into the clipboard");
                Failure::of(ErrorCode::ClipboardAbsent)
            })
        });
        let put = put.await;
        let running = Arc::clone(self);
        let sleep = self.parts.clock.sleep(Duration::from_secs(u64::from(IN_THE_CLIPBOARD_S)));
        self.start(async move {
            sleep.await;
            let taken_out = running.blocking(move |running| {
                running.take_out_of_clipboard(which);
                Ok(())
            });
            // It has been logged; nobody waits for it.
            let _ = taken_out.await;
        });
        put.map(|()| HandedOver::Clipboard { for_s: IN_THE_CLIPBOARD_S })
    }

    /// Takes every number out that is still there: the program ends. Blocks for moments.
    pub(crate) fn empty_clipboard(&self) {
        for which in self.in_clipboard.all() {
            self.take_out_of_clipboard(which);
        }
    }

    fn take_out_of_clipboard(&self, which: u64) {
        let Some(number) = self.in_clipboard.find(which) else { return };
        if let Err(fault) = self.parts.drivers.clipboard.clear_if(&number) {
            tracing::warn!(%fault, "a number could not be taken out of the clipboard");
        }
        // Only now: where the program ends meanwhile, it is taken out there.
        self.in_clipboard.forget(which);
    }
}
