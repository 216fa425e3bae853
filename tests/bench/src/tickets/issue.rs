//! Tickets by the thousand in the books of a town.

use crate::Trouble;
use crate::town::{Counter, Town, Where, currency, points_of_a_use, resident};
use jiff::civil::Date;
use madoguchi_cloud::clock::Clock;
use madoguchi_cloud::database::Address;
use madoguchi_domain::ledger::{IdentifiedBy, IssueTicket, Limits, Part};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_tests::scene::tickets::Books;
use std::path::Path;

/// Issues so many tickets, good until that day, and says their codes.
#[tokio::main]
pub(super) async fn issue(
    town: Town,
    database: &Address,
    key_file: &Path,
    clock: Clock,
    (count, last_day): (u32, Date),
) -> Result<Vec<String>, Trouble> {
    let counter = Counter::all(Where::ManyShops).next().ok_or("the town has no shop")?;
    let part = Part { currency: currency()?, points: points_of_a_use()? };
    let tickets: Vec<_> = (0..count)
        .map(|place| {
            let issue = IssueTicket {
                person: resident(place % town.residents),
                site: counter.site(),
                part,
                last_day,
                identified_by: IdentifiedBy::Certificate,
                limits: Limits { per_use: None, per_day: None },
            };
            (OperationKey::derived(&format!("ticket:{place}")), issue)
        })
        .collect();
    let books = Books { database: database.clone(), key_file: key_file.to_path_buf(), clock };
    let papers = books.issue(counter.terminal()?, &tickets).await?;
    Ok(papers.into_iter().map(|paper| paper.code).collect())
}
