//! Issuing tickets by the thousand, as the cloud does, and the codes that would stand on their papers.

use crate::Trouble;
use crate::town::{Counter, Town, Where, currency, points_of_a_use, resident};
use jiff::civil::Date;
use madoguchi_cloud::clock::Clock;
use madoguchi_cloud::database::{Address, Database};
use madoguchi_cloud::keys::KeyEncryptionKey;
use madoguchi_cloud::keys::wrapped::{self, KeyTrouble, OpenKey, WrappedFor, Wrapping};
use madoguchi_cloud::ledger::Ledger;
use madoguchi_cloud::ticket::tag;
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::ledger::{
    Actor, Answer, Asked, IdentifiedBy, IssueTicket, Limits, Part, Request, RequestHash,
};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::ticket::{TicketKeyNumber, TicketNumber};
use std::path::Path;
use tokio::task::JoinSet;

/// Posted at a time.
const AT_A_TIME: u32 = 1_024;

/// Issues so many tickets, good until that day, and says their codes.
#[tokio::main]
pub(super) async fn issue(
    town: Town,
    database: &Address,
    key_file: &Path,
    clock: Clock,
    (count, last_day): (u32, Date),
) -> Result<Vec<String>, Trouble> {
    let database = Database::open(database.clone())?;
    let issuer = IssuerCode::parse(currency()?.book.as_str())?;
    let key = ticket_key(&database, key_file, issuer, clock.now_ms()).await?;
    let ledger = Ledger::new(database, clock);
    let mut codes = Vec::with_capacity(usize::try_from(count)?);
    for first in (0..count).step_by(usize::try_from(AT_A_TIME)?) {
        let mut posting: JoinSet<Option<TicketNumber>> = JoinSet::new();
        for place in first..count.min(first + AT_A_TIME) {
            let (ledger, request) = (ledger.clone(), request(town, place, last_day)?);
            posting.spawn(async move {
                match ledger.post(request).await.ok()?.answer {
                    Answer::Done(done) => done.ticket.map(|face| face.number),
                    Answer::Refused(_) | Answer::Abandoned => None,
                }
            });
        }
        while let Some(issued) = posting.join_next().await {
            let number = issued?.ok_or("a ticket was not issued")?;
            codes.push(tag::code(&key, TicketKeyNumber(1), issuer, number).to_string());
        }
    }
    Ok(codes)
}

/// The issuer's first key.
async fn ticket_key(
    database: &Database,
    key_file: &Path,
    issuer: IssuerCode,
    now_ms: i64,
) -> Result<OpenKey, Trouble> {
    let wrapping = Wrapping::by(&KeyEncryptionKey::load(None, Some(key_file))?);
    let made = database.write(move |write| {
        let key = wrapped::made_in_use(write, &wrapping, WrappedFor::TicketTag(issuer), now_ms)?;
        wrapping.open(&key)?.ok_or(KeyTrouble::Damaged)
    });
    made.await.map_err(|error| format!("no ticket key: {error:?}").into())
}

fn request(town: Town, place: u32, last_day: Date) -> Result<Request, Trouble> {
    let counter = Counter::all(Where::ManyShops).next().ok_or("the town has no shop")?;
    let key = OperationKey::derived(&format!("ticket:{place}"));
    let issue = IssueTicket {
        person: resident(place % town.residents),
        site: counter.site(),
        part: Part { currency: currency()?, points: points_of_a_use()? },
        last_day,
        identified_by: IdentifiedBy::Certificate,
        limits: Limits { per_use: None, per_day: None },
    };
    Ok(Request {
        actor: Actor::Terminal(counter.terminal()?),
        home: currency()?.book,
        key,
        hash: RequestHash::of([key.0.as_bytes().as_slice()]),
        asked: Asked::IssueTicket(issue),
    })
}
