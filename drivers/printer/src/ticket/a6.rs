//! One ticket on A6, 105 × 148 mm.
//!
//! From the top: who issued it and how much, a bar, the code beside number and days, two boxes for stamps,
//! what holds for it. The boxes take what the rest leaves; where names are long and marks many, everything
//! else draws closer before a box becomes too small for a stamp.

use super::Ticket;
use crate::breaking;
use crate::code::{Modules, QUIET_ZONE};
use crate::page::{MM, Mark, Measure, Page, Voice, Weight};

/// The sheet.
pub(super) const WIDTH: f32 = 105.0 * MM;
pub(super) const HEIGHT: f32 = 148.0 * MM;

/// Printers reach no nearer to the edge than some 4 mm.
const LEFT: f32 = 7.0 * MM;
const RIGHT: f32 = WIDTH - LEFT;
const ACROSS: f32 = RIGHT - LEFT;
const TOP: f32 = 6.0 * MM;
const BOTTOM: f32 = HEIGHT - 5.0 * MM;

const fn regular(size: f32, leading: f32) -> Voice {
    Voice { size, weight: Weight::Regular, leading }
}

const fn bold(size: f32, leading: f32) -> Voice {
    Voice { size, weight: Weight::Bold, leading }
}

const ISSUER: Voice = regular(11.0, 14.0);
const TITLE: Voice = bold(19.0, 23.0);
/// The title takes no more of the width: the figure beside it is what counts.
const TITLES_SHARE: f32 = 0.36;
const FIGURE: Voice = bold(34.0, 34.0);
const UNIT: Voice = bold(11.0, 14.0);
/// Between the figure and what it is worth.
const WORTH_GAP: f32 = 0.8 * MM;
const WORTH: Voice = regular(8.5, 12.0);
const LABEL: Voice = regular(8.5, 12.0);
const NUMBER: Voice = bold(15.0, 20.0);
const DAY: Voice = bold(14.0, 19.0);
const UNTIL: Voice = regular(10.0, 19.0);
const STAMP_NAME: Voice = regular(9.0, 14.0);
const NOTE: Voice = regular(8.0, 11.2);
/// The event, and 訓練, each in its box.
const BOXED: Voice = bold(13.0, 17.0);

/// No names are set smaller, in points.
const LEAST: f32 = 8.0;
/// No number is set smaller, in points.
const LEAST_FIGURE: f32 = 12.0;
/// How close everything stands.
#[derive(Clone, Copy)]
struct Density {
    /// White between the parts, in times the usual.
    air: f32,
    /// Marks in boxes, in times their usual size.
    marks: f32,
    /// Notes, in times their usual size.
    notes: f32,
}

/// Tried in this order until a stamp has room.
const DENSITIES: [Density; 5] = [
    Density { air: 1.0, marks: 1.0, notes: 1.0 },
    Density { air: 0.8, marks: 0.85, notes: 0.94 },
    Density { air: 0.5, marks: 0.75, notes: 0.88 },
    Density { air: 0.3, marks: 0.7, notes: 0.82 },
    Density { air: 0.1, marks: 0.66, notes: 0.8 },
];

const CODE: f32 = 30.0 * MM;
const CODE_LINE: f32 = 0.2 * MM;
const BESIDE_CODE: f32 = 6.0 * MM;
const BAR: f32 = 3.0 * MM;
/// White between header and bar, and the least around the code.
const ABOVE_BAR: f32 = 2.5 * MM;
const QUIET: f32 = 4.2 * MM;
const FRAME: f32 = 0.35 * MM;
const HAIR: f32 = 0.2 * MM;
const BOX_LINE: f32 = 0.6 * MM;
const BOX_PADDING: f32 = 1.0 * MM;
const STAMP_GAP: f32 = 4.0 * MM;
/// The issuer's box takes this share of what both have.
const ISSUERS_SHARE: f32 = 0.4;
/// The least room for a stamp below the box's name.
const STAMP: f32 = 25.0 * MM;
const GAP: f32 = 3.0 * MM;
/// Before every note; what follows in further lines is set under its first word.
pub(super) const BULLET: &str = "・";

/// Sets one ticket.
pub(crate) fn sheet(ticket: &Ticket, measure: &impl Measure) -> Page {
    let mut tried = DENSITIES.into_iter().map(|density| {
        let mut sheet = Sheet { measure, density, y: TOP, bottom: BOTTOM, marks: Vec::new() };
        let room = sheet.set(ticket);
        (room, sheet.marks)
    });
    let mut marks = Vec::new();
    for (room, tried) in tried.by_ref() {
        marks = tried;
        if room >= STAMP {
            break;
        }
    }
    Page { width: WIDTH, height: HEIGHT, marks }
}

