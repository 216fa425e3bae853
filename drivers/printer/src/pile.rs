//! A site's cleared tickets on sheets: as many pages as they need, each with its number and the sum so far.
//!
//! Belongs here: pages, columns, where a list is broken. Does not: its words
//! (`madoguchi_domain::ticket::ClearedPile`), the same list on a roll (lines like any other).

use crate::page::{MM, Mark, Measure, Page, Voice, Weight};
use madoguchi_domain::points::grouped;
use madoguchi_domain::ticket::{ClearedTicket, PileWords};
use madoguchi_port::paper::Sheet;

const TITLE: Voice = Voice { size: 15.0, weight: Weight::Bold, leading: 22.0 };
const SITE: Voice = Voice { size: 12.0, weight: Weight::Bold, leading: 18.0 };
const BODY: Voice = Voice { size: 9.0, weight: Weight::Regular, leading: 14.0 };
const ROW: Voice = Voice { size: 9.5, weight: Weight::Regular, leading: 15.0 };
const TOTAL: Voice = Voice { size: 12.0, weight: Weight::Bold, leading: 20.0 };
const MARK: Voice = Voice { size: 12.0, weight: Weight::Bold, leading: 16.0 };

/// No name is set smaller.
const LEAST: f32 = 7.0;
const RULE: f32 = 0.5 * MM;
const HAIR: f32 = 0.2 * MM;
const GAP: f32 = 2.0 * MM;
const FRAME: f32 = 0.6 * MM;
const PADDING: f32 = 1.0 * MM;
/// Where columns end, in shares of the width: place, ticket, points, sum so far.
const COLUMNS: [f32; 4] = [0.1, 0.46, 0.7, 1.0];

/// What numbers, sums and page numbers are written with.
pub(crate) const FIGURES: &str = "0123456789,-/ ";

/// Sets the list.
pub(crate) fn pages(
    words: &PileWords,
    tickets: &[ClearedTicket],
    sheet: Sheet,
    measure: &impl Measure,
) -> Vec<Page> {
    let (width, height, edge) = match sheet {
        Sheet::A4 => (210.0 * MM, 297.0 * MM, 16.0 * MM),
        Sheet::A6 => (105.0 * MM, 148.0 * MM, 7.0 * MM),
    };
    let frame = Sizes { width, height, edge };
    let rows = frame.rows(words);
    let count = tickets.len().div_ceil(rows).max(1);
    let mut before = Before { tickets: 0, points: 0 };
    (0..count)
        .map(|index| {
            let from = index * rows;
            let on_this = &tickets[from.min(tickets.len())..(from + rows).min(tickets.len())];
            let mut page = Pages { frame, measure, y: edge, marks: Vec::new() };
            page.top(words, index + 1, count);
            before = page.rows(on_this, before);
            if index + 1 == count {
                page.total(words);
            }
            page.training_below(words);
            Page { width, height, marks: page.marks }
        })
        .collect()
}

#[derive(Clone, Copy)]
struct Sizes {
    width: f32,
    height: f32,
    edge: f32,
}

/// What earlier pages have.
#[derive(Clone, Copy)]
struct Before {
    tickets: usize,
    points: i64,
}

impl Sizes {
    fn across(self) -> f32 {
        self.width - 2.0 * self.edge
    }

    fn right(self) -> f32 {
        self.width - self.edge
    }

    /// How many tickets a page has room for; the sum has its place on every one.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // some dozens, not below one
    fn rows(self, words: &PileWords) -> usize {
        let boxes = 2.0 * box_height(words.training.as_ref()) + box_height(words.reprint.as_ref());
        let top = TITLE.leading + SITE.leading + BODY.leading + GAP + BODY.leading + RULE + GAP;
        let total = GAP + RULE + TOTAL.leading + 2.0 * BODY.leading;
        let room = self.height - 2.0 * self.edge - boxes - top - total;
        (room / ROW.leading).max(1.0) as usize
    }
}

fn box_height(mark: Option<&String>) -> f32 {
    if mark.is_some() { MARK.leading + 2.0 * (FRAME + PADDING) + GAP } else { 0.0 }
}

struct Pages<'m, M> {
    frame: Sizes,
    measure: &'m M,
    y: f32,
    marks: Vec<Mark>,
}

