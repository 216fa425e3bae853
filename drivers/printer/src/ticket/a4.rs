//! Several tickets on A4, to be cut: four of A6, two beside two.

use super::{Ticket, a6};
use crate::page::{MM, Mark, Measure, Page};

const WIDTH: f32 = 210.0 * MM;
const HEIGHT: f32 = 297.0 * MM;
/// A quarter is half a millimetre higher than A6; the ticket stands in its middle.
const QUARTER: f32 = HEIGHT / 2.0;
const ABOVE: f32 = (QUARTER - a6::HEIGHT) / 2.0;
/// How many tickets a sheet has.
const ON_A_SHEET: usize = 4;

/// The line to cut along: dashes, and as far from the edge as printers need.
const EDGE: f32 = 5.0 * MM;
const DASH: f32 = 2.0 * MM;
const THICKNESS: f32 = 0.15 * MM;

/// Sets tickets on as many sheets as they need.
pub(crate) fn sheets(tickets: &[Ticket], measure: &impl Measure) -> Vec<Page> {
    tickets.chunks(ON_A_SHEET).map(|on_one| sheet(on_one, measure)).collect()
}

fn sheet(tickets: &[Ticket], measure: &impl Measure) -> Page {
    let places = [(0.0, 0.0), (a6::WIDTH, 0.0), (0.0, QUARTER), (a6::WIDTH, QUARTER)];
    let drawn = tickets.iter().zip(places).flat_map(|(ticket, (right, down))| {
        let marks = a6::sheet(ticket, measure).marks;
        marks.into_iter().map(move |mark| mark.moved(right, down + ABOVE))
    });
    let marks = drawn.chain(cut_down()).chain(cut_across()).collect();
    Page { width: WIDTH, height: HEIGHT, marks }
}

fn cut_down() -> impl Iterator<Item = Mark> {
    let x = (WIDTH - THICKNESS) / 2.0;
    dashes(HEIGHT).map(move |y| Mark::Bar { x, y, width: THICKNESS, height: DASH })
}

fn cut_across() -> impl Iterator<Item = Mark> {
    let y = (HEIGHT - THICKNESS) / 2.0;
    dashes(WIDTH).map(move |x| Mark::Bar { x, y, width: DASH, height: THICKNESS })
}

/// Where each dash of a line as long as the sheet begins.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // some dozens
fn dashes(along: f32) -> impl Iterator<Item = f32> {
    let count = ((along - 2.0 * EDGE + DASH) / (2.0 * DASH)) as usize;
    (0..count).map(|dash| EDGE + dash as f32 * 2.0 * DASH)
}
