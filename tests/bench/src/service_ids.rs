//! A card's number at its library, among 100,000 registered numbers and among ten million: how much slower is a
//! look-up?
//!
//! The whole way of a look-up in the cloud without the line: session, card, person, number, address notice, visit,
//! JSON. One clerk asks, in turn at either library, for residents in no order. Both are warm: their files are read
//! once from end to end before, and the first look-ups of each round are not counted.

use crate::Trouble;
use crate::command_line::Extent;
use crate::load::median;
use crate::random::Random;
use crate::serving::conduct;
use crate::table::Row;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use madoguchi_cloud::clock::Clock;
use madoguchi_cloud::cloud::Cloud;
use madoguchi_cloud::database::{Address, Connection, Database};
use madoguchi_cloud::identity::id_provider;
use madoguchi_cloud::identity::issuer::{self, Issuer};
use madoguchi_cloud::identity::registration::{self, Device};
use madoguchi_cloud::identity::session::{self, SessionRow, TokenHash};
use madoguchi_cloud::identity::site::{self, Site};
use madoguchi_cloud::identity::terminal::{self, Terminal, TerminalStatus};
use madoguchi_cloud::keys::{KeyEncryptionKey, make_key_file};
use madoguchi_cloud::terminal_api::router_with_echo;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::{TerminalId, TerminalKind};
use madoguchi_wire::terminal_api::{Contact, IdProviderChoice, TOKEN_SCHEME, route};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tower::ServiceExt as _;

/// At most 20 % slower.
const SLOWER: f64 = 1.2;
const MUNICIPALITY: &str = "141305";
const PROVIDER: &str = "140001";
const TERMINAL: u32 = 14_130_001;
const TOKEN: [u8; 32] = [0x5a; 32];
const SESSION_MS: i64 = 24 * 60 * 60 * 1000;
const BIGGEST_ANSWER: usize = 64 * 1024;
/// As long as an authority's name is.
const ISSUER: [u8; 128] = [0x30; 128];
/// Every person in the order of their number, so that each row is laid down behind the one before: ten million take
/// minutes and not hours. What is compared is looked up in no order.
const PEOPLE: &str = "with recursive n (i) as (select 0 union all select i + 1 from n where i + 1 < ?1)";
const ROWS: [&str; 4] = [
    "insert into person (id) select unhex(printf('%032x', i)) from n",
    "insert into mykey_id (mykey_id, person, from_ms)
     select printf('%08d', i), unhex(printf('%032x', i)), 1 from n",
    "insert into certificate (serial, authority, id, person, not_before_ms, not_after_ms)
     select '1f' || printf('%014x', i), ?2, i + 1, unhex(printf('%032x', i)), 0, 4102444800000 from n",
    "insert into service_id (key, provider, person, number, terminal, generation, from_ms)
     select unhex(printf('%032x', i)), ?2, unhex(printf('%032x', i)), printf('29%010d', i), ?3, 1, 1 from n",
];

/// How much is compared.
struct Comparison {
    few: u32,
    many: u32,
    rounds: u64,
    look_ups: usize,
    not_counted: usize,
}

const fn comparison(extent: Extent) -> Comparison {
    match extent {
        Extent::Full => {
            Comparison { few: 100_000, many: 10_000_000, rounds: 7, look_ups: 5_000, not_counted: 500 }
        }
        Extent::Quick => {
            Comparison { few: 10_000, many: 200_000, rounds: 5, look_ups: 1_000, not_counted: 100 }
        }
    }
}

/// Compares a library of few with one of many.
#[tokio::main(flavor = "current_thread")]
pub(crate) async fn measure(folder: &Path, extent: Extent) -> Result<Vec<Row>, Trouble> {
    let comparison = comparison(extent);
    let few = Library::laid_out(folder, comparison.few).await?;
    let many = Library::laid_out(folder, comparison.many).await?;
    let (mut among_few, mut among_many) = (Vec::new(), Vec::new());
    eprintln!("Looking up numbers at both libraries");
    for round in 0..comparison.rounds {
        among_few.push(few.median_of_look_ups(&comparison, round).await?);
        among_many.push(many.median_of_look_ups(&comparison, round).await?);
    }
    Ok(vec![row(&comparison, &among_few, &among_many)])
}

/// A library with a terminal whose session is open.
struct Library {
    people: u32,
    cloud: Router,
}

impl Library {
    async fn laid_out(folder: &Path, people: u32) -> Result<Self, Trouble> {
        eprintln!("Registering {people} customer numbers");
        let (file, key_file) = files_in(folder, people);
        make_key_file(&key_file)?;
        let database = Database::open(Address::from(file.as_path()))?;
        let now_ms = Clock::System.now_ms();
        database.write(move |write| register(write, now_ms)).await?;
        drop(database);
        lay_down(&file, people)?;
        io::copy(&mut File::open(&file)?, &mut io::sink())?;
        let key = KeyEncryptionKey::load(None, Some(&key_file))?;
        let cloud = Cloud::open(Address::from(file.as_path()), &key, conduct())?;
        Ok(Self { people, cloud: router_with_echo(Arc::new(cloud)) })
    }