impl<M: Measure> Pages<'_, M> {
    fn top(&mut self, words: &PileWords, page: usize, of: usize) {
        let Sizes { edge, .. } = self.frame;
        for mark in [&words.training, &words.reprint].into_iter().flatten() {
            self.boxed(mark);
        }
        let number = format!("{page} / {of}");
        let beside = BODY.length(&number, self.measure) + 4.0 * MM;
        self.right(&number, BODY, TITLE.baseline(self.y, TITLE.leading));
        self.line(&words.title, TITLE, self.frame.across() - beside);
        self.line(&words.site, SITE, self.frame.across());
        self.line(&words.cleared, BODY, self.frame.across());
        self.y += GAP;
        self.row(&words.columns.each_ref().map(String::as_str), BODY);
        self.marks.push(Mark::Bar { x: edge, y: self.y, width: self.frame.across(), height: RULE });
        self.y += RULE + GAP;
    }

    fn rows(&mut self, tickets: &[ClearedTicket], mut before: Before) -> Before {
        for ClearedTicket { number, points } in tickets {
            before = Before { tickets: before.tickets + 1, points: before.points + points };
            let (place, so_far) = (before.tickets.to_string(), grouped(before.points));
            self.row(&[&place, &number.spaced(), &grouped(*points), &so_far], ROW);
            let Sizes { edge: x, .. } = self.frame;
            self.marks.push(Mark::Bar { x, y: self.y - HAIR, width: self.frame.across(), height: HAIR });
        }
        before
    }

    fn total(&mut self, words: &PileWords) {
        let Sizes { edge: x, .. } = self.frame;
        self.y += GAP;
        self.marks.push(Mark::Bar { x, y: self.y, width: self.frame.across(), height: RULE });
        self.y += RULE;
        self.right(&words.points, TOTAL, TOTAL.baseline(self.y, TOTAL.leading));
        self.line(&words.total, TOTAL, self.frame.across() / 2.0);
        if let Some(note) = &words.unconfirmed {
            self.line(note, BODY, self.frame.across());
        }
    }

    /// 訓練 at the other end of the page, too.
    fn training_below(&mut self, words: &PileWords) {
        if let Some(mark) = &words.training {
            self.y = self.frame.height - self.frame.edge - box_height(Some(mark)) + GAP;
            self.boxed(mark);
        }
    }

    fn boxed(&mut self, mark: &str) {
        let height = MARK.leading + 2.0 * (FRAME + PADDING);
        let inside = self.frame.across() - FRAME;
        self.marks.push(Mark::Frame {
            x: self.frame.edge + FRAME / 2.0,
            y: self.y + FRAME / 2.0,
            width: inside,
            height: height - FRAME,
            thickness: FRAME,
        });
        let voice = MARK.fitting(mark, inside - 4.0 * MM, LEAST, self.measure);
        let x = (self.frame.width - voice.length(mark, self.measure)) / 2.0;
        self.words(mark, voice, x, voice.baseline(self.y + FRAME + PADDING, MARK.leading));
        self.y += height + GAP;
    }

    /// One line at the left edge, smaller where it would not fit.
    fn line(&mut self, words: &str, voice: Voice, limit: f32) {
        let fitting = voice.fitting(words, limit, LEAST, self.measure);
        self.words(words, fitting, self.frame.edge, fitting.baseline(self.y, voice.leading));
        self.y += voice.leading;
    }

    /// One row of the table; numbers end where their column does, the ticket begins where the first ends.
    fn row(&mut self, texts: &[&str; 4], voice: Voice) {
        let baseline = voice.baseline(self.y, voice.leading);
        for (column, (text, end)) in texts.iter().zip(COLUMNS).enumerate() {
            let end = self.frame.edge + end * self.frame.across();
            let x = match column {
                1 => self.frame.edge + COLUMNS[0] * self.frame.across() + 3.0 * MM,
                _ => end - voice.length(text, self.measure),
            };
            self.words(text, voice, x, baseline);
        }
        self.y += voice.leading;
    }

    fn right(&mut self, words: &str, voice: Voice, baseline: f32) {
        let x = self.frame.right() - voice.length(words, self.measure);
        self.words(words, voice, x, baseline);
    }

    fn words(&mut self, words: &str, Voice { size, weight, .. }: Voice, x: f32, baseline: f32) {
        if !words.is_empty() {
            self.marks.push(Mark::Words { x, baseline, size, weight, words: words.to_owned() });
        }
    }
}
