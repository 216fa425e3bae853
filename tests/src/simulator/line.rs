//! The lines between terminals and the cloud: what a terminal sends lies in the mailbag until the run
//! decides what becomes of it.

use super::power::Power;
use madoguchi_terminal::clock::Pending;
use madoguchi_terminal::cloud::{
    AddressFault, CloudAddress, CloudLine, CloudLines, LineFault, Message, Reply,
};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// A message on its way, as the network sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Which terminal sent it.
    pub from: usize,
    /// Counts the letters of that terminal.
    pub number: u64,
    /// The route's name.
    pub route: &'static str,
    /// The session's token.
    pub token: Option<String>,
    /// The JSON body.
    pub body: Vec<u8>,
}

impl Letter {
    /// A field of the body.
    pub fn field(&self, name: &str) -> Option<serde_json::Value> {
        let mut body: serde_json::Value = serde_json::from_slice(&self.body).ok()?;
        body.get_mut(name).map(serde_json::Value::take)
    }

    /// The operation's key, where it has one.
    pub fn key(&self) -> Option<String> {
        self.field("key")?.as_str().map(str::to_owned)
    }
}

/// A letter with somebody who waits for its answer.
pub struct Waiting {
    /// The letter.
    pub letter: Letter,
    answer: oneshot::Sender<Result<Reply, LineFault>>,
}

impl Waiting {
    /// Gives the terminal its reply, or tells it that there is none.
    pub fn answer(self, reply: Result<Reply, LineFault>) {
        // A terminal that was switched off waits no more.
        let _ = self.answer.send(reply);
    }
}

/// Everything on its way; clones are the same bag.
#[derive(Clone, Default)]
pub struct Mailbag(Arc<Mutex<Bag>>);

#[derive(Default)]
struct Bag {
    sent: BTreeMap<usize, u64>,
    /// By terminal and number: which of two terminals was a moment earlier is for chance to say, not
    /// for this computer.
    waiting: BTreeMap<(usize, u64), Waiting>,
    unread: Vec<Letter>,
}

impl Mailbag {
    /// The lines of one terminal.
    pub fn lines_of(&self, terminal: usize, power: Arc<Power>) -> TerminalLine {
        TerminalLine { bag: self.clone(), terminal, power }
    }

    /// How many letters wait.
    pub fn len(&self) -> usize {
        self.bag().waiting.len()
    }

    /// Whether none waits.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The letters that have come since the last time, to be read by whoever overhears the line.
    pub fn unread(&self) -> Vec<Letter> {
        let mut unread = std::mem::take(&mut self.bag().unread);
        unread.sort_by_key(|letter| (letter.from, letter.number));
        unread
    }

    /// What lies in it.
    pub fn letters(&self) -> Vec<Letter> {
        self.bag().waiting.values().map(|waiting| waiting.letter.clone()).collect()
    }

    /// Takes a letter out.
    pub fn take(&self, letter: &Letter) -> Option<Waiting> {
        self.bag().waiting.remove(&(letter.from, letter.number))
    }

    /// Takes out what a terminal that is off had sent: on its way all the same, but nobody waits.
    pub fn orphans_of(&self, terminal: usize) -> Vec<Letter> {
        let mut bag = self.bag();
        let theirs: Vec<_> =
            bag.waiting.extract_if((terminal, 0)..=(terminal, u64::MAX), |_, _| true).collect();
        theirs.into_iter().map(|(_, waiting)| waiting.letter).collect()
    }

    fn put(&self, from: usize, message: &Message) -> oneshot::Receiver<Result<Reply, LineFault>> {
        let (answer, answered) = oneshot::channel();
        let mut bag = self.bag();
        let number = bag.sent.entry(from).and_modify(|sent| *sent += 1).or_insert(1);
        let letter = Letter {
            from,
            number: *number,
            route: message.route,
            token: message.token.as_ref().map(|token| token.to_string()),
            body: message.body.to_vec(),
        };
        bag.unread.push(letter.clone());
        bag.waiting.insert((from, letter.number), Waiting { letter, answer });
        answered
    }

    fn bag(&self) -> MutexGuard<'_, Bag> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The line of one terminal, whatever address its settings name.
#[derive(Clone)]
pub struct TerminalLine {
    bag: Mailbag,
    terminal: usize,
    power: Arc<Power>,
}

impl CloudLines for TerminalLine {
    fn open(&self, _address: &CloudAddress) -> Result<Arc<dyn CloudLine>, AddressFault> {
        Ok(Arc::new(self.clone()))
    }
}

impl CloudLine for TerminalLine {
    fn carry(&self, message: Message) -> Pending<'_, Result<Reply, LineFault>> {
        if self.power.is_gone() {
            // A dead program sends nothing any more.
            return Box::pin(std::future::pending());
        }
        let answered = self.bag.put(self.terminal, &message);
        Box::pin(async move { answered.await.unwrap_or(Err(LineFault::Silent)) })
    }
}
