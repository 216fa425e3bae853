//! How the printer is: its faults, its papers, and the answers it owes.
//!
//! Belongs here: what happens to bytes that came in, in the order they came. Does not: the lines they
//! come over.

use super::interpreter::{Build, Effect, Interpreter};
use super::paper::Paper;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What answers to `DLE EOT` have in common, and their bits (Epson's command reference).
const ANSWER: u8 = 0x12;
const OFF_LINE: u8 = 0x08;
const COVER_OPEN: u8 = 0x04;
const STOPPED_AT_PAPER_END: u8 = 0x20;
const CUTTER_ERROR: u8 = 0x08;
const PAPER_END: u8 = 0x60;
/// The answer to `GS r 1` while there is paper.
const PRINTED: u8 = 0;

/// The printer, shared by the lines to it and the hand that works it.
pub(super) struct Inside {
    state: Mutex<State>,
    changed: Condvar,
}

/// What became of bytes that came in.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// More may come.
    Stays,
    /// It is cut now.
    Cut,
}

#[allow(clippy::struct_excessive_bools)] // each told by hand
pub(super) struct State {
    interpreter: Interpreter,
    papers: Vec<Paper>,
    pictures: Option<PathBuf>,
    not_understood: Option<String>,
    paper_out: bool,
    cover_open: bool,
    cutter_jammed: bool,
    silent: bool,
    paper_ends_after: Option<usize>,
    line_cut_after: Option<usize>,
    sender: Option<Box<dyn Write + Send>>,
}

impl Inside {
    pub(super) fn new(build: Build) -> io::Result<Self> {
        let state = State {
            interpreter: Interpreter::new(build)?,
            papers: Vec::new(),
            pictures: None,
            not_understood: None,
            paper_out: false,
            cover_open: false,
            cutter_jammed: false,
            silent: false,
            paper_ends_after: None,
            line_cut_after: None,
            sender: None,
        };
        Ok(Self { state: Mutex::new(state), changed: Condvar::new() })
    }

    pub(super) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.lock();
        let done = change(&mut state);
        state.go_on();
        self.changed.notify_all();
        done
    }

    pub(super) fn papers(&self) -> Vec<Paper> {
        self.lock().understood().papers.clone()
    }

    #[allow(clippy::panic)] // a test waits for what does not come
    pub(super) fn wait_for_papers(&self, count: usize, limit: Duration) -> Vec<Paper> {
        let still_waits = |state: &mut State| state.understood().papers.len() < count;
        let waited = self.changed.wait_timeout_while(self.lock(), limit, still_waits);
        let (state, waited) = waited.unwrap_or_else(PoisonError::into_inner);
        assert!(!waited.timed_out(), "{} of {count} papers came", state.papers.len());
        state.papers.clone()
    }

    pub(super) fn uncut(&self) -> Option<Paper> {
        self.lock().understood().interpreter.uncut()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    pub(super) fn set_paper_out(&mut self, out: bool) {
        self.paper_out = out;
    }

    pub(super) fn set_cover_open(&mut self, open: bool) {
        self.cover_open = open;
    }

    pub(super) fn set_cutter_jammed(&mut self, jammed: bool) {
        self.cutter_jammed = jammed;
    }

    pub(super) fn set_silent(&mut self, silent: bool) {
        self.silent = silent;
    }

    pub(super) fn end_paper_after(&mut self, bytes: usize) {
        self.paper_ends_after = Some(bytes);
    }

    pub(super) fn cut_line_after(&mut self, bytes: usize) {
        self.line_cut_after = Some(bytes);
    }

    /// Answers go there from now on.
    pub(super) fn answer_to(&mut self, sender: Option<Box<dyn Write + Send>>) {
        self.sender = sender;
    }

    /// What an off and on leaves: the paper, and the faults somebody must see to.
    pub(super) fn restart(&mut self) {
        self.sender = None;
        self.interpreter.restart();
    }

    pub(super) fn keep_pictures_in(&mut self, folder: &Path) {
        self.pictures = Some(folder.to_owned());
    }

    /// A paper fell out.
    fn drop_paper(&mut self, paper: Paper) {
        self.papers.push(paper);
        if let (Some(folder), Some(paper)) = (&self.pictures, self.papers.last()) {
            let picture = folder.join(format!("receipt-{}.png", self.papers.len()));
            if let Err(error) = paper.save(&picture) {
                eprintln!("{}: {error}", picture.display());
            }
        }
    }

    /// Bytes came in.
    pub(super) fn receive(&mut self, bytes: &[u8]) -> Line {
        let whole = bytes.len();
        let bytes = &bytes[..self.line_cut_after.map_or(whole, |left| left.min(whole))];
        let before_end = self.paper_ends_after.map_or(bytes.len(), |left| left.min(bytes.len()));
        let (printed, later) = bytes.split_at(before_end);
        self.interpreter.take(printed);
        self.go_on();
        if let Some(left) = &mut self.paper_ends_after {
            *left -= printed.len();
            if *left == 0 {
                self.paper_ends_after = None;
                self.paper_out = true;
            }
        }
        self.interpreter.take(later);
        self.go_on();
        if let Some(left) = &mut self.line_cut_after {
            *left -= bytes.len();
            if *left == 0 {
                self.line_cut_after = None;
                self.interpreter.lose_the_thread();
                return Line::Cut;
            }
        }
        Line::Stays
    }

    /// Does what can be done with the bytes there are.
    fn go_on(&mut self) {
        while self.not_understood.is_none() {
            if self.is_stopped() {
                let Some(question) = self.interpreter.question_at_once() else { return };
                self.answer_at_once(question);
                continue;
            }
            match self.interpreter.step() {
                None => return,
                Some(Ok(None)) => {}
                Some(Ok(Some(Effect::Cut(paper)))) => self.drop_paper(paper),
                Some(Ok(Some(Effect::AskedWhenPrinted))) => self.answer(PRINTED),
                Some(Ok(Some(Effect::AskedAtOnce(question)))) => self.answer_at_once(question),
                Some(Err(reason)) => self.not_understood = Some(reason),
            }
        }
    }

    const fn is_stopped(&self) -> bool {
        self.paper_out || self.cover_open || self.cutter_jammed
    }

    fn answer_at_once(&mut self, question: u8) {
        let bit = |on: bool, bit: u8| if on { bit } else { 0 };
        let bits = match question {
            1 => bit(self.is_stopped(), OFF_LINE),
            2 => bit(self.cover_open, COVER_OPEN) | bit(self.paper_out, STOPPED_AT_PAPER_END),
            3 => bit(self.cutter_jammed, CUTTER_ERROR),
            _ => bit(self.paper_out, PAPER_END),
        };
        self.answer(ANSWER | bits);
    }

    fn answer(&mut self, byte: u8) {
        if self.silent {
            return;
        }
        if let Some(sender) = &mut self.sender {
            // Whoever asked may be gone.
            let _ = sender.write_all(&[byte]);
        }
    }

    /// Itself, if it understood everything it was sent.
    #[allow(clippy::panic)] // a sender's fault is to be found, not lived with
    fn understood(&self) -> &Self {
        if let Some(reason) = &self.not_understood {
            panic!("the printer was sent what it does not understand: {reason}");
        }
        self
    }
}
