//! What the running counter holds in memory, shared by all verbs.
//!
//! Belongs here: the shared state and the few things every verb does with it: work on a blocking
//! thread, start a task, change what the window sees and tell it. Does not: any verb.

use crate::clearing::Queue;
use crate::counter::{Notices, Parts};
use crate::hand_over::InClipboard;
use crate::journal::Journal;
use crate::list_tickets::KnownTicket;
use crate::look_up_service_id::HeldServiceId;
use crate::merging::Disproved;
use crate::operation::OperationSlot;
use crate::place::{Standing, Terminal};
use crate::programs::{CardTurns, CardsOnReaders, ProgramDesk};
use crate::register_terminal::Begun;
use crate::resident_screen::ResidentSight;
use crate::session::SessionKeeper;
use crate::settings::Preferences;
use crate::sign_in::SignInKeeper;
use crate::store::{Store, StoreFault};
use crate::visit::HeldVisit;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::ticket::TicketNumber;
use madoguchi_port::fault::CardFault;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{DayClose, ListedOperation, OperationAnswer, RegisterServiceIdRequest};
use madoguchi_wire::window::{CardState, Devices, Notice};
use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;
use tokio::task::JoinSet;

/// The running counter. Every lock in it is held for moments only and never across an `await`.
pub(crate) struct Running {
    pub(crate) parts: Parts,
    pub(crate) notices: Notices,
    pub(crate) store: Result<Arc<Store>, StoreFault>,
    pub(crate) preferences: Mutex<Preferences>,
    pub(crate) standing: Mutex<Standing>,
    pub(crate) begun: Mutex<Option<Begun>>,
    pub(crate) session: SessionKeeper,
    pub(crate) sign_in: SignInKeeper,
    pub(crate) devices: Mutex<Devices>,
    /// The printer is not ready: somebody should look again.
    pub(crate) printer_missed: Notify,
    /// The card as it was told last.
    pub(crate) card: Mutex<CardState>,
    /// The cards on the readers, for whoever waits for one.
    pub(crate) lying: CardsOnReaders,
    /// Whose turn it is to speak to a card.
    pub(crate) turns: CardTurns,
    /// Other programs on this PC.
    pub(crate) programs: ProgramDesk,
    /// Why the last card that was put on could not be read; `None` once one could.
    pub(crate) card_fault: Mutex<Option<CardFault>>,
    pub(crate) visit: Mutex<Option<HeldVisit>>,
    /// What the card on the screen is at this terminal's ID provider.
    pub(crate) service_id: Mutex<Option<HeldServiceId>>,
    /// The numbers that were handed over through the clipboard.
    pub(crate) in_clipboard: InClipboard,
    /// A registration that had no answer: pressed again, it is the same.
    pub(crate) unanswered_registration: Mutex<Option<RegisterServiceIdRequest>>,
    pub(crate) operation: OperationSlot,
    /// The used tickets that are being cleared.
    pub(crate) queue: Queue,
    pub(crate) resident: ResidentSight,
    /// The streets the cloud has told, by name: what is said of their folders.
    pub(crate) street_names: Mutex<HashMap<IdProviderId, String>>,
    /// What lies in the streets' folders and is no answer of theirs.
    pub(crate) disproved: Disproved,
    /// Somebody has opened the list of merges.
    pub(crate) merges_listed: Notify,
    /// A fate that is known but could not be written down.
    pub(crate) owed: Mutex<Option<(OperationKey, OperationAnswer)>>,
    /// The day's list as the window last saw it: what a void or a receipt of an operation that is not
    /// in the journal needs to know.
    pub(crate) listed: Mutex<HashMap<OperationKey, ListedOperation>>,
    /// The day closes the cloud has told, by their numbers.
    pub(crate) closes: Mutex<HashMap<u32, DayClose>>,
    /// The tickets the window has seen in a list: what a reissue or a void of one needs to know.
    pub(crate) listed_tickets: Mutex<HashMap<TicketNumber, KnownTicket>>,
    tasks: Mutex<JoinSet<()>>,
}

