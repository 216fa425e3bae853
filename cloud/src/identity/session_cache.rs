//! What a process remembers of open sessions, so that a request costs a hash and a look into a map.
//!
//! Another process (the operator's command line, a second server) may suspend or release a terminal at
//! any moment. It then raises the registry's version; this cache reads that one number at least once a
//! second and forgets everything older, so the change holds within a second.

use super::currency::{self, Currency};
use super::session::{self, TokenHash};
use super::sign_in::{self, SignIn};
use super::terminal::{self, TerminalStatus};
use super::{issuer, registration, registry, sign_in_rule, site};
use crate::database::{self, Connection};
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::sign_in::SignInRule;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::{TerminalFunction, TerminalId, TerminalKind};
use madoguchi_wire::terminal_api::{Limits, OwnIdProvider, SignedIn, TerminalProfile};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};
use tokio::sync::{Mutex, MutexGuard};

/// After this long the next request asks for the registry's version; others go on meanwhile.
const ASK_AFTER: Duration = Duration::from_millis(400);
/// After this long nobody goes on without an answer.
const TRUST_FOR: Duration = Duration::from_millis(900);

/// A proven terminal and everything a request needs to know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Which terminal.
    pub terminal: TerminalId,
    /// In which generation.
    pub generation: u32,
    /// The municipality it belongs to.
    pub municipality: IssuerCode,
    /// Its name.
    pub municipality_name: String,
    /// Where it stands.
    pub site: SiteId,
    /// The site's name.
    pub site_name: String,
    /// The kind under which Form I counts it.
    pub kind: TerminalKind,
    /// What it may do, in the menu's order.
    pub functions: Vec<TerminalFunction>,
    /// Limits without PIN.
    pub limits: Limits,
    /// The currencies that can be used here in their period, the municipal one first.
    pub currencies: Vec<Currency>,
    /// The municipality's rule for signing in.
    pub sign_in_rule: SignInRule,
    /// The ID provider it was registered for in this generation.
    pub id_provider: Option<OwnIdProvider>,
    /// The last sign-in of this generation, over or not.
    pub last_sign_in: Option<SignIn>,
    /// When it ends, milliseconds since 1970 (UTC).
    pub expires_at_ms: i64,
}

impl Session {
    /// Whether the terminal has a function.
    pub fn may(&self, function: TerminalFunction) -> bool {
        self.functions.contains(&function)
    }

    /// The sign-in in force.
    pub fn sign_in(&self, now_ms: i64) -> Option<SignedIn> {
        let last = self.last_sign_in.as_ref().filter(|last| now_ms < last.until_ms)?;
        Some(SignedIn { from_ms: last.from_ms, until_ms: last.until_ms, staff_name: last.staff_name.clone() })
    }

    /// Whether a function may be used as far as signing in is concerned.
    pub fn is_signed_in_for(&self, function: TerminalFunction, now_ms: i64) -> bool {
        let is_in_force = || self.last_sign_in.as_ref().is_some_and(|last| now_ms < last.until_ms);
        !self.sign_in_rule.wants_sign_in(function) || is_in_force()
    }

    /// The currencies in service on a day.
    pub fn currencies_on(&self, day: jiff::civil::Date) -> impl Iterator<Item = &Currency> {
        self.currencies.iter().filter(move |currency| currency.is_in_service(day))
    }

    /// What the terminal is told of itself.
    pub fn profile(&self, day: jiff::civil::Date) -> TerminalProfile {
        TerminalProfile {
            terminal: self.terminal,
            municipality: self.municipality,
            municipality_name: self.municipality_name.clone(),
            site: self.site,
            site_name: self.site_name.clone(),
            kind: self.kind,
            functions: self.functions.clone(),
            currencies: self.currencies_on(day).map(|currency| currency.name.clone()).collect(),
            limits: self.limits,
            sign_in: self.sign_in_rule,
            id_provider: self.id_provider.clone(),
        }
    }
}

/// What a token is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It stands for this terminal.
    Open(Arc<Session>),
    /// It is unknown or over; the terminal opens a new session.
    Ended,
    /// The terminal was released or deleted since.
    RegistrationEnded,
    /// The terminal is suspended.
    Suspended,
}

/// Sessions by token, as of one version of the registry.
#[derive(Debug, Default)]
pub struct SessionCache {
    seen: RwLock<Seen>,
    asking: Mutex<()>,
}

#[derive(Debug, Default)]
struct Seen {
    version: i64,
    asked_at: Option<Instant>,
    sessions: HashMap<TokenHash, Arc<Session>>,
}

