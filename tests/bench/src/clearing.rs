//! A pile of used tickets under a wedge scanner, at a real counter: the real window on a display nobody
//! sees, the real cloud on this PC.
//!
//! The clock starts when the scanner's keys go down, all at once with Enter as the last, and ends when the
//! display shows the answer: the panel of the last scan in the colour of what was cleared, as it then stays.
//! Afterwards the books are counted.

use crate::Trouble;
use crate::command_line::Extent;
use crate::load::median;
use crate::picture::{Part, PartWatch};
use crate::table::Row;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::keyboard::Keyboard;
use madoguchi_tests::scene::tickets::Paper;
use madoguchi_tests::shop::Shop;
use std::time::Duration;

const ANSWERED_MS: f64 = 150.0;
/// Whose stamp the tickets bear.
const SITE: &str = "やまだ八百屋";
const POINTS: i64 = 20;
/// The first scans find nothing in any cache; a clerk makes them once a day.
const NOT_COUNTED: usize = 3;
/// The colour of what took place (`--ok` in `ui/src/look/tokens.css`), as a true-colour display has it.
const CLEARED: [u8; 3] = [0x17, 0x60, 0x3f];
/// Where the last scan stands, large.
const PANEL: &str = "[data-tone]";
/// A scan that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(20);
/// After the answer nothing more comes after a few frames of the display; a clerk's hands take longer.
const UNTIL_STILL: Duration = Duration::from_millis(120);

/// Scans a pile.
#[tokio::main(flavor = "current_thread")]
pub(crate) async fn measure(extent: Extent) -> Result<Vec<Row>, Trouble> {
    let count = match extent {
        Extent::Full => 500,
        Extent::Quick => 50,
    };
    eprintln!("Scanning a pile of {count} tickets at a counter");
    let shop = Shop::open()?;
    let papers = shop.cloud.hands_out_tickets(&vec![POINTS; NOT_COUNTED + count]).await?;
    let clerk = Clerk::at_a_pile_of(&shop, SITE).await?;
    let scanner = Keyboard::at(shop.pc.desktop().display())?;
    let panel = find_panel(&shop, &clerk).await?;
    let mut before = Vec::new();
    let mut measured = Vec::with_capacity(count);
    for (place, paper) in papers.iter().enumerate() {
        let Some(ms) = scan_once(&scanner, &panel, paper, &mut before)? else {
            let shown = clerk.window().text().await?;
            return Err(
                format!("scan {}: the display shows no answer, the window:\n{shown}", place + 1).into()
            );
        };
        if place >= NOT_COUNTED {
            measured.push(ms);
        }
    }
    clerk.finishes_the_pile(papers.len(), POINTS * i64::try_from(papers.len())?).await?;
    clerk.closes_the_window().await?;
    let lost = papers.len() - cleared(&shop).await?;
    shop.cloud.check_books()?;
    Ok(rows(&measured, lost))
}

/// Begins to follow the panel. The window has no frame on a display without a window manager: the page's
/// corner is the display's.
async fn find_panel(shop: &Shop, clerk: &Clerk<'_>) -> Result<PartWatch, Trouble> {
    let [left, top, width, height] = clerk.window().place_of(PANEL).await?;
    let part = Part { left: left.try_into()?, top: top.try_into()?, width, height };
    PartWatch::over(shop.pc.desktop().display(), part)
}

/// From Enter to the answer, in milliseconds; nothing where none is shown. `before` is the picture of the answer before, then of this one.
fn scan_once(
    scanner: &Keyboard,
    panel: &PartWatch,
    paper: &Paper,
    before: &mut Vec<u8>,
) -> Result<Option<f64>, Trouble> {
    // What was drawn after the scan before is not of this one.
    panel.since();
    let enter = scanner.scan(&paper.code)?;
    let is_answer = |pixels: &[u8]| says_cleared(pixels) && pixels != before.as_slice();
    let Some(answer) = panel.settles(is_answer, UNTIL_STILL, PATIENCE) else { return Ok(None) };
    *before = answer.pixels;
    Ok(Some(answer.at.duration_since(enter)?.as_secs_f64() * 1e3))
}

/// Whether the panel says that a ticket was cleared: its mark and its edge have the colour of that, and while a
/// ticket is under way or refused nothing on the panel has.
fn says_cleared(pixels: &[u8]) -> bool {
    pixels.as_chunks().0.iter().any(|[blue, green, red, _]| [*red, *green, *blue] == CLEARED)
}

async fn cleared(shop: &Shop) -> Result<usize, Trouble> {
    let books = shop.cloud.cleared_tickets().await?;
    let (tickets, points) = books.get(SITE).copied().unwrap_or_default();
    if points != POINTS * i64::from(tickets) {
        return Err(format!("{tickets} tickets of {POINTS} points come to {points}").into());
    }
    Ok(usize::try_from(tickets)?)
}

fn rows(measured: &[f64], lost: usize) -> Vec<Row> {
    let count = measured.len();
    let middle = median(measured.to_vec());
    let latest = measured.iter().copied().fold(f64::NAN, f64::max);
    vec![
        Row::with_goal(
            format!("Tickets scanned at the window, {count}: Enter to the answer drawn, median"),
            format!("≤ {ANSWERED_MS} ms"),
            format!("{middle:.1} ms (all within {latest:.1} ms)"),
            middle <= ANSWERED_MS,
        ),
        Row::with_goal("Tickets lost between scanner and books", "0", lost.to_string(), lost == 0),
    ]
}

#[cfg(test)]
mod tests {
    use super::says_cleared;

    #[test]
    fn the_panels_colour_says_whether_a_ticket_was_cleared() {
        let (paper, cleared, refused) = ([0xff, 0xff, 0xff, 0], [0x3f, 0x60, 0x17, 0], [0x1c, 0x24, 0xa3, 0]);
        assert!(says_cleared(&[paper, cleared, paper].concat()));
        assert!(!says_cleared(&[paper, refused, paper].concat()));
        assert!(!says_cleared(&[]));
    }
}
