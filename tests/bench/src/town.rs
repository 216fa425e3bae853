//! A town: residents with points, shops with terminals, open sessions that are signed
//! in, and years of uses.
//!
//! Everything about it follows from its numbers, so that the load can name its residents, terminals
//! and tokens without reading the database.

use crate::Trouble;
use crate::random::Random;
use clap::ValueEnum;
use jiff::civil::Date;
use madoguchi_cloud::clock::Clock;
use madoguchi_cloud::database::{Address, Connection, Database};
use madoguchi_cloud::identity::currency::{self, Currency};
use madoguchi_cloud::identity::issuer::{self, Issuer};
use madoguchi_cloud::identity::session::{self, SessionRow, TokenHash};
use madoguchi_cloud::identity::sign_in::{self, SignIn};
use madoguchi_cloud::identity::site::{self, Site};
use madoguchi_cloud::identity::terminal::{self, Terminal, TerminalStatus};
use madoguchi_cloud::ledger::{Ledger, books};
use madoguchi_domain::currency::{CurrencyCode, CurrencyKind, CurrencyNumber};
use madoguchi_domain::issuer::{BookCode, IssuerCode};
use madoguchi_domain::ledger::{
    Actor, Answer, Asked, GrantPoints, IdentifiedBy, Job, Limits, LotOrigin, OriginKind, Part, Request,
    RequestHash, UsePoints,
};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::person::PersonId;
use madoguchi_domain::points::Points;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::{TerminalId, TerminalKind};
use tokio::task::JoinSet;

/// Kawasaki.
const MUNICIPALITY: &str = "141305";
/// Shops with one terminal each.
pub(crate) const SHOPS: u32 = 1_000;
/// Terminals of the one shop where everybody pays.
const TERMINALS_OF_THE_BUSY_SHOP: u32 = 64;
const FIRST_TERMINAL: u32 = 14_130_001;
/// Granted to each resident in each of two lots, so that nobody runs dry.
pub(crate) const PER_LOT: i64 = 1_000_000;
pub(crate) const PER_USE: i64 = 100;
/// Beyond anything a run uses.
const LIMIT: i64 = 9_999_999_999;
const SESSION_MS: i64 = 24 * 60 * 60 * 1000;
/// Posted at a time while a town is founded.
const AT_A_TIME: u32 = 1_024;

/// How large a town is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Town {
    pub(crate) residents: u32,
    /// Uses in its books before the measurement begins.
    pub(crate) earlier_uses: u32,
}

/// Where people pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Where {
    /// At a thousand shops.
    ManyShops,
    /// All at one shop.
    OneShop,
}

impl Where {
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::ManyShops => "many shops",
            Self::OneShop => "one shop",
        }
    }

    /// The terminals people pay at: how many, from which on.
    const fn terminals(self) -> (u32, u32) {
        match self {
            Self::ManyShops => (SHOPS, 0),
            Self::OneShop => (TERMINALS_OF_THE_BUSY_SHOP, SHOPS),
        }
    }
}

/// A terminal of the town, by its place among all.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counter(u32);

impl Counter {
    /// All terminals where people pay.
    pub(crate) fn all(place: Where) -> impl Iterator<Item = Self> {
        let (count, first) = place.terminals();
        (first..first + count).map(Self)
    }

    /// All terminals of the town.
    fn all_of_the_town() -> impl Iterator<Item = Self> {
        (0..SHOPS + TERMINALS_OF_THE_BUSY_SHOP).map(Self)
    }

    pub(crate) fn terminal(self) -> Result<TerminalId, Trouble> {
        Ok(TerminalId::from_number(FIRST_TERMINAL + self.0)?)
    }

    /// The token of its open session.
    pub(crate) fn token(self) -> [u8; 32] {
        let mut token = [0x5a; 32];
        token[..4].copy_from_slice(&self.0.to_be_bytes());
        token
    }

    pub(crate) const fn site(self) -> SiteId {
        SiteId(if self.0 < SHOPS { self.0 as i64 + 1 } else { SHOPS as i64 + 1 })
    }
}

/// A resident by place: an id that looks as random as any.
pub(crate) const fn resident(place: u32) -> PersonId {
    let mut random = Random::from_seed(place as u64);
    let bits = ((random.next() as u128) << 64) | random.next() as u128;
    PersonId(uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid())
}

/// The town's own points.
pub(crate) fn currency() -> Result<CurrencyCode, Trouble> {
    Ok(CurrencyCode { book: BookCode::parse(MUNICIPALITY)?, number: CurrencyNumber(1) })
}

/// What one use takes.
pub(crate) fn points_of_a_use() -> Result<Points, Trouble> {
    Ok(Points::new(PER_USE)?)
}

impl Town {
    /// How many operations its books hold: two grants for each resident, and the uses.
    pub(crate) const fn operations(self) -> u32 {
        2 * self.residents + self.earlier_uses
    }

    /// Builds the town in a new database.
    pub(crate) fn found(self, database: impl Into<Address>) -> Result<(), Trouble> {
        self.found_by(database, &Clock::System)
    }

