//! From the card on the reader to the painted balances, at a real counter: the real window on a
//! display nobody sees, the real PC/SC service with the virtual reader, the real cloud.
//!
//! The program measures itself, from the instant of the PC/SC service's event to the window's word
//! that it has drawn the balances, and writes it into its log; here the log is read. When the balances
//! stand on the screen, the display says: since when its picture of them is the one that stayed.

use crate::Trouble;
use crate::command_line::Extent;
use crate::load::median;
use crate::picture::{Part, PartWatch};
use crate::table::Row;
use jiff::Timestamp;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::window::Key;
use madoguchi_tests::shop::Shop;
use std::fs;
use std::time::{Duration, Instant, SystemTime};

const CARD: &str = "hanako";
const MOST_APDUS: usize = 3;
const OURS_MS: f64 = 10.0;
const WHOLE_MS: f64 = 50.0;
/// The first taps find nothing in any cache; a counter makes them once a day.
const NOT_COUNTED: usize = 3;
/// A look-up that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(20);
const LOOK_EVERY: Duration = Duration::from_millis(5);
/// After the page's word that it has drawn, nothing more comes after a few frames of the display.
const UNTIL_STILL: Duration = Duration::from_millis(200);
/// Where the balances stand on the amount screen.
const BALANCES: &str = "main table";

/// The times of one look-up, in milliseconds since the PC/SC service's event.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Times {
    card_begun: f64,
    card_done: f64,
    cloud_begun: f64,
    cloud_done: f64,
    told: f64,
    /// By the page's word.
    drawn: f64,
    /// By the display.
    painted: f64,
}

/// What the program's log says of one look-up.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Logged {
    /// The PC/SC service's event, by the computer's clock.
    inserted: Timestamp,
    /// Without the display's word.
    times: Times,
}

impl Logged {
    /// From a line of the program's log, if it is one about a look-up.
    fn in_line(line: &str) -> Option<Self> {
        let (head, fields) = line.split_once("look-up painted ")?;
        let ms = |name: &str| {
            fields.split(' ').find_map(|field| field.strip_prefix(name)?.strip_prefix('=')?.parse().ok())
        };
        let times = Times {
            card_begun: ms("card_begun")?,
            card_done: ms("card_done")?,
            cloud_begun: ms("cloud_begun")?,
            cloud_done: ms("cloud_done")?,
            told: ms("told")?,
            drawn: ms("painted")?,
            painted: f64::NAN,
        };
        // The line is written at the moment of the page's word.
        let written: Timestamp = head.split(' ').next()?.parse().ok()?;
        Some(Self { inserted: written - Duration::from_secs_f64(times.drawn / 1e3), times })
    }

    /// With the display's word.
    fn painted_at(&self, at: SystemTime) -> Result<Times, Trouble> {
        let since = Timestamp::try_from(at)?.duration_since(self.inserted);
        Ok(Times { painted: since.as_secs_f64() * 1e3, ..self.times })
    }
}

impl Times {
    const fn card(&self) -> f64 {
        self.card_done - self.card_begun
    }

    const fn cloud(&self) -> f64 {
        self.cloud_done - self.cloud_begun
    }

    const fn ours(&self) -> f64 {
        self.painted - self.card() - self.cloud()
    }
}

/// One card put on and taken off again.
struct Tap {
    times: Times,
    apdus: usize,
}

/// Taps a card again and again.
#[tokio::main(flavor = "current_thread")]
pub(crate) async fn measure(extent: Extent) -> Result<Vec<Row>, Trouble> {
    let taps = match extent {
        Extent::Full => 40,
        Extent::Quick => 20,
    };
    eprintln!("Tapping a card {taps} times at a counter");
    let shop = Shop::open()?;
    let clerk = Clerk::at_a_registered_terminal(&shop).await?;
    let balances = find_balances(&shop, &clerk).await?;
    let mut measured = Vec::with_capacity(taps);
    for tap in 0..NOT_COUNTED + taps {
        let one = tap_once(&shop, &clerk, &balances).await?;
        if tap >= NOT_COUNTED {
            measured.push(one);
        }
    }
    clerk.closes_the_window().await?;
    Ok(rows(&measured))
}

