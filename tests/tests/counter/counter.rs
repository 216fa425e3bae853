//! A counter of the town: a PC with stand-ins for its devices, and the clerk at it.

use crate::merging::Fuse;
use crate::town::{Town, card_of};
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::terminal::TerminalId;
use madoguchi_doubles::{Desk, MemoryClipboard, MemoryKeyboard, MemoryVault, PaperTray, WrittenSources};
use madoguchi_folder::SystemFolders;
use madoguchi_terminal::cloud::HttpsLines;
use madoguchi_terminal::{Counter, Drivers, Folders, Parts};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{Contact, TerminalProfile};
use madoguchi_wire::window::{
    BeginRegistration, CardExpectation, CardState, LastOperation, Notice, OperationState, Place,
    RegisterTerminal, SignInState, TypedSignIn, UsePointsArguments, Visit, VisitPart,
};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::mpsc::UnboundedReceiver;

pub(crate) const READER: &str = "counter reader";

/// A terminal as its sheet names it (様式Ⅱ).
#[derive(Clone, Copy)]
pub(crate) struct Sheet {
    pub(crate) terminal: &'static str,
    pub(crate) password: &'static str,
}

pub(crate) const FIRST: Sheet = Sheet { terminal: "14130001", password: "yaoya2345" };
pub(crate) const SECOND: Sheet = Sheet { terminal: "14130002", password: "yaoya6789" };

/// The chamber of commerce: issues tickets and clears them for others.
pub(crate) const CHAMBER: Sheet = Sheet { terminal: "14130008", password: "shoko2345" };

/// A baker's in a street with a point card of its own.
pub(crate) const STREET_SHOP: Sheet = Sheet { terminal: "14130005", password: "komugi234" };

/// The library, which keeps customer numbers.
pub(crate) const LIBRARY: Sheet = Sheet { terminal: "14130004", password: "tosho2345" };

impl Sheet {
    pub(crate) fn id(self) -> TerminalId {
        TerminalId::parse(self.terminal).unwrap()
    }
}

/// A PC that may become a terminal.
pub(crate) struct Pc {
    desk: Desk,
    vault: Arc<MemoryVault>,
    sources: Arc<WrittenSources>,
    tray: Arc<PaperTray>,
    folder: TempDir,
    street_folder: String,
    power: Arc<Fuse>,
}

impl Pc {
    pub(crate) fn named(name: &str) -> Self {
        Self {
            desk: Desk::with_reader(READER),
            vault: Arc::default(),
            sources: Arc::new(WrittenSources::of_pc(name)),
            tray: Arc::default(),
            folder: tempfile::tempdir().unwrap(),
            street_folder: String::new(),
            power: Arc::new(Fuse::that_lasts()),
        }
    }

    /// Whoever looks after the PC names the folder agreed on with a street.
    pub(crate) fn with_a_folder_of(self, street: &str, folder: &Path) -> Self {
        let folder = folder.display();
        let street_folder = format!("[[street_folder]]\nstreet = \"{street}\"\nfolder = \"{folder}\"\n");
        Self { street_folder, ..self }
    }

    /// The power goes after so many more moments at the store.
    pub(crate) fn power_lasts(&self, moments: i64) {
        self.power.lasts(moments);
    }

    pub(crate) fn power_is_back(&self) {
        self.power.lasts(i64::MAX);
    }

    /// The folders of this PC, on another.
    pub(crate) fn copied_to(&self, other: &Self) {
        for folder in ["data", "settings"] {
            let (from, to) = (self.folder.path().join(folder), other.folder.path().join(folder));
            fs::create_dir_all(&to).unwrap();
            for file in fs::read_dir(from).unwrap().map(Result::unwrap) {
                fs::copy(file.path(), to.join(file.file_name())).unwrap();
            }
        }
    }

    /// Whoever looks after the PC lays down a description of a card.
    pub(crate) fn describes_a_card(&self, description: &str) {
        let folder = self.folder.path().join("settings/cards");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("street.toml"), description).unwrap();
    }

    pub(crate) fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn tray(&self) -> &PaperTray {
        &self.tray
    }

    /// Opens the counter with the cloud at `address`.
    pub(crate) async fn opens(&self, address: &str) -> AtCounter {
        let folders = Folders {
            data: self.folder.path().join("data"),
            settings: self.folder.path().join("settings"),
            settings_for_all: None,
            papers: self.folder.path().join("papers"),
        };
        set_cloud(&folders.settings, address, &self.street_folder);
        let drivers = Drivers {
            readers: Arc::new(self.desk.clone()),
            usb: Arc::new(self.desk.clone()),
            card: Arc::new(self.desk.clone()),
            felica: Arc::new(self.desk.clone()),
            vault: Arc::clone(&self.vault) as _,
            clipboard: Arc::new(MemoryClipboard::default()),
            keyboard: Arc::new(MemoryKeyboard::default()),
            sources: Arc::clone(&self.sources) as _,
            drop_folders: Arc::new(SystemFolders),
            printer: Arc::clone(&self.tray) as _,
        };
        let mut parts = Parts::new(drivers, folders);
        // Silence is noticed sooner than at a real counter; nobody wants to wait for it here.
        parts.lines = Arc::new(HttpsLines { reply_within: Duration::from_secs(2), ..HttpsLines::default() });
        parts.power = Arc::clone(&self.power) as _;
        let counter = Counter::open(parts).await;
        let notices = counter.notices();
        AtCounter { counter, notices, desk: self.desk.clone() }
    }

    pub(crate) async fn opens_in(&self, town: &Town) -> AtCounter {
        self.opens(&format!("http://{}", town.address)).await
    }
}

