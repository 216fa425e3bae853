//! Points merged at a real counter: from 合算 pressed to the street's file in its folder, whole.
//!
//! The real window on a display nobody sees, the real cloud on this PC, a folder on the measured disk. The clock
//! starts when the key goes down and ends when the file has its name; it is looked for more often than a disk can
//! answer. Between the merges the cloud is asked for its shortest answer over a socket of the same kind: what of the
//! time is the way there and back.

use crate::Trouble;
use crate::command_line::Extent;
use crate::load::median;
use crate::table::Row;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::keyboard::{Keyboard, NamedKey};
use madoguchi_tests::scene::street::StreetDesk;
use madoguchi_tests::shop::Shop;
use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

const IN_PLACE_MS: f64 = 60.0;
const RESIDENT: &str = "hanako";
/// So few that all merges stay within what Hanako has.
const POINTS: u32 = 40;
/// The first merge finds nothing in any cache; a counter makes it once a day.
const NOT_COUNTED: usize = 2;
/// A merge that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(20);
const LOOK_EVERY: Duration = Duration::from_micros(200);

/// Merges, one customer after the other.
#[tokio::main(flavor = "current_thread")]
pub(crate) async fn measure(extent: Extent) -> Result<Vec<Row>, Trouble> {
    let count = match extent {
        Extent::Full => 60,
        Extent::Quick => 10,
    };
    eprintln!("Merging {count} times at a counter");
    let shop = Shop::open()?;
    let street = StreetDesk::of(&shop)?;
    let clerk = Clerk::at_a_shop_of_the_street(&shop).await?;
    let keys = Keyboard::at(shop.pc.desktop().display())?;
    let health = format!("http://{}/health", shop.cloud.address());
    let line = reqwest::Client::new();
    let (mut merged, mut answered) = (Vec::with_capacity(count), Vec::with_capacity(count));
    for place in 0..NOT_COUNTED + count {
        clerk.prepares_a_merge(RESIDENT, POINTS).await?;
        let asked = Instant::now();
        line.get(&health).send().await?.bytes().await?;
        let echo = asked.elapsed();
        let pressed = Instant::now();
        keys.press(NamedKey::Return)?;
        let lies = in_place(street.folder(), pressed)?;
        if place >= NOT_COUNTED {
            merged.push(lies.as_secs_f64() * 1e3);
            answered.push(echo.as_secs_f64() * 1e3);
        }
        clerk.sees("のポイントに合算しました").await?;
        clerk.gives_the_card_back()?;
        street.opens_the_only_file()?;
        street.takes_the_files()?;
        clerk.presses("次のお客様へ").await?;
    }
    clerk.closes_the_window().await?;
    shop.cloud.check_books()?;
    Ok(rows(&merged, answered))
}

/// Until the one file has its name.
fn in_place(folder: &Path, pressed: Instant) -> Result<Duration, Trouble> {
    while pressed.elapsed() < PATIENCE {
        for entry in fs::read_dir(folder)? {
            let name = entry?.file_name();
            if Path::new(&name).extension().is_some_and(|end| end == "dat") {
                return Ok(pressed.elapsed());
            }
        }
        sleep(LOOK_EVERY);
    }
    Err("no file came into the street's folder".into())
}

fn rows(merged: &[f64], answered: Vec<f64>) -> Vec<Row> {
    let middle = median(merged.to_vec());
    let latest = merged.iter().copied().fold(f64::NAN, f64::max);
    vec![Row::with_goal(
        format!("Points merged at the window, {}: 合算 pressed to the file in place, median", merged.len()),
        format!("< {IN_PLACE_MS} ms"),
        format!(
            "{middle:.1} ms (all within {latest:.1} ms; the cloud's shortest answer {:.1} ms)",
            median(answered)
        ),
        middle < IN_PLACE_MS,
    )]
}
