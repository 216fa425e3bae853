//! A narrow paper's blocks set on a page: where each word, rule and box goes.
//!
//! Belongs here: sizes, weights, distances, alignment (LOOK "Paper": black only, no bleed, the same
//! sum as the screen). Does not: font files, PDF. Pure: the same lines and widths give the same page.

mod block;

pub(crate) use block::{Block, Figure};

use crate::breaking;
use crate::page::{DOT, MM, Mark, Measure, Page, Voice, Weight, on_a_dot};
use madoguchi_domain::receipt::PaperLine;

/// A roll of receipt paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Roll {
    width: f32,
    printable: f32,
}

impl Roll {
    /// 80 mm wide, of which a printing head reaches 72 mm.
    pub const MM80: Self = Self { width: 80.0 * MM, printable: 72.0 * MM };
    /// 58 mm wide, of which a printing head reaches 48 mm.
    pub const MM58: Self = Self { width: 58.0 * MM, printable: 48.0 * MM };

    /// The paper's width in points.
    pub const fn width(self) -> f32 {
        self.width
    }

    fn left(self) -> f32 {
        (self.width - self.printable) / 2.0
    }

    fn right(self) -> f32 {
        self.left() + self.printable
    }
}

const TITLE: Voice = Voice { size: 14.25, weight: Weight::Bold, leading: 21.0 };
const MARK: Voice = Voice { size: 14.25, weight: Weight::Bold, leading: 20.0 };
const STRONG: Voice = Voice { size: 12.75, weight: Weight::Bold, leading: 19.5 };
/// The size of most lines, in points.
pub(crate) const BODY_SIZE: f32 = 11.25;
const BODY: Voice = Voice { size: BODY_SIZE, weight: Weight::Regular, leading: 17.0 };
const NUMBER: Voice = Voice { weight: Weight::Bold, ..BODY };
const LARGE: Voice = Voice { size: 18.0, weight: Weight::Bold, leading: 23.0 };
const SMALL: Voice = Voice { size: 9.75, weight: Weight::Regular, leading: 14.5 };

/// Above the first and below the last line; the cutter takes its share at the bottom.
const TOP: f32 = 4.0 * MM;
const BOTTOM: f32 = 8.0 * MM;
/// The least distance between a label and its number.
const GAP: f32 = 9.0;
/// A label is broken beside its number while it keeps this share of the width; then above it.
const LABEL_SHARE: f32 = 0.4;
/// A dashed rule and the space around it; the rule over a sum.
const DASHED_RULE: f32 = 2.0 * DOT;
const RULE_SPACE: f32 = 5.5;
const SUM_RULE: f32 = 4.0 * DOT;
/// The frame of a mark: its line, the space inside, the space below.
const FRAME_LINE: f32 = 6.0 * DOT;
const FRAME_PADDING: f32 = 3.0;
const FRAME_SPACE: f32 = 6.0;

/// Sets the blocks on a page of the roll's width.
///
/// The page is never wider than long: printing systems turn such pages.
pub(crate) fn set(blocks: &[Block], roll: Roll, measure: &impl Measure) -> Page {
    let mut column = Column { roll, measure, y: TOP, marks: Vec::new() };
    for block in blocks {
        column.block(block);
    }
    let height = on_a_dot((column.y + BOTTOM).max(roll.width));
    Page { width: roll.width, height, marks: column.marks }
}

/// Sets blocks as wide as the head of a receipt printer reaches and no longer than they are, every
/// length `letters` times the usual one.
pub(crate) fn strip(blocks: &[Block], roll: Roll, letters: f32, measure: &impl Measure) -> Page {
    strip_of(roll, letters, measure, |column| {
        for block in blocks {
            column.block(block);
        }
    })
}

/// The rule over a sum, alone.
pub(crate) fn sum_rule(roll: Roll, measure: &impl Measure) -> Page {
    strip_of(roll, 1.0, measure, Column::sum_rule)
}

fn strip_of<'m, M: Measure>(
    roll: Roll,
    letters: f32,
    measure: &'m M,
    set: impl FnOnce(&mut Column<'m, M>),
) -> Page {
    let across = roll.printable / letters;
    let roll = Roll { width: across, printable: across };
    let mut column = Column { roll, measure, y: 0.0, marks: Vec::new() };
    set(&mut column);
    let marks = column.marks.into_iter().map(|mark| mark.times(letters)).collect();
    Page { width: across * letters, height: on_a_dot(column.y * letters), marks }
}

struct Column<'m, M> {
    roll: Roll,
    measure: &'m M,
    y: f32,
    marks: Vec<Mark>,
}

/// Where a line of words stands between the edges.
#[derive(Clone, Copy)]
enum Align {
    Left,
    Centre,
    Right,
}

