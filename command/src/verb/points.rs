//! Points of a card: looked up, used, voided; the receipt.

use crate::ask::secret;
use crate::asked;
use crate::at_counter::{AtCounter, pin};
use crate::command_line::Amounts;
use crate::outcome::{Outcome, both};
use madoguchi_domain::currency::{CurrencyCode, CurrencyNumber};
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::language::Language;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_wire::failure::{Bilingual, ErrorCode, Failure};
use madoguchi_wire::window::{
    LastOperation, OperationNamed, OperationState, PrintedPaper, TypedPin, UsePointsArguments,
    UsePointsWithPinArguments, Visit, VisitNamed, VisitPart,
};

/// The balances of the card.
pub(crate) async fn look_up(at: &mut AtCounter) -> Result<Outcome, Failure> {
    let visit = at.visit().await?;
    at.counter.leave_visit().await?;
    let balance = |name: &str, balance: i64| Bilingual::from(format!("{name} {balance}"));
    let lines = visit.accounts.iter().map(|account| balance(&account.name, account.balance)).collect();
    Ok(Outcome::done(&visit, lines))
}

/// Uses points of the card.
pub(crate) async fn use_points(
    at: &mut AtCounter,
    amounts: Amounts,
    language: Language,
) -> Result<Outcome, Failure> {
    let visit = at.visit().await?;
    let parts = parts(&visit, &amounts.points)?;
    let visit = visit.visit;
    let operation = if amounts.pin {
        let pin = resident_pin(at, visit, amounts.last_try, language).await?;
        at.counter.use_points_with_pin(UsePointsWithPinArguments { visit, parts, pin }).await?
    } else {
        at.counter.use_points(UsePointsArguments { visit, parts }).await?
    };
    told(at, &operation).await
}

/// The PIN of the visit's card, asked for once it is known how often it can be tried.
pub(crate) async fn resident_pin(
    at: &AtCounter,
    visit: u32,
    last_try: bool,
    language: Language,
) -> Result<TypedPin, Failure> {
    let tries = at.counter.begin_pin(VisitNamed { visit }).await?;
    let words = asked(language, "暗証番号（4桁）", "PIN (4 digits)");
    let digits =
        secret(&format!("{words} [{}]", tries.left)).map_err(|_| Failure::of(ErrorCode::NothingTyped))?;
    Ok(pin(digits, last_try))
}

/// Undoes a use.
pub(crate) async fn void(at: &AtCounter, key: OperationKey) -> Result<Outcome, Failure> {
    let operation = at.counter.void_use(OperationNamed { key }).await?;
    told(at, &operation).await
}

/// What became of the last operation.
pub(crate) async fn resolve(at: &AtCounter) -> Result<Outcome, Failure> {
    let operation = at.counter.resolve_last_operation().await?;
    told(at, &operation).await
}

/// Whoever hears the fate of an operation has seen it, unless it is not known yet.
pub(crate) async fn told(at: &AtCounter, operation: &LastOperation) -> Result<Outcome, Failure> {
    if operation.state != OperationState::Checking {
        at.counter.acknowledge_last_operation().await?;
    }
    Ok(Outcome::of_operation(operation))
}

/// What this terminal did today.
pub(crate) async fn operations(at: &AtCounter) -> Result<Outcome, Failure> {
    let day = at.counter.list_operations().await?;
    let sum = both(
        &format!("利用 {}件・取消 {}件・{}ポイント", day.uses, day.voids, day.points),
        &format!("{} uses, {} voids, {} points", day.uses, day.voids, day.points),
    );
    Ok(Outcome::done(&day, vec![sum]))
}

/// Prints the receipt.
pub(crate) async fn print(at: &AtCounter, key: OperationKey) -> Result<Outcome, Failure> {
    let printed = at.counter.print_receipt(OperationNamed { key }).await?;
    Ok(Outcome::done(&printed, vec![place_of(&printed)]))
}

/// Where a paper came out.
pub(crate) fn place_of(printed: &PrintedPaper) -> Bilingual {
    let place = match printed {
        PrintedPaper::File { path, .. } => path,
        PrintedPaper::Queue { printer, .. } | PrintedPaper::Paper { printer, .. } => printer,
    };
    place.as_str().into()
}

/// What was typed, by currency: points alone where the card has one account here.
pub(crate) fn parts(visit: &Visit, typed: &[String]) -> Result<Vec<VisitPart>, Failure> {
    typed.iter().map(|word| part(visit, word)).collect()
}

fn part(visit: &Visit, word: &str) -> Result<VisitPart, Failure> {
    let unclear = || Failure::of(ErrorCode::AmountInvalid);
    match (word.split_once('='), visit.accounts.as_slice()) {
        (Some((code, typed)), _) => {
            let currency = currency(code).ok_or_else(unclear)?;
            Ok(VisitPart { currency, typed: typed.to_owned() })
        }
        (None, [only]) => Ok(VisitPart { currency: only.currency, typed: word.to_owned() }),
        (None, _) => Err(unclear()),
    }
}

/// `141305/1`: the issuer's book and the currency's number in it.
fn currency(code: &str) -> Option<CurrencyCode> {
    let (book, number) = code.split_once('/')?;
    Some(CurrencyCode { book: BookCode::parse(book).ok()?, number: CurrencyNumber(number.parse().ok()?) })
}