    /// In milliseconds.
    async fn median_of_look_ups(&self, comparison: &Comparison, round: u64) -> Result<f64, Trouble> {
        let mut random = Random::from_seed(round);
        let mut counted = Vec::with_capacity(comparison.look_ups);
        for look_up in 0..comparison.not_counted + comparison.look_ups {
            let took = self.look_up(random.below(self.people)).await?;
            if look_up >= comparison.not_counted {
                counted.push(took.as_secs_f64() * 1e3);
            }
        }
        Ok(median(counted))
    }

    async fn look_up(&self, person: u32) -> Result<Duration, Trouble> {
        let asked = format!(r#"{{"issuer":"{}","serial":"1f{person:014x}"}}"#, hex::encode(ISSUER));
        let request = Request::post(route("look_up_service_id"))
            .header("content-type", "application/json")
            .header("authorization", format!("{TOKEN_SCHEME}{}", hex::encode(TOKEN)))
            .body(Body::from(asked))?;
        let began = Instant::now();
        let answer = self.cloud.clone().oneshot(request).await?;
        let status = answer.status();
        let said = to_bytes(answer.into_body(), BIGGEST_ANSWER).await?;
        let took = began.elapsed();
        let said = String::from_utf8_lossy(&said);
        if status == StatusCode::OK && said.contains(&format!("\"29{person:010}\"")) {
            Ok(took)
        } else {
            Err(format!("answered {status}: {said}").into())
        }
    }
}

fn files_in(folder: &Path, people: u32) -> (PathBuf, PathBuf) {
    let named = |ending| folder.join(format!("service-ids-{people}.{ending}"));
    (named("sqlite"), named("key"))
}

/// The library, its terminal and an open session.
fn register(write: &Connection, now_ms: i64) -> Result<(), Trouble> {
    let municipality = IssuerCode::parse(MUNICIPALITY)?;
    let most = 9_999_999_999;
    let name = "川崎市".to_owned();
    issuer::put(write, &Issuer { code: municipality, name, limit_per_use: most, limit_per_day: most })?;
    let name = "中央図書館".to_owned();
    site::add(write, &Site { id: SiteId(1), municipality, name, takes_tickets: false })?;
    let provider = IdProviderId::parse(PROVIDER)?;
    let choice = IdProviderChoice { id: provider, name: "川崎市立図書館".to_owned() };
    id_provider::put(write, municipality, &choice, false)?;
    let kind = TerminalKind::ServiceIdCounter;
    let terminal = Terminal {
        id: TerminalId::from_number(TERMINAL)?,
        municipality,
        site: SiteId(1),
        kind,
        functions: kind.default_functions(false).to_vec(),
        status: TerminalStatus::Active,
        generation: 1,
    };
    terminal::add(write, &terminal, "nobody signs in with a password here")?;
    let device = Device { fingerprint: [1; 32], public_key: [2; 32] };
    registration::add(write, terminal.id, 1, &device, &contact(provider), now_ms)?;
    let row = SessionRow { terminal: terminal.id, generation: 1, expires_at_ms: now_ms + SESSION_MS };
    session::open(write, TokenHash::of(&TOKEN), row, now_ms)?;
    Ok(())
}

fn contact(provider: IdProviderId) -> Contact {
    let said = |text: &str| text.to_owned();
    Contact {
        staff_name: said("山田 花"),
        shop_name: said("中央図書館"),
        postal_code: said("2108577"),
        address: said("川崎市川崎区宮本町1"),
        phone: said("044-200-2111"),
        mail: said("yamada@example.jp"),
        id_provider: Some(provider.as_str().to_owned()),
    }
}

/// Persons with MyKey ID, certificate and number, laid down by the database itself.
fn lay_down(file: &Path, people: u32) -> Result<(), Trouble> {
    let database = rusqlite::Connection::open(file)?;
    // Nobody reads it meanwhile, and a file that was cut off is laid down anew.
    for (word, value) in [("journal_mode", "off"), ("synchronous", "off"), ("foreign_keys", "off")] {
        database.pragma_update(None, word, value)?;
    }
    let [persons, mykey_ids, certificates, numbers] = ROWS.map(|rows| format!("{PEOPLE} {rows}"));
    database.execute(&persons, [people])?;
    database.execute(&mykey_ids, [people])?;
    let authority = 1;
    database.execute(
        "insert into certificate_authority (number, name) values (?1, ?2)",
        rusqlite::params![authority, ISSUER],
    )?;
    database.execute(&certificates, rusqlite::params![people, authority])?;
    database.execute(&numbers, rusqlite::params![people, PROVIDER, TERMINAL])?;
    database.pragma_update(None, "journal_mode", "wal")?;
    Ok(())
}

fn row(comparison: &Comparison, among_few: &[f64], among_many: &[f64]) -> Row {
    let slower = median(among_few.iter().zip(among_many).map(|(few, many)| many / few).collect());
    let (few, many) = (median(among_few.to_vec()), median(among_many.to_vec()));
    Row::with_goal(
        format!("Service IDs: a look-up among {} ÷ among {}, median", comparison.many, comparison.few),
        format!("≤ {SLOWER}"),
        format!("{slower:.2} ({many:.3} ms; {few:.3} ms)"),
        slower <= SLOWER,
    )
}
