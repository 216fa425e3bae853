//! Persons and their points, as far as the operator has to see to them.

use super::Outcome;
use clap::{Args, Subcommand};
use jiff::civil::Date;
use madoguchi_cloud::clock::Clock;
use madoguchi_cloud::database::Database;
use madoguchi_cloud::identity::service_id::ServiceId;
use madoguchi_cloud::ledger::Ledger;
use madoguchi_cloud::operator::account::Inspection;
use madoguchi_cloud::operator::{OperatorError, account, grant, person};
use madoguchi_domain::currency::{CurrencyCode, CurrencyNumber};
use madoguchi_domain::issuer::{BookCode, NotAnIssuerCode};
use madoguchi_domain::mykey_id::{MyKeyId, NotAMyKeyId};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::person::PersonId;
use madoguchi_domain::points::{NotPoints, Points};
use std::path::{Path, PathBuf};
use uuid::Uuid;

fn mykey_id(text: &str) -> Result<MyKeyId, NotAMyKeyId> {
    MyKeyId::parse(text)
}

fn book(text: &str) -> Result<BookCode, NotAnIssuerCode> {
    BookCode::parse(text)
}

fn points(text: &str) -> Result<Points, NotPoints> {
    Points::typed(text)
}

/// A currency: the issuer's code and the number that `currency add` printed.
#[derive(Args, Clone, Copy)]
pub(super) struct CurrencyArguments {
    /// The issuer's 6-digit code.
    #[arg(long, value_parser = book)]
    book: BookCode,
    /// The currency's number in its book.
    #[arg(long, default_value_t = 1)]
    currency: u32,
}

impl CurrencyArguments {
    const fn code(self) -> CurrencyCode {
        CurrencyCode { book: self.book, number: CurrencyNumber(self.currency) }
    }
}

/// `person …`
#[derive(Subcommand)]
pub(super) enum Person {
    /// Add a person.
    Add {
        /// The MyKey ID: 8 characters A–Z, 0–9.
        #[arg(value_parser = mykey_id)]
        mykey_id: MyKeyId,
        /// The auth certificate of the card (PEM or DER).
        certificate: PathBuf,
    },
    /// A person's service IDs, now and before: provider, number, terminal, from, until (UTC).
    ServiceIds {
        #[command(flatten)]
        inspected: Inspected,
    },
}

impl Person {
    pub(super) async fn run(self, database: &Database) -> Outcome {
        match self {
            Self::Add { mykey_id, certificate } => add(database, mykey_id, &certificate).await,
            Self::ServiceIds { inspected } => {
                for held in account::service_ids(database, inspected.with_clock()).await? {
                    let ServiceId { of, number, terminal, from_ms, until_ms } = held;
                    let until = until_ms.map_or_else(|| Ok("-".to_owned()), instant)?;
                    println!("{} {} {terminal} {} {until}", of.provider, number.expose(), instant(from_ms)?);
                }
                Ok(())
            }
        }
    }
}

async fn add(database: &Database, mykey_id: MyKeyId, certificate: &Path) -> Outcome {
    let card = std::fs::read(certificate)?;
    let now_ms = Clock::System.now_ms();
    let id = PersonId(Uuid::new_v4());
    database
        .write(move |write| person::add(write, id, mykey_id, &card, now_ms))
        .await
        .map_err(OperatorError::from)?;
    Ok(())
}

fn instant(ms: i64) -> Result<String, jiff::Error> {
    jiff::Timestamp::from_millisecond(ms).map(|instant| instant.to_string())
}

/// `grant …`
#[derive(Args)]
pub(super) struct Grant {
    /// To whom.
    #[arg(value_parser = mykey_id)]
    mykey_id: MyKeyId,
    /// How many.
    #[arg(value_parser = points)]
    points: Points,
    #[command(flatten)]
    currency: CurrencyArguments,
    /// The last day they can be used (YYYY-MM-DD, Japan); without it they do not lapse.
    #[arg(long)]
    last_day: Option<Date>,
    /// What for: the grant program.
    #[arg(long)]
    program: String,
    /// A key of your own (UUID); a second grant under the same key does nothing.
    #[arg(long)]
    key: Option<Uuid>,
}

impl Grant {
    pub(super) async fn run(self, ledger: &Ledger) -> Outcome {
        let mykey_id = self.mykey_id;
        let found = ledger.database().read(move |read| person::find(read, mykey_id)).await;
        let key = OperationKey(self.key.unwrap_or_else(Uuid::now_v7));
        let done = grant::grant(
            ledger,
            grant::Grant {
                key,
                currency: self.currency.code(),
                person: found.map_err(OperatorError::from)?,
                points: self.points,
                last_day: self.last_day,
                program: self.program,
            },
        )
        .await?;
        println!("{}", done.number);
        Ok(())
    }
}

/// Whose account is looked at, and why.
#[derive(Args)]
pub(super) struct Inspected {
    /// Whose.
    #[arg(value_parser = mykey_id)]
    mykey_id: MyKeyId,
    /// Why; it is written down before anything is shown.
    #[arg(long)]
    reason: String,
}

impl Inspected {
    fn with_clock(self) -> Inspection {
        Inspection { mykey_id: self.mykey_id, reason: self.reason, at_ms: Clock::System.now_ms() }
    }
}

/// `balances …`
#[derive(Args)]
pub(super) struct Balances {
    #[command(flatten)]
    inspected: Inspected,
}

impl Balances {
    pub(super) async fn run(self, database: &Database) -> Outcome {
        let inspection = self.inspected.with_clock();
        for (currency, balance) in account::balances(database, inspection, Clock::System.today()).await? {
            println!("{} {}", currency.name, balance.usable);
            for dated in balance.by_last_day {
                let until = dated.last_day.map_or_else(|| "-".to_owned(), |day| day.to_string());
                println!("  {} {until}", dated.points);
            }
        }
        Ok(())
    }
}

/// `statement …`
#[derive(Args)]
pub(super) struct Statement {
    #[command(flatten)]
    inspected: Inspected,
    #[command(flatten)]
    currency: CurrencyArguments,
    /// The first day (YYYY-MM-DD, Japan).
    #[arg(long)]
    from: Date,
    /// The last day.
    #[arg(long)]
    to: Date,
}

impl Statement {
    pub(super) async fn run(self, database: &Database) -> Outcome {
        let Self { inspected, currency, from, to } = self;
        let inspection = inspected.with_clock();
        for line in account::statement(database, inspection, currency.code(), from, to).await? {
            println!("{} {} {:+} {}", line.number, line.kind.code(), line.amount, line.balance_after);
        }
        Ok(())
    }
}
