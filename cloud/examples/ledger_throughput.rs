//! How many durable uses of points per second the ledger posts, without HTTP.
//!
//! `cargo run --release -p madoguchi-cloud --example ledger_throughput [residents] [uses before] [callers] [postgres]`
//!
//! Three things in turn, several rounds, medians: uses that share commits, the same code with one
//! use per commit, and repeated requests (the whole path, nothing to write). Only the ratios mean
//! anything; absolute figures follow the machine's disk and load. The processor time (Linux only),
//! whole process and writing thread alone, is steadier than the clock on a busy machine.

#![allow(clippy::unwrap_used, clippy::panic, clippy::cast_precision_loss)]

use madoguchi_cloud::clock::Clock;
use madoguchi_cloud::database::{Address, Database};
use madoguchi_cloud::ledger::check::check_books;
use madoguchi_cloud::ledger::{Ledger, MOST_PER_BATCH, SystemRandoms, books};
use madoguchi_domain::currency::{CurrencyCode, CurrencyNumber};
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{
    Actor, Answer, Asked, GrantPoints, IdentifiedBy, Job, Limits, LotOrigin, OriginKind, Part, Request,
    RequestHash, UsePoints,
};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::person::PersonId;
use madoguchi_domain::points::Points;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::TerminalId;
use madoguchi_postgres::{Disk, Server};
use std::time::{Duration, Instant};
use uuid::Uuid;

const ROUNDS: usize = 3;
const PER_RUN: Duration = Duration::from_millis(1_500);
const SHOPS: u64 = 300;

/// One way of asking.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Batched,
    OneShop,
    OnePerCommit,
    Repeated,
}

const WAYS: [(Way, &str); 4] = [
    (Way::Batched, "shared commits, 300 shops"),
    (Way::OneShop, "shared commits, one shop"),
    (Way::OnePerCommit, "one commit per use"),
    (Way::Repeated, "repeated requests"),
];

#[derive(Default, Clone, Copy)]
struct Figure {
    per_second: f64,
    p50_ms: f64,
    p99_ms: f64,
    cpu_us: f64,
    writer_cpu_us: f64,
}

/// Processor time so far, nanoseconds: of the whole process, of the writing thread.
fn processor_ns() -> (f64, f64) {
    let (mut all, mut writer) = (0.0, 0.0);
    for thread in std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten() {
        let read = |name: &str| std::fs::read_to_string(thread.path().join(name)).unwrap_or_default();
        let ns: f64 = read("schedstat").split(' ').next().and_then(|text| text.parse().ok()).unwrap_or(0.0);
        all += ns;
        if read("comm").trim() == "write" {
            writer += ns;
        }
    }
    (all, writer)
}

fn currency() -> CurrencyCode {
    CurrencyCode { book: BookCode::parse("141305").unwrap(), number: CurrencyNumber(1) }
}

