//! The letters in the printer: font A's half-width ones of 12 × 24 dots, kanji of 24 × 24.
//!
//! Belongs here: which letters there are (JIS X 0201, JIS X 0208) and their dots, taken from BIZ
//! `UDGothic`. Does not: where they stand.

use ab_glyph::{Font, FontVec, PxScale, point};
use encoding_rs::SHIFT_JIS;
use std::io;

/// Where Debian's package fonts-morisawa-bizud-gothic puts the face whose half-width letters are
/// exactly half as wide.
const FACE: &str = "/usr/share/fonts/truetype/bizud-gothic/BIZUDGothic-Regular.ttf";

/// A letter's height, and a full-width letter's width, in dots.
pub(super) const CELL: usize = 24;
/// The letters' line stands this high over the cell's lower edge, in dots.
const BASELINE: f32 = 21.0;
/// From this share of black on a dot is black.
const BLACK: f32 = 0.45;

/// The letters.
pub(super) struct Rom(FontVec);

/// A letter's dots in its cell.
pub(super) struct Letter {
    /// The letter, to be read.
    pub(super) character: char,
    /// 12 or 24 dots.
    pub(super) width: usize,
    /// The black dots: column, row.
    pub(super) black: Vec<(usize, usize)>,
}

impl Rom {
    /// Reads the face.
    pub(super) fn load() -> io::Result<Self> {
        FontVec::try_from_vec(std::fs::read(FACE)?).map(Self).map_err(io::Error::other)
    }

    /// A half-width letter of JIS X 0201.
    pub(super) fn half(&self, byte: u8) -> Option<Letter> {
        let character = match byte {
            0x5c => '¥',
            0x7e => '‾',
            _ => decoded(&[byte])?,
        };
        Some(self.letter(character, CELL / 2))
    }

    /// A full-width letter of JIS X 0208, by its Shift JIS bytes.
    pub(super) fn full(&self, bytes: [u8; 2]) -> Option<Letter> {
        let in_jis = matches!(bytes[0], 0x81..=0x84 | 0x88..=0x9f | 0xe0..=0xea);
        let character = decoded(&bytes).filter(|_| in_jis)?;
        Some(self.letter(character, CELL))
    }

    #[allow(clippy::cast_precision_loss)] // dots of one cell
    fn letter(&self, character: char, width: usize) -> Letter {
        let glyph = self.0.glyph_id(character);
        let units = self.0.units_per_em().unwrap_or(1_000.0);
        let size = CELL as f32 * self.0.height_unscaled() / units;
        // The minus and the like are half an em wide in the face and have a full cell here.
        let advance = self.0.h_advance_unscaled(glyph) / units * CELL as f32;
        let left = ((width as f32 - advance) / 2.0).max(0.0);
        let glyph = glyph.with_scale_and_position(PxScale::from(size), point(left, BASELINE));
        let mut black = Vec::new();
        if let Some(outline) = self.0.outline_glyph(glyph) {
            let corner = outline.px_bounds().min;
            outline.draw(|x, y, share| {
                let dot = (inside(corner.x, x, width), inside(corner.y, y, CELL));
                if let (true, (Some(x), Some(y))) = (share >= BLACK, dot) {
                    black.push((x, y));
                }
            });
        }
        Letter { character, width, black }
    }
}

/// A dot's place in the cell.
#[allow(clippy::cast_possible_truncation)] // dots of one cell
fn inside(corner: f32, offset: u32, limit: usize) -> Option<usize> {
    usize::try_from(i64::from(corner as i32) + i64::from(offset)).ok().filter(|&place| place < limit)
}

fn decoded(bytes: &[u8]) -> Option<char> {
    let (text, malformed) = SHIFT_JIS.decode_without_bom_handling(bytes);
    text.chars().next().filter(|_| !malformed)
}