/// Begins to follow the part of the screen where the balances will stand. The window has no frame on a
/// display without a window manager: the page's corner is the display's.
async fn find_balances(shop: &Shop, clerk: &Clerk<'_>) -> Result<PartWatch, Trouble> {
    clerk.taps(CARD).await?;
    let [left, top, width, height] = clerk.window().place_of(BALANCES).await?;
    back_to_the_menu(clerk).await?;
    let part = Part { left: left.try_into()?, top: top.try_into()?, width, height };
    PartWatch::over(shop.pc.desktop().display(), part)
}

async fn tap_once(shop: &Shop, clerk: &Clerk<'_>, balances: &PartWatch) -> Result<Tap, Trouble> {
    let before = look_ups(shop).len();
    // What was drawn on the way back to the menu is not of this tap.
    balances.since();
    clerk.puts_on(CARD)?;
    let logged = drawn_after(shop, before).await?;
    tokio::time::sleep(UNTIL_STILL).await;
    let painted = balances.since().ok_or("the display shows no balances")?;
    let apdus = shop.reader.passed()?.iter().filter(|line| line.contains(" -> ")).count();
    back_to_the_menu(clerk).await?;
    Ok(Tap { times: logged.painted_at(painted)?, apdus })
}

async fn back_to_the_menu(clerk: &Clerk<'_>) -> Result<(), Trouble> {
    clerk.gives_the_card_back()?;
    clerk.presses_key(Key::Escape).await?;
    Ok(clerk.sees_the_menu().await?)
}

/// Waits for the program's word and not for the screen: looking at the screen would delay its paint.
async fn drawn_after(shop: &Shop, before: usize) -> Result<Logged, Trouble> {
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        if let Some(logged) = look_ups(shop).get(before) {
            return Ok(*logged);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Err("no balances were painted".into())
}

fn look_ups(shop: &Shop) -> Vec<Logged> {
    // No log yet: no look-up yet.
    let log = fs::read_to_string(shop.pc.data().join("madoguchi.log")).unwrap_or_default();
    log.lines().filter_map(Logged::in_line).collect()
}

fn rows(taps: &[Tap]) -> Vec<Row> {
    let of = |ms: fn(&Times) -> f64| median(taps.iter().map(|tap| ms(&tap.times)).collect());
    let apdus = taps.iter().map(|tap| tap.apdus).max().unwrap_or(usize::MAX);
    let (ours, whole) = (of(Times::ours), of(|times| times.painted));
    let parts = format!(
        "{ours:.1} ms (event to card {:.1}, window told to painted {:.1}; to the page's word {:.1})",
        of(|times| times.card_begun),
        of(|times| times.painted - times.told),
        of(|times| times.drawn - times.told)
    );
    let all = format!("{whole:.1} ms (card {:.1}, cloud {:.1})", of(Times::card), of(Times::cloud));
    let count = taps.len();
    vec![
        Row::with_goal(
            format!("Card to balance, {count} taps: APDUs before the look-up, at most"),
            format!("≤ {MOST_APDUS}"),
            apdus.to_string(),
            apdus <= MOST_APDUS,
        ),
        Row::with_goal(
            "Card to balance: ours, without card and cloud, median",
            format!("< {OURS_MS} ms"),
            parts,
            ours < OURS_MS,
        ),
        Row::with_goal(
            "Card to balance: PC/SC event to painted, virtual reader, cloud on this PC, median",
            format!("< {WHOLE_MS} ms"),
            all,
            whole < WHOLE_MS,
        ),
    ]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, clippy::float_cmp)]

    use super::*;

    #[test]
    fn the_log_says_the_times_of_a_look_up() {
        let line = "2026-11-20T03:00:00.1Z  INFO madoguchi::look_up_log: look-up painted card_begun=0.5 \
                    card_done=2.5 cloud_begun=2.75 cloud_done=5.75 told=6.0 painted=11.5";
        let logged = Logged::in_line(line).expect("a line about a look-up");
        assert_eq!(logged.times.drawn, 11.5);
        assert_eq!(logged.inserted.to_string(), "2026-11-20T03:00:00.0885Z");
        let painted = logged.painted_at(SystemTime::from(logged.inserted) + Duration::from_micros(9500));
        assert_eq!(painted.expect("a time").ours(), 4.5);
        assert_eq!(Logged::in_line("2026-11-20T03:00:00.1Z  WARN madoguchi: no log file"), None);
    }
}
