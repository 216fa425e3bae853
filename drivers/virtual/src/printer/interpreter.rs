//! What bytes do to the paper.
//!
//! Belongs here: the printer's modes, its row of letters, its answers. Does not: where bytes come
//! from, being told to fail (`state`).

use super::command::{self, Command, Read};
use super::paper::{Paper, PlacedLetter};
use super::rom::{CELL, Rom};
use std::io;

/// From row to row, in dots: a sixth of an inch at 203 dots.
const ROW: usize = 34;

/// What a printer is built as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Build {
    /// How many dots its head has: 576 for 80 mm, 384 for 58 mm.
    pub head: usize,
    /// Whether it has kanji of its own.
    pub kanji: bool,
}

/// The printer's modes, as `ESC @` leaves them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // switches, each set by a command of its own
struct Modes {
    wide: usize,
    high: usize,
    strong: bool,
    kanji: bool,
    shift_jis: bool,
    japanese: bool,
    katakana: bool,
}

impl Default for Modes {
    fn default() -> Self {
        Self {
            wide: 1,
            high: 1,
            strong: false,
            kanji: false,
            shift_jis: false,
            japanese: false,
            katakana: false,
        }
    }
}

/// Something a command brought about outside the printer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// A paper fell out.
    Cut(Paper),
    /// `GS r`: it is to be said that everything so far is printed.
    AskedWhenPrinted,
    /// `DLE EOT`: it is to be said how the printer is.
    AskedAtOnce(u8),
}

/// The printer's inside.
pub(super) struct Interpreter {
    build: Build,
    rom: Rom,
    modes: Modes,
    row: Vec<PlacedLetter>,
    pen: usize,
    paper: Paper,
    pending: Vec<u8>,
    lost: bool,
}

impl Interpreter {
    pub(super) fn new(build: Build) -> io::Result<Self> {
        Ok(Self {
            build,
            rom: Rom::load()?,
            modes: Modes::default(),
            row: Vec::new(),
            pen: 0,
            paper: Paper::blank(build.head),
            pending: Vec::new(),
            lost: false,
        })
    }

    /// A line was cut, perhaps in the middle of a command: until the next `ESC @` what makes no sense
    /// is skipped, as printers do.
    pub(super) fn lose_the_thread(&mut self) {
        self.lost = true;
    }

    /// Takes bytes; they do nothing until [`Interpreter::step`].
    pub(super) fn take(&mut self, bytes: &[u8]) {
        self.pending.extend(bytes);
    }

    /// A question that is answered at once however much waits before it: taken out of the waiting
    /// bytes.
    pub(super) fn question_at_once(&mut self) -> Option<u8> {
        let place = self.pending.windows(3).position(|three| matches!(three, [0x10, 0x04, 1..=4]))?;
        self.pending.drain(place..place + 3).nth(2)
    }

    /// Does what the next whole command says. `None` while there is none; an error names what no
    /// printer of this build understands.
    pub(super) fn step(&mut self) -> Option<Result<Option<Effect>, String>> {
        match command::read(&self.pending) {
            Read::Beginning => None,
            Read::Unknown(_) if self.lost => {
                self.pending.drain(..1);
                Some(Ok(None))
            }
            Read::Unknown(bytes) => Some(Err(format!("unknown {bytes}"))),
            Read::Command(command, length) => {
                self.pending.drain(..length);
                let done = self.act(command);
                Some(if self.lost { done.or(Ok(None)) } else { done })
            }
        }
    }

    /// What is printed and not cut off, if anything is.
    pub(super) fn uncut(&self) -> Option<Paper> {
        (!self.paper.is_blank()).then(|| self.paper.clone())
    }

    /// Switched off and on: everything is forgotten but the paper.
    pub(super) fn restart(&mut self) {
        self.modes = Modes::default();
        self.row.clear();
        self.pen = 0;
        self.pending.clear();
    }

    fn act(&mut self, command: Command) -> Result<Option<Effect>, String> {
        match command {
            Command::Nothing | Command::NoAutomaticStatus => {}
            Command::LineFeed => self.line_feed(),
            Command::Initialise => {
                self.lost = false;
                self.modes = Modes::default();
                self.row.clear();
                self.pen = 0;
            }
            Command::JapaneseSet => self.modes.japanese = true,
            Command::Katakana => self.modes.katakana = true,
            Command::Strong(on) => self.modes.strong = on,
            Command::Letters { wide, high } => (self.modes.wide, self.modes.high) = (wide, high),
            Command::KanjiMode if self.build.kanji => self.modes.kanji = true,
            Command::ShiftJis if self.build.kanji => self.modes.shift_jis = true,
            Command::KanjiMode | Command::ShiftJis => return Err("kanji commands, and no kanji".into()),
            Command::Half(byte) => self.half(byte)?,
            Command::Full(bytes) => self.full(bytes)?,
            Command::Picture { bytes_across, rows } => self.picture(bytes_across, &rows)?,
            Command::FeedAndCut => {
                self.must_begin_a_row("a cut")?;
                let cut = std::mem::replace(&mut self.paper, Paper::blank(self.build.head)).cut();
                return Ok(Some(Effect::Cut(cut)));
            }
            Command::AskWhenPrinted => return Ok(Some(Effect::AskedWhenPrinted)),
            Command::AskAtOnce(question) => return Ok(Some(Effect::AskedAtOnce(question))),
        }
        Ok(None)
    }

    fn line_feed(&mut self) {
        let tallest = self.row.iter().map(|placed| placed.high).max().unwrap_or(1);
        let row = std::mem::take(&mut self.row);
        self.paper.write(&row, tallest, ROW.max(tallest * CELL));
        self.pen = 0;
    }

    fn half(&mut self, byte: u8) -> Result<(), String> {
        if byte >= 0xa1 && !self.modes.katakana {
            return Err(format!("katakana {byte:02x} without ESC t 1"));
        }
        if matches!(byte, 0x5c | 0x7e) && !self.modes.japanese {
            return Err(format!("{byte:02x} means ¥ or ‾ only after ESC R 8"));
        }
        let letter = self.rom.half(byte).ok_or_else(|| format!("no letter {byte:02x}"))?;
        self.place(letter)
    }

    fn full(&mut self, bytes: [u8; 2]) -> Result<(), String> {
        if !(self.modes.kanji && self.modes.shift_jis) {
            return Err(format!("kanji {bytes:02x?} without FS & and FS C 1"));
        }
        let letter = self.rom.full(bytes).ok_or_else(|| format!("no kanji {bytes:02x?} in the ROM"))?;
        self.place(letter)
    }

    fn place(&mut self, letter: super::rom::Letter) -> Result<(), String> {
        let Modes { wide, high, strong, .. } = self.modes;
        let left = self.pen;
        self.pen += letter.width * wide;
        if self.pen > self.build.head {
            return Err(format!("a row of letters is wider than the paper at {}", letter.character));
        }
        self.row.push(PlacedLetter { letter, left, wide, high, strong });
        Ok(())
    }

    fn picture(&mut self, bytes_across: usize, rows: &[u8]) -> Result<(), String> {
        self.must_begin_a_row("a picture")?;
        if bytes_across * 8 > self.build.head {
            return Err(format!("a picture of {} dots is wider than the paper", bytes_across * 8));
        }
        if bytes_across > 0 {
            self.paper.paste(bytes_across, rows);
        }
        Ok(())
    }

    fn must_begin_a_row(&self, what: &str) -> Result<(), String> {
        if self.row.is_empty() { Ok(()) } else { Err(format!("{what} in the middle of a row")) }
    }
}
