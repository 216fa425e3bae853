//! Paper tickets that people hold already: issued in the books themselves, beside every window.
//!
//! Belongs here: tickets by the dozen or by the thousand, with the codes that stand on their papers. Does
//! not: an issue at a desk ([`crate::clerk`]).
//! Why it exists: a chamber clears what others issued, and nobody waits for a thousand papers at one desk.

use super::trouble::Trouble;
use crate::album::code_on;
use jiff::ToSpan;
use jiff::civil::Date;
use madoguchi_cloud::clock::Clock;
use madoguchi_cloud::database::{self, Address, Connection, Database, NotRead, params};
use madoguchi_cloud::identity::{currency, person, site};
use madoguchi_cloud::keys::KeyEncryptionKey;
use madoguchi_cloud::keys::wrapped::{self, KeyTrouble, OpenKey, WrappedFor, Wrapping};
use madoguchi_cloud::ledger::Ledger;
use madoguchi_cloud::ticket::tag;
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::ledger::{
    Actor, Answer, Asked, IdentifiedBy, IssueTicket, Limits, Part, Request, RequestHash, TicketFace,
};
use madoguchi_domain::mykey_id::MyKeyId;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::person::PersonId;
use madoguchi_domain::points::Points;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::TerminalId;
use madoguchi_domain::ticket::{TicketKeyNumber, TicketNumber};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tokio::task::JoinSet;
use uuid::Uuid;

/// Posted at a time: as many as one commit takes.
const AT_A_TIME: usize = 1_024;

/// The ward office's desk in the example, and the resident who has the most points.
const WARD_OFFICE: (&str, &str) = ("14130006", "川崎区役所");
const RESIDENT: &str = "TAR0MA78";
const POINTS: (&str, &str) = ("141305", "川崎市ポイント");

/// A ticket on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// What stands in its QR.
    pub code: String,
    /// Its number in fours.
    pub number: String,
    /// What it is good for.
    pub points: i64,
}

impl Paper {
    /// As a foreign program reads it from the paper that a desk has printed.
    pub fn read_from(pdf: &Path, points: i64) -> Result<Self, Trouble> {
        let code = code_on(pdf)?;
        let number = code.split('.').nth(2).and_then(|digits| TicketNumber::parse(digits).ok());
        let number = number.ok_or_else(|| Trouble::new(format!("no ticket's code: {code}")))?;
        Ok(Self { number: number.spaced(), code, points })
    }
}

/// The books tickets are issued in.
pub struct Books {
    /// The database.
    pub database: Address,
    /// The cloud's key.
    pub key_file: PathBuf,
    /// The cloud's clock.
    pub clock: Clock,
}

impl Books {
    /// Issues tickets of one issuer at a terminal; their papers in the same order.
    pub async fn issue(
        &self,
        terminal: TerminalId,
        tickets: &[(OperationKey, IssueTicket)],
    ) -> Result<Vec<Paper>, Trouble> {
        let Some((_, first)) = tickets.first() else { return Ok(Vec::new()) };
        let book = first.part.currency.book;
        let issuer = IssuerCode::parse(book.as_str()).map_err(|_| Trouble::new("the book is no issuer's"))?;
        let database = Database::open(self.database.clone()).map_err(not_issued)?;
        let key = self.ticket_key(&database, issuer).await?;
        let ledger = Ledger::new(database, self.clock.clone());
        let mut papers = Vec::with_capacity(tickets.len());
        for some in tickets.chunks(AT_A_TIME) {
            let requests = some.iter().map(|(key, issue)| Request {
                actor: Actor::Terminal(terminal),
                home: book,
                key: *key,
                hash: RequestHash::of([key.0.as_bytes().as_slice()]),
                asked: Asked::IssueTicket(*issue),
            });
            papers.extend(post(&ledger, requests).await?.into_iter().map(|face| Paper {
                code: tag::code(&key, TicketKeyNumber(1), false, issuer, face.number).to_string(),
                number: face.number.spaced(),
                points: face.points.get(),
            }));
        }
        Ok(papers)
    }

