//! A town with its ledger in a database of its own: actors with verbs, builders with defaults.

use crate::engine::{Engine, Place};
use jiff::civil::{Date, date};
use madoguchi_cloud::clock::Clock;
use madoguchi_cloud::database::{Address, Connection, Database};
use madoguchi_cloud::ledger::check::{Report, check_books};
use madoguchi_cloud::ledger::{Ledger, NotPosted, Posted, books, read};
use madoguchi_domain::currency::{CurrencyCode, CurrencyNumber};
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{
    Actor, Answer, Asked, ClearTicket, Done, GrantPoints, IdentifiedBy, IssueTicket, Job, Limits, LotOrigin,
    MergePoints, OriginKind, Part, PostedMerge, RefundMerge, Refusal, ReissueTicket, Request, RequestHash,
    StreetId, TakenTickets, TicketFace, UsePoints, VoidUse,
};
use madoguchi_domain::merge_file::{StreetPointId, TakenBack};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::person::PersonId;
use madoguchi_domain::points::Points;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::TerminalId;
use madoguchi_domain::ticket::TicketNumber;
use madoguchi_postgres::Server;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;
use uuid::Uuid;

/// 2026-11-20, 14:32 in Japan.
pub const NOON: i64 = 1_795_152_720_000;
pub const DAY: i64 = 86_400_000;
pub const TODAY: Date = date(2026, 11, 20);
/// The last day a ticket issued on [`TODAY`] can have.
pub const LAST_DAY: Date = date(2026, 12, 20);
/// Longer than any answer takes, also where a lock has to time out first.
const PATIENCE: Duration = Duration::from_mins(1);
pub const NO_LIMITS: Limits = Limits { per_use: None, per_day: None };

pub struct Town {
    pub ledger: Ledger,
    now_ms: Arc<AtomicI64>,
    keys: AtomicU64,
    place: Place,
}

pub fn city() -> CurrencyCode {
    CurrencyCode { book: BookCode::parse("141305").unwrap(), number: CurrencyNumber(1) }
}

pub fn prefecture() -> CurrencyCode {
    CurrencyCode { book: BookCode::parse("140007").unwrap(), number: CurrencyNumber(1) }
}

pub fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

pub fn terminal(number: u32) -> TerminalId {
    TerminalId::from_number(number).unwrap()
}

impl Town {
    /// The city's and the prefecture's books, empty.
    pub async fn on(engine: Engine) -> Self {
        Self::at(engine.place()).await
    }

    /// The same, in this place.
    pub async fn at(place: Place) -> Self {
        let now_ms = Arc::new(AtomicI64::new(NOON));
        let database = Database::open(place.address()).unwrap();
        database
            .write(|write| {
                books::open_currency(write, city())?;
                books::open_currency(write, prefecture())
            })
            .await
            .unwrap();
        let ledger = Ledger::new(database, Clock::Set(Arc::clone(&now_ms)));
        Self { ledger, now_ms, keys: AtomicU64::new(1), place }
    }

    /// Closes the database and opens it again, as after a restart.
    pub fn restart(self) -> Self {
        let Self { ledger, now_ms, keys, place } = self;
        drop(ledger);
        let database = Database::open(place.address()).unwrap();
        let ledger = Ledger::new(database, Clock::Set(Arc::clone(&now_ms)));
        Self { ledger, now_ms, keys, place }
    }

    pub fn address(&self) -> Address {
        self.place.address()
    }

    /// The same books, as another process has them.
    pub fn another_process(&self) -> Ledger {
        Ledger::new(Database::open(self.address()).unwrap(), self.clock())
    }

    /// What the administrator of the database does to it, on PostgreSQL; the first column of the rows.
    pub fn administrator(&self, sql: &str) -> String {
        match &self.place {
            Place::Folder(folder) => panic!("{} is no server", folder.path().display()),
            Place::Server(address) => {
                Server::shared().run(address.rsplit_once('/').expect("a database").1, sql)
            }
        }
    }

    /// The same while other things go on; it may be thrown out before it has ended.
    pub fn administrator_meanwhile(&self, sql: &str) -> JoinHandle<()> {
        let Place::Server(address) = &self.place else { panic!("no server") };
        let database = address.rsplit_once('/').expect("a database").1.to_owned();
        let sql = sql.to_owned();
        std::thread::spawn(move || Server::shared().runs_until_thrown_out(&database, &sql))
    }

    /// The file it is in, on SQLite.
    pub fn file(&self) -> PathBuf {
        match self.place.address() {
            Address::File(file) => file,
            Address::Server(server) => panic!("{server} is no file"),
        }
    }

    pub fn clock(&self) -> Clock {
        Clock::Set(Arc::clone(&self.now_ms))
    }

    pub fn set_clock(&self, now_ms: i64) {
        self.now_ms.store(now_ms, Ordering::SeqCst);
    }

    pub fn new_key(&self) -> OperationKey {
        OperationKey(Uuid::from_u128(u128::from(self.keys.fetch_add(1, Ordering::SeqCst))))
    }

    fn request(&self, actor: Actor, asked: Asked) -> Request {
        let hash = RequestHash::of([format!("{asked:?}").as_bytes()]);
        Request { actor, home: city().book, key: self.new_key(), hash, asked }
    }

    /// A use at a terminal, paid to site 7, as a request to be sent.
    pub fn use_request(&self, at: u32, by: PersonId, parts: &[(CurrencyCode, i64)]) -> Request {
        self.limited_use(at, by, parts, NO_LIMITS)
    }

