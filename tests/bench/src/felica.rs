//! From a library's own FeliCa card on the reader to its number in the field, at a real counter: the real window on
//! a display nobody sees, the real PC/SC service with the virtual reader.
//!
//! The program says in its log when the PC/SC service told of the card and how long the card was spoken to; the
//! display says since when it shows what stayed.

use crate::Trouble;
use crate::command_line::Extent;
use crate::load::median;
use crate::picture::{Part, PartWatch};
use crate::table::Row;
use jiff::Timestamp;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::shop::Shop;
use std::fs;
use std::time::{Duration, Instant, SystemTime};

const CARD: &str = "library";
const NUMBER: &str = "2900012345";
/// One card described: its system is polled and its blocks are read.
const DESCRIPTION: &str =
    include_str!("../../../terminal/src/card_descriptions/examples/felica-library.toml");
const MOST_EXCHANGES: usize = 2;
const OURS_MS: f64 = 10.0;
/// The first card on a reader also costs the asking how the reader is spoken to.
const NOT_COUNTED: usize = 2;
/// Where it is said that a card was read.
const TOLD: &str = "[role=status]";
/// After the answer nothing more comes after a few frames of the display.
const UNTIL_STILL: Duration = Duration::from_millis(200);
/// A reading that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(20);
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// What is said of a card that was read, until it is taken off.
const READ: &str = "くらべてください";
/// GET DATA: the reader knows the card's number by itself.
const READERS_OWN: &str = "FF CA";

/// One card put on and taken off again.
struct Tap {
    /// From the PC/SC service's event to the display, less what the card took, in milliseconds.
    ours: f64,
    /// What the card took.
    card: f64,
    exchanges: usize,
}

/// What the program's log says of one reading.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Logged {
    inserted: Timestamp,
    card_ms: f64,
}

impl Logged {
    fn in_line(line: &str) -> Option<Self> {
        let (head, fields) = line.split_once("library card read ")?;
        let ms = |name: &str| {
            fields.split(' ').find_map(|field| field.strip_prefix(name)?.strip_prefix('=')?.parse().ok())
        };
        let written: Timestamp = head.split(' ').next()?.parse().ok()?;
        let since: f64 = ms("inserted_ms")?;
        Some(Self { inserted: written - Duration::from_secs_f64(since / 1e3), card_ms: ms("card_ms")? })
    }
}

/// Puts the card on again and again.
#[tokio::main(flavor = "current_thread")]
pub(crate) async fn measure(extent: Extent) -> Result<Vec<Row>, Trouble> {
    let taps = match extent {
        Extent::Full => 40,
        Extent::Quick => 10,
    };
    eprintln!("Reading a library's card {taps} times at a counter");
    let shop = Shop::open()?;
    let descriptions = shop.pc.folder().join("cards");
    fs::create_dir_all(&descriptions)?;
    fs::write(descriptions.join("library.toml"), DESCRIPTION)?;
    let clerk = Clerk::at_a_library(&shop).await?;
    clerk.begins_a_registration().await?;
    let [left, top, width, height] = clerk.window().place_of(TOLD).await?;
    let part = Part { left: left.try_into()?, top: top.try_into()?, width, height };
    let told = PartWatch::over(shop.pc.desktop().display(), part)?;
    let mut measured = Vec::with_capacity(taps);
    for tap in 0..NOT_COUNTED + taps {
        let one = tap_once(&shop, &clerk, &told).await?;
        if tap >= NOT_COUNTED {
            measured.push(one);
        }
    }
    clerk.closes_the_window().await?;
    Ok(rows(&measured))
}

async fn tap_once(shop: &Shop, clerk: &Clerk<'_>, told: &PartWatch) -> Result<Tap, Trouble> {
    let before = readings(shop).len();
    told.since();
    clerk.puts_on(CARD)?;
    let logged = read_after(shop, before).await?;
    tokio::time::sleep(UNTIL_STILL).await;
    let painted = told.since().ok_or("the display says of no card that it was read")?;
    clerk.has_read_the_card_number(NUMBER).await?;
    let passed = shop.reader.passed()?;
    let exchanges =
        passed.iter().filter(|line| line.contains(" -> ") && !line.starts_with(READERS_OWN)).count();
    clerk.gives_the_card_back()?;
    while clerk.window().shows_now(READ).await? {
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Ok(Tap { ours: since(logged.inserted, painted)? - logged.card_ms, card: logged.card_ms, exchanges })
}

fn since(inserted: Timestamp, painted: SystemTime) -> Result<f64, Trouble> {
    Ok(Timestamp::try_from(painted)?.duration_since(inserted).as_secs_f64() * 1e3)
}

/// Waits for the program's word and not for the screen: looking at the screen would delay its paint.
async fn read_after(shop: &Shop, before: usize) -> Result<Logged, Trouble> {
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        if let Some(logged) = readings(shop).get(before) {
            return Ok(*logged);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Err("the log says of no card that it was read".into())
}

fn readings(shop: &Shop) -> Vec<Logged> {
    let log = fs::read_to_string(shop.pc.data().join("madoguchi.log")).unwrap_or_default();
    log.lines().filter_map(Logged::in_line).collect()
}

fn rows(taps: &[Tap]) -> Vec<Row> {
    let of = |ms: fn(&Tap) -> f64| median(taps.iter().map(ms).collect());
    let exchanges = taps.iter().map(|tap| tap.exchanges).max().unwrap_or(usize::MAX);
    let ours = of(|tap| tap.ours);
    vec![
        Row::with_goal(
            format!(
                "FeliCa card to number, {} times: exchanges beyond the reader's own, at most",
                taps.len()
            ),
            format!("≤ {MOST_EXCHANGES}"),
            exchanges.to_string(),
            exchanges <= MOST_EXCHANGES,
        ),
        Row::with_goal(
            "FeliCa card to number: PC/SC event to painted, without the card, median",
            format!("< {OURS_MS} ms"),
            format!("{ours:.1} ms (card {:.1})", of(|tap| tap.card)),
            ours < OURS_MS,
        ),
    ]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, clippy::float_cmp)]

    use super::*;

    #[test]
    fn the_log_says_when_a_card_was_put_on_and_how_long_it_was_spoken_to() {
        let line = "2026-11-20T03:00:00.1Z  INFO madoguchi_terminal::x: library card read inserted_ms=12.5 card_ms=2.25";
        let logged = Logged::in_line(line).expect("a line about a card");
        assert_eq!(
            (logged.inserted.to_string().as_str(), logged.card_ms),
            ("2026-11-20T03:00:00.0875Z", 2.25)
        );
        assert_eq!(Logged::in_line("2026-11-20T03:00:00.1Z  INFO madoguchi: look-up painted"), None);
    }
}