/// Locks. A panic while it was held left a value that is still whole: each is replaced, not built up.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Running {
    pub(crate) fn new(
        parts: Parts,
        store: Result<Arc<Store>, StoreFault>,
        preferences: Preferences,
        standing: Standing,
        devices: Devices,
    ) -> Self {
        Self {
            parts,
            notices: Notices::default(),
            store,
            preferences: Mutex::new(preferences),
            standing: Mutex::new(standing),
            begun: Mutex::default(),
            session: SessionKeeper::default(),
            sign_in: SignInKeeper::default(),
            devices: Mutex::new(devices),
            printer_missed: Notify::new(),
            card: Mutex::new(CardState::Absent),
            lying: CardsOnReaders::default(),
            turns: CardTurns::default(),
            programs: ProgramDesk::default(),
            card_fault: Mutex::default(),
            visit: Mutex::default(),
            service_id: Mutex::default(),
            in_clipboard: InClipboard::default(),
            unanswered_registration: Mutex::default(),
            operation: OperationSlot::default(),
            queue: Queue::default(),
            resident: ResidentSight::default(),
            street_names: Mutex::default(),
            disproved: Disproved::default(),
            merges_listed: Notify::new(),
            owed: Mutex::default(),
            listed: Mutex::default(),
            listed_tickets: Mutex::default(),
            closes: Mutex::default(),
            tasks: Mutex::default(),
        }
    }

    /// Starts a task that ends with the counter.
    pub(crate) fn start(&self, task: impl Future<Output = ()> + Send + 'static) {
        lock(&self.tasks).spawn(task);
    }

    /// Stops every task. What one of them was yet to take away is taken away here.
    pub(crate) fn stop(&self) {
        lock(&self.tasks).abort_all();
        self.empty_clipboard();
    }

    /// Runs work that blocks (the disk, the credential store, the card) away from the async threads.
    pub(crate) async fn blocking<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let running = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || work(&running)).await;
        done.unwrap_or_else(|error| {
            tracing::error!(%error, "work on a blocking thread did not end");
            Err(Failure::of(ErrorCode::Unforeseen))
        })
    }

    /// As [`Running::blocking`], in the clerk's turn at the card: no other program speaks to it meanwhile.
    pub(crate) async fn at_card<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let mut turn = self.turns.clerks();
        turn.begin().await;
        self.blocking(move |running| {
            let done = work(running);
            drop(turn);
            done
        })
        .await
    }

    /// The store, if it could be opened.
    pub(crate) fn store(&self) -> Result<&Arc<Store>, Failure> {
        self.store.as_ref().map_err(Failure::from)
    }

    /// The terminal this PC is; what bars it, where it is barred.
    pub(crate) fn terminal(&self) -> Result<Arc<Terminal>, Failure> {
        match &*lock(&self.standing) {
            Standing::Registered { terminal, .. } => Ok(Arc::clone(terminal)),
            Standing::Unregistered => Err(Failure::of(ErrorCode::NotRegistered)),
            Standing::Barred { failure, .. } => Err(failure.clone()),
        }
    }

    /// The journal of the terminal, also while it is barred: what was done stays known.
    pub(crate) fn journal(&self) -> Result<Journal, Failure> {
        lock(&self.standing).known_terminal_or_why().map(|terminal| terminal.journal.clone())
    }

    /// Changes where the terminal stands, and tells where that is news.
    pub(crate) fn stand(&self, standing: Standing) {
        let (before, now) = {
            let mut current = lock(&self.standing);
            let before = current.place();
            *current = standing;
            (before, current.place())
        };
        if before != now {
            self.resident.show_anew();
            self.notices.tell(&Notice::Place(now));
        }
    }

    /// Changes where the terminal stands without a word; what follows at once will say it.
    pub(crate) fn stand_quietly(&self, standing: Standing) {
        *lock(&self.standing) = standing;
    }

    /// Tells where the terminal stands.
    pub(crate) fn tell_place(&self) {
        let place = lock(&self.standing).place();
        self.notices.tell(&Notice::Place(place));
    }

    /// Tells what the card is doing, and keeps it for whoever asks later.
    pub(crate) fn tell_card(&self, state: CardState) {
        lock(&self.card).clone_from(&state);
        self.notices.tell(&Notice::Card(state));
    }

    /// Changes the devices' states, and tells where that is news.
    pub(crate) fn change_devices(&self, change: impl FnOnce(&mut Devices)) {
        let (before, now) = {
            let mut devices = lock(&self.devices);
            let before = devices.clone();
            change(&mut devices);
            (before, devices.clone())
        };
        if before != now {
            self.notices.tell(&Notice::Devices(now));
        }
    }
}
