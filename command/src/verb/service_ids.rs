//! The card and this terminal's ID provider.

use crate::at_counter::AtCounter;
use crate::outcome::{Outcome, both};
use madoguchi_wire::failure::{Bilingual, ErrorCode, Failure};
use madoguchi_wire::window::{
    CustomerNumberRead, DescriptionSaid, NumberMade, ReadCustomerNumberArguments, RegisterServiceIdArguments,
    TryCardDescriptions,
};

/// The customer number of the card.
pub(crate) async fn look_up(at: &mut AtCounter) -> Result<Outcome, Failure> {
    let found = at.service_id().await?;
    at.counter.leave_visit().await?;
    let number = match &found.number {
        Some(number) => number.as_str().into(),
        None => both("まだ登録されていません。", "Not registered yet."),
    };
    Ok(Outcome::done(&found, vec![number]))
}

/// Registers a number for the card.
pub(crate) async fn register(
    at: &mut AtCounter,
    number: String,
    replaces: Option<String>,
) -> Result<Outcome, Failure> {
    let visit = at.service_id().await?.visit;
    let arguments = RegisterServiceIdArguments { visit, number, replaces };
    let registered = at.counter.register_service_id(arguments).await?;
    Ok(Outcome::done(&registered, vec![both("登録しました。", "Registered.")]))
}

/// The number of the institution's own card.
pub(crate) async fn read_customer_number(at: &mut AtCounter) -> Result<Outcome, Failure> {
    at.card_lies().await?;
    let read = at.counter.read_customer_number(ReadCustomerNumberArguments { scanned: None }).await?;
    match &read {
        CustomerNumberRead::Number { number, .. } => Ok(Outcome::done(&read, vec![number.0.as_str().into()])),
        CustomerNumberRead::NoCard => Err(Failure::of(ErrorCode::NoCardCame)),
        CustomerNumberRead::OtherCard => Err(Failure::of(ErrorCode::NotFelica)),
    }
}

/// What each card description makes of the card.
pub(crate) async fn try_card_descriptions(at: &mut AtCounter) -> Result<Outcome, Failure> {
    at.card_lies().await?;
    let tried = at.counter.try_card_descriptions(TryCardDescriptions { scanned: None }).await?;
    let line = |file: &str, said: &DescriptionSaid| {
        let made = match said {
            DescriptionSaid::Card {
                made: NumberMade::Number { number } | NumberMade::AlsoNumber { number },
                ..
            } => number.0.as_str(),
            _ => "–",
        };
        Bilingual::from(format!("{file} {made}"))
    };
    let lines = tried.files.iter().map(|one| line(&one.file, &one.said)).collect();
    Ok(Outcome::done(&tried, lines))
}
