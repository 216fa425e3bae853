//! A resident's account as the operator may see it: with a reason, which is written down first.

use super::{OperatorError, person};
use crate::database::Database;
use crate::identity::currency::{self, Currency};
use crate::identity::operator_audit::{self, Act};
use crate::identity::service_id::{self, ServiceId};
use crate::ledger::read::{self, Balance, StatementLine};
use jiff::civil::Date;
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::ledger::AccountTitle;
use madoguchi_domain::mykey_id::MyKeyId;
use madoguchi_domain::person::PersonId;

/// Whose account is looked at, and why.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// Whose.
    pub mykey_id: MyKeyId,
    /// Why: a resident's question, an authority's request.
    pub reason: String,
    /// When, milliseconds since 1970 (UTC).
    pub at_ms: i64,
}

/// What a resident can use on a Japan date, currency by currency, without those never held.
pub async fn balances(
    database: &Database,
    inspection: Inspection,
    today: Date,
) -> Result<Vec<(Currency, Balance)>, OperatorError> {
    let person = noted(database, inspection, Act::Balances).await?;
    let found = database
        .read(move |read| {
            let mut held = Vec::new();
            for currency in currency::all(read)? {
                let balance = read::balance(read, person, currency.code, today)?;
                if !balance.by_last_day.is_empty() {
                    held.push((currency, balance));
                }
            }
            Ok::<_, OperatorError>(held)
        })
        .await?;
    Ok(found)
}

/// A resident's service IDs, now and before, oldest first.
pub async fn service_ids(
    database: &Database,
    inspection: Inspection,
) -> Result<Vec<ServiceId>, OperatorError> {
    let person = noted(database, inspection, Act::ServiceIds).await?;
    Ok(database.read(move |read| Ok::<_, OperatorError>(service_id::history(read, person)?)).await?)
}

/// A resident's lines of one currency between two Japan dates, oldest first.
pub async fn statement(
    database: &Database,
    inspection: Inspection,
    currency: CurrencyCode,
    first_day: Date,
    last_day: Date,
) -> Result<Vec<StatementLine>, OperatorError> {
    let account = AccountTitle::resident(currency, noted(database, inspection, Act::Statement).await?);
    let lines = database
        .read(move |read| Ok::<_, OperatorError>(read::statement(read, &account, first_day, last_day)?))
        .await?;
    Ok(lines)
}

/// Nothing is shown before it is noted.
async fn noted(database: &Database, inspection: Inspection, act: Act) -> Result<PersonId, OperatorError> {
    let Inspection { mykey_id, reason, at_ms } = inspection;
    if reason.trim().is_empty() {
        return Err(OperatorError::ReasonMissing);
    }
    let person = database
        .write(move |write| {
            let person = person::find(write, mykey_id)?;
            operator_audit::append(write, person, act, &reason, at_ms)?;
            Ok::<_, OperatorError>(person)
        })
        .await?;
    Ok(person)
}
