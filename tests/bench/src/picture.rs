//! What a display shows and since when, as its X server tells it.
//!
//! Belongs here: following what is drawn (the Damage extension) and how one part of the picture looks
//! afterwards. Does not belong here: what stands in that part.
//! Why the X server: a page can only say when it was asked to draw; when the pixels are there, the display
//! knows.

use crate::Trouble;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant, SystemTime};
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::damage::{ConnectionExt as _, ReportLevel};
use x11rb::protocol::xproto::{ConnectionExt as _, ImageFormat, Window};
use x11rb::rust_connection::RustConnection;

/// A part of a display's picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) left: i16,
    pub(crate) top: i16,
    pub(crate) width: u16,
    pub(crate) height: u16,
}

/// How the part looked after something was drawn on the display.
pub(crate) struct Look {
    pub(crate) at: SystemTime,
    pub(crate) pixels: Vec<u8>,
}

/// Follows one part of a display's picture for as long as the display is there.
pub(crate) struct PartWatch {
    looks: Receiver<Look>,
}

impl PartWatch {
    /// Begins to follow.
    pub(crate) fn over(display: Option<&str>, part: Part) -> Result<Self, Trouble> {
        let (connection, screen) = x11rb::connect(display)?;
        let root = connection.setup().roots[screen].root;
        connection.damage_query_version(1, 1)?.reply()?;
        let damage = connection.generate_id()?;
        connection.damage_create(damage, root, ReportLevel::NON_EMPTY)?.check()?;
        let (seen, looks) = channel();
        thread::spawn(move || {
            // Ends with the display, or when nobody wants to know any more.
            while let Ok(event) = connection.wait_for_event() {
                let at = SystemTime::now();
                if !matches!(event, Event::DamageNotify(_)) {
                    continue;
                }
                // What is drawn from here on is told anew, so the last picture taken is the one that stays.
                let told_anew = connection.damage_subtract(damage, x11rb::NONE, x11rb::NONE).is_ok();
                let Some(pixels) = told_anew.then(|| pixels(&connection, root, part)).flatten() else {
                    return;
                };
                if seen.send(Look { at, pixels }).is_err() {
                    return;
                }
            }
        });
        Ok(Self { looks })
    }

    /// Since when the part has looked as it does now, of what was drawn since this was last asked. Nothing
    /// where it has not changed.
    pub(crate) fn since(&self) -> Option<SystemTime> {
        let looks: Vec<_> = self.looks.try_iter().collect();
        let now = &looks.last()?.pixels;
        let same = looks.iter().rev().take_while(|look| look.pixels == *now);
        same.last().map(|look| look.at)
    }

    /// The look that stays, and since when: the part looks so, and then nothing changes in it for a while.
    /// Nothing where it does not look so within `patience`.
    pub(crate) fn settles(
        &self,
        looks_so: impl Fn(&[u8]) -> bool,
        still: Duration,
        patience: Duration,
    ) -> Option<Look> {
        let deadline = Instant::now() + patience;
        let mut stays: Option<(Look, Instant)> = None;
        loop {
            let until = stays.as_ref().map_or(deadline, |(_, seen)| *seen + still);
            match self.looks.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(look) if stays.as_ref().is_some_and(|(now, _)| now.pixels == look.pixels) => {}
                Ok(look) => stays = looks_so(&look.pixels).then(|| (look, Instant::now())),
                Err(_) => return stays.map(|(look, _)| look),
            }
        }
    }

    /// When the part first looks so, of what is drawn from now on or was since this was last asked. Nothing
    /// where it does not within `patience`.
    pub(crate) fn first(&self, looks_so: impl Fn(&[u8]) -> bool, patience: Duration) -> Option<SystemTime> {
        let deadline = Instant::now() + patience;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let look = self.looks.recv_timeout(left).ok()?;
            if looks_so(&look.pixels) {
                return Some(look.at);
            }
        }
    }
}

fn pixels(connection: &RustConnection, root: Window, part: Part) -> Option<Vec<u8>> {
    let Part { left, top, width, height } = part;
    let asked = connection.get_image(ImageFormat::Z_PIXMAP, root, left, top, width, height, u32::MAX).ok()?;
    Some(asked.reply().ok()?.data)
}
