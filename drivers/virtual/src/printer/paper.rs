//! The paper: dots, what was written on it, and its picture.
//!
//! Belongs here: growing downwards, being cut, PNG. Does not: commands.

use super::rom::{CELL, Letter};
use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;

/// What stays white beside the printed width, in dots: 4 mm at 80 mm, 5 mm at 58 mm.
const EDGE: usize = 32;
/// From the cutter to the head, in dots: white on every paper, above its first row.
const FROM_THE_CUTTER: usize = 96;
const WHITE: u8 = 0xff;
const BLACK: u8 = 0;
/// The cut, drawn where the paper ends.
const CUT: u8 = 0xa0;

/// A strip of paper, cut off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Its rows of letters, top to bottom, as they are read; pictures are not among them.
    pub rows: Vec<String>,
    /// How many dots of it were printed as pictures.
    pub pictures: usize,
    across: usize,
    dots: Vec<u8>,
}

impl Paper {
    /// Its picture, one dot a pixel (203 in an inch).
    pub fn save(&self, path: &Path) -> io::Result<()> {
        let width = u32::try_from(self.across).map_err(io::Error::other)?;
        let height = u32::try_from(self.dots.len() / self.across).map_err(io::Error::other)?;
        let mut encoder = png::Encoder::new(BufWriter::new(File::create(path)?), width, height);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.write_header()?.write_image_data(&self.dots)?;
        Ok(())
    }

    /// An empty strip for a head of `head` dots.
    pub(super) fn blank(head: usize) -> Self {
        let mut paper = Self { rows: Vec::new(), pictures: 0, across: head + 2 * EDGE, dots: vec![] };
        paper.feed(FROM_THE_CUTTER);
        paper
    }

    /// Moves on by `rows` dots.
    pub(super) fn feed(&mut self, rows: usize) {
        self.dots.resize(self.dots.len() + rows * self.across, WHITE);
    }

    /// A row of letters, each with its place from the left and how many times as wide, as high it is
    /// and whether it is strong; moves on by `height`.
    pub(super) fn write(&mut self, letters: &[PlacedLetter], tallest: usize, height: usize) {
        let top = self.next_row();
        self.feed(height);
        for placed in letters {
            for &(x, y) in &placed.letter.black {
                let left = placed.left + x * placed.wide;
                let upper = top + (tallest - placed.high) * CELL + y * placed.high;
                let right = left + placed.wide + usize::from(placed.strong);
                for y in upper..upper + placed.high {
                    for x in left..right {
                        self.blacken(x, y);
                    }
                }
            }
        }
        self.rows.push(letters.iter().map(|placed| placed.letter.character).collect());
    }

    /// A picture, eight dots a byte; moves on by its height.
    pub(super) fn paste(&mut self, bytes_across: usize, rows: &[u8]) {
        let top = self.next_row();
        self.feed(rows.len() / bytes_across);
        for (index, byte) in rows.iter().enumerate() {
            for bit in (0..8).filter(|bit| byte & (0x80 >> bit) != 0) {
                self.blacken(index % bytes_across * 8 + bit, top + index / bytes_across);
                self.pictures += 1;
            }
        }
    }

    /// Cut off below its last row.
    pub(super) fn cut(mut self) -> Self {
        let bottom = self.next_row();
        self.feed(2);
        for x in (0..self.across).filter(|x| x % 12 < 8) {
            for y in [bottom, bottom + 1] {
                self.dots[y * self.across + x] = CUT;
            }
        }
        self
    }

    /// Whether nothing was printed on it yet.
    pub(super) fn is_blank(&self) -> bool {
        self.dots.iter().all(|&dot| dot == WHITE)
    }

    fn next_row(&self) -> usize {
        self.dots.len() / self.across
    }

    fn blacken(&mut self, x: usize, y: usize) {
        let x = x + EDGE;
        if x < self.across - EDGE
            && let Some(dot) = self.dots.get_mut(y * self.across + x)
        {
            *dot = BLACK;
        }
    }
}

/// A letter in its row.
pub(super) struct PlacedLetter {
    pub(super) letter: Letter,
    pub(super) left: usize,
    pub(super) wide: usize,
    pub(super) high: usize,
    pub(super) strong: bool,
}