impl<M: Measure> Column<'_, M> {
    fn line(&mut self, line: &PaperLine) {
        match line {
            PaperLine::Title(words) => self.paragraph(words, TITLE, Align::Centre),
            PaperLine::Centred(words) => self.paragraph(words, BODY, Align::Centre),
            PaperLine::Boxed(words) => self.framed(words),
            PaperLine::Text(words) => self.paragraph(words, BODY, Align::Left),
            PaperLine::Strong(words) => self.paragraph(words, STRONG, Align::Left),
            PaperLine::Pair(label, number) => self.pair(label, BODY, number, NUMBER),
            PaperLine::LargePair(label, number) => self.pair(label, BODY, number, LARGE),
            PaperLine::SumPair(label, number) => {
                self.sum_rule();
                self.pair(label, BODY, number, NUMBER);
            }
            PaperLine::SmallPair(label, number) => self.pair(label, SMALL, number, SMALL),
            PaperLine::Note(words) => self.paragraph(words, SMALL, Align::Left),
            PaperLine::Rule => self.dashed_rule(),
        }
    }

    fn paragraph(&mut self, words: &str, voice: Voice, align: Align) {
        for line in self.broken(words, voice, self.roll.printable) {
            self.words(line, voice, align, voice.leading);
            self.y += voice.leading;
        }
    }

    fn framed(&mut self, words: &str) {
        let inset = FRAME_LINE + FRAME_PADDING;
        let top = on_a_dot(self.y);
        self.y = top + inset;
        for line in self.broken(words, MARK, self.roll.printable - 2.0 * inset) {
            self.words(line, MARK, Align::Centre, MARK.leading);
            self.y += MARK.leading;
        }
        self.y = on_a_dot(self.y + inset);
        self.marks.push(Mark::Frame {
            x: self.roll.left() + FRAME_LINE / 2.0,
            y: top + FRAME_LINE / 2.0,
            width: self.roll.printable - FRAME_LINE,
            height: self.y - top - FRAME_LINE,
            thickness: FRAME_LINE,
        });
        self.y += FRAME_SPACE;
    }

    /// A label at the left edge and its number at the right one, on one baseline.
    ///
    /// Where they do not fit beside each other the label is broken, and its last line has the
    /// number; where even that leaves too little room, the number stands below.
    fn pair(&mut self, label: &str, label_voice: Voice, number: &str, number_voice: Voice) {
        let room = self.roll.printable - GAP - self.width(number, number_voice);
        let beside = room >= LABEL_SHARE * self.roll.printable || self.width(label, label_voice) <= room;
        let labels = self.broken(label, label_voice, if beside { room } else { self.roll.printable });
        let numbers = self.broken(number, number_voice, self.roll.printable);
        let (above, last) = match labels.split_last() {
            Some((last, above)) if beside => (above, Some(*last)),
            _ => (labels.as_slice(), None),
        };
        for line in above {
            self.words(line, label_voice, Align::Left, label_voice.leading);
            self.y += label_voice.leading;
        }
        let leading = number_voice.leading.max(label_voice.leading);
        if let Some(last) = last {
            self.words_on(last, label_voice, Align::Left, number_voice.baseline(self.y, leading));
        }
        for (row, line) in numbers.iter().enumerate() {
            if row > 0 {
                self.y += leading;
            }
            self.words(line, number_voice, Align::Right, leading);
        }
        if last.is_some() || !numbers.is_empty() {
            self.y += leading;
        }
    }

    fn sum_rule(&mut self) {
        self.rule(1.5, SUM_RULE, 2.5, false);
    }

    fn dashed_rule(&mut self) {
        self.rule(RULE_SPACE, DASHED_RULE, RULE_SPACE, true);
    }

    fn rule(&mut self, above: f32, thickness: f32, below: f32, dashed: bool) {
        let top = on_a_dot(self.y + above);
        self.marks.push(Mark::Rule {
            from: self.roll.left(),
            to: self.roll.right(),
            y: top + thickness / 2.0,
            thickness,
            dashed,
        });
        self.y = top + thickness + below;
    }

    fn words(&mut self, words: &str, voice: Voice, align: Align, leading: f32) {
        self.words_on(words, voice, align, voice.baseline(self.y, leading));
    }

    fn words_on(&mut self, words: &str, voice: Voice, align: Align, baseline: f32) {
        let width = self.width(words, voice);
        let x = match align {
            Align::Left => self.roll.left(),
            Align::Centre => (self.roll.width - width) / 2.0,
            Align::Right => self.roll.right() - width,
        };
        let Voice { size, weight, .. } = voice;
        self.marks.push(Mark::Words { x, baseline, size, weight, words: words.to_owned() });
    }

    fn broken<'t>(&self, words: &'t str, voice: Voice, limit: f32) -> Vec<&'t str> {
        breaking::lines(words, limit, |c| self.measure.advance(voice.weight, c) * voice.size)
    }

    fn width(&self, words: &str, voice: Voice) -> f32 {
        voice.length(words, self.measure)
    }
}

#[cfg(test)]
mod tests;
