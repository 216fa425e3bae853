//! From the card on the reader to the painted balances, at a real counter: the real window on a
//! display nobody sees, the real PC/SC service with the virtual reader, the real cloud.
//!
//! The program measures itself, from the instant of the PC/SC service's event to the window's word
//! that the balances stand on the screen, and writes it into its log; here the log is read.

use crate::Trouble;
use crate::command_line::Extent;
use crate::load::median;
use crate::table::Row;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::window::Key;
use madoguchi_tests::shop::Shop;
use std::fs;
use std::time::{Duration, Instant};

const CARD: &str = "hanako";
const MOST_APDUS: usize = 3;
const OURS_MS: f64 = 10.0;
const WHOLE_MS: f64 = 50.0;
/// The first taps find nothing in any cache; a counter makes them once a day.
const NOT_COUNTED: usize = 3;
/// A look-up that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(20);
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// The times of one look-up, in milliseconds since the PC/SC service's event.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Times {
    card_begun: f64,
    card_done: f64,
    cloud_begun: f64,
    cloud_done: f64,
    told: f64,
    painted: f64,
}

impl Times {
    /// From a line of the program's log, if it is one about a look-up.
    fn in_line(line: &str) -> Option<Self> {
        let (_, fields) = line.split_once("look-up painted ")?;
        let ms = |name: &str| {
            fields.split(' ').find_map(|field| field.strip_prefix(name)?.strip_prefix('=')?.parse().ok())
        };
        Some(Self {
            card_begun: ms("card_begun")?,
            card_done: ms("card_done")?,
            cloud_begun: ms("cloud_begun")?,
            cloud_done: ms("cloud_done")?,
            told: ms("told")?,
            painted: ms("painted")?,
        })
    }

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
    let mut measured = Vec::with_capacity(taps);
    for tap in 0..NOT_COUNTED + taps {
        let one = tap_once(&shop, &clerk).await?;
        if tap >= NOT_COUNTED {
            measured.push(one);
        }
    }
    clerk.closes_the_window().await?;
    Ok(rows(&measured))
}

async fn tap_once(shop: &Shop, clerk: &Clerk<'_>) -> Result<Tap, Trouble> {
    let before = look_ups(shop).len();
    clerk.puts_on(CARD)?;
    let times = painted_after(shop, before).await?;
    let apdus = shop.reader.passed()?.iter().filter(|line| line.contains(" -> ")).count();
    clerk.gives_the_card_back()?;
    clerk.presses_key(Key::Escape).await?;
    clerk.sees_the_menu().await?;
    Ok(Tap { times, apdus })
}

/// Waits for the program's word and not for the screen: looking at the screen would delay its paint.
async fn painted_after(shop: &Shop, before: usize) -> Result<Times, Trouble> {
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        if let Some(times) = look_ups(shop).get(before) {
            return Ok(*times);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Err("no balances were painted".into())
}

fn look_ups(shop: &Shop) -> Vec<Times> {
    // No log yet: no look-up yet.
    let log = fs::read_to_string(shop.pc.data().join("madoguchi.log")).unwrap_or_default();
    log.lines().filter_map(Times::in_line).collect()
}

fn rows(taps: &[Tap]) -> Vec<Row> {
    let of = |ms: fn(&Times) -> f64| median(taps.iter().map(|tap| ms(&tap.times)).collect());
    let apdus = taps.iter().map(|tap| tap.apdus).max().unwrap_or(usize::MAX);
    let (ours, whole) = (of(Times::ours), of(|times| times.painted));
    let parts = format!(
        "{ours:.1} ms (event to card {:.1}, window told to painted {:.1})",
        of(|times| times.card_begun),
        of(|times| times.painted - times.told)
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
    use super::*;

    #[test]
    fn the_log_says_the_times_of_a_look_up() {
        let line = "2026-11-20T03:00:00.1Z  INFO madoguchi::look_up_log: look-up painted card_begun=0.5 \
                    card_done=2.5 cloud_begun=2.75 cloud_done=5.75 told=6.0 painted=11.5";
        let times = Times::in_line(line);
        assert_eq!(times.map(|times| times.ours()), Some(6.5));
        assert_eq!(Times::in_line("2026-11-20T03:00:00.1Z  WARN madoguchi: no log file"), None);
    }
}