    /// The same with books that begin when this clock says; its sessions are open now.
    #[tokio::main]
    pub(crate) async fn found_by(self, database: impl Into<Address>, clock: &Clock) -> Result<(), Trouble> {
        let database = Database::open(database)?;
        let ledger = Ledger::new(database.clone(), clock.clone());
        let now_ms = Clock::System.now_ms();
        database.write(move |write| register(write, now_ms)).await?;
        let last_days =
            [Clock::System.today().checked_add(jiff::Span::new().years(1))?, Date::constant(2099, 3, 31)];
        for (lot, last_day) in (0_u8..).zip(last_days) {
            post_all(&ledger, self.residents, |place| grant(place, lot, last_day)).await?;
        }
        let mut random = Random::from_seed(u64::from(self.residents));
        post_all(&ledger, self.earlier_uses, |number| earlier_use(number, self.residents, &mut random)).await
    }
}

/// Issuer, points, shops, terminals, and for each a session in which somebody has signed in.
fn register(write: &Connection, now_ms: i64) -> Result<(), Trouble> {
    let municipality = IssuerCode::parse(MUNICIPALITY)?;
    issuer::put(
        write,
        &Issuer {
            code: municipality, name: "川崎市".to_owned(), limit_per_use: LIMIT, limit_per_day: LIMIT
        },
    )?;
    let code = currency()?;
    let name = "川崎市ポイント".to_owned();
    currency::add(
        write,
        &Currency { code, kind: CurrencyKind::Municipal, name, first_day: None, last_day: None },
    )?;
    books::open_currency(write, code)?;
    for shop in 1..=i64::from(SHOPS) + 1 {
        let name = format!("商店{shop}");
        site::add(write, &Site { id: SiteId(shop), municipality, name, takes_tickets: true })?;
    }
    for counter in Counter::all_of_the_town() {
        let kind = TerminalKind::PointUseCounter;
        let terminal = Terminal {
            id: counter.terminal()?,
            municipality,
            site: counter.site(),
            kind,
            functions: kind.default_functions(false).to_vec(),
            status: TerminalStatus::Active,
            generation: 1,
        };
        terminal::add(write, &terminal, "nobody signs in with a password here")?;
        let row = SessionRow { terminal: terminal.id, generation: 1, expires_at_ms: now_ms + SESSION_MS };
        session::open(write, TokenHash::of(&counter.token()), row, now_ms)?;
        let signed_in = SignIn { from_ms: now_ms, until_ms: now_ms + SESSION_MS, staff_name: None };
        sign_in::begin(write, terminal.id, terminal.generation, &signed_in)?;
    }
    Ok(())
}

fn grant(place: u32, lot: u8, last_day: Date) -> Result<Request, Trouble> {
    let currency = currency()?;
    let granted = GrantPoints {
        currency,
        person: resident(place),
        points: Points::new(PER_LOT)?,
        last_day: Some(last_day),
        origin: LotOrigin { kind: OriginKind::Program, reference: format!("program {lot}") },
        partner: None,
        site: None,
        identified_by: None,
    };
    request(
        Actor::Job(Job::Command),
        OperationKey::derived(&format!("grant:{lot}:{place}")),
        Asked::Grant(granted),
    )
}

fn earlier_use(number: u32, residents: u32, random: &mut Random) -> Result<Request, Trouble> {
    let place = random.below(residents);
    let counter = Counter(number % SHOPS);
    let parts = vec![Part { currency: currency()?, points: points_of_a_use()? }];
    let limits = Limits { per_use: None, per_day: None };
    let used = UsePoints::new(resident(place), counter.site(), parts, IdentifiedBy::Certificate, limits)?;
    let key = OperationKey::new(Clock::System.now_ms().unsigned_abs(), &random.ten_bytes());
    request(Actor::Terminal(counter.terminal()?), key, Asked::Use(used))
}

fn request(actor: Actor, key: OperationKey, asked: Asked) -> Result<Request, Trouble> {
    let hash = RequestHash::of([key.0.as_bytes().as_slice()]);
    Ok(Request { actor, home: currency()?.book, key, hash, asked })
}

/// Posts them as the cloud does, many waiting at a time.
async fn post_all(
    ledger: &Ledger,
    count: u32,
    mut make: impl FnMut(u32) -> Result<Request, Trouble>,
) -> Result<(), Trouble> {
    let mut posting: JoinSet<bool> = JoinSet::new();
    for place in 0..count {
        let (ledger, request) = (ledger.clone(), make(place)?);
        posting.spawn(async move {
            ledger.post(request).await.is_ok_and(|posted| matches!(posted.answer, Answer::Done(_)))
        });
        if place % AT_A_TIME == AT_A_TIME - 1 {
            all_done(&mut posting).await?;
        }
    }
    all_done(&mut posting).await
}

async fn all_done(posting: &mut JoinSet<bool>) -> Result<(), Trouble> {
    while let Some(done) = posting.join_next().await {
        if !done? {
            return Err("a grant or use of the town's past was refused".into());
        }
    }
    Ok(())
}