    pub fn limited_use(
        &self,
        at: u32,
        by: PersonId,
        parts: &[(CurrencyCode, i64)],
        limits: Limits,
    ) -> Request {
        let parts = parts
            .iter()
            .map(|(currency, points)| Part { currency: *currency, points: Points::new(*points).unwrap() })
            .collect();
        let used = UsePoints::new(by, SiteId(7), parts, IdentifiedBy::Certificate, limits).unwrap();
        self.request(Actor::Terminal(terminal(at)), Asked::Use(used))
    }

    pub fn void_request(&self, at: u32, target: &Done) -> Request {
        let asked = Asked::Void(VoidUse { target_seq: target.number.seq });
        self.request(Actor::Terminal(terminal(at)), asked)
    }

    /// Any other request of a terminal.
    pub fn terminal_request(&self, at: u32, asked: Asked) -> Request {
        self.request(Actor::Terminal(terminal(at)), asked)
    }

    /// The refund of a merge that the street has booked back under this number of its own books.
    pub fn refund_request(&self, merge: &PostedMerge, posting: i64) -> Request {
        let (target_seq, number) = (merge.seq, merge.record.number);
        let taken_back = TakenBack::BookedBack { posting };
        let asked = Asked::RefundMerge(RefundMerge { target_seq, number, taken_back });
        self.request(Actor::Job(Job::Command), asked)
    }

    /// A ticket of the city until 20 December, issued at site 7 by terminal 1, and it works.
    pub async fn issues(&self, to: PersonId, points: i64) -> TicketFace {
        let request = self.terminal_request(1, issue(to, city(), points));
        face(&done(self.post(request).await))
    }

    pub fn grant_request(
        &self,
        to: PersonId,
        currency: CurrencyCode,
        points: i64,
        last_day: Option<Date>,
    ) -> Request {
        let asked = Asked::Grant(GrantPoints {
            currency,
            person: to,
            points: Points::new(points).unwrap(),
            last_day,
            origin: LotOrigin { kind: OriginKind::Program, reference: "000001".into() },
            partner: None,
            site: None,
            identified_by: Some(IdentifiedBy::Roster),
        });
        self.request(Actor::Job(Job::Command), asked)
    }

    /// Posts, and gets an answer in time whatever happens.
    pub async fn post(&self, request: Request) -> Result<Posted, NotPosted> {
        tokio::time::timeout(PATIENCE, self.ledger.post(request)).await.expect("an answer in time")
    }

    /// Grants, and it works.
    pub async fn grants(
        &self,
        to: PersonId,
        currency: CurrencyCode,
        points: i64,
        last_day: Option<Date>,
    ) -> Done {
        done(self.post(self.grant_request(to, currency, points, last_day)).await)
    }

    /// Uses points of the city at terminal 1, and it works.
    pub async fn uses(&self, by: PersonId, points: i64) -> Done {
        done(self.post(self.use_request(1, by, &[(city(), points)])).await)
    }

    /// What can be used of a currency at the town's date.
    pub async fn balance(&self, of: PersonId, currency: CurrencyCode) -> i64 {
        let today = self.clock().today();
        let balance = self.ledger.database().read(move |read| read::balance(read, of, currency, today)).await;
        balance.unwrap().usable
    }

    /// What the file of a merge says.
    pub async fn merge_of(&self, done: &Done) -> PostedMerge {
        let number = done.number;
        let read = move |read: &Connection| read::merge(read, number.book, number.seq);
        self.ledger.database().read(read).await.unwrap().expect("a merge")
    }

    /// All merges into the street, newest first.
    pub async fn merges(&self) -> Vec<PostedMerge> {
        let read = |read: &Connection| read::merges(read, city().book, StreetId(300_101), 1_000);
        self.ledger.database().read(read).await.unwrap()
    }

    pub async fn check(&self) -> Report {
        self.ledger.database().read(check_books).await.unwrap()
    }

    /// Every invariant holds.
    pub async fn is_in_order(&self) {
        assert_eq!(self.check().await.violations, []);
    }
}

/// A ticket until 20 December, of points at site 7.
pub fn issue(person: PersonId, currency: CurrencyCode, points: i64) -> Asked {
    Asked::IssueTicket(IssueTicket {
        person,
        site: SiteId(7),
        part: Part { currency, points: Points::new(points).unwrap() },
        last_day: LAST_DAY,
        identified_by: IdentifiedBy::Certificate,
        limits: NO_LIMITS,
    })
}

/// Points for member 42 of street 300101, at site 7.
pub fn merge(person: PersonId, points: i64) -> Asked {
    Asked::Merge(MergePoints {
        person,
        site: SiteId(7),
        part: Part { currency: city(), points: Points::new(points).unwrap() },
        street: StreetId(300_101),
        point_id: StreetPointId::parse("42").unwrap(),
        identified_by: IdentifiedBy::Certificate,
        limits: NO_LIMITS,
    })
}

/// A ticket with the stamp of site 9, scanned today.
pub fn clear(ticket: TicketNumber) -> Asked {
    let taken = TakenTickets { own: city().book, at_site: vec![city(), prefecture()], elsewhere: Vec::new() };
    Asked::ClearTicket(ClearTicket { ticket, site: SiteId(9), taken: Arc::new(taken), scanned_on: TODAY })
}

pub fn reissue(ticket: TicketNumber) -> Asked {
    Asked::ReissueTicket(ReissueTicket { ticket, site: SiteId(7) })
}

/// The ticket that something was done with.
pub fn face(done: &Done) -> TicketFace {
    done.ticket.expect("a ticket")
}

pub fn done(posted: Result<Posted, NotPosted>) -> Done {
    match posted.unwrap().answer {
        Answer::Done(done) => done,
        other => panic!("not done: {other:?}"),
    }
}

pub fn refused(posted: Result<Posted, NotPosted>) -> Refusal {
    match posted.unwrap().answer {
        Answer::Refused(refusal) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}
