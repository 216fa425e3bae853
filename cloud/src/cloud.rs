//! What every request needs: the cloud's name, clock, keys, database and ledger.
//!
//! Belongs here: opening all of it, once. Does not belong here: what requests do with it.

use crate::clock::Clock;
use crate::database::{Address, CannotOpen, Connection, Database, NotWritten};
use crate::identity::authority::{CertificateAuthority, InTime};
use crate::identity::challenge::ChallengeKey;
use crate::identity::session_cache::SessionCache;
use crate::identity::visit::VisitKey;
use crate::keys::wrapped::{self, KeyTrouble, OpenKey, WrappedFor, Wrapping};
use crate::keys::{KeyEncryptionKey, Purpose};
use crate::ledger::Ledger;
use crate::terminal_api::{PerMinute, Rates};
use crate::ticket::clearing_cache::ClearingCache;
use crate::ticket::number_hash::NumberHash;
use madoguchi_domain::ticket::TicketNumber;
use std::sync::Arc;
use tokio::sync::{OnceCell, Semaphore};
use x509_cert::Certificate;

/// How many passwords are checked at a time: each takes 19 MiB and tens of milliseconds.
const PASSWORD_CHECKS: usize = 2;

/// The turns at checking passwords. Outsiders take theirs apart: however many they try, whoever is at a
/// registered device is checked.
pub(crate) struct PasswordChecks {
    pub(crate) unproven: Semaphore,
    pub(crate) at_the_device: Semaphore,
}

impl Default for PasswordChecks {
    fn default() -> Self {
        Self { unproven: Semaphore::new(PASSWORD_CHECKS), at_the_device: Semaphore::new(PASSWORD_CHECKS) }
    }
}

/// The open cloud.
pub struct Cloud {
    /// The name under which it is known; part of what each session's signature covers.
    pub name: String,
    /// The only clock that decides dates.
    pub clock: Clock,
    /// Whether a reverse proxy stands before it and says where requests come from.
    pub behind_proxy: bool,
    /// Whether this is a demonstration, which takes the published sample cards.
    pub demo: bool,
    /// Whether its points are worth nothing: people learn the counter with them.
    pub training: bool,
    /// The authorities whose cards may sign.
    pub trust_anchors: Vec<Certificate>,
    /// The certificate authority, where it can be asked; nobody waits for it longer than [`InTime`] does.
    pub authority: Option<Arc<dyn CertificateAuthority>>,
    /// Its database.
    pub database: Database,
    /// Its books.
    pub ledger: Ledger,
    pub(crate) sessions: SessionCache,
    pub(crate) clearing: ClearingCache,
    pub(crate) visits: VisitKey,
    pub(crate) challenges: ChallengeKey,
    pub(crate) wrapping: Wrapping,
    number_hash_key: OnceCell<OpenKey>,
    pub(crate) rates: Rates,
    pub(crate) password_checks: PasswordChecks,
}

/// What the settings say about how a cloud answers.
#[derive(Debug, Clone)]
pub struct Conduct {
    /// The name under which the cloud is known.
    pub name: String,
    /// Where "now" comes from.
    pub clock: Clock,
    /// Whether a reverse proxy stands before it.
    pub behind_proxy: bool,
    /// Whether this is a demonstration, which takes the published sample cards.
    pub demo: bool,
    /// Whether its points are worth nothing: people learn the counter with them.
    pub training: bool,
    /// The authorities whose cards may sign; none by default.
    pub trust_anchors: Vec<Certificate>,
    /// The certificate authority (rows B4, C6); none by default.
    pub authority: Option<Arc<dyn CertificateAuthority>>,
    /// How often one may ask.
    pub per_minute: PerMinute,
}

impl Cloud {
    /// Opens the database, brings its schema up to date, and takes up the books.
    pub fn open(
        database: impl Into<Address>,
        key: &KeyEncryptionKey,
        conduct: Conduct,
    ) -> Result<Self, CannotOpen> {
        let database = Database::open(database)?;
        let ledger = Ledger::new(database.clone(), conduct.clock.clone());
        Ok(Self {
            ledger,
            database,
            sessions: SessionCache::default(),
            clearing: ClearingCache::default(),
            visits: VisitKey::new(key.derive(Purpose::Visit)),
            challenges: ChallengeKey::new(key.derive(Purpose::Challenge)),
            wrapping: Wrapping::by(key),
            number_hash_key: OnceCell::new(),
            rates: Rates::new(conduct.per_minute),
            password_checks: PasswordChecks::default(),
            name: conduct.name,
            clock: conduct.clock,
            behind_proxy: conduct.behind_proxy,
            demo: conduct.demo,
            training: conduct.training,
            trust_anchors: conduct.trust_anchors,
            authority: conduct
                .authority
                .map(|authority| Arc::new(InTime::of(authority)) as Arc<dyn CertificateAuthority>),
        })
    }

    /// The keyed hash of a number that may be somebody's My Number. The key is made at the first one.
    pub(crate) async fn number_hash(
        &self,
        number: TicketNumber,
    ) -> Result<NumberHash, NotWritten<KeyTrouble>> {
        let made = || async {
            let (wrapping, now_ms) = (self.wrapping.clone(), self.clock.now_ms());
            let opened = move |write: &Connection| {
                let key = wrapped::made_in_use(write, &wrapping, WrappedFor::NumberHash, now_ms)?;
                wrapping.open(&key)?.ok_or(KeyTrouble::Damaged)
            };
            self.database.write(opened).await
        };
        Ok(NumberHash::of(self.number_hash_key.get_or_try_init(made).await?, number))
    }
}
