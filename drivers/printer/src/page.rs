//! A page: black marks at their places.
//!
//! Belongs here: the kinds of marks, voices (size and weight), setting one line of words. Does not: what
//! stands where (`layout`, `ticket`), font files, PDF, dots.
//!
//! All lengths are points (1/72 inch), measured from the page's top left corner.

use crate::code::Modules;

/// Points in one millimetre.
pub(crate) const MM: f32 = 72.0 / 25.4;
/// One dot of a receipt printer's head: 203 dpi, 8 dots in a millimetre. Rules and frames lie on
/// whole dots, or else two of equal thickness come out unequal.
pub(crate) const DOT: f32 = MM / 8.0;
/// The ideographic em box stands 0.88 above the baseline and 0.12 below.
pub(crate) const ABOVE_BASELINE: f32 = 0.88;

/// Regular or bold: the two weights of all screens and papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Weight {
    Regular,
    Bold,
}

/// How wide a character is set.
pub(crate) trait Measure {
    /// How far the character moves the pen, in em.
    fn advance(&self, weight: Weight, c: char) -> f32;
}

/// How far words of one size and weight reach.
pub(crate) fn length(words: &str, size: f32, weight: Weight, measure: &impl Measure) -> f32 {
    words.chars().map(|c| measure.advance(weight, c)).sum::<f32>() * size
}

/// Something black on the page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Mark {
    /// Words from `x` to the right, standing on `baseline`.
    Words { x: f32, baseline: f32, size: f32, weight: Weight, words: String },
    /// A rule across the printable width, its middle at `y`.
    Rule { from: f32, to: f32, y: f32, thickness: f32, dashed: bool },
    /// A frame; its line's middle runs along the rectangle.
    Frame { x: f32, y: f32, width: f32, height: f32, thickness: f32 },
    /// A filled rectangle.
    Bar { x: f32, y: f32, width: f32, height: f32 },
    /// A QR code without its quiet zone, each module a square of `module`.
    Code { x: f32, y: f32, module: f32, modules: Modules },
}

impl Mark {
    /// The same with every length `factor` times as long.
    pub(crate) fn times(self, factor: f32) -> Self {
        match self {
            Self::Words { x, baseline, size, weight, words } => {
                Self::Words { x: x * factor, baseline: baseline * factor, size: size * factor, weight, words }
            }
            Self::Rule { from, to, y, thickness, dashed } => Self::Rule {
                from: from * factor,
                to: to * factor,
                y: y * factor,
                thickness: thickness * factor,
                dashed,
            },
            Self::Frame { x, y, width, height, thickness } => Self::Frame {
                x: x * factor,
                y: y * factor,
                width: width * factor,
                height: height * factor,
                thickness: thickness * factor,
            },
            Self::Bar { x, y, width, height } => {
                Self::Bar { x: x * factor, y: y * factor, width: width * factor, height: height * factor }
            }
            Self::Code { x, y, module, modules } => {
                Self::Code { x: x * factor, y: y * factor, module: module * factor, modules }
            }
        }
    }

    /// The same `right` further right and `down` further down.
    pub(crate) fn moved(mut self, right: f32, down: f32) -> Self {
        match &mut self {
            Self::Words { x, baseline: y, .. }
            | Self::Frame { x, y, .. }
            | Self::Bar { x, y, .. }
            | Self::Code { x, y, .. } => (*x, *y) = (*x + right, *y + down),
            Self::Rule { from, to, y, .. } => {
                (*from, *to, *y) = (*from + right, *to + right, *y + down);
            }
        }
        self
    }
}

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Page {
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) marks: Vec<Mark>,
}

/// What was made to fit a width is not broken over two lines for the rounding of it.
const JUST_WITHIN: f32 = 0.998;

/// A voice: size, weight, and the distance from line to line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Voice {
    pub(crate) size: f32,
    pub(crate) weight: Weight,
    pub(crate) leading: f32,
}

impl Voice {
    /// The same, `factor` times as large.
    pub(crate) fn times(self, factor: f32) -> Self {
        Self { size: self.size * factor, leading: self.leading * factor, ..self }
    }

    /// How far words reach in it.
    pub(crate) fn length(self, words: &str, measure: &impl Measure) -> f32 {
        length(words, self.size, self.weight, measure)
    }

    /// The baseline of a line whose leading begins at `y`: the em box stands in its middle.
    pub(crate) fn baseline(self, y: f32, leading: f32) -> f32 {
        y + (leading - self.size) / 2.0 + ABOVE_BASELINE * self.size
    }

    /// Small enough for words to reach less far than `limit`, but not below `least` points.
    pub(crate) fn fitting(self, words: &str, limit: f32, least: f32, measure: &impl Measure) -> Self {
        let length = self.length(words, measure);
        if length <= limit { self } else { self.times((limit * JUST_WITHIN / length).max(least / self.size)) }
    }
}

/// The next whole dot below `y`.
pub(crate) fn on_a_dot(y: f32) -> f32 {
    (y / DOT).ceil() * DOT
}
