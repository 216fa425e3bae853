//! The clerk at a terminal: what is on the screen, what was pressed, which answers are still awaited.

use super::pc::Pc;
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::person::PersonId;
use madoguchi_domain::site::SiteId;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::TerminalProfile;
use madoguchi_wire::window::{
    CardState, Counter, LastOperation, OperationsOfTheDay, Pile, ScanHeard, ScanTold, SignInState,
    StatementOfPeriod, Visit,
};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::task::JoinHandle;

/// An answer of the program that is awaited.
pub type Answer<T> = JoinHandle<Result<T, Failure>>;

/// What a resident typed for a use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// No PIN: it is within the limits.
    NoPin,
    /// The card's PIN.
    Pin,
    /// Another one, with which no card signs.
    WrongPin,
}

/// A button that may move points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pressed {
    /// Use.
    Use {
        /// Whose balances are on the screen.
        person: PersonId,
        /// The amounts; none where what was typed is none.
        parts: Vec<(CurrencyCode, i64)>,
        /// Whether the resident typed a PIN, so that the card signs: what is sent was pressed with the right one.
        pin: Typed,
    },
    /// Void.
    Void {
        /// The key of the use.
        of: String,
    },
    /// What became of the last one?
    Resolve,
}

/// Something the clerk did, whose answer is awaited.
pub enum Call {
    /// A button that may move points.
    Operation {
        /// Which.
        pressed: Pressed,
        /// The visit on the screen.
        visit: Option<u32>,
        /// Whether its operation has left the terminal.
        sent: bool,
        /// The answer.
        call: Answer<LastOperation>,
    },
    /// The program has started.
    Start(Answer<Counter>),
    /// The terminal is being registered.
    Register(Answer<TerminalProfile>),
    /// The list of today.
    List(Answer<OperationsOfTheDay>),
    /// What the site is owed.
    Statement(Answer<StatementOfPeriod>),
    /// The fate of the last operation was seen.
    Acknowledge {
        /// Its key.
        key: String,
        /// The answer.
        call: Answer<()>,
    },
    /// The password.
    SignIn(Answer<()>),
    /// The lock.
    Lock(Answer<()>),
    /// A pile is begun, or gone on with under another stamp.
    OpenPile {
        /// Whose stamp.
        stamp: SiteId,
        /// The answer.
        call: Answer<Pile>,
    },
    /// A paper under the scanner.
    Scan {
        /// Which, as [`Scans`](super::scans::Scans) counts them.
        press: usize,
        /// The answer.
        call: Answer<ScanHeard>,
    },
    /// A clearing is taken back.
    TakeBack(Answer<ScanTold>),
    /// The pile is done.
    FinishPile(Answer<Pile>),
    /// Whatever moves nothing.
    Other(JoinHandle<()>),
}

impl Call {
    fn is_answered(&self) -> bool {
        match self {
            Self::Operation { call, .. } => call.is_finished(),
            Self::Start(call) => call.is_finished(),
            Self::Register(call) => call.is_finished(),
            Self::List(call) => call.is_finished(),
            Self::Statement(call) => call.is_finished(),
            Self::Acknowledge { call, .. } | Self::SignIn(call) | Self::Lock(call) => call.is_finished(),
            Self::OpenPile { call, .. } | Self::FinishPile(call) => call.is_finished(),
            Self::Scan { call, .. } => call.is_finished(),
            Self::TakeBack(call) => call.is_finished(),
            Self::Other(call) => call.is_finished(),
        }
    }

    fn abort(&self) {
        match self {
            Self::Operation { call, .. } => call.abort(),
            Self::Start(call) => call.abort(),
            Self::Register(call) => call.abort(),
            Self::List(call) => call.abort(),
            Self::Statement(call) => call.abort(),
            Self::Acknowledge { call, .. } | Self::SignIn(call) | Self::Lock(call) => call.abort(),
            Self::OpenPile { call, .. } | Self::FinishPile(call) => call.abort(),
            Self::Scan { call, .. } => call.abort(),
            Self::TakeBack(call) => call.abort(),
            Self::Other(call) => call.abort(),
        }
    }

