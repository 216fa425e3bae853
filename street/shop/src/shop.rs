//! The running counter of a street: what is open, who may act, one thing at a time.

use crate::cards::CardDesk;
use crate::failure::told;
use crate::parts::Parts;
use crate::settings::Preferences;
use crate::store::{self, LAYOUT, Registered};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_store::StoreFile;
use madoguchi_store::entropy::random;
use madoguchi_street::books::{Books, Ground};
use madoguchi_street::{Fault, MergeKeys};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::SignInState;
use madoguchi_wire::window::street::{StreetCounter, StreetNotice, StreetPlace, StreetSettings, StreetShown};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// A street's counter. Cheap to clone.
#[derive(Clone)]
pub struct Shop(pub(crate) Arc<Open>);

pub(crate) struct Open {
    pub(crate) parts: Parts,
    pub(crate) preferences: Mutex<Preferences>,
    /// Why nothing works, or the store and, once the PC is registered, the books.
    pub(crate) standing: Mutex<Standing>,
    notices: UnboundedSender<StreetNotice>,
    heard: Mutex<Option<UnboundedReceiver<StreetNotice>>>,
    /// Held while the folder is taken in: a click and the watch do not meet.
    pub(crate) receiving: Mutex<()>,
    pub(crate) cards: Mutex<CardDesk>,
}

pub(crate) enum Standing {
    Barred(Failure),
    Unregistered(Arc<StoreFile>),
    Working(Arc<Working>),
}

/// A registered PC with its street's books.
pub(crate) struct Working {
    pub(crate) store: Arc<StoreFile>,
    pub(crate) books: Books,
    pub(crate) registered: Mutex<Registered>,
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What was being done when another thread panicked is in a transaction of its own.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shop {
    /// Opens the counter and begins to watch the folder, where that is wanted. Inside a Tokio runtime.
    pub async fn open(parts: Parts) -> Self {
        let (notices, heard) = unbounded_channel();
        let opened = tokio::task::spawn_blocking(move || {
            let preferences = Preferences::read(&parts.folders);
            let standing = stands(&parts).unwrap_or_else(|fault| Standing::Barred(told(&fault)));
            Open {
                preferences: Mutex::new(preferences),
                standing: Mutex::new(standing),
                notices,
                heard: Mutex::new(Some(heard)),
                receiving: Mutex::default(),
                cards: Mutex::default(),
                parts,
            }
        })
        .await;
        // Opening does not panic; where it did all the same, there is nothing to go on with.
        let shop = match opened {
            Ok(open) => Self(Arc::new(open)),
            Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
        };
        tokio::spawn(crate::watch::watch(Arc::downgrade(&shop.0), Arc::clone(&shop.0.parts.clock)));
        shop
    }

    /// What the program tells without being asked. Whoever asks first hears it.
    pub fn notices(&self) -> UnboundedReceiver<StreetNotice> {
        lock(&self.0.heard).take().unwrap_or_else(|| unbounded_channel().1)
    }

    /// The settings in force.
    pub fn settings(&self) -> StreetSettings {
        lock(&self.0.preferences).settings.clone()
    }

    /// `open_street`.
    pub async fn open_street(&self) -> Result<StreetCounter, Failure> {
        self.blocking(Open::shown).await
    }

    /// What a verb does on a thread of its own: disks and printers keep whoever waits for them.
    pub(crate) async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Open) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let open = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || work(&open)).await.unwrap_or_else(|error| {
            tracing::error!(%error, "a verb ended without an answer");
            Err(Failure::of(ErrorCode::Unforeseen))
        })
    }

    /// The same for whoever has logged in.
    pub(crate) async fn for_the_clerk<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Open, &Working) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.blocking(|open| {
            let working = open.working()?;
            if open.sign_in_state(&working)? != SignInState::SignedIn {
                return Err(Failure::of(ErrorCode::SignInNeeded));
            }
            work(open, &working)
        })
        .await
    }
}

impl Open {
    pub(crate) fn now_ms(&self) -> i64 {
        self.parts.clock.now_ms()
    }

    /// The registered counter, or why there is none.
    pub(crate) fn working(&self) -> Result<Arc<Working>, Failure> {
        match &*lock(&self.standing) {
            Standing::Working(working) => Ok(Arc::clone(working)),
            Standing::Unregistered(_) => Err(Failure::of(ErrorCode::NotRegistered)),
            Standing::Barred(failure) => Err(failure.clone()),
        }
    }

    pub(crate) fn shown(&self) -> Result<StreetCounter, Failure> {
        let (place, sign_in, pairing) = match &*lock(&self.standing) {
            Standing::Barred(failure) => {
                (StreetPlace::Barred { failure: failure.clone() }, SignInState::Needed, None)
            }
            Standing::Unregistered(_) => (StreetPlace::Unregistered, SignInState::Needed, None),
            Standing::Working(working) => {
                let registered = lock(&working.registered);
                let street = StreetShown {
                    id: registered.street.as_str().to_owned(),
                    name: registered.kept.street_name.clone(),
                    shop: registered.kept.contact.shop_name.clone(),
                    terminal: registered.kept.terminal.clone(),
                };
                drop(registered);
                (
                    StreetPlace::Registered { street },
                    self.sign_in_state(working)?,
                    self.pairing_shown(working),
                )
            }
        };
        Ok(StreetCounter {
            place,
            sign_in,
            settings: lock(&self.preferences).settings.clone(),
            can_charge: self.parts.stored_value.is_some(),
            pairing,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }

    pub(crate) fn tell(&self, notice: StreetNotice) {
        // Nobody listens while no window is open.
        let _ = self.notices.send(notice);
    }

    /// A key under which the next act has the effect of one.
    pub(crate) fn new_key(&self) -> Result<OperationKey, Failure> {
        let random = random::<10>(&*self.parts.entropy).map_err(|_| Failure::of(ErrorCode::Unforeseen))?;
        Ok(OperationKey::new(u64::try_from(self.now_ms()).unwrap_or_default(), &random))
    }

    pub(crate) fn ground(&self) -> Ground {
        ground(&self.parts)
    }
}

impl Working {
    /// The street's merge keys.
    pub(crate) fn keys(&self, open: &Open) -> Result<MergeKeys, Failure> {
        let street = lock(&self.registered).street;
        let kept = MergeKeys::kept(&*open.parts.vault, street).map_err(|fault| told(&fault.into()))?;
        kept.ok_or_else(|| Failure::of(ErrorCode::MergeKeysMissing))
    }
}

fn ground(parts: &Parts) -> Ground {
    Ground {
        vault: Arc::clone(&parts.vault),
        entropy: Arc::clone(&parts.entropy),
        power: Arc::clone(&parts.power),
    }
}

fn stands(parts: &Parts) -> Result<Standing, Fault> {
    let store = StoreFile::open(&parts.folders.data, &LAYOUT, &*parts.entropy, Arc::clone(&parts.power))?;
    let store = Arc::new(store);
    let Some(registered) = store::registered(&store, &*parts.vault)? else {
        return Ok(Standing::Unregistered(store));
    };
    let books = Books::open(&parts.folders.data, registered.street, &ground(parts))?;
    Ok(Standing::Working(Arc::new(Working { store, books, registered: Mutex::new(registered) })))
}
