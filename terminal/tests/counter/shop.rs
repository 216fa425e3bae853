//! A shop's PC with everything a counter needs, worked by hand; and the counter on it.

use crate::clock::HandClock;
use crate::cloud::{Cloud, Lines, NOW_MS, PASSWORD, SERIAL, TERMINAL, municipal};
use madoguchi_doubles::{
    Card, Desk, MemoryClipboard, MemoryFolders, MemoryKeyboard, MemoryVault, PaperTray, WrittenSources,
};
use madoguchi_terminal::store::{Moment, PowerSupply};
use madoguchi_terminal::{Counter, Drivers, Folders, LookUpObserver, Parts};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{Contact, TerminalProfile, Ticket};
use madoguchi_wire::window::{
    BeginRegistration, CardExpectation, CardState, IssueTicketArguments, LastOperation, Notice,
    OperationNamed, OperationState, PinDigits, Place, PrintedTicket, RegisterTerminal, SignIn, SignInState,
    TicketNamed, TicketOfOperation, TypedPin, TypedSignIn, UsePointsArguments, UsePointsWithPinArguments,
    Visit, VisitNamed, VisitPart,
};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::mpsc::UnboundedReceiver;

pub(crate) const READER: &str = "counter reader";

/// Agreed on with the street.
pub(crate) const STREET_FOLDER: &str = "/ginza";

/// Cuts the power at the `n`th moment around a durable write, for good.
struct Fuse(AtomicI64);

impl PowerSupply for Fuse {
    fn holds(&self, _moment: Moment) -> bool {
        self.0.fetch_sub(1, Ordering::SeqCst) > 0
    }
}

/// A PC.
pub(crate) struct Shop {
    pub(crate) cloud: Arc<Cloud>,
    pub(crate) desk: Desk,
    pub(crate) vault: Arc<MemoryVault>,
    pub(crate) clipboard: Arc<MemoryClipboard>,
    pub(crate) keyboard: Arc<MemoryKeyboard>,
    pub(crate) sources: Arc<WrittenSources>,
    pub(crate) tray: Arc<PaperTray>,
    pub(crate) drop_folders: Arc<MemoryFolders>,
    pub(crate) folder: TempDir,
    pub(crate) observer: Option<Arc<dyn LookUpObserver>>,
    /// How many moments around durable writes the power lasts.
    pub(crate) power: i64,
    /// How far the PC's clock is ahead.
    pub(crate) clock_ahead_ms: i64,
}

impl Shop {
    pub(crate) fn new() -> Self {
        Self::of_cloud(Cloud::new())
    }

    pub(crate) fn of_cloud(cloud: Arc<Cloud>) -> Self {
        Self {
            cloud,
            desk: Desk::with_reader(READER),
            vault: Arc::default(),
            clipboard: Arc::default(),
            keyboard: Arc::default(),
            sources: Arc::new(WrittenSources::of_pc("the counter")),
            tray: Arc::default(),
            drop_folders: Arc::new(MemoryFolders::with(STREET_FOLDER)),
            folder: tempfile::tempdir().unwrap(),
            observer: None,
            power: i64::MAX,
            clock_ahead_ms: 0,
        }
    }

    /// Another PC of the same cloud that holds a copy of this one's folders.
    pub(crate) fn copied_to_another_pc(&self) -> Self {
        let mut other = Self::of_cloud(Arc::clone(&self.cloud));
        other.sources = Arc::new(WrittenSources::of_pc("another"));
        copy(self.folder.path(), other.folder.path());
        other
    }

