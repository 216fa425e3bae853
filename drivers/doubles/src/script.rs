//! A card that follows a script: each command must come as written, and gets the answer written.
//!
//! For what the sample cards do not do: refusals, dialects, nonsense. It fails its test where something
//! else is said.
#![allow(clippy::expect_used, clippy::panic)]

use madoguchi_port::apdu::ResponseApdu;
use madoguchi_port::fault::CardFault;
use madoguchi_port::look::SlotSeen;
use madoguchi_port::reader::{CardReaders, ReaderEvents, ReaderName, reader_events};
use madoguchi_port::session::{CardSession, Disposition, Sharing};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

/// The lines still to be played, `<command> -> <answer>` each, and how sessions went.
#[derive(Clone)]
pub struct Script(Arc<Mutex<Played>>);

struct Line {
    command: Vec<u8>,
    answer: Result<Vec<u8>, CardFault>,
}

struct Played {
    lines: VecDeque<Line>,
    sessions: Vec<(Sharing, Option<Disposition>)>,
}

impl Script {
    /// A line per command. In an answer `<n>x<byte>` stands for n times that byte, `gone` for a card that has left.
    pub fn new(text: &str) -> Self {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let lines = lines.map(|line| {
            let (command, answer) = line.split_once("->").expect("an arrow");
            let gone = answer.trim() == "gone";
            let answer = if gone { Err(CardFault::CardRemoved) } else { Ok(bytes(answer)) };
            Line { command: bytes(command), answer }
        });
        Self(Arc::new(Mutex::new(Played { lines: lines.collect(), sessions: Vec::new() })))
    }

    /// Checks that every line was played, and says how the sessions were opened and ended.
    pub fn sessions(&self) -> Vec<(Sharing, Option<Disposition>)> {
        let played = self.0.lock().expect("the script");
        let unplayed: Vec<String> =
            played.lines.iter().map(|line| hex::encode_upper(&line.command)).collect();
        assert!(unplayed.is_empty(), "not asked for: {unplayed:?}");
        played.sessions.clone()
    }
}

fn bytes(text: &str) -> Vec<u8> {
    let word = |word: &str| match word.split_once('x') {
        Some((count, byte)) => hex::decode(byte).expect("hex").repeat(count.parse().expect("a count")),
        None => hex::decode(word).expect("hex"),
    };
    text.split_whitespace().flat_map(word).collect()
}

impl CardReaders for Script {
    fn watch(&self) -> ReaderEvents {
        reader_events().1
    }

    fn look(&self) -> Result<Vec<SlotSeen>, CardFault> {
        Ok(Vec::new())
    }

    fn open(&self, _reader: &ReaderName, sharing: Sharing) -> Result<Box<dyn CardSession>, CardFault> {
        self.0.lock().expect("the script").sessions.push((sharing, None));
        Ok(Box::new(self.clone()))
    }
}

impl CardSession for Script {
    fn transmit(&mut self, command: &[u8]) -> Result<ResponseApdu, CardFault> {
        let mut played = self.0.lock().expect("the script");
        let line = played.lines.pop_front().unwrap_or_else(|| panic!("unasked: {command:02X?}"));
        assert_eq!(hex::encode_upper(command), hex::encode_upper(line.command));
        line.answer.map(|answer| ResponseApdu::parse(answer).expect("a status word"))
    }

    fn end(self: Box<Self>, disposition: Disposition) -> Result<(), CardFault> {
        let mut played = self.0.lock().expect("the script");
        played.sessions.last_mut().expect("a session").1 = Some(disposition);
        Ok(())
    }
}