    /// Issues tickets of these points to a resident of the example, good for a week.
    pub(super) async fn hands_out(&self, points: &[i64]) -> Result<Vec<Paper>, Trouble> {
        let database = Database::open(self.database.clone()).map_err(not_issued)?;
        let example = database.read(Example::find).await.map_err(not_issued)?;
        let example = example.ok_or_else(|| Trouble::new("the example is not in the books"))?;
        let last_day = self.clock.today().saturating_add(7.days());
        let tickets = points.iter().map(|points| {
            let points = Points::new(*points).map_err(not_issued)?;
            let key = OperationKey(Uuid::new_v4());
            Ok((key, example.ticket(points, last_day)))
        });
        let tickets = tickets.collect::<Result<Vec<_>, Trouble>>()?;
        let desk = TerminalId::parse(WARD_OFFICE.0).map_err(not_issued)?;
        self.issue(desk, &tickets).await
    }

    /// For each site the tickets cleared there, and their points.
    pub(super) async fn cleared(&self) -> Result<BTreeMap<String, (u32, i64)>, Trouble> {
        let database = Database::open(self.database.clone()).map_err(not_issued)?;
        let rows: Vec<(String, u32, i64)> = database
            .read(|read| {
                let sql = "select site.name, count(*), cast(sum(ticket.points) as bigint)
                           from ticket join site on site.id = ticket.closed_site
                           where ticket.state = 'cleared' group by site.name";
                read.query_all(sql, params![], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            })
            .await
            .map_err(|error: NotRead<database::Error>| Trouble::new(format!("not read: {error:?}")))?;
        Ok(rows.into_iter().map(|(site, count, sum)| (site, (count, sum))).collect())
    }

    /// The issuer's first key.
    async fn ticket_key(&self, database: &Database, issuer: IssuerCode) -> Result<OpenKey, Trouble> {
        let key = KeyEncryptionKey::load(None, Some(&self.key_file)).map_err(not_issued)?;
        let (wrapping, now_ms) = (Wrapping::by(&key), self.clock.now_ms());
        let made = database.write(move |write| {
            let key = wrapped::made_in_use(write, &wrapping, WrappedFor::TicketTag(issuer), now_ms)?;
            wrapping.open(&key)?.ok_or(KeyTrouble::Damaged)
        });
        made.await.map_err(not_issued)
    }
}

/// Whose tickets they are and where they were issued, in the example.
struct Example {
    person: PersonId,
    site: SiteId,
    currency: CurrencyCode,
}

impl Example {
    fn find(read: &Connection) -> database::Result<Option<Self>> {
        let (Ok(issuer), Ok(mykey_id)) = (IssuerCode::parse(POINTS.0), MyKeyId::parse(RESIDENT)) else {
            return Ok(None);
        };
        let person = person::find_by_mykey_id(read, mykey_id)?;
        let site = site::find_by_name(read, issuer, WARD_OFFICE.1)?;
        let currency = currency::find_by_name(read, issuer.into(), POINTS.1)?;
        Ok(person.zip(site).zip(currency).map(|((person, site), currency)| Self {
            person,
            site,
            currency: currency.code,
        }))
    }

    const fn ticket(&self, points: Points, last_day: Date) -> IssueTicket {
        IssueTicket {
            person: self.person,
            site: self.site,
            part: Part { currency: self.currency, points },
            last_day,
            identified_by: IdentifiedBy::Certificate,
            limits: Limits { per_use: None, per_day: None },
        }
    }
}

/// Posts issues beside each other; what was issued, in their order.
async fn post(ledger: &Ledger, requests: impl Iterator<Item = Request>) -> Result<Vec<TicketFace>, Trouble> {
    let mut posting = JoinSet::new();
    for (place, request) in requests.enumerate() {
        let ledger = ledger.clone();
        posting.spawn(async move { (place, ledger.post(request).await) });
    }
    let mut issued = Vec::new();
    while let Some(posted) = posting.join_next().await {
        let (place, posted) = posted.map_err(not_issued)?;
        match posted.map_err(not_issued)?.answer {
            Answer::Done(done) => {
                issued.push((place, done.ticket.ok_or_else(|| Trouble::new("an issue without a ticket"))?));
            }
            other => return Err(not_issued(other)),
        }
    }
    issued.sort_by_key(|(place, _)| *place);
    Ok(issued.into_iter().map(|(_, face)| face).collect())
}

fn not_issued(why: impl std::fmt::Debug) -> Trouble {
    Trouble::new(format!("no ticket was issued: {why:?}"))
}