    /// In words.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Operation { pressed: Pressed::Use { .. }, .. } => "use",
            Self::Operation { pressed: Pressed::Void { .. }, .. } => "void",
            Self::Operation { pressed: Pressed::Resolve, .. } => "resolve",
            Self::Start(_) => "start",
            Self::Register(_) => "register",
            Self::List(_) => "list",
            Self::Statement(_) => "statement",
            Self::Acknowledge { .. } => "acknowledge",
            Self::SignIn(_) => "sign in",
            Self::Lock(_) => "lock",
            Self::OpenPile { .. } => "open a pile",
            Self::Scan { .. } => "scan",
            Self::TakeBack(_) => "take back",
            Self::FinishPile(_) => "finish a pile",
            Self::Other(_) => "other",
        }
    }
}

/// The card's state as the screen has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// None.
    Absent,
    /// One lies there.
    Lying,
    /// It is being read.
    Reading,
    /// Its balances are here.
    Read,
    /// It could not be read.
    Failed(ErrorCode),
}

impl Seen {
    /// What the screen has.
    pub const fn of(state: &CardState) -> Self {
        match state {
            CardState::Absent => Self::Absent,
            CardState::Lying | CardState::LibraryCardLies => Self::Lying,
            CardState::Reading => Self::Reading,
            // Nobody of a run looks service IDs up.
            CardState::Read { .. } | CardState::ServiceIdRead { .. } => Self::Read,
            CardState::Failed { failure } => Self::Failed(failure.code),
            // The world has cards only.
            CardState::WantsPin { .. } => Self::Failed(ErrorCode::PinFirst),
        }
    }
}

/// Balances on the screen.
#[derive(Debug, Clone)]
pub struct Shown {
    /// As the screen has them.
    pub visit: Visit,
    /// Whose they are.
    pub person: PersonId,
    /// When the cloud ends the visit, milliseconds since 1970 (UTC).
    pub ends_ms: i64,
}

/// A clerk.
#[derive(Default)]
pub struct Clerk {
    /// The balances on the screen.
    pub shown: Option<Shown>,
    /// The last operation on the screen.
    pub last: Option<LastOperation>,
    /// What is still unanswered.
    pub calls: Vec<Call>,
    /// Whether the screen asks for terminal ID and password.
    pub is_unregistered: bool,
    /// Where the screen says that signing in stands.
    pub sign_in: Option<SignInState>,
    /// Whether it was locked and nobody has typed a password since; outlives the program.
    pub has_locked: bool,
    /// Whose card was put on last.
    pub card_of: Option<PersonId>,
    /// Whose stamp the tickets of the open pile bear.
    pub stamp: Option<SiteId>,
    /// The pile on the screen, open or just finished.
    pub pile: Option<i64>,
    /// Which visit led to which key.
    visits: BTreeMap<String, u32>,
}

impl Clerk {
    /// The program has started: what does it show?
    pub fn looks_at_the_screen(&mut self, pc: &Pc) {
        if let Some(counter) = pc.counter() {
            let counter = Arc::clone(counter);
            self.calls.push(Call::Start(tokio::spawn(async move { counter.open_counter().await })));
        }
    }

    /// The screen goes dark: no answer comes any more.
    pub fn is_left_alone(&mut self) {
        for call in self.calls.drain(..) {
            call.abort();
        }
        self.visits.clear();
        self.is_unregistered = false;
        self.sign_in = None;
        self.shown = None;
        self.last = None;
        self.stamp = None;
        self.pile = None;
    }

    /// Takes out what has been answered.
    pub fn answered(&mut self) -> Vec<Call> {
        self.calls.extract_if(.., |call| call.is_answered()).collect()
    }

    /// Finds the press that what is sent under this key came from; answers with its visit.
    pub fn pressed(&mut self, what: &Pressed, key: &str) -> Option<Option<u32>> {
        for call in &mut self.calls {
            if let Call::Operation { pressed, visit, sent, .. } = call
                && pressed == what
                && !*sent
            {
                *sent = true;
                if let Some(visit) = visit {
                    self.visits.insert(key.to_owned(), *visit);
                }
                return Some(*visit);
            }
        }
        None
    }

    /// The visit that led to a key.
    pub fn visit_of(&self, key: &str) -> Option<u32> {
        self.visits.get(key).copied()
    }

    /// Whether the screen wants the password.
    pub fn wants_password(&self) -> bool {
        matches!(self.sign_in, Some(SignInState::Needed | SignInState::Locked))
    }

    /// Whether an answer to a button that may move points is awaited.
    pub fn is_busy(&self) -> bool {
        self.calls.iter().any(|call| matches!(call, Call::Operation { .. }))
    }

    /// What is awaited, for whoever looks for the reason of a standstill.
    pub fn waits_for(&self) -> Vec<&'static str> {
        self.calls.iter().map(Call::name).collect()
    }
}
