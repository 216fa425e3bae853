//! The running program: what the window's commands come to.

mod parts;
mod timing;

pub use parts::{Drivers, Folders, Parts};
pub use timing::{LookUpObserver, LookUpTiming};

use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::TerminalProfile;
use madoguchi_wire::window::{
    self as wire, BeginRegistration, CardExpectation, LastOperation, Notice, OperationNamed,
    OperationsOfTheDay, Period, PrintedPaper, ReceiptPreview, RegisterTerminal, RegistrationForm, Settings,
    StatementOfPeriod, UsePointsArguments,
};
use tokio::sync::mpsc;

/// The counter, running. Dropping it stops everything it does; what it was about to do stands in its
/// journal.
pub struct Counter {
    parts: Parts,
}

impl Counter {
    /// Opens the counter inside a tokio runtime. Never fails: what keeps it from working is in
    /// [`Counter::open_counter`]'s answer.
    pub async fn open(parts: Parts) -> Self {
        Self { parts }
    }

    /// What the program tells without being asked, from now on. Every call makes a listener of its
    /// own; none misses anything while it lives.
    pub fn notices(&self) -> mpsc::UnboundedReceiver<Notice> {
        mpsc::unbounded_channel().1
    }

    /// Everything the window needs when it opens.
    pub async fn open_counter(&self) -> Result<wire::Counter, Failure> {
        Err(Failure::of(ErrorCode::Unforeseen))
    }

    /// 画面 9: checks terminal ID and password, and that this PC can become a terminal.
    pub async fn begin_registration(&self, typed: BeginRegistration) -> Result<RegistrationForm, Failure> {
        Err(Failure::of(ErrorCode::Unforeseen))
    }

    /// 画面 10: registers this PC.
    pub async fn register_terminal(&self, typed: RegisterTerminal) -> Result<TerminalProfile, Failure> {
        Err(Failure::of(ErrorCode::Unforeseen))
    }

    /// Says what the next card is for.
    pub async fn expect_card(&self, expectation: CardExpectation) -> Result<(), Failure> {
        Err(Failure::of(ErrorCode::Unforeseen))
    }

    /// The visit is over: its balances are forgotten.
    pub async fn leave_visit(&self) -> Result<(), Failure> {
        Err(Failure::of(ErrorCode::Unforeseen))
    }

    /// Uses points of the visit. Answers when the fate is known, or with `checking` after ten seconds.
    pub async fn use_points(&self, arguments: UsePointsArguments) -> Result<LastOperation, Failure> {
        Err(Failure::of(ErrorCode::Unforeseen))
    }

    /// Voids a use of today; answers like [`Counter::use_points`].
    pub async fn void_use(&self, named: OperationNamed) -> Result<LastOperation, Failure> {
        Err(Failure::of(ErrorCode::Unforeseen))
    }

    /// Asks again now what became of the last operation.
    pub async fn resolve_last_operation(&self) -> Result<LastOperation, Failure> {
        Err(Failure::of(ErrorCode::Unforeseen))
    }

    /// The clerk has seen the last operation's fate.
    pub async fn acknowledge_last_operation(&self) -> Result<(), Failure> {
        Err(Failure::of(ErrorCode::Unforeseen))
    }

    /// This terminal's operations of today.
    pub async fn list_operations(&self) -> Result<OperationsOfTheDay, Failure> {
        Err(Failure::of(ErrorCode::Unforeseen))
    }

    /// The site's statement for a period.
    pub async fn site_statement(&self, period: Period) -> Result<StatementOfPeriod, Failure> {
        Err(Failure::of(ErrorCode::Unforeseen))
    }

    /// The receipt of an operation, for the screen.
    pub async fn preview_receipt(&self, named: OperationNamed) -> Result<ReceiptPreview, Failure> {
        Err(Failure::of(ErrorCode::Unforeseen))
    }

    /// Prints the receipt of an operation and counts it.
    pub async fn print_receipt(&self, named: OperationNamed) -> Result<PrintedPaper, Failure> {
        Err(Failure::of(ErrorCode::Unforeseen))
    }

    /// Keeps the settings and follows them.
    pub async fn save_settings(&self, settings: Settings) -> Result<Settings, Failure> {
        Err(Failure::of(ErrorCode::Unforeseen))
    }

    /// The printers that can be chosen, the system's default first.
    pub async fn list_printers(&self) -> Result<Vec<String>, Failure> {
        Err(Failure::of(ErrorCode::Unforeseen))
    }

    /// The window has painted a visit's balances; ends the measured time of a look-up.
    pub async fn visit_painted(&self, visit: u32) -> Result<(), Failure> {
        Err(Failure::of(ErrorCode::Unforeseen))
    }
}