    pub(crate) fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) async fn opens(&self) -> AtCounter {
        self.opens_with(self.parts(&self.vault), &self.cloud).await
    }

    /// The same PC in training: another cloud, folders and part of the credential store of their own.
    pub(crate) async fn opens_in_training(&self, cloud: &Arc<Cloud>, vault: &Arc<MemoryVault>) -> AtCounter {
        let parts = self.parts(vault);
        let folders = parts.folders.in_training();
        self.opens_with(Parts { training: true, folders, ..parts }, cloud).await
    }

    fn parts(&self, vault: &Arc<MemoryVault>) -> Parts {
        Parts::new(
            Drivers {
                readers: Arc::new(self.desk.clone()),
                usb: Arc::new(self.desk.clone()),
                card: Arc::new(self.desk.clone()),
                felica: Arc::new(self.desk.clone()),
                vault: Arc::clone(vault) as _,
                clipboard: Arc::clone(&self.clipboard) as _,
                keyboard: Arc::clone(&self.keyboard) as _,
                sources: Arc::clone(&self.sources) as _,
                drop_folders: Arc::clone(&self.drop_folders) as _,
                printer: Arc::clone(&self.tray) as _,
            },
            Folders {
                data: self.data(),
                settings: self.folder.path().join("settings"),
                settings_for_all: Some(self.folder.path().join("settings-for-all")),
                papers: self.folder.path().join("papers"),
            },
        )
    }

    async fn opens_with(&self, mut parts: Parts, cloud: &Arc<Cloud>) -> AtCounter {
        parts.lines = Arc::new(Lines(Arc::clone(cloud)));
        let clock = Arc::new(HandClock::starting_at(NOW_MS + self.clock_ahead_ms));
        parts.clock = Arc::clone(&clock) as _;
        parts.power = Arc::new(Fuse(AtomicI64::new(self.power)));
        parts.observer.clone_from(&self.observer);
        let counter = Counter::open(parts).await;
        let notices = counter.notices();
        AtCounter { counter, notices, clock }
    }

    /// Closes the counter and waits until it has let go of its store.
    pub(crate) async fn closes(&self, at: AtCounter) {
        drop(at);
        let file = self.data().join("terminal.sqlite");
        let is_free = || {
            let connection = rusqlite::Connection::open(&file).unwrap();
            connection.busy_timeout(Duration::ZERO).unwrap();
            connection.execute_batch("begin exclusive; rollback").is_ok()
        };
        while !is_free() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Opens the counter of a terminal that is registered and signed in.
    pub(crate) async fn opens_registered(&self) -> AtCounter {
        let at = self.opens().await;
        at.registers().await.unwrap();
        at
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A clerk at an open counter.
pub(crate) struct AtCounter {
    pub(crate) counter: Counter,
    notices: UnboundedReceiver<Notice>,
    pub(crate) clock: Arc<HandClock>,
}

pub(crate) fn contact() -> Contact {
    Contact {
        staff_name: "山田 花".into(),
        shop_name: "やまだ八百屋".into(),
        postal_code: "210-8577".into(),
        address: "川崎市川崎区宮本町1".into(),
        phone: "044-200-2111".into(),
        mail: "yamada@example.jp".into(),
        id_provider: None,
    }
}

impl AtCounter {
    pub(crate) async fn types_id_and_password(&self) -> Result<(), Failure> {
        let typed = BeginRegistration { terminal: TERMINAL.into(), password: PASSWORD.into() };
        self.counter.begin_registration(typed).await.map(|_| ())
    }

    pub(crate) async fn registers(&self) -> Result<TerminalProfile, Failure> {
        self.types_id_and_password().await?;
        self.counter.register_terminal(RegisterTerminal { contact: contact() }).await
    }

    pub(crate) async fn signs_in(&self, password: &str, staff_name: &str) -> Result<(), Failure> {
        let typed = TypedSignIn { password: password.into(), staff_name: staff_name.into() };
        self.counter.sign_in(typed).await
    }

    pub(crate) async fn sign_in(&self) -> SignIn {
        self.counter.open_counter().await.unwrap().sign_in
    }

    /// Waits until signing in stands like this, where it does not yet.
    pub(crate) async fn hears_sign_in_is(&mut self, wanted: SignInState) {
        if self.sign_in().await.state == wanted {
            return;
        }
        self.hears(|notice| match notice {
            Notice::SignIn(sign_in) => (sign_in.state == wanted).then_some(()),
            _ => None,
        })
        .await;
    }

    pub(crate) async fn place(&self) -> Place {
        self.counter.open_counter().await.unwrap().place
    }

    pub(crate) async fn last(&self) -> Option<LastOperation> {
        self.counter.open_counter().await.unwrap().last_operation
    }

    /// Waits for a notice. Meanwhile the counter's time passes, a second in a few milliseconds.
    pub(crate) async fn hears<T>(&mut self, wanted: impl Fn(&Notice) -> Option<T>) -> T {
        let wait = async {
            loop {
                tokio::select! {
                    biased;
                    notice = self.notices.recv() => {
                        if let Some(found) = wanted(&notice.expect("the counter is open")) {
                            return found;
                        }
                    }
                    () = tokio::time::sleep(Duration::from_millis(5)) => {
                        self.clock.pass(Duration::from_secs(1));
                    }
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(30), wait).await.expect("the notice comes")
    }

    /// Waits for a notice that needs no time to pass: the counter's clock stands still.
    pub(crate) async fn hears_at_once<T>(&mut self, wanted: impl Fn(&Notice) -> Option<T>) -> T {
        let wait = async {
            loop {
                if let Some(found) = wanted(&self.notices.recv().await.expect("the counter is open")) {
                    return found;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(30), wait).await.expect("the notice comes")
    }

    /// Lets the counter's time pass while something else goes on.
    pub(crate) async fn while_time_passes<T>(&self, work: impl Future<Output = T>) -> T {
        let flow = async {
            loop {
                tokio::time::sleep(Duration::from_millis(5)).await;
                self.clock.pass(Duration::from_secs(1));
            }
        };
        tokio::select! {
            done = work => done,
            () = flow => unreachable!("time passes for ever"),
        }
    }

    pub(crate) async fn hears_of_card<T>(&mut self, wanted: impl Fn(&CardState) -> Option<T>) -> T {
        self.hears(|notice| if let Notice::Card(state) = notice { wanted(state) } else { None }).await
    }

    pub(crate) async fn hears_card_failed(&mut self) -> ErrorCode {
        self.hears_of_card(|state| match state {
            CardState::Failed { failure } => Some(failure.code),
            _ => None,
        })
        .await
    }

    pub(crate) async fn hears_visit(&mut self) -> Visit {
        self.hears_of_card(|state| match state {
            CardState::Read { visit } => Some(visit.clone()),
            _ => None,
        })
        .await
    }

    pub(crate) async fn hears_barred(&mut self) -> ErrorCode {
        self.hears(|notice| match notice {
            Notice::Place(Place::Barred { failure, .. }) => Some(failure.code),
            _ => None,
        })
        .await
    }

    pub(crate) async fn hears_registered(&mut self) {
        self.hears(|notice| matches!(notice, Notice::Place(Place::Registered { .. })).then_some(())).await;
    }

    /// Waits until the terminal may work, where it may not yet.
    pub(crate) async fn hears_registered_or_is(&mut self) {
        if !matches!(self.place().await, Place::Registered { .. }) {
            self.hears_registered().await;
        }
    }

    pub(crate) async fn hears_fate(&mut self) -> LastOperation {
        self.hears(|notice| match notice {
            Notice::LastOperation(last) => Some(last.clone()),
            _ => None,
        })
        .await
    }

    /// A customer's card is put on and its balances come up.
    pub(crate) async fn taps(&mut self, shop: &Shop) -> Visit {
        self.counter.expect_card(CardExpectation::NextCard).await.unwrap();
        shop.desk.put_on(READER, Card::of(SERIAL));
        let visit = self.hears_visit().await;
        shop.desk.take_off(READER);
        visit
    }

    pub(crate) async fn uses(&self, visit: &Visit, typed: &str) -> Result<LastOperation, Failure> {
        let parts = vec![VisitPart { currency: municipal(), typed: typed.into() }];
        self.counter.use_points(UsePointsArguments { visit: visit.visit, parts }).await
    }

    pub(crate) async fn uses_with_pin(
        &self,
        visit: &Visit,
        typed: &str,
        digits: &str,
        last_try_agreed: bool,
    ) -> Result<LastOperation, Failure> {
        let parts = vec![VisitPart { currency: municipal(), typed: typed.into() }];
        let pin = typed_pin(digits, last_try_agreed);
        self.counter.use_points_with_pin(UsePointsWithPinArguments { visit: visit.visit, parts, pin }).await
    }

    /// Tries left, as the clerk is told before the PIN is typed.
    pub(crate) async fn begins_pin(&self, visit: &Visit) -> Result<u8, ErrorCode> {
        let named = VisitNamed { visit: visit.visit };
        self.counter.begin_pin(named).await.map(|tries| tries.left).map_err(|failure| failure.code)
    }

    /// Asks for a ticket until the last day there is.
    pub(crate) async fn issues(&self, visit: &Visit, typed: &str) -> Result<LastOperation, Failure> {
        self.counter.issue_ticket(issue_of(visit, typed)).await
    }

    pub(crate) async fn prints(&self, operation: &LastOperation) -> Result<PrintedTicket, ErrorCode> {
        let named = OperationNamed { key: operation.key };
        self.counter.print_ticket(named).await.map_err(|failure| failure.code)
    }

    pub(crate) async fn reissues(&self, ticket: &Ticket) -> Result<LastOperation, Failure> {
        self.counter.reissue_ticket(TicketNamed { ticket: ticket.number }).await
    }

    pub(crate) async fn voids(&self, operation: &LastOperation) -> Result<LastOperation, Failure> {
        self.counter.void_use(OperationNamed { key: operation.key }).await
    }
}

pub(crate) fn issue_of(visit: &Visit, typed: &str) -> IssueTicketArguments {
    let part = VisitPart { currency: municipal(), typed: typed.into() };
    IssueTicketArguments { visit: visit.visit, part, last_day: visit.ticket_days.to, count: 1 }
}

/// The ticket an operation made.
pub(crate) fn made(operation: &LastOperation) -> &TicketOfOperation {
    match &operation.state {
        OperationState::Done { ticket: Some(made), .. } => made,
        other => panic!("no ticket: {other:?}"),
    }
}

pub(crate) fn typed_pin(digits: &str, last_try_agreed: bool) -> TypedPin {
    TypedPin { digits: PinDigits(digits.to_owned().into()), last_try_agreed }
}
