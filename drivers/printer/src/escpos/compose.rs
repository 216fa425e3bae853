//! A paper's blocks as the bytes of one job.
//!
//! Belongs here: which blocks go as letters and which as pictures, and everything around them. Does
//! not: where letters stand (`columns`), what a picture shows (`bitmap`), sending.
//!
//! A printer with kanji of its own prints letters sharper and faster than pictures, so it gets
//! letters; boxes, rules and lines with a character its ROM may lack are drawn for it, in the same
//! face as the PDF and as large as its own letters.

use super::columns::{self, Row};
use super::command;
use super::kanji::Letter;
use crate::bitmap::{self, Bitmap};
use crate::font::{Fonts, Glyphs};
use crate::layout::{self, BODY_SIZE, Block, Roll};
use crate::page::{DOT, Page};
use madoguchi_domain::receipt::PaperLine;
use madoguchi_port::paper::{PaperFault, PaperRoll};

/// The height of a printer's own kanji in dots (font A), and what makes drawn letters as large.
const KANJI_DOTS: f32 = 24.0;
const AS_LARGE_AS_KANJI: f32 = KANJI_DOTS * DOT / BODY_SIZE;

/// Below a row of high letters, in dots: printers leave nothing there themselves.
const BELOW_HIGH_LETTERS: usize = 10;
/// White rows below the last line; above the first the way from the cutter to the head stays white.
const ROWS_BELOW: usize = 2;

/// How a block is printed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// By the printer's own letters.
    Letters,
    /// As a picture of letters as large as those.
    LetterPicture,
    /// As a picture as large as it is.
    Picture,
}

/// The job that prints `blocks`, from the first byte to the cut.
pub(super) fn job(
    blocks: &[Block],
    roll: PaperRoll,
    kanji: bool,
    fonts: &Fonts,
) -> Result<Vec<u8>, PaperFault> {
    let way = |block: &Block| match block {
        Block::Line(PaperLine::Boxed(_) | PaperLine::Rule) => Way::LetterPicture,
        Block::Line(line) if kanji && columns::in_letters(line) => Way::Letters,
        Block::Line(_) => Way::LetterPicture,
        Block::Figure(_) | Block::Code(_) | Block::Stamps(_) => Way::Picture,
    };
    let drawn = blocks.iter().filter(|block| way(block) != Way::Letters);
    let glyphs = glyphs(drawn.flat_map(Block::texts), fonts)?;
    let letters = match roll {
        // The PDF's letters are made for this width.
        PaperRoll::Mm80 if !kanji => 1.0,
        PaperRoll::Mm80 | PaperRoll::Mm58 => AS_LARGE_AS_KANJI,
    };
    let mut job = Job { roll: head(roll), fonts, glyphs: &glyphs, bytes: command::FINISH.to_vec() };
    job.begin(kanji);
    for run in blocks.chunk_by(|one, next| way(one) == way(next)) {
        match run.first().map(way) {
            Some(Way::Letters) => job.print_letters(run, columns_of(roll)),
            Some(Way::LetterPicture) => job.picture(&layout::strip(run, job.roll, letters, &glyphs)),
            Some(Way::Picture) => job.picture(&layout::strip(run, job.roll, 1.0, &glyphs)),
            None => {}
        }
    }
    for _ in 0..ROWS_BELOW {
        job.bytes.extend(command::LINE_FEED);
    }
    job.bytes.extend(command::FEED_AND_CUT);
    Ok(job.bytes)
}

fn glyphs<'t>(texts: impl Iterator<Item = &'t str>, fonts: &Fonts) -> Result<Glyphs, PaperFault> {
    let mut characters = texts.flat_map(str::chars).peekable();
    if characters.peek().is_some() && fonts.is_empty() {
        return Err(PaperFault::NoFont);
    }
    fonts.glyphs(characters).map_err(PaperFault::MissingCharacters)
}

const fn head(roll: PaperRoll) -> Roll {
    match roll {
        PaperRoll::Mm80 => Roll::MM80,
        PaperRoll::Mm58 => Roll::MM58,
    }
}

/// Half-width letters of 12 dots beside each other.
const fn columns_of(roll: PaperRoll) -> usize {
    match roll {
        PaperRoll::Mm80 => 48,
        PaperRoll::Mm58 => 32,
    }
}

struct Job<'f> {
    roll: Roll,
    fonts: &'f Fonts,
    glyphs: &'f Glyphs,
    bytes: Vec<u8>,
}

impl Job<'_> {
    fn begin(&mut self, kanji: bool) {
        self.bytes.extend(command::INITIALISE);
        self.bytes.extend(command::NO_AUTOMATIC_STATUS);
        if kanji {
            self.bytes.extend(command::JAPANESE_SET);
            self.bytes.extend(command::KATAKANA);
            self.bytes.extend(command::KANJI_MODE);
            self.bytes.extend(command::SHIFT_JIS);
        }
    }

    fn print_letters(&mut self, blocks: &[Block], columns: usize) {
        for block in blocks {
            let Block::Line(line) = block else { continue };
            if matches!(line, PaperLine::SumPair(..)) {
                self.picture(&layout::sum_rule(self.roll, self.glyphs));
            }
            for row in columns::set(line, columns) {
                self.row(&row);
            }
        }
    }

    fn row(&mut self, row: &Row) {
        for span in row.iter().filter(|span| !span.text.is_empty()) {
            self.bytes.extend(command::letters(span.size.wide, span.size.high));
            self.bytes.extend(command::strong(span.strong));
            for letter in span.text.chars().filter_map(Letter::of) {
                letter.push_to(&mut self.bytes);
            }
        }
        self.bytes.extend(command::LINE_FEED);
        if row.iter().any(|span| span.size.high > 1) {
            self.dots(&Bitmap { bytes_across: 1, rows: vec![0; BELOW_HIGH_LETTERS] });
        }
    }

    fn picture(&mut self, page: &Page) {
        self.dots(&bitmap::draw(page, self.fonts, self.glyphs));
    }

    fn dots(&mut self, Bitmap { bytes_across, rows }: &Bitmap) {
        for band in rows.chunks(bytes_across * command::BAND) {
            // A head is 72 bytes wide and a band 128 rows high.
            let [across, down] = [*bytes_across, band.len() / bytes_across]
                .map(|length| u16::try_from(length).unwrap_or(u16::MAX));
            self.bytes.extend(command::raster(across, down));
            self.bytes.extend(band);
        }
    }
}