/// Whether what is remembered may still be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Freshness {
    /// Yes.
    Fresh,
    /// Yes, but somebody should ask for the version.
    AskSoon,
    /// Not before the version was asked for.
    Stale,
}

impl SessionCache {
    fn freshness(&self) -> Freshness {
        match self.read().asked_at.map(|at| at.elapsed()) {
            Some(age) if age < ASK_AFTER => Freshness::Fresh,
            Some(age) if age < TRUST_FOR => Freshness::AskSoon,
            _ => Freshness::Stale,
        }
    }

    /// The turn to ask for the version, if it is time. Whoever may go on meanwhile does not wait for it;
    /// of those who may not, one asks and the others wait.
    pub async fn turn_to_ask(&self) -> Option<MutexGuard<'_, ()>> {
        match self.freshness() {
            Freshness::Fresh => None,
            Freshness::AskSoon => self.asking.try_lock().ok(),
            Freshness::Stale => {
                let turn = self.asking.lock().await;
                (self.freshness() == Freshness::Stale).then_some(turn)
            }
        }
    }

    /// Takes note of the version, asked for at `asked_at`; another than before forgets all sessions.
    pub fn note_version(&self, version: i64, asked_at: Instant) {
        let mut seen = self.write();
        if seen.version != version {
            seen.version = version;
            seen.sessions.clear();
        }
        seen.asked_at = seen.asked_at.max(Some(asked_at));
    }

    /// Takes note of a version that was met while something else was read from `asked_at` on, if it is newer.
    pub fn note_newer(&self, version: i64, asked_at: Instant) {
        if self.version() < version {
            self.note_version(version, asked_at);
        }
    }

    /// The version that is known of.
    pub fn version(&self) -> i64 {
        self.read().version
    }

    /// A remembered session that is not over.
    pub fn get(&self, token: TokenHash, now_ms: i64) -> Option<Arc<Session>> {
        self.read().sessions.get(&token).filter(|session| now_ms < session.expires_at_ms).cloned()
    }

    /// Remembers a session that was loaded when the registry had this version.
    pub fn put(&self, token: TokenHash, session: Arc<Session>, version: i64, now_ms: i64) {
        let mut seen = self.write();
        if seen.version != version {
            return;
        }
        if seen.sessions.len() == seen.sessions.capacity() {
            seen.sessions.retain(|_, known| now_ms < known.expires_at_ms);
        }
        seen.sessions.insert(token, session);
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, Seen> {
        self.seen.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, Seen> {
        self.seen.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a token is worth by the database, and the registry's version when it was looked up.
pub fn load(read: &Connection, token: TokenHash, now_ms: i64) -> database::Result<(Standing, i64)> {
    // The version first: what is read after it is at least as new.
    let version = registry::version(read)?;
    let standing = match session::find(read, token)?.filter(|row| now_ms < row.expires_at_ms) {
        None => Standing::Ended,
        Some(row) => match terminal_session(read, row.terminal, row.expires_at_ms)? {
            Standing::Open(session) if session.generation != row.generation => Standing::RegistrationEnded,
            standing => standing,
        },
    };
    Ok((standing, version))
}

/// A terminal's session as it would stand now.
pub fn terminal_session(read: &Connection, id: TerminalId, expires_at_ms: i64) -> database::Result<Standing> {
    let Some(found) = terminal::find(read, id)?.map(|found| found.terminal) else {
        return Ok(Standing::RegistrationEnded);
    };
    match found.status {
        TerminalStatus::Deleted => return Ok(Standing::RegistrationEnded),
        TerminalStatus::Suspended => return Ok(Standing::Suspended),
        TerminalStatus::Active => {}
    }
    let Some(municipality) = issuer::find(read, found.municipality)? else {
        return Ok(Standing::RegistrationEnded);
    };
    Ok(Standing::Open(Arc::new(Session {
        terminal: found.id,
        generation: found.generation,
        municipality: municipality.code,
        municipality_name: municipality.name,
        site: found.site,
        site_name: site::name(read, found.site)?.unwrap_or_default(),
        kind: found.kind,
        functions: found.functions,
        limits: Limits { per_use: municipality.limit_per_use, per_day: municipality.limit_per_day },
        currencies: currency::listed_at(read, found.municipality, found.id)?,
        sign_in_rule: sign_in_rule::of(read, found.municipality)?,
        id_provider: registration::id_provider(read, found.id, found.generation)?,
        last_sign_in: sign_in::last(read, found.id, found.generation)?,
        expires_at_ms,
    })))
}
