//! Where this program stands with its terminal: registered or not, and what bars it.
//!
//! Belongs here: looking at store, credential store and fingerprint, at start and again while barred.
//! Does not: the cloud's view; `open_session` asks for that.

use crate::clearing::ScanJournal;
use crate::counter::Parts;
use crate::journal::Journal;
use crate::store::{Registered, SignInRecord, Store, StoreFault, StoreKey};
use crate::words;
use madoguchi_domain::fingerprint::{Measurement, SourceDigest, TooWeak, changed_sources, measure};
use madoguchi_port::vault::Vault;
use madoguchi_wire::failure::{Bilingual, ErrorCode, Failure};
use madoguchi_wire::terminal_api::TerminalProfile;
use madoguchi_wire::window::Place;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The terminal this PC is registered as.
pub(crate) struct Terminal {
    /// Its registration.
    pub(crate) registered: Registered,
    /// Its journal.
    pub(crate) journal: Journal,
    /// Its scans of used tickets.
    pub(crate) scans: ScanJournal,
    /// What outlives a restart of signing in.
    pub(crate) sign_in: SignInRecord,
    /// The fingerprint's sources at registration.
    pub(crate) digests: Vec<SourceDigest>,
}

/// Where the program stands.
#[derive(Clone)]
pub(crate) enum Standing {
    /// This PC is no terminal yet.
    Unregistered,
    /// This PC is a terminal and, as far as is known, may work.
    Registered {
        /// Which.
        terminal: Arc<Terminal>,
        /// What it was at its last session; none before the first one.
        profile: Option<TerminalProfile>,
    },
    /// It cannot work.
    Barred {
        /// Why.
        failure: Failure,
        /// The terminal, where that much is known.
        terminal: Option<Arc<Terminal>>,
    },
}

impl Standing {
    /// What the window shows.
    pub(crate) fn place(&self) -> Place {
        match self {
            Self::Unregistered => Place::Unregistered,
            Self::Registered { profile: Some(profile), .. } => Place::Registered { profile: profile.clone() },
            // Registered, but the first session did not come about yet; it is tried again by itself.
            Self::Registered { profile: None, .. } => barred(Failure::of(ErrorCode::CloudUnreachable)),
            Self::Barred { failure, .. } => barred(failure.clone()),
        }
    }

    /// The terminal, also while it is barred.
    pub(crate) const fn known_terminal(&self) -> Option<&Arc<Terminal>> {
        match self {
            Self::Unregistered => None,
            Self::Registered { terminal, .. } => Some(terminal),
            Self::Barred { terminal, .. } => terminal.as_ref(),
        }
    }

    /// The same; where it is not known, what bars it: a store that another program holds is no missing registration.
    pub(crate) fn known_terminal_or_why(&self) -> Result<&Arc<Terminal>, Failure> {
        self.known_terminal().ok_or_else(|| match self {
            Self::Barred { failure, .. } => failure.clone(),
            Self::Unregistered | Self::Registered { .. } => Failure::of(ErrorCode::NotRegistered),
        })
    }
}

fn barred(failure: Failure) -> Place {
    let may_register = matches!(
        failure.code,
        ErrorCode::DeviceKeyMissing | ErrorCode::FingerprintChanged | ErrorCode::RegistrationEnded
    );
    Place::Barred { failure, may_register }
}

/// Looks at store, credential store and fingerprint. Blocks.
pub(crate) fn look(parts: &Parts, store: &Result<Arc<Store>, StoreFault>) -> Standing {
    let nobody = |failure| Standing::Barred { failure, terminal: None };
    let store = match store {
        Ok(store) => store,
        Err(fault) => return nobody(fault.into()),
    };
    match store.registered() {
        Ok(None) => Standing::Unregistered,
        Ok(Some(registered)) => match terminal(parts, store, registered) {
            Ok(terminal) => check_device(parts, Arc::new(terminal)),
            Err(failure) => nobody(failure),
        },
        Err(fault) => nobody(fault.into()),
    }
}

/// Opens what the terminal kept, with the keys it kept elsewhere.
fn terminal(parts: &Parts, store: &Arc<Store>, registered: Registered) -> Result<Terminal, Failure> {
    let vault = &*parts.drivers.vault;
    let missing = || Failure::of(ErrorCode::DeviceKeyMissing);
    kept(vault, &registered.device_key)?.ok_or_else(missing)?;
    let bytes = kept(vault, &registered.store_key)?.ok_or_else(missing)?;
    let key = StoreKey::new(&registered.store_key, &bytes).ok_or_else(missing)?;
    let digests = store.source_digests(&registered, &key)?;
    let entropy = || Arc::clone(&parts.entropy);
    let sign_in = SignInRecord::new(Arc::clone(store), entropy(), registered.id, key.clone());
    let scans = ScanJournal::new(Arc::clone(store), entropy(), registered.id, key.clone());
    let journal = Journal::new(Arc::clone(store), entropy(), registered.id, key);
    Ok(Terminal { registered, journal, scans, sign_in, digests })
}

/// A secret of the credential store; a store that fails is as good as none.
pub(crate) fn kept(vault: &dyn Vault, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Failure> {
    vault.get(name).map_err(|fault| {
        tracing::warn!(%fault, "the credential store gave no answer");
        Failure::of(ErrorCode::VaultAbsent)
    })
}

fn check_device(parts: &Parts, terminal: Arc<Terminal>) -> Standing {
    match same_device(parts, &terminal) {
        Ok(_) => {
            let profile = terminal.registered.profile.clone();
            Standing::Registered { terminal, profile }
        }
        Err(failure) => Standing::Barred { failure, terminal: Some(terminal) },
    }
}

/// Measures this PC; the failure names what changed since it was registered. Blocks.
pub(crate) fn same_device(parts: &Parts, terminal: &Terminal) -> Result<Measurement, Failure> {
    let now = measure(&parts.drivers.sources.read());
    let digests = now.as_ref().map_or(&[][..], |now| &now.digests);
    let changed = changed_sources(&terminal.digests, digests);
    match now {
        Ok(now) if changed.is_empty() => Ok(now),
        _ => Err(Failure::with(ErrorCode::FingerprintChanged, &[("sources", words::sources(&changed))])),
    }
}

/// Measures a PC that is to become a terminal. Blocks.
pub(crate) fn measure_device(parts: &Parts) -> Result<Measurement, Failure> {
    measure(&parts.drivers.sources.read()).map_err(|TooWeak { missing }| {
        Failure::with(ErrorCode::FingerprintTooWeak, &[("sources", words::sources(&missing))])
    })
}

/// The cloud finds that the device changed where this program sees no change.
pub(crate) fn changed_for_the_cloud() -> Failure {
    let fingerprint = Bilingual { ja: "識別の値".into(), en: "fingerprint".into() };
    Failure::with(ErrorCode::FingerprintChanged, &[("sources", fingerprint)])
}