struct Sheet<'m, M> {
    measure: &'m M,
    density: Density,
    /// What is set from the top ends here.
    y: f32,
    /// What is set from the bottom begins here.
    bottom: f32,
    marks: Vec<Mark>,
}

impl<M: Measure> Sheet<'_, M> {
    /// Sets everything; returns what the boxes leave for a stamp.
    fn set(&mut self, ticket: &Ticket) -> f32 {
        self.training(ticket);
        self.header(ticket);
        self.bar();
        self.event(ticket);
        self.middle(ticket);
        self.notes(ticket);
        self.stamps(ticket);
        self.bottom - self.y - STAMP_NAME.leading
    }

    fn air(&self, usual: f32) -> f32 {
        usual * self.density.air
    }

    /// Boxed at both ends.
    fn training(&mut self, ticket: &Ticket) {
        if let Some(mark) = &ticket.words.training {
            let gap = self.air(GAP);
            self.y = self.boxed(mark, self.y) + gap;
            let height = self.boxed_height(mark);
            self.boxed(mark, self.bottom - height);
            self.bottom -= height + gap;
        }
    }

    /// The issuer over the title at the left, the points at the right; a long name over both.
    fn header(&mut self, ticket: &Ticket) {
        let words = &ticket.words;
        let issuer = ISSUER.fitting(&words.issuer, ACROSS, LEAST, self.measure);
        let title = TITLE.fitting(&words.title, TITLES_SHARE * ACROSS, LEAST, self.measure);
        let title_reach = title.length(&words.title, self.measure);
        let unit_reach = UNIT.length(&words.unit, self.measure) + 1.0 * MM;
        let room = ACROSS - title_reach - 5.0 * MM - unit_reach;
        let figure = FIGURE.fitting(&words.points, room, LEAST_FIGURE, self.measure);
        let issuer_reach = issuer.length(&words.issuer, self.measure);
        let figure_reach = figure.length(&words.points, self.measure) + unit_reach;
        let lines = breaking::lines(&words.issuer, ACROSS, |c| issuer.length(&c.to_string(), self.measure));
        for line in &lines {
            self.left(line, issuer, LEFT, issuer.baseline(self.y, issuer.leading));
            self.y += issuer.leading;
        }
        // The figure reaches up into this line even where the name is blank.
        if lines.is_empty() {
            self.y += issuer.leading;
        }
        // The figure is taller than the title: it may reach up beside a short name only.
        if issuer_reach + 5.0 * MM + figure_reach > ACROSS {
            self.y += (figure.size - TITLE.size).max(0.0) / 2.0;
        }
        let baseline = TITLE.baseline(self.y, TITLE.leading);
        self.left(&words.title, title, LEFT, baseline);
        self.right(&words.unit, UNIT, RIGHT, baseline);
        self.right(&words.points, figure, RIGHT - unit_reach, baseline);
        self.y += TITLE.leading + self.air(WORTH_GAP);
        self.right(&words.worth, WORTH, RIGHT, WORTH.baseline(self.y, WORTH.leading));
        self.y += WORTH.leading;
    }

    fn bar(&mut self) {
        self.y += self.air(ABOVE_BAR);
        self.marks.push(Mark::Bar { x: LEFT, y: self.y, width: ACROSS, height: BAR });
        self.y += BAR;
    }

    fn event(&mut self, ticket: &Ticket) {
        if let Some(event) = &ticket.words.event {
            let top = self.y + self.air(ABOVE_BAR);
            self.y = self.boxed(event, top);
        }
    }

    fn middle(&mut self, ticket: &Ticket) {
        let top = self.y + QUIET;
        self.code(ticket.code(), top);
        let words = &ticket.words;
        let x = LEFT + CODE + BESIDE_CODE;
        let mut y = top - 1.0 * MM;
        self.left(&words.number_label, LABEL, x, LABEL.baseline(y, LABEL.leading));
        y += LABEL.leading;
        self.left(ticket.number(), NUMBER, x, NUMBER.baseline(y, NUMBER.leading));
        y += NUMBER.leading + 1.0 * MM;
        self.left(&words.last_day_label, LABEL, x, LABEL.baseline(y, LABEL.leading));
        y += LABEL.leading;
        let baseline = DAY.baseline(y, DAY.leading);
        self.left(&words.last_day, DAY, x, baseline);
        let until = x + DAY.length(&words.last_day, self.measure) + 1.0 * MM;
        self.left(&words.until, UNTIL, until, baseline);
        y += DAY.leading + 1.0 * MM;
        for text in [&words.issued, &words.issued_at] {
            for line in self.broken(text, LABEL, RIGHT - x) {
                self.left(line, LABEL, x, LABEL.baseline(y, LABEL.leading));
                y += LABEL.leading;
            }
        }
        // Half of the stamps' frame stands above where they begin.
        self.y = (top + CODE + FRAME / 2.0).max(y) + QUIET;
    }

    #[allow(clippy::cast_precision_loss)] // a code has a few dozen modules
    fn code(&mut self, modules: Option<&Modules>, y: f32) {
        let Some(modules) = modules else {
            let frame = Mark::Frame { x: LEFT, y, width: CODE, height: CODE, thickness: CODE_LINE };
            self.marks.push(frame);
            return;
        };
        let module = CODE / modules.across() as f32;
        debug_assert!(module * QUIET_ZONE <= QUIET.min(BESIDE_CODE).min(LEFT));
        self.marks.push(Mark::Code { x: LEFT, y, module, modules: modules.clone() });
    }

    /// From the bottom upwards, so that the boxes take the rest.
    fn notes(&mut self, ticket: &Ticket) {
        let voice = NOTE.times(self.density.notes);
        for note in ticket.words.notes.iter().rev() {
            self.bottom -= self.note_height(note, voice);
            let indent = voice.length(BULLET, self.measure);
            let lines = self.broken(note, voice, ACROSS - indent);
            let mut y = self.bottom;
            self.left(BULLET, voice, LEFT, voice.baseline(y, voice.leading));
            for line in lines {
                self.left(line, voice, LEFT + indent, voice.baseline(y, voice.leading));
                y += voice.leading;
            }
        }
        self.bottom -= self.air(GAP);
    }

    #[allow(clippy::cast_precision_loss)] // a note has a few lines
    fn note_height(&self, note: &str, voice: Voice) -> f32 {
        let indent = voice.length(BULLET, self.measure);
        self.broken(note, voice, ACROSS - indent).len() as f32 * voice.leading
    }

    fn stamps(&mut self, ticket: &Ticket) {
        let height = self.bottom - self.y;
        let issuers = (ACROSS - STAMP_GAP) * ISSUERS_SHARE;
        let shops = ACROSS - STAMP_GAP - issuers;
        let [first, second] = &ticket.words.stamps;
        self.stamp(first, LEFT, issuers, height);
        self.stamp(second, RIGHT - shops, shops, height);
    }

    fn stamp(&mut self, name: &str, x: f32, width: f32, height: f32) {
        let y = self.y;
        self.marks.push(Mark::Frame { x, y, width, height, thickness: FRAME });
        self.marks.push(Mark::Bar { x, y: y + STAMP_NAME.leading, width, height: HAIR });
        let voice = STAMP_NAME.fitting(name, width - 4.0 * MM, 6.0, self.measure);
        self.left(name, voice, x + 2.0 * MM, voice.baseline(y, STAMP_NAME.leading));
    }

    /// A box over the whole width; returns where it ends.
    fn boxed(&mut self, words: &str, top: f32) -> f32 {
        let voice = self.boxed_voice(words);
        let height = self.boxed_height(words);
        let half = BOX_LINE / 2.0;
        self.marks.push(Mark::Frame {
            x: LEFT + half,
            y: top + half,
            width: ACROSS - BOX_LINE,
            height: height - BOX_LINE,
            thickness: BOX_LINE,
        });
        let mut y = top + BOX_LINE + self.air(BOX_PADDING);
        for line in self.broken(words, voice, IN_BOX) {
            let x = LEFT + (ACROSS - voice.length(line, self.measure)) / 2.0;
            self.left(line, voice, x, voice.baseline(y, voice.leading));
            y += voice.leading;
        }
        top + height
    }

    #[allow(clippy::cast_precision_loss)] // a box has a line or two
    fn boxed_height(&self, words: &str) -> f32 {
        let voice = self.boxed_voice(words);
        let lines = self.broken(words, voice, IN_BOX).len() as f32;
        lines * voice.leading + 2.0 * (BOX_LINE + self.air(BOX_PADDING))
    }

    /// In one line where that stays large enough to be seen at once.
    fn boxed_voice(&self, words: &str) -> Voice {
        BOXED.times(self.density.marks).fitting(words, IN_BOX, LEAST, self.measure)
    }

    fn left(&mut self, words: &str, voice: Voice, x: f32, baseline: f32) {
        if !words.is_empty() {
            let Voice { size, weight, .. } = voice;
            self.marks.push(Mark::Words { x, baseline, size, weight, words: words.to_owned() });
        }
    }

    fn right(&mut self, words: &str, voice: Voice, right: f32, baseline: f32) {
        self.left(words, voice, right - voice.length(words, self.measure), baseline);
    }

    fn broken<'t>(&self, words: &'t str, voice: Voice, limit: f32) -> Vec<&'t str> {
        breaking::lines(words, limit, |c| self.measure.advance(voice.weight, c) * voice.size)
    }
}

/// The width inside a box.
const IN_BOX: f32 = ACROSS - 2.0 * BOX_LINE - 4.0 * MM;

#[cfg(test)]
mod tests;
