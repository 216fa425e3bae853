//! A set page drawn in dots, for printers that take pictures.
//!
//! Belongs here: dots, and marks drawn as dots. Does not: how dots are sent (`escpos`), where marks
//! stand (`layout`).
//!
//! A dot is black or not; a receipt printer has no grey.

use crate::font::{Fonts, Glyphs};
use crate::page::{DOT, Mark, Page, Weight};

/// From this share of black on a dot is black. Under a half, since thin strokes of kanji would break.
const BLACK: f32 = 0.42;

/// Dash and gap of a dashed rule, in dots.
const DASH: usize = 7;
const GAP: usize = 5;

/// Dots in rows, left to right, top to bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bitmap {
    /// Bytes in one row; the highest bit of each is its leftmost dot.
    pub(crate) bytes_across: usize,
    /// All rows, one after the other.
    pub(crate) rows: Vec<u8>,
}

impl Bitmap {
    fn white(across: usize, down: usize) -> Self {
        let bytes_across = across.div_ceil(8);
        Self { bytes_across, rows: vec![0; bytes_across * down] }
    }

    fn blacken(&mut self, x: usize, y: usize) {
        if x < self.bytes_across * 8
            && let Some(byte) = self.rows.get_mut(y * self.bytes_across + x / 8)
        {
            *byte |= 0x80 >> (x % 8);
        }
    }

    fn fill(&mut self, x: std::ops::Range<usize>, y: std::ops::Range<usize>) {
        for y in y {
            for x in x.clone() {
                self.blacken(x, y);
            }
        }
    }
}

/// Draws a page with the glyphs it was measured with.
pub(crate) fn draw(page: &Page, fonts: &Fonts, glyphs: &Glyphs) -> Bitmap {
    let mut bitmap = Bitmap::white(dots(page.width), dots(page.height));
    for mark in &page.marks {
        match mark {
            Mark::Words { x, baseline, size, weight, words } => {
                let pen = Pen { x: x / DOT, baseline: baseline / DOT, em: size / DOT, weight: *weight };
                pen.write(words, fonts, glyphs, &mut bitmap);
            }
            Mark::Rule { from, to, y, thickness, dashed } => {
                let top = dots(y - thickness / 2.0);
                let rows = top..top + dots(*thickness);
                let (from, to) = (dots(*from), dots(*to));
                let step = if *dashed { DASH + GAP } else { to.saturating_sub(from).max(1) };
                for start in (from..to).step_by(step) {
                    let end = if *dashed { (start + DASH).min(to) } else { to };
                    bitmap.fill(start..end, rows.clone());
                }
            }
            Mark::Bar { x, y, width, height } => {
                let (left, top) = (dots(*x), dots(*y));
                bitmap.fill(left..left + dots(*width), top..top + dots(*height));
            }
            Mark::Code { x, y, module, modules } => {
                let (left, top, module) = (dots(*x), dots(*y), dots(*module));
                for (column, row, length) in modules.stretches() {
                    let (x, y) = (left + column * module, top + row * module);
                    bitmap.fill(x..x + length * module, y..y + module);
                }
            }
            Mark::Frame { x, y, width, height, thickness } => {
                let half = thickness / 2.0;
                let line = dots(*thickness);
                let (left, right) = (dots(x - half), dots(x + width + half));
                let (top, bottom) = (dots(y - half), dots(y + height + half));
                bitmap.fill(left..right, top..top + line);
                bitmap.fill(left..right, bottom.saturating_sub(line)..bottom);
                bitmap.fill(left..left + line, top..bottom);
                bitmap.fill(right.saturating_sub(line)..right, top..bottom);
            }
        }
    }
    bitmap
}

/// Points in whole dots; a length below zero is none.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // rounded and not below zero
fn dots(points: f32) -> usize {
    (points / DOT).round().max(0.0) as usize
}

/// Where words begin and how large they are, in dots.
struct Pen {
    x: f32,
    baseline: f32,
    em: f32,
    weight: Weight,
}

impl Pen {
    fn write(mut self, words: &str, fonts: &Fonts, glyphs: &Glyphs, bitmap: &mut Bitmap) {
        for c in words.chars() {
            let Some(glyph) = glyphs.get(self.weight, c) else { continue };
            let x = self.x + glyph.shift * self.em;
            fonts.shade(self.weight, glyph, self.em, (x, self.baseline), |x, y, share| {
                if share >= BLACK {
                    bitmap.blacken(x, y);
                }
            });
            self.x += glyph.advance * self.em;
        }
    }
}
