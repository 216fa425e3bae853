//! A set page as a screen draws it: the same marks in hundredths of a millimetre.

use crate::page::{MM, Mark, Measure, Page, Weight, length};
use madoguchi_port::paper::{Area, Drawing, DrawnMark};

/// The page for a screen. A code is not drawn: whoever photographed a screen would have the ticket.
pub(crate) fn of(page: &Page, measure: &impl Measure) -> Drawing {
    Drawing {
        width: hundredths(page.width),
        height: hundredths(page.height),
        marks: page.marks.iter().filter_map(|mark| drawn(mark, measure)).collect(),
    }
}

fn drawn(mark: &Mark, measure: &impl Measure) -> Option<DrawnMark> {
    Some(match mark {
        Mark::Words { x, baseline, size, weight, words } => DrawnMark::Words {
            x: hundredths(*x),
            baseline: hundredths(*baseline),
            size: hundredths(*size),
            length: hundredths(length(words, *size, *weight, measure)),
            bold: *weight == Weight::Bold,
            words: words.clone(),
        },
        Mark::Rule { from, to, y, thickness, dashed } => {
            let area = area(*from, y - thickness / 2.0, to - from, *thickness);
            if *dashed { DrawnMark::Dashes(area) } else { DrawnMark::Bar(area) }
        }
        Mark::Frame { x, y, width, height, thickness } => {
            DrawnMark::Frame { area: area(*x, *y, *width, *height), thickness: hundredths(*thickness) }
        }
        Mark::Bar { x, y, width, height } => DrawnMark::Bar(area(*x, *y, *width, *height)),
        Mark::Code { .. } => return None,
    })
}

fn area(x: f32, y: f32, width: f32, height: f32) -> Area {
    Area { x: hundredths(x), y: hundredths(y), width: hundredths(width), height: hundredths(height) }
}

/// Points in hundredths of a millimetre; nothing stands left of or above a page.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // rounded and not below zero
fn hundredths(points: f32) -> u32 {
    (points / MM * 100.0).round().max(0.0) as u32
}
