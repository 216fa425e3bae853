//! A resident's account as the operator may see it: balances and statement. Logged by whoever asks.

use super::{OperatorError, person};
use crate::database::Database;
use crate::identity::currency::{self, Currency};
use crate::ledger::read::{self, Balance, StatementLine};
use jiff::civil::Date;
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::ledger::AccountTitle;
use madoguchi_domain::mykey_id::MyKeyId;

/// What a resident can use on a Japan date, currency by currency, without those never held.
pub async fn balances(
    database: &Database,
    mykey_id: MyKeyId,
    today: Date,
) -> Result<Vec<(Currency, Balance)>, OperatorError> {
    let found = database
        .read(move |read| {
            let person = person::find(read, mykey_id)?;
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

/// A resident's lines of one currency between two Japan dates, oldest first.
pub async fn statement(
    database: &Database,
    mykey_id: MyKeyId,
    currency: CurrencyCode,
    first_day: Date,
    last_day: Date,
) -> Result<Vec<StatementLine>, OperatorError> {
    let lines = database
        .read(move |read| {
            let account = AccountTitle::resident(currency, person::find(read, mykey_id)?);
            Ok::<_, OperatorError>(read::statement(read, &account, first_day, last_day)?)
        })
        .await?;
    Ok(lines)
}