fn resident(number: u64) -> PersonId {
    // Spread over the whole range, as random ids are.
    let spread = u128::from(number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
    PersonId(Uuid::from_u128(spread))
}

fn use_request(terminal: u32, who: u64, shop: u64) -> Request {
    let part = Part { currency: currency(), points: Points::new(1).unwrap() };
    let site = SiteId(i64::try_from(shop).unwrap());
    let limits = Limits { per_use: Points::new(3_000).ok(), per_day: Points::new(1_000_000).ok() };
    let used = UsePoints::new(resident(who), site, vec![part], IdentifiedBy::Certificate, limits).unwrap();
    Request {
        actor: Actor::Terminal(TerminalId::from_number(12_000_000 + terminal).unwrap()),
        home: currency().book,
        key: OperationKey(Uuid::now_v7()),
        hash: RequestHash([7; 32]),
        asked: Asked::Use(used),
    }
}

fn grant_request(who: u64) -> Request {
    let last_day = who.is_multiple_of(2).then(|| jiff::civil::date(2099, 3, 31));
    Request {
        actor: Actor::Job(Job::Command),
        home: currency().book,
        key: OperationKey(Uuid::now_v7()),
        hash: RequestHash([7; 32]),
        asked: Asked::Grant(GrantPoints {
            currency: currency(),
            person: resident(who),
            points: Points::new(1_000_000).unwrap(),
            last_day,
            origin: LotOrigin { kind: OriginKind::Program, reference: "000001".into() },
            partner: None,
            site: None,
            identified_by: Some(IdentifiedBy::Roster),
        }),
    }
}

/// A small generator of numbers, so that every run draws the same residents.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Posts so many requests from 512 callers.
async fn fill(
    ledger: &Ledger,
    count: u64,
    what: &'static str,
    request: fn(u64, u64) -> Request,
    residents: u64,
) {
    let started = Instant::now();
    let callers: Vec<_> = (0..512_u64)
        .map(|caller| {
            let ledger = ledger.clone();
            tokio::spawn(async move {
                let mut number = caller;
                while number < count {
                    let posted = ledger.post(request(number, residents)).await.unwrap();
                    assert!(matches!(posted.answer, Answer::Done(_)), "{:?}", posted.answer);
                    number += 512;
                }
            })
        })
        .collect();
    for caller in callers {
        caller.await.unwrap();
    }
    println!("{count} {what} in {:.1} s", started.elapsed().as_secs_f64());
}

async fn run(ledger: &Ledger, way: Way, callers: u32, residents: u64) -> Figure {
    let end = Instant::now() + PER_RUN;
    let started = Instant::now();
    let before = processor_ns();
    let tasks: Vec<_> = (0..callers)
        .map(|caller| {
            let ledger = ledger.clone();
            tokio::spawn(async move {
                let mut draw = Draw(u64::from(caller) + 1);
                let mut latencies = Vec::with_capacity(8_192);
                let known = use_request(caller, draw.below(residents), 1);
                ledger.post(known.clone()).await.unwrap();
                while Instant::now() < end {
                    let request = match way {
                        Way::Repeated => known.clone(),
                        Way::OneShop => use_request(caller, draw.below(residents), 1),
                        Way::Batched | Way::OnePerCommit => {
                            use_request(caller, draw.below(residents), draw.below(SHOPS) + 1)
                        }
                    };
                    let asked = Instant::now();
                    let posted = ledger.post(request).await.unwrap();
                    latencies.push(asked.elapsed());
                    assert!(matches!(posted.answer, Answer::Done(_)), "{:?}", posted.answer);
                }
                latencies
            })
        })
        .collect();
    let mut latencies = Vec::new();
    for task in tasks {
        latencies.extend(task.await.unwrap());
    }
    let seconds = started.elapsed().as_secs_f64();
    latencies.sort_unstable();
    let at = |percent: usize| {
        let index = (latencies.len() * percent / 100).min(latencies.len().saturating_sub(1));
        latencies.get(index).map_or(0.0, |latency| latency.as_secs_f64() * 1_000.0)
    };
    let after = processor_ns();
    let count = latencies.len() as f64;
    Figure {
        per_second: count / seconds,
        p50_ms: at(50),
        p99_ms: at(99),
        cpu_us: (after.0 - before.0) / count / 1_000.0,
        writer_cpu_us: (after.1 - before.1) / count / 1_000.0,
    }
}

fn median(mut figures: Vec<Figure>) -> Figure {
    figures.sort_by(|one, other| one.per_second.total_cmp(&other.per_second));
    figures[figures.len() / 2]
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let argument = |index: usize, default: u64| -> u64 {
        std::env::args().nth(index).map_or(default, |text| text.parse().unwrap())
    };
    let (residents, history) = (argument(1, 100_000), argument(2, 0));
    let folder = tempfile::tempdir_in("target").unwrap();
    // A PostgreSQL server waits for the disk here, as in earnest.
    let server =
        std::env::args().nth(4).filter(|engine| engine == "postgres").map(|_| Server::start(Disk::WaitedFor));
    let address = match &server {
        Some(server) => server.new_database().parse().unwrap(),
        None => Address::File(folder.path().join("ledger.sqlite")),
    };
    let database = Database::open(address).unwrap();
    database.write(|write| books::open_currency(write, currency())).await.unwrap();
    let ledger = |most| Ledger::with(database.clone(), Clock::System, Box::new(SystemRandoms), most);
    let (shared, single) = (ledger(MOST_PER_BATCH), ledger(1));
    fill(&shared, residents, "residents", |who, _| grant_request(who), residents).await;
    let used_before = |number: u64, residents: u64| {
        let mut draw = Draw(number);
        use_request(1, draw.below(residents), draw.below(SHOPS) + 1)
    };
    fill(&shared, history, "uses before", used_before, residents).await;

    let only = argument(3, 0);
    for callers in [1, 16, 64].into_iter().filter(|callers| only == 0 || u64::from(*callers) == only) {
        let mut rounds: Vec<Vec<Figure>> = vec![Vec::new(); WAYS.len()];
        for _ in 0..ROUNDS {
            for (figures, (way, _)) in rounds.iter_mut().zip(WAYS) {
                let ledger = if way == Way::OnePerCommit { &single } else { &shared };
                figures.push(run(ledger, way, callers, residents).await);
            }
        }
        let medians: Vec<Figure> = rounds.into_iter().map(median).collect();
        let single = medians[2].per_second;
        println!("\n{callers} callers, {residents} residents");
        for ((_, name), figure) in WAYS.iter().zip(&medians) {
            println!(
                "  {name:<26} {:>8.0}/s {:>7.2} × one per commit  p50 {:>6.2} p99 {:>6.2} ms  CPU {:>5.1} µs, writer {:>5.1} µs",
                figure.per_second,
                figure.per_second / single,
                figure.p50_ms,
                figure.p99_ms,
                figure.cpu_us,
                figure.writer_cpu_us
            );
        }
    }
    let report = database.read(check_books).await.unwrap();
    report.books.iter().for_each(|book| println!("\n{book}"));
    assert!(report.is_clean(), "{:?}", report.violations.first());
}