fn set_cloud(folder: &Path, address: &str, street_folder: &str) {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("settings.toml"), format!("cloud_address = \"{address}\"\n{street_folder}"))
        .unwrap();
}

/// A clerk at an open counter.
pub(crate) struct AtCounter {
    pub(crate) counter: Counter,
    notices: UnboundedReceiver<Notice>,
    pub(crate) desk: Desk,
}

impl AtCounter {
    pub(crate) async fn registers(&self, sheet: Sheet) -> Result<TerminalProfile, Failure> {
        self.registers_for(sheet, None).await
    }

    pub(crate) async fn registers_for(
        &self,
        sheet: Sheet,
        id_provider: Option<&str>,
    ) -> Result<TerminalProfile, Failure> {
        let typed = BeginRegistration { terminal: sheet.terminal.into(), password: sheet.password.into() };
        self.counter.begin_registration(typed).await?;
        let contact = Contact {
            staff_name: "山田 花".into(),
            shop_name: "やまだ八百屋".into(),
            postal_code: "210-8577".into(),
            address: "神奈川県川崎市川崎区宮本町1".into(),
            phone: "044-200-2111".into(),
            mail: "yamada@example.jp".into(),
            id_provider: id_provider.map(str::to_owned),
        };
        self.counter.register_terminal(RegisterTerminal { contact }).await
    }

    pub(crate) async fn place(&self) -> Place {
        self.counter.open_counter().await.unwrap().place
    }

    pub(crate) async fn last(&self) -> Option<LastOperation> {
        self.counter.open_counter().await.unwrap().last_operation
    }

    pub(crate) async fn hears<T>(&mut self, wanted: impl Fn(Notice) -> Option<T>) -> T {
        let wait = async {
            loop {
                if let Some(found) = wanted(self.notices.recv().await.expect("the counter is open")) {
                    return found;
                }
            }
        };
        tokio::time::timeout(Duration::from_mins(1), wait).await.expect("the notice comes")
    }

    pub(crate) async fn hears_barred(&mut self) -> ErrorCode {
        self.hears(|notice| match notice {
            Notice::Place(Place::Barred { failure, .. }) => Some(failure.code),
            _ => None,
        })
        .await
    }

    pub(crate) async fn signs_in(&self, password: &str) -> Result<(), Failure> {
        let typed = TypedSignIn { password: password.into(), staff_name: String::new() };
        self.counter.sign_in(typed).await
    }

    pub(crate) async fn sign_in_state(&self) -> SignInState {
        self.counter.open_counter().await.unwrap().sign_in.state
    }

    pub(crate) async fn hears_registered(&mut self) {
        self.hears(|notice| matches!(notice, Notice::Place(Place::Registered { .. })).then_some(())).await;
    }

    /// Asks for the day's list until the cloud refuses: what the municipality decides about a terminal
    /// holds within a second.
    pub(crate) async fn is_soon_refused(&self) {
        let refused = async {
            while self.counter.list_operations().await.is_ok() {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), refused).await.expect("it is refused");
    }

    /// A customer puts a card on and takes it back.
    pub(crate) async fn taps(&mut self, resident: &str) -> Visit {
        self.counter.expect_card(CardExpectation::NextCard).await.unwrap();
        self.desk.put_on(READER, card_of(resident));
        let visit = self
            .hears(|notice| match notice {
                Notice::Card(CardState::Read { visit }) => Some(Ok(visit)),
                Notice::Card(CardState::Failed { failure }) => Some(Err(failure)),
                _ => None,
            })
            .await;
        self.desk.take_off(READER);
        visit.unwrap()
    }

    /// Puts a card on that leads to nothing.
    pub(crate) async fn taps_in_vain(&mut self, resident: &str) -> ErrorCode {
        self.counter.expect_card(CardExpectation::NextCard).await.unwrap();
        self.desk.put_on(READER, card_of(resident));
        self.hears(|notice| match notice {
            Notice::Card(CardState::Failed { failure }) => Some(failure.code),
            _ => None,
        })
        .await
    }

    /// Uses points of the visit's accounts, in their order.
    pub(crate) async fn uses(&self, visit: &Visit, typed: &[&str]) -> Result<LastOperation, Failure> {
        let parts =
            visit.accounts.iter().zip(typed).map(|(account, typed)| part(account.currency, typed)).collect();
        self.counter.use_points(UsePointsArguments { visit: visit.visit, parts }).await
    }

    /// Waits for the fate of an operation that is being checked.
    pub(crate) async fn hears_fate(&mut self) -> LastOperation {
        if let Some(last) = self.last().await
            && last.state != OperationState::Checking
        {
            return last;
        }
        self.hears(|notice| match notice {
            Notice::LastOperation(last) => Some(last),
            _ => None,
        })
        .await
    }
}

fn part(currency: CurrencyCode, typed: &str) -> VisitPart {
    VisitPart { currency, typed: typed.to_owned() }
}

pub(crate) fn is_done(operation: &LastOperation) -> bool {
    matches!(operation.state, OperationState::Done { .. })
}

/// Why an operation was refused.
pub(crate) fn refusal(operation: &LastOperation) -> Option<ErrorCode> {
    match &operation.state {
        OperationState::Refused { failure } => Some(failure.code),
        OperationState::Checking | OperationState::Done { .. } | OperationState::NotDone => None,
    }
}
