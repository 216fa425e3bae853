//! How the counter's window opens, beside the barest window of the same library: until something stands on
//! the display, and what both then hold in memory.

use crate::Trouble;
use crate::command_line::Extent;
use crate::load::median;
use crate::picture::{Part, PartWatch};
use crate::table::Row;
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::desktop::SCREEN;
use madoguchi_tests::scene::program::{Program, Start, children, own_program};
use madoguchi_tests::shop::Shop;
use std::fs;
use std::time::{Duration, SystemTime};

const MOST_OF_A_BARE_WINDOW: f64 = 1.3;
/// A window that has drawn nothing by then will not.
const PATIENCE: Duration = Duration::from_secs(30);
/// After this nothing is loaded, drawn or tidied up any more.
const UNTIL_SETTLED: Duration = Duration::from_secs(4);
/// An empty page has one colour and a display without windows another; letters have many, by their edges.
const COLOURS_OF_LETTERS: usize = 8;

/// One window, opened once.
#[derive(Debug, Clone, Copy)]
struct Opened {
    /// From the start of the program to the first letters on the display, in milliseconds.
    first_paint: f64,
    /// The program's and its web view's processes, what they share divided among all who share it (PSS),
    /// in MiB.
    memory: f64,
}

/// Opens both windows in turn.
#[tokio::main(flavor = "current_thread")]
pub(crate) async fn measure(extent: Extent) -> Result<Vec<Row>, Trouble> {
    let rounds = match extent {
        Extent::Full => 10,
        Extent::Quick => 4,
    };
    eprintln!("Opening the counter's window and a bare one {rounds} times");
    let shop = Shop::open()?;
    Clerk::at_a_registered_terminal(&shop).await?.closes_the_window().await?;
    let display = PartWatch::over(shop.pc.desktop().display(), whole_screen()?)?;
    let (mut counter, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        bare.push(open(&display, || bare_window(&shop))?);
        counter.push(open(&display, || Ok(shop.pc.start_window()?))?);
    }
    Ok(vec![first_paint(&counter, &bare), memory(&counter, &bare)])
}

fn whole_screen() -> Result<Part, Trouble> {
    let (width, height) = SCREEN;
    Ok(Part { left: 0, top: 0, width: width.try_into()?, height: height.try_into()? })
}

fn bare_window(shop: &Shop) -> Result<Program, Trouble> {
    let start = Start::of("bare", own_program("madoguchi-bare")?, shop.pc.folder());
    Ok(start.envs(shop.pc.desktop().environment()).start()?)
}

fn open(display: &PartWatch, start: impl FnOnce() -> Result<Program, Trouble>) -> Result<Opened, Trouble> {
    // What the last window left is not of this one.
    display.since();
    let begun = SystemTime::now();
    let mut program = start()?;
    let painted = display.first(has_letters, PATIENCE).ok_or("the window drew nothing")?;
    std::thread::sleep(UNTIL_SETTLED);
    let memory = memory_of(program.id())?;
    program.stop()?;
    display.first(|picture| !has_letters(picture), PATIENCE).ok_or("the window stayed on the display")?;
    Ok(Opened { first_paint: painted.duration_since(begun)?.as_secs_f64() * 1e3, memory })
}

/// Whether more than an empty page is to be seen.
fn has_letters(picture: &[u8]) -> bool {
    let mut colours: Vec<&[u8]> = Vec::with_capacity(COLOURS_OF_LETTERS);
    for pixel in picture.chunks_exact(4) {
        if !colours.contains(&pixel) {
            colours.push(pixel);
        }
        if colours.len() == COLOURS_OF_LETTERS {
            return true;
        }
    }
    false
}

/// The memory of a process and of all it started, in MiB.
fn memory_of(process: u32) -> Result<f64, Trouble> {
    let own = fs::read_to_string(format!("/proc/{process}/smaps_rollup"))?;
    let kibibytes: f64 = own
        .lines()
        .find_map(|line| line.strip_prefix("Pss:")?.split_whitespace().next()?.parse().ok())
        .ok_or("the system does not say how much memory a process holds")?;
    children(process).into_iter().try_fold(kibibytes / 1024.0, |sum, child| Ok(sum + memory_of(child)?))
}

fn first_paint(counter: &[Opened], bare: &[Opened]) -> Row {
    beside_bare("first paint after the start", "ms", counter, bare, |opened| opened.first_paint)
}

fn memory(counter: &[Opened], bare: &[Opened]) -> Row {
    beside_bare("memory with its web view, once open", "MiB", counter, bare, |opened| opened.memory)
}

fn beside_bare(what: &str, unit: &str, counter: &[Opened], bare: &[Opened], of: fn(&Opened) -> f64) -> Row {
    let median_of = |all: &[Opened]| median(all.iter().map(of).collect());
    let (ours, theirs) = (median_of(counter), median_of(bare));
    let times = ours / theirs;
    Row::with_goal(
        format!("Window: {what} ÷ a bare window's, median of {}", counter.len()),
        format!("≤ {MOST_OF_A_BARE_WINDOW}"),
        format!("{times:.2} ({ours:.0} {unit}; {theirs:.0} {unit})"),
        times <= MOST_OF_A_BARE_WINDOW,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_page_has_no_letters_and_the_edges_of_letters_have_many_colours() {
        let black_on_white = [[0, 0, 0, 0], [255, 255, 255, 0]].concat().repeat(50);
        assert!(!has_letters(&black_on_white));
        let greys: Vec<u8> =
            (0..COLOURS_OF_LETTERS).flat_map(|grey| [u8::try_from(grey).unwrap_or(0); 4]).collect();
        assert!(has_letters(&[black_on_white, greys].concat()));
    }

    #[test]
    fn a_process_holds_more_than_nothing() {
        assert!(memory_of(std::process::id()).is_ok_and(|mebibytes| mebibytes > 0.5));
    }
}
