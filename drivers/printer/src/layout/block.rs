//! What a narrow paper is made of: the lines every paper has, and what only a ticket has.

use super::{BODY, Column, SMALL};
use crate::code::{Modules, QUIET_ZONE};
use crate::page::{DOT, MM, Mark, Measure, Voice, Weight, on_a_dot};
use madoguchi_domain::receipt::PaperLine;

/// One block of a narrow paper.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    /// A line as receipts have it.
    Line(PaperLine),
    /// A number as large as the paper lets it be.
    Figure(Figure),
    /// A QR code in the middle, or an empty place for one.
    Code(Option<Modules>),
    /// Two boxes for stamps, each under its name.
    Stamps([String; 2]),
}

/// A large number and its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Figure {
    pub(crate) number: String,
    pub(crate) unit: String,
}

impl Block {
    /// Every text in it.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        let (line, own): (Option<&PaperLine>, Vec<&str>) = match self {
            Self::Line(line) => (Some(line), Vec::new()),
            Self::Figure(Figure { number, unit }) => (None, vec![number, unit]),
            Self::Code(_) => (None, Vec::new()),
            Self::Stamps(names) => (None, names.iter().map(String::as_str).collect()),
        };
        line.into_iter().flat_map(PaperLine::texts).chain(own)
    }
}

/// One dot of a code's module on receipt paper: 8 dots, so that every module is equally wide.
const MODULE: f32 = 8.0 * DOT;
/// An empty place for a code: as large as version 3.
const EMPTY_CODE: f32 = 29.0 * MODULE;
/// The number, and its unit beside it.
const FIGURE: Voice = Voice { size: 34.0, weight: Weight::Bold, leading: 40.0 };
const UNIT: Voice = Voice { size: 14.25, weight: Weight::Bold, leading: 20.0 };
const LEAST_FIGURE: f32 = 8.0;
const UNIT_GAP: f32 = 4.0;
/// A box for a stamp: room for a round one of 25 mm, and its name above.
const STAMP: f32 = 27.0 * MM;
/// The whole box.
const STAMP_BOX: f32 = SMALL.leading + STAMP;
const STAMP_LINE: f32 = 3.0 * DOT;
const STAMP_GAP: f32 = 2.5 * MM;
const STAMP_SPACE: f32 = 2.0 * MM;

impl<M: Measure> Column<'_, M> {
    pub(super) fn block(&mut self, block: &Block) {
        match block {
            Block::Line(line) => self.line(line),
            Block::Figure(figure) => self.figure(figure),
            Block::Code(modules) => self.code(modules.as_ref()),
            Block::Stamps(names) => self.stamps(names),
        }
    }

    fn figure(&mut self, Figure { number, unit }: &Figure) {
        let beside = UNIT_GAP + UNIT.length(unit, self.measure);
        let voice = FIGURE.fitting(number, self.roll.printable - beside, LEAST_FIGURE, self.measure);
        let reach = voice.length(number, self.measure);
        let x = (self.roll.width - reach - beside) / 2.0;
        let leading = voice.leading.max(UNIT.leading);
        let baseline = voice.baseline(self.y, leading);
        self.words_at(x, baseline, voice, number);
        self.words_at(x + reach + UNIT_GAP, baseline, UNIT, unit);
        self.y += leading;
    }

    fn words_at(&mut self, x: f32, baseline: f32, Voice { size, weight, .. }: Voice, words: &str) {
        self.marks.push(Mark::Words { x, baseline, size, weight, words: words.to_owned() });
    }

    #[allow(clippy::cast_precision_loss)] // a code has a few dozen modules
    fn code(&mut self, modules: Option<&Modules>) {
        let side = modules.map_or(EMPTY_CODE, |modules| modules.across() as f32 * MODULE);
        let quiet = QUIET_ZONE * MODULE;
        let x = on_a_dot((self.roll.width - side) / 2.0);
        let y = on_a_dot(self.y) + quiet;
        self.marks.push(match modules {
            Some(modules) => Mark::Code { x, y, module: MODULE, modules: modules.clone() },
            None => Mark::Frame { x, y, width: side, height: side, thickness: DOT },
        });
        self.y = y + side + quiet;
    }

    /// Beside each other where both keep the width of a stamp, else one below the other.
    fn stamps(&mut self, names: &[String; 2]) {
        let half = (self.roll.printable - STAMP_GAP) / 2.0;
        let [first, second] = names;
        self.y = on_a_dot(self.y + STAMP_SPACE);
        if half >= STAMP {
            self.stamp(first, self.roll.left(), half);
            self.stamp(second, self.roll.right() - half, half);
            self.y += STAMP_BOX;
        } else {
            for name in names {
                self.stamp(name, self.roll.left(), self.roll.printable);
                self.y = on_a_dot(self.y + STAMP_BOX + STAMP_SPACE);
            }
        }
        self.y += STAMP_SPACE;
    }

    fn stamp(&mut self, name: &str, left: f32, width: f32) {
        let (x, y) = (left + STAMP_LINE / 2.0, self.y + STAMP_LINE / 2.0);
        let (width, height) = (width - STAMP_LINE, STAMP_BOX - STAMP_LINE);
        self.marks.push(Mark::Frame { x, y, width, height, thickness: STAMP_LINE });
        self.marks.push(Mark::Bar { x, y: self.y + SMALL.leading, width, height: DOT });
        let inset = 1.5 * MM;
        let voice = SMALL.fitting(name, width - 2.0 * inset, BODY.size / 2.0, self.measure);
        self.words_at(left + inset, voice.baseline(self.y, SMALL.leading), voice, name);
    }
}
